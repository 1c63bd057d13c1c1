package catalog

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"maps"
	"slices"

	"github.com/errcode-cli/errcode/internal/index"
)

// A Selection is the catalogs that one run works on, in order. Its queries
// stop with the context's error once the context is done. Close releases it.
type Selection struct {
	catalogs []*Catalog
	hidden   []index.Set // of each catalog, the records that later ones override; see overlay
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
func (s *Selection) Close() error {
	var failed error
	for _, c := range s.catalogs {
		failed = errors.Join(failed, c.Close())
	}
	return failed
}

// overlay returns, for each catalog, the records that a later catalog
// overrides. They are found out once, when the first query wants to know.
func (s *Selection) overlay() ([]index.Set, error) {
	if s.hidden == nil {
		hidden, _, err := overlay(s.catalogs)
		if err != nil {
			return nil, err
		}
		s.hidden = hidden
	}
	return s.hidden, nil
}

// overlay finds the codes that several catalogs have: the records that a later
// catalog overrides, and those that override an earlier one's. The largest
// catalog is only asked for the codes of the others.
func overlay(catalogs []*Catalog) (hidden, overriding []index.Set, err error) {
	hidden, overriding = make([]index.Set, len(catalogs)), make([]index.Set, len(catalogs))
	if len(catalogs) < 2 {
		return hidden, overriding, nil
	}
	largest := 0
	for i, c := range catalogs {
		hidden[i], overriding[i] = index.NewSet(c.Entries), index.NewSet(c.Entries)
		if c.Entries > catalogs[largest].Entries {
			largest = i
		}
	}

	places := map[string][]place{}
	for i, c := range catalogs {
		if i == largest {
			continue
		}
		for name, err := range c.index.Names("") {
			if err != nil {
				return nil, nil, err
			}
			if !name.Further {
				places[name.Name] = append(places[name.Name], place{i, name.Record})
			}
		}
	}
	for code, at := range places {
		record, found, err := catalogs[largest].find(code)
		if err != nil {
			return nil, nil, err
		}
		if found {
			at = append(at, place{largest, record})
			slices.SortFunc(at, func(a, b place) int { return a.catalog - b.catalog })
		}
		for i, p := range at {
			if i > 0 {
				overriding[p.catalog].Add(p.record)
			}
			if i < len(at)-1 {
				hidden[p.catalog].Add(p.record)
			}
		}
	}
	return hidden, overriding, nil
}

// overridden reports whether a later catalog than the i-th has a code. It asks
// those alone, so that one code costs little.
func (s *Selection) overridden(i int, code string) (bool, error) {
	for _, later := range s.catalogs[i+1:] {
		if _, found, err := later.find(code); found || err != nil {
			return found, err
		}
	}
	return false, nil
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
	for i, c := range slices.Backward(s.catalogs) { // a later catalog's before an earlier one's
		var exact, alike []int
		for name, err := range c.index.Find(key) {
			switch {
			case err != nil:
				return nil, err
			case name.Name == word && !name.Further:
				e, err := c.entry(name.Record)
				return []Entry{e}, cmp.Or(err, ctx.Err())
			case name.Name == word:
				exact = append(exact, name.Record)
			case key != "":
				alike = append(alike, name.Record)
			}
		}
		if aliased == nil {
			var err error
			if aliased, err = s.visible(i, exact); err != nil {
				return nil, err
			}
		}
		more, err := s.visible(i, alike)
		if err != nil {
			return nil, err
		}
		folded = append(more, folded...)
	}
	if aliased != nil {
		folded = aliased
	}
	return folded, ctx.Err()
}

// visible reads those of the i-th catalog's records that no later catalog
// overrides, each once and in order.
func (s *Selection) visible(i int, records []int) ([]Entry, error) {
	slices.Sort(records)
	var entries []Entry
	for _, record := range slices.Compact(records) {
		e, err := s.catalogs[i].entry(record)
		if err != nil {
			return nil, err
		}
		hidden, err := s.overridden(i, e.Code)
		if err != nil {
			return nil, err
		}
		if !hidden {
			entries = append(entries, e)
		}
	}
	return entries, nil
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

// folded returns the prefixes, or nil where they let everything through.
func (f Filter) folded() []string {
	var all []string
	for _, prefix := range f.Prefixes {
		key := fold(prefix)
		if key == "" {
			return nil
		}
		all = append(all, key)
	}
	return all
}

// List yields the entries that the filter lets through, in catalog order.
func (s *Selection) List(ctx context.Context, f Filter) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		for at, err := range s.narrowed(ctx, f) {
			var e Entry
			if err == nil {
				e, err = s.catalogs[at.catalog].entry(at.record)
			}
			if !yield(e, err) || err != nil {
				return
			}
		}
	}
}

