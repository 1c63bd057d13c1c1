package catalog

import (
	"cmp"
	"context"
	"iter"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
)

// A Field is a part of an entry that search looks into.
type Field string

// The fields, heaviest first. Aliases count as codes.
const (
	FieldCode        Field = "code"
	FieldTitle       Field = "title"
	FieldStatus      Field = "status"
	FieldKeywords    Field = "keywords"
	FieldCauses      Field = "causes"
	FieldDescription Field = "description"
	FieldResolution  Field = "resolution"
)

// Fields is every field, heaviest first.
var Fields = []Field{FieldCode, FieldTitle, FieldStatus, FieldKeywords, FieldCauses, FieldDescription, FieldResolution}

// weight is how much a word found in the field says about the entry.
func (f Field) weight() float64 {
	switch f {
	case FieldCode:
		return 8
	case FieldTitle, FieldStatus:
		return 5
	case FieldKeywords:
		return 4
	case FieldCauses:
		return 2
	default:
		return 1
	}
}

// A Hit is an entry that a search found, with the reasons.
type Hit struct {
	Entry
	Matches []Match
}

// A Match is one place where a word of the query stands in an entry.
type Match struct {
	Field      Field
	Item       int    // which cause, keyword or alias; a code is item 0, its aliases 1 and up
	Start, End int    // the matched word's bytes in that text
	Word       string // the word of the query, folded
}

// A Result is the answer to a search.
type Result struct {
	Total int                   // how many entries match, with or without a limit
	Words []WordCount           // how each word of the query fared by itself
	Hits  iter.Seq2[Hit, error] // best first
}

// A WordCount is a word of a query and how many entries of the selection it
// finds by itself.
type WordCount struct {
	Word    string
	Entries int
	Near    bool // no entry has the word; these have one that is spelt much like it
}

// Search ranks the entries that match every word of the query and that the
// filter lets through. English function words need not match where others
// remain. Rarity is reckoned over the whole selection, whatever the filter. A
// query without a word finds nothing and has no Words.
func (s *Selection) Search(ctx context.Context, query string, f Filter) (*Result, error) {
	words := queryWords(query)
	var texts []indexed
	for e, err := range s.all(ctx) {
		if err != nil {
			return nil, err
		}
		texts = append(texts, index(e))
	}

	found := make([]evidence, len(texts))
	result := &Result{}
	for _, word := range words {
		matches, n, spelling := lookUp(word, texts)
		rarity := math.Log(1 + (float64(len(texts)-n)+0.5)/(float64(n)+0.5))
		for i, ms := range matches {
			found[i].add(ms, rarity)
		}
		result.Words = append(result.Words, WordCount{word, n, spelling})
	}

	var hits []int
	for i := range texts {
		if len(words) > 0 && found[i].words == len(words) && f.lets(&texts[i].entry) {
			hits = append(hits, i)
		}
	}
	exact := fold(query)
	for _, i := range hits {
		if slices.ContainsFunc(texts[i].entry.names(), func(name string) bool { return fold(name) == exact }) {
			found[i].score = math.Inf(1)
		}
	}
	slices.SortStableFunc(hits, func(a, b int) int { return cmp.Compare(found[b].score, found[a].score) })

	result.Total = len(hits)
	result.Hits = func(yield func(Hit, error) bool) {
		for _, i := range hits {
			if err := ctx.Err(); err != nil {
				yield(Hit{}, err)
				return
			}
			if !yield(Hit{texts[i].entry, found[i].matches}, nil) {
				return
			}
		}
	}
	return result, nil
}

// evidence is what speaks for an entry as words of the query are looked up.
type evidence struct {
	words   int
	score   float64
	matches []Match
}

// saturation is how much evidence brings a word half of the score it can
// bring: being found everywhere in an entry says little more than being found
// in its title.
const saturation = 4

