package index

import (
	"bufio"
	"encoding/binary"
	"hash/crc32"
	"io"
	"slices"
)

const (
	pageSize    = 4 << 10
	checkSize   = 4
	payloadSize = pageSize - checkSize
)

// checksum is that of the page of a number. The number is part of it, so that a
// page in another's place is noticed. Castagnoli's polynomial would take longer
// to set up than a look-up takes.
func checksum(number int64, payload []byte) uint32 {
	return crc32.Update(uint32(number), crc32.IEEETable, payload)
}

// A sum tells two contents apart: the CRC-32s by two polynomials that have no factor
// in common, which together are as good as a CRC of 64 bits, and seven times as fast.
type sum [2]uint32

// and is the sum of what s is the sum of with more behind it.
func (s sum) and(b []byte) sum {
	return sum{crc32.Update(s[0], crc32.IEEETable, b), crc32.Update(s[1], crc32.MakeTable(crc32.Castagnoli), b)}
}

// pages reads the payloads of checked pages as if they were one file, and keeps
// the last few.
type pages struct {
	r    io.ReaderAt
	size int64 // of the payloads together
	kept [8]struct {
		number  int64 // plus one: 0 is none
		used    int64 // when it was last asked for
		payload []byte
	}
	asked int64 // how often a page was asked for
	ahead window
	next  func(matter error) error // exchanges r for another reader of the same pages
}

// A window is pages that were read together, since those before them were read
// one after the other: one long read takes far less time than many short ones.
type window struct {
	first int64
	pages []byte // not checked yet
	next  int64  // the page behind the one that was loaded last
	count int    // how many pages are read next time, if it is near that one
}

// mostAhead is up to how many pages are read together.
const mostAhead = 16

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
	p.asked++
	kept := &p.kept[0]
	for i := range p.kept {
		k := &p.kept[i]
		if k.number == number+1 {
			k.used = p.asked
			return k.payload, nil
		}
		if k.used < kept.used {
			kept = k
		}
	}
	n := min(payloadSize, p.size-number*payloadSize) + checkSize
	if int64(cap(kept.payload)) < n {
		kept.payload = make([]byte, n)
	}
	kept.number = 0
	b := kept.payload[:n]
	for err := p.load(b, number); err != nil; err = p.load(b, number) {
		if err := p.next(err); err != nil {
			return nil, err
		}
	}
	kept.number, kept.used, kept.payload = number+1, p.asked, b[:n-checkSize]
	return kept.payload, nil
}

// load reads a page and checks it.
func (p *pages) load(b []byte, number int64) error {
	n, err := p.ahead.read(p.r, b, number)
	if n < len(b) {
		if err == io.EOF {
			err = ErrDamaged // it was longer when it was opened
		}
		return err
	}
	payload, sum := b[:len(b)-checkSize], b[len(b)-checkSize:]
	if checksum(number, payload) != binary.LittleEndian.Uint32(sum) {
		return ErrDamaged
	}
	return nil
}

// read reads a page, and some behind it if it is one of several on a way forward.
func (w *window) read(r io.ReaderAt, b []byte, number int64) (int, error) {
	forward := w.next <= number && number < w.next+mostAhead/2
	w.next = number + 1
	if i := (number - w.first) * pageSize; i >= 0 && i+int64(len(b)) <= int64(len(w.pages)) {
		return copy(b, w.pages[i:]), nil
	}
	w.count = min(2*w.count, mostAhead)
	if !forward || w.count == 0 {
		w.count = 1
		return r.ReadAt(b, number*pageSize)
	}
	if w.pages == nil {
		w.pages = make([]byte, mostAhead*pageSize)
	}
	n, err := r.ReadAt(w.pages[:w.count*pageSize], number*pageSize)
	w.first, w.pages = number, w.pages[:n]
	if n < len(b) {
		return 0, err
	}
	return copy(b, w.pages), nil
}

// A pageWriter writes payloads as checked pages. It keeps the first error.
type pageWriter struct {
	w    *bufio.Writer
	page []byte
	done int64 // pages written
	past sum   // of their payloads
}

func newPageWriter(w io.Writer) pageWriter {
	return pageWriter{w: bufio.NewWriterSize(w, mostAhead*pageSize)}
}

// at is the address of what is written next.
func (w *pageWriter) at() int64 { return w.done*payloadSize + int64(len(w.page)) }

func (w *pageWriter) write(b []byte) {
	for len(b) > 0 {
		n := min(len(b), payloadSize-len(w.page))
		w.page = append(w.page, b[:n]...)
		if b = b[n:]; len(w.page) == payloadSize {
			w.endPage()
		}
	}
}

// align makes what is written next begin a page, and returns the number of that.
func (w *pageWriter) align() int64 {
	if rest := len(w.page); rest > 0 {
		w.write(make([]byte, payloadSize-rest))
	}
	return w.done
}

// sum is that of everything written so far. Checksums are no part of it: with a page's
// own behind it, a CRC-32 of the same kind says little of the page.
func (w *pageWriter) sum() sum { return w.past.and(w.page) }

func (w *pageWriter) endPage() {
	w.past = w.sum()
	w.page = binary.LittleEndian.AppendUint32(w.page, checksum(w.done, w.page))
	w.w.Write(w.page)
	w.done++
	w.page = w.page[:0]
}

// err is the first error so far.
func (w *pageWriter) err() error {
	_, err := w.w.Write(nil)
	return err
}

// close ends the last page.
func (w *pageWriter) close() error {
	if len(w.page) > 0 {
		w.endPage()
	}
	return w.w.Flush()
}
