package site

import (
	"context"
	"iter"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/errcode-cli/errcode/internal/catalog"
	"github.com/errcode-cli/errcode/internal/entry"
	"github.com/errcode-cli/errcode/internal/text"
)

// A group is the entries whose codes begin alike.
type group struct {
	prefix  string // folded; as little as tells the group from the others
	common  string // folded; all that the codes have in common at their beginnings
	whole   bool   // the code is the prefix, and not longer
	entries int
}

// shown is a beginning as most codes spell it. Small letters that are not ASCII
// stay: their capitals may be those of other letters too.
func shown(folded string) string {
	return strings.Map(func(r rune) rune {
		if 'a' <= r && r <= 'z' {
			r -= 'a' - 'A'
		}
		return r
	}, folded)
}

// address is that of the group's page. No prefix has a "_" in it.
func (g *group) address() string {
	name := encode(shown(g.prefix))
	if g.whole {
		name += "_"
	}
	return "groups/" + name + ".html"
}

func (g *group) title() string {
	if g.whole || g.entries == 1 {
		return shown(g.common)
	}
	return shown(g.common) + "…"
}

// has reports whether a code, folded, is in the group.
func (g *group) has(code string) bool {
	return code == g.prefix || !g.whole && strings.HasPrefix(code, g.prefix)
}

// count counts the entries, and where they are more than one page may have,
// divides them into groups of no more, by as little of their beginnings as tells
// them apart.
func (s *site) count(ctx context.Context, most int) error {
	var codes []string // folded
	for e, err := range s.all(ctx) {
		if err != nil {
			return err
		}
		codes = append(codes, entry.Fold(e.Code))
	}
	s.total = len(codes)
	if s.total > most {
		slices.Sort(codes)
		s.divide("", codes, most)
	}
	return nil
}

func (s *site) divide(prefix string, codes []string, most int) {
	if prefix != "" && len(codes) <= most {
		common, last := codes[0], codes[len(codes)-1]
		for !strings.HasPrefix(last, common) {
			_, size := utf8.DecodeLastRuneInString(common)
			common = common[:len(common)-size]
		}
		s.groups = append(s.groups, group{prefix, common, false, len(codes)})
		return
	}
	n := 0
	for n < len(codes) && codes[n] == prefix {
		n++
	}
	if n > 0 {
		s.groups = append(s.groups, group{prefix, prefix, true, n})
	}
	for codes = codes[n:]; len(codes) > 0; codes = codes[n:] {
		_, size := utf8.DecodeRuneInString(codes[0][len(prefix):])
		longer := codes[0][:len(prefix)+size]
		for n = 0; n < len(codes) && strings.HasPrefix(codes[n], longer); {
			n++
		}
		s.divide(longer, codes[:n], most)
	}
}

// groupOf is the group of a code, nil where there are none.
func (s *site) groupOf(code string) *group {
	folded := entry.Fold(code)
	for i := range s.groups {
		if s.groups[i].has(folded) {
			return &s.groups[i]
		}
	}
	return nil
}

// in yields the entries of a group, in catalog order.
func (s *site) in(ctx context.Context, g *group) iter.Seq2[entry.Entry, error] {
	return func(yield func(entry.Entry, error) bool) {
		for e, err := range s.List(ctx, catalog.Filter{Prefixes: []string{g.prefix}}) {
			if err == nil && !g.has(entry.Fold(e.Code)) {
				continue
			}
			if !yield(e, err) || err != nil {
				return
			}
		}
	}
}

// fragment is the part of an address that leads to an entry on a page, whose id is
// the code as a page shows it.
func fragment(code string) string {
	return (&url.URL{Fragment: text.Visible(code)}).EscapedFragment()
}
