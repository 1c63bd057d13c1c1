package index

import (
	"bytes"
	"cmp"
	"fmt"
	"iter"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// A model is what an index should hold, in plain maps and slices.
type model struct {
	records [][]byte
	names   []Name
	spelt   []string                // of each name: the letters that count
	words   map[string]map[int]byte // of each word: the classes it has, by record
	marks   map[string]Set          // of each mark: the records it leads to
}

// made makes a model up and builds an index of it: of words that share
// beginnings, in several scripts, of the length of a page or longer and of none, in
// one record or in all of them.
func made(t *testing.T, r *rand.Rand, records int) (model, *Index) {
	t.Helper()
	m := model{words: map[string]map[int]byte{}, marks: map[string]Set{}}
	var file bytes.Buffer
	b := NewBuilder(&file)
	word := func() string {
		if r.IntN(500) == 0 { // longer than a page, and like others in nearly all of it
			return strings.Repeat("to", pageSize) + fmt.Sprint(r.IntN(9))
		}
		w := ""
		for range 1 + r.IntN(4) {
			w += []string{"a", "b", "to", "ken", "tok", "é", "ж", "错", "误", "00", "7", strings.Repeat("x", 60)}[r.IntN(12)]
		}
		return w
	}
	var rarest []func()
	for i := range records {
		data := bytes.Repeat([]byte{byte(i)}, r.IntN(40))
		if r.IntN(200) == 0 {
			data = bytes.Repeat([]byte{byte(i)}, 2*pageSize)
		}
		if err := b.Record(data); err != nil {
			t.Fatal(err)
		}
		m.records = append(m.records, data)
		for n := range 1 + r.IntN(2) {
			name := Name{Folded: []byte(word()), Name: fmt.Appendf(nil, "%s-%d", word(), i), Record: i, Further: n > 0}
			b.Name(string(name.Folded), string(name.Name), name.Further)
			m.names = append(m.names, name)
		}
		var own []string
		for range r.IntN(12) {
			w, class := word(), r.IntN(Classes)
			if r.IntN(4) == 0 {
				w = "everywhere"
			}
			b.Word(class, w)
			if m.words[w] == nil {
				m.words[w] = map[int]byte{}
			}
			m.words[w][i] |= 1 << class
			own = append(own, w)
		}
		if r.IntN(3) == 0 {
			mark := word()
			b.Mark(mark)
			m.mark(mark, i, records)
		}
		if r.IntN(3) == 0 {
			b.MarkRarest("rarest ", own...)
			rarest = append(rarest, func() {
				m.mark("rarest "+m.rarest(own), i, records)
			})
		}
	}
	for _, mark := range rarest {
		mark()
	}
	slices.SortFunc(m.names, func(a, b Name) int {
		return cmp.Or(bytes.Compare(a.Folded, b.Folded), bytes.Compare(a.Name, b.Name))
	})
	for _, n := range m.names {
		m.spelt = append(m.spelt, string(spelt(string(n.Folded), true)))
	}
	if err := b.Close(nil); err != nil {
		t.Fatal(err)
	}
	return m, opened(t, file.Bytes())
}

// mark has a mark lead to a record.
func (m model) mark(mark string, record, records int) {
	if m.marks[mark] == nil {
		m.marks[mark] = NewSet(records)
	}
	m.marks[mark].Add(record)
}

// rarest is the first of several words whose postings take the fewest bytes: two a
// record, and three where the last one is far away.
func (m model) rarest(words []string) string {
	best, least := "", math.MaxInt
	for _, w := range words {
		size, last := 0, -1
		for _, record := range slices.Sorted(maps.Keys(m.words[w])) {
			size += 2
			if record-last > 127 {
				size++
			}
			last = record
		}
		if size < least {
			best, least = w, size
		}
	}
	return best
}

// matching is the classes that a word has, by record and by how it matches.
func (m model) matching(skip Set, kind func(of string) Kind) map[int][kinds]byte {
	found := map[int][kinds]byte{}
	for of, records := range m.words {
		if k := kind(of); k != none {
			for record, classes := range records {
				if !skip.Has(record) {
					all := found[record]
					all[k] |= classes
					found[record] = all
				}
			}
		}
	}
	return found
}

// kindIn says how a word matches another, by the letter of the rules.
func kindIn(word string) func(of string) Kind {
	letters := utf8.RuneCountInString(word)
	return func(of string) Kind {
		switch {
		case of == word:
			return Whole
		case letters >= 2 && strings.HasPrefix(of, word):
			return Prefix
		case letters >= 3 && strings.Contains(of, word):
			return Part
		}
		return none
	}
}

func TestModel(t *testing.T) {
	for seed, records := range []int{0, 1, 2, 70, 600, 1800} {
		t.Run(fmt.Sprint(records), func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(uint64(seed), 1))
			m, x := made(t, r, records)
			m.lookUp(t, x)
			words := slices.Sorted(maps.Keys(m.words))
			asked := []string{"", "a", "to", "token", "tok", "zz", "é", "жé", "误", "7", strings.Repeat("x", 60), "everywhere", "verywher"}
			for range 12 {
				if len(words) > 0 {
					w := words[r.IntN(len(words))]
					asked = append(asked, w, w[:r.IntN(len(w)+1)])
				}
			}
			asked = slices.DeleteFunc(asked, func(w string) bool { return !utf8.ValidString(w) })
			for _, w := range asked {
				m.search(t, x, words, w)
			}
			for range 20 {
				m.rank(t, r, x, asked)
			}
			if levels := len(x.words.levels) - 1; records == 1800 && levels < 3 {
				t.Errorf("the largest table has only %d levels", levels)
			}
		})
	}
}

