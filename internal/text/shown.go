package text

import (
	"bytes"
	"io"
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
