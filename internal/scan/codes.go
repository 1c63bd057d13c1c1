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
	known      map[string]int32 // each code, folded where case is ignored, and its index
	families   map[string]int32 // codes with 0 for their last digits, and the index of the first such
	lengths    uint64           // bit n-1 is set where a code has n bytes
	first      sieve            // the beginnings and the families, by their first eight bytes
	firsts     uint             // bit n-1 is set where a beginning has n bytes, bit 7 for more too
	anchors    []anchor
	scanners   sync.Pool // buffers, for those who scan many small streams
}

// Compile makes a set of codes. A code is 1 to MaxLength bytes of UTF-8 without
// blanks and control characters; others are never found. Of equal codes the
// first is found.
func Compile(codes iter.Seq[string], o Options) *Codes {
	c := &Codes{ignoreCase: o.IgnoreCase, known: map[string]int32{}, families: map[string]int32{}}
	index := int32(-1)
	for code := range codes {
		index++
		if len(code) == 0 || len(code) > MaxLength || strings.ContainsFunc(code, blank) || !utf8.ValidString(code) {
			continue
		}
		if o.IgnoreCase {
			code = strings.Map(foldRune, code)
		}
		if _, ok := c.known[code]; ok {
			continue
		}
		c.known[code] = index
		c.lengths |= 1 << (len(code) - 1)
		if start, end := lastDigits([]byte(code)); o.Unknown && start < end && strings.ContainsFunc(code, unicode.IsLetter) {
			family := code[:start] + "0" + code[end:]
			if _, ok := c.families[family]; !ok {
				c.families[family] = index
			}
		}
	}
	c.first = newSieve(8, len(c.known)+11*len(c.families))
	add := func(text string) int {
		var b [MaxLength]byte
		n := copy(b[:], text)
		c.first.add(firstEight(b[:], n))
		return n
	}
	for family := range c.families {
		add(family)
	}
	for s := range c.beginnings {
		c.firsts |= 1 << (min(add(s), 8) - 1)
	}
	c.anchors = newAnchors(c)
	return c
}

func blank(r rune) bool { return r <= ' ' || r == 0x7f }

// beginnings yields texts one of which begins whatever is to be found.
func (c *Codes) beginnings(yield func(string) bool) {
	for code := range c.known {
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

// begins reports whether what is to be found may begin where the text does,
// which is folded where case is ignored.
func (c *Codes) begins(text []byte) bool {
	for firsts := c.firsts; firsts != 0; firsts &= firsts - 1 {
		if c.first.has(firstEight(text, bits.TrailingZeros(firsts)+1)) {
			return true
		}
	}
	return false
}

// longest returns the longest code that begins where the token does and its
// length, or 0 where there is none.
func (c *Codes) longest(t *token) (code int32, n int) {
	for ends := t.ends & c.lengths; ends != 0; ends &^= 1 << (n - 1) {
		n = bits.Len64(ends)
		if !c.first.has(firstEight(t.text, n)) { // much quicker than to look it up
			continue
		}
		if code, ok := c.known[string(t.text[:n])]; ok && t.isWhole(n) {
			return code, n
		}
	}
	return 0, 0
}

// firstEight returns the first n bytes of a text as a number, or the first eight
// where n is more.
func firstEight(text []byte, n int) uint64 {
	x := binary.LittleEndian.Uint64(text)
	if n < 8 {
		x &= 1<<(8*n) - 1
	}
	return x
}

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
		if !c.first.has(firstEight(family[:], len(f))) {
			continue
		}
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
