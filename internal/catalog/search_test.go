package catalog

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/errcode-cli/errcode/internal/entry"
	"github.com/errcode-cli/errcode/internal/index"
)

// search asks a selection and returns the hits with the rest of the answer.
func search(t *testing.T, s *Selection, query string, f Filter) ([]Hit, *Result) {
	t.Helper()
	result, err := s.Search(t.Context(), query, f)
	if err != nil {
		t.Fatal(err)
	}
	var hits []Hit
	for h, err := range result.Hits {
		if err != nil {
			t.Fatal(err)
		}
		hits = append(hits, h)
	}
	if result.Total != len(hits) {
		t.Errorf("%q finds %d entries and counts %d", query, len(hits), result.Total)
	}
	return hits, result
}

func found(hits []Hit) []string {
	var codes []string
	for _, h := range hits {
		codes = append(codes, h.Code)
	}
	return codes
}

func TestSearchEmbedded(t *testing.T) {
	tests := []struct {
		query string
		want  string // the hits; "..." at the end stands for any others
	}{
		{"rate", "TOOLIMITED-429 ..."},
		{"rate limit", "TOOLIMITED-429 ..."},
		{"expired token", "AUTH-401 ..."},
		{"permission", "AUTH-403 ..."},
		{"already exists", "CONFLICT-409 ..."},
		{"malformed json", "BADREQUEST-400 ..."},
		{"databse", "SERVER-500"},
		{"typo", "NOTFOUND-404 ..."},
		{"server", "SERVER-500 NOTFOUND-404 BADREQUEST-400"},
		{"error", "SERVER-500 BADREQUEST-400"},
		{"limit", "TOOLIMITED-429 SERVER-500"},
		{"auth", "AUTH-401 AUTH-403 ..."},
		{"login", "AUTH-401"},
		{"throttle", "TOOLIMITED-429"},
		{"forbidden", "AUTH-403"},
		{"duplicate", "CONFLICT-409"},
		{"timeout", "AUTH-401"},

		{"CONFLICT", "CONFLICT-409 ..."},
		{"DATABASE", "SERVER-500"},
		{"dátabase", "SERVER-500"},
		{"ｄａｔａｂａｓｅ", "SERVER-500"},
		{"credentials, (headers)", "AUTH-401"},
		{"api/token", "AUTH-401"},

		{"AUTH-403", "AUTH-403"},
		{"auth403", "AUTH-403"},
		{"[Server 500]", "SERVER-500"},
		{"429", "TOOLIMITED-429"},
		{"404", "NOTFOUND-404"},
		{"40", "AUTH-401 AUTH-403 NOTFOUND-404 BADREQUEST-400 CONFLICT-409"},
		{"4004", ""}, // a number is never misspelt
		{"402", ""},

		{"why is my token expired", "AUTH-401 ..."},
		{"the server", "SERVER-500 NOTFOUND-404 BADREQUEST-400"},
		{"server server SERVER", "SERVER-500 NOTFOUND-404 BADREQUEST-400"},
		{"login throttle", ""}, // each is somewhere, both are nowhere
		{"login xyzzy", ""},
		{"xyzzy", ""},

		{"oo", "..."}, // two letters begin a word, three or more stand anywhere in it
		{"ror", "SERVER-500 BADREQUEST-400"},
		{"rr", ""},
		{"q", ""}, // one letter is a word or nothing
	}
	for _, test := range tests {
		t.Run(test.query, func(t *testing.T) {
			hits, _ := search(t, embedded(t), test.query, Filter{})
			got, want := found(hits), words(test.want)
			if n := len(want) - 1; n >= 0 && want[n] == "..." {
				got, want = got[:min(n, len(got))], want[:n]
			}
			if !slices.Equal(got, want) {
				t.Errorf("finds %q, want %q", found(hits), test.want)
			}
		})
	}
}

// TestSearchWithoutWords finds nothing, and says that there was nothing to
// look for.
func TestSearchWithoutWords(t *testing.T) {
	for _, query := range []string{"", "  ", "!? --", "\xff", "→"} {
		if hits, result := search(t, embedded(t), query, Filter{}); len(hits) != 0 || len(result.Words) != 0 {
			t.Errorf("%q finds %q by the words %v", query, found(hits), result.Words)
		}
	}
}

