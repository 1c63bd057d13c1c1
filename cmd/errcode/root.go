package main

import (
	"io"

	"github.com/spf13/cobra"
)

// newRoot builds the command tree. A new command is one file and one line here.
func newRoot(p *program) *cobra.Command {
	root := &cobra.Command{
		Use:   "errcode",
		Short: "Explain error codes",
		Long: `Errcode explains error codes: what they mean, why they happened and what to do.

A first word that is no command is a code: "errcode AUTH-401" is
"errcode get AUTH-401".

Topics, for errcode help TOPIC:
` + topicList(),
		Example: `  errcode get AUTH-401
  errcode search rate limit
  errcode get AUTH-401 -o json | jq -r .resolution`,
		SilenceErrors:              true,
		SilenceUsage:               true,
		SuggestionsMinimumDistance: 2,
		ValidArgsFunction:          p.completeCodes,
	}
	root.SetOut(p.stdout)
	root.SetErr(p.terminal.stderr)
	showVersion := root.Flags().BoolP("version", "v", false, "print the version")
	root.RunE = func(cmd *cobra.Command, _ []string) error {
		if !*showVersion {
			return cmd.Help()
		}
		_, err := io.WriteString(p.stdout, "errcode "+version()+"\n")
		return err
	}
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return usage(err.Error(), cmd.CommandPath()+" --help shows how it is used")
	})
	root.CompletionOptions.DisableDefaultCmd = true
	help := newHelp(p)
	root.AddCommand(
		newGet(p),
		newList(p),
		newSearch(p),
		newStatus(p),
		newScan(p),
		newCatalogs(p),
		newValidate(p),
		newSite(p),
		newSchema(p),
		newCompletion(p),
		help,
	)
	root.SetHelpCommand(help)
	for _, c := range append(root.Commands(), root) {
		c.InitDefaultHelpFlag() // else the flag is in some help texts and not in others
	}
	return root
}
