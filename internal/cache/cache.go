// Package cache keeps what was built from a source file in a folder of the
// user's, so that it is not built again. It knows nothing of what it keeps.
package cache

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// A Folder keeps one file for each source. Several goroutines and processes may
// use it at once: what the last of them builds is kept. A nil Folder keeps
// nothing.
type Folder struct {
	root    *os.Root
	version string
	now     func() time.Time // a clock that tests can turn
}

// Open opens a folder that is the user's alone, and makes it if there is none.
// The version names the layout of what is kept: what was kept under another is
// never used. An error says why the folder cannot be used.
func Open(path, version string) (*Folder, error) {
	path = filepath.Clean(path) // a separator at the end would follow a link
	info, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		if err = os.MkdirAll(path, 0o700); err == nil {
			info, err = os.Lstat(path)
		}
	}
	switch {
	case err != nil:
		return nil, err
	case info.Mode()&fs.ModeSymlink != 0:
		return nil, fmt.Errorf("%q is a link", path)
	case !info.IsDir():
		return nil, fmt.Errorf("%q is no folder", path)
	case !ownedByUser(info):
		return nil, fmt.Errorf("%q belongs to another user", path)
	case openToOthers(info):
		return nil, fmt.Errorf("%q is open to other users", path)
	}
	root, err := os.OpenRoot(path)
	if err != nil {
		return nil, err
	}
	if opened, err := root.Stat("."); err != nil || !os.SameFile(info, opened) {
		root.Close()
		return nil, fmt.Errorf("%q was replaced while it was opened", path)
	}
	return &Folder{root, version, time.Now}, nil
}

// An Origin is what something is built of.
type Origin struct {
	Path string                  // what is kept is known by it
	Open func() (fs.File, error) // what is no *os.File is built anew each time, in memory
}

// Get returns what build makes of a source: what is kept of it where the source is
// still the same, else what build makes now, in memory where that cannot be kept.
// An error is one of opening or reading the source or build's own, never the
// folder's.
//
// Build reads the source and writes its result, which never fails. Each write is
// one to the disk. Where that loses what was written, build is called again,
// with the source from its start.
func (f *Folder) Get(from Origin, build func(source io.Reader, w io.Writer) error) (*File, error) {
	return f.get(from, true, build)
}

// Rebuild is Get without a look at what is kept. It is for a reader that finds
// it damaged: Get notices a wrong length, not a wrong byte.
func (f *Folder) Rebuild(from Origin, build func(source io.Reader, w io.Writer) error) (*File, error) {
	return f.get(from, false, build)
}

// Peek is Get without a build: it reports whether what is kept still fits.
func (f *Folder) Peek(from Origin) (*File, bool) {
	opened, err := from.Open()
	if err != nil {
		return nil, false
	}
	defer opened.Close()
	s, ok := f.identify(opened, from.Path)
	if !ok {
		return nil, false
	}
	return f.find(s)
}

func (f *Folder) get(from Origin, useKept bool, build func(io.Reader, io.Writer) error) (*File, error) {
	opened, err := from.Open()
	if err != nil {
		return nil, err
	}
	defer opened.Close()
	var of stamp
	if regular, ok := opened.(*os.File); ok {
		of, _ = stampOf(regular)
	}
	file, err := f.fileOf(opened, from.Path, useKept, build)
	if err != nil {
		return nil, err
	}
	file.of = of
	return file, nil
}

// fileOf returns what is kept of an open source, else what is built of it.
func (f *Folder) fileOf(opened fs.File, path string, useKept bool, build func(io.Reader, io.Writer) error) (*File, error) {
	s, ok := f.identify(opened, path)
	if !ok {
		return inMemory(opened, build)
	}
	if useKept {
		if file, ok := f.find(s); ok {
			return file, nil
		}
	}
	return f.build(s, build)
}

// find returns what is kept of a source, if it fits.
func (f *Folder) find(s source) (*File, bool) {
	file, info, ok := f.openOwn(s.name)
	if !ok {
		return nil, false
	}
	h, ok := readHeader(file)
	if !ok || h.ID != s.id || h.Stamp != s.stamp || h.Length != info.Size()-headerSize || h.Compare && h.Sum != s.sum() {
		file.Close()
		return nil, false
	}
	if h.Compare && !s.recent {
		h.Compare = false
		file.WriteAt(h.encode(), 0) // half a header is none, which costs a build
	}
	now := f.now()
	if now.Sub(info.ModTime()) > touchedAfter && f.root.Chtimes(s.name, now, now) == nil {
		f.sweep()
	}
	return kept(file, h.Length), true
}

// build builds a source in the folder, as far as it can.
func (f *Folder) build(s source, build func(io.Reader, io.Writer) error) (*File, error) {
	f.sweep() // first, since it makes room
	out := f.create(s.name)
	defer out.discard()
	content := sha256.New()
	in := io.Reader(s.file)
	if s.recent {
		in = io.TeeReader(in, content)
	}
	err := build(in, out)
	if err == nil && s.recent {
		_, err = io.Copy(io.Discard, in) // what build had no need of counts too
	}
	if err == nil {
		h := header{ID: s.id, Stamp: s.stamp, Compare: s.recent, Length: out.length}
		content.Sum(h.Sum[:0])
		if after, ok := stampOf(s.file); ok && after == s.stamp {
			if file, ok := out.keep(h, s.name); ok {
				return file, nil
			}
		}
		out.toMemory()
	}
	if out.lost {
		if _, err := s.file.Seek(0, io.SeekStart); err != nil {
			return nil, err
		}
		return inMemory(s.file, build)
	}
	if err != nil {
		return nil, err
	}
	return remembered(out.memory.Bytes()), nil
}
