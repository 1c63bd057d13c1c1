package source

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// TestLife is what a catalog says of its codes' life, and entries that contradict it.
func TestLife(t *testing.T) {
	const head = "catalog: a\ntitle: A\n"
	for _, test := range []struct{ text, want string }{
		{head + "retired: [A-1, A-2]\nrange: [A-1-9]\nerrors:\n- {code: A-3, title: T, aliases: [OLD]}\n", ""},
		{head + "retired: [A-1, OLD]\nerrors:\n- {code: A-1, title: T}\n- {code: A-2, title: T, aliases: [a-1, OLD]}\n",
			`5:10: "A-1" is retired (line 3), and never comes back
6:40: "OLD" is retired (line 3), and never comes back`},
		// Wherever the head stands.
		{"errors:\n- {code: A-1, title: T}\n- {code: B, title: T}\ntitle: A\nrange: [A-1-9]\nretired:\n- A-1\ncatalog: a\n",
			`2:10: "A-1" is retired (line 7), and never comes back
3:10: "B" is in no block of the catalog (line 5)`},
		{head + "range: [A-100-199, 7-8]\nerrors:\n- {code: A-99, title: T}\n- {code: A-0100, title: T}\n- {code: A-200, title: T, aliases: [B-1]}\n- {code: 7, title: T}\n- {code: 9, title: T}\n- {code: A, title: T}\n",
			`5:10: "A-99" is in no block of the catalog (line 3)
7:10: "A-200" is in no block of the catalog (line 3)
9:10: "9" is in no block of the catalog (line 3)
10:10: "A" is in no block of the catalog (line 3)`},
		{head + "range:\n- A-5-9\n- B-1-9\n- A-1-3\n- A-7-8\n- A-9-9\nerrors:\n- {code: X, title: T}\n",
			`7:3: the block A-7-8 overlaps A-5-9 (f:4)
8:3: the block A-9-9 overlaps A-5-9 (f:4)`},
		{head + "range: [A-1-100, B-5-9, B-6-7]\nerrors:\n- {code: A-1, title: T}\n", "3:25: the block B-6-7 overlaps B-5-9 (f:3)"},
		// What breaks a rule already is said once.
		{head + "retired: A-1\nrange: [A]\nerrors:\n- {code: A 1, title: T}\n- {code: A-1, title: T}\n",
			`3:10: expected a list, not text
4:9: expected a range such as PAY-400-499 or 1000-1999
6:10: a code holds no blanks or control characters`},
		{head + "range: [A-1-2]\nerrors:\n- {code: A 1, title: T}\n", `5:10: a code holds no blanks or control characters`},
		{head + "retired: [A-1]\nerrors:\n- &one {code: A-1, title: T}\n- *one\n", `5:15: "A-1" is retired (line 3), and never comes back
6:3: "A-1" is the code at line 5 already`},
	} {
		if got := strings.Join(check(t, false, "yaml", test.text), "\n"); got != test.want {
			t.Errorf("%s\ngot\n%s\nwant\n%s", test.text, got, test.want)
		}
	}
}

// TestManyBlocks checks that many blocks, and codes in them, take no more than many codes.
func TestManyBlocks(t *testing.T) {
	var b strings.Builder
	b.WriteString("catalog: a\ntitle: A\nrange:\n")
	for i := range 5000 {
		fmt.Fprintf(&b, "- A-%d-%d\n", 10*i, 10*i+8)
	}
	b.WriteString("errors:\n")
	for i := range 5000 {
		fmt.Fprintf(&b, "- {code: A-%d, title: T}\n", 10*i+4)
	}
	b.WriteString("- {code: A-9, title: T}\n")
	if got := check(t, false, "yaml", b.String()); !slices.Equal(got, []string{`10005:10: "A-9" is in no block of the catalog (line 4)`}) {
		t.Errorf("%.200q", got)
	}
}

// TestProjectChecked checks the catalogs of a project together: their blocks and names,
// and for quality the codes that they share.
func TestProjectChecked(t *testing.T) {
	texts := []string{
		"catalog: a\ntitle: A\nrange: [A-1-9, A-5-6]\nerrors:\n- {code: A-1, title: T}\n",
		"catalog: a\ntitle: A\nrange:\n- B-1-9\n- A-9-20\nerrors:\n- {code: B-1, title: T}\n",
	}
	want := []string{
		"f0.yaml:3:16: the block A-5-6 overlaps A-1-9 (f0.yaml:3)",
		"f1.yaml:5:3: the block A-9-20 overlaps A-1-9 (f0.yaml:3)",
	}
	if got := problemsOfProject(t, nil, texts...); !slices.Equal(got, want) {
		t.Errorf("got\n%q\nwant\n%q", got, want)
	}
	// What breaks a rule already is said once.
	texts = []string{catalogOf("{code: A, title: T}", "{code: A, title: T}", "{code: B 1, title: T}"), catalogOf("{code: B 1, title: T}")}
	want = []string{`f0.yaml:5:10: "A" is the code at line 4 already`, "f0.yaml:6:10: a code holds no blanks or control characters", "f1.yaml:4:10: a code holds no blanks or control characters"}
	if got := problemsOfProject(t, chosen(t, "overridden"), texts...); !slices.Equal(got, want) {
		t.Errorf("got\n%q\nwant\n%q", got, want)
	}
	// By themselves they have nothing to do with one another.
	v := NewValidation(chosen(t, "overridden")...)
	for i, text := range []string{"catalog: a\ntitle: A\nrange: [B-1-9]\nerrors: [{code: B-1, title: T}]", "catalog: a\ntitle: A\nrange: [B-1-2]\nerrors: [{code: B-1, title: T}]"} {
		if err := v.Text(t.Context(), fmt.Sprint("f", i), "", []byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if got := shown(t, v); got != nil {
		t.Errorf("%q", got)
	}
}
