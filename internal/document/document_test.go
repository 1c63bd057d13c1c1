package document

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"
)

// dump writes what Read yields, a part a line: the place and text of its key,
// then its value as an outline of places. The error is the last line.
func dump(r io.Reader, f Format) string {
	var b strings.Builder
	for part, err := range Read(r, f, "errors") {
		if err != nil {
			fmt.Fprintf(&b, "%v\n", err)
			continue
		}
		if part.Item {
			b.WriteString("- ")
		} else {
			fmt.Fprintf(&b, "%s: ", outline(part.Key))
		}
		b.WriteString(outline(part.Value) + "\n")
	}
	return b.String()
}

func outline(n *Node) string {
	var inner []string
	for _, item := range n.Items {
		inner = append(inner, outline(item))
	}
	for _, f := range n.Fields {
		inner = append(inner, outline(f.Key)+": "+outline(f.Value))
	}
	at := fmt.Sprintf("%d:%d ", n.Line, n.Column)
	switch n.Kind {
	case List:
		return at + "[" + strings.Join(inner, ", ") + "]"
	case Map:
		return at + "{" + strings.Join(inner, ", ") + "}"
	case String:
		at += fmt.Sprintf("%q", n.Text)
	default:
		at += n.Kind.String() + " " + n.Text
	}
	if n.Plain {
		at += "~"
	}
	return at
}

func (f Format) String() string {
	if f == JSON {
		return "json"
	}
	return "yaml"
}

// The same documents in both formats, with the place of every value.
func TestRead(t *testing.T) {
	for _, c := range []struct{ name, yaml, inYAML, json, inJSON string }{
		{
			"a catalog",
			"catalog: shop\ntitle: \"Shop\"\nerrors:\n  - code: 0042\n    causes: [a, 'b']\n  - code: B\nx-n: 1e3\n",
			`1:1 "catalog"~: 1:10 "shop"~
2:1 "title"~: 2:8 "Shop"
3:1 "errors"~: 4:3 []
- 4:5 {4:5 "code"~: 4:11 a number 0042~, 5:5 "causes"~: 5:13 [5:14 "a"~, 5:17 "b"]}
- 6:5 {6:5 "code"~: 6:11 "B"~}
7:1 "x-n"~: 7:6 a number 1e3~
`,
			"{\n \"catalog\": \"shop\",\n \"title\": \"Shop\",\n \"errors\": [\n  {\"code\": \"0042\", \"causes\": [\"a\", \"b\"]},\n  {\"code\": \"B\"}\n ],\n \"x-n\": 1e3\n}\n",
			`2:2 "catalog": 2:13 "shop"
3:2 "title": 3:11 "Shop"
4:2 "errors": 4:12 []
- 5:3 {5:4 "code": 5:12 "0042", 5:20 "causes": 5:30 [5:31 "a", 5:36 "b"]}
- 6:3 {6:4 "code": 6:12 "B"}
8:2 "x-n": 8:9 a number 1e3
`,
		},
		{
			"an empty list, then a list that is none",
			"errors: []\nerrors: {a: 1}\nerrors:\n",
			"1:1 \"errors\"~: 1:9 []\n2:1 \"errors\"~: 2:9 {2:10 \"a\"~: 2:13 a number 1~}\n3:1 \"errors\"~: 3:8 null ~\n",
			`{"errors": [], "errors": {"a": 1}, "errors": null}`,
			"1:2 \"errors\": 1:12 []\n1:16 \"errors\": 1:26 {1:27 \"a\": 1:32 a number 1}\n1:36 \"errors\": 1:46 null null\n",
		},
		{
			"an empty mapping", "{}", "", "{}", "",
		},
		{
			"columns count characters, also behind a byte order mark, on lines that end as on Windows",
			"\ufeff\"é\": 1\r\n\"😀\":\t['é', x]\r\n",
			"1:1 \"é\": 1:6 a number 1~\n2:1 \"😀\": 2:6 [2:7 \"é\", 2:12 \"x\"~]\n",
			"\ufeff{\"é\": 1,\r\n\"😀\":\t[\"é\", \"x\"]}\r\n",
			"1:2 \"é\": 1:7 a number 1\n2:1 \"😀\": 2:6 [2:7 \"é\", 2:12 \"x\"]\n",
		},
		{
			"what ends a line in YAML alone",
			"a: \"1\u20282\u0085 3\"\nb: 4",
			"1:1 \"a\"~: 1:4 \"1\\u20282 3\"\n2:1 \"b\"~: 2:4 a number 4~\n",
			"{\"a\": \"1\u20282\u0085\",\n\"b\": 4}",
			"1:2 \"a\": 1:7 \"1\\u20282\\u0085\"\n2:1 \"b\": 2:6 a number 4\n",
		},
		{
			"scalars",
			"a: [yes, 08001, 2.1, true, False, ~, null, 1_000, .inf, 2026-11-22, \"\\u00e9\\U0001f600\"]",
			`1:1 "a"~: 1:4 [1:5 "yes"~, 1:10 a number 08001~, 1:17 a number 2.1~, 1:22 a boolean true~, 1:28 a boolean False~, ` +
				`1:35 null ~~, 1:38 null null~, 1:44 a number 1_000~, 1:51 a number .inf~, 1:57 "2026-11-22"~, 1:69 "é😀"]` + "\n",
			`{"a": [-0, 1.50e+7, 123456789012345678901234567890, true, false, null, "\u00e9\ud83d\ude00\/\n"]}`,
			`1:2 "a": 1:7 [1:8 a number -0, 1:12 a number 1.50e+7, 1:21 a number 123456789012345678901234567890, ` +
				`1:53 a boolean true, 1:59 a boolean false, 1:66 null null, 1:72 "é😀/\n"]` + "\n",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, side := range []struct {
				format     Format
				text, want string
			}{{YAML, c.yaml, c.inYAML}, {JSON, c.json, c.inJSON}} {
				if got := dump(strings.NewReader(side.text), side.format); got != side.want {
					t.Errorf("%v:\n%s\nwant:\n%s", side.format, got, side.want)
				}
				if got := dump(iotest.OneByteReader(strings.NewReader(side.text)), side.format); got != side.want {
					t.Errorf("%v, byte by byte:\n%s\nwant:\n%s", side.format, got, side.want)
				}
				if got := dump(iotest.DataErrReader(strings.NewReader(side.text)), side.format); got != side.want {
					t.Errorf("%v, the end with the data:\n%s\nwant:\n%s", side.format, got, side.want)
				}
			}
		})
	}
}

