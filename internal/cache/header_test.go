package cache

import (
	"encoding/binary"
	"hash/crc32"
	"testing"
)

// TestHeaderFits has room for the header between the magic and the checksum.
func TestHeaderFits(t *testing.T) {
	if n := len(magic) + binary.Size(header{}); n > sumAt {
		t.Errorf("the header needs %d bytes of %d", n, sumAt)
	}
}

// FuzzHeader decodes any bytes, and those with the right checksum: what it
// takes for a header survives being written.
func FuzzHeader(f *testing.F) {
	f.Add(header{}.encode())
	f.Add(header{Stamp: stamp{1, 2, 3, 4, 5}, Compare: true, Length: -1}.encode())
	f.Add([]byte(magic))
	f.Add([]byte(nil))
	f.Fuzz(func(t *testing.T, data []byte) {
		b := make([]byte, headerSize)
		copy(b, data)
		decode(b)
		binary.LittleEndian.PutUint32(b[sumAt:], crc32.ChecksumIEEE(b[:sumAt]))
		h, ok := decode(b)
		if ok != (string(b[:len(magic)]) == magic) {
			t.Errorf("decoded: %v", ok)
		}
		if again, ok2 := decode(h.encode()); ok && (!ok2 || again != h) {
			t.Errorf("%v became %v", h, again)
		}
	})
}
