package render

import (
	"fmt"
	"io"
	"iter"
	"strings"

	"github.com/errcode-cli/errcode/internal/catalog"
	"github.com/errcode-cli/errcode/internal/entry"
	"github.com/errcode-cli/errcode/internal/logs"
	"github.com/errcode-cli/errcode/internal/text"
)

// Findings lists codes that were found. Their GitHub annotations are no more
// than GitHub shows.
func Findings(findings []logs.Finding) Listing {
	return Listing{
		about:   Logs,
		columns: []column{{"CODE", false}, {"COUNT", false}, {"FIRST", true}, {"LAST", true}, {"TITLE", true}},
		items: func(yield func(item, error) bool) {
			for _, f := range findings {
				if !yield(findingItem{f}, nil) {
					return
				}
			}
		},
		summed: true,
	}
}

type findingItem struct{ logs.Finding }

// place is a place in a log as compilers write it, without the column. The file "-" is
// standard input.
func place(p entry.Place) string {
	if p.File == "-" {
		return fmt.Sprintf("line %d", p.Line)
	}
	return fmt.Sprintf("%s:%d", p.File, p.Line)
}

// titleOf is the title of the entry, or says that there is none.
func titleOf(f logs.Found) string {
	if f.Entry == nil {
		return fmt.Sprintf("in no catalog, but like %s", f.Like)
	}
	return f.Entry.Listed()
}

func (f findingItem) blocks(o Options) []block {
	times := "(once)"
	if f.Count > 1 {
		times = fmt.Sprintf("(%d times)", f.Count)
	}
	blocks := []block{{kind: heading, texts: []styled{colored(code, f.Code), colored(title, titleOf(f.Found)), {text: times}}}}
	say := func(name, value string) {
		blocks = append(blocks, block{kind: remark, label: name, texts: []styled{{text: value}}})
	}
	say("First", place(f.First))
	if f.Count > 1 {
		say("Last", place(f.Last))
	}
	line := styled{strings.ReplaceAll(f.Line, "\t", " "), []span{{f.At, f.At + len(f.Text), mark}}}
	blocks = append(blocks, block{kind: section, label: "First line", texts: []styled{line}})
	if f.Entry == nil {
		return blocks
	}
	for _, b := range (entryItem{Hit: &catalog.Hit{Entry: *f.Entry}}).blocks(o) {
		if b.label == "Resolution" || b.label == "Deprecated" || b.label == "Severity" {
			blocks = append(blocks, b)
		}
	}
	return blocks
}

func (f findingItem) row() []styled {
	return []styled{
		colored(code, f.Code), {text: fmt.Sprint(f.Count)}, {text: place(f.First)}, {text: place(f.Last)}, {text: titleOf(f.Found)},
	}
}

// A placeValue is a place in JSON.
type placeValue struct {
	File   string `json:"file"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
}

func (f findingItem) value() any {
	v := struct {
		Code    string     `json:"code"`
		Count   int64      `json:"count"`
		First   placeValue `json:"first"`
		Last    placeValue `json:"last"`
		Text    string     `json:"text"`
		Excerpt string     `json:"excerpt"`
		Like    string     `json:"like,omitzero"`
		Entry   any        `json:"entry,omitempty"`
	}{f.Code, f.Count, placeValue(f.First), placeValue(f.Last), f.Text, f.Line, f.Like, nil}
	if f.Entry != nil {
		v.Entry = entryItem{Hit: &catalog.Hit{Entry: *f.Entry}}.value()
	}
	return v
}

// annotation is the finding as a mark on its first place.
func (f findingItem) annotation() annotation {
	a := annotation{level: entry.Warning, file: f.First.File, line: f.First.Line, column: f.First.Column}
	a.title = f.Code + " " + titleOf(f.Found)
	a.message = fmt.Sprintf("found %d times, last at %s", f.Count, place(f.Last))
	if f.Count == 1 {
		a.message = "found once"
	}
	if f.Entry != nil {
		a.level = f.Entry.Severity
		if f.Entry.Resolution != "" {
			a.message += "\n" + f.Entry.Resolution
		}
	}
	return a
}

// Occurrences lists every place where a code was found, for the formats that
// write one after another.
func Occurrences(occurrences iter.Seq2[logs.Occurrence, error]) Listing {
	return Listing{about: Logs, items: func(yield func(item, error) bool) {
		for o, err := range occurrences {
			if !yield(occurrenceItem{Occurrence: o}, err) {
				return
			}
		}
	}}
}

type occurrenceItem struct {
	logs.Occurrence
	unmarked
}

func (o occurrenceItem) blocks(Options) []block { return nil } // no text is offered of each
func (o occurrenceItem) row() []styled          { return nil } // nor a table

func (o occurrenceItem) value() any {
	return struct {
		Code    string `json:"code"`
		Like    string `json:"like,omitzero"`
		Text    string `json:"text"`
		Excerpt string `json:"excerpt"`
		placeValue
	}{o.Code, o.Like, o.Text, o.Line, placeValue(o.Place)}
}

// margin begins each line of a note in a log, so that they can be told from the
// log's own and left out again.
const margin = "  ┃ "

// Annotate writes what is to be known of a code under the line of a log that it
// stands in.
func Annotate(w io.Writer, f logs.Found, o Options) error {
	width := max(1, o.TextWidth-text.Columns(margin))
	lines := wrap(visible(join("  ", colored(code, f.Code), colored(title, titleOf(f)))), width)
	if f.Entry != nil {
		lines = append(lines, fill(styled{}, styled{text: f.Entry.Resolution}, width)...)
	}
	var b strings.Builder
	for _, line := range lines {
		b.WriteString(strings.TrimRight(paint(o.Color, hint, margin)+line.paint(o.Color), " ") + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}
