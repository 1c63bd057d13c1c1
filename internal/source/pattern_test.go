package source

import (
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// FuzzMatches compares what matches finds with what each file says of the pattern.
func FuzzMatches(f *testing.F) {
	files := fstest.MapFS{}
	var names []string
	for _, name := range []string{"a.yaml", "b.yml", "a/a.yaml", "a/b/a.json", "a/b/c/d.yaml", "b/a/a.yaml", "b/a/b/a/a.yaml", ".a/a.yaml", "a/.b.yaml", "c/x.txt", "[/*.yaml"} {
		files[name] = &fstest.MapFile{}
		names = append(names, name)
	}
	for _, seed := range []string{"**", "**/*", "*/a.*", "**/a/**/a.yaml", "a/**/**/*", "**/b/**", "[a-b]/*", ".*/**", "a/../**/?.yml", `\[/*`, "*/.*", "["} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, pattern string) {
		clean := path.Clean(pattern)
		if !strings.ContainsAny(clean, wildcards) || strings.HasPrefix(clean, "/") || strings.HasPrefix(clean, "..") || len(pattern) > 100 {
			return // no pattern of files below
		}
		parts := strings.Split(clean, "/")
		if slices.ContainsFunc(parts[:len(parts)-1], func(p string) bool { return strings.Contains(p, `\`) && !strings.ContainsAny(p, wildcards) }) {
			return // before the first wildcard a name is as it is written
		}
		got, err := matches(files, ".", clean)
		if err != nil {
			return
		}
		var want []string
		for _, name := range names {
			if path.Ext(name) != ".txt" && fits(parts, strings.Split(name, "/")) {
				want = append(want, name)
			}
		}
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%q matches %q, not %q", pattern, got, want)
		}
	})
}

// fits reports whether the parts of a path match those of a pattern.
func fits(pattern, name []string) bool {
	if len(pattern) == 0 || len(name) == 0 {
		return len(pattern) == 0 && len(name) == 0
	}
	hidden := strings.HasPrefix(name[0], ".")
	if pattern[0] == anyDepth {
		if len(pattern) == 1 {
			pattern = []string{anyDepth, "*"}
		}
		return fits(pattern[1:], name) || !hidden && fits(pattern, name[1:])
	}
	matched, err := path.Match(pattern[0], name[0])
	return err == nil && matched && (!hidden || pattern[0][0] == '.') && fits(pattern[1:], name[1:])
}
