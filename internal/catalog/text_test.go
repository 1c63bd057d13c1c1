package catalog

import (
	"slices"
	"strings"
	"testing"

	"github.com/errcode-cli/errcode/internal/entry"
)

var pasting = []entry.Entry{
	{Code: "XY-101", Aliases: []string{"refused"}},
	{Code: "XY-101-2"},
	{Code: "E0308"},
	{Code: "ddl:1045"},
	{Code: "a/b-1"},
	{Code: "23505"},
	{Code: "5.1.1"},
	{Code: "-32600"},
	{Code: "0x80070005"},
	{Code: "M-1", Messages: []string{"no space left on {device}"}},
	{Code: "M-2", Messages: []string{"no space left", "quota of %d exceeded"}},
	{Code: "M-3", Messages: []string{"quota of %d exceeded"}},
	{Code: "M-4", Messages: []string{"{a}deadlocked{b}"}},
}

// TestParts finds what stands in a text, and what has the shape of a code.
func TestParts(t *testing.T) {
	s := selectionOf(pasting...)
	for _, test := range []struct{ text, found, unknown string }{
		{"failed: XY-101 (E0308), then XY-101", "XY-101 E0308", ""},
		{"XY-101-2 is not XY-101-3, nor XY-101.2", "XY-101-2", "XY-101-3"},
		{"NOT-XY-101 and XY-101-EXPIRED", "", ""},
		{"xy-101 is spelt otherwise", "", ""},
		{"see XY-999, E9999 and XY-999", "", "XY-999 E9999"},
		{"ddl:1045: denied for ddl:1046", "ddl:1045", "ddl:1046"},
		{"at a/b-1/XY-101", "a/b-1 XY-101", ""},
		{"at a/b-2", "", "a/b-2"},
		{"SQLSTATE[23505]", "23505", ""},
		{"took 23505 ms, refused", "", ""},
		{"error: refused, errno=23505 status (5.1.1)", "refused 23505 5.1.1", ""},
		{"mail 5.1.1 bounced", "", ""},
		{"code -32600 and code 32600", "-32600", ""},
		{"HRESULT 0x80070005 or -2147024891", "0x80070005", ""},
		{"error -2147024891", "-2147024891", ""},
		{"https://docs.example.com/23505", "23505", ""},
		{"https://docs.example.com/v2/23505/page", "", ""},
		{"https://docs.example.com/XY-101.html#top", "XY-101", ""},
		{"at https://docs.example.com/XY-777.html", "", "XY-777"},
		{"https://docs.example.com/XY-777.html", "", ""},
		{strings.Repeat("/", 10_000) + "XY-101", "XY-101", ""},
		{"", "", ""},
	} {
		found, unknown, err := s.parts(t.Context(), test.text)
		var parts []string
		for _, f := range found {
			parts = append(parts, f.Word)
			if f.By != ByPart || len(f.Entries) != 1 {
				t.Errorf("%.60q has %+v", test.text, f)
			}
		}
		if err != nil || !slices.Equal(parts, words(test.found)) || !slices.Equal(unknown, words(test.unknown)) {
			t.Errorf("%.60q has %q, and unknown %q (%v)", test.text, parts, unknown, err)
		}
	}
}

// TestPrinted finds the entries with the message that says the most.
func TestPrinted(t *testing.T) {
	s := selectionOf(pasting...)
	for text, want := range map[string]string{
		"write: no space left on /dev/sda1": "M-1",
		"no space left":                     "M-2",
		"NO  SPACE LEFT!":                   "M-2",
		"no space\nleft":                    "",
		"quota of 5 exceeded":               "M-2 M-3",
		"quota of five exceeded":            "",
		"transactions deadlocked again":     "M-4",
		"two deadlockedly":                  "M-4",
		"space no left":                     "",
		"":                                  "",
	} {
		found, err := s.printed(t.Context(), text)
		if got := codes(found.Entries); err != nil || !slices.Equal(got, words(want)) {
			t.Errorf("%q is printed with %q (%v), want %q", text, got, err, want)
		}
	}
}

// TestCovering finds the entry that answers for codes without one of their own.
func TestCovering(t *testing.T) {
	s := selectionOf(
		entry.Entry{Code: "PAY-900", Covers: []string{"PAY-900-949", "129-192"}},
		entry.Entry{Code: "PAY-910"},
		entry.Entry{Code: "OTHER", Covers: []string{"PAY-940-960"}},
	)
	for word, want := range map[string]string{
		"PAY-901": "PAY-900", "pay_0949": "PAY-900 OTHER", "PAY-910": "PAY-910", "PAY-950": "OTHER", "130": "PAY-900",
		"193": "", "-130": "", "PAY-9010": "", "PAYS-901": "", "PAY-901-2": "",
	} {
		found, err := meant(s.Get(t.Context(), word))
		if got := codes(found.Entries); err != nil || !slices.Equal(got, words(want)) {
			t.Errorf("%q gets %q (%v), want %q", word, got, err, want)
		}
	}
}

// FuzzGet holds that whatever is pasted is answered: each thing that is found has
// entries, each entry is found once, and all else is a miss.
func FuzzGet(f *testing.F) {
	for _, text := range []string{"error[XY-101]", "0x80070005", "-5", "a/b-1/XY-101", "no space left on x", "https://x/y.html", `{"code":5}`, "XY-101 XY-999", "made:XY-101", "C0000005"} {
		f.Add(text)
	}
	s := selectionOf(pasting...)
	f.Fuzz(func(t *testing.T, text string) {
		found, unknown, err := s.Get(t.Context(), text)
		if err != nil {
			t.Fatal(err)
		}
		for i, one := range found {
			if one.Entries == nil || slices.ContainsFunc(found[:i], one.same) {
				t.Errorf("%q has %+v", text, found)
			}
			if len(one.Entries) > 1 {
				if m, err := s.Several(t.Context(), one); err != nil || len(m.Several) != len(one.Entries) {
					t.Errorf("%q stands for %+v (%v)", text, m, err)
				}
			}
		}
		for _, word := range unknown {
			if again, _, err := s.Get(t.Context(), word); err != nil || len(again) > 0 && again[0].By < ByFolding {
				t.Errorf("%q is unknown in %q, and is %+v (%v)", word, text, again, err)
			}
		}
		if m, err := s.Miss(t.Context(), text, "XY"); err != nil || m.Word != text {
			t.Errorf("the miss of %q: %+v (%v)", text, m, err)
		}
	})
}
