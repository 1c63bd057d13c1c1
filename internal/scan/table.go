package scan

import "encoding/binary"

// A table finds codes by their bytes. A slot says enough of a code to tell nearly
// every other from it, so that what is no code costs one look into the memory.
type table struct {
	codes []string
	index []int32 // of each code, as the caller counts
	slots []slot  // as many as a power of two, at most half of them taken
}

type slot struct {
	tag  uint32 // a part of the hash
	code uint32 // its number in codes, from 1; 0 is none
}

// add adds a code unless it is there already.
func (t *table) add(code string, index int32) bool {
	var text [MaxLength]byte
	n := copy(text[:], code)
	if _, ok := t.get(text[:n]); ok {
		return false
	}
	t.codes, t.index = append(t.codes, code), append(t.index, index)
	if 2*len(t.codes) > len(t.slots) {
		t.slots = make([]slot, max(16, 2*len(t.slots)))
		for i := range t.codes {
			t.put(i)
		}
	} else {
		t.put(len(t.codes) - 1)
	}
	return true
}

func (t *table) put(number int) {
	var text [MaxLength]byte
	h := hash(text[:copy(text[:], t.codes[number])])
	i := int(h) & (len(t.slots) - 1)
	for t.slots[i].code != 0 {
		i = (i + 1) & (len(t.slots) - 1)
	}
	t.slots[i] = slot{uint32(h >> 32), uint32(number + 1)}
}

// get returns the index of a code. The text can be read for eight bytes at each
// multiple of eight in it.
func (t *table) get(text []byte) (index int32, ok bool) {
	if len(t.slots) == 0 {
		return 0, false
	}
	h := hash(text)
	for i := int(h) & (len(t.slots) - 1); t.slots[i].code != 0; i = (i + 1) & (len(t.slots) - 1) {
		if s := t.slots[i]; s.tag == uint32(h>>32) && t.codes[s.code-1] == string(text) {
			return t.index[s.code-1], true
		}
	}
	return 0, false
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
