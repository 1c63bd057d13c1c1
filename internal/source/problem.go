package source

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/errcode-cli/errcode/internal/document"
	"github.com/errcode-cli/errcode/internal/entry"
)

// A Problem is something wrong in a catalog's source, with its place.
type Problem struct {
	entry.Place
	Rule    string // which rule was broken: a stable word such as unknown-key
	Strict  bool   // it is one of the rules that are asked for only by choice
	Message string
	Source  string // the line of the file, where a Validation found the problem

	of int // of a strict rule, the line at which the entry begins
}

func (p Problem) String() string {
	text := fmt.Sprintf("%s:%d:%d: %s", p.File, p.Line, p.Column, p.Message)
	if p.Strict {
		text += " [" + p.Rule + "]"
	}
	return text
}

// sortProblems orders the problems of a file as a reader meets them.
func sortProblems(problems []Problem) {
	slices.SortStableFunc(problems, func(a, b Problem) int {
		return cmp.Or(a.Line-b.Line, a.Column-b.Column)
	})
}

// An InvalidError says that a catalog file breaks rules.
type InvalidError struct {
	File     string
	Problems []Problem // in the order of the file, at least one
}

func (e *InvalidError) Error() string {
	return fmt.Sprintf("%s is not a valid catalog", e.File)
}

// A checker collects what is wrong in one file.
type checker struct {
	file     string
	problems []Problem
}

func (c *checker) report(at document.Position, rule, format string, args ...any) {
	c.problems = append(c.problems, Problem{Place: c.place(at), Rule: rule, Message: fmt.Sprintf(format, args...)})
}

// place is where a position of the file is.
func (c *checker) place(at document.Position) entry.Place {
	return entry.Place{File: c.file, Line: at.Line, Column: at.Column}
}
