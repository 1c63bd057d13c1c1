package site

import (
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"

	"github.com/errcode-cli/errcode/internal/catalog"
)

var (
	//go:embed style.css
	style string
	//go:embed fold.js
	foldScript string
	//go:embed search.js
	searchScript string
	//go:embed groups.js
	groupsScript string
	//go:embed copy.js
	copyScript string
)

// A page is what the pages of a site have in common.
type page struct {
	*site
	markup
	up      string // how the site's folder is reached from the page's
	scripts []string
}

// begin writes the head of a page at an address below the site's and opens its
// body. Nothing but the styles and scripts written here works in it: what a
// stranger's text may smuggle in does not.
func (p *page) begin(title, description, address string, scripts ...string) {
	p.scripts = scripts
	styles := []string{style}
	if len(p.CSS) > 0 {
		styles = append(styles, string(p.CSS))
	}
	policy := "default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; style-src " + hashes(styles...) + "; script-src " + hashes(scripts...)
	p.raw("<!DOCTYPE html>\n")
	p.open("html", "lang", "en")
	p.raw("\n<head>\n<meta charset=\"utf-8\">\n")
	p.open("meta", "http-equiv", "Content-Security-Policy", "content", policy)
	p.raw("\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
	p.raw("<meta name=\"color-scheme\" content=\"light dark\">\n")
	p.raw("<meta name=\"referrer\" content=\"no-referrer\">\n")
	p.element("title", title)
	p.raw("\n")
	p.open("meta", "name", "description", "content", firstLine(description))
	if p.BaseURL != "" {
		p.raw("\n")
		p.open("link", "rel", "canonical", "href", p.BaseURL+address)
	}
	p.raw("\n<link rel=\"icon\" href=\"data:,\">\n")
	for _, s := range styles {
		p.raw("<style>" + s + "</style>\n")
	}
	p.raw("</head>\n<body>\n")
}

func (p *page) end() {
	p.raw("<footer class=\"foot\">\n<p>")
	p.element("a", "errors.json", "href", p.up+"errors.json")
	p.raw(" · ")
	p.element("a", "errors.md", "href", p.up+"errors.md")
	for _, c := range p.Catalogs() {
		if isAddress(c.Homepage) {
			p.raw(" · ")
			p.element("a", c.Homepage, "href", c.Homepage)
		}
	}
	p.raw("</p>\n</footer>\n")
	for _, s := range p.scripts {
		p.raw("<script>" + s + "</script>\n")
	}
	p.raw("</body>\n</html>\n")
}

func hashes(texts ...string) string {
	var all []string
	for _, text := range texts {
		sum := sha256.Sum256([]byte(text))
		all = append(all, "'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'")
	}
	return strings.Join(all, " ")
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(s), "\n")
	return line
}

// entries writes a page with entries and the search in them. The heading is the
// site's title, or with it that of a group.
func (p *page) entries(ctx context.Context, of *group, entries iter.Seq2[catalog.Entry, error]) error {
	title, address, n := p.Title, "", p.total
	if of != nil {
		title, address, n = of.title()+" – "+p.Title, of.address(), of.entries
	}
	scripts := []string{copyScript}
	if n > 1 {
		scripts = []string{foldScript, searchScript, copyScript}
	}
	p.begin(title, p.Description, address, scripts...)
	p.raw("<a class=\"skip\" href=\"#-entries\">Skip to the errors</a>\n")
	p.header(of)
	if n > 1 {
		p.search()
	}
	p.raw("<main id=\"-entries\">\n")
	for e, err := range entries {
		if err != nil {
			return err
		}
		if err := p.entry(ctx, &e, "h2"); err != nil {
			return err
		}
	}
	p.raw("</main>\n")
	p.end()
	return p.err
}

// header writes what stands above the codes, all of them or those of a group.
func (p *page) header(of *group) {
	p.raw("<header class=\"top\">\n")
	p.element("h1", p.Title, "dir", "auto")
	p.raw("\n")
	if of != nil {
		p.raw("<p class=\"lead\">")
		p.text("Codes " + of.title() + ". ")
		p.element("a", "All codes", "href", p.up+"index.html")
		p.raw("</p>\n")
	} else if p.Description != "" {
		p.element("p", p.Description, "class", "lead", "dir", "auto")
		p.raw("\n")
	}
	p.raw("</header>\n")
}

