package source

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/errcode-cli/errcode/internal/document"
	"github.com/errcode-cli/errcode/internal/entry"
)

// A Validation checks catalog files, each by itself and, where it is strict,
// all of them together and for quality. Those that a project lists are also checked
// as that project's.
type Validation struct {
	// BuiltIn is the names of the built-in catalogs, which a project may list.
	BuiltIn []string

	files  []validated
	strict *quality
}

type validated struct {
	*checker
	excuses excuses
	from    *Source
}

// NewValidation begins a validation. The strict rules also find what readers of the
// entries would miss or stumble over; see StrictRules.
func NewValidation(strict ...StrictRule) *Validation {
	v := &Validation{}
	if strict != nil {
		v.strict = &quality{rules: strict, codes: map[string]bool{}, folded: map[string]nameAt{}, called: map[string]nameAt{}, texts: map[[sha256.Size]byte]nameAt{}}
	}
	return v
}

// Path checks a catalog file, or the catalog files of a folder, and what they list. An
// error is a *ReadError, a *NotCatalogError, several of them joined, or the context's.
func (v *Validation) Path(ctx context.Context, path string) error {
	var failed error
	for s, err := range Find(path) {
		if err == nil {
			err = v.check(ctx, s)
		}
		failed = errors.Join(failed, err) // the other files are checked all the same
	}
	return failed
}

// Text checks the text of a catalog that has no file, and calls it name. Its format
// is yaml or json; "" is that of Text.
func (v *Validation) Text(ctx context.Context, name, format string, text []byte) error {
	s := Text(name, text)
	if format != "" {
		var ok bool
		if s.Format, ok = document.FormatOf("." + format); !ok {
			return &NotCatalogError{fmt.Sprintf("no catalog is written as %q", format)}
		}
	}
	return v.check(ctx, s)
}

// check checks a source, and what it lists.
func (v *Validation) check(ctx context.Context, s *Source) error {
	r, err := v.read(ctx, s)
	if err != nil || r.project == nil || r.problems != nil {
		return err
	}
	listed, err := r.project.Catalogs(v.BuiltIn)
	if invalid, ok := errors.AsType[*InvalidError](err); ok {
		r.problems, err = invalid.Problems, nil
	}
	if v.strict != nil {
		v.strict.listed = map[string]entry.Place{}
		defer func() { v.strict.listed = nil }()
	}
	var blocks []block
	origins := map[string]string{} // of the catalogs, by their names
	for _, l := range listed {
		if l.Source == nil {
			origins[l.Name] = "built in"
			continue
		}
		one, failed := v.read(ctx, l.Source)
		if failed != nil {
			err = errors.Join(err, failed)
			continue
		}
		if one.project != nil {
			r.problems = append(r.problems, l.problem(one.project))
		} else if other, taken := origins[one.head.Name]; taken {
			one.report(one.top.Value(nameKey).Position, "same-name", "two catalogs of the project are named %q: this one and %s", one.head.Name, other)
		} else if one.head.Name != "" { // it kept the rule
			origins[one.head.Name] = l.Name
		}
		blocks = append(blocks, one.blocks...)
	}
	for later, earlier := range overlapping(blocks) {
		if later.of != earlier.of { // else it is said already
			later.overlaps(earlier)
		}
	}
	return err
}

// read checks a source by itself.
func (v *Validation) read(ctx context.Context, s *Source) (*reader, error) {
	file, err := s.Open()
	if err != nil {
		return nil, err
	}
	defer file.Close()
	r := newReader(s)
	r.strict = v.strict
	if err := r.read(ctx, file, s.Format); err != nil {
		return nil, s.CannotRead(err)
	}
	v.files = append(v.files, validated{&r.checker, r.excuses, s})
	return r, nil
}

// Files is how many files were checked.
func (v *Validation) Files() int { return len(v.files) }

// Problems is what is wrong and not excused, file after file in the order of their
// lines, each with the line it stands in. The error is that of reading a file again.
func (v *Validation) Problems() ([]Problem, error) {
	if v.strict != nil {
		v.strict.finish()
	}
	var all []Problem
	for _, f := range v.files {
		f.problems = slices.DeleteFunc(f.problems, f.excuses.excuse)
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
	file, err := f.from.Open()
	if err != nil {
		return err
	}
	defer file.Close()
	r := bufio.NewReaderSize(file, longestQuote)
	number := 0
	var line []byte
	for i := range f.problems {
		for p := &f.problems[i]; number < p.Line && err == nil; number++ {
			line, err = r.ReadSlice('\n')
			if number == 0 {
				line = bytes.TrimPrefix(line, []byte("\ufeff"))
			}
			for errors.Is(err, bufio.ErrBufferFull) {
				_, err = r.ReadSlice('\n')
				line = nil // too long to show
			}
		}
		if utf8.Valid(line) {
			f.problems[i].Source = strings.TrimRight(string(line), "\r\n")
		}
	}
	if err != nil && err != io.EOF {
		return f.from.CannotRead(err)
	}
	return nil
}
