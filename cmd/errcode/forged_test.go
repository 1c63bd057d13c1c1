package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/errcode-cli/errcode/internal/cache"
	"github.com/errcode-cli/errcode/internal/catalog"
	"github.com/errcode-cli/errcode/internal/index"
)

// keep keeps bytes in the place of what is compiled of the catalog, under the right
// header.
func (s *shelf) keep(compiled []byte) {
	s.Helper()
	folder, err := cache.Open(s.cache, catalog.Version)
	if err != nil {
		s.Fatal(err)
	}
	from := cache.Origin{Path: s.source, Open: func() (fs.File, error) { return os.Open(s.source) }}
	file, err := folder.Rebuild(from, func(_ io.Reader, w io.Writer) error {
		_, err := w.Write(compiled)
		return err
	})
	if err != nil || !file.Kept() {
		s.Fatalf("it is not kept: %v", err)
	}
	file.Close()
}

// reindexed is an index anew, with other records or another head.
func reindexed(t *testing.T, good []byte, record func(n int, b []byte) []byte, head func([]byte) []byte) []byte {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	x, err := index.Open(bytes.NewReader(good), int64(len(good)))
	must(err)
	var out bytes.Buffer
	b := index.NewBuilder(&out)
	names := make([][]index.Name, x.Len())
	for name, err := range x.Names("") {
		must(err)
		name.Folded, name.Name = bytes.Clone(name.Folded), bytes.Clone(name.Name)
		names[name.Record] = append(names[name.Record], name)
	}
	type word struct {
		text  string
		class int
	}
	words := make([][]word, x.Len())
	for text, err := range x.Words("") {
		must(err)
		for class := range index.Classes {
			set := index.NewSet(x.Len())
			must(x.InClass(set, text, class))
			for n := range set.All() {
				words[n] = append(words[n], word{text, class})
			}
		}
	}
	marks := make([][]string, x.Len())
	for mark, err := range x.Marks("") {
		must(err)
		must(x.Marked(mark, func(n int) { marks[n] = append(marks[n], mark) }))
	}
	for n := range x.Len() {
		r, err := x.Record(n)
		must(err)
		must(b.Record(record(n, r)))
		for _, name := range names[n] {
			b.Name(string(name.Folded), string(name.Name), name.Further)
		}
		for _, w := range words[n] {
			b.Word(w.class, w.text)
		}
		for _, mark := range marks[n] {
			b.Mark(mark)
		}
	}
	meta, err := x.Meta()
	must(err)
	must(b.Close(head(meta)))
	return out.Bytes()
}

// TestCacheForged has compiled forms of other layouts in the right place, with every
// checksum right. Each question is answered as if they were not there, and what is
// kept is right then, where the answer needed what is wrong.
func TestCacheForged(t *testing.T) {
	t.Parallel()
	s := newShelf(t, "a.yaml", 400)
	log := filepath.Join(s.dir, "app.log")
	s.overwrite(log, []byte("NET-0004 failed\nthen old7, and DISK-0041 and DB-0399\n"))
	_, content := s.warm(0)
	good := content[keptHeader:]
	same := func(b []byte) []byte { return b }
	record := func(_ int, b []byte) []byte { return b }

	magic := slices.Clone(good)
	copy(magic[bytes.LastIndex(magic, []byte("errcode index ")):], "errcode index 2\n")
	const page = 4096
	last := magic[(len(magic)-1)/page*page:]
	binary.LittleEndian.PutUint32(last[len(last)-4:], crc32.Update(uint32((len(magic)-1)/page), crc32.IEEETable, last[:len(last)-4]))
	if again := reindexed(t, good, record, same); !bytes.Equal(again, good) {
		t.Fatal("an index that is written anew is another")
	}
	if x, err := index.Open(bytes.NewReader(magic), int64(len(magic))); err == nil || !strings.Contains(err.Error(), "not of this version") {
		t.Fatalf("the test forges no other version of the index: %v, %v", x, err)
	}
	for name, forged := range map[string][]byte{
		"another magic": magic,
		"another version": reindexed(t, good, record, func(b []byte) []byte {
			return bytes.Replace(b, []byte(catalog.Version), []byte("errcode catalog 0"), 1)
		}),
		"no records":     reindexed(t, good, func(_ int, b []byte) []byte { return bytes.Repeat([]byte{0xff}, len(b)) }, same),
		"longer records": reindexed(t, good, func(_ int, b []byte) []byte { return append(b, "more"...) }, same),
		"no last record": reindexed(t, good, func(n int, b []byte) []byte {
			if n == 399 {
				return nil
			}
			return b
		}, same),
		"nothing": {},
	} {
		ask := func(args ...string) {
			t.Helper()
			s.keep(forged)
			got, want := s.ask(s.cache, args...), s.ask("off", args...)
			if got != want {
				t.Errorf("%s: %s: %+.300v, want %+.300v", name, args, got, want)
			}
			if strings.HasPrefix(name, "another") && !s.builtAs(content) {
				t.Errorf("%s: %s: it stays", name, args)
			}
		}
		for _, q := range questions {
			ask(q...)
		}
		ask("get", "NET-0396")
		ask("get", "DB-0399", "db399", "old399")
		ask("scan", log)
		ask("scan", log, "-o", "jsonl")
		ask("scan", log, "--annotate")
		ask("list", "-o", "jsonl")
		if !s.builtAs(content) {
			t.Errorf("%s: it stays", name)
		}

		s.keep(forged) // completion offers what is ready, and is never in the way
		got := s.ask2(s.cache, "__complete", "get", "-c", s.source, "NET-000")
		if got.exit != 0 || strings.Contains(got.stderr, "rror:") {
			t.Errorf("%s: completion: %+v", name, got)
		}
		for line := range strings.Lines(got.stdout) {
			if code, _, ok := strings.Cut(line, "\t"); ok && !strings.HasPrefix(code, "NET-000") {
				t.Errorf("%s: completion offers %q", name, line)
			}
		}
	}
}

