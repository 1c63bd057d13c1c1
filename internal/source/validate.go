package source

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
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

// NewValidation begins a validation. The strict rules also find what readers of the
// entries would miss or stumble over; see StrictRules.
func NewValidation(strict ...StrictRule) *Validation {
	v := &Validation{}
	if strict != nil {
		v.strict = &quality{rules: strict, codes: map[string]bool{}, folded: map[string]nameAt{}}
	}
	return v
}

// Path checks a catalog file, or the catalog files of a folder. An error is a
// *ReadError, a *NotCatalogError, several of them joined, or the context's.
func (v *Validation) Path(ctx context.Context, path string) error {
	var failed error
	for s, err := range Find(path) {
		if err == nil {
			err = v.check(ctx, s.Name, s.Format, func() (io.ReadCloser, error) { return s.Open() })
		}
		failed = errors.Join(failed, err) // the other files are checked all the same
	}
	return failed
}

// Text checks the text of a catalog that has no file, and calls it name. Its format
// is yaml or json.
func (v *Validation) Text(ctx context.Context, name, format string, text []byte) error {
	f, ok := document.FormatOf("." + format)
	if !ok {
		return &NotCatalogError{fmt.Sprintf("no catalog is written as %q", format)}
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
		sortProblems(f.problems)
		all = append(all, f.problems...)
	}
	return all, nil
}

// longestQuote is how long a line may be that is kept to be shown.
const longestQuote = 64 << 10

// quote gives each problem its line of the file, and leaves out those that a comment
// excuses.
func (f validated) quote() error {
	strict := slices.ContainsFunc(f.problems, func(p Problem) bool { return p.Strict })
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
	excused := excuses{}
	var line []byte
	for i := range f.problems {
		for p := &f.problems[i]; number < p.Line && err == nil; number++ {
			line, err = r.ReadSlice('\n')
			for errors.Is(err, bufio.ErrBufferFull) {
				line = nil // too long to show
				_, err = r.ReadSlice('\n')
			}
			if strict {
				excused.read(number+1, line)
			}
		}
		if utf8.Valid(line) {
			f.problems[i].Source = strings.TrimRight(strings.TrimPrefix(string(line), "\ufeff"), "\r\n")
		}
	}
	if err != nil && err != io.EOF {
		return cannotRead(f.file, err)
	}
	f.problems = slices.DeleteFunc(f.problems, excused.excuse)
	return nil
}
