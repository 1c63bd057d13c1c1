package text

import (
	"iter"
	"strings"
)

// A Kind is what a block of a text in Markdown is.
type Kind uint8

// The kinds of block.
const (
	Paragraph Kind = iota // its lines are to be filled
	Heading               // likewise
	Item                  // the marker of a list's item; what it holds follows, deeper by one
	Code                  // its lines stay as they are
	Quote                 // its lines stay as they are, with their ">"
	Break                 // a line across the page, as it is written
)

// A Block is a part of a text that begins on a line of its own, or behind the
// marker of a list's item.
type Block struct {
	Extent // from the first byte to the last, markers and fences included
	Kind   Kind
	Level  int      // of a heading, from 1 to 6
	Depth  int      // how many items it stands in
	Apart  bool     // a blank line stands before it
	Marker Extent   // "-" or "12.", a heading's "##" or the line under it, the fence above code
	Info   Extent   // what stands behind that fence
	Lines  []Extent // without their ends, indentation and markers
}

// maxDepth is how deep items nest. What would be deeper is text, so that neither a
// line's cost nor its indentation grows without end.
const maxDepth = 32

// Blocks yields the blocks of a text in Markdown, in order. Every byte that is not
// blank is in the extent of one of them, and but for the fence below code and the
// "#" that close a heading in its marker, its info or a line. A line ends in a line
// feed, with the carriage returns before it, or with the text.
//
// It follows CommonMark, with these limits: it knows no HTML, no tables and no
// definitions of links, whose lines are paragraphs; a quote ends with the last line
// that begins in ">" and is not taken apart; a tab that is only partly
// indentation counts as such.
func Blocks(s string) iter.Seq[Block] {
	return func(yield func(Block) bool) {
		r := reader{s: s, yield: yield}
		for at := 0; at < len(s) && !r.stopped; {
			end, next := len(s), len(s)
			if n := strings.IndexByte(s[at:], '\n'); n >= 0 {
				end, next = at+n, at+n+1
			}
			r.read(at, at+len(strings.TrimRight(s[at:end], "\r")))
			at = next
		}
		r.close()
	}
}

// A reader takes a text line by line. Its paragraph, code or quote may go on in the
// next line; all else is yielded at once.
type reader struct {
	s       string
	yield   func(Block) bool
	stopped bool

	items []item // those open, the outermost first
	apart bool   // the line before is blank

	open   *Block   // what may go on
	fence  int      // of open code, the length of its fence, or 0
	indent int      // of open code, the column that its lines begin at
	held   []Extent // of open code, blank lines that more code may follow
}

// An item of a list holds the lines that are indented to its content.
type item struct {
	content int // the column
	empty   bool
}

// A cursor is a place in a line.
type cursor struct {
	s       string
	at, end int // in s, end being that of the line
	column  int // of at
}

// skip passes over blanks, up to a column.
func (c *cursor) skip(to int) {
	for ; c.at < c.end && c.column < to; c.at++ {
		switch c.s[c.at] {
		case ' ':
			c.column++
		case '\t':
			c.column += 4 - c.column%4
		default:
			return
		}
	}
}

// rest is the line from the cursor on, without the blanks at its end.
func (c *cursor) rest() string { return strings.TrimRight(c.s[c.at:c.end], " \t\r") }

// extent is where the rest stands.
func (c *cursor) extent() Extent { return Extent{c.at, c.at + len(c.rest())} }

const anywhere = int(^uint(0) >> 1)

// read takes the line between two offsets.
func (r *reader) read(at, end int) {
	c := cursor{s: r.s, at: at, end: end}
	if c.rest() == "" {
		r.blank(c)
		return
	}
	begin := c
	c.skip(anywhere)
	held := r.holding(c.column)
	if held < len(r.items) || !r.goesOn(begin, c) {
		r.begin(begin, c, held)
	}
	r.apart = false
}

// blank takes a blank line.
func (r *reader) blank(c cursor) {
	r.apart = true
	if last := len(r.items) - 1; last >= 0 && r.items[last].empty {
		r.items = r.items[:last] // nothing but the line of its marker may be blank
	}
	if r.open == nil || r.open.Kind != Code {
		r.close()
		return
	}
	c.skip(r.indent)
	r.held = append(r.held, Extent{c.at, c.end})
}

