// Benchmark compares errcode's speed with budgets. A budget is a ratio, of the
// median time of a command to that of a yardstick, so it means the same on
// every machine. With -scale it does so for generated catalogs too, whose
// answers it first compares with those of jq and ripgrep. It exits 1 when a
// budget is exceeded and 2 when it cannot measure or an answer is wrong.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
)

// A command is what is timed. Its program is looked for among those built here,
// then in PATH, so a pipe is a command of sh.
type command struct {
	name   string
	args   []string
	exit   int
	prints string       // a part of its output
	env    []string     // what it has in its environment besides
	needs  []string     // other programs than those built here
	before func() error // what is done before each run, and not timed
}

// A row is one line of the table: what a command may cost.
type row struct {
	command
	against command
	budget  float64
	rounds  int    // 0: as many as -rounds says
	file    string // if any, memory is measured, not time, against this file's size
}

var (
	get       = command{name: "get AUTH-401", args: []string{"errcode", "get", "AUTH-401"}, prints: "Authentication Failed"}
	hello     = command{name: "a hello world", args: []string{"hello"}, prints: "hello, world"}
	libraries = command{name: "its libraries alone", args: []string{"libraries"}, prints: "AUTH-401"}
)

var rows = []row{
	{command: get, against: hello, budget: 2.0},
	{command: get, against: libraries, budget: 1.25},
}

// programs is what is built, the way a release is.
var programs = map[string]string{
	"errcode":   "./cmd/errcode",
	"hello":     "./scripts/benchmark/hello",
	"libraries": "./scripts/benchmark/libraries",
}

var errOver = errors.New("over budget")

// options is what the flags say.
type options struct {
	rounds  int
	scale   bool
	entries int
	dir     string
}

func main() {
	caches, err := os.UserCacheDir()
	if err != nil {
		caches = os.TempDir()
	}
	var o options
	flag.IntVar(&o.rounds, "rounds", 200, "how often each short command runs, at least 100")
	flag.BoolVar(&o.scale, "scale", false, "measure large catalogs too, which takes minutes and needs sh, jq and ripgrep")
	flag.IntVar(&o.entries, "entries", 1_000_000, "how many entries the largest catalog has, at least 1000")
	flag.StringVar(&o.dir, "dir", filepath.Join(caches, "errcode-benchmark"), "the `folder` where generated catalogs are kept")
	flag.Parse()
	if flag.NArg() > 0 || o.rounds < 100 || o.entries < 1000 {
		flag.Usage()
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Stdout, o); err != nil {
		fmt.Fprintln(os.Stderr, "benchmark:", err)
		if errors.Is(err, errOver) {
			os.Exit(1)
		}
		os.Exit(2)
	}
}

func run(ctx context.Context, w io.Writer, o options) error {
	dir, err := os.MkdirTemp("", "errcode-benchmark-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if err := build(ctx, dir); err != nil {
		return err
	}
	if err := os.Setenv("PATH", dir+string(os.PathListSeparator)+os.Getenv("PATH")); err != nil {
		return err
	}
	if o.dir, err = filepath.Abs(o.dir); err != nil {
		return err
	}
	if err := os.Chdir(dir); err != nil { // away from any catalog of the user's
		return err
	}
	os.Unsetenv("ERRCODE_CATALOG")
	os.Setenv("ERRCODE_CACHE", "off") // the commands that have one say so

	if !o.scale {
		return compare(ctx, w, rows, o.rounds)
	}
	s, err := newScale(ctx, o, dir)
	if err != nil {
		return err
	}
	if err := s.agree(ctx, w); err != nil {
		return err
	}
	return compare(ctx, w, append(rows, s.rows()...), o.rounds)
}

// compare measures the rows and writes the table of them.
func compare(ctx context.Context, w io.Writer, rows []row, rounds int) error {
	over := 0
	var missing []string
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "WHAT\tAGAINST\tRATIO\tBUDGET\tNOISE\tVERDICT")
	for _, r := range rows {
		if lacking := absent(slices.Concat(r.needs, r.against.needs)...); lacking != nil {
			fmt.Fprintf(table, "%s\t%s\t-\t%.2f\t-\tnot measured without %s\n", r.name, r.against.name, r.budget, strings.Join(lacking, ", "))
			missing = append(missing, lacking...)
			continue
		}
		if r.rounds == 0 {
			r.rounds = rounds
		}
		ratio, noise, err := r.measure(ctx)
		if err != nil {
			return errors.Join(table.Flush(), err)
		}
		verdict := "within"
		if ratio > r.budget {
			verdict = "over"
			over++
		}
		fmt.Fprintf(table, "%s\t%s\t%.2f\t%.2f\t%.2f\t%s\n", r.name, r.against.name, ratio, r.budget, noise, verdict)
	}
	if err := table.Flush(); err != nil {
		return err
	}
	if missing != nil {
		return fmt.Errorf("not in PATH: %s", strings.Join(absent(missing...), ", "))
	}
	if over > 0 {
		return fmt.Errorf("%w: %d of %d", errOver, over, len(rows))
	}
	return nil
}

