package scan

import (
	"bytes"
	"context"
	"encoding/binary"
	"io"
	"iter"
	"slices"
	"unicode/utf8"
)

// A Finding is a place where a code or, where Unknown is set, a relative of one
// was found. Its text, and what its methods return, are good until the next
// Finding or Line is asked for.
type Finding struct {
	Code    int   // the index of the code, or of the first that the text is a relative of
	Unknown bool  // the text is no code itself
	Offset  int64 // the bytes of the stream before it
	Text    []byte
	s       *scanner
	at      int // in the buffer
}

// Place returns the line and the column of its first character, from 1. Columns
// count characters; a byte that is no UTF-8 is one. Places cost little more
// than counting lines if they are asked for in order.
func (f Finding) Place() (line, column int64) {
	s := f.s
	if f.at < s.mark.at {
		s.mark = s.origin
	}
	s.mark = s.position(f.at)
	return s.mark.line, s.mark.column
}

// excerpt is how much there is of a line before and behind the beginning of a
// finding, at the most. Of unknown tokens there may be many, of codes as many as are
// known.
const (
	excerpt        = 2 << 10
	unknownExcerpt = 200
)

// Excerpt returns the line without its end, and where in it the finding is. Of
// a long line it is what is next to the finding: 4 KiB at most, and 400 bytes where
// that is unknown.
func (f Finding) Excerpt() (line []byte, at int) {
	size := excerpt
	if f.Unknown {
		size = unknownExcerpt
	}
	b := f.s.buf[:f.s.end]
	start, end := max(0, f.at-size), min(len(b), f.at+size)
	if i := bytes.LastIndexByte(b[start:f.at], '\n'); i >= 0 {
		start += i + 1
	} else if f.s.base+int64(start) > 0 {
		start = runeStart(b, start+utf8.UTFMax-1)
	}
	if i := bytes.IndexByte(b[f.at:end], '\n'); i >= 0 {
		end = f.at + i
	} else if end < len(b) {
		end = runeStart(b, end)
	}
	return bytes.TrimSuffix(b[start:end], []byte("\r")), f.at - start
}

// A Line is a line of the stream, or a piece of one that is very long.
type Line struct {
	Number   int64  // from 1
	Text     []byte // with the end of the line; pieces do not split characters or findings
	More     bool   // the line goes on in the next Line
	Findings []Finding
}

// Scan yields what is found in a stream, in order. It reads to the end of the
// stream or to an error, which comes last. A finding is yielded when the line
// has been read in which it is, or some 4 KiB of the line behind it.
func (c *Codes) Scan(ctx context.Context, r io.Reader) iter.Seq2[Finding, error] {
	return c.Count(ctx, r, new(int64))
}

// Count is Scan for those who want to know how many lines end in the stream as well,
// as far as it was read: lines says so when the sequence has ended.
func (c *Codes) Count(ctx context.Context, r io.Reader, lines *int64) iter.Seq2[Finding, error] {
	return func(yield func(Finding, error) bool) {
		s := c.scanner(r)
		defer c.scanners.Put(s)
		for s.fill(ctx) {
			for f := range s.findings {
				if !yield(f, nil) {
					return
				}
			}
		}
		*lines = s.position(s.to).line - 1
		if s.err != io.EOF {
			yield(Finding{}, s.err)
		}
	}
}

// Lines yields every byte of a stream, line by line as they come, with what is
// found in them. Like Scan, it reads to the end or to an error, which comes
// last.
func (c *Codes) Lines(ctx context.Context, r io.Reader) iter.Seq2[Line, error] {
	return func(yield func(Line, error) bool) {
		s := c.scanner(r)
		defer c.scanners.Put(s)
		number := int64(1)
		var findings []Finding
		for s.fill(ctx) {
			findings = slices.AppendSeq(findings[:0], s.findings)
			rest := findings
			for start, end := s.from, 0; start < s.to; start = end {
				line := Line{Number: number}
				if i := bytes.IndexByte(s.buf[start:s.to], '\n'); i >= 0 {
					end = start + i + 1
					number++
				} else {
					end = s.to
					line.More = s.err == nil
				}
				n := 0
				for n < len(rest) && rest[n].at < end {
					n++
				}
				line.Text, line.Findings, rest = s.buf[start:end:end], rest[:n:n], rest[n:]
				if !yield(line, nil) {
					return
				}
			}
		}
		if s.err != io.EOF {
			yield(Line{}, s.err)
		}
	}
}

const (
	bufferSize = 256 << 10
	// margin is how much of a line is at hand on either side of what is searched,
	// where the line does not fit into the buffer.
	margin = excerpt + lookahead
	// An anchor is chosen by a sample of the text, at the beginning and then less
	// and less often.
	sample    = 8 << 10
	maxChoice = 4 << 20
)

// A scanner is one way through a stream. Places are indices of buf.
type scanner struct {
	codes  *Codes
	reader io.Reader
	err    error // why there is no more to read

	buf      []byte // what was read, and lookahead zeros behind it
	base     int64  // the offset of buf in the stream
	end      int    // where what was read ends
	from, to int    // what is searched now: whole lines, or a piece of one
	next     int    // where the last finding ends

	anchor       anchor
	places       [batch]int32
	choice       int64 // the offset to choose an anchor at
	token, inner token

	origin, mark position // of from, and of the Place that was asked for last
}

// A position is a place whose line and column are known.
type position struct {
	at           int
	line, column int64
}

