package render

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/errcode-cli/errcode/internal/catalog"
	"github.com/errcode-cli/errcode/internal/entry"
	"github.com/errcode-cli/errcode/internal/logs"
	"github.com/errcode-cli/errcode/internal/source"
	"github.com/errcode-cli/errcode/internal/text"
)

// full has every field an entry can have.
var full = entry.Entry{
	Catalog: "shop", Code: "PAY-402", Title: "Payment <Required> & more", Status: 402, Severity: entry.Warning,
	Description: "First line.\n\nThird line.", Messages: []string{"- card %s was declined"}, Causes: []string{"No funds.", "No card."}, Resolution: "Pay.",
	Examples:  []entry.Example{{Title: "Pay twice", Text: "curl -d x\n\n  y\n", Language: "sh"}, {Text: "*z*"}},
	Retryable: entry.No, Keywords: []string{"card"}, Tags: []string{"billing", "cards"}, Aliases: []string{"PAID", "UNPAID"}, Covers: []string{"PAY-900-949"}, Related: []string{"PAY-1"},
	Links: []entry.Link{{Title: "Guide", URL: "https://example.com/?a=1&b=2"}}, Since: "2.1", Deprecated: "use PAY-409",
	Extra: []entry.Extra{
		{Key: "x-team", Value: []byte(`{"name":"billing"}`)}, {Key: "x-on-call", Value: []byte(`"+1 <555> \u001b 1"`)},
		{Key: "x-weight", Value: []byte(`2.50`)}, {Key: "x-open", Value: []byte(`true`)},
	},
}

var bare = entry.Entry{Catalog: "shop", Code: "X-1", Title: "Bare", Severity: entry.Error, Description: "Nothing more."}

// hit is full, found by the words "pay" and "card".
var hit = catalog.Hit{Entry: full, Matches: []catalog.Match{
	{Field: entry.FieldOf("code"), Start: 0, End: 3, Word: "pay"},
	{Field: entry.FieldOf("causes"), Item: 1, Start: 3, End: 7, Word: "card"},
	{Field: entry.FieldOf("causes"), Item: 1, Start: 3, End: 7, Word: "card"},
}}

func of[T any](results ...T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, r := range results {
			if !yield(r, nil) {
				return
			}
		}
	}
}

// listings is one listing of each kind, with the formats that suit it.
var listings = []struct {
	name    string
	subject Subject
	listing Listing
}{
	{"each", Entries, Each(of(full, bare))},
	{"list", Entries | EntryLists, List(of(full, bare))},
	{"hits", Entries | EntryLists, Hits(of(hit))},
	{"file", Entries | EntryLists | CatalogFiles, CatalogFile(source.Head{Name: "shop", Title: "Shop"}, of(full, bare))},
	{"counts", Summary, Counts(of(catalog.StatusCount{Status: 402, Codes: []string{"PAY-402", "PAY-403"}}))},
	{"selection", Catalogs, Selection(func(yield func(catalog.Opened) bool) {
		_ = yield(catalog.Opened{Source: "a.yaml", Catalog: &catalog.Catalog{Head: source.Head{Name: "a", Title: "A", Homepage: "https://a.example"}, Origin: "a.yaml"}, Overrides: []string{"X"}}) &&
			yield(catalog.Opened{Source: "b.yaml", Err: errors.New("broken")})
	})},
	{"findings", Logs, Findings([]logs.Finding{
		{Found: logs.Found{Code: full.Code, Entry: &full, Text: "PAY-402"}, Count: 2, First: entry.Place{File: "a.log", Line: 3, Column: 5}, Last: entry.Place{File: "a.log", Line: 4, Column: 1}, Line: "x\tPAY-402", At: 2},
		{Found: logs.Found{Code: "PAY-499", Like: "PAY-402", Text: "PAY-499"}, Count: 1, First: entry.Place{File: "-", Line: 1, Column: 1}, Last: entry.Place{File: "-", Line: 1, Column: 1}, Line: "PAY-499"},
	})},
	{"problems", Problems, Checked([]source.Problem{{Place: entry.Place{File: "a.yaml", Line: 3, Column: 5}, Rule: "unknown-key", Message: `unknown key "titel"`, Source: "    titel: A"}})},
}

func render(t *testing.T, f Format, l Listing, o Options) string {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, f, l, o); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

var piped = Options{TextWidth: 80, Catalogs: true}

