package catalog

import (
	"cmp"
	"context"
	"slices"

	"github.com/errcode-cli/errcode/internal/entry"
)

// A By is how a word came to an entry.
type By uint8

// The ways, as they are tried: the first that finds anything answers.
const (
	ByNothing By = iota // it came to none
	ByCode              // it is exactly the code
	ByAlias             // it is exactly an alias
	ByFolding           // its letters and digits are those of the code or an alias
)

// Found is the entries that a word stands for. None is a miss; so are several, since
// a look-up never picks.
type Found struct {
	Entries []entry.Entry
	By      By
	Behind  bool // they stand behind the selection
}

// Get finds the entries that a word stands for: the one of exactly that code,
// else those of exactly that alias, else those whose code or alias folds to
// the same letters and digits. What stands behind is asked where the selection has
// neither such an entry nor a code that the word begins.
func (s *Selection) Get(ctx context.Context, word string) (Found, error) {
	found, err := s.get(ctx, word)
	if err != nil || found.Entries != nil || s.openBehind == nil && s.behind == nil {
		return found, err
	}
	if begun, err := s.begun(ctx, word); begun || err != nil {
		return Found{}, err
	}
	behind, err := s.behindIt(ctx)
	if err != nil {
		return Found{}, err
	}
	found, err = behind.get(ctx, word)
	found.Behind = found.Entries != nil
	return found, err
}

// get asks the selection's own catalogs.
func (s *Selection) get(ctx context.Context, word string) (Found, error) {
	key := entry.Fold(word)
	var aliased, folded []entry.Entry
	for i, c := range slices.Backward(s.catalogs) { // a later catalog's before an earlier one's
		var exact, alike []naming
		for name, err := range c.index.Find(key) {
			switch {
			case err != nil:
				return Found{}, c.failed(err)
			case string(name.Name) == word && !name.Further:
				e, err := c.named(name.Record, word)
				if err == nil {
					err = ctx.Err()
				}
				return Found{Entries: []entry.Entry{e}, By: ByCode}, err
			case string(name.Name) == word:
				exact = append(exact, naming{name.Record, word})
			case key != "":
				alike = append(alike, naming{name.Record, string(name.Name)})
			}
		}
		if aliased == nil {
			var err error
			if aliased, err = s.visible(i, exact); err != nil {
				return Found{}, err
			}
		}
		more, err := s.visible(i, alike)
		if err != nil {
			return Found{}, err
		}
		folded = append(more, folded...)
	}
	switch {
	case aliased != nil:
		return Found{Entries: aliased, By: ByAlias}, ctx.Err()
	case folded != nil:
		return Found{Entries: folded, By: ByFolding}, ctx.Err()
	}
	return Found{}, ctx.Err()
}

// A naming is a record and what it goes by.
type naming struct {
	record int
	name   string
}

// visible reads the entries that go by names in the i-th catalog and that no later
// catalog overrides, each once and in order.
func (s *Selection) visible(i int, namings []naming) ([]entry.Entry, error) {
	slices.SortStableFunc(namings, func(a, b naming) int { return a.record - b.record })
	namings = slices.CompactFunc(namings, func(a, b naming) bool { return a.record == b.record })
	var entries []entry.Entry
	for _, n := range namings {
		e, err := s.catalogs[i].named(n.record, n.name)
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

// begun reports whether a code of the selection begins with a word.
func (s *Selection) begun(ctx context.Context, word string) (bool, error) {
	key := entry.Fold(word)
	if key == "" {
		return false, nil
	}
	for _, c := range s.catalogs {
		for name, err := range c.index.Names(key) {
			if err := cmp.Or(c.failed(err), ctx.Err()); err != nil {
				return false, err
			}
			if !name.Further {
				return true, nil // be it overridden, then another catalog has it
			}
		}
	}
	return false, nil
}
