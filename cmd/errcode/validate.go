package main

import (
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"github.com/errcode-cli/errcode/internal/catalog"
	"github.com/errcode-cli/errcode/internal/render"
)

func newValidate(p *program) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "validate FILE...",
		Short: "Check catalog files",
		Long: `Check catalog files, or the catalog files of folders, and print what is wrong:
the first syntax error of a file or all rules that it breaks, each with its
line and column. "-" checks standard input, whose format --format tells.

--strict also asks for quality: causes and resolutions, plain titles, related
codes that exist, codes that no one mistakes for another.`,
		Example: `  errcode validate payments.yaml
  errcode validate --strict -o github catalogs/`,
		Args: cobra.MatchAll(needs("a file", "try errcode validate payments.yaml"), inputOnce),
	}
	formats := render.Offered(render.Problems, render.Text)
	flags := addOutputFlags(cmd, formats)
	strict := cmd.Flags().Bool("strict", false, "ask for quality too")
	format := cmd.Flags().String("format", "", "the `FORMAT` of standard input: yaml or json")
	complete(cmd, "format", "yaml", "json")
	cmd.RunE = func(cmd *cobra.Command, paths []string) error {
		view, err := flags.view(p.terminal, formats)
		if err != nil {
			return err
		}
		v := catalog.NewValidation(*strict)
		if err := p.validate(cmd, v, paths, *format); err != nil {
			return err
		}
		problems, err := v.Problems()
		if err != nil {
			return &render.Failure{Kind: render.IO, Message: err.Error()}
		}
		if view.Dir, err = os.Getwd(); err != nil {
			view.Dir = "."
		}
		if err := p.write(view, render.Checked(problems)); err != nil {
			return err
		}
		files := count(v.Files(), "file", "files")
		if len(problems) > 0 {
			p.exit = max(p.exit, 1)
			p.note(fmt.Sprintf("%s in %s", count(len(problems), "problem", "problems"), files))
		} else if v.Files() > 0 {
			p.note(files + " without a problem")
		}
		return nil
	}
	return cmd
}

// validate checks the files. One that cannot be read is reported, and the
// others are checked all the same.
func (p *program) validate(cmd *cobra.Command, v *catalog.Validation, paths []string, format string) error {
	usesInput := false
	for _, path := range paths {
		if path != "-" {
			if err := v.Path(cmd.Context(), path); err != nil {
				p.fail(&render.Failure{Kind: render.IO, Message: err.Error(), Input: path})
			}
			continue
		}
		usesInput = true
		if format != "yaml" && format != "json" {
			return usage("standard input needs --format yaml or --format json")
		}
		text, err := io.ReadAll(p.stdin)
		if err != nil {
			return cannotRead(err)
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
