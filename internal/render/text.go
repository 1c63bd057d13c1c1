package render

import (
	"io"
	"strings"

	"github.com/errcode-cli/errcode/internal/text"
)

// writeText writes items in full: the heading stands out at the left, its text
// is indented under it, and a blank line divides two items.
func writeText(w io.Writer, l Listing, o Options) error {
	divider := ""
	for it, err := range l.items {
		if err != nil {
			return err
		}
		p := page{Options: o}
		for _, b := range it.blocks(o) {
			p.block(b)
		}
		if _, err := io.WriteString(w, divider+p.String()); err != nil {
			return err
		}
		divider = "\n"
	}
	return nil
}

// A page is the text of one item in the making.
type page struct {
	strings.Builder
	Options
	last blockKind
}

const indent = "  "

func (p *page) block(b block) {
	follows := b.kind == excerpt || b.kind == remark && (p.last == heading || p.last == remark)
	if p.Len() > 0 && !follows {
		p.WriteString("\n")
	}
	p.last = b.kind
	switch b.kind {
	case heading:
		p.lines("", indent, wrap(visible(join("  ", b.texts...)), p.room(indent)))
	case paragraph:
		p.text(indent, indent, styled{}, b.texts[0])
	case remark:
		p.text(indent, indent+indent, colored(label, b.label+":"), join(" ", b.texts[0], styled{text: b.url}))
	case excerpt:
		p.excerpt(b)
	case section, list:
		p.text(indent, indent, styled{}, colored(label, b.label+":"))
		bullet := indent + indent
		if b.kind == list {
			bullet += "• "
		}
		for _, t := range b.texts {
			p.text(bullet, strings.Repeat(" ", text.Columns(bullet)), styled{}, t)
		}
	case lines:
		p.text(indent, indent, styled{}, colored(label, b.label+":"))
		for _, t := range b.texts {
			p.lines(indent+indent, indent+indent+indent, wrap(visible(t), p.room(indent+indent+indent)))
		}
	case verbatim:
		p.text(indent, indent, styled{}, colored(label, b.label+":"))
		for _, line := range verbatimLines(b.texts[0]) {
			p.lines(indent+indent, indent+indent+indent, wrapCode(visible(line), p.room(indent+indent+indent)))
		}
	}
}

// text fills a text, behind a lead if there is one.
func (p *page) text(first, further string, lead, t styled) {
	p.lines(first, further, fill(lead, t, p.room(further)))
}

// room is the columns that an indent leaves for text.
func (p *page) room(indent string) int { return max(1, p.TextWidth-text.Columns(indent)) }

// lines writes lines, the first after one indent, the others after another.
func (p *page) lines(first, further string, lines []styled) {
	before := first
	for _, line := range lines {
		if line.text != "" {
			p.WriteString(before + line.paint(p.Color))
		}
		p.WriteString("\n")
		before = further
	}
}

// excerpt writes a line of a file, or the part of it that fits, and points at
// a place in it.
func (p *page) excerpt(b block) {
	before, after := text.Visible(b.texts[0].text[:b.at]), text.Visible(b.texts[0].text[b.at:])
	number := indent + b.label + " | "
	gutter := indent + strings.Repeat(" ", len(b.label)) + " | "
	room := max(1, p.TextWidth-len(number))
	if text.Columns(before) > room*2/3 {
		before = "…" + text.Last(before, room*2/3-1)
	}
	if rest := room - text.Columns(before); text.Columns(after) > rest {
		after = text.First(after, rest-1) + "…"
	}
	p.WriteString(strings.TrimRight(number+before+after, " ") + "\n")
	p.WriteString(gutter + strings.Repeat(" ", text.Columns(before)) + paint(p.Color, bad, "^") + "\n")
}
