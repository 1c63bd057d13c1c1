package render

import (
	"fmt"
	"io"
	"strings"

	"github.com/errcode-cli/errcode/internal/entry"
	"github.com/errcode-cli/errcode/internal/text"
)

// shownOfLevel is how many annotations of a level GitHub shows of one step.
const shownOfLevel = 10

// writeGitHub writes a workflow command for each item, which GitHub shows at
// its place in the file. Of a listing that is summed up, the worst come first, as
// many as GitHub shows, and a line says how many there are in all.
// See https://docs.github.com/actions/reference/workflow-commands.
func writeGitHub(w io.Writer, l Listing, _ Options) error {
	if !l.summed {
		for it, err := range l.items {
			if err != nil {
				return err
			}
			if err := it.annotation().write(w); err != nil {
				return err
			}
		}
		return nil
	}

	all := map[entry.Severity][]annotation{}
	for it, err := range l.items {
		if err != nil {
			return err
		}
		a := it.annotation()
		all[a.level] = append(all[a.level], a)
	}
	var sum []string
	for _, level := range entry.Severities {
		of := all[level]
		shown := of[:min(len(of), shownOfLevel)]
		for _, a := range shown {
			if err := a.write(w); err != nil {
				return err
			}
		}
		if n := len(of); n > len(shown) {
			sum = append(sum, fmt.Sprintf("%d of severity %s, %d of them shown", n, level, len(shown)))
		} else if n > 0 {
			sum = append(sum, fmt.Sprintf("%d of severity %s", n, level))
		}
	}
	if sum == nil {
		return nil
	}
	_, err := fmt.Fprintf(w, "codes found: %s\n", strings.Join(sum, "; "))
	return err
}

func (a annotation) write(w io.Writer) error {
	command := string(a.level)
	if a.level == entry.Info {
		command = "notice"
	}
	place := ""
	if a.file != "-" {
		place = fmt.Sprintf("file=%s,line=%d,col=%d,", inProperty(a.file), a.line, a.column)
	}
	_, err := fmt.Fprintf(w, "::%s %stitle=%s::%s\n", command, place, inProperty(a.title), inMessage(a.message))
	return err
}

// inMessage escapes a text so that it can neither end its command nor begin
// another.
func inMessage(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(text.WithoutCommands(text.Visible(s)))
}

func inProperty(s string) string {
	return strings.NewReplacer(":", "%3A", ",", "%2C").Replace(inMessage(s))
}
