package catalog

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/errcode-cli/errcode/internal/entry"
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
	if len(f.Statuses) > 0 && !f.Statuses.Has(e.Status) {
		return false
	}
	return len(f.Prefixes) == 0 || slices.ContainsFunc(f.Prefixes, func(prefix string) bool {
		return strings.HasPrefix(e.keys[0], entry.Fold(prefix))
	})
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

func (r oracle) byStatus(set Statuses) []entry.Entry {
	all := r.list(Filter{Statuses: set})
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

// search returns the hits and how the words fared.
func (r oracle) search(query string, f Filter) ([]Hit, []WordCount) {
	words := queryWords(query)
	var counts []WordCount
	scores := make([]float64, len(r))
	found := make([]int, len(r)) // words
	all := make([][]Match, len(r))
	for _, word := range words {
		matches, count := r.lookUp(word)
		rarity := math.Log(1 + (float64(len(r)-count.Entries)+0.5)/(float64(count.Entries)+0.5))
		counts = append(counts, count)
		for i, ms := range matches {
			best := map[entry.Class]int{}
			for _, m := range ms {
				of := m.Field.Class
				best[of] = max(best[of], m.tenths*entry.Weights[of])
				all[i] = append(all[i], m.Match)
			}
			sum := 0
			for _, weight := range best {
				sum += weight
			}
			if len(ms) > 0 {
				found[i]++
				scores[i] += rarity * (float64(sum) / float64(sum+40))
			}
		}
	}
	var hits []int
	for i := range r {
		if len(words) > 0 && found[i] == len(words) && f.lets(r[i]) {
			hits = append(hits, i)
		}
		if slices.Contains(r[i].keys, entry.Fold(query)) {
			scores[i] = math.Inf(1)
		}
	}
	slices.SortStableFunc(hits, func(a, b int) int { return cmp.Compare(scores[b], scores[a]) })
	var best []Hit
	for _, i := range hits {
		best = append(best, Hit{r[i].Entry, all[i]})
	}
	return best, counts
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
				tenths := contains(word, term.Word)
				if near {
					tenths = resembles(word, term.Word)
				}
				if tenths > 0 {
					term.Word = word
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

func contains(word, term string) int {
	n := len([]rune(word))
	switch {
	case word == term:
		return 10
	case n >= 2 && strings.HasPrefix(term, word):
		return 6
	case n >= 3 && strings.Contains(term, word):
		return 3
	}
	return 0
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
				all = append(all, Match{f, item, w.Start, w.End, w.Word})
			}
			if name := entry.Fold(s); f.Class == entry.ByName && (len(all) == from || all[len(all)-1].Word != name) {
				all = append(all, Match{f, item, 0, len(s), name})
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
