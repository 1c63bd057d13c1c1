package main

import (
	"errors"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "rewrite what the tests compare with")

// TestMain lets the test binary be errcode itself when it is called so.
func TestMain(m *testing.M) {
	testscript.Main(undisturbed{m}, map[string]func(){"errcode": main})
}

// undisturbed runs the tests with no variable in their environment that errcode
// reads, but for its cache, which is off where a test has none of its own.
type undisturbed struct{ tests testscript.TestingM }

func (u undisturbed) Run() int {
	for _, name := range []string{
		"ERRCODE_CATALOG", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "FORCE_COLOR", "TERM",
		"GITHUB_ACTIONS", "TF_BUILD", "TEAMCITY_VERSION",
	} {
		os.Unsetenv(name)
	}
	os.Setenv("ERRCODE_CACHE", "off")
	os.Setenv("GORACE", "atexit_sleep_ms=0") // else a run sleeps a second at its end under the race detector
	checkout, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		panic(err)
	}
	for _, name := range []string{"HOME", "USERPROFILE"} {
		os.Setenv(name, checkout) // where the search for a .errcode.yaml ends
	}
	// The tests wait for processes most of the time.
	if err := flag.Set("test.parallel", strconv.Itoa(3*runtime.GOMAXPROCS(0))); err != nil { // -parallel comes later
		panic(err)
	}
	return u.tests.Run()
}

// TestScripts runs the scripts in testdata, one a topic, each with the real
// program and with no variable in its environment that it reads.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata",
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Cmds:                map[string]func(*testscript.TestScript, bool, []string){"exits": exits},
	})
}

// exits is a script command: "exits CODE program args..." runs a program and
// fails unless it exits with that code.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE program args...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		failed, ok := errors.AsType[*exec.ExitError](err)
		if !ok {
			ts.Fatalf("%v", err)
		}
		got = failed.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}
