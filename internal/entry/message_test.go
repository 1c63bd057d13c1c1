package entry

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestMessage(t *testing.T) {
	for _, test := range []struct {
		message string
		words   string
		letters int
		in      []string
		not     []string
	}{
		{`relation "%s" does not exist`, "relation does not exist", 20,
			[]string{`relation "orders" does not exist`, `psql: ERROR:  relation "a.b c" does not exist at character 15`, `relation "" does not exist`, `RELATION  "x"	does not exist.`},
			[]string{"relation \"a\nb\" does not exist", `correlation "x" does not exist`, `relation "x" does not existing`, `relation x does not exist`}},
		{"card ending {last4} was declined", "card ending was declined", 21,
			[]string{"the card ending 4242 was declined by bank"}, []string{"card ending 42\n42 was declined", "card ending was declined"}},
		{"errno %d from {host}", "errno from", 9, []string{"errno 5 from x", "(errno -5 from )"}, []string{"errno five from x"}},
		{"%1$s: no such file or %-10.3ld: %(name)s ${x} %{y} <the file> $1…%q", "no such file or", 12,
			[]string{"cat: no such file or 7: a b c d e", "x: no such file or 12:     q"}, []string{"no such file or x: a"}},
		{"E%d at {x}px wide", "at wide", 9, []string{"E5 at 12px wide"}, []string{"XE5 at 12px wide"}},
		{"100%% of {{this}} <<and>> $$that", "100 of this and that", 16, []string{"100% of {this} <and>> $that"}, []string{"100%% of {{this}} <<and>> $$that"}},
		{"50% done, <nil> at 100%", "50 done at 100", 11, []string{"50% done, x at 100%"}, nil},
		{"{a} (connection refused)", "connection refused", 17, []string{"dial: (Connection Refused)"}, []string{"connection refused"}},
		{"größer als {n} Bytes", "großer als bytes", 14, []string{"größer als 5 Bytes!"}, []string{"xgrößer als 5 Bytes"}},
		{"{\"error\": \"not, found\"}", "error not found", 13, []string{`{"error": "not, found"}`}, nil},
	} {
		m := ParseMessage(test.message)
		if got := strings.Join(m.Words(), " "); got != test.words {
			t.Errorf("%q has the words %q", test.message, got)
		}
		if m.Letters() != test.letters {
			t.Errorf("%q has %d letters, not %d", test.message, m.Letters(), test.letters)
		}
		for _, text := range test.in {
			if !m.In(text) {
				t.Errorf("%q is not in %q", test.message, text)
			}
		}
		for _, text := range test.not {
			if m.In(text) {
				t.Errorf("%q is in %q", test.message, text)
			}
		}
	}
	for message, good := range map[string]bool{
		"%s": false, "{a}: {b}": false, "timeout": false, "timeouts": true, "a b": true, "%d a {x} b": true, "ab{x}": false, "": false, "a b\nc": false, "…": false,
	} {
		if got := messageBroken(message); (got == "") != good {
			t.Errorf("%q: %q", message, got)
		}
	}
}

// FuzzMessage holds that every message can be looked for, and that one without places is
// found in itself.
func FuzzMessage(f *testing.F) {
	for _, s := range []string{`relation "%s" does not exist`, "{a} %5.2d <b> $1 …", "%%{{", "$", "%", "<", "{", "a  b", "(?i)[", `\pL`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		m := ParseMessage(s)
		if len(m) == 1 && m[0].literal == s && utf8.ValidString(s) && !m.In(s) {
			t.Errorf("%q is not found in itself", s)
		}
		if m.Letters() == 0 && m.Words() != nil {
			t.Errorf("%q has words and no letters", s)
		}
	})
}

func TestStanding(t *testing.T) {
	for _, test := range []struct {
		message, words string
		want           Standing
	}{
		{"Too many open files", "too many open files", Entire},
		{"Too many open files in system", "too many open files", Within},
		{"Too many open files", "many open", Within},
		{"Too many open files", "open many", Apart},
		{"Too many open files", "too open files", Apart},
		{"Too many open files", "too many open files in", Apart},
		{"Rate-limit: exceeded!", "rate limit exceeded", Entire},
		{"Timeout", "timeout", Entire},
		{"Timeout of x", "timeout", Within},
		{"a b a b c", "a b c", Within},
		{"card ending {last4} was declined", "card ending 4242 was declined", Entire},
		{"card ending {last4} was declined", "card ending in 4242 was declined", Entire},
		{"card ending {last4} was declined", "card ending was declined", Entire},
		{"card ending {last4} was declined", "ending 4242 was", Within},
		{"card ending {last4} was declined", "the bank was declined", Within}, // by the place
		{"card ending {last4} was declined", "the bank declined", Apart},
		{"card ending {last4} was declined", "bank was", Apart}, // but one word is printed
		{"{a}: {b}", "anything at all", Apart},
		{"%s not found", "bucket not found", Entire},
		{"E%d at once", "e5 at once", Entire},
		{"took {n}ms in all", "took 12ms in all", Entire},
		{"took {n}ms in all", "took 12 in all", Entire},
		{"took", "", Apart},
		{"", "took", Apart},
	} {
		if got := ParseMessage(test.message).Standing(strings.Fields(test.words)); got != test.want {
			t.Errorf("%q in %q: %d, not %d", test.words, test.message, got, test.want)
		}
	}
	if Plain("100 %s {x}").Standing([]string{"s", "x"}) != Within || !Plain("{x}").Fixed() || ParseMessage("a {x}").Fixed() {
		t.Error("a plain text has places")
	}
}
