package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// A shelf is a catalog large enough to be kept, the folder it is kept in, and
// what errcode says of it without that folder.
type shelf struct {
	*testing.T
	dir           string         // of the test's own
	source, cache string         // a file and a folder in it
	right         map[int]answer // of the questions asked so far
}

// An answer is all that a run leaves behind.
type answer struct {
	stdout, stderr string
	exit           int
}

// questions ask each part of a compiled catalog: records, names, words,
// postings. The last ones are misses.
var questions = [][]string{
	{"list", "-o", "jsonl"},
	{"get", "NET-0004", "old7", "DISK-0041"},
	{"search", "--limit", "0", "stale", "--status", "4xx"},
	{"search", "word17x", "lease"},
	{"status"},
	{"status", "503", "-o", "json"},
	{"catalogs"},
	{"list", "disk", "nte"},
	{"get", "NET-9003", "42"},
	{"search", "stael"},
}

// newShelf writes a catalog of n entries; the suffix of the name says how.
func newShelf(t *testing.T, name string, n int) *shelf {
	t.Helper()
	dir := t.TempDir()
	s := &shelf{T: t, dir: dir, source: filepath.Join(dir, name), cache: filepath.Join(dir, "cache")}
	s.write(n, "first")
	return s
}

// write writes the catalog anew. Of two words of the same length it makes
// catalogs of the same length.
func (s *shelf) write(n int, word string) {
	s.Helper()
	if err := os.WriteFile(s.source, catalogText(s.source, n, word), 0o600); err != nil {
		s.Fatal(err)
	}
	s.right = map[int]answer{}
}

// want is the right answer to a question.
func (s *shelf) want(question int) answer {
	s.Helper()
	if _, asked := s.right[question]; !asked {
		s.right[question] = s.ask("off", questions[question]...)
	}
	return s.right[question]
}

func catalogText(path string, n int, word string) []byte {
	families := []string{"NET", "DISK", "AUTH", "DB"}
	words := []string{"stale", "lease", "quota", "socket", "replica", "token", "shard"}
	type entry struct {
		Code        string   `json:"code"`
		Title       string   `json:"title"`
		Status      int      `json:"status,omitempty"`
		Description string   `json:"description"`
		Causes      []string `json:"causes,omitempty"`
		Aliases     []string `json:"aliases,omitempty"`
	}
	var b bytes.Buffer
	yaml := filepath.Ext(path) == ".yaml"
	if yaml {
		b.WriteString("catalog: shelf\ntitle: Shelf\nerrors:\n")
	} else {
		b.WriteString(`{"catalog":"shelf","title":"Shelf","errors":[`)
	}
	for i := range n {
		e := entry{
			Code:        fmt.Sprintf("%s-%04d", families[i%4], i),
			Title:       fmt.Sprintf("The %s has a %s %s", words[i%7], word, words[i/7%7]),
			Status:      []int{0, 404, 503, 429, 0}[i%5],
			Description: fmt.Sprintf("It was word%dx and word%dy before the %s.", i%997, i*31%1009, words[i%5]),
		}
		if i%3 == 0 {
			e.Causes = []string{"A " + words[i%6] + " ran out.", fmt.Sprint("See ", i, ".")}
		}
		if i%7 == 0 {
			e.Aliases = []string{fmt.Sprint("old", i)}
		}
		line, _ := json.Marshal(e) // which is YAML too
		switch {
		case yaml:
			b.WriteString("  - ")
		case i > 0:
			b.WriteString(",\n")
		}
		b.Write(line)
		if yaml {
			b.WriteByte('\n')
		}
	}
	if !yaml {
		b.WriteString("]}\n")
	}
	return b.Bytes()
}

// ask runs errcode in this process.
func (s *shelf) ask(cache string, args ...string) answer {
	s.Helper()
	var files [2]*os.File
	for i := range files {
		file, err := os.CreateTemp(s.dir, "output")
		if err != nil {
			s.Fatal(err)
		}
		defer os.Remove(file.Name())
		defer file.Close()
		files[i] = file
	}
	if s.source != "" {
		args = slices.Concat(args, []string{"-c", s.source})
	}
	exit := run(args, strings.NewReader(""), files[0], files[1], func(name string) string {
		if name == "ERRCODE_CACHE" {
			return cache
		}
		return ""
	})
	var texts [2]string
	for i, file := range files {
		text, err := os.ReadFile(file.Name())
		if err != nil {
			s.Fatal(err)
		}
		texts[i] = string(text)
	}
	return answer{texts[0], texts[1], exit}
}

