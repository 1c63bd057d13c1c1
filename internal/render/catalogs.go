package render

import (
	"fmt"
	"iter"
	"strings"

	"github.com/errcode-cli/errcode/internal/catalog"
	"github.com/errcode-cli/errcode/internal/source"
)

// Selection lists the catalogs of a selection.
func Selection(opened iter.Seq[catalog.Opened]) Listing {
	return Listing{
		about:   Catalogs,
		columns: []column{{"NAME", false}, {"TITLE", true}, {"ENTRIES", false}, {"ORIGIN", true}, {"OVERRIDES", true}},
		items: func(yield func(item, error) bool) {
			for o := range opened {
				if !yield(catalogItem{Opened: o}, nil) {
					return
				}
			}
		},
	}
}

type catalogItem struct {
	catalog.Opened
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
	return blocks
}

func (c catalogItem) row() []styled {
	if c.Err != nil {
		return []styled{{}, colored(bad, c.problem()), {}, {text: c.Source}, {}}
	}
	return []styled{
		colored(code, c.Catalog.Name),
		{text: c.Catalog.Title},
		{text: fmt.Sprint(c.Catalog.Entries)},
		{text: c.origin()},
		{text: strings.Join(c.Overrides, ", ")},
	}
}

func (c catalogItem) value() any {
	v := struct {
		Name      string   `json:"name,omitzero"`
		Title     string   `json:"title,omitzero"`
		Homepage  string   `json:"homepage,omitzero"`
		Entries   int      `json:"entries"`
		Origin    string   `json:"origin"`
		Overrides []string `json:"overrides"`
		Problem   string   `json:"problem,omitzero"`
	}{Origin: c.origin(), Overrides: array(c.Overrides), Problem: c.problem()}
	if c.Err == nil {
		v.Name, v.Title, v.Homepage, v.Entries = c.Catalog.Name, c.Catalog.Title, c.Catalog.Homepage, c.Catalog.Entries
	}
	return v
}
