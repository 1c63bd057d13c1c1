// Package scan finds known codes in a stream of bytes, in one pass and in
// little memory whatever the stream holds and however long its lines are.
//
// A code is found where it stands as a whole token: its bytes, and neither a
// letter nor a digit nor an underscore next to them. Letters and digits are
// Unicode's (L and Nd); a byte that is no UTF-8 is none. Of the codes that
// could be found the leftmost counts, of those the longest, and none that
// overlaps it. So does grep -owF of GNU with codes that begin and end in letters
// or digits, where the locale's letters are these: it takes numerals such as Ⅷ for
// letters.
package scan

import (
	"bytes"
	"encoding/binary"
	"iter"
	"math/bits"
	"sync"
	"unicode"
	"unicode/utf8"
)

// MaxLength is how many bytes a code has at most.
const MaxLength = 128

// Options say what is found besides the codes as they are spelt, and of how many.
type Options struct {
	// IgnoreCase takes letters for equal that differ only in case, by
	// Unicode's simple folding. Of codes that differ so, the one is found that
	// is spelt as the text is, else the first.
	IgnoreCase bool
	// Unknown finds tokens too that differ from a code in nothing but its last
	// run of digits, as AUTH-999 does from AUTH-401, where no code overlaps
	// them. A code without a letter has no such relatives: every number would
	// be one.
	Unknown bool
	// Count is how many codes there are, about: knowing it saves memory.
	Count int
}

// Codes is a set of codes to look for. Several goroutines can use it at once.
type Codes struct {
	ignoreCase bool
	lower      uint64         // the bits that make ASCII letters equal where case is ignored, in every byte
	given      list           // the codes as they are spelt
	known      table          // those that can be found
	alike      map[int][]int  // where case is ignored, the codes that differ from a known one in case alone
	families   map[string]int // codes with 0 for their last digits, and the index of the first such
	lengths    lengths        // of the codes
	reach      int            // up to how many bytes a text must be read: short or MaxLength
	heads      sieve          // the words that codes begin with
	stems      sieve          // what the words that families begin with have before their digits
	sizes      sizes
	anchors    []anchor
	scanners   sync.Pool // buffers, for those who scan many small streams
}

// Compile makes a set of codes. A code is 1 to MaxLength bytes of UTF-8 without
// blanks and control characters; others are never found. Of equal codes the
// first is found.
func Compile[T string | []byte](codes iter.Seq[T], o Options) *Codes {
	c := &Codes{ignoreCase: o.IgnoreCase, given: newList(o.Count), alike: map[int][]int{}, families: map[string]int{}}
	if c.ignoreCase {
		c.lower = 0x20 * each
	}
	for code := range codes {
		c.given.add([]byte(code))
	}
	c.given.end()
	all := &c.given
	if o.IgnoreCase {
		folded := newList(all.len())
		for i := range all.len() {
			folded.add(bytes.Map(foldRune, all.at(i)))
		}
		folded.end()
		all = &folded
	}
	c.known, c.heads = newTable(all), newSieve(all.len())
	for i := range all.len() {
		code := all.at(i)
		if !valid(c.given.at(i)) {
			continue
		}
		if first, added := c.known.add(i); !added {
			if c.ignoreCase {
				c.alike[first] = append(c.alike[first], i)
			}
			continue
		}
		c.lengths = c.lengths.with(len(code))
		c.sizes.add(code)
		c.heads.add(head(firstEight(code)) | c.lower)
		if start, end := LastDigits(code); o.Unknown && start < end && bytes.ContainsFunc(code, unicode.IsLetter) {
			family := string(code[:start]) + "0" + string(code[end:])
			if _, ok := c.families[family]; !ok {
				c.families[family] = i
			}
		}
	}
	if c.ignoreCase || len(c.families) > 0 {
		c.sizes.addAll()
	}
	c.reach = short
	if c.lengths.long != 0 || len(c.families) > 0 {
		c.reach = MaxLength
	}
	c.stems = newSieve(len(c.families))
	for family := range c.families {
		c.stems.add(stem(firstEight([]byte(family))) | c.lower)
	}
	c.anchors = newAnchors(c)
	return c
}

// Code returns the code of an index, as it was given.
func (c *Codes) Code(index int) string { return string(c.given.at(index)) }

// valid reports whether a code is one that can be found.
func valid(code []byte) bool {
	for _, b := range code {
		if b <= ' ' || b == 0x7f {
			return false
		}
	}
	return 0 < len(code) && len(code) <= MaxLength && utf8.Valid(code)
}

