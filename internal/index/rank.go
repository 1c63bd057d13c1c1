package index

import (
	"bytes"
	"iter"
	"math"
	"slices"
	"unicode/utf8"
)

// Classes is how many classes of weight there are. What a class weighs is said when
// records are ranked; which words of a record share one is up to the caller.
const Classes = 8

// A Kind is how a word of a query matches a word of a record.
type Kind int8

// The kinds, the one that says most last.
const (
	Near   Kind = iota // it is spelt much like that word
	Part               // it is a part of it
	Prefix             // it begins it
	Whole
	kinds
	none Kind = -1
)

// String is the kind in a word, as programs read it.
func (k Kind) String() string { return [kinds]string{"near", "part", "prefix", "whole"}[k] }

// A query is a word that the words of records are held against, one after the
// other as a table has them.
type query struct {
	word    []byte
	letters int
	end     int // of the word where it first stands in the key before, or -1
}

func newQuery(word string) query {
	return query{[]byte(word), utf8.RuneCountInString(word), -1}
}

// kindOf returns how the word matches a word of a record: as a whole and, where
// it has letters enough, as the beginning (2) or a part (3). The first shared
// bytes of the key are those of the key before, which need no second look.
func (q *query) kindOf(key []byte, shared int) Kind {
	if q.end < 0 || q.end > shared {
		q.end = -1
		from := max(0, shared-len(q.word)+1)
		if len(key)-from >= len(q.word) {
			if i := bytes.Index(key[from:], q.word); i >= 0 {
				q.end = from + i + len(q.word)
			}
		}
	}
	switch {
	case q.end < 0:
		return none
	case q.end > len(q.word):
		if q.letters >= 3 {
			return Part
		}
	case len(key) == len(q.word):
		return Whole
	case q.letters >= 2:
		return Prefix
	}
	return none
}

// KindOf says how a word of a query matches a word of a record, near spelling aside,
// and whether it does.
func KindOf(word, of string) (kind Kind, matches bool) {
	q := newQuery(word)
	kind = q.kindOf([]byte(of), 0)
	return kind, kind != none
}

// The shares, in tenths, that each kind brings of a class's weight. Weights and
// shares are whole numbers, so that sums do not depend on their order.
var shares = [kinds]int{Near: 3, Part: 3, Prefix: 6, Whole: 10}

// saturation is how much weight brings a word half of the score it can bring:
// being found everywhere in a record says little more than being found in a
// place that tells a lot.
const saturation = 4

// A Ranking gathers, word by word, what speaks for each record: for every word
// the rarity it has in the whole that the caller looks at, times x / (x +
// saturation), as BM25 has it, where x is the weight of the classes that the word
// has there, each by the best kind of its matches.
type Ranking struct {
	index   *Index
	skip    Set
	weights [1 << Classes]int // of a set of classes
	words   []string
	matches [][]match // of each word
	values  []byte    // of the matches

	// Of the word last looked up, for each record: the classes it has there, and
	// what they weigh in tenths, each by its best kind.
	classes []uint8
	weight  []uint16
	found   int // records that have the word

	records []uint32 // that have every word added, in order
	terms   []term   // the words added

	// Of the words counted, for each record that has some of them; see Cover.
	covered []float64 // the sum of their rarities
	scores  []float64
}

// A match is a word of records that a word of the query matches.
type match struct {
	kind  Kind
	value []byte // in the table of words
}

// A term is a word added, with its weight in each of the ranking's records.
type term struct {
	rarity float64
	weight []uint16
}

// Rank begins a ranking of the records that are not in skip by the words of a
// query, and looks up what these match, in one pass. The weights of all classes
// together are 6,553 at most.
func (x *Index) Rank(skip Set, weights [Classes]int, words ...string) (*Ranking, error) {
	r := x.ranking(skip, weights, words)
	var parts []query // of all words
	var of []int      // the numbers of these
	for i, word := range words {
		q := newQuery(word)
		if q.letters >= 3 {
			parts, of = append(parts, q), append(of, i)
			continue
		}
		for it, err := range x.words.prefix(q.word) {
			if err != nil {
				return nil, err
			}
			if kind := q.kindOf(it.key, it.shared); kind != none {
				r.match(i, kind, it.value)
			} else {
				break // the words behind it are longer
			}
		}
	}
	if parts == nil {
		return r, nil
	}
	for g, err := range x.words.groups {
		if err != nil {
			return nil, err
		}
		if !g.first || !slices.ContainsFunc(parts, func(q query) bool { return g.mayHold(q.word) }) {
			continue
		}
		for it, err := range g.items() {
			if err != nil {
				return nil, err
			}
			for n := range parts {
				if kind := parts[n].kindOf(it.key, it.shared); kind != none {
					r.match(of[n], kind, it.value)
				}
			}
		}
	}
	return r, nil
}

// RankWhole is Rank with words that match themselves alone. It looks each of them up,
// and so takes no longer where the records have many words.
func (x *Index) RankWhole(skip Set, weights [Classes]int, words ...string) (*Ranking, error) {
	r := x.ranking(skip, weights, words)
	for i, word := range words {
		value, err := x.words.value(word)
		if err != nil {
			return nil, err
		}
		if value != nil {
			r.match(i, Whole, value)
		}
	}
	return r, nil
}

func (x *Index) ranking(skip Set, weights [Classes]int, words []string) *Ranking {
	r := &Ranking{
		index: x, skip: skip, words: words, matches: make([][]match, len(words)),
		classes: make([]uint8, x.records), weight: make([]uint16, x.records),
	}
	for set := range r.weights {
		for class, weight := range weights {
			r.weights[set] += set >> class & 1 * weight
		}
	}
	return r
}

