//go:build unix

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// pressTab is a program for bash: it completes the words of a command line as bash
// does when the tab key is pressed, and prints what it is offered.
const pressTab = `
compopt() { echo "compopt $*"; } # the builtin works only where a key is pressed
eval "$LOADED_LATER"
COMP_LINE=$1 COMP_POINT=$2 COMP_CWORD=$3 COMP_TYPE=9 COMP_KEY=9 COLUMNS=80
shift 3
COMP_WORDS=("$@")
__start_errcode errcode
printf '%s\n' "${COMPREPLY[@]}"
`

// TestCompletionInBash completes in a bash that has not loaded the package
// bash-completion, or loads it later.
func TestCompletionInBash(t *testing.T) {
	t.Parallel()
	bash, err := exec.LookPath("bash")
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	dir := t.TempDir()
	program := filepath.Join(dir, "tab.bash")
	script, err := exec.Command("errcode", "completion", "bash").Output()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(program, append(script, pressTab...), 0o600); err != nil {
		t.Fatal(err)
	}
	const loaded = `
_init_completion() { cur=p prev=site words=(errcode site p) cword=2; }
_filedir() { COMPREPLY=("_filedir $*"); }`
	for _, test := range []struct {
		line  string   // "|" is the cursor
		words []string // as bash takes the line apart
		want  string
		later string // what is loaded after the script
	}{
		{"errcode sea|", []string{"errcode", "sea|"}, "search", ""},
		{"errcode get AUTH-4|", []string{"errcode", "get", "AUTH-4|"}, "AUTH-401  (Authentication Failed)\nAUTH-403  (Permission Denied)", ""},
		{"errcode get CON|", []string{"errcode", "get", "CON|"}, "CONFLICT-409", ""},
		{"errcode  status |", []string{"errcode", "status", "|"}, "400  (Bad Request)\n401  (Unauthorized)\n403  (Forbidden)\n" +
			"404  (Not Found)\n409  (Conflict)\n429  (Too Many Requests)\n500  (Internal Server Error)", ""},
		{"errcode get --color=al|", []string{"errcode", "get", "--color", "=", "al|"}, "always", ""},
		{"errcode get --color=|", []string{"errcode", "get", "--color", "=", "|"}, "auto\nalways\nnever", ""},
		{"errcode get --color al|", []string{"errcode", "get", "--color", "al|"}, "always", ""},
		{"errcode get x:y NOT|", []string{"errcode", "get", "x", ":", "y", "NOT|"}, "NOTFOUND-404", ""},
		{"errcode site pub|", []string{"errcode", "site", "pub|"}, "compopt -o dirnames\n", ""},
		{"errcode sea| AUTH-401", []string{"errcode", "sea|", "AUTH-401"}, "search", ""},
		{"errcode se|x", []string{"errcode", "se|x"}, "search", ""},
		{"errcode get --color=ne|v", []string{"errcode", "get", "--color", "=", "ne|v"}, "never", ""},
		{"errcode help >log exit|", []string{"errcode", "help", ">", "log", "exit|"}, "exit-codes", ""},
		{"errcode help 2>>log exit|", []string{"errcode", "help", "2>>", "log", "exit|"}, "exit-codes", ""},
		{"errcode get A>lo|", []string{"errcode", "get", "A", ">", "lo|"}, "", ""},
		{"errcode get A >|", []string{"errcode", "get", "A", ">|"}, "", ""},
		{"errcode get CON| >log", []string{"errcode", "get", "CON|", ">", "log"}, "CONFLICT-409", ""},
		{"errcode scan <(touch log) --fail-on an|", []string{"errcode", "scan", "<(touch log)", "--fail-on", "an|"}, "any", ""},
		{"errcode x|", []string{"errcode", "x|"}, "_filedir -d", loaded},
	} {
		typed, _, _ := strings.Cut(test.line, "|")
		args := []string{"--norc", "--noprofile", program, strings.Replace(test.line, "|", "", 1), strconv.Itoa(len(typed))}
		args = append(args, strconv.Itoa(slices.IndexFunc(test.words, func(w string) bool { return strings.Contains(w, "|") })))
		for _, w := range test.words {
			args = append(args, strings.Replace(w, "|", "", 1))
		}
		test.want += "\n"
		c := exec.Command(bash, args...)
		c.Dir = dir
		c.Env = append(os.Environ(), "BASH_ENV=", "LOADED_LATER="+test.later)
		var said strings.Builder
		c.Stderr = &said
		got, err := c.Output()
		if err != nil || string(got) != test.want || said.Len() > 0 {
			t.Errorf("%s: %v\n%s%s\nwant\n%s", test.line, err, got, &said, test.want)
		}
	}
	if files, err := filepath.Glob(filepath.Join(dir, "lo*")); err != nil || files != nil {
		t.Errorf("a redirection was obeyed: %q, %v", files, err)
	}
}
