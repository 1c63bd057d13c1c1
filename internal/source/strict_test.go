package source

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

// problemsOf returns what a validation by some rules finds in a text, as Problem.String
// shows it.
func problemsOf(t *testing.T, rules []StrictRule, format, text string) []string {
	t.Helper()
	v := NewValidation(rules...)
	if err := v.Text(t.Context(), "f", format, []byte(text)); err != nil {
		t.Fatal(err)
	}
	return shown(t, v)
}

// problemsOfProject is the same of the catalogs of a project, f0.yaml and so on.
func problemsOfProject(t *testing.T, rules []StrictRule, texts ...string) []string {
	t.Helper()
	files := fstest.MapFS{"p.yaml": {Data: []byte("catalogs: [f*.yaml]\n")}}
	for i, text := range texts {
		name := fmt.Sprintf("f%d", i)
		files[name+".yaml"] = &fstest.MapFile{Data: []byte(strings.Replace(text, "catalog: a\n", "catalog: "+name+"\n", 1))}
	}
	v := NewValidation(rules...)
	for s, err := range FindIn(files, "p.yaml", "p.yaml") {
		if err == nil {
			err = v.check(t.Context(), s)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return shown(t, v)
}

// shown is what a validation found.
func shown(t *testing.T, v *Validation) []string {
	t.Helper()
	problems, err := v.Problems()
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, p := range problems {
		all = append(all, p.String())
	}
	return all
}

func chosen(t *testing.T, names ...string) []StrictRule {
	t.Helper()
	rules, err := ChooseRules(names, nil)
	if err != nil {
		t.Fatal(err)
	}
	return rules
}

// catalogOf is a catalog in YAML of entries in flow style, one a line from the fourth on.
func catalogOf(entries ...string) string {
	return "catalog: a\ntitle: A\nerrors:\n- " + strings.Join(entries, "\n- ") + "\n"
}

// nextFile is between the entries of one catalog of a project and those of the next.
const nextFile = "\n===\n"

// problemsOfEntries is problemsOf the catalog of entries, or problemsOfProject.
func problemsOfEntries(t *testing.T, rules []StrictRule, entries string) []string {
	t.Helper()
	var texts []string
	for text := range strings.SplitSeq(entries, nextFile) {
		texts = append(texts, catalogOf(text))
	}
	if len(texts) > 1 {
		return problemsOfProject(t, rules, texts...)
	}
	return problemsOf(t, rules, "yaml", texts[0])
}

// strictCases has, for each strict rule, entries that break it alone and entries that
// keep it.
var strictCases = []struct {
	rule         string
	broken, kept []string
}{
	{"no-description", []string{
		`{code: A, title: T}`,
	}, []string{
		`{code: A, title: T, description: d}`,
		`{code: A, title: T, description: T}`,
	}},
	{"no-causes", []string{
		`{code: A, title: T}`,
		`{code: A, title: T, causes: []}`,
	}, []string{
		`{code: A, title: T, causes: [c]}`,
	}},
	{"no-resolution", []string{
		`{code: A, title: T}`,
	}, []string{
		`{code: A, title: T, resolution: r}`,
	}},
	{"repeated-text", []string{
		`{code: A, title: T, description: "The same.", resolution: " The same.\n"}`,
		`{code: A, title: The same, resolution: The same}`,
	}, []string{
		`{code: A, title: T, description: d, resolution: r}`,
		`{code: A, title: T, description: d, resolution: T}`,
		`{code: A, title: T}`,
	}},
	{"same-text", []string{
		"{code: A, title: T, description: d, causes: [c], resolution: r}\n- {code: B, title: U, description: d, causes: [c], resolution: \"r\\n\"}",
		"{code: A, title: T, description: d}\n- {code: B, title: U, description: d}",
		"{code: A, title: T, resolution: r}\n- {code: B, title: T, resolution: r}",
		"{code: A, title: T, causes: [c]}\n- {code: B, title: T, causes: [c]}",
	}, []string{
		"{code: A, title: T}\n- {code: B, title: T}",
		"{code: A, title: T, description: d, causes: [c], resolution: r}\n- {code: B, title: T, description: d, causes: [c], resolution: s}",
		"{code: A, title: T, description: d, causes: [c, d]}\n- {code: B, title: T, description: d, causes: [d, c]}",
		"{code: A, title: T, description: d}\n- {code: B, title: T, resolution: d}",
		"{code: A, title: T, causes: [b, c]}\n- {code: B, title: T, causes: [bc]}",
	}},
	{"repeated-tag", []string{
		`{code: A, title: T, tags: [billing, cards, Billing]}`,
		`{code: A, title: T, tags: [größe, GRÖSSE, GRÖßE]}`,
	}, []string{
		`{code: A, title: T, tags: [billing, bill, ing]}`,
		`{code: A, title: T, tags: [billing], keywords: [billing, billing]}`,
	}},
	{"code-in-title", []string{
		`{code: A-1, title: What A-1 means}`,
		`{code: A-1, title: "(A-1)"}`,
		`{code: E1, title: E10 and E1}`,
		`{code: ä, title: ää ä}`,
	}, []string{
		`{code: A-1, title: What it means}`,
		`{code: E1, title: Not E10 or ME1 or E1_X}`,
		`{code: ä, title: ää}`,
		`{code: A, title: Account}`,
	}},
	{"full-stop", []string{
		`{code: A, title: It broke.}`,
		`{code: A, title: "It broke. "}`,
		`{code: A, title: 坏了。}`,
	}, []string{
		`{code: A, title: It broke}`,
		`{code: A, title: Wait...}`,
		`{code: A, title: In 2.0 and later}`,
	}},
	{"format-debris", []string{
		`{code: A, title: "Got %!s(MISSING)"}`,
		`{code: A, title: "Got %!(EXTRA int=3)"}`,
		`{code: A, title: "Got %!z(int=3)"}`,
		`{code: A, title: "Got %!(NOVERB)"}`,
		`{code: A, title: "Got %!d(BADINDEX)"}`,
		`{code: A, title: "Got %!v(PANIC=String method: x)"}`,
		`{code: A, title: T, causes: ["<no value>"]}`,
		`{code: A, title: T, links: [{title: "[object Object]", url: "https://example.com"}]}`,
	}, []string{
		`{code: A, title: "(MISSING) 100%!"}`,
		`{code: A, title: "100%! (MISSING)"}`,
		`{code: A, title: T, messages: ["he got %s, %d"]}`,
	}},
	{"alike", []string{
		"{code: A-1, title: T}\n- {code: a1, title: T}",
		"{code: A-1, title: T}\n- {code: B, title: T, aliases: [A_1]}",
		"{code: A, title: T, aliases: [X-1]}\n- {code: B, title: T, aliases: [x1]}",
	}, []string{
		"{code: A-1, title: T}\n- {code: A-2, title: T}",
		"{code: A-1, title: T, aliases: [a1]}",
	}},
	{"shared-alias", []string{
		"{code: A, title: T, aliases: [X]}\n- {code: B, title: T, aliases: [X]}",
		"{code: A, title: T, aliases: [X]}\n- {code: X, title: T}",
		"{code: X, title: T}\n- {code: A, title: T, aliases: [X]}",
		"{code: A, title: T, aliases: [X]}" + nextFile + "{code: B, title: T, aliases: [X]}",
		"{code: A, title: T, aliases: [X, X]}",
		"{code: A, title: T, aliases: [A]}",
	}, []string{
		"{code: A, title: T, aliases: [X]}\n- {code: B, title: T, aliases: [x]}",
		"{code: A, title: T}" + nextFile + "{code: A, title: T}",
	}},
	{"overridden", []string{
		"{code: A, title: T}" + nextFile + "{code: A, title: U}",
		"{code: A, title: T}" + nextFile + "{code: B, title: T}" + nextFile + "{code: A, title: U}",
	}, []string{
		"{code: A, title: T}" + nextFile + "{code: a, title: T}",
		"{code: A, title: T}" + nextFile + "{code: B, title: T, aliases: [A]}",
		"{code: A, title: T}" + nextFile + "{code: A, title: U} # errcode:ignore overridden",
	}},
	{"unknown-related", []string{
		`{code: A, title: T, related: [NOPE]}`,
		"{code: A, title: T, related: [b]}\n- {code: B, title: T}",
	}, []string{
		"{code: A, title: T, related: [B]}\n- {code: B, title: T, related: [C]}\n- {code: D, title: T, aliases: [C]}",
		`{code: A, title: T}`,
	}},
	{"vague-deprecated", []string{
		`{code: A, title: T, deprecated: use something else}`,
	}, []string{
		"{code: A, title: T, deprecated: use B}\n- {code: B, title: T}",
		`{code: A, title: T, deprecated: Removed in 2.0}`,
		`{code: A, title: T}`,
	}},
	{"unknown-rule", []string{
		`{code: A, title: T} # errcode:ignore no-cause`,
	}, []string{
		`{code: A, title: T} # errcode:ignore no-causes`,
		`{code: A, title: T} # errcode:ignore`,
	}},
}

func TestEachStrictRule(t *testing.T) {
	for _, r := range StrictRules {
		has := false
		for _, c := range strictCases {
			has = has || c.rule == r.Name && c.broken != nil && c.kept != nil
		}
		if !has {
			t.Errorf("no entry that breaks %s, or none that keeps it", r.Name)
		}
		if r.About == "" || AboutStrict(r.Name) != r.About {
			t.Errorf("%s is about %q", r.Name, r.About)
		}
	}
	if AboutStrict("syntax") != "" {
		t.Error("there is something to say of a rule that is not strict")
	}
	for _, c := range strictCases {
		rules := chosen(t, c.rule)
		others, err := ChooseRules(nil, []string{c.rule})
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range c.broken {
			found := problemsOfEntries(t, rules, text)
			if len(found) != 1 || !strings.HasSuffix(found[0], " ["+c.rule+"]") {
				t.Errorf("%s on %s: %q", c.rule, text, found)
			}
			for _, p := range problemsOfEntries(t, others, text) {
				if strings.HasSuffix(p, "["+c.rule+"]") {
					t.Errorf("without %s: %s", c.rule, p)
				}
			}
			if found := problemsOfEntries(t, nil, text); found != nil {
				t.Errorf("not strict: %q", found)
			}
		}
		for _, text := range c.kept {
			if found := problemsOfEntries(t, rules, text); found != nil {
				t.Errorf("%s on %s: %q", c.rule, text, found)
			}
		}
	}
}

// TestBrokenIsNotMissing holds that what breaks a hard rule is not called missing too,
// nor taken for a name.
func TestBrokenIsNotMissing(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{`{code: A, title: T, description: "", causes: none, resolution: [r]}`,
			`["f:4:36: expected text, not only blanks" "f:4:48: expected a list, not text" "f:4:66: expected text, not a list"]`},
		{"{code: '--', title: T}\n- {code: '++', title: T}",
			`["f:4:10: a code needs a letter or a digit" "f:5:10: a code needs a letter or a digit"]`},
		{"{title: T}\n- {code: A, title: T, deprecated: Gone ...}",
			`["f:4:3: missing key \"code\"" "f:5:35: names no code of the files to use instead, nor since when it is gone [vague-deprecated]"]`},
	} {
		rules := []string{"no-description", "no-causes", "no-resolution"}
		if !strings.Contains(test.text, "description") {
			rules = []string{"alike", "vague-deprecated"}
		}
		if got := fmt.Sprintf("%q", problemsOf(t, chosen(t, rules...), "yaml", catalogOf(test.text))); got != test.want {
			t.Errorf("%s:\ngot  %s\nwant %s", test.text, got, test.want)
		}
	}
}

func TestChooseRules(t *testing.T) {
	all := strictNames()
	for _, test := range []struct {
		only, without, want []string
	}{
		{nil, nil, all},
		{[]string{"alike"}, nil, []string{"alike"}},
		{[]string{"full-stop", "no-causes", "full-stop"}, nil, []string{"no-causes", "full-stop"}},
		{nil, []string{all[0], all[2]}, append([]string{all[1]}, all[3:]...)},
		{[]string{"alike", "full-stop"}, []string{"alike"}, []string{"full-stop"}},
	} {
		rules, err := ChooseRules(test.only, test.without)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, r := range rules {
			got = append(got, r.Name)
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("only %q, without %q: %q", test.only, test.without, got)
		}
	}
	for _, test := range []struct {
		only, without []string
		want          string
	}{
		{[]string{"no-cause"}, nil, `no strict rule is named "no-cause"; did you mean "no-causes"?`},
		{nil, []string{"alike", "zzz"}, `no strict rule is named "zzz"`},
		{[]string{""}, nil, `no strict rule is named ""`},
		{nil, []string{"unknown-key"}, `no strict rule is named "unknown-key"`},
		{[]string{"alike"}, []string{"alike"}, "no strict rule is left to ask for"},
		{nil, all, "no strict rule is left to ask for"},
	} {
		rules, err := ChooseRules(test.only, test.without)
		if err == nil || err.Error() != test.want || rules != nil {
			t.Errorf("only %q, without %q: %v, %v", test.only, test.without, rules, err)
		}
		unknown, ok := errors.AsType[*UnknownRuleError](err)
		if ok != strings.Contains(test.want, "named") || ok && !strings.Contains(test.want, fmt.Sprintf("%q", unknown.Name)) {
			t.Errorf("%v is a %T", err, err)
		}
	}
}

// TestSaysInstead is what says what to use instead of a deprecated code, or since when.
func TestSaysInstead(t *testing.T) {
	others := "\n- {code: PAY-2, title: T, aliases: [paid]}\n- {code: \"_x_\", title: T}\n- {code: a/b, title: T}\n- {code: E(1), title: T}"
	for _, good := range []string{
		"Removed in 2.0", "removed in v3", "v3", "Gone since V2.1.", "2.0: gone", "2026-03-01", "Gone (2026-03).",
		"since 2026/3/1", "01.03.2026", "Since 2024", "gone as of 2025, for good", "Since version 3",
		"Removed in release 12 of the API", "Removed in Go 1.21", "since 3", "dropped in 2.x", "Deprecated 1.4.0-rc.1", "v2.0+", "Version 7",
		"Use PAY-2", "use PAY-2.", "Use 'PAY-2' instead", "**PAY-2**", "See `PAY-2`, please", "(PAY-2)", "PAY-3/PAY-2",
		"paid", "use _x_", "Use a/b.", "[PAY-2](https://example.com)", "PAY-2's text", "use E(1)",
	} {
		text := catalogOf(fmt.Sprintf("{code: A-1, title: T, deprecated: %q}", good) + others)
		if found := problemsOf(t, chosen(t, "vague-deprecated"), "yaml", text); found != nil {
			t.Errorf("%q: %q", good, found)
		}
	}
	for _, vague := range []string{
		"use something else", "after 3 tries", "After 3 tries", "in 5 attempts", "Retried 3 times", "in 50% of all",
		"Error 5", "404", "Step 3.", "see RFC 7231", "IPv6 only", "vague", "v", "version", "soon", "2026", "-", "...", "1,000 requests",
		"A-1 is gone", "Use pay-2", "PAY-20",
	} {
		text := catalogOf(fmt.Sprintf("{code: A-1, title: T, deprecated: %q}", vague) + others)
		if found := problemsOf(t, chosen(t, "vague-deprecated"), "yaml", text); len(found) != 1 {
			t.Errorf("%q: %q", vague, found)
		}
	}
}

// TestExcuses is where a comment excuses an entry, and from what.
func TestExcuses(t *testing.T) {
	const (
		head      = "catalog: a\ntitle: A\nerrors:\n"
		noCauses  = "f:%d:%d: no causes: say why it may have happened [no-causes]"
		fullStop  = "f:%d:%d: the title ends in a full stop [full-stop]"
		hardTitle = `f:5:10: expected text, not a list`
	)
	at := func(format string, line, column int) string { return fmt.Sprintf(format, line, column) }
	for _, test := range []struct {
		name, text string
		want       []string
	}{
		{"no comment", head + "- code: A\n  title: T.\n",
			[]string{at(noCauses, 4, 3), at(fullStop, 5, 10)}},
		{"on the first line", head + "- code: A # errcode:ignore no-causes full-stop\n  title: T.\n", nil},
		{"on the first line, one rule", head + "- code: A # errcode:ignore no-causes\n  title: T.\n",
			[]string{at(fullStop, 5, 10)}},
		{"on the line above", head + "# errcode:ignore no-causes,full-stop\n- code: A\n  title: T.\n", nil},
		{"alone behind the hyphen", head + "- # errcode:ignore\n  code: A\n  title: T.\n", nil},
		{"on the problem's line", head + "- code: A\n  title: T. # errcode:ignore full-stop\n",
			[]string{at(noCauses, 4, 3)}},
		{"on another line", head + "- code: A\n  title: T.\n  # errcode:ignore\n  description: d\n",
			[]string{at(noCauses, 4, 3), at(fullStop, 5, 10)}},
		{"two lines above", head + "# errcode:ignore\n\n- code: A\n  title: T.\n",
			[]string{at(noCauses, 6, 3), at(fullStop, 7, 10)}},
		{"without a name", head + "# errcode:ignore\n- code: A\n  title: T.\n", nil},
		{"with a reason", head + "# errcode:ignore no-causes -- nobody knows any\n- code: A\n  title: T.\n",
			[]string{at(fullStop, 6, 10)}},
		{"with nothing but a reason", head + "# errcode:ignore -- nobody knows any\n- code: A\n  title: T.\n", nil},
		{"the wrong rule", head + "# errcode:ignore alike\n- code: A\n  title: T.\n",
			[]string{at(noCauses, 5, 3), at(fullStop, 6, 10)}},
		{"a longer word", head + "# errcode:ignored\n- code: A\n  title: T.\n",
			[]string{at(noCauses, 5, 3), at(fullStop, 6, 10)}},
		{"another comment", head + "# about errcode:ignore\n- code: A\n  title: T.\n",
			[]string{at(noCauses, 5, 3), at(fullStop, 6, 10)}},
		{"no comment without a blank", head + "- code: A#errcode:ignore\n  title: T.\n",
			[]string{at(noCauses, 4, 3), at(fullStop, 5, 10)}},
		{"tight and wide", head + "- code: A\t#errcode:ignore\tno-causes  ,  full-stop\t\n  title: T.\n", nil},
		{"hard rules are not excused", head + "- code: A # errcode:ignore\n  title: [x] # errcode:ignore wrong-type\n",
			[]string{hardTitle, `f:5:31: no strict rule is named "wrong-type"; a reason stands behind "--" [unknown-rule]`}},
		{"an unknown rule", head + "# errcode:ignore no-cause because\n- {code: A, title: T, causes: [c]}\n",
			[]string{`f:4:18: no strict rule is named "no-cause"; did you mean "no-causes"? [unknown-rule]`}},
		{"an unknown rule beside a known one", head + "- {code: Ä, title: T.} # errcode:ignore no-causes, full-stop, ignore\n",
			[]string{`f:4:63: no strict rule is named "ignore"; a reason stands behind "--" [unknown-rule]`}},
		{"an unknown rule by which nothing is excused, below all entries", head + "- {code: A, title: T, causes: [c]}\n# errcode:ignore x-y",
			[]string{`f:5:18: no strict rule is named "x-y"; a reason stands behind "--" [unknown-rule]`}},
		{"an unknown rule is a problem that can be excused", head + "# errcode:ignore unknown-rule x-y\n- {code: A, title: T, causes: [c]}\n", nil},
		{"flow, an entry a line", head + "- {code: A, title: T.} # errcode:ignore\n- {code: B, title: T.}\n",
			[]string{at(noCauses, 5, 3), at(fullStop, 5, 20)}},
		{"flow, the list too", "catalog: a\ntitle: A\nerrors: [\n  # errcode:ignore no-causes\n  {code: A, title: T.},\n  {code: B, title: T.}, # errcode:ignore full-stop\n  { # errcode:ignore\n    code: C, title: T}]\n",
			[]string{at(fullStop, 5, 20), at(noCauses, 6, 3)}},
		{"flow, all on one line", "{catalog: a, title: A, errors: [{code: A, title: T.}]} # errcode:ignore", nil},
		{"flow, quoted keys", head + "- {\"code\": \"A\", \"title\": \"T.\"} # errcode:ignore\n", nil},
		{"an anchor", head + "- &a # errcode:ignore\n  code: A\n  title: T.\n", nil},
		{"in double quotes", head + "- code: A\n  title: \"T # errcode:ignore x.\"\n",
			[]string{at(noCauses, 4, 3), at(fullStop, 5, 10)}},
		{"in single quotes", head + "- {code: A, title: 'it''s # errcode:ignore .'}\n",
			[]string{at(noCauses, 4, 3), at(fullStop, 4, 20)}},
		{"in a key and in a list", head + "- {code: A, title: T., x-a: {\" # errcode:ignore nope\": 1}}\n- {code: B, title: U., causes: [\" # errcode:ignore nope\"]}\n",
			[]string{at(noCauses, 4, 3), at(fullStop, 4, 20), at(fullStop, 5, 20)}},
		{"in a text that is repeated", head + "- {code: A, title: \"T # errcode:ignore\", x-a: &x [\" # errcode:ignore\"], x-b: *x, x-c: *x}\n# errcode:ignore\n- {code: B, title: U.}\n",
			[]string{at(noCauses, 4, 3)}},
		{"in quotes and behind them", head + "- {code: A, title: \" # errcode:ignore # errcode:ignore nope.\"} # errcode:ignore no-causes\n",
			[]string{at(fullStop, 4, 20)}},
		{"in a block", head + "- code: A\n  title: T\n  description: |\n    Write\n    # errcode:ignore nope\n- code: B\n  title: T\n  causes: [c]\n",
			[]string{at(noCauses, 4, 3)}},
		{"in a block, then a comment", head + "- code: A\n  title: T\n  causes: [c]\n  description: |\n    # errcode:ignore nope\n# errcode:ignore\n- code: B\n  title: T.\n", nil},
		{"CR LF", strings.ReplaceAll(head+"# errcode:ignore no-causes\n- code: A\n  title: T. # errcode:ignore full-stop\n- code: B # errcode:ignore\n  title: T.\n", "\n", "\r\n"), nil},
		{"a byte order mark", "\ufeff# errcode:ignore nope\n" + head + "- {code: A, title: T, causes: [c]}\n",
			[]string{`f:1:18: no strict rule is named "nope"; a reason stands behind "--" [unknown-rule]`}},
		{"a byte order mark before all", "\ufeff{catalog: a, title: A, errors: [{code: A, title: T.}]} # errcode:ignore\n", nil},
		{"a long line", head + "- {code: A, title: T., description: " + strings.Repeat("long ", longestQuote/2) + "} # errcode:ignore\n- {code: B, title: T.} # errcode:ignore no-causes\n",
			[]string{at(fullStop, 5, 20)}},
		{"not in a file with an error", "# errcode:ignore nope\ncatalog: [\n", []string{"f:3:1: expected a value"}},
	} {
		if got := problemsOf(t, chosen(t, "no-causes", "full-stop", "unknown-rule"), "yaml", test.text); !slices.Equal(got, test.want) {
			t.Errorf("%s: got\n%s\nwant\n%s", test.name, strings.Join(got, "\n"), strings.Join(test.want, "\n"))
		}
	}

	inJSON := `{"catalog": "a", "title": "A", "errors": [{"code": "A", "title": "A", "x-a": " # errcode:ignore nope"}]}`
	if got := problemsOf(t, StrictRules, "json", inJSON); len(got) != 4 {
		t.Errorf("JSON has no comments, but %q", got)
	}
	if got := problemsOf(t, chosen(t, "alike"), "yaml", "# errcode:ignore nope\n"+catalogOf("{code: A, title: T}")); got != nil {
		t.Errorf("a rule that was not chosen: %q", got)
	}
}

// TestManyWithoutCauses holds that a catalog whose entries share a fault can be checked
// for the rest, and quickly.
func TestManyWithoutCauses(t *testing.T) {
	var entries []string
	for i := range 6700 {
		entries = append(entries, fmt.Sprintf("{code: E-%d, title: T, description: d%[1]d, resolution: r, related: [E-%d]}", i, (i+1)%6700))
	}
	entries[6000] = "{code: E-6000, title: T., description: d, resolution: r} # errcode:ignore alike"
	rules, err := ChooseRules(nil, []string{"no-causes"})
	if err != nil {
		t.Fatal(err)
	}
	text := catalogOf(entries...)
	begin := time.Now()
	got := problemsOf(t, rules, "yaml", text)
	if want := []string{"f:6004:25: the title ends in a full stop [full-stop]"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if took := time.Since(begin); took > 20*time.Second { // it takes a tenth of a second
		t.Errorf("it took %v", took)
	}
	if all := problemsOf(t, StrictRules, "yaml", text); len(all) != 6701 {
		t.Errorf("%d problems", len(all))
	}
}
