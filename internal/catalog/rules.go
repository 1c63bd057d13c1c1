package catalog

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/errcode-cli/errcode/internal/document"
)

// A rule says what a catalog file may hold under one key. All rules are
// written here and nowhere else: files are checked against them, and the JSON
// Schema is made of them.
type rule[T any] struct {
	key      string
	required bool
	about    string // for people who write catalogs: the key's help in an editor
	value    value
	set      func(*T, *document.Node) // takes over a value that kept the rule
}

// header is the rules of a catalog file.
var header = []rule[Catalog]{
	{"catalog", true, "The catalog's name: lower-case letters, digits and hyphens. Unique among the catalogs used together.",
		text{test: slug, schema: `"pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"`},
		func(c *Catalog, n *document.Node) { c.Name = n.Text }},
	{"title", true, "What the catalog is about, in one line.",
		line, func(c *Catalog, n *document.Node) { c.Title = n.Text }},
	{"homepage", false, "Where the catalog is published.",
		text{test: webAddress, schema: `"format": "uri", "pattern": "^[Hh][Tt][Tt][Pp][Ss]?://[^/?#]"`},
		func(c *Catalog, n *document.Node) { c.Homepage = n.Text }},
	{errorsKey, true, "The entries, one for each code.",
		list{of: mapping[Entry]{entryRules, addExtra}, least: 1}, nil},
}

// errorsKey is the key of the entries, which are read one at a time.
const errorsKey = "errors"

// entryRules is the rules of an entry.
var entryRules = []rule[Entry]{
	{"code", true, "What people type and logs show. It holds a letter or a digit, no blanks or control characters, does not begin with a hyphen, and takes at most 64 bytes.",
		codeText, func(e *Entry, n *document.Node) { e.Code = n.Text }},
	{"title", true, "What the code means, in one line.",
		line, func(e *Entry, n *document.Node) { e.Title = n.Text }},
	{"status", false, "The HTTP status that comes with the code.",
		status{}, func(e *Entry, n *document.Node) { e.Status, _ = strconv.Atoi(n.Text) }},
	{"severity", false, "How bad it is to meet the code; error where it is left out.",
		choice{string(Error), string(Warning), string(Info)},
		func(e *Entry, n *document.Node) { e.Severity = Severity(n.Text) }},
	{"description", true, "What happened.",
		prose, func(e *Entry, n *document.Node) { e.Description = n.Text }},
	{"causes", false, "Why it may have happened, each cause by itself.",
		list{of: prose}, func(e *Entry, n *document.Node) { e.Causes = texts(n) }},
	{"resolution", false, "What to do about it.",
		prose, func(e *Entry, n *document.Node) { e.Resolution = n.Text }},
	{"retryable", false, "Whether trying again, unchanged, may help. Leave it out when unknown.",
		boolean{}, func(e *Entry, n *document.Node) {
			e.Retryable = No
			if strings.EqualFold(n.Text, "true") {
				e.Retryable = Yes
			}
		}},
	{"keywords", false, "Words that people search for and the other texts do not say.",
		list{of: line}, func(e *Entry, n *document.Node) { e.Keywords = texts(n) }},
	{"aliases", false, "Other words for the code, which find it too.",
		list{of: codeText}, func(e *Entry, n *document.Node) { e.Aliases = texts(n) }},
	{"related", false, "Codes to look at as well.",
		list{of: codeText}, func(e *Entry, n *document.Node) { e.Related = texts(n) }},
	{"links", false, "Further reading.",
		list{of: mapping[Link]{linkRules, nil}}, func(e *Entry, n *document.Node) { e.Links = links(n) }},
	{"since", false, "The version that brought the code.",
		line, func(e *Entry, n *document.Node) { e.Since = n.Text }},
	{"deprecated", false, "What to do instead. An entry that has this key is deprecated.",
		prose, func(e *Entry, n *document.Node) { e.Deprecated = n.Text }},
}

// linkRules is the rules of a link.
var linkRules = []rule[Link]{
	{"title", true, "What the link leads to.", line, func(l *Link, n *document.Node) { l.Title = n.Text }},
	{"url", true, "An http, https or mailto address.",
		text{test: linkAddress, schema: `"format": "uri", "pattern": "^([Hh][Tt][Tt][Pp][Ss]?://[^/?#]|[Mm][Aa][Ii][Ll][Tt][Oo]:.)"`},
		func(l *Link, n *document.Node) { l.URL = n.Text }},
}

// extraPrefix begins the keys that a catalog may add to an entry.
const extraPrefix = "x-"

// The sorts of text.
var (
	codeText = text{test: code, schema: `"maxLength": 64, "allOf": [{"pattern": "[\\p{L}\\p{Nd}]"}, {"pattern": "^[^-\\p{Z}\\p{Cc}][^\\p{Z}\\p{Cc}]*$"}]`}
	line     = text{test: oneLine, schema: `"pattern": "^[^\\n\\r]*[^\\s][^\\n\\r]*$"`}
	prose    = text{test: notBlank, schema: `"pattern": "[^\\s]"`}
)

// The tests of texts return what is wrong, or nothing.

func code(s string) string {
	switch {
	case !IsCode(s):
		return "a code needs a letter or a digit"
	case strings.ContainsFunc(s, func(r rune) bool { return unicode.In(r, unicode.Z, unicode.Cc) }):
		return "a code holds no blanks or control characters"
	case s[0] == '-':
		return "a code does not begin with a hyphen"
	case len(s) > 64:
		return "a code takes at most 64 bytes, not " + strconv.Itoa(len(s))
	}
	return ""
}

func slug(s string) string {
	for part := range strings.SplitSeq(s, "-") {
		if part == "" || !plain(part) {
			return "a name is lower-case letters and digits, with single hyphens between them"
		}
	}
	return ""
}

// CheckTitle returns what keeps s from being the title of a catalog, or nothing.
func CheckTitle(s string) string { return oneLine(s) }

func oneLine(s string) string {
	if strings.ContainsAny(s, "\n\r") {
		return "expected one line"
	}
	return notBlank(s)
}

func notBlank(s string) string {
	if strings.TrimSpace(s) == "" {
		return "expected text, not only blanks"
	}
	return ""
}

func webAddress(s string) string {
	if u, err := url.Parse(s); err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return "expected an http or https address"
	}
	return ""
}

func linkAddress(s string) string {
	if u, err := url.Parse(s); err == nil && u.Scheme == "mailto" && u.Opaque != "" || webAddress(s) == "" {
		return ""
	}
	return "expected an http, https or mailto address"
}

// addExtra keeps a key that a catalog adds to an entry.
func addExtra(e *Entry, f document.Field) {
	e.Extra = append(e.Extra, Extra{f.Key.Text, f.Value.AppendJSON(nil)})
}

// texts returns the items of a list as text.
func texts(n *document.Node) []string {
	all := make([]string, len(n.Items))
	for i, item := range n.Items {
		all[i] = item.Text
	}
	return all
}

// links returns the items of a list as links.
func links(n *document.Node) []Link {
	all := make([]Link, len(n.Items))
	for i, item := range n.Items {
		for _, f := range item.Fields {
			if at := slices.IndexFunc(linkRules, func(r rule[Link]) bool { return r.key == f.Key.Text }); at >= 0 {
				linkRules[at].set(&all[i], f.Value)
			}
		}
	}
	return all
}
