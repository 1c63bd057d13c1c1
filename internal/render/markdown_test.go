package render

import (
	"bytes"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extensionAST "github.com/yuin/goldmark/extension/ast"
	goldmarktext "github.com/yuin/goldmark/text"

	"github.com/errcode-cli/errcode/internal/entry"
	"github.com/errcode-cli/errcode/internal/text"
)

func TestMarkdown(t *testing.T) {
	got := render(t, Markdown, Each(of(full, bare)), piped)
	for _, line := range []string{
		"## PAY-402: Payment \\<Required\\> \\& more (HTTP 402)\n\n- **Deprecated:** use PAY-409\n\nFirst line.\n\nThird line.\n\n",
		"**Messages:**\n\n- \\- card %s was declined\n\n**Possible causes:**\n\n- No funds.\n- No card.\n\n**Resolution:**\n\nPay.\n\n**Example (Pay twice):**\n\n```sh\ncurl -d x\n\n  y\n```\n\n" +
			"**Example:**\n\n```\n*z*\n```\n\n- **Retryable:** no\n- **Severity:** warning\n",
		"- **Link:** [Guide](<https://example.com/?a=1&amp;b=2>)\n- **x-on-call:** \\+1 \\<555\\> \\\\x1b 1\n- **x-weight:** 2\\.50\n- **Catalog:** shop\n\n## X-1: Bare\n",
	} {
		if !strings.Contains(got, line) {
			t.Errorf("it does not say\n%s\nbut\n%s", line, got)
		}
	}
	for language, want := range map[string]string{"sh": "sh", "C++": "C++", "": "", "mermaid": "", "Mermaid": "", "a`b": "", "{=html}": "", "objective-c": "objective-c"} {
		if got := info(language); got != want {
			t.Errorf("code in %q stands behind a fence with %q", language, got)
		}
	}
	want := "| CODE | STATUS | TITLE | MATCH |\n| --- | --- | --- | --- |\n| PAY-402 | 402 | Payment \\<Required\\> \\& more (deprecated) | code (pay), causes (card) |\n"
	if got := render(t, Markdown, Hits(of(hit)), Options{}); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

var markdown = goldmark.New(goldmark.WithExtensions(extension.GFM))

// shownAs is the text of a document as a reader of Markdown shows it, and the
// kinds of all that is in it.
func shownAs(source string) (shown string, kinds map[ast.NodeKind]int) {
	var b strings.Builder
	kinds = map[ast.NodeKind]int{}
	_ = ast.Walk(markdown.Parser().Parse(goldmarktext.NewReader([]byte(source))), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			switch n.Kind() {
			case ast.KindParagraph, ast.KindTextBlock, ast.KindHeading, extensionAST.KindTableCell:
				b.WriteString("\n")
			}
			return ast.WalkContinue, nil
		}
		kinds[n.Kind()]++
		if n.Kind() == ast.KindFencedCodeBlock {
			b.Write(n.Lines().Value([]byte(source)))
		}
		if t, ok := n.(*ast.Text); ok {
			b.Write(unescaped(t.Value([]byte(source))))
			if t.HardLineBreak() || t.SoftLineBreak() {
				b.WriteString("\n")
			}
		}
		return ast.WalkContinue, nil
	})
	return b.String(), kinds
}

// unescaped is what the escapes of a text stand for.
func unescaped(source []byte) []byte {
	var b bytes.Buffer
	for i := 0; i < len(source); i++ {
		if bytes.HasPrefix(source[i:], []byte("&#92;")) {
			b.WriteByte('\\')
			i += len("&#92;") - 1
			continue
		}
		if source[i] == '\\' && i+1 < len(source) && strings.IndexByte("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", source[i+1]) >= 0 {
			i++
		}
		b.WriteByte(source[i])
	}
	return b.Bytes()
}

var notMarkup = map[ast.NodeKind]bool{
	ast.KindDocument: true, ast.KindHeading: true, ast.KindParagraph: true, ast.KindTextBlock: true, ast.KindText: true,
	ast.KindList: true, ast.KindListItem: true, ast.KindEmphasis: true, // of labels
	extensionAST.KindTable: true, extensionAST.KindTableHeader: true, extensionAST.KindTableRow: true, extensionAST.KindTableCell: true,
}

