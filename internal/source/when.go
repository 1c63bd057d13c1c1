package source

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// What a version or a date looks like, without the punctuation around it.
var (
	aVersion = regexp.MustCompile(`^[vV]\d+(\.\w+)*([-+][\w.-]*)?$`)
	aDate    = regexp.MustCompile(`^(\d{4}[-/.]\d{1,2}([-/.]\d{1,2})?|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|\d{4}-?[Qq][1-4])$`)
	aYear    = regexp.MustCompile(`^(19|20)\d\d$`)
	aNumber  = regexp.MustCompile(`^\d+(\.\w+)*([-+][\w.-]*)?$`)
	aMonth   = regexp.MustCompile(`^(?i)(jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec|january|february|march|april|august|september|october|november|december|q[1-4]|spring|summer|autumn|fall|winter)$`)
)

// Words before a number. Behind the first it is a version, whatever follows; behind
// the second unless it counts something: "since 3", "after 3 tries"; the third may
// stand between: "in the API 3".
var (
	version = []string{"version", "versions", "release", "releases", "v"}
	since   = []string{"since", "in", "from", "of", "as", "until", "till", "before", "after", "with", "on", "by", "to", "removed", "gone", "dropped", "retired", "deprecated", "obsolete"}
	article = []string{"the", "our", "api"}
)

// goesOn is the words that may follow a version and are nothing that it counts.
var goesOn = []string{"and", "or", "of", "on", "onward", "onwards", "already", "because", "for", "with", "without", "where", "when", "which", "but", "use", "as", "by", "in", "the", "there", "it", "see"}

// counted is what even a number with a point counts: "after 2.5 seconds".
var counted = regexp.MustCompile(`^(?i)(µ?s|ms|sec|secs|seconds?|min|minutes?|h|hours?|days?|weeks?|months?|years?|times|tries|attempts?|retries|requests?|percent|[kmgt]?i?b|bytes?|points?|%|eur|usd)$`)

// saysWhen reports whether a text names a version or a date: v3, 2026-03-01, March
// 2026, since 2.0. A number by itself is neither: "after 3 tries".
func saysWhen(text string) bool {
	words := strings.Fields(text)
	for i, word := range words {
		bare := strings.Trim(word, punctuation)
		switch {
		case aVersion.MatchString(bare), aDate.MatchString(bare):
			return true
		case !aNumber.MatchString(bare), !begins(words[i:]):
		case aYear.MatchString(bare) && i > 0 && aMonth.MatchString(strings.Trim(words[i-1], punctuation)):
			return true
		case leads(words[:i], strings.Contains(bare, ".")):
			return true
		}
	}
	return false
}

// begins reports whether the first word may be a version: a number that counts
// nothing.
func begins(words []string) bool {
	number := words[0]
	if len(words) == 1 || strings.TrimRight(number, punctuation) != number { // it ends what is said
		return true
	}
	next := words[1]
	if strings.Contains(number, ".") {
		return !counted.MatchString(strings.Trim(next, punctuation))
	}
	first, _ := utf8.DecodeRuneInString(next)
	return !unicode.IsLetter(first) && first != '%' || slices.Contains(goesOn, strings.ToLower(strings.Trim(next, punctuation)))
}

// leads reports whether a number behind the words is a version: they end in one that
// says so, the name of what has versions perhaps in between: "in Go 1.21". At the
// beginning of a text, one with a point is.
func leads(words []string, pointed bool) bool {
	for n := range 4 {
		if len(words) == n {
			return pointed
		}
		word := words[len(words)-1-n]
		bare := strings.ToLower(strings.Trim(word, punctuation))
		switch first, _ := utf8.DecodeRuneInString(word); {
		case slices.Contains(version, bare), slices.Contains(since, bare):
			return true
		case !slices.Contains(article, bare) && !unicode.IsUpper(first):
			return false
		}
	}
	return false
}
