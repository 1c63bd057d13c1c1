package main

import (
	"github.com/spf13/cobra"

	"github.com/errcode-cli/errcode/internal/render"
)

func newGet(p *program) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "get CODE...",
		Short: "Explain codes: what each means, why it happened, what to do",
		Long: `Explain each code, in the order asked.

Case and punctuation do not count: auth401, AUTH_401 and "[AUTH-401]" all find
AUTH-401. A number is the same however it is written: 0x80070005, 2147942405,
-2147024891. CATALOG:CODE asks that catalog alone. A word that several codes
answer to finds none of them; they are listed instead.

In a text, such as a line of a log or an address, the codes that stand in it are
found, else the entry with a message that the text holds; a note says what was
found in what. Several plain words are one text, where none of them is a code.

"-" reads standard input line by line. A line of codes is a list of them; of any
other, only what stands in it counts. Without a word, "errcode" does the same
with what is piped into it: CMD 2>&1 | errcode

With -o json, one object follows another: jq reads one and many alike.`,
		Example: `  errcode get AUTH-401
  errcode get auth401 "[CONFLICT-409]"
  errcode get AUTH-401 -o json | jq -r .resolution
  grep -o 'AUTH-40[0-9]' examples/app.log | errcode get -`,
		Args:              cobra.MatchAll(needs("a code", "try errcode get AUTH-401", "errcode list shows all codes"), p.wordsOnce),
		ValidArgsFunction: p.completeCodes,
	}
	p.asks(cmd, render.Entries, render.Text, func(q query, words []string) error {
		return q.show(render.Each(q.explain(words)))
	})
	return cmd
}
