package catalog

import (
	"cmp"
	"container/heap"
	"context"
	"iter"
	"slices"

	"github.com/errcode-cli/errcode/internal/entry"
	"github.com/errcode-cli/errcode/internal/index"
)

// A standing is what puts a hit before others, whatever the scores.
type standing uint8

// The standings, the last one first.
const (
	byScore  standing = iota
	byHeld            // the query, which the entry covers, holds the title or a message
	byPhrase          // the title or a message holds the query, word for word
	byText            // it is the query
	byAlias           // an alias is the query, or a word of it
	byCode            // the code is
)

// said is what an entry says, and programs print, of what has happened.
func said(e *entry.Entry) []entry.Message {
	all := []entry.Message{entry.Plain(e.Title)}
	for _, m := range e.Messages {
		all = append(all, entry.ParseMessage(m))
	}
	return all
}

// ranked is the hits of a search: those that stand out, and the others.
type ranked struct {
	first  []outstanding
	others hits
}

type outstanding struct {
	hit
	by standing
}

// ranked gathers the hits that a filter lets through.
func (a *asking) ranked(f Filter, scores func(*index.Ranking) iter.Seq2[int, float64]) (ranked, error) {
	most := 0
	for _, r := range a.rankings {
		most += r.Len()
	}
	all := ranked{others: make(hits, 0, most)}
	for i, c := range a.catalogs {
		let, err := c.narrowed(f)
		if err != nil {
			return ranked{}, err
		}
		named, texts, err := c.outstanding(a.query)
		if err != nil {
			return ranked{}, err
		}
		for id := range a.held {
			if id.catalog == i {
				named[id.record] = max(named[id.record], byHeld)
			}
		}
		out := slices.Clone(texts)
		for record := range named {
			out.Add(record)
			a.rankings[i].CoverAll(record)
		}
		for record, score := range scores(a.rankings[i]) {
			h := hit{ID{i, record}, score}
			if !let.Has(record) {
				continue
			}
			if !out.Has(record) { // as nearly all are
				all.others = append(all.others, h)
				continue
			}
			switch by := named[record]; {
			case by < byText && texts.Has(record):
				all.first = append(all.first, outstanding{h, byText})
			case by < byAlias:
				all.first = append(all.first, outstanding{h, by})
			default: // of several, the catalog's order tells
				all.first = append(all.first, outstanding{hit{ID: h.ID}, by})
			}
		}
	}
	return all, nil
}

// outstanding returns the records that a query names, and those whose title or message
// it is. That of a message with places is found by reading; see best.
func (c *Catalog) outstanding(q query) (named map[int]standing, texts index.Set, err error) {
	named = map[int]standing{}
	name := func(key string, means func(index.Name) bool) {
		for name, failed := range c.index.Find(key) {
			if failed != nil {
				err = cmp.Or(err, c.failed(failed))
				return
			}
			by := byCode
			if name.Further {
				by = byAlias
			}
			if means(name) {
				named[name.Record] = max(named[name.Record], by)
			}
		}
	}
	name(entry.Fold(q.text), func(index.Name) bool { return true })
	for _, piece := range q.pieces {
		name(entry.Fold(piece), func(n index.Name) bool { return string(n.Name) == piece })
	}
	texts = index.NewSet(c.Entries)
	if err == nil && len(q.said) > 0 {
		err = c.saying(q, texts)
	}
	return named, texts, err
}

// saying adds to a set the records whose title, or a message without places, is a query.
func (c *Catalog) saying(q query, texts index.Set) error {
	var marked []int
	if err := c.index.Marked(saidMark(q.said), func(record int) { marked = append(marked, record) }); err != nil {
		return c.failed(err)
	}
	for _, record := range marked {
		e, err := c.entry(record)
		if err != nil {
			return err
		}
		if q.standing(&e) == byText {
			texts.Add(record)
		}
	}
	return nil
}

// How many of the hits with the best scores are read, to see whether the query stands in
// their title or messages, and whether it holds one, where no entry has every word. So a
// phrase is found among these alone; what the query is, word for word, is found wherever
// it is.
const (
	mostRead = 50
	mostHeld = 200
)

// best yields the hits, best first, in catalog order where nothing else tells.
func (a *asking) best(ctx context.Context, all ranked) iter.Seq2[ID, error] {
	return func(yield func(ID, error) bool) {
		first := slices.Clone(all.first)
		others := all.others // what is taken off stays behind its end
		heap.Init(&others)
		read := 0 // one word is no phrase
		if len(a.said) > 1 {
			read = min(mostRead, len(others))
		}
		for range read {
			h := heap.Pop(&others).(hit)
			e, err := a.Entry(h.ID)
			if err := cmp.Or(ctx.Err(), err); err != nil {
				yield(ID{}, err)
				return
			}
			first = append(first, outstanding{h, a.standing(&e)})
		}
		slices.SortFunc(first, func(v, w outstanding) int {
			return cmp.Or(cmp.Compare(w.by, v.by), v.compare(w.hit))
		})
		for _, h := range first {
			if !yield(h.ID, nil) {
				return
			}
		}
		for len(others) > 0 {
			if !yield(heap.Pop(&others).(hit).ID, nil) {
				return
			}
		}
	}
}

// standing says how a query stands in what an entry says.
func (q query) standing(e *entry.Entry) standing {
	by := byScore
	for _, m := range said(e) {
		switch m.Standing(q.said) {
		case entry.Within:
			by = max(by, byPhrase)
		case entry.Entire:
			return byText
		}
	}
	return by
}

// hits is a heap, so that the best come first without all of them being sorted.
type hits []hit

type hit struct {
	ID
	score float64
}

// compare orders by the score, the best first, then as List does.
func (h hit) compare(g hit) int {
	return cmp.Or(cmp.Compare(g.score, h.score), h.Compare(g.ID))
}

func (h hits) Len() int { return len(h) }

// Less is compare for very many of them.
func (h hits) Less(i, j int) bool {
	if a, b := h[i].score, h[j].score; a != b {
		return a > b
	}
	return h[i].Compare(h[j].ID) < 0
}

func (h hits) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h *hits) Push(x any)   { *h = append(*h, x.(hit)) }

func (h *hits) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}
