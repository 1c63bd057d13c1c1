package main

import (
	"context"
	"fmt"
	"io"
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
	cmd.Flags().VarP((*texts)(&p.asked), "catalog", "c", "a `CATALOG`: a name, a file, a folder or -")
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
		word := render.ShellWord(name)
		if isPipe(name) {
			word = "<(...)" // of a command that is not known here
		}
		flags.WriteString(" -c " + word)
	}
	return flags.String()
}

// isPipe reports whether a path is that of what a shell passes on from a command.
func isPipe(name string) bool {
	return strings.HasPrefix(name, "/dev/fd/") || strings.HasPrefix(name, "/proc/self/fd/")
}

// sources is the catalogs that this run works on: those of -c, else of
// ERRCODE_CATALOG, else the file of the project, else the built-in one.
func (p *program) sources() ([]string, error) {
	if len(p.asked) > 0 {
		return p.asked, inputOnce(p.asked)
	}
	listed := slices.DeleteFunc(filepath.SplitList(p.terminal.getenv("ERRCODE_CATALOG")), func(s string) bool { return s == "" })
	if len(listed) > 0 {
		p.chosenBy = "ERRCODE_CATALOG"
		return listed, nil
	}
	dir, err := os.Getwd()
	if err != nil {
		return []string{catalog.BuiltIn}, nil // the working directory is gone, and all above it
	}
	home, _ := os.UserHomeDir()
	nearest, foreign, err := source.Nearest(dir, home)
	for _, path := range foreign {
		p.note(render.ForeignFile, fmt.Sprintf("%s belongs to another user and is left out; -c %s takes it", path, path), fact("file", path))
	}
	switch {
	case err != nil:
		return nil, err
	case nearest == "":
		return []string{catalog.BuiltIn}, nil
	}
	p.chosenBy = "the nearest " + filepath.Base(nearest)
	if filepath.Dir(nearest) == dir {
		nearest = filepath.Base(nearest)
	}
	return []string{nearest}, nil
}

// selected is what this run works on, and how it is opened.
func (p *program) selected(ctx context.Context) (context.Context, catalog.Options, []string, error) {
	sources, err := p.sources()
	if err != nil {
		return nil, catalog.Options{}, nil, err
	}
	ctx, options := p.options(ctx)
	options.Texts, err = p.readOnce()
	return ctx, options, sources, err
}

// readOnce reads those of the catalogs of -c that can be read only once: standard input,
// and pipes. What else leads to a pipe never waits for its writer.
func (p *program) readOnce() (map[string][]byte, error) {
	texts := map[string][]byte{}
	for _, name := range p.asked {
		text, is, err := p.readPipe(name)
		if err != nil {
			return nil, err
		}
		if is {
			texts[name] = text
		}
	}
	return texts, nil
}

// readPipe reads what can be read only once, if a name is that of such a thing.
func (p *program) readPipe(name string) (text []byte, is bool, err error) {
	if isInput(name) {
		text, err = io.ReadAll(p.stdin)
	} else if info, failed := os.Stat(name); failed == nil && info.Mode()&os.ModeNamedPipe != 0 {
		text, err = os.ReadFile(name)
	} else {
		return nil, false, nil
	}
	if err != nil {
		return nil, true, &source.ReadError{Name: name, Err: err, Catalog: true}
	}
	return text, true, nil
}

// open opens the catalogs that this run works on.
func (p *program) open(ctx context.Context) (*catalog.Selection, error) {
	ctx, options, sources, err := p.selected(ctx)
	if err != nil {
		return nil, p.catalogFailure(err)
	}
	s, err := catalog.Open(ctx, options, sources...)
	if err != nil {
		return nil, p.catalogFailure(err)
	}
	return s, nil
}

// isBuiltin reports whether a selection is simply the built-in catalog.
func isBuiltin(s *catalog.Selection) bool { return slices.Equal(s.Names(), []string{catalog.BuiltIn}) }
