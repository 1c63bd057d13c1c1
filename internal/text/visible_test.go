package text

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestVisible(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"harmless", "a é 错 👍🏽 \n", "a é 错 👍🏽 \n"},
		{"C0", "\x00\a\b\t\r\x1b", `\x00\x07\x08\x09\x0d\x1b`},
		{"ends of lines", "a\r\nb\r\r\n", "a\nb\\x0d\n"},
		{"DEL", "\x7f", `\x7f`},
		{"C1", "\u0080\u009b\u009f", `\u0080\u009b\u009f`},
		{"bidirectional", "\u061c\u200e\u200f\u202a\u202e\u2066\u2069", `\u061c\u200e\u200f\u202a\u202e\u2066\u2069`},
		{"separators", "\u2028\u2029", `\u2028\u2029`},
		{"tags", "\U000E0001\U000E007F", `\U000e0001\U000e007f`},
		{"bad UTF-8", "a\xffb\xc3", `a\xffb\xc3`},
		{"beside them", "\u00a0\u200b\u2065\u206a\U000E0080", "\u00a0\u200b\u2065\u206a\U000E0080"},
	} {
		if got := Visible(test.text); got != test.want {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
	shown, offset := Escape("a\x1bb word")
	if got := shown[offset(4):offset(8)]; got != "word" {
		t.Errorf("the word moved: %q", got)
	}
}

func TestInYAML(t *testing.T) {
	for text, want := range map[string]string{
		"":                       `""`,
		"a é 错 👍🏽":               `"a é 错 👍🏽"`,
		"\"\\\n\t\r":             `"\"\\\n\t\u000d"`,
		"\x1b\u0085\u202e\u2028": `"\u001b\u0085\u202e\u2028"`,
		"\U000E0041\ufeff\uffff": `"\U000e0041\ufeff\uffff"`,
		"##[a ##vso[b":           `"##\u005ba ##vso\u005bb"`,
	} {
		if got := InYAML(text); got != want {
			t.Errorf("%q is %s, not %s", text, got, want)
		}
	}
}

func FuzzVisible(f *testing.F) {
	f.Add("a\x1b[31m\u202e\xff")
	f.Fuzz(func(t *testing.T, text string) {
		got := Visible(text)
		if strings.ContainsFunc(got, hazardous) || !utf8.ValidString(got) {
			t.Errorf("%q becomes %q", text, got)
		}
		if got != text && utf8.ValidString(text) && !strings.ContainsFunc(text, hazardous) {
			t.Errorf("harmless %q becomes %q", text, got)
		}
	})
}