// sizes tells most words from those that codes begin with, by how they begin, how
// long they are, and what follows them. What is no ASCII, or no word, is one of no
// bytes.
type sizes struct {
	words [8 << 8]uint64 // by kind and first byte: bit n%64 is set where a word of n bytes is of a code
	kinds [256]uint16    // of what follows, as their high byte; 0 where nothing need follow
	last  uint16         // of kinds
	short bool           // some word has one or two bytes
}

func (s *sizes) add(code []byte) {
	n := bits.TrailingZeros64(^wordBytes(firstEight(code))&high) / 8
	s.short = s.short || n == 1 || n == 2
	if 0 < n && n < 8 && n < len(code) {
		next := code[n]
		if s.kinds[next] == 0 {
			s.last = min(s.last+1<<8, 7<<8)
			s.kinds[next] = s.last
		}
		s.words[s.kinds[next]|uint16(code[0])] |= 1 << n
		return
	}
	set := uint64(1) << n
	if n == 8 {
		set = ^uint64(0xfe) // it may go on
	}
	for kind := 0; kind < len(s.words); kind += 256 {
		s.words[kind|int(code[0])] |= set
	}
}

// addAll adds all words.
func (s *sizes) addAll() {
	s.short = true
	for i := range s.words {
		s.words[i] = ^uint64(0)
	}
}

// has returns 1 where a word of n bytes may be one of a code, else 0.
func (s *sizes) has(first, next byte, n int) int {
	return int(s.words[(s.kinds[next]|uint16(first))%uint16(len(s.words))] >> (n & 63) & 1)
}

// beginnings yields texts one of which begins whatever is to be found.
func (c *Codes) beginnings(yield func([]byte) bool) {
	for _, s := range c.known.slots {
		if s.code != 0 && !yield(c.known.list.at(int(s.code-1))) {
			return
		}
	}
	for family := range c.families {
		start, _ := LastDigits([]byte(family))
		for digit := byte('0'); digit <= '9'; digit++ {
			if !yield(append([]byte(family[:start]), digit)) {
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
	return c.heads.has(head(x)|c.lower) ||
		len(c.families) > 0 && c.stems.has(stem(x)|c.lower)
}

// longest returns the longest code that begins where the token does and its
// length, or 0 where there is none.
func (c *Codes) longest(t *token) (code, n int) {
	ends := t.ends.and(c.lengths)
	for n = ends.greatest(); n > 0; n = ends.less(n).greatest() {
		if code, ok := c.known.get(t.text[:n]); ok && t.isWhole(n) {
			return c.spelt(code, t.raw[:t.size(n)]), n
		}
	}
	return 0, 0
}

// spelt returns of the codes that differ from one in case alone the one that is
// spelt as the text is, or the first.
func (c *Codes) spelt(code int, text []byte) int {
	for _, other := range c.alike[code] {
		if bytes.Equal(c.given.at(other), text) && !bytes.Equal(c.given.at(code), text) {
			return other
		}
	}
	return code
}

// firstEight returns the first eight bytes of a text as a number, with zeros for
// those that it has not.
func firstEight(text []byte) uint64 {
	var b [8]byte
	copy(b[:], text)
	return binary.LittleEndian.Uint64(b[:])
}

// head leaves of eight bytes the word they begin with, as far as it is ASCII; of
// others the first byte. Codes are whole tokens: where one is found, its first
// word is the text's.
func head(x uint64) uint64 {
	stops := ^wordBytes(x) & high &^ 0xff
	return x & (stops&-stops>>7 - 1)
}

// stem leaves of eight bytes the word they begin with, up to a digit.
func stem(x uint64) uint64 {
	x = head(x)
	stops := asciiDigitBytes(x &^ high)
	return x & (stops&-stops>>7 - 1)
}

// relative returns a code of the same family as the longest text that begins
// where the token does and has less than limit bytes, and how many it has.
func (c *Codes) relative(t *token, limit int) (code, n int) {
	for n = t.ends.less(limit).greatest(); n > 0; n = t.ends.less(n).greatest() {
		start, end := LastDigits(t.text[:n])
		if start == end {
			break // nor do fewer bytes have a digit
		}
		var family [MaxLength]byte
		f := append(append(append(family[:0], t.text[:start]...), '0'), t.text[end:n]...)
		if code, ok := c.families[string(f)]; ok && t.isWhole(n) {
			return code, n
		}
	}
	return 0, 0
}

// LastDigits returns where the last run of digits begins and ends: what differs among
// codes of one family.
func LastDigits(text []byte) (start, end int) {
	digit := func(i int) bool { return i >= 0 && '0' <= text[i] && text[i] <= '9' }
	for end = len(text); end > 0 && !digit(end-1); {
		end--
	}
	for start = end; digit(start - 1); {
		start--
	}
	return start, end
}
