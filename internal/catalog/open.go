package catalog

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"github.com/errcode-cli/errcode/internal/cache"
	"github.com/errcode-cli/errcode/internal/index"
	"github.com/errcode-cli/errcode/internal/source"
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

	// Texts is what was read of sources that can be read only once.
	Texts map[string][]byte

	// Behind is the sources of what stands behind the selection.
	Behind []string
}

// Open opens catalogs. A source is the name of a built-in catalog or, with a
// path separator or a suffix, a file or a folder of files; a project's file means
// what it lists. Names of catalogs are unique; an entry overrides an earlier
// catalog's of exactly the same code. A file that breaks rules is a
// *source.InvalidError.
func Open(ctx context.Context, o Options, sources ...string) (*Selection, error) {
	var s Selection
	for opened := range openEach(ctx, o, sources) {
		if opened.Err != nil {
			s.Close()
			return nil, opened.Err
		}
		s.catalogs = append(s.catalogs, opened.Catalog)
	}
	if o.Behind != nil {
		s.openBehind = func(asking context.Context) (*Selection, error) { return openBehind(ctx, asking, o) }
	}
	return &s, nil
}

// openBehind opens what stands behind a selection, for a query that asks it. Both the
// context of that and the selection's own end it; later damage is mended under the
// latter alone.
func openBehind(ctx, asking context.Context, o Options) (*Selection, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer context.AfterFunc(asking, func() { cancel(context.Cause(asking)) })()
	behind := o.Behind
	o.Behind, o.Progress = nil, nil // there may be half a line of the answer on the terminal
	s, err := Open(ctx, o, behind...)
	if err != nil {
		cancel(err)
	}
	return s, err
}

// An Opened is a catalog of a selection, or why it could not be opened.
type Opened struct {
	Source    string // the name or the file
	Catalog   *Catalog
	Overrides []string // the codes it takes over from earlier catalogs, in catalog order
	Next      []string // the next free code of each of its blocks
	Full      []string // the blocks that have none
	Err       error
}

// Survey opens the catalogs that Open would, each for itself, and yields them
// with what each overrides, and which codes are free. They are closed when the
// sequence ends.
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
		_, overriding, err := overlay(ctx, s.catalogs)
		for i, opened := range whole {
			if err == nil {
				of := make([]index.Set, len(whole))
				of[i] = overriding[i]
				opened.Overrides, err = s.codes(ctx, idsOf(of))
			}
			if err == nil {
				opened.Next, opened.Full, err = opened.Catalog.free(ctx)
			}
			if opened.Err = err; err != nil && ctx.Err() != nil {
				opened.Err = context.Cause(ctx)
			}
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
		for opened := range opener.each(ctx, sources) {
			if errors.Is(opened.Err, errNotReady) {
				continue
			}
			if c := opened.Catalog; opened.Err == nil {
				if other, taken := origins[c.Name]; taken {
					opened = Opened{Source: opened.Source, Err: &SameNameError{c.Name, other, opened.Source}}
					c.Close()
				}
				origins[c.Name] = opened.Source
			}
			if !yield(opened) {
				return
			}
		}
	}
}

// each opens what each source means, by itself.
func (o *opener) each(ctx context.Context, sources []string) iter.Seq[Opened] {
	return func(yield func(Opened) bool) {
		for _, name := range sources {
			if text, read := o.Texts[name]; read {
				if !o.file(ctx, source.Text(name, text), yield) {
					return
				}
				continue
			}
			if source.IsName(name) {
				if !yield(o.builtIn(ctx, name)) {
					return
				}
				continue
			}
			for from, err := range source.Find(name) {
				more := false
				if err != nil {
					more = yield(Opened{Source: from.Name, Err: err})
				} else {
					more = o.file(ctx, from, yield)
				}
				if !more {
					return
				}
			}
		}
	}
}

func (o *opener) builtIn(ctx context.Context, name string) Opened {
	c, err := openBuiltin(name)
	return Opened{Source: name, Catalog: c, Err: cmp.Or(context.Cause(ctx), err)}
}

// file yields the catalog of a file, or the catalogs of a project's. It reports whether
// to go on.
func (o *opener) file(ctx context.Context, from *source.Source, yield func(Opened) bool) bool {
	c, err := o.open(ctx, from)
	project, ok := errors.AsType[*source.Project](err)
	if !ok {
		return yield(Opened{Source: from.Name, Catalog: c, Err: err})
	}
	listed, err := project.Catalogs(BuiltInNames())
	if err != nil {
		return yield(Opened{Source: from.Name, Err: err})
	}
	for _, l := range listed {
		if l.Source == nil {
			if !yield(o.builtIn(ctx, l.Name)) {
				return false
			}
			continue
		}
		c, err := o.open(ctx, l.Source)
		opened := Opened{Source: l.Name, Catalog: c, Err: err}
		if nested, ok := errors.AsType[*source.Project](err); ok {
			opened = Opened{Source: from.Name, Err: l.Refuse(nested)}
		}
		if !yield(opened) {
			return false
		}
	}
	return true
}

// A SameNameError says that two catalogs of a selection have one name.
type SameNameError struct{ Name, First, Second string }

func (e *SameNameError) Error() string {
	return fmt.Sprintf("two catalogs are named %q: %s and %s", e.Name, e.First, e.Second)
}

