package source

import (
	"cmp"
	"crypto/sha256"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/errcode-cli/errcode/internal/document"
	"github.com/errcode-cli/errcode/internal/entry"
)

// A StrictRule asks for more than that a catalog can be read: for what its readers
// miss, or stumble over. It is chosen by its name.
type StrictRule struct {
	Name  string
	About string
	check func(*quality, *judged) // nil where no entry breaks it: see excuse.go
}

// StrictRules is every strict rule. A new one is its line here and its function.
var StrictRules = []StrictRule{
	{"no-description", "a description: what happened", noDescription},
	{"no-causes", "causes: why it may have happened", noCauses},
	{"no-resolution", "a resolution: what to do about it", noResolution},
	{"repeated-text", "a resolution that is not the description again", repeatedText},
	{"same-text", "texts of an entry's own, not those of another one", sameText},
	{"repeated-tag", "each tag once; case does not count", repeatedTag},
	{"code-in-title", "a title without the code, which stands beside it", codeInTitle},
	{"full-stop", "a title without a full stop", fullStop},
	{"format-debris", "no text that a program failed to fill in: %!s(MISSING)", formatDebris},
	{"alike", "codes that differ in more than case and punctuation", alike},
	{"shared-alias", "aliases that no other code or alias is", sharedAlias},
	{"overridden", "each code in one catalog of those that a project lists", overridden},
	{"unknown-related", "related codes that are in the files", unknownRelated},
	{"vague-deprecated", "what to use instead of a deprecated code, or since when", vagueDeprecated},
	{unknownRule, "comments that excuse an entry from rules there are", nil},
}

// AboutStrict is what a strict rule asks for, or nothing where none has the name.
func AboutStrict(name string) string {
	if i := slices.Index(strictNames(), name); i >= 0 {
		return StrictRules[i].About
	}
	return ""
}

// An UnknownRuleError says that no strict rule has a name.
type UnknownRuleError struct{ Name string }

func (e *UnknownRuleError) Error() string {
	return noSuchRule(e.Name)
}

func noSuchRule(name string) string {
	return fmt.Sprintf("no strict rule is named %q%s", name, didYouMean(name, strictNames()))
}

func strictNames() []string {
	names := make([]string, len(StrictRules))
	for i, r := range StrictRules {
		names[i] = r.Name
	}
	return names
}

// ChooseRules returns the strict rules of some names, or all where there is none, but
// for those of other names. An error says that a name is unknown, or that none is left.
func ChooseRules(only, without []string) ([]StrictRule, error) {
	for _, name := range slices.Concat(only, without) {
		if !slices.Contains(strictNames(), name) {
			return nil, &UnknownRuleError{name}
		}
	}
	chosen := slices.DeleteFunc(slices.Clone(StrictRules), func(r StrictRule) bool {
		return only != nil && !slices.Contains(only, r.Name) || slices.Contains(without, r.Name)
	})
	if len(chosen) == 0 {
		return nil, errors.New("no strict rule is left to ask for")
	}
	return chosen, nil
}

// A quality is what the strict rules find out about the entries of all files. A nil
// one asks for nothing.
type quality struct {
	rules  []StrictRule
	codes  map[string]bool              // all codes and aliases
	folded map[string]nameAt            // where the first stands of those that fold alike
	called map[string]nameAt            // where the first stands of those that are equal
	texts  map[[sha256.Size]byte]nameAt // where the first stands of those that say the same
	listed map[string]entry.Place       // the codes of what the present project lists; nil where none does
	later  []func()                     // checks that need all files
}

// A nameAt is where a code or alias stands first.
type nameAt struct {
	entry.Place
	name  string
	entry *document.Node
	alias bool
}

// asks reports whether a rule was chosen.
func (q *quality) asks(rule string) bool {
	return q != nil && slices.ContainsFunc(q.rules, func(r StrictRule) bool { return r.Name == rule })
}

// A judged is an entry on which a rule is being checked.
type judged struct {
	*entry.Entry
	node    *document.Node
	checker *checker
	rule    string
}

// at returns the value under a key, or the entry where there is none.
func (j *judged) at(key string) *document.Node {
	return cmp.Or(j.node.Value(key), j.node)
}

// lacks reports whether nothing stands under a key. What stands there and breaks a
// rule of its own is not missing.
func (j *judged) lacks(key string) bool {
	value := j.at(key)
	return value == j.node || value.Kind == document.List && len(value.Items) == 0
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
		if name != "" { // it broke a rule
			q.codes[name] = true
		}
	}
	for _, rule := range q.rules {
		if rule.check != nil {
			rule.check(q, &judged{e, n, c, rule.Name})
		}
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
	if j.lacks("description") {
		j.report(j.node, "no description: say what happened")
	}
}

func noCauses(_ *quality, j *judged) {
	if j.lacks("causes") {
		j.report(j.at("causes"), "no causes: say why it may have happened")
	}
}

func noResolution(_ *quality, j *judged) {
	if j.lacks("resolution") {
		j.report(j.node, "no resolution: say what to do about it")
	}
}

func repeatedText(_ *quality, j *judged) {
	if j.Resolution != "" && strings.TrimSpace(j.Resolution) == strings.TrimSpace(j.Describe()) {
		j.report(j.at("resolution"), "the resolution repeats the description")
	}
}

func sameText(q *quality, j *judged) {
	texts := append([]string{j.Description, j.Resolution}, j.Causes...)
	if strings.Join(texts, "") == "" {
		return
	}
	sum := sha256.New()
	for _, text := range texts {
		sum.Write(entry.AppendText(nil, strings.TrimSpace(text)))
	}
	key := [sha256.Size]byte(sum.Sum(nil))
	if first, taken := q.texts[key]; !taken {
		q.texts[key] = nameAt{j.Place, j.Code, j.node, false}
	} else {
		j.report(j.node, "says the same as %q (%s:%d): description, causes and resolution", first.name, first.File, first.Line)
	}
}

