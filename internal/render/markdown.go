package render

import (
	"io"
	"strings"

	"github.com/errcode-cli/errcode/internal/text"
)

// writeMarkdown writes entries that were asked for one by one as sections, others
// as a table, in GitHub's Markdown. All text is a stranger's: it shows as it is,
// and never becomes markup.
func writeMarkdown(w io.Writer, l Listing, o Options) error {
	if !l.stream {
		return writeMarkdownTable(w, l)
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
		b.WriteString(inParagraphs(text, "") + "\n")
	case section:
		b.WriteString("**" + inLine(block.label) + ":**\n\n" + inParagraphs(text, "") + "\n")
	case list:
		b.WriteString("**" + inLine(block.label) + ":**\n\n")
		for _, t := range block.texts {
			b.WriteString("- " + inParagraphs(t.text, "  ") + "\n")
		}
	case remark:
		if block.url != "" {
			text = "[" + inLine(text) + "](<" + inAddress(block.url) + ">)"
		} else {
			text = inParagraphs(text, "  ")
		}
		b.WriteString("- **" + inLine(block.label) + ":** " + text + "\n")
	}
}

func writeMarkdownTable(w io.Writer, l Listing) error {
	line := func(cells []string) string { return "| " + strings.Join(cells, " | ") + " |\n" }
	before := ""
	var cells, rules []string
	for _, c := range l.columns {
		cells, rules = append(cells, inLine(c.title)), append(rules, "---")
	}
	before = line(cells) + line(rules)
	for it, err := range l.items {
		if err != nil {
			return err
		}
		cells = cells[:0]
		for _, c := range it.row() {
			cells = append(cells, inLine(c.text))
		}
		if _, err := io.WriteString(w, before+line(cells)); err != nil {
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

// inParagraphs escapes a text whose line breaks are to stay. Lines but the first
// stand behind an indent.
func inParagraphs(text, indent string) string {
	var b strings.Builder
	end := ""
	for line := range strings.Lines(strings.Trim(text, " \n")) {
		if line = inLine(line); line == "" {
			if end != "" {
				end = "\n\n" + indent
			}
			continue
		}
		if rest, ok := strings.CutSuffix(line, `\\`); ok {
			line = rest + "&#92;" // some readers count backslashes at the end of a line wrongly
		}
		b.WriteString(end + line)
		end = "\\\n" + indent
	}
	return b.String()
}

// inLine escapes a text that stays on one line.
func inLine(s string) string {
	var b strings.Builder
	line := strings.Trim(strings.ReplaceAll(text.Visible(s), "\n", " "), " ")
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
