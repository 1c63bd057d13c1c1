package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/spf13/cobra"

	"github.com/errcode-cli/errcode/internal/catalog"
	"github.com/errcode-cli/errcode/internal/entry"
	"github.com/errcode-cli/errcode/internal/logs"
	"github.com/errcode-cli/errcode/internal/render"
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
		Example: `  errcode scan examples/app.log
  errcode scan --fail-on error -o github examples/app.log
  tail -n 3 examples/app.log | errcode scan --annotate
  cat examples/app.log | errcode scan --unknown -o json | jq -r '.[].code'`,
		Args: func(cmd *cobra.Command, files []string) error {
			return p.wordsOnce(cmd, inputOr(files))
		},
	}
	var o scanOptions
	flags := cmd.Flags()
	flags.BoolVarP(&o.IgnoreCase, "ignore-case", "i", false, "let case not count")
	flags.BoolVar(&o.Unknown, "unknown", false, "find too what differs from a code only in its number")
	flags.Var((*texts)(&o.Prefixes), "code", "only entries whose code begins with this `PREFIX`")
	flags.BoolVar(&o.annotate, "annotate", false, "pass the log through; explain each code in it once")
	flags.Var(&o.failOn, "fail-on", "exit code 1 for "+strings.Join(verdicts, ", "))
	complete(cmd, "code")
	complete(cmd, "fail-on", verdicts...)
	p.asks(cmd, render.Logs, render.Text, func(q query, files []string) error {
		if o.annotate && q.view.format != render.Text {
			return usage(fmt.Sprintf("--annotate passes the log through and cannot write %s", q.view.format), "leave one of them out")
		}
		s, err := newScanning(q, o)
		if err != nil {
			return err
		}
		return s.run(inputOr(files))
	})
	return cmd
}

// inputOr is the files, or standard input where none is named.
func inputOr(files []string) []string {
	if len(files) == 0 {
		return []string{"-"}
	}
	return files
}

