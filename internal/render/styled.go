package render

import (
	"cmp"
	"slices"
	"strings"

	"github.com/errcode-cli/errcode/internal/text"
)

// A styled text knows the colours of its parts. It is wrapped and escaped as
// text, and painted line by line at the very end, so that no width is ever
// taken of an escape sequence.
type styled struct {
	text  string
	spans []span // in order, none overlapping
}

// A span is a coloured part of a text, in bytes.
type span struct {
	start, end int
	color      color
}

// colored returns a text in one colour.
func colored(c color, s string) styled {
	return styled{s, []span{{0, len(s), c}}}
}

// over fills the gaps between the spans of a text with colour c.
func (t styled) over(c color) styled {
	filled := styled{text: t.text}
	end := 0
	for _, s := range t.spans {
		filled.spans = append(filled.spans, span{end, s.start, c}, s)
		end = s.end
	}
	filled.spans = append(filled.spans, span{end, len(t.text), c})
	return filled
}

// join puts texts one after another, leaving out the empty ones.
func join(separator string, texts ...styled) styled {
	var b strings.Builder
	var spans []span
	for _, t := range texts {
		if t.text == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteString(separator)
		}
		for _, s := range t.spans {
			spans = append(spans, span{b.Len() + s.start, b.Len() + s.end, s.color})
		}
		b.WriteString(t.text)
	}
	return styled{b.String(), spans}
}

// cut returns the part of a text between two offsets.
func (t styled) cut(start, end int) styled {
	part := styled{text: t.text[start:end]}
	from, _ := slices.BinarySearchFunc(t.spans, start, func(s span, at int) int { return cmp.Compare(s.end, at+1) })
	for _, s := range t.spans[from:] {
		if s.start >= end {
			break
		}
		part.spans = append(part.spans, span{max(s.start, start) - start, min(s.end, end) - start, s.color})
	}
	return part
}

// visible is text.Visible for a styled text, whose colours stay on their words.
func visible(t styled) styled {
	shown, offset := text.Escape(t.text)
	if shown == t.text { // as nearly always
		return t
	}
	escaped := styled{text: shown}
	for _, s := range t.spans {
		escaped.spans = append(escaped.spans, span{offset(s.start), offset(s.end), s.color})
	}
	return escaped
}

// wrap is text.Wrap for a styled text.
func wrap(t styled, width int) []styled {
	// A line that is short enough, as most are, needs no closer look: no character is
	// wider than its bytes.
	if (width == 0 || len(t.text) <= width) && !strings.ContainsAny(t.text, "\n\u3000") {
		return []styled{t.cut(0, len(strings.TrimRight(t.text, " ")))}
	}
	var lines []styled
	for line := range text.Wrap(t.text, width) {
		lines = append(lines, t.cut(line.Start, line.End))
	}
	return lines
}

// paint returns the text as it is written: with its colours where colour is on.
func (t styled) paint(on bool) string {
	if !on {
		return t.text
	}
	var b strings.Builder
	end := 0
	for _, s := range t.spans {
		b.WriteString(t.text[end:s.start])
		b.WriteString(paint(on, s.color, t.text[s.start:s.end]))
		end = s.end
	}
	b.WriteString(t.text[end:])
	return b.String()
}
