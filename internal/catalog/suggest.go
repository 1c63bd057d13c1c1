package catalog

import (
	"cmp"
	"context"
	"slices"
	"strings"
)

// Suggestions are what a word that is no code may have meant.
type Suggestions struct {
	Near   []string // codes a slip of the finger away, nearest first, at most five
	Begins []string // the first codes that begin with the word, at most five
	Count  int      // how many codes begin with the word
}

const mostSuggestions = 5

// Suggest looks for codes and aliases like a word that Get did not find.
// Leading zeros of a number count nothing; swapping two neighbours counts once.
func (s *Selection) Suggest(ctx context.Context, word string) (Suggestions, error) {
	type candidate struct {
		code     string
		distance int
	}
	var found Suggestions
	var near []candidate
	key := fold(word)
	bare := withoutLeadingZeros(key)
	limit := slips(bare)
	for e, err := range s.all(ctx) {
		if err != nil {
			return Suggestions{}, err
		}
		if strings.HasPrefix(fold(e.Code), key) {
			if found.Count++; found.Count <= mostSuggestions {
				found.Begins = append(found.Begins, e.Code)
			}
			continue
		}
		distance := limit + 1
		for _, name := range e.names() {
			distance = min(distance, edits(bare, withoutLeadingZeros(fold(name)), limit))
		}
		if distance <= limit {
			near = append(near, candidate{e.Code, distance})
		}
	}
	slices.SortStableFunc(near, func(a, b candidate) int { return cmp.Compare(a.distance, b.distance) })
	for _, c := range near[:min(len(near), mostSuggestions)] {
		found.Near = append(found.Near, c.code)
	}
	return found, nil
}

// slips is how many edits from a code a word may be to mean it: the longer
// the word, the more.
func slips(key string) int {
	switch n := len([]rune(key)); {
	case n < 3:
		return 0
	case n < 6:
		return 1
	default:
		return 2
	}
}
