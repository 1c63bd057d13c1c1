package catalog

import (
	"bytes"
	"flag"
	"fmt"
	"go/format"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/errcode-cli/errcode/internal/document"
)

var update = flag.Bool("update", false, "rewrite the files that the tests compare with")

// TestBuiltin compiles each data/NAME.yaml to builtin_NAME.go and fails where
// the file in the tree says something else; with -update it writes the file.
func TestBuiltin(t *testing.T) {
	sources, err := filepath.Glob("data/*.yaml")
	if err != nil || len(sources) != len(builtin) {
		t.Fatalf("%d catalogs in data, %d in builtin: list each in builtin.go (%v)", len(sources), len(builtin), err)
	}
	for _, source := range sources {
		compiled := compile(t, source)
		target := "builtin_" + filepath.Base(source[:len(source)-len(".yaml")]) + ".go"
		if *update {
			if err := os.WriteFile(target, compiled, 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if old, err := os.ReadFile(target); err != nil || !bytes.Equal(old, compiled) {
			t.Errorf("%s is stale: run go test ./internal/catalog -update (%v)", target, err)
		}
	}
}

// compile turns a catalog's YAML into the Go source of a Catalog, one entry a line.
func compile(t *testing.T, source string) []byte {
	t.Helper()
	data, err := os.ReadFile(source)
	if err != nil {
		t.Fatal(err)
	}
	b := newBuilder("")
	if err := b.read(t.Context(), bytes.NewReader(data), document.YAML); err != nil || b.problems != nil {
		t.Fatalf("%s: %v %v", source, err, b.problems)
	}
	c := *b.catalog
	literal := strings.NewReplacer(
		"catalog.Catalog{", "Catalog{", "[]catalog.Entry{", "[]Entry{", "catalog.Entry{", "\n{", "[]catalog.Link", "[]Link", "[]catalog.Extra", "[]Extra", "}}}", "},\n}}",
	).Replace(fmt.Sprintf("%#v", c))
	code, err := format.Source(fmt.Appendf(nil,
		"// Code generated from %s by go test -update; DO NOT EDIT.\n\npackage catalog\n\nvar %s = %s\n", source, c.Name, literal))
	if err != nil {
		t.Fatal(err)
	}
	return code
}
