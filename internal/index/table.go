package index

import (
	"bytes"
	"encoding/binary"
	"iter"
	"math"
)

// An item of a table. The bytes are valid until the next one.
type item struct {
	key, value []byte
	shared     int // how many bytes of the key are those of the key before
	enough     int // set by who takes it: the next ones that share so many are passed over
}

// take takes the parts of the first item off those of a node: how many bytes its
// key shares with the one before, the others, and the value.
func take(items []byte) (shared int, key, value, rest []byte, err error) {
	shared, rest, ok := number(items)
	size, rest, ok2 := number(rest)
	if !ok || !ok2 || size > len(rest) {
		return 0, nil, nil, nil, ErrDamaged
	}
	key = rest[:size]
	size, rest, ok = number(rest[size:])
	if !ok || size > len(rest) {
		return 0, nil, nil, nil, ErrDamaged
	}
	return shared, key, rest[:size], rest[size:], nil
}

// next takes the first item off those of a node. The key holds the one before.
func (it *item) next(items []byte) (rest []byte, err error) {
	shared, key, value, rest, err := take(items)
	if err != nil || shared > len(it.key) {
		return nil, ErrDamaged
	}
	it.key, it.shared, it.value = append(it.key[:shared], key...), shared, value
	return rest, nil
}

// pass takes off the items whose keys begin with the same n bytes as the last
// one's: in a fraction of the time that it takes to look at each.
func (it *item) pass(items []byte, n int) (rest []byte, err error) {
	for len(items) > 0 {
		if len(items) > 2 && items[0]|items[1] < 0x80 { // as in most
			if int(items[0]) < n {
				return items, nil // the key still has the bytes that this one shares
			}
			if i := 2 + int(items[1]); i < len(items) && items[i] < 0x80 && i+int(items[i]) < len(items) {
				items = items[i+1+int(items[i]):]
				continue
			}
		}
		shared, _, _, rest, err := take(items)
		if err != nil || shared < n {
			return items, err
		}
		items = rest
	}
	return items, nil
}

// page reads the value of an item that leads to a node: its page and what
// follows that.
func (it *item) page() (page int64, rest []byte, err error) {
	n, rest, ok := number(it.value)
	if !ok {
		return 0, nil, ErrDamaged
	}
	return int64(n), rest, nil
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
	pages  *pages
	list   span    // of its levels, in the file
	levels []int64 // the pages where they begin, and the one behind them; see open
	signed bool    // what leads to a leaf has its signature
	buffer []byte
}

// open reads where the levels are, once.
func (t *table) open() error {
	if t.levels != nil {
		return nil
	}
	b, err := t.pages.bytes(t.list)
	if err != nil {
		return err
	}
	levels := make([]int64, 0, len(b)/8)
	for before := int64(-1); len(b) >= 8; b = b[8:] {
		page := int64(binary.LittleEndian.Uint64(b))
		if page <= before || page > pagesOf(t.pages.size) {
			return ErrDamaged
		}
		levels, before = append(levels, page), page
	}
	if len(levels) < 2 {
		return ErrDamaged
	}
	t.levels = levels
	return nil
}

// sizeSize is how many bytes of a node say how many bytes its items have.
const sizeSize = 4

// items yields the items of the nodes that begin from one page on up to another.
// It sets behind, if that is not nil, to the page behind the one last read.
func (t *table) items(from, to int64, behind *int64) iter.Seq2[*item, error] {
	return func(yield func(*item, error) bool) {
		buffer := t.buffer
		t.buffer = nil // another sequence within this one gets its own
		defer func() { t.buffer = buffer }()
		var it item
		if behind == nil {
			behind = new(int64)
		}
		for page := from; page < to; page = *behind {
			var err error
			buffer, *behind, err = t.node(buffer, page)
			it.key = it.key[:0]
			for rest := buffer; len(rest) > 0 || err != nil; {
				if err == nil {
					rest, err = it.next(rest)
				}
				it.enough = math.MaxInt
				if !yield(&it, err) || err != nil {
					return
				}
				rest, err = it.pass(rest, it.enough)
			}
		}
	}
}

// node reads the items of the node at a page into b, and says which page is the
// one behind it.
func (t *table) node(b []byte, page int64) (items []byte, behind int64, err error) {
	at := page * payloadSize
	var size [sizeSize]byte
	if err := t.pages.read(size[:], at); err != nil {
		return nil, 0, err
	}
	n := int64(binary.LittleEndian.Uint32(size[:]))
	items, err = t.pages.append(b[:0], span{at + sizeSize, n})
	return items, page + pagesOf(sizeSize+n), err
}

