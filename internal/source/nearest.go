package source

import (
	"os"
	"path/filepath"
)

// nearestName is the file that a project keeps its catalog in.
const nearestName = ".errcode.yaml"

// Nearest finds the .errcode.yaml that serves a folder: in it or above, as far
// as the home folder or the border of its file system. A file that belongs to
// somebody else is not taken but returned as foreign, since whoever can write
// to a folder above could choose what errcode says.
func Nearest(dir, home string) (path string, foreign []string) {
	home = filepath.Clean(home) // which may end in a separator
	border := device(dir)
	for {
		candidate := filepath.Join(dir, nearestName)
		if info, err := os.Stat(candidate); err == nil {
			if ownedByUser(info) {
				return candidate, foreign
			}
			foreign = append(foreign, candidate)
		}
		parent := filepath.Dir(dir)
		if dir == home || parent == dir || device(parent) != border {
			return "", foreign
		}
		dir = parent
	}
}
