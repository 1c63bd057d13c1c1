package entry

import (
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
	// object. Its patterns hold nothing but what all regular expressions have:
	// classes of literal characters, no \s, \p or \u.
	Schema string
}

// The rules of texts.
var (
	Name    = Rule{nameBroken, `"minLength": 1, "maxLength": ` + strconv.Itoa(longestName) + `, "allOf": [{"pattern": "[0-9A-Za-z]|[^ -~]"}, {"pattern": "^[^-` + blanks + controls + `][^` + blanks + controls + `]*$"}]`}
	Line    = Rule{lineBroken, `"pattern": "^[^\n\r]*[^` + white + `][^\n\r]*$"`}
	Prose   = Rule{blank, `"pattern": "[^` + white + `]"`}
	Tag     = Rule{tagBroken, `"pattern": "^[^\n\r,]*[^` + white + `,][^\n\r,]*$"`}
	OneWord = Rule{wordBroken, `"pattern": "^[^` + white + "`" + `]+$"`}
	Slug    = Rule{slugBroken, `"pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"`}
	Web     = Rule{webBroken, `"pattern": "^[Hh][Tt][Tt][Pp][Ss]?://[^/?#]"`}
	Address = Rule{addressBroken, `"pattern": "^([Hh][Tt][Tt][Pp][Ss]?://[^/?#]|[Mm][Aa][Ii][Ll][Tt][Oo]:.)"`}
)

// Classes of characters, as a schema's patterns have them: blanks and control
// characters are those of Unicode's categories Z and Cc, white space is what
// strings.TrimSpace takes off.
const (
	controls = `\u0000-\u001f\u007f-\u009f`
	blanks   = `\u0020\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000`
	white    = `\t\n\u000b\f\r\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000`
)

// longestName is how many bytes a code or an alias has at the most.
const longestName = 64

func nameBroken(s string) string {
	switch {
	case !IsCode(s):
		return "a code needs a letter or a digit"
	case strings.ContainsFunc(s, func(r rune) bool { return unicode.In(r, unicode.Z, unicode.Cc) }):
		return "a code holds no blanks or control characters"
	case s[0] == '-':
		return "a code does not begin with a hyphen"
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
	if u, err := url.Parse(s); err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return "expected an http or https address"
	}
	return ""
}

func addressBroken(s string) string {
	if u, err := url.Parse(s); err == nil && u.Scheme == "mailto" && u.Opaque != "" || webBroken(s) == "" {
		return ""
	}
	return "expected an http, https or mailto address"
}
