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
	Missing []string // the words of the query that it lacks: of a result that covers
}

// A Match is one place where a word of the query stands in an entry.
type Match struct {
	Field      *entry.Field
	Item       int        // of the field's texts
	Start, End int        // the matched word's bytes in that text
	Word       string     // the word of the query, folded
	Kind       index.Kind // how it matches
}

// A Result is the answer to a search.
type Result struct {
	Total   int                   // how many entries match, with or without a limit
	Words   []WordCount           // how each word of the query fared by itself
	Hits    iter.Seq2[Hit, error] // best first
	Behind  bool                  // they stand behind the selection; where they cover, some do
	Covered bool                  // no entry has every word; these have what tells more than half
}

// A WordCount is a word of a query and how many entries it finds by itself, of those
// that were asked.
type WordCount struct {
	Word    string
	Entries int
	Near    bool // no entry has the word; these have one that is spelt much like it
}

// fewestCovered is how many words a query has, at the least, of which its entries may
// lack some.
const fewestCovered = 3

// Search ranks the entries that match every word of the query and that the filter lets
// through. English function words need not match where others remain. Rarity is reckoned
// over the whole selection, whatever the filter. A query without a word finds nothing
// and has no Words.
//
// Where no entry of the selection matches, what stands behind it is asked, then each
// again with near spelling for the words that it does not have at all. Where there is no
// entry with every word, the answer is the entries, before and behind, that cover the
// query: they have two words of it or more that are worth more than half of its rarity.
func (s *Selection) Search(ctx context.Context, text string, f Filter) (*Result, error) {
	q := newQuery(text)
	asked, result, err := s.asWritten(ctx, q, f, false)
	if err != nil || result.Total > 0 || len(q.words) == 0 {
		return result, err
	}
	some := false
	for _, a := range asked {
		unknown, err := a.spellNear()
		if err != nil {
			return nil, err
		}
		if unknown {
			near, err := a.every(ctx, f)
			if err != nil || near.Total > 0 {
				return near, err
			}
			if a == asked[0] {
				result = near
			}
		}
		some = some || a.some()
	}
	if some || len(q.words) < fewestCovered {
		return result, nil
	}
	all, err := s.asOne(ctx, asked)
	if err != nil {
		return nil, err
	}
	covering, err := all.covering(ctx, f)
	if err != nil || covering.Total > 0 {
		return covering, err
	}
	return result, nil
}

// SearchWhole is Search where a word matches itself alone, and an entry has every word.
func (s *Selection) SearchWhole(ctx context.Context, text string) (*Result, error) {
	_, result, err := s.asWritten(ctx, newQuery(text), Filter{}, true)
	return result, err
}

// asWritten asks for the entries with every word of a query, near spelling aside: the
// selection and, where that has none, what stands behind it. It returns those that were
// asked too; where none has any, the result is the selection's.
func (s *Selection) asWritten(ctx context.Context, q query, f Filter, wholly bool) (asked []*asking, result *Result, err error) {
	own, err := s.ask(ctx, q, wholly)
	if err != nil {
		return nil, nil, err
	}
	asked = append(asked, own)
	result, err = own.every(ctx, f)
	if err != nil || result.Total > 0 || len(q.words) == 0 {
		return asked, result, err
	}
	behind, err := s.behindIt(ctx)
	if behind == nil || err != nil {
		return asked, result, err
	}
	next, err := behind.ask(ctx, q, wholly)
	if err != nil {
		return nil, nil, err
	}
	next.further = true
	further, err := next.every(ctx, f)
	if err == nil && further.Total > 0 {
		result = further
	}
	return append(asked, next), result, err
}

// asOne is what was asked, in one: near spelling counts where none of them has a word.
func (s *Selection) asOne(ctx context.Context, asked []*asking) (*asking, error) {
	if len(asked) == 1 {
		return asked[0], nil
	}
	all := &Selection{}
	for _, a := range asked {
		hidden, err := a.overlay(ctx)
		if err != nil {
			return nil, err
		}
		all.catalogs, all.hidden = append(all.catalogs, a.catalogs...), append(all.hidden, hidden...)
	}
	one, err := all.ask(ctx, asked[0].query, false)
	if err != nil {
		return nil, err
	}
	one.further = true
	if err := one.lookUp(ctx, func(*index.Ranking, WordCount) {}); err != nil {
		return nil, err
	}
	_, err = one.spellNear()
	return one, err
}

