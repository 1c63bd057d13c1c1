package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/errcode-cli/errcode/internal/catalog"
	"github.com/errcode-cli/errcode/internal/render"
)

// addCatalogFlag gives a command the flag that says which catalogs it works on.
func (p *program) addCatalogFlag(cmd *cobra.Command) {
	cmd.Flags().VarP((*texts)(&p.asked), "catalog", "c", "a `CATALOG`: a name, a file or a folder")
	err := cmd.RegisterFlagCompletionFunc("catalog", cobra.FixedCompletions([]cobra.Completion{
		cobra.CompletionWithDesc(builtin, "the built-in catalog"),
	}, cobra.ShellCompDirectiveDefault))
	if err != nil {
		panic(err) // the flag was added above
	}
}

// builtin is the catalog that errcode brings along.
const builtin = "api"

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
		return []string{builtin} // the working directory is gone, and all above it
	}
	home, _ := os.UserHomeDir()
	nearest, foreign := catalog.Nearest(dir, home)
	for _, path := range foreign {
		p.note(fmt.Sprintf("%s belongs to another user and is left out; -c %s takes it", path, path))
	}
	if nearest == "" {
		return []string{builtin}
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

// mostProblems is how many problems a query shows of an invalid catalog.
const mostProblems = 20

// catalogFailure is the failure to open a catalog, unless a signal ended that.
func (p *program) catalogFailure(err error) error {
	if ended, ok := errors.AsType[interrupted](err); ok {
		return ended
	}
	f := &render.Failure{Kind: render.Catalog, Message: err.Error()}
	if invalid, ok := errors.AsType[*catalog.InvalidError](err); ok {
		f.Input = invalid.File
		f.Message += ": " + count(len(invalid.Problems), "problem", "problems")
		f.Problems = invalid.Problems[:min(len(invalid.Problems), mostProblems)]
		f.Hints = []string{fmt.Sprintf("errcode validate %s shows every problem and its line", invalid.File)}
	}
	if unknown, ok := errors.AsType[*catalog.UnknownError](err); ok {
		f.Input = unknown.Name
		f.Hints = []string{fmt.Sprintf("a file or folder of that name is written %s", "."+string(filepath.Separator)+unknown.Name)}
	}
	if p.chosenBy != "" {
		f.Hints = append(f.Hints, fmt.Sprintf("%s chose it; -c %s works without it", p.chosenBy, builtin))
	}
	return f
}

// isBuiltin reports whether a selection is simply the built-in catalog.
func isBuiltin(s *catalog.Selection) bool { return slices.Equal(s.Names(), []string{builtin}) }

// searched says which catalogs a miss was looked for in, where that is not
// simply the built-in one.
func (q query) searched() []string {
	if isBuiltin(q.Selection) {
		return nil
	}
	return []string{"searched " + strings.Join(q.Names(), ", ")}
}
