package main

import (
	"github.com/spf13/cobra"

	"github.com/errcode-cli/errcode/internal/catalog"
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
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usage("schema takes no words")
			}
			_, err := p.stdout.Write(catalog.Schema())
			return err
		},
	}
}
