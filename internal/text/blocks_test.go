package text

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	goldmarktext "github.com/yuin/goldmark/text"
)

func TestBlocks(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"nothing", " \n\t\r\n\r", ""},
		{"paragraphs", "a\n  b \n\n\nc", `p"a|b" +p"c"`},
		{"CR LF", "a\r\nb\r\n\r\nc\r", `p"a|b" +p"c"`},
		{"a carriage return within", "a\rb", `p"a\rb"`},
		{"headings", "# a\n## b ##\nc\n### d#\n#e\n#\n####### f\n#\tg # \n", `h1"a" h2"b" p"c" h3"d#" p"#e" h1"" p"####### f" h1"g"`},
		{"headings by a line below", "a\nb\n===\nc\n-\n\n---", `h1"a|b" h2"c" +b"---"`},
		{"lines across", "a\n***\n* * *\n___\n- - x", `p"a" b"***" b"* * *" b"___" i"-" 1i"-" 2p"x"`},
		{"list", "a\n- b\n  c\nd\n* e\n\n+ f", `p"a" i"-" 1p"b|c|d" i"*" 1p"e" +i"+" 1p"f"`},
		{"numbers", "1. a\n2) b\n10. c\n\n7. d", `i"1." 1p"a" i"2)" 1p"b" i"10." 1p"c" +i"7." 1p"d"`},
		{"numbers in a paragraph", "room\n101. b\n1. c\n2. d", `p"room|101. b" i"1." 1p"c" i"2." 1p"d"`},
		{"no markers", "-a\n+b\n1.c\n1234567890. d\n\\- e", `p"-a|+b|1.c|1234567890. d|\\- e"`},
		{"nested", "- a\n  - b\n\n    c\n  - d\n- e", `i"-" 1p"a" 1i"-" 2p"b" +2p"c" 1i"-" 2p"d" i"-" 1p"e"`},
		{"nested by tabs", "-\ta\n\t1. b", `i"-" 1p"a" 1i"1." 2p"b"`},
		{"nested in a line", "- 1. + a\n       b", `i"-" 1i"1." 2i"+" 3p"a|b"`},
		{"empty items", "-\n- \n  a\n-\n\n  b", `i"-" i"-" 1p"a" i"-" +p"b"`},
		{"fenced", "a\n```go x\nb\n\n  c \n````\nd", `p"a" c"b||  c "(go x) p"d"`},
		{"fenced by tildes", " ~~~~\n  a\n~~~\n```\n ~~~~", `c" a|~~~|` + "```" + `"`},
		{"fenced in an item", "- ~~~\n  a\n\n   b\n  ~~~\n  c\n- ```\n  d\ne", `i"-" 1c"a|| b" 1p"c" i"-" 1c"d" p"e"`},
		{"a fence that stays open", "```\na\n\n", `c"a"`},
		{"no fences", "``\n```a`\n~~", "p\"``|```a`|~~\""},
		{"indented", "    a\n\n\n      b\n\tc\n\nd\n    e", `c"a|||  b|c" +p"d|e"`},
		{"indented in items", "-     a\n\n      b\n1.\n       c", `i"-" 1c"a||b" i"1." 1c"c"`},
		{"quotes", "a\n> b\n > c\nd\n- > e\n  > f", `p"a" q"> b|> c" p"d" i"-" 1q"> e|> f"`},
		{"lazy lines", "- - a\nb\n    c\n  d", `i"-" 1i"-" 2p"a|b|c|d"`},
	} {
		var all []string
		for b := range Blocks(test.text) {
			all = append(all, inShort(test.text, b))
		}
		if got := strings.Join(all, " "); got != test.want {
			t.Errorf("%s: %q is\n%s, not\n%s", test.name, test.text, got, test.want)
		}
		holdBlocks(t, test.text)
	}
}

// inShort is a block in a few characters: +2p"a|b" is a paragraph of two lines
// within two items, after a blank line.
func inShort(s string, b Block) string {
	lines := make([]string, len(b.Lines))
	for i, line := range b.Lines {
		lines[i] = s[line.Start:line.End]
	}
	short := fmt.Sprintf("%c%q", "phicqb"[b.Kind], strings.Join(lines, "|"))
	switch {
	case b.Kind == Item:
		short = fmt.Sprintf("i%q", s[b.Marker.Start:b.Marker.End])
	case b.Kind == Heading:
		short = fmt.Sprintf("h%d%s", b.Level, short[1:])
	case b.Info.End > b.Info.Start:
		short += "(" + s[b.Info.Start:b.Info.End] + ")"
	}
	if b.Depth > 0 {
		short = fmt.Sprint(b.Depth) + short
	}
	if b.Apart {
		short = "+" + short
	}
	return short
}

