// Package document reads a YAML or JSON file as a mapping of fields, of which
// one is a long list: the fields and the list's items come one at a time, as
// small trees that know their lines and columns. JSON is never held whole.
package document

import (
	"fmt"
	"io"
	"iter"
	"path/filepath"
	"strings"
)

// A Format is a notation that a document is written in.
type Format int

const (
	YAML Format = iota
	JSON
)

// FormatOf tells the format by the suffix of a file's name: .yaml, .yml or
// .json, in any case.
func FormatOf(name string) (Format, bool) {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".yaml", ".yml":
		return YAML, true
	case ".json":
		return JSON, true
	}
	return 0, false
}

// A Part is one field of the document's mapping or, where Item is set, one
// item of the list that is the value of Key.
type Part struct {
	Field
	Item bool
}

// Read yields the parts of a document in source order: each field, and the
// items of the list called list one by one. The field of that list comes
// before its items, with a List that is empty whatever follows. Where its
// value is no list it is a field like any other. Keys may repeat.
//
// The reader is read once. The first error ends the sequence. It is an *Error where the text is at
// fault, and the reader's own otherwise.
func Read(r io.Reader, f Format, list string) iter.Seq2[Part, error] {
	read := readYAML
	if f == JSON {
		read = readJSON
	}
	return func(yield func(Part, error) bool) {
		err := read(newSource(r), list, func(p Part) bool { return yield(p, nil) })
		if err != nil {
			yield(Part{}, err)
		}
	}
}

// An Error is the first place where the text is no document, and why.
type Error struct {
	Position
	Message string
}

func (e *Error) Error() string { return fmt.Sprintf("%d:%d: %s", e.Line, e.Column, e.Message) }

// So many lists and mappings may stand in one another, the top one included.
const (
	maxDepth = 100
	tooDeep  = "nested deeper than 100 levels"
)

func errDepth(at Position) error { return &Error{at, tooDeep} }

func errEmpty() error { return &Error{Position{1, 1}, "the file is empty"} }

func errTop(at Position, kind Kind) error {
	return &Error{at, fmt.Sprintf("expected a mapping at the top, not %v", kind)}
}