type scanOptions struct {
	logs.Options
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
func (f failOn) covers(found logs.Found) bool {
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
	*logs.Search
	input   logs.Input
	until   context.Context // done when a signal ends the scan
	unread  int             // files that could not be opened
	found   bool            // something is found
	failing bool            // something is found that --fail-on covers
	omitted int64           // places of unknown codes that are one too many to be told apart
}

func newScanning(q query, o scanOptions) (*scanning, error) {
	s := &scanning{query: q, scanOptions: o}
	s.Unknown = s.Unknown || slices.Contains(o.failOn, "unknown")
	for _, prefix := range o.Prefixes {
		if !entry.IsCode(prefix) {
			return nil, notACode(prefix)
		}
		begun, err := some(q.Codes(q.ctx, catalog.Filter{Prefixes: []string{prefix}}))
		if err != nil {
			return nil, err
		}
		if !begun { // a check that looks for nothing would always pass
			miss, err := q.PrefixMiss(q.ctx, prefix, catalog.Filter{})
			if err != nil {
				return nil, err
			}
			missed := render.NotFoundPrefix(miss, q.again())
			f := usage(missed.Message, slices.Concat(missed.Hints, missed.General)...)
			f.Input, f.Suggestions, f.Facts = missed.Input, missed.Suggestions, missed.Facts
			return nil, f
		}
	}
	var err error
	s.Search, err = logs.NewSearch(q.ctx, q.Selection, s.Options)
	return s, err
}

// run scans the files until a signal says to stop, and says what came of it. It
// is interrupted then, after it has told what was found so far.
func (s *scanning) run(files []string) error {
	s.input = logs.Input{Files: files, Stdin: s.stdin, Waiting: s.stdout.Flush}
	if slices.Contains(files, "-") && isTerminal(s.stdin) {
		s.note(render.Reading, "reading standard input; errcode scan FILE reads a file")
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
		s.note(render.Interrupted, "interrupted; the rest was not searched")
	case !s.found && !s.annotate && s.unread < len(files):
		s.none()
	}
	if s.omitted > 0 {
		s.fail(&render.Failure{
			Kind:    render.IO,
			Message: fmt.Sprintf("more than %d different unknown codes; others were found %s and are left out, and counts of unknown ones may be too low", logs.MaxUnknown, times(s.omitted)),
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
	if s.Prefixes != nil {
		f.Message = fmt.Sprintf("no code that begins with %s found in %s", strings.Join(s.Prefixes, " or "), s.where())
	}
	if s.failOn != nil {
		s.note(render.NoneFound, f.Message)
		return
	}
	f.Hints = append([]string{fmt.Sprintf("errcode list%s shows the codes that are looked for", s.again())}, render.Searched(s.Names(), nil)...)
	s.fail(f)
}

// where is what is scanned, in words.
func (s *scanning) where() string {
	files := s.input.Files
	if len(files) > 1 {
		return render.Count(len(files)-s.unread, "file", "files")
	}
	if files[0] == "-" {
		return "standard input"
	}
	return files[0]
}

func times(n int64) string {
	if n == 1 {
		return "once"
	}
	return fmt.Sprintf("%d times", n)
}

// judge takes a code that was found into the verdict.
func (s *scanning) judge(found logs.Found) {
	s.found = true
	s.failing = s.failing || s.failOn.covers(found)
}

// unreadable reports an error that is about one file alone, and returns any other.
func (s *scanning) unreadable(err error) error {
	file, ok := errors.AsType[*logs.FileError](err)
	if !ok {
		return err
	}
	f := failure(&file.ReadError)
	f.Input = file.Name
	if file.Opened {
		f.Hints = []string{"what stands before that is searched"}
	} else {
		s.unread++
	}
	if form, ok := errors.AsType[*logs.FormError](file.Err); ok {
		f.Hints = []string{"errcode scan reads plain text and gzip; of this: " + form.Command + " FILE | errcode scan"}
	}
	s.fail(f)
	return nil
}

// report scans the files and shows what they hold of each code.
func (s *scanning) report() error {
	read, erase := s.progress()
	report, err := s.Report(s.until, s.input, read)
	erase()
	if err != nil {
		return err
	}
	for _, err := range report.Errors {
		_ = s.unreadable(err) // it is of a file
	}
	s.omitted = report.Omitted
	for _, f := range report.Findings {
		s.judge(f.Found)
	}
	if err := s.show(render.Findings(report.Findings)); err != nil {
		return err
	}
	if n := len(report.Findings); n > 0 {
		occurrences := int64(0)
		for _, f := range report.Findings {
			occurrences += f.Count
		}
		s.note(render.Found, fmt.Sprintf("%s, found %s in %s", render.Count(n, "code", "codes"), times(occurrences), s.where()), fact("codes", n), fact("count", occurrences))
	}
	return nil
}

// progress shows on a terminal how far the scan is, which counts what it reads.
func (s *scanning) progress() (read *atomic.Int64, erase func()) {
	read = new(atomic.Int64)
	files := s.input.Files
	typed := slices.Contains(files, "-") && isTerminal(s.stdin) // where it would be in the way
	if s.view.format.JSON() || columns(s.terminal.stderr) == 0 || typed {
		return read, func() {}
	}
	what := render.Count(len(files), "file", "files")
	if len(files) == 1 {
		what = s.where()
	}
	meter := progress{to: s.terminal.stderr, began: time.Now()}
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		tick := time.NewTicker(patience / 2)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				meter.show(fmt.Sprintf("scanning %s: %d MB", what, read.Load()/1e6))
			case <-stop:
				return
			}
		}
	}()
	return read, func() {
		close(stop)
		<-stopped
		meter.erase()
	}
}

// occurrences yields what is found, as it is found.
func (s *scanning) occurrences(yield func(logs.Occurrence, error) bool) {
	for o, err := range s.Occurrences(s.until, s.input) {
		if err == nil {
			s.judge(o.Found)
		} else if err = s.unreadable(err); err == nil {
			continue
		}
		if !yield(o, err) {
			return
		}
	}
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
	var fresh []logs.Found // found first in the line that is being written
	for line, err := range s.Lines(s.until, s.input) {
		if err != nil {
			if err := s.unreadable(err); err != nil {
				return err
			}
			continue
		}
		s.omitted += int64(line.Left)
		for _, f := range line.First {
			s.judge(f)
		}
		fresh = append(fresh, line.First...)
		if _, err := to.Write(line.Text); err != nil {
			return err
		}
		if line.More || len(fresh) == 0 {
			continue
		}
		if err := s.explain(to, reset, line.Text, fresh); err != nil {
			return err
		}
		fresh = fresh[:0]
	}
	return reset()
}

// explain writes notes on what was found first in a line, below it.
func (s *scanning) explain(to io.Writer, reset func() error, line []byte, found []logs.Found) error {
	if err := reset(); err != nil {
		return err
	}
	if line[len(line)-1] != '\n' { // else the note would not stand in a line of its own
		if _, err := io.WriteString(to, "\n"); err != nil {
			return err
		}
	}
	for _, f := range found {
		if err := render.Annotate(to, f, s.view.Options); err != nil {
			return err
		}
	}
	return nil
}
