package catalog

import (
	"context"
	"io"

	"github.com/errcode-cli/errcode/internal/document"
	"github.com/errcode-cli/errcode/internal/index"
)

// compile reads a catalog file and writes it in the form that answers queries.
// Broken rules are an *InvalidError; other errors are the context's, the
// reader's or the writer's. The same text is compiled to the same bytes.
func compile(ctx context.Context, file string, format document.Format, r io.Reader, w io.Writer) error {
	c := compiler{Builder: index.NewBuilder(ended{ctx, w})}
	batches, done := make(chan []Entry, 4), make(chan error, 1)
	go func() { done <- c.addAll(batches) }()

	const batchSize = 256
	var batch []Entry
	f := newReader(file)
	f.found = func(e Entry) {
		if batch = append(batch, e); len(batch) == batchSize {
			batches <- batch
			batch = nil
		}
	}
	err := f.read(ctx, r, format)
	batches <- batch
	close(batches)
	failed := <-done
	switch {
	case err != nil:
		return err
	case f.problems != nil:
		return &InvalidError{file, f.problems}
	case failed != nil:
		return failed
	}
	return c.Close(appendHeader(nil, &f.header))
}

// An ended writer fails once the context is done: the last part of a compile
// only writes.
type ended struct {
	context.Context
	io.Writer
}

func (w ended) Write(p []byte) (int, error) {
	if err := w.Err(); err != nil {
		return 0, err
	}
	return w.Writer.Write(p)
}

// A compiler writes entries to an index: what they say as records, what they
// are called as names, what they are found by as words.
type compiler struct {
	*index.Builder
	record []byte
}

// addAll adds entries as they come, beside whoever reads them.
func (c *compiler) addAll(batches <-chan []Entry) error {
	var failed error
	for batch := range batches {
		for i := range batch {
			if failed == nil {
				failed = c.add(&batch[i])
			}
		}
	}
	return failed
}

func (c *compiler) add(e *Entry) error {
	c.record = appendRecord(c.record[:0], e)
	if err := c.Record(c.record); err != nil {
		return err
	}
	for i, name := range e.names() {
		c.Name(fold(name), name, i > 0)
	}
	for m := range e.words {
		c.Word(int(m.Field), m.Word)
	}
	return nil
}