// FuzzMarkdown puts a text everywhere in an entry: it is shown as it is, and
// makes nothing of what surrounds it.
func FuzzMarkdown(f *testing.F) {
	for _, s := range []string{
		"plain", "a\nb\n\n- c\n  - d\n\n    e\n3. f\n-\n- g\n\n```\nh ``` i\n\n  ::j ##[k\n", "1. ~~~\n   ````\n\n\n    a\n> b\n> c\n# d\ne\n=\n", "- - a\n\n\t\tb\tc\n\\\\\n* * *\n", "*a* _b_ `c` ~~d~~ **e**", "[a](b) ![c](d) <e> <https://f.example>", "# a", "- a\n+ b\n* c\n1. d\n2) e", "> a", "```\na\n```", "    code", "\tcode",
		"a | b \\| c \\\\| d", "a\n===", "a\n---", "---", "| a | b |\n| - | - |\n| c | d |", "&amp; &#42; \\* \\", "<script>alert(1)</script>", "<!-- a -->", "@a #1 www.a.example https://a.example/b_c_d a@b.example",
		"- [ ] a", "[^1]: a", "a  \nb\\\nc", "a\n\n\n\nb", "$x$ $$y$$", "a\r\nb\u202e\x1b[31m", "trailing #", "[a]: b", "ftp://a.example mailto:a@b.example", "a\u00a0b\u2003", "Setext\n=", ":-- | --:",
	} {
		f.Add(s)
	}
	f.Fuzz(holdMarkdown)
}

// TestMarkdownOfBlocks puts together what makes lists, code and headings.
func TestMarkdownOfBlocks(t *testing.T) {
	pieces := []string{"a", "b c", " ", "  ", "    ", "\n", "\n", "\n\n", "- ", "* ", "+ ", "1. ", "23) ", "```", "~~~", "# ", "---", "===", "> ", "\t", "\r\n", "`", "\\", ": ", "[x]", "| "}
	random := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		var b strings.Builder
		for range 1 + random.IntN(16) {
			b.WriteString(pieces[random.IntN(len(pieces))])
		}
		holdMarkdown(t, b.String())
	}
}

// holdMarkdown checks what a reader makes of an entry with a text everywhere.
func holdMarkdown(t *testing.T, s string) {
	t.Helper()
	many := shownBlocks(s)
	if many == "" || strings.ContainsFunc(s, odd) {
		return
	}
	items, codes := 0, 0 // items that hold something, and pieces of code
	since := "Since: " + many
	blocks := slices.Collect(blocksOf(s))
	for i := range blocks {
		if holds(blocks, i) {
			items++
		} else if blocks[i].Kind == text.Code {
			codes++
		}
	}
	if blocks[0].Kind == text.Code || holds(blocks, 0) {
		since = "Since:\n" + many
	}
	e := entry.Entry{
		Code: "A-1", Title: s, Description: s, Causes: []string{s, s}, Resolution: s, Severity: entry.Error, Since: s,
		Links: []entry.Link{{Title: "Link", URL: "https://example.com/" + s}},
	}
	title := strings.Trim(text.Visible(oneLine(styled{text: s}).text), " ")
	source := render(t, Markdown, Each(of(e)), Options{})
	shown, kinds := shownAs(source)
	want := strings.TrimRight("A-1: "+title, " ") + "\n" + many + "Possible causes:\n" + many + many + "Resolution:\n" + many + since + "Link: Link\n"
	if shown != want {
		t.Errorf("%q is shown as\n%q, not\n%q\nfrom\n%s", s, shown, want, source)
	}
	for kind := range kinds {
		if !notMarkup[kind] && kind != ast.KindLink && kind != ast.KindFencedCodeBlock {
			t.Errorf("%q makes a %s of\n%s", s, kind, source)
		}
	}
	if kinds[ast.KindLink] != 1 || kinds[ast.KindHeading] != 1 || kinds[ast.KindEmphasis] != 4 || kinds[ast.KindListItem] != 4+5*items || kinds[ast.KindFencedCodeBlock] != 5*codes {
		t.Errorf("%q gives %v in\n%s", s, kinds, source)
	}

	shown, kinds = shownAs(render(t, Markdown, List(of(e)), Options{}))
	if want := "CODE\nSTATUS\nTITLE\nA-1\n\n" + title + "\n"; shown != want {
		t.Errorf("%q is shown in a table as\n%q, not\n%q", s, shown, want)
	}
	for kind := range kinds {
		if !notMarkup[kind] {
			t.Errorf("%q makes a %s in a table", s, kind)
		}
	}
}

// shownBlocks is what a reader of Markdown is to show of a text, a line for each
// paragraph and each line that stays one.
func shownBlocks(s string) string {
	var b strings.Builder
	blocks := slices.Collect(blocksOf(s))
	for i, block := range blocks {
		if holds(blocks, i) {
			continue // readers write markers as they like
		}
		for _, line := range linesOf(styled{text: s}, block) {
			shown := text.Visible(line.text)
			if block.Kind == text.Code {
				_, _ = io.WriteString(text.Inert(&b), strings.TrimRight(shown, " "))
			} else {
				b.WriteString(strings.Trim(shown, " "))
			}
			b.WriteString("\n")
		}
	}
	return b.String()
}

// odd reports characters that a reader of Markdown trims or replaces.
func odd(r rune) bool {
	return r == 0 || r == '\ufffd' || r >= 0x80 && strings.TrimSpace(string(r)) == ""
}
