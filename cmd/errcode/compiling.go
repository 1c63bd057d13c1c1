package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"golang.org/x/term"

	"github.com/errcode-cli/errcode/internal/catalog"
	"github.com/errcode-cli/errcode/internal/render"
)

// options says where compiled catalogs are kept, and shows how far a long
// compile is. The function it returns ends that.
func (p *program) options() (catalog.Options, func()) {
	o := catalog.Options{Cache: p.cacheFolder()}
	if glanceAt(p.args).wantsJSON() || !term.IsTerminal(int(p.terminal.stderr.Fd())) {
		return o, func() {}
	}
	meter := progress{to: p.terminal.stderr, began: time.Now()}
	o.Progress = meter.show
	return o, meter.erase
}

// cacheFolder is the folder in which compiled catalogs are kept, "" for none.
func (p *program) cacheFolder() string {
	switch folder := p.terminal.getenv("ERRCODE_CACHE"); folder {
	case "off":
		return ""
	case "":
		folder, err := os.UserCacheDir()
		if err != nil {
			return "" // no home folder
		}
		return filepath.Join(folder, "errcode")
	default:
		return folder
	}
}

// A progress shows on a terminal how far something is that takes long.
type progress struct {
	to    *os.File
	began time.Time
	width int // of what is shown, in columns at most
}

// patience is how long nothing is shown.
const patience = 500 * time.Millisecond

func (m *progress) show(file string, share float64) {
	if time.Since(m.began) < patience {
		return
	}
	text := fmt.Sprintf("compiling %s: %3.0f %%", render.Visible(filepath.Base(file)), share*100)
	if len(text) >= columns(m.to) {
		return // a line that wraps could not be erased
	}
	m.width = max(m.width, len(text))
	fmt.Fprintf(m.to, "\r%-*s", m.width, text)
}

func (m *progress) erase() {
	if m.width > 0 {
		fmt.Fprintf(m.to, "\r%s\r", strings.Repeat(" ", m.width))
	}
}

// An interrupted run was told to end by a signal.
type interrupted struct{ signal os.Signal }

func (e interrupted) Error() string { return "interrupted: " + e.signal.String() }

// exit is what a shell makes of the signal.
func (e interrupted) exit() int {
	number, _ := e.signal.(syscall.Signal)
	return 128 + int(number)
}

// untilSignal returns a context that a signal to end the run cancels, so that
// what is half done can be cleared away, and a function that gives the signals
// back their usual effect.
func untilSignal(ctx context.Context) (context.Context, func()) {
	ctx, cancel := context.WithCancelCause(ctx)
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		select {
		case s := <-signals:
			cancel(interrupted{s})
		case <-ctx.Done():
		}
	}()
	return ctx, func() {
		signal.Stop(signals)
		cancel(nil)
	}
}
