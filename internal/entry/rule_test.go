package entry

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"
	"unicode"
)

// TestClasses holds the classes of schemas against Unicode's.
func TestClasses(t *testing.T) {
	for _, c := range []struct {
		name, class string
		is          func(rune) bool
	}{
		{"blanks", blanks, func(r rune) bool { return unicode.Is(unicode.Z, r) }},
		{"controls", controls, unicode.IsControl},
		{"white", white, func(r rune) bool { return strings.TrimSpace(string(r)) == "" }},
	} {
		var class string
		if err := json.Unmarshal([]byte(`"[`+c.class+`]"`), &class); err != nil {
			t.Fatal(err)
		}
		holds := regexp.MustCompile(class).MatchString
		for r := range rune(unicode.MaxRune + 1) {
			if surrogate := 0xD800 <= r && r <= 0xDFFF; !surrogate && holds(string(r)) != c.is(r) {
				t.Errorf("%s: %U is in the class: %t", c.name, r, !c.is(r))
			}
		}
	}
}
