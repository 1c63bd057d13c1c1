package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"hash/crc32"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// generation is raised whenever other entries come out: what an older one
// generated is not used again.
const generation = 1

// Every catalog has this entry, in its middle.
const (
	knownCode  = "PAYMENT-402"
	knownTitle = "Payment Required"
)

// english is the most common words of the entries, the commonest first. The
// others are invented.
const english = `the to a of is and or in not be for that this it by on an if with are was has from
server request token user file value client account access service message name time system network
connection session header field limit state data invalid failed expired missing unknown denied
timeout payment order card key type format version database table column index query lock disk
memory thread process handle buffer stream socket port host address route proxy certificate
password permission role group policy rule retry check verify contact wait later again before after
while because already still only more than two too many large small empty full closed open read
write create delete update change send receive parse load start stop call`

// searched is three common words that errcode and a search for whole words find
// in the same entries: no other word and no code has one of them in it, and
// neither is one a key.
var searched = []string{"server", "request", "token"}

// vocabularySize is how many different words the entries use.
const vocabularySize = 40_000

// A generated catalog is the same entries twice: as a catalog file and as lines,
// one for each entry.
type generated struct {
	entries        int
	catalog, lines string
}

// generate returns the catalog of n entries in dir. It is written only where it
// is not there yet; the same entries come out always and everywhere.
func generate(ctx context.Context, dir string, n int) (generated, error) {
	folder := filepath.Join(dir, fmt.Sprintf("%d-entries-%d", n, generation))
	c := generated{n, filepath.Join(folder, "catalog.json"), filepath.Join(folder, "entries.jsonl")}
	if _, err := os.Stat(c.catalog); err == nil {
		return c, nil
	}
	fmt.Fprintf(os.Stderr, "writing %d entries to %s\n", n, folder)
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return c, err
	}
	lines, err := os.Create(c.lines)
	if err != nil {
		return c, err
	}
	defer lines.Close()
	unfinished := c.catalog + ".unfinished"
	catalog, err := os.Create(unfinished)
	if err != nil {
		return c, err
	}
	defer catalog.Close()

	// These keep the first error until they are flushed.
	toLines, toCatalog := bufio.NewWriter(lines), bufio.NewWriter(catalog)
	separator := `{"catalog":"scale","title":"Generated entries","errors":[` + "\n"
	g := newGenerator()
	for i := range n {
		code, title := knownCode, knownTitle
		if i != n/2 {
			code, title = g.code(), string(g.phrase(nil, 10+g.IntN(30)))
		}
		entry := g.entry(code, title)
		fmt.Fprintf(toLines, "%s\n", entry)
		fmt.Fprintf(toCatalog, "%s%s", separator, entry)
		separator = ",\n"
		if err := ctx.Err(); err != nil {
			return c, err
		}
	}
	toCatalog.WriteString("\n]}\n")
	if err := errors.Join(toLines.Flush(), lines.Close(), toCatalog.Flush(), catalog.Close()); err != nil {
		return c, err
	}
	return c, os.Rename(unfinished, c.catalog)
}

// A generator makes entries up.
type generator struct {
	*rand.Rand
	ranks      *rand.Zipf
	vocabulary []string

	// taken marks the hashes of the words and codes that are in use. A set of
	// these would take more memory, and the peak of this program's is the least
	// that is measured of a program it starts.
	taken [1 << 24]bool
}

func newGenerator() *generator {
	r := rand.New(rand.NewPCG(1, generation))
	g := &generator{Rand: r, ranks: rand.NewZipf(r, 1.1, 3, vocabularySize-1), vocabulary: strings.Fields(english)}
	for _, word := range append(g.vocabulary, knownCode) {
		g.take(word)
	}
	for len(g.vocabulary) < vocabularySize {
		g.vocabulary = append(g.vocabulary, g.untaken(g.invent))
	}
	return g
}

// longestWord is how many letters a word has at most.
const longestWord = 16

// invent makes a word up that can be spoken.
func (g *generator) invent() string {
	word := ""
	for range 2 + g.IntN(3) {
		word += g.of("b c d f g h k l m n p r s t v br cr dr fl gr pl st tr") + g.of("a e i o u ai ea ou")
	}
	return word
}

