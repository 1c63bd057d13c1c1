package source

import (
	"cmp"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/errcode-cli/errcode/internal/document"
	"github.com/errcode-cli/errcode/internal/entry"
)

// catalogsKey is the key that makes a file a project's.
const catalogsKey = "catalogs"

// A Project says of a file that it is no catalog: it lists those of a project.
type Project struct {
	source *Source
	listed []*document.Node
}

func (p *Project) Error() string {
	return fmt.Sprintf("%q lists catalogs and is none itself", p.source.Name)
}

// listsCatalogs reports whether the top of a file makes it a project's.
func listsCatalogs(top *document.Node) bool {
	return top.Value(catalogsKey) != nil && top.Value(nameKey) == nil && top.Value(errorsKey) == nil
}

// ofProject is the rules of a project's file.
var ofProject = sync.OnceValue(func() mapping[Project] {
	return mapping[Project]{rules: []rule[Project]{
		{catalogsKey, true, "The project's catalogs, in order: files, patterns of files (* ? [...], ** for folders of any depth) and folders, as seen from this file, and names of built-in catalogs.",
			list{of: text{entry.Line}, least: 1}, func(p *Project, n *document.Node) { p.listed = n.Items }},
	}}
})

// A Listed is what a project lists: a catalog's file, or a built-in catalog.
type Listed struct {
	Source *Source // nil of a built-in one
	Name   string  // of a built-in one, else the file's
	Place  entry.Place
}

// Refuse is an error for a listed file that cannot be one of a project's catalogs.
func (l Listed) Refuse(why error) error {
	return &InvalidError{l.Place.File, []Problem{l.problem(why)}}
}

func (l Listed) problem(why error) Problem {
	return Problem{Place: l.Place, Rule: "nested-project", Message: why.Error()}
}

// Catalogs is what the project lists, in order, each once. Paths begin at its file and
// stay in its tree; what a pattern matches comes by path. Where something is listed
// that is not there, the error is an *InvalidError, and the others are returned too.
func (p *Project) Catalogs(builtIn []string) ([]Listed, error) {
	files, own, err := p.source.Tree()
	if err != nil {
		return nil, err
	}
	l := lister{checker{file: p.source.Name}, files, own, nil}
	for _, item := range p.listed {
		if IsName(item.Text) {
			l.named(item, builtIn)
		} else {
			l.found(item)
		}
	}
	if l.problems != nil {
		err = &InvalidError{l.file, l.problems}
	}
	return l.all, err
}

// IsName reports whether a catalog is named as a built-in one is, not by a path.
func IsName(catalog string) bool {
	return catalog != "." && catalog != ".." && filepath.Ext(catalog) == "" &&
		!strings.ContainsAny(catalog, "/"+string(filepath.Separator)+wildcards)
}

// A lister finds out what a project's file lists.
type lister struct {
	checker
	files fs.FS
	own   string // the project's file
	all   []Listed
}

// named adds a built-in catalog.
func (l *lister) named(item *document.Node, builtIn []string) {
	if !slices.Contains(builtIn, item.Text) {
		l.report(item.Position, "unknown-catalog", "no built-in catalog %q%s", item.Text,
			cmp.Or(didYouMean(item.Text, builtIn), fmt.Sprintf("; a file or folder of that name is written %q", "./"+item.Text)))
		return
	}
	l.add(Listed{Name: item.Text, Place: l.place(item.Position)})
}

func (l *lister) add(one Listed) {
	again := func(other Listed) bool {
		if one.Source == nil || other.Source == nil {
			return one.Source == other.Source && one.Name == other.Name
		}
		return one.Source.path == other.Source.path
	}
	if !slices.ContainsFunc(l.all, again) {
		l.all = append(l.all, one)
	}
}

// found adds the files that a path or a pattern means.
func (l *lister) found(item *document.Node) {
	if _, inMemory := l.files.(memory); inMemory {
		l.report(item.Position, "not-catalog", "%q is a path, and what lists it is no file that it could begin at", item.Text)
		return
	}
	if path.IsAbs(item.Text) || filepath.IsAbs(item.Text) {
		l.report(item.Position, "outside-project", "%q is no path as seen from this file", item.Text)
		return
	}
	from := path.Dir(l.own)
	paths := []string{path.Join(from, item.Text)}
	if !filepath.IsLocal(filepath.FromSlash(paths[0])) {
		l.report(item.Position, "outside-project", "%q leads out of the project%s", item.Text, l.root())
		return
	}
	if pattern := path.Clean(item.Text); strings.ContainsAny(pattern, wildcards) {
		var err error
		if paths, err = matches(l.files, from, pattern); err != nil {
			l.report(item.Position, "bad-pattern", "%q cannot be matched: %v", item.Text, err)
			return
		}
		paths = slices.DeleteFunc(paths, func(path string) bool { return path == l.own })
		if len(paths) == 0 {
			l.report(item.Position, "no-match", "no catalog file matches %q", item.Text)
		}
	}
	for _, path := range paths {
		for s, err := range FindIn(l.files, path, l.called(path)) {
			switch {
			case err != nil:
				l.report(item.Position, "not-catalog", "%s", err)
			case s.path != l.own || path == l.own: // a folder may hold it beside the catalogs
				l.add(Listed{s, s.Name, l.place(item.Position)})
			}
		}
	}
}

// root names the folder that all files of the project are below, where it is one.
func (l *lister) root() string {
	if root, onDisk := l.files.(tree); onDisk {
		return fmt.Sprintf(", which is %q", string(root))
	}
	return ""
}

// called is what people call a file of the tree: its path as seen from where they see
// the project's file, or where links make that another one, its own.
func (l *lister) called(below string) string {
	from, err := filepath.Rel(filepath.FromSlash(path.Dir(l.own)), filepath.FromSlash(below))
	if err != nil {
		return below
	}
	name := filepath.Join(filepath.Dir(l.file), from)
	if root, onDisk := l.files.(tree); onDisk {
		whole := filepath.Join(string(root), filepath.FromSlash(below))
		is, err := os.Lstat(whole)
		if seems, failed := os.Lstat(name); err == nil && (failed != nil || !os.SameFile(is, seems)) {
			return whole
		}
	}
	return name
}
