package main

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/errcode-cli/errcode/internal/catalog"
	"github.com/errcode-cli/errcode/internal/render"
	"github.com/errcode-cli/errcode/internal/site"
)

func newSite(p *program) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "site DIR",
		Short: "Write the catalog as a documentation site",
		Long: `Write the catalog into a folder as a site of static files: a page with every
entry and a search, a page for each code, and errors.json and errors.md. It can
be opened from the disk or put on any web server, loads nothing from elsewhere
and needs JavaScript for the search alone.

What is in the folder and is not the site's stays there. Run it again to bring
the site up to date.`,
		Example: `  errcode site public
  errcode -c errors.yaml site public --base-url https://docs.example.com/errors/
  errcode site public --title "Error codes" --css brand.css`,
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
		if o.BaseURL != "" {
			u, err := url.Parse(o.BaseURL)
			if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.RawQuery != "" || u.Fragment != "" {
				return usage(fmt.Sprintf("%q is not where a site can be", o.BaseURL), "a base URL is like https://docs.example.com/errors/")
			}
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
		f := &render.Failure{Kind: render.IO, Message: fmt.Sprintf("cannot write the site: %v", err), Input: dir}
		if invalid := (*catalog.InvalidError)(nil); errors.As(err, &invalid) {
			return p.catalogFailure(err)
		}
		return f
	}
	p.note(fmt.Sprintf("%s explained in %s", count(codes, "code", "codes"), filepath.Join(dir, "index.html")))
	return nil
}
