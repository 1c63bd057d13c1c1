package render

import (
	"encoding/csv"
	"reflect"
	"strings"
	"testing"

	"github.com/errcode-cli/errcode/internal/entry"
)

func TestCSV(t *testing.T) {
	header := "catalog,code,title,status,severity,description,messages,causes,resolution,examples,retryable,keywords,tags,aliases,related,links,since,deprecated,x\n"
	odd := entry.Entry{Catalog: "c", Code: "=1+1", Title: "a\tb\x1b \u202e", Severity: entry.Error, Description: "one\r\n\"two\"\n", Retryable: entry.Yes}
	if got, want := render(t, CSV, List(of(odd)), Options{}), header+`c,=1+1,a	b\x1b \u202e,,error,"one
""two""
",,,,,true,,,,,,,,`+"\n"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got := render(t, CSV, List(of[entry.Entry]()), Options{}); got != header {
		t.Errorf("nothing is\n%s", got)
	}
	records, err := csv.NewReader(strings.NewReader(render(t, CSV, Hits(of(hit)), Options{}))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"shop", "PAY-402", "Payment <Required> & more", "402", "warning", "First line.\n\nThird line.", "- card %s was declined",
		"No funds.\nNo card.", "Pay.", `{"title":"Pay twice","text":"curl -d x\n\n  y\n","language":"sh"}` + "\n" + `{"text":"*z*"}`, "false",
		"card", "billing\ncards", "PAID\nUNPAID", "PAY-1", `{"title":"Guide","url":"https://example.com/?a=1&b=2"}`, "2.1", "use PAY-409",
		`{"x-team":{"name":"billing"},"x-on-call":"+1 <555> \u001b 1","x-weight":2.50,"x-open":true}`}
	if len(records) != 2 || !reflect.DeepEqual(records[1], want) {
		t.Errorf("got\n%q\nwant\n%q", records, want)
	}
}
