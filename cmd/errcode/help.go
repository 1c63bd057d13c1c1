package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/errcode-cli/errcode/internal/entry"
	"github.com/errcode-cli/errcode/internal/text"
)

// A topic is help on what no single command is about. {KEYS} in its text stands for
// what there is to say of the keys of an entry.
type topic struct{ name, about, text string }

var topics = []topic{
	{"exit-codes", "what the exit code says", exitCodes},
	{"output", "formats, colour and width", outputTopic},
	{"catalogs", "choosing and writing catalogs", catalogsTopic},
	{"environment", "the variables errcode reads", environment},
}

func (t topic) String() string { return strings.Replace(t.text, "{KEYS}", keys(), 1) }

// keys is a paragraph on the keys of an entry in JSON.
func keys() string {
	all := "JSON. Keys are only ever added. Those of an entry are, in this order: catalog, " + strings.Join(entry.Keys(), ", ") +
		", then a catalog's own x- keys. Arrays, severity and description are always there; other keys are left out" +
		" where the catalog says nothing. search adds matches, a list of {field, word, kind}, the kind whole, prefix, part or near;" +
		" and missing, the words that an entry lacks, where no entry has every word."
	return wrapped(all, 80)
}

// wrapped is a text in lines of at most so many columns.
func wrapped(s string, width int) string {
	var lines []string
	for line := range text.Wrap(s, width) {
		lines = append(lines, s[line.Start:line.End])
	}
	return strings.Join(lines, "\n")
}

func newHelp(p *program) *cobra.Command {
	cmd := &cobra.Command{
		Use:               "help [COMMAND | TOPIC]",
		Short:             "Explain a command or a topic",
		Long:              "Explain a command or a topic.\n\nTopics:\n" + topicList(),
		ValidArgsFunction: completeHelp,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return cmd.Root().Help()
			}
			if i := slices.IndexFunc(topics, func(t topic) bool { return t.name == args[0] }); i >= 0 && len(args) == 1 {
				_, err := io.WriteString(p.stdout, topics[i].String())
				return err
			}
			if about, rest, err := cmd.Root().Find(args); err == nil && about != cmd.Root() && len(rest) == 0 {
				return about.Help()
			}
			return usage(fmt.Sprintf("no help on %q", strings.Join(args, " ")), "errcode help lists the commands and topics")
		},
	}
	return cmd
}