// What YAML has and JSON has not.
func TestReadYAML(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"blocks", "a: |\n  x\n  y\nb: >-\n  x\n  y\nc: x\n  y\n", `1:1 "a"~: 1:4 "x\ny\n"
4:1 "b"~: 4:4 "x y"
7:1 "c"~: 7:4 "x y"~
`},
		{"the tags of text, lists and mappings", "a: !!str 42\nb: ! 42\nc: !!map {d: !!seq []}\n", `1:1 "a"~: 1:4 "42"
2:1 "b"~: 2:4 "42"
3:1 "c"~: 3:4 {3:11 "d"~: 3:14 []}
`},
		{"an alias has its own place", "a: &x {k: v}\nb: *x\n", `1:1 "a"~: 1:4 {1:8 "k"~: 1:11 "v"~}
2:1 "b"~: 2:4 {1:8 "k"~: 1:11 "v"~}
`},
		{"an alias as the list, and as a key", "a: &x [1, &k 2]\nerrors: *x\n*k : 3\n", `1:1 "a"~: 1:4 [1:8 a number 1~, 1:11 a number 2~]
2:1 "errors"~: 2:9 []
- 1:8 a number 1~
- 1:11 a number 2~
3:1 a number 2~: 3:6 a number 3~
`},
		{"nothing is merged", "a: &x {k: v}\n<<: *x\n", `1:1 "a"~: 1:4 {1:8 "k"~: 1:11 "v"~}
2:1 "<<"~: 2:5 {1:8 "k"~: 1:11 "v"~}
`},
		{"keys repeat", "a: 1\na: 2\n: 3\n404: 4", `1:1 "a"~: 1:4 a number 1~
2:1 "a"~: 2:4 a number 2~
3:1 null ~: 3:3 a number 3~
4:1 a number 404~: 4:6 a number 4~
`},
		{"a document with its marks", "%YAML 1.1\n---\na: 1\n...\n", "3:1 \"a\"~: 3:4 a number 1~\n"},
	} {
		if got := dump(strings.NewReader(c.text), YAML); got != c.want {
			t.Errorf("%s:\n%s\nwant:\n%s", c.name, got, c.want)
		}
	}
}

