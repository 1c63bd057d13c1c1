package catalog

import (
	"bytes"
	"cmp"
	"context"
	"iter"
	"slices"

	"github.com/errcode-cli/errcode/internal/index"
)

// overlay returns, for each catalog, the records that a later catalog
// overrides. They are found out once, when the first query wants to know.
func (s *Selection) overlay(ctx context.Context) ([]index.Set, error) {
	if s.hidden == nil {
		hidden, _, err := overlay(ctx, s.catalogs)
		if err != nil {
			return nil, err
		}
		s.hidden = hidden
	}
	return s.hidden, nil
}

// overlay finds the codes that several catalogs have: the records that a later
// catalog overrides, and those that override an earlier one's. The codes of all but
// the largest catalog are read side by side; that one is only asked for them.
func overlay(ctx context.Context, catalogs []*Catalog) (hidden, overriding []index.Set, err error) {
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
	for same, err := range sideBySide(catalogs, largest) {
		if err := cmp.Or(err, ctx.Err()); err != nil {
			return nil, nil, err
		}
		record, found, err := catalogs[largest].find(same.code)
		if err != nil {
			return nil, nil, err
		}
		if found {
			same.ids = append(same.ids, ID{largest, record})
			slices.SortFunc(same.ids, ID.Compare)
		}
		for i, id := range same.ids {
			if i > 0 {
				overriding[id.catalog].Add(id.record)
			}
			if i < len(same.ids)-1 {
				hidden[id.catalog].Add(id.record)
			}
		}
	}
	return hidden, overriding, nil
}

// A sameCode is a code and the entries that have it.
type sameCode struct {
	code string
	ids  []ID // good until the next one is asked for
}

// sideBySide yields the codes of all catalogs but one, each once.
func sideBySide(catalogs []*Catalog, but int) iter.Seq2[sameCode, error] {
	return func(yield func(sameCode, error) bool) {
		var heads []*codesOf // each at a code that was not yielded yet
		for i, c := range catalogs {
			if i == but {
				continue
			}
			next, stop := iter.Pull2(c.index.Names(""))
			defer stop()
			h := &codesOf{catalog: i, next: next}
			if more, err := h.advance(); err != nil {
				yield(sameCode{}, c.failed(err))
				return
			} else if more {
				heads = append(heads, h)
			}
		}
		var same sameCode
		for len(heads) > 0 {
			first := slices.MinFunc(heads, (*codesOf).compare).name
			same.code, same.ids = string(first.Name), same.ids[:0]
			for _, h := range heads {
				if string(h.name.Name) == same.code {
					same.ids = append(same.ids, ID{h.catalog, h.name.Record})
				}
			}
			if !yield(same, nil) {
				return
			}
			var failed error
			heads = slices.DeleteFunc(heads, func(h *codesOf) bool {
				if failed != nil || string(h.name.Name) != same.code {
					return false
				}
				more, err := h.advance()
				failed = catalogs[h.catalog].failed(err)
				return !more
			})
			if failed != nil {
				yield(sameCode{}, failed)
				return
			}
		}
	}
}

// A codesOf reads the codes of a catalog in the order of its index.
type codesOf struct {
	catalog int
	next    func() (index.Name, error, bool)
	name    index.Name
}

// advance goes on to the next code, if there is one.
func (c *codesOf) advance() (more bool, err error) {
	for {
		if c.name, err, more = c.next(); err != nil || !more || !c.name.Further {
			return more && err == nil, err
		}
	}
}

// compare orders by the folded code, then by the code.
func (c *codesOf) compare(other *codesOf) int {
	if order := bytes.Compare(c.name.Folded, other.name.Folded); order != 0 {
		return order
	}
	return bytes.Compare(c.name.Name, other.name.Name)
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
