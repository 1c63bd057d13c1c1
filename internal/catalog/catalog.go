package catalog

import (
	"io"
	"strconv"

	"github.com/errcode-cli/errcode/internal/index"
)

// A Catalog is a named set of entries, open for queries.
type Catalog struct {
	Name     string
	Title    string
	Homepage string
	Entries  int    // how many
	Origin   string // the file it was read from; "" for a built-in one
	index    *index.Index
	file     io.Closer
}

// openCompiled opens a catalog in its compiled form.
func openCompiled(r io.ReaderAt, size int64) (*Catalog, error) {
	x, err := index.Open(r, size)
	if err != nil {
		return nil, err
	}
	meta, err := x.Meta()
	if err != nil {
		return nil, err
	}
	c, err := readHeader(meta)
	c.index, c.Entries = x, x.Len()
	return &c, err
}

// Close releases the catalog's file.
func (c *Catalog) Close() error {
	if c.file == nil {
		return nil
	}
	return c.file.Close()
}

// entry reads an entry.
func (c *Catalog) entry(record int) (Entry, error) {
	b, err := c.index.Record(record)
	if err != nil {
		return Entry{}, err
	}
	e, err := readRecord(b)
	e.Catalog = c.Name
	return e, err
}

// code reads no more of an entry than its code.
func (c *Catalog) code(record int) (string, error) {
	b, err := c.index.Record(record)
	if err != nil {
		return "", err
	}
	return readCode(b)
}

// find returns the record of exactly this code.
func (c *Catalog) find(code string) (record int, found bool, err error) {
	for name, err := range c.index.Find(fold(code)) {
		if err != nil {
			return 0, false, err
		}
		if string(name.Name) == code && !name.Further {
			return name.Record, true, nil
		}
	}
	return 0, false, nil
}

// narrowed returns the records that a filter lets through.
func (c *Catalog) narrowed(f Filter) (index.Set, error) {
	set := index.FullSet(c.Entries)
	if prefixes := f.folded(); prefixes != nil {
		begun := index.NewSet(c.Entries)
		for _, prefix := range prefixes {
			for name, err := range c.index.Names(prefix) {
				if err != nil {
					return nil, err
				}
				if !name.Further {
					begun.Add(name.Record)
				}
			}
		}
		set.Keep(begun)
	}
	if len(f.Statuses) > 0 {
		byStatus, err := c.byStatus(f.Statuses)
		if err != nil {
			return nil, err
		}
		statuses := index.NewSet(c.Entries)
		for _, records := range byStatus {
			statuses.Insert(records)
		}
		set.Keep(statuses)
	}
	return set, nil
}

// byStatus returns the records of each status in the set. The empty set holds
// every status and 0, which stands for the records without one.
func (c *Catalog) byStatus(set Statuses) (map[int]index.Set, error) {
	all := map[int]index.Set{}
	for class := range 5 {
		for word, err := range c.index.Words(strconv.Itoa(class + 1)) {
			if err != nil {
				return nil, err
			}
			status, ok := parseStatus(word)
			if !ok || len(set) > 0 && !set.Has(status) {
				continue
			}
			all[status] = index.NewSet(c.Entries)
			if err := c.index.Mark(all[status], word, int(FieldStatus)); err != nil {
				return nil, err
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
