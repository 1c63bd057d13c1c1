package cache

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// fileAt is the origin that a file of a path is.
func fileAt(path string) Origin {
	return Origin{path, func() (fs.File, error) { return os.Open(path) }}
}

// A bench is a folder whose clock can be turned, a source file and a build that
// is counted.
type bench struct {
	*testing.T
	*Folder
	path   string // of the folder
	source string
	ahead  time.Duration // the clock
	builds int
}

// newBench makes a folder and a source that says "one". The clock is a minute
// ahead, so that the source is not a recent one.
func newBench(t *testing.T) *bench {
	t.Helper()
	dir := t.TempDir()
	b := &bench{T: t, path: filepath.Join(dir, "cache"), source: filepath.Join(dir, "source"), ahead: time.Minute}
	b.write(b.source, "one")
	b.reopen("v1")
	return b
}

func (b *bench) reopen(version string) {
	b.Helper()
	f, err := Open(b.path, version)
	if err != nil {
		b.Fatal(err)
	}
	f.now = func() time.Time { return time.Now().Add(b.ahead) }
	b.Folder = f
	b.Cleanup(func() { f.root.Close() })
}

func (b *bench) write(path, text string) {
	b.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		b.Fatal(err)
	}
}

// build writes what the source says, in capitals.
func (b *bench) build(source io.Reader, w io.Writer) error {
	b.builds++
	text, err := io.ReadAll(source)
	if err != nil {
		return err
	}
	for chunk := range slices.Chunk(bytes.ToUpper(text), 1000) {
		if _, err := w.Write(chunk); err != nil {
			return err
		}
	}
	return nil
}

// read returns what a file says and closes it.
func (b *bench) read(file *File) string {
	b.Helper()
	defer file.Close()
	text := make([]byte, file.Size())
	if n, err := file.ReadAt(text, 0); n < len(text) || err != nil && err != io.EOF {
		b.Fatalf("read %d of %d bytes: %v", n, len(text), err)
	}
	if n, err := file.ReadAt(make([]byte, 1), file.Size()); n != 0 || err != io.EOF {
		b.Errorf("behind the end: %d bytes, %v", n, err)
	}
	return string(text)
}

// gets gets the source and checks what it is told: the text, whether that was
// built, and whether it is kept.
func (b *bench) gets(want string, built, kept bool) {
	b.Helper()
	before := b.builds
	file, err := b.Get(fileAt(b.source), b.build)
	if err != nil {
		b.Fatal(err)
	}
	if file.Kept() != kept {
		b.Errorf("kept is %v, want %v", file.Kept(), kept)
	}
	if got := b.read(file); got != want {
		b.Errorf("got %.40q, want %.40q", got, want)
	}
	if (b.builds > before) != built || b.builds > before+1 {
		b.Errorf("built %d times, want %v", b.builds-before, built)
	}
}

// names returns the names of the files in the folder, by suffix.
func (b *bench) names(suffix string) []string {
	b.Helper()
	entries, err := os.ReadDir(b.path)
	if err != nil {
		b.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), suffix) {
			names = append(names, filepath.Join(b.path, e.Name()))
		}
	}
	return names
}

// kept returns the path of the one kept file and what is in it.
func (b *bench) kept() (string, []byte) {
	b.Helper()
	names := b.names("")
	if len(names) != 1 || filepath.Ext(names[0]) != keptSuffix {
		b.Fatalf("the folder holds %q, want one kept file", names)
	}
	content, err := os.ReadFile(names[0])
	if err != nil {
		b.Fatal(err)
	}
	return names[0], content
}

// header returns the header of the one kept file.
func (b *bench) header() header {
	b.Helper()
	_, content := b.kept()
	h, ok := decode(content[:headerSize])
	if !ok {
		b.Fatal("the kept file has no header")
	}
	return h
}

// forge gives the one kept file another header.
func (b *bench) forge(change func(*header)) {
	b.Helper()
	path, content := b.kept()
	h := b.header()
	change(&h)
	b.write(path, string(append(h.encode(), content[headerSize:]...)))
}

