package cache

import (
	"crypto/sha256"
	"encoding/binary"
	"hash/crc32"
	"io"
)

// A kept file is a header of headerSize bytes and what was built. The header
// begins with magic and ends with a checksum of the rest of it.
const (
	magic      = "errcode's cache\n" // in every version: the sweep knows ours by it
	layout     = "1"                 // the header's, which changes with it
	headerSize = 256
	sumAt      = headerSize - crc32.Size
)

// A header says of what a file was built.
type header struct {
	ID      [sha256.Size]byte // of the source
	Stamp   stamp             // of the source
	Compare bool              // the stamp was recent: only Sum tells
	Sum     [sha256.Size]byte // of the source's content, with Compare
	Length  int64             // of what was built
}

// encode returns the headerSize bytes of a header.
func (h header) encode() []byte {
	b := make([]byte, headerSize)
	n := copy(b, magic)
	binary.Encode(b[n:], binary.LittleEndian, h) // it has a fixed size and there is room
	binary.LittleEndian.PutUint32(b[sumAt:], crc32.ChecksumIEEE(b[:sumAt]))
	return b
}

// decode reads the headerSize bytes of a header, if they are one.
func decode(b []byte) (h header, ok bool) {
	if string(b[:len(magic)]) != magic || binary.LittleEndian.Uint32(b[sumAt:]) != crc32.ChecksumIEEE(b[:sumAt]) {
		return h, false
	}
	_, err := binary.Decode(b[len(magic):], binary.LittleEndian, &h)
	return h, err == nil
}

// readHeader reads the header of a file, if it has one.
func readHeader(r io.ReaderAt) (header, bool) {
	b := make([]byte, headerSize)
	if _, err := r.ReadAt(b, 0); err != nil && err != io.EOF {
		return header{}, false
	}
	return decode(b)
}
