package scan

import (
	"context"
	"io"
)

// A Place is a line and a column, both from 1.
type Place struct{ Line, Column int64 }

// A Tally is what a stream holds of one code, or of one unknown token.
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

// Tally sums up what is found in a stream, in the order of the first places.
// Omitted counts the unknown tokens beyond MaxUnknown different ones. Where the
// stream fails or the context is done, it returns what was found until then with
// the error.
func (c *Codes) Tally(ctx context.Context, r io.Reader) (tallies []*Tally, omitted int64, err error) {
	known := map[int]*Tally{}
	unknown := map[string]*Tally{}
	for f, err := range c.Scan(ctx, r) {
		if err != nil {
			return tallies, omitted, err
		}
		t := known[f.Code]
		if f.Unknown {
			t = unknown[string(f.Text)]
		}
		if t == nil {
			if f.Unknown && len(unknown) == MaxUnknown {
				omitted++
				continue
			}
			t = &Tally{Code: f.Code, Unknown: f.Unknown, Text: string(f.Text)}
			line, at := f.Excerpt()
			t.Line, t.At = string(line), at
			t.First.Line, t.First.Column = f.Place()
			tallies = append(tallies, t)
			if f.Unknown {
				unknown[t.Text] = t
			} else {
				known[f.Code] = t
			}
		}
		t.Count++
		t.Last.Line, t.Last.Column = f.Place()
	}
	return tallies, omitted, nil
}
