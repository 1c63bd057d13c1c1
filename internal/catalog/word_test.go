package catalog

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

func TestFold(t *testing.T) {
	tests := []struct{ text, want string }{
		{"", ""},
		{"auth401", "auth401"},
		{"AUTH-401", "auth401"},
		{"[Auth 401]", "auth401"},
		{"auth_401", "auth401"},
		{"ddl:1045", "ddl1045"},
		{"-- !? →", ""},
		{"a/b:c@d[e`f{g", "abcdefg"},
		{"a{b", "ab"},
		{"Straße", "straße"},
		{"ÉCOLE", "ecole"},
		{"e\u0301cole", "ecole"},
		{"Ångström", "angstrom"},
		{"İI", "ii"},
		{"ΟΔΟΣ", "οδοσ"},
		{"οδος", "οδοσ"},
		{"ΆΛΦΑ", "αλφα"},
		{"ЙОД", "иод"},
		{"ＡＢＣ１２３", "abc123"},
		{"ﬁle", "file"},
		{"K\u212a", "kk"}, // the Kelvin sign
		{"E²", "e2"},
		{"错误", "错误"},
		{"か\u3099", "が"},
		{"हिन्दी", "हिन्दी"}, // vowels of Indic scripts are marks, not accents
		{"한국", "한국"},
		{"٤٠١", "٤٠١"},
		{"a\xffb", "ab"},
		{"a\u200db", "ab"},
		{"😀", ""},
	}
	for _, test := range tests {
		if got := fold(test.text); got != test.want {
			t.Errorf("fold(%q) = %q, want %q", test.text, got, test.want)
		}
	}
}

// TestFoldEveryCharacter folds what is folded, and the two spellings that
// Unicode has for many characters, to the same key.
func TestFoldEveryCharacter(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if !unicode.IsGraphic(r) {
			continue
		}
		s := string(r)
		key := fold(s)
		if again := fold(key); again != key {
			t.Errorf("fold(%q) = %q, and folded again %q", s, key, again)
		}
		if apart := fold(norm.NFD.String(s)); apart != key {
			t.Errorf("fold(%q) = %q, but %q when decomposed", s, key, apart)
		}
	}
}

func TestTokens(t *testing.T) {
	tests := []struct {
		text string
		want []token
	}{
		{"", nil},
		{" -- ", nil},
		{"API key/token.", []token{{"api", 0, 3}, {"key", 4, 7}, {"token", 8, 13}}},
		{"rate-limit(429)", []token{{"rate", 0, 4}, {"limit", 5, 10}, {"429", 11, 14}}},
		{"snake_case", []token{{"snake", 0, 5}, {"case", 6, 10}}},
		{"E0308x2", []token{{"e0308x2", 0, 7}}},
		{"É e\u0301x", []token{{"e", 0, 2}, {"ex", 3, 7}}},
		{"错误 码", []token{{"错误", 0, 6}, {"码", 7, 10}}},
		{"हिन्दी!", []token{{"हिन्दी", 0, 18}}},
		{"a\xffb", []token{{"a", 0, 1}, {"b", 2, 3}}},
		{"\u0301 x", []token{{"x", 3, 4}}}, // an accent alone is no word
		{"end", []token{{"end", 0, 3}}},
	}
	for _, test := range tests {
		if got := slices.Collect(tokens(test.text)); !slices.Equal(got, test.want) {
			t.Errorf("tokens(%q) = %v, want %v", test.text, got, test.want)
		}
	}
}

func TestWithoutLeadingZeros(t *testing.T) {
	tests := []struct{ key, want string }{
		{"", ""},
		{"e0308", "e308"},
		{"e308", "e308"},
		{"0042", "42"},
		{"0", "0"},
		{"000", "0"},
		{"e000", "e0"},
		{"e0", "e0"},
		{"1002", "1002"},
		{"e100", "e100"},
		{"a01b002", "a1b2"},
		{"a10b020", "a10b20"},
		{"00a", "0a"},
		{"é07错08", "é7错8"},
		{"auth", "auth"},
	}
	for _, test := range tests {
		if got := withoutLeadingZeros(test.key); got != test.want {
			t.Errorf("withoutLeadingZeros(%q) = %q, want %q", test.key, got, test.want)
		}
	}
}

