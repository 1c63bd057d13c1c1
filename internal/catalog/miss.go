package catalog

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/errcode-cli/errcode/internal/entry"
	"github.com/errcode-cli/errcode/internal/index"
)

// A Miss is a word that stands for no entry, or for several, and what may help
// whoever asked. It has no words: those are the renderer's.
type Miss struct {
	Word     string
	Several  []Named      // that it stands for
	Joined   *entry.Entry // that the word and the missed one before it stand for together
	Retired  *Retired     // the code that it was
	Longest  *entry.Entry // whose code it begins with, and goes on
	Class    *entry.Entry // whose code is the class of the SQLSTATE that it has the shape of
	Number   *Number      // what it says as a number
	Status   Statuses     // the word read as HTTP statuses, where an entry has one of them
	Search   int          // how many entries a search for the word finds, or more
	BuiltIn  *entry.Entry // that it stands for in the built-in catalog, where that was not searched
	Searched []string     // the names of the catalogs
	Behind   []string     // those of the catalogs behind them that were asked too
	Suggestions
}

// A Named is an entry and the word that finds it alone: its code or, where others have
// that too or the entries are of several catalogs, that behind the name of its own.
type Named struct {
	entry.Entry
	Word string
}

// A Number is what the word of a miss says as a number.
type Number struct {
	entry.Number
	Win32 *entry.Entry // of the code of an HRESULT of Windows itself
}

// A PrefixMiss is a beginning that no code has or, with a filter, none that this lets
// through.
type PrefixMiss struct {
	Prefix   string
	Filter   Filter
	Status   Statuses // see Miss
	Without  []Without
	Searched []string
	Suggestions
}

// A FilterMiss is a filter that lets no entry through.
type FilterMiss struct {
	Filter   Filter
	Without  []Without
	Statuses bool // some entry has one
	Searched []string
}

// A Without is what is found where something of a filter is left out.
type Without struct {
	Left    Filter // out
	Entries int
}

// A TagMiss is a tag that no entry has.
type TagMiss struct {
	Tag      string
	Near     []string // that it may have been meant for, at most five
	Tags     []string // the first there are, at most ten
	Searched []string
}

// A SearchMiss is a query that no entry matches.
type SearchMiss struct {
	Query      string
	Words      []WordCount // how each word fares by itself
	Without    []Without
	Rest       string // the words that find something, where others find nothing
	RestFilter Filter // with which they do
	RestFinds  int    // how many entries match those
	Searched   []string
}

// Suggestions are what a word that is no code may have meant.
type Suggestions struct {
	Near   []entry.Entry // whose code or alias is a slip of the finger away, nearest first, at most five
	Begins []entry.Entry // the first whose codes begin with the word, at most five
	Count  int           // how many codes begin with the word
}

const mostSuggestions = 5

// Several is the miss of a word that stands for several entries.
func (s *Selection) Several(ctx context.Context, found Found) (*Miss, error) {
	m := &Miss{Word: found.Word, Searched: s.Names()}
	first := found.Entries[0].Catalog
	several := slices.ContainsFunc(found.Entries, func(e entry.Entry) bool { return e.Catalog != first })
	for _, e := range found.Entries {
		word := e.Code
		alone, err := s.called(ctx, word)
		if err != nil {
			return nil, err
		}
		if several || !alone.same(Found{Entries: []entry.Entry{e}}) {
			word = e.Catalog + ":" + word
		}
		m.Several = append(m.Several, Named{e, word})
	}
	return m, nil
}

