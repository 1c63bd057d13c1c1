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
// failing reader is a *ReadError, a file that lists catalogs is a *Project; other
// errors are the context's.
func (s *Source) Read(ctx context.Context, r io.Reader, found func(entry.Entry)) (Head, error) {
	c := newReader(s)
	c.found = found
	if err := c.read(ctx, r, s.Format); err != nil {
		return Head{}, cmp.Or(ctx.Err(), cannotRead(s.Name, err))
	}
	if c.problems != nil {
		return Head{}, &InvalidError{s.Name, c.problems}
	}
	if c.project != nil {
		return Head{}, c.project
	}
	return c.head, nil
}

// A reader reads a catalog file: it checks each part against the rules, takes
// over what kept them, and collects the problems.
type reader struct {
	checker
	from    *Source
	top     *document.Node    // the document, without the entries
	found   func(entry.Entry) // is given each entry as long as there is no problem
	entries int
	names   map[string]name
	strict  *quality // nil unless quality counts

	// What the top makes of the file, at the end.
	head    Head
	blocks  []block
	project *Project // nil unless it is one

	// Of a file in YAML that is checked for quality.
	text     *bytes.Buffer // what was read of it; else nil
	mentions map[document.Position]int
	excuses  excuses
}

func newReader(from *Source) *reader {
	return &reader{
		checker: checker{file: from.Name},
		from:    from,
		top:     &document.Node{Position: document.Position{Line: 1, Column: 1}, Kind: document.Map},
		found:   func(entry.Entry) {},
		names:   map[string]name{},
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
			f.top.Fields = append(f.top.Fields, part.Field)
		}
	}
	f.finish()
	return nil
}

// A name is a code or an alias of a catalog, and where it stands first; as a code, where
// it is both.
type name struct {
	document.Position
	alias bool
}

func (f *reader) entry(n *document.Node) {
	e := entry.Entry{Severity: entry.Error, Place: f.place(n.Position)}
	ofEntry().read(&f.checker, n, &e)
	for _, field := range n.Fields {
		switch field.Key.Text {
		case "code":
			f.claim(false, field.Value, n)
		case "aliases":
			for _, alias := range field.Value.Items {
				f.claim(true, alias, n)
			}
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

// claim takes a code or alias for an entry, or reports a code that two entries have.
func (f *reader) claim(alias bool, n, entry *document.Node) {
	if n.Text == "" || n.Kind != document.String && !n.Plain {
		return // reported already
	}
	at := n.Position
	if at.Line < entry.Line { // the entry repeats another by an alias of YAML
		at = entry.Position
	}
	first, taken := f.names[n.Text]
	switch {
	case taken && !first.alias && !alias:
		f.report(at, "duplicate-code", "%q is the code at line %d already", n.Text, first.Line)
	case !taken || !alias:
		f.names[n.Text] = name{at, alias}
	}
}

// finish checks what can only be checked when all is read.
func (f *reader) finish() {
	if listsCatalogs(f.top) {
		f.project = &Project{source: f.from}
		ofProject().read(&f.checker, f.top, f.project)
		f.atLeastOne(catalogsKey, len(f.top.Value(catalogsKey).Items), "no-catalogs", "catalog")
	} else {
		header().read(&f.checker, f.top, &f.head)
		f.atLeastOne(errorsKey, f.entries, "no-entries", "entry")
		f.outlived()
		f.astray()
	}
	if f.text != nil {
		f.excuse()
		f.text, f.mentions = nil, nil
	}
	sortProblems(f.problems)
}

// atLeastOne reports a list of the top that has nothing.
func (f *reader) atLeastOne(key string, items int, rule, item string) {
	if list := f.top.Value(key); list != nil && list.Kind == document.List && items == 0 {
		f.report(list.Position, rule, "expected at least one %s", item)
	}
}