func TestSearchWords(t *testing.T) {
	made := selectionOf(
		entry.Entry{Code: "A", Title: "token expired"},
		entry.Entry{Code: "B", Title: "token refused"},
		entry.Entry{Code: "C", Title: "to be retried", Status: 503},
	)
	tests := []struct {
		query string
		want  []WordCount
	}{
		{"token", []WordCount{{"token", 2, false}}},
		{"Token EXPIRED", []WordCount{{"token", 2, false}, {"expired", 1, false}}},
		{"token, token; TOKEN", []WordCount{{"token", 2, false}}},
		{"why is the token refused", []WordCount{{"token", 2, false}, {"refused", 1, false}}},
		{"to be", []WordCount{{"to", 3, false}, {"be", 1, false}}}, // nothing but function words
		{"tokne", []WordCount{{"tokne", 2, true}}},
		{"tokne expired", []WordCount{{"tokne", 2, true}, {"expired", 1, false}}},
		{"hat token", []WordCount{{"hat", 0, false}, {"token", 2, false}}}, // what is a function word, hat is not
		{"0", []WordCount{{"0", 0, false}}},                                // no entry has the status 0
		{"503 xyzzy", []WordCount{{"503", 1, false}, {"xyzzy", 0, false}}},
	}
	for _, test := range tests {
		t.Run(test.query, func(t *testing.T) {
			if _, result := search(t, made, test.query, Filter{}); !slices.Equal(result.Words, test.want) {
				t.Errorf("the words are %v, want %v", result.Words, test.want)
			}
			// How a word fares by itself does not depend on the filter.
			if _, result := search(t, made, test.query, Filter{Prefixes: []string{"C"}}); !slices.Equal(result.Words, test.want) {
				t.Errorf("with a filter the words are %v, want %v", result.Words, test.want)
			}
		})
	}
}

// TestSearchNear tells how many slips a word may have: none in three letters,
// one from four, two from eight; and that no slip counts where the word stands
// somewhere as it is.
func TestSearchNear(t *testing.T) {
	made := selectionOf(
		entry.Entry{Code: "A", Title: "jwt"},
		entry.Entry{Code: "B", Title: "form"},
		entry.Entry{Code: "C", Title: "timeout"},
		entry.Entry{Code: "D", Title: "exceptions"},
		entry.Entry{Code: "E", Title: "from"},
		entry.Entry{Code: "F", Title: "12345"},
		entry.Entry{Code: "G", Title: "错误代码"},
	)
	tests := []struct{ query, want string }{
		{"jwr", ""},
		{"fork", "B"},
		{"fomr", "B"}, // swapped neighbours are one slip
		{"form", "B"}, // and from is not meant
		{"timoeut", "C"},
		{"timeouts", "C"},
		{"tmoeut", ""},
		{"tmieuot", ""},
		{"timoeutt", "C"},
		{"exeptoins", "D"},
		{"xeptoins", ""},
		{"12346", ""},
		{"1234x", "F"},
		{"错误代吗", "G"}, // letters, not bytes
		{"错误吗", ""},
	}
	for _, test := range tests {
		if hits, _ := search(t, made, test.query, Filter{}); !slices.Equal(found(hits), words(test.want)) {
			t.Errorf("%q finds %q, want %q", test.query, found(hits), test.want)
		}
	}
}

