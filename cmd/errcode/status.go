package main

import (
	"fmt"
	"slices"

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
themselves, each with its phrase and its codes. Flags narrow either.`,
		Example: `  errcode status
  errcode status 429
  errcode status 5xx --severity error
  errcode status 4xx,500 -o json | jq -r '.[].code'`,
		ValidArgsFunction: p.completeStatuses,
	}
	filter := p.addFilterFlags(cmd)
	p.asks(cmd, render.Entries|render.EntryLists, render.Table, func(q query, args []string) error {
		known, err := q.tags(*filter)
		switch {
		case err != nil:
			return err
		case len(args) == 0:
			return q.sumUp(*filter, known)
		case !known:
			return q.show(render.List(none))
		}
		set, err := q.statuses(args, *filter)
		if err != nil {
			return err
		}
		entries := q.ByStatus(q.ctx, set, *filter)
		if len(set) == 0 {
			entries = none
		}
		return q.show(render.List(entries))
	})
	return cmd
}

// statuses reads the arguments of status, keeps those that an entry has which the filter
// lets through, and reports the others.
func (q query) statuses(args []string, f catalog.Filter) (catalog.Statuses, error) {
	var found catalog.Statuses
	for _, arg := range args {
		asked, err := catalog.ParseStatuses(arg)
		if err != nil {
			f := usage(err.Error(), "a status is 404, 4xx, 500-599 or a list of such: 404,5xx")
			f.Input = arg
			q.fail(f)
			continue
		}
		for _, status := range asked {
			has, err := some(q.ByStatus(q.ctx, catalog.Statuses{status}, f))
			if err != nil {
				return nil, err
			}
			if has {
				found = append(found, status)
				continue
			}
			if len(f.Statuses) > 0 && !slices.ContainsFunc(f.Statuses, status.Overlaps) {
				q.fail(usage(fmt.Sprintf("--status %s leaves nothing of %s", f.Statuses, status.Text), "leave one of the two out"))
				continue
			}
			one := f
			one.Statuses = catalog.Statuses{status}
			miss, err := q.FilterMiss(q.ctx, one)
			if err != nil {
				return nil, err
			}
			q.fail(render.NotFoundFilter(miss, q.again()))
		}
	}
	return found, nil
}

// sumUp prints the summary of the entries that a filter lets through, and says what it
// leaves out. Where the filter's tags are not known, that is said already.
func (q query) sumUp(f catalog.Filter, known bool) error {
	if _, err := render.Offered(render.Summary, render.Table).Parse(string(q.view.format)); err != nil {
		return usage(err.Error())
	}
	var with, without int
	counts := func(yield func(catalog.StatusCount, error) bool) {
		for c, err := range q.Summary(q.ctx, f) {
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
	if err := q.show(render.Counts(counts)); err != nil {
		return err
	}
	switch {
	case !known:
	case with == 0 && without == 0 && len(f.Parts()) > 0:
		miss, err := q.FilterMiss(q.ctx, f)
		if err != nil {
			return err
		}
		q.fail(render.NotFoundFilter(miss, q.again()))
	case with == 0:
		q.fail(&render.Failure{Kind: render.NotFound, Message: "no entry has an HTTP status", Hints: []string{"errcode list shows all codes"}})
	case without > 0:
		q.note(render.LeftOut, fmt.Sprintf("%s without an HTTP status left out", render.Count(without, "entry", "entries")), fact("count", without))
	}
	return nil
}
