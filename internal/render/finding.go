package render

import (
	"fmt"
	"io"
	"iter"
	"strings"

	"github.com/errcode-cli/errcode/internal/catalog"
	"github.com/errcode-cli/errcode/internal/text"
)

// A Place is a place in a log. The file "-" is standard input.
type Place struct {
	File         string
	Line, Column int64 // from 1; columns count characters
}

// String is the place as compilers write it, without the column.
func (p Place) String() string {
	if p.File == "-" {
		return fmt.Sprintf("line %d", p.Line)
	}
	return fmt.Sprintf("%s:%d", p.File, p.Line)
}

// A Finding is a code that logs hold.
type Finding struct {
	Code        string
	Entry       *catalog.Entry // nil where no entry has the code
	Like        string         // of such a code, one of the catalog's that it is like
	Count       int64
	First, Last Place
	Line        string // the line of the first, or what is next to the code in a long one
	At          int    // the byte in Line where the code begins
	Text        string // the code as it stands there
}

// Findings lists codes that were found. Their GitHub annotations are no more
// than GitHub shows.
func Findings(findings []Finding) Listing {
	return Listing{
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

type findingItem struct{ Finding }

// Title is the title of the entry, or says that there is none.
func (f Finding) Title() string {
	if f.Entry == nil {
		return fmt.Sprintf("in no catalog, but like %s", f.Like)
	}
	return f.Entry.Title
}

func (f findingItem) blocks(o Options) []block {
	times := "(once)"
	if f.Count > 1 {
		times = fmt.Sprintf("(%d times)", f.Count)
	}
	blocks := []block{{kind: heading, texts: []styled{colored(code, f.Code), colored(title, f.Title()), {text: times}}}}
	say := func(name, value string) {
		blocks = append(blocks, block{kind: remark, label: name, texts: []styled{{text: value}}})
	}
	say("First", f.First.String())
	if f.Count > 1 {
		say("Last", f.Last.String())
	}
	line := styled{strings.ReplaceAll(f.Line, "\t", " "), []span{{f.At, f.At + len(f.Text), mark}}}
	blocks = append(blocks, block{kind: section, label: "First line", texts: []styled{line}})
	if f.Entry == nil {
		return blocks
	}
	for _, b := range (entryItem{Hit: catalog.Hit{Entry: *f.Entry}}).blocks(o) {
		if b.label == "Resolution" || b.label == "Deprecated" || b.label == "Severity" {
			blocks = append(blocks, b)
		}
	}
	return blocks
}

func (f findingItem) row() []styled {
	return []styled{
		colored(code, f.Code), {text: fmt.Sprint(f.Count)}, {text: f.First.String()}, {text: f.Last.String()}, {text: f.Title()},
	}
}

// A placeValue is a place in JSON.
type placeValue struct {
	File   string `json:"file"`
	Line   int64  `json:"line"`
	Column int64  `json:"column"`
}

func (f findingItem) value() any {
	v := struct {
		Code  string     `json:"code"`
		Count int64      `json:"count"`
		First placeValue `json:"first"`
		Last  placeValue `json:"last"`
		Text  string     `json:"text"`
		Like  string     `json:"like,omitzero"`
		Entry any        `json:"entry,omitempty"`
	}{f.Code, f.Count, placeValue(f.First), placeValue(f.Last), f.Line, f.Like, nil}
	if f.Entry != nil {
		v.Entry = entryItem{Hit: catalog.Hit{Entry: *f.Entry}}.value()
	}
	return v
}

// annotation is the finding as a mark on its first place.
func (f findingItem) annotation() annotation {
	a := annotation{level: catalog.Warning, file: f.First.File, line: f.First.Line, column: f.First.Column}
	a.title = f.Code + " " + f.Title()
	a.message = fmt.Sprintf("found %d times, last at %s", f.Count, f.Last)
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

// An Occurrence is one place where a code was found.
type Occurrence struct {
	Code string // the entry's, or the unknown one
	Like string // of an unknown one, a code of the catalog that it is like
	Text string // as it stands there
	Place
}

// Occurrences lists every place where a code was found, for the formats that
// write one after another.
func Occurrences(occurrences iter.Seq2[Occurrence, error]) Listing {
	return Listing{items: func(yield func(item, error) bool) {
		for o, err := range occurrences {
			if !yield(occurrenceItem{o}, err) {
				return
			}
		}
	}}
}

type occurrenceItem struct{ Occurrence }

func (o occurrenceItem) blocks(Options) []block { return nil } // no text is offered of each
func (o occurrenceItem) row() []styled          { return nil } // nor a table

func (o occurrenceItem) value() any {
	return struct {
		Code string `json:"code"`
		Like string `json:"like,omitzero"`
		Text string `json:"text"`
		placeValue
	}{o.Code, o.Like, o.Text, placeValue(o.Place)}
}

// margin begins each line of a note in a log, so that they can be told from the
// log's own and left out again.
const margin = "  ┃ "

// Note writes what is to be known of a code under the line of a log that it
// stands in.
func Note(w io.Writer, f Finding, o Options) error {
	width := max(1, o.TextWidth-text.Columns(margin))
	lines := wrap(visible(join("  ", colored(code, f.Code), colored(title, f.Title()))), width)
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
