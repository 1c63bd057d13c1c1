package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/errcode-cli/errcode/internal/render"
)

// arrange puts the command in front of the flags that stand before it, and puts
// get there where the first word is no command, which it returns.
func arrange(root *cobra.Command, args []string) (arranged []string, implied string) {
	if len(args) > 1 && strings.HasPrefix(args[0], cobra.ShellCompRequestCmd) {
		last := len(args) - 1 // the word that is being typed
		words, implied := arrange(root, args[1:last])
		if len(words) > 0 && firstWord(root, words) < 0 && flagOf(root, words[0]) != nil {
			words = append([]string{"get"}, words...) // flags go before a code too
		}
		return slices.Concat(args[:1], words, args[last:]), implied
	}
	at := firstWord(root, args)
	if at < 0 {
		return args, ""
	}
	if command, _, err := root.Find(args[at : at+1]); err != nil || command == root || args[at] == "--" {
		return append([]string{"get"}, args...), args[at]
	}
	return slices.Concat(args[at:at+1], args[:at], args[at+1:]), ""
}

// firstWord returns where the first argument stands that is neither a flag nor
// a flag's value, or where "--" says that one follows; -1 where there is none.
func firstWord(root *cobra.Command, args []string) int {
	for i := 0; i < len(args); i++ {
		switch a := args[i]; {
		case a == "--" && i+1 == len(args):
			return -1
		case a == "--", a == "-", !strings.HasPrefix(a, "-"):
			return i
		case takesNext(root, a):
			i++
		}
	}
	return -1
}

// takesNext reports whether a flag of any command takes the next argument as
// its value.
func takesNext(root *cobra.Command, arg string) bool {
	f := flagOf(root, arg)
	return f != nil && f.NoOptDefVal == ""
}

// flagOf returns the flag that an argument is, if some command has it.
func flagOf(root *cobra.Command, arg string) *pflag.Flag {
	for _, c := range root.Commands() {
		var f *pflag.Flag
		if name, long := strings.CutPrefix(arg, "--"); long {
			f = c.Flags().Lookup(name) // "width=40" is the name of none
		} else if len(arg) == 2 {
			f = c.Flags().ShorthandLookup(arg[1:])
		}
		if f != nil {
			return f
		}
	}
	return nil
}

// nearCommands returns the commands that a word is like. cobra's own list lacks
// help.
func nearCommands(root *cobra.Command, word string) []string {
	help := cobra.Command{SuggestionsMinimumDistance: root.SuggestionsMinimumDistance}
	help.AddCommand(&cobra.Command{Use: "help", Run: func(*cobra.Command, []string) {}})
	return append(root.SuggestionsFor(word), help.SuggestionsFor(word)...)
}

// A glance is what the flags seem to say before they are parsed for good: a
// command line that makes no sense is answered in the form it asks for.
type glance struct {
	output, color string
	json          bool
}

func glanceAt(args []string) glance {
	var g glance
	flags := pflag.NewFlagSet("", pflag.ContinueOnError)
	flags.ParseErrorsAllowlist.UnknownFlags = true
	flags.StringVarP(&g.output, "output", "o", "", "")
	flags.StringVar(&g.color, "color", "", "")
	flags.VarP(new(texts), "catalog", "c", "") // whose value is no flag
	flags.BoolVar(&g.json, "json", false, "")
	flags.BoolP("help", "h", false, "")
	_ = flags.Parse(args) // what is wrong with them is found again
	return g
}

func (g glance) wantsJSON() bool { return g.json || render.Format(g.output).JSON() }
