package render

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/errcode-cli/errcode/internal/entry"
	"github.com/errcode-cli/errcode/internal/text"
)

func TestFill(t *testing.T) {
	for _, test := range []struct {
		name  string
		text  string
		width int
		want  string
	}{
		{"a paragraph", "one\ntwo\nthree four\n", 9, "one two|three|four"},
		{"paragraphs", "\none\r\ntwo\r\n\r\n\r\nthree\r\n", 20, "one two||three"},
		{"a line", "  - one two", 8, "  - one|two"},
		{"a line that looks like a fence", "~~~ three\n", 20, "~~~ three"},
		{"items", "one:\n- two\nthree\n- four\n\n  five\n\n  23. six\n  24. seven eight", 14, "one:|- two three|- four||  five||  23. six|  24. seven|      eight"},
		{"items that hold nothing", "- one\n-\n- -\n1.", 20, "- one|-|- -|1."},
		{"items in items", "- 1) one\n     two\n  2) three", 10, "- 1) one|     two|  2) three"},
		{"deeper than the width", "1. 2. 3. one two\n         three", 8, "1. 2. 3.|    one|    two|    three"},
		{"code", "one\n\n\n    two  three\n\n      four\n```go\nfive\n```\nsix\nseven", 40, "one||  two  three||    four|  five|six seven"},
		{"code wider than the page", "~~~\none two three\nfourfivesix\n~~~", 10, "  one two|  three|  fourfivesix"},
		{"code in an item", "- ```\n\n  one\n  ```\n- \n      two", 10, "-||    one|-   two"},
		{"tabs", "one\ttwo\n~~~\n\tx\na\tb\n\u00e9\u00e9\u00e9\u00e9\tc", 40, "one two|      x|  a   b|  éééé    c"},
		{"headings and lines", "# one #\ntwo\nthree\n===\n***\n> four\n> five", 20, "# one #|two three|===|***|> four|> five"},
		{"a carriage return within", "one\rtwo\n\x1bthree", 40, `one\x0dtwo \x1bthree`},
	} {
		var lines []string
		for _, line := range fill(styled{}, styled{text: test.text}, test.width) {
			lines = append(lines, line.text)
		}
		if got := strings.Join(lines, "|"); got != test.want {
			t.Errorf("%s: %q in %d columns is\n%s, not\n%s", test.name, test.text, test.width, got, test.want)
		}
	}
}

// TestFillLead sets a label before texts that begin with different blocks.
func TestFillLead(t *testing.T) {
	for s, want := range map[string]string{
		"":             "L:",
		"one\ntwo":     "L: one two",
		"- one\n- two": "L:|- one|- two",
		"```\none\n":   "L:|  one",
	} {
		var lines []string
		for _, line := range fill(colored(label, "L:"), styled{text: s}, 40) {
			lines = append(lines, line.text)
		}
		if got := strings.Join(lines, "|"); got != want {
			t.Errorf("%q is %s, not %s", s, got, want)
		}
	}
}

// TestFillKeepsMarks follows the words that matched a search to their new lines.
func TestFillKeepsMarks(t *testing.T) {
	s := "a \x1b one\r\nthe word\nand\n\n- it\n  word  \n\n```\n\tword\tx\n```\nword"
	marked := styled{text: s}
	for at := 0; ; {
		n := strings.Index(s[at:], "word")
		if n < 0 {
			break
		}
		marked.spans = append(marked.spans, span{at + n, at + n + 4, mark})
		at += n + 4
	}
	for width := 1; width < 60; width++ {
		found := 0
		for _, line := range fill(styled{}, marked, width) {
			for _, s := range line.spans {
				if found++; line.text[s.start:s.end] != "word" {
					t.Errorf("in %d columns %q is marked in %q", width, line.text[s.start:s.end], line.text)
				}
			}
		}
		if found != len(marked.spans) {
			t.Errorf("%d of %d marks in %d columns", found, len(marked.spans), width)
		}
	}
}

// markers is what may stand before the text of a line.
var markers = regexp.MustCompile(`^( *([-+*]|\d+[.)]) )*`)

// FuzzFill checks what fill promises: no line ends in a blank or is too wide
// unless it is a word behind its marker, and but for fences nothing is lost.
func FuzzFill(f *testing.F) {
	f.Add("one\ntwo\n- three\n  1. four\n~~~\n\tfive\n~~~\n# six #\n> seven\n\n    eight\n", 12)
	f.Add("- - - - - - a\n\n              b c", 5)
	f.Fuzz(func(t *testing.T, s string, width int) {
		if width < 1 || width > 300 {
			return
		}
		var want, got strings.Builder
		for b := range blocksOf(s) {
			for _, line := range linesOf(styled{text: s}, b) {
				want.WriteString(text.Visible(line.text))
			}
		}
		for _, line := range fill(styled{}, styled{text: s}, width) {
			got.WriteString(line.text)
			if strings.HasSuffix(line.text, " ") {
				t.Errorf("%q in %d columns: %q ends in a blank", s, width, line.text)
			}
			word := strings.TrimLeft(line.text[len(markers.FindString(line.text)):], " ")
			if text.Columns(line.text) > width && text.Longest(word) < text.Columns(word) {
				t.Errorf("%q in %d columns: %q is too wide", s, width, line.text)
			}
		}
		if withoutBlanks(got.String()) != withoutBlanks(want.String()) {
			t.Errorf("%q in %d columns became %q", s, width, got.String())
		}
	})
}

// TestProseOfHostileTexts writes long texts that nest and repeat. What is linear
// takes milliseconds here, what is not takes minutes.
func TestProseOfHostileTexts(t *testing.T) {
	deep := strings.Repeat("- ", 40) + "a\n"
	for _, s := range []string{"> ", "- ", "`", "a\n", "-\n", "- a\n", "```\n", "# a\n", "\t", deep, "a\tb", "    a\n"} {
		s = strings.Repeat(s, (1<<18)/len(s)) + "\nend"
		for _, f := range []Format{Text, Markdown} {
			began := time.Now()
			render(t, f, Each(of(entry.Entry{Code: "A-1", Title: "T", Description: s})), Options{TextWidth: 80})
			if took := time.Since(began); took > 20*time.Second {
				t.Errorf("%q over and over takes %v as %s", s[:4], took, f)
			}
		}
	}
}

// TestWrapCode keeps the indentation of a line of code that is wider than the page.
func TestWrapCode(t *testing.T) {
	for line, want := range map[string]string{
		"  if a {":                "  if a {",
		"    return fail(one) or": "    return|    fail(one)|    or",
		"a bcdefghijklmnop":       "a|bcdefghijklmnop",
		"             deep":       "deep",
	} {
		var got []string
		for _, part := range wrapCode(styled{text: line}, 14) {
			got = append(got, part.text)
		}
		if strings.Join(got, "|") != want {
			t.Errorf("%q: %q, want %q", line, got, want)
		}
	}
}
