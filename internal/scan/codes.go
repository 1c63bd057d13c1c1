// Package scan finds known codes in a stream of bytes, in one pass and in
// little memory whatever the stream holds and however long its lines are.
//
// A code is found where it stands as a whole token: its bytes, and neither a
// letter nor a digit nor an underscore next to them. Letters and digits are
// Unicode's (L and Nd); a byte that is no UTF-8 is none. Of the codes that
// could be found the leftmost counts, of those the longest, and none that
// overlaps it. So does grep -owF of GNU, where the locale's letters are these:
// it takes numerals such as Ⅷ for letters.
package scan

import (
	"encoding/binary"
	"iter"
	"math/bits"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// MaxLength is how many bytes a code has at most.
const MaxLength = 64

// Options say what is found besides the codes as they are spelt.
type Options struct {
	// IgnoreCase takes letters for equal that differ only in case, by
	// Unicode's simple folding.
	IgnoreCase bool
	// Unknown finds tokens too that differ from a code in nothing but its last
	// run of digits, as AUTH-999 does from AUTH-401, where no code overlaps
	// them. A code without a letter has no such relatives: every number would
	// be one.
	Unknown bool
}

// Codes is a set of codes to look for. Several goroutines can use it at once.
type Codes struct {
	ignoreCase bool
	known      table            // the codes, folded where case is ignored
	families   map[string]int32 // codes with 0 for their last digits, and the index of the first such
	lengths    uint64           // bit n-1 is set where a code has n bytes
	heads      sieve            // the words that codes begin with, each with what follows it, if anything does
	stems      sieve            // what the words that families begin with have before their digits
	sizes      sizes
	anchors    []anchor
	scanners   sync.Pool // buffers, for those who scan many small streams
}

// Compile makes a set of codes. A code is 1 to MaxLength bytes of UTF-8 without
// blanks and control characters; others are never found. Of equal codes the
// first is found.
func Compile(codes iter.Seq[string], o Options) *Codes {
	c := &Codes{ignoreCase: o.IgnoreCase, families: map[string]int32{}}
	index := int32(-1)
	for code := range codes {
		index++
		if len(code) == 0 || len(code) > MaxLength || strings.ContainsFunc(code, blank) || !utf8.ValidString(code) {
			continue
		}
		if o.IgnoreCase {
			code = strings.Map(foldRune, code)
		}
		if !c.known.add(code, index) {
			continue
		}
		c.lengths |= 1 << (len(code) - 1)
		if start, end := lastDigits([]byte(code)); o.Unknown && start < end && strings.ContainsFunc(code, unicode.IsLetter) {
			family := code[:start] + "0" + code[end:]
			if _, ok := c.families[family]; !ok {
				c.families[family] = index
			}
		}
	}
	c.heads, c.stems = newSieve(len(c.known.codes)), newSieve(len(c.families))
	for _, code := range c.known.codes {
		x := firstEight(code)
		if x == firstWord(x) { // nothing follows it, or it is not known what
			c.heads.add(x | c.lower())
		} else {
			c.heads.add(head(x) | c.lower())
		}
		c.sizes.add(code)
	}
	for family := range c.families {
		c.stems.add(stem(firstEight(family)) | c.lower())
	}
	c.anchors = newAnchors(c)
	return c
}

// lower is the bits that make ASCII letters equal where case is ignored, by being
// set in every byte.
func (c *Codes) lower() uint64 {
	if c.ignoreCase {
		return 0x20 * each
	}
	return 0
}

// sizes tells most words from those that codes begin with, by how they begin and
// end: bit n is set for words of n bytes.
type sizes struct {
	alone    [256]uint64 // of words that something may follow that is not known, by their first byte
	followed [256]uint64 // of words that one of the bytes in follows follows
	follows  [256]bool
}

func (s *sizes) add(code string) {
	n := bits.TrailingZeros64(^wordBytes(firstEight(code))&high) / 8
	switch {
	case n == 8: // it may go on
		s.alone[code[0]] |= ^uint64(0xff)
	case n == len(code):
		s.alone[code[0]] |= 1 << n
	default:
		s.followed[code[0]] |= 1 << n
		s.follows[code[n]] = true
	}
}

// has reports whether a word of n bytes, less than 64, may be one of a code.
func (s *sizes) has(first, next byte, n int) bool {
	of := s.alone[first]
	if s.follows[next] {
		of |= s.followed[first]
	}
	return of>>(n&63)&1 != 0
}

func blank(r rune) bool { return r <= ' ' || r == 0x7f }

// beginnings yields texts one of which begins whatever is to be found.
func (c *Codes) beginnings(yield func(string) bool) {
	for _, code := range c.known.codes {
		if !yield(code) {
			return
		}
	}
	for family := range c.families {
		start, _ := lastDigits([]byte(family))
		for digit := '0'; digit <= '9'; digit++ {
			if !yield(family[:start] + string(digit)) {
				return
			}
		}
	}
}

// begins reports whether what is to be found may begin where a text does, of
// which x is the first eight bytes.
func (c *Codes) begins(x uint64) bool {
	if c.ignoreCase && x&high != 0 {
		return true // beyond ASCII there is a letter that is a K but for its case
	}
	return c.heads.has(head(x)|c.lower()) || c.heads.has(firstWord(x)|c.lower()) ||
		len(c.families) > 0 && c.stems.has(stem(x)|c.lower())
}

// longest returns the longest code that begins where the token does and its
// length, or 0 where there is none.
func (c *Codes) longest(t *token) (code int32, n int) {
	for ends := t.ends & c.lengths; ends != 0; ends &^= 1 << (n - 1) {
		n = bits.Len64(ends)
		if code, ok := c.known.get(t.text[:n]); ok && t.isWhole(n) {
			return code, n
		}
	}
	return 0, 0
}

// firstEight returns the first eight bytes of a text as a number, with zeros for
// those that it has not.
func firstEight(text string) uint64 {
	var b [8]byte
	copy(b[:], text)
	return binary.LittleEndian.Uint64(b[:])
}

// firstWord leaves of eight bytes the word they begin with, as far as it is
// ASCII. Codes are whole tokens: where one is found, its first word is the text's.
func firstWord(x uint64) uint64 { return before(x, ^wordBytes(x)&high) }

// head leaves of eight bytes the word they begin with and the byte behind it.
func head(x uint64) uint64 {
	stops := ^wordBytes(x) & high
	return x & (stops&-stops<<1 - 1)
}

// stem leaves of eight bytes the word they begin with, up to a digit.
func stem(x uint64) uint64 { return before(x, ^(wordBytes(x)&^digitBytes(x))&high) }

// before leaves of eight bytes those before the first with its high bit in stops.
func before(x, stops uint64) uint64 { return x & (stops&-stops>>7 - 1) }

// relative returns a code of the same family as the longest text that begins
// where the token does and has no more than limit bytes, and how many it has.
func (c *Codes) relative(t *token, limit int) (code int32, n int) {
	for ends := t.ends; ends != 0; ends &^= 1 << (n - 1) {
		n = bits.Len64(ends)
		start, end := lastDigits(t.text[:n])
		if n > limit || start == end {
			continue
		}
		var family [MaxLength]byte
		f := append(append(append(family[:0], t.text[:start]...), '0'), t.text[end:n]...)
		if code, ok := c.families[string(f)]; ok && t.isWhole(n) {
			return code, n
		}
	}
	return 0, 0
}

// lastDigits returns where the last run of digits begins and ends.
func lastDigits(text []byte) (start, end int) {
	digit := func(i int) bool { return i >= 0 && '0' <= text[i] && text[i] <= '9' }
	for end = len(text); end > 0 && !digit(end-1); {
		end--
	}
	for start = end; digit(start - 1); {
		start--
	}
	return start, end
}
