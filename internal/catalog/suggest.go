package catalog

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/errcode-cli/errcode/internal/index"
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
	var found Suggestions
	key := fold(word)
	err := s.begins(ctx, key, &found)
	if err != nil {
		return Suggestions{}, err
	}
	found.Near, err = s.near(ctx, key, slips(index.Letters(key)))
	return found, err
}

// begins finds the codes that begin with a folded word.
func (s *Selection) begins(ctx context.Context, key string, found *Suggestions) error {
	places, err := s.narrowed(Filter{Prefixes: []string{key}})
	if err != nil {
		return err
	}
	for at := range places {
		if err := ctx.Err(); err != nil {
			return err
		}
		if found.Count++; found.Count <= mostSuggestions {
			code, err := s.catalogs[at.catalog].code(at.record)
			if err != nil {
				return err
			}
			found.Begins = append(found.Begins, code)
		}
	}
	return nil
}

// near finds the codes whose code or alias is at most limit edits from a folded
// word, but for those that begin with it.
func (s *Selection) near(ctx context.Context, key string, limit int) ([]string, error) {
	type candidate struct {
		Place
		distance int
	}
	var all []candidate
	for i, c := range s.catalogs {
		for name, err := range c.index.Near(key, limit) {
			if err := cmp.Or(err, ctx.Err()); err != nil {
				return nil, err
			}
			all = append(all, candidate{Place{i, name.Record}, name.Distance})
		}
	}
	slices.SortFunc(all, func(a, b candidate) int {
		return cmp.Or(a.distance-b.distance, a.Compare(b.Place))
	})
	var codes []string
	seen := map[Place]bool{}
	for _, c := range all {
		if len(codes) == mostSuggestions {
			break
		}
		if seen[c.Place] {
			continue
		}
		seen[c.Place] = true
		code, err := s.catalogs[c.catalog].code(c.record)
		if err != nil {
			return nil, err
		}
		hidden, err := s.overridden(c.catalog, code)
		if err != nil {
			return nil, err
		}
		if !hidden && !strings.HasPrefix(fold(code), key) {
			codes = append(codes, code)
		}
	}
	return codes, nil
}

// slips is how many edits from a code a word of so many letters may be to mean
// it: the longer the word, the more.
func slips(letters int) int {
	switch {
	case letters < 3:
		return 0
	case letters < 6:
		return 1
	default:
		return 2
	}
}
