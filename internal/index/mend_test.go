package index

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"testing"
)

// pairs builds an index of records that are all of one size, each with the name
// that it says. Where two were swapped, every address is the same.
func pairs(t testing.TB, numbers []int) []byte {
	t.Helper()
	var file bytes.Buffer
	b := NewBuilder(&file)
	for _, n := range numbers {
		if err := b.Record(fmt.Appendf(nil, "this is %04d%200s", n, "")); err != nil {
			t.Fatal(err)
		}
		b.Name(fmt.Sprintf("%04d", n), fmt.Sprintf("%04d", n), false)
	}
	if err := b.Close(nil); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

// record looks up a name of such an index and returns what its record says.
func record(x *Index, n int) (string, error) {
	for name, err := range x.Find(fmt.Sprintf("%04d", n)) {
		if err != nil {
			return "", err
		}
		record, err := x.Record(name.Record)
		return string(bytes.TrimSpace(record)), err
	}
	return "", nil
}

// inOrder is the numbers below n.
func inOrder(n int) []int {
	numbers := make([]int, n)
	for i := range numbers {
		numbers[i] = i
	}
	return numbers
}

// damaged is a file with a bit of one page flipped, or of every page but the last.
func damaged(file []byte, page int) []byte {
	bad := slices.Clone(file)
	for p := range (len(file) - 1) / pageSize {
		if page < 0 || p == page {
			bad[p*pageSize+p%pageSize] ^= 0x10
		}
	}
	return bad
}

// A fresh is a file to mend with, as Mend takes it; how often it was asked for is
// counted.
type fresh struct {
	file   []byte
	fails  error // instead
	broken error // of reading what is before the last page
	asked  int
}

func (f *fresh) open() (io.ReaderAt, int64, error) {
	f.asked++
	return f, int64(len(f.file)), f.fails
}

func (f *fresh) ReadAt(b []byte, at int64) (int, error) {
	if f.broken != nil && int(at) < len(f.file)-pageSize {
		return 0, f.broken
	}
	return bytes.NewReader(f.file).ReadAt(b, at)
}

// TestMendChanged mends with a file in which two records have changed places and
// which is the same in all its lengths and addresses: a name leads to its own
// record, or to none.
func TestMendChanged(t *testing.T) {
	const records = 400
	file := pairs(t, inOrder(records))
	numbers := inOrder(records)
	numbers[7], numbers[records-7] = numbers[records-7], numbers[7]
	swapped := pairs(t, numbers)
	if len(swapped) != len(file) {
		t.Fatal("the files differ in length")
	}
	refused := 0
	for page := range len(file) / pageSize {
		x := opened(t, damaged(file, page))
		other := &fresh{file: swapped}
		x.Mend(other.open)
		for n := range records {
			said, err := record(x, n)
			if err == nil && said != fmt.Sprintf("this is %04d", n) {
				t.Fatalf("page %d damaged: %04d leads to %q", page, n, said)
			}
			if err != nil && other.asked > 0 {
				if !errors.Is(err, ErrChanged) {
					t.Errorf("page %d damaged: %v", page, err)
				}
				refused++
				break
			}
		}
	}
	if refused < len(file)/pageSize*3/4 {
		t.Errorf("only %d damaged pages of %d were met", refused, len(file)/pageSize)
	}
}

// TestMendInOrder has several files to mend with, of which some fail too.
func TestMendInOrder(t *testing.T) {
	file := pairs(t, inOrder(400))
	worn := errors.New("worn out")
	lastDamaged := slices.Clone(file)
	lastDamaged[len(file)-1] ^= 1
	numbers := inOrder(400)
	slices.Reverse(numbers)
	for what, test := range map[string]struct {
		again []*fresh
		asked []int
		err   error
	}{
		"nothing":                            {nil, nil, ErrDamaged},
		"a whole file":                       {[]*fresh{{file: file}, {file: file}}, []int{1, 0}, nil},
		"one that is damaged too":            {[]*fresh{{file: damaged(file, -1)}, {file: file}}, []int{1, 1}, nil},
		"one that cannot be read":            {[]*fresh{{file: file, broken: worn}, {file: file}}, []int{1, 1}, nil},
		"one that cannot be opened":          {[]*fresh{{file: lastDamaged}, {file: file}}, []int{1, 1}, nil},
		"one that is empty":                  {[]*fresh{{}, {file: file}}, []int{1, 1}, nil},
		"one that there is not":              {[]*fresh{{fails: worn}, {file: file}}, []int{1, 0}, worn},
		"one of other contents":              {[]*fresh{{file: pairs(t, numbers)}, {file: file}}, []int{1, 0}, ErrChanged},
		"a longer one":                       {[]*fresh{{file: pairs(t, inOrder(401))}, {file: file}}, []int{1, 0}, ErrChanged},
		"two that are damaged":               {[]*fresh{{file: damaged(file, -1)}, {file: damaged(file, -1)}}, []int{1, 1}, ErrDamaged},
		"two, and the last cannot be read":   {[]*fresh{{file: damaged(file, -1)}, {file: file, broken: worn}}, []int{1, 1}, worn},
		"two, and the last cannot be opened": {[]*fresh{{file: file, broken: worn}, {file: lastDamaged}}, []int{1, 1}, ErrDamaged},
		"two, and the last is another":       {[]*fresh{{file: damaged(file, -1)}, {file: pairs(t, numbers)}}, []int{1, 1}, ErrChanged},
	} {
		x := opened(t, damaged(file, -1))
		var again []func() (io.ReaderAt, int64, error)
		for _, f := range test.again {
			again = append(again, f.open)
		}
		x.Mend(again...)
		said, err := record(x, 123)
		if !errors.Is(err, test.err) || err == nil && said != "this is 0123" {
			t.Errorf("%s: %q (%v)", what, said, err)
		}
		for i, f := range test.again {
			if f.asked != test.asked[i] {
				t.Errorf("%s: number %d was asked for %d times", what, i, f.asked)
			}
		}
	}
}
