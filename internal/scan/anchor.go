package scan

import (
	"encoding/binary"
	"math/bits"
	"unicode/utf8"
)

// An anchor passes quickly over most of a text in which no code begins. No
// anchor is the best for all codes and texts: it costs most where it stops in
// vain.
type anchor interface {
	// places fills list with places from from on where a code may begin, in
	// order, and returns how many. There are no others up to next, which is to
	// where the list could take them all. Some lookahead follows in the text.
	places(text []byte, from, to int, list *[batch]int32) (n, next int)
	// cost estimates the nanoseconds that n bytes with so many places take.
	cost(n, places int) float64
}

// batch is how many places an anchor finds at a time.
const batch = 256

// newAnchors returns the anchors that can be used for the codes.
func newAnchors(c *Codes) []anchor {
	shortest := MaxLength
	words := &words{codes: c}
	for s := range c.beginnings {
		shortest = min(shortest, len(s))
		words.anywhere = words.anywhere || s[0] < utf8.RuneSelf && wordBytes(uint64(s[0])) == 0
	}
	anchors := []anchor{words}
	for size := 2; size <= min(shortest, 4); size++ {
		stride := min(shortest-size+1, 8-size)
		g := &grams{factor: factor << (64 - 8*size), stride: stride, lower: c.lower()}
		if c.ignoreCase {
			g.far = high >> (64 - 8*(size+stride))
		}
		for s := range c.beginnings {
			var text [MaxLength + 8]byte
			copy(text[:], s)
			for i := range stride {
				g.seen[(binary.LittleEndian.Uint64(text[i:])|g.lower)*g.factor>>(64-gramBits)] = 1
			}
		}
		anchors = append(anchors, g)
	}
	return anchors
}

// cheapest returns the anchor that is the best for a text like the sample
// text[from:to].
func cheapest(anchors []anchor, text []byte, from, to int) anchor {
	var best anchor
	var least float64
	var list [batch]int32
	for _, a := range anchors {
		places := 0
		for next := from; next < to; {
			var n int
			n, next = a.places(text, next, to, &list)
			places += n
		}
		if cost := a.cost(to-from, places); best == nil || cost < least {
			best, least = a, cost
		}
	}
	return best
}

// factor makes hashes: the high bits of a number times it depend on all bits of
// the number. Shifted, it leaves out the last bytes of a text.
const factor uint64 = 0x9E3779B97F4A7C15

// A sieve tells numbers that may be of a set from others: a number is in it where
// two bits are set, which its hash names.
type sieve struct {
	bits  []uint64
	shift uint8
}

// newSieve returns a sieve for count numbers: mostly empty, but small enough for
// a cache.
func newSieve(count int) sieve {
	width := min(max(bits.Len(uint(count))+4, 12), 22)
	return sieve{make([]uint64, 1<<width/64), uint8(64 - width)}
}

func (s *sieve) add(x uint64) {
	first, second := s.places(x)
	s.bits[first/64] |= 1 << (first % 64)
	s.bits[second/64] |= 1 << (second % 64)
}

func (s *sieve) places(x uint64) (first, second uint64) {
	h := x * factor
	return h >> (s.shift & 63), h << 22 >> (s.shift & 63)
}

func (s *sieve) has(x uint64) bool {
	first, second := s.places(x)
	return s.bits[first/64]>>(first%64)&1 != 0 && s.bits[second/64]>>(second%64)&1 != 0
}

// A words anchor looks at the first word of whatever may be a code. It does not
// depend much on the codes or the text.
type words struct {
	codes    *Codes
	anywhere bool // some code begins with no letter, digit or underscore
}

func (w *words) places(text []byte, from, to int, list *[batch]int32) (n, next int) {
	c := w.codes
	plain := !c.ignoreCase && len(c.families) == 0 // as mostly
	var inWord uint64                              // bit 0 is set where the text before ends in a word
	if from > 0 {
		inWord = gather(wordBytes(uint64(text[from-1])))
	}
	for ; from < to && n <= batch-64; from += 64 {
		block := (*[64]byte)(text[from:])
		words, others := classes(block[:])
		starts := words | others
		if w.anywhere {
			starts = ^uint64(0)
		}
		starts &^= words<<1 | inWord
		inWord = words >> 63
		if to-from < 64 {
			starts &= 1<<(to-from) - 1
		}
		for ; starts != 0; starts &= starts - 1 {
			at := bits.TrailingZeros64(starts)
			size := bits.TrailingZeros64(^(words >> at))
			if plain && at+size < 64 && !c.sizes.has(block[at], block[at+size], size) {
				continue // as mostly
			}
			if c.begins(binary.LittleEndian.Uint64(text[from+at:])) {
				list[n&(batch-1)] = int32(from + at)
				n++
			}
		}
	}
	return n, min(from, to)
}

func (w *words) cost(n, places int) float64 { return 1.0*float64(n) + 30*float64(places) }

// A grams anchor looks at a few bytes in every stride bytes: so few that some
// of the beginning of any code are looked at.
type grams struct {
	factor     uint64
	stride     int
	lower, far uint64               // what makes ASCII letters equal, and what no ASCII is, where case is ignored
	seen       [1 << gramBits]uint8 // 1 for the hash of bytes in the beginning of a code
}

const gramBits = 18

func (g *grams) places(text []byte, from, to int, list *[batch]int32) (n, next int) {
	last := g.stride - 1
	i := g.next(text, from+last, to+last)
	for i < to+last && n <= batch-8 {
		for place := i - last; place <= min(i, to-1); place++ {
			list[n] = int32(place)
			n++
		}
		i = g.next(text, i+g.stride, to+last)
	}
	return n, min(i-last, to)
}

// next returns the next place from i on to look at more closely, or one from to
// on. Eight bytes are enough to look at two places.
func (g *grams) next(text []byte, i, to int) int {
	seen, factor, stride, lower, far := &g.seen, g.factor, g.stride, g.lower, g.far
	second := 8 * stride & 63
	for ; i < to; i += 2 * stride {
		x := binary.LittleEndian.Uint64(text[i : i+8 : i+8])
		y := x | lower
		if seen[y*factor>>(64-gramBits)]|seen[y>>second*factor>>(64-gramBits)] != 0 || x&far != 0 {
			if seen[y*factor>>(64-gramBits)] == 0 && x&far == 0 {
				i += stride
			}
			break
		}
	}
	return i
}

func (g *grams) cost(n, places int) float64 {
	return (0.7*float64(n)+9*float64(places))/float64(g.stride) + 4*float64(places)
}
