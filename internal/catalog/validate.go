package catalog

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"github.com/errcode-cli/errcode/internal/document"
)

// A Validation checks catalog files, each by itself and, where it is strict,
// all of them together and for quality.
type Validation struct {
	files  []validated
	strict *quality
}

type validated struct {
	*checker
	open func() (io.ReadCloser, error)
}

// NewValidation begins a validation. A strict one also finds what readers of
// the entries would miss or stumble over.
func NewValidation(strict bool) *Validation {
	v := &Validation{}
	if strict {
		v.strict = &quality{codes: map[string]bool{}, folded: map[string]nameAt{}}
	}
	return v
}

// Path checks a catalog file, or the catalog files of a folder.
func (v *Validation) Path(ctx context.Context, path string) error {
	files, err := expand(path)
	if err != nil {
		return err
	}
	var failed error
	for _, name := range files {
		format, _, err := formatOf(name)
		if err == nil {
			err = v.check(ctx, name, format, func() (io.ReadCloser, error) { return os.Open(name) })
		}
		failed = errors.Join(failed, err) // the other files are checked all the same
	}
	return failed
}

// Text checks the text of a catalog that has no file, and calls it name. Its
// format is yaml or json.
func (v *Validation) Text(ctx context.Context, name, format string, text []byte) error {
	f, ok := document.FormatOf("." + format)
	if !ok {
		return fmt.Errorf("no catalog is written as %q", format)
	}
	return v.check(ctx, name, f, func() (io.ReadCloser, error) {
		return io.NopCloser(bytes.NewReader(text)), nil
	})
}

func (v *Validation) check(ctx context.Context, name string, format document.Format, open func() (io.ReadCloser, error)) error {
	file, err := open()
	if err != nil {
		return cannotRead(name, err)
	}
	defer file.Close()
	r := newReader(name)
	r.strict = v.strict
	if err := r.read(ctx, file, format); err != nil {
		return cannotRead(name, err)
	}
	v.files = append(v.files, validated{&r.checker, open})
	return nil
}

// Files is how many files were checked.
func (v *Validation) Files() int { return len(v.files) }

// Problems is what is wrong, file after file in the order of their lines, each
// with the line it stands in. The error is that of reading a file again.
func (v *Validation) Problems() ([]Problem, error) {
	if v.strict != nil {
		v.strict.finish()
	}
	var all []Problem
	for _, f := range v.files {
		sortProblems(f.problems)
		if err := f.quote(); err != nil {
			return nil, err
		}
		all = append(all, f.problems...)
	}
	return all, nil
}

// longestQuote is how long a line may be that is kept to be shown.
const longestQuote = 64 << 10

// quote gives each problem its line of the file.
func (f validated) quote() error {
	if len(f.problems) == 0 {
		return nil
	}
	file, err := f.open()
	if err != nil {
		return cannotRead(f.file, err)
	}
	defer file.Close()
	r := bufio.NewReaderSize(file, longestQuote)
	number := 0
	var line []byte
	for i := range f.problems {
		for p := &f.problems[i]; number < p.Line && err == nil; number++ {
			line, err = r.ReadSlice('\n')
			for errors.Is(err, bufio.ErrBufferFull) {
				line = nil // too long to show
				_, err = r.ReadSlice('\n')
			}
		}
		if utf8.Valid(line) {
			f.problems[i].Source = strings.TrimRight(strings.TrimPrefix(string(line), "\ufeff"), "\r\n")
		}
	}
	if err != nil && err != io.EOF {
		return cannotRead(f.file, err)
	}
	return nil
}

// quality is what strictness asks of entries beyond the rules.
type quality struct {
	codes      map[string]bool // all codes and aliases of all files
	folded     map[string]nameAt
	references []reference
}

// A nameAt is where a code or alias stands first.
type nameAt struct {
	file  string
	line  int
	name  string
	entry *document.Node
}

// A reference is a text that should name a code of the files.
type reference struct {
	checker *checker
	node    *document.Node
	rule    string
}

// entry checks one entry by itself and keeps what can only be checked when all
// files are read.
func (q *quality) entry(c *checker, n *document.Node, e *Entry) {
	at := func(key string) *document.Node {
		for _, f := range n.Fields {
			if f.Key.Text == key {
				return f.Value
			}
		}
		return n
	}
	if len(e.Causes) == 0 {
		c.report(n.Position, "no-causes", "no causes: say why it may have happened")
	}
	if e.Resolution == "" {
		c.report(n.Position, "no-resolution", "no resolution: say what to do about it")
	} else if strings.TrimSpace(e.Resolution) == strings.TrimSpace(e.Description) {
		c.report(at("resolution").Position, "repeated-text", "the resolution repeats the description")
	}
	title := at("title")
	if e.Code != "" && strings.Contains(e.Title, e.Code) {
		c.report(title.Position, "code-in-title", "the title holds the code, which stands beside it anyway")
	}
	if strings.HasSuffix(e.Title, ".") && !strings.HasSuffix(e.Title, "..") {
		c.report(title.Position, "full-stop", "the title ends in a full stop")
	}
	q.debris(c, n)

	for _, name := range append([]*document.Node{at("code")}, at("aliases").Items...) {
		if name.Text == "" {
			continue
		}
		q.codes[name.Text] = true
		first, taken := q.folded[fold(name.Text)]
		switch {
		case !taken:
			q.folded[fold(name.Text)] = nameAt{c.file, name.Line, name.Text, n}
		case first.entry != n && first.name != name.Text:
			c.report(name.Position, "alike", "%q and %q (%s:%d) are the same but for case and punctuation", name.Text, first.name, first.file, first.line)
		}
	}
	if e.Related != nil {
		for _, item := range at("related").Items {
			q.references = append(q.references, reference{c, item, "unknown-related"})
		}
	}
	if e.Deprecated != "" {
		q.references = append(q.references, reference{c, at("deprecated"), "vague-deprecated"})
	}
}

// debris reports what a program that wrote the file failed to fill in.
func (q *quality) debris(c *checker, n *document.Node) {
	for _, sign := range []string{"(MISSING)", "(BADINDEX)", "%!(EXTRA", "(NOVERB)", "<no value>", "[object Object]"} {
		if strings.Contains(n.Text, sign) && (!strings.HasPrefix(sign, "(") || strings.Contains(n.Text, "%!")) {
			c.report(n.Position, "format-debris", "%q looks like a value that was never filled in", sign)
		}
	}
	for _, f := range n.Fields {
		q.debris(c, f.Value)
	}
	for _, item := range n.Items {
		q.debris(c, item)
	}
}

// finish checks the references, once.
func (q *quality) finish() {
	for _, r := range q.references {
		switch {
		case r.rule == "unknown-related" && !q.codes[r.node.Text]:
			r.checker.report(r.node.Position, r.rule, "the related code %q is in none of the files", r.node.Text)
		case r.rule == "vague-deprecated" && !q.names(r.node.Text):
			r.checker.report(r.node.Position, r.rule, "names no code of the files to use instead")
		}
	}
	q.references = nil
}

// names reports whether a text names a code.
func (q *quality) names(text string) bool {
	for word := range strings.FieldsSeq(text) {
		if q.codes[word] || q.codes[strings.Trim(word, "\"'`([{<>}]).,;:!?")] {
			return true
		}
	}
	return false
}