func (b *bench) stamp() stamp {
	b.Helper()
	file, err := os.Open(b.source)
	if err != nil {
		b.Fatal(err)
	}
	defer file.Close()
	s, ok := stampOf(file)
	if !ok {
		b.Fatal("the source has no stamp")
	}
	return s
}

// age makes files as old as the turned clock says.
func (b *bench) age(age time.Duration, paths ...string) {
	b.Helper()
	for _, path := range paths {
		at := b.now().Add(-age)
		if err := os.Chtimes(path, at, at); err != nil {
			b.Fatal(err)
		}
	}
}

func TestGet(t *testing.T) {
	b := newBench(t)
	if _, ok := b.Peek(fileAt(b.source)); ok {
		t.Error("there is something before there was anything")
	}
	b.gets("ONE", true, true)
	b.gets("ONE", false, true)
	b.reopen("v1")
	b.gets("ONE", false, true)
	if file, ok := b.Peek(fileAt(b.source)); !ok || !file.Kept() || b.read(file) != "ONE" {
		t.Error("Peek does not find what Get does")
	}
	if info, err := os.Stat(b.names("")[0]); err != nil || openToOthers(info) {
		t.Errorf("the kept file is open to others: %v %v", info.Mode(), err)
	}

	b.write(b.source, "two and more")
	if _, ok := b.Peek(fileAt(b.source)); ok {
		t.Error("Peek finds what does not fit any more")
	}
	b.gets("TWO AND MORE", true, true)
	b.gets("TWO AND MORE", false, true)
	b.write(b.source, "")
	b.gets("", true, true)
	b.gets("", false, true)
	b.kept() // one file for one source

	t.Chdir(filepath.Dir(b.source))
	b.source = "source"
	b.gets("", false, true)

	b.reopen("v2")
	b.gets("", true, true)
	b.reopen("v1")
	b.gets("", false, true)
}

// TestSources keeps each source for itself, whatever its name shares with others.
func TestSources(t *testing.T) {
	b := newBench(t)
	one, two := b.source, b.source+"2"
	b.write(two, "two")
	for _, built := range []bool{true, false, false} {
		b.source = one
		b.gets("ONE", built, true)
		b.source = two
		b.gets("TWO", built, true)
	}
	if n := len(b.names(keptSuffix)); n != 2 {
		t.Errorf("%d files are kept, want 2", n)
	}
}

// TestFile keeps what is larger than any buffer, and reads it while a new one
// takes its place.
func TestFile(t *testing.T) {
	b := newBench(t)
	text := strings.Repeat("a line of text\n", 30000)
	b.write(b.source, text)
	built, err := b.Get(fileAt(b.source), b.build)
	if err != nil {
		t.Fatal(err)
	}
	found, ok := b.Peek(fileAt(b.source))
	if !ok {
		t.Fatal("nothing is kept")
	}
	b.write(b.source, "two")
	b.gets("TWO", true, true)
	for _, file := range []*File{built, found} {
		if b.read(file) != strings.ToUpper(text) {
			t.Error("the file changed while it was read")
		}
	}
}

// TestNil builds in memory what has no folder.
func TestNil(t *testing.T) {
	b := newBench(t)
	b.Folder = nil
	b.gets("ONE", true, false)
	b.gets("ONE", true, false)
	if _, ok := b.Peek(fileAt(b.source)); ok {
		t.Error("a nil Folder has something")
	}
	if file, err := b.Rebuild(fileAt(b.source), b.build); err != nil || b.read(file) != "ONE" {
		t.Error("a nil Folder does not rebuild")
	}
}

// TestRebuild replaces what is kept, whose body may be damaged: that is not
// noticed here.
func TestRebuild(t *testing.T) {
	b := newBench(t)
	b.gets("ONE", true, true)
	path, content := b.kept()
	b.write(path, string(content[:headerSize])+"OHO")
	b.gets("OHO", false, true)
	file, err := b.Rebuild(fileAt(b.source), b.build)
	if err != nil || b.read(file) != "ONE" {
		t.Errorf("not built again: %v", err)
	}
	b.gets("ONE", false, true)
}

