package main

import (
	"github.com/spf13/cobra"

	"github.com/errcode-cli/errcode/internal/catalog"
	"github.com/errcode-cli/errcode/internal/render"
)

func newCatalogs(p *program) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "catalogs",
		Short: "List the catalogs that a query works on",
		Long: `List the catalogs that a query works on, in order, each with where it comes
from and the codes it overrides in those before it, and the next free code of
each block in its range. A catalog that cannot be opened is listed with its
first problem. "errcode help catalogs" tells how to choose and write catalogs.`,
		Example: `  errcode catalogs
  errcode catalogs -c api -c examples/payments.yaml`,
		Args:              noWords,
		ValidArgsFunction: cobra.NoFileCompletions,
	}
	formats := render.Offered(render.Catalogs, render.Table)
	flags := addOutputFlags(cmd, formats)
	p.addCatalogFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		view, err := flags.view(p.terminal, formats)
		if err != nil {
			return err
		}
		ctx, options, sources, err := p.selected(cmd.Context())
		if err != nil {
			return p.catalogFailure(err)
		}
		var broken error
		opened := func(yield func(catalog.Opened) bool) {
			for o := range catalog.Survey(ctx, options, sources...) {
				if o.Err != nil && broken == nil {
					broken = o.Err
				}
				if !yield(o) {
					return
				}
			}
		}
		if err := p.write(view, render.Selection(opened)); err != nil {
			return err
		}
		if broken != nil {
			return p.catalogFailure(broken)
		}
		return nil
	}
	return cmd
}