// holding is how many of the open items hold a line that is indented to a column.
func (r *reader) holding(column int) int {
	n := 0
	for n < len(r.items) && r.items[n].content <= column {
		n++
	}
	return n
}

// base is the column that the content of so many open items begins at.
func (r *reader) base(depth int) int {
	if depth == 0 {
		return 0
	}
	return r.items[depth-1].content
}

// goesOn takes a line that the open items hold if the open block goes on in it
// whatever the line is, or ends with it.
func (r *reader) goesOn(begin, c cursor) bool {
	if r.open == nil {
		return false
	}
	indent := c.column - r.base(len(r.items))
	switch {
	case r.open.Kind == Paragraph && indent < 4 && underline(c.rest()) > 0:
		r.open.Kind, r.open.Level, r.open.Marker = Heading, underline(c.rest()), c.extent()
		r.open.End = r.open.Marker.End
		r.close()
	case r.open.Kind == Quote && indent < 4 && c.rest()[0] == '>':
		r.add(c.extent())
	case r.fence > 0 && indent < 4 && r.endsFence(c.rest()):
		r.keepBlank()
		r.open.End = c.extent().End
		r.close()
	case r.fence > 0, r.open.Kind == Code && indent >= 4:
		r.keepBlank()
		begin.skip(r.indent)
		r.add(Extent{begin.at, begin.end})
	default:
		return false
	}
	return true
}

// underline is the level of the heading that a line makes of the paragraph above
// it, or 0.
func underline(line string) int {
	switch {
	case strings.Trim(line, "=") == "":
		return 1
	case strings.Trim(line, "-") == "":
		return 2
	}
	return 0
}

func (r *reader) endsFence(line string) bool {
	return len(line) >= r.fence && strings.Trim(line, r.s[r.open.Start:r.open.Start+1]) == ""
}

// begin takes a line in which a block begins, unless it is one more of a paragraph:
// so many of the open items hold it. Its text stands at c.
func (r *reader) begin(begin, c cursor, held int) {
	inParagraph, all := r.open != nil && r.open.Kind == Paragraph, held == len(r.items)
	for depth := held; ; depth++ {
		base := r.base(depth)
		continues := inParagraph && depth == held
		text := continues && c.column-base >= 4
		if !text && r.leaf(begin, c, depth) {
			return
		}
		n := marker(c.rest())
		if text || n == 0 || depth == maxDepth || continues && all && !interrupts(c.rest(), n) {
			if !continues {
				r.leave(depth)
				r.start(Block{Kind: Paragraph, Extent: Extent{c.at, c.at}})
			}
			r.add(c.extent())
			return
		}
		r.leave(depth)
		begin = r.item(c, n)
		if c = begin; c.rest() == "" {
			return // what it holds may begin in the next line
		}
		c.skip(anywhere)
		if c.column-begin.column <= 4 {
			r.items[depth].content = c.column
		}
		r.items[depth].empty = false
	}
}

// item opens an item, whose marker of so many bytes is at c, and returns the place
// behind that.
func (r *reader) item(c cursor, n int) cursor {
	at := Extent{c.at, c.at + n}
	r.start(Block{Kind: Item, Extent: at, Marker: at})
	r.close()
	c.at, c.column = c.at+n, c.column+n
	r.items = append(r.items, item{c.column + 1, true})
	return c
}

// leaf takes a line in which a block begins that is neither an item nor a
// paragraph, and reports whether one does.
func (r *reader) leaf(begin, c cursor, depth int) bool {
	line, code := c.rest(), r.base(depth)+4
	switch {
	case c.column >= code:
		r.leave(depth)
		begin.skip(code)
		r.start(Block{Kind: Code, Extent: Extent{begin.at, begin.at}})
		r.indent = code
		r.add(Extent{begin.at, begin.end})
	case line[0] == '>':
		r.leave(depth)
		r.start(Block{Kind: Quote, Extent: Extent{c.at, c.at}})
		r.add(c.extent())
	case hashes(line) > 0:
		r.leave(depth)
		r.heading(c, hashes(line))
	case fence(line) > 0:
		r.leave(depth)
		r.startFence(c, fence(line))
	case isBreak(line):
		r.leave(depth)
		r.start(Block{Kind: Break, Extent: Extent{c.at, c.at}})
		r.add(c.extent())
		r.close()
	default:
		return false
	}
	return true
}

