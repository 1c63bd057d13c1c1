package scan

import (
	"slices"
	"strings"
	"testing"
)

func TestSequence(t *testing.T) {
	title := func(n int) string { return "\x1b]0;" + strings.Repeat("t", n-5) + "\a" }
	for _, test := range []struct {
		text string
		want int
	}{
		{"", 0},
		{"a\x1b[m", 0},
		{"\x1b", 0},
		{"\x1b[", 0},
		{"\x1b[m", 3},
		{"\x1b[0m-401", 4},
		{"\x1b[1;38:5:196mA", 13},
		{"\x1b[?25h", 6},
		{"\x1b[2 q", 5},
		{"\x1b[2Kx", 4},
		{"\x1b[31", 0},
		{"\x1b[31\n", 0},
		{"\x1b[3\x1b[m", 0},
		{"\x1b[ 3m", 0}, // a parameter behind an intermediate byte
		{"\x1b[é", 0},
		{"\x1b(B", 0},
		{"\x1b]", 0},
		{"\x1b]\a", 3},
		{"\x1b]0;a title\aA", 12},
		{"\x1b]8;;https://example.com/é\x1b\\A", 29},
		{"\x1b]0;a title", 0},
		{"\x1b]0;a title\n\a", 0},
		{"\x1b]0;a title\x1b", 0},
		{"\x1b]0;a title\x1b[m\a", 0},
		{title(longestSequence) + "A", longestSequence},
		{title(longestSequence + 1), 0},
		{"\x1b[" + strings.Repeat("1", longestSequence-3) + "mA", longestSequence},
		{"\x1b[" + strings.Repeat("1", longestSequence-2) + "m", 0},
	} {
		if got, inBytes := sequence(test.text), sequence([]byte(test.text)); got != test.want || inBytes != test.want {
			t.Errorf("%.50q: %d, in bytes %d, want %d", test.text, got, inBytes, test.want)
		}
	}
}

func TestWithoutSequences(t *testing.T) {
	for _, test := range []struct {
		text, plain string
		cuts        []int
	}{
		{"plain", "plain", nil},
		{"\x1b[1mAUTH\x1b[0m-401\x1b[m", "AUTH-401", []int{0, 4, 8}},
		{"\x1b]8;;a\aA\x1b]8;;\a\x1b[mB", "AB", []int{0, 1, 1}},
		{"\x1bA\x1b]0;AUTH-401\n\x1b[m", "\x1bA\x1b]0;AUTH-401\n", []int{15}},
	} {
		if plain, cuts := withoutSequences(test.text); plain != test.plain || !slices.Equal(cuts, test.cuts) {
			t.Errorf("%q: %q, %v; want %q, %v", test.text, plain, cuts, test.plain, test.cuts)
		}
	}
}
