package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/errcode-cli/errcode/internal/catalog"
	"github.com/errcode-cli/errcode/internal/render"
)

func newStatus(p *program) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "status [STATUS...]",
		Short: "List the entries of HTTP statuses, or sum up all statuses",
		Long: `List the entries that have an HTTP status: 404, a class such as 4xx, a range
such as 500-599, or several of them with commas. Without one, list the statuses
themselves, each with its phrase and its codes.`,
		Example: `  errcode status
  errcode status 429
  errcode status 4xx,503 -o json | jq -r '.[].code'`,
		ValidArgsFunction: p.completeStatuses,
	}
	formats := render.Offered(render.Entries, render.Table)
	flags := addOutputFlags(cmd, formats)
	p.addCatalogFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		offered := formats
		if len(args) == 0 {
			offered = render.Offered(render.Summary, render.Table)
		}
		view, err := flags.view(p.terminal, offered)
		if err != nil {
			return err
		}
		s, err := p.open(cmd)
		if err != nil {
			return err
		}
		defer s.Close()
		view.Catalogs = !isBuiltin(s)

		if len(args) == 0 {
			return p.sumUp(cmd.Context(), s, view)
		}
		set, err := p.statuses(cmd.Context(), s, args)
		if err != nil {
			return err
		}
		entries := s.ByStatus(cmd.Context(), set)
		if len(set) == 0 {
			entries = none
		}
		return p.write(view, render.List(entries))
	}
	return cmd
}

// statuses reads the arguments of status, keeps those that an entry has and
// reports the others.
func (p *program) statuses(ctx context.Context, s *catalog.Selection, args []string) (catalog.Statuses, error) {
	var found catalog.Statuses
	for _, arg := range args {
		asked, err := catalog.ParseStatuses(arg)
		if err != nil {
			f := usage(err.Error(), "a status is 404, 4xx, 500-599 or a list of such: 404,5xx")
			f.Input = arg
			p.fail(f)
			continue
		}
		for _, status := range asked {
			one := catalog.Statuses{status}
			switch has, err := some(s.List(ctx, catalog.Filter{Statuses: one})); {
			case err != nil:
				return nil, err
			case has:
				found = append(found, status)
			default:
				p.fail(noneHave(s, one))
			}
		}
	}
	return found, nil
}

// sumUp prints the summary and says what it leaves out.
func (p *program) sumUp(ctx context.Context, s *catalog.Selection, v view) error {
	var with, without int
	counts := func(yield func(catalog.StatusCount, error) bool) {
		for c, err := range s.Summary(ctx) {
			if err == nil && c.Status == 0 {
				without = len(c.Codes)
				continue
			}
			with++
			if !yield(c, err) {
				return
			}
		}
	}
	if err := p.write(v, render.Counts(counts)); err != nil {
		return err
	}
	if with == 0 {
		p.fail(&render.Failure{Kind: render.NotFound, Message: "no entry has an HTTP status", Hints: []string{"errcode list shows all codes"}})
	} else if without > 0 {
		p.note(fmt.Sprintf("%s without an HTTP status left out", count(without, "entry", "entries")))
	}
	return nil
}
