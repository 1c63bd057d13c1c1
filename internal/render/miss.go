package render

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/errcode-cli/errcode/internal/catalog"
	"github.com/errcode-cli/errcode/internal/entry"
)

// This file has the words for what was not found: a miss of the catalog goes in, a
// Failure comes out, with what to do next.

// NotFoundWord is the failure to find the one entry that a word stands for. The
// commands are those that the word is like, where it might have been meant as one.
func NotFoundWord(m *catalog.Miss, commands []string) *Failure {
	f := &Failure{Kind: NotFound, Message: fmt.Sprintf("no entry for %q", m.Word), Input: m.Word}
	if len(m.Several) > 0 {
		f.Message = fmt.Sprintf("%q is more than one code", m.Word)
		f.Suggestions = codesOf(m.Several)
		f.Hints = append(f.Hints, "ask for exactly one of "+strings.Join(f.Suggestions, ", "))
		return f
	}
	for _, command := range commands {
		f.Hints = append(f.Hints, "did you mean the command errcode "+command+"?")
	}
	if m.Joined != nil {
		f.Suggestions = append(f.Suggestions, m.Joined.Code)
		f.Hints = append(f.Hints, fmt.Sprintf("%q together with the word before it is %s", m.Word, m.Joined.Code))
	}
	if len(m.Near) > 0 {
		f.Hints = append(f.Hints, didYouMean(m.Near))
	}
	if m.Count > 0 {
		f.Hints = append(f.Hints, begins(m.Word, m.Suggestions))
	}
	for _, code := range codesOf(slices.Concat(m.Near, m.Begins)) {
		if !slices.Contains(f.Suggestions, code) {
			f.Suggestions = append(f.Suggestions, code)
		}
	}
	f.Hints = append(f.Hints, asStatus(m.Word, m.Status)...)
	if f.Hints == nil {
		f.Hints = append(f.Hints, whereToLook)
	}
	f.Hints = append(f.Hints, Searched(m.Searched)...)
	if m.BuiltIn != nil {
		f.Hints = append(f.Hints, fmt.Sprintf("the built-in catalog has it: errcode get -c %s %s", catalog.BuiltIn, m.BuiltIn.Code))
	}
	return f
}

// NotFoundPrefix is the failure to find a code that begins with a prefix.
func NotFoundPrefix(m *catalog.PrefixMiss) *Failure {
	f := &Failure{Kind: NotFound, Message: fmt.Sprintf("no code begins with %q", m.Prefix), Input: m.Prefix}
	switch {
	case m.Count > 0:
		f.Message = fmt.Sprintf("no code that begins with %q has the status %s", m.Prefix, m.Statuses)
		f.Hints = []string{begins(m.Prefix, m.Suggestions)}
		f.Suggestions = codesOf(m.Begins)
	case len(m.Near) > 0:
		f.Hints = []string{didYouMean(m.Near)}
		f.Suggestions = codesOf(m.Near)
	}
	f.Hints = append(f.Hints, asStatus(m.Prefix, m.Status)...)
	if f.Hints == nil {
		f.Hints = []string{whereToLook}
	}
	f.Hints = append(f.Hints, Searched(m.Searched)...)
	return f
}

// NotFoundStatus is the failure to find an entry with one of some statuses.
func NotFoundStatus(m *catalog.StatusMiss) *Failure {
	return &Failure{
		Kind:    NotFound,
		Message: fmt.Sprintf("no entry has the HTTP status %s", m.Statuses),
		Input:   m.Statuses.String(),
		Hints:   append([]string{"errcode status shows which there are"}, Searched(m.Searched)...),
	}
}

// NotFoundSearch is an empty result: the words of the page that errcode began as,
// with what each word finds by itself.
func NotFoundSearch(m *catalog.SearchMiss) *Failure {
	f := &Failure{Kind: NotFound, Message: "No errors found matching your search.", Verbatim: true, Input: m.Query}
	var missing []string
	for _, w := range m.Words {
		if w.Entries == 0 {
			missing = append(missing, fmt.Sprintf("%q", w.Word))
		}
	}
	switch {
	case len(missing) == 0 && m.Unfiltered > 0:
		f.Hints = append(f.Hints, fmt.Sprintf("without --status it finds %s", Count(m.Unfiltered, "entry", "entries")))
	case len(missing) == 0:
		var each []string
		for _, w := range m.Words {
			each = append(each, fmt.Sprintf("%q is in %s", w.Word, Count(w.Entries, "entry", "entries")))
		}
		f.Hints = append(f.Hints, strings.Join(each, ", ")+", but none has them all")
	case m.Rest == "":
		f.Hints = append(f.Hints, "errcode list shows all codes")
	default:
		narrowed := ""
		if len(m.Filter.Statuses) > 0 {
			narrowed = " --status " + m.Filter.Statuses.String()
		}
		f.Hints = append(f.Hints, fmt.Sprintf("no entry has %s; errcode search %s finds %s",
			strings.Join(missing, " or "), m.Rest+narrowed, Count(m.RestFinds, "entry", "entries")))
	}
	f.Hints = append(f.Hints, Searched(m.Searched)...)
	return f
}

const whereToLook = "errcode list shows all codes, errcode search WORD looks into their texts"

// Searched says which catalogs a miss was looked for in, where that is not simply the
// built-in one.
func Searched(names []string) []string {
	if slices.Equal(names, []string{catalog.BuiltIn}) {
		return nil
	}
	return []string{"searched " + strings.Join(names, ", ")}
}

// asStatus says that a word is an HTTP status, where some entry has it.
func asStatus(word string, set catalog.Statuses) []string {
	if set == nil {
		return nil
	}
	is := "is an HTTP status"
	if _, err := strconv.Atoi(word); err != nil {
		is = "stands for HTTP statuses"
	}
	return []string{fmt.Sprintf("%s %s: errcode status %s", word, is, word)}
}

// begins says which codes a word begins.
func begins(word string, like catalog.Suggestions) string {
	text := fmt.Sprintf("%s begins %s: %s", word, Count(like.Count, "code", "codes"), strings.Join(codesOf(like.Begins), ", "))
	if like.Count > len(like.Begins) {
		text += fmt.Sprintf(", ...; errcode list %s shows all", word)
	}
	return text
}

func didYouMean(near []entry.Entry) string {
	return "did you mean " + strings.Join(codesOf(near), ", ") + "?"
}

func codesOf(entries []entry.Entry) []string {
	var codes []string
	for _, e := range entries {
		codes = append(codes, e.Code)
	}
	return codes
}

// Count is n things in words: 1 entry, 2 entries.
func Count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
