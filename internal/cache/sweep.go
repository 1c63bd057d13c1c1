package cache

import (
	"encoding/hex"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// The names of our files are these around 32 hexadecimal digits.
const (
	prefix          = "errcode-"
	keptSuffix      = ".kept"
	temporarySuffix = ".part"
)

// How long after the last write to our files nobody needs them any more, and
// after how long a use of a kept one counts as a write: most uses write nothing.
const (
	keptFor      = 30 * 24 * time.Hour
	temporaryFor = 10 * time.Minute
	touchedAfter = 24 * time.Hour
)

// fileName returns the name of a file by the first 16 bytes of its id.
func fileName(id []byte, suffix string) string {
	return prefix + hex.EncodeToString(id[:16]) + suffix
}

// lifetime is how long a file is left alone, if its name is one of ours.
func lifetime(name string) (time.Duration, bool) {
	suffix := filepath.Ext(name)
	id, ok := strings.CutPrefix(strings.TrimSuffix(name, suffix), prefix)
	if !ok || len(id) != 32 || strings.Trim(id, "0123456789abcdef") != "" {
		return 0, false
	}
	switch suffix {
	case keptSuffix:
		return keptFor, true
	case temporarySuffix:
		return temporaryFor, true
	}
	return 0, false
}

// sweep removes our files that nobody needs any more, as far as it can. What
// else is in the folder stays.
func (f *Folder) sweep() {
	entries, _ := fs.ReadDir(f.root.FS(), ".") // on an error, those read before it
	for _, e := range entries {
		limit, ok := lifetime(e.Name())
		if !ok {
			continue
		}
		file, info, ok := f.openOwn(e.Name())
		if !ok {
			continue
		}
		head := make([]byte, len(magic))
		n, err := file.ReadAt(head, 0)
		file.Close()
		// A run that was killed early may not have written all of the magic.
		ours := (err == nil || err == io.EOF) && strings.HasPrefix(magic, string(head[:n]))
		if ours && f.now().Sub(info.ModTime()) > limit {
			f.root.Remove(e.Name())
		}
	}
}

// openOwn opens a file of the folder if it is a regular one and the user's
// alone. It follows no link and waits for no pipe.
func (f *Folder) openOwn(name string) (*os.File, os.FileInfo, bool) {
	info, err := f.root.Lstat(name)
	if err != nil || !info.Mode().IsRegular() || !ownedByUser(info) || openToOthers(info) {
		return nil, nil, false
	}
	file, err := f.root.OpenFile(name, os.O_RDWR, 0)
	if err != nil { // in a file system that cannot be written, say
		file, err = f.root.Open(name)
	}
	if err != nil {
		return nil, nil, false
	}
	opened, err := file.Stat()
	if err != nil || !os.SameFile(info, opened) {
		file.Close()
		return nil, nil, false
	}
	return file, opened, true
}
