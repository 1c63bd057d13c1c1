package scan

import (
	"iter"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Piece is a place in a text that a person pasted where a code may begin, and the
// places where it may end.
type Piece struct {
	// Start is where the place is in the text without control sequences.
	Start int
	// Text is the text from the place on up to a blank, without control sequences.
	Text string
	// Ends are the lengths of Text at which a code may end, from the least to the
	// greatest, which is MaxLength at most. There is one, and a letter or a digit
	// before it.
	Ends []int
	// Key is the word right before the place, in lower case, which may say what stands
	// there: "sqlstate" in SQLSTATE[23505]. Of a compound it is the last part: "code" in
	// `errorCode: 5` and in error_code=5. Capitals in a row are one part, as in SQLState.
	Key string
	// Address is set within an URL, Last in the last segment of its path.
	Address, Last bool
}

// Pieces yields the places in a text where a code may begin, in order.
//
// A code may begin or end next to a blank, a quote, a bracket, one of / = , ; ? & # |
// < > or a control sequence, which does not count within it: AUTH\x1b[0m-401 is
// AUTH-401. What JSON, C and URLs write for one of these does as well, such as \n, \"
// and %20. It may end before : . ! where the word does behind them, or a quote or a
// bracket closes, and before the suffix of the page that an URL leads to. It may begin
// behind a colon that a quote precedes, as in JSON. Unlike in a log nothing else is a
// border: whoever asks for NOT-AUTH-401 or AUTH-401.2 does not
// mean AUTH-401. A code can hold what is a border, as #N/A does.
func Pieces(text string) iter.Seq[Piece] {
	return func(yield func(Piece) bool) {
		text, cuts := withoutSequences(text)
		var w word
		var k key
		address := nextAddress(text, 0)
		before := sign{r: ' '}
		named := false // as in "code":5, with no blank between
		for i := 0; i <= len(text); {
			s := signAt(text[i:])
			cut := false
			for ; len(cuts) > 0 && cuts[0] <= i; cuts = cuts[1:] {
				cut = true
			}
			for i >= address.end {
				address = nextAddress(text, address.end)
			}
			blank := isBlank(s.r) && !s.escaped
			if cut || isBorder(s.r) || i == address.suffix || !isStop(before.r) && stops(text[i:]) {
				w.ends = append(w.ends, end{i, w.solid})
			}
			if (cut || isBorder(before.r) || named) && !blank {
				w.begins = append(w.begins, begin{i, k, address.start <= i, address.segment <= i && i < address.segmentEnd})
			}
			if blank {
				if !w.pieces(text[:i], yield) {
					return
				}
				w = word{begins: w.begins[:0], ends: w.ends[:0]}
			}
			k.read(s.r, i, i+s.size)
			i += s.size
			if isAlphanumeric(s.r) {
				w.solid = i
			}
			named = s.r == ':' && isQuote(before.r)
			before = s
		}
	}
}

// A word is what stands between two blanks. Its places are those of the text.
type word struct {
	begins []begin
	ends   []end
	solid  int // where the last letter or digit so far ends
}

type begin struct {
	at            int
	key           key
	address, last bool
}

type end struct {
	at, solid int
}

// pieces yields those of a word, at the end of the text.
func (w *word) pieces(text string, yield func(Piece) bool) bool {
	ends := w.ends
	var lengths []int
	for _, b := range w.begins {
		for len(ends) > 0 && ends[0].solid <= b.at {
			ends = ends[1:]
		}
		lengths = lengths[:0]
		for _, e := range ends {
			if e.at > b.at+MaxLength {
				break
			}
			lengths = append(lengths, e.at-b.at)
		}
		if len(lengths) > 0 && !yield(Piece{b.at, text[b.at:], slices.Clone(lengths), b.key.of(text), b.address, b.last}) {
			return false
		}
	}
	return true
}

// A key is where the word that may say what stands behind it is in a text.
type key struct {
	start, end int
	small      bool // the last letter is: a capital begins a word
	digits     bool // it is no word
	joined     bool // to what comes now
}

// read takes the next character of the text, or what is escaped there.
func (k *key) read(r rune, start, end int) {
	switch {
	case isAlphanumeric(r):
		if k.joined || k.end < start || k.small && unicode.IsUpper(r) {
			*k = key{start: start}
		}
		k.end, k.small, k.digits = end, unicode.IsLower(r), k.digits || unicode.IsDigit(r)
	case isBlank(r) || isQuote(r) || strings.ContainsRune("=:([", r):
		k.joined = true
	default:
		*k = key{}
	}
}

// of returns the word, or nothing where none is joined to what comes.
func (k key) of(text string) string {
	if !k.joined || k.digits {
		return ""
	}
	return strings.ToLower(text[k.start:k.end])
}

// An address is where an URL stands in a text.
type address struct {
	start, end          int
	segment, segmentEnd int // the last of its path, if that has one
	suffix              int // where that of the last segment begins, or -1
}

// nextAddress returns the first address from a place on. Behind the last one it is
// where no text is.
func nextAddress(text string, from int) address {
	at := strings.Index(text[from:], "://")
	if at < 0 {
		return address{math.MaxInt, math.MaxInt, 0, 0, -1}
	}
	at += from
	a := address{start: len(strings.TrimRightFunc(text[:at], inScheme)), suffix: -1}
	host := at + len("://")
	rest := text[host:]
	if next := strings.Index(rest, "://"); next >= 0 {
		rest = strings.TrimRightFunc(rest[:next], inScheme)
	}
	if i := strings.IndexFunc(rest, func(r rune) bool { return isBlank(r) || isQuote(r) || strings.ContainsRune(`<>\`, r) }); i >= 0 {
		rest = rest[:i]
	}
	a.end = host + len(rest)

	path, _, _ := strings.Cut(rest, "?")
	path, _, _ = strings.Cut(path, "#")
	path = strings.TrimRightFunc(path, func(r rune) bool { return isStop(r) || r == ',' || r == ';' || unicode.Is(unicode.Pe, r) })
	path = strings.TrimRight(path, "/")
	slash := strings.LastIndexByte(path, '/')
	if slash < 0 {
		return a
	}
	a.segment, a.segmentEnd = host+slash+1, host+len(path)
	for _, suffix := range []string{".html", ".htm", ".md"} {
		if file, ok := strings.CutSuffix(path, suffix); ok {
			a.suffix = host + len(file)
		}
	}
	return a
}

// inScheme reports whether the scheme of an URL, such as https, may hold r.
func inScheme(r rune) bool { return isAlphanumeric(r) || r == '+' || r == '-' || r == '.' }

// A sign is a character of a text, or an escape that stands for a border.
type sign struct {
	r       rune
	size    int // in the text
	escaped bool
}

// signAt returns the sign at the beginning of a text. What no code holds is a blank,
// and so is what comes behind the end.
func signAt(text string) sign {
	if text == "" {
		return sign{r: ' ', size: 1}
	}
	if r, n := unescaped(text); n > 0 && isBorder(r) {
		return sign{r, n, true}
	}
	r, size := utf8.DecodeRuneInString(text)
	if r == utf8.RuneError && size == 1 {
		r = ' '
	}
	return sign{r: r, size: size}
}

// mostSlashes is how many backslashes an escape has at most: JSON within JSON within
// JSON writes seven before a quote.
const mostSlashes = 8

// unescaped returns what an escape at the beginning of a text stands for and how many
// bytes it takes, or 0. With an escape character goes the rest of its sequence, if that
// holds no blank.
func unescaped(text string) (r rune, n int) {
	if text[0] == '%' {
		return hexadecimal(text, 1, 2)
	}
	for n < len(text) && n < mostSlashes && text[n] == '\\' {
		n++
	}
	if n == 0 || n == len(text) {
		return 0, 0
	}
	switch text[n] {
	case 'n', 'r', 't':
		return ' ', n + 1
	case '"', '\'', '/':
		return rune(text[n]), n + 1
	case 'u':
		r, n = hexadecimal(text, n+1, 4)
	case 'x':
		r, n = hexadecimal(text, n+1, 2)
	default:
		return 0, 0
	}
	if r == esc {
		if rest := csi(text[n:]); !strings.Contains(text[n:n+rest], " ") {
			n += rest
		}
	}
	return r, n
}

// hexadecimal returns the character whose number stands in some digits of a text, and
// where they end, or 0. A number of two digits is a byte, which is a character in ASCII
// alone.
func hexadecimal(text string, start, digits int) (r rune, n int) {
	end := start + digits
	if end > len(text) {
		return 0, 0
	}
	x, err := strconv.ParseUint(text[start:end], 16, 32)
	if err != nil || digits == 2 && x >= utf8.RuneSelf {
		return 0, 0
	}
	return rune(x), end
}

// isBorder reports whether a code may begin behind r and end before it.
func isBorder(r rune) bool {
	return isBlank(r) || isQuote(r) || unicode.In(r, unicode.Ps, unicode.Pe) || strings.ContainsRune("/=,;?&#|<>", r)
}

func isBlank(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }

func isQuote(r rune) bool {
	return strings.ContainsRune("\"'`„‚", r) || unicode.In(r, unicode.Pi, unicode.Pf)
}

// isStop reports whether r ends a part of a sentence, or belongs to a code.
func isStop(r rune) bool { return r == ':' || r == '.' || r == '!' }

// stops reports whether a text begins with characters that end a part of a sentence,
// and no more of the word follows.
func stops(text string) bool {
	rest := strings.TrimLeft(text, ":.!")
	if len(rest) == len(text) {
		return false
	}
	next := signAt(rest).r
	return isBlank(next) || isQuote(next) || unicode.Is(unicode.Pe, next)
}
