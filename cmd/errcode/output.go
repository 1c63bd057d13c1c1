package main

import (
	"bufio"
	"errors"
	"os"

	"github.com/errcode-cli/errcode/internal/render"
)

// An output is standard output, buffered. After a write that failed nothing more is
// written: every later Write and Flush returns that error again.
type output struct {
	*bufio.Writer
}

func newOutput(stdout, stderr *os.File) output {
	return output{bufio.NewWriterSize(&checked{file: stdout, closed: func() bool {
		return replaced(stdout) && !replaced(stderr) // who discards both wants the exit code alone
	}}, 4<<10)}
}

// errReaderGone says that nobody reads standard output any more, which is no
// failure: the reader has what it wants.
var errReaderGone = errors.New("the reader of standard output is gone")

// checked is a file whose failures to write are Failures.
type checked struct {
	file   *os.File
	closed func() bool // asked before the first write
}

func (c *checked) Write(b []byte) (int, error) {
	if c.closed != nil && c.closed() {
		return 0, cannotWrite(errors.New("it is closed"))
	}
	c.closed = nil
	n, err := c.file.Write(b)
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
	return &render.Failure{
		Kind:    render.IO,
		Message: "cannot write standard output: " + reason(err).Error(),
		Hints:   []string{"what was printed is not complete"},
	}
}

// reason is what went wrong with a file, where the message names it already.
func reason(err error) error {
	if path, ok := errors.AsType[*os.PathError](err); ok {
		return path.Err
	}
	return err
}
