package scan

import (
	"cmp"
	"context"
	"io"
	"maps"
	"slices"
)

// A Place is a stream, by its number, and a line and a column in it, both from 1.
type Place struct {
	Stream       int
	Line, Column int64
}

// Compare orders places by stream, line and column.
func (p Place) Compare(q Place) int {
	return cmp.Or(cmp.Compare(p.Stream, q.Stream), cmp.Compare(p.Line, q.Line), cmp.Compare(p.Column, q.Column))
}

// A Tally is what streams hold of one code, or of one unknown token.
type Tally struct {
	Code        int  // see Finding
	Unknown     bool // see Finding
	Text        string
	Count       int64
	First, Last Place
	Line        string // the line of the first, or what is next to it; see Finding.Excerpt
	At          int    // where in Line the first is
}

// MaxUnknown is how many different unknown tokens are tallied: there can be as
// many as a stream has lines.
const MaxUnknown = 10_000

// Tallies sum up what streams hold. Their zero value is that of none.
type Tallies struct {
	Lines   int64 // that end in the stream; of several, none
	Omitted int64 // places of unknown tokens beyond MaxUnknown different ones; where there are, the counts of others may be too low
	known   map[int]*Tally
	unknown map[string]*Tally
}

// Tally sums up what is found in a stream, as the stream of number 0. Where the
// stream fails or the context is done, that is what was found until then.
func (c *Codes) Tally(ctx context.Context, r io.Reader) (*Tallies, error) {
	s := c.scanner(r)
	defer c.scanners.Put(s)
	t := &Tallies{}
	for s.fill(ctx) {
		for f := range s.findings {
			t.find(f)
		}
	}
	t.Lines = s.position(s.to).line - 1
	if s.err == io.EOF {
		return t, nil
	}
	return t, s.err
}

// Add adds what a part of a stream holds, behind so many of its lines. The part is
// used up.
func (t *Tallies) Add(part *Tallies, stream int, lines int64) {
	t.Omitted += part.Omitted
	for tally := range part.all() {
		tally.First.Stream, tally.Last.Stream = stream, stream
		tally.First.Line += lines
		tally.Last.Line += lines
		t.merge(tally)
	}
}

// All returns the tallies in the order of their first places.
func (t *Tallies) All() []*Tally {
	return slices.SortedFunc(t.all(), func(a, b *Tally) int { return a.First.Compare(b.First) })
}

// all yields the tallies, those of unknown tokens in an order that is always the same.
func (t *Tallies) all() func(yield func(*Tally) bool) {
	return func(yield func(*Tally) bool) {
		for _, tally := range t.known {
			if !yield(tally) {
				return
			}
		}
		for _, text := range slices.Sorted(maps.Keys(t.unknown)) {
			if !yield(t.unknown[text]) {
				return
			}
		}
	}
}

// get returns the tally of a code or token. Where there is none it returns nil, and
// whether there may be one.
func (t *Tallies) get(code int, unknown bool, text []byte) (tally *Tally, room bool) {
	if !unknown {
		return t.known[code], true
	}
	return t.unknown[string(text)], len(t.unknown) < MaxUnknown
}

func (t *Tallies) keep(tally *Tally) {
	if t.known == nil {
		t.known, t.unknown = map[int]*Tally{}, map[string]*Tally{}
	}
	if tally.Unknown {
		t.unknown[tally.Text] = tally
	} else {
		t.known[tally.Code] = tally
	}
}

func (t *Tallies) find(f Finding) {
	at := Place{}
	at.Line, at.Column = f.Place()
	tally, room := t.get(f.Code, f.Unknown, f.Text)
	switch {
	case tally != nil:
	case !room:
		t.Omitted++
		return
	default:
		text, in := f.Excerpt()
		tally = &Tally{Code: f.Code, Unknown: f.Unknown, Text: string(f.Text), First: at, Line: string(text), At: in}
		t.keep(tally)
	}
	tally.Count++
	tally.Last = at
}

func (t *Tallies) merge(tally *Tally) {
	into, room := t.get(tally.Code, tally.Unknown, []byte(tally.Text))
	switch {
	case into == nil && !room:
		t.Omitted += tally.Count
		return
	case into == nil:
		t.keep(tally)
		return
	case tally.First.Compare(into.First) < 0:
		into.Text, into.First, into.Line, into.At = tally.Text, tally.First, tally.Line, tally.At
	}
	into.Count += tally.Count
	if tally.Last.Compare(into.Last) > 0 {
		into.Last = tally.Last
	}
}