func TestErrors(t *testing.T) {
	for _, c := range []struct {
		format     Format
		text, want string
	}{
		{JSON, "", "1:1: the file is empty"},
		{JSON, "\ufeff \n", "1:1: the file is empty"},
		{JSON, "[]", "1:1: expected a mapping at the top, not a list"},
		{JSON, "\n \"x\"", "2:2: expected a mapping at the top, not text"},
		{JSON, "nul", "1:4: unexpected end of the file"},
		{JSON, `{"a":1} {`, "1:9: expected the end of the file"},
		{JSON, `{"a":1}}`, `1:8: expected the end of the file, not "}"`},
		{JSON, `{"a":1}, `, `1:8: expected the end of the file, not ","`},
		{JSON, `{"a":1}x`, `1:8: expected the end of the file, not "x"`},
		{JSON, `{`, "1:2: unexpected end of the file"},
		{JSON, `{"a`, "1:4: unexpected end of the file"},
		{JSON, `{"a":[1,`, "1:9: unexpected end of the file"},
		{JSON, `{"a" 1}`, `1:6: expected a colon, not "1"`},
		{JSON, `{"a":}`, `1:6: expected a value, not "}"`},
		{JSON, `{"a":,}`, `1:6: expected a value, not ","`},
		{JSON, `{"a","b"}`, `1:5: expected a colon, not ","`},
		{JSON, `{"a"}`, `1:5: expected a colon, not "}"`},
		{JSON, `{"é": 1 "b": 2}`, `1:9: expected a comma or "}", not "\""`},
		{JSON, `{"é": 1: 2}`, `1:8: expected a comma or "}", not ":"`},
		{JSON, `{"a": 1,}`, "1:8: a comma with nothing after it"},
		{JSON, `{"a": [1,]}`, "1:9: a comma with nothing after it"},
		{JSON, `{"a": [1,,2]}`, `1:10: expected a value, not ","`},
		{JSON, `{,}`, `1:2: expected a key in double quotes or "}", not ","`},
		{JSON, `{"a": [,]}`, `1:8: expected a value, not ","`},
		{JSON, `{"a": [1 2]}`, `1:10: expected a comma or "]", not "2"`},
		{JSON, `{"a": [1}`, `1:9: expected a comma or "]", not "}"`},
		{JSON, `{"a": 1]`, `1:8: expected a comma or "}", not "]"`},
		{JSON, `{a: 1}`, `1:2: expected a key in double quotes or "}", not "a"`},
		{JSON, `{"a": 1, 'b': 2}`, `1:10: expected a key in double quotes, not "'"`},
		{JSON, `{1: 1}`, `1:2: expected a key in double quotes or "}", not "1"`},
		{JSON, `{"a": 1, 2: 2}`, `1:10: expected a key in double quotes, not "2"`},
		{JSON, `{"a": 'x'}`, `1:7: expected a value, not "'"`},
		{JSON, `{"a": 1 // x` + "\n}", `1:9: expected a comma or "}", not "/"`},
		{JSON, `{"a": nulx}`, "1:10: neither a number nor true, false or null"},
		{JSON, `{"a": 01}`, `1:8: expected a comma or "}", not "1"`},
		{JSON, `{"a": 1.}`, "1:9: neither a number nor true, false or null"},
		{JSON, `{"a": +1}`, `1:7: expected a value, not "+"`},
		{JSON, "{\"a\": \"é\\x\"}", "1:9: an escape that JSON does not have"},
		{JSON, `{"a": "\ud800"}`, "1:8: an escape that JSON does not have"},
		{JSON, "{\"a\": \"é\n\"}", "1:9: the character U+000A in text must be escaped"},
		{JSON, "{\"a\": \x00}", `1:7: expected a value, not "\x00"`},
		{JSON, "{\"a\":\n \"é\xff\"}", "2:4: the file is not UTF-8"},
		{JSON, "{\"a\": \"\xed\xa0\x80\"}", "1:8: the file is not UTF-8"},
		{JSON, "{\"a\": \"\xc3", "1:8: the file is not UTF-8"},
		{JSON, "{\"a\": 1 x\xff", `1:9: expected a comma or "}", not "x"`},
		{JSON, "\xff\xfe{\x00}\x00", "1:1: the file is UTF-16, not UTF-8"},
		{JSON, "\x00{\x00}", "1:1: the file is UTF-16, not UTF-8"},
		{JSON, `{"a": ` + strings.Repeat("[", 2000), "1:106: nested deeper than 100 levels"},
		{JSON, `{"a": ` + strings.Repeat(`{"b":`, 2000), "1:502: nested deeper than 100 levels"},
		{JSON, `{"errors": [` + strings.Repeat("[", 2000), "1:111: nested deeper than 100 levels"},

		{YAML, "", "1:1: the file is empty"},
		{YAML, "\ufeff# only a comment\n", "1:1: the file is empty"},
		{YAML, "---\n", "1:1: the file is empty"},
		{YAML, "- a\n", "1:1: expected a mapping at the top, not a list"},
		{YAML, "# c\nnull\n", "2:1: expected a mapping at the top, not null"},
		{YAML, "a: 1\n---\nb: 1\n", "2:1: a second document; the file may hold one"},
		{YAML, "a: 1\n---\n", "2:1: a second document; the file may hold one"},
		{YAML, "a: 1\n---\nb: [\n", "4:1: expected a value"},
		{YAML, "%YAML 1.2\n---\na: 1\n", "1:1: a %YAML line can only say 1.1: leave it out"},
		{YAML, "{a: 1}}", "1:7: expected the end of the file"},
		{YAML, "é: é: é", "1:5: a key is not allowed here: check the indentation, or quote the text"},
		{YAML, "a: b\nfoo\nc: d\n", "3:1: expected ':' while scanning a simple key that begins at line 2"},
		{YAML, "a: 1\n  - b\nc: - d\n", "3:4: a list item is not allowed here: check the indentation, or quote the text"},
		{YAML, "a:\n\t- b\n", "2:1: a value cannot begin like this: quote it, and indent with spaces"},
		{YAML, "a: @b\n", "1:4: a value cannot begin like this: quote it, and indent with spaces"},
		{YAML, "a: \"é\nb: 1\n", "3:1: found unexpected end of the file while scanning a quoted text that begins at line 1"},
		{YAML, "a: \"\\q\"", "1:5: found unknown escape character"},
		{YAML, "a: [b\n\nc: d", "3:2: expected ',' or ']' while parsing a list that begins at line 1"},
		{YAML, "a: [b,, c]", "1:7: expected a value"},
		{YAML, "é: 1\né: \"é\x01\"\n", "2:6: the character U+0001 is not allowed"},
		{YAML, "a: *b\n", "1:4: unknown anchor 'b' referenced"},
		{YAML, "é: &x [1, *x]\n", "1:11: the alias \"x\" stands inside its own value"},
		{YAML, "&x a: &y {b: &z {c: *y}}\n", "1:21: the alias \"y\" stands inside its own value"},
		{YAML, "a: !b c\n", "1:4: the tag \"!b\" is not supported"},
		{YAML, "a: !!binary aGk=\n", "1:4: the tag \"!!binary\" is not supported"},
		{YAML, "a: !!set {b}\n", "1:4: the tag \"!!set\" is not supported"},
		{YAML, "a: [!!int 4]\n", "1:5: the tag \"!!int\" is not supported"},
		{YAML, "!<tag:example.org,2000:x> a: 1\n", "1:1: the tag \"tag:example.org,2000:x\" is not supported"},
		{YAML, "a:\n  [b]: c\n", "2:3: a key must be text, not a list"},
		{YAML, "a: 1\n? {b: c}\n", "2:3: a key must be text, not a mapping"},
		{YAML, "a:\n  é\xff\n", "2:4: the file is not UTF-8"},
		{YAML, "a: [\xff\n", "1:5: the file is not UTF-8"},
		{YAML, "\xfe\xff\x00a", "1:1: the file is UTF-16, not UTF-8"},
		{YAML, "a\x00:\x00", "1:1: the file is UTF-16, not UTF-8"},
		{YAML, "a: " + strings.Repeat("[", 2000), "1:104: nested deeper than 100 levels"},
		{YAML, "a: " + strings.Repeat("{b: ", 2000), "1:404: nested deeper than 100 levels"},
		{YAML, "a:\n " + strings.Repeat("- ", 2000), "2:200: nested deeper than 100 levels"},
		{YAML, strings.Repeat("? ", 2000), "1:201: nested deeper than 100 levels"},
		{YAML, bomb(), "6:25: aliases expand to more than 64 MiB"},
	} {
		name := c.text[:min(len(c.text), 40)]
		begin := time.Now()
		got := dump(strings.NewReader(c.text), c.format)
		if took := time.Since(begin); took > 5*time.Second { // far less, but machines can be busy
			t.Errorf("%v %q took %v", c.format, name, took)
		}
		lines := strings.Split(strings.TrimSuffix(got, "\n"), "\n")
		if last := lines[len(lines)-1]; last != c.want {
			t.Errorf("%v %q:\n%s\nwant %s", c.format, name, last, c.want)
		}
		if byBytes := dump(iotest.OneByteReader(strings.NewReader(c.text)), c.format); byBytes != got {
			t.Errorf("%v %q, byte by byte:\n%s\nwant\n%s", c.format, name, byBytes, got)
		}
	}
}

