package catalog

import (
	"encoding/binary"
	"errors"
)

// A record is an entry, or a catalog's header, as the index keeps it: texts and
// numbers one after the other, a text as its length and its bytes. Lengths and
// numbers are varints as in encoding/binary; a list begins with its length.

// errRecord says that bytes are no record.
var errRecord = errors.New("damaged record")

// appendRecord appends an entry, without the name of its catalog.
func appendRecord(b []byte, e *Entry) []byte {
	b = appendText(b, e.Code)
	b = appendNumber(b, e.Status)
	b = appendText(b, e.Title)
	b = appendText(b, string(e.Severity))
	b = appendText(b, e.Description)
	b = appendTexts(b, e.Causes)
	b = appendText(b, e.Resolution)
	b = appendNumber(b, int(e.Retryable))
	b = appendTexts(b, e.Keywords)
	b = appendTexts(b, e.Aliases)
	b = appendTexts(b, e.Related)
	b = appendNumber(b, len(e.Links))
	for _, l := range e.Links {
		b = appendText(appendText(b, l.Title), l.URL)
	}
	b = appendText(b, e.Since)
	b = appendText(b, e.Deprecated)
	b = appendNumber(b, len(e.Extra))
	for _, x := range e.Extra {
		b = appendText(appendText(b, x.Key), string(x.Value))
	}
	return b
}

func readRecord(b []byte) (Entry, error) {
	r := recordReader{rest: string(b)} // of which the texts are parts
	e := Entry{Code: r.text(), Status: r.number(), Title: r.text()}
	e.Severity = Severity(r.text())
	e.Description = r.text()
	e.Causes = r.texts()
	e.Resolution = r.text()
	e.Retryable = Answer(r.number())
	e.Keywords = r.texts()
	e.Aliases = r.texts()
	e.Related = r.texts()
	for range r.count() {
		e.Links = append(e.Links, Link{r.text(), r.text()})
	}
	e.Since = r.text()
	e.Deprecated = r.text()
	for range r.count() {
		e.Extra = append(e.Extra, Extra{r.text(), []byte(r.text())})
	}
	return e, r.end()
}

// readCode reads no more of a record than its code.
func readCode(b []byte) (string, error) {
	size, n := binary.Uvarint(b)
	if n <= 0 || size > uint64(len(b)-n) {
		return "", errRecord
	}
	return string(b[n : n+int(size)]), nil
}

func appendHeader(b []byte, c *Catalog) []byte {
	return appendText(appendText(appendText(b, c.Name), c.Title), c.Homepage)
}

func readHeader(b []byte) (Catalog, error) {
	r := recordReader{rest: string(b)}
	c := Catalog{Name: r.text(), Title: r.text(), Homepage: r.text()}
	return c, r.end()
}

func appendNumber(b []byte, n int) []byte { return binary.AppendUvarint(b, uint64(n)) }

func appendText(b []byte, s string) []byte {
	return append(appendNumber(b, len(s)), s...)
}

func appendTexts(b []byte, texts []string) []byte {
	b = appendNumber(b, len(texts))
	for _, s := range texts {
		b = appendText(b, s)
	}
	return b
}

// A recordReader reads a record. After the first error it reads nothing more.
type recordReader struct {
	rest string
	err  error
}

func (r *recordReader) number() int {
	n := uint64(0)
	for i := 0; i < len(r.rest) && i < binary.MaxVarintLen32; i++ {
		n |= uint64(r.rest[i]&0x7f) << (7 * i)
		if r.rest[i] < 0x80 {
			r.rest = r.rest[i+1:]
			return int(n)
		}
	}
	r.rest, r.err = "", errRecord
	return 0
}

// count is the length of a list, each item of which takes a byte at least.
func (r *recordReader) count() int {
	n := r.number()
	if n > len(r.rest) {
		r.rest, r.err = "", errRecord
		return 0
	}
	return n
}

func (r *recordReader) text() string {
	n := r.count()
	s := r.rest[:n]
	r.rest = r.rest[n:]
	return s
}

func (r *recordReader) texts() []string {
	n := r.count()
	if n == 0 {
		return nil
	}
	texts := make([]string, n)
	for i := range texts {
		texts[i] = r.text()
	}
	return texts
}

func (r *recordReader) end() error {
	if r.rest != "" {
		return errRecord
	}
	return r.err
}
