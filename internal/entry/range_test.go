package entry

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestParseRange(t *testing.T) {
	for _, test := range []struct{ text, want, wrong string }{
		{"PAY-400-499", "PAY- 400 499 PAY-400", ""},
		{"1000-1999", " 1000 1999 1000", ""},
		{"7-7", " 7 7 7", ""},
		{"E0300-0399", "E 300 399 E0300", ""},
		{"E0300-399", "E 300 399 E0300", ""},
		{"E1-2-30", "E1- 2 30 E1-2", ""},
		{"ddl:0-99", "ddl: 0 99 ddl:0", ""},
		{"платеж-1-9", "платеж- 1 9 платеж-1", ""},
		{"000000000000000000-999999999999999999", " 0 999999999999999999 000000000000000000", ""},
		{"", "", "expected a range"},
		{"PAY-400", "", "expected a range"},
		{"PAY-", "", "expected a range"},
		{"400", "", "expected a range"},
		{"-", "", "expected a range"},
		{"400-", "", "expected a range"},
		{"-400", "", "expected a range"},
		{"PAY-400-499x", "", "expected a range"},
		{"PAY-400 - 499", "", "expected a range"},
		{"PAY-400–499", "", "expected a range"},
		{"PAY-400-PAY-499", "", "expected a range"},
		{"٣-٤", "", "expected a range"},
		{"PAY-499-400", "", "not from 499 to 400"},
		{"0-1000000000000000000", "", "at most 18 digits"},
		{"0000000000000000001-2", "", "at most 18 digits"},
		{"PAY 400-499", "", "no blanks"},
		{"--400-499", "", "hyphen"},
		{strings.Repeat("A", 200) + "1-2", "", "bytes"},
	} {
		r, err := ParseRange(test.text)
		if test.wrong != "" {
			if err == nil || !strings.Contains(err.Error(), test.wrong) || Block.Broken(test.text) != err.Error() {
				t.Errorf("%q: %v, %v", test.text, r, err)
			}
			continue
		}
		if got := fmt.Sprint(r.Prefix, " ", r.Low, " ", r.High, " ", r.Code(r.Low)); err != nil || got != test.want || Block.Broken(test.text) != "" {
			t.Errorf("%q: %s (%v), want %s", test.text, got, err, test.want)
		}
		if again, err := ParseRange(r.String()); err != nil || again != r {
			t.Errorf("%q is written %q, which is %v (%v)", test.text, r, again, err)
		}
	}
}

func TestRangeHas(t *testing.T) {
	for _, test := range []struct{ text, has, not string }{
		{"PAY-400-499", "PAY-400 PAY-450 PAY-499 PAY-0400 PAY-0000000000000000000000400", "PAY-399 PAY-500 PAY-40 PAY-4000 pay-400 PAY400 PAY-400x PAY-4-00 X-PAY-400 PAY- PAY 400"},
		{"E0300-0399", "E0308 E308 E0300", "E0299 E3080"},
		{"1000-1999", "1000 1999 01500", "999 2000 -1500 x1500 1500x 1000000000000000001000"},
		{"0-9", "0 9 00 0000000000000000000000", "10 "},
	} {
		r, err := ParseRange(test.text)
		if err != nil {
			t.Fatal(err)
		}
		for code := range strings.SplitSeq(test.has, " ") {
			if !r.Has(code) {
				t.Errorf("%s has no %q", r, code)
			}
		}
		for code := range strings.SplitSeq(test.not, " ") {
			if r.Has(code) {
				t.Errorf("%s has %q", r, code)
			}
		}
	}
}

func TestRangesOverlap(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want bool
	}{
		{"A-1-9", "A-9-20", true},
		{"A-1-9", "A-10-20", false},
		{"A-1-9", "A-3-4", true},
		{"A-1-9", "A-01-01", true},
		{"A-1-9", "B-1-9", false},
		{"1-9", "A-1-9", false},
	} {
		a, _ := ParseRange(test.a)
		b, _ := ParseRange(test.b)
		if a.Overlaps(b) != test.want || b.Overlaps(a) != test.want {
			t.Errorf("%s and %s overlap: %t", a, b, a.Overlaps(b))
		}
	}
}

func TestSpellings(t *testing.T) {
	for _, test := range []struct {
		text   string
		number uint64
		want   []string
	}{
		{"PAY-400-499", 402, []string{"PAY-402"}},
		{"PAY-0-99", 7, []string{"PAY-7"}},
		{"E0000-9999", 42, []string{"E0042", "E042", "E42"}},
		{"E00-999", 0, []string{"E00", "E0"}},
		{"E00-999", 999, []string{"E999"}},
	} {
		r, _ := ParseRange(test.text)
		if got := r.Spellings(test.number); !slices.Equal(got, test.want) {
			t.Errorf("%d of %s is %q, want %q", test.number, r, got, test.want)
		}
	}
}

// FuzzRange holds that a range means the same when it is written again, and that its
// ends are in it and are codes.
func FuzzRange(f *testing.F) {
	f.Add("PAY-400-499", "PAY-402")
	f.Add("E0300-0399", "E308")
	f.Add("1-9", "٣")
	f.Fuzz(func(t *testing.T, text, code string) {
		r, err := ParseRange(text)
		if err != nil {
			return
		}
		again, err := ParseRange(r.String())
		if err != nil || again != r {
			t.Fatalf("%q is written %q, which is %v (%v)", text, r, again, err)
		}
		for _, end := range []uint64{r.Low, r.High} {
			if end := r.Code(end); !r.Has(end) || Name.Broken(end) != "" {
				t.Errorf("%q ends in %q", text, end)
			}
		}
		one, ok := RangeOf(code)
		if ok && !one.Has(code) || r.Has(code) != (ok && r.Overlaps(one)) {
			t.Errorf("%q is %v", code, one)
		}
	})
}
