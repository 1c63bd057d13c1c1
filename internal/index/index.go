// Package index answers questions about many records from compiled bytes, in
// place: it reads only what an answer needs. A record is bytes of the caller's,
// with the names it goes by, the words it is found by, each in some of eight
// classes of weight, and marks, by which it is looked up and not searched. What a name,
// a word, a class or a mark means, and how names and words are folded, is the
// caller's business too.
//
// # Layout
//
// Numbers are unsigned; those written in a fixed number of bytes are little
// endian, the others are varints as in encoding/binary.
//
// A file is pages of 4 KiB, the last one shorter. A page ends in four bytes of
// checksum: the CRC-32 (IEEE) of what stands before them, begun with the number
// of the page, from 0. What follows lies in the pages without their checksums,
// one after the other; an address counts bytes there.
//
//	records   the bytes of every record, one after the other
//	postings  for each word and mark that has many, the records it stands in
//	words     a table: word → postings
//	marks     a table: mark → postings; left out, with the length 0, where there is none
//	names     a table: folded name, a zero byte, name → number of the record
//	          times two, plus one where the name is a further one
//	offsets   the address of every record and of the end of the last, 8 bytes each
//	meta      bytes of the caller's
//	trailer   112 bytes: "errcode index 4\n"; the number of records; address and
//	          length of names, words, marks, offsets and meta, 8 bytes each; the
//	          CRC-32 (IEEE) and the CRC-32C (Castagnoli) of all that stands before
//	          the two, 4 bytes each
//
// A table is sorted by key, byte by byte, and has levels, one after the other,
// the lowest first. A level is nodes, each of which begins a page: four bytes
// that say how many bytes its items take, and the items. The nodes of the lowest
// level, the leaves, have the items of the table. Those of a level above have an
// item for each node of the level below: the number of its page, a varint, under
// a key that is not greater than the node's first key and not less than the last
// one before it. The highest level has one node. The address and length of a
// table are those of the list of its levels: the page at which each begins, and
// the one behind the highest, 8 bytes each.
//
// What leads to leaves has an item too for every further group of keys in a leaf:
// those that have the same first four bytes, which the item's key begins with. In
// the table of words, the first item that leads to a leaf has 256 bytes of
// signature behind the page number: for every three neighbouring bytes a, b, c of
// a key in the leaf, bit n%8 of byte n/8 is set, where n is the upper 11 of the
// lower 32 bits of (65536a + 256b + c) × 0x9E3779B1.
//
// An item is: how many bytes the key shares with the key before it in the node,
// how many follow, those bytes, the length of the value, the value.
//
// Postings are one item for each record the word stands in, in order: the number
// of the record less that of the item before (less -1 for the first), and a byte
// whose bit n is set where the word has class n there, 0 for a mark. The value of a
// word or a mark is its postings' length times two, then their address; or, plus one,
// the postings.
package index

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"iter"
)

// Version names the layout.
const Version = "errcode index 4"

// magic begins the trailer.
const magic = Version + "\n"

const trailerSize = len(magic) + 12*8

// ErrDamaged says that the bytes are not those that a Builder wrote.
var ErrDamaged = errors.New("damaged index")

// ErrChanged says that what an index was to be mended with has other contents.
var ErrChanged = errors.New("the source has changed since")

// An Index answers questions about the records of a file. Its methods are not to
// be called at the same time. Errors are ErrDamaged or those of the reader; where
// the index can be mended, also ErrChanged or those of what mends it.
type Index struct {
	pages   pages
	again   []func() (io.ReaderAt, int64, error) // not asked yet; see Mend
	trailer [trailerSize]byte
	records int
	offsets int64
	meta    span
	names   table
	words   table
	marks   table
	buffer  []byte // of the postings last read
}

// A span is a part of the file.
type span struct{ at, size int64 }

