package catalog

import (
	"context"
	"io"

	"github.com/errcode-cli/errcode/internal/entry"
	"github.com/errcode-cli/errcode/internal/index"
	"github.com/errcode-cli/errcode/internal/source"
)

// compile reads a source and writes it in the form that answers queries. Broken
// rules are a *source.InvalidError; other errors are the context's, the reader's or
// the writer's. The same text is compiled to the same bytes.
func compile(ctx context.Context, from *source.Source, r io.Reader, w io.Writer) error {
	c := newCompiler(ended{ctx, w})
	batches, done := make(chan []entry.Entry, 4), make(chan error, 1)
	go func() { done <- c.addAll(batches) }()

	const batchSize = 256
	var batch []entry.Entry
	head, err := from.Read(ctx, r, func(e entry.Entry) {
		if batch = append(batch, e); len(batch) == batchSize {
			batches <- batch
			batch = nil
		}
	})
	batches <- batch
	close(batches)
	failed := <-done
	switch {
	case err != nil:
		return err
	case failed != nil:
		return failed
	}
	return c.close(Catalog{Head: head, files: []string{""}})
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
	record     []byte
	severities map[entry.Severity]bool
}

func newCompiler(w io.Writer) *compiler {
	return &compiler{Builder: index.NewBuilder(w), severities: map[entry.Severity]bool{}}
}

// addAll adds entries as they come, beside whoever reads them.
func (c *compiler) addAll(batches <-chan []entry.Entry) error {
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

func (c *compiler) add(e *entry.Entry) error {
	c.record = entry.AppendRecord(c.record[:0], e, 0)
	if err := c.Record(c.record); err != nil {
		return err
	}
	c.severities[e.Severity] = true
	for i, name := range e.Names() {
		c.Name(entry.Fold(name), name, i > 0)
	}
	for w := range e.Words {
		c.Word(int(w.Field.Class), w.Word)
	}
	mark(c.Builder, e)
	return nil
}

// close writes what is left, with what the catalog says of itself.
func (c *compiler) close(about Catalog) error {
	about.Severities = occurring(c.severities)
	return c.Close(appendHead(nil, &about))
}
