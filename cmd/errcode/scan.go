package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/errcode-cli/errcode/internal/catalog"
	"github.com/errcode-cli/errcode/internal/render"
	"github.com/errcode-cli/errcode/internal/scan"
	"github.com/errcode-cli/errcode/internal/text"
)

func newScan(p *program) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "scan [FILE...]",
		Short: "Find codes in logs and explain each once",
		Long: `Find the codes of the catalog, and their aliases, in files or standard input and
explain each once, the most frequent first. "-" or no file is standard input;
what is compressed with gzip is decompressed, and UTF-16 is read where a byte
order mark begins it.

A code counts where it stands by itself: not next to a letter, a digit or an
underscore. Case counts, unless -i is given. --code chooses entries by their
code; their aliases are found too.

The exit code is 0 where a code is found and 1 where none is; with --annotate it
is 0 in both cases. With --fail-on WHAT, for CI, it is 1 where one of these is
found, and 0 where none is: any code, an entry that is at least as severe as
info, warning or error, or an unknown code. Several go with commas.`,
		Example: `  errcode scan app.log
  errcode scan --fail-on error -o github build.log
  tail -f app.log | errcode scan --annotate
  kubectl logs deploy/api | errcode scan --unknown -o json | jq -r '.[].code'`,
		Args: inputOnce,
	}
	var o scanOptions
	flags := cmd.Flags()
	flags.BoolVarP(&o.IgnoreCase, "ignore-case", "i", false, "let case not count")
	flags.BoolVar(&o.Unknown, "unknown", false, "find too what differs from a code only in its number")
	flags.Var((*texts)(&o.prefixes), "code", "only entries whose code begins with this `PREFIX`")
	flags.BoolVar(&o.annotate, "annotate", false, "pass the log through; explain each code in it once")
	flags.Var(&o.failOn, "fail-on", "exit code 1 for "+strings.Join(verdicts, ", "))
	complete(cmd, "code")
	complete(cmd, "fail-on", verdicts...)
	p.asks(cmd, render.Logs, render.Text, func(q query, files []string) error {
		if o.annotate && q.view.format != render.Text {
			return usage(fmt.Sprintf("--annotate passes the log through and cannot write %s", q.view.format), "leave one of them out")
		}
		if len(files) == 0 {
			files = []string{"-"}
		}
		s, err := newScanning(q, o)
		if err != nil {
			return err
		}
		return s.run(files)
	})
	return cmd
}

type scanOptions struct {
	scan.Options
	prefixes []string
	annotate bool
	failOn   failOn
}

// verdicts is what --fail-on can ask for: a severity means it and worse ones.
var verdicts = []string{"any", "info", "warning", "error", "unknown"}

// A failOn is what a run is to fail on; nothing is not to fail.
type failOn []string

func (f failOn) String() string { return strings.Join(f, ",") }
func (f failOn) Type() string   { return "WHAT" }

func (f *failOn) Set(list string) error {
	for what := range strings.SplitSeq(list, ",") {
		if !slices.Contains(verdicts, what) {
			return fmt.Errorf("want one of %s", strings.Join(verdicts, ", "))
		}
		*f = append(*f, what)
	}
	return nil
}

// covers reports whether a code is one to fail on.
func (f failOn) covers(found render.Finding) bool {
	return slices.ContainsFunc(f, func(what string) bool {
		switch {
		case what == "any":
			return true
		case found.Entry == nil || what == "unknown":
			return found.Entry == nil && what == "unknown"
		}
		return slices.Index(verdicts, string(found.Entry.Severity)) >= slices.Index(verdicts, what)
	})
}

// A scanning is one run of scan.
type scanning struct {
	query
	scanOptions
	codes   *scan.Codes            // what is looked for
	places  []catalog.Place        // of their entries
	entries map[int]*catalog.Entry // of the codes found so far
	files   []string               // what is scanned
	until   context.Context        // done when a signal ends the scan
	read    int                    // files that could be read, whole or in part
	found   bool                   // something is found
	failing bool                   // something is found that --fail-on covers
	omitted int64                  // places of unknown codes that are one too many to be kept
}

