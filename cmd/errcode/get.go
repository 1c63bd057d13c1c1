package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"iter"

	"github.com/spf13/cobra"

	"github.com/errcode-cli/errcode/internal/catalog"
	"github.com/errcode-cli/errcode/internal/entry"
	"github.com/errcode-cli/errcode/internal/render"
	"github.com/errcode-cli/errcode/internal/source"
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
func (q query) explain(words iter.Seq2[string, error]) iter.Seq2[entry.Entry, error] {
	return func(yield func(entry.Entry, error) bool) {
		type key struct{ catalog, code string }
		seen := map[key]bool{}
		missed := "" // the word before, if it was a miss
		for word, err := range words {
			if err != nil {
				yield(entry.Entry{}, err)
				return
			}
			if !entry.IsCode(word) {
				q.fail(notACode(word))
				continue
			}
			found, err := q.Get(q.ctx, word)
			if err != nil {
				yield(entry.Entry{}, err)
				return
			}
			if len(found.Entries) != 1 {
				if err := q.miss(word, missed, found); err != nil {
					yield(entry.Entry{}, err)
					return
				}
				missed = word
				continue
			}
			missed = ""
			e := found.Entries[0]
			if k := (key{e.Catalog, e.Code}); !seen[k] {
				seen[k] = true
				if !yield(e, nil) {
					return
				}
			}
		}
	}
}

// miss reports a word that stands for no entry or for several. Before is the word
// before it, if that was a miss too.
func (q query) miss(word, before string, found catalog.Found) error {
	m, err := q.Miss(q.ctx, word, before, found)
	if err != nil {
		return err
	}
	var commands []string
	if word == q.implied {
		commands = q.commands
	}
	q.fail(render.NotFoundWord(m, commands))
	return nil
}

// notACode refuses a word that no catalog could hold.
func notACode(word string) *render.Failure {
	f := usage(fmt.Sprintf("%q cannot be a code: it has no letter or digit", word), "errcode list shows all codes")
	f.Input = word
	return f
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
				yield("", &source.ReadError{Name: arg, Err: tooLong(err)})
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

// tooLong says of an error of a scanner of words which limit it is about.
func tooLong(err error) error {
	if errors.Is(err, bufio.ErrTooLong) {
		return fmt.Errorf("a word is longer than %d bytes", bufio.MaxScanTokenSize)
	}
	return err
}
