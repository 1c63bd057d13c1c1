package catalog

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/errcode-cli/errcode/internal/entry"
)

// TestOracle makes random catalogs, selections of them and questions, and wants
// the answers of the oracle, to the last match and in the same order.
func TestOracle(t *testing.T) {
	for seed := range uint64(80) {
		r := random{rand.New(rand.NewPCG(seed, 1))}
		var catalogs [][]entry.Entry
		s := &Selection{}
		for i := range 1 + r.IntN(3) {
			name := fmt.Sprint("c", i)
			entries := r.catalog(name)
			catalogs = append(catalogs, entries)
			s.catalogs = append(s.catalogs, catalogOf(name, entries...))
		}
		o := newOracle(catalogs...)
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			t.Parallel()
			for range 20 {
				r.ask(t, s, o)
			}
		})
	}
}

// A random makes catalogs and questions of few words and letters, so that they
// meet often.
type random struct{ *rand.Rand }

func (r random) of(choices ...string) string { return choices[r.IntN(len(choices))] }

func (r random) number() string { return fmt.Sprintf("%0*d", r.IntN(5), r.IntN(120)) }

func (r random) code() string {
	prefix := r.of("PAY", "pay", "PAYX", "E", "é", "错", "AUTH", "")
	if r.IntN(8) == 0 {
		return r.of("0x", "0X0", "-", "") + r.of("5", "10", "0", "a", "FFFFFFFB", "4294967291")
	}
	return prefix + r.of("-", "_", "", ":") + r.number() + r.of("", "", "", "-X", "a")
}

func (r random) word() string {
	return r.of("token", "tokens", "tokne", "expired", "expires", "rate", "separate", "separates", "the", "to", "Über", "uber",
		"404", "e0308", "limit", "limits", "limitless", "a", "错误", "错误码", "x", r.code())
}

func (r random) text() string {
	var words []string
	for range r.IntN(6) {
		words = append(words, r.word())
	}
	return strings.Join(words, r.of(" ", ", ", "-", "\n"))
}

func (r random) texts() []string {
	var all []string
	for range r.IntN(3) {
		all = append(all, r.text())
	}
	return all
}

// catalog is entries whose names are used once, as the rules want.
func (r random) catalog(name string) []entry.Entry {
	var entries []entry.Entry
	taken := map[string]bool{}
	free := func() (string, bool) {
		code := r.code()
		ok := entry.IsCode(code) && !taken[code]
		taken[code] = true
		return code, ok
	}
	for range r.IntN(60) {
		code, ok := free()
		if !ok {
			continue
		}
		e := entry.Entry{Catalog: name, Code: code, Severity: entry.Severities[r.IntN(3)], Title: r.text(), Description: r.text(), Messages: r.texts(), Causes: r.texts(), Resolution: r.text(), Keywords: r.texts(), Tags: r.texts()}
		if r.IntN(2) == 0 {
			e.Tags = append(e.Tags, r.of("billing", "Billing", "cards", "über"))
		}
		if r.IntN(5) == 0 {
			e.Deprecated = "gone"
		}
		for range r.IntN(3) {
			if alias, ok := free(); ok {
				e.Aliases = append(e.Aliases, alias)
			}
		}
		if r.IntN(2) == 0 {
			e.Status = []int{400, 404, 500, 503}[r.IntN(4)]
		}
		entries = append(entries, e)
	}
	return entries
}

func (r random) filter() Filter {
	var f Filter
	for range r.IntN(3) {
		f.Prefixes = append(f.Prefixes, r.of("p", "PAY", "pay1", "e", "é", "错", "auth-1", "-", "x"))
	}
	if r.IntN(2) == 0 {
		f.Statuses, _ = ParseStatuses(r.of("404", "4xx", "500-599,404", "418"))
	}
	if r.IntN(3) == 0 {
		f.Severities = [][]entry.Severity{{entry.Error}, {entry.Info}, {entry.Warning, entry.Error}, {entry.Info, entry.Warning}}[r.IntN(4)]
	}
	if r.IntN(4) == 0 {
		f.Tags = append(f.Tags, r.of("billing", "BILLING", "Über", "cards", "none"), r.of("billing", "ÜBER"))
	}
	f.Deprecated = []entry.Answer{entry.Unknown, entry.Unknown, entry.Yes, entry.No}[r.IntN(4)]
	return f
}

// ask asks everything there is to ask, each once.
func (r random) ask(t *testing.T, s *Selection, o oracle) {
	word := r.of(r.code(), r.code(), r.word())
	found, err := s.called(t.Context(), word)
	for i := range found.Entries {
		found.Entries[i].Place = entry.Place{}
	}
	agree(t, "Get "+word, found, o.called(word), err)

	f := r.filter()
	agree(t, fmt.Sprint("List ", f), entries(t, s.List(t.Context(), f)), o.list(f), nil)
	set := r.filter().Statuses
	agree(t, fmt.Sprint("ByStatus ", set, f), entries(t, s.ByStatus(t.Context(), set, f)), o.byStatus(set, f), nil)

	if entry.IsCode(word) && found.Entries == nil {
		like, err := s.suggest(t.Context(), word)
		agree(t, "suggest "+word, like, o.suggest(word), err)
	}

	query := r.of(r.text(), r.text(), r.word(), r.word()+" "+r.word(), r.code()+" "+r.text(), r.word()+" xyzzy 77 "+r.word())
	hits, result := search(t, s, query, f)
	wantHits, wantWords, covered := o.search(query, f)
	agree(t, fmt.Sprintf("whether Search %q %v covers", query, f), result.Covered, covered, nil)
	agree(t, fmt.Sprintf("the words of Search %q", query), result.Words, wantWords, nil)
	agree(t, fmt.Sprintf("Search %q %v", query, f), hits, wantHits, nil)
}

func agree[T any](t *testing.T, what string, got, want T, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("%s: %v", what, err)
	}
	empty := func(v T) bool { return reflect.ValueOf(v).Kind() == reflect.Slice && reflect.ValueOf(v).Len() == 0 }
	if !reflect.DeepEqual(got, want) && !(empty(got) && empty(want)) {
		t.Errorf("%s:\ngot  %+v\nwant %+v", what, got, want)
	}
}

// TestSummaryAgrees holds the summary of random selections against their entries.
func TestSummaryAgrees(t *testing.T) {
	for seed := range uint64(50) {
		r := random{rand.New(rand.NewPCG(seed, 2))}
		first, second := r.catalog("first"), r.catalog("second")
		s := &Selection{catalogs: []*Catalog{catalogOf("first", first...), catalogOf("second", second...)}}
		var want []StatusCount
		for _, e := range newOracle(first, second).byStatus(nil, Filter{}) {
			if n := len(want); n == 0 || want[n-1].Status != e.Status {
				want = append(want, StatusCount{Status: e.Status})
			}
			last := &want[len(want)-1]
			last.Codes = append(last.Codes, e.Code)
		}
		var got []StatusCount
		for c, err := range s.Summary(t.Context(), Filter{}) {
			agree(t, "Summary", 0, 0, err)
			got = append(got, c)
		}
		statuses, err := s.Statuses(t.Context())
		agree(t, "Statuses", 0, 0, err)
		agree(t, "Summary", got, want, nil)
		want = slices.DeleteFunc(want, func(c StatusCount) bool { return c.Status == 0 })
		if len(statuses) != len(want) || slices.ContainsFunc(want, func(c StatusCount) bool { return !slices.Contains(statuses, c.Status) }) {
			t.Errorf("Statuses %v, want those of %v", statuses, want)
		}
	}
}
