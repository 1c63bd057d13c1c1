package catalog

import (
	"testing"

	"github.com/errcode-cli/errcode/internal/entry"
)

// TestSearchAsPeopleWrite searches as people write, with contractions and signs.
func TestSearchAsPeopleWrite(t *testing.T) {
	s, err := Open(t.Context(), Options{}, "api")
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for query, want := range map[string]string{
		"can't login":                "AUTH-401",
		"I'm forbidden":              "AUTH-403",
		"why doesn't my token work?": "",
		"user's role":                "AUTH-403",
		"⚠️ login":                   "AUTH-401",
	} {
		result, err := s.Search(t.Context(), query, Filter{})
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for h := range result.Hits {
			got = h.Code
			break
		}
		if got != want {
			t.Errorf("%s: %q, want %q", query, got, want)
		}
	}
	for _, sign := range []string{"❤️", "\u0301", "!!"} {
		if entry.IsCode(sign) {
			t.Errorf("%q passes for a code", sign)
		}
	}
}
