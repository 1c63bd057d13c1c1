package render

import (
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/errcode-cli/errcode/internal/catalog"
	"github.com/errcode-cli/errcode/internal/source"
)

// Selection lists the catalogs of a selection. Its table has columns for the next free
// codes and for problems where one of the catalogs has such.
func Selection(opened iter.Seq[catalog.Opened]) Listing {
	all := slices.Collect(opened)
	l := Listing{
		about:   Catalogs,
		columns: []column{{"NAME", false}, {"TITLE", true}, {"ENTRIES", false}, {"ORIGIN", true}, {"OVERRIDES", true}},
	}
	blocks := slices.ContainsFunc(all, func(o catalog.Opened) bool { return o.Err == nil && o.Catalog.Blocks != nil })
	broken := slices.ContainsFunc(all, func(o catalog.Opened) bool { return o.Err != nil })
	if blocks {
		l.columns = append(l.columns, column{"NEXT", true})
	}
	if broken {
		l.columns = append(l.columns, column{"PROBLEM", true})
	}
	l.items = func(yield func(item, error) bool) {
		for _, o := range all {
			if !yield(catalogItem{Opened: o, next: blocks, broken: broken}, nil) {
				return
			}
		}
	}
	return l
}

type catalogItem struct {
	catalog.Opened
	next, broken bool // there are such columns
	unmarked
}

// problem is why the catalog could not be opened, or nothing: the first place
// where its file breaks a rule, or what kept it from being read.
func (c catalogItem) problem() string {
	switch err := c.Err.(type) {
	case nil:
		return ""
	case *source.InvalidError:
		return err.Problems[0].String()
	default:
		return err.Error()
	}
}

// origin is where the catalog comes from.
func (c catalogItem) origin() string {
	if c.Catalog != nil && c.Catalog.Origin == "" {
		return "built in"
	}
	return c.Source
}

// free is the next free code of each block, and which have none.
func (c catalogItem) free() string {
	free := slices.Clone(c.Next)
	for _, block := range c.Full {
		free = append(free, block+" is full")
	}
	return strings.Join(free, ", ")
}

func (c catalogItem) blocks(Options) []block {
	if c.Err != nil {
		return []block{
			{kind: heading, texts: []styled{colored(code, c.Source)}},
			{kind: remark, label: "Problem", texts: []styled{colored(bad, c.problem())}},
		}
	}
	entries := "(" + Count(c.Catalog.Entries, "entry", "entries") + ")"
	blocks := []block{
		{kind: heading, texts: []styled{colored(code, c.Catalog.Name), colored(title, c.Catalog.Title), {text: entries}}},
		{kind: remark, label: "Origin", texts: []styled{{text: c.origin()}}},
	}
	if c.Catalog.Homepage != "" {
		blocks = append(blocks, block{kind: remark, label: "Homepage", texts: []styled{{text: c.Catalog.Homepage}}})
	}
	if c.Overrides != nil {
		blocks = append(blocks, block{kind: remark, label: "Overrides", texts: []styled{{text: strings.Join(c.Overrides, ", ")}}})
	}
	if free := c.free(); free != "" {
		blocks = append(blocks, block{kind: remark, label: "Next", texts: []styled{{text: free}}})
	}
	return blocks
}

func (c catalogItem) row() []styled {
	row := []styled{{}, {}, {}, {text: c.origin()}, {text: strings.Join(c.Overrides, ", ")}}
	if c.Err == nil {
		row[0], row[1], row[2] = colored(code, c.Catalog.Name), styled{text: c.Catalog.Title}, styled{text: fmt.Sprint(c.Catalog.Entries)}
	}
	if c.next {
		row = append(row, styled{text: c.free()})
	}
	if c.broken {
		row = append(row, colored(bad, c.problem()))
	}
	return row
}

func (c catalogItem) value() any {
	v := struct {
		Name      string   `json:"name,omitzero"`
		Title     string   `json:"title,omitzero"`
		Homepage  string   `json:"homepage,omitzero"`
		Entries   int      `json:"entries"`
		Origin    string   `json:"origin"`
		Overrides []string `json:"overrides"`
		Next      []string `json:"next"`
		Full      []string `json:"full"`
		Problem   string   `json:"problem,omitzero"`
	}{Origin: c.origin(), Overrides: array(c.Overrides), Next: array(c.Next), Full: array(c.Full), Problem: c.problem()}
	if c.Err == nil {
		v.Name, v.Title, v.Homepage, v.Entries = c.Catalog.Name, c.Catalog.Title, c.Catalog.Homepage, c.Catalog.Entries
	}
	return v
}
