package catalog

import (
	"cmp"
	"container/heap"
	"context"
	"iter"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/errcode-cli/errcode/internal/entry"
	"github.com/errcode-cli/errcode/internal/index"
)

// A Hit is an entry that a search found, with the reasons.
type Hit struct {
	entry.Entry
	Matches []Match
}

// A Match is one place where a word of the query stands in an entry.
type Match struct {
	Field      *entry.Field
	Item       int    // of the field's texts
	Start, End int    // the matched word's bytes in that text
	Word       string // the word of the query, folded
}

// A Result is the answer to a search.
type Result struct {
	Total  int                   // how many entries match, with or without a limit
	Words  []WordCount           // how each word of the query fared by itself
	Hits   iter.Seq2[Hit, error] // best first
	Behind bool                  // they stand behind the selection
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
// query without a word finds nothing and has no Words. What stands behind is asked
// where no entry of the selection matches.
func (s *Selection) Search(ctx context.Context, query string, f Filter) (*Result, error) {
	result, err := s.search(ctx, query, f)
	if err != nil || result.Total > 0 || len(result.Words) == 0 {
		return result, err
	}
	behind, err := s.behindIt(ctx)
	if behind == nil || err != nil {
		return result, err
	}
	further, err := behind.search(ctx, query, f)
	if err != nil || further.Total == 0 {
		return result, err
	}
	further.Behind = true
	return further, nil
}

// search asks the selection's own catalogs.
func (s *Selection) search(ctx context.Context, query string, f Filter) (*Result, error) {
	words := queryWords(query)
	rankings, entries, err := s.rankings(ctx, words)
	if err != nil {
		return nil, err
	}
	result := &Result{}
	for i, word := range words {
		found, err := rankings.lookUp(i, word)
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
	all, err := rankings.hits(query, f)
	if err != nil {
		return nil, err
	}
	result.Total = len(all)
	result.Hits = func(yield func(Hit, error) bool) {
		for at := range all.best() {
			e, err := s.Entry(at.ID)
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

// rankings ranks the entries of a selection, catalog by catalog.
type rankings []ranking

type ranking struct {
	*index.Ranking
	of *Catalog
}

// There are no more classes of weight than the index tells apart.
const _ = uint(index.Classes - len(entry.Weights))

// rankings begins to rank the visible entries by words, and counts them.
func (s *Selection) rankings(ctx context.Context, words []string) (all rankings, entries int, err error) {
	hidden, err := s.overlay(ctx)
	if err != nil {
		return nil, 0, err
	}
	var weights [index.Classes]int
	copy(weights[:], entry.Weights[:])
	for i, c := range s.catalogs {
		r, err := c.index.Rank(hidden[i], weights, words...)
		if err := cmp.Or(c.failed(err), ctx.Err()); err != nil {
			return nil, 0, err
		}
		all = append(all, ranking{r, c})
		entries += c.Entries - hidden[i].Len()
	}
	return all, entries, nil
}

// lookUp looks up the word of a number in all catalogs. Near spelling counts only where
// nothing else is found in any of them.
func (rs rankings) lookUp(number int, word string) (WordCount, error) {
	found := WordCount{Word: word}
	look := func() error {
		for _, r := range rs {
			n, err := r.Look(number)
			if err != nil {
				return r.of.failed(err)
			}
			found.Entries += n
		}
		return nil
	}
	limit := slipsInText(word)
	if err := look(); err != nil || found.Entries > 0 || limit == 0 {
		return found, err
	}
	for _, r := range rs {
		if err := r.Near(number, limit); err != nil {
			return found, r.of.failed(err)
		}
	}
	err := look()
	found.Near = found.Entries > 0
	return found, err
}

// hits returns the ranked entries that a filter lets through. One whose name is the
// query comes before all others.
func (rs rankings) hits(query string, f Filter) (hits, error) {
	most := 0
	for _, r := range rs {
		most += r.Len()
	}
	all := make(hits, 0, most)
	for i, r := range rs {
		var first []int
		for name, err := range r.of.index.Find(entry.Fold(query)) {
			if err != nil {
				return nil, r.of.failed(err)
			}
			first = append(first, name.Record)
		}
		let, err := r.of.narrowed(f)
		if err != nil {
			return nil, err
		}
		for record, score := range r.Scores() {
			if slices.Contains(first, record) {
				score = math.Inf(1)
			}
			if let.Has(record) {
				all = append(all, hit{ID{i, record}, score})
			}
		}
	}
	return all, nil
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
func matches(e *entry.Entry, words []WordCount) []Match {
	var all []Match
	for _, asked := range words {
		for w := range e.Words {
			if asked.matches(w.Word) {
				all = append(all, Match{w.Field, w.Item, w.Start, w.End, asked.Word})
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

// hits is a heap of what a search found, so that the best come first without
// all of them being sorted.
type hits []hit

type hit struct {
	ID
	score float64
}

func (h hits) Len() int { return len(h) }

func (h hits) Less(i, j int) bool {
	if a, b := h[i].score, h[j].score; a != b {
		return a > b
	}
	return h[i].Compare(h[j].ID) < 0
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
	for w := range entry.Tokens(query) {
		if slices.Contains(all, w.Word) {
			continue
		}
		all = append(all, w.Word)
		if !strings.Contains(FunctionWords, " "+w.Word+" ") {
			content = append(content, w.Word)
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