// Miss says what may help with a word for which Get found nothing. Before is the word
// before it, where that was a miss too.
func (s *Selection) Miss(ctx context.Context, word, before string) (*Miss, error) {
	m := &Miss{Word: word, Searched: s.Names()}
	if s.behind != nil {
		m.Behind = s.behind.Names()
	}
	of, rest := s.qualifier(word)
	if of == nil {
		of = s
	}
	m.Retired = of.retired(rest)
	var err error
	if before != "" {
		if m.Joined, err = s.One(ctx, before+" "+word); err != nil {
			return nil, err
		}
	}
	for _, help := range []func() error{
		func() (err error) { m.Longest, err = s.longest(ctx, word); return err },
		func() (err error) { m.Class, err = s.class(ctx, word); return err },
		func() (err error) { m.Number, err = s.number(ctx, word); return err },
		func() (err error) { m.Suggestions, err = of.suggest(ctx, rest); return err },
		func() (err error) { m.Status, err = s.asStatus(ctx, word); return err },
		func() (err error) { m.Search, err = s.searchable(ctx, word, m.Suggestions); return err },
		func() (err error) { m.BuiltIn, err = s.inBuiltIn(ctx, word); return err },
	} {
		if err := help(); err != nil {
			return nil, err
		}
	}
	m.Near = slices.DeleteFunc(m.Near, func(e entry.Entry) bool { return m.Longest != nil && e.Code == m.Longest.Code }) // which says it already
	return m, nil
}

// longest returns the entry of the longest code that a word begins with and goes on
// behind a border, as 404.13 does.
func (s *Selection) longest(ctx context.Context, word string) (*entry.Entry, error) {
	if strings.ContainsFunc(word, unicode.IsSpace) {
		return nil, nil
	}
	wordly := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	for i := len(word) - 1; i > 0; i-- {
		before, _ := utf8.DecodeLastRuneInString(word[:i])
		after, _ := utf8.DecodeRuneInString(word[i:])
		if !wordly(before) || wordly(after) {
			continue
		}
		if e, err := s.One(ctx, word[:i]); e != nil || err != nil {
			return e, err
		}
	}
	return nil, nil
}

// class returns the entry of the class of an SQLSTATE: two of its five signs.
func (s *Selection) class(ctx context.Context, word string) (*entry.Entry, error) {
	if len(word) != 5 || strings.Trim(word, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		return nil, nil
	}
	return s.One(ctx, word[:2]+"000")
}

// number says what a word says as a number, where it is not one in a few plain digits.
func (s *Selection) number(ctx context.Context, word string) (*Number, error) {
	if written, ok := entry.Hexadecimal(word); ok && strings.Trim(word, "0123456789") != "" {
		word = written
	}
	n, ok := entry.ParseNumber(word)
	if _, signed := n.Negative(); !ok || !signed && n.Decimal() == word {
		return nil, nil
	}
	said := &Number{Number: n}
	if r, ok := n.Result(); ok && r.Kind == "HRESULT" && r.Facility == 7 {
		found, _, err := s.Get(ctx, strconv.Itoa(r.Code))
		if err != nil {
			return nil, err
		}
		if len(found) == 1 && len(found[0].Entries) == 1 {
			said.Win32 = &found[0].Entries[0]
		}
	}
	return said, nil
}

// searchable counts what a search for a text finds at the least, unless it begins codes,
// which tell more. It looks for whole words and, of a text of several where not very many
// entries are searched, for all that a search finds: a miss is to cost little.
func (s *Selection) searchable(ctx context.Context, text string, like Suggestions) (int, error) {
	if like.Count > 0 {
		return 0, nil
	}
	found, err := s.SearchWhole(ctx, text)
	if err != nil {
		return 0, err
	}
	entries := 0
	for _, c := range s.catalogs {
		entries += c.Entries
	}
	if found.Total == 0 && entries <= quicklySearched && strings.ContainsFunc(text, unicode.IsSpace) {
		if found, err = s.Search(ctx, text, Filter{}); err != nil {
			return 0, err
		}
	}
	return found.Total, nil
}

// quicklySearched is how many entries are searched faster than a person notices.
const quicklySearched = 20_000

