package scan

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// written writes a piece as its key, what of the text may be codes, and whether it is
// in an address or the last of one.
func written(p Piece) string {
	var s strings.Builder
	if p.Key != "" {
		s.WriteString(p.Key + ": ")
	}
	for i, n := range p.Ends {
		if i > 0 {
			s.WriteString(" | ")
		}
		s.WriteString(p.Text[:n])
	}
	if p.Last {
		s.WriteString(" (last)")
	} else if p.Address {
		s.WriteString(" (address)")
	}
	return s.String()
}

func TestPieces(t *testing.T) {
	for _, test := range []struct {
		text string
		want []string
	}{
		{"", nil},
		{" \t\n", nil},
		{"-- ... [] _ «»", nil},
		{"AUTH-401", []string{"AUTH-401"}},
		{"платеж-7 错误", []string{"платеж-7", "错误"}},

		// What is no border within a code.
		{"AUTH-401.2", []string{"AUTH-401.2"}},
		{"NOT-AUTH-401", []string{"NOT-AUTH-401"}},
		{"AUTH-401-EXPIRED", []string{"AUTH-401-EXPIRED"}},
		{"x_AUTH-401_x", []string{"x_AUTH-401_x"}},
		{"ddl:1045", []string{"ddl:1045"}},
		{"!AUTH-401", []string{"!AUTH-401"}},
		{"AUTH-401!x", []string{"AUTH-401!x"}},
		{"-32600", []string{"-32600"}},

		// Blanks, quotes, brackets.
		{"E1\u00a0E2\u2028E3\u3000E4\x00E5\xffE6", []string{"E1", "E2", "E3", "E4", "E5", "E6"}},
		{"“E1” „E2“ «E3» ‘E4’ ‚E5‘ ‹E6›", []string{
			"“E1 | “E1”", "E1 | E1”", "„E2 | „E2“", "E2 | E2“", "«E3 | «E3»", "E3 | E3»", "‘E4 | ‘E4’", "E4 | E4’", "‚E5 | ‚E5‘", "E5 | E5‘", "‹E6 | ‹E6›", "E6 | E6›"}},
		{"error[XY-101]", []string{"error | error[XY-101 | error[XY-101]", "error: XY-101 | XY-101]"}},
		{"a{B}", []string{"a | a{B | a{B}", "B | B}"}},
		{"don't", []string{"don | don't", "don: t"}},

		// The other characters, of which a code may hold one.
		{"a/b=c,d", []string{"a | a/b | a/b=c | a/b=c,d", "b | b=c | b=c,d", "b: c | c,d", "d"}},
		{"a;b?c&d", []string{"a | a;b | a;b?c | a;b?c&d", "b | b?c | b?c&d", "c | c&d", "d"}},
		{"a#b|c<d>e", []string{"a | a#b | a#b|c | a#b|c<d | a#b|c<d>e", "b | b|c | b|c<d | b|c<d>e", "c | c<d | c<d>e", "d | d>e", "e"}},
		{"#N/A", []string{"#N | #N/A", "N | N/A", "A"}},
		{strings.Repeat("ж", 64) + ",b c/" + strings.Repeat("ж", 64) + ",b", []string{
			strings.Repeat("ж", 64), "b", "b: c", strings.Repeat("ж", 64), "b"}},
		{"app/XY-101", []string{"app | app/XY-101", "XY-101"}},

		// The ends of parts of sentences.
		{"E1042: no price list", []string{"E1042 | E1042:", "no", "no: price", "price: list"}},
		{"see AUTH-401.", []string{"see", "see: AUTH-401 | AUTH-401."}},
		{"E1!\nE2", []string{"E1 | E1!", "E2"}},
		{"E1... (E2.) \"E3!\"", []string{"E1 | E1...", "(E2 | (E2. | (E2.)", "E2 | E2. | E2.)", "\"E3 | \"E3! | \"E3!\"", "E3 | E3! | E3!\""}},
		{"E1:(x", []string{"E1: | E1:(x", "x"}}, // what opens ends no sentence

		// Control sequences.
		{"\x1b[1;31mAUTH-401\x1b[0m: x", []string{"AUTH-401 | AUTH-401:", "x"}},
		{"AUTH\x1b[0m-401", []string{"AUTH | AUTH-401", "-401"}},
		{"a\x1b[mE1\x1b[Kb", []string{"a | aE1 | aE1b", "E1 | E1b", "b"}},
		{"\x1b]0;NOPE-1\aE1 \x1b]8;;https://a/NOPE-1\x1b\\E2\x1b]8;;\x1b\\", []string{"E1", "E2"}},
		{"\x1b]0;E1 E2\nE3\a", []string{"]0 | ]0;E1", "0 | 0;E1", "E1", "E2", "E3"}},
		{"\\\x1b[mnE1 E2\x1b[mx", []string{"\\nE1", "E1", "E2 | E2x", "x"}}, // within an escape too

		// Escapes.
		{`\tAUTH-401\r`, []string{`\tAUTH-401 | \tAUTH-401\r`, `AUTH-401 | AUTH-401\r`}},
		{`\\\"E1\\\"`, []string{`\\\"E1 | \\\"E1\\\"`, `E1 | E1\\\"`}},
		{`x\'E1.\'`, []string{`x | x\'E1 | x\'E1. | x\'E1.\'`, `x: E1 | E1. | E1.\'`}},
		{`\u001b[31mE1\u001B[0m`, []string{`\u001b[31mE1 | \u001b[31mE1\u001B[0m`, `E1 | E1\u001B[0m`}},
		{`\x1b[31mE1\x1b[0m`, []string{`\x1b[31mE1 | \x1b[31mE1\x1b[0m`, `E1 | E1\x1b[0m`}},
		{`\x1b[2 E1`, []string{`\x1b[2`, `[2`, `2`, `E1`}},
		{`\u0022E1\u003e`, []string{`\u0022E1 | \u0022E1\u003e`, `E1 | E1\u003e`}},
		{`%20E1%22`, []string{`%20E1 | %20E1%22`, `E1 | E1%22`}},
		{`C:\newAUTH-401`, []string{`C | C: | C:\newAUTH-401`, `c: ewAUTH-401`}},
		{`a\E1`, []string{`a\E1`}},
		{`a\u0041 a%41 a\xd0\x9f a%D0%9F a%`, []string{`a\u0041`, `a%41`, `a\xd0\x9f`, `a%D0%9F`, `a%`}},

		// Keys.
		{"errorCode: 5", []string{"errorCode | errorCode:", "code: 5"}},
		{`"errorCode" = "5"`, []string{`"errorCode | "errorCode"`, `errorCode | errorCode"`, `code: "5 | "5"`, `code: 5 | 5"`}},
		{"SQLSTATE[23505]", []string{"SQLSTATE | SQLSTATE[23505 | SQLSTATE[23505]", "sqlstate: 23505 | 23505]"}},
		{"SQLState=1 http_status=2 app.error.code=3 sc-status=4", []string{
			"SQLState | SQLState=1", "sqlstate: 1", "http_status | http_status=2", "status: 2",
			"app.error.code | app.error.code=3", "code: 3", "sc-status | sc-status=4", "status: 4"}},
		{"errno 5", []string{"errno", "errno: 5"}},
		{"took 5 ms", []string{"took", "took: 5", "ms"}},
		{"OSError(5", []string{"OSError | OSError(5", "oserror: 5"}},
		{"code,5 code2=5 code_=5 code 5=6", []string{"code | code,5", "5", "code2 | code2=5", "5", "code_ | code_=5", "5", "code", "code: 5 | 5=6", "6"}},
		{"КОД=5", []string{"КОД | КОД=5", "код: 5"}},

		// Addresses.
		{"x://E1/y", []string{"x: | x:/ | x://E1 | x://E1/y (address)", "/E1 | /E1/y (address)", "E1 | E1/y (address)", "y (last)"}},
	} {
		var got []string
		for p := range Pieces(test.text) {
			got = append(got, written(p))
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%q:\n%s\nwant\n%s", test.text, strings.Join(got, "\n"), strings.Join(test.want, "\n"))
		}
	}
}

