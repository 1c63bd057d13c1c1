package source

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/errcode-cli/errcode/internal/document"
)

// wildcards is what makes a path a pattern.
const wildcards = "*?["

// anyDepth is the part of a pattern that stands for folders in one another, or none.
const anyDepth = "**"

// matches returns the catalog files of a file system that match a pattern as seen from a
// folder, sorted. The pattern is clean and has a wildcard; its parts are those of
// path.Match, or anyDepth. Hidden files and folders match what begins with a dot alone;
// links to folders are followed only before the first wildcard. An error is
// path.ErrBadPattern, or that of a folder.
func matches(files fs.FS, folder, pattern string) ([]string, error) {
	parts := strings.Split(pattern, "/")
	for _, part := range parts {
		if _, err := path.Match(part, ""); err != nil {
			return nil, err
		}
	}
	if parts[len(parts)-1] == anyDepth {
		parts = append(parts, "*")
	}
	plain := slices.IndexFunc(parts, func(part string) bool { return strings.ContainsAny(part, wildcards) })
	folder = path.Join(folder, path.Join(parts[:plain]...))
	if info, err := fs.Stat(files, folder); err != nil || !info.IsDir() { // to read a pipe would wait for a writer
		return nil, nil
	}
	m := matcher{files: files, parts: parts}
	err := m.walk(folder, m.at(plain))
	slices.Sort(m.found)
	return m.found, err
}

// A matcher walks a tree, in which each folder has a set of places in the pattern: the
// parts that what is in it may match. So it reads each folder once, however many
// anyDepth there are.
type matcher struct {
	files fs.FS
	parts []string
	found []string
}

// at is a place in the pattern, and those behind it that are reached by no folder.
func (m *matcher) at(i int) []int {
	places := []int{i}
	for ; i < len(m.parts) && m.parts[i] == anyDepth; i++ {
		places = append(places, i+1)
	}
	return places
}

func (m *matcher) walk(folder string, places []int) error {
	entries, err := fs.ReadDir(m.files, folder)
	if err != nil {
		return err
	}
	for _, e := range entries {
		var next []int
		for _, i := range places {
			if m.parts[i] == anyDepth && !strings.HasPrefix(e.Name(), ".") {
				next = append(next, m.at(i)...)
			} else if m.matches(i, e.Name()) {
				next = append(next, m.at(i+1)...)
			}
		}
		whole := path.Join(folder, e.Name())
		if _, isCatalog := document.FormatOf(e.Name()); isCatalog && !e.IsDir() && slices.Contains(next, len(m.parts)) {
			m.found = append(m.found, whole)
		}
		slices.Sort(next)
		next = slices.DeleteFunc(slices.Compact(next), func(i int) bool { return i == len(m.parts) })
		if e.IsDir() && len(next) > 0 {
			if err := m.walk(whole, next); err != nil {
				return err
			}
		}
	}
	return nil
}

// matches reports whether a name matches a part of the pattern.
func (m *matcher) matches(i int, name string) bool {
	if strings.HasPrefix(name, ".") && !strings.HasPrefix(m.parts[i], ".") {
		return false
	}
	matched, _ := path.Match(m.parts[i], name) // it was tried above
	return matched
}
