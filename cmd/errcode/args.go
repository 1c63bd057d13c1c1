package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/errcode-cli/errcode/internal/index"
	"github.com/errcode-cli/errcode/internal/render"
)

// arrange makes of a command line one that cobra reads as it is meant: the command
// first, and a word such as -5 where it is no flag. It returns the first word too, if
// that is no command and get is meant. Without a word, what is piped into the program is
// what get is to explain.
func arrange(root *cobra.Command, args []string, piped bool) (arranged []string, implied string) {
	if len(args) > 1 && strings.HasPrefix(args[0], cobra.ShellCompRequestCmd) {
		last := len(args) - 1 // the word that is being typed
		return slices.Concat(args[:1], arrangeTyped(root, args[1:last], args[last])), ""
	}
	args, implied = commandFirst(root, args)
	if firstWord(root, args) != 0 { // flags alone
		if piped && !slices.Contains(args, "-") && !slices.ContainsFunc(args, func(a string) bool { return slices.Contains([]string{"-h", "--help", "-v", "--version"}, a) }) {
			return slices.Concat([]string{"get"}, args, []string{"-"}), ""
		}
		return args, ""
	}
	return numbersLast(root, args), implied
}

// arrangeTyped does the same where a word is being typed. What other words there are is
// nothing to its completion, so that those like -5 are left out.
func arrangeTyped(root *cobra.Command, args []string, typed string) []string {
	args, _ = commandFirst(root, args)
	isValue := len(args) > 0 && takesNext(root, args[len(args)-1])
	isWord := isNumber(typed) && !isValue
	behindFlag := len(args) > 0 && flagOf(root, args[0]) != nil
	if firstWord(root, args) < 0 && (isWord || behindFlag) {
		args = append([]string{"get"}, args...) // flags go before a code too
	}
	args = slices.DeleteFunc(slices.Clone(args), isNumber)
	if isWord && !slices.Contains(args, "--") {
		args = append(args, "--")
	}
	return append(args, typed)
}

// commandFirst puts the command in front of the flags that stand before it, and puts
// get there where the first word is no command, which it returns.
func commandFirst(root *cobra.Command, args []string) (arranged []string, implied string) {
	at := firstWord(root, args)
	if at < 0 {
		return args, ""
	}
	if command, _, err := root.Find(args[at : at+1]); err != nil || command == root || args[at] == "--" {
		return append([]string{"get"}, args...), args[at]
	}
	return slices.Concat(args[at:at+1], args[:at], args[at+1:]), ""
}

// numbersLast puts the words of a command behind "--", in their order, if one of them
// is a number with a minus, which is no flag.
func numbersLast(root *cobra.Command, args []string) []string {
	var flags, words []string
	numbers := false
	for i := 1; i < len(args); i++ {
		switch a := args[i]; {
		case a == "--":
			words = append(words, args[i+1:]...)
			i = len(args)
		case isNumber(a), a == "-", !strings.HasPrefix(a, "-"):
			numbers = numbers || isNumber(a)
			words = append(words, a)
		case takesNext(root, a) && i+1 < len(args):
			flags = append(flags, a, args[i+1])
			i++
		default:
			flags = append(flags, a)
		}
	}
	if !numbers {
		return args
	}
	return slices.Concat(args[:1], flags, []string{"--"}, words)
}

// isNumber reports whether an argument begins as a number below zero does.
func isNumber(arg string) bool {
	return len(arg) > 1 && arg[0] == '-' && '0' <= arg[1] && arg[1] <= '9'
}

// firstWord returns where the first argument stands that is neither a flag nor
// a flag's value, or where "--" says that one follows; -1 where there is none.
func firstWord(root *cobra.Command, args []string) int {
	for i := 0; i < len(args); i++ {
		switch a := args[i]; {
		case a == "--" && i+1 == len(args):
			return -1
		case a == "--", a == "-", !strings.HasPrefix(a, "-"), isNumber(a):
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

// nearCommands returns the commands that a word is like: that it begins with three
// letters or more, or that are an edit away, of long ones two. Other words for a
// command count too.
func nearCommands(root *cobra.Command, word string) []string {
	word = strings.ToLower(word)
	if len(word) < 3 {
		return nil
	}
	var near []string
	for _, c := range root.Commands() {
		for _, name := range append([]string{c.Name()}, c.Aliases...) {
			edits := 1
			if len(name) >= 7 {
				edits = index.MostEdits
			}
			if strings.HasPrefix(name, word) || index.Distance(word, name, edits) <= edits {
				near = append(near, name)
				break
			}
		}
	}
	return near
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
