package scan

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"
	"unicode"
	"unicode/utf8"
)

// A place is a finding in full, to be compared.
type place struct {
	code         int
	unknown      bool
	offset       int
	text         string
	line, column int64
}

// oracle finds what a scan must find, by the letter of the rules.
func oracle(text string, codes []string, o Options) []place {
	equal := func(a, b string) bool { return a == b || o.IgnoreCase && strings.EqualFold(a, b) }
	token := func(start, end int) bool {
		before, _ := utf8.DecodeLastRuneInString(text[:start])
		after, _ := utf8.DecodeRuneInString(text[end:])
		word := func(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) }
		return utf8.RuneStart(text[start]) && !word(before) && !word(after)
	}
	blank := func(r rune) bool { return r <= ' ' || r == 0x7f }
	codes = slices.Clone(codes)
	for i, code := range codes {
		if len(code) > MaxLength || !utf8.ValidString(code) || strings.ContainsFunc(code, blank) {
			codes[i] = "" // stands for one that is not looked for
		}
	}
	known := func(s string) int {
		find := func(equal func(a, b string) bool) int {
			return slices.IndexFunc(codes, func(code string) bool { return code != "" && equal(code, s) })
		}
		if exact := find(func(a, b string) bool { return a == b }); exact >= 0 {
			return exact
		}
		return find(equal)
	}
	// Whatever case a code is in, it takes at most three times the bytes.
	longest := func(start int, find func(end int) int) (code, end int) {
		for end := min(len(text), start+3*MaxLength); end > start; end-- {
			if token(start, end) {
				if code := find(end); code >= 0 {
					return code, end
				}
			}
		}
		return -1, 0
	}

	var found []place
	add := func(code, start, end int, unknown bool) {
		line := strings.Count(text[:start], "\n") + 1
		column := utf8.RuneCountInString(text[strings.LastIndexByte(text[:start], '\n')+1:start]) + 1
		found = append(found, place{code, unknown, start, text[start:end], int64(line), int64(column)})
	}
	for i := 0; i < len(text); i++ {
		if code, end := longest(i, func(end int) int { return known(text[i:end]) }); code >= 0 {
			add(code, i, end, false)
			i = end - 1
		}
	}
	if !o.Unknown {
		return found
	}

	split := func(s string) (before, after string, ok bool) {
		end := strings.LastIndexAny(s, "0123456789") + 1
		before = strings.TrimRight(s[:end], "0123456789")
		return before, s[end:], end > 0
	}
	relative := func(s string) int {
		before, after, ok := split(s)
		if !ok {
			return -1
		}
		folded := s // its length is that without case
		if o.IgnoreCase {
			folded = strings.Map(foldRune, s)
		}
		if len(folded) > MaxLength {
			return -1
		}
		return slices.IndexFunc(codes, func(code string) bool {
			b, a, digits := split(code)
			return digits && equal(before, b) && equal(after, a) && strings.ContainsFunc(code, unicode.IsLetter)
		})
	}
	free := func(start, end int) bool {
		return !slices.ContainsFunc(found, func(p place) bool { return p.offset < end && start < p.offset+len(p.text) })
	}
	for i := 0; i < len(text); i++ {
		code, end := longest(i, func(end int) int {
			if !free(i, end) {
				return -1
			}
			return relative(text[i:end])
		})
		if code >= 0 {
			add(code, i, end, true)
			i = end - 1
		}
	}
	slices.SortFunc(found, func(a, b place) int { return a.offset - b.offset })
	return found
}

func scanned(t testing.TB, c *Codes, r io.Reader) []place {
	t.Helper()
	var found []place
	for f, err := range c.Scan(t.Context(), r) {
		if err != nil {
			t.Fatal(err)
		}
		line, column := f.Place()
		found = append(found, place{f.Code, f.Unknown, int(f.Offset), string(f.Text), line, column})
	}
	return found
}

