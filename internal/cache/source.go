package cache

import (
	"crypto/sha256"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"time"
)

// settled is how long after a change the next one is sure to get another
// stamp: the slowest file systems count in steps of two seconds.
const settled = 2 * time.Second

// A stamp is what tells a file that changed from one that did not without a
// look at its content.
type stamp struct {
	Size, Modified, Changed int64 // the times in nanoseconds since 1970
	Device, Inode           uint64
}

// recent reports whether a file could change now and keep this stamp. The
// clock of its file system may be ahead.
func (s stamp) recent(now time.Time) bool {
	near := func(ns int64) bool { return now.Sub(time.Unix(0, ns)).Abs() <= settled }
	return near(s.Modified) || near(s.Changed)
}

// A source is an open source file.
type source struct {
	file   *os.File
	id     [sha256.Size]byte // of its path and the folder's version
	name   string            // of what is kept of it
	stamp  stamp
	recent bool // the same stamp does not mean the same content
}

// identify tells what a source is kept as, if it can be kept.
func (f *Folder) identify(opened fs.File, path string) (source, bool) {
	file, ok := opened.(*os.File)
	if f == nil || !ok {
		return source{}, false
	}
	now := f.now() // before anything is read, so that no later change is missed
	absolute, err := filepath.Abs(path)
	stamp, ok := stampOf(file)
	if err != nil || !ok {
		return source{}, false
	}
	id := sha256.Sum256([]byte(layout + "\x00" + f.version + "\x00" + absolute))
	return source{file, id, fileName(id[:], keptSuffix), stamp, stamp.recent(now)}, true
}

// sum reads the content from the start. Where that fails it is the sum of less
// and equals no other.
func (s source) sum() (sum [sha256.Size]byte) {
	content := sha256.New()
	io.Copy(content, io.NewSectionReader(s.file, 0, math.MaxInt64))
	content.Sum(sum[:0])
	return sum
}
