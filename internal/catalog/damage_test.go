package catalog

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/errcode-cli/errcode/internal/cache"
	"github.com/errcode-cli/errcode/internal/entry"
	"github.com/errcode-cli/errcode/internal/index"
	"github.com/errcode-cli/errcode/internal/source"
)

// A shelf is a catalog file, large enough to be kept, and the folder it is kept in.
type shelf struct {
	*testing.T
	source, folder string
}

func newShelf(t *testing.T, text string) *shelf {
	t.Helper()
	dir := write(t, map[string]string{"many.yaml": text})
	return &shelf{t, filepath.Join(dir, "many.yaml"), filepath.Join(dir, "cache")}
}

func (s *shelf) open() *Selection {
	s.Helper()
	opened, err := Open(s.Context(), Options{Cache: s.folder}, s.source)
	if err != nil {
		s.Fatal(err)
	}
	return opened
}

// kept is what is kept, without its header, which says when.
func (s *shelf) kept() []byte {
	s.Helper()
	names, _ := filepath.Glob(filepath.Join(s.folder, "*.kept"))
	if len(names) != 1 {
		s.Fatalf("%q are kept, want one", names)
	}
	b, err := os.ReadFile(names[0])
	if err != nil {
		s.Fatal(err)
	}
	return b[256:]
}

// A forgery is what of a compiled catalog is not as it should be, though every
// checksum is right.
type forgery struct {
	record  func(number int, b []byte) []byte
	head    func(b []byte) []byte
	astray  int // how far from its own record each name leads
	further int // records that no entry has
}

// forge keeps a forgery in the place of the catalog, under the right header.
func (s *shelf) forge(f forgery) {
	s.Helper()
	from := sourceAt(s.T, s.source)
	folder, err := cache.Open(s.folder, Version)
	if err != nil {
		s.Fatal(err)
	}
	file, err := folder.Rebuild(cache.Origin{Path: s.source, Open: from.Open}, func(r io.Reader, w io.Writer) error {
		var all []entry.Entry
		head, err := from.Read(s.Context(), r, func(e entry.Entry) { all = append(all, e) })
		if err != nil {
			return err
		}
		b := index.NewBuilder(w)
		for i := range all {
			record := entry.AppendRecord(nil, &all[i], 0)
			if f.record != nil {
				record = f.record(i, record)
			}
			if err := b.Record(record); err != nil {
				return err
			}
			for n, name := range all[(i+f.astray)%len(all)].Names() {
				b.Name(entry.Fold(name), name, n > 0)
			}
			for word := range all[i].Words {
				b.Word(int(word.Field.Class), word.Word)
			}
			mark(b, &all[i])
		}
		for range f.further {
			if err := b.Record([]byte("\xff")); err != nil {
				return err
			}
		}
		about := appendHead(nil, &Catalog{Head: head, files: []string{""}, Severities: []entry.Severity{entry.Error}})
		if f.head != nil {
			about = f.head(about)
		}
		return b.Close(about)
	})
	if err != nil || !file.Kept() {
		s.Fatalf("the forgery is not kept: %v", err)
	}
	file.Close()
}

// forgeries are compiled forms that an errcode of another layout could have left
// under the same version.
var forgeries = map[string]forgery{
	"records of garbage":           {record: func(_ int, b []byte) []byte { return bytes.Repeat([]byte{0xff}, len(b)) }},
	"records that are empty":       {record: func(int, []byte) []byte { return nil }},
	"records with a field more":    {record: func(_ int, b []byte) []byte { return append(b, 0) }},
	"records with a field less":    {record: func(_ int, b []byte) []byte { return b[:len(b)-1] }},
	"garbage from the middle on":   {record: func(n int, b []byte) []byte { return b[:len(b)*min(1, max(0, 300-n))] }},
	"a head of another version":    {head: func(b []byte) []byte { return bytes.Replace(b, []byte(Version), []byte("errcode catalog 0"), 1) }},
	"a head of garbage":            {head: func([]byte) []byte { return []byte("\xff\xff\xff") }},
	"a head with something behind": {head: func(b []byte) []byte { return append(b, 0) }},
	"no head":                      {head: func([]byte) []byte { return nil }},
}

