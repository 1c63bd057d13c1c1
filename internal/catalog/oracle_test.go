package catalog

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/errcode-cli/errcode/internal/entry"
	"github.com/errcode-cli/errcode/internal/index"
)

// An oracle answers as a Selection should, by plain means: it holds the
// entries that no later catalog overrides, and looks at every one of them.
type oracle []known

// A known is an entry with what is asked of it again and again.
type known struct {
	entry.Entry
	keys  []string // its names, folded, its code first
	words []Match
}

// newOracle overlays catalogs.
func newOracle(catalogs ...[]entry.Entry) oracle {
	last := map[string]int{}
	for i, c := range catalogs {
		for _, e := range c {
			last[e.Code] = i
		}
	}
	var r oracle
	for i, c := range catalogs {
		for _, e := range c {
			if last[e.Code] == i {
				k := known{Entry: e, words: termsOf(&e)}
				for _, name := range e.Names() {
					k.keys = append(k.keys, entry.Fold(name))
				}
				r = append(r, k)
			}
		}
	}
	return r
}

func (r oracle) called(word string) Found {
	key := entry.Fold(word)
	_, isNumber := entry.ParseNumber(word)
	exact, folded := Found{Word: word}, Found{Word: word}
	for len(r) > 0 {
		n := slices.IndexFunc(r, func(e known) bool { return e.Catalog != r[0].Catalog })
		if n < 0 {
			n = len(r)
		}
		var found [ByFolding + 1][]entry.Entry // in this catalog
		for _, e := range r[:n] {
			switch {
			case e.Code == word:
				found[ByCode] = append(found[ByCode], e.Entry)
			case slices.Contains(e.Aliases, word):
				found[ByAlias] = append(found[ByAlias], e.Entry)
			case slices.ContainsFunc(e.Names(), func(name string) bool { return entry.SameNumber(name, word) }):
				found[ByNumber] = append(found[ByNumber], e.Entry)
			}
			if key != "" && slices.ContainsFunc(e.Names(), func(name string) bool { return name != word && entry.Fold(name) == key }) {
				folded.Entries = append(folded.Entries, e.Entry)
			}
		}
		if found[ByCode] != nil && !isNumber {
			return Found{Entries: found[ByCode], By: ByCode, Word: word}
		}
		for by := ByCode; by <= ByNumber; by++ {
			if found[by] != nil {
				if exact.By == 0 {
					exact.By = by
				}
				exact.Entries = append(exact.Entries, found[by]...)
				break
			}
		}
		r = r[n:]
	}
	if exact.Entries != nil {
		return exact
	}
	if folded.Entries != nil {
		folded.By = ByFolding
	}
	return folded
}

func (f Filter) lets(e known) bool {
	any := func(asked []string, has ...string) bool {
		return len(asked) == 0 || slices.ContainsFunc(has, func(h string) bool {
			return slices.ContainsFunc(asked, func(a string) bool { return strings.EqualFold(a, h) })
		})
	}
	var severities []string
	for _, s := range f.Severities {
		severities = append(severities, string(s))
	}
	return (len(f.Statuses) == 0 || f.Statuses.Has(e.Status)) &&
		any(severities, string(e.Severity)) &&
		any(f.Tags, e.Tags...) &&
		(f.Deprecated == entry.Unknown || (f.Deprecated == entry.Yes) == (e.Deprecated != "")) &&
		(len(f.Prefixes) == 0 || slices.ContainsFunc(f.Prefixes, func(prefix string) bool {
			return strings.HasPrefix(e.keys[0], entry.Fold(prefix))
		}))
}

func (r oracle) list(f Filter) []entry.Entry {
	var all []entry.Entry
	for _, e := range r {
		if f.lets(e) {
			all = append(all, e.Entry)
		}
	}
	return all
}

func (r oracle) byStatus(set Statuses, f Filter) []entry.Entry {
	all := slices.DeleteFunc(r.list(f), func(e entry.Entry) bool { return len(set) > 0 && !set.Has(e.Status) })
	slices.SortStableFunc(all, func(a, b entry.Entry) int { return a.Status - b.Status })
	return all
}

