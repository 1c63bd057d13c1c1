//go:build unix

package main

import (
	"bufio"
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// scanCommand is errcode scan as a process of its own, and its standard input.
func scanCommand(t *testing.T, args ...string) (*exec.Cmd, io.WriteCloser) {
	t.Helper()
	c := exec.Command("errcode", append([]string{"scan"}, args...)...)
	stdin, err := c.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if c.ProcessState == nil {
			c.Process.Kill()
			c.Wait()
		}
	})
	return c, stdin
}

// liveScan starts a scan whose output is read as it comes. It does not run for long.
func liveScan(t *testing.T, args ...string) (*exec.Cmd, io.WriteCloser, *bufio.Reader) {
	t.Helper()
	c, stdin := scanCommand(t, args...)
	stdout, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	late := time.AfterFunc(20*time.Second, func() { c.Process.Kill() })
	t.Cleanup(func() { late.Stop() })
	return c, stdin, bufio.NewReader(stdout)
}

// TestScanLive writes a log line by line: each, and the note under it, comes
// before the next is written.
func TestScanLive(t *testing.T) {
	c, stdin, lines := liveScan(t, "--annotate")
	for _, step := range []struct{ written, last string }{
		{"\n", "\n"},
		{"x\n", "x\n"},
		{"\x1f\n", "\x1f\n"}, // begins as gzip does
		{"login AUTH-401\n", "  ┃ ensure the session is still active.\n"},
		{"login AUTH-401 again\n", "login AUTH-401 again\n"},
	} {
		if _, err := io.WriteString(stdin, step.written); err != nil {
			t.Fatal(err)
		}
		for line := ""; line != step.last; {
			var err error
			if line, err = lines.ReadString('\n'); err != nil {
				t.Fatalf("after %q came %q (%v), and no %q", step.written, line, err, step.last)
			}
		}
	}
	stdin.Close()
	if err := c.Wait(); err != nil {
		t.Error(err)
	}
}

// TestScanInterrupted tells a scan to end while it waits for more of its log: it
// reports what it has read.
func TestScanInterrupted(t *testing.T) {
	for _, test := range []struct {
		signal os.Signal
		format string
		exit   int
	}{
		{os.Interrupt, "table", 130},
		{syscall.SIGTERM, "json", 143},
		{os.Interrupt, "jsonl", 130},
	} {
		fifo := filepath.Join(t.TempDir(), "log")
		if err := syscall.Mkfifo(fifo, 0o600); err != nil {
			t.Skip(err)
		}
		c, _ := scanCommand(t, "-o", test.format, fifo)
		var stdout, stderr bytes.Buffer
		c.Stdout, c.Stderr = &stdout, &stderr
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		// What is written is more than a pipe holds, so that its beginning is read.
		log, err := os.OpenFile(fifo, os.O_WRONLY, 0)
		if err == nil {
			_, err = io.WriteString(log, "login AUTH-401\n"+strings.Repeat("more\n", 1<<18))
		}
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Process.Signal(test.signal); err != nil {
			t.Fatal(err)
		}
		c.Wait()
		log.Close()
		if !strings.Contains(stdout.String(), "AUTH-401") || c.ProcessState.ExitCode() != test.exit || strings.Contains(stderr.String(), "error") {
			t.Errorf("%v, %s: exit code %d\n%s%s", test.signal, test.format, c.ProcessState.ExitCode(), &stdout, &stderr)
		}
	}
}

// TestScanWaitsForWriter tells a scan to end while it waits for somebody to write to
// a pipe: it reports what it read before.
func TestScanWaitsForWriter(t *testing.T) {
	dir := t.TempDir()
	log, fifo := filepath.Join(dir, "log"), filepath.Join(dir, "fifo")
	if err := os.WriteFile(log, []byte("login AUTH-401\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mkfifo(fifo, 0o600); err != nil {
		t.Skip(err)
	}
	c, _, lines := liveScan(t, "-o", "jsonl", log, fifo)
	if line, err := lines.ReadString('\n'); err != nil || !strings.Contains(line, "AUTH-401") {
		t.Fatalf("%q (%v), though the log before the pipe is read", line, err)
	}
	if err := c.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if c.Wait(); c.ProcessState.ExitCode() != 130 {
		t.Errorf("exit code %d", c.ProcessState.ExitCode())
	}
}

// TestScanLarge scans a log so large that several cores share it: places are those
// of the whole.
func TestScanLarge(t *testing.T) {
	const lines, size = 640, 64 << 10
	var log bytes.Buffer
	for range lines {
		log.Write(append(bytes.Repeat([]byte("x"), size), " AUTH-403\n"...))
	}
	log.WriteString("AUTH-401")
	file := filepath.Join(t.TempDir(), "log")
	if err := os.WriteFile(file, log.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	c, _ := scanCommand(t, "-o", "table", "--width", "9999", file)
	c.Env = append(os.Environ(), "GOMAXPROCS=4")
	got, err := c.Output()
	if err != nil {
		t.Fatal(err)
	}
	columns := func(code, count, first, last string) string {
		return strings.Join([]string{code, count, file + ":" + first, file + ":" + last}, " ")
	}
	table := strings.Join(strings.Fields(string(got)), " ")
	for _, want := range []string{columns("AUTH-403", "640", "1", "640"), columns("AUTH-401", "1", "641", "641")} {
		if !strings.Contains(table, want) {
			t.Errorf("%s\nhas no row %s", got, want)
		}
	}
}
