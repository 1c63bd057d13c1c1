package main

import (
	"context"
	"slices"

	"github.com/spf13/cobra"

	"github.com/errcode-cli/errcode/internal/catalog"
	"github.com/errcode-cli/errcode/internal/entry"
	"github.com/errcode-cli/errcode/internal/render"
)

// A query is a command that asks the selection: what it asks, and how the
// answer is shown.
type query struct {
	*program
	*catalog.Selection
	ctx  context.Context
	view view
}

// asks gives a command the flags of a query, and an answer.
func (p *program) asks(cmd *cobra.Command, about render.Subject, first render.Format, answer func(q query, words []string) error) {
	formats := render.Offered(about, first)
	flags := addOutputFlags(cmd, formats)
	p.addCatalogFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, words []string) error {
		view, err := flags.view(p.terminal, formats)
		if err != nil {
			return err
		}
		s, err := p.open(cmd.Context())
		if err != nil {
			return err
		}
		defer s.Close()
		view.Catalogs = !isBuiltin(s)
		view.Several = len(s.Names()) > 1
		view.Severities = slices.ContainsFunc(s.Severities(), func(s entry.Severity) bool { return s != entry.Error })
		return answer(query{p, s, cmd.Context(), view}, words)
	}
}

// show writes the answer.
func (q query) show(l render.Listing) error { return q.write(q.view, l) }

// needs is the check of a command's words where it needs at least one.
func needs(what string, hints ...string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, words []string) error {
		if len(words) == 0 {
			return usage(cmd.Name()+" needs "+what, hints...)
		}
		return nil
	}
}

// inputOnce is the check of names where one may be standard input: what is read of that
// is gone.
func inputOnce(names []string) error {
	if first := slices.IndexFunc(names, isInput); first >= 0 && slices.ContainsFunc(names[first+1:], isInput) {
		return usage("standard input can be read only once", `name "-" once`)
	}
	return nil
}

// isInput reports whether a name is that of standard input.
func isInput(name string) bool { return name == "-" || name == "/dev/stdin" || name == "/dev/fd/0" }

// wordsOnce is inputOnce for a command's words, and for the catalogs of -c.
func (p *program) wordsOnce(_ *cobra.Command, words []string) error {
	return inputOnce(slices.Concat(p.asked, words))
}

// noWords is the check of a command's words where it takes none.
func noWords(cmd *cobra.Command, words []string) error {
	if len(words) > 0 {
		return usage(cmd.Name()+" takes no words", cmd.CommandPath()+" --help shows how it is used")
	}
	return nil
}
