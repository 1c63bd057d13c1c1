package catalog

import (
	"fmt"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// retiring is a catalog in which codes are retired.
func retiring(name, retired string, codes ...string) string {
	return strings.Replace(catalogText(name, codes...), "errors:", "retired: ["+retired+"]\nerrors:", 1)
}

func TestRetired(t *testing.T) {
	dir := write(t, map[string]string{
		"a.yaml": retiring("a", "PAY-401, pay-402, PAY-403", "PAY-1"),
		"b.yaml": retiring("b", "PAY_401, PAY-403", "PAY-2"),
		"c.yaml": catalogText("c", "PAY-3"),
	})
	s, err := Open(t.Context(), Options{}, filepath.Join(dir, "a.yaml"), filepath.Join(dir, "b.yaml"), filepath.Join(dir, "c.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for _, test := range []struct{ word, catalog, code string }{
		{"PAY-401", "a", "PAY-401"},
		{"PAY_401", "b", "PAY_401"},
		{"pay401", "b", "PAY_401"},
		{"[PAY 402]", "a", "pay-402"},
		{"PAY-403", "b", "PAY-403"},
		{"PAY-1", "", ""},
		{"PAY-40", "", ""},
		{"--", "", ""},
		{"", "", ""},
	} {
		want := &Retired{test.catalog, test.code}
		if test.code == "" {
			want = nil
		}
		if got := s.retired(test.word); !reflect.DeepEqual(got, want) {
			t.Errorf("%q is %+v, want %+v", test.word, got, want)
		}
	}
}

// TestNext has the lowest number of each block that nothing goes by.
func TestNext(t *testing.T) {
	for _, test := range []struct {
		blocks, retired string
		codes           []string
		want            string
	}{
		{"PAY-400-499", "", []string{"PAY-499"}, "PAY-400"},
		{"PAY-400-499", "PAY-401", []string{"PAY-400", "PAY-402"}, "PAY-403"},
		{"PAY-400-401", "PAY-401", []string{"PAY-400"}, "full PAY-400-401"},
		{"PAY-1-1, PAY-5-9, 7-8", "", []string{"PAY-1", "PAY-5", "7"}, "PAY-6 8 full PAY-1-1"},
		{"E0001-0099", "E3", []string{"E1", "E02"}, "E0004"}, // the same number is the same code to people
		{"A-1-9", "", []string{"A-1", "A-4, aliases: [A_2, a3]"}, "A-5"},
		{"A-0-999999999999999999", "", []string{"A-7"}, "A-0"},
	} {
		text := strings.Replace(retiring("a", test.retired, test.codes...), "errors:", "range: ["+test.blocks+"]\nerrors:", 1)
		dir := write(t, map[string]string{"a.yaml": text})
		for o := range Survey(t.Context(), Options{}, filepath.Join(dir, "a.yaml")) {
			got := slices.Clone(o.Next)
			if o.Full != nil {
				got = append(got, "full "+strings.Join(o.Full, " "))
			}
			if got := strings.Join(got, " "); got != test.want || o.Err != nil {
				t.Errorf("%s: %q (%v), want %q", text, got, o.Err, test.want)
			}
		}
	}
}

// TestNextOfMany finds the next code behind many in a block of many more.
func TestNextOfMany(t *testing.T) {
	var codes []string
	for i := range 3000 {
		codes = append(codes, fmt.Sprintf("A-%d", 1000000+i))
	}
	text := strings.Replace(catalogText("a", codes...), "errors:", "range: [A-1000000-9999999]\nerrors:", 1)
	dir := write(t, map[string]string{"a.yaml": text})
	for o := range Survey(t.Context(), Options{}, filepath.Join(dir, "a.yaml")) {
		if !slices.Equal(o.Next, []string{"A-1003000"}) || o.Full != nil || o.Err != nil {
			t.Errorf("%q, %q, %v", o.Next, o.Full, o.Err)
		}
	}
}
