package catalog

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"github.com/errcode-cli/errcode/internal/entry"
	"github.com/errcode-cli/errcode/internal/scan"
)

// parts finds the codes and aliases that stand in a text, from left to right and each
// once: of those that overlap the leftmost, of these the longest. Unknown is what is none
// and has the shape of one, where the text is more than a word.
func (s *Selection) parts(ctx context.Context, text string) (all []Found, unknown []string, err error) {
	families := strings.ContainsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(`"={`, r) })
	end := 0
	for piece := range scan.Pieces(text) {
		if piece.Start < end {
			continue
		}
		found, word, err := s.longestAt(ctx, piece, text, families)
		if err != nil {
			return nil, nil, err
		}
		switch {
		case word == "":
			continue
		case found.Entries == nil && !slices.Contains(unknown, word):
			unknown = append(unknown, word)
		case found.Entries != nil && !slices.ContainsFunc(all, found.same):
			all = append(all, found)
		}
		end = piece.Start + len(word)
	}
	return all, unknown, nil
}

// longestAt finds the longest word that begins at a place of a text, and is not all of
// it, and means something, or is of a family of codes where these count; "" where none
// does.
func (s *Selection) longestAt(ctx context.Context, at scan.Piece, text string, families bool) (found Found, word string, err error) {
	for _, n := range slices.Backward(at.Ends) {
		word := at.Text[:n]
		if word == text || !says(at, word) {
			continue
		}
		found, err := s.meant(ctx, word)
		if err != nil {
			return Found{}, "", err
		}
		if found.Entries != nil {
			found.By = ByPart
			return found, word, nil
		}
		if !families {
			continue
		}
		if alike, err := s.hasFamily(ctx, word); alike || err != nil {
			return Found{}, word, err
		}
	}
	return Found{}, "", nil
}

// meant finds what a word of a text means: an entry that goes by exactly it or by the
// same number, or that covers it.
func (s *Selection) meant(ctx context.Context, word string) (Found, error) {
	found, err := s.called(ctx, word)
	if err != nil || found.Entries != nil && found.By < ByFolding {
		return found, err
	}
	if s.retired(word) != nil {
		return Found{}, nil
	}
	return s.covering(ctx, word)
}

// same reports whether the same entries were found.
func (f Found) same(other Found) bool {
	return slices.EqualFunc(f.Entries, other.Entries, func(a, b entry.Entry) bool {
		return a.Catalog == b.Catalog && a.Code == b.Code
	})
}

// says reports whether a word of a text could be meant as a code there. A number, or
// small letters alone, say nothing by themselves: something before them says that they
// are one, or they are what an address ends in.
func says(at scan.Piece, word string) bool {
	if strings.Trim(word, "-.0123456789") != "" && strings.ContainsFunc(word, func(r rune) bool { return r < 'a' || r > 'z' }) {
		return true
	}
	return at.Last || slices.Contains([]string{"code", "errcode", "errorcode", "error", "errno", "status", "sqlstate"}, at.Key)
}

// mostOfFamily is how many names are looked at for one that is like a word.
const mostOfFamily = 1000

// hasFamily reports whether a code differs from a word in nothing but its last number. A
// number has no such relatives: every number would be one.
func (s *Selection) hasFamily(ctx context.Context, word string) (bool, error) {
	start, end := scan.LastDigits([]byte(word))
	stem, rest := word[:start], word[end:]
	if _, isNumber := entry.ParseNumber(word); isNumber || start == end || !strings.ContainsFunc(stem+rest, unicode.IsLetter) {
		return false, nil
	}
	for _, c := range s.catalogs {
		left := mostOfFamily
		for name, err := range c.index.Names(entry.Fold(stem)) {
			if err != nil {
				return false, c.failed(err)
			}
			number, alike := strings.CutPrefix(string(name.Name), stem)
			number, alike2 := strings.CutSuffix(number, rest)
			if alike && alike2 && number != "" && strings.Trim(number, "0123456789") == "" {
				return true, ctx.Err()
			}
			if left--; left == 0 {
				break
			}
		}
	}
	return false, ctx.Err()
}

// printed finds the entries one of whose messages a text holds: those of the one with the
// most letters.
func (s *Selection) printed(ctx context.Context, text string) (Found, error) {
	marks := []string{messageMark}
	for word := range entry.Tokens(text) {
		marks = append(marks, messageMark+word.Word)
	}
	slices.Sort(marks)
	found, most := Found{By: ByMessage}, 0
	for e, err := range s.marked(ctx, slices.Compact(marks)...) {
		if err != nil {
			return Found{}, err
		}
		message, letters := longestIn(text, e.Messages, most)
		if letters > most {
			found.Entries, found.Word, most = nil, message, letters
		}
		if letters == most && letters > 0 {
			found.Entries = append(found.Entries, e)
		}
	}
	return found, nil
}

// longestIn returns, of the messages with so many letters or more that a text holds, the
// one with the most.
func longestIn(text string, messages []string, least int) (longest string, letters int) {
	for _, message := range messages {
		m := entry.ParseMessage(message)
		if n := m.Letters(); n >= max(least, letters+1) && m.In(text) {
			longest, letters = message, n
		}
	}
	return longest, letters
}