// lookUp looks up every record, name and word.
func (m model) lookUp(t *testing.T, x *Index) {
	t.Helper()
	if x.Len() != len(m.records) {
		t.Fatalf("%d records, not %d", x.Len(), len(m.records))
	}
	for i, want := range m.records {
		if got, err := x.Record(i); err != nil || !bytes.Equal(got, want) {
			t.Fatalf("record %d is %d bytes, not %d (%v)", i, len(got), len(want), err)
		}
	}
	folded, spelt := map[string][]string{}, map[string][]string{}
	for i, n := range m.names {
		folded[string(n.Folded)] = append(folded[string(n.Folded)], told(n))
		spelt[m.spelt[i]] = append(spelt[m.spelt[i]], told(n))
	}
	for key, want := range folded {
		same(t, collect(t, x.Find(key), told), want, "the names %q", key)
	}
	for key, want := range spelt {
		same(t, collect(t, x.Near(key, 0), func(n NearName) string { return told(n.Name) }), want, "the names spelt as %q", key)
	}
	for word := range m.words {
		m.classes(t, x, word)
	}
	same(t, collect(t, x.Marks(""), strings.Clone), slices.Sorted(maps.Keys(m.marks)), "the marks")
	for mark, want := range m.marks {
		m.marked(t, x, mark, want)
	}
}

// marked looks up to which records a mark leads.
func (m model) marked(t *testing.T, x *Index, mark string, want Set) {
	t.Helper()
	got := NewSet(x.Len())
	if err := x.Marked(mark, got.Add); err != nil {
		t.Fatal(err)
	}
	same(t, got, want, "the records marked %q", mark)
}

// classes looks up in which records a word has each class.
func (m model) classes(t *testing.T, x *Index, word string) {
	t.Helper()
	for class := range Classes {
		got, want := NewSet(x.Len()), NewSet(x.Len())
		if err := x.InClass(got, word, class); err != nil {
			t.Fatal(err)
		}
		for record, classes := range m.words[word] {
			if classes>>class&1 != 0 {
				want.Add(record)
			}
		}
		same(t, got, want, "the records in which %q has class %d", word, class)
	}
}

// search looks for what begins with some letters or is spelt much like them.
func (m model) search(t *testing.T, x *Index, words []string, w string) {
	t.Helper()
	m.classes(t, x, w)
	if m.marks[w] == nil {
		m.marked(t, x, w, NewSet(x.Len()))
	}
	same(t, collect(t, x.Find(w), told), filtered(m.names, told, func(n Name) bool { return string(n.Folded) == w }), "the names %q", w)
	same(t, collect(t, x.Words(w), strings.Clone), filtered(words, strings.Clone, func(of string) bool { return strings.HasPrefix(of, w) }), "the words that begin with %q", w)
	same(t, collect(t, x.Names(w), told), filtered(m.names, told, func(n Name) bool { return strings.HasPrefix(string(n.Folded), w) }), "the names that begin with %q", w)
	letters, near := string(spelt(w, true)), [MostEdits + 1][]string{}
	toldNear := func(n NearName) string { return fmt.Sprint(told(n.Name), n.Distance) }
	for i, n := range m.names {
		d := Distance(letters, m.spelt[i], MostEdits)
		for limit := d; limit <= MostEdits; limit++ {
			near[limit] = append(near[limit], toldNear(NearName{n, d}))
		}
	}
	for limit, want := range near {
		same(t, collect(t, x.Near(w, limit), toldNear), want, "the names within %d edits of %q", limit, w)
	}
}

