package source

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"

	"github.com/errcode-cli/errcode/internal/document"
	"github.com/errcode-cli/errcode/internal/entry"
)

// Read reads a catalog and hands over its entries in order, as long as no rule is
// broken: then what was found is no catalog. Broken rules are an *InvalidError, a
// failing reader is a *ReadError; other errors are the context's.
func (s *Source) Read(ctx context.Context, r io.Reader, found func(entry.Entry)) (Head, error) {
	c := newReader(s.Name)
	c.found = found
	if err := c.read(ctx, r, s.Format); err != nil {
		return Head{}, cmp.Or(ctx.Err(), cannotRead(s.Name, err))
	}
	if c.problems != nil {
		return Head{}, &InvalidError{s.Name, c.problems}
	}
	return c.head, nil
}

// A reader reads a catalog file: it checks each part against the rules, takes
// over what kept them, and collects the problems.
type reader struct {
	checker
	head    Head
	found   func(entry.Entry) // is given each entry as long as there is no problem
	keys    map[string]bool   // the head's so far
	errors  document.Position
	entries int
	names   map[string]int // the lines of the codes
	strict  *quality       // nil unless quality counts

	// Of a file in YAML that is checked for quality.
	text     *bytes.Buffer // what was read of it; else nil
	mentions map[document.Position]int
	excuses  excuses
}

func newReader(file string) *reader {
	return &reader{
		checker: checker{file: file},
		found:   func(entry.Entry) {},
		keys:    map[string]bool{},
		names:   map[string]int{},
	}
}

// read reads a catalog. Of a document with a syntax error that is the only
// problem. The error is the context's or the stream's.
func (f *reader) read(ctx context.Context, r io.Reader, format document.Format) error {
	if f.strict != nil && format == document.YAML {
		f.text, f.mentions, f.excuses = new(bytes.Buffer), map[document.Position]int{}, excuses{}
		r = io.TeeReader(r, f.text)
	}
	for part, err := range document.Read(r, format, errorsKey) {
		if err == nil {
			err = ctx.Err()
		}
		if syntax, ok := errors.AsType[*document.Error](err); ok {
			f.problems = []Problem{{Place: f.place(syntax.Position), Rule: "syntax", Message: syntax.Message}}
			return nil
		}
		if err != nil {
			return err
		}
		if f.text != nil {
			f.mention(part.Value)
		}
		if part.Item {
			f.entry(part.Value)
		} else {
			f.field(part.Field)
		}
	}
	f.finish()
	return nil
}

func (f *reader) field(part document.Field) {
	if part.Key.Text == errorsKey && part.Value.Kind == document.List {
		f.errors = part.Value.Position
	}
	header().field(&f.checker, part, f.keys, &f.head)
}

func (f *reader) entry(n *document.Node) {
	e := entry.Entry{Severity: entry.Error, Place: f.place(n.Position)}
	ofEntry().read(&f.checker, n, &e)
	for _, field := range n.Fields {
		switch field.Key.Text {
		case "code":
			f.claim(field.Value, n)
		}
	}
	if f.strict != nil && n.Kind == document.Map {
		f.strict.entry(&f.checker, n, &e)
	}
	f.entries++
	if f.problems == nil {
		f.found(e)
	}
}

// claim reports a code that two entries have.
func (f *reader) claim(n, entry *document.Node) {
	if n.Text == "" || n.Kind != document.String && !n.Plain {
		return // reported already
	}
	if first, taken := f.names[n.Text]; taken {
		at := n.Position
		if at.Line < entry.Line { // the entry repeats another by an alias of YAML
			at = entry.Position
		}
		f.report(at, "duplicate-code", "%q is the code at line %d already", n.Text, first)
		return
	}
	f.names[n.Text] = n.Line
}

func (f *reader) finish() {
	header().missing(&f.checker, document.Position{Line: 1, Column: 1}, f.keys)
	if f.errors.Line > 0 && f.entries == 0 {
		f.report(f.errors, "no-entries", "expected at least one entry")
	}
	if f.text != nil {
		f.excuse()
		f.text, f.mentions = nil, nil
	}
	sortProblems(f.problems)
}
