package catalog

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"github.com/errcode-cli/errcode/internal/entry"
)

// unreadable is a file that opens, and gives EIO where it is read near its beginning.
const unreadable = "/proc/self/mem"

// handles is the numbers of the open files whose paths begin so.
func handles(t *testing.T, path string) []int {
	t.Helper()
	open, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Skip("this system does not list a process's files")
	}
	var found []int
	for _, fd := range open {
		to, _ := os.Readlink("/proc/self/fd/" + fd.Name())
		if n, err := strconv.Atoi(fd.Name()); err == nil && strings.HasPrefix(to, path) {
			found = append(found, n)
		}
	}
	return found
}

// wear makes reads of what is kept and open fail from now on.
func (s *shelf) wear() (worn []int) {
	s.Helper()
	mem, err := os.Open(unreadable)
	if err == nil {
		defer mem.Close()
		if _, err := mem.ReadAt(make([]byte, 1), 300); err == nil {
			s.Skip("the first page of this process can be read")
		}
	}
	for _, fd := range handles(s.T, filepath.Join(s.folder, "errcode-")) {
		if err == nil {
			err = unix.Dup3(int(mem.Fd()), fd, unix.O_CLOEXEC)
		}
		worn = append(worn, fd)
	}
	if err != nil {
		s.Skipf("this system has no file that cannot be read: %v", err)
	}
	return worn
}

// TestWorn has a folder that cannot be read back: neither what is kept nor what is
// built anew in its place. The answer goes on from memory, where it was.
func TestWorn(t *testing.T) {
	text := manyEntries(3000)
	good := newShelf(t, text)
	right := good.open()
	defer right.Close()
	for _, from := range []int{-1, 0, 1, 700, 2000} { // entries that are listed before it begins
		t.Run(fmt.Sprint("from ", from), func(t *testing.T) {
			s := newShelf(t, text)
			s.open().Close() // now it is kept
			compiles, worn, begun := 0, []int(nil), from < 0
			o := Options{Cache: s.folder, Compiling: func() func() {
				return func() { // what was built is open now
					if compiles++; begun {
						worn = append(worn, s.wear()...)
					}
				}
			}}
			opened, err := Open(t.Context(), o, s.source)
			if err != nil {
				t.Fatal(err)
			}
			compiles = min(compiles, 1)
			var all []entry.Entry
			for e, err := range opened.List(t.Context(), Filter{}) {
				if err != nil {
					t.Fatalf("behind %d entries: %v", len(all), err)
				}
				if len(all) == from {
					begun = true
					worn = append(worn, s.wear()...)
				}
				all = append(all, e)
			}
			want := entries(t, inPlace(right, s.source).List(t.Context(), Filter{}))
			if !reflect.DeepEqual(all, want) {
				t.Errorf("%d entries are listed, or others than the %d", len(all), len(want))
			}
			if from >= 0 && compiles != 3 {
				t.Errorf("it was compiled %d times, want one to open, one to mend and one in memory", compiles)
			}
			if err := opened.Close(); err != nil {
				t.Errorf("Close: %v", err)
			}
			for _, fd := range worn {
				if to, _ := os.Readlink(fmt.Sprint("/proc/self/fd/", fd)); strings.HasSuffix(to, "/mem") {
					t.Errorf("the file %d stays open", fd)
				}
			}
		})
	}
}

