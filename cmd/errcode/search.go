package main

import (
	"fmt"
	"iter"
	"strings"

	"github.com/spf13/cobra"

	"github.com/errcode-cli/errcode/internal/catalog"
	"github.com/errcode-cli/errcode/internal/render"
)

func newSearch(p *program) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "search WORD...",
		Short: "Search codes and texts, best match first",
		Long: `Search codes, statuses and texts for entries that match every word: as a whole
word, as the beginning or a part of one or, where no entry has it, in near
spelling. Case, accents and words such as "the" do not count.`,
		Example: `  errcode search rate limit
  errcode search expired token --status 4xx
  errcode search database -o json | jq -r '.[].code'`,
		Args:              needs("a word", "try errcode search rate"),
		ValidArgsFunction: cobra.NoFileCompletions,
	}
	statuses := addStatusFlag(cmd)
	limit := 20
	cmd.Flags().Var(number{&limit, 0}, "limit", "show at most `N` entries; 0 shows all")
	complete(cmd, "limit")
	p.asks(cmd, render.Entries, render.Table, func(q query, words []string) error {
		text, filter := strings.Join(words, " "), catalog.Filter{Statuses: *statuses}
		result, err := q.Search(q.ctx, text, filter)
		if err != nil {
			return err
		}
		if len(result.Words) == 0 {
			return usage(fmt.Sprintf("nothing to search for: %q has no letter or digit", text), "try errcode search rate")
		}
		if err := q.show(render.Hits(first(result.Hits, limit))); err != nil {
			return err
		}
		if result.Total == 0 {
			f, err := q.noMatch(text, filter, result)
			if err != nil {
				return err
			}
			q.fail(f)
			return nil
		}
		for _, w := range result.Words {
			if w.Near {
				q.note(fmt.Sprintf("no entry has %q; these have words spelt much like it", w.Word))
			}
		}
		if limit > 0 && result.Total > limit {
			q.note(fmt.Sprintf("%d of %d entries shown; --limit 0 shows all", limit, result.Total))
		}
		return nil
	})
	return cmd
}

// first yields the first n results, or all for 0.
func first[T any](results iter.Seq2[T, error], n int) iter.Seq2[T, error] {
	if n == 0 {
		return results
	}
	return func(yield func(T, error) bool) {
		left := n
		for r, err := range results {
			if left--; !yield(r, err) || left == 0 {
				return
			}
		}
	}
}

// noMatch is the empty search, in the words of the page that errcode began as,
// with what each word finds by itself.
func (q query) noMatch(text string, filter catalog.Filter, r *catalog.Result) (*render.Failure, error) {
	f := &render.Failure{Kind: render.NotFound, Message: "No errors found matching your search.", Verbatim: true, Input: text}
	var missing, others []string
	for _, w := range r.Words {
		if w.Entries == 0 {
			missing = append(missing, fmt.Sprintf("%q", w.Word))
		} else {
			others = append(others, w.Word)
		}
	}
	rest := strings.Join(others, " ")
	switch {
	case len(missing) == 0:
		anywhere, err := q.Search(q.ctx, text, catalog.Filter{})
		if err != nil {
			return nil, err
		}
		if anywhere.Total > 0 {
			f.Hints = append(f.Hints, fmt.Sprintf("without --status it finds %s", count(anywhere.Total, "entry", "entries")))
			break
		}
		var each []string
		for _, w := range r.Words {
			each = append(each, fmt.Sprintf("%q is in %s", w.Word, count(w.Entries, "entry", "entries")))
		}
		f.Hints = append(f.Hints, strings.Join(each, ", ")+", but none has them all")
	case len(others) == 0:
		f.Hints = append(f.Hints, "errcode list shows all codes")
	default:
		narrowed := ""
		if len(filter.Statuses) > 0 {
			narrowed = " --status " + filter.Statuses.String()
		}
		without, err := q.Search(q.ctx, rest, filter)
		if err != nil {
			return nil, err
		}
		f.Hints = append(f.Hints, fmt.Sprintf("no entry has %s; errcode search %s finds %s",
			strings.Join(missing, " or "), rest+narrowed, count(without.Total, "entry", "entries")))
	}
	f.Hints = append(f.Hints, q.searched()...)
	return f, nil
}