// check scans a text with every anchor, as a whole and in lines, and compares.
func check(t *testing.T, text string, codes []string, o Options) {
	t.Helper()
	want := oracle(text, codes, o)
	compiled := Compile(slices.Values(codes), o)
	all := compiled.anchors
	for i, a := range all {
		compiled.anchors = []anchor{a}
		if got := scanned(t, compiled, strings.NewReader(text)); !slices.Equal(got, want) {
			t.Fatalf("anchor %d of %d, %+v\ncodes %q\ntext  %q\nfound %v\nwant  %v", i, len(all), o, codes, text, got, want)
		}
	}
	compiled.anchors = all
	var whole strings.Builder
	var number int64
	var inLines []place
	for line, err := range compiled.Lines(t.Context(), iotest.HalfReader(strings.NewReader(text))) {
		if err != nil {
			t.Fatal(err)
		}
		if number++; line.Number != number || line.More {
			t.Fatalf("line %d, more %v, want %d", line.Number, line.More, number)
		}
		for _, f := range line.Findings {
			n, column := f.Place()
			inLines = append(inLines, place{f.Code, f.Unknown, int(f.Offset), string(f.Text), n, column})
			if at := int(f.Offset) - whole.Len(); n != number || !bytes.HasPrefix(line.Text[at:], f.Text) {
				t.Fatalf("%q is not in line %d, %q", f.Text, number, line.Text)
			}
			excerpt, at := f.Excerpt()
			want := strings.TrimSuffix(strings.TrimSuffix(string(line.Text), "\n"), "\r")
			if f.Unknown && len(want) > unknownExcerpt && strings.Contains(want, string(excerpt)) {
				want = string(excerpt) // TestCuts measures it
			}
			if string(excerpt) != want || !bytes.HasPrefix(excerpt[at:], f.Text) {
				t.Fatalf("excerpt %q of %q, %q at %d", excerpt, line.Text, f.Text, at)
			}
		}
		for i, f := range slices.Backward(line.Findings) { // the other way round
			p := inLines[len(inLines)-len(line.Findings)+i]
			if n, column := f.Place(); n != p.line || column != p.column {
				t.Fatalf("%q is at %d:%d, then at %d:%d", f.Text, p.line, p.column, n, column)
			}
		}
		whole.Write(line.Text)
	}
	if whole.String() != text || !slices.Equal(inLines, want) {
		t.Fatalf("lines of %q: %q with %v, want %v", text, whole.String(), inLines, want)
	}
}