// absent returns those of the programs that are not in PATH, each once.
func absent(programs ...string) []string {
	var lacking []string
	for _, program := range programs {
		if _, err := exec.LookPath(program); err != nil && !slices.Contains(lacking, program) {
			lacking = append(lacking, program)
		}
	}
	return lacking
}

func build(ctx context.Context, dir string) error {
	for name, pkg := range programs {
		if runtime.GOOS == "windows" {
			name += ".exe"
		}
		cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", filepath.Join(dir, name), pkg)
		cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
		if out, err := cmd.CombinedOutput(); err != nil {
			return fmt.Errorf("build %s: %w\n%s", pkg, err, out)
		}
	}
	return nil
}

// measure returns the ratio of the row's medians. The yardstick runs twice a
// round, as two commands; the ratio of these, 1 on a quiet machine, is the noise.
func (r row) measure(ctx context.Context) (ratio, noise float64, err error) {
	if r.file != "" {
		return r.measureMemory(ctx)
	}
	commands := []command{r.command, r.against, r.against}
	for _, c := range commands[:2] {
		if err := c.check(); err != nil {
			return 0, 0, err
		}
	}
	warmUps := min(5, 1+r.rounds/10) // check was one too
	times := make([][]time.Duration, len(commands))
	for round := range warmUps + r.rounds {
		// Shuffled, so that none always profits from what ran before it.
		for _, i := range rand.Perm(len(commands)) {
			_, took, err := commands[i].run(nil)
			if err := errors.Join(ctx.Err(), err); err != nil {
				return 0, 0, err
			}
			if round >= warmUps {
				times[i] = append(times[i], took)
			}
		}
	}
	yardstick := median(slices.Concat(times[1], times[2]))
	return median(times[0]) / yardstick, median(times[2]) / median(times[1]), nil
}

// measureMemory returns the ratio of the row's largest peak of memory to three
// times its file and 32 MiB, and as noise that of the largest to the smallest.
func (r row) measureMemory(ctx context.Context) (ratio, noise float64, err error) {
	file, err := os.Stat(r.file)
	if err != nil {
		return 0, 0, err
	}
	var peaks []int64
	for range r.rounds {
		process, _, err := r.run(nil)
		if err := errors.Join(ctx.Err(), err); err != nil {
			return 0, 0, err
		}
		peaks = append(peaks, peakMemory(process))
	}
	most, least := slices.Max(peaks), slices.Min(peaks)
	if least == 0 {
		return 0, 0, fmt.Errorf("%s: not known on %s", r.name, runtime.GOOS)
	}
	return float64(most) / float64(3*file.Size()+32<<20), float64(most) / float64(least), nil
}

// check makes sure that what will be timed does its work. What it caches is
// warm then, unless what is done before the command undoes that.
func (c command) check() error {
	var out beginning
	if _, _, err := c.run(&out); err != nil {
		return fmt.Errorf("%w\n%s", err, out)
	}
	if !strings.Contains(string(out), c.prints) {
		return fmt.Errorf("%s: does not print %q but %q", c.name, c.prints, out)
	}
	return nil
}

// A beginning keeps the first of what is written to it, which may be much.
type beginning []byte

func (b *beginning) Write(p []byte) (int, error) {
	const most = 4 << 10
	*b = append(*b, p[:min(len(p), most-len(*b))]...)
	return len(p), nil
}

// run runs the command once and says how long it took. Its output goes to out,
// or to the null device for nil.
func (c command) run(out io.Writer) (*os.ProcessState, time.Duration, error) {
	if c.before != nil {
		if err := c.before(); err != nil {
			return nil, 0, err
		}
	}
	cmd := exec.Command(c.args[0], c.args[1:]...)
	cmd.Env = append(os.Environ(), c.env...)
	cmd.Stdout, cmd.Stderr = out, out
	start := time.Now()
	err := cmd.Run()
	took := time.Since(start)
	return cmd.ProcessState, took, c.result(err)
}

// result turns what a run returned into an error, unless the exit code is the
// expected one.
func (c command) result(err error) error {
	exit := 0
	if failed := (*exec.ExitError)(nil); errors.As(err, &failed) {
		exit = failed.ExitCode()
	} else if err != nil {
		return fmt.Errorf("%s: %w", c.name, err)
	}
	if exit != c.exit {
		return fmt.Errorf("%s: exit code %d, not %d", c.name, exit, c.exit)
	}
	return nil
}

func median(times []time.Duration) float64 {
	slices.Sort(times)
	n := len(times)
	return float64(times[(n-1)/2]+times[n/2]) / 2
}