// check asks some of the questions, or all, and compares the answers.
func (s *shelf) check(situation string, asked ...int) {
	s.Helper()
	for i, q := range questions {
		if asked == nil || slices.Contains(asked, i) {
			s.compare(situation, i, s.ask(s.cache, q...))
		}
	}
}

func (s *shelf) compare(situation string, question int, got answer) {
	s.Helper()
	if want := s.want(question); got != want {
		s.Errorf("%s: %s:\nexit %d, want %d\n%s", situation, strings.Join(questions[question], " "), got.exit, want.exit,
			firstDifference(got.stdout+got.stderr, want.stdout+want.stderr))
	}
}

// firstDifference shows two long texts where they part.
func firstDifference(got, want string) string {
	n := 0
	for n < min(len(got), len(want)) && got[n] == want[n] {
		n++
	}
	return fmt.Sprintf("from byte %d on\n got %.200q\nwant %.200q", n, got[n:], want[n:])
}

// files returns the names in the folder.
func (s *shelf) files() []string {
	s.Helper()
	entries, err := os.ReadDir(s.cache)
	if err != nil {
		s.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// kept returns the path of the one file in the folder.
func (s *shelf) kept() string {
	s.Helper()
	names := s.files()
	if len(names) != 1 || !strings.HasSuffix(names[0], ".kept") {
		s.Fatalf("the folder holds %q, want one kept file", names)
	}
	return filepath.Join(s.cache, names[0])
}

func (s *shelf) read(path string) []byte {
	s.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		s.Fatal(err)
	}
	return b
}

func (s *shelf) overwrite(path string, b []byte) {
	s.Helper()
	if err := os.WriteFile(path, b, 0o600); err != nil {
		s.Fatal(err)
	}
}

// keptHeader is how long the header before the compiled bytes is; it tells when
// the source was looked at, and so may change with every run.
const keptHeader = 256

// warm asks some of the questions, so that the catalog is kept, and returns the
// kept file.
func (s *shelf) warm(asked ...int) (path string, content []byte) {
	s.Helper()
	s.check("cold", asked...)
	path = s.kept()
	return path, s.read(path)
}

// flipped returns what is kept with bits of one byte turned over.
func flipped(content []byte, at int, bits byte) []byte {
	damaged := slices.Clone(content)
	damaged[at] ^= bits
	return damaged
}

// builtAs reports whether what is kept now was built as the content was; the
// header says when.
func (s *shelf) builtAs(content []byte) bool {
	s.Helper()
	return bytes.Equal(s.read(s.kept())[keptHeader:], content[keptHeader:])
}

// TestCacheColdWarm asks everything of a catalog in JSON and one in YAML before
// it is kept and after, and builds it once.
func TestCacheColdWarm(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"a.json", "a.yaml"} {
		s := newShelf(t, name, 200)
		for i, q := range questions {
			s.compare("cold", i, s.ask(s.cache, q...))
			if err := os.Remove(s.kept()); err != nil {
				t.Fatal(err)
			}
		}
		s.check("cold", 0)
		before, err := os.Stat(s.kept())
		if err != nil {
			t.Fatal(err)
		}
		s.check("warm")
		after, err := os.Stat(s.kept())
		if err != nil || !os.SameFile(before, after) {
			t.Errorf("%s: a warm answer built it again: %v", name, err)
		}
		if strings.Count(s.want(0).stdout, "\n") != 200 || s.want(1).exit != 0 || s.want(8).exit != 1 || s.want(9).exit != 0 {
			t.Errorf("%s: the questions do not fit the catalog", name)
		}
	}
}

