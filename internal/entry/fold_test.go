package entry

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
		{"AUTH-401-2", "auth401.2"},
		{"AUTH_401 / 2", "auth401.2"},
		{"5.1.1", "5.1.1"},
		{"511", "511"},
		{"1-2a-3 4", "1.2a3.4"},
		{"½", "1.2"},
		{"①②", "12"},
		{"-5", "-5"},
		{"−5", "-5"},
		{"[-32600]", "-32600"},
		{"--5", "-5"},
		{"- 5", "5"},
		{"-a5", "a5"},
		{"a-5", "a5"},
		{"5-", "5"},
		{"-٥", "-٥"},
	}
	for _, test := range tests {
		if got := Fold(test.text); got != test.want {
			t.Errorf("Fold(%q) = %q, want %q", test.text, got, test.want)
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
		key := Fold(s)
		if again := Fold(key); again != key {
			t.Errorf("Fold(%q) = %q, and folded again %q", s, key, again)
		}
		if apart := Fold(norm.NFD.String(s)); apart != key {
			t.Errorf("Fold(%q) = %q, but %q when decomposed", s, key, apart)
		}
	}
}

func TestTokens(t *testing.T) {
	tests := []struct {
		text string
		want []Token
	}{
		{"", nil},
		{" -- ", nil},
		{"API key/token.", []Token{{"api", 0, 3}, {"key", 4, 7}, {"token", 8, 13}}},
		{"rate-limit(429)", []Token{{"rate", 0, 4}, {"limit", 5, 10}, {"429", 11, 14}}},
		{"snake_case", []Token{{"snake", 0, 5}, {"case", 6, 10}}},
		{"E0308x2", []Token{{"e0308x2", 0, 7}}},
		{"É e\u0301x", []Token{{"e", 0, 2}, {"ex", 3, 7}}},
		{"错误 码", []Token{{"错误", 0, 6}, {"码", 7, 10}}},
		{"हिन्दी!", []Token{{"हिन्दी", 0, 18}}},
		{"a\xffb", []Token{{"a", 0, 1}, {"b", 2, 3}}},
		{"\u0301 x", []Token{{"x", 3, 4}}}, // an accent alone is no word
		{"end", []Token{{"end", 0, 3}}},
	}
	for _, test := range tests {
		if got := slices.Collect(Tokens(test.text)); !slices.Equal(got, test.want) {
			t.Errorf("Tokens(%q) = %v, want %v", test.text, got, test.want)
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
		for w := range Tokens(s) {
			if w.Start < end || w.End <= w.Start || w.Word == "" || w.Word != Fold(s[w.Start:w.End]) {
				t.Fatalf("%q has the word %+v, after %d", s, w, end)
			}
			between(end, w.Start)
			end = w.End
		}
		between(end, len(s))
		if key := Fold(s); strings.ContainsAny(key, " \n") || strings.LastIndex(key, "-") > 0 || Fold(key) != key && utf8.ValidString(s) {
			t.Errorf("Fold(%q) = %q", s, key)
		}
	})
}
