package main

import (
	"context"
	"errors"
	"io"
	"os"
	"slices"

	"github.com/errcode-cli/errcode/internal/render"
	"github.com/errcode-cli/errcode/internal/text"
)

// A program is one run: its streams, and the worst it has met so far.
//
// Standard output carries results and nothing else. All else there is to say
// is a message: an error says what happened, a hint what to do next.
type program struct {
	args     []string
	stdin    io.Reader
	stdout   output
	terminal terminal
	exit     int
	implied  string   // the first word, where it is no command and get is meant
	commands []string // the commands it is like
	asked    []string // the catalogs that -c names
	chosenBy string   // what chose the catalogs, where not the user just now
	said     []string // hints that were true of more than one failure
}

// run runs errcode with its arguments and returns the exit code.
func run(args []string, stdin io.Reader, stdout, stderr *os.File, getenv func(string) string) int {
	p := &program{
		args:     args,
		stdin:    stdin,
		stdout:   newOutput(stdout, stderr),
		terminal: terminal{stdout, stderr, getenv},
	}
	root := newRoot(p)
	args, p.implied = arrange(root, args, isPiped(stdin))
	p.args = args
	if p.implied != "" {
		p.commands = nearCommands(root, p.implied)
	}
	root.SetArgs(args)
	err := root.ExecuteContext(context.Background())
	if err == nil {
		err = p.stdout.Flush()
	}
	ended, signalled := errors.AsType[interrupted](err)
	switch {
	case signalled:
		return ended.exit()
	case errors.Is(err, errReaderGone):
		return 141 // what a shell makes of SIGPIPE
	case err != nil:
		p.fail(failure(err))
	}
	return p.exit
}

// fail reports a failure; the run may go on and exits with the worst one's code.
func (p *program) fail(f *render.Failure) {
	_ = p.stdout.Flush() // keeps the order on a terminal; the error comes back at the end
	f.General = slices.DeleteFunc(f.General, func(hint string) bool { return slices.Contains(p.said, hint) })
	p.said = append(p.said, f.General...)
	p.messages().Failure(f)
	code := 2
	if f.Kind == render.NotFound {
		code = 1
	}
	p.exit = max(p.exit, code)
}

// messages is how this run says what is no result. The flags may not be parsed,
// or not be parsable, when there is something to say.
func (p *program) messages() render.Messages {
	seen := glanceAt(p.args)
	to := io.Writer(p.terminal.stderr)
	if p.terminal.inCI() {
		to = text.Inert(to)
	}
	return render.Messages{
		To:    to,
		JSON:  seen.wantsJSON(),
		Color: p.terminal.color(p.terminal.stderr, seen.color),
		Width: columns(p.terminal.stderr),
	}
}

// write renders results to standard output.
func (p *program) write(v view, l render.Listing) error {
	to := io.Writer(p.stdout)
	escapes := v.format.Machine() && v.format != render.CSV // what a runner obeys; CSV has no way to
	if !escapes && p.terminal.inWorkflow() {
		to = text.Inert(to)
	}
	return render.Write(to, v.format, l, v.Options)
}

// note says something by the way, after the results. Programs get the facts too.
func (p *program) note(kind render.NoteKind, message string, facts ...render.Fact) {
	p.tell(render.Note{Kind: kind, Message: message, Facts: facts})
}

// tell says a note.
func (p *program) tell(n render.Note) {
	_ = p.stdout.Flush()
	p.messages().Note(n)
}

func fact(key string, value any) render.Fact { return render.Fact{Key: key, Value: value} }
