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
		{Code: 1, Text: "B-2", Count: 2, First: Place{3, 1, 3}, Last: Place{3, 2, 6}, Line: "x B-2", At: 2},
		{Code: 0, Text: "A-1", Count: 2, First: Place{3, 2, 1}, Last: Place{3, 3, 6}, Line: "A-1, B-2"},
		{Code: 0, Unknown: true, Text: "A-77", Count: 2, First: Place{3, 3, 1}, Last: Place{3, 3, 10}, Line: "A-77 A-1 A-77"},
	}
	check := func(r io.Reader, failed bool) {
		t.Helper()
		sum := c.Tallies()
		err := sum.Add(t.Context(), 3, r)
		tallies, omitted := sum.All()
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
	sum := c.Tallies()
	err := sum.Add(t.Context(), 0, strings.NewReader(log.String()))
	tallies, omitted := sum.All()
	if err != nil || len(tallies) != MaxUnknown+1 || omitted != 2*5 {
		t.Fatalf("%d tallies, %d omitted, %v", len(tallies), omitted, err)
	}
	for _, tally := range tallies {
		if want := map[bool]int64{true: 2, false: MaxUnknown + 5}[tally.Unknown]; tally.Count != want {
			t.Fatalf("%s is found %d times, not %d", tally.Text, tally.Count, want)
		}
	}
}

// TestTalliesMerge adds streams in any order: the sum is the same, and no larger
// than that of one.
func TestTalliesMerge(t *testing.T) {
	c := Compile(slices.Values([]string{"A-1", "B-2"}), Options{Unknown: true, IgnoreCase: true})
	streams := []string{"a-1 B-3\n", "\n", "x\nB-2 A-1\nb-3 B-3", "A-1"}
	want := []Tally{
		{Code: 0, Text: "a-1", Count: 3, First: Place{0, 1, 1}, Last: Place{3, 1, 1}, Line: "a-1 B-3"},
		{Code: 1, Unknown: true, Text: "B-3", Count: 2, First: Place{0, 1, 5}, Last: Place{2, 3, 5}, Line: "a-1 B-3", At: 4},
		{Code: 1, Text: "B-2", Count: 1, First: Place{2, 2, 1}, Last: Place{2, 2, 1}, Line: "B-2 A-1"},
		{Code: 1, Unknown: true, Text: "b-3", Count: 1, First: Place{2, 3, 1}, Last: Place{2, 3, 1}, Line: "b-3 B-3"},
	}
	for _, order := range [][]int{{0, 1, 2, 3}, {3, 2, 1, 0}, {2, 0, 3, 1}} {
		sum := c.Tallies()
		for _, stream := range order {
			if err := sum.Add(t.Context(), stream, strings.NewReader(streams[stream])); err != nil {
				t.Fatal(err)
			}
		}
		var got []Tally
		all, _ := sum.All()
		for _, tally := range all {
			got = append(got, *tally)
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("in order %v: %+v", order, got)
		}
	}

	sum := c.Tallies()
	for stream := range 3 {
		var log strings.Builder
		for i := range MaxUnknown {
			fmt.Fprintf(&log, "B-%d\n", 10+stream*MaxUnknown+i)
		}
		if err := sum.Add(t.Context(), stream, strings.NewReader(log.String())); err != nil {
			t.Fatal(err)
		}
	}
	if all, omitted := sum.All(); len(all) != MaxUnknown || omitted != 2*MaxUnknown {
		t.Errorf("%d tallies of three streams, %d omitted", len(all), omitted)
	}
}
