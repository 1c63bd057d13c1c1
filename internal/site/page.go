package site

import (
	"cmp"
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"

	"github.com/errcode-cli/errcode/internal/catalog"
	"github.com/errcode-cli/errcode/internal/entry"
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
func (p *page) entries(ctx context.Context, of *group, entries iter.Seq2[entry.Entry, error]) error {
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
// of the page's own can be a code: no code begins with "-" but a number.
func (p *page) find(label, placeholder string, attributes ...string) {
	p.raw("<search class=\"find\" hidden>\n")
	p.element("label", label, "for", "-query")
	p.raw("\n<div class=\"box\">")
	p.open("input", append([]string{"type", "search", "id", "-query", "autocomplete", "off", "spellcheck", "false",
		"placeholder", placeholder}, attributes...)...)
}

// search writes the search box.
func (p *page) search() {
	p.find("Search errors", "Code, status or words", "data-function-words", strings.TrimSpace(catalog.FunctionWords),
		"data-classes", inJSON(classes()), "data-weights", inJSON(entry.Weights))
	p.raw("<kbd aria-hidden=\"true\">/</kbd></div>\n<div class=\"row\">\n")
	p.raw("<div class=\"classes\" role=\"group\" aria-label=\"HTTP status\"></div>\n")
	p.raw("<p class=\"count\" role=\"status\"></p>\n</div>\n</search>\n")
	p.raw("<noscript><p class=\"count\">The search of this page needs JavaScript; that of your browser finds every word too.</p></noscript>\n")
}

// classes is the class of each field that the search looks into.
func classes() map[string]entry.Class {
	of := map[string]entry.Class{}
	for _, f := range entry.Searched() {
		of[f.Key] = f.Class
	}
	return of
}

func inJSON(v any) string {
	text, _ := json.Marshal(v) // of numbers and keys
	return string(text)
}

// code writes the page of one entry.
func (p *page) code(ctx context.Context, e *entry.Entry, home string) error {
	p.begin(e.Code+" "+e.Title+" – "+p.Title, e.Describe(), codeAddress(e.Code), copyScript)
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
// field it is of, as the search weighs it.
func (p *page) entry(ctx context.Context, e *entry.Entry, heading string) error {
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
	p.raw("\n")
	p.chips(e)
	below := "h" + string(heading[1]+1)
	opened := false // what holds the sections that stand side by side
	for _, f := range entry.InText() {
		texts := f.Value.Texts(e)
		switch as := f.Shown.As; {
		case as == entry.Code:
			continue // they are as wide as the page, and come last
		case as == entry.Fact, as == entry.Heading, len(texts) == 0:
		case as == entry.Notice:
			p.raw("<p class=\"deprecated\"><strong>" + f.Shown.Label + ":</strong> ")
			p.element("bdi", texts[0])
			p.raw("</p>\n")
		case as == entry.Paragraphs:
			p.element("p", texts[0], "class", "text", "dir", "auto", "data-field", f.Key)
			p.raw("\n")
		case as == entry.Lines:
			p.section(f, texts, below)
		default:
			if !opened {
				p.raw("<div class=\"what\">\n")
				opened = true
			}
			p.section(f, texts, below)
		}
	}
	if opened {
		p.raw("</div>\n")
	}
	p.examples(e, below)
	if err := p.details(ctx, e); err != nil {
		return err
	}
	p.raw("</article>\n")
	return p.err
}

// chips writes the facts that stand right below the heading.
func (p *page) chips(e *entry.Entry) {
	p.raw("<p class=\"facts\">")
	if e.Status != 0 {
		p.open("span", "class", fmt.Sprintf("fact status s%d", e.Status/100))
		p.raw("HTTP ")
		p.element("span", strconv.Itoa(e.Status), "data-field", "status")
		p.text(" " + catalog.Phrase(e.Status))
		p.close("span")
	}
	if e.Severity != entry.Error {
		p.element("span", "Severity: "+string(e.Severity), "class", "fact")
	}
	switch e.Retryable {
	case entry.Yes:
		p.element("span", "Retryable", "class", "fact")
	case entry.No:
		p.element("span", "Not retryable", "class", "fact")
	}
	p.raw("</p>\n")
}

// section writes the texts of a field under its label.
func (p *page) section(f *entry.Field, texts []string, heading string) {
	p.open("section", "class", f.Key)
	p.raw("\n")
	p.element(heading, f.Shown.Label)
	p.raw("\n")
	if f.Shown.As == entry.Section {
		p.element("p", texts[0], "class", "text", "dir", "auto", "data-field", f.Key)
	} else {
		p.raw("<ul>\n")
		for _, text := range texts {
			p.element("li", text, "dir", "auto", "data-field", f.Key)
			p.raw("\n")
		}
		p.raw("</ul>")
	}
	p.raw("\n</section>\n")
}

// examples writes the examples of an entry, each under its title.
func (p *page) examples(e *entry.Entry, heading string) {
	for _, x := range e.Examples {
		p.raw("<section class=\"example\">\n")
		p.element(heading, cmp.Or(x.Title, "Example"))
		p.raw("\n")
		p.open("pre", "tabindex", "0")
		p.open("code")
		p.verbatim(strings.Trim(x.Text, "\r\n"))
		p.close("code")
		p.close("pre")
		p.raw("\n</section>\n")
	}
}

// labels is what the pages call fields that they do not call as text does.
var labels = map[string]string{"aliases": "Also known as", "links": "See also"}

// details writes the facts of an entry that few have.
func (p *page) details(ctx context.Context, e *entry.Entry) error {
	opened := false
	write := func(label, class string, values []func()) {
		if len(values) == 0 {
			return
		}
		if !opened {
			p.raw("<dl>\n")
			opened = true
		}
		p.raw("<div>")
		p.element("dt", label)
		for _, value := range values {
			if class == "" {
				p.open("dd")
			} else {
				p.open("dd", "class", class)
			}
			value()
			p.close("dd")
		}
		p.raw("</div>\n")
	}
	for _, f := range entry.InText() {
		if f.Shown.As != entry.Fact || f.Key == "severity" || f.Key == "retryable" {
			continue
		}
		class := ""
		if f.Key == "aliases" || f.Key == "covers" || f.Key == "related" {
			class = "word"
		}
		values, err := p.values(ctx, e, f)
		if err != nil {
			return err
		}
		write(cmp.Or(labels[f.Key], f.Shown.Label), class, values)
	}
	if p.several {
		write("Catalog", "", []func(){func() { p.text(e.Catalog) }})
	}
	if opened {
		p.raw("</dl>\n")
	}
	return p.err
}

// values writes what a fact says, each value by itself.
func (p *page) values(ctx context.Context, e *entry.Entry, f *entry.Field) ([]func(), error) {
	var values []func()
	if f.Key == "links" {
		for _, l := range e.Links {
			values = append(values, func() { p.link(l) })
		}
	}
	for _, text := range f.Value.Texts(e) {
		write := func() { p.text(text) }
		switch {
		case f.Key == "related":
			related, err := p.One(ctx, text)
			if err != nil {
				return nil, err
			}
			if related != nil {
				write = func() { p.element("a", text, "href", p.up+codeAddress(related.Code)) }
			}
		case f.Class != entry.NotSearched:
			write = func() { p.element("bdi", text, "data-field", f.Key) }
		}
		values = append(values, write)
	}
	return values, nil
}

func (p *page) link(l entry.Link) {
	if isAddress(l.URL) {
		p.element("a", l.Title, "href", l.URL, "dir", "auto")
	} else {
		p.text(l.Title + " " + l.URL)
	}
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
