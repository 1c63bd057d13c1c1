package source

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/errcode-cli/errcode/internal/entry"
)

// check returns the problems of a text, each as line:column: message.
func check(t *testing.T, strict bool, format, text string) []string {
	t.Helper()
	v := NewValidation()
	if strict {
		v = NewValidation(StrictRules...)
	}
	v.BuiltIn = []string{"api"}
	if err := v.Text(t.Context(), "f", format, []byte(text)); err != nil {
		t.Fatal(err)
	}
	problems, err := v.Problems()
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, p := range problems {
		all = append(all, fmt.Sprintf("%d:%d: %s", p.Line, p.Column, p.Message))
	}
	return all
}

// TestTenMistakes has the same ten mistakes in YAML and in JSON.
func TestTenMistakes(t *testing.T) {
	for _, test := range []struct{ format, text, want string }{
		{"yaml", `catalog: Shop
titel: Shop
errors:
  - code: PAY 402
    title: Payment Required
    status: 999
    description: Größe – 漢字
    severity: eror
    retryable: "no"
    causes: No funds
  - code: PAY-1
    title: [One]
    description: One
    links: [{title: Guide, url: "javascript:alert(1)"}]
    aliases: [PAY-1]
`, `1:1: missing key "title"
1:10: a name is lower-case letters and digits, with single hyphens between them
2:1: unknown key "titel"; did you mean "title"?
4:11: a code holds no blanks or control characters
6:13: expected an HTTP status from 100 to 599, not 999
8:15: expected error, warning, info, not "eror"; did you mean "error"?
9:16: expected true or false, not text
10:13: expected a list, not text
12:12: expected text, not a list
14:33: expected an http, https or mailto address`},
		{"yaml", `catalog: shop
title: Shop
errors:
  - &one
    code: PAY-1
    title: One
    description: One
  - *one
`, `8:5: "PAY-1" is the code at line 5 already`},
		{"json", `{
"catalog": "Shop", "titel": "Shop",
"errors": [
{"code": "PAY 402", "title": "Payment Required", "status": 999,
 "description": "Größe – 漢字", "severity": "eror", "retryable": "no", "causes": "No funds"},
{"code": "PAY-1", "title": ["One"], "description": "One",
 "links": [{"title": "Guide", "url": "javascript:alert(1)"}], "aliases": ["PAY-1"]}
]}`, `1:1: missing key "title"
2:12: a name is lower-case letters and digits, with single hyphens between them
2:20: unknown key "titel"; did you mean "title"?
4:10: a code holds no blanks or control characters
4:60: expected an HTTP status from 100 to 599, not 999
5:43: expected error, warning, info, not "eror"; did you mean "error"?
5:64: expected true or false, not text
5:80: expected a list, not text
6:28: expected text, not a list
7:38: expected an http, https or mailto address`},
	} {
		got := strings.Join(check(t, false, test.format, test.text), "\n")
		if got != test.want {
			t.Errorf("%s: got\n%s\nwant\n%s", test.format, got, test.want)
		}
	}
}

// entryWith is a catalog in JSON with one entry, which has fields on top of
// those it needs; the first may take the place of one of these.
func entryWith(fields string) string {
	var entry []string
	for _, field := range []string{`"code": "A-1"`, `"title": "A"`, `"description": "A"`} {
		if key, _, _ := strings.Cut(field, " "); !strings.HasPrefix(fields, key) {
			entry = append(entry, field)
		}
	}
	if fields != "" {
		entry = append(entry, fields)
	}
	return `{"catalog": "a", "title": "A", "errors": [{` + strings.Join(entry, ", ") + `}]}`
}

