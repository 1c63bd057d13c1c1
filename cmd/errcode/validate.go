package main

import (
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/errcode-cli/errcode/internal/render"
	"github.com/errcode-cli/errcode/internal/source"
)

func newValidate(p *program) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "validate FILE...",
		Short: "Check catalog files",
		Long: `Check catalog files, or the catalog files of folders, and print what is wrong:
the first syntax error of a file or all rules that it breaks, each with its
line and column. "-" checks standard input, whose format --format tells.

--strict also asks for quality, rule by rule; --rule asks for some of the rules
alone, --no-rule for all the others. In YAML, a comment "# errcode:ignore RULE"
excuses an entry: on its first line, alone on the line above, or on the line of
the problem. It may name several rules, or none, which means all, and say why
behind "--". The strict rules ask, of each entry, for

` + strictRules(),
		Example: `  errcode validate examples/payments.yaml
  errcode validate --strict -o github examples/`,
		Args: cobra.MatchAll(needs("a file", "try errcode validate payments.yaml"), inputOnce),
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

// validate checks the files. One that cannot be read is reported, and the
// others are checked all the same.
func (p *program) validate(cmd *cobra.Command, v *source.Validation, paths []string, format string) error {
	usesInput := false
	for _, path := range paths {
		if path != "-" {
			if err := v.Path(cmd.Context(), path); err != nil {
				f := failure(err)
				f.Kind, f.Input = render.IO, path
				p.fail(f)
			}
			continue
		}
		usesInput = true
		if format != "yaml" && format != "json" {
			return usage("standard input needs --format yaml or --format json")
		}
		text, err := io.ReadAll(p.stdin)
		if err != nil {
			return &source.ReadError{Name: path, Err: err}
		}
		if err := v.Text(cmd.Context(), path, format, text); err != nil {
			return err
		}
	}
	if format != "" && !usesInput {
		return usage("--format has no effect without - for standard input", "a file's suffix tells its format")
	}
	return nil
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
