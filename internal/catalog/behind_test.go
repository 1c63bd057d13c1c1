package catalog

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/errcode-cli/errcode/internal/source"
)

// front opens a selection of FRONT-1, FRONT-2 and BOTH-1 before the sources behind it.
func front(t *testing.T, behind ...string) *Selection {
	t.Helper()
	text := "catalog: front\ntitle: T\nerrors:\n" +
		"- {code: FRONT-1, title: a front door, status: 404, aliases: [FRONT_OLD]}\n" +
		"- {code: FRONT-2, title: a window, status: 404}\n" +
		"- {code: BOTH-1, title: of the front, status: 500}\n"
	dir := write(t, map[string]string{"front.yaml": text})
	s, err := Open(t.Context(), Options{Behind: behind}, filepath.Join(dir, "front.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func behindFile(t *testing.T) string {
	text := "catalog: behind\ntitle: T\nerrors:\n" +
		"- {code: BACK-1, title: a back door, status: 503, aliases: [BACK_OLD, FRONTAGE]}\n" +
		"- {code: FRONT-10, title: hidden by a beginning}\n" +
		"- {code: BOTH-1, title: of the back, status: 500}\n"
	return filepath.Join(write(t, map[string]string{"behind.yaml": text}), "behind.yaml")
}

// TestBehindGet asks what stands behind where the front has neither an entry nor a
// code that the word begins.
func TestBehindGet(t *testing.T) {
	s := front(t, behindFile(t))
	for _, test := range []struct {
		word, code string
		by         By
		behind     bool
	}{
		{"FRONT-1", "FRONT-1", ByCode, false},
		{"FRONT_OLD", "FRONT-1", ByAlias, false},
		{"front 1", "FRONT-1", ByFolding, false},
		{"BOTH-1", "BOTH-1", ByCode, false},
		{"BACK-1", "BACK-1", ByCode, true},
		{"BACK_OLD", "BACK-1", ByAlias, true},
		{"[back old]", "BACK-1", ByFolding, true},
		{"FRONT-10", "FRONT-10", ByCode, true}, // which a code of the front begins, not the other way round
		{"FRONTAGE", "BACK-1", ByAlias, true},
		{"FRONT", "", 0, false},
		{"BACK", "", 0, false},
		{"??", "", 0, false},
	} {
		found, err := meant(s.Get(t.Context(), test.word))
		code := ""
		if len(found.Entries) == 1 {
			code = found.Entries[0].Code
		}
		if err != nil || code != test.code || found.By != test.by || found.Behind != test.behind {
			t.Errorf("Get(%q) gets %+v (%v), want %+v", test.word, found, err, test)
		}
	}
	both, _ := meant(s.Get(t.Context(), "BOTH-1"))
	if len(both.Entries) != 1 || both.Entries[0].Catalog != "front" {
		t.Errorf("BOTH-1 is %+v", both)
	}
}

// TestBehindBegun has a word that is a code behind and begins one in front.
func TestBehindBegun(t *testing.T) {
	text := catalogText("behind", "FRONT", "SOLE")
	s := front(t, filepath.Join(write(t, map[string]string{"b.yaml": text}), "b.yaml"))
	if found, err := meant(s.Get(t.Context(), "FRONT")); err != nil || found.Entries != nil || found.Behind || s.behind != nil {
		t.Errorf("FRONT gets %+v (%v); behind was asked: %v", found, err, s.behind != nil)
	}
	if found, err := meant(s.Get(t.Context(), "SOLE")); err != nil || len(found.Entries) != 1 || !found.Behind {
		t.Errorf("SOLE gets %+v (%v)", found, err)
	}
}

// TestBehindUnasked stands a catalog that there is not behind one that answers: no
// query minds until it has to ask, and that one alone fails.
func TestBehindUnasked(t *testing.T) {
	s := front(t, "nowhere.yaml")
	answers := func() {
		t.Helper()
		for _, word := range []string{"FRONT-1", "FRONT_OLD", "front2", "FRONT", "BOTH"} {
			if _, _, err := s.Get(t.Context(), word); err != nil {
				t.Errorf("Get(%q): %v", word, err)
			}
		}
		for _, query := range []string{"door", "", "?!"} {
			if _, err := s.Search(t.Context(), query, Filter{}); err != nil {
				t.Errorf("Search(%q): %v", query, err)
			}
		}
		if listed := codes(entries(t, s.List(t.Context(), Filter{}))); len(listed) != 3 {
			t.Errorf("List: %q", listed)
		}
		if listed := entries(t, s.List(t.Context(), Filter{Prefixes: []string{"back"}})); listed != nil {
			t.Errorf("List of back: %v", listed)
		}
		if listed := entries(t, s.ByStatus(t.Context(), nil, Filter{})); len(listed) != 3 {
			t.Errorf("ByStatus: %v", listed)
		}
		if statuses, err := s.Statuses(t.Context()); err != nil || !slices.Equal(statuses, []int{404, 500}) {
			t.Errorf("Statuses: %v (%v)", statuses, err)
		}
		for c, err := range s.Summary(t.Context(), Filter{}) {
			if err != nil || slices.Contains(c.Codes, "BACK-1") {
				t.Errorf("Summary: %v (%v)", c, err)
			}
		}
		var named []string
		for c, err := range s.Codes(t.Context(), Filter{}) {
			if err != nil {
				t.Fatal(err)
			}
			named = append(named, string(c.Text))
		}
		if want := words("BOTH-1 FRONT-1 FRONT-2 FRONT_OLD"); !slices.Equal(named, want) {
			t.Errorf("Codes: %q, want %q", named, want)
		}
		if !slices.Equal(s.Names(), []string{"front"}) || len(s.Catalogs()) != 1 {
			t.Errorf("Names: %q", s.Names())
		}
	}
	answers()
	for range 2 {
		_, _, err := s.Get(t.Context(), "BACK-1")
		_, errOfSearch := s.Search(t.Context(), "back", Filter{})
		for _, err := range []error{err, errOfSearch} {
			if read, ok := errors.AsType[*source.ReadError](err); !ok || !read.Catalog || read.Name != "nowhere.yaml" {
				t.Errorf("the query that asks ends with %v", err)
			}
		}
		answers()
	}
	if err := s.Close(); err != nil {
		t.Errorf("Close: %v", err)
	}
}

// TestBehindAnswers lists, sums up and overlays the front alone, once what is behind
// is open too.
func TestBehindAnswers(t *testing.T) {
	s := front(t, behindFile(t))
	for query, want := range map[string]struct {
		code   string
		behind bool
	}{
		"door": {"FRONT-1", false}, // the back has one too
		"back": {"BACK-1", true},
		"nope": {"", false},
	} {
		result, err := s.Search(t.Context(), query, Filter{})
		if err != nil {
			t.Fatal(err)
		}
		first := ""
		for hit, err := range result.Hits {
			if first = hit.Code; err != nil {
				t.Error(err)
			}
			break
		}
		if first != want.code || result.Behind != want.behind {
			t.Errorf("Search(%q) finds %q, behind: %v", query, first, result.Behind)
		}
	}
	statuses, err := ParseStatuses("503")
	if err != nil {
		t.Fatal(err)
	}
	if result, err := s.Search(t.Context(), "door", Filter{Statuses: statuses}); err != nil || result.Total != 1 || !result.Behind {
		t.Errorf("Search with a status: %+v (%v)", result, err)
	}
	if s.behind == nil {
		t.Fatal("behind was not asked")
	}
	if listed := codes(entries(t, s.List(t.Context(), Filter{}))); !slices.Equal(listed, words("FRONT-1 FRONT-2 BOTH-1")) {
		t.Errorf("List: %q", listed)
	}
}

// TestBehindSearch asks in the contract's order: every word in the selection, every word
// behind, near spelling in the selection, then behind, and last what covers, of both.
func TestBehindSearch(t *testing.T) {
	s := front(t, behindFile(t))
	for _, test := range []struct {
		query, codes    string
		behind, covered bool
	}{
		{"front door", "FRONT-1", false, false},
		{"back door", "BACK-1", true, false},
		{"beginnnig", "FRONT-10", true, false},
		{"wndow", "FRONT-2", false, false},
		{"bck door", "", false, false}, // three letters are never misspelt
		{"doro", "FRONT-1", false, false},
		{"beginnings", "FRONT-10", true, false},
		{"front window xyzzy", "FRONT-2", true, true},
		{"window back door", "BACK-1", true, true},
		{"beginning window xyzzy plugh", "", false, false},
		{"xyzzy plugh quux", "", false, false},
	} {
		result, err := s.Search(t.Context(), test.query, Filter{})
		if err != nil {
			t.Fatal(err)
		}
		var codes []string
		for h, err := range result.Hits {
			if err != nil {
				t.Fatal(err)
			}
			codes = append(codes, h.Code)
		}
		if !slices.Equal(codes, words(test.codes)) || result.Behind != test.behind || result.Covered != test.covered {
			t.Errorf("Search(%q) finds %q, behind: %v, covered: %v", test.query, codes, result.Behind, result.Covered)
		}
	}
	whole, err := s.SearchWhole(t.Context(), "back door")
	if err != nil || whole.Total != 1 || !whole.Behind {
		t.Errorf("SearchWhole: %+v (%v)", whole, err)
	}
	if whole, err := s.SearchWhole(t.Context(), "bac"); err != nil || whole.Total != 0 || whole.Behind {
		t.Errorf("SearchWhole of a beginning: %+v (%v)", whole, err)
	}
	// A word that is a slip in the selection and right behind: what is right answers.
	near := front(t, filepath.Join(write(t, map[string]string{"n.yaml": "catalog: n\ntitle: T\nerrors:\n- {code: N-1, title: windows}\n"}), "n.yaml"))
	if result, err := near.Search(t.Context(), "windows", Filter{}); err != nil || !result.Behind || result.Total != 1 {
		t.Errorf("a near spelling answers before what stands behind: %+v (%v)", result, err)
	}
}

// TestBehindContext ends the opening of what is behind with the query or with the
// selection; the end of a query that is through does no harm later.
func TestBehindContext(t *testing.T) {
	text := manyEntries(400)
	of := newShelf(t, text)
	open := func(ctx context.Context) *Selection {
		t.Helper()
		s, err := Open(ctx, Options{Cache: of.folder, Behind: []string{of.source}}, BuiltIn)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.Close() })
		return s
	}
	ended := errors.New("a signal")

	asking, end := context.WithCancelCause(t.Context())
	s := open(t.Context())
	end(ended)
	if _, err := s.behindIt(asking); !errors.Is(err, ended) {
		t.Errorf("a query that is ended: %v", err)
	}
	if found := got(t, s, "CARD-00300"); !found.Behind {
		t.Errorf("the next one gets %+v", found)
	}

	selecting, end := context.WithCancelCause(t.Context())
	s = open(selecting)
	end(ended)
	if _, _, err := s.Get(t.Context(), "CARD-00300"); !errors.Is(err, ended) {
		t.Errorf("a selection that is ended: %v", err)
	}

	of.forge(forgeries["records of garbage"])
	asking, cancel := context.WithCancel(t.Context())
	s = open(t.Context())
	if result, err := s.Search(asking, "word31", Filter{}); err != nil || !result.Behind { // which reads no record yet
		t.Fatalf("%+v (%v)", result, err)
	}
	cancel()
	time.Sleep(10 * time.Millisecond) // for what would hear of it late
	if found := got(t, s, "CARD-00300"); !found.Behind || found.Entries[0].Code != "CARD-00300" {
		t.Errorf("when the first query is over, the second gets %+v", found)
	}
}