func TestText(t *testing.T) {
	want := `PAY-402  Payment <Required> & more  (HTTP 402)
  Deprecated: use PAY-409

  First line.

  Third line.

  Messages:
    - card %s was declined

  Possible causes:
    • No funds.
    • No card.

  Resolution:
    Pay.

  Example (Pay twice):
    curl -d x

      y

  Example:
    *z*

  Retryable: no
  Severity: warning
  Since: 2.1
  Aliases: PAID, UNPAID
  Covers: PAY-900-949
  Tags: billing, cards
  Related: PAY-1
  Link: Guide https://example.com/?a=1&b=2
  x-on-call: +1 <555> \x1b 1
  x-weight: 2.50
  Catalog: shop

X-1  Bare

  Nothing more.

  Catalog: shop
`
	if got := render(t, Text, List(of(full, bare)), piped); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got := render(t, Text, Hits(of(hit)), piped); !strings.HasSuffix(got, "\n  Matched: code (pay), causes (card)\n") {
		t.Errorf("a hit says\n%s", got)
	}
}

func TestTable(t *testing.T) {
	want := `CODE     STATUS  TITLE                                   MATCH
PAY-402  402     Payment <Required> & more (deprecated)  code (pay), causes (card)
`
	if got := render(t, Table, Hits(of(hit)), Options{}); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got := render(t, Table, List(of[entry.Entry]()), Options{}); strings.TrimSpace(got) != "" {
		t.Errorf("an empty table says %q", got)
	}
}

// TestTableKeepsItsColumns lists more rows than are laid out together.
func TestTableKeepsItsColumns(t *testing.T) {
	var entries []entry.Entry
	for i := range 3*blockRows + 7 {
		entries = append(entries, entry.Entry{Code: fmt.Sprintf("E-%05d", i), Title: "T"})
	}
	entries[1].Code = "A-LONGER-CODE"
	lines := strings.Split(strings.TrimSuffix(render(t, Table, List(of(entries...)), Options{}), "\n"), "\n")
	if len(lines) != len(entries)+1 {
		t.Fatalf("%d lines for %d rows", len(lines), len(entries))
	}
	at := strings.Index(lines[0], "TITLE")
	for i, line := range lines[1:] {
		if strings.Index(line, " T") != at-1 || !strings.HasPrefix(line, entries[i].Code) {
			t.Fatalf("line %d is out of its columns: %q", i+2, line)
		}
	}
}

