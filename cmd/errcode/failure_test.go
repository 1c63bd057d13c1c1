package main

import (
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/errcode-cli/errcode/internal/catalog"
	"github.com/errcode-cli/errcode/internal/entry"
	"github.com/errcode-cli/errcode/internal/index"
	"github.com/errcode-cli/errcode/internal/logs"
	"github.com/errcode-cli/errcode/internal/render"
	"github.com/errcode-cli/errcode/internal/source"
)

// TestFailure makes a failure of every error that has a type, bare and wrapped, and of
// some that have none.
func TestFailure(t *testing.T) {
	path := &fs.PathError{Op: "read", Path: "x.yaml", Err: errors.New("input/output error")}
	problems := make([]source.Problem, 25)
	why := func(name string) (why error) {
		for _, err := range source.Find(name) {
			why = err
		}
		return why
	}
	notCatalog, noFile, noFolder := why(t.TempDir()), why("nowhere.yaml"), why("nowhere/")
	for _, test := range []struct {
		err     error
		kind    render.Kind
		input   string
		message string
	}{
		{usage("what?"), render.Usage, "", "what?"},
		{&render.Failure{Kind: render.NotFound, Message: "nothing"}, render.NotFound, "", "nothing"},
		{&source.InvalidError{File: "x.yaml", Problems: problems}, render.Catalog, "x.yaml", "25 problems"},
		{notCatalog, render.Catalog, "", "no catalog in the folder"},
		{noFile, render.Catalog, "", `cannot read "nowhere.yaml": `},
		{noFolder, render.Catalog, "", `cannot read "nowhere`},
		{&source.ReadError{Name: "x.yaml", Err: path, Catalog: true}, render.Catalog, "", `cannot read "x.yaml": input/output error`},
		{&source.ReadError{Name: "-", Err: path}, render.IO, "", "cannot read standard input: input/output error"},
		{&logs.FileError{ReadError: source.ReadError{Name: "x.log", Err: path}}, render.IO, "", `cannot read "x.log": input/output error`},
		{&catalog.UnknownError{Name: "nope"}, render.Catalog, "nope", `no built-in catalog "nope"`},
		{&catalog.SameNameError{Name: "a", First: "1.yaml", Second: "2.yaml"}, render.Catalog, "", `two catalogs are named "a"`},
		{&source.SeveralError{First: ".errcode.yml", Second: ".errcode.json"}, render.Catalog, ".errcode.json", `two: ".errcode.yml" and ".errcode.json"`},
		{&catalog.ChangedError{File: "x.yaml"}, render.Catalog, "x.yaml", `"x.yaml" has changed while it was read`},
		{&catalog.DamagedError{Name: "api", Err: index.ErrDamaged}, render.Catalog, "api", `the catalog "api" is damaged`},
		{&catalog.DamagedError{Name: "api", Err: entry.ErrRecord}, render.Catalog, "api", `the catalog "api" is damaged`},
		{cannotWrite(path), render.IO, "", "cannot write standard output: input/output error"},
		{path, render.IO, "", "input/output error"},
		{io.ErrUnexpectedEOF, render.IO, "", "unexpected EOF"},
		{context.Canceled, render.IO, "", "canceled"},
		{index.ErrDamaged, render.IO, "", "damaged"},
		{errors.New("anything"), render.IO, "", "anything"},
	} {
		for _, err := range []error{test.err, fmt.Errorf("more of it: %w", test.err)} {
			f := failure(err)
			if f.Kind != test.kind || f.Input != test.input || !strings.Contains(f.Message, test.message) {
				t.Errorf("%T %v: kind %s, input %q, %q; want %s, %q, %q", test.err, err, f.Kind, f.Input, f.Message, test.kind, test.input, test.message)
			}
		}
	}
	if n := len(failure(&source.InvalidError{File: "x.yaml", Problems: problems}).Problems); n != mostProblems {
		t.Errorf("%d problems are shown", n)
	}
}

// TestUsageIsOne looks for the places that make a failure one of usage: there is one,
// so that nothing else is taken for a mistake on the command line.
func TestUsageIsOne(t *testing.T) {
	var places []string
	err := filepath.WalkDir(filepath.Join("..", ".."), func(path string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		for _, decl := range file.Decls {
			name := ""
			if f, ok := decl.(*ast.FuncDecl); ok {
				name = f.Name.Name
			}
			ast.Inspect(decl, func(n ast.Node) bool {
				s, selects := n.(*ast.SelectorExpr)
				id, names := n.(*ast.Ident)
				if selects && s.Sel.Name == "Usage" && fmt.Sprint(s.X) == "render" ||
					names && id.Name == "Usage" && file.Name.Name == "render" && name != "" {
					places = append(places, filepath.Base(path)+" "+name)
				}
				return true
			})
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"failure.go usage"}; !slices.Equal(places, want) {
		t.Errorf("usage is made in %q, want %q", places, want)
	}
}

// TestKinds runs into failures of each kind, and has the exit code with the kind.
func TestKinds(t *testing.T) {
	s := newShelf(t, "a.yaml", 3)
	s.source = ""
	at := func(name string) string { return filepath.Join(s.dir, name) }
	s.overwrite(at("broken.yaml"), []byte("catalog: [\n"))
	for _, test := range []struct {
		args string
		kind render.Kind
		exit int
	}{
		{"get NOPE-1", render.NotFound, 1},
		{"get", render.Usage, 2},
		{"get --nope A-1", render.Usage, 2},
		{"get A-1 --width x", render.Usage, 2},
		{"status nope", render.Usage, 2},
		{"list -o nope", render.Usage, 2},
		{"scan --code nope-1", render.Usage, 2},
		{"get A-1 -c nope", render.Catalog, 2},
		{"get A-1 -c " + at("nowhere.yaml"), render.Catalog, 2},
		{"get A-1 -c " + at("nowhere") + string(filepath.Separator), render.Catalog, 2},
		{"get A-1 -c " + at("broken.yaml"), render.Catalog, 2},
		{"catalogs -c " + at("nowhere.yaml"), render.Catalog, 2},
		{"scan " + at("nowhere.log"), render.IO, 2},
		{"validate " + at("nowhere.yaml"), render.IO, 2},
	} {
		got := s.ask("off", append(strings.Fields(test.args), "--json")...)
		if got.exit != test.exit || !strings.Contains(got.stderr, fmt.Sprintf(`"kind":%q`, test.kind)) {
			t.Errorf("errcode %s: %+v, want kind %s, exit %d", test.args, got, test.kind, test.exit)
		}
	}
}

// TestInputFails reads standard input that fails: that is io, whatever asks for it.
func TestInputFails(t *testing.T) {
	for _, command := range [][]string{{"get", "-"}, {"scan", "-"}, {"validate", "-", "--format", "yaml"}} {
		dir, err := os.Open(t.TempDir()) // of which no byte can be read
		if err != nil {
			t.Fatal(err)
		}
		defer dir.Close()
		out, messages := tempFile(t), tempFile(t)
		exit := run(append(command, "--json"), dir, out, messages, func(string) string { return "" })
		said, err := os.ReadFile(messages.Name())
		if err != nil || exit != 2 || !strings.Contains(string(said), `"kind":"io"`) || !strings.Contains(string(said), "cannot read standard input") {
			t.Errorf("%s: exit %d, %s (%v)", command, exit, said, err)
		}
	}
}

func tempFile(t *testing.T) *os.File {
	t.Helper()
	f, err := os.CreateTemp(t.TempDir(), "output")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}
