// Package render turns results into bytes: what the catalog yields goes in,
// text, tables or JSON come out.
//
// A kind of result (an entry, a line of the summary) is an item: it says once
// what it looks like as blocks of text, as a row of a table and as a JSON
// value. A format writes items, whatever their kind. So a new kind is one file
// with an item, and a new format one file with a write function and its line
// in formats.
//
// Text from a catalog, a log, a file name or an argument is a stranger's: every
// format and message shows its control characters and never sends them.
package render

import (
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"github.com/errcode-cli/errcode/internal/entry"
	"github.com/errcode-cli/errcode/internal/source"
)

// A Format is a way to write results.
type Format string

// The formats.
const (
	Text   Format = "text"
	Table  Format = "table"
	JSON   Format = "json"
	JSONL  Format = "jsonl"
	GitHub Format = "github"
	SARIF  Format = "sarif"
	CSV    Format = "csv"
	YAML   Format = "yaml"

	Markdown Format = "markdown"
)

// A Subject is what results are about. Not every format suits each.
type Subject uint8

// The subjects.
const (
	Entries      Subject = 1 << iota
	EntryLists           // entries that were not asked for one by one
	CatalogFiles         // the same with the head of a catalog
	Summary
	Catalogs
	Problems
	Logs
)

// formats is every format there is, with the subjects it suits. Help,
// validation and completion of -o come from here, by way of Offered.
var formats = []struct {
	name  Format
	about string
	suits Subject
	write func(io.Writer, Listing, Options) error
}{
	{Text, "in full, for people", Entries | Summary | Catalogs | Problems | Logs, writeText},
	{Table, "a line each, for people", Entries | Summary | Catalogs | Logs, writeTable},
	{JSON, "for programs", Entries | Summary | Catalogs | Problems | Logs, writeJSON},
	{JSONL, "JSON, one compact object a line", Entries | Logs, writeJSONL},
	{Markdown, "for tickets and wikis", Entries, writeMarkdown},
	{CSV, "for spreadsheets and databases", EntryLists, writeCSV},
	{YAML, "a catalog file", CatalogFiles, writeYAML},
	{GitHub, "annotations of a GitHub workflow", Problems | Logs, writeGitHub},
	{SARIF, "SARIF 2.1.0, for code scanning", Problems, writeSARIF},
}

// Machine reports whether the format is for programs, which want neither
// colour nor a width.
func (f Format) Machine() bool { return f != Text && f != Table }

// JSON reports whether the format is a form of JSON.
func (f Format) JSON() bool { return f == JSON || f == JSONL || f == SARIF }

// Formats is the formats that a command offers, its default first.
type Formats []Format

// Offered is the formats that suit a subject, with the given one as the default.
func Offered(about Subject, first Format) Formats {
	offered := Formats{first}
	for _, f := range formats {
		if f.suits&about != 0 && f.name != first {
			offered = append(offered, f.name)
		}
	}
	return offered
}

// Parse finds a format by its name. The error lists the offered ones.
func (fs Formats) Parse(name string) (Format, error) {
	if i := slices.Index(fs, Format(name)); i >= 0 {
		return fs[i], nil
	}
	return "", fmt.Errorf("no output format %q here; the formats are %s", name, fs)
}

func about(name Format) string {
	for _, f := range formats {
		if f.name == name {
			return f.about
		}
	}
	return ""
}

// About returns each format with what it is for.
func (fs Formats) About() iter.Seq2[Format, string] {
	return func(yield func(Format, string) bool) {
		for _, f := range fs {
			if !yield(f, about(f)) {
				return
			}
		}
	}
}

// String names the formats as a sentence does: text, table or json.
func (fs Formats) String() string {
	names := make([]string, len(fs))
	for i, f := range fs {
		names[i] = string(f)
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " or " + names[last]
}

// Options say how results are written. The widths have no effect on the formats for
// programs, nor has Color.
type Options struct {
	TextWidth  int    // columns that lines of text keep to
	TableWidth int    // columns that a table keeps to; 0 gives each row one line
	Color      bool   // mark with colour what is also said in words
	Catalogs   bool   // name the catalog of each entry, in text
	Several    bool   // and in a table, since there are several
	Severities bool   // tell in a table how severe each entry is, since not all are errors
	Dir        string // the working directory, which file names in SARIF are relative to
}

// A Listing is results of one kind, ready for any format that suits them.
type Listing struct {
	about   Subject
	columns []column
	has     func(title string, o Options) bool // whether a table has a column; nil is always
	items   iter.Seq2[item, error]
	stream  bool // JSON is one value after another, not an array
	summed  bool // GitHub gets the worst annotations alone, and their number

	entries iter.Seq2[entry.Entry, error] // of a list of entries
	head    source.Head                   // of a catalog file
}

// Write writes a listing. Items appear as they are yielded, a table's in
// blocks. The error is the listing's own or the writer's, or says that the format
// does not suit the listing.
func Write(w io.Writer, name Format, l Listing, o Options) error {
	for _, f := range formats {
		if f.name == name && f.suits&l.about != 0 {
			return f.write(w, l, o)
		}
	}
	return fmt.Errorf("nothing of this kind is written as %q", string(name))
}

// inTable returns the columns that a table has, and which those are of an item's row.
func (l Listing) inTable(o Options) (columns []column, at []int) {
	for i, c := range l.columns {
		if l.has == nil || l.has(c.title, o) {
			columns, at = append(columns, c), append(at, i)
		}
	}
	return columns, at
}

// An item is one result of any kind.
type item interface {
	blocks(Options) []block // for people, top to bottom
	row() []styled          // one for each column
	value() any             // for programs: what encoding/json writes
	annotation() annotation // for what marks files
}

// A block is a piece of an item's text.
type block struct {
	kind  blockKind
	label string
	texts []styled
	at    int    // in an excerpt, the byte to point at
	url   string // of a remark, where the text leads

	language string // of a verbatim text, as Markdown names it
}

type blockKind int

const (
	heading   blockKind = iota // the item's name, title and status
	paragraph                  // text
	section                    // text under a label
	list                       // texts under a label, one bullet each
	lines                      // the same for texts of one line that show letter by letter
	verbatim                   // a text under a label that keeps its lines and shows letter by letter
	remark                     // a label and its text, on a line of their own
	excerpt                    // a line of a file, its number the label
)

// A column is what a table says of each item. Only the cells of a column that
// wraps may take several lines.
type column struct {
	title string
	wraps bool
}