func (c *Codes) scanner(r io.Reader) *scanner {
	s, _ := c.scanners.Get().(*scanner)
	if s == nil {
		s = &scanner{buf: make([]byte, bufferSize+lookahead)}
	}
	*s = scanner{codes: c, reader: r, buf: s.buf, mark: position{0, 1, 1}}
	return s
}

// fill reads on until there is more to search, and reports whether there is.
func (s *scanner) fill(ctx context.Context) bool {
	if s.err != nil {
		return false
	}
	s.from = s.to
	s.mark = s.position(s.from)
	if unused := s.from - margin; unused > 0 && s.end > bufferSize/2 {
		s.drop(unused)
	}
	s.origin = s.mark
	for empty := 0; s.end < bufferSize; {
		if s.err = ctx.Err(); s.err != nil {
			return false
		}
		var n int
		n, s.err = s.reader.Read(s.buf[s.end:bufferSize])
		s.end += n
		clear(s.buf[s.end : s.end+lookahead])
		if empty++; n > 0 {
			empty = 0
		} else if empty == 100 && s.err == nil {
			s.err = io.ErrNoProgress
		}
		if s.err != nil {
			s.to = s.end
			return s.from < s.to
		}
		if i := bytes.LastIndexByte(s.buf[s.end-n:s.end], '\n'); i >= 0 {
			s.to = s.end - n + i + 1
			return true
		}
	}
	s.to = runeStart(s.buf, s.end-margin)
	return true
}

// drop forgets the first n bytes of the buffer.
func (s *scanner) drop(n int) {
	copy(s.buf, s.buf[n:s.end+lookahead])
	s.base += int64(n)
	s.from, s.end, s.next, s.mark.at = s.from-n, s.end-n, s.next-n, s.mark.at-n
}

// position returns that of a place behind the mark.
func (s *scanner) position(at int) position {
	p, b := s.mark, s.buf[s.mark.at:at]
	if i := lastLine(b); i > 0 {
		p.line += int64(bytes.Count(b, []byte("\n")))
		p.column = 1
		b = b[i:]
	}
	return position{at, p.line, p.column + int64(characters(b))}
}

// lastLine returns where the last line of a text begins. It looks at a few bytes
// at a time from the end on, but at those the way that bytes.IndexByte does, many
// at once.
func lastLine(b []byte) int {
	for end := len(b); end > 0; {
		start := max(0, end-128)
		from := start
		for i := 0; i >= 0; from += i + 1 {
			if i = bytes.IndexByte(b[from:end], '\n'); i < 0 {
				break
			}
		}
		if from > start {
			return from
		}
		end = start
	}
	return 0
}

// characters counts those of a text.
func characters(b []byte) int {
	n := 0
	for len(b) >= 8 && binary.LittleEndian.Uint64(b)&high == 0 { // as most are
		n, b = n+8, b[8:]
	}
	return n + utf8.RuneCount(b)
}

// findings yields what is found in what is searched now.
func (s *scanner) findings(yield func(Finding) bool) {
	if at := s.base + int64(s.from); at >= s.choice {
		s.anchor = cheapest(s.codes.anchors, s.buf, s.from, min(s.to, s.from+sample))
		s.choice = at + min(max(at, sample), maxChoice)
	}
	for n, from := 0, s.from; from < s.to; {
		n, from = s.anchor.places(s.buf, from, s.to, &s.places)
		for _, place := range s.places[:n] {
			i := int(place)
			if i < s.next || !s.read(&s.token, i) {
				continue
			}
			code, n := s.codes.longest(&s.token)
			unknown := n == 0 && len(s.codes.families) > 0
			if unknown {
				code, n = s.relative(i)
			}
			if n == 0 {
				continue
			}
			s.next = i + s.token.size(n)
			if !yield(Finding{code, unknown, s.base + int64(i), s.buf[i:s.next:s.next], s, i}) {
				return
			}
		}
	}
	s.to = max(s.to, s.next) // the next piece begins behind the finding
}

// read takes the token at a place, or returns false where nothing begins that
// is to be found.
func (s *scanner) read(t *token, at int) bool {
	c, text := s.codes, s.buf[at:]
	if endsWithWord(s.buf[:at]) || !c.begins(binary.LittleEndian.Uint64(text)) || !utf8.RuneStart(text[0]) {
		return false
	}
	if c.ignoreCase {
		t.fold(text, c.reach)
	} else {
		t.read(text, c.reach)
	}
	return true
}

// relative returns the longest relative of a code at the place of the token
// that no code overlaps.
func (s *scanner) relative(at int) (code, n int) {
	for n = MaxLength + 1; n > 0; {
		code, n = s.codes.relative(&s.token, n)
		if n > 0 && !s.knownIn(at+1, at+s.token.size(n)) {
			break
		}
	}
	return code, n
}

// knownIn reports whether a code begins from from up to to.
func (s *scanner) knownIn(from, to int) bool {
	for i := from; i < to; i++ {
		if s.read(&s.inner, i) {
			if _, n := s.codes.longest(&s.inner); n > 0 {
				return true
			}
		}
	}
	return false
}

// runeStart returns where the character begins that b[i] belongs to.
func runeStart(b []byte, i int) int {
	for n := range min(i+1, utf8.UTFMax) {
		if utf8.RuneStart(b[i-n]) {
			return i - n
		}
	}
	return i // none of UTF-8
}
