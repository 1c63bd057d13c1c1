package main

import (
	"iter"

	"github.com/spf13/cobra"

	"github.com/errcode-cli/errcode/internal/catalog"
	"github.com/errcode-cli/errcode/internal/entry"
	"github.com/errcode-cli/errcode/internal/render"
)

func newList(p *program) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "list [PREFIX...]",
		Short: "List the entries, or those whose code begins with a prefix",
		Long: `List the entries in catalog order: all of them, or those whose code begins with
one of the prefixes. Case and punctuation do not count.`,
		Example: `  errcode list
  errcode list auth
  errcode list --status 4xx -o json | jq length`,
		ValidArgsFunction: p.completeCodes,
	}
	statuses := addStatusFlag(cmd)
	p.asks(cmd, render.Entries, render.Table, func(q query, prefixes []string) error {
		all := catalog.Filter{Statuses: *statuses}
		for _, prefix := range prefixes {
			if !entry.IsCode(prefix) {
				q.fail(notACode(prefix))
				continue
			}
			found, err := some(q.List(q.ctx, catalog.Filter{Prefixes: []string{prefix}, Statuses: *statuses}))
			if err != nil {
				return err
			}
			if found {
				all.Prefixes = append(all.Prefixes, prefix)
				continue
			}
			miss, err := q.PrefixMiss(q.ctx, prefix, *statuses)
			if err != nil {
				return err
			}
			q.fail(render.NotFoundPrefix(miss, q.again()))
		}
		entries := q.List(q.ctx, all)
		if len(prefixes) > 0 && len(all.Prefixes) == 0 {
			entries = none
		} else if found, err := some(entries); err != nil {
			return err
		} else if !found {
			q.fail(render.NotFoundStatus(q.StatusMiss(*statuses), q.again()))
		}
		return q.show(render.List(entries))
	})
	return cmd
}

// some reports whether a query finds anything.
func some[T any](results iter.Seq2[T, error]) (bool, error) {
	for _, err := range results {
		return err == nil, err
	}
	return false, nil
}

// none is the answer that holds no entry.
func none(func(entry.Entry, error) bool) {}

// addStatusFlag gives a command the flag that narrows it to HTTP statuses.
func addStatusFlag(cmd *cobra.Command) *catalog.Statuses {
	var set catalog.Statuses
	cmd.Flags().Var(statusFlag{&set}, "status", "only entries with these HTTP `STATUSES`: 404,4xx,500-599")
	complete(cmd, "status")
	return &set
}

type statusFlag struct{ set *catalog.Statuses }

func (f statusFlag) String() string { return "" }
func (f statusFlag) Type() string   { return "STATUSES" }

func (f statusFlag) Set(list string) error {
	set, err := catalog.ParseStatuses(list)
	*f.set = append(*f.set, set...)
	return err
}
