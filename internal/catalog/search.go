package catalog

import (
	"cmp"
	"container/heap"
	"context"
	"iter"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/errcode-cli/errcode/internal/index"
)

// A Field is a part of an entry that search looks into.
type Field uint8

// The fields, heaviest first. Aliases count as codes.
const (
	FieldCode Field = iota
	FieldTitle
	FieldStatus
	FieldKeywords
	FieldCauses
	FieldDescription
	FieldResolution
)

// Fields is every field, heaviest first.
var Fields = []Field{FieldCode, FieldTitle, FieldStatus, FieldKeywords, FieldCauses, FieldDescription, FieldResolution}

// String is the field's key in a catalog file.
func (f Field) String() string {
	return [...]string{"code", "title", "status", "keywords", "causes", "description", "resolution"}[f]
}

// weights is how much a word found in each field says about an entry.
var weights = [index.Classes]int{
	FieldCode: 8, FieldTitle: 5, FieldStatus: 5, FieldKeywords: 4, FieldCauses: 2, FieldDescription: 1, FieldResolution: 1,
}

// A Hit is an entry that a search found, with the reasons.
type Hit struct {
	Entry
	Matches []Match
}

// A Match is one place where a word of the query stands in an entry.
type Match struct {
	Field      Field
	Item       int    // which cause, keyword or alias; a code is item 0, its aliases 1 and up
	Start, End int    // the matched word's bytes in that text
	Word       string // the word of the query, folded
}

// A Result is the answer to a search.
type Result struct {
	Total int                   // how many entries match, with or without a limit
	Words []WordCount           // how each word of the query fared by itself
	Hits  iter.Seq2[Hit, error] // best first
}

// A WordCount is a word of a query and how many entries of the selection it
// finds by itself.
type WordCount struct {
	Word    string
	Entries int
	Near    bool // no entry has the word; these have one that is spelt much like it
}

// Search ranks the entries that match every word of the query and that the
// filter lets through. English function words need not match where others
// remain. Rarity is reckoned over the whole selection, whatever the filter. A
// query without a word finds nothing and has no Words.
func (s *Selection) Search(ctx context.Context, query string, f Filter) (*Result, error) {
	hidden, err := s.overlay()
	if err != nil {
		return nil, err
	}
	words := queryWords(query)
	var rankings []*index.Ranking
	entries := 0
	for i, c := range s.catalogs {
		ranking, err := c.index.Rank(hidden[i], weights, words...)
		if err := cmp.Or(err, ctx.Err()); err != nil {
			return nil, err
		}
		rankings = append(rankings, ranking)
		entries += c.Entries - hidden[i].Len()
	}
	result := &Result{}
	for i, word := range words {
		found, err := lookUp(rankings, i, word)
		if err := cmp.Or(err, ctx.Err()); err != nil {
			return nil, err
		}
		result.Words = append(result.Words, found)
		n := float64(found.Entries)
		rarity := math.Log(1 + (float64(entries)-n+0.5)/(n+0.5))
		for _, r := range rankings {
			r.Add(rarity)
		}
	}
	exact := fold(query)
	most := 0
	for _, r := range rankings {
		most += r.Len()
	}
	all := make(hits, 0, most)
	for i, c := range s.catalogs {
		var first []int
		for name, err := range c.index.Find(exact) {
			if err != nil {
				return nil, err
			}
			first = append(first, name.Record)
		}
		let, err := c.narrowed(f)
		if err != nil {
			return nil, err
		}
		for record, score := range rankings[i].Scores() {
			if slices.Contains(first, record) {
				score = math.Inf(1)
			}
			if let.Has(record) {
				all = append(all, hit{Place{i, record}, score})
			}
		}
	}
	result.Total = len(all)
	result.Hits = func(yield func(Hit, error) bool) {
		for at := range all.best() {
			e, err := s.Entry(at.Place)
			if err = cmp.Or(ctx.Err(), err); err != nil {
				yield(Hit{}, err)
				return
			}
			if !yield(Hit{e, matches(&e, result.Words)}, nil) {
				return
			}
		}
	}
	return result, nil
}

// lookUp looks up the word of a number in all catalogs. Near spelling counts only where
// nothing else is found in any of them.
func lookUp(rankings []*index.Ranking, number int, word string) (WordCount, error) {
	found := WordCount{Word: word}
	for _, r := range rankings {
		n, err := r.Look(number)
		if err != nil {
			return found, err
		}
		found.Entries += n
	}
	if limit := slipsInText(word); found.Entries == 0 && limit > 0 {
		for _, r := range rankings {
			if err := r.Near(number, limit); err != nil {
				return found, err
			}
			n, err := r.Look(number)
			if err != nil {
				return found, err
			}
			found.Entries += n
		}
		found.Near = found.Entries > 0
	}
	return found, nil
}

