package render

import (
	"io"
	"slices"
	"strings"

	"github.com/errcode-cli/errcode/internal/source"
)

// A Kind sorts the failures that a run can report.
type Kind string

// The kinds of failure.
const (
	NotFound Kind = "not-found" // a word or a query found nothing
	Usage    Kind = "usage"     // the command line makes no sense
	Catalog  Kind = "catalog"   // a catalog is unreadable or invalid
	IO       Kind = "io"        // a read or a write failed
)

// A Failure says what went wrong and what to do next.
type Failure struct {
	Kind        Kind
	Message     string           // lower case, no full stop; quotes what was typed
	Input       string           // what was typed or read, where one word is to blame
	Suggestions []string         // what may have been meant: codes or words
	Problems    []source.Problem // what is wrong in a catalog file
	Hints       []string         // what to do next, for people
	General     []string         // hints that are true of other failures too; a run says each once
	Facts       []Fact           // what the hints say, once more for programs
	Verbatim    bool             // people read the message as it is, without "errcode: error:"
}

func (f *Failure) Error() string { return f.Message }

func (f *Failure) value() any {
	problems := []any{}
	for _, p := range f.Problems {
		problems = append(problems, problemItem{Problem: p}.value())
	}
	o := object{{"kind", string(f.Kind)}, {"message", f.Message}}
	if f.Input != "" {
		o = append(o, member{"input", f.Input})
	}
	o = append(o, member{"suggestions", array(f.Suggestions)}, member{"problems", problems})
	return o.with(f.Facts)
}

// A Note is something to be told by the way: no result, and no failure.
type Note struct {
	Kind    NoteKind
	Message string // lower case, no full stop
	Facts   []Fact // what the message says, once more for programs
}

// A NoteKind sorts the notes.
type NoteKind string

// The kinds of note, with their facts.
const (
	Limited      NoteKind = "limit"          // there is more than is shown: shown, total
	NearSpelling NoteKind = "near-spelling"  // a word was found in near spelling alone: word
	ReadAs       NoteKind = "read-as"        // a number is read as hexadecimal: input, read, code
	MissingWords NoteKind = "missing-words"  // no entry has every word of a search: missing
	Covered      NoteKind = "covered"        // another code's entry answers: input, code
	CodesIn      NoteKind = "found-in"       // codes stand in a text: input, found, codes
	MessageIn    NoteKind = "message"        // a text holds a message: input, printed, code
	Joined       NoteKind = "joined"         // several words are one code: input, code
	Searching    NoteKind = "search"         // words were searched for together: query, total, shown
	LeftOut      NoteKind = "left-out"       // some entries have nothing to be listed by: count
	ForeignFile  NoteKind = "foreign-file"   // a file is not read, since it is another user's: file
	Invalid      NoteKind = "problems"       // catalog files have problems: problems, files
	Valid        NoteKind = "checked"        // catalog files have none: files
	Found        NoteKind = "found"          // logs hold codes: codes, count
	NoneFound    NoteKind = "none-found"     // logs hold none, as was hoped for
	Reading      NoteKind = "standard-input" // what is typed is read
	Interrupted  NoteKind = "interrupted"    // a signal ended what was not done yet
	Written      NoteKind = "written"        // a site is written: codes, file
)

// A Fact is a key of a failure or a note in JSON.
type Fact struct {
	Key   string
	Value any
}

// with is an object with facts behind what it has.
func (o object) with(facts []Fact) object {
	for _, f := range facts {
		o = append(o, member{f.Key, f.Value})
	}
	return o
}

// Messages writes what is not a result, to standard error: for people as
// "errcode: error: ...", for programs as one JSON object a line.
type Messages struct {
	To    io.Writer
	JSON  bool
	Color bool
	Width int // columns to keep to; 0 for no limit
}

// Failure reports a failure.
func (m Messages) Failure(f *Failure) {
	if m.JSON {
		m.object("error", f.value())
		return
	}
	if f.Verbatim {
		m.lines(styled{text: f.Message})
	} else {
		m.line(colored(bad, "error:"), f.Message)
	}
	for _, p := range f.Problems {
		m.lines(styled{text: p.String()}) // as compilers write it, so that editors find the place
	}
	for _, h := range slices.Concat(f.Hints, f.General) {
		m.line(colored(hint, "hint:"), h)
	}
}

// Note tells something by the way.
func (m Messages) Note(n Note) {
	if !m.JSON {
		m.line(colored(hint, "note:"), n.Message)
		return
	}
	m.object("note", object{{"kind", string(n.Kind)}, {"message", n.Message}}.with(n.Facts))
}

func (m Messages) line(head styled, text string) {
	m.lines(join(" ", styled{text: "errcode:"}, head, styled{text: strings.ReplaceAll(text, "\n", " ")}))
}

func (m Messages) lines(text styled) {
	before, width := "", 0
	if m.Width > 0 {
		width = max(1, m.Width-len(indent))
	}
	for _, line := range wrap(visible(text), width) {
		_, _ = io.WriteString(m.To, before+line.paint(m.Color)+"\n") // nowhere is left to report to
		before = indent
	}
}

func (m Messages) object(key string, value any) {
	line, err := encode(object{{key, value}})
	if err == nil {
		_, _ = m.To.Write(append(line, '\n'))
	}
}
