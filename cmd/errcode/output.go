package main

import (
	"bufio"
	"errors"
	"os"

	"github.com/errcode-cli/errcode/internal/render"
)

// An output is standard output, buffered. Its first failed write is its last:
// the error comes back from every later one and from close.
type output struct {
	*bufio.Writer
}

func newOutput(file *os.File) output {
	return output{bufio.NewWriterSize(&stdout{file: file}, 64<<10)}
}

// errReaderGone says that nobody reads standard output any more, which is no
// failure: the reader has what it wants.
var errReaderGone = errors.New("the reader of standard output is gone")

// stdout makes failures to write into Failures.
type stdout struct {
	file    *os.File
	checked bool
}

func (s *stdout) Write(b []byte) (int, error) {
	if !s.checked && replaced(s.file) {
		return 0, cannotWrite(errors.New("it is closed"))
	}
	s.checked = true
	n, err := s.file.Write(b)
	switch {
	case err == nil:
		return n, nil
	case brokenPipe(err):
		return n, errReaderGone
	default:
		return n, cannotWrite(err)
	}
}

func cannotWrite(err error) error {
	if path, ok := errors.AsType[*os.PathError](err); ok {
		err = path.Err // "write /dev/stdout" is said already
	}
	return &render.Failure{
		Kind:    render.IO,
		Message: "cannot write standard output: " + err.Error(),
		Hints:   []string{"what was printed is not complete"},
	}
}
