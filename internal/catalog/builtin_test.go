package catalog

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/errcode-cli/errcode/internal/source"
)

var update = flag.Bool("update", false, "rewrite the files that the tests compare with")

// TestBuiltin compiles each data/NAME.yaml to data/NAME.index and fails where
// the file in the tree says something else; with -update it writes the file.
func TestBuiltin(t *testing.T) {
	sources, err := filepath.Glob("data/*.yaml")
	if err != nil || len(sources) == 0 {
		t.Fatalf("no catalogs in data (%v)", err)
	}
	for _, name := range sources {
		from := sourceAt(t, name)
		text, err := from.Open()
		if err != nil {
			t.Fatal(err)
		}
		defer text.Close()
		var compiled bytes.Buffer
		if err := compile(t.Context(), from, text, &compiled); err != nil {
			t.Fatal(err)
		}
		target := strings.TrimSuffix(name, ".yaml") + compiledSuffix
		if *update {
			if err := os.WriteFile(target, compiled.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if old, err := os.ReadFile(target); err != nil || !bytes.Equal(old, compiled.Bytes()) {
			t.Errorf("%s is stale: run go test ./internal/catalog -update (%v)", target, err)
		}
	}
}

// sourceAt is the source that a file is.
func sourceAt(t *testing.T, name string) *source.Source {
	t.Helper()
	for from, err := range source.Find(name) {
		if err != nil {
			t.Fatal(err)
		}
		return from
	}
	t.Fatalf("%s is no source", name)
	return nil
}
