package document

import (
	"bytes"
	"io"
	"slices"
	"unicode/utf8"
)

// A source is the text of a document on its way to a parser. It leaves out a
// byte order mark, ends with an error before the first byte that is no UTF-8,
// and keeps the text behind the last place that was asked for.
type source struct {
	r     io.Reader
	err   error    // why there is no more to read
	text  []byte   // the text kept, from offset start on
	start int64    // the offset of text
	at    Position // the place of text
	valid int      // so much of text is UTF-8
	given int      // so much of text has been read from the source
}

func newSource(r io.Reader) *source {
	s := &source{r: r, at: Position{1, 1}}
	for len(s.text) < 3 && s.err == nil {
		s.read(3 - len(s.text))
	}
	switch head := s.text; {
	case bytes.HasPrefix(head, []byte("\ufeff")):
		s.text = nil
	case bytes.HasPrefix(head, []byte{0xfe, 0xff}), bytes.HasPrefix(head, []byte{0xff, 0xfe}),
		slices.Contains(head[:min(2, len(head))], 0):
		s.text = nil
		s.err = &Error{s.at, "the file is UTF-16, not UTF-8"}
	}
	s.check()
	return s
}

// read asks for n bytes.
func (s *source) read(n int) {
	end := len(s.text)
	s.text = slices.Grow(s.text, n)
	n, s.err = s.r.Read(s.text[end : end+n])
	s.text = s.text[:end+n]
}

// check finds out how much of the text is UTF-8. An incomplete character at
// its end is an error only when no more follows.
func (s *source) check() {
	s.valid += validUTF8(s.text[s.valid:])
	rest := s.text[s.valid:]
	if len(rest) > 0 && (utf8.FullRune(rest) || s.err == io.EOF) {
		s.err = &Error{s.at.after(s.text[:s.valid]), "the file is not UTF-8"}
	}
}

// fill reads some more.
func (s *source) fill() {
	const chunk = 64 << 10
	s.read(chunk)
	s.check()
}

// validUTF8 returns how many bytes at the beginning of b are UTF-8.
func validUTF8(b []byte) int {
	if utf8.Valid(b) {
		return len(b)
	}
	n := 0
	for n < len(b) {
		r, size := utf8.DecodeRune(b[n:])
		if r == utf8.RuneError && size == 1 {
			break
		}
		n += size
	}
	return n
}

// Read implements io.Reader.
func (s *source) Read(p []byte) (int, error) {
	for s.given == s.valid {
		if s.err != nil {
			return 0, s.err
		}
		s.fill()
	}
	n := copy(p, s.text[s.given:s.valid])
	s.given += n
	return n, nil
}

// all returns the text that was not read yet.
func (s *source) all() ([]byte, error) {
	for s.err == nil {
		s.fill()
	}
	if s.err != io.EOF {
		return nil, s.err
	}
	return s.text[s.given:], nil
}

// position returns the place of an offset into the text that was read. It
// forgets what is before it: offsets can only be asked for in order.
func (s *source) position(offset int64) Position {
	n := int(offset - s.start)
	s.at = s.at.after(s.text[:n])
	s.start = offset
	s.text = s.text[n:]
	s.valid -= n
	s.given -= n
	return s.at
}
