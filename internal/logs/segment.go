package logs

import (
	"bytes"
	"io"
	"math"
)

const (
	// leastSegment is how many bytes a segment has at least: less is scanned by
	// one as fast as by several.
	leastSegment = 16 << 20
	// longestSought is how far the end of a line is sought where a segment could
	// begin.
	longestSought = 1 << 20
)

// segmentsOf divides a file of so many bytes of plain text into at most so many
// parts, each of whole lines, which can be scanned at the same time. The last one
// goes on to the end of the file, wherever that is by then. A file that is small, or
// no plain text, or has no lines, is not divided: it has no segments.
func segmentsOf(f io.ReaderAt, size int64, most int) []io.Reader {
	return segments(f, size, min(int64(most), size/leastSegment))
}

func segments(f io.ReaderAt, size, most int64) []io.Reader {
	if most < 2 {
		return nil
	}
	if form, _, err := formOf(io.NewSectionReader(f, 0, size)); err != nil || form != "" {
		return nil
	}
	begins := []int64{0}
	for n := range most - 1 {
		if at, ok := behindLine(f, size/most*(n+1)); ok && at > begins[len(begins)-1] {
			begins = append(begins, at)
		}
	}
	if len(begins) < 2 {
		return nil
	}
	var all []io.Reader
	for i, at := range begins {
		end := int64(math.MaxInt64)
		if i+1 < len(begins) {
			end = begins[i+1]
		}
		all = append(all, io.NewSectionReader(f, at, end-at))
	}
	return all
}

// behindLine returns where the first line begins behind a place, if it is near.
func behindLine(f io.ReaderAt, at int64) (int64, bool) {
	b := make([]byte, 4<<10)
	for end := at + longestSought; at < end; {
		n, err := f.ReadAt(b, at)
		if i := bytes.IndexByte(b[:n], '\n'); i >= 0 {
			return at + int64(i) + 1, true
		}
		if err != nil {
			return 0, false // what reads all of it will say so
		}
		at += int64(n)
	}
	return 0, false
}
