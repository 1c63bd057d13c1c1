package main

import (
	"strings"
	"testing"
)

func TestArrange(t *testing.T) {
	for _, test := range []struct{ args, want, implied string }{
		{"", "", ""},
		{"get A", "get A", ""},
		{"-o json get A", "get -o json A", ""},
		{"-o json A", "get -o json A", "A"},
		{"--json", "--json", ""},
		{"-- A", "get -- A", "--"},

		// a minus and a digit begin a word
		{"-32600", "get -- -32600", "-32600"},
		{"-c x -32600 -o json", "get -c x -o json -- -32600", "-32600"},
		{"get -32600 -o json", "get -o json -- -32600", ""},
		{"get A -5x B --width 40 C", "get --width 40 -- A -5x B C", ""},
		{"get -5 -- -6", "get -- -5 -6", ""},
		{"get - -5 -o=json", "get -o=json -- - -5", ""},
		{"-32600 get", "get -- -32600 get", "-32600"},
		{"list --width -5", "list --width -5", ""},
		{"list -c -5 -32", "list -c -5 -- -32", ""},
		{"list --bogus -32", "list --bogus -- -32", ""},
		{"-c -5", "-c -5", ""},
		{"get -5 -o", "get -o -- -5", ""},
		{"get -- -5", "get -- -5", ""},

		// while a line is typed, the last word stays the last
		{"__complete get -3", "__complete get -- -3", ""},
		{"__complete -3", "__complete get -- -3", ""},
		{"__complete get -5 A", "__complete get A", ""},
		{"__complete get -5 -o j", "__complete get -o j", ""},
		{"__complete get -o -3", "__complete get -o -3", ""},
		{"__complete -o json A", "__complete get -o json A", ""},
		{"__complete get -- -5 -6", "__complete get -- -6", ""},
		{"__complete get -", "__complete get -", ""},
	} {
		root := newRoot(&program{})
		got, implied := arrange(root, strings.Fields(test.args), false)
		if strings.Join(got, " ") != test.want || implied != test.implied {
			t.Errorf("%s: got %q and %q, want %q and %q", test.args, got, implied, test.want, test.implied)
		}
	}
}

func TestNearCommands(t *testing.T) {
	root := newRoot(&program{})
	for word, want := range map[string]string{
		"serch": "search", "saerch": "search", "SEARCH": "search", "sear": "search",
		"lst": "list", "lists": "list", "gte": "get", "stat": "status", "staus": "status",
		"validte": "validate", "vaildaet": "validate", "valid": "validate", "verison": "version",
		"hlep": "help", "compl": "completion", "cat": "catalogs", "catalog": "catalogs",

		"rate": "", "HTTP": "", "state": "", "limit": "", "error": "", "s": "", "ge": "", "": "", "AUTH-401": "", "404": "",
	} {
		if got := nearCommands(root, word); strings.Join(got, " ") != want {
			t.Errorf("%q is like the commands %q, not %q", word, got, want)
		}
	}
}

// TestCommandWords has every command under each of its words, the only one that is
// built for it.
func TestCommandWords(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range commands {
		for _, word := range append([]string{c.name}, c.also...) {
			if seen[word] {
				t.Errorf("%q is two commands", word)
			}
			seen[word] = true
			root := newRoot(&program{args: []string{word}})
			found, _, err := root.Find([]string{word})
			if err != nil || found.Name() != c.name || len(root.Commands()) != 2 { // and help
				t.Errorf("%q is %q among %d commands, %v", word, found.Name(), len(root.Commands()), err)
			}
		}
	}
}
