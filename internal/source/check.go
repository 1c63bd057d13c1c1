package source

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/errcode-cli/errcode/internal/document"
	"github.com/errcode-cli/errcode/internal/entry"
	"github.com/errcode-cli/errcode/internal/index"
)

// A value is what must stand under a key. It reports what does not, and
// describes itself in the words of JSON Schema, as the inside of an object.
type value interface {
	check(*checker, *document.Node) bool
	describe() string
}

// text is a text that keeps a rule. YAML scalars without quotes are text whatever
// they look like: 0042, yes, 2.1.
type text struct{ entry.Rule }

func (t text) check(c *checker, n *document.Node) bool {
	switch {
	case n.Kind == document.Null && n.Text == "":
		c.report(n.Position, "wrong-type", "expected text, but no value is given")
	case n.Kind == document.String, n.Plain:
		problem := t.Broken(n.Text)
		if problem != "" {
			c.report(n.Position, "wrong-value", "%s", problem)
		}
		return problem == ""
	case n.Kind == document.Number:
		c.report(n.Position, "wrong-type", "expected text, not a number; put it in quotes")
	default:
		c.report(n.Position, "wrong-type", "expected text, not %v", n.Kind)
	}
	return false
}

func (t text) describe() string { return t.Schema }

// choice is one of several words.
type choice []entry.Severity

func (ws choice) check(c *checker, n *document.Node) bool {
	if n.Kind != document.String {
		c.report(n.Position, "wrong-type", "expected %s, not %v", ws, n.Kind)
		return false
	}
	if !slices.Contains(ws, entry.Severity(n.Text)) {
		c.report(n.Position, "wrong-value", "expected %s, not %q%s", ws, n.Text, didYouMean(n.Text, ws.words()))
		return false
	}
	return true
}

func (ws choice) words() []string {
	words := make([]string, len(ws))
	for i, w := range ws {
		words[i] = string(w)
	}
	return words
}

func (ws choice) String() string { return strings.Join(ws.words(), ", ") }

func (ws choice) describe() string {
	words, _ := json.Marshal(ws) // words can be marshalled
	return `"enum": ` + string(words)
}

// status is an HTTP status.
type status struct{}

func (status) check(c *checker, n *document.Node) bool {
	if n.Kind != document.Number {
		c.report(n.Position, "wrong-type", "expected an HTTP status from 100 to 599, not %v", n.Kind)
		return false
	}
	s, err := strconv.Atoi(n.Text)
	if err != nil || s < 100 || s > 599 || len(n.Text) != 3 {
		c.report(n.Position, "wrong-value", "expected an HTTP status from 100 to 599, not %s", n.Text)
		return false
	}
	return true
}

func (status) describe() string { return `"type": "integer", "minimum": 100, "maximum": 599` }

// boolean is true or false.
type boolean struct{}

func (boolean) check(c *checker, n *document.Node) bool {
	if n.Kind != document.Bool {
		c.report(n.Position, "wrong-type", "expected true or false, not %v", n.Kind)
	}
	return n.Kind == document.Bool
}

func (boolean) describe() string { return `"type": "boolean"` }

// list is a list of values of one sort.
type list struct {
	of    value
	least int
}

func (l list) check(c *checker, n *document.Node) bool {
	if n.Kind != document.List {
		c.report(n.Position, "wrong-type", "expected a list, not %v", n.Kind)
		return false
	}
	ok := true
	for _, item := range n.Items {
		ok = l.of.check(c, item) && ok
	}
	return ok
}

func (l list) describe() string {
	return fmt.Sprintf(`"type": "array", "minItems": %d, "items": {%s}`, l.least, l.of.describe())
}

// mapping is keys with values, each with its rule. Where there is a place for
// extra fields, keys that begin with x- may have any value.
type mapping[T any] struct {
	rules []rule[T]
	extra func(*T, document.Field)
}

func (m mapping[T]) check(c *checker, n *document.Node) bool {
	var ignored T
	return m.read(c, n, &ignored)
}

// read checks a mapping and takes over what kept its rules.
func (m mapping[T]) read(c *checker, n *document.Node, into *T) bool {
	if n.Kind != document.Map {
		c.report(n.Position, "wrong-type", "expected a mapping of keys, not %v", n.Kind)
		return false
	}
	before := len(c.problems)
	seen := map[string]bool{}
	for _, f := range n.Fields {
		m.field(c, f, seen, into)
	}
	m.missing(c, n.Position, seen)
	return len(c.problems) == before
}

// field checks one field of a mapping whose fields so far are the seen ones.
func (m mapping[T]) field(c *checker, f document.Field, seen map[string]bool, into *T) {
	key := f.Key.Text
	if seen[key] {
		c.report(f.Key.Position, "duplicate-key", "duplicate key %q", key)
		return
	}
	seen[key] = true
	i := slices.IndexFunc(m.rules, func(r rule[T]) bool { return r.key == key })
	switch {
	case i >= 0:
		if r := m.rules[i]; r.value.check(c, f.Value) && r.set != nil {
			r.set(into, f.Value)
		}
	case m.extra != nil && strings.HasPrefix(key, entry.ExtraPrefix):
		distinct(c, f.Value)
		m.extra(into, f)
	default:
		c.report(f.Key.Position, "unknown-key", "unknown key %q%s", key, didYouMean(key, m.keys()))
	}
}

// missing reports the required keys that were not seen.
func (m mapping[T]) missing(c *checker, at document.Position, seen map[string]bool) {
	for _, r := range m.rules {
		if r.required && !seen[r.key] {
			c.report(at, "missing-key", "missing key %q", r.key)
		}
	}
}

func (m mapping[T]) keys() []string {
	keys := make([]string, len(m.rules))
	for i, r := range m.rules {
		keys[i] = r.key
	}
	return keys
}

func (m mapping[T]) describe() string {
	var properties, required []string
	for _, r := range m.rules {
		about, _ := json.Marshal(r.about) // text can be marshalled
		properties = append(properties, fmt.Sprintf(`%q: {"description": %s, %s}`, r.key, about, r.value.describe()))
		if r.required {
			required = append(required, strconv.Quote(r.key))
		}
	}
	extra := ""
	if m.extra != nil {
		extra = `"patternProperties": {"^` + entry.ExtraPrefix + `": {}}, `
	}
	return fmt.Sprintf(`"type": "object", "properties": {%s}, %s"required": [%s], "additionalProperties": false`,
		strings.Join(properties, ", "), extra, strings.Join(required, ", "))
}

// distinct reports duplicate keys anywhere in a value that no rule is about.
func distinct(c *checker, n *document.Node) {
	seen := map[string]bool{}
	for _, f := range n.Fields {
		if seen[f.Key.Text] {
			c.report(f.Key.Position, "duplicate-key", "duplicate key %q", f.Key.Text)
		}
		seen[f.Key.Text] = true
		distinct(c, f.Value)
	}
	for _, item := range n.Items {
		distinct(c, item)
	}
}

// didYouMean is the end of a message on a misspelt word, if it is one.
func didYouMean(word string, words []string) string {
	best, distance := "", 3
	for _, w := range words {
		if d := index.Distance(entry.Fold(word), entry.Fold(w), 2); d < distance {
			best, distance = w, d
		}
	}
	if best == "" {
		return ""
	}
	return fmt.Sprintf("; did you mean %q?", best)
}
