package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/errcode-cli/errcode/internal/catalog"
	"github.com/errcode-cli/errcode/internal/render"
)

// notACode refuses a word that no catalog could hold.
func notACode(word string) *render.Failure {
	f := usage(fmt.Sprintf("%q cannot be a code: it has no letter or digit", word), "errcode list shows all codes")
	f.Input = word
	return f
}

// miss is the failure to find the one entry that a word stands for, with all
// that may help: the several entries it folds to, like codes, the codes it
// begins, the word read as a status, together with the missed word before it,
// or, where get was implied, as a command.
func (q query) miss(word, before string, several []catalog.Entry) (*render.Failure, error) {
	f := &render.Failure{Kind: render.NotFound, Message: fmt.Sprintf("no entry for %q", word), Input: word}
	if len(several) > 0 {
		f.Message = fmt.Sprintf("%q is more than one code", word)
		for _, e := range several {
			f.Suggestions = append(f.Suggestions, e.Code)
		}
		f.Hints = append(f.Hints, "ask for exactly one of "+strings.Join(f.Suggestions, ", "))
		return f, nil
	}

	if word == q.implied {
		for _, command := range q.commands {
			f.Hints = append(f.Hints, "did you mean the command errcode "+command+"?")
		}
	}
	if before != "" {
		joined, err := q.Get(q.ctx, before+" "+word)
		if err != nil {
			return nil, err
		}
		if len(joined) == 1 {
			f.Suggestions = append(f.Suggestions, joined[0].Code)
			f.Hints = append(f.Hints, fmt.Sprintf("%q together with the word before it is %s", word, joined[0].Code))
		}
	}
	like, err := q.Suggest(q.ctx, word)
	if err != nil {
		return nil, err
	}
	if len(like.Near) > 0 {
		f.Hints = append(f.Hints, didYouMean(like.Near))
	}
	if like.Count > 0 {
		f.Hints = append(f.Hints, begins(word, like))
	}
	for _, c := range slices.Concat(like.Near, like.Begins) {
		if !slices.Contains(f.Suggestions, c) {
			f.Suggestions = append(f.Suggestions, c)
		}
	}
	if f.Hints, err = q.asStatus(f.Hints, word); err != nil {
		return nil, err
	}
	if f.Hints == nil {
		f.Hints = append(f.Hints, whereToLook)
	}
	f.Hints = append(f.Hints, q.searched()...)
	if !slices.Contains(q.Names(), builtin) {
		elsewhere, err := catalog.Open(q.ctx, catalog.Options{}, builtin)
		if err != nil {
			return nil, err
		}
		if found, err := elsewhere.Get(q.ctx, word); err == nil && len(found) == 1 {
			f.Hints = append(f.Hints, fmt.Sprintf("the built-in catalog has it: errcode get -c %s %s", builtin, found[0].Code))
		}
	}
	return f, nil
}

// asStatus adds to hints that a word is an HTTP status, where some entry has it.
func (q query) asStatus(hints []string, word string) ([]string, error) {
	set, err := catalog.ParseStatuses(word)
	if err != nil {
		return hints, nil
	}
	found, err := some(q.List(q.ctx, catalog.Filter{Statuses: set}))
	if found {
		is := "is an HTTP status"
		if _, err := strconv.Atoi(word); err != nil {
			is = "stands for HTTP statuses"
		}
		hints = append(hints, fmt.Sprintf("%s %s: errcode status %s", word, is, word))
	}
	return hints, err
}

// begins says which codes a word begins.
func begins(word string, like catalog.Suggestions) string {
	text := fmt.Sprintf("%s begins %s: %s", word, count(like.Count, "code", "codes"), strings.Join(like.Begins, ", "))
	if like.Count > len(like.Begins) {
		text += fmt.Sprintf(", ...; errcode list %s shows all", word)
	}
	return text
}

func didYouMean(codes []string) string { return "did you mean " + strings.Join(codes, ", ") + "?" }

const whereToLook = "errcode list shows all codes, errcode search WORD looks into their texts"
