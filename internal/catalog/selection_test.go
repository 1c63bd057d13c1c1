package catalog

import (
	"bytes"
	"context"
	"errors"
	"iter"
	"slices"
	"strings"
	"testing"

	"github.com/errcode-cli/errcode/internal/entry"
	"github.com/errcode-cli/errcode/internal/source"
)

// embedded is the selection of the built-in catalog.
func embedded(t *testing.T) *Selection {
	t.Helper()
	s, err := Open(t.Context(), Options{}, "api")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// selectionOf is a selection of one catalog, made for a test.
func selectionOf(entries ...entry.Entry) *Selection {
	return &Selection{catalogs: []*Catalog{catalogOf("test", entries...)}}
}

// catalogOf compiles a catalog that no file could say, and opens it.
func catalogOf(name string, entries ...entry.Entry) *Catalog {
	var compiled bytes.Buffer
	c := newCompiler(&compiled)
	for _, e := range entries {
		if err := c.add(&e); err != nil {
			panic(err)
		}
	}
	if err := c.close(Catalog{Head: source.Head{Name: name, Title: "Test"}, files: []string{""}}); err != nil {
		panic(err)
	}
	opened, err := openCompiled(bytes.NewReader(compiled.Bytes()), int64(compiled.Len()), "")
	if err != nil {
		panic(err)
	}
	return opened
}

// entries reads a query to its end.
func entries(t *testing.T, all iter.Seq2[entry.Entry, error]) []entry.Entry {
	t.Helper()
	var read []entry.Entry
	for e, err := range all {
		if err != nil {
			t.Fatal(err)
		}
		read = append(read, e)
	}
	return read
}

func codes(entries []entry.Entry) []string {
	var codes []string
	for _, e := range entries {
		codes = append(codes, e.Code)
	}
	return codes
}

// words splits what a test's table writes in one string.
func words(s string) []string { return strings.Fields(s) }

func TestOpen(t *testing.T) {
	if s := embedded(t); len(s.catalogs) != 1 || s.catalogs[0].Name != "api" {
		t.Errorf("api opens %d catalogs", len(s.catalogs))
	}
	if _, err := Open(t.Context(), Options{}, "api", "nope"); err == nil || !strings.Contains(err.Error(), `"nope"`) {
		t.Errorf("an unknown catalog gives %v, want an error that names it", err)
	}
}

func TestGet(t *testing.T) {
	made := selectionOf(
		entry.Entry{Code: "E-10"},
		entry.Entry{Code: "e10"},
		entry.Entry{Code: "E_10"},
		entry.Entry{Code: "FIRST", Aliases: []string{"Y-2"}},
		entry.Entry{Code: "Y-2"},
		entry.Entry{Code: "z3"},
		entry.Entry{Code: "SECOND", Aliases: []string{"OLD", "Z-3"}},
		entry.Entry{Code: "THIRD", Aliases: []string{"OLD"}},
		entry.Entry{Code: "BANG", Aliases: []string{"!!"}},
		entry.Entry{Code: "CAFÉ-1"},
		entry.Entry{Code: "ΟΔΟΣ-1"},
		entry.Entry{Code: "错误-7"},
		entry.Entry{Code: "PAY-402", Aliases: []string{"PAYMENT_REQUIRED"}},
	)
	tests := []struct {
		name, word string
		want       string // codes
	}{
		{"exact", "E-10", "E-10"},
		{"exact, though others fold alike", "e10", "e10"},
		{"folded, several", "e 10", "E-10 e10 E_10"},
		{"exact before an earlier alias", "Y-2", "Y-2"},
		{"folded looks at codes and aliases alike", "y2", "FIRST Y-2"},
		{"alias before an earlier folded code", "Z-3", "SECOND"},
		{"the same, folded", "Z3", "z3 SECOND"},
		{"alias of several", "OLD", "SECOND THIRD"},
		{"alias of several, folded", "old", "SECOND THIRD"},
		{"alias, folded", "payment required", "PAY-402"},
		{"without accent", "cafe1", "CAFÉ-1"},
		{"with a composed accent", "caf\u00e9-1", "CAFÉ-1"},
		{"with a combining accent", "cafe\u0301-1", "CAFÉ-1"},
		{"with an accent that the code has not", "é-10", "E-10 e10 E_10"},
		{"full width", "ＰＡＹ－４０２", "PAY-402"},
		{"Greek, with its final sigma", "οδος 1", "ΟΔΟΣ-1"},
		{"Chinese", "错误7", "错误-7"},
		{"without letters, exact alias", "!!", "BANG"},
		{"without letters", "??", ""},
		{"blank", " ", ""},
		{"empty", "", ""},
		{"no letters of Latin-1 in bad UTF-8", "\xe9\xff", ""},
		{"prefix", "PAY", ""},
		{"near", "PAY-403", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			found, err := meant(made.Get(t.Context(), test.word))
			if err != nil {
				t.Fatal(err)
			}
			if got := codes(found.Entries); !slices.Equal(got, words(test.want)) {
				t.Errorf("Get(%q) finds %q, want %q", test.word, got, test.want)
			}
		})
	}
}

