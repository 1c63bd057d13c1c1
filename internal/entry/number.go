package entry

import (
	"math"
	"strconv"
	"strings"
)

// A Number is what a code means that is written as one: Windows' 0x80070005 is also
// written 2147942405 and -2147024891.
type Number uint64

// ParseNumber reads a number: 0x and hexadecimal digits, decimal digits, or a minus and
// decimal digits, which mean the 32 bits of its two's complement. Of 64 bits whose
// upper 32 are set the lower 32 count. A decimal that begins with a zero is text.
func ParseNumber(word string) (n Number, ok bool) {
	var bits uint64
	var err error
	switch digits, hexadecimal := cutHex(word); {
	case hexadecimal:
		if bits, err = strconv.ParseUint(digits, 16, 64); bits>>32 == math.MaxUint32 {
			bits &= math.MaxUint32
		}
	case isNegative(word):
		var signed int64
		signed, err = strconv.ParseInt(word, 10, 32)
		bits = uint64(uint32(signed))
	case isDecimal(word):
		bits, err = strconv.ParseUint(word, 10, 64)
	default:
		return 0, false
	}
	return Number(bits), err == nil
}

// cutHex cuts off the 0x that begins hexadecimal digits.
func cutHex(word string) (digits string, found bool) {
	if len(word) > 2 && word[0] == '0' && word[1]|0x20 == 'x' && strings.Trim(word[2:], hexDigits) == "" {
		return word[2:], true
	}
	return word, false
}

const hexDigits = "0123456789abcdefABCDEF"

// isDecimal reports whether a text is digits of which the first is no zero, unless it is
// all.
func isDecimal(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == "" && (s[0] != '0' || s == "0")
}

// isNegative reports whether a text is a minus and the digits of a number behind it.
func isNegative(s string) bool {
	digits, negative := strings.CutPrefix(s, "-")
	return negative && digits != "0" && isDecimal(digits)
}

// Hex is the number as Windows writes it: 0x80070005.
func (n Number) Hex() string {
	digits := strings.ToUpper(strconv.FormatUint(uint64(n), 16))
	return "0x" + strings.Repeat("0", max(0, 8-len(digits))) + digits
}

// Decimal is the number in plain digits.
func (n Number) Decimal() string { return strconv.FormatUint(uint64(n), 10) }

// Negative is the number as its 32 bits say where the first of them is the sign, or
// nothing where that is not set.
func (n Number) Negative() (s string, ok bool) {
	if n>>31 != 1 {
		return "", false
	}
	return strconv.FormatInt(int64(int32(n)), 10), true
}

// Notations yields the folded forms of all words that mean the number.
func (n Number) Notations(yield func(folded string) bool) {
	digits := strconv.FormatUint(uint64(n), 16)
	for len(digits) <= 16 {
		if !yield("0x" + digits) {
			return
		}
		digits = "0" + digits
	}
	if n>>31 == 1 && !yield("0xffffffff"+digits[len(digits)-8:]) {
		return
	}
	if negative, ok := n.Negative(); ok && !yield(negative) {
		return
	}
	yield(n.Decimal())
}

// SameNumber reports whether two words mean one number, at least one of them in other
// than plain digits.
func SameNumber(a, b string) bool {
	m, ok := ParseNumber(a)
	n, ok2 := ParseNumber(b)
	return ok && ok2 && m == n && !(isDecimal(a) && isDecimal(b))
}

// Hexadecimal reads a word as the hexadecimal number that it may be though nothing
// says so: eight digits, or digits with a final h. It returns it as it would be written.
func Hexadecimal(word string) (written string, ok bool) {
	digits := word
	if last := len(word) - 1; last > 0 && word[last]|0x20 == 'h' {
		digits = word[:last]
	}
	if len(digits) != 8 || strings.Trim(digits, hexDigits) != "" {
		return "", false
	}
	return "0x" + digits, true
}

// A Result is what the bits of a number say that has the shape of an HRESULT or an
// NTSTATUS, as [MS-ERREF] of Microsoft lays them out.
type Result struct {
	Kind     string // HRESULT or NTSTATUS
	Severity string // failure or error
	Facility int    // who it comes from; 7 is Win32
	Code     int
}

// Result takes the parts of a number of 32 bits whose first says that something failed.
// Those that begin with F are small negative numbers.
func (n Number) Result() (r Result, ok bool) {
	r.Code = int(n & 0xffff)
	switch {
	case n>>28 == 0xC, n>>28 == 0xE: // E is for what is not Microsoft's
		r.Kind, r.Severity, r.Facility = "NTSTATUS", "error", int(n>>16&0xfff)
	case n>>30 == 2, n>>28 == 0xD: // D is for an NTSTATUS within
		r.Kind, r.Severity, r.Facility = "HRESULT", "failure", int(n>>16&0x7ff)
	default:
		return Result{}, false
	}
	return r, true
}
