package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// A command is one that can be built.
type command struct {
	name  string
	also  []string // words that people may have in mind for it
	group string   // that help has it in
	build func(*program) *cobra.Command
}

// The groups of commands in help.
const (
	groupLookUp       = "Look up"
	groupLogs         = "Logs and sources"
	groupCatalogs     = "Catalogs"
	groupIntegrations = "Integrations"
)

// commands is every command but help, under its name. A new command is one file
// and one line here.
var commands = []command{
	{"get", []string{"explain", "show"}, groupLookUp, newGet},
	{"list", []string{"ls"}, groupLookUp, newList},
	{"search", []string{"find"}, groupLookUp, newSearch},
	{"status", nil, groupLookUp, newStatus},
	{"scan", nil, groupLogs, newScan},
	{"catalogs", nil, groupCatalogs, newCatalogs},
	{"validate", nil, groupCatalogs, newValidate},
	{"site", nil, groupCatalogs, newSite},
	{"schema", nil, groupCatalogs, newSchema},
	{"completion", nil, groupIntegrations, newCompletion},
	{"version", nil, "", newVersion},
}

// goesBy reports whether a word is the command.
func (c command) goesBy(word string) bool { return word == c.name || slices.Contains(c.also, word) }

// newRoot builds the command tree. Where the command line begins with the name of
// a command, the others are left out, but for help: to build them takes as long as
// to answer.
func newRoot(p *program) *cobra.Command {
	root := &cobra.Command{
		Use:   "errcode",
		Short: "Explain error codes",
		Long: `Errcode explains error codes: what they mean, why they happened and what to do.

A first word that is no command is a code: "errcode AUTH-401" is
"errcode get AUTH-401". Without a word, what is piped in is explained:
CMD 2>&1 | errcode

Topics, for errcode help TOPIC:
` + topicList(),
		Example: `  errcode get AUTH-401
  errcode search rate limit
  errcode get AUTH-401 -o json | jq -r .resolution`,
		SilenceErrors:     true,
		SilenceUsage:      true,
		ValidArgsFunction: p.completeCodes,
	}
	root.Args = noWords // which only follow flags that there are not; cobra's own error has no type
	root.SetOut(p.stdout)
	root.SetErr(p.terminal.stderr)
	showVersion := root.Flags().BoolP("version", "v", false, "print the version")
	root.RunE = func(cmd *cobra.Command, _ []string) error {
		if !*showVersion {
			return cmd.Help()
		}
		return p.writeVersion()
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
	for _, group := range []string{groupLookUp, groupLogs, groupCatalogs, groupIntegrations} {
		root.AddGroup(&cobra.Group{ID: group, Title: group + ":"})
	}
	needed := commands
	for i, c := range commands {
		if len(p.args) > 0 && c.goesBy(p.args[0]) {
			needed = commands[i : i+1]
		}
	}
	for _, c := range needed {
		cmd := c.build(p)
		cmd.Aliases, cmd.GroupID = c.also, c.group
		root.AddCommand(cmd)
	}
	help := newHelp(p)
	root.AddCommand(help)
	root.SetHelpCommand(help)
	for _, c := range append(root.Commands(), root) {
		c.InitDefaultHelpFlag() // else the flag is in some help texts and not in others
	}
	return root
}
