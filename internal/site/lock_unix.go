//go:build unix

package site

import (
	"os"

	"golang.org/x/sys/unix"
)

// lock takes the lock of a file, which lasts until the file is closed or the
// run has ended, however that ends.
func lock(f *os.File) error {
	err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB)
	if err == unix.EWOULDBLOCK {
		return errBusy
	}
	return err
}
