package index

import (
	"cmp"
	"encoding/binary"
	"io"
	"maps"
	"slices"
	"strings"
	"sync"
)

// inline is up to how many bytes of postings stand beside their word: a word
// that few records have is not worth a second look.
const inline = 16

// A Builder writes an index: record after record, each followed by its names,
// words and marks. The same calls write the same bytes. Records go straight to the
// writer; the rest is held in memory until the end.
type Builder struct {
	w       pageWriter
	offsets []byte
	names   []name
	numbers map[string]uint32 // of the words, and of the marks behind markSign
	rarest  []rarest
	records int
	runSize int // about how many words a run has
	run     run // the words that are not in the postings yet
	spare   run
	running sync.WaitGroup
	lists   []postings // of each number; only for the run that is being added
}

type name struct {
	key   string // folded name, zero byte, name
	value uint64
}

// postings are the records of a word, as they are written.
type postings struct {
	b    []byte
	last int // record
}

// A run is words as they are found, one by one. They are added to the postings
// many at once and sorted: the ends of the postings lie far apart in memory.
type run struct {
	begun  int // its first record
	found  []found
	sorted []found
}

// A found is a word with the record, counted from the first of the run, and the
// class that it has there.
type found struct {
	word  uint32
	place uint32 // record << 3 | class
}

// NewBuilder begins an index.
func NewBuilder(w io.Writer) *Builder {
	return &Builder{w: newPageWriter(w), numbers: map[string]uint32{}, runSize: 1 << 20}
}

// Record adds a record. The error is the writer's.
func (b *Builder) Record(data []byte) error {
	if len(b.run.found) >= b.runSize {
		b.addRun()
	}
	b.offsets = binary.LittleEndian.AppendUint64(b.offsets, uint64(b.w.at()))
	b.records++
	b.w.write(data)
	return b.w.err()
}

// Name adds a name of the last record; all but its first are further ones. The
// folded form holds no zero byte.
func (b *Builder) Name(folded, text string, further bool) {
	value := uint64(b.records-1) * 2
	if further {
		value++
	}
	b.names = append(b.names, name{folded + "\x00" + text, value})
}

// Word adds a word of the last record, with the class of weight that it has there:
// less than Classes. A word may have several.
func (b *Builder) Word(class int, text string) {
	number, known := b.numbers[text]
	if !known {
		number = uint32(len(b.numbers))
		b.numbers[strings.Clone(text)] = number // not the text it is part of
	}
	b.run.found = append(b.run.found, found{number, uint32(b.records-1-b.run.begun)<<3 | uint32(class)})
}

// markSign begins what is a mark among the words, none of which begins so.
const markSign = "\x00"

// Mark makes the last record one that a mark leads to.
func (b *Builder) Mark(mark string) { b.Word(0, markSign+mark) }

// A rarest is a record that one of several words of it leads to, behind a mark.
type rarest struct {
	record int
	mark   string
	words  []string
}

// MarkRarest marks the last record with a mark that Mark is not given, and behind that
// the one of several words of the record which the fewest records have; with the mark
// alone where there are no words.
func (b *Builder) MarkRarest(mark string, words ...string) {
	b.rarest = append(b.rarest, rarest{b.records - 1, mark, words})
}

// addRun adds the run to the postings, while the next one is gathered.
func (b *Builder) addRun() {
	b.running.Wait()
	full, words := b.run, len(b.numbers)
	b.run, b.spare = b.spare, full
	b.run.begun, b.run.found = b.records, b.run.found[:0]
	b.running.Go(func() { b.spare.sorted = b.add(full, words) })
}

// add adds a run to the postings of so many words. It returns the run sorted by
// word, to be used again.
func (b *Builder) add(r run, words int) []found {
	for len(b.lists) < words {
		b.lists = append(b.lists, postings{last: -1})
	}
	ends := make([]int, words+1)
	for _, f := range r.found {
		ends[f.word+1]++
	}
	for i := range words {
		ends[i+1] += ends[i]
	}
	sorted := slices.Grow(r.sorted[:0], len(r.found))[:len(r.found)]
	for _, f := range r.found {
		sorted[ends[f.word]] = f
		ends[f.word]++ // from where the word begins to where it ends
	}
	for _, f := range sorted {
		b.lists[f.word].add(r.begun+int(f.place>>3), 1<<(f.place&7))
	}
	return sorted
}

