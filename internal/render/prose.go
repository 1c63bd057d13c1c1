package render

import (
	"iter"
	"strings"

	"github.com/errcode-cli/errcode/internal/text"
)

// blocksOf yields the blocks of a text.
func blocksOf(s string) iter.Seq[text.Block] {
	line, single := onlyLine(s)
	if !single {
		return text.Blocks(s)
	}
	return func(yield func(text.Block) bool) {
		if line.Start < line.End {
			yield(text.Block{Extent: line, Kind: text.Paragraph, Lines: []text.Extent{line}})
		}
	}
}

// onlyLine returns where the line of a text of one line is. Such a text is a paragraph,
// whatever it begins with: there is nothing to tell apart in it.
func onlyLine(s string) (line text.Extent, single bool) {
	end := len(strings.TrimRight(s, " \t\r\n"))
	start := end - len(strings.TrimLeft(s[:end], "\r\n"))
	return text.Extent{Start: start, End: end}, !strings.Contains(s[start:end], "\n")
}

// linesOf returns the lines that a block of a text shows: a paragraph's as one, to
// be wrapped anew, and those of code as they are.
func linesOf(t styled, b text.Block) []styled {
	lines := make([]styled, len(b.Lines))
	for i, line := range b.Lines {
		lines[i] = t.cut(line.Start, line.End)
	}
	switch {
	case b.Kind == text.Item:
		return []styled{t.cut(b.Marker.Start, b.Marker.End)}
	case b.Kind == text.Code:
		for i := range lines {
			lines[i] = expand(lines[i])
		}
		return lines
	case b.Kind == text.Heading && b.Marker.Start == b.Start:
		lines = []styled{t.cut(b.Start, b.End)}
	case b.Kind == text.Heading:
		lines = []styled{join(" ", lines...), t.cut(b.Marker.Start, b.Marker.End)}
	case b.Kind == text.Paragraph:
		lines = []styled{join(" ", lines...)}
	}
	for i := range lines {
		lines[i].text = strings.ReplaceAll(lines[i].text, "\t", " ")
	}
	return lines
}

// verbatimLines returns the lines of a text that shows letter by letter.
func verbatimLines(t styled) []styled {
	var lines []styled
	for line := range strings.Lines(strings.TrimRight(t.text, " \t\r\n")) {
		lines = append(lines, expand(styled{text: strings.TrimRight(line, "\r\n")}))
	}
	return lines
}

// wrapCode wraps a line of code that is too wide, each part behind its own indentation
// where there is text behind it and half of the width is left.
func wrapCode(t styled, width int) []styled {
	indented := len(t.text) - len(strings.TrimLeft(t.text, " "))
	if indented == 0 || indented > width/2 || indented == len(t.text) {
		return wrap(t, width)
	}
	lines := wrap(t.cut(indented, len(t.text)), width-indented)
	for i := range lines {
		lines[i] = join("", t.cut(0, indented), lines[i])
	}
	return lines
}

// expand makes the tabs of a line of code blanks, up to the next column of four.
func expand(t styled) styled {
	if !strings.Contains(t.text, "\t") {
		return t
	}
	if t.spans == nil { // as nearly always
		return styled{text: expandPlain(t.text)}
	}
	var parts []styled
	column, start := 0, 0
	for cell := range strings.SplitAfterSeq(t.text, "\t") {
		end := start + len(cell)
		if part, tab := strings.CutSuffix(cell, "\t"); tab {
			column += text.Columns(part)
			blanks := 4 - column%4
			column += blanks
			parts = append(parts, t.cut(start, end-1), styled{text: strings.Repeat(" ", blanks)})
		} else {
			parts = append(parts, t.cut(start, end))
		}
		start = end
	}
	return join("", parts...)
}

// expandPlain is expand for a text without colours.
func expandPlain(s string) string {
	var b strings.Builder
	column := 0
	for cell := range strings.SplitAfterSeq(s, "\t") {
		part, tab := strings.CutSuffix(cell, "\t")
		b.WriteString(part)
		if column += text.Columns(part); tab {
			blanks := 4 - column%4
			b.WriteString("    "[:blanks])
			column += blanks
		}
	}
	return b.String()
}