// TestCacheFlipped flips bits in every part of the kept file. Each question
// meets each damage for itself: one that reads that part builds the file anew in
// the middle of its answer.
func TestCacheFlipped(t *testing.T) {
	t.Parallel()
	s := newShelf(t, "a.json", 400)
	path, good := s.warm(0)
	const page = 32 << 10
	places := []int{0, 15, 40, 60, 130, 252, 255}
	for at := keptHeader; at < len(good); at += page {
		end := min(at+page, len(good))
		places = append(places, at, (at+end)/2, end-1)
	}
	places = append(places, len(good)-50)
	mended := 0
	for n, at := range places {
		damaged := flipped(good, at, 1<<(n%8))
		for i := range questions {
			if i > 0 && (n+i)%5 != 0 {
				continue // the list reads the most; of the others, some for each place
			}
			s.overwrite(path, damaged)
			s.check(fmt.Sprintf("byte %d of %d flipped", at, len(good)), i)
			switch {
			case s.builtAs(good):
				mended++
			case !s.builtAs(damaged):
				t.Fatalf("byte %d of %d flipped: what is kept now is neither that nor the right one", at, len(good))
			}
			if t.Failed() {
				return
			}
		}
	}
	if mended < len(places) {
		t.Errorf("%d of %d were mended: the damage was not met", mended, len(places))
	}
}

// TestCacheTruncated cuts the kept file short, or makes it longer.
func TestCacheTruncated(t *testing.T) {
	t.Parallel()
	s := newShelf(t, "a.json", 200)
	path, good := s.warm(0)
	for n, size := range []int{
		0, 1, 16, 255, 256, 257, 4096, keptHeader + 32<<10, keptHeader + 32<<10 - 1,
		len(good) / 2, len(good) - 88, len(good) - 1, len(good) + 1, len(good) + 40<<10,
	} {
		cut := slices.Clone(good[:min(size, len(good))])
		s.overwrite(path, append(cut, make([]byte, size-len(cut))...))
		s.check(fmt.Sprintf("%d of %d bytes", size, len(good)), n%len(questions))
		if !s.builtAs(good) {
			t.Errorf("%d of %d bytes: it stays so", size, len(good))
		}
	}
}

// TestCacheForeign finds another catalog's kept file in the place, whole or in
// part, and then something that is no file.
func TestCacheForeign(t *testing.T) {
	t.Parallel()
	s := newShelf(t, "a.json", 200)
	other := newShelf(t, "a.json", 200)
	other.write(200, "firts")
	_, foreign := other.warm(0)
	path, good := s.warm(0)
	if len(good) != len(foreign) {
		t.Fatalf("the test wants two of the same length")
	}
	for name, b := range map[string][]byte{
		"another's":        foreign,
		"another's header": slices.Concat(foreign[:keptHeader], good[keptHeader:]),
		"no header":        good[keptHeader:],
		"text":             []byte(strings.Repeat("mine\n", 5000)),
		"zeros":            make([]byte, len(good)),
		"header, zeros":    slices.Concat(good[:keptHeader], make([]byte, len(good)-keptHeader)),
		"the source":       s.read(s.source),
	} {
		s.overwrite(path, b)
		s.check(name, 0, 1)
		if !s.builtAs(good) {
			t.Errorf("%s: it stays so", name)
		}
	}

	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	mine := filepath.Join(path, "mine")
	if err := os.Mkdir(path, 0o700); err != nil {
		t.Fatal(err)
	}
	s.overwrite(mine, []byte("mine"))
	s.check("a folder in the place")
	if string(s.read(mine)) != "mine" || len(s.files()) != 1 {
		t.Errorf("a folder in the place: the folder now holds %q", s.files())
	}
}

