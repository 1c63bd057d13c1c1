package source

import (
	"fmt"
	"strings"
	"testing"

	"github.com/errcode-cli/errcode/internal/entry"
)

// A sample is a catalog in JSON, a good one or a bad one.
type sample struct {
	text string
	good bool
}

// documents is a catalog for each of the values, and some that are wrong as a whole.
var documents = func() []sample {
	all := []sample{
		{entryWith(``), true},
		{entryWith(`"team": "a"`), false},
		{entryWith(`"x-team": {"any": ["thing", null]}, "x-": 1`), true},
		{entryWith(`"code": "A", "title": "A", "Status": 404`), false},
		{`{"catalog": "a", "title": "A", "errors": [{"code": "A", "title": "A"}]}`, true},
		{`{"catalog": "a", "title": "A", "errors": [{"code": "A", "description": "A"}]}`, false},
		{`{"catalog": "a", "title": "A", "errors": [{"title": "A", "description": "A"}]}`, false},
		{`{"catalog": "a", "title": "A"}`, false},
		{`{"catalog": "a", "errors": [{"code": "A", "title": "A"}]}`, false},
		{`{"title": "A", "errors": [{"code": "A", "title": "A"}]}`, false},
		{`{"catalog": "a", "title": "A", "x-a": 1, "errors": [{"code": "A", "title": "A"}]}`, false},
		{`{"catalogs": ["api"]}`, true},
		{`{"catalogs": ["api", "api"]}`, true},
		{`{"catalogs": ["api"], "catalog": "a"}`, false},
		{`{"catalogs": ["api"], "errors": [{"code": "A", "title": "A"}]}`, false},
		{`{"catalogs": ["api"], "catalog": "a", "title": "A", "errors": [{"code": "A", "title": "A"}]}`, false},
		{`{"catalogs": ["api"], "title": "A"}`, false},
		{`{"catalogs": ["api"], "x-a": 1}`, false},
		{`{}`, false},
		{`[]`, false},
	}
	for _, v := range values {
		for good, texts := range map[bool][]string{true: v.good, false: v.bad} {
			for _, text := range texts {
				all = append(all, sample{with(v.key, text), good})
			}
		}
	}
	return all
}()

// with is a catalog in JSON with a value under a key: "code" is that of an entry,
// "catalog:" one of the catalog itself, "catalogs:" one of a project, "links.url" one of a thing in a list.
func with(key, value string) string {
	if key == catalogsKey+":" {
		return fmt.Sprintf(`{"catalogs": %s}`, value)
	}
	if ofHead, found := strings.CutSuffix(key, ":"); found {
		head := []string{fmt.Sprintf("%q: %s", ofHead, value)}
		for _, field := range []string{`"catalog": "a"`, `"title": "A"`, `"errors": [{"code": "A-1", "title": "A"}]`} {
			if !strings.HasPrefix(field, fmt.Sprintf("%q:", ofHead)) {
				head = append(head, field)
			}
		}
		return "{" + strings.Join(head, ", ") + "}"
	}
	list, part, found := strings.Cut(key, ".")
	if !found {
		return entryWith(fmt.Sprintf("%q: %s", key, value))
	}
	thing := []string{fmt.Sprintf("%q: %s", part, value)}
	for _, p := range entry.FieldOf(list).Value.(entry.Compound).Parts() {
		if p.Required && p.Key != part {
			thing = append(thing, fmt.Sprintf(`%q: "https://example.com"`, p.Key))
		}
	}
	return entryWith(fmt.Sprintf("%q: [{%s}]", list, strings.Join(thing, ", ")))
}

// places returns every key that a value stands under, as with has them.
func places() []string {
	var all []string
	for _, r := range header().rules {
		all = append(all, r.key+":")
	}
	for _, r := range ofProject().rules {
		all = append(all, r.key+":")
	}
	for _, f := range entry.Fields {
		all = append(all, f.Key)
		if v, ok := f.Value.(entry.Compound); ok {
			for _, p := range v.Parts() {
				all = append(all, f.Key+"."+p.Key)
			}
		}
	}
	return all
}

