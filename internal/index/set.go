package index

import (
	"iter"
	"math"
	"math/bits"
)

// A Set is a set of records. The nil Set is empty.
type Set []uint64

// NewSet makes a set for the numbers below n.
func NewSet(n int) Set { return make(Set, (n+63)/64) }

// FullSet makes the set of all numbers below n.
func FullSet(n int) Set {
	s := NewSet(n)
	for i := range s {
		s[i] = math.MaxUint64
	}
	if rest := n % 64; rest > 0 {
		s[len(s)-1] = 1<<rest - 1
	}
	return s
}

// Add puts a record into a set that was made for its number.
func (s Set) Add(n int) { s[n/64] |= 1 << (n % 64) }

// Has reports whether a record is in the set.
func (s Set) Has(n int) bool { return n/64 < len(s) && s[n/64]>>(n%64)&1 != 0 }

// Insert adds the records of another set of the same size.
func (s Set) Insert(other Set) {
	for i := range s {
		s[i] |= other[i]
	}
}

// Keep removes the records that are not in the other set of the same size too.
func (s Set) Keep(other Set) {
	for i := range s {
		s[i] &= other[i]
	}
}

// Remove removes the records of the other set, which may be nil.
func (s Set) Remove(other Set) {
	for i := range other {
		s[i] &^= other[i]
	}
}

// Len is how many records the set has.
func (s Set) Len() int {
	n := 0
	for _, word := range s {
		n += bits.OnesCount64(word)
	}
	return n
}

// All yields the records in order.
func (s Set) All() iter.Seq[int] {
	return func(yield func(int) bool) {
		for i, word := range s {
			for ; word != 0; word &= word - 1 {
				if !yield(i*64 + bits.TrailingZeros64(word)) {
					return
				}
			}
		}
	}
}
