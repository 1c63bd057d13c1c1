// Package logs finds the codes of a selection in logs: it opens files, whatever they
// are compressed or encoded with, reads large ones on all cores, and sums up what
// package scan finds in them.
package logs

import (
	"context"
	"errors"
	"io"
	"iter"

	"github.com/errcode-cli/errcode/internal/catalog"
	"github.com/errcode-cli/errcode/internal/entry"
	"github.com/errcode-cli/errcode/internal/scan"
	"github.com/errcode-cli/errcode/internal/source"
)

// A Search is the codes of a selection, to be found in logs.
type Search struct {
	selection *catalog.Selection
	codes     *scan.Codes
	ids       []catalog.ID         // of the codes' entries
	entries   map[int]*entry.Entry // of the codes found so far
}

// Options say what is found besides the codes of all entries as they are spelt.
type Options struct {
	IgnoreCase bool
	Unknown    bool     // find too what differs from a code only in its number
	Prefixes   []string // only entries whose code begins with one of these
}

// NewSearch reads the codes of a selection.
func NewSearch(ctx context.Context, s *catalog.Selection, o Options) (*Search, error) {
	count := 0
	for _, c := range s.Catalogs() {
		count += c.Entries
	}
	search := &Search{selection: s, ids: make([]catalog.ID, 0, count), entries: map[int]*entry.Entry{}}
	var err error
	search.codes = scan.Compile(func(yield func([]byte) bool) {
		for code, failed := range s.Codes(ctx, catalog.Filter{Prefixes: o.Prefixes}) {
			search.ids = append(search.ids, code.ID)
			if err = failed; err != nil || !yield(code.Text) {
				return
			}
		}
	}, scan.Options{IgnoreCase: o.IgnoreCase, Unknown: o.Unknown, Count: count})
	return search, err
}

// An Input is what a search goes through.
type Input struct {
	Files []string // "-" is Stdin
	Stdin io.Reader

	// Waiting is called before each read that may wait, so that what was found
	// is shown meanwhile; an error ends the search. Nil is not called.
	Waiting func() error
}

// A FileError says that a file could not be opened, or not be read to its end. A
// search goes on with the next one.
type FileError struct {
	source.ReadError
	Opened bool // what stands before the failure is searched
}

// fileError is a FileError, or nil where the context ended the search.
func fileError(name string, err error, opened bool) error {
	if err == nil || errors.Is(err, context.Canceled) {
		return nil
	}
	return &FileError{source.ReadError{Name: name, Err: err}, opened}
}

// A Found is a code that a log holds.
type Found struct {
	Code  string
	Entry *entry.Entry // nil where no entry has the code
	Like  string       // of such a code, one of the catalog's that it is like
	Text  string       // the code as it stands in the log
}

// found is what is known of something that was found.
func (s *Search) found(number int, unknown bool, text string) (Found, error) {
	if unknown {
		return Found{Code: text, Like: s.codes.Code(number), Text: text}, nil
	}
	e, ok := s.entries[number]
	if !ok {
		read, err := s.selection.Named(s.ids[number], s.codes.Code(number))
		if err != nil {
			return Found{}, err
		}
		e = &read
		s.entries[number] = e
	}
	return Found{Code: e.Code, Entry: e, Text: text}, nil
}

// An Occurrence is one place where a code was found.
type Occurrence struct {
	Found
	entry.Place
	Line string // that it stands in, or of a long one what is next to it
}

// Occurrences yields what is found, as it is found. An error is a *FileError, after
// which the sequence may go on, or the last of it.
func (s *Search) Occurrences(ctx context.Context, in Input) iter.Seq2[Occurrence, error] {
	return func(yield func(Occurrence, error) bool) {
		for f, err := range each(ctx, in, s.codes.Scan) {
			if err != nil {
				if !yield(Occurrence{}, err) {
					return
				}
				continue
			}
			var o Occurrence
			o.Found, err = s.found(f.of.Code, f.of.Unknown, string(f.of.Text))
			line, column := f.of.Place()
			o.Place = entry.Place{File: f.file, Line: int(line), Column: int(column)}
			excerpt, _ := f.of.Excerpt()
			o.Line = string(excerpt)
			if !yield(o, err) || err != nil {
				return
			}
		}
	}
}

// A Line is a line of a log, or a piece of one that is very long.
type Line struct {
	Text  []byte  // with the end of the line
	More  bool    // the line goes on in the next Line
	First []Found // codes that stand here and were in no line before
	Left  int     // unknown codes that stand here too, beyond so many different ones as are told apart
}

// Lines yields every byte of the logs, line by line as they come, with what is found
// in them for the first time. Errors are as those of Occurrences.
func (s *Search) Lines(ctx context.Context, in Input) iter.Seq2[Line, error] {
	return func(yield func(Line, error) bool) {
		known, unknown := map[string]bool{}, map[string]bool{} // those seen so far
		for l, err := range each(ctx, in, s.codes.Lines) {
			line := Line{Text: l.of.Text, More: l.of.More}
			for _, f := range l.of.Findings {
				found, failed := s.found(f.Code, f.Unknown, string(f.Text))
				if failed != nil {
					yield(Line{}, failed)
					return
				}
				seen := known
				if f.Unknown {
					seen = unknown
				}
				switch {
				case seen[found.Code]:
				case f.Unknown && len(unknown) == MaxUnknown:
					line.Left++
				default:
					seen[found.Code] = true
					line.First = append(line.First, found)
				}
			}
			if !yield(line, err) {
				return
			}
		}
	}
}

// A piece is what a scan yields, and the file that it is from.
type piece[T any] struct {
	of   T
	file string
}

// each scans the files one after another and yields what comes of each.
func each[T any](ctx context.Context, in Input, scan func(context.Context, io.Reader) iter.Seq2[T, error]) iter.Seq2[piece[T], error] {
	return func(yield func(piece[T], error) bool) {
		for _, file := range in.Files {
			l, err := in.open(ctx, file)
			if err != nil {
				if err := fileError(file, err, false); err != nil && !yield(piece[T]{file: file}, err) {
					return
				}
				continue
			}
			if !eachOf(ctx, in, l, file, scan, yield) {
				return
			}
		}
	}
}

// eachOf scans one file. It reports whether to go on.
func eachOf[T any](ctx context.Context, in Input, l *log, file string, scan func(context.Context, io.Reader) iter.Seq2[T, error], yield func(piece[T], error) bool) bool {
	defer l.Close()
	r := &waiting{Reader: l, before: in.Waiting}
	for t, err := range scan(ctx, r) {
		switch {
		case r.err != nil:
			return false // whoever waits knows why
		case err != nil:
			err = fileError(file, err, true)
			return err == nil || yield(piece[T]{file: file}, err)
		case !yield(piece[T]{t, file}, nil):
			return false
		}
	}
	return true
}

// A waiting reader calls a function before each read.
type waiting struct {
	io.Reader
	before func() error
	err    error // of before
}

func (w *waiting) Read(b []byte) (int, error) {
	if w.before != nil {
		if w.err = w.before(); w.err != nil {
			return 0, w.err
		}
	}
	return w.Reader.Read(b)
}
