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
	excuses excuses
	open    func() (io.ReadCloser, error)
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
	v.files = append(v.files, validated{&r.checker, r.excuses, open})
	return nil
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
		return cannotRead(f.file, err)
	}
	return nil
}
