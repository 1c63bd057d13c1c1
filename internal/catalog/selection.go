package catalog

import (
	"bytes"
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

// Catalogs is the selected catalogs, in order.
func (s *Selection) Catalogs() []*Catalog { return slices.Clone(s.catalogs) }

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

	places := map[string][]Place{}
	for i, c := range catalogs {
		if i == largest {
			continue
		}
		for name, err := range c.index.Names("") {
			if err != nil {
				return nil, nil, err
			}
			if !name.Further {
				code := string(name.Name)
				places[code] = append(places[code], Place{i, name.Record})
			}
		}
	}
	for code, at := range places {
		record, found, err := catalogs[largest].find(code)
		if err != nil {
			return nil, nil, err
		}
		if found {
			at = append(at, Place{largest, record})
			slices.SortFunc(at, Place.Compare)
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
			case string(name.Name) == word && !name.Further:
				e, err := c.entry(name.Record)
				return []Entry{e}, cmp.Or(err, ctx.Err())
			case string(name.Name) == word:
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
		places, err := s.narrowed(f)
		if err != nil {
			yield(Entry{}, err)
			return
		}
		s.entries(ctx, places)(yield)
	}
}

// A Place is where in a selection an entry is.
type Place struct{ catalog, record int }

// Compare orders places as List does their entries.
func (p Place) Compare(q Place) int {
	return cmp.Or(p.catalog-q.catalog, p.record-q.record)
}

// placesOf yields the places of sets of records, one for each catalog.
func placesOf(records []index.Set) iter.Seq[Place] {
	return func(yield func(Place) bool) {
		for i, set := range records {
			for record := range set.All() {
				if !yield(Place{i, record}) {
					return
				}
			}
		}
	}
}

// entries reads the entries of places.
func (s *Selection) entries(ctx context.Context, places iter.Seq[Place]) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		for at := range places {
			var e Entry
			err := ctx.Err()
			if err == nil {
				e, err = s.Entry(at)
			}
			if !yield(e, err) || err != nil {
				return
			}
		}
	}
}

// Entry reads the entry of a place.
func (s *Selection) Entry(at Place) (Entry, error) {
	return s.catalogs[at.catalog].entry(at.record)
}

// codes reads the codes of places.
func (s *Selection) codes(ctx context.Context, places iter.Seq[Place]) ([]string, error) {
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

// A Code is what an entry is called: its code or an alias.
type Code struct {
	Text []byte // good until the next one is asked for
	At   Place  // of the entry
}

// Codes yields what the entries that the filter lets through are called: their
// codes, then their aliases, a later catalog's before an earlier one's. Of
// several that are equal, Get means the first.
func (s *Selection) Codes(ctx context.Context, f Filter) iter.Seq2[Code, error] {
	return func(yield func(Code, error) bool) {
		hidden, err := s.overlay()
		var aliases []Code
		for i, c := range slices.Backward(s.catalogs) {
			var let index.Set
			if err == nil {
				let, err = c.narrowed(f)
			}
			if err != nil {
				yield(Code{}, err)
				return
			}
			let.Remove(hidden[i])
			for name, err := range c.index.Names("") {
				switch err = cmp.Or(err, ctx.Err()); {
				case err != nil:
					yield(Code{}, err)
					return
				case !let.Has(name.Record):
				case name.Further:
					aliases = append(aliases, Code{bytes.Clone(name.Name), Place{i, name.Record}})
				case !yield(Code{name.Name, Place{i, name.Record}}, nil):
					return
				}
			}
		}
		for _, alias := range aliases {
			if !yield(alias, nil) {
				return
			}
		}
	}
}

// narrowed returns the places of the entries that the filter lets through and
// that no later catalog overrides, in catalog order.
func (s *Selection) narrowed(f Filter) (iter.Seq[Place], error) {
	hidden, err := s.overlay()
	if err != nil {
		return nil, err
	}
	records := make([]index.Set, len(s.catalogs))
	for i, c := range s.catalogs {
		if records[i], err = c.narrowed(f); err != nil {
			return nil, err
		}
		records[i].Remove(hidden[i])
	}
	return placesOf(records), nil
}

// byStatus returns the places of the visible entries of each status that one
// has, in catalog order; 0 stands for those without one. A set narrows it, the
// empty one does not.
func (s *Selection) byStatus(set Statuses) (map[int]iter.Seq[Place], error) {
	hidden, err := s.overlay()
	if err != nil {
		return nil, err
	}
	records := map[int][]index.Set{}
	for i, c := range s.catalogs {
		byStatus, err := c.byStatus(set)
		if err != nil {
			return nil, err
		}
		for status, found := range byStatus {
			found.Remove(hidden[i])
			if found.Len() == 0 {
				continue
			}
			if records[status] == nil {
				records[status] = make([]index.Set, len(s.catalogs))
			}
			records[status][i] = found
		}
	}
	places := map[int]iter.Seq[Place]{}
	for status, sets := range records {
		places[status] = placesOf(sets)
	}
	return places, nil
}

// ByStatus yields the entries whose status is in the set: by status, then in
// catalog order. The empty set holds every status, and none.
func (s *Selection) ByStatus(ctx context.Context, set Statuses) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		byStatus, err := s.byStatus(set)
		if err != nil {
			yield(Entry{}, err)
			return
		}
		for _, status := range slices.Sorted(maps.Keys(byStatus)) {
			for e, err := range s.entries(ctx, byStatus[status]) {
				if !yield(e, err) || err != nil {
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
		byStatus, err := s.byStatus(nil)
		if err != nil {
			yield(StatusCount{}, err)
			return
		}
		for _, status := range slices.Sorted(maps.Keys(byStatus)) {
			codes, err := s.codes(ctx, byStatus[status])
			if !yield(StatusCount{status, codes}, err) || err != nil {
				return
			}
		}
	}
}

// Statuses returns every status that an entry has, lowest first.
func (s *Selection) Statuses() ([]int, error) {
	byStatus, err := s.byStatus(nil)
	delete(byStatus, 0)
	return slices.Sorted(maps.Keys(byStatus)), err
}
