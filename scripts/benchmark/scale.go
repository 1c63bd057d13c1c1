package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// A scale is what the rows for large catalogs need.
type scale struct {
	large    generated // what errcode answers from
	compiled generated // what is compiled, smaller: it takes seconds
	logs     []generatedLog
	dir      string // for errcode's caches
}

func newScale(ctx context.Context, o options, dir string) (s scale, err error) {
	s.dir = dir
	if s.large, err = generate(ctx, o.dir, o.entries); err != nil {
		return s, err
	}
	if s.compiled, err = generate(ctx, o.dir, min(o.entries, 100_000)); err != nil {
		return s, err
	}
	for _, n := range []int{7, 1000, 100_000} {
		l, err := generateLog(ctx, o.dir, n)
		if err != nil {
			return s, err
		}
		s.logs = append(s.logs, l)
	}
	return s, nil
}

// environment is what makes errcode answer from the large catalog, and tells a
// script where its lines are.
func (s scale) environment() []string {
	return []string{"ERRCODE_CATALOG=" + s.large.catalog, "ERRCODE_CACHE=" + filepath.Join(s.dir, "warm"), "ENTRIES=" + s.large.lines}
}

// at is a command at the size of the large catalog.
func (s scale) at(c command) command {
	c.name = fmt.Sprintf("%s, %d entries", c.name, s.large.entries)
	c.env = s.environment()
	return c
}

// rows is what answers from the large catalog may cost, against the same from
// the built-in one and against a search of its lines, and what the first answer
// from a file may cost, all of which has to be read for it, as jq does.
func (s scale) rows() []row {
	getKnown := ask(0, knownTitle, "get", knownCode)
	miss := ask(1, "did you mean AUTH-401", "get", "ATUH-401")
	missKnown := ask(1, "did you mean "+knownCode, "get", "PAYMNET-402")
	list := script("list | head -1", "errcode list | head -1", "CODE")
	complete := ask(0, "AUTH-401", "__complete", "get", "AUTH-4")
	completeKnown := ask(0, knownCode, "__complete", "get", "PAYMENT-40")
	search := ask(0, "MATCH", append([]string{"search"}, searched...)...)
	rg := script("rg | rg | rg", searchLines, `"code":`, "rg")
	const few = 7 // rounds of what takes seconds
	rows := []row{
		{command: s.at(getKnown), against: get, budget: 1.2},
		{command: s.at(missKnown), against: miss, budget: 3},
		{command: s.at(list), against: list, budget: 3},
		{command: s.at(completeKnown), against: complete, budget: 3},
		{command: s.at(search), against: s.at(rg), budget: 0.1, rounds: few},
	}

	cold := filepath.Join(s.dir, "cold")
	compile := getKnown
	compile.name = fmt.Sprintf("compile %d entries", s.compiled.entries)
	compile.env = []string{"ERRCODE_CATALOG=" + s.compiled.catalog, "ERRCODE_CACHE=" + cold}
	compile.before = func() error { return os.RemoveAll(cold) }
	jq := command{name: "jq -c .errors[]", args: []string{"jq", "-c", ".errors[]", s.compiled.catalog}, prints: `"code":`, needs: []string{"jq"}}
	if absent("taskset") == nil { // jq uses one core, errcode all: their number counts
		rows = append(rows,
			row{command: on("0,1", compile), against: on("0,1", jq), budget: 1, rounds: few},
			row{command: on("0", compile), against: on("0", jq), budget: 1.5, rounds: few})
	} else {
		rows = append(rows, row{command: compile, against: jq, budget: 1, rounds: few})
	}

	compile.name += ", peak memory"
	memory := command{name: "3 times the file + 32 MiB"}
	rows = append(rows, row{command: compile, against: memory, budget: 1, rounds: few, file: s.compiled.catalog})
	return append(rows, s.scanRows()...)
}

// ask is a command of errcode.
func ask(exit int, prints string, args ...string) command {
	return command{name: strings.Join(args, " "), args: append([]string{"errcode"}, args...), exit: exit, prints: prints}
}

// script is a command of sh.
func script(name, text, prints string, needs ...string) command {
	return command{name: name, args: []string{"sh", "-c", text}, prints: prints, needs: append(needs, "sh")}
}

// on is a command kept to some cores.
func on(cores string, c command) command {
	c.name += ", core " + cores
	c.args = append([]string{"taskset", "-c", cores}, c.args...)
	return c
}

// searchLines prints the lines of the entries that errcode search finds.
var searchLines = fmt.Sprintf(`rg -iw %s "$ENTRIES" | rg -iw %s | rg -iw %s`, searched[0], searched[1], searched[2])

// An agreement is what errcode and another program must answer alike.
type agreement struct{ what, errcode, program, answer string }

var agreements = []agreement{
	{"the known entry", "errcode get -o json " + knownCode + " | jq -cS .",
		"jq", `jq -cS 'select(.code == "` + knownCode + `") | {catalog: "scale", severity: "error", messages: [], examples: [], tags: [], aliases: [], covers: [], related: [], links: []} + .' "$ENTRIES"`},
	{"the first entry", "errcode list | head -2 | tail -1 | cut -d' ' -f1",
		"jq", `head -1 "$ENTRIES" | jq -r .code`},
	{"the number of status 404", "errcode list --status 404 -o jsonl | wc -l",
		"jq", `jq 'select(.status == 404) | 1' "$ENTRIES" | wc -l`},
	{"the number found", "errcode search --limit 0 -o jsonl " + strings.Join(searched, " ") + " | wc -l",
		"rg", searchLines + " | wc -l"},
}

// agree makes sure that errcode answers from the large catalog as jq and
// ripgrep do, and names the versions of these. What needs a missing one is left
// out; the rows say so.
func (s scale) agree(ctx context.Context, w io.Writer) error {
	for _, program := range []string{"jq", "rg"} {
		if absent(program) == nil {
			version, err := s.output(ctx, program+" --version | head -1")
			if err != nil {
				return err
			}
			fmt.Fprintln(w, version)
		}
	}
	for _, a := range agreements {
		if absent(a.program) != nil {
			continue
		}
		ours, err := s.output(ctx, a.errcode)
		if err != nil {
			return err
		}
		theirs, err := s.output(ctx, a.answer)
		if err != nil {
			return err
		}
		if ours != theirs || ours == "" || ours == "0" {
			return fmt.Errorf("%s: errcode answers %q, %s %q", a.what, ours, a.program, theirs)
		}
		fmt.Fprintf(w, "errcode and %s agree on %s\n", a.program, a.what)
	}
	agreed, err := s.scansAgree(ctx)
	for _, text := range agreed {
		fmt.Fprintln(w, text)
	}
	return err
}

// output is what a script prints that asks the large catalog.
func (s scale) output(ctx context.Context, script string) (string, error) {
	cmd := exec.CommandContext(ctx, "sh", "-c", script)
	cmd.Env = append(os.Environ(), s.environment()...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("%s: %w", script, err)
	}
	return strings.TrimSpace(string(out)), nil
}
