package render

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Shown passes a log on to a terminal: control characters are shown, as Visible
// shows them, but for tabs, the ends of lines and the log's own colours. Pass it
// whole characters.
type Shown struct {
	to      io.Writer
	colored bool   // by the log
	held    []byte // see unfinished
}

// NewShown returns a Shown that writes to w.
func NewShown(w io.Writer) *Shown { return &Shown{to: w} }

// Reset ends the log's colours: what else is written has its own, or none.
func (s *Shown) Reset() error {
	if held := s.held; held != nil {
		s.held = nil
		if _, err := io.WriteString(s.to, Visible(string(held))); err != nil {
			return err
		}
	}
	if !s.colored {
		return nil
	}
	s.colored = false
	_, err := io.WriteString(s.to, "\x1b[0m")
	return err
}

func (s *Shown) Write(text []byte) (int, error) {
	var b bytes.Buffer
	rest := append(s.held, text...)
	at := len(rest) - unfinished(rest)
	s.held = bytes.Clone(rest[at:])
	for rest = rest[:at]; len(rest) > 0; {
		n := harmless(rest)
		b.Write(rest[:n])
		s.colored = s.colored || bytes.IndexByte(rest[:n], '\x1b') >= 0
		rest = rest[n:]
		if n = harmful(rest); n > 0 {
			b.WriteString(Visible(string(rest[:n])))
			rest = rest[n:]
		}
	}
	if _, err := s.to.Write(b.Bytes()); err != nil {
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

// unfinished is the length of what may begin the end of a line, or a sequence that
// sets colours, at the end of a text. None is longer than a few dozen bytes.
func unfinished(text []byte) int {
	if bytes.HasSuffix(text, []byte("\r")) {
		return 1
	}
	at := bytes.LastIndexByte(text, '\x1b')
	if at < 0 || len(text)-at > 64 {
		return 0
	}
	rest, _ := bytes.CutPrefix(text[at+1:], []byte("["))
	if len(bytes.Trim(rest, "0123456789;:")) > 0 {
		return 0
	}
	return len(text) - at
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

// withoutCommands escapes in a text the brackets that begin commands of others than
// GitHub's runner.
func withoutCommands(s string) string {
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
