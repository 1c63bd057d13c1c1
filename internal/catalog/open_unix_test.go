//go:build unix

package catalog

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// special makes files that this system alone has: a link to itself, a pipe.
func special(t *testing.T, dir string) []cannotOpen {
	t.Helper()
	if err := os.Symlink("loop.yaml", filepath.Join(dir, "loop.yaml")); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mkfifo(filepath.Join(dir, "pipe.yaml"), 0o600); err != nil {
		t.Fatal(err)
	}
	return []cannotOpen{{"loop.yaml", "too many "}, {"pipe.yaml", "is no regular file"}}
}
