package catalog

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/errcode-cli/errcode/internal/source"
)

// TestProject opens what a project's file lists, in its order, as if it were named.
func TestProject(t *testing.T) {
	dir := write(t, map[string]string{
		"p.yaml":        "catalogs: [more/*.yaml, api, own.json]\n",
		"more/b.yaml":   catalogText("b", "AUTH-401", "B-1"),
		"more/a.yaml":   catalogText("a", "A-1"),
		"own.json":      `{"catalog": "own", "title": "T", "errors": [{"code": "B-1", "title": "t"}]}`,
		"nested.yaml":   "catalogs:\n- more/a.yaml\n- ./p.yaml\n",
		"broken.yaml":   "catalogs: [more/a.yaml]\ntitel: x\n",
		"missing.yaml":  "catalogs: [more/a.yaml, more/c.yaml]\n",
		"invalid.yaml":  "catalogs: [more/a.yaml, bad/bad.yaml]\n",
		"bad/bad.yaml":  "catalog: bad\n",
		"same.yaml":     "catalogs: [more/a.yaml, bad/same.yaml]\n",
		"bad/same.yaml": catalogText("a", "S-1"),
	})
	at := func(name string) string { return filepath.Join(dir, filepath.FromSlash(name)) }
	s, err := Open(t.Context(), Options{}, at("p.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if got := s.Names(); !slices.Equal(got, []string{"a", "b", "api", "own"}) {
		t.Errorf("names %q", got)
	}
	for word, want := range map[string]string{"AUTH-401": "api", "B-1": "own", "A-1": "a"} {
		found, err := meant(s.Get(t.Context(), word))
		if err != nil || len(found.Entries) != 1 || found.Entries[0].Catalog != want {
			t.Errorf("%s is %v (%v), want that of %s", word, found, err, want)
		}
	}
	if got := s.Catalogs()[0].Origin; got != at("more/a.yaml") {
		t.Errorf("from %s", got)
	}

	for name, want := range map[string]string{
		"nested.yaml":  `nested.yaml:3:3: ` + strconv.Quote(at("p.yaml")) + ` lists catalogs and is none itself`,
		"broken.yaml":  `broken.yaml:2:1: unknown key "titel"`,
		"missing.yaml": `missing.yaml:1:25: cannot read ` + strconv.Quote(at("more/c.yaml")) + `: `,
		"invalid.yaml": filepath.FromSlash("bad/bad.yaml") + `:1:1: missing key "title"`,
	} {
		_, err := Open(t.Context(), Options{}, at(name))
		invalid, ok := errors.AsType[*source.InvalidError](err)
		if !ok || !strings.Contains(invalid.Problems[0].String(), want) {
			t.Errorf("%s: %v, %v; want %s", name, err, invalid, want)
		}
	}
	if _, err := Open(t.Context(), Options{}, at("same.yaml")); err == nil || !strings.Contains(err.Error(), `two catalogs are named "a"`) {
		t.Errorf("two of a name: %v", err)
	}

	var surveyed []string
	for o := range Survey(t.Context(), Options{}, at("p.yaml"), at("missing.yaml")) {
		surveyed = append(surveyed, filepath.Base(o.Source)+" "+strings.Join(o.Overrides, " "))
	}
	if want := []string{"a.yaml ", "b.yaml ", "api AUTH-401", "own.json B-1", "missing.yaml "}; !slices.Equal(surveyed, want) {
		t.Errorf("surveyed %q", surveyed)
	}
}

// TestProjectKept keeps a large catalog that a project lists, and never the project.
func TestProjectKept(t *testing.T) {
	dir := write(t, map[string]string{
		"p.yaml":    "# " + strings.Repeat("x", quick) + "\ncatalogs: [many.yaml]\n",
		"many.yaml": manyEntries(500),
	})
	cache := filepath.Join(t.TempDir(), "cache")
	for range 2 {
		s, err := Open(t.Context(), Options{Cache: cache}, filepath.Join(dir, "p.yaml"))
		if err != nil {
			t.Fatal(err)
		}
		if found, err := meant(s.Get(t.Context(), "Net-00001")); err != nil || len(found.Entries) != 1 {
			t.Errorf("%v (%v)", found, err)
		}
		s.Close()
	}
	kept, err := os.ReadDir(cache)
	if err != nil || len(kept) != 1 {
		t.Errorf("%v are kept (%v)", kept, err)
	}
}

// TestTexts opens what was read already: it is compiled in memory, and answers after
// damage too, with no file to read again.
func TestTexts(t *testing.T) {
	cache := filepath.Join(t.TempDir(), "cache")
	o := Options{Cache: cache, Texts: map[string][]byte{
		"-":          []byte(manyEntries(500)),
		"/dev/fd/63": []byte(`{"catalog": "piped", "title": "T", "errors": [{"code": "P-1", "title": "t"}]}`),
		"broken":     []byte("catalog: x\n"),
	}}
	s, err := Open(t.Context(), o, "-", "/dev/fd/63", "api")
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if got := s.Names(); !slices.Equal(got, []string{"many", "piped", "api"}) || s.Catalogs()[0].Origin != "-" {
		t.Errorf("names %q", got)
	}
	c := s.catalogs[0]
	if err := c.reopen(); err != nil {
		t.Error(err)
	}
	for _, word := range []string{"Net-00001", "P-1", "AUTH-401"} {
		if found, err := meant(s.Get(t.Context(), word)); err != nil || len(found.Entries) != 1 {
			t.Errorf("%s: %v (%v)", word, found, err)
		}
	}
	if kept, err := os.ReadDir(cache); len(kept) > 0 {
		t.Errorf("%v are kept (%v)", kept, err)
	}
	_, err = Open(t.Context(), o, "broken")
	if invalid, ok := errors.AsType[*source.InvalidError](err); !ok || invalid.File != "broken" {
		t.Errorf("%v", err)
	}
}
