package main

import (
	"fmt"
	"iter"
	"strconv"
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
spelling. Case, accents and words such as "the" do not count. What is the code
comes first, then what has it as an alias, then a title or message that is what
you typed or holds it as a phrase.

A line that a program has printed may be pasted as it is. Where no entry has
every word of three or more, those are shown whose words are worth more than
half, the rarer the more; a note says which words no entry has, JSON which each
entry lacks.`,
		Example: `  errcode search rate limit
  errcode search "ERROR: could not reach the database (attempt 3)"
  errcode search expired token --status 4xx
  errcode search database -o json | jq -r '.[].code'`,
		Args:              needs("a word", "try errcode search rate"),
		ValidArgsFunction: cobra.NoFileCompletions,
	}
	filter := p.addFilterFlags(cmd)
	limit := 20
	cmd.Flags().Var(number{&limit, 0}, "limit", "show at most `N` entries; 0 shows all")
	complete(cmd, "limit")
	p.asks(cmd, render.Entries|render.EntryLists, render.Table, func(q query, words []string) error {
		text := strings.Join(words, " ")
		result, err := q.Search(q.ctx, text, *filter)
		if err != nil {
			return err
		}
		if len(result.Words) == 0 {
			return usage(fmt.Sprintf("nothing to search for: %q has no letter or digit", text), "try errcode search rate")
		}
		if _, err := q.tags(*filter); err != nil {
			return err
		}
		q.view.Catalogs = q.view.Catalogs || result.Behind
		q.view.Several = q.view.Several || result.Behind
		if err := q.show(render.Hits(first(result.Hits, limit))); err != nil {
			return err
		}
		if result.Total == 0 {
			miss, err := q.SearchMiss(q.ctx, text, *filter, result)
			if err != nil {
				return err
			}
			q.fail(render.NotFoundSearch(miss, q.again()))
			return nil
		}
		if result.Covered {
			q.sayCovered(result.Words)
		}
		for _, w := range result.Words {
			if w.Near {
				q.note(render.NearSpelling, fmt.Sprintf("no entry has %q; these have words spelt much like it", w.Word), fact("word", w.Word))
			}
		}
		if limit > 0 && result.Total > limit {
			q.note(render.Limited, fmt.Sprintf("%d of %d entries shown; --limit 0 shows all", limit, result.Total), fact("shown", limit), fact("total", result.Total))
		}
		return nil
	})
	return cmd
}

// mostMissing is how many of the words that no entry has are said to people.
const mostMissing = 5

// sayCovered says which words no entry has, of a query that entries cover. People are
// spared the numbers.
func (q query) sayCovered(words []catalog.WordCount) {
	missing, named := []string{}, []string(nil)
	for _, w := range words {
		if w.Entries > 0 {
			continue
		}
		missing = append(missing, w.Word)
		if !strings.ContainsAny(w.Word, "0123456789") {
			named = append(named, strconv.Quote(w.Word))
		}
	}
	message := "no entry has every word; these have most of them"
	if n := len(named) - mostMissing; n > 1 {
		named = append(named[:mostMissing], fmt.Sprintf("and %d words more", n))
	}
	if named != nil {
		message = "no entry has " + strings.Join(named, ", ") + "; these have most of the others"
	}
	q.note(render.MissingWords, message, fact("missing", missing))
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
