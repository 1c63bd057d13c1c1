package logs

import (
	"cmp"
	"context"
	"io"
	"maps"
	"slices"

	"github.com/errcode-cli/errcode/internal/scan"
)

// A spot is a stream, by its number, and a line and a column in it, both from 1.
type spot struct {
	stream       int
	line, column int64
}

// compare orders spots by stream, line and column.
func (p spot) compare(q spot) int {
	return cmp.Or(cmp.Compare(p.stream, q.stream), cmp.Compare(p.line, q.line), cmp.Compare(p.column, q.column))
}

// A tally is what streams hold of one code, or of one unknown token.
type tally struct {
	code        int  // see scan.Finding
	unknown     bool // see scan.Finding
	text        string
	count       int64
	first, last spot
	line        string // the line of the first, or what is next to it; see scan.Finding.Excerpt
	at          int    // where in line the first is
}

// MaxUnknown is how many different unknown codes are told apart: there can be as
// many as a stream has lines.
const MaxUnknown = 10_000

// tallies sum up what streams hold. Their zero value is that of none.
type tallies struct {
	lines   int64 // that end in the stream; of several, none
	omitted int64 // places of unknown tokens beyond MaxUnknown different ones; where there are, the counts of others may be too low
	known   map[int]*tally
	unknown map[string]*tally
}

// tallyOf sums up what is found in a stream, as the stream of number 0. Where the
// stream fails or the context is done, that is what was found until then.
func tallyOf(ctx context.Context, c *scan.Codes, r io.Reader) (*tallies, error) {
	t := &tallies{}
	for f, err := range c.Count(ctx, r, &t.lines) {
		if err != nil {
			return t, err
		}
		t.find(f)
	}
	return t, nil
}

// add adds what a part of a stream holds, behind so many of its lines. The part is
// used up.
func (t *tallies) add(part *tallies, stream int, lines int64) {
	t.omitted += part.omitted
	for one := range part.all() {
		one.first.stream, one.last.stream = stream, stream
		one.first.line += lines
		one.last.line += lines
		t.merge(one)
	}
}

// sorted returns the tallies in the order of their first places.
func (t *tallies) sorted() []*tally {
	return slices.SortedFunc(t.all(), func(a, b *tally) int { return a.first.compare(b.first) })
}

// all yields the tallies, those of unknown tokens in an order that is always the same.
func (t *tallies) all() func(yield func(*tally) bool) {
	return func(yield func(*tally) bool) {
		for _, one := range t.known {
			if !yield(one) {
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
func (t *tallies) get(code int, unknown bool, text []byte) (one *tally, room bool) {
	if !unknown {
		return t.known[code], true
	}
	return t.unknown[string(text)], len(t.unknown) < MaxUnknown
}

func (t *tallies) keep(one *tally) {
	if t.known == nil {
		t.known, t.unknown = map[int]*tally{}, map[string]*tally{}
	}
	if one.unknown {
		t.unknown[one.text] = one
	} else {
		t.known[one.code] = one
	}
}

func (t *tallies) find(f scan.Finding) {
	at := spot{}
	at.line, at.column = f.Place()
	one, room := t.get(f.Code, f.Unknown, f.Text)
	switch {
	case one != nil:
	case !room:
		t.omitted++
		return
	default:
		text, in := f.Excerpt()
		one = &tally{code: f.Code, unknown: f.Unknown, text: string(f.Text), first: at, line: string(text), at: in}
		t.keep(one)
	}
	one.count++
	one.last = at
}

func (t *tallies) merge(one *tally) {
	into, room := t.get(one.code, one.unknown, []byte(one.text))
	switch {
	case into == nil && !room:
		t.omitted += one.count
		return
	case into == nil:
		t.keep(one)
		return
	case one.first.compare(into.first) < 0:
		into.text, into.first, into.line, into.at = one.text, one.first, one.line, one.at
	}
	into.count += one.count
	if one.last.compare(into.last) > 0 {
		into.last = one.last
	}
}
