package render

import (
	"io"
	"strings"
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
	if p.Len() > 0 && (b.kind != remark || p.last != heading && p.last != remark) {
		p.WriteString("\n")
	}
	p.last = b.kind
	switch b.kind {
	case heading:
		p.lines("", indent, join("  ", b.texts...))
	case paragraph:
		p.lines(indent, indent, b.texts[0])
	case remark:
		p.lines(indent, indent+indent, join(" ", colored(label, b.label+":"), b.texts[0]))
	case section, list:
		p.lines(indent, indent, colored(label, b.label+":"))
		bullet := indent + indent
		if b.kind == list {
			bullet += "• "
		}
		for _, t := range b.texts {
			p.lines(bullet, strings.Repeat(" ", columns(bullet)), t)
		}
	}
}

// lines wraps a text, its first line after one indent, the others after another.
func (p *page) lines(first, further string, t styled) {
	before := first
	for _, line := range wrap(visible(t), max(1, p.TextWidth-columns(further))) {
		if line.text != "" {
			p.WriteString(before + line.paint(p.Color))
		}
		p.WriteString("\n")
		before = further
	}
}