// queries is every way to read entries. Each answer is comparable.
var queries = map[string]func(t *testing.T, s *Selection) any{
	"Get of a code":    func(t *testing.T, s *Selection) any { return got(t, s, "CARD-00300") },
	"Get of an alias":  func(t *testing.T, s *Selection) any { return got(t, s, "old301") },
	"Get by folding":   func(t *testing.T, s *Selection) any { return got(t, s, "e00302") },
	"Get of a message": func(t *testing.T, s *Selection) any { return got(t, s, "lease 7 of door300 is gone") },
	"Get of a range":   func(t *testing.T, s *Selection) any { return got(t, s, "RNG-3005") },
	"Get of a miss":    func(t *testing.T, s *Selection) any { return got(t, s, "CARD-0030") },
	"List":             func(t *testing.T, s *Selection) any { return entries(t, s.List(t.Context(), Filter{})) },
	"List of a prefix": func(t *testing.T, s *Selection) any {
		return entries(t, s.List(t.Context(), Filter{Prefixes: []string{"net"}}))
	},
	"ByStatus": func(t *testing.T, s *Selection) any { return entries(t, s.ByStatus(t.Context(), nil, Filter{})) },
	"Summary": func(t *testing.T, s *Selection) any {
		var all []StatusCount
		for c, err := range s.Summary(t.Context(), Filter{}) {
			agree(t, "Summary", 0, 0, err)
			all = append(all, c)
		}
		return all
	},
	"Search": func(t *testing.T, s *Selection) any {
		hits, _ := search(t, s, "lease", Filter{})
		return hits
	},
	"Miss": func(t *testing.T, s *Selection) any {
		m, err := s.Miss(t.Context(), "CARD-0030", "")
		agree(t, "Miss", 0, 0, err)
		return m.Suggestions
	},
	"Named": func(t *testing.T, s *Selection) any { // as a scan asks
		var ids []Code
		for code, err := range s.Codes(t.Context(), Filter{}) {
			agree(t, "Codes", 0, 0, err)
			ids = append(ids, Code{bytes.Clone(code.Text), code.ID})
		}
		var all []string
		for _, code := range ids {
			e, err := s.Named(code.ID, string(code.Text))
			agree(t, "Named", 0, 0, err)
			all = append(all, e.Code+" "+e.Title)
		}
		return all
	},
}

func got(t *testing.T, s *Selection, word string) Found {
	t.Helper()
	found, err := meant(s.Get(t.Context(), word))
	agree(t, "Get", 0, 0, err)
	return found
}

// TestForged asks everything of catalogs of other layouts that are kept in the right
// place. Each is built anew on the way, and the answer goes on as if nothing were.
func TestForged(t *testing.T) {
	text := manyEntries(400)
	for name, f := range forgeries {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			right := newShelf(t, text)
			good := right.open()
			defer good.Close()
			built := right.kept()
			s := newShelf(t, text)
			s.forge(f)
			forged := s.kept()
			for query, ask := range queries {
				if f.head != nil && query != "List" { // it is noticed before anything is asked
					continue
				}
				s.forge(f)
				opened := s.open()
				got, want := ask(t, opened), ask(t, inPlace(good, s.source))
				if !reflect.DeepEqual(got, want) {
					t.Errorf("%s: got %.300v, want %.300v", query, got, want)
				}
				if err := opened.Close(); err != nil {
					t.Errorf("%s: Close: %v", query, err)
				}
				unread := query == "Get of a miss" || query == "Summary" // they read no record, or of each the code alone
				if now := s.kept(); !bytes.Equal(now, built) && !(unread && bytes.Equal(now, forged)) {
					t.Errorf("%s: the forgery stays", query)
				}
			}
		})
	}
}

// inPlace is a selection of one catalog as if its file were another.
func inPlace(s *Selection, file string) *Selection {
	c := *s.catalogs[0]
	c.files = []string{file}
	return &Selection{catalogs: []*Catalog{&c}}
}

// TestAstray has names lead to the records of other entries: what is read by a name
// has it, be it by a code, an alias, what both fold to, or from a list of names.
func TestAstray(t *testing.T) {
	text := manyEntries(400)
	good := newShelf(t, text).open()
	defer good.Close()
	for _, astray := range []int{1, 3, 399} {
		for _, query := range []string{"Get of a code", "Get of an alias", "Get by folding", "Named"} {
			s := newShelf(t, text)
			s.forge(forgery{astray: astray})
			opened := s.open()
			if got, want := queries[query](t, opened), queries[query](t, inPlace(good, s.source)); !reflect.DeepEqual(fmtSorted(got), fmtSorted(want)) {
				t.Errorf("%d astray, %s: got %.200v, want %.200v", astray, query, got, want)
			}
			opened.Close()
		}
	}
}

// fmtSorted sorts an answer whose order an index that leads astray may change.
func fmtSorted(answer any) any {
	if lines, ok := answer.([]string); ok {
		return slices.Sorted(slices.Values(lines))
	}
	return answer
}

// TestForgedOfFewer keeps a forgery of another number of entries. No answer goes on
// with it, the next one is right.
func TestForgedOfFewer(t *testing.T) {
	s := newShelf(t, manyEntries(400))
	f := forgeries["records of garbage"]
	f.further = 1
	s.forge(f)
	opened := s.open()
	defer opened.Close()
	var damaged *DamagedError
	if _, _, err := opened.Get(t.Context(), "CARD-00300"); !errors.As(err, &damaged) || damaged.Name != s.source {
		t.Errorf("Get: %v", err)
	}
	again := s.open()
	defer again.Close()
	if found := got(t, again, "CARD-00300"); len(found.Entries) != 1 || found.Entries[0].Code != "CARD-00300" {
		t.Errorf("the next one gets %v", found)
	}
}

