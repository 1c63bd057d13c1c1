package catalog

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// fold reduces a word to what counts when people type it: its letters and
// digits, lower case, without accents. AUTH-401, auth_401 and [Auth 401] fold
// to the same key; a word without a letter or digit folds to nothing.
func fold(s string) string {
	if plain(s) {
		return s
	}
	var b strings.Builder
	if ascii(s) { // as most codes are
		for i := range len(s) {
			switch c := s[i]; {
			case 'A' <= c && c <= 'Z':
				b.WriteByte(c + 'a' - 'A')
			case plain(s[i : i+1]):
				b.WriteByte(c)
			}
		}
		return b.String()
	}
	for _, r := range norm.NFKD.String(s) {
		if isWord(r) || b.Len() > 0 && unicode.IsMark(r) && !accent(r) {
			b.WriteRune(unicode.ToLower(unicode.ToUpper(r)))
		}
	}
	return norm.NFC.String(b.String())
}

// plain reports whether s is folded already, as most words of most texts are.
func plain(s string) bool {
	for i := range len(s) {
		if c := s[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') {
			return false
		}
	}
	return true
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// isWord reports whether r makes a word: a letter or a digit does. Marks behind
// it belong to it, since they are the vowels of many scripts.
func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// accent reports whether r is one of the marks that decomposition splits off
// a Latin, Greek or Cyrillic letter.
func accent(r rune) bool { return r >= 0x300 && r <= 0x36F }

// A token is a word of a text: folded, with its place in bytes.
type token struct {
	word       string
	start, end int
}

// tokens yields the words of a text.
func tokens(s string) iter.Seq[token] {
	return func(yield func(token) bool) {
		for i := 0; i < len(s); {
			r, size := utf8.DecodeRuneInString(s[i:])
			if !isWord(r) {
				i += size
				continue
			}
			start := i
			for i < len(s) && (isWord(r) || unicode.IsMark(r)) {
				i += size
				r, size = utf8.DecodeRuneInString(s[i:])
			}
			if word := fold(s[start:i]); word != "" && !yield(token{word, start, i}) {
				return
			}
		}
	}
}

// withoutLeadingZeros drops the zeros that begin a number in a folded word:
// E0308 and E308 are one slip of the finger apart, not one letter.
func withoutLeadingZeros(key string) string {
	digit := func(i int) bool { return i >= 0 && i < len(key) && '0' <= key[i] && key[i] <= '9' }
	var b strings.Builder
	leading := true
	for i := range len(key) {
		leading = leading || !digit(i-1)
		if leading && key[i] == '0' && digit(i+1) {
			continue
		}
		leading = false
		b.WriteByte(key[i])
	}
	return b.String()
}

// edits counts the letters to insert, delete, change or swap with a neighbour
// that turn a into b, or limit+1 where that takes more than limit.
func edits(a, b string, limit int) int {
	s, t := []rune(a), []rune(b)
	if d := len(s) - len(t); d > limit || -d > limit {
		return limit + 1
	}
	before, last, row := make([]int, len(t)+1), make([]int, len(t)+1), make([]int, len(t)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(s); i++ {
		row[0] = i
		best := i
		for j := 1; j <= len(t); j++ {
			cost := 1
			if s[i-1] == t[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && s[i-1] == t[j-2] && s[i-2] == t[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
			best = min(best, row[j])
		}
		if best > limit {
			return limit + 1
		}
		before, last, row = last, row, before
	}
	return min(last[len(t)], limit+1)
}