// TestErrors returns the errors of the source and of the build as they are, and
// leaves nothing behind.
func TestErrors(t *testing.T) {
	b := newBench(t)
	if _, err := b.Get(fileAt(b.source+"x"), b.build); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no source: %v", err)
	}
	if _, err := b.Get(fileAt(filepath.Dir(b.source)), b.build); err == nil {
		t.Error("a folder is a source")
	}
	broken := errors.New("broken")
	for _, f := range []*Folder{b.Folder, nil} {
		_, err := f.Get(fileAt(b.source), func(_ io.Reader, w io.Writer) error {
			fmt.Fprint(w, "half of it")
			return fmt.Errorf("so far: %w", broken)
		})
		if !errors.Is(err, broken) {
			t.Errorf("the build's error became %v", err)
		}
	}
	if left := b.names(""); left != nil {
		t.Errorf("the folder holds %q", left)
	}
	b.gets("ONE", true, true)
}

// TestPanic leaves nothing behind either.
func TestPanic(t *testing.T) {
	b := newBench(t)
	func() {
		defer func() { recover() }()
		b.Get(fileAt(b.source), func(_ io.Reader, w io.Writer) error {
			fmt.Fprint(w, "half of it")
			panic("a mistake")
		})
	}()
	if left := b.names(""); left != nil {
		t.Errorf("the folder holds %q", left)
	}
}

// TestDamaged finds no use for a file that is not as it was kept, and puts
// another in its place.
func TestDamaged(t *testing.T) {
	b := newBench(t)
	b.gets("ONE", true, true)
	path, content := b.kept()
	file, err := os.OpenFile(path, os.O_RDWR, 0) // once, since opening to cut is slow
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	refused := func(what string, damaged []byte) {
		t.Helper()
		if _, err := file.WriteAt(damaged, 0); err != nil {
			t.Fatal(err)
		}
		if err := file.Truncate(int64(len(damaged))); err != nil {
			t.Fatal(err)
		}
		if file, ok := b.Peek(fileAt(b.source)); ok {
			t.Errorf("%s: taken as %q", what, b.read(file))
		}
	}
	for n := range content {
		refused(fmt.Sprintf("cut at %d", n), content[:n])
	}
	for bit := range headerSize * 8 {
		damaged := slices.Clone(content)
		damaged[bit/8] ^= 1 << (bit % 8)
		refused(fmt.Sprintf("bit %d flipped", bit), damaged)
	}
	refused("a byte longer", append(slices.Clone(content), 0))
	refused("zeros", make([]byte, len(content)))
	refused("foreign", []byte(strings.Repeat("what the user wrote ", 100)))
	b.gets("ONE", true, true)
	b.gets("ONE", false, true)
}

// TestKey builds again when anything of the key is another's.
func TestKey(t *testing.T) {
	tests := map[string]func(*header){
		"id":       func(h *header) { h.ID[31]++ },
		"size":     func(h *header) { h.Stamp.Size++ },
		"modified": func(h *header) { h.Stamp.Modified++ },
		"changed":  func(h *header) { h.Stamp.Changed++ },
		"device":   func(h *header) { h.Stamp.Device++ },
		"inode":    func(h *header) { h.Stamp.Inode++ },
	}
	for name, change := range tests {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			b.gets("ONE", true, true)
			b.forge(change)
			b.gets("ONE", true, true)
		})
	}
}

// TestReplaced notices a source that another file took the place of, with the
// same size and time of modification.
func TestReplaced(t *testing.T) {
	b := newBench(t)
	b.gets("ONE", true, true)
	b.write(b.source+".new", "two")
	info, err := os.Stat(b.source)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(b.source+".new", info.ModTime(), info.ModTime()); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(b.source+".new", b.source); err != nil {
		t.Fatal(err)
	}
	b.gets("TWO", true, true)
}