// meant returns all that a word was found to stand for, at most one thing.
func meant(found []Found, _ []string, err error) (Found, error) {
	if len(found) != 1 {
		return Found{}, err
	}
	return found[0], err
}

func TestGetEmbedded(t *testing.T) {
	for _, word := range []string{"AUTH-401", "auth-401", "auth401", "AUTH_401", "[AUTH-401]", "Auth 401", "ＡＵＴＨ４０１", "áuth-401"} {
		found, err := meant(embedded(t).Get(t.Context(), word))
		if err != nil || len(found.Entries) != 1 || found.Entries[0].Code != "AUTH-401" {
			t.Errorf("Get(%q) finds %q (%v), want AUTH-401", word, codes(found.Entries), err)
		}
	}
}

// TestOverlay selects two catalogs: a code of both is the later one's, whole.
func TestOverlay(t *testing.T) {
	made := &Selection{catalogs: []*Catalog{
		catalogOf("old",
			entry.Entry{Code: "A-1", Title: "overridden", Status: 400, Aliases: []string{"GONE"}},
			entry.Entry{Code: "B-2", Status: 400, Aliases: []string{"SHARED"}},
			entry.Entry{Code: "c-3", Status: 500},
			entry.Entry{Code: "SHARED-TOO"},
		),
		catalogOf("new",
			entry.Entry{Code: "D-4", Status: 400, Aliases: []string{"SHARED", "c-3"}},
			entry.Entry{Code: "A-1", Title: "fresh", Status: 500},
			entry.Entry{Code: "C_3", Aliases: []string{"SHARED-TOO"}},
		),
	}}

	names := func(found []entry.Entry) string {
		var names []string
		for _, e := range found {
			names = append(names, e.Catalog+":"+e.Code)
		}
		return strings.Join(names, " ")
	}
	for word, want := range map[string]string{
		"A-1":        "new:A-1",
		"a1":         "new:A-1",
		"GONE":       "",
		"SHARED":     "old:B-2 new:D-4", // an alias in both
		"old:A-1":    "old:A-1",         // though it is overridden
		"NEW:a1":     "new:A-1",
		"old:SHARED": "old:B-2",
		"old:D-4":    "",
		"other:A-1":  "",
		"old://A-1":  "new:A-1", // an address
		"shared":     "old:B-2 new:D-4",
		"c-3":        "old:c-3", // a code comes before any alias
		"C3":         "old:c-3 new:D-4 new:C_3",
		"SHARED-TOO": "old:SHARED-TOO",
	} {
		found, err := meant(made.Get(t.Context(), word))
		if err != nil || names(found.Entries) != want {
			t.Errorf("Get(%q) finds %q (%v), want %q", word, names(found.Entries), err, want)
		}
	}
	if got, want := names(entries(t, made.List(t.Context(), Filter{}))),
		"old:B-2 old:c-3 old:SHARED-TOO new:D-4 new:A-1 new:C_3"; got != want {
		t.Errorf("lists %q, want %q", got, want)
	}
	for query, want := range map[string]int{"overridden": 0, "fresh": 1} {
		if hits, _ := search(t, made, query, Filter{}); len(hits) != want {
			t.Errorf("%q finds %q", query, found(hits))
		}
	}
}

func TestIsCode(t *testing.T) {
	for word, want := range map[string]bool{
		"AUTH-401": true, "7": true, "é": true, "错": true, "[a]": true,
		"": false, " ": false, "-": false, "--": false, "!?": false, "_": false, "\xff": false, "\u0301": false, "→": false,
	} {
		if got := entry.IsCode(word); got != want {
			t.Errorf("entry.IsCode(%q) is %v", word, got)
		}
	}
}

