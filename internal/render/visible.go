package render

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Visible returns s with every character that could steer a terminal or
// reorder what is read as an escape such as \x1b or \u202e: C0 except newline,
// DEL, C1, bidirectional controls, line and paragraph separators and tag
// characters; bytes that are not UTF-8 likewise. It is the one door for a
// stranger's text.
func Visible(s string) string { return visible(styled{text: s}).text }

// visible is Visible for a styled text, whose colours stay on their words.
func visible(t styled) styled {
	if !needsEscape(t.text) {
		return t
	}
	var b strings.Builder
	offsets := make([]int, len(t.text)+1) // where each byte of the text went
	for i, r := range t.text {
		offsets[i] = b.Len()
		_, size := utf8.DecodeRuneInString(t.text[i:])
		switch {
		case r == utf8.RuneError && size == 1, hazardous(r) && r < 0x80:
			fmt.Fprintf(&b, `\x%02x`, t.text[i])
		case !hazardous(r):
			b.WriteString(t.text[i : i+size])
		case r <= 0xFFFF:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			fmt.Fprintf(&b, `\U%08x`, r)
		}
	}
	offsets[len(t.text)] = b.Len()
	escaped := styled{text: b.String()}
	for _, s := range t.spans {
		escaped.spans = append(escaped.spans, span{offsets[s.start], offsets[s.end], s.color})
	}
	return escaped
}

func needsEscape(s string) bool {
	return !utf8.ValidString(s) || strings.ContainsFunc(s, hazardous)
}

// hazardous reports whether a terminal may obey r instead of showing it.
func hazardous(r rune) bool {
	switch {
	case r == '\n':
		return false
	case r < 0x20, r >= 0x7F && r <= 0x9F: // C0, DEL, C1
		return true
	case r == 0x061C, r == 0x200E, r == 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069: // bidirectional
		return true
	case r == 0x2028, r == 0x2029: // line and paragraph separator
		return true
	}
	return r >= 0xE0000 && r <= 0xE007F // tags
}
