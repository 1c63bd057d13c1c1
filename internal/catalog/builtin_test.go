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

	"go.yaml.in/yaml/v4"
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
	var file struct {
		Catalog, Title string
		Errors         []struct {
			Code, Title, Description, Resolution string
			Status                               int
			Causes, Keywords                     []string
			Retryable                            *bool
		}
	}
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	decoder.KnownFields(true)
	if err := decoder.Decode(&file); err != nil {
		t.Fatalf("%s: %v", source, err)
	}
	c := Catalog{Name: file.Catalog, Title: file.Title}
	for _, e := range file.Errors {
		entry := Entry{
			Catalog: c.Name, Code: e.Code, Title: e.Title, Status: e.Status, Severity: Error,
			Description: e.Description, Causes: e.Causes, Resolution: e.Resolution, Keywords: e.Keywords,
		}
		if e.Retryable != nil {
			entry.Retryable = No
			if *e.Retryable {
				entry.Retryable = Yes
			}
		}
		c.Entries = append(c.Entries, entry)
	}
	literal := strings.NewReplacer(
		"catalog.Catalog{", "Catalog{", "[]catalog.Entry{", "[]Entry{", "catalog.Entry{", "\n{", "[]catalog.Link", "[]Link", "}}}", "},\n}}",
	).Replace(fmt.Sprintf("%#v", c))
	code, err := format.Source(fmt.Appendf(nil,
		"// Code generated from %s by go test -update; DO NOT EDIT.\n\npackage catalog\n\nvar %s = %s\n", source, c.Name, literal))
	if err != nil {
		t.Fatal(err)
	}
	return code
}
