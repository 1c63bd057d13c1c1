// Package entry is what errcode knows about one code: the Entry, the one table of
// its fields (field.go), its compiled record, and how codes and words compare.
package entry

import (
	"cmp"
	"encoding/json"
	"strings"
)

// An Entry is what is known about one code. Text is UTF-8 and may hold line
// breaks; a zero value means that the catalog says nothing. Each field but
// Catalog and Place has its line in the table of fields.
type Entry struct {
	Catalog string // name of the catalog the entry came from
	Place          // where it begins

	Code        string
	Title       string
	Status      int // HTTP status, 100 to 599; 0 for none
	Severity    Severity
	Description string   // see Describe
	Messages    []string // as programs print them
	Causes      []string
	Resolution  string
	Examples    []Example
	Retryable   Answer
	Keywords    []string // found by search, not shown in text
	Tags        []string // groups that the code belongs to
	Aliases     []string // other words for the code
	Covers      []string // ranges of codes that have no entry of their own
	Related     []string // codes, of this or of another catalog
	Links       []Link
	Since       string  // the version that brought the code
	Deprecated  string  // what to do instead; present means deprecated
	Extra       []Extra // the x- keys, in the file's order
}

// A Place is where something stands in a file. Line and column count from 1, the
// column in characters; 0 is not known.
type Place struct {
	File         string
	Line, Column int
}

// Names is what the entry is called by: its code, then its aliases.
func (e *Entry) Names() []string { return append([]string{e.Code}, e.Aliases...) }

// Describe says what happened: the description, or the title where there is none.
func (e *Entry) Describe() string { return cmp.Or(e.Description, e.Title) }

// Listed is the title as lists have it, which say by it that the entry is deprecated.
func (e *Entry) Listed() string {
	if e.Deprecated == "" {
		return e.Title
	}
	return e.Title + " (deprecated)"
}

// An Extra is a key that a catalog adds to an entry, with its value as JSON.
type Extra struct {
	Key   string // begins with ExtraPrefix
	Value []byte
}

// Text is the value where it is a text or a number, else "".
func (x Extra) Text() string {
	if len(x.Value) > 0 && strings.IndexByte("-0123456789", x.Value[0]) >= 0 {
		return string(x.Value)
	}
	var text string
	_ = json.Unmarshal(x.Value, &text) // of no other value is there a text
	return text
}

// ExtraPrefix begins the keys that a catalog may add to an entry.
const ExtraPrefix = "x-"

// A Link is further reading on an entry.
type Link struct {
	Title string `json:"title"`
	URL   string `json:"url"`
}

// An Example is text to be shown as it is: a request, a command, a piece of a
// program.
type Example struct {
	Title    string `json:"title,omitzero"`
	Text     string `json:"text"`
	Language string `json:"language,omitzero"` // as Markdown names it: sh, json, go
}

// Severity says how bad it is to meet a code.
type Severity string

// The severities. A catalog that names none means Error.
const (
	Info    Severity = "info"
	Warning Severity = "warning"
	Error   Severity = "error"
)

// Severities is every severity, worst first.
var Severities = []Severity{Error, Warning, Info}

// An Answer to a question that a catalog may leave open.
type Answer int8

// The answers; the zero value is the open question.
const (
	Unknown Answer = iota
	Yes
	No
)
