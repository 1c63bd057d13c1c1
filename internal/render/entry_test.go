package render

import (
	"bytes"
	"strings"
	"testing"

	"github.com/errcode-cli/errcode/internal/catalog"
	"github.com/errcode-cli/errcode/internal/entry"
	"github.com/errcode-cli/errcode/internal/index"
)

// TestMatchesJSON has each field and word once, by the best kind, and what is missing
// only where there may be something.
func TestMatchesJSON(t *testing.T) {
	match := func(field, word string, item int, kind index.Kind) catalog.Match {
		return catalog.Match{Field: entry.FieldOf(field), Item: item, Word: word, Kind: kind}
	}
	for _, test := range []struct {
		hit  catalog.Hit
		want string
	}{
		{catalog.Hit{Entry: bare, Matches: []catalog.Match{
			match("causes", "card", 0, index.Part), match("causes", "card", 1, index.Whole), match("causes", "card", 1, index.Prefix),
			match("causes", "pay", 0, index.Near), match("title", "card", 0, index.Prefix),
		}}, `"matches":[{"field":"title","word":"card","kind":"prefix"},{"field":"causes","word":"card","kind":"whole"},{"field":"causes","word":"pay","kind":"near"}]}`},
		{catalog.Hit{Entry: bare, Matches: []catalog.Match{match("title", "bare", 0, index.Part)}, Missing: []string{"a", "b"}},
			`"matches":[{"field":"title","word":"bare","kind":"part"}],"missing":["a","b"]}`},
	} {
		var out bytes.Buffer
		if err := Write(&out, JSONL, Hits(of(test.hit)), Options{}); err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(out.String(), test.want+"\n") {
			t.Errorf("got %s, want %s", out.String(), test.want)
		}
	}
}
