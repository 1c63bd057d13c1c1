//go:build unix

package cache

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// asChild, in the environment, has the test binary do one of these instead of
// the tests, in a folder and with a source that the arguments name.
const asChild = "ERRCODE_CACHE_TEST_CHILD"

func TestMain(m *testing.M) {
	does := map[string]func(f *Folder, source string) error{
		"rebuild": rebuildForever, "race": race, "hang": hang, "limit": limit, "lose": lose, "drop": dropped,
	}[os.Getenv(asChild)]
	if does == nil {
		os.Exit(m.Run())
	}
	var err error
	if os.Getenv(asChild) == "drop" && os.Geteuid() == 0 {
		err = errors.Join(syscall.Setgid(nobody), syscall.Setuid(nobody))
	}
	f, e := Open(os.Args[1], "v1")
	if err = errors.Join(err, e); err == nil {
		err = does(f, os.Args[2])
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// child returns a process that does something with the folder.
func (b *bench) child(does string, args ...string) *exec.Cmd {
	c := exec.Command(os.Args[0], append([]string{b.path, b.source}, args...)...)
	c.Env = append(os.Environ(), asChild+"="+does, "GORACE=atexit_sleep_ms=0")
	return c
}

// upper is a build that writes every line by itself.
func upper(source io.Reader, w io.Writer) error {
	lines := bufio.NewScanner(source)
	for lines.Scan() {
		if _, err := w.Write(append(bytes.ToUpper(lines.Bytes()), '\n')); err != nil {
			return err
		}
	}
	return lines.Err()
}

// expect checks what was built by upper.
func expect(file *File, err error, source string) error {
	if err != nil {
		return err
	}
	defer file.Close()
	text, err := os.ReadFile(source)
	if err != nil {
		return err
	}
	got := make([]byte, file.Size())
	if _, err := file.ReadAt(got, 0); err != nil && err != io.EOF {
		return err
	}
	if want := bytes.ToUpper(text); !bytes.Equal(got, want) {
		return fmt.Errorf("%d bytes that are wrong, want %d", len(got), len(want))
	}
	return nil
}

// rebuildForever builds until it is killed.
func rebuildForever(f *Folder, source string) error {
	fmt.Println("begun")
	for {
		if _, err := f.Rebuild(fileAt(source), upper); err != nil {
			return err
		}
	}
}

// race builds and gets in turn.
func race(f *Folder, source string) error {
	for range 20 {
		file, err := f.Rebuild(fileAt(source), upper)
		if err := expect(file, err, source); err != nil {
			return err
		}
		file, err = f.Get(fileAt(source), upper)
		if err := expect(file, err, source); err != nil {
			return err
		}
	}
	return nil
}

// hang writes half of what it builds and waits to be killed.
func hang(f *Folder, source string) error {
	_, err := f.Get(fileAt(source), func(_ io.Reader, w io.Writer) error {
		fmt.Fprintln(w, "HALF OF IT")
		fmt.Println("begun")
		select {}
	})
	return err
}

// start starts a child and waits until it has begun.
func start(t *testing.T, c *exec.Cmd) {
	t.Helper()
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadFull(out, make([]byte, len("begun\n"))); err != nil {
		t.Fatal(err)
	}
}

// lines is a source of many lines.
func (b *bench) lines(n int) {
	b.Helper()
	b.write(b.source, strings.Repeat("a line of text\n", n))
}

// TestKilled kills a process at any moment of its builds: what is kept then is
// all of it or nothing, and what it left behind goes in time.
func TestKilled(t *testing.T) {
	b := newBench(t)
	b.lines(500)
	get := func() {
		t.Helper()
		file, err := b.Get(fileAt(b.source), upper)
		if err := expect(file, err, b.source); err != nil {
			t.Error(err)
		}
	}
	for i := range 6 {
		c := b.child("rebuild")
		if i == 0 {
			c = b.child("hang") // which leaves something behind for sure
		}
		start(t, c)
		time.Sleep(rand.N(10 * time.Millisecond))
		if err := c.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		c.Wait()
		if i == 0 {
			if left := b.names(""); len(left) != 1 || filepath.Ext(left[0]) != temporarySuffix {
				t.Errorf("killed in mid build, a process leaves %q", left)
			}
		}
		get()
	}
	left := b.names(temporarySuffix)
	if len(left) == 0 {
		t.Error("nothing was left behind")
	}
	t.Logf("left behind by six: %d", len(left))
	b.age(9*time.Minute, left...)
	b.lines(501)
	get()
	if now := b.names(temporarySuffix); len(now) != len(left) {
		t.Errorf("%d files after nine minutes, want %d", len(now), len(left))
	}
	b.ahead += 2 * time.Minute
	b.lines(502)
	get()
	b.kept() // alone
	if _, ok := b.Peek(fileAt(b.source)); !ok {
		t.Error("nothing is kept in the end")
	}
}

// TestProcesses has two processes build the same at once, and a third look on.
func TestProcesses(t *testing.T) {
	b := newBench(t)
	b.lines(500)
	var children []*exec.Cmd
	for range 2 {
		c := b.child("race")
		c.Stderr = &bytes.Buffer{}
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		children = append(children, c)
	}
	for range 50 {
		if file, ok := b.Peek(fileAt(b.source)); ok {
			if err := expect(file, nil, b.source); err != nil {
				t.Error(err)
			}
		}
		time.Sleep(time.Millisecond)
	}
	for _, c := range children {
		if err := c.Wait(); err != nil {
			t.Errorf("%v: %s", err, c.Stderr)
		}
	}
	b.kept()
}

// limit builds where no file may be longer than so many bytes: the write that
// goes beyond is cut short or fails, as on a disk that is full.
func limit(f *Folder, source string) error {
	builds := 0
	build := func(source io.Reader, w io.Writer) error {
		builds++
		return upper(source, w)
	}
	for _, most := range []int{0, 5, 16, 17, 255, 256, 300, 1000, 7000, 1 << 20} {
		if err := limitFiles(most); err != nil {
			return err
		}
		builds = 0
		file, err := f.Rebuild(fileAt(source), build)
		if err := expect(file, err, source); err != nil {
			return fmt.Errorf("limit %d: %w", most, err)
		}
		left, err := os.ReadDir(os.Args[1])
		if err != nil {
			return err
		}
		if fits := most == 1<<20; builds != 1 || file.Kept() != fits || len(left) > 0 != fits {
			return fmt.Errorf("limit %d: built %d times, kept: %v, in the folder: %v", most, builds, file.Kept(), left)
		}
	}
	return nil
}

// lose builds on a disk that is full and lost some of what it took before.
func lose(f *Folder, source string) error {
	if err := limitFiles(5000); err != nil {
		return err
	}
	builds := 0
	file, err := f.Rebuild(fileAt(source), func(source io.Reader, w io.Writer) error {
		builds++
		fmt.Fprintln(w, "A LINE OF TEXT")
		parts, err := filepath.Glob(filepath.Join(os.Args[1], "*"+temporarySuffix))
		if err != nil {
			return err
		}
		for _, part := range parts {
			if err := os.Truncate(part, headerSize); err != nil {
				return err
			}
		}
		if _, err := io.CopyN(io.Discard, source, int64(len("a line of text\n"))); err != nil {
			return err
		}
		return upper(source, w)
	})
	if err := expect(file, err, source); err != nil {
		return err
	}
	if builds != 2 || file.Kept() {
		return fmt.Errorf("built %d times, kept: %v", builds, file.Kept())
	}
	return nil
}

// limitFiles sets the length that no file of this process may exceed.
func limitFiles(most int) error {
	var l unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_FSIZE, &l); err != nil {
		return err
	}
	set(&l.Cur, most)
	return unix.Setrlimit(unix.RLIMIT_FSIZE, &l)
}

// set bridges the systems, which do not agree on the type of a limit.
func set[T int64 | uint64](to *T, n int) { *to = T(n) }

// dropped is what only a user who is not root can try.
func dropped(f *Folder, source string) error {
	path := os.Args[1]
	get := func(want bool) error {
		file, err := f.Get(fileAt(source), upper)
		if err := expect(file, err, source); err != nil {
			return err
		}
		if file.Kept() != want {
			return fmt.Errorf("kept: %v, want %v", file.Kept(), want)
		}
		return nil
	}
	steps := []func() error{
		func() error { return os.Chmod(path, 0o500) },
		func() error { return get(false) },
		func() error { return os.Chmod(path, 0o700) },
		func() error { return get(true) },
		func() error { return os.Chmod(path, 0o500) },
		func() error { return get(true) }, // what is kept serves there too
		func() error { return os.Chmod(path, 0o700) },
		func() error {
			name, err := filepath.Glob(filepath.Join(path, "*"))
			if err != nil || len(name) != 1 {
				return fmt.Errorf("the folder holds %q: %v", name, err)
			}
			return os.Chmod(name[0], 0)
		},
		func() error { return get(true) }, // another, since that one cannot be read
		func() error {
			if _, ok := f.Peek(fileAt(source)); !ok {
				return errors.New("what cannot be read was not replaced")
			}
			return nil
		},
	}
	for i, step := range steps {
		if err := step(); err != nil {
			return fmt.Errorf("step %d: %w", i, err)
		}
	}
	return nil
}

// nobody is a user other than the one who runs this as root.
const nobody = 65534

// TestFullDisk builds on one, without a second build where the first can go on.
func TestFullDisk(t *testing.T) {
	for _, does := range []string{"limit", "lose"} {
		b := newBench(t)
		b.lines(500)
		if out, err := b.child(does).CombinedOutput(); err != nil {
			t.Errorf("%s: %v: %s", does, err, out)
		}
	}
}

// TestFullFileSystem is TestFullDisk with a file system of its own.
func TestFullFileSystem(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("only root can mount a small file system; TestFullDisk limits the length of files")
	}
	b := newBench(t)
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=64k,mode=700", "tmpfs", b.path).CombinedOutput(); err != nil {
		t.Skipf("no small file system can be mounted here: %s", out)
	}
	t.Cleanup(func() { exec.Command("umount", "-l", b.path).Run() })
	b.reopen("v1")
	text := strings.Repeat("a line of text\n", 10000)
	b.write(b.source, text)
	b.gets(strings.ToUpper(text), true, false)
	if left := b.names(""); left != nil {
		t.Errorf("the folder holds %q", left)
	}
	b.write(b.source, text[:30000])
	b.gets(strings.ToUpper(text[:30000]), true, true)
	b.gets(strings.ToUpper(text[:30000]), false, true)
}

