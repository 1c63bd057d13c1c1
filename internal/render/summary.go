package render

import (
	"fmt"
	"iter"
	"strings"

	"github.com/errcode-cli/errcode/internal/catalog"
)

// Counts lists HTTP statuses with the codes that have them.
func Counts(counts iter.Seq2[catalog.StatusCount, error]) Listing {
	return Listing{
		about:   Summary,
		columns: []column{{"STATUS", false}, {"PHRASE", true}, {"COUNT", false}, {"CODES", true}},
		items: func(yield func(item, error) bool) {
			for c, err := range counts {
				if !yield(countItem{StatusCount: c}, err) {
					return
				}
			}
		},
	}
}

type countItem struct {
	catalog.StatusCount
	unmarked
}

func (c countItem) blocks(Options) []block {
	entries := "(" + Count(len(c.Codes), "entry", "entries") + ")"
	return []block{
		{kind: heading, texts: []styled{
			colored(code, fmt.Sprint(c.Status)), colored(title, catalog.Phrase(c.Status)), {text: entries},
		}},
		{kind: remark, label: "Codes", texts: []styled{{text: c.codes()}}},
	}
}

func (c countItem) row() []styled {
	return []styled{
		colored(statusColor(c.Status), fmt.Sprint(c.Status)),
		{text: catalog.Phrase(c.Status)},
		{text: fmt.Sprint(len(c.Codes))},
		{text: c.codes()},
	}
}

func (c countItem) codes() string { return strings.Join(c.Codes, ", ") }

func (c countItem) value() any {
	return struct {
		Status int      `json:"status"`
		Phrase string   `json:"phrase"`
		Count  int      `json:"count"`
		Codes  []string `json:"codes"`
	}{c.Status, catalog.Phrase(c.Status), len(c.Codes), c.Codes}
}