// PrefixMiss says what may help with a prefix that List finds nothing for, with a filter
// of no other prefixes.
func (s *Selection) PrefixMiss(ctx context.Context, prefix string, f Filter) (*PrefixMiss, error) {
	m := &PrefixMiss{Prefix: prefix, Filter: f, Searched: s.Names()}
	var err error
	if m.Suggestions, err = s.suggest(ctx, prefix); err != nil {
		return nil, err
	}
	f.Prefixes = []string{prefix}
	if m.Without, err = f.without(func(f Filter) (int, error) { return s.count(ctx, f) }); err != nil {
		return nil, err
	}
	m.Status, err = s.asStatus(ctx, prefix)
	return m, err
}

// FilterMiss says what may help with a filter that lets no entry through.
func (s *Selection) FilterMiss(ctx context.Context, f Filter) (*FilterMiss, error) {
	without, err := f.without(func(f Filter) (int, error) { return s.count(ctx, f) })
	if err != nil {
		return nil, err
	}
	statuses, err := s.Statuses(ctx)
	return &FilterMiss{f, without, len(statuses) > 0, s.Names()}, err
}

// count is how many entries a filter lets through.
func (s *Selection) count(ctx context.Context, f Filter) (int, error) {
	ids, err := s.narrowed(ctx, f)
	if err != nil {
		return 0, err
	}
	n := 0
	for range ids {
		n++
	}
	return n, ctx.Err()
}

// without counts what is found without each part of a filter or, where that is nothing,
// without them all.
func (f Filter) without(count func(Filter) (int, error)) ([]Without, error) {
	var all []Without
	add := func(left, rest Filter) error {
		n, err := count(rest)
		if n > 0 {
			all = append(all, Without{left, n})
		}
		return err
	}
	rest := f
	for _, part := range f.Parts() {
		if err := add(part, f.but(part)); err != nil {
			return nil, err
		}
		rest = rest.but(part)
	}
	if all == nil && len(f.Parts()) > 1 {
		err := add(f, rest)
		return all, err
	}
	return all, nil
}

const (
	mostTagsShown    = 10
	mostTagsCompared = 10_000
)

// TagMiss says what may help with a tag that no entry has; it returns nil where one does.
func (s *Selection) TagMiss(ctx context.Context, tag string) (*TagMiss, error) {
	if n, err := s.count(ctx, Filter{Tags: []string{tag}}); n > 0 || err != nil {
		return nil, err
	}
	m := &TagMiss{Tag: tag, Searched: s.Names()}
	all, err := s.Tags(ctx, "", mostTagsCompared)
	if err != nil {
		return nil, err
	}
	m.Tags = all[:min(len(all), mostTagsShown)]
	key := foldTag(tag)
	limit := slips(utf8.RuneCountInString(key))
	for _, t := range all {
		if near := strings.HasPrefix(t, key) || index.Distance(key, t, limit) <= limit; near && len(m.Near) < mostSuggestions {
			m.Near = append(m.Near, t)
		}
	}
	return m, nil
}

// SearchMiss says what may help with a query whose result is empty. What it says of
// another search is what that finds.
func (s *Selection) SearchMiss(ctx context.Context, query string, f Filter, r *Result) (*SearchMiss, error) {
	m := &SearchMiss{Query: query, Words: r.Words, Searched: s.Names()}
	count := func(query string, f Filter) (int, error) {
		r, err := s.Search(ctx, query, f)
		if err != nil {
			return 0, err
		}
		return r.Total, nil
	}
	var err error
	if m.Without, err = f.without(func(f Filter) (int, error) { return count(query, f) }); err != nil {
		return nil, err
	}
	var others []string
	for _, w := range r.Words {
		if w.Entries > 0 {
			others = append(others, w.Word)
		}
	}
	if others == nil || len(others) == len(r.Words) {
		return m, nil
	}
	rest := strings.Join(others, " ")
	for _, f := range []Filter{f, {}} {
		n, err := count(rest, f)
		if n > 0 || err != nil {
			m.Rest, m.RestFilter, m.RestFinds = rest, f, n
			return m, err
		}
	}
	return m, nil
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
	return elsewhere.One(ctx, strings.TrimPrefix(word, BuiltIn+":"))
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