// TestDropped has a folder that cannot be written and a file that cannot be
// read. Root could do both, so it becomes somebody else.
func TestDropped(t *testing.T) {
	b := newBench(t)
	b.lines(3)
	if os.Geteuid() == 0 {
		dir := filepath.Dir(b.path)
		if err := errors.Join(os.Chmod(filepath.Dir(dir), 0o755), os.Chmod(dir, 0o755)); err != nil {
			t.Fatal(err)
		}
		for _, path := range []string{b.path, b.source} {
			if err := os.Chown(path, nobody, nobody); err != nil {
				t.Fatal(err)
			}
		}
		defer os.Chown(b.path, 0, 0)
		t.Log("as root, which hands over")
	}
	c := b.child("drop")
	if out, err := c.CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
}

// TestOpenRefuses opens no folder that somebody else may write to or chose.
func TestOpenRefuses(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	check := func(path, want string) {
		t.Helper()
		if f, err := Open(path, "v1"); f != nil || err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: opens with %v, want %q", path, err, want)
		}
	}
	for _, link := range []struct{ name, to string }{{"link", "good"}, {"dangling", "nowhere"}, {"loop", "loop"}} {
		if err := os.Symlink(link.to, at(link.name)); err != nil {
			t.Fatal(err)
		}
		check(at(link.name), "is a link")
		check(at(link.name)+"/", "is a link")
	}
	if err := os.Mkdir(at("good"), 0o700); err != nil {
		t.Fatal(err)
	}
	check(at("link"), "is a link")
	check(at("link")+"/", "is a link")
	check(at("link")+"/.", "is a link")
	for _, mode := range []os.FileMode{0o710, 0o701, 0o704, 0o720, 0o755, 0o777} {
		if err := os.Chmod(at("good"), mode); err != nil {
			t.Fatal(err)
		}
		check(at("good"), "is open to other users")
	}
	if err := unix.Mkfifo(at("pipe"), 0o700); err != nil {
		t.Fatal(err)
	}
	check(at("pipe"), "is no folder")
	foreign := "/"
	if os.Geteuid() == 0 {
		foreign = at("foreign")
		if err := os.Mkdir(foreign, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.Chown(foreign, nobody, nobody); err != nil {
			t.Fatal(err)
		}
	}
	check(foreign, "belongs to another user")
	if err := os.Chmod(at("good"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(".", at("above")); err != nil {
		t.Fatal(err)
	}
	f, err := Open(at("above/good"), "v1") // only the folder itself must be none
	if err != nil {
		t.Fatal(err)
	}
	f.root.Close()
}

// TestNotOurs finds something else in the place of the kept file. It is neither
// used nor changed, nor waited for.
func TestNotOurs(t *testing.T) {
	tests := map[string]func(b *bench, path, mine string) error{
		"link":           func(b *bench, path, mine string) error { return os.Symlink(mine, path) },
		"dangling link":  func(b *bench, path, mine string) error { return os.Symlink(mine+"x", path) },
		"link to itself": func(b *bench, path, mine string) error { return os.Symlink(filepath.Base(path), path) },
		"link inside": func(b *bench, path, mine string) error {
			if err := os.Rename(mine, filepath.Join(b.path, "mine")); err != nil {
				return err
			}
			if err := os.Symlink("mine", path); err != nil {
				return err
			}
			return os.Symlink(filepath.Join(b.path, "mine"), mine)
		},
		"pipe":   func(b *bench, path, mine string) error { return unix.Mkfifo(path, 0o600) },
		"folder": func(b *bench, path, mine string) error { return os.Mkdir(path, 0o700) },
		"socket": func(b *bench, path, mine string) error {
			t := b.T
			t.Chdir(b.path) // since the path of a socket must be short
			l, err := net.ListenUnix("unix", &net.UnixAddr{Name: filepath.Base(path)})
			if err == nil {
				t.Cleanup(func() { l.Close() })
			}
			return err
		},
		"device": func(b *bench, path, mine string) error {
			err := exec.Command("mknod", "-m", "600", path, "c", "1", "5").Run() // the zeros
			if err != nil {
				b.Skipf("no device can be made here: %v", err)
			}
			return nil
		},
	}
	for name, put := range tests {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			b.gets("ONE", true, true)
			path, content := b.kept()
			b.write(b.source, "two") // what was kept, now the user's, must not fit
			mine := filepath.Join(filepath.Dir(b.path), "mine")
			if err := os.Rename(path, mine); err != nil {
				t.Fatal(err)
			}
			if err := put(b, path, mine); err != nil {
				t.Fatal(err)
			}
			before, err := os.Lstat(path)
			if err != nil {
				t.Fatal(err)
			}
			temporary := filepath.Join(b.path, prefix+strings.Repeat("0", 32)+temporarySuffix)
			if err := put(b, temporary, mine+"2"); err != nil && !errors.Is(err, os.ErrNotExist) {
				t.Fatal(err)
			}
			if _, _, ok := b.openOwn(filepath.Base(path)); ok {
				t.Error("it is taken for ours")
			}
			began := time.Now()
			b.gets("TWO", true, false)
			b.ahead += 100 * 24 * time.Hour // all of it is very old now
			b.gets("TWO", true, false)
			if took := time.Since(began); took > time.Second {
				t.Errorf("it took %v", took)
			}
			if after, err := os.Lstat(path); err != nil || !os.SameFile(before, after) || !after.ModTime().Equal(before.ModTime()) {
				t.Errorf("it was touched: %v", err)
			}
			if now, err := os.ReadFile(mine); err != nil || !bytes.Equal(now, content) {
				t.Errorf("the user's file was touched: %v", err)
			}
			if _, err := os.Lstat(mine + "x"); err == nil {
				t.Error("a link was followed")
			}
		})
	}
}