// Matches reports whether any word of records matches the word of a number.
func (r *Ranking) Matches(word int) bool { return r.matches[word] != nil }

func (r *Ranking) match(word int, kind Kind, value []byte) {
	from := len(r.values)
	r.values = append(r.values, value...)
	r.matches[word] = append(r.matches[word], match{kind, r.values[from:]})
}

// Near makes the word of a number, from 0, match the words within limit edits of
// it instead.
func (r *Ranking) Near(word, limit int) error {
	r.matches[word] = nil
	for near, err := range newSpeller(r.words[word], limit, false).near(&r.index.words) {
		if err != nil {
			return err
		}
		r.match(word, Near, near.value)
	}
	return nil
}

// Look looks up the word of a number and returns how many records have it.
func (r *Ranking) Look(word int) (int, error) {
	if r.found > 0 {
		clear(r.classes)
		clear(r.weight)
		r.found = 0
	}
	left := r.index.pages.size // bytes of postings that there can be
	for kind := Whole; kind >= Near; kind-- {
		for _, m := range r.matches[word] {
			if m.kind != kind {
				continue
			}
			size, _, _ := number(m.value)
			if left -= int64(size / 2); left < 0 {
				return 0, ErrDamaged // words do not share postings
			}
			if err := r.mark(m); err != nil {
				return 0, err
			}
		}
	}
	return r.found, nil
}

// mark notes for every record of a match the classes that no better one has.
func (r *Ranking) mark(m match) error {
	return r.index.postings(m.value, func(record int, classes byte) {
		before := r.classes[record]
		classes &^= before
		if classes == 0 || r.skip.Has(record) {
			return
		}
		if before == 0 {
			r.found++
		}
		r.classes[record] |= classes
		r.weight[record] += uint16(shares[m.kind] * r.weights[classes])
	})
}

// Again forgets the words added, so that they can be added anew.
func (r *Ranking) Again() { r.records, r.terms = nil, nil }

// Add adds the word last looked up, with its rarity. A record that lacks it is
// out.
func (r *Ranking) Add(rarity float64) {
	if len(r.terms) == 0 {
		r.records = make([]uint32, 0, r.found)
		for record, classes := range r.classes {
			if classes != 0 {
				r.records = append(r.records, uint32(record))
			}
		}
	}
	weight := make([]uint16, 0, min(r.found, len(r.records)))
	for i, record := range r.records {
		if r.classes[record] == 0 {
			continue
		}
		n := len(weight)
		r.records[n] = record
		for _, t := range r.terms {
			t.weight[n] = t.weight[i]
		}
		weight = append(weight, r.weight[record])
	}
	r.records = r.records[:len(weight)]
	r.terms = append(r.terms, term{rarity, weight})
}

// Len is how many records have every word added.
func (r *Ranking) Len() int { return len(r.records) }

// Scores yields the records that have every word added, with their scores, in
// the order of their numbers.
func (r *Ranking) Scores() iter.Seq2[int, float64] {
	return func(yield func(int, float64) bool) {
		for i, record := range r.records {
			score := 0.0
			for _, t := range r.terms {
				score += t.rarity * saturated(t.weight[i])
			}
			if !yield(int(record), score) {
				return
			}
		}
	}
}

// saturated is the share that a weight brings of the score that a word can bring.
func saturated(weight uint16) float64 {
	w := float64(weight)
	return w / (w + float64(saturation*shares[Whole]))
}

// Cover counts the word last looked up, with its rarity, for each record that has it,
// whatever other words that lacks.
func (r *Ranking) Cover(rarity float64) {
	if r.covered == nil {
		r.covered, r.scores = make([]float64, len(r.classes)), make([]float64, len(r.classes))
	}
	for record, classes := range r.classes {
		if classes != 0 {
			r.covered[record] += rarity
			r.scores[record] += rarity * saturated(r.weight[record])
		}
	}
}

// CoverAll has a record cover the words counted, whatever it lacks.
func (r *Ranking) CoverAll(record int) {
	if r.covered != nil && !r.skip.Has(record) {
		r.covered[record] = math.Inf(1)
	}
}

// Covering yields the records whose words counted are rarer, in all, than the sum of
// rarities given, with their scores by these words, in the order of their numbers.
func (r *Ranking) Covering(sum float64) iter.Seq2[int, float64] {
	return func(yield func(int, float64) bool) {
		for record, covered := range r.covered {
			if covered > sum && !yield(record, r.scores[record]) {
				return
			}
		}
	}
}

// InClass adds to the set the records in which a word has a class.
func (x *Index) InClass(set Set, word string, class int) error {
	return x.visit(&x.words, word, func(record int, classes byte) {
		if classes>>class&1 != 0 {
			set.Add(record)
		}
	})
}

// Marked visits the records that a mark leads to, in order.
func (x *Index) Marked(mark string, visit func(record int)) error {
	return x.visit(&x.marks, mark, func(record int, _ byte) { visit(record) })
}

// visit visits the postings of a key of a table.
func (x *Index) visit(t *table, key string, visit func(record int, classes byte)) error {
	value, err := t.value(key)
	if value == nil {
		return err
	}
	return x.postings(value, visit)
}

// postings visits the postings that the value of a word holds or leads to.
func (x *Index) postings(value []byte, visit func(record int, classes byte)) error {
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
		if b, err = x.pages.append(x.buffer[:0], span{int64(at), int64(size / 2)}); err != nil {
			return err
		}
		x.buffer = b
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
