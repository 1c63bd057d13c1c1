package catalog

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// BenchmarkCompile compiles two thousand entries in JSON, without keeping them.
func BenchmarkCompile(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	words := func(n int) string {
		var all []string
		for range n {
			all = append(all, fmt.Sprintf("w%d", r.IntN(1+r.IntN(5000))))
		}
		return strings.Join(all, " ")
	}
	var text strings.Builder
	text.WriteString(`{"catalog": "b", "title": "B", "errors": [{"code": "A-1", "title": "a", "description": "d"}`)
	for i := range 2000 {
		fmt.Fprintf(&text, `,{"code": "CODE-%d", "title": %q, "status": %d, "description": %q, "causes": [%q, %q], "resolution": %q, "keywords": [%q]}`,
			i, words(4), 400+r.IntN(100), words(30), words(10), words(10), words(20), words(2))
	}
	text.WriteString("]}")
	file := filepath.Join(b.TempDir(), "b.json")
	if err := os.WriteFile(file, []byte(text.String()), 0o600); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(text.Len()))
	b.ReportAllocs()
	for b.Loop() {
		s, err := Open(b.Context(), Options{}, file)
		if err != nil {
			b.Fatal(err)
		}
		s.Close()
	}
}
