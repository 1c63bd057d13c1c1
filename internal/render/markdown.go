package render

import (
	"io"
	"slices"
	"strings"

	"github.com/errcode-cli/errcode/internal/text"
)

// writeMarkdown writes entries that were asked for one by one as sections, others
// as a table, in GitHub's Markdown. All text is a stranger's: it shows as it is,
// and never becomes markup.
func writeMarkdown(w io.Writer, l Listing, o Options) error {
	if !l.stream {
		return writeMarkdownTable(w, l, o)
	}
	divider := ""
	for it, err := range l.items {
		if err != nil {
			return err
		}
		var b strings.Builder
		last := remark
		for _, block := range it.blocks(o) {
			if b.Len() > 0 && (block.kind != remark || last != remark) {
				b.WriteString("\n")
			}
			last = block.kind
			writeMarkdownBlock(&b, block)
		}
		if _, err := io.WriteString(w, divider+b.String()); err != nil {
			return err
		}
		divider = "\n"
	}
	return nil
}

func writeMarkdownBlock(b *strings.Builder, block block) {
	switch text := block.texts[0].text; block.kind {
	case heading:
		line := inLine(text)
		for i, t := range block.texts[1:] {
			if t.text != "" {
				line += []string{": ", " "}[min(i, 1)] + inLine(t.text)
			}
		}
		b.WriteString("## " + line + "\n")
	case paragraph:
		b.WriteString(inBlocks("", text, "") + "\n")
	case section:
		b.WriteString("**" + inLine(block.label) + ":**\n\n" + inBlocks("", text, "") + "\n")
	case list:
		b.WriteString("**" + inLine(block.label) + ":**\n\n")
		for _, t := range block.texts {
			b.WriteString("- " + inBlocks("", t.text, "  ") + "\n")
		}
	case lines:
		b.WriteString("**" + inLine(block.label) + ":**\n\n")
		for _, t := range block.texts {
			b.WriteString("- " + inLine(t.text) + "\n")
		}
	case verbatim:
		b.WriteString("**" + inLine(block.label) + ":**\n\n")
		writeCode(b, verbatimLines(block.texts[0]), "", info(block.language))
		b.WriteString("\n")
	case remark:
		lead := "- **" + inLine(block.label) + ":**"
		if block.url != "" {
			b.WriteString(lead + " [" + inLine(text) + "](<" + inAddress(block.url) + ">)\n")
		} else {
			b.WriteString(inBlocks(lead, text, "  ") + "\n")
		}
	}
}

func writeMarkdownTable(w io.Writer, l Listing, o Options) error {
	line := func(cells []string) string { return "| " + strings.Join(cells, " | ") + " |\n" }
	before := ""
	columns, at := l.inTable(o)
	var texts, rules []string
	for _, c := range columns {
		texts, rules = append(texts, inLine(c.title)), append(rules, "---")
	}
	before = line(texts) + line(rules)
	for it, err := range l.items {
		if err != nil {
			return err
		}
		texts = texts[:0]
		for _, c := range cells(it, at) {
			texts = append(texts, inLine(c.text))
		}
		if _, err := io.WriteString(w, before+line(texts)); err != nil {
			return err
		}
		before = ""
	}
	return nil
}

// Heading writes a heading in Markdown, above those of entries.
func Heading(w io.Writer, text string) error {
	_, err := io.WriteString(w, "# "+inLine(text)+"\n\n")
	return err
}

// inBlocks returns a text as the blocks that it is made of, behind a lead if there
// is one: its items as items, its code as code, all else as escaped paragraphs. Lines
// but the first stand behind an indent.
func inBlocks(lead, s, indent string) string {
	var b strings.Builder
	b.WriteString(lead)
	indents := []string{indent} // of what stands in so many items
	blocks := slices.Collect(blocksOf(s))
	for i, block := range blocks {
		indent := indents[block.Depth]
		lines := linesOf(styled{text: s}, block)
		switch {
		case i > 0:
			b.WriteString(parted(blocks, i, indent))
		case lead != "" && (block.Kind == text.Code || holds(blocks, i)):
			b.WriteString("\n\n" + indent)
		case lead != "":
			b.WriteString(" ")
		}
		switch {
		case holds(blocks, i):
			marker := strings.Replace(lines[0].text, "-", "*", 1) // so that it goes on no list of ours
			b.WriteString(marker + " ")
			indents = append(indents[:block.Depth+1], indent+strings.Repeat(" ", len(marker)+1))
		case block.Kind == text.Code:
			writeCode(&b, lines, indent, "")
		default:
			writeParagraph(&b, lines, indent)
		}
	}
	return b.String()
}