// TestRecent compares the content as long as the stamp may not tell. The stamp
// is one that did not move: forged, since file systems that tick slowly are rare.
func TestRecent(t *testing.T) {
	tests := []struct {
		ahead   time.Duration
		compare bool
	}{
		{-time.Hour, false},
		{-3 * time.Second, false},
		{-time.Second, true},
		{0, true},
		{time.Second, true},
		{3 * time.Second, false},
		{time.Hour, false},
	}
	for _, test := range tests {
		t.Run(test.ahead.String(), func(t *testing.T) {
			b := newBench(t)
			b.ahead = test.ahead
			b.gets("ONE", true, true)
			b.gets("ONE", false, true)
			h := b.header()
			if h.Compare != test.compare || (h.Sum == sha256.Sum256([]byte("one"))) != test.compare {
				t.Fatalf("to be compared: %v, want %v, with %x", h.Compare, test.compare, h.Sum)
			}
			b.write(b.source, "two")
			b.forge(func(h *header) { h.Stamp = b.stamp() })
			if test.compare {
				b.gets("TWO", true, true)
				b.gets("TWO", false, true)
			} else {
				b.gets("ONE", false, true)
			}
		})
	}
}

// TestRecentOfEither needs both times of a source to be old.
func TestRecentOfEither(t *testing.T) {
	now := time.Now()
	old, fresh := now.Add(-time.Hour).UnixNano(), now.UnixNano()
	for s, want := range map[stamp]bool{
		{Modified: old, Changed: old}:   false,
		{Modified: fresh, Changed: old}: true,
		{Modified: old, Changed: fresh}: true,
		{Modified: old, Changed: 0}:     false,
	} {
		if got := s.recent(now); got != want {
			t.Errorf("%v is recent: %v, want %v", s, got, want)
		}
	}
}

// TestSettled stops comparing once the stamp tells: a sum that fits nothing
// does not matter any more.
func TestSettled(t *testing.T) {
	b := newBench(t)
	b.ahead = 0
	b.gets("ONE", true, true)
	b.gets("ONE", false, true)
	if !b.header().Compare {
		t.Error("not compared while the source is recent")
	}
	b.ahead = time.Minute
	b.gets("ONE", false, true)
	if b.header().Compare {
		t.Error("still to be compared")
	}
	b.forge(func(h *header) { clear(h.Sum[:]) })
	b.gets("ONE", false, true)
}

// TestChangedBeforeSettled notices a change of the recent source however late
// it is asked for.
func TestChangedBeforeSettled(t *testing.T) {
	b := newBench(t)
	b.ahead = 0
	b.gets("ONE", true, true)
	b.write(b.source, "two")
	b.forge(func(h *header) { h.Stamp = b.stamp() })
	b.ahead = time.Hour
	b.gets("TWO", true, true)
	if b.header().Compare {
		t.Error("to be compared though built of an old source")
	}
}

// TestUnreadEnd compares all of a source, also what the build did not read.
func TestUnreadEnd(t *testing.T) {
	b := newBench(t)
	b.ahead = 0
	b.write(b.source, "one with an end")
	first := func(source io.Reader, w io.Writer) error {
		_, err := io.CopyN(w, source, 3)
		return err
	}
	get := func(want bool) {
		t.Helper()
		if _, ok := b.Peek(fileAt(b.source)); ok != want {
			t.Errorf("kept: %v, want %v", ok, want)
		}
		file, err := b.Get(fileAt(b.source), first)
		if err != nil || b.read(file) != "one" {
			t.Fatalf("got something else, or %v", err)
		}
	}
	get(false)
	get(true)
	b.write(b.source, "one with an END")
	b.forge(func(h *header) { h.Stamp = b.stamp() })
	get(false)
}

// TestChangeDuringBuild returns what was built of a source that changed
// meanwhile, and does not keep it.
func TestChangeDuringBuild(t *testing.T) {
	b := newBench(t)
	file, err := b.Get(fileAt(b.source), func(source io.Reader, w io.Writer) error {
		err := b.build(source, w)
		b.write(b.source, "one and two")
		return err
	})
	if err != nil || file.Kept() || b.read(file) != "ONE" {
		t.Errorf("not what was built, or kept: %v", err)
	}
	if left := b.names(""); left != nil {
		t.Errorf("the folder holds %q", left)
	}
	b.gets("ONE AND TWO", true, true)
}

