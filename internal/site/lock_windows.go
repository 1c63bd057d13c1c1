package site

import (
	"os"

	"golang.org/x/sys/windows"
)

// lock takes the lock of a file, which lasts until the file is closed or the
// run has ended, however that ends.
func lock(f *os.File) error {
	err := windows.LockFileEx(windows.Handle(f.Fd()),
		windows.LOCKFILE_EXCLUSIVE_LOCK|windows.LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, new(windows.Overlapped))
	if err == windows.ERROR_LOCK_VIOLATION {
		return errBusy
	}
	return err
}