// holdBlocks checks what Blocks promises: no byte but blanks is lost or taken
// twice, and no end of a line is part of one.
func holdBlocks(t *testing.T, s string) {
	t.Helper()
	var end, inner int
	lost := func(start, end int, closing string) {
		if left := strings.Trim(s[start:end], " \t\r\n"); strings.Trim(left, closing) != "" {
			t.Fatalf("%q: %q is lost", s, left)
		}
	}
	for b := range Blocks(s) {
		if b.Start < end || b.End < b.Start || b.Start == b.End {
			t.Fatalf("%q: %+v begins before %d or ends before it begins", s, b, end)
		}
		lost(end, b.Start, "")
		parts := append([]Extent{}, b.Lines...)
		closing := ""
		switch b.Kind {
		case Heading:
			closing = "#"
			if len(parts) > 0 && b.Marker.Start > parts[0].Start {
				parts, closing = append(parts, b.Marker), ""
			} else {
				parts = append([]Extent{b.Marker}, parts...)
			}
		case Item:
			parts = append(parts, b.Marker)
		case Code:
			if b.Marker.End > 0 {
				closing = s[b.Marker.Start : b.Marker.Start+1]
				parts = append([]Extent{b.Marker, b.Info}, parts...)
			}
		}
		inner = b.Start
		for _, p := range parts {
			if p.Start < inner || p.End < p.Start {
				t.Fatalf("%q: %+v takes something twice at %d", s, b, p.Start)
			}
			lost(inner, p.Start, "")
			inner = p.End
			if line := s[p.Start:p.End]; strings.Contains(line, "\n") || strings.HasSuffix(line, "\r") {
				t.Fatalf("%q: %q holds the end of a line", s, line)
			} else if b.Kind != Code && strings.Trim(line, " \t") != line {
				t.Fatalf("%q: %q has blanks around it", s, line)
			}
		}
		lost(min(inner, b.End), b.End, closing)
		end = b.End
	}
	lost(end, len(s), "")
}

func FuzzBlocks(f *testing.F) {
	for _, s := range []string{
		"a\nb\n\n- c\n  d\ne\n  1. f\n\n```g\nh\n```\n    i\n> j\n***\n# k #", "-\n\n  a", "- ```\n a", "\t- a\n\t\tb", "a\r\r\n\r \r\nb\r", "~~~\n\n ~~~ \n~~~~", "# #\n#\t\r\n##\t#", "-    \ta\n\n\t b", " \r- a\r", "# \r #",
	} {
		f.Add(s)
	}
	f.Fuzz(holdBlocks)
}

// ordinary is texts as people write them.
var ordinary = []string{
	"One line.",
	"A text that\nwas wrapped\nby hand.\n\nAnd its second\nparagraph.",
	"Check:\n\n1. the token\n2. the clock,\n   which may be off\n3. the rest\n\nThen try again.",
	"Check:\n- the token\n- the clock,\nwhich may be off\n  - by a second\n  - by a minute\n\n    or an hour\n- the rest",
	"Run\n\n    errcode get A-1\n      -o json\n\n    errcode list\n\nor\n\n```sh\nerrcode  status\n\n\techo done\n```\n\nand wait.",
	"* loose\n\n* items\n\n  of two paragraphs\n\n      and code\n\n* end",
	"- ```\n  code\n  ```\n- ~~~~ yaml\n  a:\n   - b\n  ~~~\n  ~~~~\n\n  after",
	"A heading\n=========\n\nText\n\nAnother\n---\n\n# Third #\nText\n***\nText",
	"1986. A great year.\n\nThe year\n1986. was great\n- a\n-\n- c",
	"a\r\nb\r\n\r\n- c\r\n  d\r\n\r\n```\r\ne\r\n```\r\n",
	"10) ten\n11) eleven\n\n    hanging\n\n+ plus\n\t+ nested by a tab\n\t\n\t  code or not",
	"`a` *b*\n- [ ] c\n- [x] d\n  - e\n    - f\n      - g\n  back\nlazy",
	"-     code\n-    four\n- - - a\n      b\n\n    c",
	"Text\n    not code\n\n     code\n\n- a\n\n\n  b\n\n\n\n      code\n\n\n\n      too\n",
}