// leave ends the open block, and the items beyond so many.
func (r *reader) leave(depth int) {
	r.close()
	r.items = r.items[:depth]
}

// start opens a block in the open items.
func (r *reader) start(b Block) {
	b.Depth, b.Apart = len(r.items), r.apart
	r.apart = false
	if b.Depth > 0 {
		r.items[b.Depth-1].empty = false
	}
	r.open, r.fence = &b, 0
}

// add adds a line to the open block.
func (r *reader) add(line Extent) {
	r.open.Lines = append(r.open.Lines, line)
	r.open.End = line.Start + len(strings.TrimRight(r.s[line.Start:line.End], " \t\r"))
}

// keepBlank adds the blank lines that were held back to the open code.
func (r *reader) keepBlank() {
	r.open.Lines = append(r.open.Lines, r.held...)
	r.held = nil
}

// close yields the open block. The blank lines held back are none of it: where the
// fence below code was missed, they part it from what follows.
func (r *reader) close() {
	if r.open == nil {
		return
	}
	r.stopped = r.stopped || !r.yield(*r.open)
	r.open, r.fence, r.held = nil, 0, nil
}

// heading takes a line that so many "#" begin.
func (r *reader) heading(c cursor, level int) {
	r.start(Block{Kind: Heading, Level: level, Extent: c.extent(), Marker: Extent{c.at, c.at + level}})
	c.at += level
	c.skip(anywhere)
	content := c.rest()
	if open := strings.TrimRight(content, "#"); open == "" || strings.HasSuffix(open, " ") || strings.HasSuffix(open, "\t") {
		content = strings.TrimRight(open, " \t\r")
	}
	if content != "" {
		r.open.Lines = []Extent{{c.at, c.at + len(content)}}
	}
	r.close()
}

// startFence takes the line above code, which a fence of so many characters begins.
func (r *reader) startFence(c cursor, length int) {
	r.start(Block{Kind: Code, Extent: c.extent(), Marker: Extent{c.at, c.at + length}})
	r.fence, r.indent = length, c.column
	c.at += length
	c.skip(anywhere)
	r.open.Info = c.extent()
}

// hashes is how many "#" begin a line that is a heading, or 0.
func hashes(line string) int {
	n := len(line) - len(strings.TrimLeft(line, "#"))
	if n > 6 || n < len(line) && line[n] != ' ' && line[n] != '\t' {
		return 0
	}
	return n
}

// fence is the length of the fence that begins a line, or 0.
func fence(line string) int {
	if line[0] != '`' && line[0] != '~' {
		return 0
	}
	n := len(line) - len(strings.TrimLeft(line, line[:1]))
	if n < 3 || line[0] == '`' && strings.Contains(line[n:], "`") {
		return 0
	}
	return n
}

// isBreak reports whether a line is one across the page.
func isBreak(line string) bool {
	return strings.Contains("-*_", line[:1]) && strings.Trim(line, line[:1]+" \t") == "" && strings.Count(line, line[:1]) >= 3
}

// marker is the length of the marker of a list's item that begins a line, or 0.
func marker(line string) int {
	n := 1
	if !strings.Contains("-+*", line[:1]) {
		n = len(line) - len(strings.TrimLeft(line, "0123456789"))
		if n == 0 || n > 9 || n == len(line) || line[n] != '.' && line[n] != ')' {
			return 0
		}
		n++
	}
	if n < len(line) && line[n] != ' ' && line[n] != '\t' {
		return 0
	}
	return n
}

// interrupts reports whether a line with a marker of so many bytes ends the
// paragraph above it, which a number at the beginning of a line does not.
func interrupts(line string, n int) bool {
	return len(line) > n && (n == 1 || line[:n-1] == "1")
}
