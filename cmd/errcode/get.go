package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"iter"

	"github.com/spf13/cobra"

	"github.com/errcode-cli/errcode/internal/catalog"
	"github.com/errcode-cli/errcode/internal/render"
)

func newGet(p *program) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "get CODE...",
		Short: "Explain codes: what each means, why it happened, what to do",
		Long: `Explain each code, in the order asked.

Case and punctuation do not count: auth401, AUTH_401 and "[AUTH-401]" all find
AUTH-401. A word that several codes answer to finds none of them; they are
listed instead. "-" reads codes from standard input, separated by blanks.

With -o json, one object follows another: jq reads one and many alike.`,
		Example: `  errcode get AUTH-401
  errcode get auth401 toolimited429
  errcode get AUTH-401 -o json | jq -r .resolution
  cut -d' ' -f3 app.log | errcode get -`,
		Args:              cobra.MatchAll(needs("a code", "try errcode get AUTH-401", "errcode list shows all codes"), inputOnce),
		ValidArgsFunction: p.completeCodes,
	}
	p.asks(cmd, render.Entries, render.Text, func(q query, words []string) error {
		return q.show(render.Each(q.explain(p.words(words))))
	})
	return cmd
}

// explain yields the entry of each word, once, and reports the words that have
// none.
func (q query) explain(words iter.Seq2[string, error]) iter.Seq2[catalog.Entry, error] {
	return func(yield func(catalog.Entry, error) bool) {
		type key struct{ catalog, code string }
		seen := map[key]bool{}
		missed := "" // the word before, if it was a miss
		for word, err := range words {
			if err != nil {
				yield(catalog.Entry{}, err)
				return
			}
			if !catalog.IsCode(word) {
				q.fail(notACode(word))
				continue
			}
			found, err := q.Get(q.ctx, word)
			if err != nil {
				yield(catalog.Entry{}, err)
				return
			}
			if len(found) != 1 {
				f, err := q.miss(word, missed, found)
				if err != nil {
					yield(catalog.Entry{}, err)
					return
				}
				q.fail(f)
				missed = word
				continue
			}
			missed = ""
			if k := (key{found[0].Catalog, found[0].Code}); !seen[k] {
				seen[k] = true
				if !yield(found[0], nil) {
					return
				}
			}
		}
	}
}

// words yields the arguments of get, and in place of "-" the words of standard
// input as they come.
func (p *program) words(args []string) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for _, arg := range args {
			if arg != "-" {
				if !yield(arg, nil) {
					return
				}
				continue
			}
			n := 0
			input := bufio.NewScanner(flushing{p.stdin, p.stdout})
			input.Split(bufio.ScanWords)
			for ; input.Scan(); n++ {
				if !yield(input.Text(), nil) {
					return
				}
			}
			if err := input.Err(); err != nil {
				yield("", cannotRead(err))
				return
			}
			if n == 0 {
				p.fail(&render.Failure{Kind: render.NotFound, Message: "standard input holds no codes", Input: arg})
			}
		}
	}
}

// flushing writes what is buffered before it waits for input: whoever asks
// code by code through a pipe gets each answer at once.
type flushing struct {
	io.Reader
	output output
}

func (f flushing) Read(b []byte) (int, error) {
	if err := f.output.Flush(); err != nil {
		return 0, err
	}
	return f.Reader.Read(b)
}

func cannotRead(err error) error {
	if errors.Is(err, bufio.ErrTooLong) {
		err = fmt.Errorf("a word is longer than %d bytes", bufio.MaxScanTokenSize)
	}
	return &render.Failure{Kind: render.IO, Message: "cannot read standard input: " + err.Error()}
}
