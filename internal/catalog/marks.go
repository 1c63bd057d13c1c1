package catalog

import (
	"context"
	"hash/fnv"
	"iter"
	"slices"
	"strconv"

	"github.com/errcode-cli/errcode/internal/entry"
	"github.com/errcode-cli/errcode/internal/index"
)

// rangeMark is the mark of an entry that covers a range.
func rangeMark(r entry.Range) string { return "range " + entry.Fold(r.Prefix) }

// messageMark begins the mark of an entry with a message: the rarest of the words that
// are always in it follows, or nothing where no whole word is.
const messageMark = "message "

// severityMark is the mark of an entry of a severity; the common one, error, has none.
func severityMark(s entry.Severity) string { return "severity " + string(s) }

// tagMark is the mark of an entry with a tag, or begins that of one whose tag begins so.
func tagMark(tag string) string { return "tag " + foldTag(tag) }

// deprecatedMark is the mark of an entry that is deprecated.
const deprecatedMark = "deprecated"

// saidMark is the mark of an entry whose title, or a message without places, has just
// these words, and of others: one of its own for every title would be a part of a
// catalog that is felt.
func saidMark(words []string) string {
	h := fnv.New32a()
	for _, w := range words {
		h.Write([]byte(w))
		h.Write([]byte{0})
	}
	return "said " + strconv.FormatUint(uint64(h.Sum32()%4096), 16)
}

// mark marks the last record, that of an entry, with what it is looked up by and not
// searched for.
func mark(b *index.Builder, e *entry.Entry) {
	for _, text := range e.Covers {
		if r, err := entry.ParseRange(text); err == nil {
			b.Mark(rangeMark(r))
		}
	}
	if e.Severity != entry.Error {
		b.Mark(severityMark(e.Severity))
	}
	for _, tag := range e.Tags {
		b.Mark(tagMark(tag))
	}
	if e.Deprecated != "" {
		b.Mark(deprecatedMark)
	}
	for i, m := range said(e) {
		words := m.Words()
		if i > 0 { // behind the title, a message
			b.MarkRarest(messageMark, words...)
		}
		if m.Fixed() {
			b.Mark(saidMark(words))
		}
	}
}

// marked reads the visible entries that one of some marks leads to, each once and in
// catalog order.
func (s *Selection) marked(ctx context.Context, marks ...string) iter.Seq2[entry.Entry, error] {
	return func(yield func(entry.Entry, error) bool) {
		for i, c := range s.catalogs {
			var records []int
			for _, mark := range marks {
				if err := c.index.Marked(mark, func(record int) { records = append(records, record) }); err != nil {
					yield(entry.Entry{}, c.failed(err))
					return
				}
			}
			slices.Sort(records)
			for _, record := range slices.Compact(records) {
				e, err := c.entry(record)
				hidden := false
				if err == nil {
					hidden, err = s.overridden(i, e.Code)
				}
				if err == nil {
					err = ctx.Err()
				}
				if !hidden && !yield(e, err) || err != nil {
					return
				}
			}
		}
	}
}