// TestLinkThatFits finds a link to a kept file that would fit: no link is followed.
func TestLinkThatFits(t *testing.T) {
	b := newBench(t)
	b.gets("ONE", true, true)
	path, _ := b.kept()
	for _, mine := range []string{filepath.Join(filepath.Dir(b.path), "mine"), filepath.Join(b.path, "mine")} {
		if err := os.Rename(path, mine); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(mine, path); err != nil {
			t.Fatal(err)
		}
		b.gets("ONE", true, false)
		if err := os.Rename(mine, path); err != nil {
			t.Fatal(err)
		}
		b.gets("ONE", false, true)
	}
}

// TestOthersFile uses no kept file that others may have written.
func TestOthersFile(t *testing.T) {
	b := newBench(t)
	b.gets("ONE", true, true)
	path, _ := b.kept()
	for _, mode := range []os.FileMode{0o620, 0o602, 0o640, 0o666} {
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		b.gets("ONE", true, true)
		b.gets("ONE", false, true)
	}
	if os.Geteuid() != 0 {
		t.Skip("only root can give a file away")
	}
	if err := os.Chown(path, nobody, nobody); err != nil {
		t.Fatal(err)
	}
	b.gets("ONE", true, true)
	b.gets("ONE", false, true)
}

// TestPipe builds what is no regular file: what comes through a pipe comes once.
func TestPipe(t *testing.T) {
	b := newBench(t)
	b.source += ".pipe"
	if err := unix.Mkfifo(b.source, 0o600); err != nil {
		t.Fatal(err)
	}
	go func() {
		if err := os.WriteFile(b.source, []byte("one"), 0o600); err != nil {
			t.Error(err)
		}
	}()
	b.gets("ONE", true, false)
	if left := b.names(""); left != nil {
		t.Errorf("the folder holds %q", left)
	}
	b.source = os.DevNull
	b.gets("", true, false)
	b.gets("", true, false)
}