// find begins a box to type into, which is hidden until the script is there. No id
// of the page's own can be a code: codes do not begin with "-".
func (p *page) find(label, placeholder string, attributes ...string) {
	p.raw("<search class=\"find\" hidden>\n")
	p.element("label", label, "for", "-query")
	p.raw("\n<div class=\"box\">")
	p.open("input", append([]string{"type", "search", "id", "-query", "autocomplete", "off", "spellcheck", "false",
		"placeholder", placeholder}, attributes...)...)
}

// search writes the search box.
func (p *page) search() {
	p.find("Search errors", "Code, status or words", "data-function-words", strings.TrimSpace(catalog.FunctionWords))
	p.raw("<kbd aria-hidden=\"true\">/</kbd></div>\n<div class=\"row\">\n")
	p.raw("<div class=\"classes\" role=\"group\" aria-label=\"HTTP status\"></div>\n")
	p.raw("<p class=\"count\" role=\"status\"></p>\n</div>\n</search>\n")
	p.raw("<noscript><p class=\"count\">The search of this page needs JavaScript; that of your browser finds every word too.</p></noscript>\n")
}

// code writes the page of one entry.
func (p *page) code(ctx context.Context, e *catalog.Entry, home string) error {
	p.begin(e.Code+" "+e.Title+" – "+p.Title, e.Description, codeAddress(e.Code), copyScript)
	p.raw("<nav class=\"top\" aria-label=\"Site\">")
	p.element("a", "← "+p.Title, "href", home)
	p.raw("</nav>\n<main class=\"single\">\n")
	if err := p.entry(ctx, e, "h1"); err != nil {
		return err
	}
	p.raw("</main>\n")
	p.end()
	return p.err
}

// entry writes an entry under a heading. What data-field says of a text is the
// part of the entry it is, as the search weighs it.
func (p *page) entry(ctx context.Context, e *catalog.Entry, heading string) error {
	section := "h" + string(heading[1]+1)
	class := "entry"
	if e.Deprecated != "" {
		class += " old"
	}
	attributes := []string{"id", e.Code, "class", class, "tabindex", "-1", "aria-label", e.Code + " " + e.Title}
	if len(e.Keywords) > 0 {
		attributes = append(attributes, "data-keywords", strings.Join(e.Keywords, "\n"))
	}
	if e.Status != 0 {
		attributes = append(attributes, "data-status", strconv.Itoa(e.Status))
	}
	p.open("article", attributes...)
	p.raw("\n")
	p.open(heading)
	p.open("a", "class", "code", "href", p.up+codeAddress(e.Code))
	p.element("bdi", e.Code, "data-field", "code")
	p.close("a")
	p.raw(" ")
	p.element("bdi", e.Title, "class", "title", "data-field", "title")
	p.close(heading)
	p.raw("\n<p class=\"facts\">")
	if e.Status != 0 {
		p.open("span", "class", fmt.Sprintf("fact status s%d", e.Status/100))
		p.raw("HTTP ")
		p.element("span", strconv.Itoa(e.Status), "data-field", "status")
		p.text(" " + catalog.Phrase(e.Status))
		p.close("span")
	}
	if e.Severity != catalog.Error {
		p.element("span", "Severity: "+string(e.Severity), "class", "fact")
	}
	switch e.Retryable {
	case catalog.Yes:
		p.element("span", "Retryable", "class", "fact")
	case catalog.No:
		p.element("span", "Not retryable", "class", "fact")
	}
	p.raw("</p>\n")
	if e.Deprecated != "" {
		p.raw("<p class=\"deprecated\"><strong>Deprecated:</strong> ")
		p.element("bdi", e.Deprecated)
		p.raw("</p>\n")
	}
	p.element("p", e.Description, "class", "text", "dir", "auto", "data-field", "description")
	p.raw("\n<div class=\"what\">\n")
	if len(e.Causes) > 0 {
		p.raw("<section>\n")
		p.element(section, "Possible causes")
		p.raw("\n<ul>\n")
		for _, cause := range e.Causes {
			p.element("li", cause, "dir", "auto", "data-field", "causes")
			p.raw("\n")
		}
		p.raw("</ul>\n</section>\n")
	}
	if e.Resolution != "" {
		p.raw("<section class=\"resolution\">\n")
		p.element(section, "Resolution")
		p.raw("\n")
		p.element("p", e.Resolution, "class", "text", "dir", "auto", "data-field", "resolution")
		p.raw("\n</section>\n")
	}
	p.raw("</div>\n")
	if err := p.details(ctx, e); err != nil {
		return err
	}
	p.raw("</article>\n")
	return p.err
}

