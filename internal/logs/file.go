package logs

import (
	"context"
	"errors"
	"io"
	"os"
)

// A log is what a search reads.
type log struct {
	io.Reader
	io.Closer
	file *os.File // the same, where it is a regular file
	size int64    // of that when it was opened
}

// parts is the readers of a log that can be read at the same time, at most so many.
func (l *log) parts(most int) []io.Reader {
	if l.file != nil {
		if parts := segmentsOf(l.file, l.size, most); parts != nil {
			return parts
		}
	}
	return []io.Reader{l}
}

// open opens a log; "-" is standard input. Reading it ends when the context does,
// however long there is nothing to read.
func (in Input) open(ctx context.Context, name string) (*log, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if name == "-" {
		return plain(log{Reader: &interruptible{ctx: ctx, r: in.Stdin}, Closer: io.NopCloser(nil)})
	}
	f, err := openUntil(ctx, name)
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
		return plain(log{Reader: &interruptible{ctx: ctx, r: f}, Closer: f})
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
	r, err := plainText(l.Reader)
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
