package scan

import "encoding/binary"

// A list is codes one behind another: of a hundred thousand, it takes less memory
// than strings do, and memory that was never touched costs most.
type list struct {
	text []byte
	ends []uint32 // in text
}

// newList returns a list with room for about count codes.
func newList(count int) list {
	return list{make([]byte, 0, 16*count), make([]uint32, 0, count)}
}

func (l *list) add(text []byte) {
	l.text = append(l.text, text...)
	l.ends = append(l.ends, uint32(len(l.text)))
}

// end ends the list: then eight bytes can be read anywhere in its texts.
func (l *list) end() { l.text = append(l.text, make([]byte, 8)...)[:len(l.text)] }

func (l *list) len() int { return len(l.ends) }

func (l *list) at(i int) []byte {
	start := uint32(0)
	if i > 0 {
		start = l.ends[i-1]
	}
	return l.text[start:l.ends[i]]
}

// A table finds codes of a list by their bytes. A slot says enough of a code to
// tell nearly every other from it, so that what is no code costs one look into the
// memory.
type table struct {
	list  *list
	count int    // of those in the table
	slots []slot // as many as a power of two, at most half of them taken
}

type slot struct {
	tag  uint32 // a part of the hash
	code uint32 // its index in the list + 1; 0 is none
}

// newTable returns an empty table for the codes of a list.
func newTable(l *list) table {
	size := 16
	for size < 2*l.len() {
		size *= 2
	}
	return table{list: l, slots: make([]slot, size)}
}

// add adds the code of an index, unless an equal one is there already. It returns
// the index of the one that is there.
func (t *table) add(index int) (first int, added bool) {
	s, tag := t.find(t.list.at(index))
	if s.code != 0 {
		return int(s.code) - 1, false
	}
	*s = slot{tag, uint32(index + 1)}
	t.count++
	return index, true
}

// get returns the index of a code.
func (t *table) get(text []byte) (index int, ok bool) {
	s, _ := t.find(text)
	return int(s.code) - 1, s.code != 0
}

// find returns the slot of a text or, where it is not in the table, the one for
// it, and its tag. The text can be read for eight bytes at each multiple of eight
// in it.
func (t *table) find(text []byte) (s *slot, tag uint32) {
	h := hash(text)
	tag = uint32(h >> 32)
	for i := int(h); ; i++ {
		s = &t.slots[i&(len(t.slots)-1)]
		if s.code == 0 || s.tag == tag && string(t.list.at(int(s.code-1))) == string(text) {
			return s, tag
		}
	}
}

// hash depends on all bytes of a text, in all its bits.
func hash(text []byte) uint64 {
	h := uint64(len(text))
	for i := 0; i < len(text); i += 8 {
		x := binary.LittleEndian.Uint64(text[i : i+8 : i+8])
		if rest := len(text) - i; rest < 8 {
			x &= 1<<(8*rest) - 1
		}
		h = (h ^ x) * factor
		h ^= h >> 29
	}
	return h * factor
}