func (e *evidence) add(found []kindOfMatch, rarity float64) {
	if len(found) == 0 {
		return
	}
	best := map[Field]float64{}
	for _, m := range found {
		best[m.Field] = max(best[m.Field], m.kind.weight()*m.Field.weight())
		e.matches = append(e.matches, m.Match)
	}
	var sum float64
	for _, f := range slices.Sorted(maps.Keys(best)) { // a sum of floats depends on its order
		sum += best[f]
	}
	e.words++
	e.score += rarity * sum / (sum + saturation)
}

// A kind is how a word of a query matches a word of an entry.
type kind int

const (
	none kind = iota
	near
	part
	prefix
	whole
)

func (k kind) weight() float64 {
	return [...]float64{none: 0, near: 0.3, part: 0.3, prefix: 0.6, whole: 1}[k]
}

type kindOfMatch struct {
	Match
	kind kind
}

// lookUp matches one word against every entry and counts those it finds. Near
// spelling counts only where nothing else is found.
func lookUp(word string, texts []indexed) (matches [][]kindOfMatch, entries int, spelling bool) {
	for i, match := range []func(word, term string) kind{contains, resembles} {
		spelling = i > 0
		matches = make([][]kindOfMatch, len(texts))
		for i, t := range texts {
			for _, term := range t.terms {
				if k := match(word, term.Word); k != none {
					term.Word = word
					matches[i] = append(matches[i], kindOfMatch{term, k})
				}
			}
			if matches[i] != nil {
				entries++
			}
		}
		if entries > 0 {
			break
		}
	}
	return matches, entries, spelling && entries > 0
}

func contains(word, term string) kind {
	n := len([]rune(word))
	switch {
	case word == term:
		return whole
	case n >= 2 && strings.HasPrefix(term, word):
		return prefix
	case n >= 3 && strings.Contains(term, word):
		return part
	}
	return none
}

// resembles allows one edit from four letters and two from eight. A number is
// itself or another number, never a misspelt one.
func resembles(word, term string) kind {
	n := len([]rune(word))
	if n < 4 || strings.Trim(word, "0123456789") == "" {
		return none
	}
	limit := 1
	if n >= 8 {
		limit = 2
	}
	if edits(word, term, limit) <= limit {
		return near
	}
	return none
}

// indexed is an entry with its words: matches still without a query.
type indexed struct {
	entry Entry
	terms []Match
}

func index(e Entry) indexed {
	t := indexed{entry: e}
	for i, name := range e.names() {
		t.add(FieldCode, i, name)
		if key := fold(name); len(t.terms) == 0 || t.terms[len(t.terms)-1].Word != key {
			t.terms = append(t.terms, Match{FieldCode, i, 0, len(name), key}) // auth401 finds AUTH-401
		}
	}
	t.add(FieldTitle, 0, e.Title)
	if e.Status != 0 {
		t.add(FieldStatus, 0, strconv.Itoa(e.Status))
	}
	for i, keyword := range e.Keywords {
		t.add(FieldKeywords, i, keyword)
	}
	for i, cause := range e.Causes {
		t.add(FieldCauses, i, cause)
	}
	t.add(FieldDescription, 0, e.Description)
	t.add(FieldResolution, 0, e.Resolution)
	return t
}

func (t *indexed) add(f Field, item int, s string) {
	for w := range tokens(s) {
		t.terms = append(t.terms, Match{f, item, w.start, w.end, w.word})
	}
}

// queryWords is the words a query must match, each once: without the function
// words, unless it has no others.
func queryWords(query string) []string {
	var all, content []string
	for w := range tokens(query) {
		if slices.Contains(all, w.word) {
			continue
		}
		all = append(all, w.word)
		if !strings.Contains(functionWords, " "+w.word+" ") {
			content = append(content, w.word)
		}
	}
	if content == nil {
		return all
	}
	return content
}

// functionWords are the English words that carry no meaning of their own in a
// question such as "why is my token not valid".
const functionWords = ` a an and are as at be been but by can could did do does for from had has have how i if in into is it its me my not of on or our so than that the their them then there these they this to was we were what when where which while who why will with would you your d ll m re s t ve ain aren couldn didn doesn don hadn hasn haven isn shouldn wasn weren won wouldn `
