package catalog

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/errcode-cli/errcode/internal/entry"
)

// A By is how a word came to an entry.
type By uint8

// The ways, as they are tried: the first that finds anything answers.
const (
	ByCode        By = iota + 1 // it is exactly the code
	ByAlias                     // it is exactly an alias
	ByNumber                    // it is the number of the code or an alias in another notation
	ByFolding                   // its letters and digits are those of the code or an alias
	ByHexadecimal               // it is a number with 0x before it
	ByRange                     // it is a code without an entry of its own, in a range that this one covers
	ByPart                      // the code or an alias stands in it
	ByMessage                   // it holds what is printed when it happens
)

// Found is the entries that a word, or a part of a text, stands for. Several is a miss:
// a look-up never picks.
type Found struct {
	Entries []entry.Entry
	By      By
	Word    string // that stands for them; of a text the part, of a number with 0x left out that with it
	Behind  bool   // they stand behind the selection
}

// Get finds what a word stands for, in the first of these ways that finds anything: the
// entry of exactly that code, or of what follows the name of a catalog and a colon, in
// that alone; those of exactly that alias; those of the same number; those whose code or
// alias folds to the same; those of the hexadecimal number that it may be; those whose
// range it is in; the codes that stand in it, which may be several; what is printed when
// it happens. Nothing found is a miss. Unknown is what stands in a text and is no code,
// but differs from one in nothing but its last number, as AUTH-999 does from AUTH-401.
// What stands behind is asked where the selection has neither an entry nor a code that
// the word begins.
func (s *Selection) Get(ctx context.Context, word string) (found []Found, unknown []string, err error) {
	found, unknown, err = s.get(ctx, word)
	if err != nil || found != nil || s.openBehind == nil && s.behind == nil {
		return found, unknown, err
	}
	if begun, err := s.begun(ctx, word); begun || err != nil {
		return nil, unknown, err
	}
	behind, err := s.behindIt(ctx)
	if err != nil {
		return nil, nil, err
	}
	found, _, err = behind.get(ctx, word)
	for i := range found {
		found[i].Behind = true
	}
	return found, unknown, err
}

// One returns the one entry of the selection's own that goes by a word: by its code, an
// alias or a number, or folded; nil where there is none, or several.
func (s *Selection) One(ctx context.Context, word string) (*entry.Entry, error) {
	found, err := s.called(ctx, word)
	if err != nil || len(found.Entries) != 1 {
		return nil, err
	}
	return &found.Entries[0], nil
}

// get asks the selection's own catalogs.
func (s *Selection) get(ctx context.Context, word string) (found []Found, unknown []string, err error) {
	called, err := s.called(ctx, word)
	if err != nil || called.By == ByCode {
		return called.alone(), nil, err
	}
	if of, rest := s.qualifier(word); of != nil {
		if found, unknown, err := of.get(ctx, rest); found != nil || err != nil {
			return found, unknown, err
		}
	}
	if called.Entries != nil {
		return called.alone(), nil, nil
	}
	if s.retired(word) != nil { // which none answers for
		return nil, nil, nil
	}
	for _, way := range []func(context.Context, string) (Found, error){s.hexadecimal, s.covering} {
		if found, err := way(ctx, word); found.Entries != nil || err != nil {
			return found.alone(), nil, err
		}
	}
	found, unknown, err = s.parts(ctx, word)
	if found == nil && err == nil {
		var printed Found
		printed, err = s.printed(ctx, word)
		found = printed.alone()
	}
	return found, unknown, cmp.Or(err, ctx.Err())
}

// alone is all that was found, nil where that is nothing.
func (f Found) alone() []Found {
	if f.Entries == nil {
		return nil
	}
	return []Found{f}
}

