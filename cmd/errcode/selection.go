package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/errcode-cli/errcode/internal/catalog"
	"github.com/errcode-cli/errcode/internal/render"
	"github.com/errcode-cli/errcode/internal/source"
)

// addCatalogFlag gives a command the flag that says which catalogs it works on.
func (p *program) addCatalogFlag(cmd *cobra.Command) {
	cmd.Flags().VarP((*texts)(&p.asked), "catalog", "c", "a `CATALOG`: a name, a file or a folder")
	err := cmd.RegisterFlagCompletionFunc("catalog", cobra.FixedCompletions([]cobra.Completion{
		cobra.CompletionWithDesc(catalog.BuiltIn, "the built-in catalog"),
	}, cobra.ShellCompDirectiveDefault))
	if err != nil {
		panic(err) // the flag was added above
	}
}

// again is what another command needs to work on the same catalogs.
func (p *program) again() string {
	var flags strings.Builder
	for _, name := range p.asked {
		flags.WriteString(" -c " + render.ShellWord(name))
	}
	return flags.String()
}

// sources is the catalogs that this run works on: those of -c, else of
// ERRCODE_CATALOG, else the nearest .errcode.yaml, else the built-in one.
func (p *program) sources() []string {
	if len(p.asked) > 0 {
		return p.asked
	}
	listed := slices.DeleteFunc(filepath.SplitList(p.terminal.getenv("ERRCODE_CATALOG")), func(s string) bool { return s == "" })
	if len(listed) > 0 {
		p.chosenBy = "ERRCODE_CATALOG"
		return listed
	}
	dir, err := os.Getwd()
	if err != nil {
		return []string{catalog.BuiltIn} // the working directory is gone, and all above it
	}
	home, _ := os.UserHomeDir()
	nearest, foreign := source.Nearest(dir, home)
	for _, path := range foreign {
		p.note(render.ForeignFile, fmt.Sprintf("%s belongs to another user and is left out; -c %s takes it", path, path), fact("file", path))
	}
	if nearest == "" {
		return []string{catalog.BuiltIn}
	}
	p.chosenBy = "the nearest .errcode.yaml"
	return []string{nearest}
}

// open opens the catalogs that this run works on.
func (p *program) open(ctx context.Context) (*catalog.Selection, error) {
	ctx, options := p.options(ctx)
	s, err := catalog.Open(ctx, options, p.sources()...)
	if err != nil {
		return nil, p.catalogFailure(err)
	}
	return s, nil
}

// isBuiltin reports whether a selection is simply the built-in catalog.
func isBuiltin(s *catalog.Selection) bool { return slices.Equal(s.Names(), []string{catalog.BuiltIn}) }