// An asking is a query as it is put to a selection.
type asking struct {
	*Selection
	query
	wholly   bool             // a word matches itself alone
	rankings []*index.Ranking // of each catalog
	entries  int              // that are visible
	counts   []WordCount      // of each word of the query, once it was looked up
	further  bool             // the selection stands behind another one, or a part of it does
	held     map[ID]bool      // the entries whose title or message the query holds; see hold
}

// There are no more classes of weight than the index tells apart.
const _ = uint(index.Classes - len(entry.Weights))

// ask puts a query to the selection's own catalogs.
func (s *Selection) ask(ctx context.Context, q query, wholly bool) (*asking, error) {
	hidden, err := s.overlay(ctx)
	if err != nil {
		return nil, err
	}
	a := &asking{Selection: s, query: q, wholly: wholly}
	for _, word := range q.words {
		a.counts = append(a.counts, WordCount{Word: word})
	}
	var weights [index.Classes]int
	copy(weights[:], entry.Weights[:])
	for i, c := range s.catalogs {
		rank := c.index.Rank
		if wholly {
			rank = c.index.RankWhole
		}
		r, err := rank(hidden[i], weights, q.words...)
		if err := cmp.Or(c.failed(err), ctx.Err()); err != nil {
			return nil, err
		}
		a.rankings = append(a.rankings, r)
		a.entries += c.Entries - hidden[i].Len()
	}
	return a, nil
}

// every finds the entries that have every word.
func (a *asking) every(ctx context.Context, f Filter) (*Result, error) {
	if a.wholly && a.lacks() { // without a look at how many have the others
		return a.result(ctx, ranked{}, false), nil
	}
	for _, r := range a.rankings {
		r.Again()
	}
	if err := a.lookUp(ctx, func(r *index.Ranking, w WordCount) { r.Add(a.rarity(w.Entries)) }); err != nil {
		return nil, err
	}
	ranked, err := a.ranked(f, (*index.Ranking).Scores)
	return a.result(ctx, ranked, false), err
}

// lacks reports whether there is a word that no entry has.
func (a *asking) lacks() bool {
	for i := range a.words {
		if !slices.ContainsFunc(a.rankings, func(r *index.Ranking) bool { return r.Matches(i) }) {
			return true
		}
	}
	return false
}

// some reports whether an entry has every word, be it one that a filter keeps out.
func (a *asking) some() bool {
	return slices.ContainsFunc(a.rankings, func(r *index.Ranking) bool { return r.Len() > 0 })
}

// covering finds the entries that cover the query: two of its words or more that are
// worth more than half of it; or the query names them, or holds what they say.
func (a *asking) covering(ctx context.Context, f Filter) (*Result, error) {
	if err := a.lookUp(ctx, func(r *index.Ranking, w WordCount) { r.Cover(a.worth(w)) }); err != nil {
		return nil, err
	}
	if err := a.hold(ctx); err != nil {
		return nil, err
	}
	whole, most := 0.0, 0.0
	for _, w := range a.counts {
		whole += a.worth(w)
		most = max(most, a.worth(w)) // what has more has two words
	}
	least := max(whole/2, most) + 1e-9 // for sums of the same, added up in another order
	ranked, err := a.ranked(f, func(r *index.Ranking) iter.Seq2[int, float64] { return r.Covering(least) })
	return a.result(ctx, ranked, true), err
}

// worth is what a word counts of a query that is covered: its rarity, where one that
// nobody has counts as one that a single entry has. But in a line of a log most words
// that nobody has are the names and numbers of things, which count nothing; neither does
// a single letter, nor what may begin a number.
func (a *asking) worth(w WordCount) float64 {
	letters := utf8.RuneCountInString(w.Word)
	if w.Entries == 0 && !a.prose[w.Word] || letters < 2 || letters < 3 && strings.Trim(w.Word, "0123456789") == "" {
		return 0
	}
	return a.rarity(max(w.Entries, 1))
}

