package main

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/errcode-cli/errcode/internal/render"
	"github.com/errcode-cli/errcode/internal/site"
	"github.com/errcode-cli/errcode/internal/source"
)

func newSite(p *program) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "site DIR",
		Short: "Write the catalog as a documentation site",
		Long: `Write the catalog into a folder as a site of static files: a page with every
entry and a search, a page for each code, and errors.json and errors.md. It can
be opened from the disk or put on any web server, loads nothing from elsewhere
and reads whole without JavaScript, which the search and the copy buttons need.

What is in the folder and is not the site's stays there. Run it again to bring
the site up to date.`,
		Example: `  errcode site public
  errcode site public --title "Error codes" --base-url https://docs.example.com/
  errcode -c examples/payments.yaml site payments`,
		Args: func(_ *cobra.Command, words []string) error {
			if len(words) != 1 {
				return usage("site needs one folder to write to", "try errcode site public")
			}
			return nil
		},
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
			return nil, cobra.ShellCompDirectiveFilterDirs
		},
	}
	var o site.Options
	var css string
	flags := cmd.Flags()
	flags.StringVar(&o.Title, "title", "", "the site's `TITLE`, instead of the catalog's")
	flags.StringVar(&o.Description, "description", "", "a `TEXT` that stands under the title")
	flags.StringVar(&o.BaseURL, "base-url", "", "the `URL` where it will be, for links and a sitemap")
	flags.StringVar(&css, "css", "", "a `FILE` with a style of your own, after the site's")
	complete(cmd, "title")
	complete(cmd, "description")
	complete(cmd, "base-url")
	p.addCatalogFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, words []string) error {
		if o.Title != "" {
			if wrong := source.CheckTitle(o.Title); wrong != "" {
				return usage(fmt.Sprintf("%q is no title: %s", o.Title, wrong), `a title is like "Payments API error codes"`)
			}
		}
		if o.BaseURL != "" {
			base, ok := baseURL(o.BaseURL)
			if !ok {
				return usage(fmt.Sprintf("%q is not where a site can be", o.BaseURL), "a base URL is like https://docs.example.com/errors/")
			}
			o.BaseURL = base
		}
		if css != "" {
			text, err := os.ReadFile(css)
			if err != nil {
				return &render.Failure{Kind: render.IO, Message: fmt.Sprintf("cannot read %q: %v", css, reason(err)), Input: css}
			}
			o.CSS = text
		}
		return p.writeSite(cmd, words[0], o)
	}
	return cmd
}

// baseURL returns the address of a folder on the web, its path escaped, so that it
// can stand in a link and the names of pages can follow it.
func baseURL(s string) (base string, ok bool) {
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Hostname() == "" || u.User != nil ||
		strings.ContainsAny(s, "?#") || strings.HasSuffix(strings.ToLower(u.Path), ".html") {
		return "", false
	}
	if _, port, found := strings.Cut(strings.TrimPrefix(u.Host, "["+u.Hostname()+"]"), ":"); found {
		if n, err := strconv.ParseUint(port, 10, 16); err != nil || n == 0 {
			return "", false
		}
	}
	return u.Scheme + "://" + u.Host + u.EscapedPath(), true
}

func (p *program) writeSite(cmd *cobra.Command, dir string, o site.Options) error {
	if whole, err := filepath.Abs(dir); err == nil {
		if home, _ := os.UserHomeDir(); whole == home || whole == filepath.Dir(whole) {
			return usage(fmt.Sprintf("%q is no folder for a site", dir), "name a folder of its own")
		}
	}
	s, err := p.open(cmd.Context())
	if err != nil {
		return err
	}
	defer s.Close()
	codes, err := site.Write(cmd.Context(), dir, s, o)
	if err != nil {
		f := failure(err)
		if f.Kind == render.IO {
			f.Message, f.Input = fmt.Sprintf("cannot write the site: %v", err), dir
		}
		return f
	}
	index := filepath.Join(dir, "index.html")
	p.note(render.Written, fmt.Sprintf("%s explained in %s", render.Count(codes, "code", "codes"), index), fact("codes", codes), fact("file", index))
	return nil
}
