package main

import (
	"cmp"
	"fmt"
	"iter"
	"strings"

	"github.com/spf13/cobra"

	"github.com/errcode-cli/errcode/internal/catalog"
	"github.com/errcode-cli/errcode/internal/entry"
	"github.com/errcode-cli/errcode/internal/render"
	"github.com/errcode-cli/errcode/internal/source"
)

func newList(p *program) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "list [PREFIX...]",
		Short: "List the entries, or those whose code begins with a prefix",
		Long: `List the entries in catalog order: all of them, or those whose code begins with
one of the prefixes. Case and punctuation do not count.`,
		Example: `  errcode list
  errcode list auth
  errcode list --status 4xx -o json | jq length
  errcode list auth -o yaml --as mine`,
		ValidArgsFunction: p.completeCodes,
	}
	statuses := addStatusFlag(cmd)
	as := cmd.Flags().String("as", "", "the `NAME` of the catalog that -o yaml writes")
	complete(cmd, "as")
	p.asks(cmd, render.Entries|render.EntryLists|render.CatalogFiles, render.Table, func(q query, prefixes []string) error {
		head, err := q.head(*as)
		if err != nil {
			return err
		}
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
		return q.show(render.CatalogFile(head, entries))
	})
	return cmd
}

// head is the head of a catalog file that holds what is listed: that of the catalog,
// or of one by another name that several come to.
func (q query) head(as string) (source.Head, error) {
	if q.view.format != render.YAML {
		if as != "" {
			return source.Head{}, usage(fmt.Sprintf("--as has no effect on %s", q.view.format), "it names the catalog that -o yaml writes")
		}
		return source.Head{}, nil
	}
	if as != "" {
		if wrong := entry.Slug.Broken(as); wrong != "" {
			return source.Head{}, usage(fmt.Sprintf("%q is no name of a catalog: %s", as, wrong))
		}
	}
	catalogs := q.Catalogs()
	if len(catalogs) == 1 {
		head := catalogs[0].Head
		head.Name = cmp.Or(as, head.Name)
		return head, nil
	}
	if as == "" {
		return source.Head{}, usage("yaml is one catalog, and these are "+strings.Join(q.Names(), ", "), "--as NAME makes one of them", "-c names the one to list")
	}
	return source.Head{Name: as, Title: as}, nil
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