// TestCacheEdited changes the source in every way and asks at once.
func TestCacheEdited(t *testing.T) {
	t.Parallel()
	s := newShelf(t, "a.json", 300)
	s.check("cold", 0, 1)
	info, err := os.Stat(s.source)
	if err != nil {
		t.Fatal(err)
	}
	restore := func() {
		t.Helper()
		if err := os.Chtimes(s.source, info.ModTime(), info.ModTime()); err != nil {
			t.Fatal(err)
		}
		if now, err := os.Stat(s.source); err != nil || now.Size() != info.Size() || !now.ModTime().Equal(info.ModTime()) {
			t.Fatal("the test did not restore what it should")
		}
	}
	different := func(before answer) {
		t.Helper()
		if s.want(0) == before {
			t.Fatal("the test changed nothing")
		}
	}

	before := s.want(0)
	s.write(300, "other")
	restore()
	different(before)
	s.check("same size and time, at once", 0, 1)
	s.check("same size and time, again", 0, 1)
	s.kept()

	next := s.source + ".new"
	s.overwrite(next, catalogText(s.source, 300, "third"))
	if err := os.Chtimes(next, info.ModTime(), info.ModTime()); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(next, s.source); err != nil {
		t.Fatal(err)
	}
	before, s.right = s.want(0), map[int]answer{}
	different(before)
	s.check("replaced by another file", 0, 1)
	s.kept() // and not one for each

	valid := s.read(s.source)
	broken := bytes.Replace(valid, []byte(`"title":"The`), []byte(`"titel":"The`), 1)
	s.overwrite(s.source, broken)
	restoreTo(t, s.source, info.ModTime())
	for _, cache := range []string{"off", s.cache, s.cache} {
		if got := s.ask(cache, questions[0]...); got.exit != 2 || got.stdout != "" || !strings.Contains(got.stderr, `titel`) || !strings.Contains(got.stderr, "not a valid catalog") {
			t.Errorf("invalid: %+v", got)
		}
	}
	s.overwrite(s.source, valid)
	restoreTo(t, s.source, info.ModTime())
	s.check("valid again", 0, 1)

	if err := os.Remove(s.source); err != nil {
		t.Fatal(err)
	}
	if got := s.ask(s.cache, questions[0]...); got.exit != 2 || got.stdout != "" || got != s.ask("off", questions[0]...) {
		t.Errorf("removed: %+v", got)
	}
	s.write(300, "again")
	s.check("there again", 0, 1)
	for _, n := range []int{3, 300, 30} {
		s.write(n, "sized")
		s.check(fmt.Sprint(n, " entries"), 0)
	}
}

func restoreTo(t *testing.T, path string, at time.Time) {
	t.Helper()
	if err := os.Chtimes(path, at, at); err != nil {
		t.Fatal(err)
	}
}

// TestCacheEditedLater lets the source rest for so long that what is kept is
// used without a look at its content, and changes it then.
func TestCacheEditedLater(t *testing.T) {
	t.Parallel()
	s := newShelf(t, "a.json", 300)
	s.check("cold", 0)
	info, err := os.Stat(s.source)
	if err != nil {
		t.Fatal(err)
	}
	time.Sleep(2100 * time.Millisecond)
	for range 2 {
		s.check("settled", 0)
	}
	before := s.want(0)
	s.write(300, "other")
	restoreTo(t, s.source, info.ModTime())
	if s.want(0) == before {
		t.Fatal("the test changed nothing")
	}
	s.check("same size and time")
	s.check("same size and time, again", 0)
	s.kept()
}

// TestCacheFolder points the cache at folders that cannot be used, and at one
// that is full of somebody's files.
func TestCacheFolder(t *testing.T) {
	t.Parallel()
	s := newShelf(t, "a.json", 200)
	file := filepath.Join(s.dir, "file")
	s.overwrite(file, []byte("mine"))
	s.cache = file
	s.check("a file", 0, 1)
	s.cache = filepath.Join(file, "below")
	s.check("below a file", 0, 1)
	s.cache = filepath.Join(s.dir, strings.Repeat("long", 100))
	s.check("a name too long", 0, 1)
	s.cache = filepath.Join(s.dir, "new", "and", "deep")
	s.check("a new one", 0, 1)
	s.kept()
	if string(s.read(file)) != "mine" {
		t.Error("the file was touched")
	}

	s.cache = filepath.Join(s.dir, "home")
	const digits = "0123456789abcdef0123456789abcdef"
	for name, text := range map[string]string{
		"notes.txt":                           "mine",
		"errcode.yaml":                        "mine",
		"errcode-" + digits + ".kept":         "mine, by chance of that name",
		"errcode-" + digits + ".part":         "mine, by chance of that name",
		"errcode-" + digits + ".kept.bak":     "errcode's cache\nmine",
		"errcode-" + digits[1:] + ".kept":     "errcode's cache\nmine",
		"errcode-" + digits + ".part~":        "errcode's cache\nmine",
		"Errcode-" + digits + "0.part":        "errcode's cache\nmine",
		"errcode-" + digits + "0.part":        "",
		"sub/errcode-" + digits + ".part":     "errcode's cache\nmine",
		"sub.part/errcode-" + digits + ".txt": "mine",
	} {
		path := filepath.Join(s.cache, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		s.overwrite(path, []byte(text))
		restoreTo(t, path, time.Now().Add(-1000*time.Hour))
	}
	before := s.snapshot()
	s.check("a folder of files")
	s.write(200, "other")
	s.check("a folder of files, and a change", 0, 1)
	after := s.snapshot()
	for path, was := range before {
		if after[path] != was {
			t.Errorf("%s was %q, is %q", path, was, after[path])
		}
		delete(after, path)
	}
	if len(after) != 1 {
		t.Errorf("new in the folder: %q, want one kept file", after)
	}
}

// snapshot describes the files in the folder and below.
func (s *shelf) snapshot() map[string]string {
	s.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(s.cache, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil && info.Mode().IsRegular() {
			all[path] = fmt.Sprint(info.Mode(), info.ModTime(), string(s.read(path)[:min(100, info.Size())]))
		}
		return err
	})
	if err != nil {
		s.Fatal(err)
	}
	return all
}

