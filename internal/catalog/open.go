package catalog

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"path/filepath"
	"slices"
	"strings"

	"github.com/errcode-cli/errcode/internal/cache"
	"github.com/errcode-cli/errcode/internal/index"
)

// Options say how catalog files are opened.
type Options struct {
	// Cache is the folder in which compiled files are kept; "" is none.
	Cache string

	// Progress is told how much of a file is compiled, from 0 to 1, some
	// hundred times; nil is not.
	Progress func(file string, share float64)

	// Compiling is called before a file may be compiled, and what it returns
	// after that; nil is not.
	Compiling func() (done func())

	// Ready leaves out the files that take long to compile and are not kept.
	Ready bool
}

// Open opens catalogs. A source is the name of a built-in catalog or, with a
// path separator or a suffix, a file or a folder of files. Names of catalogs
// are unique; an entry overrides an earlier catalog's of exactly the same
// code. A file that breaks rules is an *InvalidError.
func Open(ctx context.Context, o Options, sources ...string) (*Selection, error) {
	var s Selection
	for opened := range openEach(ctx, o, sources) {
		if opened.Err != nil {
			s.Close()
			return nil, opened.Err
		}
		s.catalogs = append(s.catalogs, opened.Catalog)
	}
	return &s, nil
}

// An Opened is a catalog of a selection, or why it could not be opened.
type Opened struct {
	Source    string // the name or the file
	Catalog   *Catalog
	Overrides []string // the codes it takes over from earlier catalogs, in catalog order
	Err       error
}

// Survey opens the catalogs that Open would, each for itself, and yields them
// with what each overrides. They are closed when the sequence ends.
func Survey(ctx context.Context, o Options, sources ...string) iter.Seq[Opened] {
	return func(yield func(Opened) bool) {
		all := slices.Collect(openEach(ctx, o, sources))
		var s Selection
		var whole []*Opened // of the selection's catalogs
		defer func() { s.Close() }()
		for i := range all {
			if all[i].Err == nil {
				s.catalogs = append(s.catalogs, all[i].Catalog)
				whole = append(whole, &all[i])
			}
		}
		_, overriding, err := overlay(s.catalogs)
		for i, opened := range whole {
			if err == nil {
				of := make([]index.Set, len(whole))
				of[i] = overriding[i]
				opened.Overrides, err = s.codes(ctx, placesOf(of))
			}
			opened.Err = err
		}
		for _, opened := range all {
			if !yield(opened) {
				return
			}
		}
	}
}

// openEach opens the catalogs of the sources one by one.
func openEach(ctx context.Context, o Options, sources []string) iter.Seq[Opened] {
	return func(yield func(Opened) bool) {
		opener := opener{Options: o}
		origins := map[string]string{}
		for _, source := range sources {
			paths := []string{source}
			var err error
			if !isName(source) {
				paths, err = expand(source)
			}
			if err != nil {
				if !yield(Opened{Source: source, Err: err}) {
					return
				}
				continue
			}
			for _, path := range paths {
				c, err := opener.open(ctx, path)
				if errors.Is(err, errNotReady) {
					continue
				}
				if err == nil {
					if other, taken := origins[c.Name]; taken {
						err = fmt.Errorf("two catalogs are named %q: %s and %s", c.Name, other, path)
						c.Close()
					}
					origins[c.Name] = path
				}
				if !yield(Opened{Source: path, Catalog: c, Err: err}) {
					return
				}
			}
		}
	}
}

// isName reports whether a source names a built-in catalog, not a path.
func isName(source string) bool {
	return source != "." && source != ".." && filepath.Ext(source) == "" && !strings.ContainsAny(source, "/"+string(filepath.Separator))
}

// An UnknownError says that no built-in catalog has a name.
type UnknownError struct{ Name string }

func (e *UnknownError) Error() string {
	return fmt.Sprintf("no built-in catalog %q; there is %s", e.Name, strings.Join(builtinNames(), ", "))
}

// An opener opens catalogs, and the cache when one of them wants it.
type opener struct {
	Options
	cache *cache.Folder
}

// quick is up to how many bytes of source are compiled faster than a person
// notices: about a millisecond. Their compiled form is not kept.
const quick = 16 << 10

var errNotReady = errors.New("not compiled")

func (o *opener) open(ctx context.Context, source string) (*Catalog, error) {
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	if isName(source) {
		return openBuiltin(source)
	}
	format, size, err := formatOf(source)
	if err != nil {
		return nil, err
	}
	build := func(r io.Reader, w io.Writer) error {
		if o.Progress != nil && size > 0 {
			r = &progressReader{Reader: r, size: size, tell: func(share float64) { o.Progress(source, share) }}
		}
		return compile(ctx, source, format, r, w)
	}

	var kept *cache.Folder
	if size > quick {
		kept = o.folder()
		if o.Ready {
			return openReady(source, kept)
		}
	}
	rebuild := func() (*cache.File, error) { return o.compiled(ctx, source, build, kept.Rebuild) }
	file, err := o.compiled(ctx, source, build, kept.Get)
	if err != nil {
		return nil, err
	}
	c, err := openFile(source, file)
	if err != nil { // what was kept is damaged
		if file, err = rebuild(); err != nil {
			return nil, err
		}
		if c, err = openFile(source, file); err != nil {
			return nil, err
		}
	}
	c.index.Mend(func() (io.ReaderAt, int64, error) {
		o.Progress = nil // there may be half a line of the answer on the terminal
		fresh, err := rebuild()
		if err != nil {
			return nil, 0, err
		}
		c.file.Close()
		c.file = fresh
		return fresh, fresh.Size(), nil
	})
	return c, nil
}

// folder opens the cache, once. Without one that can be used, answers are as
// right, but slower.
func (o *opener) folder() *cache.Folder {
	if o.cache == nil && o.Cache != "" {
		o.cache, _ = cache.Open(o.Cache, index.Version)
	}
	return o.cache
}

// openReady opens a catalog if its compiled form is kept and undamaged.
func openReady(source string, kept *cache.Folder) (*Catalog, error) {
	file, ok := kept.Peek(source)
	if !ok {
		return nil, errNotReady
	}
	c, err := openFile(source, file)
	if err != nil {
		return nil, errNotReady
	}
	return c, nil
}

// openFile opens a catalog that is compiled in a file. It closes what is none.
func openFile(source string, file *cache.File) (*Catalog, error) {
	c, err := openCompiled(file, file.Size())
	if err != nil {
		file.Close()
		return nil, err
	}
	c.Origin, c.file = source, file
	return c, nil
}

// compiled gets the compiled form of a file, be it kept or built now.
func (o *opener) compiled(ctx context.Context, source string, build builder, get func(string, builder) (*cache.File, error)) (*cache.File, error) {
	if o.Compiling != nil {
		defer o.Compiling()()
	}
	file, err := get(source, build)
	if err != nil && ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	if err != nil {
		return nil, cannotRead(source, err)
	}
	return file, nil
}

type builder = func(io.Reader, io.Writer) error

// A progressReader tells how much of a file has been read.
type progressReader struct {
	io.Reader
	read, size int64
	tell       func(share float64)
}

func (r *progressReader) Read(p []byte) (int, error) {
	n, err := r.Reader.Read(p)
	before := r.percent()
	if r.read += int64(n); r.percent() > before {
		r.tell(float64(r.read) / float64(r.size))
	}
	return n, err
}

func (r *progressReader) percent() int64 { return r.read * 100 / r.size }
