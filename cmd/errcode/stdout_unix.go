//go:build unix

package main

import (
	"os"

	"golang.org/x/sys/unix"
)

// replaced reports whether a standard stream was closed when the program
// began. Go then opens the null device in its place, for reading and writing,
// and every write seems to succeed; a shell's "> /dev/null" opens it for
// writing only. Some programs that start others (Python's DEVNULL, Node's
// "ignore") open it for both too, and cannot be told apart.
func replaced(f *os.File) bool {
	var stream, null unix.Stat_t
	if unix.Fstat(int(f.Fd()), &stream) != nil || unix.Stat(os.DevNull, &null) != nil || stream.Rdev != null.Rdev {
		return false
	}
	flags, err := unix.FcntlInt(f.Fd(), unix.F_GETFL, 0)
	return err == nil && flags&unix.O_ACCMODE == unix.O_RDWR
}

// brokenPipe reports whether a write failed because its reader is gone. Here Go
// lets SIGPIPE end the program before anybody sees the error.
func brokenPipe(error) bool { return false }