// TestEveryRuleHasDocuments holds that a new field, or a part of one, gets values here.
func TestEveryRuleHasDocuments(t *testing.T) {
	has := map[string]bool{}
	for _, v := range values {
		has[v.key] = v.good != nil && v.bad != nil
	}
	for _, place := range places() {
		if !has[place] {
			t.Errorf("no good or no bad value of %s", place)
		}
		delete(has, place)
	}
	for key := range has {
		t.Errorf("values of %s, which there is not", key)
	}
}

// Values that several keys have.
var (
	badText  = []string{`42`, `2.1`, `true`, `null`, `""`, `" "`, `"\n"`, `"\u00a0\u2003\u3000\u0085\t"`, `[]`, `["a"]`, `{}`}
	badLine  = append([]string{`"two\nlines"`, `"a\n"`, `"\na"`, `"a\r"`}, badText...)
	badList  = []string{`"one"`, `{}`, `null`, `1`, `[["a"]]`, `[null, {}]`, `[""]`, `[42]`, `[true]`, `[null]`}
	goodName = []string{`"A"`, `"0042"`, `"0"`, `"ddl:1045"`, `"E0308"`, `"BR:Backup:ErrX"`, `"платеж-7"`, `"错误-7"`, `"a-"`, `"-32600"`, `"A,B"`, `"é"`,
		`"` + strings.Repeat("A", 128) + `"`, `"` + strings.Repeat("я", 64) + `"`, `"` + strings.Repeat("𝐀", 32) + `"`}
	badName = append([]string{`"--"`, `"-A"`, `"-32600x"`, `"A B"`, `"A\u0007"`, `"A\u00a0B"`, `"A\u0085"`, `"A\u2028"`, `"A\n"`, `" A"`, `"..."`, `"~"`,
		`"` + strings.Repeat("A", 129) + `"`, `"` + strings.Repeat("я", 65) + `"`, `"` + strings.Repeat("я", 129) + `"`}, badText...)
	goodWeb = []string{`"https://example.com/a?b#c"`, `"HTTP://EXAMPLE.COM"`, `"http://a"`, `"https://[::1]:80/"`, `"https://a@b/"`, `"https://例え.jp"`,
		`"https://example.com/a b"`, `"https://example.com/%41?%zz#é"`}
	badWeb = append([]string{`"javascript:alert(1)"`, `"https://"`, `"https:///a"`, `"https://?a"`, `"https://#a"`, `"//example.com"`, `"example.com"`,
		`"ftp://example.com"`, `" https://example.com"`, `"https:example.com"`, `"https://example.com/\n"`, `"https://example.com/#\n"`, `"https://example.com/#\u0085"`,
		`"https://example.com/\u0007"`, `"x https://example.com"`, `"x\nhttps://example.com"`}, badText...)
)

