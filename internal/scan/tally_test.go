package scan

import (
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
)

func TestTally(t *testing.T) {
	c := Compile(slices.Values([]string{"A-1", "B-2", "never"}), Options{Unknown: true})
	text := "x B-2\nA-1, B-2\nA-77 A-1 A-77\n"
	want := []Tally{
		{Code: 1, Text: "B-2", Count: 2, First: Place{0, 1, 3}, Last: Place{0, 2, 6}, Line: "x B-2", At: 2},
		{Code: 0, Text: "A-1", Count: 2, First: Place{0, 2, 1}, Last: Place{0, 3, 6}, Line: "A-1, B-2"},
		{Code: 0, Unknown: true, Text: "A-77", Count: 2, First: Place{0, 3, 1}, Last: Place{0, 3, 10}, Line: "A-77 A-1 A-77"},
	}
	check := func(r io.Reader, failed bool) {
		t.Helper()
		sum, err := c.Tally(t.Context(), r)
		if got := told(sum); !reflect.DeepEqual(got, want) || sum.Lines != 3 || sum.Omitted != 0 || failed != (err != nil) {
			t.Errorf("got %+v, %d lines, %d omitted, %v\nwant %+v", got, sum.Lines, sum.Omitted, err, want)
		}
	}
	check(strings.NewReader(text), false)
	check(iotest.OneByteReader(strings.NewReader(text)), false)
	check(io.MultiReader(strings.NewReader(text), iotest.ErrReader(io.ErrUnexpectedEOF)), true)
}

// TestTallyOmits meets more different unknown tokens than are tallied.
func TestTallyOmits(t *testing.T) {
	c := Compile(slices.Values([]string{"A-1"}), Options{Unknown: true})
	var log strings.Builder
	for i := range MaxUnknown + 5 {
		fmt.Fprintf(&log, "A-%d A-%d A-1\n", 10+i, 10+i)
	}
	sum, err := c.Tally(t.Context(), strings.NewReader(log.String()))
	if err != nil || len(sum.All()) != MaxUnknown+1 || sum.Omitted != 2*5 {
		t.Fatalf("%d tallies, %d omitted, %v", len(sum.All()), sum.Omitted, err)
	}
	for _, tally := range sum.All() {
		if want := map[bool]int64{true: 2, false: MaxUnknown + 5}[tally.Unknown]; tally.Count != want {
			t.Fatalf("%s is found %d times, not %d", tally.Text, tally.Count, want)
		}
	}
}

// told is the tallies in full.
func told(sum *Tallies) []Tally {
	var all []Tally
	for _, tally := range sum.All() {
		all = append(all, *tally)
	}
	return all
}

// TestTalliesAdd adds streams in any order, one of them in two parts: the sum is the
// same, and no larger than that of one.
func TestTalliesAdd(t *testing.T) {
	c := Compile(slices.Values([]string{"A-1", "B-2"}), Options{Unknown: true, IgnoreCase: true})
	streams := []struct {
		stream int
		lines  int64
		text   string
	}{{0, 0, "a-1 B-3\n"}, {1, 0, "\n"}, {2, 0, "x\nB-2 A-1\n"}, {2, 2, "b-3 B-3"}, {3, 0, "A-1"}}
	want := []Tally{
		{Code: 0, Text: "a-1", Count: 3, First: Place{0, 1, 1}, Last: Place{3, 1, 1}, Line: "a-1 B-3"},
		{Code: 1, Unknown: true, Text: "B-3", Count: 2, First: Place{0, 1, 5}, Last: Place{2, 3, 5}, Line: "a-1 B-3", At: 4},
		{Code: 1, Text: "B-2", Count: 1, First: Place{2, 2, 1}, Last: Place{2, 2, 1}, Line: "B-2 A-1"},
		{Code: 1, Unknown: true, Text: "b-3", Count: 1, First: Place{2, 3, 1}, Last: Place{2, 3, 1}, Line: "b-3 B-3"},
	}
	tally := func(text string) *Tallies {
		part, err := c.Tally(t.Context(), strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		return part
	}
	for _, order := range [][]int{{0, 1, 2, 3, 4}, {4, 3, 2, 1, 0}, {2, 0, 4, 3, 1}} {
		var sum Tallies
		for _, i := range order {
			sum.Add(tally(streams[i].text), streams[i].stream, streams[i].lines)
		}
		if got := told(&sum); !reflect.DeepEqual(got, want) {
			t.Errorf("in order %v: %+v", order, got)
		}
	}

	var sum Tallies
	for stream := range 3 {
		var log strings.Builder
		for i := range MaxUnknown {
			fmt.Fprintf(&log, "B-%d\n", 10+stream*MaxUnknown+i)
		}
		sum.Add(tally(log.String()), stream, 0)
	}
	if len(sum.All()) != MaxUnknown || sum.Omitted != 2*MaxUnknown {
		t.Errorf("%d tallies of three streams, %d omitted", len(sum.All()), sum.Omitted)
	}
}

// TestSegments divides logs: the parts are whole lines, hold all of it, and add up
// to what one stream holds.
func TestSegments(t *testing.T) {
	codes := mixed(7)
	c := Compile(slices.Values(codes), Options{Unknown: true})
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
		whole, err := c.Tally(t.Context(), strings.NewReader(text))
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
			var sum Tallies
			var all strings.Builder
			lines := int64(0)
			for _, r := range parts {
				part, err := c.Tally(t.Context(), io.TeeReader(r, &all))
				if err != nil {
					t.Fatal(err)
				}
				sum.Add(part, 0, lines)
				lines += part.Lines
			}
			if all.String() != text || lines != whole.Lines || !reflect.DeepEqual(told(&sum), told(whole)) {
				t.Errorf("%s in %d parts: %d of %d bytes, %d of %d lines\n%+v\n%+v", name, len(parts), all.Len(), len(text), lines, whole.Lines, told(&sum), told(whole))
			}
		}
	}
	if parts := Segments(strings.NewReader(""), leastSegment*2-1, 8); parts != nil {
		t.Errorf("a small file has %d parts", len(parts))
	}
}
