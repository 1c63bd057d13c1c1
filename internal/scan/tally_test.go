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
		{Code: 1, Text: "B-2", Count: 2, First: Place{1, 3}, Last: Place{2, 6}, Line: "x B-2", At: 2},
		{Code: 0, Text: "A-1", Count: 2, First: Place{2, 1}, Last: Place{3, 6}, Line: "A-1, B-2"},
		{Code: 0, Unknown: true, Text: "A-77", Count: 2, First: Place{3, 1}, Last: Place{3, 10}, Line: "A-77 A-1 A-77"},
	}
	check := func(r io.Reader, failed bool) {
		t.Helper()
		tallies, omitted, err := c.Tally(t.Context(), r)
		var got []Tally
		for _, tally := range tallies {
			got = append(got, *tally)
		}
		if !reflect.DeepEqual(got, want) || omitted != 0 || failed != (err != nil) {
			t.Errorf("got %+v, %d, %v\nwant %+v", got, omitted, err, want)
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
	tallies, omitted, err := c.Tally(t.Context(), strings.NewReader(log.String()))
	if err != nil || len(tallies) != MaxUnknown+1 || omitted != 2*5 {
		t.Fatalf("%d tallies, %d omitted, %v", len(tallies), omitted, err)
	}
	for _, tally := range tallies {
		if want := map[bool]int64{true: 2, false: MaxUnknown + 5}[tally.Unknown]; tally.Count != want {
			t.Fatalf("%s is found %d times, not %d", tally.Text, tally.Count, want)
		}
	}
}
