package render

import (
	"encoding/json"
	"os"
	"runtime"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/errcode-cli/errcode/internal/entry"
	"github.com/errcode-cli/errcode/internal/source"
)

func problem(file, message string) source.Problem {
	return source.Problem{Place: entry.Place{File: file, Line: 3, Column: 5}, Rule: "unknown-key", Message: message}
}

// TestSARIF checks logs by the schema that comes with Microsoft's SARIF tools
// (@microsoft/sarif-multitool 5.7.0, MIT): that of OASIS, in a newer draft.
func TestSARIF(t *testing.T) {
	file, err := os.Open("testdata/sarif-2.1.0.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	document, err := jsonschema.UnmarshalJSON(file)
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	if err := compiler.AddResource("sarif.json", document); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("sarif.json")
	if err != nil {
		t.Fatal(err)
	}
	validate := func(log string) {
		t.Helper()
		value, err := jsonschema.UnmarshalJSON(strings.NewReader(log))
		if err != nil {
			t.Fatalf("%v:\n%s", err, log)
		}
		if err := schema.Validate(value); err != nil {
			t.Errorf("%v:\n%s", err, log)
		}
	}

	// Names that must not break what they stand in, with their addresses.
	files := []struct{ name, uri string }{
		{"errors/pay.yaml", "errors/pay.yaml"},
		{"a b%c#d?e.yaml", "a%20b%25c%23d%3Fe.yaml"},
		{"ä漢.yaml", "%C3%A4%E6%BC%A2.yaml"},
		{"c:colon.yaml", "./c:colon.yaml"},
		{"../up.yaml", "../up.yaml"},
		{"bad\xff.yaml", "bad%FF.yaml"},
		{"line\nbreak,\x1b.yaml", "line%0Abreak,%1B.yaml"},
	}
	if runtime.GOOS != "windows" { // where this is no absolute path
		files = append(files, struct{ name, uri string }{"/srv/catalogs/sub/abs.yaml", "sub/abs.yaml"})
	}
	var problems []source.Problem
	for _, f := range files {
		problems = append(problems, problem(f.name, "a\x1b"))
	}
	problems = append(problems, problem("-", "standard input"))
	for range 2 {
		quality := problem("a.yaml", "no causes")
		quality.Rule, quality.Strict = "no-causes", true
		problems = append(problems, quality)
	}
	log := render(t, SARIF, Checked(problems), Options{Dir: "/srv/catalogs"})
	validate(log)
	validate(render(t, SARIF, Checked(nil), Options{}))

	var parsed sarifLog
	if err := json.Unmarshal([]byte(log), &parsed); err != nil {
		t.Fatal(err)
	}
	results := parsed.Runs[0].Results
	for i, f := range files {
		if got := results[i].Locations[0].Physical.Artifact.URI; got != f.uri {
			t.Errorf("%q is at %q, want %q", f.name, got, f.uri)
		}
	}
	if last := results[len(files)]; len(last.Locations) != 0 {
		t.Errorf("standard input is at %v", last.Locations)
	}
	if got := results[0]; got.Message.Text != `a\x1b` || got.Locations[0].Physical.Region != (sarifRegion{3, 5}) {
		t.Errorf("got %+v", got)
	}
	rules := parsed.Runs[0].Tool.Driver.Rules
	if len(rules) != 2 || rules[0] != (sarifRule{ID: "unknown-key"}) || rules[1].ID != "no-causes" ||
		rules[1].About == nil || rules[1].About.Text != source.AboutStrict("no-causes") {
		t.Errorf("the rules are %v", rules)
	}
	if rule := results[len(results)-1].RuleID; rule != "no-causes" {
		t.Errorf("the last is of the rule %q", rule)
	}
}

func TestGitHub(t *testing.T) {
	for _, test := range []struct{ file, message, want string }{
		{"a.yaml", "m", "::error file=a.yaml,line=3,col=5,title=unknown-key::m\n"},
		{"-", "m", "::error title=unknown-key::m\n"},
		{"a,b:c%.yaml", "50% of 1, 2: 3", "::error file=a%2Cb%3Ac%25.yaml,line=3,col=5,title=unknown-key::50%25 of 1, 2: 3\n"},
		{"a\n::set-env::.yaml", "a\n::add-mask::b\r\x1b", "::error file=a%0A%3A%3Aset-env%3A%3A.yaml,line=3,col=5,title=unknown-key::a%0A::add-mask::b\\x0d\\x1b\n"},
	} {
		got := render(t, GitHub, Checked([]source.Problem{problem(test.file, test.message)}), Options{})
		if got != test.want {
			t.Errorf("got  %q\nwant %q", got, test.want)
		}
	}
}

// TestStrictProblem holds that the name of a strict rule, by which it is left out or
// excused, stands where people look, and that of others does not.
func TestStrictProblem(t *testing.T) {
	p := problem("f", "m")
	if got, want := render(t, Text, Checked([]source.Problem{p}), Options{TextWidth: 80}), "f:3:5: m\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	p.Rule, p.Strict = "no-causes", true
	if got, want := render(t, Text, Checked([]source.Problem{p}), Options{TextWidth: 80}), "f:3:5: m [no-causes]\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := render(t, JSON, Checked([]source.Problem{p}), Options{}); !strings.Contains(got, `"rule": "no-causes"`) {
		t.Errorf("got %s", got)
	}
	if got := render(t, GitHub, Checked([]source.Problem{p}), Options{}); !strings.Contains(got, "title=no-causes::m\n") {
		t.Errorf("got %s", got)
	}
}

// TestExcerpt holds the mark under its column, whatever the line is made of.
func TestExcerpt(t *testing.T) {
	for _, test := range []struct {
		source string
		column int
		width  int
		want   string
	}{
		{"  titel: A", 3, 80, "  3 |   titel: A\n    |   ^\n"},
		{"漢字: A", 5, 80, "  3 | 漢字: A\n    |       ^\n"},
		{"a\x1b: B", 5, 80, "  3 | a\\x1b: B\n    |        ^\n"},
		{"end", 4, 80, "  3 | end\n    |    ^\n"},
		{strings.Repeat("a", 50) + "HERE" + strings.Repeat("b", 50), 51, 30, "  3 | …" + strings.Repeat("a", 15) + "HEREbbb…\n    | " + strings.Repeat(" ", 16) + "^\n"},
	} {
		p := problem("f", "m")
		p.Source, p.Column = test.source, test.column
		_, got, _ := strings.Cut(render(t, Text, Checked([]source.Problem{p}), Options{TextWidth: test.width}), "\n")
		if got != test.want {
			t.Errorf("%q: got\n%s\nwant\n%s", test.source, got, test.want)
		}
	}
}
