package catalog

import (
	"slices"
	"strings"
	"unicode"

	"github.com/errcode-cli/errcode/internal/entry"
	"github.com/errcode-cli/errcode/internal/scan"
)

// A query is what somebody searches for, taken apart.
type query struct {
	text   string
	said   []string        // its words, folded and in order
	words  []string        // those that an entry must match, each once
	pieces []string        // what may be a code in it
	prose  map[string]bool // the words that blanks and punctuation alone part from others
}

func newQuery(text string) query {
	q := query{text: text}
	for w := range entry.Tokens(text) {
		q.said = append(q.said, w.Word)
	}
	q.words = contentOf(q.said)
	q.prose = map[string]bool{}
	for piece := range strings.FieldsSeq(text) {
		piece = strings.Trim(piece, punctuation)
		if !strings.ContainsFunc(piece, func(r rune) bool {
			return !unicode.IsLetter(r) && !unicode.IsMark(r) && !strings.ContainsRune("-'’", r)
		}) {
			for w := range entry.Tokens(piece) {
				q.prose[w.Word] = true
			}
		}
	}
	for piece := range scan.Pieces(text) {
		for _, n := range piece.Ends {
			if word := piece.Text[:n]; word != text && says(piece, word) {
				q.pieces = append(q.pieces, word)
			}
		}
	}
	return q
}

// punctuation stands around words of prose.
const punctuation = `.,:;!?"'()[]{}<>*` + "`…“”‘’«»"

// holds reports whether the query holds a message of an entry, or all words of its title
// where these are two or more, function words aside.
func (q query) holds(e *entry.Entry) bool {
	among := func(words []string) bool {
		return !slices.ContainsFunc(words, func(w string) bool { return !slices.Contains(q.said, w) })
	}
	for _, message := range e.Messages {
		if m := entry.ParseMessage(message); among(m.Words()) && m.In(q.text) {
			return true
		}
	}
	title := contentOf(entry.Plain(e.Title).Words())
	return len(title) > 1 && among(title)
}

// contentOf returns words, each once: without the function words, unless there are no
// others.
func contentOf(said []string) []string {
	var all, content []string
	for _, word := range said {
		if slices.Contains(all, word) {
			continue
		}
		all = append(all, word)
		if !strings.Contains(FunctionWords, " "+word+" ") {
			content = append(content, word)
		}
	}
	if content == nil {
		return all
	}
	return content
}

// FunctionWords are, each between blanks, the English words that carry no meaning of their own in a
// question such as "why is my token not valid", and the http of "http 403".
const FunctionWords = ` a am an and are as at be been but by can could did do does for from get gets getting got had has have how http i if in into is it its me mean means my need not of on or our say says so than that the their them then there these they this to was we were what when where which while who why will with would you your d ll m re s t ve ain aren couldn didn doesn don hadn hasn haven isn shouldn wasn weren won wouldn `
