package render

import (
	"encoding/json"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"

	"github.com/errcode-cli/errcode/internal/catalog"
	"github.com/errcode-cli/errcode/internal/entry"
	"github.com/errcode-cli/errcode/internal/source"
)

// Each lists entries that were asked for one by one: JSON is one object after
// another.
func Each(entries iter.Seq2[entry.Entry, error]) Listing {
	l := List(entries)
	l.about, l.stream = Entries, true
	return l
}

// CatalogFile lists entries that a file may hold, under a head.
func CatalogFile(head source.Head, entries iter.Seq2[entry.Entry, error]) Listing {
	l := List(entries)
	l.about, l.head = l.about|CatalogFiles, head
	return l
}

// List lists entries.
func List(entries iter.Seq2[entry.Entry, error]) Listing {
	return Listing{about: Entries | EntryLists, columns: entryColumns, has: hasEntryColumn, items: func(yield func(item, error) bool) {
		for e, err := range entries {
			if !yield(entryItem{Hit: &catalog.Hit{Entry: e}}, err) {
				return
			}
		}
	}, entries: entries}
}

// Hits lists entries with what matched in them.
func Hits(hits iter.Seq2[catalog.Hit, error]) Listing {
	l := List(func(yield func(entry.Entry, error) bool) {
		for h, err := range hits {
			if !yield(h.Entry, err) {
				return
			}
		}
	})
	l.columns = append(slices.Clip(l.columns), column{"MATCH", true})
	l.items = func(yield func(item, error) bool) {
		for h, err := range hits {
			if !yield(entryItem{Hit: &h, searched: true}, err) {
				return
			}
		}
	}
	return l
}

var entryColumns = []column{{"CODE", false}, {"STATUS", false}, {"TITLE", true}, {"SEVERITY", false}, {"CATALOG", false}}

// hasEntryColumn reports whether a table of entries has a column.
func hasEntryColumn(title string, o Options) bool {
	switch title {
	case "SEVERITY":
		return o.Severities
	case "CATALOG":
		return o.Several
	}
	return true
}

// entryItem is an entry, as an answer to a search or by itself.
type entryItem struct {
	*catalog.Hit
	searched bool
	unmarked
}

func (e entryItem) blocks(o Options) []block {
	status := styled{}
	if e.Status != 0 {
		status.text = fmt.Sprintf("(HTTP %d)", e.Status)
	}
	blocks := append(make([]block, 0, 8), block{kind: heading, texts: []styled{e.code(), e.title().over(title), status}})
	for _, f := range entry.InText() {
		blocks = e.field(blocks, f)
	}
	say := func(name, value string) {
		blocks = append(blocks, block{kind: remark, label: name, texts: []styled{{text: value}}})
	}
	for _, x := range e.Extra {
		if text := x.Text(); text != "" {
			say(x.Key, text)
		}
	}
	if o.Catalogs {
		say("Catalog", e.Catalog)
	}
	if e.searched {
		say("Matched", e.reasons())
	}
	return blocks
}

// field adds what the text below the heading says of a field: nothing, where the entry
// says nothing.
func (e entryItem) field(blocks []block, f *entry.Field) []block {
	label := f.Shown.Label
	switch f.Key { // those whose texts are things of several parts
	case "links":
		for _, l := range e.Links {
			blocks = append(blocks, block{kind: remark, label: label, texts: []styled{{text: l.Title}}, url: l.URL})
		}
		return blocks
	case "examples":
		for _, x := range e.Examples {
			titled := label
			if x.Title != "" {
				titled += " (" + x.Title + ")"
			}
			blocks = append(blocks, block{kind: verbatim, label: titled, texts: []styled{{text: x.Text}}, language: x.Language})
		}
		return blocks
	}

	texts := e.texts(f)
	if len(texts) == 0 {
		return blocks
	}
	b := block{label: label, texts: texts}
	switch f.Shown.As {
	case entry.Heading:
		return blocks // which has it already
	case entry.Notice:
		b.kind, b.texts = remark, []styled{texts[0].over(warn)}
	case entry.Fact:
		b.kind, b.texts = remark, []styled{join(", ", texts...)}
	default:
		b.kind = kinds[f.Shown.As]
	}
	return append(blocks, b)
}

// kinds is the blocks that fields of each form are shown as.
var kinds = [...]blockKind{entry.Paragraphs: paragraph, entry.Section: section, entry.Bullets: list, entry.Lines: lines}

func (e entryItem) row() []styled {
	status := styled{}
	if e.Status != 0 {
		status = e.marked(entry.FieldOf("status"), 0, strconv.Itoa(e.Status)).over(statusColor(e.Status))
	}
	listed := e.title()
	listed.text = e.Listed()
	row := []styled{e.code(), status, listed, colored(severityColor(e.Severity), string(e.Severity)), {text: e.Catalog}}
	if e.searched {
		row = append(row, styled{text: e.reasons()})
	}
	return row
}