// values is what may stand under each key and what may not, in JSON.
var values = []struct {
	key       string
	good, bad []string
}{
	{"catalog:", []string{`"a"`, `"a-b-2"`, `"2024"`, `"0-0"`},
		append([]string{`"a_b"`, `"-a"`, `"a-"`, `"a--b"`, `"A"`, `"a b"`, `"a\n"`, `"é"`, `"-"`, `-1`}, badText...)},
	{"title:", []string{`"A"`, `" a b "`}, badLine},
	{"homepage:", goodWeb, append([]string{`"mailto:a@example.com"`}, badWeb...)},
	{"retired:", []string{`[]`, `["B-1", "платеж-8"]`}, append([]string{`["B 1"]`, `["-B"]`, `["B\n"]`, `[-1]`}, badList...)},
	{"range:", []string{`[]`, `["A-1-99"]`, `["1000-1999", "0-0", "A-1-1", "E0300-0399", "платеж-1-9"]`, `["A-0000-0099"]`, `["A-000000000000000001-999999999999999999"]`},
		append([]string{`["A-1"]`, `["1000"]`, `["A-1-"]`, `["A--1"]`, `["A-1-9 "]`, `["A-1-9\n"]`, `[" 1-9"]`, `["A 1-9"]`, `["A-1-x9"]`, `["-A-1-9"]`, `["A-1-9x"]`,
			`["A-1-1000000000000000000"]`, `["0000000000000000001-2"]`, `["A-1–9"]`, `["A-9-1"]`, `["A-2-9"]`, `[1000]`, `[-5]`, `["A-1-9", "A-9-20"]`}, badList...)},
	{"catalogs:", []string{`["api"]`}, append([]string{`[]`, `["a\nb"]`, `["nope"]`, `["a.yaml"]`}, badList...)},
	{"errors:", []string{`[{"code": "A", "title": "A"}]`}, []string{`[]`, `{}`, `null`, `"a"`, `["A"]`, `[null]`, `[[]]`, `[{}]`}},
	{"code", goodName, append([]string{`-1`, `-0.5`}, badName...)},
	{"title", []string{`"A"`, `"a {b} c"`, `" a\u2028b "`}, badLine},
	{"status", []string{`100`, `404`, `599`}, []string{`99`, `600`, `0`, `-404`, `404.5`, `4e100`, `"404"`, `null`, `true`, `[404]`}},
	{"severity", []string{`"error"`, `"warning"`, `"info"`}, []string{`"Info"`, `"fatal"`, `""`, `1`, `null`, `true`, `["info"]`}},
	{"description", []string{`"one"`, `"two\nlines"`, `"\n\na\n"`}, badText},
	{"messages", []string{`[]`, `["a {b} c", "b c", "{a}: abcdefgh"]`}, append([]string{`["%s", "a b"]`, `["{a}: <b> timeout"]`, `["%% {{"]`, `["two\nlines"]`, `["a\n"]`}, badList...)},
	{"causes", []string{`[]`, `["one", "two"]`, `["two\nlines\n"]`}, append([]string{`["one", " "]`}, badList...)},
	{"resolution", []string{`"one"`, `"two\nlines\n"`}, badText},
	{"examples", []string{`[]`, `[{"text": "curl\n"}]`, `[{"title": "t", "text": "x", "language": "sh"}, {"text": "y"}]`},
		append([]string{`[{}]`, `[{"title": "t"}]`, `[{"text": "x", "x-a": 1}]`, `["x"]`}, badList...)},
	{"examples.title", []string{`"a b"`}, badLine},
	{"examples.text", []string{`"x"`, `"two\n\n lines\n"`}, badText},
	{"examples.language", []string{`"sh"`, `"c++"`, `"é"`}, append([]string{`"two words"`, `"sh\n"`, `"a\u00a0b"`, "\"`sh`\""}, badText...)},
	{"retryable", []string{`true`, `false`}, []string{`"false"`, `0`, `null`, `[true]`}},
	{"keywords", []string{`[]`, `["a", "b c", "d,e"]`}, append([]string{`["a\nb"]`}, badList...)},
	{"tags", []string{`[]`, `["billing", "two words", "a", "A"]`},
		append([]string{`["a,b"]`, `[","]`, `[" "]`, `["a\nb"]`, `["a\n"]`}, badList...)},
	{"aliases", []string{`[]`, `["A_1", "B"]`, `["платеж-8"]`}, append([]string{`["A 1"]`, `["-A"]`, `["A\n"]`, `["--"]`, `[-1]`}, badList...)},
	{"covers", []string{`[]`, `["PAY-900-949", "129-192"]`}, append([]string{`["PAY-900"]`, `["A-9-1"]`, `["A 1-9"]`, `["-A-1-9"]`, `["A-1-9\n"]`}, badList...)},
	{"related", []string{`[]`, `["B-1"]`}, append([]string{`["B 1"]`, `["-B"]`, `["B\n"]`, `[-1]`}, badList...)},
	{"links", []string{`[]`, `[{"title": "a", "url": "https://example.com"}]`},
		append([]string{`[{"url": "https://example.com"}]`, `[{"title": "a"}]`, `[{"title": "a", "url": "https://example.com", "x-a": 1}]`, `["https://example.com"]`}, badList...)},
	{"links.title", []string{`"a b"`}, badLine},
	{"links.url", append([]string{`"mailto:a@example.com"`, `"MAILTO:a"`}, goodWeb...),
		append([]string{`"mailto:"`, `"mailto:?a"`, `"mailto:/a"`, `"mailto:#a"`, `"mailto:a\n"`, `"tel:1"`}, badWeb...)},
	{"since", []string{`"2.1"`, `"v3 of May"`}, badLine},
	{"deprecated", []string{`"use A-2"`, `"two\nlines"`}, badText},
}
