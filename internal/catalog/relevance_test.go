package catalog

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// The floors lie just under what the search reaches. Where it gets better, or
// the table of queries grows, they move along.
const (
	floorFirst = 0.953
	floorMRR   = 0.959
)

// A tally is how well the queries of one kind fare.
type tally struct {
	queries, first int
	reciprocal     float64 // sum of 1/rank; an entry that is not found adds nothing
}

func (t *tally) add(rank int) {
	t.queries++
	if rank == 1 {
		t.first++
	}
	if rank > 0 {
		t.reciprocal += 1 / float64(rank)
	}
}

func (t *tally) share() float64 { return float64(t.first) / float64(t.queries) }
func (t *tally) mrr() float64   { return t.reciprocal / float64(t.queries) }

// TestRelevance asks what people ask (testdata/relevance.txt), and measures how
// often the entry they want comes first and how far down it stands.
func TestRelevance(t *testing.T) {
	selections := map[string]*Selection{}
	all, byKind, kinds := &tally{}, map[string]*tally{}, []string(nil)
	for _, parts := range table(t, "testdata/relevance.txt", 4) {
		in, kind, query, want := measured(t, selections, parts[0]), parts[1], parts[2], parts[3]
		rank, hits := rankOf(t, in, query, want)
		if rank != 1 {
			first := "nothing"
			if len(hits) > 0 {
				first = hits[0].Code
			}
			t.Logf("%-9s %-9s %q wants %s: rank %d of %d, first %s", parts[0], kind, query, want, rank, len(hits), first)
		}
		if byKind[kind] == nil {
			byKind[kind] = &tally{}
			kinds = append(kinds, kind)
		}
		all.add(rank)
		byKind[kind].add(rank)
	}
	for _, kind := range kinds {
		k := byKind[kind]
		t.Logf("%-9s %3d queries, %.3f first, MRR %.3f", kind, k.queries, k.share(), k.mrr())
	}
	t.Logf("%-9s %3d queries, %.3f first, MRR %.3f", "all", all.queries, all.share(), all.mrr())
	if all.share() < floorFirst || all.mrr() < floorMRR {
		t.Errorf("%.4f first, MRR %.4f, want at least %.3f and %.3f: see the log for what misses", all.share(), all.mrr(), floorFirst, floorMRR)
	}
}

// The floors of what is pasted: how many lines have their entry among the first three, and
// how many of those that are about none find nothing.
const (
	floorAmongThree = 0.90
	floorNothing    = 0.97
)

// TestPasted searches for lines that programs print (testdata/pasted.txt), as people
// paste them.
func TestPasted(t *testing.T) {
	selections := map[string]*Selection{}
	about, three, none, nothing := &tally{}, 0, 0, 0
	for _, parts := range table(t, "testdata/pasted.txt", 3) {
		in, want, line := measured(t, selections, parts[0]), parts[1], parts[2]
		if want == "-" {
			none++
			if hits, _ := search(t, in, line, Filter{}); len(hits) == 0 {
				nothing++
			} else {
				t.Logf("%-9s %q finds %s", parts[0], line, found(hits))
			}
			continue
		}
		rank, hits := rankOf(t, in, line, want)
		about.add(rank)
		if 0 < rank && rank <= 3 {
			three++
		}
		if rank != 1 {
			t.Logf("%-9s %q wants %s: rank %d of %d, %s", parts[0], line, want, rank, len(hits), found(hits[:min(len(hits), 3)]))
		}
	}
	share, quiet := float64(three)/float64(about.queries), float64(nothing)/float64(none)
	t.Logf("%d lines, %.3f among three, %.3f first, MRR %.3f; of %d that are about none %.3f find nothing", about.queries, share, about.share(), about.mrr(), none, quiet)
	if share < floorAmongThree || quiet < floorNothing {
		t.Errorf("%.4f among three and %.4f nothing, want at least %.3f and %.3f: see the log for what misses", share, quiet, floorAmongThree, floorNothing)
	}
}

// table reads the lines of a file, each of so many parts; the last one may hold " | ".
func table(t *testing.T, name string, parts int) [][]string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var all [][]string
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		of := strings.SplitN(line, " | ", parts)
		if len(of) != parts {
			t.Fatalf("%q of %s has %d parts, not %d", line, name, len(of), parts)
		}
		all = append(all, of)
	}
	return all
}

// measured opens a catalog that search is measured on, once.
func measured(t *testing.T, opened map[string]*Selection, name string) *Selection {
	t.Helper()
	if opened[name] == nil {
		path, known := map[string]string{"api": "api", "payments": "../../examples/payments.yaml", "storage": "testdata/storage.yaml"}[name]
		s, err := Open(t.Context(), Options{}, path)
		if err != nil || !known {
			t.Fatalf("the catalog %q: %v", name, err)
		}
		t.Cleanup(func() { s.Close() })
		opened[name] = s
	}
	return opened[name]
}

// rankOf is where an entry stands among what a search finds, from 1; 0 is nowhere.
func rankOf(t *testing.T, in *Selection, query, want string) (rank int, hits []Hit) {
	t.Helper()
	if got, err := meant(in.Get(t.Context(), want)); err != nil || len(got.Entries) == 0 {
		t.Fatalf("%q wants %s, which there is not (%v)", query, want, err)
	}
	hits, _ = search(t, in, query, Filter{})
	return slices.Index(found(hits), want) + 1, hits
}
