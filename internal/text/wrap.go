package text

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/displaywidth"
	"github.com/clipperhouse/uax29/v2/graphemes"
)

// Columns is how many columns of a terminal a text takes. East Asian
// ambiguous characters count one, whatever the locale.
func Columns(s string) int { return displaywidth.String(s) }

// An Extent is a part of a text, in bytes.
type Extent struct{ Start, End int }

// Wrap yields where the lines of a text stand that are at most width columns
// wide: it breaks at line breaks, at blanks, and between wide characters, which
// are written without blanks. A word longer than the line has a line of its own;
// nothing but the blanks at a break is left out. Width 0 breaks at line breaks
// alone.
func Wrap(s string, width int) iter.Seq[Extent] {
	return func(yield func(Extent) bool) {
		start := 0
		for paragraph := range strings.SplitSeq(s, "\n") {
			for line := range wrapParagraph(paragraph, width) {
				if !yield(Extent{start + line.Start, start + line.End}) {
					return
				}
			}
			start += len(paragraph) + 1
		}
	}
}

// wrapParagraph yields where the lines of a text without line breaks stand.
func wrapParagraph(s string, width int) iter.Seq[Extent] {
	return func(yield func(Extent) bool) {
		line, taken := Extent{}, 0 // the line so far, and its columns
		for next := range unbreakable(s) {
			blanks := Columns(s[line.End:next.Start])
			n := Columns(s[next.Start:next.End])
			if width > 0 && taken+blanks+n > width {
				if line.End > line.Start && !yield(line) {
					return
				}
				line, taken, blanks = Extent{next.Start, next.Start}, 0, 0
			}
			line.End, taken = next.End, taken+blanks+n
		}
		yield(line)
	}
}

// unbreakable yields the pieces of a text that no line break may split, in
// order; what stands between two of them is blanks.
func unbreakable(s string) iter.Seq[Extent] {
	return func(yield func(Extent) bool) {
		piece := Extent{}
		var before string // the character that ends the piece
		for g := graphemes.FromString(s); g.Next(); before = g.Value() {
			switch {
			case isBlank(g.Value()):
				if piece.End > piece.Start && !yield(piece) {
					return
				}
				piece = Extent{g.End(), g.End()}
				continue
			case piece.End > piece.Start && mayBreak(before, g.Value()):
				if !yield(piece) {
					return
				}
				piece.Start = g.Start()
			}
			piece.End = g.End()
		}
		if piece.End > piece.Start {
			yield(piece)
		}
	}
}

// mayBreak reports whether a line may break between two neighbours that no
// blank divides: beside a wide character, but neither before punctuation that
// closes nor after punctuation that opens.
func mayBreak(before, after string) bool {
	a, _ := utf8.DecodeRuneInString(before)
	b, _ := utf8.DecodeRuneInString(after)
	if a < utf8.RuneSelf && b < utf8.RuneSelf {
		return false // as nearly always
	}
	return (isWide(a) || isWide(b)) &&
		!unicode.In(a, unicode.Ps, unicode.Pi) &&
		!unicode.In(b, unicode.Pe, unicode.Pf, unicode.Po, unicode.Lm)
}

// isWide reports whether r is of a script written without blanks. An emoji is
// not: it belongs to the word it stands at.
func isWide(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) || (unicode.Is(unicode.Po, r) && Columns(string(r)) == 2)
}

func isBlank(s string) bool { return s == " " || s == "\u3000" }

// Longest is the columns of the longest piece that cannot be broken.
func Longest(s string) int {
	most := 0
	for line := range strings.SplitSeq(s, "\n") {
		for piece := range unbreakable(line) {
			most = max(most, Columns(line[piece.Start:piece.End]))
		}
	}
	return most
}

// First is as much of the beginning of s as takes at most n columns.
func First(s string, n int) string {
	end, taken := 0, 0
	for g := graphemes.FromString(s); g.Next(); end = g.End() {
		if taken += Columns(g.Value()); taken > n {
			break
		}
	}
	return s[:end]
}

// Last is as much of the end of s as takes at most n columns.
func Last(s string, n int) string {
	over := Columns(s) - n
	start := 0
	for g := graphemes.FromString(s); over > 0 && g.Next(); start = g.End() {
		over -= Columns(g.Value())
	}
	return s[start:]
}
