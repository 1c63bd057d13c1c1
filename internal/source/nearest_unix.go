//go:build unix

package source

import (
	"os"
	"syscall"
)

// device is the file system that a folder is on.
func device(dir string) uint64 {
	info, err := os.Stat(dir)
	if err != nil {
		return 0
	}
	return uint64(info.Sys().(*syscall.Stat_t).Dev)
}

// ownedByUser reports whether a file belongs to the user who runs this.
func ownedByUser(info os.FileInfo) bool {
	return int(info.Sys().(*syscall.Stat_t).Uid) == os.Geteuid()
}
