package catalog

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/errcode-cli/errcode/internal/entry"
	"github.com/errcode-cli/errcode/internal/index"
)

// A Miss is a word that stands for no entry, or for several, and what may help
// whoever asked. It has no words: those are the renderer's.
type Miss struct {
	Word     string
	Several  []entry.Entry // that it stands for
	Joined   *entry.Entry  // that the word and the missed one before it stand for together
	Status   Statuses      // the word read as HTTP statuses, where an entry has one of them
	BuiltIn  *entry.Entry  // that it stands for in the built-in catalog, where that was not searched
	Searched []string      // the names of the catalogs
	Suggestions
}

// A PrefixMiss is a beginning that no code has or, with statuses, none that has one of
// them.
type PrefixMiss struct {
	Prefix   string
	Statuses Statuses
	Status   Statuses // see Miss
	Searched []string
	Suggestions
}

// A StatusMiss is HTTP statuses that no entry has.
type StatusMiss struct {
	Statuses Statuses
	Searched []string
}

// A SearchMiss is a query that no entry matches.
type SearchMiss struct {
	Query      string
	Filter     Filter
	Words      []WordCount // how each word fares by itself
	Rest       string      // the words that find something, where others find nothing
	RestFinds  int         // how many entries match those
	Unfiltered int         // how many entries match the query without the filter
	Searched   []string
}

// Suggestions are what a word that is no code may have meant.
type Suggestions struct {
	Near   []entry.Entry // whose code or alias is a slip of the finger away, nearest first, at most five
	Begins []entry.Entry // the first whose codes begin with the word, at most five
	Count  int           // how many codes begin with the word
}

const mostSuggestions = 5

// Miss says what may help with a word for which Get found not just one entry. Before
// is the word before it, where that was a miss too.
func (s *Selection) Miss(ctx context.Context, word, before string, found Found) (*Miss, error) {
	m := &Miss{Word: word, Searched: s.Names()}
	if len(found.Entries) > 0 {
		m.Several = found.Entries
		return m, nil
	}
	if before != "" {
		joined, err := s.Get(ctx, before+" "+word)
		if err != nil {
			return nil, err
		}
		if len(joined.Entries) == 1 {
			m.Joined = &joined.Entries[0]
		}
	}
	var err error
	if m.Suggestions, err = s.suggest(ctx, word); err != nil {
		return nil, err
	}
	if m.Status, err = s.asStatus(ctx, word); err != nil {
		return nil, err
	}
	m.BuiltIn, err = s.inBuiltIn(ctx, word)
	return m, err
}

// PrefixMiss says what may help with a prefix that List finds nothing for.
func (s *Selection) PrefixMiss(ctx context.Context, prefix string, statuses Statuses) (*PrefixMiss, error) {
	m := &PrefixMiss{Prefix: prefix, Statuses: statuses, Searched: s.Names()}
	var err error
	if m.Suggestions, err = s.suggest(ctx, prefix); err != nil {
		return nil, err
	}
	m.Status, err = s.asStatus(ctx, prefix)
	return m, err
}

// StatusMiss says what was searched for statuses that no entry has.
func (s *Selection) StatusMiss(statuses Statuses) *StatusMiss {
	return &StatusMiss{statuses, s.Names()}
}

// SearchMiss says what may help with a query whose result is empty.
func (s *Selection) SearchMiss(ctx context.Context, query string, f Filter, r *Result) (*SearchMiss, error) {
	m := &SearchMiss{Query: query, Filter: f, Words: r.Words, Searched: s.Names()}
	var others []string
	for _, w := range r.Words {
		if w.Entries > 0 {
			others = append(others, w.Word)
		}
	}
	count := func(query string, f Filter) (int, error) {
		r, err := s.search(ctx, query, f)
		if err != nil {
			return 0, err
		}
		return r.Total, nil
	}
	var err error
	switch {
	case len(others) == len(r.Words):
		m.Unfiltered, err = count(query, Filter{})
	case others != nil:
		m.Rest = strings.Join(others, " ")
		m.RestFinds, err = count(m.Rest, f)
	}
	return m, err
}

// asStatus reads a word as statuses: none, where no entry has one.
func (s *Selection) asStatus(ctx context.Context, word string) (Statuses, error) {
	set, err := ParseStatuses(word)
	if err != nil {
		return nil, nil // it is a word like others
	}
	for _, err := range s.List(ctx, Filter{Statuses: set}) {
		return set, err
	}
	return nil, nil
}

// inBuiltIn looks a word up in the built-in catalog, where that is not selected.
func (s *Selection) inBuiltIn(ctx context.Context, word string) (*entry.Entry, error) {
	if slices.Contains(s.Names(), BuiltIn) {
		return nil, nil
	}
	elsewhere, err := Open(ctx, Options{}, BuiltIn)
	if err != nil {
		return nil, err
	}
	found, err := elsewhere.Get(ctx, word)
	if err != nil || len(found.Entries) != 1 {
		return nil, err
	}
	return &found.Entries[0], nil
}

// suggest looks for codes and aliases like a word that is none. Leading zeros of a
// number count nothing; swapping two neighbours counts once.
func (s *Selection) suggest(ctx context.Context, word string) (Suggestions, error) {
	var found Suggestions
	key := entry.Fold(word)
	err := s.begins(ctx, key, &found)
	if err != nil {
		return Suggestions{}, err
	}
	found.Near, err = s.near(ctx, key, slips(index.Letters(key)))
	return found, err
}

// begins finds the codes that begin with a folded word.
func (s *Selection) begins(ctx context.Context, key string, found *Suggestions) error {
	ids, err := s.narrowed(ctx, Filter{Prefixes: []string{key}})
	if err != nil {
		return err
	}
	for id := range ids {
		if err := ctx.Err(); err != nil {
			return err
		}
		if found.Count++; found.Count <= mostSuggestions {
			e, err := s.Entry(id)
			if err != nil {
				return err
			}
			found.Begins = append(found.Begins, e)
		}
	}
	return nil
}

// near finds the entries whose code or alias is at most limit edits from a folded
// word, but for those whose code begins with it.
func (s *Selection) near(ctx context.Context, key string, limit int) ([]entry.Entry, error) {
	type candidate struct {
		ID
		name     string
		distance int
	}
	var all []candidate
	for i, c := range s.catalogs {
		for name, err := range c.index.Near(key, limit) {
			if err := cmp.Or(c.failed(err), ctx.Err()); err != nil {
				return nil, err
			}
			all = append(all, candidate{ID{i, name.Record}, string(name.Name.Name), name.Distance})
		}
	}
	slices.SortFunc(all, func(a, b candidate) int {
		return cmp.Or(a.distance-b.distance, a.Compare(b.ID))
	})
	var near []entry.Entry
	seen := map[ID]bool{}
	for _, c := range all {
		if len(near) == mostSuggestions {
			break
		}
		if seen[c.ID] {
			continue
		}
		seen[c.ID] = true
		e, err := s.Named(c.ID, c.name)
		if err != nil {
			return nil, err
		}
		hidden, err := s.overridden(c.catalog, e.Code)
		if err != nil {
			return nil, err
		}
		if !hidden && !strings.HasPrefix(entry.Fold(e.Code), key) {
			near = append(near, e)
		}
	}
	return near, nil
}

// slips is how many edits from a code a word of so many letters may be to mean
// it: the longer the word, the more.
func slips(letters int) int {
	switch {
	case letters < 3:
		return 0
	case letters < 6:
		return 1
	default:
		return 2
	}
}
