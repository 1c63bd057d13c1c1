package text

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Inert returns a writer that passes text on so that a CI's runner finds no command
// in it, which a stranger's text could hold: a colon that begins a line, as GitHub's
// commands do, and the bracket of what begins "##[", "##vso[" or "##teamcity[", as
// others do, appear as escapes.
func Inert(w io.Writer) io.Writer { return &inert{Writer: w, begins: true} }

type inert struct {
	io.Writer
	begins  bool // the line has only blanks so far
	bracket bracket
}

func (in *inert) Write(text []byte) (int, error) {
	var b bytes.Buffer
	for rest := text; len(rest) > 0; {
		r, size := utf8.DecodeRune(rest)
		switch {
		case in.bracket.begunBy(r), r == ':' && in.begins:
			fmt.Fprintf(&b, `\x%02x`, r)
		case r == utf8.RuneError && size == 1: // some runners take such for the mark of another encoding
			fmt.Fprintf(&b, `\x%02x`, rest[0])
		default:
			b.Write(rest[:size])
		}
		// The runner breaks lines at a lone carriage return too, and passes over a
		// byte order mark.
		in.begins = r == '\n' || r == '\r' || in.begins && (unicode.IsSpace(r) || r == '\ufeff')
		rest = rest[size:]
	}
	if _, err := in.Writer.Write(b.Bytes()); err != nil {
		return 0, err
	}
	return len(text), nil
}

// WithoutCommands escapes in a text the brackets that begin commands of others than
// GitHub's runner.
func WithoutCommands(s string) string {
	if !strings.Contains(s, "##") {
		return s
	}
	var b strings.Builder
	var bracket bracket
	for _, r := range s {
		if bracket.begunBy(r) {
			fmt.Fprintf(&b, `\x%02x`, r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// A bracket watches a text for what begins a command that may stand anywhere in a
// line: two "#", letters or none, and a bracket.
type bracket struct {
	hashes  int // that stand right before
	letters bool
}

// begunBy takes the next character and reports whether it is such a bracket.
func (c *bracket) begunBy(r rune) bool {
	switch {
	case r == '[':
		begun := c.hashes >= 2
		*c = bracket{}
		return begun
	case r == '#' && c.letters:
		*c = bracket{hashes: 1}
	case r == '#':
		c.hashes++
	case c.hashes >= 2 && unicode.IsLetter(r):
		c.letters = true
	default:
		*c = bracket{}
	}
	return false
}
