package catalog

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/errcode-cli/errcode/internal/entry"
)

// overlaid makes 2 to 6 catalogs of few codes, so that they meet: equal ones, such as
// are aliases elsewhere, and such as fold alike.
func (r random) overlaid() (catalogs []*Catalog, entries [][]entry.Entry) {
	for i := range 2 + r.IntN(5) {
		var all []entry.Entry
		taken := map[string]bool{}
		most := []int{1, 5, 40, 400}[r.IntN(4)]
		name := func() string {
			return fmt.Sprint(r.of("PAY", "pay", "Pay", "é", "E", "错"), r.of("-", "_", "", "."), r.IntN(most+3))
		}
		for range 1 + r.IntN(most) {
			e := entry.Entry{Code: name(), Catalog: fmt.Sprint("c", i)}
			if taken[e.Code] {
				continue
			}
			taken[e.Code] = true
			if alias := name(); r.IntN(2) == 0 && !taken[alias] {
				taken[alias] = true
				e.Aliases = []string{alias}
			}
			all = append(all, e)
		}
		entries = append(entries, all)
		catalogs = append(catalogs, catalogOf(fmt.Sprint("c", i), all...))
	}
	return catalogs, entries
}

// TestOverlayAgrees holds the overlay of random catalogs against a map of their codes.
func TestOverlayAgrees(t *testing.T) {
	met := 0
	for seed := range uint64(300) {
		r := random{rand.New(rand.NewPCG(seed, 3))}
		catalogs, all := r.overlaid()
		having := map[string][]int{} // the catalogs that have a code, in order
		for i := range all {
			for _, e := range all[i] {
				having[e.Code] = append(having[e.Code], i)
			}
		}
		hidden, overriding, err := overlay(t.Context(), catalogs)
		if err != nil {
			t.Fatal(err)
		}
		s := &Selection{catalogs: catalogs}
		for i := range all {
			for n, e := range all[i] {
				at := having[e.Code]
				met += len(at) - 1
				if want := i < at[len(at)-1]; hidden[i].Has(n) != want {
					t.Errorf("seed %d: %s of %d, which %v have, is hidden: %v", seed, e.Code, i, at, !want)
				}
				if want := i > at[0]; overriding[i].Has(n) != want {
					t.Errorf("seed %d: %s of %d, which %v have, overrides: %v", seed, e.Code, i, at, !want)
				}
				if over, err := s.overridden(i, e.Code); err != nil || over != hidden[i].Has(n) {
					t.Errorf("seed %d: %s of %d is overridden: %v (%v)", seed, e.Code, i, over, err)
				}
			}
			if hidden[i].Len() > len(all[i]) || overriding[i].Len() > len(all[i]) {
				t.Errorf("seed %d: more records than catalog %d has", seed, i)
			}
		}
	}
	if met < 1000 {
		t.Errorf("only %d codes met another", met)
	}
}

// TestSideBySide yields every code of all catalogs but one, once and in order, with
// the records that have it.
func TestSideBySide(t *testing.T) {
	for seed := range uint64(100) {
		r := random{rand.New(rand.NewPCG(seed, 4))}
		catalogs, all := r.overlaid()
		but := r.IntN(len(catalogs))
		want := map[string][]ID{}
		for i := range all {
			for n, e := range all[i] {
				if i != but {
					want[e.Code] = append(want[e.Code], ID{i, n})
				}
			}
		}
		last := ""
		for same, err := range sideBySide(catalogs, but) {
			if err != nil {
				t.Fatal(err)
			}
			if ids := slices.SortedFunc(slices.Values(same.ids), ID.Compare); !slices.Equal(ids, want[same.code]) {
				t.Errorf("seed %d: %s has %v, want %v", seed, same.code, ids, want[same.code])
			}
			delete(want, same.code)
			order := entry.Fold(same.code) + "\x00" + same.code
			if order <= last {
				t.Errorf("seed %d: %q comes behind %q", seed, order, last)
			}
			last = order
		}
		if len(want) > 0 {
			t.Errorf("seed %d: %d codes are missing", seed, len(want))
		}
	}
}

// TestOverlayCancelled ends an overlay with its context: it yields that error, is
// forgotten, and the next query has it whole.
func TestOverlayCancelled(t *testing.T) {
	s := &Selection{catalogs: []*Catalog{
		catalogOf("one", entry.Entry{Code: "A-1", Status: 400}, entry.Entry{Code: "B-1"}),
		catalogOf("two", entry.Entry{Code: "A-1", Status: 500}),
		catalogOf("three", entry.Entry{Code: "B-1"}),
	}}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := overlay(ctx, s.catalogs); !errors.Is(err, context.Canceled) {
		t.Errorf("overlay: %v", err)
	}
	if _, err := s.Statuses(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("Statuses: %v", err)
	}
	if s.hidden != nil {
		t.Error("half an overlay is kept")
	}
	if statuses, err := s.Statuses(t.Context()); err != nil || !slices.Equal(statuses, []int{500}) {
		t.Errorf("Statuses: %v (%v)", statuses, err)
	}
}

// TestOverlayDamaged ends an overlay with the first catalog that cannot be read.
func TestOverlayDamaged(t *testing.T) {
	good := catalogOf("good", entry.Entry{Code: "A-1"}, entry.Entry{Code: "A-2"}, entry.Entry{Code: "A-3"})
	for _, at := range []int{0, 1, 2} {
		catalogs := []*Catalog{good, good, good}
		catalogs[at] = worn(t)
		if _, _, err := overlay(t.Context(), catalogs); !isA[*DamagedError](err) {
			t.Errorf("the %d. of three cannot be read: %v", at+1, err)
		}
	}
}
