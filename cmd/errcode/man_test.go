package main

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
)

var manDir = flag.String("man", "", "write the man pages to this folder")

// TestManPages writes a man page for every command. It is a test so that the
// generator is not linked into errcode.
func TestManPages(t *testing.T) {
	dir := *manDir
	if dir == "" {
		dir = t.TempDir()
	}
	root := newRoot(&program{})
	root.DisableAutoGenTag = true
	header := &doc.GenManHeader{Title: "ERRCODE", Section: "1", Source: "errcode", Manual: "User Commands"}
	if err := doc.GenManTree(root, header, dir); err != nil {
		t.Fatal(err)
	}
	for _, c := range append([]*cobra.Command{root}, root.Commands()...) {
		if c.Name() == "help" {
			continue // cobra/doc leaves it out
		}
		page, err := os.ReadFile(filepath.Join(dir, strings.ReplaceAll(c.CommandPath(), " ", "-")+".1"))
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(page), c.Short) {
			t.Errorf("the man page of %s does not say %q", c.CommandPath(), c.Short)
		}
	}
}
