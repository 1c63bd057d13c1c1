package index

import (
	"bytes"
	"iter"
	"math"
	"unicode/utf8"
)

// MostEdits is the greatest distance that is told from farther ones.
const MostEdits = 2

// Distance counts the letters to insert, delete, change or swap with a
// neighbour that turn a into b, or limit+1 where that takes more. The limit is
// MostEdits at most.
func Distance(a, b string, limit int) int {
	return newSpeller(a, limit, false).distance([]byte(b))
}

// A NearName is a name that is spelt much like a word.
type NearName struct {
	Name
	Distance int // edits
}

// Near yields the names whose folded form is within limit edits of a folded
// word, in the order of Names. Leading zeros of a number count nothing: e0308
// and e308 are the same, e308 and e309 one edit apart.
func (x *Index) Near(folded string, limit int) iter.Seq2[NearName, error] {
	return func(yield func(NearName, error) bool) {
		for near, err := range newSpeller(folded, limit, true).near(&x.names) {
			var name Name
			if err == nil {
				name, err = near.name(x.records)
			}
			if !yield(NearName{name, near.distance}, err) || err != nil {
				return
			}
		}
	}
}

// A speller measures how far keys are from a word: optimal string alignment,
// in which no letter is edited twice. Keys that come sorted share most of the
// work, which is a row of the matrix for each letter of the key.
type speller struct {
	word  []rune
	limit int
	zeros bool // leading zeros of a number count nothing
	key   letters
	last  letters // of the key before
	rows  []row
	done  int // rows that fit the last key
	dead  int // so many bytes of the last key make a key too far, whatever follows
}

// A row is the cells of the matrix around the diagonal, where a letter of the
// key and one of the word are at most the limit apart.
type row [2*MostEdits + 1]uint8

func newSpeller(word string, limit int, zeros bool) *speller {
	s := &speller{word: spelt(word, zeros), limit: limit, zeros: zeros}
	var first row
	for k := range first {
		first[k] = uint8(limit + 1)
		if j := k - limit; 0 <= j && j <= min(limit, len(s.word)) {
			first[k] = uint8(j)
		}
	}
	s.rows = append(s.rows, first)
	return s
}

// distance measures a key; it is limit+1 where the key is farther.
func (s *speller) distance(key []byte) int {
	near := s.reach(key, true)
	k := len(s.word) - len(s.key.runes) + s.limit
	if !near || k < 0 || k > 2*s.limit {
		return s.limit + 1
	}
	return int(s.rows[len(s.key.runes)][k])
}

// A nearItem is one whose key, up to a zero byte, is within the limit.
type nearItem struct {
	*item
	distance int
}

// near yields the items of a table that are near. Of the others it looks at few:
// neither at the groups nor at the keys that begin in a way that is too far already.
func (s *speller) near(t *table) iter.Seq2[nearItem, error] {
	return func(yield func(nearItem, error) bool) {
		for g, err := range t.groups {
			if err != nil {
				yield(nearItem{}, err)
				return
			}
			if !s.reach(upToZero(g.prefix), false) {
				g.enough = s.dead
				continue
			}
			for it, err := range g.items() {
				if err != nil {
					yield(nearItem{}, err)
					return
				}
				distance := s.distance(upToZero(it.key))
				if distance <= s.limit && !yield(nearItem{it, distance}, nil) {
					return
				}
				it.enough = s.dead
			}
		}
	}
}

func upToZero(key []byte) []byte {
	key, _, _ = bytes.Cut(key, []byte{0})
	return key
}

// reach computes the rows of a key, or of the beginning of one, and reports
// whether it may still be near.
func (s *speller) reach(key []byte, whole bool) bool {
	s.key, s.last = s.last, s.key
	s.key.spell(key, s.zeros, whole)
	same := 0
	for same < min(s.done, len(s.key.runes)) && s.key.runes[same] == s.last.runes[same] {
		same++
	}
	s.dead = math.MaxInt
	for i := same; i < len(s.key.runes); i++ {
		s.done = i
		if !s.step(i + 1) {
			s.dead = s.key.ends[i]
			return false
		}
	}
	s.done = len(s.key.runes)
	return true
}

// step computes row i and reports whether a cell of it is within the limit.
func (s *speller) step(i int) bool {
	if len(s.rows) <= i {
		s.rows = append(s.rows, row{})
	}
	far := s.limit + 1
	above := &s.rows[i-1]
	alive := false
	for k := range 2*s.limit + 1 {
		j := i + k - s.limit
		cell := far
		switch {
		case j == 0:
			cell = min(i, far)
		case j > 0 && j <= len(s.word):
			cell = int(above[k])
			if s.key.runes[i-1] != s.word[j-1] {
				cell++
			}
			if k < 2*s.limit {
				cell = min(cell, int(above[k+1])+1)
			}
			if k > 0 {
				cell = min(cell, int(s.rows[i][k-1])+1)
			}
			if i > 1 && j > 1 && s.key.runes[i-1] == s.word[j-2] && s.key.runes[i-2] == s.word[j-1] {
				cell = min(cell, int(s.rows[i-2][k])+1)
			}
			cell = min(cell, far)
		}
		s.rows[i][k] = uint8(cell)
		alive = alive || cell < far
	}
	return alive
}

// letters is what counts of a key.
type letters struct {
	runes []rune
	ends  []int // how many bytes of the key it takes to know each
}

// spell takes the letters of a key, or of the beginning of one: those that are
// the same whatever follows.
func (l *letters) spell(key []byte, zeros, whole bool) {
	l.runes, l.ends = l.runes[:0], l.ends[:0]
	leading := true // a digit here begins a number
	for i := 0; i < len(key); {
		if !whole && !utf8.FullRune(key[i:]) {
			return
		}
		r, size := utf8.DecodeRune(key[i:])
		i += size
		end := i
		isDigit := '0' <= r && r <= '9'
		if zeros && leading && r == '0' {
			if i == len(key) && !whole || i < len(key) && '0' <= key[i] && key[i] <= '9' {
				continue
			}
			end++ // what follows is no digit
		}
		leading = !isDigit
		l.runes, l.ends = append(l.runes, r), append(l.ends, end)
	}
}

// Letters is how many letters of a folded name count when it is compared.
func Letters(folded string) int {
	return len(spelt(folded, true))
}

// spelt returns the letters of a whole word.
func spelt(word string, zeros bool) []rune {
	var l letters
	l.spell([]byte(word), zeros, true)
	return l.runes
}