// TestCacheSwapped asks code after code through a pipe. Between two of them entries of
// the source change places, which leaves all sizes as they are, and what is kept is
// damaged: what is built anew then is another catalog, of which no entry may be taken
// for one that the names of the first lead to.
func TestCacheSwapped(t *testing.T) {
	t.Parallel()
	const entries, near, far = 6000, 5, 5400
	code := func(n int) string { return fmt.Sprintf("CARD-%05d", n) }
	text := func(order func(n int) int) []byte {
		var b bytes.Buffer
		b.WriteString("catalog: cards\ntitle: Cards\nerrors:\n")
		for i := range entries {
			n := order(i)
			fmt.Fprintf(&b, "- {code: %s, title: \"The card %05d was refused\", description: \"%s\"}\n", code(n), n, strings.Repeat("It is so. ", 8))
		}
		return b.Bytes()
	}
	forward := func(n int) int { return n }
	swapped := func(n int) int {
		switch n {
		case far:
			return 145
		case 145:
			return far
		}
		return n
	}
	for _, word := range []string{code(far), code(145), "card" + code(far)[5:]} {
		s := newShelf(t, "x.yaml", 0)
		s.overwrite(s.source, text(forward))
		if got := s.ask(s.cache, "get", code(1)); got.exit != 0 {
			t.Fatalf("%+v", got)
		}
		path := s.kept()

		stdin, asking, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		answers, stdout, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		messages := tempFile(t)
		ended := make(chan int, 1)
		go func() {
			defer stdout.Close()
			ended <- run([]string{"get", "-", "--json", "-c", s.source}, stdin, stdout, messages, func(name string) string {
				return map[string]string{"ERRCODE_CACHE": s.cache}[name]
			})
		}()
		fmt.Fprintln(asking, code(near))
		first := make([]byte, 1<<16)
		n, err := answers.Read(first) // now it waits for the next code
		if err != nil || !bytes.Contains(first[:n], []byte(code(near))) {
			t.Fatalf("the first answer: %q (%v)", first[:n], err)
		}
		s.overwrite(s.source, text(swapped))
		kept, err := os.OpenFile(path, os.O_RDWR, 0)
		if err != nil {
			t.Fatal(err)
		}
		info, _ := kept.Stat()
		for at := int64(keptHeader); at < info.Size(); at += 1000 {
			kept.WriteAt([]byte("damage"), at)
		}
		kept.Close()
		fmt.Fprintln(asking, word)
		asking.Close()
		rest, err := io.ReadAll(answers)
		exit := <-ended
		said := s.read(messages.Name())
		if exit != 2 || !bytes.Contains(said, []byte(`"kind":"catalog"`)) || !bytes.Contains(said, []byte(`x.yaml\" has changed while it was read`)) {
			t.Errorf("%s: exit %d, %s", word, exit, said)
		}
		if answer := string(first[:n]) + string(rest); err != nil || strings.Count(answer, `"code"`) != 1 {
			t.Errorf("%s: the answer goes on: %s (%v)", word, rest, err)
		}
		stdin.Close()
		answers.Close()
	}
}
