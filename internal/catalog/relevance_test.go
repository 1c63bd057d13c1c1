package catalog

import (
	"bufio"
	"os"
	"slices"
	"strings"
	"testing"
)

// The floors lie just under what the search reaches. Where it gets better, or
// the table of queries grows, they move along.
const (
	floorFirst = 0.938
	floorMRR   = 0.944
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
	for name, path := range map[string]string{"api": "api", "payments": "../../examples/payments.yaml"} {
		s, err := Open(t.Context(), Options{}, path)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		selections[name] = s
	}
	file, err := os.Open("testdata/relevance.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()

	all, byKind, kinds := &tally{}, map[string]*tally{}, []string(nil)
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		line := strings.TrimSpace(lines.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		parts := strings.Split(line, " | ")
		if len(parts) != 4 || selections[parts[0]] == nil {
			t.Fatalf("%q is not catalog | kind | query | code", line)
		}
		in, kind, query, want := selections[parts[0]], parts[1], parts[2], parts[3]
		if got, err := meant(in.Get(t.Context(), want)); err != nil || len(got.Entries) == 0 {
			t.Fatalf("%q wants %s, which %s does not have (%v)", query, want, parts[0], err)
		}
		hits, _ := search(t, in, query, Filter{})
		rank := slices.Index(found(hits), want) + 1
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
	if err := lines.Err(); err != nil {
		t.Fatal(err)
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
