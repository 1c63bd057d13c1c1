package source

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// TestQuoted holds that each problem comes with the very line it stands in, wherever
// that is.
func TestQuoted(t *testing.T) {
	const head = "catalog: a\ntitle: A\nerrors:\n"
	long := func(bytes int) string { // a line of an entry that has so many bytes, its end included
		line := "- {code: L, title: T, description: }\n"
		return strings.Replace(line, "description: ", "description: "+strings.Repeat("x", bytes-len(line)), 1)
	}
	for _, test := range []struct {
		name, format, text string
		want               []string
	}{
		{"several in one line", "yaml", head + "- {code: A B, title: T, status: 99, nope: 1}\n- {code: C, title: T}\n", []string{
			"4:10 - {code: A B, title: T, status: 99, nope: 1}",
			"4:33 - {code: A B, title: T, status: 99, nope: 1}",
			"4:37 - {code: A B, title: T, status: 99, nope: 1}"}},
		{"in lines one after another", "yaml", head + "- code: A B\n  title: [x]\n  status: 99\n\n- code: C D\n  title: T\n", []string{
			"4:9 - code: A B", "5:10   title: [x]", "6:11   status: 99", "8:9 - code: C D"}},
		{"in the first line and in the last, without a line end", "yaml", "titel: A\ncatalog: a\ntitle: A\nerrors:\n- {code: A B, title: T}", []string{
			"1:1 titel: A", "5:10 - {code: A B, title: T}"}},
		{"missing at the first line", "yaml", "catalog: a\nerrors: [{code: A, title: T}]", []string{"1:1 catalog: a"}},
		{"at the end of the text", "json", "{\"catalog\": \"a\",\n \"title\": ", []string{"2:11  \"title\": "}},
		{"below the last line", "yaml", "catalog: [a\n", []string{"2:1 "}},
		{"a line as long as can be shown", "yaml", head + "- {code: A B, title: T}\n" + long(longestQuote) + "- {code: C D, title: T}\n", []string{
			"4:10 - {code: A B, title: T}", "6:10 - {code: C D, title: T}"}},
		{"in a line as long as can be shown", "yaml", head + strings.Replace(long(longestQuote), "L, ", "LONG L, ", 1)[:longestQuote-3] + "}\n", []string{
			"4:10 - {code: LONG L, title: T, description: xx…"}},
		{"after a line too long to show", "yaml", head + long(longestQuote+1) + "- {code: C D, title: T}\n- {code: E F, title: T}\n", []string{
			"5:10 - {code: C D, title: T}", "6:10 - {code: E F, title: T}"}},
		{"after two lines much too long to show", "yaml", head + long(5*longestQuote) + strings.Replace(long(2*longestQuote), "L,", "M,", 1) + "- {code: C D, title: T}\n", []string{
			"6:10 - {code: C D, title: T}"}},
		{"in a line too long to show, before one that is not", "yaml", head + strings.Replace(long(3*longestQuote+7), "L,", "L L,", 1) + "- {code: C D, title: T}", []string{
			"4:10 ", "5:10 - {code: C D, title: T}"}},
		{"in the last line, too long to show, without a line end", "yaml", strings.TrimSuffix(head+"- {code: C D, title: T}\n"+strings.Replace(long(2*longestQuote), "L,", "L L,", 1), "\n"), []string{
			"4:10 - {code: C D, title: T}", "5:10 "}},
		{"CR LF", "yaml", strings.ReplaceAll(head+"- {code: A B, title: T}\n- {code: C D, title: T}", "\n", "\r\n"), []string{
			"4:10 - {code: A B, title: T}", "5:10 - {code: C D, title: T}"}},
		{"a byte order mark", "yaml", "\ufefftitel: A\n" + head + "- {code: A B, title: T}\n", []string{
			"1:1 titel: A", "5:10 - {code: A B, title: T}"}},
		{"JSON on one line", "json", `{"catalog": "a", "title": "A", "errors": [{"code": "Ä B", "title": 1}]}`, []string{
			`1:52 {"catalog": "a", "title": "A", "errors": [{"code": "Ä B", "title": 1}]}`,
			`1:68 {"catalog": "a", "title": "A", "errors": [{"code": "Ä B", "title": 1}]}`}},
		{"no UTF-8", "yaml", "catalog: a\ntitle: \xff\n", []string{"2:8 "}},
	} {
		v := NewValidation()
		if err := v.Text(t.Context(), "f", test.format, []byte(test.text)); err != nil {
			t.Fatal(err)
		}
		problems, err := v.Problems()
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, p := range problems {
			source := p.Source
			if len(source) > 1000 {
				source = source[:42] + "…"
			}
			got = append(got, fmt.Sprintf("%d:%d %s", p.Line, p.Column, source))
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: got\n%q\nwant\n%q", test.name, got, test.want)
		}
	}
}

// TestQuotedWithoutExcused holds that what is excused leaves the others their lines.
func TestQuotedWithoutExcused(t *testing.T) {
	v := NewValidation(chosen(t, "full-stop")...)
	text := catalogOf("{code: A, title: T.} # errcode:ignore", "{code: B, title: U.}", "{code: C, title: V.} # errcode:ignore", "{code: D D, title: W.}")
	for _, name := range []string{"one", "two"} {
		if err := v.Text(t.Context(), name, "yaml", []byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 { // asked again, the answer is the same
		problems, err := v.Problems()
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, p := range problems {
			got = append(got, fmt.Sprintf("%s:%d:%d %s", p.File, p.Line, p.Column, p.Source))
		}
		want := []string{
			"one:5:20 - {code: B, title: U.}", "one:7:10 - {code: D D, title: W.}", "one:7:22 - {code: D D, title: W.}",
			"two:5:20 - {code: B, title: U.}", "two:7:10 - {code: D D, title: W.}", "two:7:22 - {code: D D, title: W.}",
		}
		if !slices.Equal(got, want) {
			t.Errorf("got\n%q\nwant\n%q", got, want)
		}
	}
}