// of draws one of the words of a text.
func (g *generator) of(text string) string {
	words := strings.Fields(text)
	return words[g.IntN(len(words))]
}

// entry makes up an entry of 500 to 700 bytes.
func (g *generator) entry(code, title string) []byte {
	status := ""
	if code == knownCode {
		status = `"status":402,`
	} else if g.IntN(2) == 0 {
		status = `"status":` + g.of("400 401 403 404 404 409 422 429 500 502 503") + ","
	}
	e := fmt.Appendf(nil, `{"code":"%s","title":"%s",%s"description":"`, code, title, status)

	rest := []byte(`","causes":["`)
	for range g.IntN(3) {
		rest = append(g.text(rest, 15+g.IntN(35)), `","`...)
	}
	rest = append(g.text(rest, 15+g.IntN(35)), `"],"resolution":"`...)
	rest = append(g.text(rest, 40+g.IntN(50)), `","keywords":["`...)
	rest = fmt.Appendf(rest, `%s","%s"]`, g.word(), g.word())
	if g.IntN(5) == 0 {
		rest = fmt.Appendf(rest, `,"aliases":["%s"]`, g.untaken(g.alias))
	}
	rest = append(rest, '}')

	e = g.text(e, 500+g.IntN(200-longestWord)-len(e)-len(rest)) // as long as there is room for
	return append(e, rest...)
}

// text appends sentences of size bytes, or up to a word more.
func (g *generator) text(b []byte, size int) []byte {
	for end := len(b) + size; ; b = append(b, ' ') {
		b = append(g.phrase(b, min(40+g.IntN(60), end-len(b)-1)), '.')
		if len(b) >= end {
			return b
		}
	}
}

// phrase appends words of size bytes, or up to a word more, the first of them
// with a capital.
func (g *generator) phrase(b []byte, size int) []byte {
	start := len(b)
	b = append(b, g.word()...)
	for len(b) < start+size {
		b = append(append(b, ' '), g.word()...)
	}
	b[start] -= 'a' - 'A'
	return b
}

// word draws a word, the commoner the lower its rank.
func (g *generator) word() string { return g.vocabulary[g.ranks.Uint64()] }

// code makes up a code in one of the shapes that codes have.
func (g *generator) code() string {
	return g.untaken(func() string {
		switch shape := g.IntN(20); {
		case shape < 7:
			return fmt.Sprintf("%s-%d", g.capitals(), 100+g.IntN(500)) // AUTH-401
		case shape < 10:
			return fmt.Sprintf("%s-%05d", g.of("ORA TNS PLS SQL IMP EXP"), g.IntN(100_000)) // ORA-00942
		case shape < 12:
			return fmt.Sprintf("%c%04d", 'A'+g.IntN(26), g.IntN(10_000)) // E0308
		case shape < 14:
			return fmt.Sprintf("0x8%07X", g.IntN(1<<28)) // 0x80070005
		case shape < 17:
			return "E" + g.capitals() + g.capitals() // ECONNREFUSED
		case shape < 18:
			return fmt.Sprint(10_000 + g.IntN(90_000)) // 40001
		default:
			return fmt.Sprintf("%s:%d", strings.ToLower(g.capitals()), 1000+g.IntN(9000)) // ddl:1045
		}
	})
}

func (g *generator) alias() string { return g.capitals() + "_" + g.capitals() }

// capitals draws one of the words that codes are made of.
func (g *generator) capitals() string { return strings.ToUpper(g.vocabulary[40+g.IntN(2000)]) }

// take reserves a word or code and reports whether it may be used: nothing
// before it is the same when folded, and no search for the searched words finds
// it. It refuses a few others too, those of a like hash.
func (g *generator) take(code string) bool {
	folded := punctuation.Replace(strings.ToLower(code))
	taken := &g.taken[crc32.ChecksumIEEE([]byte(folded))>>8]
	if *taken || slices.ContainsFunc(searched, func(word string) bool { return strings.Contains(folded, word) }) {
		return false
	}
	*taken = true
	return true
}

// untaken draws until what is drawn may be used.
func (g *generator) untaken(draw func() string) string {
	for {
		if drawn := draw(); g.take(drawn) {
			return drawn
		}
	}
}

var punctuation = strings.NewReplacer("-", "", "_", "", ":", "")