func TestScan(t *testing.T) {
	a := func(n int) string { return strings.Repeat("a", n) }
	for _, test := range []struct {
		codes, text string
		o           Options
		want        string
	}{
		{"AUTH-401 AUTH-401-X", "AUTH-401-X AUTH-401-Y AUTH-401-XY xAUTH-401 AUTH-4011", Options{}, "AUTH-401-X@1:1 AUTH-401@1:12 AUTH-401@1:23"},
		{"E0308 ECONNREFUSED 40001 ddl:1045", "error[E0308]: ECONNREFUSED\r\n(40001)_40001 ddl:1045.\n", Options{}, "E0308@1:7 ECONNREFUSED@1:15 40001@2:2 ddl:1045@2:15"},
		{"платеж-7", "ошибка платеж-7, йплатеж-7 платеж-7ж Платеж-7", Options{}, "платеж-7@1:8"},
		{"платеж-7 ask-1", "ПЛАТЕЖ-7 a\u017f\u212a-1 Ask-1", Options{IgnoreCase: true}, "ПЛАТЕЖ-7@1:1 a\u017f\u212a-1@1:10 Ask-1@1:16"},
		{"A-1", "é A-1\xff \xc3A-1 ²A-1 A-1٣ A-1\x00A-1", Options{}, "A-1@1:3 A-1@1:9 A-1@1:14 A-1@1:23 A-1@1:27"},
		{"a-b b-c c", "a-b-c b-c", Options{}, "a-b@1:1 c@1:5 b-c@1:7"},
		{"a a-b-c", "a-b-cd", Options{}, "a@1:1"},
		{"[x] ++a++", "y[x] [x]z [x] +++a+++", Options{}, "[x]@1:11 ++a++@1:16"},
		{"AUTH-401 E1 40001 X-1-E1", "AUTH-999 AUTH-401 AUTH- E2x E22 40002 X-2-E1 X-1-E7 X-2-E7", Options{Unknown: true},
			"AUTH-999?@1:1 AUTH-401@1:10 E22?@1:29 E1@1:43 X-1-E7?@1:46 E7?@1:57"},
		{"Auth-401-b", "AUTH-9-B auth-12345", Options{Unknown: true, IgnoreCase: true}, "AUTH-9-B?@1:1"},
		{"a\tb", "a\tb", Options{}, ""},
		{"A-1", "\x7fA-1\x7f", Options{}, "A-1@1:2"},
		{"a\xff", "A\ufffd", Options{IgnoreCase: true}, ""},
		{a(64), "(" + a(64) + ") " + a(65) + " " + a(64), Options{}, a(64) + "@1:2 " + a(64) + "@1:134"},
		{a(65), "(" + a(65) + ") " + a(66) + " " + a(64) + " " + a(65), Options{}, a(65) + "@1:2 " + a(65) + "@1:201"},
		{a(128), "(" + a(128) + ") " + a(129) + " " + a(128), Options{}, a(128) + "@1:2 " + a(128) + "@1:262"},
		{a(129), a(129), Options{}, ""},
		// The longest whole token counts, also where 64 bytes of it are a code.
		{a(64) + " " + a(64) + "-b " + a(64) + "-b-c", a(64) + "-b-c " + a(64) + "-b-cd " + a(64) + "-bc", Options{},
			a(64) + "-b-c@1:1 " + a(64) + "-b@1:70 " + a(64) + "@1:140"},
		{a(63) + "ж", a(63) + "ж " + a(63) + "жж " + a(63) + "Ж", Options{}, a(63) + "ж@1:1"},
		{a(63) + "ж", a(62) + "AЖ", Options{IgnoreCase: true}, a(62) + "AЖ@1:1"},
		{a(63) + "-\u212a", a(62) + "A-k", Options{IgnoreCase: true}, a(62) + "A-k@1:1"},
		{a(64) + "-7", a(64) + "-7 " + a(64) + "-88 " + a(64) + "-" + strings.Repeat("9", 63) + " " + a(64) + "-" + strings.Repeat("9", 64), Options{Unknown: true},
			a(64) + "-7@1:1 " + a(64) + "-88?@1:68 " + a(64) + "-" + strings.Repeat("9", 63) + "?@1:136"},
		{"E1", "E" + strings.Repeat("0", 127) + " E" + strings.Repeat("0", 128), Options{Unknown: true}, "E" + strings.Repeat("0", 127) + "?@1:1"},
		{"b-1 2-" + a(63) + "-1", "b-2-" + a(63) + "-1 b-2-" + a(63) + "-2", Options{Unknown: true}, "2-" + a(63) + "-1@1:3 b-2?@1:71"},
		{"", "a b", Options{}, ""},
	} {
		codes := strings.Split(test.codes, " ")
		check(t, test.text, codes, test.o)
		var got []string
		for _, p := range scanned(t, Compile(slices.Values(codes), test.o), strings.NewReader(test.text)) {
			mark := ""
			if p.unknown {
				mark = "?"
			}
			got = append(got, fmt.Sprintf("%s%s@%d:%d", p.text, mark, p.line, p.column))
		}
		if s := strings.Join(got, " "); s != test.want {
			t.Errorf("%q in %q: %s, want %s", codes, test.text, s, test.want)
		}
		check(t, test.text, codes, test.o)
	}
}

func TestRandom(t *testing.T) {
	t.Parallel()
	for seed := range uint64(1500) {
		r := rand.New(rand.NewPCG(seed, 0))
		letters := strings.Split([]string{
			"a,b,-", "a,A,1,2,-", "k,K,\u212a,s,\u017f,S,-,1", "é,É,ж,Ж,_,-,7,.", "E,0,3,:,[,]", "A,B,1,2,-",
		}[r.IntN(6)], ",")
		text := func(n int, others ...string) string {
			all := append(slices.Clone(letters), others...)
			var b strings.Builder
			for range n {
				b.WriteString(all[r.IntN(len(all))])
			}
			return b.String()
		}
		var codes []string
		longest := 1 + r.IntN(12)
		for range 1 + r.IntN(6) {
			codes = append(codes, text(1+r.IntN(longest)))
		}
		var b strings.Builder
		for b.Len() < 200 {
			if b.WriteString(text(r.IntN(6), " ", " ", "\n", "\r\n", "\x00", "\xff", "\xd0", "²", "\u212a")); r.IntN(2) == 0 {
				b.WriteString(codes[r.IntN(len(codes))])
			}
		}
		check(t, b.String(), codes, Options{IgnoreCase: r.IntN(2) == 0, Unknown: r.IntN(2) == 0})
	}
}

