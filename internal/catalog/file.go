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

// formatOf tells how a catalog file is written. What is no regular file is
// refused, since a pipe would wait for a writer.
func formatOf(path string) (document.Format, error) {
	info, err := os.Stat(path)
	if err != nil {
		return 0, cannotRead(path, err)
	}
	format, ok := document.FormatOf(path)
	switch {
	case !info.Mode().IsRegular():
		return 0, fmt.Errorf("%q is no regular file", path)
	case !ok:
		return 0, fmt.Errorf("%q is no catalog file: its name ends in none of .yaml, .yml and .json", path)
	}
	return format, nil
}

// cannotRead names the file once; the errors of package os name it again.
func cannotRead(path string, err error) error {
	if e, ok := errors.AsType[*os.PathError](err); ok {
		err = e.Err
	}
	return fmt.Errorf("cannot read %q: %w", path, err)
}

// readFile reads a catalog from a file. Broken rules are an *InvalidError.
func readFile(ctx context.Context, path string) (*Catalog, error) {
	format, err := formatOf(path)
	if err != nil {
		return nil, err
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, cannotRead(path, err)
	}
	defer file.Close()
	b := newBuilder(path)
	if err := b.read(ctx, file, format); err != nil {
		return nil, cannotRead(path, err)
	}
	if b.problems != nil {
		return nil, &InvalidError{path, b.problems}
	}
	return b.catalog, nil
}

// A builder makes a catalog of the parts of a document, as far as they keep
// the rules, and collects the problems.
type builder struct {
	checker
	catalog *Catalog
	keys    map[string]bool // the header's so far
	errors  document.Position
	names   map[string]name
	strict  *quality // nil unless quality counts
}

func newBuilder(file string) *builder {
	return &builder{
		checker: checker{file: file},
		catalog: &Catalog{Origin: file},
		keys:    map[string]bool{},
		names:   map[string]name{},
	}
}

// read reads a catalog. Of a document with a syntax error that is the only
// problem. The error is the context's or the reader's.
func (b *builder) read(ctx context.Context, r io.Reader, format document.Format) error {
	for part, err := range document.Read(r, format, errorsKey) {
		if err == nil {
			err = ctx.Err()
		}
		if syntax, ok := errors.AsType[*document.Error](err); ok {
			b.problems = []Problem{{File: b.file, Position: syntax.Position, Rule: "syntax", Message: syntax.Message}}
			return nil
		}
		if err != nil {
			return err
		}
		if part.Item {
			b.entry(part.Value)
		} else {
			b.field(part.Field)
		}
	}
	b.finish()
	return nil
}

// A name is a code or an alias of a catalog, and where it stands first.
type name struct {
	sort string
	line int
}

func (b *builder) field(f document.Field) {
	if f.Key.Text == errorsKey && f.Value.Kind == document.List {
		b.errors = f.Value.Position
	}
	mapping[Catalog]{rules: header}.field(&b.checker, f, b.keys, b.catalog)
}

func (b *builder) entry(n *document.Node) {
	e := Entry{Severity: Error}
	mapping[Entry]{entryRules, addExtra}.read(&b.checker, n, &e)
	for _, f := range n.Fields {
		switch f.Key.Text {
		case "code":
			b.claim("the code", f.Value)
		case "aliases":
			for _, alias := range f.Value.Items {
				b.claim("an alias", alias)
			}
		}
	}
	if b.strict != nil && n.Kind == document.Map {
		b.strict.entry(&b.checker, n, &e)
	}
	b.catalog.Entries = append(b.catalog.Entries, e)
}

// claim reports a code or alias that stands for two entries.
func (b *builder) claim(sort string, n *document.Node) {
	if n.Text == "" || n.Kind != document.String && !n.Plain {
		return // reported already
	}
	if first, taken := b.names[n.Text]; taken {
		b.report(n.Position, "duplicate-code", "%q is %s at line %d already", n.Text, first.sort, first.line)
		return
	}
	b.names[n.Text] = name{sort, n.Line}
}

func (b *builder) finish() {
	mapping[Catalog]{rules: header}.missing(&b.checker, document.Position{Line: 1, Column: 1}, b.keys)
	if b.errors.Line > 0 && len(b.catalog.Entries) == 0 {
		b.report(b.errors, "no-entries", "expected at least one entry")
	}
	for i := range b.catalog.Entries {
		b.catalog.Entries[i].Catalog = b.catalog.Name
	}
	sortProblems(b.problems)
}
