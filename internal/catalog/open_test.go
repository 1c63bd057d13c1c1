package catalog

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/errcode-cli/errcode/internal/source"
)

// write writes files below a new folder, which it returns; a name that ends in
// a slash is a folder.
func write(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		folder := filepath.Dir(path)
		if strings.HasSuffix(name, "/") {
			folder = path
		}
		if err := os.MkdirAll(folder, 0o755); err != nil {
			t.Fatal(err)
		}
		if folder == path {
			continue
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// catalogText is a catalog of entries that are nothing but their codes.
func catalogText(name string, codes ...string) string {
	text := "catalog: " + name + "\ntitle: T\nerrors:\n"
	for _, code := range codes {
		text += "- {code: " + code + ", title: of " + name + ", description: d}\n"
	}
	return text
}

// A cannotOpen is a source that is no catalog, and what the error says.
type cannotOpen struct{ source, want string }

// TestCannotOpen opens what is no catalog: each says what it is, at once.
func TestCannotOpen(t *testing.T) {
	laughs := "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
	for i := range 9 {
		a, b := string(rune('0'+i)), string(rune('1'+i))
		laughs += "a" + b + ": &a" + b + " [" + strings.Repeat("*a"+a+", ", 9) + "*a" + a + "]\n"
	}
	dir := write(t, map[string]string{
		"none/notes.txt": "", "none/.hidden.yaml": "", "none/sub.yaml/": "",
		"text.txt": "catalog: a", "empty.yaml": "", "blank.json": " \n",
		"latin1.yaml": "catalog: \xe9", "latin1.json": "{\"catalog\": \"\xe9\"}",
		"two.yaml": "catalog: a\n---\ncatalog: b\n", "two.json": "{} {}",
		"deep.yaml":   "a: " + strings.Repeat("[", 200) + strings.Repeat("]", 200),
		"deep.json":   `{"a": ` + strings.Repeat("[", 200) + strings.Repeat("]", 200) + "}",
		"laughs.yaml": laughs, "list.json": "[1]",
	})
	tests := []cannotOpen{
		{"nowhere.yaml", "cannot read "},
		{"none/", "no catalog in the folder "},
		{"text.txt", "its name ends in none of .yaml, .yml and .json"},
		{"empty.yaml", "1:1: the file is empty"},
		{"blank.json", "the file is empty"},
		{"latin1.yaml", "1:10: the file is not UTF-8"},
		{"latin1.json", "1:14: the file is not UTF-8"},
		{"two.yaml", "2:1: a second document"},
		{"two.json", "1:4: "},
		{"deep.yaml", "nested deeper than 100 levels"},
		{"deep.json", "nested deeper than 100 levels"},
		{"laughs.yaml", "aliases expand to more than"},
		{"list.json", "1:1: expected a mapping at the top, not a list"},
	}
	for _, test := range append(tests, special(t, dir)...) {
		began := time.Now()
		_, err := Open(t.Context(), Options{}, filepath.Join(dir, filepath.FromSlash(test.source))+strings.Repeat(string(filepath.Separator), strings.Count(test.source, "/")))
		if err == nil {
			t.Errorf("%s opens", test.source)
			continue
		}
		message := err.Error()
		if invalid, ok := errors.AsType[*source.InvalidError](err); ok {
			message = invalid.Problems[0].String()
		}
		if !strings.Contains(message, test.want) {
			t.Errorf("%s: %s; want %q in it", test.source, message, test.want)
		}
		if took := time.Since(began); took > 10*time.Second {
			t.Errorf("%s took %v", test.source, took)
		}
	}
}

// TestSelection opens several catalogs as one.
func TestSelection(t *testing.T) {
	dir := write(t, map[string]string{
		"mine.yaml":     catalogText("mine", "AUTH-401", "M-1"),
		"more/b.yaml":   catalogText("b", "M-1", "B-1"),
		"more/a.yml":    catalogText("a", "A-1"),
		"more/.x.yaml":  "broken",
		"more/note.txt": "",
		"same.yaml":     catalogText("mine", "S-1"),
		"alias.yaml":    "catalog: alias\ntitle: T\nerrors: [{code: N-1, title: t, description: d, aliases: [M-2]}]\n",
		"alias2.yaml":   "catalog: alias2\ntitle: T\nerrors: [{code: N-2, title: t, description: d, aliases: [M-2]}]\n",
	})
	at := func(name string) string { return filepath.Join(dir, name) }

	s, err := Open(t.Context(), Options{}, "api", at("mine.yaml"), at("more"), at("alias.yaml"), at("alias2.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var all []string
	for e, err := range s.List(t.Context(), Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, e.Catalog+" "+e.Code)
	}
	want := []string{
		"api AUTH-403", "api NOTFOUND-404", "api SERVER-500", "api BADREQUEST-400", "api CONFLICT-409", "api TOOLIMITED-429",
		"mine AUTH-401", "a A-1", "b M-1", "b B-1", "alias N-1", "alias2 N-2",
	}
	if !slices.Equal(all, want) {
		t.Errorf("got  %q\nwant %q", all, want)
	}
	for word, want := range map[string]string{"AUTH-401": "mine", "m1": "b", "alias:M-2": "alias"} {
		if found, err := meant(s.Get(t.Context(), word)); err != nil || len(found.Entries) != 1 || found.Entries[0].Catalog != want {
			t.Errorf("%s is %v (%v), want that of %s", word, found, err, want)
		}
	}
	if found, err := meant(s.Get(t.Context(), "M-2")); err != nil || !slices.Equal(codes(found.Entries), []string{"N-1", "N-2"}) {
		t.Errorf("M-2, an alias of two catalogs, is %v (%v)", found, err)
	}
	result, err := s.Search(t.Context(), "credentials", Filter{})
	if err != nil || result.Total != 0 {
		t.Errorf("the overridden AUTH-401 is found: %+v (%v)", result, err)
	}

	overrides := map[string][]string{}
	for o := range Survey(t.Context(), Options{}, "api", at("mine.yaml"), at("more"), at("text.txt")) {
		if o.Err != nil {
			overrides["broken"] = append(overrides["broken"], o.Source)
			continue
		}
		overrides[o.Catalog.Name] = o.Overrides
	}
	if !slices.Equal(overrides["mine"], []string{"AUTH-401"}) || !slices.Equal(overrides["b"], []string{"M-1"}) || len(overrides["broken"]) != 1 {
		t.Errorf("overrides: %q", overrides)
	}

	if _, err := Open(t.Context(), Options{}, at("mine.yaml"), at("same.yaml")); err == nil || !strings.Contains(err.Error(), `two catalogs are named "mine"`) {
		t.Errorf("two of a name: %v", err)
	}
	if _, err := Open(t.Context(), Options{}, "mine"); err == nil || !strings.Contains(err.Error(), `no built-in catalog "mine"`) {
		t.Errorf("no such name: %v", err)
	}
}