// Codes of about 64 bytes and more begin alike, some with all of one that is shorter.
func TestRandomLong(t *testing.T) {
	t.Parallel()
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 1))
		letters := strings.Split([]string{"a,b,-", "a,A,1,2,-", "k,K,\u212a,s,\u017f,S,-,1", "é,É,ж,Ж,-,7", "𐐀,𐐨,1,-"}[r.IntN(5)], ",")
		text := func(size int) string { // of so many bytes, or up to three more
			var b strings.Builder
			for b.Len() < size {
				b.WriteString(letters[r.IntN(len(letters))])
			}
			return b.String()
		}
		begin := text(50 + r.IntN(25))
		codes := []string{begin}
		for range r.IntN(6) {
			codes = append(codes, codes[r.IntN(len(codes))]+text(1+r.IntN(1+r.IntN(70))))
		}
		var b strings.Builder
		for range 4 {
			b.WriteString(codes[r.IntN(len(codes))])
			b.WriteString([]string{"", " ", "-", "\n", "\xff", "1"}[r.IntN(6)] + text(r.IntN(4)) + []string{"", " ", begin}[r.IntN(3)])
		}
		check(t, b.String(), codes, Options{IgnoreCase: r.IntN(2) == 0, Unknown: r.IntN(2) == 0})
	}
}

