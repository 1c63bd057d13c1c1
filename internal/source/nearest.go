package source

import (
	"fmt"
	"os"
	"path/filepath"
)

// nearestNames is the files that a project keeps its catalog in, or the list of them.
var nearestNames = []string{".errcode.yaml", ".errcode.yml", ".errcode.json"}

// Nearest finds the file of the project that a folder is in, .errcode.yaml or another of
// its names: in the folder or above, as far as the home folder or the border of its file
// system. Two of them in one folder are a *SeveralError. A file that belongs to somebody
// else is not taken but returned as foreign, since whoever can write to a folder above
// could choose what errcode says.
func Nearest(dir, home string) (path string, foreign []string, err error) {
	home = filepath.Clean(home) // which may end in a separator
	border := device(dir)
	for {
		for _, name := range nearestNames {
			candidate := filepath.Join(dir, name)
			info, err := os.Stat(candidate)
			switch {
			case err != nil:
			case !ownedByUser(info):
				foreign = append(foreign, candidate)
			case path != "":
				return "", foreign, &SeveralError{path, candidate}
			default:
				path = candidate
			}
		}
		parent := filepath.Dir(dir)
		if path != "" || dir == home || parent == dir || device(parent) != border {
			return path, foreign, nil
		}
		dir = parent
	}
}

// A SeveralError says that a folder has two files of a project.
type SeveralError struct{ First, Second string }

func (e *SeveralError) Error() string {
	return fmt.Sprintf("a project has one file, and here are two: %q and %q", e.First, e.Second)
}