// TestForgedAndChanged changes the source while a forgery of it is open: what is
// built of it now has other entries under the same numbers.
func TestForgedAndChanged(t *testing.T) {
	text := manyEntries(400)
	swapped := strings.NewReplacer("CARD-00300", "CARD-00003", "CARD-00003", "CARD-00300").Replace(text)
	for name, test := range map[string]struct {
		change func(s *shelf) error
		is     func(error) bool
	}{
		"entries change places": {func(s *shelf) error { return os.WriteFile(s.source, []byte(swapped), 0o644) }, isA[*ChangedError]},
		"it breaks a rule":      {func(s *shelf) error { return os.WriteFile(s.source, []byte(text+"- {}\n"), 0o644) }, isA[*source.InvalidError]},
		"it is gone":            {func(s *shelf) error { return os.Remove(s.source) }, isA[*source.ReadError]},
	} {
		t.Run(name, func(t *testing.T) {
			s := newShelf(t, text)
			for _, word := range []string{"CARD-00300", "old300", "card00300"} {
				if err := os.WriteFile(s.source, []byte(text), 0o644); err != nil {
					t.Fatal(err)
				}
				s.forge(forgeries["garbage from the middle on"])
				opened := s.open()
				listed := 0
				var failed error
				for e, err := range opened.List(t.Context(), Filter{}) {
					if listed++; err != nil {
						failed = err
						break
					}
					if listed == 1 {
						if err := test.change(s); err != nil {
							t.Fatal(err)
						}
					}
					if e.Code == "CARD-00300" {
						t.Error("List goes on")
					}
				}
				if !test.is(failed) || listed != 301 {
					t.Errorf("List ends at %d with %v", listed, failed)
				}
				opened.Close()

				if err := os.WriteFile(s.source, []byte(text), 0o644); err != nil {
					t.Fatal(err)
				}
				s.forge(forgeries["records of garbage"])
				opened = s.open()
				if err := test.change(s); err != nil {
					t.Fatal(err)
				}
				if found, err := meant(opened.Get(t.Context(), word)); !test.is(err) {
					t.Errorf("Get(%q) gets %v (%v)", word, found, err)
				}
				opened.Close()
			}
		})
	}
}

func isA[E error](err error) bool {
	_, ok := errors.AsType[E](err)
	return ok
}

// TestDamagedAhead reads a catalog that was compiled ahead and that nothing can mend:
// the error says of every query which one it is.
func TestDamagedAhead(t *testing.T) {
	forged := catalogOfRecords("\xff", "")
	for what, err := range map[string]error{
		"Get":  second(meant(forged.Get(t.Context(), "R-0"))),
		"List": only(t, forged.List(t.Context(), Filter{})),
	} {
		if damaged, ok := errors.AsType[*DamagedError](err); !ok || damaged.Name != "forged" || !errors.Is(err, entry.ErrRecord) {
			t.Errorf("%s of records that are none: %v", what, err)
		}
	}
	var whole bytes.Buffer
	compileFile(t, "testdata/golden.yaml", &whole)
	good := whole.Bytes()
	for at := 0; at < len(good); at += 97 {
		bad := bytes.Clone(good)
		bad[at] ^= 1
		c, err := openAhead("built", bytes.NewReader(bad), int64(len(bad)))
		if err == nil {
			s := &Selection{catalogs: []*Catalog{c}}
			for _, err = range s.List(t.Context(), Filter{}) {
			}
			if err == nil {
				_, _, err = s.Get(t.Context(), "FULL-401")
			}
			if err == nil {
				_, _, err = s.Get(t.Context(), "401 unauthorized: token expired")
			}
			if err == nil {
				_, err = s.Search(t.Context(), "word", Filter{})
			}
		}
		if damaged, ok := errors.AsType[*DamagedError](err); !ok || damaged.Name != "built" && damaged.Name != "golden" {
			t.Errorf("byte %d of %d flipped: %v", at, len(good), err)
		}
	}
}

// catalogOfRecords is a selection of a catalog that holds such records, named R-0 and
// so on.
func catalogOfRecords(records ...string) *Selection {
	var compiled bytes.Buffer
	b := index.NewBuilder(&compiled)
	for i, record := range records {
		name := fmt.Sprint("R-", i)
		if err := b.Record([]byte(record)); err != nil {
			panic(err)
		}
		b.Name(entry.Fold(name), name, false)
	}
	if err := b.Close(appendHead(nil, &Catalog{Head: source.Head{Name: "forged"}, files: []string{""}})); err != nil {
		panic(err)
	}
	c, err := openAhead("forged", bytes.NewReader(compiled.Bytes()), int64(compiled.Len()))
	if err != nil {
		panic(err)
	}
	return &Selection{catalogs: []*Catalog{c}}
}

// second is the error of what returns one beside something else.
func second[T any](_ T, err error) error { return err }

// worn is a catalog whose pages are damaged, but for what is read when it is opened.
func worn(t *testing.T) *Catalog {
	t.Helper()
	var compiled bytes.Buffer
	compileFile(t, filepath.Join(write(t, map[string]string{"a.yaml": manyEntries(400)}), "a.yaml"), &compiled)
	b := compiled.Bytes()
	for at := 5; at < len(b)-4096; at += 4096 {
		b[at] ^= 1
	}
	c, err := openAhead("worn", bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	return c
}
