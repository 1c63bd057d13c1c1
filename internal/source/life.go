package source

import (
	"iter"
	"slices"

	"github.com/errcode-cli/errcode/internal/document"
	"github.com/errcode-cli/errcode/internal/entry"
)

// outlived reports names that the catalog says are retired.
func (f *reader) outlived() {
	if f.head.Retired == nil {
		return
	}
	for _, retired := range f.top.Value(retiredKey).Items {
		if at, taken := f.names[retired.Text]; taken {
			f.report(at.Position, "retired-code", "%q is retired (line %d), and never comes back", retired.Text, retired.Line)
		}
	}
}

// astray reports blocks that overlap, else codes that are in none of them.
func (f *reader) astray() {
	if f.head.Blocks == nil {
		return
	}
	list := f.top.Value(rangeKey)
	for i, r := range f.head.Blocks {
		f.blocks = append(f.blocks, block{r, list.Items[i].Position, &f.checker})
	}
	overlap := false
	for later, earlier := range overlapping(f.blocks) {
		later.overlaps(earlier)
		overlap = true
	}
	if overlap {
		return
	}
	sorted := slices.SortedFunc(slices.Values(f.head.Blocks), entry.Range.Compare)
	for code, at := range f.names {
		if !at.alias && entry.Name.Broken(code) == "" && !within(sorted, code) {
			f.report(at.Position, "outside-range", "%q is in no block of the catalog (line %d)", code, list.Line)
		}
	}
}

// within reports whether a code is in one of blocks that are sorted and do not overlap.
func within(sorted []entry.Range, code string) bool {
	one, ok := entry.RangeOf(code)
	i, begins := slices.BinarySearchFunc(sorted, one, entry.Range.Compare)
	return ok && (begins || i > 0 && sorted[i-1].Overlaps(one))
}

// A block is a range of codes that a catalog says is its own, and where it says so.
type block struct {
	entry.Range
	at document.Position
	of *checker
}

// overlaps reports the block for one that it overlaps.
func (b block) overlaps(other block) {
	b.of.report(b.at, "overlapping-range", "the block %v overlaps %v (%s:%d)", b.Range, other.Range, other.of.file, other.at.Line)
}

// overlapping yields pairs of blocks that have codes in common, the later one of them
// first: each block that does is in one at least.
func overlapping(blocks []block) iter.Seq2[block, block] {
	return func(yield func(later, earlier block) bool) {
		order := make([]int, len(blocks))
		for i := range order {
			order[i] = i
		}
		slices.SortStableFunc(order, func(i, j int) int { return blocks[i].Compare(blocks[j].Range) })
		longest := -1 // of those that begin before, the one that ends last
		for _, i := range order {
			if longest >= 0 && blocks[longest].Overlaps(blocks[i].Range) {
				if !yield(blocks[max(i, longest)], blocks[min(i, longest)]) {
					return
				}
			}
			if longest < 0 || blocks[longest].Prefix != blocks[i].Prefix || blocks[longest].High < blocks[i].High {
				longest = i
			}
		}
	}
}