// TestBeyondTheSchema is what the rules alone can see.
func TestBeyondTheSchema(t *testing.T) {
	for _, test := range []struct{ format, text, want string }{
		{"json", entryWith(`"code": "` + strings.Repeat("я", 65) + `"`), `1:86: a code takes at most 128 bytes, not 130`},
		{"json", entryWith(`"title": "B", "title": "C"`), `1:93: duplicate key "title"`},
		{"json", entryWith(`"x-a": {"b": 1, "b": 2}`), `1:109: duplicate key "b"`},
		{"yaml", "catalog: a\ntitle: A\ntitle: B\nerrors: [{code: A, title: A, description: A}]\n", `3:1: duplicate key "title"`},
		{"yaml", "catalog: a\ntitle:\nerrors: [{code: A, title: A, description: A}]\n", `2:7: expected text, but no value is given`},
		{"yaml", "", `1:1: the file is empty`},
		{"yaml", "catalog: a\n---\n", `2:1: a second document; the file may hold one`},
		{"yaml", "- a\n", `1:1: expected a mapping at the top, not a list`},
	} {
		if got := check(t, false, test.format, test.text); !slices.Equal(got, []string{test.want}) {
			t.Errorf("%s:\ngot  %q\nwant %q", test.text, got, test.want)
		}
	}
}

// TestPlainScalars holds that YAML without quotes is text where text is wanted.
func TestPlainScalars(t *testing.T) {
	r := newReader(&Source{Name: "f"})
	var e entry.Entry
	r.found = func(found entry.Entry) { e = found }
	text := "catalog: a\ntitle: 2024\nerrors:\n- {code: 0042, title: yes, description: 1e3, since: 2.10, aliases: [40001, 08001], retryable: true, x-a: [0042, 1.50, yes, null]}\n"
	if err := r.read(t.Context(), strings.NewReader(text), 0); err != nil || r.problems != nil {
		t.Fatal(err, r.problems)
	}
	got := fmt.Sprint(r.head.Title, e.Code, e.Title, e.Description, e.Since, e.Aliases, e.Retryable, e.Severity, e.Extra[0].Key, string(e.Extra[0].Value))
	if want := `20240042yes1e32.10[40001 08001] 1errorx-a["0042",1.50,"yes",null]`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestStrict(t *testing.T) {
	text := `catalog: a
title: A
errors:
- code: A-1
  title: A.
  description: The same.
  resolution: The same.
  causes: [Got %!s(MISSING).]
  related: [A-2, NOPE]
- code: a1
  title: What a1 means
  description: d
  deprecated: use something else
- code: A-2
  title: Two
  description: d
  causes: [c]
  resolution: r
  deprecated: use A-1, please
`
	want := `5:10: the title ends in a full stop
7:15: the resolution repeats the description
8:12: "%!s(MISSING)" looks like a value that was never filled in
9:18: the related code "NOPE" is in none of the files
10:3: no causes: say why it may have happened
10:3: no resolution: say what to do about it
10:9: "a1" and "A-1" (f:4) are the same but for case and punctuation
11:10: the title holds the code, which stands beside it anyway
13:15: names no code of the files to use instead, nor since when it is gone`
	if got := strings.Join(check(t, true, "yaml", text), "\n"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got := check(t, false, "yaml", text); got != nil {
		t.Errorf("without strict: %q", got)
	}
}

// FuzzRules holds that nothing makes the checks panic, that problems come in
// the order of the file, each inside of it, and that the same text has the same.
func FuzzRules(f *testing.F) {
	for _, d := range documents {
		f.Add(d.text, true)
		f.Add(d.text, false)
	}
	f.Add("catalog: a\ntitle: A\nerrors:\n- &a {code: A, title: A, description: A}\n- *a\n", true)
	f.Fuzz(func(t *testing.T, text string, yaml bool) {
		format := "json"
		if yaml {
			format = "yaml"
		}
		validate := func() []Problem {
			v := NewValidation(StrictRules...)
			if err := v.Text(t.Context(), "f", format, []byte(text)); err != nil {
				t.Fatal(err)
			}
			problems, err := v.Problems()
			if err != nil {
				t.Fatal(err)
			}
			return problems
		}
		problems := validate()
		if !slices.Equal(problems, validate()) {
			t.Error("the same text has other problems")
		}
		lines := strings.Count(text, "\n") + 1
		for i, p := range problems {
			if p.Line < 1 || p.Line > lines || p.Column < 1 {
				t.Errorf("%v is outside of the text", p)
			}
			if i > 0 && (p.Line < problems[i-1].Line || p.Line == problems[i-1].Line && p.Column < problems[i-1].Column) {
				t.Errorf("%v comes after %v", p, problems[i-1])
			}
		}
	})
}
