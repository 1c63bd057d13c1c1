package index

import (
	"encoding/binary"
	"hash/crc32"
	"io"
	"slices"
)

const (
	pageSize    = 32 << 10
	checkSize   = 4
	payloadSize = pageSize - checkSize
)

// checksum is that of the page of a number. The number is part of it, so that a
// page in another's place is noticed.
func checksum(number int64, payload []byte) uint32 {
	return crc32.Update(uint32(number), crc32.MakeTable(crc32.Castagnoli), payload)
}

// pages reads the payloads of checked pages as if they were one file, and keeps
// the last few.
type pages struct {
	r    io.ReaderAt
	size int64 // of the payloads together
	kept [4]struct {
		number  int64 // plus one: 0 is none
		payload []byte
	}
	mend func() (io.ReaderAt, error)
}

func newPages(r io.ReaderAt, size int64) pages {
	full, rest := size/pageSize, size%pageSize
	return pages{r: r, size: full*payloadSize + max(rest-checkSize, 0)}
}

// read fills b from an address on.
func (p *pages) read(b []byte, at int64) error {
	if at < 0 || at > p.size-int64(len(b)) {
		return ErrDamaged
	}
	for len(b) > 0 {
		payload, err := p.page(at / payloadSize)
		if err != nil {
			return err
		}
		n := copy(b, payload[at%payloadSize:])
		b, at = b[n:], at+int64(n)
	}
	return nil
}

// bytes returns a part. It allocates no more than the file holds.
func (p *pages) bytes(s span) ([]byte, error) { return p.append(nil, s) }

// append appends a part to b.
func (p *pages) append(b []byte, s span) ([]byte, error) {
	if s.at < 0 || s.size < 0 || s.at > p.size-s.size {
		return nil, ErrDamaged
	}
	b = slices.Grow(b, int(s.size))
	n := len(b)
	b = b[:n+int(s.size)]
	return b, p.read(b[n:], s.at)
}

// page returns the payload of the page of a number, until the next call.
func (p *pages) page(number int64) ([]byte, error) {
	kept := &p.kept[number%int64(len(p.kept))]
	if kept.number == number+1 {
		return kept.payload, nil
	}
	n := min(payloadSize, p.size-number*payloadSize) + checkSize
	if int64(cap(kept.payload)) < n {
		kept.payload = make([]byte, n)
	}
	kept.number = 0
	b := kept.payload[:n]
	err := p.load(b, number)
	if err != nil && p.mend != nil {
		mend := p.mend
		p.mend = nil
		var fresh io.ReaderAt
		if fresh, err = mend(); err == nil {
			p.r = fresh
			err = p.load(b, number)
		}
	}
	if err != nil {
		return nil, err
	}
	kept.number, kept.payload = number+1, b[:n-checkSize]
	return kept.payload, nil
}

// load reads a page and checks it.
func (p *pages) load(b []byte, number int64) error {
	n, err := p.r.ReadAt(b, number*pageSize)
	if n < len(b) {
		if err == io.EOF {
			err = ErrDamaged // it was longer when it was opened
		}
		return err
	}
	payload := b[:n-checkSize]
	if checksum(number, payload) != binary.LittleEndian.Uint32(b[n-checkSize:]) {
		return ErrDamaged
	}
	return nil
}

// A pageWriter writes payloads as checked pages.
type pageWriter struct {
	w    io.Writer
	page []byte
	done int64 // pages written
	err  error
}

// at is the address of what is written next.
func (w *pageWriter) at() int64 { return w.done*payloadSize + int64(len(w.page)) }

func (w *pageWriter) write(b []byte) {
	for len(b) > 0 {
		n := min(len(b), payloadSize-len(w.page))
		w.page = append(w.page, b[:n]...)
		if b = b[n:]; len(w.page) == payloadSize {
			w.flush()
		}
	}
}

func (w *pageWriter) flush() {
	if len(w.page) > 0 && w.err == nil {
		sealed := binary.LittleEndian.AppendUint32(w.page, checksum(w.done, w.page))
		_, w.err = w.w.Write(sealed)
	}
	w.done++
	w.page = w.page[:0]
}