func TestList(t *testing.T) {
	statuses := func(list string) Statuses {
		set, err := ParseStatuses(list)
		if err != nil {
			t.Fatal(err)
		}
		return set
	}
	tests := []struct {
		name   string
		filter Filter
		want   string
	}{
		{"all", Filter{}, "AUTH-401 AUTH-403 NOTFOUND-404 SERVER-500 BADREQUEST-400 CONFLICT-409 TOOLIMITED-429"},
		{"prefix", Filter{Prefixes: []string{"AUTH"}}, "AUTH-401 AUTH-403"},
		{"prefix, folded", Filter{Prefixes: []string{"[auth-4"}}, "AUTH-401 AUTH-403"},
		{"whole code", Filter{Prefixes: []string{"SERVER-500"}}, "SERVER-500"},
		{"prefixes, in catalog order, once", Filter{Prefixes: []string{"S", "A", "AUTH"}}, "AUTH-401 AUTH-403 SERVER-500"},
		{"part of a code is no prefix", Filter{Prefixes: []string{"401"}}, ""},
		{"status", Filter{Statuses: statuses("404")}, "NOTFOUND-404"},
		{"statuses, in catalog order", Filter{Statuses: statuses("5xx,400-401")}, "AUTH-401 SERVER-500 BADREQUEST-400"},
		{"prefix and status", Filter{Prefixes: []string{"AUTH", "S"}, Statuses: statuses("403,404")}, "AUTH-403"},
		{"none", Filter{Statuses: statuses("418")}, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := codes(entries(t, embedded(t).List(t.Context(), test.filter))); !slices.Equal(got, words(test.want)) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// TestCodes asks what is to be looked for in logs: Get must find each, and mean
// the entry that it is the code of, or an alias.
func TestCodes(t *testing.T) {
	s := &Selection{catalogs: []*Catalog{
		catalogOf("one", entry.Entry{Code: "A-1", Aliases: []string{"OLD"}}, entry.Entry{Code: "A-2", Aliases: []string{"SHARED", "B-1"}}),
		catalogOf("two", entry.Entry{Code: "B-1", Aliases: []string{"SHARED"}}, entry.Entry{Code: "A-1"}),
	}}
	for _, test := range []struct {
		filter Filter
		want   []string
	}{
		{Filter{}, []string{"A-1", "B-1", "A-2", "SHARED", "B-1", "SHARED"}},
		{Filter{Prefixes: []string{"a"}}, []string{"A-1", "A-2", "B-1", "SHARED"}},
		{Filter{Prefixes: []string{"b1", "a2"}}, []string{"B-1", "A-2", "SHARED", "B-1", "SHARED"}},
		{Filter{Prefixes: []string{"old"}}, nil}, // no code begins so
	} {
		var got []string
		for code, err := range s.Codes(t.Context(), test.filter) {
			if err != nil {
				t.Fatal(err)
			}
			text := string(code.Text)
			found, err := meant(s.Get(t.Context(), text))
			e, err2 := s.Entry(code.ID)
			isCode := slices.ContainsFunc(found.Entries, func(f entry.Entry) bool { return f.Code == text })
			if err != nil || err2 != nil || !slices.ContainsFunc(found.Entries, func(f entry.Entry) bool { return f.Code == e.Code || isCode }) {
				t.Errorf("%s is the name of %v, and there stands %v (%v, %v)", text, found, e, err, err2)
			}
			got = append(got, text)
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%+v: %q, not %q", test.filter, got, test.want)
		}
	}
}

func TestByStatus(t *testing.T) {
	made := selectionOf(
		entry.Entry{Code: "A", Status: 500},
		entry.Entry{Code: "B"},
		entry.Entry{Code: "C", Status: 404},
		entry.Entry{Code: "D", Status: 500},
		entry.Entry{Code: "E", Status: 404},
		entry.Entry{Code: "F", Status: 403},
	)
	for list, want := range map[string]string{
		"500,4xx": "F C E A D",
		"404":     "C E",
		"100-199": "",
	} {
		set, err := ParseStatuses(list)
		if err != nil {
			t.Fatal(err)
		}
		if got := codes(entries(t, made.ByStatus(t.Context(), set, Filter{}))); !slices.Equal(got, words(want)) {
			t.Errorf("%s: got %q, want %q", list, got, want)
		}
	}
	if got := codes(entries(t, made.ByStatus(t.Context(), nil, Filter{}))); !slices.Equal(got, words("B F C E A D")) {
		t.Errorf("without a set: got %q", got)
	}
}

func TestSummary(t *testing.T) {
	made := selectionOf(
		entry.Entry{Code: "A", Status: 500},
		entry.Entry{Code: "B"},
		entry.Entry{Code: "C", Status: 404},
		entry.Entry{Code: "D", Status: 500},
	)
	var got []StatusCount
	for c, err := range made.Summary(t.Context(), Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, c)
	}
	want := []StatusCount{{0, words("B")}, {404, words("C")}, {500, words("A D")}}
	same := func(a, b StatusCount) bool { return a.Status == b.Status && slices.Equal(a.Codes, b.Codes) }
	if !slices.EqualFunc(got, want, same) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// TestCancelled asks every query with a context that is done: each gives the
// context's error, once, and nothing else.
func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	s := embedded(t)
	queries := map[string]func() error{
		"Open":           func() error { _, err := Open(ctx, Options{}, "api"); return err },
		"Get":            func() error { _, _, err := s.Get(ctx, "AUTH-401"); return err },
		"Miss":           func() error { _, err := s.Miss(ctx, "AUTH", ""); return err },
		"Search":         func() error { _, err := s.Search(ctx, "rate", Filter{}); return err },
		"List":           func() error { return only(t, s.List(ctx, Filter{})) },
		"List, filtered": func() error { return only(t, s.List(ctx, Filter{Prefixes: []string{"AUTH"}})) },
		"ByStatus":       func() error { return only(t, s.ByStatus(ctx, nil, Filter{})) },
		"Summary":        func() error { return only(t, s.Summary(ctx, Filter{})) },
		"Codes":          func() error { return only(t, s.Codes(ctx, Filter{})) },
	}
	for name, query := range queries {
		if err := query(); !errors.Is(err, context.Canceled) {
			t.Errorf("%s gives %v", name, err)
		}
	}
}

// only returns the error that a query yields alone.
func only[T any](t *testing.T, results iter.Seq2[T, error]) error {
	t.Helper()
	var first error
	n := 0
	for _, err := range results {
		if n++; n == 1 {
			first = err
		}
	}
	if n != 1 {
		t.Errorf("%d results, want one", n)
	}
	return first
}

// TestCancelledOnTheWay cancels once the first result is there.
func TestCancelledOnTheWay(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var errs []error
	for _, err := range embedded(t).List(ctx, Filter{}) {
		errs = append(errs, err)
		cancel()
	}
	if len(errs) != 2 || errs[0] != nil || !errors.Is(errs[1], context.Canceled) {
		t.Errorf("List yields the errors %v", errs)
	}

	ctx, cancel = context.WithCancel(t.Context())
	defer cancel()
	result, err := embedded(t).Search(ctx, "server", Filter{})
	if err != nil {
		t.Fatal(err)
	}
	errs = nil
	for _, err := range result.Hits {
		errs = append(errs, err)
		cancel()
	}
	if len(errs) < 2 || errs[0] != nil || !errors.Is(errs[1], context.Canceled) {
		t.Errorf("Hits yields the errors %v", errs)
	}
}

// TestBreak leaves every query at its first result; one that went on would
// panic.
func TestBreak(t *testing.T) {
	s := embedded(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	result, err := s.Search(t.Context(), "server", Filter{})
	if err != nil {
		t.Fatal(err)
	}
	leave(t, "List", s.List(t.Context(), Filter{}))
	leave(t, "List, filtered", s.List(t.Context(), Filter{Prefixes: []string{"auth"}}))
	leave(t, "List, cancelled", s.List(ctx, Filter{}))
	leave(t, "ByStatus", s.ByStatus(t.Context(), nil, Filter{}))
	leave(t, "ByStatus, cancelled", s.ByStatus(ctx, nil, Filter{}))
	leave(t, "Summary", s.Summary(t.Context(), Filter{}))
	leave(t, "Summary, cancelled", s.Summary(ctx, Filter{}))
	leave(t, "Hits", result.Hits)
	leave(t, "Codes", s.Codes(t.Context(), Filter{}))
	for range entry.Tokens("two words") {
		break
	}
}

func leave[T any](t *testing.T, name string, results iter.Seq2[T, error]) {
	t.Helper()
	n := 0
	for range results {
		n++
		break
	}
	if n == 0 {
		t.Errorf("%s yields nothing", name)
	}
}
