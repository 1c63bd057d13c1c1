package entry

import (
	"slices"
	"testing"
)

func TestNumber(t *testing.T) {
	for _, same := range [][]string{
		{"0x80070005", "0X80070005", "0x080070005", "0x0000000080070005", "0xFFFFFFFF80070005", "2147942405", "-2147024891"},
		{"0x5", "0x00000005", "5"},
		{"-32600", "0xFFFF80A8", "4294934696"},
		{"-2147483648", "0x80000000", "2147483648"},
		{"0", "0x0"},
		{"0xFFFFFFFFFFFFFFFF", "0xffffffff", "-1"},
		{"0x123456789ABCDEF", "81985529216486895"},
	} {
		for _, a := range same {
			n, ok := ParseNumber(a)
			if !ok {
				t.Errorf("%q is no number", a)
			}
			notations := slices.Collect(n.Notations)
			for _, b := range same {
				if want := !isDecimal(a) || !isDecimal(b); SameNumber(a, b) != want {
					t.Errorf("%q and %q: the same is %v", a, b, !want)
				}
				if !slices.Contains(notations, Fold(b)) {
					t.Errorf("%q is not among the notations of %q: %q", b, a, notations)
				}
			}
		}
	}
	for _, text := range []string{"", "-", "0x", "x5", "0xg", "05", "-05", "5.0", "1e3", " 5", "5 ", "+5", "0x5h", "--5", "-0x5", "99999999999999999999", "0x12345678123456781", "-2147483649", "٥", "-0"} {
		if n, ok := ParseNumber(text); ok {
			t.Errorf("%q is the number %d", text, n)
		}
	}
	for _, pair := range [][2]string{{"5", "-5"}, {"5", "0x6"}, {"40001", "40001"}, {"5", "five"}} {
		if SameNumber(pair[0], pair[1]) {
			t.Errorf("%q is %q", pair[0], pair[1])
		}
	}
}

func TestHexadecimal(t *testing.T) {
	for word, want := range map[string]string{
		"C0000005": "0xC0000005", "80070005h": "0x80070005", "c0000005H": "0xc0000005", "20240101": "0x20240101",
		"C000005": "", "C00000050": "", "0xC0000005": "", "5h": "", "G0000005": "", "": "",
	} {
		if got, ok := Hexadecimal(word); got != want || ok != (want != "") {
			t.Errorf("%q is %q, want %q", word, got, want)
		}
	}
}

func TestNotationsOfANumber(t *testing.T) {
	if got := Number(0x80070005).Hex() + Number(5).Hex() + Number(1<<40).Hex(); got != "0x800700050x000000050x10000000000" {
		t.Error(got)
	}
	if s, ok := Number(5).Negative(); ok {
		t.Errorf("5 is also %s", s)
	}
	if s, ok := Number(1 << 32).Negative(); ok {
		t.Errorf("a number of 33 bits is also %s", s)
	}
}

func TestResult(t *testing.T) {
	for word, want := range map[string]Result{
		"-2146232004": {"HRESULT", "failure", 19, 6460},
		"0x80070005":  {"HRESULT", "failure", 7, 5},
		"0xC0000005":  {"NTSTATUS", "error", 0, 5},
		"0xE06D7363":  {"NTSTATUS", "error", 0x6d, 0x7363},
		"0xD0000022":  {"HRESULT", "failure", 0, 0x22},
		"0xA0040200":  {"HRESULT", "failure", 4, 0x200},
		"-32600":      {}, "-1": {}, "0x7fffffff": {}, "5": {}, "0x1C0000005": {}, "0x40010004": {},
	} {
		n, _ := ParseNumber(word)
		if got, ok := n.Result(); got != want || ok != (want != Result{}) {
			t.Errorf("%s is %+v, want %+v", word, got, want)
		}
	}
}
