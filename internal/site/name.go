package site

import (
	"crypto/sha256"
	"fmt"
	"strings"
)

// fileName is the name of the page of a code, in the folder codes. It depends on
// the code alone, and no two codes share one, not even on a disk that ignores
// case or composes accents:
//
//   - capital letters A to Z, digits, "-", "_" and "." stand for themselves,
//   - "~" stands before and behind small letters: "Http-1" is H~ttp~-1, but that
//     "~" at the end is left out,
//   - all else is its bytes, each as "=" and two hexadecimal digits; so are a "."
//     at the beginning and the first letter of a name that Windows reserves,
//   - a name that is too long is cut, and ends in "=-" and the checksum of its code.
func fileName(code string) string { return encode(code) + ".html" }

// longestName is what encode leaves of the 255 bytes that file systems take: a "_" and
// a suffix may follow.
const longestName = 255 - len("_.html")

func encode(code string) string {
	var b strings.Builder
	small := false // between two "~"
	reserved := isReserved(code)
	for i := range len(code) {
		c := code[i]
		isSmall := 'a' <= c && c <= 'z'
		isCapital := 'A' <= c && c <= 'Z'
		if isSmall != small && (isSmall || isCapital) {
			b.WriteByte('~')
			small = isSmall
		}
		switch {
		case isSmall, isCapital && (i > 0 || !reserved), '0' <= c && c <= '9', c == '-', c == '_', c == '.' && i > 0:
			b.WriteByte(c)
		default:
			fmt.Fprintf(&b, "=%02X", c)
		}
	}
	name := b.String()
	if len(name) > longestName {
		end := fmt.Sprintf("=-%X", sha256.Sum256([]byte(code)))
		name = name[:longestName-len(end)] + end
	}
	return name
}

// isReserved reports whether Windows takes a name for a device's, with whatever
// suffix. Names in small letters begin with "~".
func isReserved(code string) bool {
	name, _, _ := strings.Cut(code, ".")
	switch name {
	case "CON", "PRN", "AUX", "NUL":
		return true
	}
	return len(name) == 4 && (name[:3] == "COM" || name[:3] == "LPT") && '0' <= name[3] && name[3] <= '9'
}
