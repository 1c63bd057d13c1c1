package source

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/errcode-cli/errcode/internal/document"
)

// Comments of YAML excuse entries from strict rules: "# errcode:ignore RULE ...", on
// the line of a problem, on the first line of its entry, or alone on the line above
// that. What stands behind "--" says why.
const excuse = "errcode:ignore"

// unknownRule is the strict rule that such comments keep.
const unknownRule = "unknown-rule"

// excuses is those comments of a file, by their lines.
type excuses map[int]excused

// An excused is the rules that a comment excuses from; none is all.
type excused struct {
	rules []string
	alone bool // nothing else stands on its line, so that it may be about the next
}

// excuse reports whether a comment excuses a problem.
func (x excuses) excuse(p Problem) bool {
	return p.Strict && (x.has(p.Line, p.Rule) || x.has(p.of, p.Rule) || x[p.of-1].alone && x.has(p.of-1, p.Rule))
}

func (x excuses) has(line int, rule string) bool {
	e, found := x[line]
	return found && (e.rules == nil || slices.Contains(e.rules, rule))
}

// mention keeps how often the text of a node, which no comment is, says the word, and
// those of all inside of it. What an alias of YAML repeats is in the same place.
func (f *reader) mention(n *document.Node) {
	if times := strings.Count(n.Text, excuse); times > 0 {
		f.mentions[n.Position] = times
	}
	for _, field := range n.Fields {
		f.mention(field.Key)
		f.mention(field.Value)
	}
	for _, item := range n.Items {
		f.mention(item)
	}
}

// excuse reads the comments of a file that was read to its end, and reports those that
// name a rule there is not.
func (f *reader) excuse() {
	begin := map[int]int{} // at each line
	for at, times := range f.mentions {
		begin[at.Line] += times
	}
	inTexts := 0 // so many of the next that are found stand in texts
	number := 0
	for line := range bytes.Lines(bytes.TrimPrefix(f.text.Bytes(), []byte("\ufeff"))) {
		number++
		inTexts += begin[number] // before any comment of the line
		for at, end := 0, len(line); at < end; at += len(excuse) {
			next := bytes.Index(line[at:], []byte(excuse))
			if next < 0 {
				break
			}
			at += next
			if inTexts > 0 {
				inTexts--
				continue
			}
			here := document.Position{Line: number, Column: 1 + utf8.RuneCount(line[:at])}
			if f.comment(here, string(line[:at]), string(line[at:])) {
				break
			}
		}
	}
}

// comment reads a comment that excuses, if it is one. It is given the line before the
// word that says so, and the line from there on.
func (f *reader) comment(at document.Position, before, from string) bool {
	before, found := strings.CutSuffix(strings.TrimRight(before, " \t"), "#")
	if !found || strings.Trim(before[max(0, len(before)-1):], " \t") != "" {
		return false
	}
	rest := from[len(excuse):]
	if strings.IndexFunc(rest, separates) != 0 && rest != "" {
		return false // a longer word
	}
	e := excused{alone: strings.Trim(before, " \t-") == ""}
	unknown := false
	for {
		rest = strings.TrimLeftFunc(rest, separates)
		name := rest
		if end := strings.IndexFunc(rest, separates); end >= 0 {
			name = rest[:end]
		}
		if name == "" || name == "--" {
			break
		}
		if !unknown && !slices.Contains(strictNames(), name) {
			unknown = true // one problem is enough of a comment
			column := at.Column + utf8.RuneCountInString(from[:len(from)-len(rest)])
			f.unknown(document.Position{Line: at.Line, Column: column}, name)
		}
		e.rules = append(e.rules, name)
		rest = rest[len(name):]
	}
	f.excuses[at.Line] = e
	return true
}

// separates reports whether a character stands between the names of rules.
func separates(r rune) bool { return strings.ContainsRune(" ,\t\r\n", r) }

// unknown reports a name in an excuse that no strict rule has.
func (f *reader) unknown(at document.Position, name string) {
	if !f.strict.asks(unknownRule) {
		return
	}
	message := noSuchRule(name)
	if !strings.HasSuffix(message, "?") { // then it was hardly meant as one
		message += `; a reason stands behind "--"`
	}
	f.report(at, unknownRule, "%s", message)
	f.problems[len(f.problems)-1].Strict = true
}
