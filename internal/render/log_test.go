package render

import (
	"bytes"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestShown(t *testing.T) {
	for text, want := range map[string]string{
		"plain\tétude\n":             "plain\tétude\n",
		"crlf\r\nend\n":              "crlf\r\nend\n",
		"over\rwritten":              `over\x0dwritten`,
		"\x1b[1;31mred\x1b[m\x1b[0m": "\x1b[1;31mred\x1b[m\x1b[0m",
		"\x1b[38:5:1mred":            "\x1b[38:5:1mred",
		"\x1b[2Jgone\x1b]0;t\x07":    `\x1b[2Jgone\x1b]0;t\x07`,
		"\x1b[31":                    `\x1b[31`,
		"\x1b[?1m":                   `\x1b[?1m`,
		"\x9bm \u009b31m \xff":       `\x9bm \u009b31m \xff`,
		"a\u202eb\u2028":             `a\u202eb\u2028`,
	} {
		for size := 1; size <= len(text); size++ { // however it is cut between characters
			var b bytes.Buffer
			s := NewShown(&b)
			var piece []byte
			for _, r := range split(text) {
				if piece = append(piece, r...); len(piece) >= size {
					if n, err := s.Write(piece); n != len(piece) || err != nil {
						t.Errorf("%q: %d, %v", text, n, err)
					}
					piece = nil
				}
			}
			_, failed := s.Write(piece)
			s.colored = false // only what was held back is to come
			if err := s.Reset(); failed != nil || err != nil || b.String() != want {
				t.Errorf("%q is shown as %q (%v, %v), not %q", text, b.String(), failed, err, want)
			}
		}
	}
}

// split returns the characters of a text.
func split(text string) []string {
	var all []string
	for text != "" {
		_, size := utf8.DecodeRuneInString(text)
		all, text = append(all, text[:size]), text[size:]
	}
	return all
}

// TestShownReset ends the log's colours, if it has any.
func TestShownReset(t *testing.T) {
	var b bytes.Buffer
	s := NewShown(&b)
	for _, text := range []string{"plain\n", "\x1b[8mhidden\n", "more\n", "\x1b[2J\n"} {
		if _, err := s.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
		if err := s.Reset(); err != nil {
			t.Fatal(err)
		}
	}
	if want := "plain\n\x1b[8mhidden\n\x1b[0mmore\n\\x1b[2J\n"; b.String() != want {
		t.Errorf("%q, not %q", b.String(), want)
	}
}

// command is what a CI's runner takes for a command. GitHub's breaks lines at
// carriage returns too, trims blanks and passes over a byte order mark.
var command = regexp.MustCompile(`(^|[\r\n])[\s\x{85}\p{Z}\x{feff}]*::|##\pL*\[`)

func TestInert(t *testing.T) {
	for text, want := range map[string]string{
		"::error::x\n":            "\\x3a:error::x\n",
		"a ::b\nstd::string":      "a ::b\nstd::string",
		" \t::a\r::b\u2028\n\n::": " \t\\x3a:a\r\\x3a:b\u2028\n\n\\x3a:",
		"x##[error]#[a]":          "x##\\x5berror]#[a]",
		"###[":                    "###\\x5b",
		"##vso[task] ##teamcity[": "##vso\\x5btask] ##teamcity\\x5b",
		"##a b[ ##1[ #a#b[ ##a#[": "##a b[ ##1[ #a#b[ ##a#[",
		"\ufeff::error::x":        "\ufeff\\x3a:error::x",
		"\xff\xfe::e\xc3":         `\xff\xfe::e\xc3`,
	} {
		if got := inertIn(text, len(text)); got != want {
			t.Errorf("%q becomes %q, not %q", text, got, want)
		}
	}
}

// inertIn is what a text becomes that is written in pieces of at most n bytes.
func inertIn(text string, n int) string {
	var b bytes.Buffer
	w := Inert(&b)
	for text != "" {
		piece := text[:min(n, len(text))]
		text = text[len(piece):]
		_, _ = w.Write([]byte(piece))
	}
	return b.String()
}

func FuzzInert(f *testing.F) {
	f.Add("::a\r::b ##[c", uint8(1))
	f.Fuzz(func(t *testing.T, text string, n uint8) {
		text = strings.ToValidUTF8(text, "?")
		got := inertIn(text, int(n)+1)
		if isASCII(text) && command.MatchString(got) {
			t.Errorf("%q becomes %q", text, got)
		}
		if whole := inertIn(text, len(text)+1); command.MatchString(whole) {
			t.Errorf("%q becomes %q", text, whole)
		} else if !command.MatchString(text) && !strings.Contains(text, ":") && whole != text {
			t.Errorf("%q becomes %q", text, whole)
		}
	})
}

func isASCII(s string) bool { return strings.IndexFunc(s, func(r rune) bool { return r > 0x7f }) < 0 }