// TestBlocksAsGoldmark holds the blocks of texts against those of a full reader.
func TestBlocksAsGoldmark(t *testing.T) {
	for _, s := range ordinary {
		if got, want := outline(s), goldmarkOutline(s); got != want {
			t.Errorf("%q is\n%s, not\n%s", s, got, want)
		}
		holdBlocks(t, s)
	}
}

// outline is the blocks of a text, each a line.
func outline(s string) string {
	var b strings.Builder
	for block := range Blocks(s) {
		name := []string{"Paragraph", "Heading", "ListItem", "Code", "", "ThematicBreak"}[block.Kind]
		fmt.Fprintf(&b, "%d %s", block.Depth, name)
		if block.Kind != Break {
			for _, line := range block.Lines {
				fmt.Fprintf(&b, " %q", s[line.Start:line.End])
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}

func goldmarkOutline(s string) string {
	var b strings.Builder
	depth := 0
	_ = ast.Walk(goldmark.DefaultParser().Parse(goldmarktext.NewReader([]byte(s))), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if n.Kind() == ast.KindListItem && !entering {
			depth--
		}
		if !entering || n.Type() != ast.TypeBlock {
			return ast.WalkContinue, nil
		}
		name := strings.NewReplacer("TextBlock", "Paragraph", "FencedCodeBlock", "Code", "CodeBlock", "Code").Replace(n.Kind().String())
		if name == "Document" || name == "List" {
			return ast.WalkContinue, nil
		}
		fmt.Fprintf(&b, "%d %s", depth, name)
		if name == "ListItem" {
			depth++
		} else {
			for i := range n.Lines().Len() {
				line := n.Lines().At(i)
				text := strings.TrimRight(string(line.Value([]byte(s))), "\r\n")
				if name != "Code" {
					text = strings.Trim(text, " \t\r")
				}
				fmt.Fprintf(&b, " %q", text)
			}
		}
		b.WriteString("\n")
		return ast.WalkContinue, nil
	})
	return b.String()
}

// TestBlocksOfHostileTexts reads texts that nest and repeat without end. What is
// linear takes milliseconds here, what is not takes minutes.
func TestBlocksOfHostileTexts(t *testing.T) {
	for name, s := range hostile(1 << 20) {
		began := time.Now()
		for range Blocks(s) {
		}
		if took := time.Since(began); took > 10*time.Second {
			t.Errorf("%s: a megabyte takes %v", name, took)
		}
	}
}

// hostile is texts of about n bytes.
func hostile(n int) map[string]string {
	repeat := func(s string) string { return strings.Repeat(s, n/len(s)) }
	deep := strings.Repeat("- ", 40)
	return map[string]string{
		"quotes in a line": repeat("> "),
		"items in a line":  repeat("- "),
		"items and a word": repeat("- ") + "a",
		"items by lines":   repeat("-\n"),
		"items, then lazy": deep + repeat("a\n"),
		"items, then none": deep + repeat("\n"),
		"blanks":           repeat(" ") + "a" + repeat(" "),
		"items and blanks": deep + "a" + repeat(" "),
		"backticks":        repeat("`"),
		"fences":           repeat("```\n"),
		"open fences":      repeat("``` `\n"),
		"fence and blanks": "```\n" + repeat("\n"),
		"code and blanks":  "    a\n" + repeat(" \n"),
		"hashes":           repeat("#"),
		"headings":         repeat("# #\n"),
		"returns":          repeat("\r"),
		"lines":            repeat("a\n"),
		"numbers":          repeat("1"),
		"nested numbers":   repeat("1. "),
		"breaks":           repeat("* "),
		"tabs":             repeat("\t"),
	}
}

func BenchmarkBlocks(b *testing.B) {
	ordinary := strings.Join(ordinary, "\n\n")
	texts := hostile(1 << 20)
	texts["ordinary"] = strings.Repeat(ordinary, (1<<20)/len(ordinary))
	for name, s := range texts {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(s)))
			for b.Loop() {
				for range Blocks(s) {
				}
			}
		})
	}
}