func (e entryItem) code() styled  { return e.marked(entry.FieldOf("code"), 0, e.Code).over(code) }
func (e entryItem) title() styled { return e.marked(entry.FieldOf("title"), 0, e.Title) }

// texts returns the texts of a field.
func (e entryItem) texts(f *entry.Field) []styled {
	texts := f.Value.Texts(&e.Entry)
	all := make([]styled, len(texts))
	for item, text := range texts {
		all[item] = e.marked(f, item, text)
	}
	return all
}

// marked returns a text of a field with the words in it that matched the search.
func (e entryItem) marked(f *entry.Field, item int, text string) styled {
	t := styled{text: text}
	for _, m := range e.Matches {
		if m.Field == f && m.Item == item {
			t.spans = append(t.spans, span{m.Start, m.End, mark})
		}
	}
	t.spans = disjoint(t.spans)
	return t
}

// disjoint orders spans and joins those that overlap: two words of a query may
// match one word of a text.
func disjoint(spans []span) []span {
	slices.SortFunc(spans, func(a, b span) int { return a.start - b.start })
	var apart []span
	for _, s := range spans {
		if last := len(apart) - 1; last >= 0 && s.start < apart[last].end {
			apart[last].end = max(apart[last].end, s.end)
			continue
		}
		apart = append(apart, s)
	}
	return apart
}

// reasons says which words matched in which fields: title (rate, limit), causes (limit).
func (e entryItem) reasons() string {
	var fields []string
	words := map[string][]string{}
	for _, m := range e.matches() {
		if words[m.Field] == nil {
			fields = append(fields, m.Field)
		}
		words[m.Field] = append(words[m.Field], m.Word)
	}
	for i, f := range fields {
		fields[i] = f + " (" + strings.Join(words[f], ", ") + ")"
	}
	return strings.Join(fields, ", ")
}

// A matchValue says in JSON that a word matched in a field, and how.
type matchValue struct {
	Field string `json:"field"`
	Word  string `json:"word"`
	Kind  string `json:"kind"`
}

// matches is each field and word that matched, once and by the best kind, the fields that
// tell most first.
func (e entryItem) matches() []matchValue {
	values := []matchValue{}
	for _, f := range entry.Searched() {
		for i, m := range e.Matches {
			same := func(n catalog.Match) bool { return n.Field == f && n.Word == m.Word }
			if !same(m) || slices.ContainsFunc(e.Matches[:i], same) {
				continue
			}
			best := m.Kind
			for _, n := range e.Matches[i:] {
				if same(n) {
					best = max(best, n.Kind)
				}
			}
			values = append(values, matchValue{f.Key, m.Word, best.String()})
		}
	}
	return values
}

// value is the entry in JSON. Its keys, once published, keep their names, order and
// types: keys are only ever added.
func (e entryItem) value() any {
	o := append(make(object, 0, len(entry.Fields)+2+len(e.Extra)), member{"catalog", e.Catalog})
	o = appendFields(o, &e.Entry)
	if e.searched {
		o = append(o, member{"matches", e.matches()})
	}
	if e.Missing != nil {
		o = append(o, member{"missing", e.Missing})
	}
	return append(o, extra(&e.Entry)...)
}

// extra is the keys that a catalog adds to an entry.
func extra(e *entry.Entry) object {
	var o object
	for _, x := range e.Extra {
		o = append(o, member{x.Key, json.RawMessage(x.Value)})
	}
	return o
}

// appendFields appends what an entry says in its fields.
func appendFields(o object, e *entry.Entry) object {
	for _, f := range entry.Fields {
		if v, ok := f.Value.JSON(e); ok {
			o = append(o, member{f.Key, v})
		}
	}
	return o
}

// Source is an entry in JSON as it stands in a catalog file.
func Source(e entry.Entry) ([]byte, error) { return encode(inSource(&e)) }

// inSource is the keys of an entry in a catalog file.
func inSource(e *entry.Entry) object {
	o := appendFields(nil, e)
	if e.Description == "" { // for which programs read the title
		o = slices.DeleteFunc(o, func(m member) bool { return m.key == "description" })
	}
	return append(o, extra(e)...)
}

// array makes nothing an empty JSON array instead of null.
func array[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

func severityColor(severity entry.Severity) color {
	switch severity {
	case entry.Error:
		return bad
	case entry.Warning:
		return warn
	default:
		return mild
	}
}

func statusColor(status int) color {
	switch {
	case status >= 500:
		return bad
	case status >= 400:
		return warn
	default:
		return mild
	}
}
