package render

import (
	"fmt"
	"io"
	"strings"
)

// writeGitHub writes a workflow command for each item, which GitHub shows at
// its place in the file.
// See https://docs.github.com/actions/reference/workflow-commands.
func writeGitHub(w io.Writer, l Listing, _ Options) error {
	for it, err := range l.items {
		if err != nil {
			return err
		}
		a := it.(interface{ annotation() annotation }).annotation()
		place := ""
		if a.file != "-" {
			place = fmt.Sprintf("file=%s,line=%d,col=%d,", inProperty(a.file), a.line, a.column)
		}
		if _, err := fmt.Fprintf(w, "::error %stitle=%s::%s\n", place, inProperty(a.rule), inMessage(a.message)); err != nil {
			return err
		}
	}
	return nil
}

// inMessage escapes a text so that it can neither end its command nor begin
// another.
func inMessage(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(Visible(s))
}

func inProperty(s string) string {
	return strings.NewReplacer(":", "%3A", ",", "%2C").Replace(inMessage(s))
}
