// Package catalog answers: it holds compiled catalogs, the selection of them that one
// run works on, and what comes of asking that, be it entries or a miss.
package catalog

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strconv"

	"github.com/errcode-cli/errcode/internal/entry"
	"github.com/errcode-cli/errcode/internal/index"
	"github.com/errcode-cli/errcode/internal/source"
)

// A Catalog is a named set of entries, open for queries.
type Catalog struct {
	source.Head
	Entries    int              // how many
	Origin     string           // the file it was read from; "" for a built-in one
	LeftOut    []source.Problem // what of its source is no entry, and why
	Severities []entry.Severity // that occur, worst first

	files  []string // that entries stand in
	index  *index.Index
	file   io.Closer
	reopen func() error // opens the compiled form anew, once; nil where that is no use
}

// A DamagedError says that a compiled catalog cannot be read, though it was built
// anew where that is possible.
type DamagedError struct {
	Name string
	Err  error
}

func (e *DamagedError) Error() string { return fmt.Sprintf("the catalog %q is damaged", e.Name) }
func (e *DamagedError) Unwrap() error { return e.Err }

// A ChangedError says that a file changed while answers were read from its compiled
// form, and that could not go on.
type ChangedError struct{ File string }

func (e *ChangedError) Error() string { return fmt.Sprintf("%q has changed while it was read", e.File) }

// openCompiled opens a catalog in its compiled form, which was built of a file, or
// ahead ("").
func openCompiled(r io.ReaderAt, size int64, origin string) (*Catalog, error) {
	x, err := index.Open(r, size)
	if err != nil {
		return nil, err
	}
	meta, err := x.Meta()
	if err != nil {
		return nil, err
	}
	c := &Catalog{index: x, Entries: x.Len(), Origin: origin}
	if err := c.readHead(meta); err != nil {
		return nil, err
	}
	for i, file := range c.files {
		c.files[i] = c.located(file)
	}
	for i := range c.LeftOut {
		c.LeftOut[i].File = c.located(c.LeftOut[i].File)
	}
	return c, nil
}

// located is the path of a file that is named as seen from the catalog's; "" is that
// one itself.
func (c *Catalog) located(file string) string {
	if file == "" || c.Origin == "" {
		return c.Origin
	}
	return filepath.Join(filepath.Dir(c.Origin), filepath.FromSlash(file))
}

// Close releases the catalog's file.
func (c *Catalog) Close() error {
	if c.file == nil {
		return nil
	}
	return c.file.Close()
}

// failed says of an error of the index what it means here.
func (c *Catalog) failed(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, index.ErrChanged):
		return &ChangedError{c.Origin}
	case errors.Is(err, index.ErrDamaged), errors.Is(err, entry.ErrRecord):
		return &DamagedError{cmp.Or(c.Origin, c.Name), err}
	}
	return err
}

// record reads what is made of a record. One that makes no sense, though its bytes
// are those that were written, is of another layout than it says: the catalog is
// opened anew then, once.
func record[T any](c *Catalog, number int, read func([]byte) (T, error)) (T, error) {
	value, err := recordAsItIs(c, number, read)
	if errors.Is(err, entry.ErrRecord) && c.reopen != nil {
		if err := c.reopen(); err != nil {
			var none T
			return none, err
		}
		value, err = recordAsItIs(c, number, read)
	}
	return value, c.failed(err)
}

func recordAsItIs[T any](c *Catalog, number int, read func([]byte) (T, error)) (value T, err error) {
	b, err := c.index.Record(number)
	if err != nil {
		return value, err
	}
	return read(b)
}

// entry reads an entry.
func (c *Catalog) entry(number int) (entry.Entry, error) {
	e, err := record(c, number, func(b []byte) (entry.Entry, error) { return entry.ReadRecord(b, c.files) })
	e.Catalog = c.Name
	return e, err
}

// named reads the entry that goes by a name. Where the names lead to another one, the
// catalog is opened anew too, and the name looked up again.
func (c *Catalog) named(number int, name string) (entry.Entry, error) {
	e, err := c.entry(number)
	if err != nil || slices.Contains(e.Names(), name) {
		return e, err
	}
	if c.reopen != nil {
		if err := c.reopen(); err != nil {
			return entry.Entry{}, err
		}
	}
	for found, err := range c.index.Find(entry.Fold(name)) {
		if err != nil {
			return entry.Entry{}, c.failed(err)
		}
		if string(found.Name) != name {
			continue
		}
		if e, err = c.entry(found.Record); err != nil || slices.Contains(e.Names(), name) {
			return e, err
		}
	}
	return entry.Entry{}, c.failed(entry.ErrRecord)
}

// code reads no more of an entry than its code.
func (c *Catalog) code(number int) (string, error) { return record(c, number, entry.ReadCode) }

// find returns the record of exactly this code.
func (c *Catalog) find(code string) (record int, found bool, err error) {
	for name, err := range c.index.Find(entry.Fold(code)) {
		if err != nil {
			return 0, false, c.failed(err)
		}
		if string(name.Name) == code && !name.Further {
			return name.Record, true, nil
		}
	}
	return 0, false, nil
}

// byStatus returns the records of each status in the set. The empty set holds
// every status and 0, which stands for the records without one.
func (c *Catalog) byStatus(set Statuses) (map[int]index.Set, error) {
	all := map[int]index.Set{}
	for class := range 5 {
		for word, err := range c.index.Words(strconv.Itoa(class + 1)) {
			if err != nil {
				return nil, c.failed(err)
			}
			status, ok := parseStatus(word)
			if !ok || len(set) > 0 && !set.Has(status) {
				continue
			}
			all[status] = index.NewSet(c.Entries)
			if err := c.index.InClass(all[status], word, int(entry.ByStatus)); err != nil {
				return nil, c.failed(err)
			}
		}
	}
	if len(set) == 0 {
		none := index.FullSet(c.Entries)
		for _, records := range all {
			none.Remove(records)
		}
		all[0] = none
	}
	return all, nil
}
