package entry

import (
	"errors"
	"net/url"
	"strconv"
	"strings"
	"unicode"
)

// A Rule is what a text keeps.
type Rule struct {
	// Broken returns what is wrong with a text, or nothing.
	Broken func(string) string

	// Schema says as much of the rule as JSON Schema can, as the inside of an
	// object. Its patterns mean the same in every implementation: they have classes
	// of literal characters, no \s, \p or \u, and no $ that minds
	// whether a line's end follows, as it does for some and not for others.
	Schema string
}

// The rules of texts.
var (
	Name    = Rule{nameBroken, scalar + integral + `"maxLength": ` + strconv.Itoa(longestName) + `, "pattern": "[0-9A-Za-z]|[^ -~]", ` + without(`^-[0-9]*[^0-9]|[`+blanks+controls+`]`)}
	Line    = Rule{lineBroken, scalar + filled + ", " + without(`[\n\r]`)}
	Printed = Rule{messageBroken, `"type": ["string", "number"], ` + filled + ", " + without(`[\n\r]`)}
	Prose   = Rule{blank, scalar + filled}
	Tag     = Rule{tagBroken, scalar + filled + ", " + without(`[\n\r,]`)}
	OneWord = Rule{wordBroken, scalar + `"minLength": 1, ` + without("[`"+white+`]`)}
	Slug    = Rule{slugBroken, scalar + positive + `"minLength": 1, ` + without(`[^0-9a-z-]|^-|--|-$`)}
	Web     = Rule{webBroken, `"type": "string", "pattern": "^[Hh][Tt][Tt][Pp][Ss]?://[^/?#]", ` + without(`[`+controls+`]`)}
	Address = Rule{addressBroken, `"type": "string", "pattern": "^([Hh][Tt][Tt][Pp][Ss]?://|[Mm][Aa][Ii][Ll][Tt][Oo]:)[^/?#]", ` + without(`[`+controls+`]`)}
)

// Parts of schemas.
const (
	// scalar is what text in YAML without quotes may look like to a schema: 0042,
	// yes and ~ are text where text is wanted.
	scalar = `"type": ["string", "number", "boolean", "null"], `

	// positive is what a number is whose text does not begin with a hyphen.
	positive = `"minimum": 0, `

	// integral is what a number is whose text begins with a hyphen only before digits.
	integral = `"anyOf": [{"minimum": 0}, {"type": "integer"}, {"type": ["string", "boolean", "null"]}], `

	// filled is a text that holds more than white space.
	filled = `"pattern": "[^` + white + `]"`
)

// without says that a text has no part of a pattern. A number has no parts.
func without(pattern string) string {
	return `"not": {"type": "string", "pattern": "` + pattern + `"}`
}

// Classes of characters, as a schema's patterns have them: blanks and control
// characters are those of Unicode's categories Z and Cc, white space is what
// strings.TrimSpace takes off.
const (
	controls = `\u0000-\u001f\u007f-\u009f`
	blanks   = `\u0020\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000`
	white    = `\t\n\u000b\f\r\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000`
)

// longestName is how many bytes a code or an alias has at the most.
const longestName = 128

func nameBroken(s string) string {
	switch {
	case !IsCode(s):
		return "a code needs a letter or a digit"
	case strings.ContainsFunc(s, func(r rune) bool { return unicode.In(r, unicode.Z, unicode.Cc) }):
		return "a code holds no blanks or control characters"
	case s[0] == '-' && !isNegative(s):
		return "a code begins with a hyphen only where it is a number"
	case len(s) > longestName:
		return "a code takes at most " + strconv.Itoa(longestName) + " bytes, not " + strconv.Itoa(len(s))
	}
	return ""
}

func slugBroken(s string) string {
	for part := range strings.SplitSeq(s, "-") {
		if part == "" || !plain(part) {
			return "a name is lower-case letters and digits, with single hyphens between them"
		}
	}
	return ""
}

func lineBroken(s string) string {
	if strings.ContainsAny(s, "\n\r") {
		return "expected one line"
	}
	return blank(s)
}

func tagBroken(s string) string {
	if strings.Contains(s, ",") {
		return "a tag holds no comma; write two tags"
	}
	return lineBroken(s)
}

func wordBroken(s string) string {
	if strings.ContainsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || r == '`' }) {
		return "expected one word"
	}
	return blank(s)
}

func blank(s string) string {
	if strings.TrimSpace(s) == "" {
		return "expected text, not only blanks"
	}
	return ""
}

func webBroken(s string) string {
	if u, err := parse(s); err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return "expected an http or https address"
	}
	return ""
}

func addressBroken(s string) string {
	if u, err := parse(s); err == nil && u.Scheme == "mailto" && u.Opaque != "" || webBroken(s) == "" {
		return ""
	}
	return "expected an http, https or mailto address"
}

// parse reads an address, which holds no control characters: net/url lets them pass
// in a fragment.
func parse(s string) (*url.URL, error) {
	if strings.ContainsFunc(s, unicode.IsControl) {
		return nil, errors.New("a control character")
	}
	return url.Parse(s)
}