// TestStamp takes from the system what it should.
func TestStamp(t *testing.T) {
	b := newBench(t)
	info, err := os.Stat(b.source)
	if err != nil {
		t.Fatal(err)
	}
	st := info.Sys().(*syscall.Stat_t)
	got := b.stamp()
	want := stamp{3, info.ModTime().UnixNano(), got.Changed, uint64(st.Dev), uint64(st.Ino)}
	if age := time.Since(time.Unix(0, got.Changed)).Abs(); got != want || age > time.Minute {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

// TestSameStamp changes a source behind its stamp for real: what is mapped
// into memory has its stamp moved by the first of many writes alone.
func TestSameStamp(t *testing.T) {
	b := newBench(t)
	b.ahead = 0
	file, err := os.OpenFile(b.source, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	memory, err := unix.Mmap(int(file.Fd()), 0, 3, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_SHARED)
	if err != nil {
		t.Fatal(err)
	}
	defer unix.Munmap(memory)
	copy(memory, "one")
	before := b.stamp()
	b.gets("ONE", true, true)
	copy(memory, "two")
	if b.stamp() != before {
		t.Log("the stamp moved: this time the change was easily seen")
	}
	b.gets("TWO", true, true)
	b.gets("TWO", false, true)
}

// TestRestoredTime changes the content and takes the time back.
func TestRestoredTime(t *testing.T) {
	b := newBench(t)
	at := time.Now().Add(-time.Hour)
	for _, text := range []string{"one", "two", "six"} {
		b.write(b.source, text)
		if err := os.Chtimes(b.source, at, at); err != nil {
			t.Fatal(err)
		}
		b.gets(strings.ToUpper(text), true, true)
		b.gets(strings.ToUpper(text), false, true)
	}
}

// TestReadsOnlyTheHeader counts what a use of a kept file reads.
func TestReadsOnlyTheHeader(t *testing.T) {
	const counter = "/proc/self/io"
	if _, err := os.ReadFile(counter); err != nil {
		t.Skip("this system does not count what a process reads")
	}
	b := newBench(t)
	b.ahead = 0
	const large = 1 << 20
	b.write(b.source, strings.Repeat("x", large))
	peek := func() (read int) {
		t.Helper()
		count := func() (n int) {
			text, _ := os.ReadFile(counter)
			fmt.Sscanf(string(text), "rchar: %d", &n)
			return n
		}
		before := count()
		file, ok := b.Peek(fileAt(b.source))
		if !ok {
			t.Fatal("nothing is kept")
		}
		file.Close()
		return count() - before
	}
	file, err := b.Get(fileAt(b.source), b.build)
	if err != nil {
		t.Fatal(err)
	}
	file.Close()
	if read := peek(); read < large {
		t.Errorf("comparing the content reads %d bytes of %d", read, large)
	}
	b.ahead = time.Minute
	if read := peek(); read < large {
		t.Errorf("comparing for the last time reads %d bytes of %d", read, large)
	}
	if read := peek(); read > 10*headerSize {
		t.Errorf("a use reads %d bytes", read)
	}
}

// TestClosesAll leaves no file open, whatever happens.
func TestClosesAll(t *testing.T) {
	b := newBench(t)
	count := func() int {
		open, err := os.ReadDir("/dev/fd")
		if err != nil {
			t.Skip("this system does not tell what is open")
		}
		return len(open)
	}
	before := count()
	for i := range 5 {
		b.ahead = time.Duration(i%2) * time.Minute
		b.write(b.source, "one")
		b.gets("ONE", true, true)
		b.gets("ONE", false, true)
		b.forge(func(h *header) { h.Length++ })
		b.Peek(fileAt(b.source))
		b.Get(fileAt(b.source+"x"), b.build)
		b.Get(fileAt(b.source), func(io.Reader, io.Writer) error { return io.ErrUnexpectedEOF })
		Open(b.source, "v1")
	}
	if after := count(); after != before {
		t.Errorf("%d files are open, %d were before", after, before)
	}
}
