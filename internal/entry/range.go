package entry

import (
	"cmp"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// A Range is the codes that are a prefix and, in digits alone, a number between two:
// PAY-400-499 is PAY-400 to PAY-499, and 129-192 the numbers themselves. Zeros before
// a number mean nothing, but for how Code writes it. The prefix ends in no digit.
type Range struct {
	Prefix    string
	Low, High uint64
	digits    int // that a number is written with at least: as many as the low one
}

// Block is the rule of a text that ParseRange reads.
var Block = Rule{blockBroken, `"type": "string", "pattern": "(^|[^0-9])[0-9]{1,` + strconv.Itoa(mostDigits) + `}-[0-9]{1,` + strconv.Itoa(mostDigits) + `}$", ` +
	without(`^-[^0-9]|[`+blanks+controls+`]`)} // no line's end is left for a $ to mind

// mostDigits is how many digits a number of a range has at the most.
const mostDigits = 18

func blockBroken(s string) string {
	if _, err := ParseRange(s); err != nil {
		return err.Error()
	}
	return ""
}

// ParseRange reads a range. An error says which part of the rule Block is broken.
func ParseRange(s string) (Range, error) {
	rest, high := cutDigits(s)
	rest, found := strings.CutSuffix(rest, "-")
	prefix, low := cutDigits(rest)
	if !found || low == "" || high == "" {
		return Range{}, errors.New("expected a range such as PAY-400-499 or 1000-1999")
	}
	if max(len(low), len(high)) > mostDigits {
		return Range{}, fmt.Errorf("a number of a range takes at most %d digits", mostDigits)
	}
	r := Range{Prefix: prefix, digits: len(low)}
	r.Low, _ = strconv.ParseUint(low, 10, 64) // so many digits fit
	r.High, _ = strconv.ParseUint(high, 10, 64)
	if r.Low > r.High {
		return Range{}, fmt.Errorf("a range goes from the lower number to the higher one, not from %d to %d", r.Low, r.High)
	}
	if broken := Name.Broken(r.Code(r.High)); broken != "" {
		return Range{}, errors.New(broken)
	}
	return r, nil
}

// cutDigits parts a text from the digits that it ends in.
func cutDigits(s string) (before, digits string) {
	before = strings.TrimRight(s, "0123456789")
	return before, s[len(before):]
}

// RangeOf is the range of one code alone. It reports whether the code ends in a number
// that a range may have.
func RangeOf(code string) (r Range, ok bool) {
	prefix, digits := cutDigits(code)
	number := strings.TrimLeft(digits, "0")
	if digits == "" || len(number) > mostDigits {
		return Range{}, false
	}
	r = Range{Prefix: prefix, digits: len(digits)}
	r.Low, _ = strconv.ParseUint("0"+number, 10, 64)
	r.High = r.Low
	return r, true
}

// Has reports whether a code is in the range.
func (r Range) Has(code string) bool {
	one, ok := RangeOf(code)
	return ok && r.Overlaps(one)
}

// HasFolded is Has where case and punctuation before the number do not count, but for
// the minus of a number.
func (r Range) HasFolded(code string) bool {
	if isNegative(code) {
		return false
	}
	one, ok := RangeOf(code)
	one.Prefix, r.Prefix = Fold(one.Prefix), Fold(r.Prefix)
	return ok && r.Overlaps(one)
}

// Overlaps reports whether a code is in both ranges.
func (r Range) Overlaps(other Range) bool {
	return r.Prefix == other.Prefix && r.Low <= other.High && other.Low <= r.High
}

// Compare orders ranges by their prefix, then by where they begin.
func (r Range) Compare(other Range) int {
	return cmp.Or(strings.Compare(r.Prefix, other.Prefix), cmp.Compare(r.Low, other.Low))
}

// Code is the code of a number of the range, written with as many digits as the range
// begins with.
func (r Range) Code(number uint64) string {
	return fmt.Sprintf("%s%0*d", r.Prefix, r.digits, number)
}

// Spellings is all codes of a number that have no more digits than the range is written
// with: 0042, 042 and 42 in 0001-0099. That of Code is the first.
func (r Range) Spellings(number uint64) []string {
	all := []string{r.Code(number)}
	for digits := r.digits - 1; digits >= len(strconv.FormatUint(number, 10)); digits-- {
		all = append(all, fmt.Sprintf("%s%0*d", r.Prefix, digits, number))
	}
	return all
}

// String is the range as ParseRange reads it.
func (r Range) String() string {
	return fmt.Sprintf("%s-%0*d", r.Code(r.Low), r.digits, r.High)
}