// TestColumns has the columns that only some selections need, and a title that says
// that its entry is deprecated.
func TestColumns(t *testing.T) {
	for _, test := range []struct {
		options Options
		want    string
	}{
		{Options{}, "CODE     STATUS  TITLE\nPAY-402  402     Payment <Required> & more (deprecated)\nX-1              Bare\n"},
		{Options{Severities: true}, "CODE     STATUS  TITLE                                   SEVERITY\n" +
			"PAY-402  402     Payment <Required> & more (deprecated)  warning\nX-1              Bare                                    error\n"},
		{Options{Several: true}, "CODE     STATUS  TITLE                                   CATALOG\n" +
			"PAY-402  402     Payment <Required> & more (deprecated)  shop\nX-1              Bare                                    shop\n"},
	} {
		if got := render(t, Table, List(of(full, bare)), test.options); got != test.want {
			t.Errorf("%+v: got\n%s\nwant\n%s", test.options, got, test.want)
		}
	}
	all := Options{Several: true, Severities: true}
	if got, want := render(t, Table, Hits(of(hit)), all), "CODE     STATUS  TITLE                                   SEVERITY  CATALOG  MATCH\n"; !strings.HasPrefix(got, want) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	want := "| CODE | STATUS | TITLE | SEVERITY | CATALOG |\n| --- | --- | --- | --- | --- |\n| X-1 |  | Bare | error | shop |\n"
	if got := render(t, Markdown, List(of(bare)), all); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestStackedTable has codes wider than the table, which are not broken.
func TestStackedTable(t *testing.T) {
	got := render(t, Table, List(of(entry.Entry{Code: "错误码错误码错误码-404", Title: "T"})), Options{TableWidth: 12})
	if !strings.HasPrefix(got, "CODE    错误码错误码错误码-404\n") {
		t.Errorf("the code is broken: %q", got)
	}
}

// TestLineBreaks has texts that begin and end in line breaks.
func TestLineBreaks(t *testing.T) {
	e := entry.Entry{Code: "X", Title: "T", Severity: entry.Error, Description: "d\n", Causes: []string{"\nc\n"}}
	if got, want := render(t, Text, List(of(e)), Options{TextWidth: 80}), "X  T\n\n  d\n\n  Possible causes:\n    • c\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestTableStreams reads no further than the first block for its first rows.
func TestTableStreams(t *testing.T) {
	read := 0
	endless := func(yield func(entry.Entry, error) bool) {
		for yield(bare, nil) {
			read++
		}
	}
	if err := Write(&limited{n: 10}, Table, List(endless), Options{}); !errors.Is(err, errFull) {
		t.Fatal(err)
	}
	if read > blockRows {
		t.Errorf("%d rows were read", read)
	}
}

// TestSuits writes every kind of result in every format: those that suit, and no
// others.
func TestSuits(t *testing.T) {
	for _, l := range listings {
		for _, f := range formats {
			var b bytes.Buffer
			err := Write(&b, f.name, l.listing, piped)
			if suits := f.suits&l.subject != 0; suits != (err == nil) || suits != (b.Len() > 0) {
				t.Errorf("%s as %s: %d bytes, %v", l.name, f.name, b.Len(), err)
			}
		}
	}
	if err := Write(io.Discard, "xml", Each(of(full)), piped); err == nil {
		t.Error("there is a format xml")
	}
}

// TestFull has an entry that says something in every field: what this package shows of
// each is held by the tests that show it.
func TestFull(t *testing.T) {
	for _, f := range entry.Fields {
		v, ok := f.Value.JSON(&full)
		if list := reflect.ValueOf(v); !ok || list.Kind() == reflect.Slice && list.Len() == 0 {
			t.Errorf("full has no %s", f.Key)
		}
	}
}

func TestJSON(t *testing.T) {
	got := render(t, JSONL, List(of(full, bare)), piped)
	want := `{"catalog":"shop","code":"PAY-402","title":"Payment <Required> & more","status":402,"severity":"warning",` +
		`"description":"First line.\n\nThird line.","messages":["- card %s was declined"],"causes":["No funds.","No card."],"resolution":"Pay.",` +
		`"examples":[{"title":"Pay twice","text":"curl -d x\n\n  y\n","language":"sh"},{"text":"*z*"}],"retryable":false,` +
		`"keywords":["card"],"tags":["billing","cards"],"aliases":["PAID","UNPAID"],"covers":["PAY-900-949"],"related":["PAY-1"],"links":[{"title":"Guide","url":"https://example.com/?a=1&b=2"}],` +
		`"since":"2.1","deprecated":"use PAY-409","x-team":{"name":"billing"},"x-on-call":"+1 <555> \u001b 1","x-weight":2.50,"x-open":true}` + "\n" +
		`{"catalog":"shop","code":"X-1","title":"Bare","severity":"error","description":"Nothing more.",` +
		`"messages":[],"causes":[],"examples":[],"keywords":[],"tags":[],"aliases":[],"covers":[],"related":[],"links":[]}` + "\n"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	for _, test := range []struct {
		name, want string
		listing    Listing
	}{
		{"nothing in a list", "[]\n", List(of[entry.Entry]())},
		{"nothing asked for", "", Each(of[entry.Entry]())},
	} {
		if got := render(t, JSON, test.listing, piped); got != test.want {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
	var first bytes.Buffer
	_ = Write(&first, JSON, Each(func(yield func(entry.Entry, error) bool) {
		yield(bare, nil)
		if !strings.HasSuffix(first.String(), "}\n") {
			t.Errorf("an object waits for its line's end: %q", first.String())
		}
	}), piped)
	for _, l := range listings {
		for _, f := range []Format{JSON, SARIF} {
			if !slices.Contains(Offered(l.subject, ""), f) {
				continue
			}
			out := json.NewDecoder(strings.NewReader(render(t, f, l.listing, piped)))
			for {
				var v any
				if err := out.Decode(&v); err == io.EOF {
					break
				} else if err != nil {
					t.Fatalf("%s as %s: %v", l.name, f, err)
				}
			}
		}
	}
}

// TestJSONEscapes holds that JSON says the same text, whatever the text is,
// and that a terminal may show it.
func TestJSONEscapes(t *testing.T) {
	title := "a\x00\x1b\x7f\u0080\u009f\u202e\u2028\U000E0041\t\"<&>é错"
	got := render(t, JSONL, Each(of(entry.Entry{Code: "X", Title: title})), piped)
	if text.Visible(got) != got {
		t.Errorf("%q would reach a terminal", got)
	}
	if want := `a\u0000\u001b\u007f\u0080\u009f\u202e\u2028\udb40\udc41\t\"<&>é错`; !strings.Contains(got, want) {
		t.Errorf("got %s, want %s in it", got, want)
	}
	var entry struct{ Title string }
	if err := json.Unmarshal([]byte(got), &entry); err != nil || entry.Title != title {
		t.Errorf("it reads back as %q (%v)", entry.Title, err)
	}
}

var errFull = errors.New("full")

// limited is a writer that fails after n bytes.
type limited struct{ n int }

func (l *limited) Write(b []byte) (int, error) {
	if len(b) <= l.n {
		l.n -= len(b)
		return len(b), nil
	}
	n := l.n
	l.n = 0
	return n, errFull
}

func TestFailedWrites(t *testing.T) {
	for _, l := range listings {
		for _, f := range formats {
			if f.suits&l.subject == 0 {
				continue
			}
			size := len(render(t, f.name, l.listing, piped))
			for n := range size {
				if err := Write(&limited{n}, f.name, l.listing, piped); !errors.Is(err, errFull) {
					t.Fatalf("%s as %s: a writer full after %d of %d bytes gives %v", l.name, f.name, n, size, err)
				}
			}
		}
	}
}

func TestFailedReads(t *testing.T) {
	broken := errors.New("broken")
	entries := func(yield func(entry.Entry, error) bool) {
		_ = yield(bare, nil) && yield(entry.Entry{}, broken)
	}
	for _, f := range formats {
		if f.suits&Entries == 0 {
			continue
		}
		var b bytes.Buffer
		if err := Write(&b, f.name, List(entries), piped); !errors.Is(err, broken) {
			t.Errorf("%s: %v", f.name, err)
		}
		if !strings.Contains(b.String(), "X-1") {
			t.Errorf("%s lost what came before: %q", f.name, b.String())
		}
	}
}

func TestOffered(t *testing.T) {
	if got := Offered(Summary, Table); !slices.Equal(got, Formats{Table, Text, JSON}) {
		t.Errorf("the summary is offered as %v", got)
	}
	if _, err := Offered(Summary, Table).Parse("jsonl"); err == nil || !strings.HasSuffix(err.Error(), "table, text or json") {
		t.Errorf("jsonl: %v", err)
	}
}

func TestColor(t *testing.T) {
	hostile := full
	hostile.Title, hostile.Description = "a\x1b[31mb", "c\x1b]0;d\x07"
	for _, l := range append(listings, listings[0]) {
		for _, f := range []Format{Text, Table} {
			if !slices.Contains(Offered(l.subject, ""), f) {
				continue
			}
			without := render(t, f, l.listing, piped)
			colored := piped
			colored.Color = true
			with := render(t, f, l.listing, colored)
			if strings.Contains(without, "\x1b") || !strings.Contains(with, "\x1b[") {
				t.Errorf("%s as %s: colour off and on: %q, %q", l.name, f, without, with)
			}
			if got := stripSGR(with); got != without {
				t.Errorf("%s as %s: colour changes the text:\n%s\n%s", l.name, f, got, without)
			}
		}
	}
	colored := Options{TextWidth: 80, Color: true}
	if got := render(t, Text, List(of(hostile)), colored); strings.Contains(got, "\x1b]") || strings.Contains(got, "\x1b[31mb") || !strings.Contains(got, `\x1b[31mb`) {
		t.Errorf("hostile text reaches the terminal: %q", got)
	}
}

// stripSGR takes our own colours out of a text.
func stripSGR(s string) string {
	var b strings.Builder
	for {
		before, after, found := strings.Cut(s, "\x1b[")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		s = strings.TrimLeftFunc(after, func(r rune) bool { return unicode.IsDigit(r) || r == ';' })[1:]
	}
}

func TestMessages(t *testing.T) {
	failure := &Failure{
		Kind: NotFound, Message: "no entry for \"a\x1bb\"", Input: "a\x1bb",
		Suggestions: []string{"A-1"}, Hints: []string{"did you mean A-1?"},
		Problems: []source.Problem{{Place: entry.Place{File: "f", Line: 1, Column: 2}, Rule: "r", Message: "m"}},
	}
	var b bytes.Buffer
	Messages{To: &b}.Failure(failure)
	if got, want := b.String(), "errcode: error: no entry for \"a\\x1bb\"\nf:1:2: m\nerrcode: hint: did you mean A-1?\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	b.Reset()
	Messages{To: &b, JSON: true}.Failure(failure)
	want := `{"error":{"kind":"not-found","message":"no entry for \"a\u001bb\"","input":"a\u001bb","suggestions":["A-1"],` +
		`"problems":[{"file":"f","line":1,"column":2,"rule":"r","message":"m"}]}}` + "\n"
	if got := b.String(); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	b.Reset()
	note := Note{Limited, "one two three four", []Fact{{"shown", 2}, {"total", 4}}}
	Messages{To: &b, JSON: true}.Note(note)
	want = `{"note":{"kind":"limit","message":"one two three four","shown":2,"total":4}}` + "\n"
	if got := b.String(); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	b.Reset()
	Messages{To: &b}.Failure(&Failure{Message: "As it is.", Verbatim: true})
	Messages{To: &b, Width: 20}.Note(note)
	if got, want := b.String(), "As it is.\nerrcode: note: one\n  two three four\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
