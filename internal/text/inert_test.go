package text

import (
	"bytes"
	"regexp"
	"strings"
	"testing"
)

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
