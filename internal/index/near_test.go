package index

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// TestSpell leaves out the zeros that begin a number.
func TestSpell(t *testing.T) {
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
		var l letters
		if l.spell([]byte(test.key), true, true); string(l.runes) != test.want {
			t.Errorf("%q is spelt %q, want %q", test.key, string(l.runes), test.want)
		}
		if l.spell([]byte(test.key), false, true); string(l.runes) != test.key {
			t.Errorf("%q is spelt %q", test.key, string(l.runes))
		}
	}
}

// TestSpellBeginning leaves out what the bytes behind it may yet change.
func TestSpellBeginning(t *testing.T) {
	for key, want := range map[string]string{"错误"[:4]: "错", "错误"[:5]: "错", "错误": "错误", "é"[:1]: "", "e0": "e", "e03": "e3", "0a0": "0a"} {
		var l letters
		if l.spell([]byte(key), true, false); string(l.runes) != want {
			t.Errorf("what begins with %q is spelt %q, want %q", key, string(l.runes), want)
		}
	}
}

func TestDistance(t *testing.T) {
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
		{"ca", "abc", 2, 3},         // no edit between two that were swapped
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
		{"kitten", "sitting", 2, 3}, //
	}
	for _, test := range tests {
		if got := Distance(test.a, test.b, test.limit); got != test.want {
			t.Errorf("Distance(%q, %q, %d) = %d, want %d", test.a, test.b, test.limit, got, test.want)
		}
		if got := Distance(test.b, test.a, test.limit); got != test.want {
			t.Errorf("Distance(%q, %q, %d) = %d, want %d", test.b, test.a, test.limit, got, test.want)
		}
	}
}

// slowDistance is what Distance computes, straight from its definition: the optimal
// string alignment distance.
func slowDistance(a, b []rune) int {
	if len(a) == 0 || len(b) == 0 {
		return len(a) + len(b)
	}
	i, j := len(a)-1, len(b)-1
	if a[i] == b[j] {
		return slowDistance(a[:i], b[:j])
	}
	least := 1 + min(slowDistance(a[:i], b), slowDistance(a, b[:j]), slowDistance(a[:i], b[:j]))
	if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
		least = min(least, 1+slowDistance(a[:i-1], b[:j-1]))
	}
	return least
}

// TestDistanceAgrees compares Distance with its definition, for all short words over
// a small alphabet and for longer ones that are a few slips apart.
func TestDistanceAgrees(t *testing.T) {
	agree := func(a, b string) {
		t.Helper()
		exact := slowDistance([]rune(a), []rune(b))
		for limit := range MostEdits + 1 {
			if got, want := Distance(a, b, limit), min(exact, limit+1); got != want {
				t.Fatalf("Distance(%q, %q, %d) = %d, want %d", a, b, limit, got, want)
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
