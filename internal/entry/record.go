package entry

import (
	"encoding/binary"
	"errors"
)

// A record is an entry as compiled catalogs keep it: the values of the fields in
// their order, the catalog's own keys, and where the entry stands. Texts and numbers
// follow one another, a text as its length and its bytes. Lengths and numbers are
// varints as in encoding/binary; a list begins with its length.

// ErrRecord says that bytes are no record.
var ErrRecord = errors.New("damaged record")

// AppendRecord appends the record of an entry that stands in the file of a number.
// The name of the catalog is not part of it.
func AppendRecord(b []byte, e *Entry, file int) []byte {
	for _, f := range Fields {
		b = f.Value.append(b, e)
	}
	b = AppendNumber(b, len(e.Extra))
	for _, x := range e.Extra {
		b = AppendText(AppendText(b, x.Key), string(x.Value))
	}
	return AppendNumber(AppendNumber(AppendNumber(b, file), e.Line), e.Column)
}

// ReadRecord reads a record. The file of the entry's place is the one of that number.
func ReadRecord(b []byte, files []string) (e Entry, err error) {
	r := NewReader(b)
	for _, f := range Fields {
		f.Value.read(r, &e)
	}
	for range r.Count() {
		e.Extra = append(e.Extra, Extra{r.Text(), []byte(r.Text())})
	}
	file := r.Number()
	e.Line, e.Column = r.Number(), r.Number()
	if file >= len(files) {
		r.fail()
	} else {
		e.File = files[file]
	}
	return e, r.End()
}

// ReadCode reads no more of a record than the code.
func ReadCode(b []byte) (string, error) {
	size, n := binary.Uvarint(b)
	if n <= 0 || size > uint64(len(b)-n) {
		return "", ErrRecord
	}
	return string(b[n : n+int(size)]), nil
}

// AppendNumber appends a number, 0 or more.
func AppendNumber(b []byte, n int) []byte { return binary.AppendUvarint(b, uint64(n)) }

// AppendText appends a text.
func AppendText(b []byte, s string) []byte {
	return append(AppendNumber(b, len(s)), s...)
}

// AppendTexts appends a list of texts.
func AppendTexts(b []byte, texts []string) []byte {
	b = AppendNumber(b, len(texts))
	for _, s := range texts {
		b = AppendText(b, s)
	}
	return b
}

// A Reader reads what was appended. After the first mistake it reads zeros, and End
// returns ErrRecord.
type Reader struct {
	rest string
	err  error
}

// NewReader begins to read. What is read keeps no hold on b.
func NewReader(b []byte) *Reader { return &Reader{rest: string(b)} } // of which the texts are parts

func (r *Reader) fail() { r.rest, r.err = "", ErrRecord }

// Number reads a number.
func (r *Reader) Number() int {
	n := uint64(0)
	for i := 0; i < len(r.rest) && i < binary.MaxVarintLen32; i++ {
		n |= uint64(r.rest[i]&0x7f) << (7 * i)
		if r.rest[i] < 0x80 {
			r.rest = r.rest[i+1:]
			return int(n)
		}
	}
	r.fail()
	return 0
}

// Count reads the length of a list, each item of which takes a byte at least.
func (r *Reader) Count() int {
	n := r.Number()
	if n > len(r.rest) {
		r.fail()
		return 0
	}
	return n
}

// Text reads a text.
func (r *Reader) Text() string {
	n := r.Count()
	s := r.rest[:n]
	r.rest = r.rest[n:]
	return s
}

// Texts reads a list of texts.
func (r *Reader) Texts() []string {
	n := r.Count()
	if n == 0 {
		return nil
	}
	texts := make([]string, n)
	for i := range texts {
		texts[i] = r.Text()
	}
	return texts
}

// End returns the first mistake, which it is too when something is left.
func (r *Reader) End() error {
	if r.rest != "" {
		return ErrRecord
	}
	return r.err
}