func repeatedTag(_ *quality, j *judged) {
	for i, tag := range j.Tags {
		if slices.ContainsFunc(j.Tags[:i], func(before string) bool { return strings.EqualFold(before, tag) }) {
			j.report(j.at("tags").Items[i], "the tag %q stands here already; case does not count", tag)
		}
	}
}

func codeInTitle(_ *quality, j *judged) {
	if j.Code != "" && holdsWord(j.Title, j.Code) {
		j.report(j.at("title"), "the title holds the code, which stands beside it anyway")
	}
}

// holdsWord reports whether a word stands in a text, and not only as a part of a
// longer one: E1 is not in "E10".
func holdsWord(text, word string) bool {
	for from := 0; ; {
		i := strings.Index(text[from:], word)
		if i < 0 {
			return false
		}
		i += from
		before, _ := utf8.DecodeLastRuneInString(text[:i])
		after, _ := utf8.DecodeRuneInString(text[i+len(word):])
		if !partOfWord(before) && !partOfWord(after) {
			return true
		}
		_, size := utf8.DecodeRuneInString(text[i:])
		from = i + size
	}
}

func partOfWord(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) }

func fullStop(_ *quality, j *judged) {
	title := strings.TrimSpace(j.Title)
	if strings.HasSuffix(title, ".") && !strings.HasSuffix(title, "..") || strings.HasSuffix(title, "。") {
		j.report(j.at("title"), "the title ends in a full stop")
	}
}

// debris is what programs write in the place of a value that they were not given:
// Go's fmt in every form that it documents, its templates, and JavaScript.
var debris = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`%!\pL?\((MISSING|BADINDEX|NOVERB|BADWIDTH|BADPREC|EXTRA |PANIC=|<nil>|[\w.*\[\]]+=)[^)\n]{0,40}\)?|<no value>|\[object Object\]`)
})

// formatDebris reports what a program that wrote the file failed to fill in.
func formatDebris(_ *quality, j *judged) { j.debris(j.node) }

func (j *judged) debris(n *document.Node) {
	if found := debris().FindString(n.Text); found != "" {
		j.report(n, "%q looks like a value that was never filled in", found)
	}
	for _, f := range n.Fields {
		j.debris(f.Value)
	}
	for _, item := range n.Items {
		j.debris(item)
	}
}

// names yields the code and the aliases that broke no rule, each with where it stands.
func (j *judged) names(yield func(*document.Node, nameAt) bool) {
	for i, name := range append([]*document.Node{j.at("code")}, j.at("aliases").Items...) {
		if entry.IsCode(name.Text) && !yield(name, nameAt{j.checker.place(name.Position), name.Text, j.node, i > 0}) {
			return
		}
	}
}

func sharedAlias(q *quality, j *judged) {
	for name, at := range j.names {
		first, taken := q.called[name.Text]
		switch {
		case !taken:
			q.called[name.Text] = at
		case first.entry == j.node:
			j.report(name, "%q stands for this entry already", name.Text)
		case first.alias || at.alias:
			j.report(name, "%q stands for another entry too (%s:%d)", name.Text, first.File, first.Line)
		}
	}
}

func alike(q *quality, j *judged) {
	for name, at := range j.names {
		key := entry.Fold(name.Text)
		first, taken := q.folded[key]
		switch {
		case !taken:
			q.folded[key] = at
		case first.entry != j.node && first.name != name.Text:
			j.report(name, "%q and %q (%s:%d) are the same but for case and punctuation", name.Text, first.name, first.File, first.Line)
		}
	}
}

func overridden(q *quality, j *judged) {
	if q.listed == nil || j.Code == "" {
		return
	}
	first, taken := q.listed[j.Code]
	if !taken {
		q.listed[j.Code] = j.checker.place(j.at("code").Position)
	} else if first.File != j.checker.file { // else it is reported already
		j.report(j.at("code"), "takes the place of the same code at %s:%d; leave out one of the two", first.File, first.Line)
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
		if !q.names(j.Deprecated, j.Entry) {
			j.report(j.at("deprecated"), "names no code of the files to use instead, nor since when it is gone")
		}
	})
}

// punctuation is what may stand around a word, that of Markdown included.
const punctuation = "\"'`([{<>}]).,;:!?*"

// names reports whether a text names a code of the files that is not the entry's own.
func (q *quality) names(text string, own *entry.Entry) bool {
	is := func(word string) bool { return q.codes[word] && !slices.Contains(own.Names(), word) }
	for word := range strings.FieldsSeq(text) {
		if is(word) || slices.ContainsFunc(strings.FieldsFunc(word, between), is) || is(strings.Trim(word, punctuation)) {
			return true
		}
	}
	return false
}

// between reports whether a character may stand between two codes: PAY-1/PAY-2.
func between(r rune) bool { return strings.ContainsRune(punctuation+"/|", r) }

// saysWhen reports whether a text names a version or a date: v3, 2.0, 2026-03-01, or a
// number behind a word that says so. It takes some others for one too, as in "section
// 6.5": a rule that asks for care can do without them.
func saysWhen(text string) bool {
	before := ""
	for word := range strings.FieldsSeq(text) {
		word = strings.Trim(word, punctuation+"+")
		number := strings.TrimLeft(word, "vV")
		if number != "" && '0' <= number[0] && number[0] <= '9' &&
			(number != word || strings.ContainsAny(number, ".-/") || slices.Contains([]string{"since", "version", "release", "until", "of"}, before)) {
			return true
		}
		before = strings.ToLower(word)
	}
	return false
}
