package scan

import (
	"encoding/binary"
	"math/bits"
	"unicode"
	"unicode/utf8"
)

// short is up to how many bytes most codes have. That a few have more costs little
// where a text has a blank before, and nothing where no code does.
const short = 64

// A lengths is a set of lengths of texts, from 1 to MaxLength bytes: bit n-1 is set for
// n bytes, and in long for n more than are short.
type lengths struct{ short, long uint64 }

// with returns the lengths and n, without a branch: what is shifted too far is 0, and
// so is what would be shifted back.
func (l lengths) with(n int) lengths {
	return lengths{l.short | 1<<uint(n-1), l.long | 1<<uint(n-1-short)}
}

func (l lengths) and(m lengths) lengths { return lengths{l.short & m.short, l.long & m.long} }

// greatest returns the greatest length, or 0 where there is none.
func (l lengths) greatest() int {
	if l.long != 0 {
		return short + bits.Len64(l.long)
	}
	return bits.Len64(l.short)
}

// less returns the lengths that are less than n.
func (l lengths) less(n int) lengths {
	if n > short {
		return lengths{l.short, l.long & (1<<(n-short-1) - 1)}
	}
	return lengths{short: l.short & (1<<(n-1) - 1)}
}

// A token is the beginning of a text, with the places where a code that begins
// there may end.
type token struct {
	text []byte  // MaxLength bytes, folded where case is ignored
	ends lengths // of what may be a whole token
	raw  []byte  // the text as it is

	folded [MaxLength]byte   // text, where case is ignored
	sizes  [MaxLength]uint16 // at n-1, the bytes that folded[:n] takes in raw
}

// lookahead is how many bytes from the beginning of a token on may be read: a
// folded text can be three times as long as it was, and the character next to
// it counts.
const lookahead = 3*MaxLength + utf8.UTFMax

// read takes the token at the beginning of a text, as far as so many bytes: short
// or MaxLength.
func (t *token) read(text []byte, reach int) {
	t.text, t.raw = text[:MaxLength], text
	ends, over := endsIn(text[1:])
	t.ends = lengths{short: ends}
	if !over && reach > short {
		t.ends.long, _ = endsIn(text[1+short:])
	}
}

// endsIn tells which of the first 64 bytes of a text may be next to the end of a
// token: bit i is set for byte i. It is over where one of them is a blank.
func endsIn(text []byte) (ends uint64, over bool) {
	words, _ := classes(text)
	for rest := ^words; rest != 0; rest &= rest - 1 { // a blank is the last end, and most often near
		if i := bits.TrailingZeros64(rest); text[i] <= ' ' {
			return ^words & (2<<i - 1), true
		}
	}
	return ^words, false
}

// fold is read for those who ignore case.
func (t *token) fold(text []byte, reach int) {
	var ends lengths
	n, size := 0, 0
	for text[size] > ' ' {
		r, width := utf8.DecodeRune(text[size:])
		if r == utf8.RuneError && width == 1 {
			break
		}
		r = foldRune(r)
		if n+utf8.RuneLen(r) > reach {
			break
		}
		n += utf8.EncodeRune(t.folded[n:], r)
		size += width
		t.sizes[n-1] = uint16(size)
		ends = ends.with(n)
	}
	t.text, t.ends, t.raw = t.folded[:], ends, text
}

// isWhole reports whether no letter, digit or underscore is next to the first n
// bytes.
func (t *token) isWhole(n int) bool { return !beginsWithWord(t.raw[t.size(n):]) }

// size returns how many bytes of the text the first n of the token are.
func (t *token) size(n int) int {
	if &t.text[0] != &t.folded[0] {
		return n
	}
	return int(t.sizes[n-1])
}

// foldRune returns the least of the characters that differ from r in case
// alone. None of them takes fewer bytes.
func foldRune(r rune) rune {
	if r < utf8.RuneSelf {
		if 'a' <= r && r <= 'z' {
			r -= 'a' - 'A'
		}
		return r
	}
	least := r
	for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
		least = min(least, f)
	}
	return least
}

// isWord reports whether r makes a word, at whose side no code is found.
func isWord(r rune) bool { return r == '_' || isAlphanumeric(r) }

func isAlphanumeric(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

func beginsWithWord(text []byte) bool {
	if text[0] < utf8.RuneSelf {
		return wordBytes(uint64(text[0])) != 0
	}
	r, _ := utf8.DecodeRune(text)
	return isWord(r)
}

func endsWithWord(text []byte) bool {
	if n := len(text); n == 0 || text[n-1] < utf8.RuneSelf {
		return n > 0 && wordBytes(uint64(text[n-1])) != 0
	}
	r, _ := utf8.DecodeLastRune(text)
	return isWord(r)
}

const (
	each = 0x0101010101010101 // times a byte, it is that byte eight times
	high = 0x80 * each
)

// classes tells which of the first 64 bytes of a text are ASCII letters, digits
// and underscores, and which are no ASCII: bit i is set for byte i.
func classes(text []byte) (words, others uint64) {
	text = text[:64]
	var all uint64
	for i := 0; i < 64; i += 8 {
		x := binary.LittleEndian.Uint64(text[i:])
		words |= gather(asciiWordBytes(x)) << i
		all |= x
	}
	if all&high == 0 { // as in most of most texts
		return words, 0
	}
	words = 0
	for i := 0; i < 64; i += 8 {
		x := binary.LittleEndian.Uint64(text[i:])
		words |= gather(wordBytes(x)) << i
		others |= gather(x&high) << i
	}
	return words, others
}

// wordBytes sets the high bit of each of eight bytes that is an ASCII letter,
// a digit or an underscore.
func wordBytes(x uint64) uint64 { return asciiWordBytes(x&^high) &^ x }

// asciiWordBytes is wordBytes for eight bytes of ASCII: one without its high bit
// can be added to without a carry to the next.
func asciiWordBytes(x uint64) uint64 {
	lower := x | 0x20*each
	letters := (lower + (0x80-'a')*each) &^ (lower + (0x7f-'z')*each)
	underscores := (lower + (0x80-0x7f)*each) &^ (x << 2) // 0x7f has bit 5, an underscore not
	return (letters|underscores)&high | asciiDigitBytes(x)
}

// asciiDigitBytes sets the high bit of each of eight bytes of ASCII that is a
// digit.
func asciiDigitBytes(x uint64) uint64 {
	return (x + (0x80-'0')*each) &^ (x + (0x7f-'9')*each) & high
}

// gather makes one byte of the high bits of eight, whose other bits are 0.
func gather(x uint64) uint64 { return x >> 7 * 0x0102040810204080 >> 56 }