// details writes the facts of an entry that few have.
func (p *page) details(ctx context.Context, e *catalog.Entry) error {
	var related []func()
	for _, code := range e.Related {
		found, err := p.Get(ctx, code)
		if err != nil {
			return err
		}
		related = append(related, func() {
			if len(found) == 1 {
				p.element("a", code, "href", p.up+codeAddress(found[0].Code))
			} else {
				p.text(code)
			}
		})
	}
	var aliases, links []func()
	for _, alias := range e.Aliases {
		aliases = append(aliases, func() { p.element("bdi", alias, "data-field", "code") })
	}
	for _, l := range e.Links {
		links = append(links, func() {
			if isAddress(l.URL) {
				p.element("a", l.Title, "href", l.URL, "dir", "auto")
			} else {
				p.text(l.Title + " " + l.URL)
			}
		})
	}
	text := func(s string) []func() {
		if s == "" {
			return nil
		}
		return []func(){func() { p.text(s) }}
	}
	of := ""
	if p.several {
		of = e.Catalog
	}
	opened := false
	for _, d := range []struct {
		label      string
		attributes []string
		values     []func()
	}{
		{"Also known as", []string{"class", "word"}, aliases},
		{"Related", []string{"class", "word"}, related},
		{"See also", nil, links},
		{"Since", nil, text(e.Since)},
		{"Catalog", nil, text(of)},
	} {
		if len(d.values) == 0 {
			continue
		}
		if !opened {
			p.raw("<dl>\n")
			opened = true
		}
		p.raw("<div>")
		p.element("dt", d.label)
		for _, value := range d.values {
			p.open("dd", d.attributes...)
			value()
			p.close("dd")
		}
		p.raw("</div>\n")
	}
	if opened {
		p.raw("</dl>\n")
	}
	return p.err
}

// contents writes the page that leads to the groups, where there are too many
// entries for one page.
func (p *page) contents() error {
	p.begin(p.Title, p.Description, "", foldScript, groupsScript)
	p.header(nil)
	p.find("Go to code", "Go to code")
	p.raw("</div>\n<p class=\"count\" role=\"status\"></p>\n</search>\n<main>\n")
	p.element("p", fmt.Sprintf("There are %d codes, too many for one page. They are here by what they begin with; each page has a search of its own.", p.total))
	p.raw("\n<ul class=\"groups\">\n")
	for i := range p.groups {
		g := &p.groups[i]
		kind := "data-begins"
		if g.whole {
			kind = "data-code"
		}
		p.raw("<li>")
		p.element("a", g.title(), "href", g.address(), kind, g.prefix)
		p.element("span", strconv.Itoa(g.entries))
		p.raw("</li>\n")
	}
	p.raw("</ul>\n</main>\n")
	p.end()
	return p.err
}

// isAddress reports whether a browser may follow an address. The rules of a
// catalog let no others through; this is a second lock on the same door.
func isAddress(url string) bool {
	scheme, _, _ := strings.Cut(strings.ToLower(url), ":")
	return scheme == "https" || scheme == "http" || scheme == "mailto"
}

func codeAddress(code string) string { return "codes/" + fileName(code) }

// to makes a page that is written to w, up levels below the site's folder.
func (s *site) to(w io.Writer, up int) *page {
	return &page{site: s, markup: markup{w: w}, up: strings.Repeat("../", up)}
}
