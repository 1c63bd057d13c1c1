// Package source reads what people keep: a file becomes checked entries, and
// problems with their places. Its rules are written once, in rules.go and in the
// table of an entry's fields; checking, the JSON Schema and validation come of them.
package source

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/errcode-cli/errcode/internal/document"
)

// A Source is a file that a catalog is read from.
type Source struct {
	Name   string // as it was named
	Format document.Format
	Size   int64

	files fs.FS
	path  string // in files
}

// Open opens the file. An error is a *ReadError.
func (s *Source) Open() (fs.File, error) {
	f, err := s.files.Open(s.path)
	if err != nil {
		return nil, cannotRead(s.Name, err)
	}
	return f, nil
}

// Find yields the sources that a path means: itself, or for a folder the catalog files
// directly in it, by name, without the hidden ones. What is no source is yielded as
// its name and the reason, a *ReadError or a *NotCatalogError.
func Find(name string) iter.Seq2[*Source, error] { return FindIn(asNamed{}, name, name) }

// FindIn is Find for a path of a file system, which people call by a name.
func FindIn(files fs.FS, path, name string) iter.Seq2[*Source, error] {
	return func(yield func(*Source, error) bool) {
		info, err := fs.Stat(files, path)
		switch {
		case err != nil:
			yield(&Source{Name: name}, cannotRead(name, err))
		case info.IsDir():
			inFolder(files, path, name)(yield)
		default:
			yield(sourceOf(files, path, name, info))
		}
	}
}

// inFolder yields the catalog files of a folder.
func inFolder(files fs.FS, folder, name string) iter.Seq2[*Source, error] {
	return func(yield func(*Source, error) bool) {
		entries, err := fs.ReadDir(files, folder)
		if err != nil {
			yield(&Source{Name: name}, cannotRead(name, err))
			return
		}
		found := false
		for _, e := range entries {
			_, isCatalog := document.FormatOf(e.Name())
			if !isCatalog || e.IsDir() || strings.HasPrefix(e.Name(), ".") {
				continue
			}
			found = true
			if !yield(in(files, path.Join(folder, e.Name()), filepath.Join(name, e.Name()))) {
				return
			}
		}
		if !found {
			yield(&Source{Name: name}, &NotCatalogError{fmt.Sprintf("no catalog in the folder %q: no file there ends in .yaml, .yml or .json", name)})
		}
	}
}

// in finds a file of a file system; name is what people call it.
func in(files fs.FS, path, name string) (*Source, error) {
	info, err := fs.Stat(files, path)
	if err != nil {
		return &Source{Name: name}, cannotRead(name, err)
	}
	return sourceOf(files, path, name, info)
}

// sourceOf is a file as a source. What is no regular file is refused, since a pipe
// would wait for a writer.
func sourceOf(files fs.FS, path, name string, info fs.FileInfo) (*Source, error) {
	format, ok := document.FormatOf(name)
	switch {
	case !info.Mode().IsRegular():
		return &Source{Name: name}, &NotCatalogError{fmt.Sprintf("%q is no regular file", name)}
	case !ok:
		return &Source{Name: name}, &NotCatalogError{fmt.Sprintf("%q is no catalog file: its name ends in none of .yaml, .yml and .json", name)}
	}
	return &Source{name, format, info.Size(), files, path}, nil
}

// Text is a source whose text is read already, from standard input or a pipe. It is JSON
// where its first sign is "{", else YAML.
func Text(name string, text []byte) *Source {
	format := document.YAML
	if bytes.HasPrefix(bytes.TrimLeft(bytes.TrimPrefix(text, []byte("\ufeff")), " \t\r\n"), []byte("{")) {
		format = document.JSON
	}
	return &Source{name, format, int64(len(text)), memory(text), name}
}

// memory is a text as the one file of a file system.
type memory []byte

func (m memory) Open(string) (fs.File, error) { return remembered{bytes.NewReader(m)}, nil }

type remembered struct{ *bytes.Reader }

func (remembered) Stat() (fs.FileInfo, error) { return nil, errors.ErrUnsupported }
func (remembered) Close() error               { return nil }

// asNamed is the file system of what people name: a path leads wherever it leads.
type asNamed struct{}

func (asNamed) Open(name string) (fs.File, error)          { return os.Open(name) }
func (asNamed) Stat(name string) (fs.FileInfo, error)      { return os.Stat(name) }
func (asNamed) ReadDir(name string) ([]fs.DirEntry, error) { return os.ReadDir(name) }

// Tree is the files that the source may name, and where it is among them: those below
// the nearest folder above it that holds .git, else those in its own. No link and no
// ".." leads out. Of another file system than the disk it is all of that.
func (s *Source) Tree() (files fs.FS, path string, err error) {
	if s.files != (asNamed{}) {
		return s.files, s.path, nil
	}
	whole, err := filepath.Abs(s.path)
	if err == nil {
		whole, err = filepath.EvalSymlinks(whole)
	}
	if err != nil {
		return nil, "", cannotRead(s.Name, err)
	}
	root := filepath.Dir(whole)
	for dir := root; ; dir = filepath.Dir(dir) {
		if _, err := os.Lstat(filepath.Join(dir, ".git")); err == nil {
			root = dir
			break
		}
		if dir == filepath.Dir(dir) {
			break
		}
	}
	below, err := filepath.Rel(root, whole)
	return tree(root), filepath.ToSlash(below), err
}

// A tree is the files below a folder.
type tree string

// Open implements fs.FS.
func (t tree) Open(name string) (fs.File, error) {
	return os.OpenInRoot(string(t), filepath.FromSlash(path.Clean(name)))
}

// Stat implements fs.StatFS: to open a pipe would wait for a writer.
func (t tree) Stat(name string) (fs.FileInfo, error) {
	root, err := os.OpenRoot(string(t))
	if err != nil {
		return nil, err
	}
	defer root.Close()
	return root.Stat(filepath.FromSlash(path.Clean(name)))
}

// A ReadError says that something could not be opened, or read to its end.
type ReadError struct {
	Name    string // "-" is standard input
	Err     error
	Catalog bool // it was to be read as a catalog
}

func (e *ReadError) Error() string {
	reason := e.Err
	if path, ok := errors.AsType[*fs.PathError](reason); ok {
		reason = path.Err // which would name it again
	}
	if e.Name == "-" {
		return fmt.Sprintf("cannot read standard input: %v", reason)
	}
	return fmt.Sprintf("cannot read %q: %v", e.Name, reason)
}

func (e *ReadError) Unwrap() error { return e.Err }

// CannotRead says of an error of reading the file that it is one.
func (s *Source) CannotRead(err error) error { return cannotRead(s.Name, err) }

// cannotRead is a ReadError of a catalog, unless the error is one already or about
// what was read.
func cannotRead(name string, err error) error {
	_, invalid := errors.AsType[*InvalidError](err)
	_, project := errors.AsType[*Project](err)
	_, said := errors.AsType[*ReadError](err)
	if invalid || project || said {
		return err
	}
	return &ReadError{Name: name, Err: err, Catalog: true}
}

// A NotCatalogError says that what was named is no catalog.
type NotCatalogError struct{ message string }

func (e *NotCatalogError) Error() string { return e.message }
