// Benchmark compares errcode's speed with budgets. A budget is a ratio, of the
// median time of a command to that of a yardstick, so it means the same on
// every machine. It exits 1 when one is exceeded and 2 when it cannot measure.
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
	prints string // a part of its standard output
}

// A row is one line of the table: what a command may cost.
type row struct {
	command
	against command
	budget  float64
	rounds  int // 0: as many as -rounds says
}

var (
	get       = command{name: "get AUTH-401", args: []string{"errcode", "get", "AUTH-401"}, prints: "Authentication Failed"}
	hello     = command{name: "a hello world", args: []string{"hello"}, prints: "hello, world"}
	libraries = command{name: "its libraries alone", args: []string{"libraries"}, prints: "AUTH-401"}
)

var rows = []row{
	{get, hello, 2.0, 0},
	{get, libraries, 1.25, 0},
}

// programs is what is built, the way a release is.
var programs = map[string]string{
	"errcode":   "./cmd/errcode",
	"hello":     "./scripts/benchmark/hello",
	"libraries": "./scripts/benchmark/libraries",
}

var errOver = errors.New("over budget")

func main() {
	rounds := flag.Int("rounds", 200, "how often each command runs, at least 100")
	flag.Parse()
	if flag.NArg() > 0 || *rounds < 100 {
		flag.Usage()
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Stdout, *rounds); err != nil {
		fmt.Fprintln(os.Stderr, "benchmark:", err)
		if errors.Is(err, errOver) {
			os.Exit(1)
		}
		os.Exit(2)
	}
}

func run(ctx context.Context, w io.Writer, rounds int) error {
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
	if err := os.Chdir(dir); err != nil { // away from any catalog of the user's
		return err
	}
	os.Unsetenv("ERRCODE_CATALOG")

	over := 0
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "WHAT\tAGAINST\tRATIO\tBUDGET\tNOISE\tVERDICT")
	for _, r := range rows {
		if r.rounds == 0 {
			r.rounds = rounds
		}
		ratio, noise, err := r.measure(ctx)
		if err != nil {
			return err
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
	if over > 0 {
		return fmt.Errorf("%w: %d of %d", errOver, over, len(rows))
	}
	return nil
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
	commands := []command{r.command, r.against, r.against}
	for _, c := range commands[:2] {
		if err := c.check(ctx); err != nil {
			return 0, 0, err
		}
	}
	const warmUps = 5
	times := make([][]time.Duration, len(commands))
	for round := range warmUps + r.rounds {
		// Shuffled, so that none always profits from what ran before it.
		for _, i := range rand.Perm(len(commands)) {
			took, err := commands[i].time()
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

// check makes sure that what will be timed does its work.
func (c command) check(ctx context.Context) error {
	out, err := exec.CommandContext(ctx, c.args[0], c.args[1:]...).Output()
	if err := c.result(err); err != nil {
		return err
	}
	if !strings.Contains(string(out), c.prints) {
		return fmt.Errorf("%s: does not print %q but %q", c.name, c.prints, out)
	}
	return nil
}

// time runs the command once; its output goes to the null device.
func (c command) time() (time.Duration, error) {
	cmd := exec.Command(c.args[0], c.args[1:]...)
	start := time.Now()
	err := cmd.Run()
	took := time.Since(start)
	return took, c.result(err)
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