// from yields the items from the leaf on that is the first to hold a key or
// greater ones.
func (t *table) from(key []byte) iter.Seq2[*item, error] {
	return func(yield func(*item, error) bool) {
		page, err := t.leafBefore(key)
		if err != nil {
			yield(nil, err)
			return
		}
		t.items(page, t.levels[1], nil)(yield)
	}
}

// leafBefore returns the page of the last leaf that begins before a key.
func (t *table) leafBefore(key []byte) (page int64, err error) {
	if err := t.open(); err != nil {
		return 0, err
	}
	level := len(t.levels) - 2
	for page = t.levels[level]; level > 0; level-- {
		child := t.levels[level-1]
		for it, err := range t.items(page, page+1, nil) {
			if err != nil {
				return 0, err
			}
			if bytes.Compare(it.key, key) >= 0 {
				break
			}
			if child, _, err = it.page(); err != nil {
				return 0, err
			}
		}
		if child < t.levels[level-1] || child >= t.levels[level] {
			return 0, ErrDamaged
		}
		page = child
	}
	return page, nil
}

// prefix yields the items whose key begins with a prefix.
func (t *table) prefix(prefix []byte) iter.Seq2[*item, error] {
	return func(yield func(*item, error) bool) {
		for it, err := range t.from(prefix) {
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

// value returns the value of a key, nil where the table does not have that.
func (t *table) value(key string) ([]byte, error) {
	for it, err := range t.prefix([]byte(key)) {
		if err != nil {
			return nil, err
		}
		if string(it.key) == key {
			return bytes.Clone(it.value), nil
		}
		break
	}
	return nil, nil
}

// keys yields the keys that begin with a prefix.
func (t *table) keys(prefix string) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for it, err := range t.prefix([]byte(prefix)) {
			key := ""
			if err == nil {
				key = string(it.key)
			}
			if !yield(key, err) || err != nil {
				return
			}
		}
	}
}

// A group is keys of a leaf that begin with the same bytes, as what leads to the
// leaf tells.
type group struct {
	*item            // what leads to it
	prefix    []byte // what the keys begin with
	first     bool   // of its leaf
	signature []byte // of the leaf, with its first group, where the table is signed and has several leaves
	table     *table
	leaf      int64
	behind    *int64
}

// groups yields the groups of the table, in order, but for those of a leaf that was
// read.
func (t *table) groups(yield func(group, error) bool) {
	if err := t.open(); err != nil {
		yield(group{}, err)
		return
	}
	levels := t.levels // which a renewal in between forgets
	behind := int64(0) // the leaf that was read last
	if len(levels) == 2 {
		yield(group{item: new(item), first: true, table: t, leaf: levels[0], behind: &behind}, nil)
		return
	}
	last := int64(-1)
	for it, err := range t.items(levels[1], levels[2], nil) {
		g := group{item: it, table: t, behind: &behind}
		if err == nil {
			g.leaf, g.signature, err = it.page()
		}
		if err == nil && (g.leaf < last || g.leaf < levels[0] || g.leaf >= levels[1] || t.signed && len(g.signature)%signatureSize != 0) {
			err = ErrDamaged
		}
		if err == nil {
			if g.leaf < behind { // also where leaves overlap: else they could be read without end
				continue
			}
			g.first, last = g.leaf != last, g.leaf
			g.prefix = it.key[:min(beginning, len(it.key))]
		}
		if !yield(g, err) || err != nil {
			return
		}
	}
}

// items yields all items of the group's leaf.
func (g group) items() iter.Seq2[*item, error] {
	return g.table.items(g.leaf, g.leaf+1, g.behind)
}

// signatureSize is how many bytes of signature a leaf has. It has about a thousand
// triples of bytes.
const signatureSize = 256

// signature yields which bits the signature of a leaf with a key has set, so that
// most leaves without a key of which a word is a part need not be read.
func signature(key []byte) iter.Seq[uint32] {
	return func(yield func(bit uint32) bool) {
		for i := 2; i < len(key); i++ {
			triple := uint32(key[i-2])<<16 | uint32(key[i-1])<<8 | uint32(key[i])
			if !yield(triple * 0x9E3779B1 >> 21) {
				return
			}
		}
	}
}

// mayHold reports whether a leaf may have a key of which a word is a part. It is
// asked of the leaf's first group.
func (g group) mayHold(word []byte) bool {
	for bit := range signature(word) {
		if len(g.signature) > 0 && g.signature[bit/8]>>(bit%8)&1 == 0 {
			return false
		}
	}
	return true
}
