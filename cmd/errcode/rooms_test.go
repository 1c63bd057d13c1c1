package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// mayImport is the picture of the rooms: what each package of the module may
// import of the others. CONTRIBUTING.md draws it.
var mayImport = map[string][]string{
	"cmd/errcode":       {"internal/catalog", "internal/entry", "internal/index", "internal/logs", "internal/render", "internal/site", "internal/source", "internal/text"},
	"internal/site":     {"internal/catalog", "internal/entry", "internal/render", "internal/text"},
	"internal/render":   {"internal/catalog", "internal/entry", "internal/logs", "internal/source", "internal/text"},
	"internal/logs":     {"internal/catalog", "internal/entry", "internal/scan", "internal/source"},
	"internal/catalog":  {"internal/cache", "internal/entry", "internal/index", "internal/scan", "internal/source"},
	"internal/source":   {"internal/document", "internal/entry", "internal/index"},
	"internal/scan":     {},
	"internal/index":    {},
	"internal/cache":    {},
	"internal/document": {},
	"internal/entry":    {},
	"internal/text":     {},
}

// onlyIn is the libraries that one file or one room alone may import, so that each
// can be replaced in one place.
var onlyIn = map[string]string{
	"github.com/olekukonko/tablewriter": "internal/render/table.go",
	"github.com/fatih/color":            "internal/render/color.go",
	"go.yaml.in/yaml":                   "internal/document/yaml.go",
	"github.com/clipperhouse":           "internal/text/",
}

// TestRooms holds the imports of the tree against the picture.
func TestRooms(t *testing.T) {
	const module = "github.com/errcode-cli/errcode/"
	root := filepath.Join("..", "..")
	seen := map[string]bool{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		file = filepath.ToSlash(file)
		room := file[:strings.LastIndex(file, "/")]
		if strings.HasPrefix(room, "scripts") {
			return nil
		}
		allowed, known := mayImport[room]
		if !known {
			t.Errorf("%s: the picture has no room %s", file, room)
		}
		seen[room] = true
		source, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, spec := range source.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			if other, ours := strings.CutPrefix(imported, module); ours && !slices.Contains(allowed, other) {
				t.Errorf("%s: %s may not import %s", file, room, other)
			}
			for library, home := range onlyIn {
				if strings.HasPrefix(imported, library) && !strings.HasPrefix(file, home) {
					t.Errorf("%s: only %s may import %s", file, home, library)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for room := range mayImport {
		if !seen[room] {
			t.Errorf("the picture has a room %s, the tree has not", room)
		}
	}
}
