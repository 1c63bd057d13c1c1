package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/errcode-cli/errcode/internal/catalog"
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
			meter.show(fmt.Sprintf("compiling %s: %3.0f %%", filepath.Base(file), share*100))
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