// called finds the entries that go by a word: by exactly that code, else by exactly that
// alias, else folded. Of a number each catalog has its reading, by its code, else by an
// alias, else in another notation.
func (s *Selection) called(ctx context.Context, word string) (Found, error) {
	key := entry.Fold(word)
	number, isNumber := entry.ParseNumber(word)
	exact, folded := Found{Word: word}, Found{Word: word}
	for i, c := range slices.Backward(s.catalogs) { // a later catalog's before an earlier one's
		names, err := c.called(word, key)
		if err != nil {
			return Found{}, err
		}
		if coded := names[ByCode]; coded != nil && !isNumber {
			e, err := c.named(coded[0].record, word)
			return Found{Entries: []entry.Entry{e}, By: ByCode, Word: word}, cmp.Or(err, ctx.Err())
		}
		found := false
		for by := ByCode; by <= ByNumber && !found; by++ {
			if by == ByNumber && isNumber {
				if names[by], err = c.sameNumber(word, number); err != nil {
					return Found{}, err
				}
			}
			if found, err = s.prepend(&exact, by, i, names[by]); err != nil {
				return Found{}, err
			}
		}
		if _, err := s.prepend(&folded, ByFolding, i, names[ByFolding]); err != nil {
			return Found{}, err
		}
	}
	if exact.Entries != nil {
		return exact, ctx.Err()
	}
	return folded, ctx.Err()
}

// prepend adds what goes by names in the i-th catalog before what goes by others in later
// ones, and reports whether there is any.
func (s *Selection) prepend(found *Found, by By, i int, names []naming) (any bool, err error) {
	entries, err := s.visible(i, names)
	if entries != nil {
		found.Entries, found.By = append(entries, found.Entries...), by
	}
	return entries != nil, err
}

// A naming is a record and what it goes by.
type naming struct {
	record int
	name   string
}

// called returns what goes by a word as its code, as an alias, and by what folds to the
// same key.
func (c *Catalog) called(word, key string) (names [ByFolding + 1][]naming, err error) {
	for name, err := range c.index.Find(key) {
		by := ByFolding
		switch {
		case err != nil:
			return names, c.failed(err)
		case string(name.Name) == word && !name.Further:
			by = ByCode
		case string(name.Name) == word:
			by = ByAlias
		case key == "":
			continue
		}
		names[by] = append(names[by], naming{name.Record, string(name.Name)})
	}
	return names, nil
}

// sameNumber returns what goes by a number in another notation than a word has it.
func (c *Catalog) sameNumber(word string, number entry.Number) ([]naming, error) {
	var names []naming
	for key := range number.Notations {
		for name, err := range c.index.Find(key) {
			if err != nil {
				return nil, c.failed(err)
			}
			if n := string(name.Name); entry.SameNumber(word, n) {
				names = append(names, naming{name.Record, n})
			}
		}
	}
	return names, nil
}

// visible reads the entries that go by names in the i-th catalog and that no later
// catalog overrides, each once and in order.
func (s *Selection) visible(i int, names []naming) ([]entry.Entry, error) {
	slices.SortStableFunc(names, func(a, b naming) int { return a.record - b.record })
	names = slices.CompactFunc(names, func(a, b naming) bool { return a.record == b.record })
	var entries []entry.Entry
	for _, n := range names {
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

// qualifier parts a word that begins with the name of a catalog and a colon, and selects
// that alone, so that no other overrides its entries. An address is no such word.
func (s *Selection) qualifier(word string) (of *Selection, rest string) {
	name, rest, found := strings.Cut(word, ":")
	if !found || !entry.IsCode(rest) || strings.Contains(word, "://") {
		return nil, word
	}
	for _, c := range s.catalogs {
		if strings.EqualFold(c.Name, name) {
			return &Selection{catalogs: []*Catalog{c}}, rest
		}
	}
	return nil, word
}

// hexadecimal finds a hexadecimal number that is written without its 0x.
func (s *Selection) hexadecimal(ctx context.Context, word string) (Found, error) {
	written, ok := entry.Hexadecimal(word)
	if !ok {
		return Found{}, nil
	}
	found, err := s.called(ctx, written)
	found.By = ByHexadecimal
	return found, err
}

// covering finds the entries one of whose ranges has a word.
func (s *Selection) covering(ctx context.Context, word string) (Found, error) {
	found := Found{By: ByRange, Word: word}
	if n, ok := entry.ParseNumber(word); ok {
		word = n.Decimal()
	}
	one, ok := entry.RangeOf(word)
	if !ok {
		return Found{}, nil
	}
	for e, err := range s.marked(ctx, rangeMark(one)) {
		if err != nil {
			return Found{}, err
		}
		if slices.ContainsFunc(e.Covers, func(text string) bool {
			r, err := entry.ParseRange(text)
			return err == nil && r.HasFolded(word)
		}) {
			found.Entries = append(found.Entries, e)
		}
	}
	return found, nil
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
