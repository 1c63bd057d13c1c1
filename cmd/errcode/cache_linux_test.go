package main

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
	"unicode/utf8"

	"golang.org/x/sys/unix"
)

// newTerminal makes a terminal of so many columns: what is written to it can be
// read from the other end.
func newTerminal(t *testing.T, columns uint16) (end, terminal *os.File) {
	t.Helper()
	end, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Skipf("this system has no terminals to make: %v", err)
	}
	t.Cleanup(func() { end.Close() })
	fd := int(end.Fd())
	number, err := unix.IoctlGetInt(fd, unix.TIOCGPTN)
	if err == nil {
		err = unix.IoctlSetPointerInt(fd, unix.TIOCSPTLCK, 0)
	}
	if err == nil {
		err = unix.IoctlSetWinsize(fd, unix.TIOCSWINSZ, &unix.Winsize{Row: 24, Col: columns})
	}
	if err != nil {
		t.Fatal(err)
	}
	terminal, err = os.OpenFile(fmt.Sprint("/dev/pts/", number), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Skipf("this system has no terminals to make: %v", err)
	}
	return end, terminal
}

// onTerminal asks a question with standard error on a terminal, and holds the
// compile until it takes long. Where it is through before that, it tries again.
// It returns the answer and all that the terminal got.
func (s *shelf) onTerminal(columns uint16, question int, flags ...string) answer {
	s.Helper()
	for range 20 {
		os.RemoveAll(s.cache)
		end, terminal := newTerminal(s.T, columns)
		c := s.command(question)
		c.Args = append(c.Args, flags...)
		var stdout strings.Builder
		c.Stdout, c.Stderr = &stdout, terminal
		if err := c.Start(); err != nil {
			s.Fatal(err)
		}
		terminal.Close()
		shown := make(chan string, 1)
		go func() {
			b, _ := io.ReadAll(end) // until an error says that nobody has the terminal any more
			shown <- string(b)
		}()
		held := false
		for !held && len(shown) == 0 {
			if held = len(s.parts()) > 0; held {
				c.Process.Signal(syscall.SIGSTOP)
				held = len(s.parts()) > 0
				time.Sleep(600 * time.Millisecond) // longer than errcode is patient
				c.Process.Signal(syscall.SIGCONT)
			}
			time.Sleep(time.Millisecond)
		}
		c.Wait()
		if held {
			return answer{stdout.String(), <-shown, c.ProcessState.ExitCode()}
		}
	}
	s.Skip("this system compiles too fast to be held")
	return answer{}
}

// TestCacheProgress shows on a terminal how far a long compile is and takes that
// back. With JSON it shows nothing.
func TestCacheProgress(t *testing.T) {
	t.Parallel()
	const columns = 60
	for name, flags := range map[string][]string{"text": nil, "JSON": {"--json"}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newShelf(t, "a.json", 3000)
			got := s.onTerminal(columns, 1, flags...)
			if want := s.ask("off", slices.Concat(questions[1], flags)...); got.exit != 0 || got.stdout != want.stdout {
				t.Errorf("the answer is another: exit %d", got.exit)
			}
			shows := strings.Contains(got.stderr, "\rcompiling a.json: ")
			if left := lastLine(got.stderr, columns); shows != (flags == nil) || !shows && got.stderr != "" || strings.TrimSpace(left) != "" {
				t.Errorf("the terminal got %q, and %q stays", got.stderr, left)
			}
		})
	}
}

// TestProgressFits shows no line that wraps, since that could not be taken back,
// whatever the letters of a file and how wide they are.
func TestProgressFits(t *testing.T) {
	names := []string{"a.json", "エラーカタログ.json", "a much longer name.json", "ошибки.yaml", "a.json"}
	for columns := uint16(1); columns < 80; columns++ {
		end, terminal := newTerminal(t, columns)
		meter := progress{to: terminal, began: time.Now().Add(-time.Minute)}
		for i, name := range names {
			meter.show(fmt.Sprintf("compiling %s: %3d %%", name, i*25))
		}
		meter.erase()
		terminal.Close()
		b, _ := io.ReadAll(end)
		shown := string(b)
		if columns == 79 && (!strings.Contains(shown, "エラー") || !strings.Contains(shown, "100 %")) {
			t.Errorf("in %d columns: %q", columns, shown)
		}
		for line := range strings.SplitSeq(shown, "\r") {
			width := utf8.RuneCountInString(line)
			for _, r := range line {
				if r > 0x2000 { // those of the names above
					width++
				}
			}
			if width >= int(columns) {
				t.Fatalf("in %d columns: %q takes %d", columns, line, width)
			}
		}
		if left := lastLine(shown, int(columns)); strings.TrimSpace(left) != "" {
			t.Errorf("in %d columns: %q stays", columns, left)
		}
	}
}

// TestEmptyOnTerminal has a catalog of no bytes, of which no share can be told.
func TestEmptyOnTerminal(t *testing.T) {
	t.Parallel()
	s := newShelf(t, "a.yaml", 1)
	s.overwrite(s.source, nil)
	end, terminal := newTerminal(t, 80)
	c := s.command(0)
	c.Args = []string{"errcode", "list", "-c", s.source}
	c.Stderr = terminal
	c.Run()
	terminal.Close()
	shown, _ := io.ReadAll(end)
	if exit := c.ProcessState.ExitCode(); exit != 2 || !strings.Contains(string(shown), "the file is empty") || strings.Contains(string(shown), "panic") {
		t.Errorf("exit %d, the terminal got %q", exit, shown)
	}
}

// lastLine is what a terminal shows in its last line.
func lastLine(text string, columns int) string {
	line, at := []rune(strings.Repeat(" ", columns)), 0
	for _, r := range text {
		switch {
		case r == '\r':
			at = 0
		case r == '\n' || at == columns:
			line, at = []rune(strings.Repeat(" ", columns)), 0
		default:
			line[at] = r
			at++
		}
	}
	return string(line)
}
