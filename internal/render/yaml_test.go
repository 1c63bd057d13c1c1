package render

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/errcode-cli/errcode/internal/document"
	"github.com/errcode-cli/errcode/internal/entry"
	"github.com/errcode-cli/errcode/internal/source"
	"github.com/errcode-cli/errcode/internal/text"
)

// TestYAML has texts as they are best read, and all that has to stand in quotes.
func TestYAML(t *testing.T) {
	odd := entry.Entry{
		Code: "0042", Title: "Yes", Severity: entry.Warning, Description: "First: no key\n\n\tindented\n",
		Causes: []string{"plain, it's a#b a:colon", "a # comment", "a: key", "ends:", "- item", "say \"it's\" \\ so", "10", "true", "two\nlines", "blank \nat an end", "::error::\nx", "##[x", "\u2028", "👨‍👩‍👧", "\U000e0041", " x"},
		Extra: []entry.Extra{
			{Key: "x-a", Value: []byte(`{"b":[1,2.50,-1e3,true,null,[],{},"",[["c"],{"d: e":"\n"}]],"yes":"1"}`)},
			{Key: "x-" + strings.Repeat("k", 1000), Value: []byte(`["v"]`)},
		},
	}
	want := `catalog: odd
title: "2.1"
errors:
  - code: "0042"
    title: "Yes"
    severity: warning
    description: |
      First: no key

      	indented
    causes:
      - plain, it's a#b a:colon
      - "a # comment"
      - "a: key"
      - "ends:"
      - "- item"
      - 'say "it''s" \ so'
      - "10"
      - "true"
      - |-
        two
        lines
      - "blank \nat an end"
      - "::error::\nx"
      - "##\u005bx"
      - "\u2028"
      - "👨‍👩‍👧"
      - "\U000e0041"
      - " x"
    x-a:
      b:
        - 1
        - 2.50
        - -1e3
        - true
        - null
        - []
        - {}
        - ""
        - - - c
          - "d: e": "\n"
      "yes": "1"
    ? x-` + strings.Repeat("k", 1000) + `
    :
      - v
`
	head := source.Head{Name: "odd", Title: "2.1"}
	if got := render(t, YAML, CatalogFile(head, of(odd)), Options{}); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got := render(t, YAML, CatalogFile(head, of[entry.Entry]()), Options{}); got != "" {
		t.Errorf("of nothing there is the file %q", got)
	}
	var first bytes.Buffer
	_ = Write(&first, YAML, CatalogFile(head, func(yield func(entry.Entry, error) bool) {
		yield(bare, nil)
		if !strings.HasSuffix(first.String(), "description: Nothing more.\n") {
			t.Errorf("an entry waits for the next: %q", first.String())
		}
	}), Options{})
	if keys := reflect.TypeFor[source.Head]().NumField(); keys != len(headKeys) {
		t.Errorf("a head has %d keys, a file %d", keys, len(headKeys))
	}
}

// TestYAMLOfCatalogs writes catalogs as YAML, and reads the same from it.
func TestYAMLOfCatalogs(t *testing.T) {
	var files []string
	for _, pattern := range []string{"../../examples/*.yaml", "../catalog/data/*.yaml"} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, found...)
	}
	if len(files) < 2 {
		t.Fatalf("the catalogs are %q", files)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		head, entries, err := read(t, document.YAML, text)
		if err != nil {
			t.Fatal(err)
		}
		sameInYAML(t, head, entries)
	}
}

// read reads a catalog.
func read(t *testing.T, format document.Format, text []byte) (head source.Head, entries []entry.Entry, err error) {
	s := source.Source{Name: "catalog", Format: format}
	head, err = s.Read(t.Context(), bytes.NewReader(text), func(e entry.Entry) {
		e.Place = entry.Place{}
		entries = append(entries, e)
	})
	return head, entries, err
}

// command is what a CI's runner takes for a command.
var command = regexp.MustCompile(`(^|[\r\n])[\s\x{85}\p{Z}\x{feff}]*::|##\pL*\[`)

