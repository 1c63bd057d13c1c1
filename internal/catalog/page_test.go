package catalog

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
)

// TestPage lays the built-in catalog out as the page that it was taken from
// and compares the two line by line: every word in its place, and no more.
func TestPage(t *testing.T) {
	data, err := os.ReadFile("testdata/error-codes-page.txt")
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n", embedded(t).catalogs[0].Title)
	for _, e := range entries(t, embedded(t).List(t.Context(), Filter{})) {
		fmt.Fprintf(&b, "%s\n\n%s\n\n%s\n\nPossible Causes:\n\n", e.Code, e.Title, e.Description)
		for _, cause := range e.Causes {
			fmt.Fprintf(&b, "  • %s\n", cause)
		}
		fmt.Fprintf(&b, "\nResolution:\n\n%s\n\n", e.Resolution)
	}

	got, want := strings.Split(b.String(), "\n"), strings.Split(strings.TrimSuffix(string(data), "No errors found matching your search."), "\n")
	for i := range min(len(got), len(want)) {
		if got[i] != want[i] {
			t.Fatalf("line %d of the page:\n catalog %q\n    page %q", i+1, got[i], want[i])
		}
	}
	// What the page has no entry for follows the page.
	if len(got) < len(want) {
		t.Errorf("the catalog makes %d lines, the page has %d", len(got), len(want))
	}
}

// TestPageStatus holds each status against the number that ends the code,
// which is all that the page says of it.
func TestPageStatus(t *testing.T) {
	for _, e := range entries(t, embedded(t).List(t.Context(), Filter{})) {
		number := e.Code[strings.LastIndex(e.Code, "-")+1:]
		if strconv.Itoa(e.Status) != number {
			t.Errorf("%s has status %d", e.Code, e.Status)
		}
	}
}
