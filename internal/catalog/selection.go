package catalog

import (
	"context"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
)

// A Catalog is a named set of entries.
type Catalog struct {
	Name    string
	Title   string
	Entries []Entry
}

// A Selection is the catalogs that one run works on, in order. Its queries
// stop with the context's error once the context is done. Close releases it.
type Selection struct {
	catalogs []Catalog
}

// Open selects built-in catalogs by name. An unknown name is an error.
func Open(ctx context.Context, names ...string) (*Selection, error) {
	var s Selection
	for _, name := range names {
		i := slices.IndexFunc(builtin, func(c Catalog) bool { return c.Name == name })
		if i < 0 {
			return nil, fmt.Errorf("no built-in catalog %q", name)
		}
		s.catalogs = append(s.catalogs, builtin[i])
	}
	return &s, ctx.Err()
}

// Close releases what the selection holds open.
func (s *Selection) Close() error { return nil }

// all yields every entry, in catalog order.
func (s *Selection) all(ctx context.Context) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		for _, c := range s.catalogs {
			for _, e := range c.Entries {
				if err := ctx.Err(); err != nil {
					yield(Entry{}, err)
					return
				}
				if !yield(e, nil) {
					return
				}
			}
		}
	}
}

// IsCode reports whether a word could be a code at all: it has a letter or a
// digit.
func IsCode(word string) bool { return fold(word) != "" }

// Get finds the entries that a word stands for: the one of exactly that code,
// else those of exactly that alias, else those whose code or alias folds to
// the same letters and digits. None is a miss; so are several, since a look-up
// never picks.
func (s *Selection) Get(ctx context.Context, word string) ([]Entry, error) {
	key := fold(word)
	var aliased, folded []Entry
	for e, err := range s.all(ctx) {
		switch {
		case err != nil:
			return nil, err
		case e.Code == word:
			return []Entry{e}, nil
		case slices.Contains(e.Aliases, word):
			aliased = append(aliased, e)
		case key != "" && slices.ContainsFunc(e.names(), func(name string) bool { return fold(name) == key }):
			folded = append(folded, e)
		}
	}
	if aliased != nil {
		return aliased, nil
	}
	return folded, nil
}

// names is what an entry is called by: its code, then its aliases.
func (e *Entry) names() []string {
	return append([]string{e.Code}, e.Aliases...)
}

// A Filter narrows a query to entries whose code begins with one of the
// prefixes (folded) and whose status is in the set. An empty part of the
// filter lets everything through.
type Filter struct {
	Prefixes []string
	Statuses Statuses
}

func (f Filter) lets(e *Entry) bool {
	if len(f.Statuses) > 0 && !f.Statuses.Has(e.Status) {
		return false
	}
	key := fold(e.Code)
	return len(f.Prefixes) == 0 || slices.ContainsFunc(f.Prefixes, func(prefix string) bool {
		return strings.HasPrefix(key, fold(prefix))
	})
}

// List yields the entries that the filter lets through, in catalog order.
func (s *Selection) List(ctx context.Context, f Filter) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		for e, err := range s.all(ctx) {
			if (err != nil || f.lets(&e)) && !yield(e, err) {
				return
			}
		}
	}
}

// ByStatus yields the entries whose status is in the set: by status, then in
// catalog order.
func (s *Selection) ByStatus(ctx context.Context, set Statuses) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		var found []Entry
		for e, err := range s.List(ctx, Filter{Statuses: set}) {
			if err != nil {
				yield(Entry{}, err)
				return
			}
			found = append(found, e)
		}
		slices.SortStableFunc(found, func(a, b Entry) int { return a.Status - b.Status })
		for _, e := range found {
			if !yield(e, nil) {
				return
			}
		}
	}
}

// A StatusCount is one line of the summary: a status and the codes that have it.
type StatusCount struct {
	Status int
	Codes  []string // in catalog order
}

// Summary yields every status that an entry has, lowest first; 0 stands for
// the entries without one.
func (s *Selection) Summary(ctx context.Context) iter.Seq2[StatusCount, error] {
	return func(yield func(StatusCount, error) bool) {
		codes := map[int][]string{}
		for e, err := range s.all(ctx) {
			if err != nil {
				yield(StatusCount{}, err)
				return
			}
			codes[e.Status] = append(codes[e.Status], e.Code)
		}
		for _, status := range slices.Sorted(maps.Keys(codes)) {
			if !yield(StatusCount{status, codes[status]}, nil) {
				return
			}
		}
	}
}
