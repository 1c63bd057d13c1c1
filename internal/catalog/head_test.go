package catalog

import (
	"errors"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/errcode-cli/errcode/internal/entry"
	"github.com/errcode-cli/errcode/internal/source"
)

// TestHead reads back what a catalog says of itself, and finds every cut.
func TestHead(t *testing.T) {
	blocks := make([]entry.Range, 2)
	for i, text := range []string{"PAY-400-499", "0001-0999"} {
		var err error
		if blocks[i], err = entry.ParseRange(text); err != nil {
			t.Fatal(err)
		}
	}
	want := Catalog{
		Head:       source.Head{Name: "shop", Title: "Shop", Homepage: "https://example.com", Retired: []string{"A-1", "b"}, Blocks: blocks},
		files:      []string{"", "src/errors.json"},
		Severities: []entry.Severity{entry.Error, entry.Info},
		LeftOut:    []source.Problem{{Place: entry.Place{File: "src/errors.json", Line: 41, Column: 14}, Rule: "wrong-value", Message: "a code needs a letter"}},
	}
	b := appendHead(nil, &want)
	var got Catalog
	if err := got.readHead(b); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v (%v)\nwant %+v", got, err, want)
	}
	for n := range b {
		if err := new(Catalog).readHead(b[:n]); !errors.Is(err, entry.ErrRecord) {
			t.Errorf("%d of %d bytes: %v", n, len(b), err)
		}
	}
}

// TestWhere says of entries and of the catalog where they are from, by the name that
// the catalog was opened by.
func TestWhere(t *testing.T) {
	dir := write(t, map[string]string{"errors/shop.yaml": "catalog: shop\ntitle: T\nerrors:\n- {code: A-1, title: t, severity: info}\n- code: A-2\n  title: t\n"})
	t.Chdir(dir)
	name := filepath.Join(".", "errors", "..", "errors") + string(filepath.Separator) + "shop.yaml"
	s, err := Open(t.Context(), Options{}, name)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if got := s.Catalogs()[0].Severities; !reflect.DeepEqual(got, []entry.Severity{entry.Error, entry.Info}) {
		t.Errorf("severities %q", got)
	}
	found, err := meant(s.Get(t.Context(), "a2"))
	if want := (entry.Place{File: name, Line: 5, Column: 3}); err != nil || found.By != ByFolding || found.Entries[0].Place != want {
		t.Errorf("%+v (%v), want %+v", found, err, want)
	}
	for word, want := range map[string]By{"A-2": ByCode, "A2": ByFolding, "A-3": 0} {
		if found, err := meant(s.Get(t.Context(), word)); err != nil || found.By != want {
			t.Errorf("%s is found by %d (%v)", word, found.By, err)
		}
	}
	if c := (&Catalog{Origin: filepath.Join("errors", "shop.yaml")}); c.located("src/a.json") != filepath.Join("errors", "src", "a.json") || c.located("") != c.Origin {
		t.Errorf("beside %s: %s, %s", c.Origin, c.located("src/a.json"), c.located(""))
	}
}