// holds reports whether a block is an item that something stands in. One that is
// empty is written as a paragraph: readers differ in what it takes in.
func holds(blocks []text.Block, i int) bool {
	return blocks[i].Kind == text.Item && i+1 < len(blocks) && blocks[i+1].Depth > blocks[i].Depth
}

// parted is what parts a block from the one before it.
func parted(blocks []text.Block, i int, indent string) string {
	b, last := blocks[i], blocks[i-1]
	switch {
	case holds(blocks, i-1):
		return ""
	case holds(blocks, i) && !b.Apart && (last.Kind == text.Paragraph || last.Depth > b.Depth):
		return "\n" + indent
	}
	return "\n\n" + indent
}

// writeCode writes lines between fences that none of them can end. What a CI's
// runner obeys would not be escaped there: it is made inert.
func writeCode(b *strings.Builder, lines []styled, indent, info string) {
	longest := 2
	for _, line := range lines {
		run := 0
		for _, c := range []byte(line.text) {
			if run++; c != '`' {
				run = 0
			}
			longest = max(longest, run)
		}
	}
	fence := strings.Repeat("`", longest+1)
	b.WriteString(fence + info + "\n")
	inert := text.Inert(b)
	for _, line := range lines {
		if shown := strings.TrimRight(text.Visible(line.text), " "); shown != "" {
			_, _ = io.WriteString(inert, indent+shown) // a builder takes all
		}
		_, _ = io.WriteString(inert, "\n")
	}
	b.WriteString(indent + fence)
}

// info is a language as what follows a fence, which readers colour the code by: nothing
// where they would draw a picture of it instead.
func info(language string) string {
	drawn := []string{"mermaid", "geojson", "topojson", "stl", "math"}
	if slices.Contains(drawn, strings.ToLower(language)) || strings.Trim(strings.ToLower(language), "abcdefghijklmnopqrstuvwxyz0123456789+#-") != "" {
		return ""
	}
	return language
}

// writeParagraph writes lines that are to stay lines.
func writeParagraph(b *strings.Builder, lines []styled, indent string) {
	for i, line := range lines {
		if i > 0 {
			b.WriteString("\\\n" + indent)
		}
		escaped := inLine(line.text)
		if rest, ok := strings.CutSuffix(escaped, `\\`); ok {
			escaped = rest + "&#92;" // some readers count backslashes at the end of a line wrongly
		}
		b.WriteString(escaped)
	}
}

// inLine escapes a text that stays on one line.
func inLine(s string) string {
	var b strings.Builder
	line := strings.Trim(text.Visible(oneLine(styled{text: s}).text), " ")
	for i, r := range line {
		if special(line, i) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// special reports whether the character at a place of a line could be markup:
// some can anywhere, others only at the beginning or in an address, which GitHub
// makes a link of.
func special(line string, at int) bool {
	switch c := line[at]; c {
	case '\\', '`', '*', '_', '[', ']', '<', '>', '|', '~', '&', '$', '@', '#':
		return true
	case '+', '-', '=':
		return at == 0
	case '.', ')':
		number := strings.TrimRight(line[:at], "0123456789") == "" && at > 0
		return number || c == '.' && at >= 3 && strings.EqualFold(line[at-3:at], "www")
	case ':':
		return strings.HasPrefix(line[at:], "://") || at == 0 // as a line below the heads of a table begins
	}
	return false
}

// inAddress escapes an address that stands between < and >.
func inAddress(url string) string {
	return strings.NewReplacer("<", "%3C", ">", "%3E", `\`, "%5C", "&", "&amp;", " ", "%20", "\n", "%0A").Replace(text.Visible(url))
}
