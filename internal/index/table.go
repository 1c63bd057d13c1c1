package index

import (
	"bytes"
	"encoding/binary"
	"iter"
	"sort"
)

// leafSize is about how many bytes a leaf has: few enough to be read for one
// key, many enough that the directory of a million keys is small.
const leafSize = 16 << 10

// An item of a table. The bytes are valid until the next one.
type item struct {
	key, value []byte
	shared     int // how many bytes of the key are those of the key before
}

// next takes the first item off a leaf. The key holds the one before.
func (it *item) next(leaf []byte) (rest []byte, err error) {
	shared, leaf, ok := number(leaf)
	size, leaf, ok2 := number(leaf)
	if !ok || !ok2 || shared > len(it.key) || size > len(leaf) {
		return nil, ErrDamaged
	}
	it.key, it.shared = append(it.key[:shared], leaf[:size]...), shared
	size, leaf, ok = number(leaf[size:])
	if !ok || size > len(leaf) {
		return nil, ErrDamaged
	}
	it.value = leaf[:size]
	return leaf[size:], nil
}

// number takes a varint off b.
func number(b []byte) (n int, rest []byte, ok bool) {
	if len(b) > 0 && b[0] < 0x80 { // as most are
		return int(b[0]), b[1:], true
	}
	u, size := binary.Uvarint(b)
	if size <= 0 || u > 1<<62 {
		return 0, nil, false
	}
	return int(u), b[size:], true
}

// A table reads a sorted table of a file.
type table struct {
	pages      *pages
	directory  span
	signed     bool   // its directory has signatures
	leaves     []leaf // in the order of their first keys, once they are read
	signatures [][]byte
	buffer     []byte
}

type leaf struct {
	first string
	span
}

// signatureSize is how many bytes of signature a leaf has. It has some thousands
// of triples of bytes.
const signatureSize = 1024

// signature yields which bits the signature of a leaf with a key has set, so that
// most leaves without a key of which a word is a part need not be read.
func signature(key []byte) iter.Seq[uint32] {
	return func(yield func(bit uint32) bool) {
		for i := 2; i < len(key); i++ {
			triple := uint32(key[i-2])<<16 | uint32(key[i-1])<<8 | uint32(key[i])
			if !yield(triple * 0x9E3779B1 >> 19) {
				return
			}
		}
	}
}

// open reads the directory, once.
func (t *table) open() error {
	if t.leaves != nil {
		return nil
	}
	b, err := t.pages.bytes(t.directory)
	if err != nil {
		return err
	}
	var it item
	// Enough for most directories; memory that is not used is not touched.
	items := len(b) / 8
	if t.signed {
		items = len(b) / signatureSize
	}
	leaves, ends, keys := make([]leaf, 0, items), make([]int, 0, items), make([]byte, 0, 16*items)
	end := int64(0)
	for len(b) > 0 {
		if b, err = it.next(b); err != nil {
			return err
		}
		at, rest, ok := number(it.value)
		size, signature, ok2 := number(rest)
		// Leaves follow one another; overlapping ones could be read without end.
		if !ok || !ok2 || int64(at) < end || t.signed && len(signature) != signatureSize {
			return ErrDamaged
		}
		end = int64(at) + int64(size)
		keys = append(keys, it.key...)
		ends = append(ends, len(keys))
		leaves = append(leaves, leaf{span: span{int64(at), int64(size)}})
		if t.signed {
			t.signatures = append(t.signatures, signature)
		}
	}
	all, start := string(keys), 0 // one allocation for all of them
	for i, stop := range ends {
		leaves[i].first = all[start:stop]
		start = stop
	}
	t.leaves = leaves
	return nil
}

