package main

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// A command is one that can be built.
type command struct {
	name  string
	build func(*program) *cobra.Command
}

// commands is every command but help, under its name. A new command is one file
// and one line here.
var commands = []command{
	{"get", newGet},
	{"list", newList},
	{"search", newSearch},
	{"status", newStatus},
	{"scan", newScan},
	{"catalogs", newCatalogs},
	{"validate", newValidate},
	{"site", newSite},
	{"schema", newSchema},
	{"completion", newCompletion},
}

// newRoot builds the command tree. Where the command line begins with the name of
// a command, the others are left out, but for help: to build them takes as long as
// to answer.
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
	root.Args = noWords // which only follow flags that there are not; cobra's own error has no type
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
		if unknown, ok := errors.AsType[*pflag.NotExistError](err); ok && cmd == root {
			name := unknown.GetSpecifiedName()
			if flag := strings.Repeat("-", min(len(name), 2)) + name; flagOf(root, flag) != nil {
				return usage(fmt.Sprintf("%s needs a code or a command beside it", flag), "try errcode get AUTH-401", "errcode --help lists the commands")
			}
		}
		return usage(err.Error(), cmd.CommandPath()+" --help shows how it is used")
	})
	root.CompletionOptions.DisableDefaultCmd = true
	needed := commands
	for i, c := range commands {
		if len(p.args) > 0 && p.args[0] == c.name {
			needed = commands[i : i+1]
		}
	}
	for _, c := range needed {
		root.AddCommand(c.build(p))
	}
	help := newHelp(p)
	root.AddCommand(help)
	root.SetHelpCommand(help)
	for _, c := range append(root.Commands(), root) {
		c.InitDefaultHelpFlag() // else the flag is in some help texts and not in others
	}
	return root
}