// In an URL, the suffix of a page is no part of a code.
func TestAddresses(t *testing.T) {
	for _, test := range []struct {
		text string
		want []string // of the pieces that begin with E1
	}{
		{"https://a.b/errors/E1.html", []string{"E1 | E1.html (last)"}},
		{"https://a.b/E1.htm?E1#E1.md", []string{
			"E1 | E1.htm | E1.htm?E1 | E1.htm?E1#E1.md (last)", "E1 | E1#E1.md (address)", "E1.md (address)"}},
		{"https://a.b/E1.md#E1", []string{"E1 | E1.md | E1.md#E1 (last)", "E1 (address)"}},
		{"https://a.b/E1/", []string{"E1 | E1/ (last)"}},
		{"https://a.b/E1/x.html", []string{"E1 | E1/x | E1/x.html (address)"}},
		{"https://a.b/E1.html.gz https://a.b/E1.txt", []string{"E1.html.gz (last)", "E1.txt (last)"}},
		{"https://E1/", []string{"E1 | E1/ (address)"}},
		{"https://a.b?code=E1", []string{"code: E1 (address)"}},
		{"a.b/E1.html", []string{"E1.html"}},
		{"see (https://a.b/E1.html).", []string{"E1 | E1.html | E1.html) | E1.html). (last)"}},
		{"E1, <https://a.b/E1.html>: E1", []string{"E1 | E1,", "E1 | E1.html | E1.html> | E1.html>: (last)", "E1"}},
		{`"E1":"x://a/E1.md","E1"`, []string{
			`E1 | E1" | E1": | E1":"x: | E1":"x:/ | E1":"x://a | E1":"x://a/E1 | E1":"x://a/E1.md | E1":"x://a/E1.md" | E1":"x://a/E1.md", | E1":"x://a/E1.md","E1 | E1":"x://a/E1.md","E1"`,
			`E1 | E1.md | E1.md" | E1.md", | E1.md","E1 | E1.md","E1" (last)`, `E1 | E1"`}},
		{"[1](https://a.b/E1.html),", []string{"E1 | E1.html | E1.html) | E1.html), (last)"}},
		{`\"https://a.b/E1.html\"`, []string{`E1 | E1.html | E1.html\" (last)`}},
		{"https://a.b/c?u=https://d.e/E1.html", []string{"E1 | E1.html (last)"}},
		{"https://a/E1.html,x://b/E1.html", []string{
			"E1 | E1.html | E1.html,x: | E1.html,x:/ | E1.html,x://b | E1.html,x://b/E1 | E1.html,x://b/E1.html (last)", "E1 | E1.html (last)"}},
	} {
		var got []string
		for p := range Pieces(test.text) {
			if strings.HasPrefix(p.Text, "E1") {
				got = append(got, written(p))
			}
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%q:\n%s\nwant\n%s", test.text, strings.Join(got, "\n"), strings.Join(test.want, "\n"))
		}
	}
}

