package index

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"iter"
	"slices"
	"testing"
)

// built is a small index of several leaves and pages.
func built(t testing.TB, records int) []byte {
	t.Helper()
	var file bytes.Buffer
	build(t, NewBuilder(&file), records)
	return file.Bytes()
}

func build(t testing.TB, b *Builder, records int) {
	t.Helper()
	for i := range records {
		if err := b.Record(fmt.Appendf(nil, "record %d %s", i, bytes.Repeat([]byte{'x'}, i%97))); err != nil {
			t.Fatal(err)
		}
		b.Name(fmt.Sprintf("pay%d", i), fmt.Sprintf("PAY-%d", i), false)
		b.Name(fmt.Sprintf("old%04d", i), fmt.Sprintf("OLD-%04d", i), true)
		b.Word(0, fmt.Sprintf("pay%d", i))
		b.Word(1, "every")
		b.Word(i%Classes, []string{"token", "tokens", "other"}[i%3])
		b.Mark(fmt.Sprintf("fifth %d", i%5))
		b.MarkRarest("rarest ", "every", fmt.Sprintf("pay%d", i))
	}
	if err := b.Close([]byte("meta")); err != nil {
		t.Fatal(err)
	}
}

// opened opens an index that is whole.
func opened(t testing.TB, file []byte) *Index {
	t.Helper()
	x, err := Open(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// payloadsOf is what the pages of a file hold, without their checksums.
func payloadsOf(file []byte) (payloads []byte) {
	for page := range slices.Chunk(file, pageSize) {
		payloads = append(payloads, page[:len(page)-checkSize]...)
	}
	return payloads
}

// paged is a file of pages that hold these bytes, be they an index or not.
func paged(payloads []byte) (file []byte) {
	number := int64(0)
	for p := range slices.Chunk(payloads, payloadSize) {
		file = append(file, p...)
		file = binary.LittleEndian.AppendUint32(file, checksum(number, p))
		number++
	}
	return file
}

// answers asks an index everything. It returns what is answered before anything
// fails, and why that does.
func answers(x *Index) (all []byte, failed error) {
	add := func(answer any, err error) {
		if failed = cmp.Or(failed, err); failed == nil {
			all = fmt.Appendln(all, answer)
		}
	}
	add(x.Meta())
	for i := 0; i < x.Len(); i += 11 {
		add(x.Record(i))
	}
	for name, err := range x.Names("") {
		add(told(name), err)
	}
	for name, err := range x.Near("pay12", 2) {
		add(told(name.Name), err)
	}
	for word, err := range x.Words("") {
		add(word, err)
	}
	set := NewSet(x.Len())
	add(set, x.InClass(set, "token", 3))
	for mark, err := range x.Marks("") {
		add(mark, err)
		add(set, x.Marked(mark, set.Add))
	}
	r, err := x.Rank(nil, [Classes]int{8, 5, 5, 4, 2, 1, 1}, "token", "evrey")
	if add(nil, err); err != nil {
		return all, failed
	}
	add(r.Look(0))
	r.Add(1)
	add(nil, r.Near(1, 1))
	add(r.Look(1))
	r.Add(2)
	for record, score := range r.Scores() {
		add([]any{record, score}, nil)
	}
	return all, failed
}

// TestAnswers holds a few answers that can be told without an index.
func TestAnswers(t *testing.T) {
	file := built(t, 3000)
	x := opened(t, file)
	if meta, err := x.Meta(); string(meta) != "meta" || err != nil || x.Len() != 3000 {
		t.Errorf("meta %q (%v), %d records", meta, err, x.Len())
	}
	for _, i := range []int{0, 1, 96, 1234, 2999} {
		want := fmt.Sprintf("record %d %s", i, bytes.Repeat([]byte{'x'}, i%97))
		if got, err := x.Record(i); string(got) != want || err != nil {
			t.Errorf("record %d: %q (%v)", i, got, err)
		}
		found := 0
		for name, err := range x.Find(fmt.Sprintf("old%04d", i)) {
			if found++; err != nil || told(name) != fmt.Sprintf("old%04d OLD-%04d %d true", i, i, i) {
				t.Errorf("finds %+v (%v)", name, err)
			}
		}
		if found != 1 {
			t.Errorf("old%04d is found %d times", i, found)
		}
	}
	r, err := x.Rank(nil, [Classes]int{}, "token", "very", "tokne")
	if err != nil {
		t.Fatal(err)
	}
	if n, err := r.Look(0); n != 2000 || err != nil { // tokens too
		t.Errorf("token is in %d (%v)", n, err)
	}
	if n, err := r.Look(1); n != 3000 || err != nil {
		t.Errorf("very is part of a word in %d (%v)", n, err)
	}
	if err := r.Near(2, 1); err != nil {
		t.Fatal(err)
	}
	if n, err := r.Look(2); n != 1000 || err != nil {
		t.Errorf("tokne is near in %d (%v)", n, err)
	}
}

// TestSum reckons the sums in the trailer from the whole of a file.
func TestSum(t *testing.T) {
	payloads := payloadsOf(built(t, 300))
	summed, sums := payloads[:len(payloads)-8], payloads[len(payloads)-8:]
	if got, want := binary.LittleEndian.Uint32(sums), crc32.ChecksumIEEE(summed); got != want {
		t.Errorf("the CRC-32 is %x, not %x", got, want)
	}
	if got, want := binary.LittleEndian.Uint32(sums[4:]), crc32.Checksum(summed, crc32.MakeTable(crc32.Castagnoli)); got != want {
		t.Errorf("the CRC-32C is %x, not %x", got, want)
	}
}

// TestRuns builds the same index over again, of one run or of many.
func TestRuns(t *testing.T) {
	want := built(t, 300)
	for _, size := range []int{1, 7, 299, 1 << 20} {
		var file bytes.Buffer
		b := NewBuilder(&file)
		b.runSize = size
		if build(t, b, 300); !bytes.Equal(file.Bytes(), want) {
			t.Errorf("in runs of %d words, the same calls write other bytes", size)
		}
	}
}

// TestThrift counts what is read of an index of many names: a look-up reads a few
// pages, and what looks for near names or parts of words passes over most leaves.
func TestThrift(t *testing.T) {
	file := built(t, 40_000)
	for _, test := range []struct {
		what  string
		most  int // pages
		asked func(x *Index) error
	}{
		{"opening", 1, func(*Index) error { return nil }},
		{"a look-up", 6, func(x *Index) error { return taken(x.Find("pay31415")) }},
		{"a near look-up", 200, func(x *Index) error { return taken(x.Near("pax31415", 2)) }},
		{"ranking by a part of a word", 60, func(x *Index) error {
			_, err := x.Rank(nil, [Classes]int{}, "verywher")
			return err
		}},
	} {
		counted := &countedReader{r: bytes.NewReader(file)}
		x, err := Open(counted, int64(len(file)))
		if err == nil {
			err = test.asked(x)
		}
		if err != nil {
			t.Fatal(err)
		}
		if pages := counted.bytes / pageSize; pages > test.most {
			t.Errorf("%s reads %d pages of %d, not at most %d", test.what, pages, len(file)/pageSize, test.most)
		}
	}
}

// taken takes all of a sequence.
func taken[T any](sequence iter.Seq2[T, error]) error {
	for _, err := range sequence {
		if err != nil {
			return err
		}
	}
	return nil
}

type countedReader struct {
	r     io.ReaderAt
	bytes int
}

func (c *countedReader) ReadAt(b []byte, at int64) (int, error) {
	c.bytes += len(b)
	return c.r.ReadAt(b, at)
}

// TestDamage flips bytes of every page, in what it says and in its checksum: answers
// are right until one needs the page, and an index that can be mended answers all.
func TestDamage(t *testing.T) {
	t.Parallel()
	file := built(t, 1500)
	want, err := answers(opened(t, file))
	if err != nil {
		t.Fatal(err)
	}
	bad := slices.Clone(file)
	for from := 0; from < len(file); from += pageSize {
		size := min(pageSize, len(file)-from)
		for _, at := range []int{from + from/pageSize*997%size, from + size - 1 - from/pageSize%checkSize} {
			bad[at] ^= 0x10
			x, err := Open(bytes.NewReader(bad), int64(len(bad)))
			if err == nil {
				var got []byte
				if got, err = answers(x); !bytes.HasPrefix(want, got) {
					t.Errorf("byte %d flipped: wrong answers", at)
				}
				x, _ = Open(bytes.NewReader(bad), int64(len(bad)))
				x.Mend((&fresh{file: file}).open)
				if got, err := answers(x); err != nil || !bytes.Equal(got, want) {
					t.Errorf("byte %d flipped: not mended (%v)", at, err)
				}
			}
			if !errors.Is(err, ErrDamaged) {
				t.Errorf("byte %d flipped: %v", at, err)
			}
			bad[at] ^= 0x10
		}
	}
}

// TestCut cuts the file, before its size is asked for and after.
func TestCut(t *testing.T) {
	file := built(t, 1500)
	for at := 0; at < len(file); at += 61 {
		for _, size := range []int{at, len(file)} {
			if _, err := Open(bytes.NewReader(file[:at]), int64(size)); !errors.Is(err, ErrDamaged) {
				t.Errorf("cut at %d, said to have %d bytes: %v", at, size, err)
			}
		}
	}
}

// FuzzIndex opens hostile bytes whose checksums are right: nothing panics.
func FuzzIndex(f *testing.F) {
	for _, records := range []int{0, 1, 40} {
		f.Add(payloadsOf(built(f, records)))
	}
	f.Fuzz(func(t *testing.T, payloads []byte) {
		file := paged(payloads)
		x, err := Open(bytes.NewReader(file), int64(len(file)))
		if err != nil {
			return
		}
		answers(x)
	})
}
