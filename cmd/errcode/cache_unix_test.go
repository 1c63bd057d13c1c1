//go:build unix

package main

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

const nobody = 65534

// command is errcode as a process of its own, with a question.
func (s *shelf) command(question int) *exec.Cmd {
	c := exec.Command("errcode", slices.Concat(questions[question], []string{"-c", s.source})...)
	c.Env = append(os.Environ(), "ERRCODE_CACHE="+s.cache)
	return c
}

// start starts a command. The function it returns waits for its end.
func (s *shelf) start(c *exec.Cmd) (wait func() answer) {
	s.Helper()
	var stdout, stderr bytes.Buffer
	c.Stdout, c.Stderr = &stdout, &stderr
	if err := c.Start(); err != nil {
		s.Fatal(err)
	}
	return func() answer {
		c.Wait() // what it ended with is in the answer
		return answer{stdout.String(), stderr.String(), c.ProcessState.ExitCode()}
	}
}

// finish runs a command to its end.
func (s *shelf) finish(c *exec.Cmd) answer {
	s.Helper()
	return s.start(c)()
}

// parts returns the names of the temporary files in the folder.
func (s *shelf) parts() []string {
	found, _ := filepath.Glob(filepath.Join(s.cache, "*.part"))
	return found
}

// interrupt sends signals to a question in the middle of its compile. Where the
// compile is through before that, it tries again.
func (s *shelf) interrupt(question int, prepare func(), signals ...os.Signal) answer {
	s.Helper()
	met := false // a compile in the middle
	for range 20 {
		prepare()
		c := s.command(question)
		wait := s.start(c)
		ended := make(chan answer, 1)
		go func() { ended <- wait() }()
		var got answer
		for begun := false; !begun; {
			select {
			case got = <-ended:
				begun = true
			case <-time.After(time.Millisecond):
				if begun = len(s.parts()) > 0; begun {
					met = true
					for _, signal := range signals {
						c.Process.Signal(signal)
					}
					got = <-ended
				}
			}
		}
		if got.exit != 0 {
			return got
		}
	}
	if met {
		s.Fatalf("%v in the middle of a compile: it goes on", signals)
	}
	s.Skip("this system compiles too fast to be interrupted")
	return answer{}
}

// TestCacheSignals ends a compile by signals: at first, in the middle of an
// answer from a damaged file, and of the list of catalogs. No temporary file
// stays, and nothing is said but that it was ended.
func TestCacheSignals(t *testing.T) {
	t.Parallel()
	s := newShelf(t, "a.json", 4000)
	path, good := s.warm(7)
	damaged := flipped(good, keptHeader+10, 1)
	cold := func() { os.RemoveAll(s.cache) }
	damage := func() { s.overwrite(path, damaged) }
	for _, test := range []struct {
		name     string
		question int
		prepare  func()
		signal   os.Signal
		exit     int
	}{
		{"damaged", 0, damage, os.Interrupt, 130},
		{"damaged", 0, damage, syscall.SIGTERM, 143},
		{"cold", 0, cold, os.Interrupt, 130},
		{"cold", 1, cold, syscall.SIGTERM, 143},
		{"catalogs", 6, cold, os.Interrupt, 130},
		{"catalogs", 6, cold, syscall.SIGTERM, 143},
	} {
		got := s.interrupt(test.question, test.prepare, test.signal)
		if got.exit != test.exit || got.stdout != "" || strings.Count(got.stderr, "\n") > 1 || strings.Contains(got.stderr, "context") {
			t.Errorf("%s, %v: %+v, want exit %d", test.name, test.signal, got, test.exit)
		}
		if left := s.parts(); left != nil {
			t.Errorf("%s, %v: leaves %q", test.name, test.signal, left)
		}
	}
}

// TestCacheKilled kills a compile at once. The next answer is right, and what is
// left behind is removed when it is old.
func TestCacheKilled(t *testing.T) {
	t.Parallel()
	s := newShelf(t, "a.json", 4000)
	if got := s.interrupt(7, func() {}, os.Kill); got.stdout != "" {
		t.Errorf("killed: prints %.100q", got.stdout)
	}
	left := s.parts()
	if len(left) != 1 {
		t.Fatalf("killed: leaves %q", left)
	}
	s.check("after the kill", 7)
	if len(s.files()) != 2 {
		t.Errorf("after the kill: the folder holds %q", s.files())
	}
	restoreTo(t, left[0], time.Now().Add(-time.Hour))
	s.write(150, "other")
	s.check("much later", 0)
	s.kept()
}

// TestCacheTogether asks from several processes at once before anything is kept.
func TestCacheTogether(t *testing.T) {
	t.Parallel()
	s := newShelf(t, "a.json", 1000)
	asked := []int{0, 1, 2, 7}
	got := make([]answer, len(asked))
	var all sync.WaitGroup
	for i, question := range asked {
		all.Go(func() { got[i] = s.finish(s.command(question)) })
	}
	all.Wait()
	for i, question := range asked {
		s.compare("together", question, got[i])
	}
	s.kept()
	s.check("after them", asked...)
}

// TestCacheMendsLate damages the last of what a list reads, when most of the
// answer is through the pipe already.
func TestCacheMendsLate(t *testing.T) {
	t.Parallel()
	s := newShelf(t, "a.json", 2000)
	path, good := s.warm(0)
	last := bytes.LastIndex(good, []byte("DB-1999")) // of the names
	record := bytes.Index(good, []byte("DB-1999"))
	if record < 0 || record == last || record < 100<<10 {
		t.Fatal("the test does not find the last record")
	}
	s.overwrite(path, flipped(good, record, 1))
	s.compare("late", 0, s.finish(s.command(0)))
	if !s.builtAs(good) {
		t.Error("late: it stays damaged")
	}
}

