// Package text is what is done with a text because a stranger wrote it and
// people read it: what a terminal or a CI's runner would obey is made visible
// (Visible, Shown) or inert (Inert), its width is measured and its lines wrapped
// (Columns, Wrap), and the blocks of its Markdown are found (Blocks). It knows
// neither colours nor entries.
package text

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// Visible returns s with every character that could steer a terminal or
// reorder what is read as an escape such as \x1b or \u202e: C0 except newline,
// DEL, C1, bidirectional controls, line and paragraph separators and tag
// characters; bytes that are not UTF-8 likewise. A carriage return before a line
// feed is part of the line's end, and left out. It is the one door for a stranger's
// text.
func Visible(s string) string {
	shown, _ := Escape(s)
	return shown
}

// Escape is Visible, and where each character of s went: offset takes the byte at
// which one begins, or the length of s, and returns the byte in what is shown.
func Escape(s string) (shown string, offset func(int) int) {
	if !needsEscape(s) {
		return s, func(at int) int { return at }
	}
	var b strings.Builder
	offsets := make([]int, len(s)+1)
	for i, r := range s {
		offsets[i] = b.Len()
		_, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case strings.HasPrefix(s[i:], "\r\n"):
		case r == utf8.RuneError && size == 1, hazardous(r) && r < 0x80:
			fmt.Fprintf(&b, `\x%02x`, s[i])
		case !hazardous(r):
			b.WriteString(s[i : i+size])
		case r <= 0xFFFF:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			fmt.Fprintf(&b, `\U%08x`, r)
		}
	}
	offsets[len(s)] = b.Len()
	return b.String(), func(at int) int { return offsets[at] }
}

// InJSON returns compact JSON with those characters as \uXXXX that Visible escapes,
// and those that begin a command of a CI's runner: JSON is read on terminals and by
// runners too. It says the same, since such stand in strings only.
func InJSON(json []byte) []byte {
	if !bytes.ContainsFunc(json, hazardous) && !bytes.Contains(json, []byte("##")) {
		return json
	}
	var escaped bytes.Buffer
	var bracket bracket
	for _, r := range string(json) {
		if !bracket.begunBy(r) && !hazardous(r) {
			escaped.WriteRune(r)
			continue
		}
		for _, unit := range utf16.Encode([]rune{r}) {
			fmt.Fprintf(&escaped, `\u%04x`, unit)
		}
	}
	return escaped.Bytes()
}

// InYAML returns a text as one of YAML's in double quotes, with the same characters as
// escapes, and those that YAML has no other way to write.
func InYAML(s string) string {
	var quoted strings.Builder
	var bracket bracket
	quoted.WriteByte('"')
	for _, r := range s {
		switch begun := bracket.begunBy(r); {
		case r == '"', r == '\\':
			quoted.WriteString(`\` + string(r))
		case r == '\n':
			quoted.WriteString(`\n`)
		case r == '\t':
			quoted.WriteString(`\t`)
		case !begun && !hazardous(r) && r != '\ufeff' && r != '\ufffe' && r != '\uffff':
			quoted.WriteRune(r)
		case r <= 0xFFFF:
			fmt.Fprintf(&quoted, `\u%04x`, r)
		default:
			fmt.Fprintf(&quoted, `\U%08x`, r)
		}
	}
	quoted.WriteByte('"')
	return quoted.String()
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