// TestSearchOrder tells what makes one hit better than another. Where nothing
// does, the catalog's order stands.
func TestSearchOrder(t *testing.T) {
	tests := []struct {
		name, query string
		in          *Selection
		want        string
	}{
		{"by field", "disk", selectionOf(
			entry.Entry{Code: "D1", Description: "disk"},
			entry.Entry{Code: "R", Resolution: "disk"},
			entry.Entry{Code: "D2", Description: "disk"},
			entry.Entry{Code: "C", Causes: []string{"other", "disk"}},
			entry.Entry{Code: "K", Keywords: []string{"other", "disk"}},
			entry.Entry{Code: "T", Title: "disk of a kind"},
			entry.Entry{Code: "DISK-1"},
			entry.Entry{Code: "ALIAS", Aliases: []string{"other", "DISK-2"}},
		), "DISK-1 ALIAS T K C D1 R D2"},
		{"a status weighs as a title", "507", selectionOf(
			entry.Entry{Code: "K", Keywords: []string{"507"}},
			entry.Entry{Code: "S", Status: 507},
			entry.Entry{Code: "T", Title: "507 bytes"},
		), "S T K"},
		{"by kind", "rate", selectionOf(
			entry.Entry{Code: "PART", Title: "separated"},
			entry.Entry{Code: "PREFIX", Title: "rated"},
			entry.Entry{Code: "WHOLE", Title: "rate"},
		), "WHOLE PREFIX PART"},
		{"by the best kind in a field", "rate", selectionOf(
			entry.Entry{Code: "PREFIXES", Title: "rated rates rater"},
			entry.Entry{Code: "BOTH", Title: "rated rate"},
		), "BOTH PREFIXES"},
		{"by more fields", "disk", selectionOf(
			entry.Entry{Code: "ONE", Title: "disk"},
			entry.Entry{Code: "TWO", Title: "disk", Description: "disk"},
		), "TWO ONE"},
		{"the rare word counts more", "disk quota", selectionOf(
			entry.Entry{Code: "COMMON", Title: "disk", Description: "quota"},
			entry.Entry{Code: "RARE", Title: "quota", Description: "disk"},
			entry.Entry{Code: "X", Title: "disk", Status: 400},
			entry.Entry{Code: "Y", Title: "disk", Status: 400},
			entry.Entry{Code: "Z", Title: "disk", Status: 400},
		), "RARE COMMON"},
		{"one word everywhere is worth less than two in titles", "disk quota", selectionOf(
			entry.Entry{Code: "DISK-1", Title: "disk", Keywords: []string{"disk"}, Description: "overquotas"},
			entry.Entry{Code: "BOTH", Title: "disk quota"},
		), "BOTH DISK-1"},
		{"exact code first", "disk full", selectionOf(
			entry.Entry{Code: "X", Title: "disk full", Keywords: []string{"disk", "full"}, Causes: []string{"disk full"}, Aliases: []string{"DISK-7", "FULL-7"}},
			entry.Entry{Code: "DISK-FULL"},
		), "DISK-FULL X"},
		{"exact alias first", "diskfull", selectionOf(
			entry.Entry{Code: "DISKFULL-1", Title: "diskfull", Keywords: []string{"diskfull"}, Causes: []string{"diskfull"}},
			entry.Entry{Code: "X", Aliases: []string{"DISK_FULL"}},
		), "X DISKFULL-1"},
		{"several exact codes", "disk 1", selectionOf(
			entry.Entry{Code: "X", Title: "disk 1"},
			entry.Entry{Code: "DISK_1"},
			entry.Entry{Code: "DISK-1", Title: "disk"},
		), "DISK_1 DISK-1 X"},
		{"an exact code before an exact alias", "disk 1", selectionOf(
			entry.Entry{Code: "X", Title: "disk 1", Aliases: []string{"DISK-1"}},
			entry.Entry{Code: "DISK_1"},
		), "DISK_1 X"},
		{"an exact alias before a title", "disk full", selectionOf(
			entry.Entry{Code: "T", Title: "disk full", Keywords: []string{"disk", "full"}},
			entry.Entry{Code: "A", Aliases: []string{"DISK_FULL"}},
		), "A T"},
		{"a title or message word for word before a phrase", "too many open files", selectionOf(
			entry.Entry{Code: "P", Title: "Too many open files in system", Keywords: []string{"too", "many", "open", "files"}, Description: "too many open files"},
			entry.Entry{Code: "T", Title: "Too Many: open-files!"},
			entry.Entry{Code: "M", Title: "x", Messages: []string{"TOO MANY OPEN FILES"}},
		), "T M P"},
		{"a phrase before the score", "open files", selectionOf(
			entry.Entry{Code: "OPEN-FILES-1", Title: "files open", Keywords: []string{"open", "files"}, Causes: []string{"open files"}},
			entry.Entry{Code: "T", Title: "many open files here"},
			entry.Entry{Code: "M", Messages: []string{"many open files here"}},
		), "T M OPEN-FILES-1"},
		{"function words count in a phrase", "not in the list", selectionOf(
			entry.Entry{Code: "OTHER", Title: "the list", Keywords: []string{"list"}, Description: "list"},
			entry.Entry{Code: "PHRASE", Title: "Name not in the list"},
			entry.Entry{Code: "ALL", Title: "Not in the list"},
		), "ALL PHRASE OTHER"},
		{"one word is no phrase", "disk", selectionOf(
			entry.Entry{Code: "T", Title: "a full disk"},
			entry.Entry{Code: "DISK-1"},
		), "DISK-1 T"},
		{"a place of a message is any words", "bucket found empty", selectionOf(
			entry.Entry{Code: "X", Title: "found a bucket", Keywords: []string{"bucket", "found", "empty"}},
			entry.Entry{Code: "M", Title: "x", Keywords: []string{"bucket"}, Messages: []string{"{thing} found empty"}},
		), "M X"},
		{"a code within the query", "why disk X-7 full", selectionOf(
			entry.Entry{Code: "T", Title: "disk full x 7"},
			entry.Entry{Code: "Y", Keywords: []string{"disk full"}, Aliases: []string{"X-7"}},
			entry.Entry{Code: "X-7", Description: "disk full"},
		), "X-7 Y T"},
		{"a number within the query is no code", "disk 7 full", selectionOf(
			entry.Entry{Code: "T", Title: "disk full 7"},
			entry.Entry{Code: "7", Description: "disk full"},
		), "T 7"},
		{"else in catalog order", "disk", selectionOf(
			entry.Entry{Code: "C", Title: "disk"},
			entry.Entry{Code: "A", Title: "disk"},
			entry.Entry{Code: "B", Title: "disk"},
		), "C A B"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if hits, _ := search(t, test.in, test.query, Filter{}); !slices.Equal(found(hits), words(test.want)) {
				t.Errorf("finds %q, want %q", found(hits), test.want)
			}
		})
	}
}

