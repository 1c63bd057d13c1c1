package logs

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/errcode-cli/errcode/internal/scan"
)

func TestTally(t *testing.T) {
	c := scan.Compile(slices.Values([]string{"A-1", "B-2", "never"}), scan.Options{Unknown: true})
	text := "x B-2\nA-1, B-2\nA-77 A-1 A-77\n"
	want := []tally{
		{code: 1, text: "B-2", count: 2, first: spot{0, 1, 3}, last: spot{0, 2, 6}, line: "x B-2", at: 2},
		{code: 0, text: "A-1", count: 2, first: spot{0, 2, 1}, last: spot{0, 3, 6}, line: "A-1, B-2"},
		{code: 0, unknown: true, text: "A-77", count: 2, first: spot{0, 3, 1}, last: spot{0, 3, 10}, line: "A-77 A-1 A-77"},
	}
	check := func(r io.Reader, failed bool) {
		t.Helper()
		sum, err := tallyOf(t.Context(), c, r)
		if got := told(sum); !reflect.DeepEqual(got, want) || sum.lines != 3 || sum.omitted != 0 || failed != (err != nil) {
			t.Errorf("got %+v, %d lines, %d omitted, %v\nwant %+v", got, sum.lines, sum.omitted, err, want)
		}
	}
	check(strings.NewReader(text), false)
	check(iotest.OneByteReader(strings.NewReader(text)), false)
	check(io.MultiReader(strings.NewReader(text), iotest.ErrReader(io.ErrUnexpectedEOF)), true)
}

// TestTallyOmits meets more different unknown tokens than are tallied.
func TestTallyOmits(t *testing.T) {
	c := scan.Compile(slices.Values([]string{"A-1"}), scan.Options{Unknown: true})
	var log strings.Builder
	for i := range MaxUnknown + 5 {
		fmt.Fprintf(&log, "A-%d A-%d A-1\n", 10+i, 10+i)
	}
	sum, err := tallyOf(t.Context(), c, strings.NewReader(log.String()))
	if err != nil || len(sum.sorted()) != MaxUnknown+1 || sum.omitted != 2*5 {
		t.Fatalf("%d tallies, %d omitted, %v", len(sum.sorted()), sum.omitted, err)
	}
	for _, tally := range sum.sorted() {
		if want := map[bool]int64{true: 2, false: MaxUnknown + 5}[tally.unknown]; tally.count != want {
			t.Fatalf("%s is found %d times, not %d", tally.text, tally.count, want)
		}
	}
}

// told is the tallies in full.
func told(sum *tallies) []tally {
	var all []tally
	for _, tally := range sum.sorted() {
		all = append(all, *tally)
	}
	return all
}

