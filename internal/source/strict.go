package source

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/errcode-cli/errcode/internal/document"
	"github.com/errcode-cli/errcode/internal/entry"
)

// A StrictRule asks for more than that a catalog can be read: for what its readers
// miss, or stumble over. It is chosen by its name.
type StrictRule struct {
	Name  string
	About string
	check func(*quality, *judged)
}

// StrictRules is every strict rule. A new one is its line here and its function.
var StrictRules = []StrictRule{
	{"no-description", "a description: what happened", noDescription},
	{"no-causes", "causes: why it may have happened", noCauses},
	{"no-resolution", "a resolution: what to do about it", noResolution},
	{"repeated-text", "a resolution that is not the description again", repeatedText},
	{"code-in-title", "a title without the code, which stands beside it", codeInTitle},
	{"full-stop", "a title without a full stop", fullStop},
	{"format-debris", "no text that a program failed to fill in: %!s(MISSING)", formatDebris},
	{"alike", "codes that differ in more than case and punctuation", alike},
	{"unknown-related", "related codes that are in the files", unknownRelated},
	{"vague-deprecated", "what to use instead of a deprecated code, or since when", vagueDeprecated},
}

// An UnknownRuleError says that no strict rule has a name.
type UnknownRuleError struct{ Name string }

func (e *UnknownRuleError) Error() string {
	return fmt.Sprintf("no strict rule is named %q%s", e.Name, didYouMean(e.Name, strictNames()))
}

func strictNames() []string {
	names := make([]string, len(StrictRules))
	for i, r := range StrictRules {
		names[i] = r.Name
	}
	return names
}

// ChooseRules returns the strict rules of some names, or all where there is none, but
// for those of other names. An error is an *UnknownRuleError.
func ChooseRules(only, without []string) ([]StrictRule, error) {
	for _, name := range slices.Concat(only, without) {
		if !slices.Contains(strictNames(), name) {
			return nil, &UnknownRuleError{name}
		}
	}
	return slices.DeleteFunc(slices.Clone(StrictRules), func(r StrictRule) bool {
		return only != nil && !slices.Contains(only, r.Name) || slices.Contains(without, r.Name)
	}), nil
}

// A quality is what the strict rules find out about the entries of all files.
type quality struct {
	rules  []StrictRule
	codes  map[string]bool   // all codes and aliases
	folded map[string]nameAt // where the first stands of those that fold alike
	later  []func()          // checks that need all files
}

// A nameAt is where a code or alias stands first.
type nameAt struct {
	entry.Place
	name  string
	entry *document.Node
}

// A judged entry, which has broken a rule that is being checked or not.
type judged struct {
	*entry.Entry
	node    *document.Node
	checker *checker
	rule    string
}

// at returns the value under a key, or the entry where there is none.
func (j *judged) at(key string) *document.Node {
	for _, f := range j.node.Fields {
		if f.Key.Text == key {
			return f.Value
		}
	}
	return j.node
}

func (j *judged) report(at *document.Node, format string, args ...any) {
	c := j.checker
	c.report(at.Position, j.rule, format, args...)
	p := &c.problems[len(c.problems)-1]
	p.Strict, p.of = true, j.node.Line
}

// entry checks one entry by itself and keeps what can only be checked when all
// files are read.
func (q *quality) entry(c *checker, n *document.Node, e *entry.Entry) {
	for _, name := range e.Names() {
		q.codes[name] = true
	}
	for _, rule := range q.rules {
		rule.check(q, &judged{e, n, c, rule.Name})
	}
}

// finish checks what waited for all files, once.
func (q *quality) finish() {
	for _, check := range q.later {
		check()
	}
	q.later = nil
}

func noDescription(_ *quality, j *judged) {
	if j.Description == "" {
		j.report(j.node, "no description: say what happened")
	}
}

func noCauses(_ *quality, j *judged) {
	if len(j.Causes) == 0 {
		j.report(j.node, "no causes: say why it may have happened")
	}
}

func noResolution(_ *quality, j *judged) {
	if j.Resolution == "" {
		j.report(j.node, "no resolution: say what to do about it")
	}
}

func repeatedText(_ *quality, j *judged) {
	if j.Resolution != "" && strings.TrimSpace(j.Resolution) == strings.TrimSpace(j.Describe()) {
		j.report(j.at("resolution"), "the resolution repeats the description")
	}
}

