package entry

import (
	"iter"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold reduces a word to what counts when people type it: its letters and
// digits, lower case, without accents. AUTH-401, auth_401 and [Auth 401] fold
// to the same key. What parts two digits counts too, though not how it is written:
// AUTH-401-2 is AUTH_401.2 and not AUTH-4012; and so does a minus that begins a
// number: -5 is not 5. A word without a letter or digit folds to nothing.
func Fold(s string) string {
	if plain(s) {
		return s
	}
	if !ascii(s) {
		return norm.NFC.String(fold(norm.NFKD.String(s)))
	}
	return fold(s) // as most codes are
}

// fold is Fold for a text that is decomposed.
func fold(s string) string {
	var room [64]byte
	key := room[:0]
	var digit, apart, minus bool // what stands before: a digit, behind it what does not count, a minus that may begin a number
	for _, r := range s {
		switch {
		case 'a' <= r|0x20 && r|0x20 <= 'z':
			digit, minus = false, false
			key = append(key, byte(r|0x20))
		case unicode.IsDigit(r):
			if minus {
				key = append(key, '-')
			} else if digit && apart {
				key = append(key, '.')
			}
			digit, apart, minus = true, false, false
			key = utf8.AppendRune(key, r)
		case isWord(r), len(key) > 0 && unicode.IsMark(r) && !accent(r):
			digit, minus = false, false
			key = utf8.AppendRune(key, unicode.ToLower(unicode.ToUpper(r)))
		case !accent(r):
			apart = true
			minus = len(key) == 0 && (r == '-' || r == '\u2212')
		}
	}
	return string(key)
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

// IsCode reports whether a word could be a code at all: it has a letter or a
// digit.
func IsCode(word string) bool { return Fold(word) != "" }

// A Token is a word of a text: folded, with its place in bytes.
type Token struct {
	Word       string
	Start, End int
}

// Tokens yields the words of a text.
func Tokens(s string) iter.Seq[Token] {
	return func(yield func(Token) bool) {
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
			if word := Fold(s[start:i]); word != "" && !yield(Token{word, start, i}) {
				return
			}
		}
	}
}

// A Word is a word of an entry, where search looks for it.
type Word struct {
	Field *Field
	Item  int // of the field's Texts
	Token
}

// Words yields the words of the fields that search looks into. A name of several
// words is also one: auth401 finds AUTH-401.
func (e *Entry) Words(yield func(Word) bool) {
	for _, f := range Searched() {
		for item, text := range f.Value.Texts(e) {
			last := ""
			for t := range Tokens(text) {
				last = t.Word
				if !yield(Word{f, item, t}) {
					return
				}
			}
			if f.Class != ByName {
				continue
			}
			if key := Fold(text); key != "" && key != last && !yield(Word{f, item, Token{key, 0, len(text)}}) {
				return
			}
		}
	}
}