// TestCacheOrphans removes what runs that were killed left behind, but not what
// may still be written to.
func TestCacheOrphans(t *testing.T) {
	t.Parallel()
	s := newShelf(t, "a.json", 200)
	if err := os.Mkdir(s.cache, 0o700); err != nil {
		t.Fatal(err)
	}
	at := func(n int) string { return filepath.Join(s.cache, fmt.Sprintf("errcode-%032x.part", n)) }
	for n, text := range []string{"errcode's cache\nhalf", "errcode's c", "", "errcode's cache\nnew"} {
		s.overwrite(at(n), []byte(text))
		if n < 3 {
			restoreTo(t, at(n), time.Now().Add(-time.Hour))
		}
	}
	s.check("cold", 0)
	if names := s.files(); len(names) != 2 || !slices.Contains(names, filepath.Base(at(3))) {
		t.Errorf("the folder holds %q, want the new temporary file and a kept one", names)
	}
}

// TestCacheCompletion offers of a large catalog what is compiled, and never
// compiles: a shell waits for it.
func TestCacheCompletion(t *testing.T) {
	t.Parallel()
	s := newShelf(t, "a.json", 1000)
	offered := func(cache, word string) (codes []string) {
		t.Helper()
		got := s.ask2(cache, "__complete", "get", "-c", s.source, word)
		if got.exit != 0 {
			t.Errorf("__complete: %+v", got)
		}
		for line := range strings.Lines(got.stdout) {
			if code, _, found := strings.Cut(line, "\t"); found {
				codes = append(codes, code)
			}
		}
		return codes
	}
	for range 2 {
		if codes := offered(s.cache, "N"); codes != nil {
			t.Errorf("cold: offers %d codes", len(codes))
		}
		if names, err := os.ReadDir(s.cache); len(names) > 0 {
			t.Errorf("cold: the folder holds %v, %v", names, err)
		}
	}
	s.check("cold", 1)
	if codes := offered(s.cache, "N"); len(codes) != 200 || codes[0] != "NET-0000" || codes[1] != "NET-0004" {
		t.Errorf("warm: offers %d codes", len(codes))
	}
	if codes := offered(s.cache, "disk-004"); strings.Join(codes, " ") != "DISK-0041 DISK-0045 DISK-0049" {
		t.Errorf("warm: offers %q", codes)
	}
	if codes := offered("off", "N"); codes != nil {
		t.Errorf("off: offers %d codes", len(codes))
	}

	path := s.kept()
	good := s.read(path)
	for _, at := range []int{20, keptHeader + 10, len(good) / 2, len(good) - 5000, len(good) - 50} {
		damaged := flipped(good, at, 0x40)
		s.overwrite(path, damaged)
		for _, code := range offered(s.cache, "N") {
			if !strings.HasPrefix(code, "NET-") {
				t.Errorf("damaged: offers %q", code)
			}
		}
		if !s.builtAs(damaged) {
			t.Errorf("byte %d of %d flipped: it was compiled", at, len(good))
		}
	}
	s.overwrite(path, good)
	s.write(1000, "other")
	if codes := offered(s.cache, "N"); codes != nil {
		t.Errorf("changed: offers %d codes", len(codes))
	}
	s.write(20, "small")
	if codes := offered(s.cache, "N"); len(codes) != 5 {
		t.Errorf("small: offers %q", codes)
	}
}

// ask2 is ask without the catalog at the end.
func (s *shelf) ask2(cache string, args ...string) answer {
	s.Helper()
	bare := *s
	bare.source = ""
	return bare.ask(cache, args...)
}
