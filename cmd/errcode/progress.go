package main

import (
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/errcode-cli/errcode/internal/text"
)

// A progress shows on a terminal how far something is that takes long.
type progress struct {
	to    *os.File
	began time.Time
	width int // of what is shown, in columns at most
}

// patience is how long nothing is shown.
const patience = 500 * time.Millisecond

// show shows a line, which may have a file's name in it.
func (m *progress) show(line string) {
	if time.Since(m.began) < patience {
		return
	}
	line = strings.ReplaceAll(text.Visible(line), "\n", " ")
	if len(line) >= columns(m.to) {
		return // there is no terminal, or a line that wraps and could not be erased
	}
	m.width = max(m.width, len(line))
	// Padded by bytes: a letter may be wider than a column, but never than its bytes.
	fmt.Fprintf(m.to, "\r%s%s", line, strings.Repeat(" ", m.width-len(line)))
}

func (m *progress) erase() {
	if m.width > 0 {
		fmt.Fprintf(m.to, "\r%s\r", strings.Repeat(" ", m.width))
		m.width = 0
	}
}