// TestTalliesAdd adds streams in any order, one of them in two parts: the sum is the
// same, and no larger than that of one.
func TestTalliesAdd(t *testing.T) {
	c := scan.Compile(slices.Values([]string{"A-1", "B-2"}), scan.Options{Unknown: true, IgnoreCase: true})
	streams := []struct {
		stream int
		lines  int64
		text   string
	}{{0, 0, "a-1 B-3\n"}, {1, 0, "\n"}, {2, 0, "x\nB-2 A-1\n"}, {2, 2, "b-3 B-3"}, {3, 0, "A-1"}}
	want := []tally{
		{code: 0, text: "a-1", count: 3, first: spot{0, 1, 1}, last: spot{3, 1, 1}, line: "a-1 B-3"},
		{code: 1, unknown: true, text: "B-3", count: 2, first: spot{0, 1, 5}, last: spot{2, 3, 5}, line: "a-1 B-3", at: 4},
		{code: 1, text: "B-2", count: 1, first: spot{2, 2, 1}, last: spot{2, 2, 1}, line: "B-2 A-1"},
		{code: 1, unknown: true, text: "b-3", count: 1, first: spot{2, 3, 1}, last: spot{2, 3, 1}, line: "b-3 B-3"},
	}
	tally := func(text string) *tallies {
		part, err := tallyOf(t.Context(), c, strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		return part
	}
	for _, order := range [][]int{{0, 1, 2, 3, 4}, {4, 3, 2, 1, 0}, {2, 0, 4, 3, 1}} {
		var sum tallies
		for _, i := range order {
			sum.add(tally(streams[i].text), streams[i].stream, streams[i].lines)
		}
		if got := told(&sum); !reflect.DeepEqual(got, want) {
			t.Errorf("in order %v: %+v", order, got)
		}
	}

	var sum tallies
	for stream := range 3 {
		var log strings.Builder
		for i := range MaxUnknown {
			fmt.Fprintf(&log, "B-%d\n", 10+stream*MaxUnknown+i)
		}
		sum.add(tally(log.String()), stream, 0)
	}
	if len(sum.sorted()) != MaxUnknown || sum.omitted != 2*MaxUnknown {
		t.Errorf("%d tallies of three streams, %d omitted", len(sum.sorted()), sum.omitted)
	}
}

// logged is a log of so many bytes, an eighth of whose lines hold a code, or what is
// like one.
func logged(size int, codes []string) []byte {
	r := rand.New(rand.NewPCG(5, 6))
	var b bytes.Buffer
	for b.Len() < size {
		fmt.Fprintf(&b, "2026-03-%02dT%02d:00:00Z INFO [worker-%x] took %d ms", 1+r.IntN(28), r.IntN(24), r.Uint32(), r.IntN(900))
		switch r.IntN(16) {
		case 0, 1:
			fmt.Fprintf(&b, " failed: %s (attempt %d)", codes[r.IntN(len(codes))], r.IntN(5))
		case 2:
			fmt.Fprintf(&b, " AUTH-%d", 400+r.IntN(9))
		}
		b.WriteByte('\n')
	}
	return b.Bytes()
}

// TestSegments divides logs: the parts are whole lines, hold all of it, and add up
// to what one stream holds.
func TestSegments(t *testing.T) {
	codes := []string{"AUTH-401", "AUTH-401-X", "E0308", "ECONNREFUSED", "40001", "ddl:1045", "платеж-7"}
	c := scan.Compile(slices.Values(codes), scan.Options{Unknown: true})
	for name, text := range map[string]string{
		"a log":               string(logged(300<<10, codes)),
		"no end of line":      string(logged(100<<10, codes)) + "at last AUTH-401",
		"lines of one letter": strings.Repeat("x\n", 50<<10) + "AUTH-401\r\n",
		"a long line":         strings.Repeat("AUTH-401 ", 200<<10) + "\n" + string(logged(10<<10, codes)),
		"no lines":            strings.Repeat("AUTH-401 ", 200<<10),
		"gzip":                "\x1f\x8b\x08" + strings.Repeat("\n", 100),
		"UTF-16":              "\xff\xfe" + strings.Repeat("A\x00\n\x00", 100),
		"small":               "AUTH-401\nAUTH-403\n",
		"empty":               "",
	} {
		whole, err := tallyOf(t.Context(), c, strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		for most := range int64(6) {
			parts := segments(strings.NewReader(text), int64(len(text)), most)
			if int64(len(parts)) > most || len(parts) == 1 {
				t.Errorf("%s: %d of %d parts", name, len(parts), most)
			}
			if divided := name == "a log" || name == "small"; most > 1 && divided != (len(parts) > 1) && !strings.Contains(name, "line") {
				t.Errorf("%s: %d of %d parts", name, len(parts), most)
			}
			if parts == nil {
				continue
			}
			var sum tallies
			var all strings.Builder
			lines := int64(0)
			for _, r := range parts {
				part, err := tallyOf(t.Context(), c, io.TeeReader(r, &all))
				if err != nil {
					t.Fatal(err)
				}
				sum.add(part, 0, lines)
				lines += part.lines
			}
			if all.String() != text || lines != whole.lines || !reflect.DeepEqual(told(&sum), told(whole)) {
				t.Errorf("%s in %d parts: %d of %d bytes, %d of %d lines\n%+v\n%+v", name, len(parts), all.Len(), len(text), lines, whole.lines, told(&sum), told(whole))
			}
		}
	}
	if parts := segmentsOf(strings.NewReader(""), leastSegment*2-1, 8); parts != nil {
		t.Errorf("a small file has %d parts", len(parts))
	}
}