// Open opens the index in the first size bytes of r.
func Open(r io.ReaderAt, size int64) (*Index, error) {
	x := &Index{pages: newPages(r, size)}
	x.pages.next = x.next
	if err := x.pages.read(x.trailer[:], x.pages.size-int64(trailerSize)); err != nil {
		return nil, err
	}
	if string(x.trailer[:len(magic)]) != magic {
		return nil, fmt.Errorf("%w: not of this version", ErrDamaged)
	}
	var numbers [11]int64
	for i := range numbers {
		n := binary.LittleEndian.Uint64(x.trailer[len(magic)+8*i:])
		if n > uint64(x.pages.size) {
			return nil, ErrDamaged
		}
		numbers[i] = int64(n)
	}
	x.records = int(numbers[0])
	x.names = table{pages: &x.pages, list: span{numbers[1], numbers[2]}}
	x.words = table{pages: &x.pages, list: span{numbers[3], numbers[4]}, signed: true}
	x.marks = table{pages: &x.pages, list: span{numbers[5], numbers[6]}}
	if numbers[6] == 0 {
		x.marks.levels = []int64{0, 0} // there are none
	}
	x.offsets = numbers[7]
	x.meta = span{numbers[9], numbers[10]}
	if numbers[8] != int64(x.records+1)*8 {
		return nil, ErrDamaged
	}
	return x, nil
}

// Mend gives the index ways to go on when a page is damaged or cannot be read.
// Each returns a reader of the same file, made anew, and its size. They are asked in
// their order, each at most once: the next one where what the last returned cannot
// be read either. An error of their own ends that, and so does a file of other
// contents, with ErrChanged.
func (x *Index) Mend(again ...func() (io.ReaderAt, int64, error)) { x.again = again }

// next makes the pages those of the next file that Mend was given, or returns why
// not: what is the matter with the present one, where no other can be opened.
func (x *Index) next(matter error) error {
	for len(x.again) > 0 {
		again := x.again[0]
		x.again = x.again[1:]
		r, size, err := again()
		if err != nil {
			return err
		}
		fresh, err := Open(r, size)
		if err != nil {
			matter = err
			continue
		}
		if fresh.trailer != x.trailer { // which holds the sum of all before it
			return ErrChanged
		}
		x.pages.r, x.pages.ahead = r, window{}
		return nil
	}
	return matter
}

// Len is the number of records.
func (x *Index) Len() int { return x.records }

// Meta returns the bytes that the Builder was given for the whole.
func (x *Index) Meta() ([]byte, error) { return x.pages.bytes(x.meta) }

// Record returns the bytes of the record of a number, from 0.
func (x *Index) Record(n int) ([]byte, error) {
	if n < 0 || n >= x.records {
		return nil, ErrDamaged
	}
	var ends [16]byte
	if err := x.pages.read(ends[:], x.offsets+int64(n)*8); err != nil {
		return nil, err
	}
	from, to := binary.LittleEndian.Uint64(ends[:]), binary.LittleEndian.Uint64(ends[8:])
	if from > to || to > uint64(x.pages.size) {
		return nil, ErrDamaged
	}
	return x.pages.bytes(span{int64(from), int64(to - from)})
}

// A Name is what a record goes by. Its bytes are good until the next one is
// asked for.
type Name struct {
	Folded  []byte
	Name    []byte
	Record  int
	Further bool // not the first name of its record
}

// Names yields the names whose folded form begins with a prefix, in the order of
// the folded ones.
func (x *Index) Names(prefix string) iter.Seq2[Name, error] {
	return func(yield func(Name, error) bool) {
		for it, err := range x.names.prefix([]byte(prefix)) {
			var name Name
			if err == nil {
				name, err = it.name(x.records)
			}
			if !yield(name, err) || err != nil {
				return
			}
		}
	}
}

// Find yields the names that fold to a key.
func (x *Index) Find(folded string) iter.Seq2[Name, error] {
	return x.Names(folded + "\x00")
}

// Words yields the words that begin with a prefix, in order.
func (x *Index) Words(prefix string) iter.Seq2[string, error] { return x.words.keys(prefix) }

// Marks yields the marks that begin with a prefix, in order.
func (x *Index) Marks(prefix string) iter.Seq2[string, error] { return x.marks.keys(prefix) }

// name reads an item of the names.
func (it *item) name(records int) (Name, error) {
	folded, name, ok := bytes.Cut(it.key, []byte{0})
	n, size := binary.Uvarint(it.value)
	if !ok || size <= 0 || n/2 >= uint64(records) {
		return Name{}, ErrDamaged
	}
	return Name{folded, name, int(n / 2), n&1 != 0}, nil
}
