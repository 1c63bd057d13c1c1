package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"sync/atomic"
	"time"

	"github.com/errcode-cli/errcode/internal/scan"
)

// A log is what a scan reads.
type log struct {
	io.Reader
	io.Closer
	file *os.File // the same, where it is a regular file
	size int64    // of that when it was opened
}

// parts is the readers of a log that can be read at the same time, at most so many.
func (l *log) parts(most int) []io.Reader {
	if l.file != nil {
		if parts := scan.Segments(l.file, l.size, most); parts != nil {
			return parts
		}
	}
	return []io.Reader{l}
}

// open opens a log; "-" is standard input. Reading it ends when the scan does,
// however long there is nothing to read.
func (s *scanning) open(name string) (*log, error) {
	if err := s.until.Err(); err != nil {
		return nil, err
	}
	if name == "-" {
		return plain(log{Reader: &interruptible{ctx: s.until, r: s.stdin}, Closer: io.NopCloser(nil)})
	}
	f, err := openUntil(s.until, name)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	switch {
	case err != nil:
	case info.IsDir():
		err = &os.PathError{Op: "read", Path: name, Err: errors.New("it is a folder; name the files in it")}
	case info.Mode().IsRegular():
		return plain(log{f, f, f, info.Size()})
	default:
		return plain(log{Reader: &interruptible{ctx: s.until, r: f}, Closer: f})
	}
	f.Close()
	return nil, err
}

// openUntil opens a file unless the context ends before: a pipe waits for whoever
// writes to it.
func openUntil(ctx context.Context, name string) (*os.File, error) {
	type opened struct {
		*os.File
		err error
	}
	done := make(chan opened, 1)
	go func() {
		f, err := os.Open(name)
		done <- opened{f, err}
	}()
	select {
	case f := <-done:
		return f.File, f.err
	case <-ctx.Done():
		return nil, ctx.Err() // what is opened now is closed when the program ends
	}
}

func plain(l log) (*log, error) {
	r, err := scan.Plain(l.Reader)
	if err != nil {
		l.Close()
		return nil, err
	}
	l.Reader = r
	return &l, nil
}

// An interruptible is a stream whose reads end with the context, even those that
// wait.
type interruptible struct {
	ctx  context.Context
	r    io.Reader
	b    []byte // what is being read into: who gave up waiting must not see it change
	read chan result
}

type result struct {
	n   int
	err error
}

func (i *interruptible) Read(b []byte) (int, error) {
	if i.b == nil {
		i.b, i.read = make([]byte, 64<<10), make(chan result, 1)
	}
	into := i.b[:min(len(b), len(i.b))]
	go func() {
		n, err := i.r.Read(into)
		i.read <- result{n, err}
	}()
	select {
	case got := <-i.read:
		return copy(b, into[:got.n]), got.err
	case <-i.ctx.Done():
		return 0, i.ctx.Err()
	}
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

// progress shows on a terminal how far the scan is, which counts what it reads.
func (s *scanning) progress() (read *atomic.Int64, erase func()) {
	read = new(atomic.Int64)
	typed := slices.Contains(s.files, "-") && isTerminal(s.stdin) // where it would be in the way
	if s.view.format.JSON() || columns(s.terminal.stderr) == 0 || typed {
		return read, func() {}
	}
	what := count(len(s.files), "file", "files")
	if len(s.files) == 1 {
		what = s.where()
	}
	meter := progress{to: s.terminal.stderr, began: time.Now()}
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		tick := time.NewTicker(patience / 2)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				meter.show(fmt.Sprintf("scanning %s: %d MB", what, read.Load()/1e6))
			case <-stop:
				return
			}
		}
	}()
	return read, func() {
		close(stop)
		<-stopped
		meter.erase()
	}
}
