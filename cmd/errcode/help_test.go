package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v4"

	"github.com/errcode-cli/errcode/internal/source"
)

// TestCatalogToStartFrom checks the file in "errcode help catalogs" as strictly
// as its readers will, and as an editor does, by the schema.
func TestCatalogToStartFrom(t *testing.T) {
	_, text, found := strings.Cut(catalogsTopic, "A file to start from:\n\n")
	file, _, ends := strings.Cut(text, "\n\n")
	if !found || !ends {
		t.Fatal("the topic holds no file to start from")
	}
	v := source.NewValidation(source.StrictRules...)
	if err := v.Text(t.Context(), "help", "yaml", []byte(file+"\n")); err != nil {
		t.Fatal(err)
	}
	problems, err := v.Problems()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		t.Error(p)
	}

	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(source.Schema()))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("catalog.json", document); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("catalog.json")
	if err != nil {
		t.Fatal(err)
	}
	var value any
	if err := yaml.Unmarshal([]byte(file), &value); err != nil {
		t.Fatal(err)
	}
	if err := schema.Validate(value); err != nil {
		t.Error(err)
	}
}

// TestExamples runs the examples of every command, as they stand, where the
// repository's own examples are.
func TestExamples(t *testing.T) {
	inShell(t)
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "examples"), os.DirFS(filepath.Join("..", "..", "examples"))); err != nil {
		t.Fatal(err)
	}
	root := newRoot(&program{})
	for _, c := range append(root.Commands(), root) {
		for example := range strings.Lines(c.Example) {
			example = strings.TrimSpace(example)
			run := exec.Command("sh", "-c", example)
			run.Dir = dir
			var said bytes.Buffer
			run.Stderr = &said
			printed, err := run.Output()
			if err != nil && !strings.Contains(example, "--fail-on") || strings.Contains(said.String(), "error") || len(printed)+said.Len() == 0 {
				t.Errorf("%s: %v\n%s%s", example, err, printed, said.String())
			}
		}
	}
}

// TestHelpFits keeps every help text and topic to 80 columns.
func TestHelpFits(t *testing.T) {
	texts := map[string]string{}
	for _, topic := range topics {
		texts["help "+topic.name] = topic.String()
	}
	root := newRoot(&program{})
	for _, c := range append(root.Commands(), root) {
		texts[c.CommandPath()] = c.UsageString() + "\n" + c.Long
	}
	for name, text := range texts {
		for line := range strings.SplitSeq(text, "\n") {
			if len([]rune(line)) > 80 {
				t.Errorf("%s: %d columns: %s", name, len([]rune(line)), line)
			}
		}
	}
}
