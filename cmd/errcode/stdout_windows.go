package main

import (
	"errors"
	"os"

	"golang.org/x/sys/windows"
)

// replaced reports whether a standard stream was closed when the program
// began. Writing to it then fails here.
func replaced(*os.File) bool { return false }

// brokenPipe reports whether a write failed because its reader is gone.
func brokenPipe(err error) bool {
	return errors.Is(err, windows.ERROR_BROKEN_PIPE) || errors.Is(err, windows.ERROR_NO_DATA)
}