func completeHelp(cmd *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
	var names []cobra.Completion
	if len(args) == 0 {
		for _, t := range topics {
			names = append(names, cobra.CompletionWithDesc(t.name, t.about))
		}
		for _, c := range cmd.Root().Commands() {
			isTopic := slices.ContainsFunc(topics, func(t topic) bool { return t.name == c.Name() })
			if c.IsAvailableCommand() && !isTopic { // two completions of one word confuse bash
				names = append(names, cobra.CompletionWithDesc(c.Name(), c.Short))
			}
		}
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}

// topicList is a line for each topic.
func topicList() string {
	var b strings.Builder
	for _, t := range topics {
		fmt.Fprintf(&b, "  %-12s %s\n", t.name, t.about)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

const exitCodes = `Exit codes

  0    found
  1    nothing found, or not everything that was asked for; validate: problems;
       scan --fail-on: found
  2    bad usage, an unreadable or invalid catalog, a failed read or write;
       2 beats 1
  130  interrupted; 143 where it was asked to end by SIGTERM
  141  the reader of standard output went away (head, a pager)

Results are on standard output, all else on standard error. What was found is
printed even where something else was not: errcode get AUTH-401 NOPE explains
AUTH-401, names NOPE on standard error and exits 1.

A standard output that is closed counts as a failed write. It cannot be told
from the null device opened for reading and writing, as Python's
subprocess.DEVNULL and Node's "ignore" do: such a run exits 2 too, unless
standard error is discarded with it. A shell's "> /dev/null" is no failure.
`

const outputTopic = `Output

  text   entries in full, for people; the default of get
  table  a line each, for people; the default of the other queries
  json   for programs: get prints one object after another, list, search and
         status print one array
  jsonl  for programs: one object a line; entries, and what scan finds

The format never depends on whether a terminal is there; only width and colour
do. Text is wrapped at the terminal's width, 100 columns at most, or at 80
where there is no terminal. On a terminal a table wraps its widest columns to
fit, and where that is not enough each row becomes a record of lines; in a pipe
each row is one line, whatever its length. --width N stands in for the
terminal's width, in both.

A table of entries has a column SEVERITY where a catalog in use has another
severity than error, and a column CATALOG where there are several catalogs.

{KEYS}

scan prints an array of {code, count, first, last, text, excerpt, like, entry}:
first and last are {file, line, column}, text is the code as it stands at the
first, excerpt the line there, and like, in place of entry, a code that an
unknown one resembles. Its jsonl is an object {code, like, text, excerpt, file,
line, column} for each place where a code was found.

With JSON asked for, standard error carries one object a line:

  {"error": {"kind": ..., "message": ..., "input": ..., "suggestions": [...],
             "problems": [{file, line, column, rule, message}]}}

kind is not-found, usage, catalog or io. What hints say stands there too, where
there is something: several, retired, joined, longest, near, begins, number,
status, search, builtIn, searched. What is only to be noted is

  {"note": {"kind": ..., "message": ..., ...}}

with the numbers and words of the message beside it: of the kind limit, shown
and total.

get, list, search and status also write markdown, for tickets and wikis: get as
sections, the others as tables.

list, search and status STATUS write csv too, for spreadsheets and databases
(RFC 4180, but that lines end in LF). Its columns are always the same: catalog,
the keys of an entry, and x, one cell of JSON with all x- keys. What a list
holds stands on a line each, of examples and links as JSON. A cell stays as it
is also where a spreadsheet takes it for a formula, as one that begins with "=":
import a stranger's as text. Control characters are escapes, as in text.

list -o yaml is a catalog file of what is listed, head included. Of several
catalogs it makes one, whose name --as gives.

validate and scan also write github, annotations for a GitHub workflow, and
validate sarif, SARIF 2.1.0 for code scanning. Where GITHUB_ACTIONS, TF_BUILD or
TEAMCITY_VERSION says that a CI's runner reads along, no line of text or of a
log is a command to it: \x3a stands for a colon that begins one.

Characters that could steer a terminal or reorder what is read appear as
escapes: \x1b, \u202e; in JSON as \u001b.

--color auto, always or never decides on colour, then the variables of
"errcode help environment". JSON is never coloured.
`

const catalogsTopic = `Catalogs

A catalog is a named set of codes, explained: one YAML or JSON file. A query
works on

  1. the catalogs that -c names, which may be given several times,
  2. else those in ERRCODE_CATALOG, a list separated as PATH is,
  3. else the nearest .errcode.yaml, .errcode.yml or .errcode.json, from the
     working directory upward to the home folder or the border of the file
     system,
  4. else the built-in catalog, api.

A word without a path separator or a suffix names a built-in catalog; anything
else is a file or a folder, which means the .yaml, .yml and .json files directly
in it. "-c -" reads a catalog from standard input, and -c also takes a pipe, as
in -c <(generate): JSON where it begins with "{", else YAML. An entry takes the
place of an earlier catalog's entry of exactly the same code, as a whole:
-c api -c mine.yaml. "errcode catalogs" says what is in use.

A file that is no catalog may list those of a project, in order:

catalogs:
  - api
  - errors/**/*.yaml
  - docs/errors.json

Paths begin at that file. In patterns * and ? stand for any signs or one, [...]
for one of several, and ** for folders of any depth. All has to be below the
nearest folder above the file that holds .git, else below the file's own.

A file to start from:

catalog: payments
title: Payments API error codes
homepage: https://docs.example.com/errors
errors:
  - code: PAY-402
    title: Payment Required
    status: 402
    severity: error
    description: The account has no funds for the payment.
    messages: ["card ending {last4} was declined"]
    causes:
      - The card was declined.
      - The balance is below the amount.
    resolution: Ask the customer for another way to pay.
    examples:
      - {text: "curl -X POST https://api.example.com/pay", language: sh}
    retryable: false
    keywords: [card, declined, broke]
    tags: [billing]
    aliases: [PAYMENT_REQUIRED]
    related: [PAY-409]
    links:
      - title: Ways to pay
        url: https://docs.example.com/pay
    since: 2.1
    x-team: billing
  - code: PAY-409
    title: Payment Already Made
    status: 409
    severity: info
    description: The same payment was made before.
    causes: [The request was sent twice.]
    resolution: Nothing. The first payment counts.

Two more keys are about the life of codes. "retired: [PAY-401]" has codes that
were and never come back: no entry may have one. "range: [PAY-400-499]" is the
block of numbers that the catalog's codes are in, or several: a code may not be
elsewhere, nor may blocks of a project's catalogs overlap; "errcode catalogs"
says the next free code of each.

catalog, title, errors and of each entry code and title are required. severity
is error, warning or info; a description that is left out is the title.
deprecated, with a text that says what to use instead, marks a code that is no
longer used. Entries may share an alias: who asks for it is told which they are.
covers has ranges of codes, PAY-900-949 or 129-192, that have no entry of their
own and for which this one answers. messages are what programs print when it
happens, as they have it: {name}, %s, <name> and $1 stand for any text on the
line, %d for a number. examples are shown as they are written. Keys that begin
with x- are yours: JSON has them all, text those whose value is a text or a
number. A blank line in a text parts paragraphs; its lists and code, written as
in Markdown, keep their lines.

"errcode validate" checks a project's files, or those it is given, with --strict
for quality as well; "errcode schema" prints a JSON Schema that editors use.
`

const environment = `Environment

  ERRCODE_CATALOG              the catalogs to work on: "errcode help catalogs"

  ERRCODE_CACHE                the folder in which large catalogs are kept in
                               the form that answers fast, or off for none

Otherwise that folder is "errcode" in the cache folder that the system gives
each user. It is made if it is missing, and used only if it is the user's alone.
It may be removed at any time; what is wrong with it costs time, not an answer.

  On colour:
  NO_COLOR                     no colour
  CLICOLOR_FORCE, FORCE_COLOR  colour even where there is no terminal
  CLICOLOR=0                   no colour
  TERM=dumb                    no colour

The first of these that is set decides, in this order; --color comes before
them all. Empty or 0 counts as not set, but for CLICOLOR=0. Otherwise a stream
is coloured if it is a terminal.

  GITHUB_ACTIONS, TF_BUILD, TEAMCITY_VERSION say that a CI's runner reads along:
                               "errcode help output"
`