// TestSearchFilter narrows a search: the same hits in the same order, less
// some. Reckoned over the narrowed entries alone, disk and quota would be
// equally rare here, and COMMON first.
func TestSearchFilter(t *testing.T) {
	made := selectionOf(
		entry.Entry{Code: "COMMON", Title: "disk", Description: "quota", Status: 507},
		entry.Entry{Code: "RARE", Title: "quota", Description: "disk", Status: 507},
		entry.Entry{Code: "X", Title: "disk", Status: 400},
		entry.Entry{Code: "Y", Title: "disk", Status: 400},
		entry.Entry{Code: "Z", Title: "disk quota", Status: 400},
	)
	for _, test := range []struct {
		filter Filter
		want   string
	}{
		{Filter{}, "Z RARE COMMON"},
		{Filter{Statuses: Statuses{{From: 507, To: 507}}}, "RARE COMMON"},
		{Filter{Prefixes: []string{"rare", "com"}}, "RARE COMMON"},
		{Filter{Statuses: Statuses{{From: 400, To: 499}}}, "Z"},
		{Filter{Statuses: Statuses{{From: 404, To: 404}}}, ""},
	} {
		if hits, _ := search(t, made, "disk quota", test.filter); !slices.Equal(found(hits), words(test.want)) {
			t.Errorf("%v finds %q, want %q", test.filter, found(hits), test.want)
		}
	}
}

// textAt is the text that a match is in.
func textAt(t *testing.T, e entry.Entry, m Match) string {
	t.Helper()
	switch m.Field.Key {
	case "code":
		return e.Code
	case "aliases":
		return e.Aliases[m.Item]
	case "title":
		return e.Title
	case "status":
		return strconv.Itoa(e.Status)
	case "keywords":
		return e.Keywords[m.Item]
	case "causes":
		return e.Causes[m.Item]
	case "description":
		return e.Description
	case "resolution":
		return e.Resolution
	}
	t.Fatalf("a match in the field %q", m.Field.Key)
	return ""
}

