package text

import (
	"bytes"
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
