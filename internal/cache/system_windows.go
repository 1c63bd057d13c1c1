package cache

import (
	"os"
	"syscall"
)

// stampOf returns the stamp of a regular file. Nothing here tells when other
// than its content changed.
func stampOf(file *os.File) (stamp, bool) {
	info, err := file.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return stamp{}, false
	}
	var id syscall.ByHandleFileInformation
	if syscall.GetFileInformationByHandle(syscall.Handle(file.Fd()), &id) != nil {
		return stamp{}, false
	}
	return stamp{
		Size:     info.Size(),
		Modified: info.ModTime().UnixNano(),
		Device:   uint64(id.VolumeSerialNumber),
		Inode:    uint64(id.FileIndexHigh)<<32 | uint64(id.FileIndexLow),
	}, true
}

// ownedByUser takes every file for the user's: a folder of the user's profile
// is nobody else's here.
func ownedByUser(os.FileInfo) bool { return true }

// openToOthers takes no file for open: its mode does not tell.
func openToOthers(os.FileInfo) bool { return false }