func (r oracle) suggest(word string) Suggestions {
	type candidate struct {
		entry.Entry
		distance int
	}
	var found Suggestions
	var near []candidate
	key := entry.Fold(word)
	bare := withoutLeadingZeros(key)
	limit := slips(len([]rune(bare)))
	for _, e := range r {
		if strings.HasPrefix(e.keys[0], key) {
			if found.Count++; found.Count <= mostSuggestions {
				found.Begins = append(found.Begins, e.Entry)
			}
			continue
		}
		distance := limit + 1
		for _, name := range e.keys {
			distance = min(distance, edits(bare, withoutLeadingZeros(name)))
		}
		if distance <= limit {
			near = append(near, candidate{e.Entry, distance})
		}
	}
	slices.SortStableFunc(near, func(a, b candidate) int { return cmp.Compare(a.distance, b.distance) })
	for _, c := range near[:min(len(near), mostSuggestions)] {
		found.Near = append(found.Near, c.Entry)
	}
	return found
}

// search returns the hits, how the words fared, and whether the hits lack some.
func (r oracle) search(query string, f Filter) (hits []Hit, counts []WordCount, covered bool) {
	q := newQuery(query)
	rarity := func(n int) float64 { return math.Log(1 + (float64(len(r)-n)+0.5)/(float64(n)+0.5)) }
	scores, covers, whole, most := make([]float64, len(r)), make([]float64, len(r)), 0.0, 0.0
	coveredScores := make([]float64, len(r))
	all, missing := make([][]Match, len(r)), make([][]string, len(r))
	for _, word := range q.words {
		matches, count := r.lookUp(word)
		counts = append(counts, count)
		worth := rarity(max(count.Entries, 1))
		if count.Entries == 0 && !q.prose[word] || len([]rune(word)) == 1 || len(word) == 2 && strings.Trim(word, "0123456789") == "" {
			worth = 0
		}
		whole, most = whole+worth, max(most, worth)
		for i := range r {
			if matches == nil || len(matches[i]) == 0 {
				missing[i] = append(missing[i], word)
				continue
			}
			best := map[entry.Class]int{}
			for _, m := range matches[i] {
				of := m.Field.Class
				best[of] = max(best[of], m.tenths*entry.Weights[of])
				all[i] = append(all[i], m.Match)
			}
			sum := 0
			for _, weight := range best {
				sum += weight
			}
			covers[i] += worth
			scores[i] += rarity(count.Entries) * (float64(sum) / float64(sum+40))
			coveredScores[i] += worth * (float64(sum) / float64(sum+40))
		}
	}
	if len(q.words) == 0 {
		return nil, nil, false
	}
	covered = len(q.words) >= 3 && !slices.ContainsFunc(missing, func(words []string) bool { return words == nil })
	if covered {
		scores = coveredScores
	}
	var order []int
	for i := range r {
		if f.lets(r[i]) && (missing[i] == nil || covered && (covers[i] > max(whole/2, most)+1e-9 || r[i].namedIn(q) > byScore || covers[i] > 0 && q.holds(&r[i].Entry))) {
			order = append(order, i)
		}
	}
	for i := range r {
		if r[i].namedIn(q) > byScore {
			scores[i] = 0
		}
	}
	stands := func(i int) standing {
		by := max(r[i].namedIn(q), r[i].saying(q))
		if by == byScore && covered && covers[i] > 0 && q.holds(&r[i].Entry) {
			by = byHeld
		}
		return by
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(stands(b), stands(a)), cmp.Compare(scores[b], scores[a]))
	})
	for _, i := range order {
		hits = append(hits, Hit{r[i].Entry, all[i], missing[i]})
	}
	return hits, counts, covered && hits != nil
}

// namedIn says whether a query is a name of the entry, or has one as a word.
func (e known) namedIn(q query) standing {
	by := byScore
	for i, name := range e.Names() {
		if e.keys[i] != entry.Fold(q.text) && !slices.Contains(q.pieces, name) {
			continue
		}
		if i == 0 {
			return byCode
		}
		by = byAlias
	}
	return by
}

// saying says whether the title or a message is the query or holds it, all without places.
func (e known) saying(q query) standing {
	by := byScore
	for _, text := range append([]string{e.Title}, e.Messages...) {
		var said []string
		for w := range entry.Tokens(text) {
			said = append(said, w.Word)
		}
		if slices.Equal(said, q.said) {
			return byText
		}
		for i := range said {
			if len(q.said) > 1 && i+len(q.said) <= len(said) && slices.Equal(said[i:i+len(q.said)], q.said) {
				by = byPhrase
			}
		}
	}
	return by
}