// slipsInText is how many edits from a word of a text a word of a query may be
// to mean it: one from four letters, two from eight. A number is itself or
// another number, never a misspelt one.
func slipsInText(word string) int {
	switch n := utf8.RuneCountInString(word); {
	case n < 4, strings.Trim(word, "0123456789") == "":
		return 0
	case n < 8:
		return 1
	default:
		return 2
	}
}

// matches finds the places where the words of a query stand in an entry.
func matches(e *Entry, words []WordCount) []Match {
	var all []Match
	for _, word := range words {
		for m := range e.words {
			if word.matches(m.Word) {
				m.Word = word.Word
				all = append(all, m)
			}
		}
	}
	return all
}

// matches reports whether the word of a query matches that of a text, as the
// index has it.
func (w WordCount) matches(term string) bool {
	if w.Near {
		limit := slipsInText(w.Word)
		return index.Distance(w.Word, term, limit) <= limit
	}
	return index.Matches(w.Word, term)
}

// words yields the folded words of an entry, each as if it were matched. A code
// of several words is also one: auth401 finds AUTH-401.
func (e *Entry) words(yield func(Match) bool) {
	for t := range e.texts {
		last := ""
		for w := range tokens(t.text) {
			last = w.word
			if !yield(Match{t.field, t.item, w.start, w.end, w.word}) {
				return
			}
		}
		if t.field != FieldCode {
			continue
		}
		if key := fold(t.text); key != "" && key != last && !yield(Match{t.field, t.item, 0, len(t.text), key}) {
			return
		}
	}
}

// A fieldText is a text that search looks into.
type fieldText struct {
	field Field
	item  int // which cause, keyword or alias; a code is item 0, its aliases 1 and up
	text  string
}

// texts yields the texts that search looks into.
func (e *Entry) texts(yield func(fieldText) bool) {
	each := func(f Field, texts ...string) bool {
		for i, text := range texts {
			if !yield(fieldText{f, i, text}) {
				return false
			}
		}
		return true
	}
	status := ""
	if e.Status != 0 {
		status = strconv.Itoa(e.Status)
	}
	_ = each(FieldCode, e.names()...) && each(FieldTitle, e.Title) && each(FieldStatus, status) &&
		each(FieldKeywords, e.Keywords...) && each(FieldCauses, e.Causes...) &&
		each(FieldDescription, e.Description) && each(FieldResolution, e.Resolution)
}

// hits is a heap of what a search found, so that the best come first without
// all of them being sorted.
type hits []hit

type hit struct {
	Place
	score float64
}

func (h hits) Len() int { return len(h) }

func (h hits) Less(i, j int) bool {
	if a, b := h[i].score, h[j].score; a != b {
		return a > b
	}
	return h[i].Compare(h[j].Place) < 0
}

func (h hits) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h *hits) Push(x any)   { *h = append(*h, x.(hit)) }

func (h *hits) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}

// best yields the hits, best first, in catalog order where nothing else tells.
func (h hits) best() iter.Seq[hit] {
	return func(yield func(hit) bool) {
		left := h // what is taken off stays behind its end
		heap.Init(&left)
		for len(left) > 0 {
			if !yield(heap.Pop(&left).(hit)) {
				return
			}
		}
	}
}

// queryWords is the words a query must match, each once: without the function
// words, unless it has no others.
func queryWords(query string) []string {
	var all, content []string
	for w := range tokens(query) {
		if slices.Contains(all, w.word) {
			continue
		}
		all = append(all, w.word)
		if !strings.Contains(FunctionWords, " "+w.word+" ") {
			content = append(content, w.word)
		}
	}
	if content == nil {
		return all
	}
	return content
}

// FunctionWords are, each between blanks, the English words that carry no meaning of their own in a
// question such as "why is my token not valid", and the http of "http 403".
const FunctionWords = ` a am an and are as at be been but by can could did do does for from get gets getting got had has have how http i if in into is it its me mean means my need not of on or our say says so than that the their them then there these they this to was we were what when where which while who why will with would you your d ll m re s t ve ain aren couldn didn doesn don hadn hasn haven isn shouldn wasn weren won wouldn `
