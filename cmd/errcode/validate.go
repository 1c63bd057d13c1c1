package main

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/errcode-cli/errcode/internal/catalog"
	"github.com/errcode-cli/errcode/internal/render"
	"github.com/errcode-cli/errcode/internal/source"
)

func newValidate(p *program) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "validate [FILE...]",
		Short: "Check catalog files",
		Long: `Check catalog files, or the catalog files of folders, and print what is wrong:
the first syntax error of a file or all rules that it breaks, each with its
line and column. "-" checks standard input: as JSON where its first sign is "{",
else as YAML, unless --format says which.

Without a file it checks what a query works on: the files in ERRCODE_CATALOG, or
the project's. Those that a project's file lists are checked together too: their
names differ, and their blocks do not overlap.

--strict also asks for quality, rule by rule; --rule asks for some of the rules
alone, --no-rule for all the others. In YAML, a comment "# errcode:ignore RULE"
excuses an entry: on its first line, alone on the line above, or on the line of
the problem. It may name several rules, or none, which means all, and say why
behind "--". The strict rules ask, of each entry, for

` + strictRules(),
		Example: `  errcode validate examples/payments.yaml
  errcode validate --strict -o github examples/`,
		Args: p.wordsOnce,
	}
	formats := render.Offered(render.Problems, render.Text)
	flags := addOutputFlags(cmd, formats)
	strict := cmd.Flags().Bool("strict", false, "ask for quality too")
	var only, without texts
	cmd.Flags().Var(&only, "rule", "ask for the strict `RULE` alone")
	cmd.Flags().Var(&without, "no-rule", "ask for all strict rules but this `RULE`")
	complete(cmd, "rule", ruleNames()...)
	complete(cmd, "no-rule", ruleNames()...)
	format := cmd.Flags().String("format", "", "the `FORMAT` of standard input: yaml or json")
	complete(cmd, "format", "yaml", "json")
	cmd.RunE = func(cmd *cobra.Command, paths []string) error {
		view, err := flags.view(p.terminal, formats)
		if err != nil {
			return err
		}
		var rules []source.StrictRule
		if *strict || only != nil || without != nil {
			if rules, err = source.ChooseRules(only, without); err != nil {
				return usage(err.Error(), "errcode validate --help lists the strict rules")
			}
		}
		v := source.NewValidation(rules...)
		v.BuiltIn = catalog.BuiltInNames()
		if err := p.validate(cmd, v, paths, *format); err != nil {
			return err
		}
		problems, err := v.Problems()
		if err != nil {
			return err
		}
		if view.Dir, err = os.Getwd(); err != nil {
			view.Dir = "."
		}
		if err := p.write(view, render.Checked(problems)); err != nil {
			return err
		}
		files := render.Count(v.Files(), "file", "files")
		if len(problems) > 0 {
			p.exit = max(p.exit, 1)
			p.note(render.Invalid, fmt.Sprintf("%s in %s", render.Count(len(problems), "problem", "problems"), files), fact("problems", len(problems)), fact("files", v.Files()))
		} else if v.Files() > 0 {
			p.note(render.Valid, files+" without a problem", fact("files", v.Files()))
		}
		return nil
	}
	return cmd
}

// validate checks the files, or where there are none the project's. One that cannot be
// read is reported, and the others are checked all the same.
func (p *program) validate(cmd *cobra.Command, v *source.Validation, paths []string, format string) error {
	if format != "" && !slices.ContainsFunc(paths, isInput) {
		return usage("--format has no effect without - for standard input", "a file's suffix tells its format")
	}
	if format != "" && format != "yaml" && format != "json" {
		return usage(fmt.Sprintf("no catalog is written as %q", format), "--format is yaml or json")
	}
	if len(paths) > 0 {
		for _, path := range paths {
			p.unchecked(path, p.validateNamed(cmd.Context(), v, path, format))
		}
		return nil
	}
	paths, err := p.selectedFiles()
	for _, path := range paths {
		p.unchecked(path, v.Path(cmd.Context(), path))
	}
	return err
}

// validateNamed checks what a word names, which may be a pipe.
func (p *program) validateNamed(ctx context.Context, v *source.Validation, path, format string) error {
	text, isPipe, err := p.readPipe(path)
	switch {
	case err != nil:
		return err
	case isInput(path):
		return v.Text(ctx, path, format, text)
	case isPipe:
		return v.Text(ctx, path, "", text)
	}
	return v.Path(ctx, path)
}

// unchecked reports a file that could not be checked, if there is an error.
func (p *program) unchecked(path string, err error) {
	if err == nil {
		return
	}
	f := failure(err)
	f.Kind, f.Input = render.IO, path
	p.fail(f)
}

// selectedFiles is the files that a query would work on.
func (p *program) selectedFiles() ([]string, error) {
	sources, err := p.sources()
	if err != nil {
		return nil, p.catalogFailure(err)
	}
	var files []string
	for _, name := range sources {
		switch {
		case !source.IsName(name):
			files = append(files, name)
		case !slices.Contains(catalog.BuiltInNames(), name):
			return nil, p.catalogFailure(&catalog.UnknownError{Name: name})
		}
	}
	if files == nil {
		return nil, usage("validate needs a file", "try errcode validate payments.yaml",
			"in a project, a file .errcode.yaml that is a catalog or lists some is checked without being named")
	}
	return files, nil
}

// strictRules is a line for each strict rule.
func strictRules() string {
	var b strings.Builder
	for _, r := range source.StrictRules {
		fmt.Fprintf(&b, "  %-17s %s\n", r.Name, r.About)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func ruleNames() []cobra.Completion {
	var names []cobra.Completion
	for _, r := range source.StrictRules {
		names = append(names, cobra.CompletionWithDesc(r.Name, r.About))
	}
	return names
}
