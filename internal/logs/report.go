package logs

import (
	"cmp"
	"context"
	"errors"
	"io"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/errcode-cli/errcode/internal/entry"
)

// A Report is what logs hold of each code.
type Report struct {
	Findings []Finding    // the most frequent first, then in the order of their first places
	Errors   []*FileError // in the order of the files
	Omitted  int64        // places of unknown codes beyond MaxUnknown different ones
}

// A Finding is a code that logs hold.
type Finding struct {
	Found       // as it is first
	Count       int64
	First, Last entry.Place
	Line        string // the line of the first, or what is next to the code in a long one
	At          int    // the byte in Line where the code begins
}

// Report sums up what the files hold, on all cores. Read counts the bytes as they are
// read.
func (s *Search) Report(ctx context.Context, in Input, read *atomic.Int64) (*Report, error) {
	sum, failed := s.tally(ctx, in, read)
	report := &Report{Omitted: sum.omitted}
	for i, err := range failed {
		err := fileError(in.Files[i], err.error, err.opened)
		if err, ok := errors.AsType[*FileError](err); ok {
			report.Errors = append(report.Errors, err)
		}
	}
	var err error
	report.Findings, err = s.findings(in.Files, sum.sorted())
	return report, err
}

// A failure of a file.
type failure struct {
	error
	opened bool
}

// tally sums up what the files hold: several files, and parts of a large one, at a
// time. They are added in their order, and no more than a few wait for that. The
// failures are of the files, where there is one.
func (s *Search) tally(ctx context.Context, in Input, read *atomic.Int64) (*tallies, []failure) {
	type result struct {
		parts  []*tallies
		failed failure
	}
	results := make([]chan result, len(in.Files))
	for i := range results {
		results[i] = make(chan result, 1)
	}
	cores := make(slots, runtime.GOMAXPROCS(0))
	waiting := make(slots, 8*cap(cores))
	go func() {
		for i, file := range in.Files {
			waiting.take()
			cores.take()
			go func() {
				l, err := in.open(ctx, file)
				if err != nil {
					cores.free()
					results[i] <- result{failed: failure{err, false}}
					return
				}
				defer l.Close()
				parts, err := s.tallyParts(ctx, l.parts(cap(cores)), read, cores)
				results[i] <- result{parts, failure{err, true}}
			}()
		}
	}()
	var sum tallies
	failed := make([]failure, len(in.Files))
	for i := range in.Files {
		r := <-results[i]
		waiting.free()
		failed[i] = r.failed
		lines := int64(0)
		for _, part := range r.parts {
			sum.add(part, i, lines)
			lines += part.lines
		}
	}
	return &sum, failed
}

// slots are as many as can be taken at the same time.
type slots chan struct{}

func (s slots) take() { s <- struct{}{} }
func (s slots) free() { <-s }

// tallyParts tallies the parts of a log, counting what it reads. The first one's slot
// is taken; it takes one for each of the others, and gives all back. Of parts that lie
// behind one that fails nobody can tell the lines: they are left out.
func (s *Search) tallyParts(ctx context.Context, readers []io.Reader, read *atomic.Int64, cores slots) ([]*tallies, error) {
	parts, failed := make([]*tallies, len(readers)), make([]error, len(readers))
	var running sync.WaitGroup
	for n, r := range readers {
		if n > 0 {
			cores.take()
		}
		running.Go(func() {
			defer cores.free()
			parts[n], failed[n] = tallyOf(ctx, s.codes, readCounted{r, read})
		})
	}
	running.Wait()
	for n, err := range failed {
		if err != nil {
			return parts[:n+1], err
		}
	}
	return parts, nil
}

// readCounted counts what is read.
type readCounted struct {
	io.Reader
	n *atomic.Int64
}

func (r readCounted) Read(b []byte) (int, error) {
	n, err := r.Reader.Read(b)
	r.n.Add(int64(n))
	return n, err
}

// findings makes findings of tallies, the most frequent first. What is tallied of a
// code and of its aliases is one finding.
func (s *Search) findings(files []string, all []*tally) ([]Finding, error) {
	var known []int
	for _, t := range all {
		if !t.unknown {
			known = append(known, t.code)
		}
	}
	slices.SortFunc(known, func(a, b int) int { return s.ids[a].Compare(s.ids[b]) }) // as they are read fastest
	for _, number := range known {
		if _, err := s.found(number, false, ""); err != nil {
			return nil, err
		}
	}

	place := func(at spot) entry.Place {
		return entry.Place{File: files[at.stream], Line: int(at.line), Column: int(at.column)}
	}
	var findings []Finding
	var last []spot                // of each finding
	numbers := map[[2]string]int{} // of the findings, by catalog and code
	for _, t := range all {
		found, err := s.found(t.code, t.unknown, t.text)
		if err != nil {
			return nil, err
		}
		key := [2]string{"", found.Code}
		if found.Entry != nil {
			key[0] = found.Entry.Catalog
		}
		n, ok := numbers[key]
		if !ok {
			n = len(findings)
			numbers[key] = n
			findings = append(findings, Finding{Found: found, First: place(t.first), Line: t.line, At: t.at})
			last = append(last, t.last)
		}
		if t.last.compare(last[n]) > 0 {
			last[n] = t.last
		}
		findings[n].Count += t.count
		findings[n].Last = place(last[n])
	}
	slices.SortStableFunc(findings, func(a, b Finding) int { return cmp.Compare(b.Count, a.Count) })
	return findings, nil
}
