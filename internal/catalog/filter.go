package catalog

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode"

	"github.com/errcode-cli/errcode/internal/entry"
	"github.com/errcode-cli/errcode/internal/index"
)

// A Filter narrows a query to entries whose code begins with one of the prefixes
// (folded), that have one of the statuses, one of the severities and one of the tags
// (whatever their case), and that are deprecated or not. A part of the filter that says
// nothing lets everything through.
type Filter struct {
	Prefixes   []string
	Statuses   Statuses
	Severities []entry.Severity
	Tags       []string
	Deprecated entry.Answer
}

// folded returns the prefixes, or nil where they let everything through.
func (f Filter) folded() []string {
	var all []string
	for _, prefix := range f.Prefixes {
		key := entry.Fold(prefix)
		if key == "" {
			return nil
		}
		all = append(all, key)
	}
	return all
}

// Parts returns the filters that the filter is made of, but for its prefixes: each says
// one thing alone.
func (f Filter) Parts() []Filter {
	var parts []Filter
	if len(f.Statuses) > 0 {
		parts = append(parts, Filter{Statuses: f.Statuses})
	}
	if len(f.Severities) > 0 {
		parts = append(parts, Filter{Severities: f.Severities})
	}
	if len(f.Tags) > 0 {
		parts = append(parts, Filter{Tags: f.Tags})
	}
	if f.Deprecated != entry.Unknown {
		parts = append(parts, Filter{Deprecated: f.Deprecated})
	}
	return parts
}

// but returns the filter without one of its parts.
func (f Filter) but(part Filter) Filter {
	switch {
	case len(part.Statuses) > 0:
		f.Statuses = nil
	case len(part.Severities) > 0:
		f.Severities = nil
	case len(part.Tags) > 0:
		f.Tags = nil
	default:
		f.Deprecated = entry.Unknown
	}
	return f
}

// foldTag is what counts of a tag: not its case.
func foldTag(tag string) string {
	return strings.Map(func(r rune) rune { return unicode.ToLower(unicode.ToUpper(r)) }, tag)
}

// narrowed returns the records that a filter lets through.
func (c *Catalog) narrowed(f Filter) (index.Set, error) {
	set := index.FullSet(c.Entries)
	var failed error
	keep := func(some index.Set, err error) {
		failed = cmp.Or(failed, err)
		if failed == nil {
			set.Keep(some)
		}
	}
	if prefixes := f.folded(); prefixes != nil {
		keep(c.withPrefix(prefixes))
	}
	if len(f.Statuses) > 0 {
		keep(c.withStatus(f.Statuses))
	}
	if len(f.Severities) > 0 {
		keep(c.withSeverity(f.Severities))
	}
	if len(f.Tags) > 0 {
		var marks []string
		for _, tag := range f.Tags {
			marks = append(marks, tagMark(tag))
		}
		keep(c.withMark(marks...))
	}
	if f.Deprecated != entry.Unknown {
		deprecated, err := c.withMark(deprecatedMark)
		if f.Deprecated == entry.No {
			deprecated = c.others(deprecated)
		}
		keep(deprecated, err)
	}
	return set, failed
}

// withPrefix returns the records whose code begins with one of some folded prefixes.
func (c *Catalog) withPrefix(prefixes []string) (index.Set, error) {
	set := index.NewSet(c.Entries)
	for _, prefix := range prefixes {
		for name, err := range c.index.Names(prefix) {
			if err != nil {
				return nil, c.failed(err)
			}
			if !name.Further {
				set.Add(name.Record)
			}
		}
	}
	return set, nil
}

// withStatus returns the records that have one of some statuses.
func (c *Catalog) withStatus(statuses Statuses) (index.Set, error) {
	set := index.NewSet(c.Entries)
	byStatus, err := c.byStatus(statuses)
	for _, records := range byStatus {
		set.Insert(records)
	}
	return set, err
}

// withSeverity returns the records that have one of some severities.
func (c *Catalog) withSeverity(severities []entry.Severity) (index.Set, error) {
	var others []string // the marks of what has none of them
	for _, s := range entry.Severities {
		if s != entry.Error && !slices.Contains(severities, s) {
			others = append(others, severityMark(s))
		}
	}
	if slices.Contains(severities, entry.Error) {
		set, err := c.withMark(others...)
		return c.others(set), err
	}
	var marks []string
	for _, s := range severities {
		marks = append(marks, severityMark(s))
	}
	return c.withMark(marks...)
}

// withMark returns the records that one of some marks leads to.
func (c *Catalog) withMark(marks ...string) (index.Set, error) {
	set := index.NewSet(c.Entries)
	for _, mark := range marks {
		if err := c.index.Marked(mark, set.Add); err != nil {
			return nil, c.failed(err)
		}
	}
	return set, nil
}

// others returns the records that are not in a set.
func (c *Catalog) others(set index.Set) index.Set {
	all := index.FullSet(c.Entries)
	all.Remove(set)
	return all
}

// Severities is the severities that the entries of the selection have, worst first.
func (s *Selection) Severities() []entry.Severity {
	occur := map[entry.Severity]bool{}
	for _, c := range s.catalogs {
		for _, severity := range c.Severities {
			occur[severity] = true
		}
	}
	return occurring(occur)
}

// Tags is the tags that begin with what is typed and that an entry has, folded and in
// their order: the first ones, and most at the most.
func (s *Selection) Tags(ctx context.Context, typed string, most int) ([]string, error) {
	hidden, err := s.overlay(ctx)
	if err != nil {
		return nil, err
	}
	var all []string
	for i, c := range s.catalogs {
		n := 0
		for mark, err := range c.index.Marks(tagMark(typed)) {
			if err := cmp.Or(c.failed(err), ctx.Err()); err != nil {
				return nil, err
			}
			if hidden[i].Len() > 0 {
				records, err := c.withMark(mark)
				if err != nil {
					return nil, err
				}
				if records.Remove(hidden[i]); records.Len() == 0 {
					continue
				}
			}
			all = append(all, strings.TrimPrefix(mark, tagMark("")))
			if n++; n == most {
				break
			}
		}
	}
	slices.Sort(all)
	all = slices.Compact(all)
	return all[:min(len(all), most)], nil
}
