package entry

import (
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// whole is an entry that says something in every field.
var whole = Entry{
	Place: Place{"errors.yaml", 12, 5},
	Code:  "PAY-402", Title: "Payment Required", Status: 402, Severity: Warning, Description: "No funds.",
	Messages: []string{"card %s was declined", "declined"}, Causes: []string{"One.", "Two."}, Resolution: "Pay.",
	Examples: []Example{{"Twice", "curl\n", "sh"}, {Text: "x"}}, Retryable: No, Keywords: []string{"card"}, Tags: []string{"billing"},
	Aliases: []string{"PAID"}, Covers: []string{"PAY-900-949"}, Related: []string{"PAY-409"}, Links: []Link{{"Guide", "https://example.com"}}, Since: "2.1", Deprecated: "use PAY-409",
	Extra: []Extra{{"x-team", []byte(`"billing"`)}, {"x-n", []byte("1.50")}},
}

// TestFields holds the table against the entry: each of its parts has one line, in
// the order that the parts have, with a key and what there is to say of it.
func TestFields(t *testing.T) {
	of := reflect.TypeFor[Entry]()
	var names []string
	for i := range of.NumField() {
		name := of.Field(i).Name
		if reflect.ValueOf(whole).Field(i).IsZero() && name != "Catalog" {
			t.Errorf("the whole entry has no %s", name)
		}
		if !slices.Contains([]string{"Catalog", "Place", "Extra"}, name) {
			names = append(names, strings.ToLower(name))
		}
	}
	if keys := Keys(); !slices.Equal(keys, names) {
		t.Errorf("the table has\n%q, the entry\n%q", keys, names)
	}
	for _, f := range Fields {
		if _, ok := f.Value.JSON(&whole); !ok || f.About == "" || FieldOf(f.Key) != f {
			t.Errorf("%s: %+v", f.Key, f)
		}
		if (f.Class == NotSearched) == slices.Contains(Searched(), f) || (f.Shown.As == Hidden) == slices.Contains(InText(), f) {
			t.Errorf("%s is searched or shown, and is not among what is", f.Key)
		}
	}
}

// TestOrders holds the two orders that come of the table.
func TestOrders(t *testing.T) {
	keys := func(fields []*Field) string {
		var keys []string
		for _, f := range fields {
			keys = append(keys, f.Key)
		}
		return strings.Join(keys, " ")
	}
	if got, want := keys(InText()), "code title status deprecated description messages causes resolution examples retryable severity since aliases covers tags related links"; got != want {
		t.Errorf("text shows %s, not %s", got, want)
	}
	if got, want := keys(Searched()), "code aliases title status messages keywords tags causes description resolution"; got != want {
		t.Errorf("search looks into %s, not %s", got, want)
	}
}

// TestRecord reads back what was appended, and finds every cut.
func TestRecord(t *testing.T) {
	files := []string{"", "errors.yaml"}
	for _, e := range []Entry{whole, {Place: Place{"", 1, 1}, Code: "A", Title: "A", Severity: Error}} {
		b := AppendRecord(nil, &e, slices.Index(files, e.File))
		if got, err := ReadRecord(b, files); err != nil || !reflect.DeepEqual(got, e) {
			t.Errorf("got  %+v (%v)\nwant %+v", got, err, e)
		}
		if code, err := ReadCode(b); err != nil || code != e.Code {
			t.Errorf("the code %q (%v)", code, err)
		}
		for n := range b {
			if _, err := ReadRecord(b[:n], files); !errors.Is(err, ErrRecord) {
				t.Errorf("%d of %d bytes: %v", n, len(b), err)
			}
		}
		if _, err := ReadRecord(append(b, 0), files); !errors.Is(err, ErrRecord) {
			t.Errorf("a byte too many: %v", err)
		}
	}
	if _, err := ReadRecord(AppendRecord(nil, &whole, 2), files); !errors.Is(err, ErrRecord) {
		t.Errorf("a file that there is not: %v", err)
	}
}

// FuzzRecord reads any bytes: what is a record says the same when it is written again.
func FuzzRecord(f *testing.F) {
	f.Add(AppendRecord(nil, &whole, 0))
	f.Add([]byte{0xff, 0xff, 0xff, 0xff, 0x7f})
	f.Fuzz(func(t *testing.T, b []byte) {
		e, err := ReadRecord(b, []string{"f"})
		if err != nil {
			return
		}
		again, err := ReadRecord(AppendRecord(nil, &e, 0), []string{"f"})
		if err != nil || !reflect.DeepEqual(again, e) {
			t.Errorf("%+v is read again as %+v (%v)", e, again, err)
		}
	})
}

// TestJSON is what an entry says to programs that says nothing: lists and what there is
// always something to say of.
func TestJSON(t *testing.T) {
	bare := Entry{Code: "A", Title: "T", Severity: Error}
	var got []string
	for _, f := range Fields {
		if v, ok := f.Value.JSON(&bare); ok {
			text, err := json.Marshal(v)
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, f.Key+string(text))
		}
	}
	want := `code"A" title"T" severity"error" description"T" messages[] causes[] examples[] keywords[] tags[] aliases[] covers[] related[] links[]`
	if got := strings.Join(got, " "); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	for _, f := range InText() {
		if texts := f.Value.Texts(&bare); len(texts) > 0 && f.Shown.As != Heading {
			t.Errorf("people read %q of %s", texts, f.Key)
		}
	}
}

// TestWords finds every word of every field that is searched, where it stands.
func TestWords(t *testing.T) {
	var got []string
	for w := range whole.Words {
		text := w.Field.Value.Texts(&whole)[w.Item]
		got = append(got, w.Field.Key+"="+w.Word)
		if Fold(text[w.Start:w.End]) != w.Word {
			t.Errorf("%s stands at %d to %d of %q", w.Word, w.Start, w.End, text)
		}
	}
	want := "code=pay code=402 code=pay402 aliases=paid title=payment title=required status=402 " +
		"messages=card messages=s messages=was messages=declined messages=declined keywords=card tags=billing " +
		"causes=one causes=two description=no description=funds resolution=pay"
	if got := strings.Join(got, " "); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
