package cache

import (
	"bytes"
	"io"
	"os"
)

// A File is what was built of a source, to be read by several at once.
type File struct {
	content *io.SectionReader
	file    *os.File // nil in memory
	of      stamp    // the source's, before it was read; the zero one where it has none
}

// kept is what was built, of that length, in a file behind its header.
func kept(file *os.File, length int64) *File {
	return &File{content: io.NewSectionReader(file, headerSize, length), file: file}
}

// inMemory builds what cannot be kept.
func inMemory(source io.Reader, build func(io.Reader, io.Writer) error) (*File, error) {
	var b bytes.Buffer
	if err := build(source, &b); err != nil {
		return nil, err
	}
	return remembered(b.Bytes()), nil
}

func remembered(b []byte) *File {
	return &File{content: io.NewSectionReader(bytes.NewReader(b), 0, int64(len(b)))}
}

// ReadAt implements io.ReaderAt.
func (f *File) ReadAt(p []byte, off int64) (int, error) { return f.content.ReadAt(p, off) }

// Size is the length of what was built.
func (f *File) Size() int64 { return f.content.Size() }

// SameSource reports whether the source was the same when both were built, as far as
// its stamp tells.
func (f *File) SameSource(other *File) bool { return f.of == other.of }

// Kept reports whether it is in the folder, not in memory.
func (f *File) Kept() bool { return f.file != nil }

// Close ends the use of it.
func (f *File) Close() error {
	if f.file == nil {
		return nil
	}
	return f.file.Close()
}