// from yields the items from the first leaf that may hold the key. Leaves that
// skip reports true for are not read.
func (t *table) from(key []byte, skip func(leaf int) bool) iter.Seq2[*item, error] {
	return func(yield func(*item, error) bool) {
		if err := t.open(); err != nil {
			yield(nil, err)
			return
		}
		i := sort.Search(len(t.leaves), func(i int) bool { return t.leaves[i].first > string(key) })
		buffer := t.buffer
		t.buffer = nil // another sequence within this one gets its own
		defer func() { t.buffer = buffer }()
		var it item
		for i = max(i-1, 0); i < len(t.leaves); i++ {
			if skip != nil && skip(i) {
				continue
			}
			l := t.leaves[i]
			if l.at > t.pages.size-l.size {
				yield(nil, ErrDamaged)
				return
			}
			if int64(cap(buffer)) < l.size {
				buffer = make([]byte, l.size)
			}
			b := buffer[:l.size]
			err := t.pages.read(b, l.at)
			it.key = it.key[:0]
			for len(b) > 0 || err != nil {
				if err == nil {
					b, err = it.next(b)
				}
				if !yield(&it, err) || err != nil {
					return
				}
			}
		}
	}
}

// mayHold reports whether a leaf of a table with signatures may have a key of
// which a word is a part.
func (t *table) mayHold(leaf int, word []byte) bool {
	for bit := range signature(word) {
		if t.signatures[leaf][bit/8]>>(bit%8)&1 == 0 {
			return false
		}
	}
	return true
}

// prefixOf is what the first keys of a leaf and of the next one begin with, and
// so all keys between them.
func (t *table) prefixOf(i int) string {
	if i+1 == len(t.leaves) {
		return ""
	}
	a, b := t.leaves[i].first, t.leaves[i+1].first
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return a[:n]
}

// prefix yields the items whose key begins with a prefix.
func (t *table) prefix(prefix []byte) iter.Seq2[*item, error] {
	return func(yield func(*item, error) bool) {
		for it, err := range t.from(prefix, nil) {
			switch {
			case err != nil:
				yield(nil, err)
				return
			case bytes.HasPrefix(it.key, prefix):
				if !yield(it, nil) {
					return
				}
			case bytes.Compare(it.key, prefix) > 0:
				return
			}
		}
	}
}

// A tableWriter writes a table whose items come sorted by key.
type tableWriter struct {
	w               *pageWriter
	leaf, directory leafWriter
	first           []byte              // key of the leaf
	signed          bool                // the directory gets signatures
	signature       [signatureSize]byte // of the leaf
}

func (t *tableWriter) add(key, value []byte) {
	if len(t.leaf.b) == 0 {
		t.first = append(t.first[:0], key...)
	}
	t.leaf.add(key, value)
	if t.signed {
		for bit := range signature(key) {
			t.signature[bit/8] |= 1 << (bit % 8)
		}
	}
	if len(t.leaf.b) >= leafSize {
		t.flush()
	}
}

func (t *tableWriter) flush() {
	if len(t.leaf.b) > 0 {
		value := binary.AppendUvarint(nil, uint64(t.w.at()))
		value = binary.AppendUvarint(value, uint64(len(t.leaf.b)))
		if t.signed {
			value = append(value, t.signature[:]...)
		}
		t.directory.add(t.first, value)
		t.w.write(t.leaf.b)
		t.leaf = leafWriter{t.leaf.b[:0], t.leaf.last[:0]}
		clear(t.signature[:])
	}
}

// finish writes what is left and returns where the directory is.
func (t *tableWriter) finish() span {
	t.flush()
	at := t.w.at()
	t.w.write(t.directory.b)
	return span{at, t.w.at() - at}
}

// A leafWriter encodes items.
type leafWriter struct {
	b    []byte
	last []byte // key
}

func (l *leafWriter) add(key, value []byte) {
	shared := 0
	for shared < len(key) && shared < len(l.last) && key[shared] == l.last[shared] {
		shared++
	}
	l.b = binary.AppendUvarint(l.b, uint64(shared))
	l.b = binary.AppendUvarint(l.b, uint64(len(key)-shared))
	l.b = append(l.b, key[shared:]...)
	l.b = binary.AppendUvarint(l.b, uint64(len(value)))
	l.b = append(l.b, value...)
	l.last = append(l.last[:0], key...)
}
