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

	"github.com/errcode-cli/errcode/internal/catalog"
	"github.com/errcode-cli/errcode/internal/render"
)

// options says where compiled catalogs are kept, shows how far a long compile
// is, and clears away what is half done when a signal ends it. The context it
// returns is what the catalogs are to be opened with.
func (p *program) options(ctx context.Context) (context.Context, catalog.Options) {
	ctx, cancel := context.WithCancelCause(ctx)
	o := catalog.Options{Cache: p.cacheFolder()}
	meter := progress{to: p.terminal.stderr, began: time.Now()}
	o.Progress = func(file string, share float64) {
		if !glanceAt(p.args).wantsJSON() {
			meter.show(file, share)
		}
	}
	o.Compiling = func() func() {
		stop := onSignal(cancel)
		return func() {
			stop()
			meter.erase()
		}
	}
	return ctx, o
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
		return // there is no terminal, or a line that wraps and could not be erased
	}
	m.width = max(m.width, len(text))
	// Padded by bytes: a letter may be wider than a column, but never than its bytes.
	fmt.Fprintf(m.to, "\r%s%s", text, strings.Repeat(" ", m.width-len(text)))
}

func (m *progress) erase() {
	if m.width > 0 {
		fmt.Fprintf(m.to, "\r%s\r", strings.Repeat(" ", m.width))
		m.width = 0
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

// onSignal tells cancel of a signal to end the run, so that what is half done
// can be cleared away. The function it returns gives the signals back their
// usual effect.
func onSignal(cancel context.CancelCauseFunc) func() {
	signals, done := make(chan os.Signal, 1), make(chan struct{})
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		select {
		case s := <-signals:
			cancel(interrupted{s})
		case <-done:
		}
	}()
	return func() {
		signal.Stop(signals)
		close(done)
	}
}