// oneLine returns a text with a blank for each end of a line.
func oneLine(t styled) styled {
	var lines []styled
	start := 0
	for line := range strings.SplitSeq(t.text, "\n") {
		lines = append(lines, t.cut(start, start+len(strings.TrimRight(line, "\r"))))
		start += len(line) + 1
	}
	return join(" ", lines...)
}

// fill lays a text out in lines of at most width columns, behind a lead if there
// is one: paragraphs are filled, items hang behind their markers, code is indented
// and its lines are wrapped only where they are wider than the page.
func fill(lead, t styled, width int) []styled {
	if line, single := onlyLine(t.text); single { // as most are: all else comes to this
		t = t.cut(line.Start, line.End)
		t.text = strings.ReplaceAll(t.text, "\t", " ")
		if lead.text != "" {
			t = join(" ", lead, t)
		}
		if t.text == "" {
			return nil
		}
		return wrap(visible(t), width)
	}
	f := filling{width: width}
	for b := range blocksOf(t.text) {
		lines := linesOf(t, b)
		if lead.text != "" {
			if b.Kind == text.Paragraph {
				lines[0] = join(" ", lead, lines[0])
			} else {
				f.write("", lead)
			}
			lead = styled{}
		}
		f.block(b, lines)
	}
	if lead.text != "" {
		f.write("", lead)
	}
	f.end(0)
	return f.lines
}

// A filling is a text being laid out.
type filling struct {
	width  int
	lines  []styled
	hang   []int  // the columns that the content of each open item is indented by
	marker styled // with its indent, of items that nothing of their content is written of
}

func (f *filling) block(b text.Block, lines []styled) {
	f.end(b.Depth)
	if b.Apart && len(f.lines) > 0 {
		f.lines = append(f.lines, styled{})
	}
	if b.Kind == text.Item {
		f.begin(lines[0])
		return
	}
	further := ""
	if b.Kind == text.Code {
		further = indent
	}
	for _, line := range lines {
		f.write(further, line)
	}
}

// write writes a line of a block, wrapped, further in than the open items' content.
func (f *filling) write(further string, t styled) {
	if text.Columns(f.marker.text)+1 != f.indent() {
		f.flush()
	}
	before := strings.Repeat(" ", f.indent()) + further
	wrapped := wrap
	if further != "" {
		wrapped = wrapCode
	}
	for _, line := range wrapped(visible(t), max(1, f.width-len(before))) {
		switch {
		case line.text == "":
			f.flush()
			f.lines = append(f.lines, line)
		case f.marker.text != "":
			f.lines = append(f.lines, join("", f.marker, styled{text: " " + further}, line))
			f.marker = styled{}
		default:
			f.lines = append(f.lines, join("", styled{text: before}, line))
		}
	}
}

// indent is what the content of the innermost item is indented by.
func (f *filling) indent() int {
	if len(f.hang) == 0 {
		return 0
	}
	return f.hang[len(f.hang)-1]
}

// begin begins an item. However deep it is, half the width is left for its text.
func (f *filling) begin(marker styled) {
	blanks := styled{text: strings.Repeat(" ", f.indent())}
	if f.marker.text != "" {
		blanks = styled{text: f.marker.text + " "}
	}
	f.marker = join("", blanks, marker)
	f.hang = append(f.hang, min(text.Columns(f.marker.text)+1, f.width/2))
}

// end ends the items beyond so many; those that hold nothing show their markers.
func (f *filling) end(depth int) {
	if len(f.hang) > depth {
		f.flush()
		f.hang = f.hang[:depth]
	}
}

func (f *filling) flush() {
	if f.marker.text != "" {
		f.lines = append(f.lines, wrap(f.marker, f.width)...)
		f.marker = styled{}
	}
}
