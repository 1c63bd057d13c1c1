package source

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/errcode-cli/errcode/internal/entry"
)

// TestRead reads an entry that says something in every field, from a file system that
// is no disk's, and says where each entry stands.
func TestRead(t *testing.T) {
	text := `catalog: shop
title: Shop
homepage: https://example.com
errors:
  - {code: A-1, title: Only that}
  - code: PAY-402
    title: Payment Required
    status: 402
    severity: warning
    description: No funds.
    messages: ["card %s was declined"]
    causes: [One., Two.]
    resolution: Pay.
    examples:
      - {title: Twice, text: "curl\n", language: sh}
      - text: x
    retryable: false
    keywords: [card]
    tags: [billing, two words]
    aliases: [PAID]
    related: [A-1]
    links: [{url: "https://example.com", title: Guide}]
    since: 2.10
    deprecated: use A-1
    x-team: billing
`
	var s *Source
	for found, err := range FindIn(fstest.MapFS{"errors/shop.yaml": {Data: []byte(text)}}, "errors", "v1:errors") {
		if s = found; err != nil {
			t.Fatal(err)
		}
	}
	file, err := s.Open()
	if err != nil {
		t.Fatal(err)
	}
	var got []entry.Entry
	head, err := s.Read(t.Context(), file, func(e entry.Entry) { got = append(got, e) })
	if want := (Head{Name: "shop", Title: "Shop", Homepage: "https://example.com"}); err != nil || !reflect.DeepEqual(head, want) || s.Size != int64(len(text)) {
		t.Errorf("the head %+v of %d bytes (%v), want %+v", head, s.Size, err, want)
	}
	want := []entry.Entry{
		{Place: entry.Place{File: "v1:errors/shop.yaml", Line: 5, Column: 5}, Code: "A-1", Title: "Only that", Severity: entry.Error},
		{
			Place: entry.Place{File: "v1:errors/shop.yaml", Line: 6, Column: 5}, Code: "PAY-402", Title: "Payment Required", Status: 402,
			Severity: entry.Warning, Description: "No funds.", Messages: []string{"card %s was declined"}, Causes: []string{"One.", "Two."},
			Resolution: "Pay.", Examples: []entry.Example{{Title: "Twice", Text: "curl\n", Language: "sh"}, {Text: "x"}}, Retryable: entry.No,
			Keywords: []string{"card"}, Tags: []string{"billing", "two words"}, Aliases: []string{"PAID"}, Related: []string{"A-1"},
			Links: []entry.Link{{Title: "Guide", URL: "https://example.com"}}, Since: "2.10", Deprecated: "use A-1",
			Extra: []entry.Extra{{Key: "x-team", Value: []byte(`"billing"`)}},
		},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%+v\nwant\n%+v", got, want)
	}
}

// TestReadFails tells a file that cannot be read from one that is no catalog.
func TestReadFails(t *testing.T) {
	s, err := in(fstest.MapFS{"a.yaml": {}}, "a.yaml", "a.yaml")
	if err != nil {
		t.Fatal(err)
	}
	none := func(e entry.Entry) { t.Errorf("there is an entry %+v", e) }
	_, err = s.Read(t.Context(), strings.NewReader("catalog: a\n"), none)
	if invalid, ok := errors.AsType[*InvalidError](err); !ok || invalid.File != "a.yaml" || len(invalid.Problems) != 2 {
		t.Errorf("without title and errors: %v", err)
	}
	_, err = s.Read(t.Context(), io.MultiReader(strings.NewReader("catalog"), failing{}), none)
	if failed, ok := errors.AsType[*ReadError](err); !ok || failed.Error() != `cannot read "a.yaml": it broke` || !errors.Is(err, errBroke) {
		t.Errorf("a failing read: %v", err)
	}
	if got := (&ReadError{Name: "-", Err: errBroke}).Error(); got != "cannot read standard input: it broke" {
		t.Errorf("standard input: %s", got)
	}
}

