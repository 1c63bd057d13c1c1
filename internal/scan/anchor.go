package scan

import (
	"encoding/binary"
	"math"
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
	// cost estimates the nanoseconds that text[from:to] takes.
	cost(text []byte, from, to int) float64
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
	// Short grams are found in more places, long ones are looked for in more.
	for size := min(shortest-1, 3); size <= min(shortest-1, 4); size++ {
		if g := newGrams(c, size, min(shortest-size+1, 8-size)); g != nil {
			anchors = append(anchors, g)
		}
	}
	return anchors
}

// newGrams returns an anchor for grams of a size, or nil where they would be found
// nearly everywhere.
func newGrams(c *Codes, size, stride int) *grams {
	count := c.known.count * stride
	if size < 2 || count > 1<<gramBits/8 {
		return nil
	}
	g := &grams{
		factor: factor << (64 - 8*size), stride: stride, lower: c.lower,
		shift: uint64(64 - min(bits.Len(uint(count))+8, gramBits)),
	}
	if c.ignoreCase {
		g.far = high >> (64 - 8*(size+stride))
	}
	for s := range c.beginnings {
		var text [MaxLength + 8]byte
		copy(text[:], s)
		for i := range stride {
			g.seen[g.hash(binary.LittleEndian.Uint64(text[i:]))] |= 1 << i
		}
	}
	return g
}

// cheapest returns the anchor that is the best for a text like the sample
// text[from:to].
func cheapest(anchors []anchor, text []byte, from, to int) anchor {
	best, least := anchors[0], math.Inf(1)
	for _, a := range anchors {
		if cost := a.cost(text, from, to); cost < least {
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
			list[n&(batch-1)] = int32(from + at)
			n += c.sizes.has(block[at], block[at+size], size) // without a branch, which would often be mispredicted
		}
		words, others = following, othersNext
	}
	for n > 0 && int(list[n-1]) >= to {
		n--
	}
	return n, min(from, to)
}

func (w *words) cost(text []byte, from, to int) float64 {
	var list [batch]int32
	places := 0
	for next := from; next < to; {
		var n int
		n, next = w.places(text, next, to, &list)
		places += n
	}
	return float64(to-from) + 25*float64(places)
}

// A grams anchor looks at a few bytes in every stride bytes: so few that some
// of the beginning of any code are looked at.
type grams struct {
	stride     int
	factor     uint64               // of hashes: it leaves out the bytes behind a gram
	shift      uint64               // leaves of a hash as many bits as there are grams for
	lower, far uint64               // what makes ASCII letters equal, and what no ASCII is, where case is ignored
	seen       [1 << gramBits]uint8 // by the hash of bytes: bit i is set where they are at place i of a code
}

const gramBits = 18

func (g *grams) places(text []byte, from, to int, list *[batch]int32) (n, next int) {
	block := 4 * g.stride
	for next = g.pass(text, from, to); next < to && n <= batch-32; next = g.pass(text, next+block, to) {
		for place := next; place < min(next+block, to); place++ {
			if g.begins(binary.LittleEndian.Uint64(text[place:])) {
				list[n] = int32(place)
				n++
			}
		}
	}
	return n, min(next, to)
}

// pass passes over the text from one place on, four strides at a time, up to where
// a code may begin in these, or to another place or behind it.
func (g *grams) pass(text []byte, from, to int) int {
	seen, factor, shift, stride, lower, far := &g.seen, g.factor, g.shift&63, g.stride, g.lower, g.far
	second := 8 * stride & 63
	i, end := from+stride-1, to+stride-1
	for ; i < end; i += 4 * stride {
		j := i + 2*stride
		// Eight bytes are enough for two looks.
		x, y := binary.LittleEndian.Uint64(text[i:i+8:i+8]), binary.LittleEndian.Uint64(text[j:j+8:j+8])
		if (x|y)&far != 0 {
			break
		}
		x, y = x|lower, y|lower
		if seen[x*factor>>shift&(1<<gramBits-1)]|seen[x>>second*factor>>shift&(1<<gramBits-1)]|
			seen[y*factor>>shift&(1<<gramBits-1)]|seen[y>>second*factor>>shift&(1<<gramBits-1)] != 0 {
			break
		}
	}
	return i - stride + 1
}

// begins reports whether the first and the last gram of eight bytes are those of the
// beginning of a code. Where case is ignored, a letter of the code may have more
// bytes in the text.
func (g *grams) begins(x uint64) bool {
	last := g.stride - 1
	return g.seen[g.hash(x)]&1 != 0 && g.seen[g.hash(x>>(8*last))]>>last != 0 || x&g.far != 0
}

func (g *grams) hash(x uint64) uint64 {
	return (x | g.lower) * g.factor >> (g.shift & 63) & (1<<gramBits - 1)
}

func (g *grams) cost(text []byte, from, to int) float64 {
	stops := 0
	for i := g.pass(text, from, to); i < to; i = g.pass(text, i+4*g.stride, to) {
		stops++
	}
	return float64(to-from)/float64(g.stride) + 40*float64(stops)
}
