package catalog

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"iter"
	"maps"
	"slices"

	"github.com/errcode-cli/errcode/internal/entry"
	"github.com/errcode-cli/errcode/internal/index"
)

// A Selection is the catalogs that one run works on, in order, and what stands
// behind them: catalogs that are asked only where the selection's own have nothing.
// Those are opened when they are first asked; they are never listed, summed up or
// overlaid. Queries stop with the context's error once the context is done. Other
// errors are a *DamagedError, a *ChangedError, or those of reading a file. Close
// releases the selection.
type Selection struct {
	catalogs   []*Catalog
	hidden     []index.Set                               // of each catalog, the records that later ones override; see overlay
	openBehind func(context.Context) (*Selection, error) // nil where nothing stands behind
	behind     *Selection                                // once it was asked
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
	if s.behind != nil {
		failed = errors.Join(failed, s.behind.Close())
	}
	return failed
}

// behindIt returns what stands behind the selection, nil where nothing does.
func (s *Selection) behindIt(ctx context.Context) (*Selection, error) {
	if s.behind == nil && s.openBehind != nil {
		var err error
		if s.behind, err = s.openBehind(ctx); err != nil {
			return nil, err
		}
	}
	return s.behind, nil
}

// List yields the entries that the filter lets through, in catalog order.
func (s *Selection) List(ctx context.Context, f Filter) iter.Seq2[entry.Entry, error] {
	return func(yield func(entry.Entry, error) bool) {
		ids, err := s.narrowed(ctx, f)
		if err != nil {
			yield(entry.Entry{}, err)
			return
		}
		s.entries(ctx, ids)(yield)
	}
}

// An ID is which entry of a selection is meant.
type ID struct{ catalog, record int }

// Compare orders IDs as List does their entries.
func (p ID) Compare(q ID) int {
	return cmp.Or(p.catalog-q.catalog, p.record-q.record)
}

// idsOf yields the ids of sets of records, one for each catalog.
func idsOf(records []index.Set) iter.Seq[ID] {
	return func(yield func(ID) bool) {
		for i, set := range records {
			for record := range set.All() {
				if !yield(ID{i, record}) {
					return
				}
			}
		}
	}
}

// entries reads the entries of ids.
func (s *Selection) entries(ctx context.Context, ids iter.Seq[ID]) iter.Seq2[entry.Entry, error] {
	return func(yield func(entry.Entry, error) bool) {
		for at := range ids {
			var e entry.Entry
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

// Entry reads the entry of an ID.
func (s *Selection) Entry(at ID) (entry.Entry, error) {
	return s.catalogs[at.catalog].entry(at.record)
}

// Named reads the entry of an ID that goes by a name, as Codes has them.
func (s *Selection) Named(at ID, name string) (entry.Entry, error) {
	return s.catalogs[at.catalog].named(at.record, name)
}

// codes reads the codes of ids.
func (s *Selection) codes(ctx context.Context, ids iter.Seq[ID]) ([]string, error) {
	var codes []string
	for at := range ids {
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
	ID          // of the entry
}

// Codes yields what the entries that the filter lets through are called: their
// codes, then their aliases, a later catalog's before an earlier one's. Several may
// be equal: a code of one entry that is an alias of others, or an alias of several.
func (s *Selection) Codes(ctx context.Context, f Filter) iter.Seq2[Code, error] {
	return func(yield func(Code, error) bool) {
		hidden, err := s.overlay(ctx)
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
				switch err = cmp.Or(c.failed(err), ctx.Err()); {
				case err != nil:
					yield(Code{}, err)
					return
				case !let.Has(name.Record):
				case name.Further:
					aliases = append(aliases, Code{bytes.Clone(name.Name), ID{i, name.Record}})
				case !yield(Code{name.Name, ID{i, name.Record}}, nil):
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

// narrowed returns the ids of the entries that the filter lets through and
// that no later catalog overrides, in catalog order.
func (s *Selection) narrowed(ctx context.Context, f Filter) (iter.Seq[ID], error) {
	hidden, err := s.overlay(ctx)
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
	return idsOf(records), nil
}

// byStatus returns the ids of the visible entries of each status that one
// has, in catalog order; 0 stands for those without one. A set narrows it, the
// empty one does not, and so does a filter.
func (s *Selection) byStatus(ctx context.Context, set Statuses, f Filter) (map[int]iter.Seq[ID], error) {
	hidden, err := s.overlay(ctx)
	if err != nil {
		return nil, err
	}
	records := map[int][]index.Set{}
	for i, c := range s.catalogs {
		byStatus, err := c.byStatus(set)
		if err != nil {
			return nil, err
		}
		let, err := c.narrowed(f)
		if err != nil {
			return nil, err
		}
		for status, found := range byStatus {
			found.Keep(let)
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
	ids := map[int]iter.Seq[ID]{}
	for status, sets := range records {
		ids[status] = idsOf(sets)
	}
	return ids, nil
}

// ByStatus yields the entries whose status is in the set and that the filter lets
// through: by status, then in catalog order. The empty set holds every status, and none.
func (s *Selection) ByStatus(ctx context.Context, set Statuses, f Filter) iter.Seq2[entry.Entry, error] {
	return func(yield func(entry.Entry, error) bool) {
		byStatus, err := s.byStatus(ctx, set, f)
		if err != nil {
			yield(entry.Entry{}, err)
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

// Summary yields every status that an entry has which the filter lets through, lowest
// first; 0 stands for the entries without one.
func (s *Selection) Summary(ctx context.Context, f Filter) iter.Seq2[StatusCount, error] {
	return func(yield func(StatusCount, error) bool) {
		byStatus, err := s.byStatus(ctx, nil, f)
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
func (s *Selection) Statuses(ctx context.Context) ([]int, error) {
	byStatus, err := s.byStatus(ctx, nil, Filter{})
	delete(byStatus, 0)
	return slices.Sorted(maps.Keys(byStatus)), err
}
