package render

import (
	"encoding/csv"
	"strings"
	"testing"

	"github.com/errcode-cli/errcode/internal/entry"
)

func TestCSV(t *testing.T) {
	header := "catalog," + strings.Join(entry.Keys(), ",") + ",x\n"
	if got := render(t, CSV, List(of[entry.Entry]()), Options{}); got != header {
		t.Errorf("nothing is\n%s", got)
	}
	odd := entry.Entry{Catalog: "c", Code: "=1+1", Title: "a\tb\x1b \u202e", Severity: entry.Error, Description: "one\r\n\"two\"\n", Retryable: entry.Yes}
	if got, want := render(t, CSV, List(of(odd)), Options{}), header+`c,=1+1,a	b\x1b \u202e,,error,"one
""two""
",,`; !strings.HasPrefix(got, want) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}

	records, err := csv.NewReader(strings.NewReader(render(t, CSV, Hits(of(hit)), Options{}))).ReadAll()
	if err != nil || len(records) != 2 {
		t.Fatal(err, records)
	}
	want := map[string]string{
		"catalog": "shop", "code": "PAY-402", "status": "402", "description": "First line.\n\nThird line.", "causes": "No funds.\nNo card.",
		"examples":  `{"title":"Pay twice","text":"curl -d x\n\n  y\n","language":"sh"}` + "\n" + `{"text":"*z*"}`,
		"retryable": "false", "aliases": "PAID\nUNPAID", "links": `{"title":"Guide","url":"https://example.com/?a=1&b=2"}`,
		"x": `{"x-team":{"name":"billing"},"x-on-call":"+1 <555> \u001b 1","x-weight":2.50,"x-open":true}`,
	}
	for i, key := range records[0] {
		cell := records[1][i]
		if expected, ok := want[key]; ok && cell != expected || cell == "" { // full says something everywhere
			t.Errorf("%s is %q, not %q", key, cell, expected)
		}
	}
}
