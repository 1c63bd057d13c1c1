package catalog

import (
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
	t.Parallel()
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
