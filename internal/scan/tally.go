package scan

import (
	"cmp"
	"context"
	"io"
	"maps"
	"slices"
	"sync"
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

// Tallies sum up what streams hold. Several can be added at the same time.
type Tallies struct {
	codes   *Codes
	mutex   sync.Mutex
	tallied tallied
}

// tallied is the tallies of codes and of unknown tokens.
type tallied struct {
	known   map[int]*Tally
	unknown map[string]*Tally
	omitted int64 // places of unknown tokens beyond MaxUnknown different ones
}

func newTallied() tallied { return tallied{map[int]*Tally{}, map[string]*Tally{}, 0} }

// Tallies returns an empty sum for the codes.
func (c *Codes) Tallies() *Tallies { return &Tallies{codes: c, tallied: newTallied()} }

// Add adds what is found in a stream, which gets a number. Where the stream fails or
// the context is done, it adds what was found until then and returns the error.
func (t *Tallies) Add(ctx context.Context, stream int, r io.Reader) (err error) {
	found := newTallied()
	for f, failed := range t.codes.Scan(ctx, r) {
		if err = failed; err == nil {
			found.add(f, stream)
		}
	}
	t.mutex.Lock()
	defer t.mutex.Unlock()
	t.tallied.merge(found)
	return err
}

// All returns the tallies in the order of their first places, and how often an
// unknown token was found beyond MaxUnknown different ones.
func (t *Tallies) All() (all []*Tally, omitted int64) {
	all = slices.AppendSeq(slices.Collect(maps.Values(t.tallied.known)), maps.Values(t.tallied.unknown))
	slices.SortFunc(all, func(a, b *Tally) int { return a.First.Compare(b.First) })
	return all, t.tallied.omitted
}

func (t *tallied) add(f Finding, stream int) {
	line, column := f.Place()
	at := Place{stream, line, column}
	tally := t.known[f.Code]
	if f.Unknown {
		tally = t.unknown[string(f.Text)]
	}
	if tally == nil {
		if f.Unknown && len(t.unknown) == MaxUnknown {
			t.omitted++
			return
		}
		text, in := f.Excerpt()
		tally = &Tally{Code: f.Code, Unknown: f.Unknown, Text: string(f.Text), First: at, Line: string(text), At: in}
		t.keep(tally)
	}
	tally.Count++
	tally.Last = at
}

func (t *tallied) keep(tally *Tally) {
	if tally.Unknown {
		t.unknown[tally.Text] = tally
	} else {
		t.known[tally.Code] = tally
	}
}

// merge adds the tallies of another stream.
func (t *tallied) merge(other tallied) {
	t.omitted += other.omitted
	for code, tally := range other.known {
		t.mergeOne(t.known[code], tally)
	}
	for _, text := range slices.Sorted(maps.Keys(other.unknown)) {
		t.mergeOne(t.unknown[text], other.unknown[text])
	}
}

func (t *tallied) mergeOne(into, tally *Tally) {
	switch {
	case into != nil:
		into.Count += tally.Count
		if tally.Last.Compare(into.Last) > 0 {
			into.Last = tally.Last
		}
		if tally.First.Compare(into.First) < 0 {
			into.Text, into.First, into.Line, into.At = tally.Text, tally.First, tally.Line, tally.At
		}
	case tally.Unknown && len(t.unknown) == MaxUnknown:
		t.omitted += tally.Count
	default:
		t.keep(tally)
	}
}