// sameInYAML holds a catalog against what is read of its YAML.
func sameInYAML(t *testing.T, head source.Head, entries []entry.Entry) {
	t.Helper()
	file := render(t, YAML, CatalogFile(head, of(entries...)), Options{})
	gotHead, got, err := read(t, document.YAML, []byte(file))
	if err != nil {
		t.Fatalf("%v\n%s", err, file)
	}
	if !reflect.DeepEqual(gotHead, head) {
		t.Errorf("the head is %+v, not %+v, in\n%s", gotHead, head, file)
	}
	if len(got) != len(entries) {
		t.Fatalf("%d entries, not %d, in\n%s", len(got), len(entries), file)
	}
	for i := range got {
		if !reflect.DeepEqual(got[i], entries[i]) {
			t.Errorf("got\n%#v\nwant\n%#v\nin\n%s", got[i], entries[i], file)
		}
	}
	if shown := strings.ReplaceAll(file, "\t", ""); text.Visible(shown) != shown || command.MatchString(file) {
		t.Errorf("a terminal or a CI's runner obeys %q", file)
	}
}

func FuzzYAML(f *testing.F) {
	for _, seed := range []string{
		"plain", "0042", "yes", "~", "2026-01-01", "- a", "a: b", "a #b", "#", "---", "...", "--- a\n...", "%TAG", "@x", "`x", "&a", "*a", "!t", "|", ">", "? a", "a:", ":", "[a]", "{a}",
		"a\n", "a\n\n", "\na", " a", "a ", " a\nb", "\ta\nb", "a\n\tb\n", "a \nb", "a\n \nb", "a\n\n\n  b", "\n\n", "a\r\nb", "a\rb", "\u0085a", "a\u0085b", "a\u2028\u2029b", "\ufeffa", "a\n\ufeffb", "\ufffe", "\uffff",
		"\x00\x01\x1b\x7f", "\u00a0a\u00a0", "\u202eabc", "\U000e0041", "👨‍👩‍👧 🇩🇪", "''", `"`, `\`, `it's "\n"`, "::error::a\nb", "a\n::error::b", "##[x]", "a\n##vso[x]", "<<", "=", "0x1F", "1_000", "1:30", ".inf", ".NaN", "1e3", "-", "-1", "+1",
		strings.Repeat("k", 2000), "a\n  b\n c", "null\nnull", "\\x", "a\tb", "\t", "é", "e\u0301", "\u0301e",
	} {
		f.Add(seed, `{"a":[1,2.50,-0,1E+2,"x",null,true,[],{},[[{}]]]}`)
		f.Add("a", quoted(seed))
		f.Add("a", `[`+quoted(seed)+`,{"k":[`+quoted(seed)+`],`+quoted(seed)+`:`+quoted(seed)+`}]`)
	}
	f.Add("a", "123456789012345678901234567890")
	f.Add("a", "1e400")
	f.Add("a", strings.Repeat("[", 97)+strings.Repeat("]", 97))
	f.Add("a", strings.Repeat(`{"a":`, 90)+"1"+strings.Repeat("}", 90))
	f.Fuzz(func(t *testing.T, text, extra string) {
		kept := func(r entry.Rule) string { // the text, where it may stand
			if r.Broken(text) != "" {
				return `"a"`
			}
			return quoted(text)
		}
		name, line, prose := kept(entry.Name), kept(entry.Line), kept(entry.Prose)
		catalog := `{"catalog":"c","title":` + line + `,"errors":[{"code":` + name + `,"title":` + line + `,"description":` + prose +
			`,"messages":[` + line + `],"causes":["b",` + prose + `],"examples":[{"text":` + prose + `},{"title":` + line + `,"text":"a"}],` +
			quoted("x-"+text) + `:` + extra + `},{"code":"B-B","title":"b","x-a":` + extra + `}]}`
		head, entries, err := read(t, document.JSON, []byte(catalog))
		if err != nil {
			t.Skip(err)
		}
		sameInYAML(t, head, entries)
	})
}

func quoted(s string) string {
	b, _ := json.Marshal(s)
	return string(b)
}
