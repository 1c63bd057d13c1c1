package catalog

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/errcode-cli/errcode/internal/document"
)

// An InvalidError says that a catalog file breaks rules.
type InvalidError struct {
	File     string
	Problems []Problem // in the order of the file, at least one
}

func (e *InvalidError) Error() string {
	return fmt.Sprintf("%s is not a valid catalog", e.File)
}

// expand returns the files that a path means: itself, or for a folder the
// catalog files directly in it, by name, without the hidden ones.
func expand(path string) ([]string, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, cannotRead(path, err)
	}
	if !info.IsDir() {
		return []string{path}, nil
	}
	entries, err := os.ReadDir(path)
	if err != nil {
		return nil, cannotRead(path, err)
	}
	var files []string
	for _, e := range entries {
		_, isCatalog := document.FormatOf(e.Name())
		if isCatalog && !e.IsDir() && !strings.HasPrefix(e.Name(), ".") {
			files = append(files, filepath.Join(path, e.Name()))
		}
	}
	if files == nil {
		return nil, fmt.Errorf("no catalog in the folder %q: no file there ends in .yaml, .yml or .json", path)
	}
	return files, nil
}

// formatOf tells how a catalog file is written, and its size. What is no
// regular file is refused, since a pipe would wait for a writer.
func formatOf(path string) (format document.Format, size int64, err error) {
	info, err := os.Stat(path)
	if err != nil {
		return 0, 0, cannotRead(path, err)
	}
	format, ok := document.FormatOf(path)
	switch {
	case !info.Mode().IsRegular():
		return 0, 0, fmt.Errorf("%q is no regular file", path)
	case !ok:
		return 0, 0, fmt.Errorf("%q is no catalog file: its name ends in none of .yaml, .yml and .json", path)
	}
	return format, info.Size(), nil
}

// cannotRead says which file an error is about, unless it says so itself. It is
// named once; the errors of package os name it again.
func cannotRead(path string, err error) error {
	if _, ok := errors.AsType[*InvalidError](err); ok {
		return err
	}
	if e, ok := errors.AsType[*os.PathError](err); ok {
		err = e.Err
	}
	return fmt.Errorf("cannot read %q: %w", path, err)
}

// A reader reads a catalog file: it checks each part against the rules, takes
// over what kept them, and collects the problems.
type reader struct {
	checker
	header  Catalog         // but for its entries
	found   func(e Entry)   // is given each entry as long as there is no problem
	keys    map[string]bool // the header's so far
	errors  document.Position
	entries int
	names   map[string]name
	strict  *quality // nil unless quality counts
}

func newReader(file string) *reader {
	return &reader{
		checker: checker{file: file},
		found:   func(Entry) {},
		keys:    map[string]bool{},
		names:   map[string]name{},
	}
}

// read reads a catalog. Of a document with a syntax error that is the only
// problem. The error is the context's or the stream's.
func (f *reader) read(ctx context.Context, r io.Reader, format document.Format) error {
	for part, err := range document.Read(r, format, errorsKey) {
		if err == nil {
			err = ctx.Err()
		}
		if syntax, ok := errors.AsType[*document.Error](err); ok {
			f.problems = []Problem{{File: f.file, Position: syntax.Position, Rule: "syntax", Message: syntax.Message}}
			return nil
		}
		if err != nil {
			return err
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

// A name is a code or an alias of a catalog, and where it stands first.
type name struct {
	sort string
	line int
}

func (f *reader) field(part document.Field) {
	if part.Key.Text == errorsKey && part.Value.Kind == document.List {
		f.errors = part.Value.Position
	}
	mapping[Catalog]{rules: header}.field(&f.checker, part, f.keys, &f.header)
}

func (f *reader) entry(n *document.Node) {
	e := Entry{Severity: Error}
	mapping[Entry]{entryRules, addExtra}.read(&f.checker, n, &e)
	for _, field := range n.Fields {
		switch field.Key.Text {
		case "code":
			f.claim("the code", field.Value, n)
		case "aliases":
			for _, alias := range field.Value.Items {
				f.claim("an alias", alias, n)
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

// claim reports a code or alias of an entry that stands for two.
func (f *reader) claim(sort string, n, entry *document.Node) {
	if n.Text == "" || n.Kind != document.String && !n.Plain {
		return // reported already
	}
	if first, taken := f.names[n.Text]; taken {
		at := n.Position
		if at.Line < entry.Line { // the entry repeats another by an alias of YAML
			at = entry.Position
		}
		f.report(at, "duplicate-code", "%q is %s at line %d already", n.Text, first.sort, first.line)
		return
	}
	f.names[n.Text] = name{sort, n.Line}
}

func (f *reader) finish() {
	mapping[Catalog]{rules: header}.missing(&f.checker, document.Position{Line: 1, Column: 1}, f.keys)
	if f.errors.Line > 0 && f.entries == 0 {
		f.report(f.errors, "no-entries", "expected at least one entry")
	}
	sortProblems(f.problems)
}
