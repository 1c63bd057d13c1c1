package catalog

import (
	"context"
	"fmt"
	"iter"
	"maps"
	"path/filepath"
	"slices"
	"strings"
)

// A Catalog is a named set of entries.
type Catalog struct {
	Name     string
	Title    string
	Homepage string
	Origin   string // the file it was read from; "" for a built-in one
	Entries  []Entry
}

// A Selection is the catalogs that one run works on, in order. Its queries
// stop with the context's error once the context is done. Close releases it.
type Selection struct {
	catalogs []Catalog
	from     map[string]int // which catalog a code that several have is taken from: the last
}

// Open opens catalogs. A source is the name of a built-in catalog or, with a
// path separator or a suffix, a file or a folder of files. Names of catalogs
// are unique; an entry overrides an earlier catalog's of exactly the same
// code. A file that breaks rules is an *InvalidError.
func Open(ctx context.Context, sources ...string) (*Selection, error) {
	var s Selection
	for opened := range openEach(ctx, sources) {
		if opened.Err != nil {
			return nil, opened.Err
		}
		s.catalogs = append(s.catalogs, *opened.Catalog)
	}
	s.overlay()
	return &s, nil
}

// An Opened is a catalog of a selection, or why it could not be opened.
type Opened struct {
	Source    string // the name or the file
	Catalog   *Catalog
	Overrides []string // the codes it takes over from earlier catalogs
	Err       error
}

// Survey opens the catalogs that Open would, each for itself, and yields them
// with what each overrides.
func Survey(ctx context.Context, sources ...string) iter.Seq[Opened] {
	return func(yield func(Opened) bool) {
		seen := map[string]bool{}
		for opened := range openEach(ctx, sources) {
			if opened.Err == nil {
				for _, e := range opened.Catalog.Entries {
					if seen[e.Code] {
						opened.Overrides = append(opened.Overrides, e.Code)
					}
					seen[e.Code] = true
				}
			}
			if !yield(opened) {
				return
			}
		}
	}
}

// openEach opens the catalogs of the sources one by one.
func openEach(ctx context.Context, sources []string) iter.Seq[Opened] {
	return func(yield func(Opened) bool) {
		origins := map[string]string{}
		for _, source := range sources {
			paths := []string{source}
			var err error
			if !isName(source) {
				paths, err = expand(source)
			}
			if err != nil {
				if !yield(Opened{Source: source, Err: err}) {
					return
				}
				continue
			}
			for _, path := range paths {
				c, err := openOne(ctx, path)
				if err == nil {
					if other, taken := origins[c.Name]; taken {
						err = fmt.Errorf("two catalogs are named %q: %s and %s", c.Name, other, path)
					}
					origins[c.Name] = path
				}
				if !yield(Opened{Source: path, Catalog: c, Err: err}) {
					return
				}
			}
		}
	}
}

func openOne(ctx context.Context, source string) (*Catalog, error) {
	if !isName(source) {
		return readFile(ctx, source)
	}
	i := slices.IndexFunc(builtin, func(c Catalog) bool { return c.Name == source })
	if i < 0 {
		return nil, &UnknownError{source}
	}
	return &builtin[i], ctx.Err()
}

// isName reports whether a source names a built-in catalog, not a path.
func isName(source string) bool {
	return source != "." && source != ".." && filepath.Ext(source) == "" && !strings.ContainsAny(source, "/"+string(filepath.Separator))
}

// An UnknownError says that no built-in catalog has a name.
type UnknownError struct{ Name string }

func (e *UnknownError) Error() string {
	names := make([]string, len(builtin))
	for i, c := range builtin {
		names[i] = c.Name
	}
	return fmt.Sprintf("no built-in catalog %q; there is %s", e.Name, strings.Join(names, ", "))
}

// overlay finds the codes that several catalogs have.
func (s *Selection) overlay() {
	if len(s.catalogs) < 2 {
		return
	}
	s.from = map[string]int{}
	first := map[string]int{}
	for i, c := range s.catalogs {
		for _, e := range c.Entries {
			if _, several := first[e.Code]; several {
				s.from[e.Code] = i
			} else {
				first[e.Code] = i
			}
		}
	}
}

// Names is the names of the selected catalogs, in order.
func (s *Selection) Names() []string {
	names := make([]string, len(s.catalogs))
	for i, c := range s.catalogs {
		names[i] = c.Name
	}
	return names
}

// Close releases what the selection holds open.
func (s *Selection) Close() error { return nil }

// all yields every entry that no later catalog overrides, in catalog order.
func (s *Selection) all(ctx context.Context) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		for i, c := range s.catalogs {
			for _, e := range c.Entries {
				if last, several := s.from[e.Code]; several && last != i {
					continue
				}
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
			if aliased != nil && aliased[0].Catalog != e.Catalog {
				aliased = nil // a later catalog's alias comes before an earlier one's
			}
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
			if err := ctx.Err(); err != nil {
				yield(StatusCount{}, err)
				return
			}
			if !yield(StatusCount{status, codes[status]}, nil) {
				return
			}
		}
	}
}
