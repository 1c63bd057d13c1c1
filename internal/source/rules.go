package source

import (
	"fmt"
	"strconv"
	"strings"
	"sync"

	"github.com/errcode-cli/errcode/internal/document"
	"github.com/errcode-cli/errcode/internal/entry"
)

// A rule says what a catalog file may hold under one key. Those of a catalog's head
// are written here, those of an entry in the table of its fields.
type rule[T any] struct {
	key      string
	required bool
	about    string // for people who write catalogs: the key's help in an editor
	value    value
	set      func(*T, *document.Node) // takes over a value that kept the rule
}

// A Head is what a catalog says of itself.
type Head struct {
	Name     string
	Title    string
	Homepage string
	Retired  []string      // codes that were, and never come back
	Blocks   []entry.Range // in which its codes are; none is anywhere
}

// Keys of a catalog file that mean something beside their values. The entries are read
// one at a time.
const (
	nameKey    = "catalog"
	retiredKey = "retired"
	rangeKey   = "range"
	errorsKey  = "errors"
)

// header is the rules of a catalog file.
var header = sync.OnceValue(func() mapping[Head] {
	return mapping[Head]{rules: []rule[Head]{
		{nameKey, true, "The catalog's name: lower-case letters, digits and hyphens. Unique among the catalogs used together.",
			text{entry.Slug}, func(h *Head, n *document.Node) { h.Name = n.Text }},
		{"title", true, "What the catalog is about, in one line.",
			text{entry.Line}, func(h *Head, n *document.Node) { h.Title = n.Text }},
		{"homepage", false, "Where the catalog is published.",
			text{entry.Web}, func(h *Head, n *document.Node) { h.Homepage = n.Text }},
		{retiredKey, false, "Codes that were and never come back: no entry may have one.",
			list{of: text{entry.Name}}, func(h *Head, n *document.Node) {
				for _, item := range n.Items {
					h.Retired = append(h.Retired, item.Text)
				}
			}},
		{rangeKey, false, "The blocks of numbers that the catalog's codes are in, such as PAY-400-499 or 1000-1999.",
			list{of: text{entry.Block}}, func(h *Head, n *document.Node) {
				for _, item := range n.Items {
					block, _ := entry.ParseRange(item.Text) // it kept the rule
					h.Blocks = append(h.Blocks, block)
				}
			}},
		{errorsKey, true, "The entries, one for each code.",
			list{of: ofEntry(), least: 1}, nil},
	}}
})

// CheckTitle returns what keeps s from being the title of a catalog, or nothing.
func CheckTitle(s string) string { return entry.Line.Broken(s) }

// ofEntry is the rules of an entry, made of its fields.
var ofEntry = sync.OnceValue(func() mapping[entry.Entry] {
	m := mapping[entry.Entry]{extra: func(e *entry.Entry, f document.Field) {
		e.Extra = append(e.Extra, entry.Extra{Key: f.Key.Text, Value: f.Value.AppendJSON(nil)})
	}}
	for _, f := range entry.Fields {
		r := rule[entry.Entry]{key: f.Key, required: f.Required, about: f.About}
		r.value, r.set = ofField(f.Value)
		m.rules = append(m.rules, r)
	}
	return m
})

// ofField is what must stand under the key of a field, and how an entry takes it over.
func ofField(of entry.Value) (value, func(*entry.Entry, *document.Node)) {
	switch v := of.(type) {
	case entry.Text:
		return text{v.Rule}, func(e *entry.Entry, n *document.Node) { *v.Of(e) = n.Text }
	case entry.Texts:
		return list{of: text{v.Rule}}, func(e *entry.Entry, n *document.Node) {
			for _, item := range n.Items {
				*v.Of(e) = append(*v.Of(e), item.Text)
			}
		}
	case entry.HTTPStatus:
		return status{}, func(e *entry.Entry, n *document.Node) { e.Status, _ = strconv.Atoi(n.Text) }
	case entry.Level:
		return choice(entry.Severities), func(e *entry.Entry, n *document.Node) { e.Severity = entry.Severity(n.Text) }
	case entry.YesNo:
		return boolean{}, func(e *entry.Entry, n *document.Node) {
			e.Retryable = entry.No
			if strings.EqualFold(n.Text, "true") {
				e.Retryable = entry.Yes
			}
		}
	case entry.Compound:
		m := ofParts(v.Parts())
		return list{of: m}, func(e *entry.Entry, n *document.Node) {
			for _, item := range n.Items {
				var of thing
				m.read(new(checker), item, &of)
				texts := make([]string, len(m.rules))
				for i := range texts {
					texts[i] = of[i]
				}
				v.Add(e, texts)
			}
		}
	}
	panic(fmt.Sprintf("source: no rules for %T", of))
}

// A thing is what several texts make up, each by the number of its part.
type thing map[int]string

// ofParts is the rules of a thing.
func ofParts(parts []entry.Part) mapping[thing] {
	var m mapping[thing]
	for i, p := range parts {
		m.rules = append(m.rules, rule[thing]{p.Key, p.Required, p.About, text{p.Rule}, func(of *thing, n *document.Node) {
			if *of == nil {
				*of = thing{}
			}
			(*of)[i] = n.Text
		}})
	}
	return m
}