func newScanning(q query, o scanOptions) (*scanning, error) {
	s := &scanning{query: q, scanOptions: o, entries: map[int]*catalog.Entry{}}
	s.Unknown = s.Unknown || slices.Contains(o.failOn, "unknown")
	for _, prefix := range o.prefixes {
		if !catalog.IsCode(prefix) {
			return nil, notACode(prefix)
		}
		begun, err := some(q.Codes(q.ctx, catalog.Filter{Prefixes: []string{prefix}}))
		if err != nil {
			return nil, err
		}
		if !begun { // a check that looks for nothing would always pass
			f, err := q.noneBegin(prefix, nil)
			if err != nil {
				return nil, err
			}
			f.Kind = render.Usage
			return nil, f
		}
	}
	for _, c := range q.Catalogs() {
		s.Count += c.Entries
	}
	s.places = make([]catalog.Place, 0, s.Count)
	var err error
	s.codes = scan.Compile(func(yield func([]byte) bool) {
		for code, failed := range q.Codes(q.ctx, catalog.Filter{Prefixes: o.prefixes}) {
			s.places = append(s.places, code.At)
			if err = failed; err != nil || !yield(code.Text) {
				return
			}
		}
	}, s.Options)
	return s, err
}

// run scans the files until a signal says to stop, and says what came of it. It
// is interrupted then, after it has told what was found so far.
func (s *scanning) run(files []string) error {
	s.files = files
	if slices.Contains(files, "-") && isTerminal(s.stdin) {
		s.note("reading standard input; errcode scan FILE reads a file")
	}
	until, end := context.WithCancelCause(s.ctx)
	s.until = until
	stop := onSignal(end)
	var err error
	switch {
	case s.annotate:
		err = s.passThrough()
	case s.view.format == render.JSONL:
		err = s.show(render.Occurrences(s.occurrences))
	default:
		err = s.report()
	}
	stop()
	if err := cmp.Or(err, s.stdout.Flush()); err != nil {
		return err
	}
	cause := context.Cause(until)
	switch {
	case cause != nil:
		s.note("interrupted; the rest was not searched")
	case !s.found && !s.annotate && s.read > 0:
		s.none()
	}
	if s.omitted > 0 {
		s.fail(&render.Failure{
			Kind:    render.IO,
			Message: fmt.Sprintf("more than %d different unknown codes; others were found %s and are left out, and counts of unknown ones may be too low", scan.MaxUnknown, times(s.omitted)),
			Hints:   []string{"--code PREFIX narrows what is looked for"},
		})
	}
	if s.failing {
		s.exit = max(s.exit, 1)
	}
	return cause
}

// none says that no code was found, which is a failure unless --fail-on hopes
// for it.
func (s *scanning) none() {
	f := &render.Failure{Kind: render.NotFound, Message: "no code found in " + s.where()}
	if s.prefixes != nil {
		f.Message = fmt.Sprintf("no code that begins with %s found in %s", strings.Join(s.prefixes, " or "), s.where())
	}
	if s.failOn != nil {
		s.note(f.Message)
		return
	}
	f.Hints = append([]string{"errcode list shows the codes that are looked for"}, s.searched()...)
	s.fail(f)
}

// where is what is scanned, in words.
func (s *scanning) where() string {
	if len(s.files) > 1 {
		return count(s.read, "file", "files")
	}
	if s.files[0] == "-" {
		return "standard input"
	}
	return s.files[0]
}

// finding is what is known of something found, without its places.
func (s *scanning) finding(number int, unknown bool, text string) (render.Finding, error) {
	var found render.Finding
	if unknown {
		found = render.Finding{Code: text, Like: s.codes.Code(number), Text: text}
	} else {
		e, err := s.entry(number)
		if err != nil {
			return found, err
		}
		found = render.Finding{Code: e.Code, Entry: e, Text: text}
	}
	s.found = true
	s.failing = s.failing || s.failOn.covers(found)
	return found, nil
}

// entry returns the entry of a code.
func (s *scanning) entry(number int) (*catalog.Entry, error) {
	if e, ok := s.entries[number]; ok {
		return e, nil
	}
	e, err := s.Entry(s.places[number])
	s.entries[number] = &e
	return &e, err
}