// However a stream comes in pieces, what is found is the same, also in a line
// that is longer than the buffer and has findings all over.
func TestCuts(t *testing.T) {
	t.Parallel()
	codes := []string{"AUTH-401", "платеж-7", strings.Repeat("k", MaxLength), "E0308"}
	spelt := []string{"auth-401", "Платеж-7", strings.Repeat("\u212a", MaxLength), "E0308", "AUTH-402"}
	r := rand.New(rand.NewPCG(1, 1))
	var b strings.Builder
	var want []place
	line, column := int64(1), int64(1)
	write := func(s string) {
		b.WriteString(s)
		column += int64(utf8.RuneCountInString(s))
	}
	for b.Len() < 7*bufferSize/2 {
		write([]string{" ", "-\x80", " é ", "-" + strings.Repeat("ж", 99) + " ", ",KAUTH-401,", "\xd0"}[r.IntN(6)])
		i := r.IntN(len(spelt))
		p := place{i % 4, i == 4, b.Len(), spelt[i], line, column}
		write(spelt[i])
		want = append(want, p)
		if b.Len() > 3*bufferSize && r.IntN(20) == 0 {
			b.WriteString("\r\n")
			line, column = line+1, 1
		}
	}
	text := b.String()
	c := Compile(slices.Values(codes), Options{IgnoreCase: true, Unknown: true})
	if got := scanned(t, c, strings.NewReader(text)); !slices.Equal(got, want) {
		t.Fatalf("%d findings, want %d", len(got), len(want))
	}
	for range 8 {
		rest := text
		random := readerFunc(func(p []byte) (int, error) {
			n := copy(p, rest[:min(len(rest), r.IntN(1<<r.IntN(18)))])
			if rest = rest[n:]; rest == "" {
				return n, io.EOF
			}
			return n, nil
		})
		if got := scanned(t, c, random); !slices.Equal(got, want) {
			t.Fatalf("%d findings, want %d", len(got), len(want))
		}
	}
	if got := scanned(t, c, iotest.OneByteReader(strings.NewReader(text))); !slices.Equal(got, want) {
		t.Fatalf("byte by byte %d findings, want %d", len(got), len(want))
	}

	var whole strings.Builder
	var found []Finding
	for line, err := range c.Lines(t.Context(), strings.NewReader(text)) {
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range line.Findings {
			if at := int(f.Offset) - whole.Len(); !bytes.HasPrefix(line.Text[at:], f.Text) {
				t.Fatalf("a piece of a line splits %q", f.Text)
			}
			excerpt, at := f.Excerpt()
			if !bytes.HasPrefix(excerpt[at:], f.Text) || len(excerpt) > 4<<10 {
				t.Fatalf("%q is not in its excerpt of %d bytes", f.Text, len(excerpt))
			}
			if least := map[bool]int{false: 4 << 10, true: 400}[f.Unknown] - 2*utf8.UTFMax; f.Offset > 4<<10 && f.Offset < 2*bufferSize && len(excerpt) < least {
				t.Fatalf("an excerpt of only %d bytes", len(excerpt))
			}
			found = append(found, f)
		}
		if !utf8.RuneStart(line.Text[0]) {
			t.Fatal("a piece of a line splits a character")
		}
		whole.Write(line.Text)
		if more := !bytes.HasSuffix(line.Text, []byte("\n")) && whole.Len() < len(text); line.More != more {
			t.Fatalf("more of the line: %v, want %v", line.More, more)
		}
	}
	if whole.String() != text || len(found) != len(want) {
		t.Fatalf("%d findings in lines, want %d", len(found), len(want))
	}
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

// A line is passed on before anything of the next but its beginning is there.
func TestLive(t *testing.T) {
	r, w := io.Pipe()
	go io.WriteString(w, "one A-1\r\ntwo")
	for line, err := range Compile(slices.Values([]string{"A-1"}), Options{}).Lines(t.Context(), r) {
		if err != nil || string(line.Text) != "one A-1\r\n" || len(line.Findings) != 1 {
			t.Errorf("%q, %v", line.Text, err)
		}
		break
	}
}

func TestErrors(t *testing.T) {
	c := Compile(slices.Values([]string{"A-1"}), Options{})
	broken := errors.New("broken")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, test := range []struct {
		ctx  context.Context
		r    io.Reader
		n    int
		want error
	}{
		{t.Context(), io.MultiReader(strings.NewReader("A-1 A-1"), iotest.ErrReader(broken)), 2, broken},
		{t.Context(), io.MultiReader(strings.NewReader("A-1\n"), readerFunc(func([]byte) (int, error) { return 0, nil })), 1, io.ErrNoProgress},
		{ctx, strings.NewReader("A-1"), 0, context.Canceled},
	} {
		n, last := 0, error(nil)
		for f, err := range c.Scan(test.ctx, test.r) {
			if last = err; err == nil && string(f.Text) == "A-1" {
				n++
			}
		}
		if n != test.n || last != test.want {
			t.Errorf("%d findings, then %v; want %d, %v", n, last, test.n, test.want)
		}
	}
}

// mixed makes n codes of many shapes.
func mixed(n int) []string {
	r := rand.New(rand.NewPCG(3, 4))
	word := func(n int) string {
		b := make([]byte, n)
		for i := range b {
			b[i] = byte('A' + r.IntN(26))
		}
		return string(b)
	}
	codes := []string{"AUTH-401", "AUTH-401-X", "E0308", "ECONNREFUSED", "40001", "ddl:1045", "платеж-7"}
	seen := map[string]bool{}
	for len(codes) < n {
		code := []func() string{
			func() string { return fmt.Sprintf("%s-%03d", word(3+r.IntN(5)), r.IntN(1000)) },
			func() string { return fmt.Sprintf("%s-%03d-%s", word(4), r.IntN(1000), word(1)) },
			func() string { return fmt.Sprintf("%s%04d", word(1+r.IntN(2)), r.IntN(10000)) },
			func() string { return "E" + word(5+r.IntN(8)) },
			func() string { return strconv.Itoa(10000 + r.IntN(90000)) },
			func() string { return fmt.Sprintf("%s:%d", strings.ToLower(word(3)), r.IntN(10000)) },
		}[r.IntN(6)]()
		if !seen[code] {
			seen[code] = true
			codes = append(codes, code)
		}
	}
	return codes
}

// long makes codes of 64 bytes and more that begin alike.
func long() []string {
	begin := strings.Repeat("LONG-", 12) + "CODE"
	return []string{
		begin, begin + "-1", begin + "-1-A", begin + "-10", begin + "S", begin + strings.Repeat("-X", 32),
		begin[:63] + "ж", begin[:63] + "ж-7", begin[:61] + "ж-7", strings.Repeat("ж", 64),
	}
}

// logged makes a log of some size, in which 12 % of the lines have a code.
func logged(size int, codes []string) []byte {
	r := rand.New(rand.NewPCG(5, 6))
	words := strings.Fields("request completed in cache miss for key retrying connection to upstream host while reading header from server user session token refreshed order payment accepted")
	word := func() string { return words[r.IntN(len(words))] }
	var b bytes.Buffer
	for b.Len() < size {
		fmt.Fprintf(&b, "2026-03-%02dT%02d:%02d:%02d.%03dZ INFO [%s-%s-%x] ", 1+r.IntN(28), r.IntN(24), r.IntN(60), r.IntN(60), r.IntN(1000), word(), word(), r.Uint32())
		switch r.IntN(3) {
		case 0:
			fmt.Fprintf(&b, "GET /api/v2/%ss/%d %d %dms trace=%016x%016x", word(), r.IntN(100000), 200+r.IntN(300), r.IntN(900), r.Uint64(), r.Uint64())
		case 1:
			for range 4 + r.IntN(10) {
				b.WriteString(word() + " ")
			}
			fmt.Fprintf(&b, "id=%08x-%04x-4%03x-%04x-%012x", r.Uint32(), r.IntN(65536), r.IntN(4096), r.IntN(65536), r.Uint64()>>16)
		case 2:
			fmt.Fprintf(&b, "user=%d ip=10.%d.%d.%d msg=\"%s %s %s\"", r.IntN(1000000), r.IntN(256), r.IntN(256), r.IntN(256), word(), word(), word())
		}
		if r.IntN(100) < 12 {
			fmt.Fprintf(&b, " failed: %s (attempt %d)", codes[r.IntN(len(codes))], r.IntN(5))
		}
		b.WriteByte('\n')
	}
	return b.Bytes()
}

// GNU grep finds the same, where its locale is UTF-8.
func TestGrep(t *testing.T) {
	t.Parallel()
	if version, _ := exec.Command("grep", "--version").Output(); !bytes.Contains(version, []byte("GNU grep")) {
		t.Skip("grep is not GNU's")
	}
	for _, n := range []int{7, 1000, 100000} {
		codes := append(long(), mixed(n)...)
		text := logged(2<<20, codes)
		dir := t.TempDir()
		file, list := filepath.Join(dir, "log"), filepath.Join(dir, "codes")
		if err := errors.Join(os.WriteFile(file, text, 0o600), os.WriteFile(list, []byte(strings.Join(codes, "\n")), 0o600)); err != nil {
			t.Fatal(err)
		}
		grep := exec.Command("grep", "-abowF", "-f", list, file)
		grep.Env = append(os.Environ(), "LC_ALL=C.UTF-8")
		want, err := grep.Output()
		if err != nil {
			t.Fatal(err)
		}
		var got []byte
		for _, p := range scanned(t, Compile(slices.Values(codes), Options{}), bytes.NewReader(text)) {
			got = fmt.Appendf(got, "%d:%s\n", p.offset, p.text)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%d codes: %d findings, grep has %d", n, bytes.Count(got, []byte("\n")), bytes.Count(want, []byte("\n")))
		}
	}
}

func FuzzScan(f *testing.F) {
	f.Add("AUTH-401 AUTH-401-X", "AUTH-401-X\r\nAUTH-402 xE1", true, true)
	f.Add("платеж-7 ask-1", "ПЛАТЕЖ-7 a\u017f\u212a-1\xff\x00", true, false)
	f.Add("a ab ++a", "+++a ab_ a\nab", false, true)
	codes := long()
	f.Add(strings.Join(codes[:4], " "), strings.Join(codes[:4], "-1\n"), true, true)
	f.Add(strings.Join(codes[6:], " "), strings.ToUpper(strings.Join(codes[6:], "-\xd0")), true, false)
	f.Fuzz(func(t *testing.T, codes, text string, ignoreCase, unknown bool) {
		check(t, text[:min(len(text), 500)], strings.Split(codes[:min(len(codes), 400)], " "), Options{IgnoreCase: ignoreCase, Unknown: unknown})
	})
}

func BenchmarkScan(b *testing.B) {
	for _, n := range []int{7, 1000, 100000} {
		codes := mixed(n)
		text := logged(64<<20, codes)
		for _, o := range []struct {
			name string
			Options
		}{{"", Options{}}, {" ignoring case", Options{IgnoreCase: true}}, {" with unknown", Options{Unknown: true}}} {
			b.Run(fmt.Sprintf("%d codes%s", n, o.name), func(b *testing.B) {
				c := Compile(slices.Values(codes), o.Options)
				b.SetBytes(int64(len(text)))
				for b.Loop() {
					for range c.Scan(b.Context(), bytes.NewReader(text)) {
					}
				}
			})
		}
	}
}

func BenchmarkCompile(b *testing.B) {
	for _, n := range []int{7, 1000, 100000} {
		codes := mixed(n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Compile(slices.Values(codes), Options{})
			}
		})
	}
}
