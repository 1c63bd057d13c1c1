package catalog

import (
	"reflect"
	"slices"
	"testing"

	"github.com/errcode-cli/errcode/internal/entry"
)

func TestSuggest(t *testing.T) {
	api := embedded(t)
	rust := selectionOf(
		entry.Entry{Code: "E0308"},
		entry.Entry{Code: "E0309"},
		entry.Entry{Code: "E0038"},
	)
	short := selectionOf(entry.Entry{Code: "E3"}, entry.Entry{Code: "7"}, entry.Entry{Code: "8"})
	near := selectionOf(
		entry.Entry{Code: "ABXX"}, // two edits from ABCD
		entry.Entry{Code: "ABCX"}, // one
		entry.Entry{Code: "ABDC"}, // one
		entry.Entry{Code: "ABCDE"},
		entry.Entry{Code: "LONG", Aliases: []string{"QQQQ", "ABCC"}},
		entry.Entry{Code: "XBCD"},
		entry.Entry{Code: "AXCD"},
		entry.Entry{Code: "ACBD"},
		entry.Entry{Code: "BCD"},
	)
	order := selectionOf(
		entry.Entry{Code: "TIMEOUXX"},
		entry.Entry{Code: "TIMEOUX"},
		entry.Entry{Code: "TIMEXXT"},
		entry.Entry{Code: "TIMEUOT"},
	)
	many := selectionOf(
		entry.Entry{Code: "PAY-1"}, entry.Entry{Code: "PAY-2"}, entry.Entry{Code: "OTHER-1"}, entry.Entry{Code: "PAY-3"}, entry.Entry{Code: "PAY-4"},
		entry.Entry{Code: "PAY-5"}, entry.Entry{Code: "PAY-6"}, entry.Entry{Code: "PAY-7"}, entry.Entry{Code: "X", Aliases: []string{"PAYMENT-8"}},
	)
	tests := []struct {
		name         string
		in           *Selection
		word         string
		near, begins string // codes
		count        int
	}{
		{"letter changed", api, "AUTH-402", "AUTH-401 AUTH-403", "", 0},
		{"letter missing", api, "SEVER-500", "SERVER-500", "", 0},
		{"letter too many", api, "CONFLLICT-409", "CONFLICT-409", "", 0},
		{"swapped letters", api, "ATUH401", "AUTH-401 AUTH-403", "", 0},
		{"two slips", api, "NOTFUOND-440", "NOTFOUND-404", "", 0},
		{"three slips", api, "NOTFUOND-414x", "", "", 0},
		{"nothing like it", api, "ECONNREFUSED", "", "", 0},
		{"without accent", api, "sérver-501", "SERVER-500", "", 0},
		{"prefix", api, "auth", "", "AUTH-401 AUTH-403", 2},
		{"prefix, folded", api, "[not-found", "", "NOTFOUND-404", 1},

		{"a leading zero too few", rust, "E308", "E0308 E0309 E0038", "", 0},
		{"leading zeros too many", rust, "E00308", "E0308 E0309 E0038", "", 0},
		{"zeros of a word too short for slips", short, "07", "7", "", 0},
		{"a zero at the end counts", rust, "E3080", "E0308", "", 0},
		{"one letter, no slips", short, "9", "", "", 0},
		{"two letters, no slips", short, "E2", "", "", 0},

		{"at most five, aliases count", near, "ABCD", "ABCX ABDC LONG XBCD AXCD", "ABCDE", 1},
		{"nearest first, else in catalog order", order, "TIMEOUT", "TIMEOUX TIMEUOT TIMEOUXX TIMEXXT", "", 0},
		{"begins more than five", many, "PAY", "", "PAY-1 PAY-2 PAY-3 PAY-4 PAY-5", 7},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := test.in.suggest(t.Context(), test.word)
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(codes(got.Near), words(test.near)) {
				t.Errorf("near %q: %q, want %q", test.word, codes(got.Near), test.near)
			}
			if !slices.Equal(codes(got.Begins), words(test.begins)) || got.Count != test.count {
				t.Errorf("%q begins %d: %q, want %d: %q", test.word, got.Count, codes(got.Begins), test.count, test.begins)
			}
		})
	}
}

func TestTagMiss(t *testing.T) {
	s := &Selection{catalogs: []*Catalog{
		catalogOf("first", entry.Entry{Code: "A", Tags: []string{"Billing", "Nodes"}}, entry.Entry{Code: "B", Tags: []string{"only hidden"}}),
		catalogOf("second", entry.Entry{Code: "B", Tags: []string{"ÜBER", "nodes"}}),
	}}
	for _, test := range []struct {
		tag, near string
		known     bool
	}{
		{"billing", "", true},
		{"über", "", true},
		{"only hidden", "", false},
		{"biling", "billing", false},
		{"BILL", "billing", false},
		{"nods", "nodes", false},
		{"xyzzy", "", false},
	} {
		miss, err := s.TagMiss(t.Context(), test.tag)
		if err != nil || (miss == nil) != test.known {
			t.Errorf("%q: %+v (%v)", test.tag, miss, err)
			continue
		}
		if miss != nil && (!slices.Equal(miss.Near, words(test.near)) || !slices.Equal(miss.Tags, words("billing nodes über"))) {
			t.Errorf("%q is like %q of %q", test.tag, miss.Near, miss.Tags)
		}
	}
}

// TestSearchMiss names no search that finds nothing.
func TestSearchMiss(t *testing.T) {
	s := selectionOf(
		entry.Entry{Code: "A", Title: "disk full", Status: 507, Severity: entry.Error},
		entry.Entry{Code: "B", Title: "quota", Status: 403, Severity: entry.Warning, Tags: []string{"limits"}},
	)
	status := func(list string) Statuses {
		set, err := ParseStatuses(list)
		if err != nil {
			t.Fatal(err)
		}
		return set
	}
	for _, test := range []struct {
		query     string
		filter    Filter
		rest      string
		restFinds int
		filtered  bool // so is the rest
		without   []int
	}{
		{"disk xyzzy", Filter{}, "disk", 1, true, nil},
		{"disk xyzzy", Filter{Statuses: status("5xx")}, "disk", 1, true, nil},
		{"disk xyzzy", Filter{Statuses: status("4xx")}, "disk", 1, false, nil},
		{"disk quota", Filter{}, "", 0, false, nil},
		{"xyzzy", Filter{Statuses: status("4xx")}, "", 0, false, nil},
		{"disk full", Filter{Statuses: status("4xx")}, "", 0, false, []int{1}},
		{"disk full", Filter{Statuses: status("4xx"), Severities: []entry.Severity{entry.Error}}, "", 0, false, []int{1}},
		{"disk full", Filter{Statuses: status("4xx"), Tags: []string{"limits"}}, "", 0, false, []int{1}}, // without both
	} {
		result, err := s.Search(t.Context(), test.query, test.filter)
		if err != nil || result.Total > 0 {
			t.Fatalf("%q finds %d (%v)", test.query, result.Total, err)
		}
		miss, err := s.SearchMiss(t.Context(), test.query, test.filter, result)
		if err != nil {
			t.Fatal(err)
		}
		var without []int
		for _, w := range miss.Without {
			without = append(without, w.Entries)
		}
		filtered := miss.Rest != "" && reflect.DeepEqual(miss.RestFilter, test.filter)
		if miss.Rest != test.rest || miss.RestFinds != test.restFinds || filtered != test.filtered || !slices.Equal(without, test.without) {
			t.Errorf("%q %v: %+v", test.query, test.filter, miss)
		}
	}
}