// TestTaken is left with what it can read back when the temporary file has no
// name any more, or builds once more when it cannot even be read.
func TestTaken(t *testing.T) {
	for name, builds := range map[string]int{"taken": 1, "taken and cut": 2} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			file, err := b.Get(fileAt(b.source), func(source io.Reader, w io.Writer) error {
				err := b.build(source, w)
				for _, path := range b.names(temporarySuffix) {
					if builds > 1 {
						os.Truncate(path, headerSize)
					}
					os.Remove(path)
				}
				return err
			})
			if err != nil || file.Kept() || b.read(file) != "ONE" || b.builds != builds {
				t.Errorf("not what was built, kept, or built %d times, want %d: %v", b.builds, builds, err)
			}
		})
	}
}

// TestExpiry removes what was not used for long, touches what is used, and
// looks for neither more often than it must.
func TestExpiry(t *testing.T) {
	const day = 24 * time.Hour
	b := newBench(t)
	b.gets("ONE", true, true)
	mine, content := b.kept()
	other := func(c, suffix string) string { return filepath.Join(b.path, prefix+strings.Repeat(c, 32)+suffix) }
	files := []struct {
		path, text string
		age        time.Duration
		stays      bool
	}{
		{other("0", keptSuffix), string(content), 30*day - time.Hour, true},
		{other("1", keptSuffix), string(content), 30*day + time.Hour, false},
		{other("2", keptSuffix), string(content[:100]), 31 * day, false},
		{other("3", temporarySuffix), string(content), 9 * time.Minute, true},
		{other("4", temporarySuffix), string(content), 11 * time.Minute, false},
		{other("5", temporarySuffix), "", 9 * time.Minute, true},
		{other("6", temporarySuffix), "", 11 * time.Minute, false},
		{other("7", temporarySuffix), magic[:5], 11 * time.Minute, false},
		{other("8", temporarySuffix), string(content), -day, true}, // the clock was ahead
	}
	fill := func() {
		for _, file := range files {
			b.write(file.path, file.text)
			b.age(file.age, file.path)
		}
	}
	check := func(swept bool) {
		t.Helper()
		for _, file := range files {
			_, err := os.Stat(file.path)
			if stays := err == nil; stays != (file.stays || !swept) {
				t.Errorf("%s is there: %v; swept: %v", filepath.Base(file.path), stays, swept)
			}
		}
	}
	modified := func() time.Time {
		info, err := os.Stat(mine)
		if err != nil {
			t.Fatal(err)
		}
		return info.ModTime()
	}

	fill()
	b.age(23*time.Hour, mine)
	before := modified()
	b.gets("ONE", false, true)
	if !modified().Equal(before) {
		t.Error("touched within a day")
	}
	check(false)

	b.age(40*day, mine)
	b.gets("ONE", false, true)
	if age := b.now().Sub(modified()); age.Abs() > time.Minute {
		t.Errorf("after a use it is %v old", age)
	}
	check(true)

	fill()
	if _, err := b.Rebuild(fileAt(b.source), b.build); err != nil {
		t.Fatal(err)
	}
	check(true)
	if _, err := os.Stat(mine); err != nil {
		t.Error(err)
	}
}

