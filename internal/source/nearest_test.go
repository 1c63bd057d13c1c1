package source

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// write writes files below a new folder, which it returns; a name that ends in
// a slash is a folder.
func write(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		folder := filepath.Dir(path)
		if strings.HasSuffix(name, "/") {
			folder = path
		}
		if err := os.MkdirAll(folder, 0o755); err != nil {
			t.Fatal(err)
		}
		if folder == path {
			continue
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestNearest(t *testing.T) {
	dir := write(t, map[string]string{
		".errcode.yaml":              "above",
		"home/project/.errcode.yaml": "",
		"home/project/deep/er/":      "",
		"home/other/":                "",
		"home/.errcode.yaml":         "",
		"home/yml/.errcode.yml":      "",
		"home/json/.errcode.json":    "",
		"home/several/.errcode.yml":  "",
		"home/several/.errcode.json": "",
		"home/several/deep/":         "",
		"bare/home/sub/":             "",
	})
	for _, test := range []struct{ from, home, want string }{
		{"home/project", "home", "home/project/.errcode.yaml"},
		{"home/project/deep/er", "home", "home/project/.errcode.yaml"},
		{"home/other", "home", "home/.errcode.yaml"},
		{"home/yml", "home", "home/yml/.errcode.yml"},
		{"home/json", "home", "home/json/.errcode.json"},
		{"bare/home/sub", "bare/home", ""}, // no further than the home folder
		{"bare/home/sub", "bare/home/", ""},
		{"bare/home/sub", "home", ".errcode.yaml"},
	} {
		got, foreign, err := Nearest(filepath.Join(dir, test.from), dir+string(filepath.Separator)+filepath.FromSlash(test.home))
		want := ""
		if test.want != "" {
			want = filepath.Join(dir, filepath.FromSlash(test.want))
		}
		if got != want || foreign != nil || err != nil {
			t.Errorf("from %s with home %s: %q, %q (%v), want %q", test.from, test.home, got, foreign, err, want)
		}
	}
	// Two in one folder are one too many, wherever that is above.
	_, foreign, err := Nearest(filepath.Join(dir, "home/several/deep"), filepath.Join(dir, "home"))
	several, ok := errors.AsType[*SeveralError](err)
	if first := filepath.Join(dir, "home/several/.errcode.yml"); !ok || foreign != nil || several.First != first || filepath.Base(several.Second) != ".errcode.json" {
		t.Errorf("two in one folder: %v, %q", err, foreign)
	}
	// A file of another user's is left out and named.
	path := filepath.Join(dir, "home/project/.errcode.yaml")
	if err := os.Chown(path, 12345, -1); err != nil {
		t.Log("cannot give a file away:", err)
		return
	}
	got, foreign, err := Nearest(filepath.Join(dir, "home/project/deep"), filepath.Join(dir, "home"))
	if want := filepath.Join(dir, "home/.errcode.yaml"); got != want || !slices.Equal(foreign, []string{path}) || err != nil {
		t.Errorf("past another user's: %q, %q (%v)", got, foreign, err)
	}
}