// occurrences yields what is found, as it is found.
func (s *scanning) occurrences(yield func(render.Occurrence, error) bool) {
	each(s, s.codes.Scan, func(file string, f scan.Finding) bool {
		found, err := s.finding(f.Code, f.Unknown, string(f.Text))
		o := render.Occurrence{Code: found.Code, Like: found.Like, Text: found.Text, Place: render.Place{File: file}}
		o.Line, o.Column = f.Place()
		return yield(o, err) && err == nil
	})
}

// passThrough writes the logs as they come, with a note under each line that a
// code is found in for the first time.
func (s *scanning) passThrough() error {
	to := io.Writer(s.stdout)
	reset := func() error { return nil }
	switch {
	case isTerminal(s.terminal.stdout):
		shown := text.NewShown(to)
		to, reset = shown, shown.Reset
	case s.terminal.inWorkflow():
		to = text.Inert(to)
	}
	var failed error
	known, unknown := map[string]bool{}, map[string]bool{} // those seen so far
	var fresh []render.Finding                             // found first in the line that is being written
	each(s, s.codes.Lines, func(_ string, line scan.Line) bool {
		for _, f := range line.Findings {
			var found render.Finding
			if found, failed = s.finding(f.Code, f.Unknown, string(f.Text)); failed != nil {
				return false
			}
			seen := known
			if f.Unknown {
				seen = unknown
			}
			switch {
			case seen[found.Code]:
			case f.Unknown && len(unknown) == scan.MaxUnknown:
				s.omitted++
			default:
				seen[found.Code] = true
				fresh = append(fresh, found)
			}
		}
		if _, failed = to.Write(line.Text); failed != nil || line.More {
			return failed == nil
		}
		if len(fresh) > 0 {
			failed = reset()
		}
		if failed == nil && len(fresh) > 0 && line.Text[len(line.Text)-1] != '\n' {
			_, failed = io.WriteString(to, "\n") // else the note would not stand in a line of its own
		}
		for _, f := range fresh {
			if failed == nil {
				failed = render.Note(to, f, s.view.Options)
			}
		}
		fresh = fresh[:0]
		return failed == nil
	})
	return cmp.Or(failed, reset())
}

// each scans the files one after another and hands on what comes of each, until
// told to stop or a signal says so. Output does not wait for input.
func each[T any](s *scanning, scan func(context.Context, io.Reader) iter.Seq2[T, error], then func(file string, t T) bool) {
	for _, file := range s.files {
		r, err := s.open(file)
		if !s.opened(file, err) {
			continue
		}
		stopped := false
		for t, err := range scan(s.until, flushing{r, s.stdout}) {
			if err == nil {
				stopped = !then(file, t)
			} else if stopped = s.stdout.Flush() != nil; !stopped { // else it was no read that failed
				s.readToEnd(file, err)
			}
			if stopped {
				break
			}
		}
		r.Close()
		if stopped {
			return
		}
	}
}

// opened counts a file that could be opened, and reports why one could not.
func (s *scanning) opened(file string, err error) bool {
	var hints []string
	if other, ok := errors.AsType[*scan.FormError](err); ok {
		hints = []string{"errcode scan reads plain text and gzip; of this: " + other.Command + " FILE | errcode scan"}
	}
	s.cannotRead(file, err, hints...)
	if err == nil {
		s.read++
	}
	return err == nil
}

// readToEnd reports why a file could not be read to its end, if so.
func (s *scanning) readToEnd(file string, err error) {
	s.cannotRead(file, err, "what stands before that is searched")
}

// cannotRead reports a failure, if it is one: that a signal ended the scan is none.
func (s *scanning) cannotRead(file string, err error, hints ...string) {
	if err == nil || errors.Is(err, context.Canceled) {
		return
	}
	f := &render.Failure{Kind: render.IO, Input: file, Hints: hints}
	if file == "-" {
		f.Message = fmt.Sprintf("cannot read standard input: %v", reason(err))
	} else {
		f.Message = fmt.Sprintf("cannot read %q: %v", file, reason(err))
	}
	s.fail(f)
}