// hold finds, among the entries with the best scores, those whose title or message the
// query holds.
func (a *asking) hold(ctx context.Context) error {
	var all hits
	for i, r := range a.rankings {
		for record, score := range r.Covering(0) {
			all = append(all, hit{ID{i, record}, score})
		}
	}
	a.held = map[ID]bool{}
	heap.Init(&all)
	for range min(mostHeld, len(all)) {
		at := heap.Pop(&all).(hit)
		e, err := a.Entry(at.ID)
		if err := cmp.Or(ctx.Err(), err); err != nil {
			return err
		}
		if a.holds(&e) {
			a.held[at.ID] = true
		}
	}
	return nil
}

// lookUp looks up each word in all catalogs, and weighs it there.
func (a *asking) lookUp(ctx context.Context, weigh func(*index.Ranking, WordCount)) error {
	for i := range a.counts {
		w := &a.counts[i]
		w.Entries = 0
		for of, r := range a.rankings {
			n, err := r.Look(i)
			if err := cmp.Or(a.catalogs[of].failed(err), ctx.Err()); err != nil {
				return err
			}
			w.Entries += n
		}
		for _, r := range a.rankings {
			weigh(r, *w)
		}
	}
	return nil
}

// rarity is what it tells of an entry to have a word that n of all have.
func (a *asking) rarity(n int) float64 {
	return math.Log(1 + (float64(a.entries-n)+0.5)/(float64(n)+0.5))
}

// spellNear lets words that were looked up and that no entry has match those that are
// spelt much like them. It reports whether any does.
func (a *asking) spellNear() (any bool, err error) {
	for i := range a.counts {
		w := &a.counts[i]
		limit := slipsInText(w.Word)
		if w.Entries > 0 || limit == 0 {
			continue
		}
		for of, r := range a.rankings {
			if err := r.Near(i, limit); err != nil {
				return false, a.catalogs[of].failed(err)
			}
			n, err := r.Look(i)
			if err != nil {
				return false, a.catalogs[of].failed(err)
			}
			w.Near = w.Near || n > 0
		}
		any = any || w.Near
	}
	return any, nil
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

// result is the answer that hits make.
func (a *asking) result(ctx context.Context, ranked ranked, covered bool) *Result {
	return &Result{
		Total:   len(ranked.first) + len(ranked.others),
		Words:   slices.Clone(a.counts),
		Behind:  a.further,
		Covered: covered,
		Hits: func(yield func(Hit, error) bool) {
			for at, err := range a.best(ctx, ranked) {
				var h Hit
				if err == nil {
					h, err = a.hit(at)
				}
				if !covered {
					h.Missing = nil
				}
				if err = cmp.Or(ctx.Err(), err); !yield(h, err) || err != nil {
					return
				}
			}
		},
	}
}

// hit reads the entry of a hit, and says where in it the words stand.
func (a *asking) hit(at ID) (Hit, error) {
	h := Hit{}
	var err error
	if h.Entry, err = a.Entry(at); err != nil {
		return Hit{}, err
	}
	for _, asked := range a.counts {
		n := len(h.Matches)
		for w := range h.Entry.Words {
			if kind, matches := asked.in(w.Word); matches && (kind == index.Whole || !a.wholly) {
				h.Matches = append(h.Matches, Match{w.Field, w.Item, w.Start, w.End, asked.Word, kind})
			}
		}
		if len(h.Matches) == n {
			h.Missing = append(h.Missing, asked.Word)
		}
	}
	return h, nil
}

// in says how the word of a query matches that of a text, as the index has it, and
// whether it does.
func (w WordCount) in(term string) (kind index.Kind, matches bool) {
	if w.Near {
		limit := slipsInText(w.Word)
		return index.Near, index.Distance(w.Word, term, limit) <= limit
	}
	return index.KindOf(w.Word, term)
}