var errBroke = errors.New("it broke")

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errBroke }

// TestTree opens what a file names below its root alone: the nearest folder above that
// holds .git, else its own.
func TestTree(t *testing.T) {
	dir := write(t, map[string]string{
		"secret.yaml":              "secret",
		"project/.git/":            "",
		"project/shared.yaml":      "shared",
		"project/errors/own.yaml":  "own",
		"loose/errors/own.yaml":    "own",
		"loose/shared.yaml":        "shared",
		"elsewhere/catalog.yaml":   "linked",
		"elsewhere/neighbour.yaml": "neighbour",
	})
	at := func(name string) string { return filepath.Join(dir, filepath.FromSlash(name)) }
	for link, target := range map[string]string{
		"project/out.yaml": at("secret.yaml"), "project/in.yaml": "shared.yaml", "project/errors/linked.yaml": at("elsewhere/catalog.yaml"),
	} {
		if err := os.Symlink(target, at(link)); err != nil {
			t.Skip("no links here:", err)
		}
	}
	for _, test := range []struct{ named, opens, want string }{
		{"project/errors/own.yaml", "errors/own.yaml", "own"},
		{"project/errors/own.yaml", "shared.yaml", "shared"},
		{"project/errors/own.yaml", "in.yaml", "shared"},
		{"project/errors/own.yaml", "errors/../shared.yaml", "shared"},
		{"project/errors/own.yaml", "out.yaml", ""},
		{"project/errors/own.yaml", "../secret.yaml", ""},
		{"project/errors/own.yaml", "errors/../../secret.yaml", ""},
		{"project/errors/own.yaml", at("secret.yaml"), ""},
		{"loose/errors/own.yaml", "own.yaml", "own"},
		{"loose/errors/own.yaml", "../shared.yaml", ""},
		// What is named may be a link; its root is where it leads.
		{"project/errors/linked.yaml", "catalog.yaml", "linked"},
		{"project/errors/linked.yaml", "neighbour.yaml", "neighbour"},
		{"project/errors/linked.yaml", "../secret.yaml", ""},
	} {
		var s *Source
		for found, err := range Find(at(test.named)) {
			if s = found; err != nil {
				t.Fatal(err)
			}
		}
		files, own, err := s.Tree()
		if err != nil {
			t.Fatal(err)
		}
		if text, err := fs.ReadFile(files, own); err != nil || !strings.Contains("own linked", string(text)) {
			t.Errorf("%s is %s, which holds %q (%v)", test.named, own, text, err)
		}
		text, err := fs.ReadFile(files, test.opens)
		if got := string(text); got != test.want || (err == nil) != (test.want != "") {
			t.Errorf("%s opens %s: %q (%v), want %q", test.named, test.opens, got, err, test.want)
		}
		if info, err := fs.Stat(files, test.opens); (err == nil) != (test.want != "") || err == nil && info.Size() != int64(len(test.want)) {
			t.Errorf("%s looks at %s: %v (%v)", test.named, test.opens, info, err)
		}
	}
}

// TestFind finds what people name, wherever that leads: a link in a folder may lead out
// of it.
func TestFind(t *testing.T) {
	dir := write(t, map[string]string{"far/off.yaml": "", "all/own.yaml": "", "all/note.txt": "", "all/.hidden.yaml": "", "all/sub.yaml/": ""})
	if err := os.Symlink(filepath.Join(dir, "far", "off.yaml"), filepath.Join(dir, "all", "linked.yaml")); err != nil {
		t.Skip("no links here:", err)
	}
	var names []string
	for s, err := range Find(filepath.Join(dir, "all")) {
		if err != nil {
			t.Fatal(err)
		}
		f, err := s.Open()
		if err != nil {
			t.Fatal(err)
		}
		f.Close()
		names = append(names, filepath.Base(s.Name))
	}
	if got := strings.Join(names, " "); got != "linked.yaml own.yaml" {
		t.Errorf("found %s", got)
	}
}
