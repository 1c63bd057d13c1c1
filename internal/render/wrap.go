package render

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/displaywidth"
	"github.com/clipperhouse/uax29/v2/graphemes"
)

// columns is how many columns of a terminal a text takes. East Asian
// ambiguous characters count one, whatever the locale.
func columns(s string) int { return displaywidth.String(s) }

// wrap breaks a text into lines of at most width columns: at its line breaks,
// at blanks, and between wide characters, which are written without blanks. A
// word longer than the line has a line of its own; nothing but the blanks at a
// break is left out. Width 0 breaks at line breaks alone.
func wrap(t styled, width int) []styled {
	var lines []styled
	start := 0
	for paragraph := range strings.SplitSeq(t.text, "\n") {
		for line := range wrapParagraph(paragraph, width) {
			lines = append(lines, t.cut(start+line.start, start+line.end))
		}
		start += len(paragraph) + 1
	}
	return lines
}

// An extent is a part of a text, in bytes.
type extent struct{ start, end int }

// wrapParagraph yields where the lines of a text without line breaks stand.
func wrapParagraph(s string, width int) iter.Seq[extent] {
	return func(yield func(extent) bool) {
		line, taken := extent{}, 0 // the line so far, and its columns
		for next := range unbreakable(s) {
			blanks := columns(s[line.end:next.start])
			n := columns(s[next.start:next.end])
			if width > 0 && taken+blanks+n > width {
				if line.end > line.start && !yield(line) {
					return
				}
				line, taken, blanks = extent{next.start, next.start}, 0, 0
			}
			line.end, taken = next.end, taken+blanks+n
		}
		yield(line)
	}
}

// unbreakable yields the pieces of a text that no line break may split, in
// order; what stands between two of them is blanks.
func unbreakable(s string) iter.Seq[extent] {
	return func(yield func(extent) bool) {
		piece := extent{}
		var before string // the character that ends the piece
		for g := graphemes.FromString(s); g.Next(); before = g.Value() {
			switch {
			case isBlank(g.Value()):
				if piece.end > piece.start && !yield(piece) {
					return
				}
				piece = extent{g.End(), g.End()}
				continue
			case piece.end > piece.start && mayBreak(before, g.Value()):
				if !yield(piece) {
					return
				}
				piece.start = g.Start()
			}
			piece.end = g.End()
		}
		if piece.end > piece.start {
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
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) || (unicode.Is(unicode.Po, r) && columns(string(r)) == 2)
}

func isBlank(s string) bool { return s == " " || s == "\u3000" }

// longest is the columns of the longest piece that cannot be broken.
func longest(s string) int {
	most := 0
	for line := range strings.SplitSeq(s, "\n") {
		for piece := range unbreakable(line) {
			most = max(most, columns(line[piece.start:piece.end]))
		}
	}
	return most
}

// first is as much of the beginning of s as takes at most n columns.
func first(s string, n int) string {
	end, taken := 0, 0
	for g := graphemes.FromString(s); g.Next(); end = g.End() {
		if taken += columns(g.Value()); taken > n {
			break
		}
	}
	return s[:end]
}

// last is as much of the end of s as takes at most n columns.
func last(s string, n int) string {
	over := columns(s) - n
	start := 0
	for g := graphemes.FromString(s); over > 0 && g.Next(); start = g.End() {
		over -= columns(g.Value())
	}
	return s[start:]
}
