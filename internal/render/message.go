package render

import (
	"io"
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
	Verbatim    bool             // people read the message as it is, without "errcode: error:"
}

func (f *Failure) Error() string { return f.Message }

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
		m.object(f)
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
	for _, h := range f.Hints {
		m.line(colored(hint, "hint:"), h)
	}
}

// Note tells people something by the way. Programs asked for none.
func (m Messages) Note(text string) {
	if !m.JSON {
		m.line(colored(hint, "note:"), text)
	}
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

func (m Messages) object(f *Failure) {
	type failure struct {
		Kind        Kind     `json:"kind"`
		Message     string   `json:"message"`
		Input       string   `json:"input,omitzero"`
		Suggestions []string `json:"suggestions"`
		Problems    []any    `json:"problems"`
	}
	problems := []any{}
	for _, p := range f.Problems {
		problems = append(problems, problemItem{Problem: p}.value())
	}
	line, err := encode(struct {
		Error failure `json:"error"`
	}{failure{f.Kind, f.Message, f.Input, array(f.Suggestions), problems}})
	if err == nil {
		_, _ = m.To.Write(append(line, '\n'))
	}
}