// TestHome has a folder full of the user's own files: whatever is done, for
// years, they stay as they are.
func TestHome(t *testing.T) {
	b := newBench(t)
	b.gets("ONE", true, true)
	_, content := b.kept()
	digits := strings.Repeat("0123456789abcdef", 2)
	names := []string{
		"notes.txt", ".profile", "errcode", "errcode.yaml", keptSuffix, temporarySuffix, prefix + keptSuffix,
		prefix + digits,
		prefix + digits + ".kep", prefix + digits + ".kept2", prefix + digits + ".kept.part", prefix + digits + ".kept~",
		prefix + digits[1:] + keptSuffix, prefix + digits + "0" + keptSuffix, prefix + digits[1:] + "g" + keptSuffix,
		prefix + strings.ToUpper(digits) + keptSuffix, "x" + prefix + digits + keptSuffix, "errcode_" + digits + keptSuffix,
		digits + keptSuffix,
	}
	files := map[string]string{ // with our very names
		prefix + digits + keptSuffix:      "my letters",
		prefix + digits + temporarySuffix: "errcode's cash\n and more",
	}
	for _, name := range names { // with our very content
		files[name] = string(content)
	}
	for name, text := range files {
		b.write(filepath.Join(b.path, name), text)
		b.age(5000*24*time.Hour, filepath.Join(b.path, name))
	}
	folder := filepath.Join(b.path, prefix+strings.Repeat("f", 32)+keptSuffix)
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	b.age(5000*24*time.Hour, folder)

	for range 3 {
		b.ahead += 365 * 24 * time.Hour
		b.gets("ONE", false, true)
		if _, err := b.Rebuild(fileAt(b.source), b.build); err != nil {
			t.Fatal(err)
		}
	}
	for name, text := range files {
		if got, err := os.ReadFile(filepath.Join(b.path, name)); err != nil || string(got) != text {
			t.Errorf("%s: %v, now %.20q", name, err, got)
		}
	}
	if _, err := os.Stat(folder); err != nil {
		t.Error(err)
	}
	if got, want := len(b.names("")), len(files)+2; got != want {
		t.Errorf("%d files, want %d", got, want)
	}
}

// TestInTheWay has a folder in the place of the kept file.
func TestInTheWay(t *testing.T) {
	b := newBench(t)
	b.gets("ONE", true, true)
	path, _ := b.kept()
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(path, 0o700); err != nil {
		t.Fatal(err)
	}
	b.gets("ONE", true, false)
	b.gets("ONE", true, false)
	if got := b.names(""); !slices.Equal(got, []string{path}) {
		t.Errorf("the folder holds %q", got)
	}
}

// TestOpen makes the folder and those above it.
func TestOpen(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a", "b", "c")
	for range 2 {
		f, err := Open(path, "v1")
		if err != nil {
			t.Fatal(err)
		}
		f.root.Close()
	}
	if info, err := os.Stat(filepath.Dir(path)); err != nil || openToOthers(info) {
		t.Errorf("the folder above it: %v %v", info.Mode(), err)
	}
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		file:                         "is no folder",
		filepath.Join(file, "c"):     "file",
		filepath.Join(file, "c\x00"): "invalid",
	} {
		if f, err := Open(path, "v1"); f != nil || err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q opens with %v, want %q", path, err, want)
		}
	}
}

// TestTogether is many at once in one process.
func TestTogether(t *testing.T) {
	b := newBench(t)
	done := make(chan error)
	for i := range 8 {
		go func() {
			done <- func() error {
				for range 10 {
					get := b.Get
					if i%2 == 0 {
						get = b.Rebuild
					}
					file, err := get(fileAt(b.source), func(source io.Reader, w io.Writer) error {
						_, err := io.Copy(w, source)
						return err
					})
					if err != nil {
						return err
					}
					text := make([]byte, 3)
					if _, err := file.ReadAt(text, 0); string(text) != "one" {
						return fmt.Errorf("read %q: %v", text, err)
					}
					if err := file.Close(); err != nil {
						return err
					}
				}
				return nil
			}()
		}()
	}
	for range 8 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	b.kept()
}

// BenchmarkPeek is a use of what is kept, with all that leads to it.
func BenchmarkPeek(b *testing.B) {
	dir := b.TempDir()
	source := filepath.Join(dir, "source")
	if err := os.WriteFile(source, []byte("one"), 0o600); err != nil {
		b.Fatal(err)
	}
	old := time.Now().Add(-time.Hour)
	os.Chtimes(source, old, old)
	for b.Loop() {
		f, err := Open(filepath.Join(dir, "cache"), "v1")
		if err != nil {
			b.Fatal(err)
		}
		f.now = func() time.Time { return time.Now().Add(time.Minute) }
		file, ok := f.Peek(fileAt(source))
		if !ok {
			if file, err = f.Rebuild(fileAt(source), func(r io.Reader, w io.Writer) error { _, err := io.Copy(w, r); return err }); err != nil {
				b.Fatal(err)
			}
		}
		file.Close()
		f.root.Close()
	}
}