// TestCacheNoFile finds a link or a pipe in the place of the kept file, or a file
// that is not the user's alone.
func TestCacheNoFile(t *testing.T) {
	t.Parallel()
	s := newShelf(t, "a.json", 200)
	path, good := s.warm(0)
	mine := filepath.Join(s.dir, "mine")
	damaged := flipped(good, keptHeader+10, 1)
	for _, b := range [][]byte{good, damaged, []byte("mine")} {
		s.overwrite(mine, b)
		os.Remove(path)
		if err := os.Symlink(mine, path); err != nil {
			t.Fatal(err)
		}
		s.check("a link", 0, 1)
		if to, err := os.Readlink(path); to != mine || err != nil || !bytes.Equal(s.read(mine), b) || len(s.files()) != 1 {
			t.Errorf("a link: was touched: %q, %v", to, err)
		}
	}
	os.Remove(path)
	if err := unix.Mkfifo(path, 0o600); err != nil {
		t.Fatal(err)
	}
	s.check("a pipe", 0, 1)
	if info, err := os.Lstat(path); err != nil || info.Mode().Type() != fs.ModeNamedPipe {
		t.Errorf("a pipe: was touched: %v", err)
	}
	os.Remove(path)

	// A file that others may write to could hold anything, with every checksum.
	s.overwrite(path, good)
	if err := os.Chmod(path, 0o666); err != nil {
		t.Fatal(err)
	}
	s.check("open to others", 0, 1)
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("open to others: was used: %v", err)
	}
}

// TestCacheNoFolder has a folder that is a link, or open to others, or another
// user's, or cannot be written.
func TestCacheNoFolder(t *testing.T) {
	t.Parallel()
	s := newShelf(t, "a.json", 200)
	path, damaged := s.warm(0)
	for i := keptHeader; i < len(damaged); i += 1000 {
		damaged[i] ^= 1
	}
	s.overwrite(path, damaged)
	folder, untouched := s.cache, func(name string) {
		t.Helper()
		if !bytes.Equal(s.read(path), damaged) {
			t.Errorf("%s: what was kept there was replaced", name)
		}
		if names, _ := os.ReadDir(filepath.Dir(path)); len(names) != 1 {
			t.Errorf("%s: the folder holds %v", name, names)
		}
	}

	s.cache = folder + "-link"
	if err := os.Symlink(folder, s.cache); err != nil {
		t.Fatal(err)
	}
	s.check("a link", 0, 1)
	untouched("a link")
	s.cache += "/"
	s.check("a link and a slash", 0)
	untouched("a link and a slash")
	s.cache = folder + "-dangling"
	if err := os.Symlink(folder+"-nowhere", s.cache); err != nil {
		t.Fatal(err)
	}
	s.check("a link to nowhere", 0)
	if _, err := os.Stat(folder + "-nowhere"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a link to nowhere: is somewhere: %v", err)
	}

	s.cache = folder
	for _, mode := range []os.FileMode{0o755, 0o777} {
		if err := os.Chmod(folder, mode); err != nil {
			t.Fatal(err)
		}
		s.check("open to others", 0)
		untouched("open to others")
	}
	if err := os.Chmod(folder, 0o700); err != nil {
		t.Fatal(err)
	}

	t.Run("another user's", func(t *testing.T) {
		if os.Geteuid() != 0 {
			t.Skip("only root can give a folder away")
		}
		defer os.Chown(folder, 0, 0)
		if err := os.Chown(folder, nobody, nobody); err != nil {
			t.Fatal(err)
		}
		s.check("another user's", 0, 1)
		untouched("another user's")
	})
	t.Run("read-only", func(t *testing.T) {
		if os.Geteuid() == 0 {
			t.Skip("root can write to every folder; TestCacheFullDisk mounts one that it cannot")
		}
		defer os.Chmod(folder, 0o700)
		if err := os.Chmod(folder, 0o500); err != nil {
			t.Fatal(err)
		}
		s.check("read-only", 0, 1)
		untouched("read-only")
	})
}

// TestCacheFullDisk runs out of room in the middle of a compile, and has a file
// system that cannot be written at all.
func TestCacheFullDisk(t *testing.T) {
	t.Parallel()
	s := newShelf(t, "a.json", 800)
	limited := exec.Command("sh", slices.Concat([]string{"-c", `ulimit -f 40; exec "$@"`, "sh"}, s.command(1).Args)...)
	limited.Env = s.command(1).Env
	s.compare("files of limited length", 1, s.finish(limited))
	if names := s.files(); len(names) > 0 {
		t.Errorf("files of limited length: the folder holds %q", names)
	}

	if os.Geteuid() != 0 {
		t.Skip("only root can mount a small file system")
	}
	mount := func(options string) {
		t.Helper()
		if out, err := exec.Command("mount", "-t", "tmpfs", "-o", options, "tmpfs", s.cache).CombinedOutput(); err != nil {
			t.Skipf("no small file system can be mounted here: %s", out)
		}
	}
	mount("size=64k,mode=700")
	t.Cleanup(func() { exec.Command("umount", "-l", s.cache).Run() })
	s.check("full", 0, 1)
	if names := s.files(); len(names) > 0 {
		t.Errorf("full: the folder holds %q", names)
	}
	s.write(150, "other")
	s.check("room enough", 0, 1)
	path := s.kept()
	damaged := flipped(s.read(path), keptHeader+10, 1)
	s.overwrite(path, damaged)
	mount("remount,ro")
	s.check("read-only and damaged", 0, 1)
	if !bytes.Equal(s.read(s.kept()), damaged) {
		t.Error("read-only: it was written")
	}
}
