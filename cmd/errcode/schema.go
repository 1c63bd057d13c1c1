package main

import (
	"github.com/spf13/cobra"

	"github.com/errcode-cli/errcode/internal/source"
)

func newSchema(p *program) *cobra.Command {
	return &cobra.Command{
		Use:   "schema",
		Short: "Print the JSON Schema of catalog files, for editors",
		Long: `Print the JSON Schema (2020-12) of catalog files. An editor completes and
explains keys with it:

  errcode schema > catalog.schema.json

and, as the first line of a YAML catalog,

  # yaml-language-server: $schema=catalog.schema.json`,
		Args:              noWords,
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(_ *cobra.Command, _ []string) error {
			_, err := p.stdout.Write(source.Schema())
			return err
		},
	}
}