// rank ranks by some words and compares every count and score.
func (m model) rank(t *testing.T, r *rand.Rand, x *Index, asked []string) {
	t.Helper()
	weights := [Classes]int{8, 5, 5, 4, 2, 1, 1, 3}
	var skip Set
	if r.IntN(2) == 0 {
		skip = NewSet(x.Len())
		for i := range x.Len() {
			if r.IntN(3) == 0 {
				skip.Add(i)
			}
		}
	}
	var words []string
	for range 1 + r.IntN(3) {
		if w := asked[r.IntN(len(asked))]; w != "" {
			words = append(words, w)
		}
	}
	begin, wholly := x.Rank, r.IntN(4) == 0
	if wholly {
		begin = x.RankWhole
	}
	ranking, err := begin(skip, weights, words...)
	if err != nil {
		t.Fatal(err)
	}
	if len(words) > 0 && r.IntN(3) == 0 { // what is added before is forgotten
		if _, err := ranking.Look(0); err != nil {
			t.Fatal(err)
		}
		ranking.Add(1)
		ranking.Again()
	}
	want := map[int]float64{}
	covered, coveredScores := map[int]float64{}, map[int]float64{}
	for i, w := range words {
		kind := kindIn(w)
		if wholly {
			kind = func(of string) Kind {
				if of == w {
					return Whole
				}
				return none
			}
		} else if r.IntN(4) == 0 {
			limit := 1 + r.IntN(2)
			if err := ranking.Near(i, limit); err != nil {
				t.Fatal(err)
			}
			kind = func(of string) Kind {
				if Distance(w, of, limit) <= limit {
					return Near
				}
				return none
			}
		}
		found := m.matching(skip, kind)
		if n, err := ranking.Look(i); n != len(found) || err != nil {
			t.Fatalf("%q of %q: %d records, not %d (%v)", w, words, n, len(found), err)
		}
		rarity := r.Float64()
		ranking.Add(rarity)
		ranking.Cover(rarity)
		next := map[int]float64{}
		for record, classes := range found {
			sum, counted := 0, byte(0)
			for k := Whole; k >= Near; k-- {
				for class, weight := range weights {
					if classes[k]&^counted>>class&1 != 0 {
						sum += shares[k] * weight
					}
				}
				counted |= classes[k]
			}
			score := rarity * float64(sum) / float64(sum+saturation*shares[Whole])
			covered[record] += rarity
			coveredScores[record] += score
			if _, ok := want[record]; ok || i == 0 {
				next[record] = want[record] + score
			}
		}
		want = next
	}
	if ranking.Len() != len(want) {
		t.Fatalf("%q: %d records, not %d", words, ranking.Len(), len(want))
	}
	last := -1
	for record, score := range ranking.Scores() {
		if expected, ok := want[record]; !ok || math.Abs(score-expected) > 1e-9 || record <= last {
			t.Fatalf("%q: record %d has the score %v, not %v (%v)", words, record, score, expected, ok)
		}
		last = record
	}
	m.covering(t, ranking, covered, coveredScores)
}

// covering compares the records that cover more than half a word, and their scores.
func (m model) covering(t *testing.T, ranking *Ranking, covered, scores map[int]float64) {
	t.Helper()
	const half = 0.5
	maps.DeleteFunc(covered, func(_ int, sum float64) bool { return sum <= half })
	last := -1
	for record, score := range ranking.Covering(half) {
		if _, ok := covered[record]; !ok || math.Abs(score-scores[record]) > 1e-9 || record <= last {
			t.Fatalf("record %d covers with the score %v, not %v (%v)", record, score, scores[record], ok)
		}
		delete(covered, record)
		last = record
	}
	if len(covered) > 0 {
		t.Fatalf("%v cover too", covered)
	}
}

func filtered[T, U any](all []T, as func(T) U, keep func(T) bool) []U {
	var kept []U
	for _, v := range all {
		if keep(v) {
			kept = append(kept, as(v))
		}
	}
	return kept
}

// told is a name in words.
func told(n Name) string {
	return fmt.Sprintf("%s %s %d %t", n.Folded, n.Name, n.Record, n.Further)
}

func collect[T, U any](t *testing.T, all iter.Seq2[T, error], as func(T) U) []U {
	t.Helper()
	var got []U
	for v, err := range all {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, as(v))
	}
	return got
}

func same[T comparable](t *testing.T, got, want []T, what string, of ...any) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Fatalf("%s: %d\n%.600s\nnot %d\n%.600s", fmt.Sprintf(what, of...), len(got), fmt.Sprint(got), len(want), fmt.Sprint(want))
	}
}
