package main

import (
	"bytes"
	_ "embed"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/errcode-cli/errcode/internal/catalog"
	"github.com/errcode-cli/errcode/internal/render"
	"github.com/errcode-cli/errcode/internal/text"
)

func newCompletion(p *program) *cobra.Command {
	shells := []string{"bash", "zsh", "fish", "powershell"}
	return &cobra.Command{
		Use:   "completion SHELL",
		Short: "Print the completion script for bash, zsh, fish or powershell",
		Long: `Print the script that lets a shell complete commands, flags, formats and codes.

In the file that each shell reads when it starts:

  bash        eval "$(errcode completion bash)"
  zsh         source <(errcode completion zsh)
  fish        errcode completion fish | source
  powershell  errcode completion powershell | Out-String | Invoke-Expression

zsh needs a "compinit" before that line.`,
		ValidArgs: shells,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usage("completion needs one shell: " + strings.Join(shells, ", "))
			}
			root := cmd.Root()
			switch args[0] {
			case "bash":
				return writeBashCompletion(p.stdout, root)
			case "zsh":
				return root.GenZshCompletion(p.stdout)
			case "fish":
				return root.GenFishCompletion(p.stdout, true)
			case "powershell":
				return root.GenPowerShellCompletionWithDesc(p.stdout)
			}
			return usage(fmt.Sprintf("no completion for %q; there is %s", args[0], strings.Join(shells, ", ")))
		},
	}
}

//go:embed completion.bash
var forBash string

// writeBashCompletion writes cobra's script with ours in front, which stands in for
// what that calls of the package bash-completion.
func writeBashCompletion(w io.Writer, root *cobra.Command) error {
	var script bytes.Buffer
	if err := root.GenBashCompletionV2(&script, true); err != nil {
		return err
	}
	ours := strings.NewReplacer("_get_comp_words_by_ref", "__errcode_words", "_filedir", "__errcode_filedir")
	_, err := io.WriteString(w, forBash+ours.Replace(script.String()))
	return err
}

// mostCompletions is as many codes as a shell is offered at once.
const mostCompletions = 200

// openToComplete opens the selection while a command line is completed: what
// is compiled already. cobra parses the line twice then, and so hears of each
// catalog twice.
func (p *program) openToComplete(cmd *cobra.Command) (*catalog.Selection, error) {
	p.asked = p.asked[:len(p.asked)/2]
	sources, err := p.sources()
	if err != nil {
		return nil, err
	}
	return catalog.Open(cmd.Context(), catalog.Options{Cache: p.cacheFolder(), Ready: true}, sources...)
}

// completeCodes offers the codes that begin with what is typed, with their titles.
func (p *program) completeCodes(cmd *cobra.Command, _ []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
	s, err := p.openToComplete(cmd)
	if err != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	defer s.Close()
	var codes []cobra.Completion
	for e, err := range first(s.List(cmd.Context(), catalog.Filter{Prefixes: []string{typed}}), mostCompletions) {
		if err != nil {
			return nil, cobra.ShellCompDirectiveError
		}
		if e.Code == text.Visible(e.Code) { // what a terminal must not see cannot be offered
			codes = append(codes, cobra.CompletionWithDesc(e.Code, text.Visible(e.Listed())))
		}
	}
	return codes, cobra.ShellCompDirectiveNoFileComp
}

// completeStatuses offers the statuses that entries have.
func (p *program) completeStatuses(cmd *cobra.Command, _ []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
	s, err := p.openToComplete(cmd)
	if err != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	defer s.Close()
	used, err := s.Statuses(cmd.Context())
	if err != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	var statuses []cobra.Completion
	for _, status := range used {
		statuses = append(statuses, cobra.CompletionWithDesc(fmt.Sprint(status), catalog.Phrase(status)))
	}
	return statuses, cobra.ShellCompDirectiveNoFileComp
}

// complete gives a flag its completions: none means that no file name is one.
func complete(cmd *cobra.Command, flag string, values ...cobra.Completion) {
	err := cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp))
	if err != nil {
		panic(err) // the flag does not exist
	}
}

// described is the completions of -o: each format with what it is for.
func described(formats render.Formats) []cobra.Completion {
	var values []cobra.Completion
	for name, about := range formats.About() {
		values = append(values, cobra.CompletionWithDesc(string(name), about))
	}
	return values
}
