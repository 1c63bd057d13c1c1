//go:build unix

package cache

import (
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// stampOf returns the stamp of a regular file.
func stampOf(file *os.File) (stamp, bool) {
	var st unix.Stat_t // of package syscall's, each system's spells Ctim its own way
	if unix.Fstat(int(file.Fd()), &st) != nil || st.Mode&unix.S_IFMT != unix.S_IFREG {
		return stamp{}, false
	}
	return stamp{st.Size, st.Mtim.Nano(), st.Ctim.Nano(), uint64(st.Dev), uint64(st.Ino)}, true
}

// ownedByUser reports whether a file belongs to the user who runs this.
func ownedByUser(info os.FileInfo) bool {
	return int(info.Sys().(*syscall.Stat_t).Uid) == os.Geteuid()
}

// openToOthers reports whether another user may do anything with a file.
func openToOthers(info os.FileInfo) bool { return info.Mode().Perm()&0o077 != 0 }