// A place is a record of a catalog of the selection.
type place struct{ catalog, record int }

// narrowed yields the places of the entries that the filter lets through and
// that no later catalog overrides, in catalog order.
func (s *Selection) narrowed(ctx context.Context, f Filter) iter.Seq2[place, error] {
	return func(yield func(place, error) bool) {
		hidden, err := s.overlay()
		if err != nil {
			yield(place{}, err)
			return
		}
		for i, c := range s.catalogs {
			let, err := c.narrowed(f)
			if err != nil {
				yield(place{}, err)
				return
			}
			records := let.All()
			if let == nil {
				records = upTo(c.Entries)
			}
			for record := range records {
				if hidden[i].Has(record) {
					continue
				}
				if err := ctx.Err(); !yield(place{i, record}, err) || err != nil {
					return
				}
			}
		}
	}
}

// upTo yields the numbers below n.
func upTo(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}

// byStatus yields every status that a visible entry has, lowest first, with the
// places of its entries in catalog order; 0 stands for the entries without one.
// A set narrows it, the empty one does not.
func (s *Selection) byStatus(ctx context.Context, set Statuses) iter.Seq2[statusPlaces, error] {
	return func(yield func(statusPlaces, error) bool) {
		hidden, err := s.overlay()
		records := make([]map[int]index.Set, len(s.catalogs))
		statuses := map[int]bool{}
		for i, c := range s.catalogs {
			if err != nil {
				break
			}
			records[i], err = c.byStatus(set)
			for status, found := range records[i] {
				found.Remove(hidden[i])
				if found.Len() > 0 {
					statuses[status] = true
				}
			}
		}
		if err := cmp.Or(err, ctx.Err()); err != nil {
			yield(statusPlaces{}, err)
			return
		}
		for _, status := range slices.Sorted(maps.Keys(statuses)) {
			places := func(yield func(place) bool) {
				for i := range s.catalogs {
					for record := range records[i][status].All() {
						if !yield(place{i, record}) {
							return
						}
					}
				}
			}
			if err := ctx.Err(); !yield(statusPlaces{status, places}, err) || err != nil {
				return
			}
		}
	}
}

type statusPlaces struct {
	status int
	places iter.Seq[place]
}

// ByStatus yields the entries whose status is in the set: by status, then in
// catalog order. The empty set holds every status, and none.
func (s *Selection) ByStatus(ctx context.Context, set Statuses) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		for group, err := range s.byStatus(ctx, set) {
			if err != nil {
				yield(Entry{}, err)
				return
			}
			for at := range group.places {
				e, err := s.catalogs[at.catalog].entry(at.record)
				if err = cmp.Or(ctx.Err(), err); !yield(e, err) || err != nil {
					return
				}
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
		for group, err := range s.byStatus(ctx, nil) {
			count := StatusCount{Status: group.status}
			if err == nil {
				count.Codes, err = s.codes(ctx, group.places)
			}
			if !yield(count, err) || err != nil {
				return
			}
		}
	}
}

// codes reads the codes of entries.
func (s *Selection) codes(ctx context.Context, places iter.Seq[place]) ([]string, error) {
	var codes []string
	for at := range places {
		code, err := s.catalogs[at.catalog].code(at.record)
		if err := cmp.Or(err, ctx.Err()); err != nil {
			return nil, err
		}
		codes = append(codes, code)
	}
	return codes, nil
}

// Statuses yields every status that an entry has, lowest first.
func (s *Selection) Statuses(ctx context.Context) iter.Seq2[int, error] {
	return func(yield func(int, error) bool) {
		for group, err := range s.byStatus(ctx, nil) {
			if (err != nil || group.status > 0) && !yield(group.status, err) {
				return
			}
		}
	}
}