// bomb returns a few lines that stand for ten thousand million values.
func bomb() string {
	var b strings.Builder
	b.WriteString("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n")
	for i := 1; i < 10; i++ {
		fmt.Fprintf(&b, "a%d: &a%d [%s]\n", i, i, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d, ", i-1), 10), ", "))
	}
	return b.String() + "b: [*a9]\n"
}

// A level is one list or mapping; a hundred of them are fine, in both formats.
func TestDepth(t *testing.T) {
	for levels, want := range map[int]bool{100: true, 101: false} {
		text := `{"a": ` + strings.Repeat("[", levels-1) + strings.Repeat("]", levels-1) + "}"
		for _, f := range []Format{YAML, JSON} {
			if ok := !strings.Contains(dump(strings.NewReader(text), f), "nested"); ok != want {
				t.Errorf("%d levels of %v: %v, want %v", levels, f, ok, want)
			}
		}
	}
}

// The reader's errors are its own, after what was read before them.
func TestReaderFails(t *testing.T) {
	broken := errors.New("the disk is broken")
	for _, f := range []Format{YAML, JSON} {
		for _, text := range []string{"", "{", `{"a": 1`, `{"a": 1, "errors": [{"b": "`} {
			r := io.MultiReader(strings.NewReader(text), iotest.ErrReader(broken))
			var last error
			for _, err := range Read(r, f, "errors") {
				if last != nil {
					t.Errorf("%v %q goes on after an error", f, text)
				}
				last = err
			}
			if !errors.Is(last, broken) {
				t.Errorf("%v %q: %v", f, text, last)
			}
		}
	}
}

// Whoever has seen enough stops.
func TestStop(t *testing.T) {
	for _, f := range []Format{YAML, JSON} {
		for stop := 1; stop <= 5; stop++ {
			seen := 0
			for _, err := range Read(strings.NewReader(`{"a": 1, "errors": [1, 2], "b": 2}`), f, "errors") {
				if err != nil {
					t.Fatal(err)
				}
				if seen++; seen == stop {
					break
				}
			}
			if seen != stop {
				t.Errorf("%v: %d parts, want %d", f, seen, stop)
			}
		}
	}
}

// A part of JSON is there as soon as the text has come that tells it.
func TestStream(t *testing.T) {
	parts := []string{`{"a`, `": 1, "errors": [`, "1 ,", "[2]", `, "3"`, "], ", `"b": 2, `, "}"}
	read := 0
	r := readerFunc(func(p []byte) (int, error) {
		read++
		return copy(p, parts[read-1]), nil
	})
	want := []int{2, 2, 3, 4, 5, 7}
	var got []int
	for _, err := range Read(r, JSON, "errors") {
		if err != nil {
			break
		}
		got = append(got, read)
	}
	if !slices.Equal(got, want) {
		t.Errorf("parts came after %v reads, want %v", got, want)
	}
}

type readerFunc func(p []byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

func TestFormatOf(t *testing.T) {
	for name, want := range map[string]string{
		"a.yaml": "yaml", "a/b.yml": "yaml", "A.JSON": "json", ".yaml": "yaml", "a.json.gz": "", "yaml": "", "a.yaml/b": "",
	} {
		f, ok := FormatOf(name)
		if ok != (want != "") || ok && f.String() != want {
			t.Errorf("%q: %v %v", name, f, ok)
		}
	}
}

func TestAppendJSON(t *testing.T) {
	for _, c := range []struct {
		format     Format
		text, want string
	}{
		{YAML, `x: {b: 0042, a: [1e3, -2.50, 1e400, .5, +1, .inf, 0x1F], 7: ~, "": , t: TRUE, s: "\x01<\u2028\"é"}`,
			`{"b":"0042","a":[1e3,-2.50,1e400,".5","+1",".inf","0x1F"],"7":null,"":null,"t":true,"s":"\u0001<` + "\u2028" + `\"é"}`},
		{JSON, `{"x": {"b": 1.0E+2, "a": [], "b": {}, "t": [true, false, null], "s": "\u007f\/\t"}}`,
			`{"b":1.0E+2,"a":[],"b":{},"t":[true,false,null],"s":"` + "\x7f" + `/\t"}`},
	} {
		for part, err := range Read(strings.NewReader(c.text), c.format, "") {
			if err != nil {
				t.Fatal(err)
			}
			if got := string(part.Value.AppendJSON(nil)); got != c.want {
				t.Errorf("%v:\n%s\nwant\n%s", c.format, got, c.want)
			}
		}
	}
}

// large writes a catalog of n entries of about 700 bytes, in both formats.
func large(n int, f Format) []byte {
	var b bytes.Buffer
	b.WriteString("{\"catalog\": \"large\", \"title\": \"Large\", \"errors\": [\n")
	if f == YAML {
		b.Reset()
		b.WriteString("catalog: large\ntitle: Large\nerrors:\n")
	}
	for i := range n {
		if f == YAML {
			b.WriteString("- ")
		} else if i > 0 {
			b.WriteString(",\n")
		}
		fmt.Fprintf(&b, `{"code": "LARGE-%d", "title": "The large request number %d was refused", "status": %d, "severity": "error", `, i, i, 400+i%100)
		fmt.Fprintf(&b, `"description": "The service could not handle request %d because one of its parts was not where it was expected to be.", `, i)
		b.WriteString(`"causes": ["The client sent a body that is larger than the limit of the route", "A proxy between the two changed the length", "The limit was lowered"], `)
		b.WriteString(`"resolution": "Send less at a time, or ask for a higher limit.\nThen try again after a minute.", "retryable": false, `)
		b.WriteString(`"keywords": ["limit", "body", "proxy"], "aliases": [], "links": [{"title": "Guide", "url": "https://docs.example.com/errors/large"}], "since": "2.1"}`)
		if f == YAML {
			b.WriteString("\n")
		}
	}
	if f == JSON {
		b.WriteString("\n]}\n")
	}
	return b.Bytes()
}

func TestLarge(t *testing.T) {
	const n = 1000
	for _, f := range []Format{YAML, JSON} {
		items, lines := 0, 0
		for part, err := range Read(bytes.NewReader(large(n, f)), f, "errors") {
			if err != nil {
				t.Fatal(err)
			}
			if part.Item {
				items, lines = items+1, part.Value.Line
			}
		}
		if items != n || lines < n {
			t.Errorf("%v: %d items, the last at line %d", f, items, lines)
		}
	}
}

func BenchmarkRead(b *testing.B) {
	for _, f := range []Format{JSON, YAML} {
		b.Run(f.String(), func(b *testing.B) {
			text := large(10000, f)
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				for _, err := range Read(bytes.NewReader(text), f, "errors") {
					if err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}
