package render

import (
	"bytes"
	"io"
	"iter"
	"slices"
	"strings"

	"github.com/mattn/go-runewidth"
	"github.com/olekukonko/tablewriter"
	"github.com/olekukonko/tablewriter/pkg/twwidth"
	"github.com/olekukonko/tablewriter/renderer"
	"github.com/olekukonko/tablewriter/tw"

	"github.com/errcode-cli/errcode/internal/text"
)

// blockRows is how many rows are laid out together: enough that the columns
// hardly ever move. They are set and written pieceRows at a time, so that the
// first rows of a long list come at once.
const (
	blockRows = 500
	pieceRows = 50
)

// writeTable writes a row an item. Cells are measured and wrapped here;
// tablewriter, which cuts and splits cells in ways of its own, only sets them
// side by side. It swallows write errors, so it writes to a buffer.
func writeTable(w io.Writer, l Listing, o Options) error {
	columns, at := l.inTable(o)
	t := table{columns: columns, Options: o, widths: make([]int, len(columns))}
	for rows, err := range chunks(l.items, at) {
		if len(rows) > 0 {
			if err := t.write(w, rows); err != nil {
				return err
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// chunks yields the items' rows in blocks, of each the cells at some places; with an
// error, the rows before it.
func chunks(items iter.Seq2[item, error], at []int) iter.Seq2[[][]styled, error] {
	return func(yield func([][]styled, error) bool) {
		var rows [][]styled
		for it, err := range items {
			if err != nil {
				yield(rows, err)
				return
			}
			if rows = append(rows, cells(it, at)); len(rows) == blockRows {
				if !yield(rows, nil) {
					return
				}
				rows = nil
			}
		}
		yield(rows, nil)
	}
}

// cells returns the cells of an item's row at some places.
func cells(it item, at []int) []styled {
	row := it.row()
	shown := make([]styled, len(at))
	for i, place := range at {
		shown[i] = row[place]
	}
	return shown
}

type table struct {
	Options
	columns []column
	widths  []int // of the widest cell of each column so far
	begun   bool  // something is written
	headed  bool  // the header is
}

const gap = "  "

// write writes a block of rows: side by side under the header where the width
// allows, else stacked.
func (t *table) write(w io.Writer, rows [][]styled) error {
	header := make([]styled, len(t.columns))
	for i, c := range t.columns {
		header[i] = colored(label, c.title)
	}
	for _, row := range rows {
		for i := range row {
			row[i] = visible(oneLine(row[i]))
		}
	}
	for _, row := range append(rows, header) {
		for i, c := range row {
			t.widths[i] = max(t.widths[i], text.Columns(c.text))
		}
	}
	first := !t.begun
	t.begun = true
	widths, fits := t.fit(append(rows, header))
	if !fits {
		_, err := w.Write(t.stack(rows, header, first))
		return err
	}
	if !t.headed {
		t.headed = true
		rows = append([][]styled{header}, rows...)
	}
	for piece := range slices.Chunk(rows, pieceRows) {
		if _, err := w.Write(t.sideBySide(piece, widths)); err != nil {
			return err
		}
	}
	return nil
}

// fit returns the columns' widths within the table's: the widest of those that
// wrap gives way first, down to its longest word. It reports whether that is
// enough.
func (t *table) fit(rows [][]styled) (widths []int, fits bool) {
	widths = append(widths, t.widths...)
	if t.TableWidth == 0 {
		return widths, true
	}
	least := make([]int, len(t.columns))
	for _, row := range rows {
		for i, c := range row {
			if t.columns[i].wraps {
				least[i] = max(least[i], text.Longest(c.text))
			}
		}
	}
	total := len(gap) * (len(widths) - 1)
	for _, n := range widths {
		total += n
	}
	for ; total > t.TableWidth; total-- {
		widest := -1
		for i, c := range t.columns {
			if c.wraps && widths[i] > least[i] && (widest < 0 || widths[i] > widths[widest]) {
				widest = i
			}
		}
		if widest < 0 {
			return nil, false
		}
		widths[widest]--
	}
	return widths, true
}

// sideBySide sets rows into columns, without trailing blanks.
func (t *table) sideBySide(rows [][]styled, widths []int) []byte {
	// One width for every locale. It also empties tablewriter's cache of
	// widths, which would else keep every cell of a long list.
	twwidth.SetCondition(&runewidth.Condition{})
	var laid bytes.Buffer
	table := tablewriter.NewTable(&laid,
		tablewriter.WithRenderer(renderer.NewBlueprint(tw.Rendition{
			Borders: tw.BorderNone,
			Symbols: tw.NewSymbolCustom("blank").WithColumn(gap),
			Settings: tw.Settings{
				Lines:      tw.LinesNone,
				Separators: tw.Separators{BetweenColumns: tw.On, BetweenRows: tw.Off},
			},
		})),
		tablewriter.WithRowAutoWrap(tw.WrapNone),
		tablewriter.WithRowAlignment(tw.AlignLeft),
		tablewriter.WithTrimSpace(tw.Off),
		tablewriter.WithPadding(tw.PaddingNone),
	)
	for n, row := range rows {
		cells := make([]string, len(row))
		for i, c := range row {
			width := widths[i]
			if t.TableWidth == 0 {
				width = 0
			}
			cells[i] = t.paintLines(wrap(c, width))
			if n == 0 { // one full cell gives the column its width, in this piece as in the last
				cells[i] += strings.Repeat(" ", max(0, widths[i]-text.Columns(c.text)))
			}
		}
		_ = table.Append(cells) // errors are the buffer's, which has none
	}
	_ = table.Render()
	var trimmed bytes.Buffer
	for line := range bytes.Lines(laid.Bytes()) {
		trimmed.Write(bytes.TrimRight(line, " \n"))
		trimmed.WriteByte('\n')
	}
	return trimmed.Bytes()
}

// stack returns rows as records, a line or more a cell, a blank line between two.
func (t *table) stack(rows [][]styled, header []styled, first bool) []byte {
	var b bytes.Buffer
	titles := 0
	for _, h := range header {
		titles = max(titles, text.Columns(h.text))
	}
	further := strings.Repeat(" ", titles+len(gap))
	for n, row := range rows {
		if n > 0 || !first {
			b.WriteByte('\n')
		}
		for i, c := range row {
			if c.text == "" {
				continue
			}
			before := header[i].paint(t.Color) + further[text.Columns(header[i].text):]
			room := 0 // a code is never broken, however wide
			if t.columns[i].wraps {
				room = max(1, t.TableWidth-len(further))
			}
			for _, line := range wrap(c, room) {
				b.WriteString(before + line.paint(t.Color) + "\n")
				before = further
			}
		}
	}
	return b.Bytes()
}

func (t *table) paintLines(lines []styled) string {
	painted := make([]string, len(lines))
	for i, line := range lines {
		painted[i] = line.paint(t.Color)
	}
	return strings.Join(painted, "\n")
}