// An UnknownError says that no built-in catalog has a name.
type UnknownError struct{ Name string }

func (e *UnknownError) Error() string {
	return fmt.Sprintf("no built-in catalog %q; there is %s", e.Name, strings.Join(BuiltInNames(), ", "))
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

func (o *opener) open(ctx context.Context, from *source.Source) (*Catalog, error) {
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	f := &compiled{opener: o, ctx: ctx, from: from}
	if from.Size > quick {
		f.kept = o.folder()
	}
	if o.Ready && from.Size > quick {
		return f.ready()
	}
	return f.open(f.kept.Get, f.kept.Rebuild, inMemory)
}

// folder opens the cache, once. Without one that can be used, answers are as
// right, but slower.
func (o *opener) folder() *cache.Folder {
	if o.cache == nil && o.Cache != "" {
		o.cache, _ = cache.Open(o.Cache, Version)
	}
	return o.cache
}

// A compiled form of a source, which may be kept.
type compiled struct {
	*opener
	ctx  context.Context
	from *source.Source
	kept *cache.Folder
}

// A way gets the compiled form of a source: as it is kept, or built now.
type way = func(cache.Origin, func(io.Reader, io.Writer) error) (*cache.File, error)

// inMemory is the way that no cache can spoil.
func inMemory(from cache.Origin, build func(io.Reader, io.Writer) error) (*cache.File, error) {
	return (*cache.Folder)(nil).Get(from, build)
}

// ready opens a catalog if its compiled form is kept and undamaged.
func (f *compiled) ready() (*Catalog, error) {
	file, ok := f.kept.Peek(f.origin())
	if !ok {
		return nil, errNotReady
	}
	c, err := f.opened(file)
	if err != nil {
		return nil, errNotReady
	}
	return c, nil
}

// open opens a catalog in the first of several ways that serves. The catalog is built
// anew when it meets damage later.
func (f *compiled) open(ways ...way) (*Catalog, error) {
	c, h, err := f.first(ways...)
	if err != nil {
		return nil, err
	}
	c.reopen = func() error { return f.reopen(c, h) }
	return c, nil
}

// first opens a catalog in the first way that gives one which can be read: what is
// kept may be damaged, and so may be what reads it.
func (f *compiled) first(ways ...way) (*Catalog, *held, error) {
	var failed error
	for _, way := range ways {
		file, err := f.get(way)
		if err != nil {
			return nil, nil, err // of the source
		}
		c, err := f.opened(file)
		if err != nil {
			failed = &DamagedError{f.from.Name, err}
			continue
		}
		h := &held{file}
		c.file = h
		c.index.Mend(f.again(h, f.kept.Rebuild), f.again(h, inMemory))
		return c, h, nil
	}
	return nil, nil, failed
}

// opened opens the catalog that is compiled in a file. It closes what is none.
func (f *compiled) opened(file *cache.File) (*Catalog, error) {
	c, err := openCompiled(file, file.Size(), f.from.Name)
	if err != nil {
		file.Close()
		return nil, err
	}
	c.file = file
	return c, nil
}

// A held file is the one that an index reads now.
type held struct{ *cache.File }

// again is a way to go on reading when what is held is damaged.
func (f *compiled) again(h *held, way way) func() (io.ReaderAt, int64, error) {
	return func() (io.ReaderAt, int64, error) {
		f.Progress = nil // there may be half a line of the answer on the terminal
		file, err := f.get(way)
		if err != nil {
			return nil, 0, err
		}
		h.Close()
		h.File = file
		return file, file.Size(), nil
	}
}

// reopen makes a catalog one that is built now. Entries are known by their numbers
// while answers are read: the source has to be the one that the old file was built
// of. What is being read of that file goes on there.
func (f *compiled) reopen(c *Catalog, old *held) error {
	f.Progress = nil // as above
	fresh, h, err := f.first(f.kept.Rebuild, inMemory)
	if err != nil {
		return err
	}
	switch {
	case !h.SameSource(old.File):
		err = &ChangedError{c.Origin}
	case fresh.Entries != c.Entries:
		err = &DamagedError{c.Origin, index.ErrDamaged}
	}
	if err != nil {
		fresh.Close()
		return err
	}
	fresh.file = closers{old, h}
	*c = *fresh
	return nil
}

// get goes a way.
func (f *compiled) get(way way) (*cache.File, error) {
	if f.Compiling != nil {
		defer f.Compiling()()
	}
	file, err := way(f.origin(), f.build)
	switch {
	case err == nil:
		return file, nil
	case f.ctx.Err() != nil:
		return nil, context.Cause(f.ctx)
	}
	return nil, f.from.CannotRead(err)
}

func (f *compiled) origin() cache.Origin { return cache.Origin{Path: f.from.Name, Open: f.from.Open} }

func (f *compiled) build(r io.Reader, w io.Writer) error {
	if f.Progress != nil && f.from.Size > 0 {
		r = &progressReader{Reader: r, size: f.from.Size, tell: func(share float64) { f.Progress(f.from.Name, share) }}
	}
	return compile(f.ctx, f.from, r, w)
}

type closers []io.Closer

func (cs closers) Close() error {
	var failed error
	for _, c := range cs {
		failed = errors.Join(failed, c.Close())
	}
	return failed
}

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