type tenthsOfMatch struct {
	Match
	tenths int // of the field's weight
}

// lookUp matches one word against every entry. Near spelling counts only where
// nothing else is found.
func (r oracle) lookUp(word string) ([][]tenthsOfMatch, WordCount) {
	for _, near := range []bool{false, true} {
		count := WordCount{Word: word, Near: near}
		matches := make([][]tenthsOfMatch, len(r))
		for i, e := range r {
			for _, term := range e.words {
				kind, tenths := contains(word, term.Word)
				if near {
					kind, tenths = index.Near, resembles(word, term.Word)
				}
				if tenths > 0 {
					term.Word, term.Kind = word, kind
					matches[i] = append(matches[i], tenthsOfMatch{term, tenths})
				}
			}
			if matches[i] != nil {
				count.Entries++
			}
		}
		if count.Entries > 0 {
			return matches, count
		}
	}
	return nil, WordCount{Word: word}
}

func contains(word, term string) (kind index.Kind, tenths int) {
	n := len([]rune(word))
	switch {
	case word == term:
		return index.Whole, 10
	case n >= 2 && strings.HasPrefix(term, word):
		return index.Prefix, 6
	case n >= 3 && strings.Contains(term, word):
		return index.Part, 3
	}
	return 0, 0
}

func resembles(word, term string) int {
	n := len([]rune(word))
	if n < 4 || strings.Trim(word, "0123456789") == "" {
		return 0
	}
	limit := 1
	if n >= 8 {
		limit = 2
	}
	if edits(word, term) <= limit {
		return 3
	}
	return 0
}

// termsOf is the words of an entry.
func termsOf(e *entry.Entry) []Match {
	var all []Match
	add := func(key string, texts ...string) {
		f := entry.FieldOf(key)
		for item, s := range texts {
			from := len(all)
			for w := range entry.Tokens(s) {
				all = append(all, Match{Field: f, Item: item, Start: w.Start, End: w.End, Word: w.Word})
			}
			if name := entry.Fold(s); f.Class == entry.ByName && (len(all) == from || all[len(all)-1].Word != name) {
				all = append(all, Match{Field: f, Item: item, End: len(s), Word: name})
			}
		}
	}
	add("code", e.Code)
	add("aliases", e.Aliases...)
	add("title", e.Title)
	if e.Status != 0 {
		add("status", strconv.Itoa(e.Status))
	}
	add("messages", e.Messages...)
	add("keywords", e.Keywords...)
	add("tags", e.Tags...)
	add("causes", e.Causes...)
	add("description", e.Description)
	add("resolution", e.Resolution)
	return all
}

// withoutLeadingZeros drops the zeros that begin a number in a folded word.
func withoutLeadingZeros(key string) string {
	digit := func(i int) bool { return i >= 0 && i < len(key) && '0' <= key[i] && key[i] <= '9' }
	var b strings.Builder
	leading := true
	for i := range len(key) {
		leading = leading || !digit(i-1)
		if leading && key[i] == '0' && digit(i+1) {
			continue
		}
		leading = false
		b.WriteByte(key[i])
	}
	return b.String()
}

// edits counts the letters to insert, delete, change or swap with a neighbour
// that turn a into b: the whole matrix.
func edits(a, b string) int {
	s, t := []rune(a), []rune(b)
	d := make([][]int, len(s)+1)
	for i := range d {
		d[i] = make([]int, len(t)+1)
		for j := range d[i] {
			switch {
			case i == 0 || j == 0:
				d[i][j] = i + j
				continue
			case s[i-1] == t[j-1]:
				d[i][j] = d[i-1][j-1]
			default:
				d[i][j] = d[i-1][j-1] + 1
			}
			d[i][j] = min(d[i][j], d[i-1][j]+1, d[i][j-1]+1)
			if i > 1 && j > 1 && s[i-1] == t[j-2] && s[i-2] == t[j-1] {
				d[i][j] = min(d[i][j], d[i-2][j-2]+1)
			}
		}
	}
	return d[len(s)][len(t)]
}
