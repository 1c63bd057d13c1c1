package main

import (
	"cmp"
	"fmt"
	"io"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/errcode-cli/errcode/internal/render"
	"github.com/errcode-cli/errcode/internal/scan"
)

// report scans the files and shows what they hold of each code.
func (s *scanning) report() error {
	tallies := s.tally()
	s.omitted = tallies.Omitted
	findings, err := s.findings(tallies.All())
	if err != nil {
		return err
	}
	if err := s.show(render.Findings(findings)); err != nil {
		return err
	}
	if len(findings) > 0 {
		occurrences := int64(0)
		for _, f := range findings {
			occurrences += f.Count
		}
		s.note(fmt.Sprintf("%s, found %s in %s", count(len(findings), "code", "codes"), times(occurrences), s.where()))
	}
	return nil
}

func times(n int64) string {
	if n == 1 {
		return "once"
	}
	return fmt.Sprintf("%d times", n)
}

// tally sums up what the files hold, on all cores: several files, and parts of a
// large one, at a time. They are added in their order, and no more than a few wait
// for that.
func (s *scanning) tally() *scan.Tallies {
	type failure struct{ toOpen, toRead error }
	type result struct {
		parts []*scan.Tallies
		failure
	}
	results := make([]chan result, len(s.files))
	for i := range results {
		results[i] = make(chan result, 1)
	}
	read, erase := s.progress()
	cores := make(slots, runtime.GOMAXPROCS(0))
	waiting := make(slots, 8*cap(cores))
	go func() {
		for i, file := range s.files {
			waiting.take()
			cores.take()
			go func() {
				l, err := s.open(file)
				if err != nil {
					cores.free()
					results[i] <- result{failure: failure{toOpen: err}}
					return
				}
				defer l.Close()
				parts, err := s.tallyParts(l.parts(cap(cores)), read, cores)
				results[i] <- result{parts, failure{toRead: err}}
			}()
		}
	}()
	var sum scan.Tallies
	failures := make([]failure, len(s.files))
	for i := range s.files {
		r := <-results[i]
		waiting.free()
		failures[i] = r.failure
		lines := int64(0)
		for _, part := range r.parts {
			sum.Add(part, i, lines)
			lines += part.Lines
		}
	}
	erase()
	for i, file := range s.files {
		s.opened(file, failures[i].toOpen)
		s.readToEnd(file, failures[i].toRead)
	}
	return &sum
}

// slots are as many as can be taken at the same time.
type slots chan struct{}

func (s slots) take() { s <- struct{}{} }
func (s slots) free() { <-s }

// tallyParts tallies the parts of a log, counting what it reads. The first one's slot
// is taken; it takes one for each of the others, and gives all back. Of parts that lie
// behind one that fails nobody can tell the lines: they are left out.
func (s *scanning) tallyParts(readers []io.Reader, read *atomic.Int64, cores slots) ([]*scan.Tallies, error) {
	parts, failed := make([]*scan.Tallies, len(readers)), make([]error, len(readers))
	var running sync.WaitGroup
	for n, r := range readers {
		if n > 0 {
			cores.take()
		}
		running.Go(func() {
			defer cores.free()
			parts[n], failed[n] = s.codes.Tally(s.until, readCounted{r, read})
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

// findings makes findings of tallies, the most frequent first. What is tallied of a
// code and of its aliases is one finding.
func (s *scanning) findings(all []*scan.Tally) ([]render.Finding, error) {
	var known []int
	for _, t := range all {
		if !t.Unknown {
			known = append(known, t.Code)
		}
	}
	slices.SortFunc(known, func(a, b int) int { return s.places[a].Compare(s.places[b]) }) // as they are read fastest
	for _, number := range known {
		if _, err := s.entry(number); err != nil {
			return nil, err
		}
	}

	var findings []render.Finding
	var last []scan.Place          // of each finding
	numbers := map[[2]string]int{} // of the findings, by catalog and code
	for _, t := range all {
		f, err := s.finding(t.Code, t.Unknown, t.Text)
		if err != nil {
			return nil, err
		}
		key := [2]string{"", f.Code}
		if f.Entry != nil {
			key[0] = f.Entry.Catalog
		}
		n, ok := numbers[key]
		if !ok {
			n = len(findings)
			numbers[key] = n
			f.First, f.Line, f.At = s.place(t.First), t.Line, t.At
			findings, last = append(findings, f), append(last, t.Last)
		}
		if t.Last.Compare(last[n]) > 0 {
			last[n] = t.Last
		}
		findings[n].Count += t.Count
		findings[n].Last = s.place(last[n])
	}
	slices.SortStableFunc(findings, func(a, b render.Finding) int { return cmp.Compare(b.Count, a.Count) })
	return findings, nil
}

// place is where a place is among the files.
func (s *scanning) place(at scan.Place) render.Place {
	return render.Place{File: s.files[at.Stream], Line: at.Line, Column: at.Column}
}
