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
	size := min(shortest-1, 4)
	stride := min(shortest-size+1, 8-size)
	if size < 2 || c.known.count*stride > 1<<gramBits/8 {
		return anchors // grams would stop nearly everywhere
	}
	g := &grams{factor: factor << (64 - 8*size), stride: stride, lower: c.lower}
	if c.ignoreCase {
		g.far = high >> (64 - 8*(size+stride))
	}
	for s := range c.beginnings {
		var text [MaxLength + 8]byte
		copy(text[:], s)
		for i := range stride {
			g.seen[(binary.LittleEndian.Uint64(text[i:])|g.lower)*g.factor>>(64-gramBits)] |= 1 << i
		}
	}
	return append(anchors, g)
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
// two bits of one of its words are set, which its hash names.
type sieve struct {
	words []uint64
	shift uint8
}

// newSieve returns a sieve for count numbers: mostly empty, but small enough for
// a cache.
func newSieve(count int) sieve {
	width := min(max(bits.Len(uint(count))-2, 6), 16)
	return sieve{make([]uint64, 1<<width), uint8(64 - width)}
}

func (s *sieve) add(x uint64) {
	h := x * factor
	s.words[h>>(s.shift&63)] |= bitsOf(h)
}

func (s *sieve) has(x uint64) bool {
	h := x * factor
	return bitsOf(h)&^s.words[h>>(s.shift&63)] == 0
}

// bitsOf returns two bits that bits of a hash name which no sieve uses to name a
// word.
func bitsOf(h uint64) uint64 { return 1<<(h>>42&63) | 1<<(h>>36&63) }

// A words anchor looks at the first word of whatever may be a code. It does not
// depend much on the codes or the text.
type words struct {
	codes    *Codes
	anywhere bool // some code begins with no letter, digit or underscore
}

func (w *words) places(text []byte, from, to int, list *[batch]int32) (n, next int) {
	c := w.codes
	var inWord uint64 // bit 0 is set where the text before ends in a word
	if from > 0 {
		inWord = gather(wordBytes(uint64(text[from-1])))
	}
	words, others := classes(text[from:])
	for ; from < to && n <= batch-64; from += 64 {
		block := (*[128]byte)(text[from:])
		if w.anywhere {
			others = ^words
		}
		starts := (words | others) &^ (words<<1 | inWord)
		inWord = words >> 63
		following, othersNext := classes(block[64:])
		if !c.sizes.short { // as a third of the words of a log are
			starts &= (words>>1|following<<63)&(words>>2|following<<62) | others
		}
		for ; starts != 0; starts &= starts - 1 {
			at := bits.TrailingZeros64(starts) & 63
			size := bits.TrailingZeros64(^(words>>at | following<<1<<(63-at))) & 63
			if c.sizes.has(block[at], block[at+size], size) {
				list[n&(batch-1)] = int32(from + at)
				n++
			}
		}
		words, others = following, othersNext
	}
	for n > 0 && int(list[n-1]) >= to {
		n--
	}
	return n, min(from, to)
}

func (w *words) cost(n, places int) float64 { return 0.75*float64(n) + 15*float64(places) }

// A grams anchor looks at a few bytes in every stride bytes: so few that some
// of the beginning of any code are looked at.
type grams struct {
	factor     uint64
	stride     int
	lower, far uint64               // what makes ASCII letters equal, and what no ASCII is, where case is ignored
	seen       [1 << gramBits]uint8 // by the hash of bytes: bit i is set where they are at place i of a code
}

const gramBits = 18

func (g *grams) places(text []byte, from, to int, list *[batch]int32) (n, next int) {
	last := g.stride - 1
	i := g.next(text, from+last, to+last)
	for i < to+last && n <= batch-8 {
		for at := g.at(text[i:]); at != 0; {
			offset := bits.Len8(at) - 1
			at &^= 1 << offset
			if place := i - offset; place < to {
				list[n] = int32(place)
				n++
			}
		}
		i = g.next(text, i+g.stride, to+last)
	}
	return n, min(i-last, to)
}

// at returns where in the beginning of a code the bytes may be that a text begins
// with: bit i is set for place i. Where case is ignored, a letter of the code may
// have more bytes in the text.
func (g *grams) at(text []byte) uint8 {
	if g.far != 0 {
		return 1<<g.stride - 1
	}
	return g.seen[binary.LittleEndian.Uint64(text)*g.factor>>(64-gramBits)]
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
	return 0.9*float64(n)/float64(g.stride) + 30*float64(places)
}
