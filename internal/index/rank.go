package index

import (
	"bytes"
	"iter"
	"math"
	"unicode/utf8"
)

// Fields is how many fields a record may have words in.
const Fields = 8

// The kinds in which a word of a query matches a word of a record.
const (
	loose  = iota // it is a part of that word, or spelt much like it
	prefix        // it begins that word
	whole
	kinds
	none = -1
)

// kindOf returns how a word of so many letters matches a word of a record: as a
// whole and, where it has letters enough, as the beginning (2) or a part (3).
func kindOf(word []byte, letters int, of []byte) int {
	switch {
	case bytes.Equal(of, word):
		return whole
	case letters >= 2 && bytes.HasPrefix(of, word):
		return prefix
	case letters >= 3 && bytes.Contains(of, word):
		return loose
	}
	return none
}

// Matches reports whether a word of a query matches a word of a record, near
// spelling aside.
func Matches(word, of string) bool {
	return kindOf([]byte(word), utf8.RuneCountInString(word), []byte(of)) != none
}

// The shares, in tenths, that each kind brings of a field's weight. Weights and
// shares are whole numbers, so that sums do not depend on their order.
var shares = [kinds]int{loose: 3, prefix: 6, whole: 10}

// saturation is how much weight brings a word half of the score it can bring:
// being found everywhere in a record says little more than being found in a
// field that tells a lot.
const saturation = 4

// A Ranking gathers, word by word, what speaks for each record: for every word
// the rarity it has in the whole that the caller looks at, times x / (x +
// saturation), as BM25 has it, where x is the weight of the fields that the word
// stands in, each by the best kind of its matches.
type Ranking struct {
	index   *Index
	skip    Set
	weights [1 << Fields]int // of a set of fields
	found   []uint32         // of the last word, for each record: a byte of fields for each kind
	left    int64            // bytes of postings that the last word may still have
	scores  []float64        // of each record: 0 before the first word, out once it lacks one
}

const out = -1

// Rank begins a ranking of the records that are not in skip.
func (x *Index) Rank(skip Set, weights [Fields]int) *Ranking {
	r := &Ranking{index: x, skip: skip, found: make([]uint32, x.records), scores: make([]float64, x.records)}
	for set := range r.weights {
		for field, weight := range weights {
			r.weights[set] += set >> field & 1 * weight
		}
	}
	return r
}

// Look looks up the words that a word matches. It returns how many records have
// one of them.
func (r *Ranking) Look(word string) (int, error) {
	r.begin()
	key, words := []byte(word), &r.index.words
	letters := utf8.RuneCountInString(word)
	items := words.prefix(key)
	if letters >= 3 {
		items = words.from(nil, nil)
	}
	for it, err := range items {
		if err == nil {
			kind := kindOf(key, letters, it.key)
			if kind != none {
				err = r.mark(it.value, kind)
			} else if letters < 2 {
				break // the words behind it are longer
			}
		}
		if err != nil {
			return 0, err
		}
	}
	return r.count(), nil
}

// begin forgets the last word.
func (r *Ranking) begin() {
	clear(r.found)
	r.left = r.index.pages.size
}

// LookNear looks up the words within limit edits of a word.
func (r *Ranking) LookNear(word string, limit int) (int, error) {
	r.begin()
	s := newSpeller(word, limit, false)
	for it, err := range r.index.words.from(nil, s.rulesOut) {
		if err == nil && !s.knows(it) && s.distance(it.key) <= limit {
			err = r.mark(it.value, loose)
		}
		if err != nil {
			return 0, err
		}
	}
	return r.count(), nil
}

// mark notes for every record of a word's postings the fields it stands in.
func (r *Ranking) mark(value []byte, kind int) error {
	size, _, _ := number(value)
	if r.left -= int64(size / 2); r.left < 0 {
		return ErrDamaged // words do not share postings
	}
	return r.index.postings(value, func(record int, fields byte) {
		r.found[record] |= uint32(fields) << (kind * Fields)
	})
}

// count returns how many records have the word, and forgets those to skip.
func (r *Ranking) count() int {
	n := 0
	for record := range r.skip.All() {
		r.found[record] = 0
	}
	for _, fields := range r.found {
		if fields != 0 {
			n++
		}
	}
	return n
}

// Add adds the word last looked up to the scores. A record that lacks it is out.
func (r *Ranking) Add(rarity float64) {
	for record, fields := range r.found {
		switch {
		case fields == 0:
			r.scores[record] = out
		case r.scores[record] != out:
			r.scores[record] += rarity * r.evidence(fields)
		}
	}
}

func (r *Ranking) evidence(found uint32) float64 {
	sum := 0
	counted := uint32(0)
	for kind := whole; kind >= loose; kind-- {
		fields := found >> (kind * Fields) & (1<<Fields - 1) &^ counted
		sum += shares[kind] * r.weights[fields]
		counted |= fields
	}
	return float64(sum) / float64(sum+saturation*shares[whole])
}

// First puts a record before all others, if it has every word.
func (r *Ranking) First(record int) {
	if r.scores[record] != out {
		r.scores[record] = math.Inf(1)
	}
}

// Scores yields the records that have every word, with their scores, in the
// order of their numbers.
func (r *Ranking) Scores() iter.Seq2[int, float64] {
	return func(yield func(int, float64) bool) {
		for record, score := range r.scores {
			if score > 0 && !yield(record, score) {
				return
			}
		}
	}
}

// Mark adds to the set the records in which a word stands in a field.
func (x *Index) Mark(set Set, word string, field int) error {
	for it, err := range x.words.prefix([]byte(word)) {
		if err != nil {
			return err
		}
		if string(it.key) == word {
			return x.postings(it.value, func(record int, fields byte) {
				if fields>>field&1 != 0 {
					set.Add(record)
				}
			})
		}
		break
	}
	return nil
}

// postings visits the postings that the value of a word holds or leads to.
func (x *Index) postings(value []byte, visit func(record int, fields byte)) error {
	size, b, ok := number(value)
	if !ok {
		return ErrDamaged
	}
	if size&1 == 0 {
		at, _, ok := number(b)
		if !ok {
			return ErrDamaged
		}
		var err error
		if b, err = x.pages.bytes(span{int64(at), int64(size / 2)}); err != nil {
			return err
		}
	}
	for record := -1; len(b) > 0; b = b[1:] {
		var step int
		if step, b, ok = number(b); !ok || len(b) == 0 || step == 0 || step >= x.records-record {
			return ErrDamaged
		}
		record += step
		visit(record, b[0])
	}
	return nil
}