// TestSearchMatches holds every match against the text: it covers one word
// there, or a whole code, which has the word of the query in it or, in a near
// match, resembles it.
func TestSearchMatches(t *testing.T) {
	made := selectionOf(
		entry.Entry{Code: "CAFÉ-1", Title: "Ａbgelaufen: e\u0301tat ﬁle", Causes: []string{"", "Das Café (état)"}, Aliases: []string{"CAFÉ_ONE", "[X-9]"}},
		entry.Entry{Code: "错误-7", Title: "错误 7", Description: "x 错误码 y", Status: 507},
		entry.Entry{Code: "TIMEOUT"},
	)
	for _, test := range []struct {
		in      *Selection
		queries []string
	}{
		{embedded(t), []string{"auth", "server", "rate limit", "AUTH-401", "auth401", "404", "40", "databse", "conection", "the api", "own", "to be"}},
		{made, []string{"cafe", "étát", "abgelaufen", "file", "x9", "cafe1", "错误", "错误7", "507", "CAFÉONE", "abgelaufne", "timeout"}},
	} {
		for _, query := range test.queries {
			hits, result := search(t, test.in, query, Filter{})
			if len(hits) == 0 {
				t.Errorf("%q finds nothing", query)
			}
			for _, h := range hits {
				for _, word := range result.Words {
					if !slices.ContainsFunc(h.Matches, func(m Match) bool { return m.Word == word.Word }) {
						t.Errorf("%q: %s does not say where %q is", query, h.Code, word.Word)
					}
				}
				for i, m := range h.Matches {
					if slices.Contains(h.Matches[:i], m) {
						t.Errorf("%q: %s says twice %+v", query, h.Code, m)
					}
					text := textAt(t, h.Entry, m)
					covered := text[m.Start:m.End]
					i = slices.IndexFunc(result.Words, func(w WordCount) bool { return w.Word == m.Word })
					switch {
					case i < 0:
						t.Errorf("%q: %+v is not for a word of the query", query, m)
					case !result.Words[i].Near && !strings.Contains(entry.Fold(covered), m.Word),
						result.Words[i].Near && edits(entry.Fold(covered), m.Word) > 2:
						t.Errorf("%q: %s %+v covers %q of %q", query, h.Code, m, covered, text)
					}
					whole := m.Field.Class == entry.ByName && covered == text
					if n := len(slices.Collect(entry.Tokens(covered))); n != 1 && !whole {
						t.Errorf("%q: %s %+v covers %d words, %q", query, h.Code, m, n, covered)
					}
					if before, after := text[:m.Start], text[m.End:]; len(slices.Collect(entry.Tokens(text))) !=
						len(slices.Collect(entry.Tokens(before+" "+after)))+len(slices.Collect(entry.Tokens(covered))) {
						t.Errorf("%q: %s %+v covers part of a word, %q of %q", query, h.Code, m, covered, text)
					}
				}
			}
		}
	}
}

// TestSearchMatchesAll looks for words by plain means, in every text of the
// embedded entries, and wants a match wherever they are.
func TestSearchMatchesAll(t *testing.T) {
	for _, word := range []string{"auth", "server", "request", "limit", "error", "user", "401", "exist"} {
		hits, _ := search(t, embedded(t), word, Filter{})
		for _, h := range hits {
			places := map[Match]string{
				{Field: entry.FieldOf("code")}:        h.Code,
				{Field: entry.FieldOf("title")}:       h.Title,
				{Field: entry.FieldOf("status")}:      strconv.Itoa(h.Status),
				{Field: entry.FieldOf("description")}: h.Description,
				{Field: entry.FieldOf("resolution")}:  h.Resolution,
			}
			for i, cause := range h.Causes {
				places[Match{Field: entry.FieldOf("causes"), Item: i}] = cause
			}
			for i, keyword := range h.Keywords {
				places[Match{Field: entry.FieldOf("keywords"), Item: i}] = keyword
			}
			for place, text := range places {
				n := 0
				for _, m := range h.Matches {
					joined := m.Field.Key == "code" && m.End-m.Start == len(h.Code) // auth401 for AUTH-401
					if m.Field == place.Field && m.Item == place.Item && !joined {
						n++
					}
				}
				want := 0
				for _, w := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
					if strings.Contains(w, word) {
						want++
					}
				}
				if n != want {
					t.Errorf("%s, %q: %d matches in its %s %d, want %d", h.Code, word, n, place.Field.Key, place.Item, want)
				}
			}
		}
	}
}

// TestSearchTwice reads an answer's hits again: they are all still there.
func TestSearchTwice(t *testing.T) {
	result, err := embedded(t).Search(context.Background(), "server", Filter{})
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		n := 0
		for range result.Hits {
			n++
		}
		if n != result.Total {
			t.Errorf("%d hits, want %d", n, result.Total)
		}
	}
}

// TestSearchPhraseAmongMany finds what the query is, word for word, wherever it is, and
// a phrase among the best.
func TestSearchPhraseAmongMany(t *testing.T) {
	var all []entry.Entry
	for i := range 3 * mostRead {
		all = append(all, entry.Entry{Code: fmt.Sprint("E-", i), Title: "files open", Keywords: []string{"open", "files"}})
	}
	all = append(all,
		entry.Entry{Code: "WHOLE", Title: "open files"},
		entry.Entry{Code: "HELD", Title: "the open files", Keywords: []string{"open", "files"}, Causes: []string{"open files"}})
	hits, _ := search(t, selectionOf(all...), "open files", Filter{})
	if got := found(hits)[:3]; !slices.Equal(got, words("WHOLE HELD E-0")) || len(hits) != len(all) {
		t.Errorf("finds %q first, of %d", got, len(hits))
	}
}