// TestHandles counts the files of the cache that are open: one for a catalog that was
// mended, none once it is closed, however it was opened and whatever came of it.
func TestHandles(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(-1)) // which would close what is forgotten
	text := manyEntries(400)
	list := func(_ *shelf, opened *Selection) (err error) {
		for _, err = range opened.List(t.Context(), Filter{}) {
		}
		return err
	}
	for name, test := range map[string]struct {
		prepare func(s *shelf)                          // what is kept
		meet    func(s *shelf)                          // once it is open
		answer  func(s *shelf, opened *Selection) error // of which the error is not looked at
		open    int                                     // files, behind the answer
	}{
		"nothing is wrong":  {func(s *shelf) {}, func(s *shelf) {}, list, 1},
		"the head is wrong": {func(s *shelf) { s.forge(forgeries["no head"]) }, func(s *shelf) {}, list, 1},
		"a page is mended":  {func(s *shelf) {}, func(s *shelf) { s.flip(5000) }, list, 1},
		"it is opened anew": {func(s *shelf) { s.forge(forgeries["records of garbage"]) }, func(s *shelf) {}, list, 2}, // what is being read of the old one goes on there
		"opened anew, then mended": {func(s *shelf) { s.forge(forgeries["records of garbage"]) }, func(s *shelf) {}, func(s *shelf, opened *Selection) error {
			for range opened.List(t.Context(), Filter{}) {
				break
			}
			s.flip(5000)
			return list(s, opened)
		}, 2},
		"its source changed": {func(s *shelf) {}, func(s *shelf) {
			s.flip(5000)
			if err := os.WriteFile(s.source, []byte(manyEntries(401)), 0o644); err != nil {
				t.Fatal(err)
			}
		}, list, 1},
		"its source changed, and it would be opened anew": {func(s *shelf) { s.forge(forgeries["records of garbage"]) }, func(s *shelf) {
			if err := os.WriteFile(s.source, []byte(manyEntries(401)), 0o644); err != nil {
				t.Fatal(err)
			}
		}, list, 1},
		"its number is wrong": {func(s *shelf) {
			f := forgeries["records of garbage"]
			f.further = 2
			s.forge(f)
		}, func(s *shelf) {}, list, 1},
		"its source is gone": {func(s *shelf) {}, func(s *shelf) {
			s.flip(5000)
			os.Remove(s.source)
		}, list, 1},
	} {
		t.Run(name, func(t *testing.T) {
			s := newShelf(t, text)
			s.open().Close()
			test.prepare(s)
			opened := s.open()
			test.meet(s)
			_ = test.answer(s, opened)
			kept := filepath.Join(s.folder, "errcode-")
			if n := len(handles(t, kept)); n != test.open {
				t.Errorf("%d files are open, want %d", n, test.open)
			}
			if err := opened.Close(); err != nil {
				t.Errorf("Close: %v", err)
			}
			if left := handles(t, kept); left != nil {
				t.Errorf("%d files stay open", len(left))
			}
			if left := handles(t, s.source); left != nil {
				t.Errorf("the source stays open %d times", len(left))
			}
		})
	}
}

// flip flips a bit of each page of what is kept, behind so many bytes.
func (s *shelf) flip(from int64) {
	s.Helper()
	names, _ := filepath.Glob(filepath.Join(s.folder, "*.kept"))
	file, err := os.OpenFile(names[0], os.O_RDWR, 0)
	if err != nil {
		s.Fatal(err)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		s.Fatal(err)
	}
	for at := from; at < info.Size()-4096; at += 4096 { // the last one is read when it is opened
		b := make([]byte, 1)
		if _, err := file.ReadAt(b, at); err != nil {
			s.Fatal(err)
		}
		b[0] ^= 1
		if _, err := file.WriteAt(b, at); err != nil {
			s.Fatal(err)
		}
	}
}

// TestBehindHandles closes what stands behind too.
func TestBehindHandles(t *testing.T) {
	s := newShelf(t, manyEntries(400))
	opened, err := Open(t.Context(), Options{Cache: s.folder, Behind: []string{s.source}}, BuiltIn)
	if err != nil {
		t.Fatal(err)
	}
	kept := filepath.Join(s.folder, "errcode-")
	if found := got(t, opened, BuiltIn); found.Entries != nil || len(handles(t, kept)) != 1 {
		t.Errorf("%d files are open, want one", len(handles(t, kept)))
	}
	if err := opened.Close(); err != nil || handles(t, kept) != nil {
		t.Errorf("%d files stay open (%v)", len(handles(t, kept)), err)
	}
}
