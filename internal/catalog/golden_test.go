package catalog

import (
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/errcode-cli/errcode/internal/entry"
	"github.com/errcode-cli/errcode/internal/source"
)

const goldenFile = "testdata/golden.txt"

// TestGolden holds the compiled bytes of fixed catalogs against the sum that stands
// beside their version in testdata/golden.txt. Bytes never change under a version:
// whoever has the old ones in the cache would read them as if they were new. So
// -update writes the file for a new version alone.
func TestGolden(t *testing.T) {
	sum := sha256.New()
	compileFile(t, "testdata/golden.yaml", sum)
	compileFile(t, filepath.Join(write(t, map[string]string{"many.yaml": manyEntries(3000)}), "many.yaml"), sum)
	sum.Write(appendHead(nil, &Catalog{files: []string{"", "b/c.yaml"}, LeftOut: []source.Problem{
		{Rule: "a-rule", Message: "a message", Place: entry.Place{File: "d.yaml", Line: 3, Column: 300}},
	}}))
	now := fmt.Sprintf("%s\nSHA-256 %x\n", Version, sum.Sum(nil))

	read, err := os.ReadFile(goldenFile)
	before := strings.ReplaceAll(string(read), "\r\n", "\n")
	written, _, _ := strings.Cut(before, "\n")
	switch {
	case before == now:
	case written == Version:
		t.Errorf("the compiled bytes have changed and their version, %q, has not: compiled catalogs that people have kept would be misread.\n"+
			"Where the change is meant, give Version in head.go the next number and run go test ./internal/catalog -update; else take it back.\n"+
			"got\n%swant\n%s", Version, now, before)
	case !*update:
		t.Errorf("%s is of the version %q (%v), this is %q: run go test ./internal/catalog -update", goldenFile, written, err, Version)
	default:
		if err := os.WriteFile(goldenFile, []byte(now), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// compileFile compiles a catalog file.
func compileFile(t *testing.T, name string, w io.Writer) {
	t.Helper()
	from := sourceAt(t, name)
	text, err := from.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer text.Close()
	if err := compile(t.Context(), from, text, w); err != nil {
		t.Fatal(err)
	}
}

// manyEntries is a catalog whose tables have several levels, and whose words have
// short postings and long ones.
func manyEntries(n int) string {
	words := strings.Fields("token lease quota socket naïve Straße 错误 expired")
	var b strings.Builder
	b.WriteString("catalog: many\ntitle: Many\nretired: [gone-1, Gone-2]\nrange: [CARD-00000-99999, Net-0-99999, é-0-99999]\nerrors:\n")
	for i := range n {
		sizes := "" // words of 1 to 12 records, whose postings have every odd size
		for size := i - 199; 0 < size && size <= 12; size++ {
			sizes += fmt.Sprint(" size", size)
		}
		fmt.Fprintf(&b, "- {code: %s-%05d, title: The %s of word%d, status: %d, aliases: [old%d], covers: [RNG-%d0-%d9], messages: ['lease {n} of door%d is gone'], description: %s and %s%d of seldom%d%s.}\n",
			[]string{"CARD", "Net", "é"}[i%3], i, words[i%8], i*31%997, []int{400, 404, 503}[i%3], i, i, i, i, words[i/8%8], words[i/64%8], i%211, i*i%701, sizes)
	}
	return b.String()
}