// add adds a record, not before the last one, with classes that it has.
func (p *postings) add(record int, classes byte) {
	if record != p.last {
		p.b = binary.AppendUvarint(p.b, uint64(record-p.last))
		p.b = append(p.b, 0)
		p.last = record
	}
	p.b[len(p.b)-1] |= classes
}

// Close writes what is left: all but the records. The error is the writer's.
func (b *Builder) Close(meta []byte) error {
	b.addRun()
	b.running.Wait()
	b.offsets = binary.LittleEndian.AppendUint64(b.offsets, uint64(b.w.at()))
	b.markRarest()
	words, marks := b.writeTerms()
	names := b.writeNames()
	offsets := b.write(b.offsets)
	about := b.write(meta)

	trailer := []byte(magic)
	trailer = binary.LittleEndian.AppendUint64(trailer, uint64(b.records))
	for _, s := range []span{names, words, marks, offsets, about} {
		trailer = binary.LittleEndian.AppendUint64(trailer, uint64(s.at))
		trailer = binary.LittleEndian.AppendUint64(trailer, uint64(s.size))
	}
	b.w.write(trailer)
	for _, s := range b.w.sum() {
		b.w.write(binary.LittleEndian.AppendUint32(nil, s))
	}
	return b.w.close()
}

func (b *Builder) write(data []byte) span {
	at := b.w.at()
	b.w.write(data)
	return span{at, int64(len(data))}
}

// markRarest makes marks of what was left until it is known how many records have
// each word: its postings tell.
func (b *Builder) markRarest() {
	for _, r := range b.rarest {
		words := slices.SortedStableFunc(slices.Values(r.words), func(v, w string) int {
			return len(b.lists[b.numbers[v]].b) - len(b.lists[b.numbers[w]].b)
		})
		mark := markSign + r.mark + strings.Join(words[:min(len(words), 1)], "")
		number, known := b.numbers[mark]
		if !known {
			number = uint32(len(b.lists))
			b.numbers[mark] = number
			b.lists = append(b.lists, postings{last: -1})
		}
		b.lists[number].add(r.record, 0)
	}
}

// writeTerms writes the tables of words and of marks, each behind its long postings.
func (b *Builder) writeTerms() (words, marks span) {
	terms := slices.Sorted(maps.Keys(b.numbers))
	first, _ := slices.BinarySearch(terms, "\x01") // no word begins with less than the marks do
	words = b.writeTable(terms[first:], "", true)
	if first > 0 {
		marks = b.writeTable(terms[:first], markSign, false)
	}
	return words, marks
}

// writeTable writes the long postings of terms, then the table that leads to them, under
// keys without a sign that all begin with.
func (b *Builder) writeTable(terms []string, sign string, signed bool) span {
	lists, at := make([][]byte, len(terms)), make([]int64, len(terms))
	for i, term := range terms {
		lists[i] = b.lists[b.numbers[term]].b
		if len(lists[i]) > inline {
			at[i] = b.write(lists[i]).at
		}
	}
	table := newTableWriter(&b.w, signed)
	var value []byte
	for i, term := range terms {
		size := uint64(len(lists[i])) * 2
		if len(lists[i]) > inline {
			value = binary.AppendUvarint(value[:0], size)
			value = binary.AppendUvarint(value, uint64(at[i]))
		} else {
			value = append(binary.AppendUvarint(value[:0], size+1), lists[i]...)
		}
		table.add([]byte(term[len(sign):]), value)
	}
	return table.finish()
}

func (b *Builder) writeNames() span {
	slices.SortFunc(b.names, func(a, b name) int {
		return cmp.Or(strings.Compare(a.key, b.key), cmp.Compare(a.value, b.value))
	})
	table := newTableWriter(&b.w, false)
	var value []byte
	for _, n := range b.names {
		value = binary.AppendUvarint(value[:0], n.value)
		table.add([]byte(n.key), value)
	}
	return table.finish()
}
