package render

import (
	"bytes"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/errcode-cli/errcode/internal/catalog"
)

// Each lists entries that were asked for one by one: JSON is one object after
// another.
func Each(entries iter.Seq2[catalog.Entry, error]) Listing {
	l := List(entries)
	l.stream = true
	return l
}

// List lists entries.
func List(entries iter.Seq2[catalog.Entry, error]) Listing {
	return Listing{columns: entryColumns, items: func(yield func(item, error) bool) {
		for e, err := range entries {
			if !yield(entryItem{Hit: catalog.Hit{Entry: e}}, err) {
				return
			}
		}
	}}
}

// Hits lists entries with what matched in them.
func Hits(hits iter.Seq2[catalog.Hit, error]) Listing {
	return Listing{columns: append(slices.Clip(entryColumns), column{"MATCH", true}), items: func(yield func(item, error) bool) {
		for h, err := range hits {
			if !yield(entryItem{h, true}, err) {
				return
			}
		}
	}}
}

var entryColumns = []column{{"CODE", false}, {"STATUS", false}, {"TITLE", true}}

// entryItem is an entry, as an answer to a search or by itself.
type entryItem struct {
	catalog.Hit
	searched bool
}

func (e entryItem) blocks(o Options) []block {
	head := []styled{e.code(), e.title(), {}}
	if e.Status != 0 {
		head[2] = styled{text: fmt.Sprintf("(HTTP %d)", e.Status)}
	}
	blocks := []block{{kind: heading, texts: head}}
	add := func(kind blockKind, name string, texts ...styled) {
		if len(texts) > 0 && texts[0].text != "" {
			blocks = append(blocks, block{kind: kind, label: name, texts: texts})
		}
	}
	say := func(name, value string) { add(remark, name, styled{text: value}) }

	add(remark, "Deprecated", colored(warn, e.Deprecated))
	add(paragraph, "", e.marked(catalog.FieldDescription, 0, e.Description))
	add(list, "Possible causes", e.each(catalog.FieldCauses, 0, e.Causes)...)
	add(section, "Resolution", e.marked(catalog.FieldResolution, 0, e.Resolution))
	switch e.Retryable {
	case catalog.Yes:
		say("Retryable", "yes")
	case catalog.No:
		say("Retryable", "no")
	}
	if e.Severity != catalog.Error {
		say("Severity", string(e.Severity))
	}
	say("Since", e.Since)
	add(remark, "Aliases", join(", ", e.each(catalog.FieldCode, 1, e.Aliases)...))
	say("Related", strings.Join(e.Related, ", "))
	for _, l := range e.Links {
		blocks = append(blocks, block{kind: remark, label: "Link", texts: []styled{{text: l.Title}}, url: l.URL})
	}
	if o.Catalogs {
		say("Catalog", e.Catalog)
	}
	if e.searched {
		say("Matched", e.reasons())
	}
	return blocks
}

func (e entryItem) row() []styled {
	status := styled{}
	if e.Status != 0 {
		status = e.marked(catalog.FieldStatus, 0, fmt.Sprint(e.Status)).over(statusColor(e.Status))
	}
	row := []styled{e.code(), status, e.marked(catalog.FieldTitle, 0, e.Title)}
	if e.searched {
		row = append(row, styled{text: e.reasons()})
	}
	return row
}

func (e entryItem) code() styled {
	return e.marked(catalog.FieldCode, 0, e.Code).over(code)
}

func (e entryItem) title() styled {
	return e.marked(catalog.FieldTitle, 0, e.Title).over(title)
}

// each returns the texts of a field that has several, the first being item
// number first.
func (e entryItem) each(f catalog.Field, first int, texts []string) []styled {
	all := make([]styled, len(texts))
	for i, t := range texts {
		all[i] = e.marked(f, first+i, t)
	}
	return all
}

// marked returns a text with the words in it that matched the search.
func (e entryItem) marked(f catalog.Field, item int, text string) styled {
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

// A matchValue says in JSON that a word matched in a field.
type matchValue struct {
	Field string `json:"field"`
	Word  string `json:"word"`
}

// matches is each field and word that matched, once, in the order of the
// entry's fields.
func (e entryItem) matches() []matchValue {
	var values []matchValue
	for _, f := range catalog.Fields {
		for _, m := range e.Matches {
			v := matchValue{m.Field.String(), m.Word}
			if m.Field == f && !slices.Contains(values, v) {
				values = append(values, v)
			}
		}
	}
	return values
}

// An entryValue is an entry in JSON. Its keys, once published, keep their
// names, order and types: keys are only ever added.
type entryValue struct {
	Catalog     string           `json:"catalog"`
	Code        string           `json:"code"`
	Title       string           `json:"title"`
	Status      int              `json:"status,omitzero"`
	Severity    catalog.Severity `json:"severity"`
	Description string           `json:"description"`
	Causes      []string         `json:"causes"`
	Resolution  string           `json:"resolution,omitzero"`
	Retryable   *bool            `json:"retryable,omitempty"`
	Keywords    []string         `json:"keywords"`
	Aliases     []string         `json:"aliases"`
	Related     []string         `json:"related"`
	Links       []catalog.Link   `json:"links"`
	Since       string           `json:"since,omitzero"`
	Deprecated  string           `json:"deprecated,omitzero"`
	Matches     []matchValue     `json:"matches,omitzero"`
}

func (e entryItem) value() any {
	v := entryValue{
		Catalog:     e.Catalog,
		Code:        e.Code,
		Title:       e.Title,
		Status:      e.Status,
		Severity:    e.Severity,
		Description: e.Description,
		Causes:      array(e.Causes),
		Resolution:  e.Resolution,
		Keywords:    array(e.Keywords),
		Aliases:     array(e.Aliases),
		Related:     array(e.Related),
		Links:       array(e.Links),
		Since:       e.Since,
		Deprecated:  e.Deprecated,
	}
	if e.Retryable != catalog.Unknown {
		v.Retryable = new(e.Retryable == catalog.Yes)
	}
	if e.searched {
		v.Matches = e.matches()
	}
	if e.Extra != nil {
		return extended{v, e.Extra}
	}
	return v
}

// extended is an entry with the keys that its catalog adds, which come last.
type extended struct {
	entry entryValue
	extra []catalog.Extra
}

func (x extended) MarshalJSON() ([]byte, error) {
	b, err := encode(x.entry)
	if err != nil {
		return nil, err
	}
	b = b[:len(b)-1] // without its closing brace
	for _, extra := range x.extra {
		key, err := encode(extra.Key)
		if err != nil {
			return nil, err
		}
		b = append(append(append(append(b, ','), key...), ':'), extra.Value...)
	}
	return append(b, '}'), nil
}

// Source is an entry in JSON as it stands in a catalog file: its value without
// the name of the catalog.
func Source(e catalog.Entry) ([]byte, error) {
	e.Catalog = ""
	text, err := encode(entryItem{Hit: catalog.Hit{Entry: e}}.value())
	if err != nil {
		return nil, err
	}
	return append([]byte("{"), bytes.TrimPrefix(text, []byte(`{"catalog":"",`))...), nil
}

// array makes nothing an empty JSON array instead of null.
func array[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
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
