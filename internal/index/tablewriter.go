package index

import (
	"bytes"
	"encoding/binary"
)

// A tableWriter writes a table whose items come sorted by key.
type tableWriter struct {
	w         *pageWriter
	signed    bool   // what leads to a leaf gets its signature
	list      []byte // of the pages where levels begin
	node      nodeWriter
	signature [signatureSize]byte // of the node
	above     []pair              // what leads to the level's nodes
	first     int                 // of above, to the node
}

type pair struct{ key, value []byte }

func newTableWriter(w *pageWriter, signed bool) *tableWriter {
	t := &tableWriter{w: w, signed: signed}
	t.begin()
	return t
}

// begin begins a level.
func (t *tableWriter) begin() {
	t.list = binary.LittleEndian.AppendUint64(t.list, uint64(t.w.align()))
	t.above, t.first = nil, 0
}

// onLeaves reports whether the lowest level is being written.
func (t *tableWriter) onLeaves() bool { return len(t.list) == 8 }

// leastItems is how many items a node has at least, be they longer than a page:
// else there could be levels without end.
const leastItems = 8

// add adds an item to the level that is being written.
func (t *tableWriter) add(key, value []byte) {
	common := shared(t.node.last, key)
	if t.node.count >= leastItems && t.node.size(key, value, common) > payloadSize-sizeSize {
		t.endNode()
	}
	switch {
	case t.onLeaves() && (t.node.count == 0 || common < beginning):
		t.lead(key[:min(max(common+1, beginning), len(key))])
	case t.node.count == 0:
		t.lead(key)
	}
	t.node.add(key, value, common)
	if t.signed && t.onLeaves() {
		for bit := range signature(key) {
			t.signature[bit/8] |= 1 << (bit % 8)
		}
	}
}

// beginning is how many bytes the keys of a group share, if they have so many.
const beginning = 4

// lead makes a key lead to the node that is being written.
func (t *tableWriter) lead(key []byte) {
	page := pagesOf(t.w.at())
	t.above = append(t.above, pair{bytes.Clone(key), binary.AppendUvarint(nil, uint64(page))})
	if t.node.count == 0 {
		t.first = len(t.above) - 1
	}
}

// endNode writes the node, and begins the next one.
func (t *tableWriter) endNode() {
	if t.signed && t.onLeaves() && len(t.above) > 0 {
		t.above[t.first].value = append(t.above[t.first].value, t.signature[:]...)
		clear(t.signature[:])
	}
	t.w.align()
	t.w.write(binary.LittleEndian.AppendUint32(nil, uint32(len(t.node.b))))
	t.w.write(t.node.b)
	t.node.b, t.node.count = t.node.b[:0], 0
}

// finish writes what is left, the levels above, and the list of all of them. It
// returns where that is.
func (t *tableWriter) finish() span {
	t.endNode()
	for t.first > 0 {
		below := t.above
		t.begin()
		for _, p := range below {
			t.add(p.key, p.value)
		}
		t.endNode()
	}
	at := t.w.at()
	t.list = binary.LittleEndian.AppendUint64(t.list, uint64(pagesOf(at)))
	t.w.write(t.list)
	return span{at, int64(len(t.list))}
}

// pagesOf is how many pages so many bytes take.
func pagesOf(size int64) int64 { return (size + payloadSize - 1) / payloadSize }

// A nodeWriter encodes items.
type nodeWriter struct {
	b     []byte
	count int
	last  []byte // key; that of the node before where there is none
}

// size is how many bytes the items would take, at the most, with one more whose key
// has so many bytes in common with the last.
func (n *nodeWriter) size(key, value []byte, common int) int {
	return len(n.b) + len(key) - common + len(value) + 3*binary.MaxVarintLen32
}

func (n *nodeWriter) add(key, value []byte, common int) {
	if n.count == 0 {
		common = 0 // the last key is another node's
	}
	n.b = binary.AppendUvarint(n.b, uint64(common))
	n.b = binary.AppendUvarint(n.b, uint64(len(key)-common))
	n.b = append(n.b, key[common:]...)
	n.b = binary.AppendUvarint(n.b, uint64(len(value)))
	n.b = append(n.b, value...)
	n.last = append(n.last[:0], key...)
	n.count++
}

// shared is how many bytes two keys begin with alike.
func shared(a, b []byte) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}