// However large a text is, and whatever it repeats, the work is a few steps for each
// byte: a square of these takes minutes.
func TestHostile(t *testing.T) {
	t.Parallel()
	const size = 1 << 19
	for _, part := range []string{"/", "a/", "[", "a=", "\\", `\n`, `\x1b[1`, "%2", ":", "a.", "://", "a://a/", "\x1b[", "\x1b[1", "\x1b]", "\x1b[m", "aB", "-"} {
		text := "https://" + strings.Repeat(part, size/len(part)) + "-5 code 5"
		ends := 0
		var last Piece
		for last = range Pieces(text) {
			ends += len(last.Ends)
		}
		if ends > MaxLength*size || last.Text != "5" || last.Key != "code" {
			t.Errorf("%q: %d ends, then %+v", part, ends, last)
		}
	}
}

func FuzzPieces(f *testing.F) {
	f.Add("error[XY-101]: see (https://example.com/e/XY-101.html#a). \x1b[1mE\x1b[0m-1", uint64(1))
	f.Add(`{"errorCode":"5\n","m":"\u001b[31mE1\x1b[0m%20\\\"E2\\\""}`, uint64(2))
	f.Add("\x1b]0;a\aE\xff1 “E2.” code=#N/A! a://b://c.md/", uint64(3))
	f.Fuzz(func(t *testing.T, text string, seed uint64) {
		plain, _ := withoutSequences(text)
		rest := plain
		for p := range Pieces(text) {
			at := strings.Index(rest, p.Text)
			if at < 0 || len(p.Ends) == 0 || !slices.IsSorted(p.Ends) || len(slices.Compact(slices.Clone(p.Ends))) != len(p.Ends) {
				t.Fatalf("%q of %q: %+v", rest, text, p)
			}
			rest = rest[at:]
			for _, n := range p.Ends {
				if n < 1 || n > min(len(p.Text), MaxLength) || !utf8.ValidString(p.Text[:n]) || !strings.ContainsFunc(p.Text[:n], isAlphanumeric) {
					t.Fatalf("%d of %q: %+v", n, text, p)
				}
			}
			if strings.ContainsFunc(p.Text, isBlank) || p.Last && !p.Address || p.Key != strings.ToLower(p.Key) {
				t.Fatalf("%q: %+v", text, p)
			}
		}

		// With colour in it, a text has the same pieces, and a few more.
		if strings.ContainsRune(plain, esc) || !utf8.ValidString(plain) {
			return
		}
		r := rand.New(rand.NewPCG(seed, 0))
		var b strings.Builder
		for _, c := range plain {
			if r.IntN(4) == 0 {
				b.WriteString("\x1b[1m")
			}
			b.WriteRune(c)
		}
		colored := slices.Collect(Pieces(b.String()))
		for p := range Pieces(plain) {
			i := slices.IndexFunc(colored, func(c Piece) bool {
				return c.Text == p.Text && c.Key == p.Key && c.Address == p.Address && c.Last == p.Last
			})
			if i < 0 || slices.ContainsFunc(p.Ends, func(n int) bool { return !slices.Contains(colored[i].Ends, n) }) {
				t.Fatalf("%q has %+v, and %q only %+v", plain, p, b.String(), colored)
			}
			colored = colored[i:]
		}
	})
}
