package document

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"testing/iotest"
	"time"
	"unicode/utf8"
)

func FuzzYAML(f *testing.F) {
	for _, seed := range []string{
		"catalog: a\nerrors:\n  - code: 0042\n    causes: [a, \"b\\u00e9\", 'c']\n",
		"a: &x |\n  é\r\nb: [*x, !!str 1, ~, .inf]\n<<: {c: >-\n d}\n",
		"? [a]\n: b\n---\n...\n", "%TAG ! x\n--- # c\na: \tb\u2028c\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) { check(t, text, YAML) })
}

func FuzzJSON(f *testing.F) {
	for _, seed := range []string{
		`{"catalog": "a", "errors": [{"code": "\u00e9\ud83d\ude00"}, [1e3, -0.5, null, true]], "errors": {}}`,
		"\ufeff{\r\n\t\"é\": [[{}]],\n}", `{"a": "x` + "\xff", `{"errors": [1, 2`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		whole, err := check(t, text, JSON)
		text = bytes.TrimPrefix(text, []byte("\ufeff"))
		if err == nil {
			var got, want any
			if err := errors.Join(decode(whole, &got), decode(text, &want)); err != nil {
				t.Fatalf("read without error, but %v", err)
			}
			if !reflect.DeepEqual(got, want) {
				t.Fatalf("read as %s", whole)
			}
			return
		}
		allowed := regexp.MustCompile(`at the top|nested deeper`).MatchString(err.Error()) ||
			regexp.MustCompile(`(?i)\\ud[89a-f]`).Match(text) // half a character, which encoding/json lets pass
		if !allowed && utf8.Valid(text) && json.Valid(text) {
			t.Fatalf("valid, but %v", err)
		}
	})
}

func decode(text []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	return d.Decode(v)
}

// check reads a text and tries what must hold for any. It returns the document
// as JSON, or the error.
func check(t *testing.T, text []byte, f Format) (whole []byte, failure error) {
	begin := time.Now()
	lines := strings.Split(strings.TrimPrefix(string(text), "\ufeff"), "\n")
	inside := func(p Position) string {
		if p.Line < 1 || p.Line > len(lines) || p.Column < 1 {
			t.Fatalf("no such place: %v", p)
		}
		line := []rune(lines[p.Line-1])
		if p.Column > len(line)+1 {
			t.Fatalf("no such place: %v in %q", p, lines[p.Line-1])
		}
		return string(line[p.Column-1:])
	}

	var walk func(n *Node)
	walk = func(n *Node) {
		rest := inside(n.Position)
		if want := opening(n, f); !strings.HasPrefix(rest, want) && !strings.HasPrefix(rest, "&") && !strings.HasPrefix(rest, "*") {
			t.Fatalf("%v %q is not at %v: %q", n.Kind, want, n.Position, rest)
		}
		for _, item := range n.Items {
			walk(item)
		}
		for _, field := range n.Fields {
			walk(field.Key)
			walk(field.Value)
		}
	}

	top, list := &Node{Kind: Map}, (*Node)(nil)
	for part, err := range Read(bytes.NewReader(text), f, "errors") {
		if err != nil {
			failure = err
			break
		}
		walk(part.Value)
		if part.Item {
			list.Items = append(list.Items, part.Value)
			continue
		}
		walk(part.Key)
		list = part.Value
		top.Fields = append(top.Fields, part.Field)
	}
	if failure != nil {
		var e *Error
		if !errors.As(failure, &e) {
			t.Fatalf("an error without a place: %v", failure)
		}
		if strings.Contains(e.Message, "cannot be read as YAML") {
			t.Fatal("the library panicked")
		}
		if !strings.Contains(e.Message, "UTF-8") {
			inside(e.Position)
		}
	}
	whole = top.AppendJSON(nil)
	if !json.Valid(whole) {
		t.Fatalf("no JSON: %s", whole)
	}
	if took := time.Since(begin); took > 2*time.Second {
		t.Fatalf("took %v", took)
	}

	once := dump(bytes.NewReader(text), f)
	for _, r := range []io.Reader{iotest.HalfReader(bytes.NewReader(text)), iotest.OneByteReader(bytes.NewReader(text))} {
		if again := dump(r, f); again != once {
			t.Fatalf("read as\n%s\nand as\n%s", once, again)
		}
	}
	return whole, failure
}

// opening returns what must stand at the place of a node, as far as its value
// tells.
func opening(n *Node, f Format) string {
	switch {
	case f == JSON && n.Kind == List:
		return "["
	case f == JSON && n.Kind == Map:
		return "{"
	case f == JSON && n.Kind == String:
		return `"`
	case f == JSON:
		return n.Text
	case n.Plain && n.Text != "":
		_, size := utf8.DecodeRuneInString(n.Text)
		return n.Text[:size]
	}
	return ""
}
