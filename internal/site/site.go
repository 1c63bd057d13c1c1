// Package site writes a catalog as a web site of static files: a page with all
// entries and a search, a page for each code, and the same for programs and for
// tickets. It needs no server and loads nothing: it works from a disk, too.
package site

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
	"unicode/utf8"

	"github.com/errcode-cli/errcode/internal/catalog"
	"github.com/errcode-cli/errcode/internal/entry"
	"github.com/errcode-cli/errcode/internal/render"
)

// Options say what a site is like.
type Options struct {
	Title       string // of the site; "" is the catalog's
	Description string // under the title, and for search engines
	BaseURL     string // where the site will be, for canonical links and a sitemap; "" is not known
	CSS         []byte // comes after the site's own style
}

// sheet is a style as a browser reads it from a page, so that the policy, which
// goes by its bytes, lets it through.
func sheet(css []byte) ([]byte, error) {
	switch {
	case bytes.Contains(bytes.ToLower(css), []byte("</style")):
		return nil, errors.New("a style cannot hold </style")
	case !utf8.Valid(css):
		return nil, errors.New("the style is not UTF-8")
	case bytes.IndexByte(css, 0) >= 0:
		return nil, errors.New("a style cannot hold a NUL")
	}
	css = bytes.TrimPrefix(css, []byte("\ufeff"))
	css = bytes.ReplaceAll(css, []byte("\r\n"), []byte("\n"))
	return bytes.ReplaceAll(css, []byte("\r"), []byte("\n")), nil
}

// onePage is how many entries the page with all of them may have. Beyond that,
// there is one for each beginning of a code.
const onePage = 10_000

// A site is what its files are made from.
type site struct {
	*catalog.Selection
	Options
	total   int
	several bool    // catalogs
	groups  []group // of entries, where they do not stand on one page
}

// Write writes the site of a selection into a folder, which is made if it is
// missing, and returns how many codes it explains. The same selection and options
// give the same bytes. Files in the folder that are not the site's stay as they
// are.
func Write(ctx context.Context, dir string, s *catalog.Selection, o Options) (codes int, err error) {
	if o.CSS, err = sheet(o.CSS); err != nil {
		return 0, err
	}
	if o.BaseURL != "" && !strings.HasSuffix(o.BaseURL, "/") {
		o.BaseURL += "/"
	}
	var titles []string
	for _, c := range s.Catalogs() {
		titles = append(titles, c.Title)
	}
	o.Title = cmp.Or(o.Title, strings.Join(titles, " · "))
	site := &site{Selection: s, Options: o, several: len(titles) > 1}
	if err := site.count(ctx, onePage); err != nil {
		return 0, err
	}
	return site.total, replace(dir, site.files(ctx))
}

// files yields the files of the site, the page that leads to the others last.
func (s *site) files(ctx context.Context) iter.Seq2[file, error] {
	return func(yield func(file, error) bool) {
		for e, err := range s.all(ctx) {
			home := "../index.html#" + fragment(e.Code)
			if g := s.groupOf(e.Code); g != nil {
				home = "../" + g.address() + "#" + fragment(e.Code)
			}
			page := file{codeAddress(e.Code), func(w io.Writer) error { return s.to(w, 1).code(ctx, &e, home) }}
			if !yield(page, err) || err != nil {
				return
			}
		}
		var rest []file
		for i := range s.groups {
			g := &s.groups[i]
			rest = append(rest, file{g.address(), func(w io.Writer) error { return s.to(w, 1).entries(ctx, g, s.in(ctx, g)) }})
		}
		rest = append(rest,
			file{"errors.json", func(w io.Writer) error { return s.json(ctx, w) }},
			file{"errors.md", func(w io.Writer) error { return s.markdown(ctx, w) }})
		rest = append(rest, s.sitemaps(ctx)...)
		rest = append(rest, file{"index.html", func(w io.Writer) error {
			if s.groups != nil {
				return s.to(w, 0).contents()
			}
			return s.to(w, 0).entries(ctx, nil, s.all(ctx))
		}})
		for _, f := range rest {
			if !yield(f, nil) {
				return
			}
		}
	}
}

// all yields all entries, in catalog order.
func (s *site) all(ctx context.Context) iter.Seq2[entry.Entry, error] {
	return s.List(ctx, catalog.Filter{})
}

// markdown writes all entries for tickets and wikis.
func (s *site) markdown(ctx context.Context, w io.Writer) error {
	if err := render.Heading(w, s.Title); err != nil {
		return err
	}
	return render.Write(w, render.Markdown, render.Each(s.all(ctx)), render.Options{Catalogs: s.several})
}

// json writes all entries as a catalog file. Several catalogs become one.
func (s *site) json(ctx context.Context, w io.Writer) error {
	head := struct {
		Catalog  string `json:"catalog"`
		Title    string `json:"title"`
		Homepage string `json:"homepage,omitzero"`
	}{strings.Join(s.Names(), "-"), s.Title, ""}
	if all := s.Catalogs(); len(all) == 1 {
		head.Homepage = all[0].Homepage
	}
	text, err := json.Marshal(head)
	if err != nil {
		return err
	}
	before := string(bytes.TrimSuffix(text, []byte("}"))) + `,"errors":[` + "\n"
	for e, err := range s.all(ctx) {
		if err != nil {
			return err
		}
		text, err := render.Source(e)
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintf(w, "%s%s", before, text); err != nil {
			return err
		}
		before = ",\n"
	}
	_, err = io.WriteString(w, "\n]}\n")
	return err
}

// mostAddresses is how many addresses a sitemap may have.
const mostAddresses = 50_000

// sitemaps is the list of the site's pages, for search engines, where it is known
// where the site will be.
func (s *site) sitemaps(ctx context.Context) []file {
	if s.BaseURL == "" {
		return nil
	}
	// The pages beside those of the codes are on the first one.
	pages := []string{""}
	for i := range s.groups {
		pages = append(pages, s.groups[i].address())
	}
	list := func(w io.Writer, root, item string, addresses iter.Seq2[string, error]) error {
		m := markup{w: w}
		m.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
		m.open(root, "xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9")
		for address, err := range addresses {
			if err != nil {
				return err
			}
			m.raw("\n<" + item + ">")
			m.element("loc", s.BaseURL+address)
			m.close(item)
		}
		m.raw("\n")
		m.close(root)
		m.raw("\n")
		return m.err
	}
	part := func(n int) iter.Seq2[string, error] {
		return func(yield func(string, error) bool) {
			i := 0
			next := func(address string, err error) bool {
				i++
				return (i-1)/mostAddresses != n || yield(address, err)
			}
			for _, address := range pages {
				if !next(address, nil) {
					return
				}
			}
			for e, err := range s.all(ctx) {
				if !next(codeAddress(e.Code), err) || i > (n+1)*mostAddresses {
					return
				}
			}
		}
	}
	parts := (len(pages) + s.total + mostAddresses - 1) / mostAddresses
	if parts == 1 {
		return []file{{"sitemap.xml", func(w io.Writer) error { return list(w, "urlset", "url", part(0)) }}}
	}
	var files []file
	names := func(yield func(string, error) bool) {
		for _, f := range files[:parts] {
			if !yield(f.name, nil) {
				return
			}
		}
	}
	for n := range parts {
		files = append(files, file{fmt.Sprintf("sitemap-%d.xml", n+1), func(w io.Writer) error { return list(w, "urlset", "url", part(n)) }})
	}
	return append(files, file{"sitemap.xml", func(w io.Writer) error { return list(w, "sitemapindex", "sitemap", names) }})
}
