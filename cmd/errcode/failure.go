package main

import (
	"errors"
	"fmt"
	"path/filepath"

	"github.com/errcode-cli/errcode/internal/catalog"
	"github.com/errcode-cli/errcode/internal/render"
	"github.com/errcode-cli/errcode/internal/source"
)

// Errors have a type where they are made. Here they become what people and programs
// read. One that has no type known here is none of the command line's: something
// could not be read or written.

// mostProblems is how many problems a query shows of an invalid catalog.
const mostProblems = 20

// failure is what there is to say of an error.
func failure(err error) *render.Failure {
	if f, ok := errors.AsType[*render.Failure](err); ok {
		return f
	}
	f := &render.Failure{Kind: render.Catalog, Message: err.Error()}
	if invalid, ok := errors.AsType[*source.InvalidError](err); ok {
		f.Input = invalid.File
		f.Message += ": " + render.Count(len(invalid.Problems), "problem", "problems")
		f.Problems = invalid.Problems[:min(len(invalid.Problems), mostProblems)]
		if !isPipe(invalid.File) {
			f.Hints = []string{fmt.Sprintf("errcode validate %s shows every problem and its line", render.ShellWord(invalid.File))}
		}
		return f
	}
	if unknown, ok := errors.AsType[*catalog.UnknownError](err); ok {
		f.Input = unknown.Name
		f.Hints = []string{fmt.Sprintf("a file or folder of that name is written %s", "."+string(filepath.Separator)+unknown.Name)}
		return f
	}
	if changed, ok := errors.AsType[*catalog.ChangedError](err); ok {
		f.Input = changed.File
		f.Hints = []string{"run it again; what was printed is of the file as it was"}
		return f
	}
	if damaged, ok := errors.AsType[*catalog.DamagedError](err); ok {
		f.Input = damaged.Name
		return f
	}
	if read, ok := errors.AsType[*source.ReadError](err); ok && read.Catalog {
		return f
	}
	if _, ok := errors.AsType[*source.NotCatalogError](err); ok {
		return f
	}
	if _, ok := errors.AsType[*catalog.SameNameError](err); ok {
		return f
	}
	if several, ok := errors.AsType[*source.SeveralError](err); ok {
		f.Input = several.Second
		f.Hints = []string{fmt.Sprintf("keep one of them, or choose one with -c %s", several.First)}
		return f
	}
	f.Kind = render.IO
	return f
}

// catalogFailure is the failure to open a catalog, unless a signal ended that.
func (p *program) catalogFailure(err error) error {
	if ended, ok := errors.AsType[interrupted](err); ok {
		return ended
	}
	f := failure(err)
	if p.chosenBy != "" {
		f.Hints = append(f.Hints, fmt.Sprintf("%s chose it; -c %s works without it", p.chosenBy, catalog.BuiltIn))
	}
	return f
}

// usage is a failure to understand the command line.
func usage(message string, hints ...string) *render.Failure {
	return &render.Failure{Kind: render.Usage, Message: message, Hints: hints}
}