func TestEdits(t *testing.T) {
	tests := []struct {
		a, b  string
		limit int
		want  int
	}{
		{"", "", 0, 0},
		{"auth", "auth", 0, 0},
		{"auth", "auht", 2, 1},      // swapped neighbours
		{"ab", "ba", 1, 1},          // and nothing else
		{"auth", "uath", 1, 1},      // at the beginning
		{"ca", "abc", 3, 3},         // no edit between two that were swapped
		{"auth", "aut", 2, 1},       // deleted
		{"auth", "xauth", 2, 1},     // inserted
		{"auth", "auch", 2, 1},      // changed
		{"auth", "auch", 0, 1},      // more than the limit
		{"auth", "server", 2, 3},    // much more
		{"auth", "xyzw", 1, 2},      // of the same length
		{"a", "abcd", 2, 3},         // by length alone
		{"abcd", "a", 2, 3},         //
		{"", "ab", 2, 2},            //
		{"ab", "", 1, 2},            //
		{"é", "e", 1, 1},            // letters, not bytes
		{"错误码", "错码误", 2, 1},        //
		{"кот", "кит", 1, 1},        //
		{"kitten", "sitting", 3, 3}, //
		{"kitten", "sitting", 2, 3}, //
	}
	for _, test := range tests {
		if got := edits(test.a, test.b, test.limit); got != test.want {
			t.Errorf("edits(%q, %q, %d) = %d, want %d", test.a, test.b, test.limit, got, test.want)
		}
		if got := edits(test.b, test.a, test.limit); got != test.want {
			t.Errorf("edits(%q, %q, %d) = %d, want %d", test.b, test.a, test.limit, got, test.want)
		}
	}
}

// slowEdits is what edits computes, straight from its definition: the optimal
// string alignment distance.
func slowEdits(a, b []rune) int {
	if len(a) == 0 || len(b) == 0 {
		return len(a) + len(b)
	}
	i, j := len(a)-1, len(b)-1
	if a[i] == b[j] {
		return slowEdits(a[:i], b[:j])
	}
	least := 1 + min(slowEdits(a[:i], b), slowEdits(a, b[:j]), slowEdits(a[:i], b[:j]))
	if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
		least = min(least, 1+slowEdits(a[:i-1], b[:j-1]))
	}
	return least
}

// TestEditsAgree compares edits with its definition, for all short words over
// a small alphabet and for longer ones that are a few slips apart.
func TestEditsAgree(t *testing.T) {
	agree := func(a, b string) {
		t.Helper()
		exact := slowEdits([]rune(a), []rune(b))
		for limit := range 4 {
			if got, want := edits(a, b, limit), min(exact, limit+1); got != want {
				t.Fatalf("edits(%q, %q, %d) = %d, want %d", a, b, limit, got, want)
			}
		}
	}

	alphabet := []string{"a", "é", "误"}
	short := []string{""}
	for begin, length := 0, 1; length <= 4; length++ {
		end := len(short)
		for _, s := range short[begin:end] {
			for _, letter := range alphabet {
				short = append(short, s+letter)
			}
		}
		begin = end
	}
	for i, a := range short {
		for _, b := range short[i:] {
			agree(a, b)
		}
	}

	random := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		word := make([]rune, 4+random.IntN(5))
		for i := range word {
			word[i] = 'a' + random.Int32N(4)
		}
		slipped := slices.Clone(word)
		for range random.IntN(4) {
			i := random.IntN(len(slipped) - 1)
			switch random.IntN(4) {
			case 0:
				slipped = slices.Delete(slipped, i, i+1)
			case 1:
				slipped = slices.Insert(slipped, i, 'x')
			case 2:
				slipped[i] = 'y'
			case 3:
				slipped[i], slipped[i+1] = slipped[i+1], slipped[i]
			}
		}
		agree(string(word), string(slipped))
	}
}

// FuzzTokens holds the words of any text against it: in order, apart, each
// folded from where it says that it stands, and none missed.
func FuzzTokens(f *testing.F) {
	for _, s := range []string{"API key/token.", "É e\u0301", "错误 ① ½", "\xff\xfe", "हिन्दी", "\u0301x", "İ ﬁ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		end := 0
		between := func(from, to int) {
			for _, r := range s[from:to] {
				if r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
					t.Errorf("%q stands in no word of %q", r, s)
				}
			}
		}
		for w := range tokens(s) {
			if w.start < end || w.end <= w.start || w.word == "" || w.word != fold(s[w.start:w.end]) {
				t.Fatalf("%q has the word %+v, after %d", s, w, end)
			}
			between(end, w.start)
			end = w.end
		}
		between(end, len(s))
		if key := fold(s); strings.ContainsAny(key, " -\n") || fold(key) != key && utf8.ValidString(s) {
			t.Errorf("fold(%q) = %q", s, key)
		}
	})
}