// TestSearchCovered answers a query of which no entry has every word.
func TestSearchCovered(t *testing.T) {
	made := selectionOf(
		entry.Entry{Code: "A", Title: "quota of tenant exceeded", Status: 403},
		entry.Entry{Code: "B", Title: "disk exceeded", Severity: entry.Warning},
		entry.Entry{Code: "C", Title: "common disk", Messages: []string{"no room on {volume} left"}},
		entry.Entry{Code: "D", Title: "common volume"},
		entry.Entry{Code: "E", Title: "Wrong Mode", Description: "common"},
	)
	for _, test := range []struct {
		query, want, missing string // of the first
	}{
		{"quota tenant xyzzy", "A", "xyzzy"},
		{"quota tennant xyzzy", "A", "xyzzy"},         // in near spelling
		{"quota xyzzy", "", ""},                       // two words are not three
		{"quota xyzzy plugh", "", ""},                 // and one of three is not more than half
		{"quota xyzzy tenant plugh", "", ""},          // nor are two of four
		{"room xyzzy common plugh", "", ""},           // what is common is worth little
		{"quota tenant exceeded disk", "A B", "disk"}, // which holds the title of B
		{"quota tenant common", "A", "common"},
		{"quota the tenant of xyzzy", "A", "xyzzy"},
		{"xyzzy plugh quux", "", ""},
		{"12 34 56", "", ""},
		{"quota 12 34 56", "", ""},                                                 // one word is not enough
		{"2026-03-02 [x7] quota of tenant/a.b_c: 34", "A", "2026 03 02 x7 b c 34"}, // the names of things count nothing
		{"at x.y.Z.run(Main.java:7) because no room on vol_3 left", "C", "x y z run main java 7 because 3"}, // the query holds the message
		{"mode of all things was so utterly wrong again", "E", "all things utterly again"},
		{"room aunt vol left for ever and ever again", "", ""},
		{"a xyzzy plugh B quux", "B", "xyzzy plugh quux"}, // which is named
	} {
		hits, result := search(t, made, test.query, Filter{})
		missing := ""
		if len(hits) > 0 {
			missing = strings.Join(hits[0].Missing, " ")
		}
		if !slices.Equal(found(hits), words(test.want)) || missing != test.missing || result.Covered != (test.want != "") {
			t.Errorf("%q finds %q, covered: %v, without %q; want %q without %q", test.query, found(hits), result.Covered, missing, test.want, test.missing)
		}
	}
	for _, test := range []struct {
		query  string
		filter Filter
	}{
		{"quota tenant xyzzy", Filter{Severities: []entry.Severity{entry.Warning}}},
		{"quota tenant exceeded", Filter{Statuses: Statuses{{From: 500, To: 599}}}}, // one has every word, and is kept out
	} {
		if hits, result := search(t, made, test.query, test.filter); len(hits) > 0 || result.Covered {
			t.Errorf("%q %v finds %q", test.query, test.filter, found(hits))
		}
	}
	hits, _ := search(t, made, "quota tenant", Filter{})
	if len(hits) != 1 || hits[0].Missing != nil {
		t.Errorf("an entry with every word lacks %q", hits[0].Missing)
	}
}

// TestSearchWhole matches words as a whole alone.
func TestSearchWhole(t *testing.T) {
	made := selectionOf(
		entry.Entry{Code: "A", Title: "tokens expired"},
		entry.Entry{Code: "B", Title: "token", Description: "it has expired"},
		entry.Entry{Code: "TOKEN-EXPIRED"},
		entry.Entry{Code: "C", Title: "deadline exceeded"},
		entry.Entry{Code: "D", Title: "the deadline was exceeded"},
	)
	for query, want := range map[string]string{
		"token expired":             "TOKEN-EXPIRED B",
		"the Token has: expired":    "TOKEN-EXPIRED B",
		"tokenexpired":              "TOKEN-EXPIRED",
		"toke":                      "",
		"tokne":                     "",
		"oken":                      "",
		"token":                     "B TOKEN-EXPIRED",
		"token expired xyzzy again": "", // none covers
		"deadline exceeded":         "C D",
		"":                          "",
		"!?":                        "",
	} {
		result, err := made.SearchWhole(t.Context(), query)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for h, err := range result.Hits {
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range h.Matches {
				if m.Kind != index.Whole {
					t.Errorf("%q matches %s by %s", query, h.Code, m.Kind)
				}
			}
			got = append(got, h.Code)
		}
		if !slices.Equal(got, words(want)) || result.Total != len(got) || result.Covered {
			t.Errorf("%q finds %q of %d, want %q", query, got, result.Total, want)
		}
	}
}
