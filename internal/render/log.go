package render

import (
	"bytes"
	"fmt"
	"io"
	"unicode"
	"unicode/utf8"
)

// Shown returns a writer that passes a log on to a terminal: control characters
// are shown, as Visible shows them, but for tabs, the ends of lines and the log's
// own colours. Pass it whole characters and escape sequences.
func Shown(w io.Writer) io.Writer { return shown{w} }

type shown struct{ io.Writer }

func (s shown) Write(text []byte) (int, error) {
	var b bytes.Buffer
	for rest := text; len(rest) > 0; {
		n := harmless(rest)
		b.Write(rest[:n])
		rest = rest[n:]
		if n = harmful(rest); n > 0 {
			b.WriteString(Visible(string(rest[:n])))
			rest = rest[n:]
		}
	}
	if _, err := s.Writer.Write(b.Bytes()); err != nil {
		return 0, err
	}
	return len(text), nil
}

// harmless is how many bytes from the beginning on can be sent as they are.
func harmless(text []byte) int {
	n := 0
	for n < len(text) {
		size := max(colors(text[n:]), lineEnd(text[n:]))
		if size == 0 && harmful(text[n:]) == 0 {
			_, size = utf8.DecodeRune(text[n:])
		}
		if size == 0 {
			break
		}
		n += size
	}
	return n
}

// harmful is the length of the character at the beginning if a terminal may
// obey it, else 0.
func harmful(text []byte) int {
	r, size := utf8.DecodeRune(text)
	if size > 0 && r != '\t' && (hazardous(r) || r == utf8.RuneError && size == 1) {
		return size
	}
	return 0
}

// lineEnd is the length of the end of a line that begins the text.
func lineEnd(text []byte) int {
	switch {
	case bytes.HasPrefix(text, []byte("\r\n")):
		return 2
	case bytes.HasPrefix(text, []byte("\n")):
		return 1
	}
	return 0
}

// colors is the length of the sequence that begins the text and sets colours
// (SGR), or 0.
func colors(text []byte) int {
	if !bytes.HasPrefix(text, []byte("\x1b[")) {
		return 0
	}
	for i, c := range text[2:] {
		switch {
		case c == 'm':
			return i + 3
		case (c < '0' || c > '9') && c != ';' && c != ':':
			return 0
		}
	}
	return 0
}

// Inert returns a writer that passes text on so that GitHub's runner finds no
// workflow command in it, which a stranger's text could hold: a colon that begins
// a line, and what would begin a command of the old form ("##[") appear as
// escapes.
func Inert(w io.Writer) io.Writer { return &inert{Writer: w, begins: true} }

type inert struct {
	io.Writer
	begins bool // the line has only blanks so far
	hashes int  // that stand right before
}

func (in *inert) Write(text []byte) (int, error) {
	var b bytes.Buffer
	for rest := text; len(rest) > 0; {
		r, size := utf8.DecodeRune(rest)
		switch {
		case r == ':' && in.begins, r == '[' && in.hashes >= 2:
			fmt.Fprintf(&b, `\x%02x`, r)
		default:
			b.Write(rest[:size])
		}
		if in.hashes++; r != '#' {
			in.hashes = 0
		}
		// The runner breaks lines at a lone carriage return too.
		in.begins = r == '\n' || r == '\r' || in.begins && unicode.IsSpace(r)
		rest = rest[size:]
	}
	if _, err := in.Writer.Write(b.Bytes()); err != nil {
		return 0, err
	}
	return len(text), nil
}
