package main

import (
	"cmp"
	"fmt"
	"iter"
	"strings"

	"github.com/spf13/cobra"

	"github.com/errcode-cli/errcode/internal/entry"
	"github.com/errcode-cli/errcode/internal/render"
	"github.com/errcode-cli/errcode/internal/source"
)

func newList(p *program) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "list [PREFIX...]",
		Short: "List the entries, or those whose code begins with a prefix",
		Long: `List the entries in catalog order: all of them, or those whose code begins with
one of the prefixes. Case and punctuation do not count. Flags narrow the list.`,
		Example: `  errcode list
  errcode list auth
  errcode list --severity error --deprecated=false
  errcode list --status 4xx -o json | jq length
  errcode list auth -o yaml --as mine`,
		ValidArgsFunction: p.completeCodes,
	}
	filter := p.addFilterFlags(cmd)
	as := cmd.Flags().String("as", "", "the `NAME` of the catalog that -o yaml writes")
	complete(cmd, "as")
	p.asks(cmd, render.Entries|render.EntryLists|render.CatalogFiles, render.Table, func(q query, prefixes []string) error {
		head, err := q.head(*as)
		if err != nil {
			return err
		}
		if known, err := q.tags(*filter); !known || err != nil {
			return cmp.Or(err, q.show(render.CatalogFile(head, none)))
		}
		all := *filter
		for _, prefix := range prefixes {
			if !entry.IsCode(prefix) {
				q.fail(notACode(prefix))
				continue
			}
			one := *filter
			one.Prefixes = []string{prefix}
			found, err := some(q.List(q.ctx, one))
			if err != nil {
				return err
			}
			if found {
				all.Prefixes = append(all.Prefixes, prefix)
				continue
			}
			miss, err := q.PrefixMiss(q.ctx, prefix, *filter)
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
			miss, err := q.FilterMiss(q.ctx, *filter)
			if err != nil {
				return err
			}
			q.fail(render.NotFoundFilter(miss, q.again()))
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