func codeInTitle(_ *quality, j *judged) {
	if j.Code != "" && strings.Contains(j.Title, j.Code) {
		j.report(j.at("title"), "the title holds the code, which stands beside it anyway")
	}
}

func fullStop(_ *quality, j *judged) {
	if strings.HasSuffix(j.Title, ".") && !strings.HasSuffix(j.Title, "..") {
		j.report(j.at("title"), "the title ends in a full stop")
	}
}

// formatDebris reports what a program that wrote the file failed to fill in.
func formatDebris(_ *quality, j *judged) { j.debris(j.node) }

func (j *judged) debris(n *document.Node) {
	for _, sign := range []string{"(MISSING)", "(BADINDEX)", "%!(EXTRA", "(NOVERB)", "<no value>", "[object Object]"} {
		if strings.Contains(n.Text, sign) && (!strings.HasPrefix(sign, "(") || strings.Contains(n.Text, "%!")) {
			j.report(n, "%q looks like a value that was never filled in", sign)
		}
	}
	for _, f := range n.Fields {
		j.debris(f.Value)
	}
	for _, item := range n.Items {
		j.debris(item)
	}
}

func alike(q *quality, j *judged) {
	for _, name := range append([]*document.Node{j.at("code")}, j.at("aliases").Items...) {
		if name.Text == "" {
			continue
		}
		first, taken := q.folded[entry.Fold(name.Text)]
		switch {
		case !taken:
			q.folded[entry.Fold(name.Text)] = nameAt{j.checker.place(name.Position), name.Text, j.node}
		case first.entry != j.node && first.name != name.Text:
			j.report(name, "%q and %q (%s:%d) are the same but for case and punctuation", name.Text, first.name, first.File, first.Line)
		}
	}
}

func unknownRelated(q *quality, j *judged) {
	if j.Related == nil {
		return
	}
	for _, related := range j.at("related").Items {
		q.later = append(q.later, func() {
			if !q.codes[related.Text] {
				j.report(related, "the related code %q is in none of the files", related.Text)
			}
		})
	}
}

func vagueDeprecated(q *quality, j *judged) {
	if j.Deprecated == "" || saysWhen(j.Deprecated) {
		return
	}
	q.later = append(q.later, func() {
		if !q.names(j.Deprecated) {
			j.report(j.at("deprecated"), "names no code of the files to use instead, nor since when it is gone")
		}
	})
}

const punctuation = "\"'`([{<>}]).,;:!?"

// names reports whether a text names a code.
func (q *quality) names(text string) bool {
	for word := range strings.FieldsSeq(text) {
		if q.codes[word] || q.codes[strings.Trim(word, punctuation)] {
			return true
		}
	}
	return false
}

// saysWhen reports whether a text names a version or a date: 2.0, v3, 2026-03-01.
func saysWhen(text string) bool {
	for word := range strings.FieldsSeq(text) {
		word = strings.TrimLeft(strings.Trim(word, punctuation), "vV")
		if word != "" && '0' <= word[0] && word[0] <= '9' && strings.Trim(word, "0123456789.-/") == "" {
			return true
		}
	}
	return false
}

// excuses is the comments "# errcode:ignore RULE ..." of a file by their lines: the
// strict rules that are excused there, all of them where none is named.
type excuses map[int][]string

const excuse = "errcode:ignore"

// read keeps the excuse of a line, if there is one.
func (x excuses) read(number int, line []byte) {
	before, rules, found := bytes.Cut(line, []byte(excuse))
	if found && bytes.HasSuffix(bytes.TrimRight(before, " \t"), []byte("#")) {
		x[number] = strings.FieldsFunc(string(rules), func(r rune) bool { return strings.ContainsRune(" ,\t\r\n", r) })
	}
}

// excuse reports whether a comment excuses a problem: one on its line, on the first
// line of its entry, or on the line above that.
func (x excuses) excuse(p Problem) bool {
	return p.Strict && slices.ContainsFunc([]int{p.Line, p.of, p.of - 1}, func(line int) bool {
		rules, found := x[line]
		return found && (len(rules) == 0 || slices.Contains(rules, p.Rule))
	})
}
