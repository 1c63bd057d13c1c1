package site

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/errcode-cli/errcode/internal/catalog"
	"github.com/errcode-cli/errcode/internal/entry"
	"github.com/errcode-cli/errcode/internal/source"
)

// opened opens catalogs: names, files or texts of YAML.
func opened(t testing.TB, sources ...string) *catalog.Selection {
	t.Helper()
	for i, source := range sources {
		if strings.Contains(source, "\n") {
			sources[i] = filepath.Join(t.TempDir(), fmt.Sprintf("%d.yaml", i))
			if err := os.WriteFile(sources[i], []byte(source), 0o666); err != nil {
				t.Fatal(err)
			}
		}
	}
	s, err := catalog.Open(t.Context(), catalog.Options{}, sources...)
	if invalid, ok := errors.AsType[*source.InvalidError](err); ok {
		t.Fatal(invalid.Problems)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// written writes a site and returns its folder.
func written(t testing.TB, s *catalog.Selection, o Options) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "site")
	if _, err := Write(t.Context(), dir, s, o); err != nil {
		t.Fatal(err)
	}
	return dir
}

const payments = "../../examples/payments.yaml"

// numbers has codes that differ in what parts their digits, or in a minus, alone.
const numbers = `catalog: numbers
title: Numbers
errors:
  - {code: 5.1.1, title: Bad mailbox}
  - {code: 5.1.10, title: Null MX}
  - {code: 5.11, title: Five and eleven}
  - {code: "511", title: Authentication required}
  - {code: "5", title: Five}
  - {code: "-5", title: Minus five}
  - {code: "-32600", title: Invalid request}
  - {code: "-32601", title: No such method}
  - {code: "32600", title: Without a sign}
  - {code: AUTH-401, title: Unknown}
  - {code: AUTH-401-2, title: Second}
  - {code: AUTH-4012, title: One number}
  - {code: AUTH-40-12, title: Two numbers}
  - {code: "5xx", title: Any}
`

// hostile is a catalog whose every text wants to be more than text.
const hostile = `catalog: hostile
title: "</title><script>alert(1)</script>"
homepage: "https://example.com/\"><script>alert(2)</script>"
errors:
  - code: "../../x\"'><script>alert(3)</script>"
    title: "</h2></style><script>alert(4)</script><!--"
    status: 404
    description: "<img src=x onerror=alert(5)> {{.}} ${1} </script> \u202eesrever"
    messages: ["<script>alert(12)</script> %s"]
    causes: ["<svg onload=alert(6)>", "javascript:alert(7)"]
    examples: [{title: "<b>one</b>", text: "</code></pre><script>alert(13)</script>\n  <i>", language: "<b>"}, {text: "x"}]
    tags: ["<script>alert(14)</script>"]
    resolution: "<a href=javascript:alert(8)>x</a> \x1b[31m \0"
    keywords: ["\" onmouseover=\"alert(9)", "</article>"]
    aliases: ["<b>", "query"]
    covers: ["<b>-1-9"]
    related: ["<i>", "x\">", "CON"]
    links: [{title: "<script>alert(10)</script>", url: "https://example.com/?a=\"><script>alert(11)</script>"}]
    since: "<b>1</b>"
    deprecated: "use <b>nothing</b>"
  - {code: CON, title: A device, description: d, status: 500, related: ["../../x\"'><script>alert(3)</script>"]}
  - {code: con, title: In small letters, description: d}
  - {code: location, title: A property, description: d}
  - {code: платеж-7, title: Оплата, description: d}
`

// TestSite holds what a site consists of.
func TestSite(t *testing.T) {
	s := opened(t, "api")
	dir := written(t, s, Options{BaseURL: "https://docs.example.com/errors"})
	got := slices.Sorted(maps.Keys(tree(t, dir)))
	want := []string{
		"codes/", "codes/AUTH-401.html", "codes/AUTH-403.html", "codes/BADREQUEST-400.html", "codes/CONFLICT-409.html",
		"codes/NOTFOUND-404.html", "codes/SERVER-500.html", "codes/TOOLIMITED-429.html",
		"errors.json", "errors.md", "index.html", "sitemap.xml",
	}
	if !slices.Equal(got, want) {
		t.Errorf("there is %q", got)
	}
	if again := written(t, s, Options{BaseURL: "https://docs.example.com/errors/"}); !maps.Equal(tree(t, dir), tree(t, again)) {
		t.Error("the same catalog gives other bytes")
	}
	for css, want := range map[string]string{
		"a{}</STYLE><script>": "a style cannot hold </style", "a{}\x00": "a style cannot hold a NUL", "a{}\xff": "the style is not UTF-8",
	} {
		if _, err := Write(t.Context(), dir, s, Options{CSS: []byte(css)}); err == nil || err.Error() != want {
			t.Errorf("of the style %q it says: %v", css, err)
		}
	}

	site := &site{Selection: s}
	last := ""
	for f, err := range site.files(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		last = f.name
	}
	if last != "index.html" {
		t.Errorf("the last file is %s", last)
	}
}

// TestFields has every field of an entry on its page, under the label that text has
// for it or the page's own. A description that is left out is not the title again.
func TestFields(t *testing.T) {
	s := opened(t, `catalog: shop
title: Shop
errors:
- {code: A-1, title: Only that}
- code: PAY-402
  title: Payment Required
  status: 402
  severity: warning
  description: No funds.
  messages: ["card %s was declined"]
  causes: [One.]
  resolution: Pay it.
  examples: [{title: Twice, text: "curl\r\n\t-x\n"}, {text: echo}]
  retryable: false
  keywords: [rejected]
  tags: [billing]
  aliases: [PAID]
  covers: [PAY-900-949, 129-192]
  related: [A-1]
  links: [{url: "https://example.com", title: Guide}]
  since: 2.10
  deprecated: use A-1
`)
	dir := written(t, s, Options{})
	for file, want := range map[string][]string{
		"codes/A-1.html": {`<meta name="description" content="Only that">`, `>Only that</bdi></h1>`, "<p class=\"facts\"></p>\n</article>"},
		"codes/PAY-402.html": {
			`>PAY-402</bdi>`, `>Payment Required</bdi>`, `>402</span> Payment Required`, `Severity: warning`, `>No funds.</p>`,
			"<h2>Messages</h2>\n<ul>\n<li dir=\"auto\" data-field=\"messages\">card %s was declined</li>",
			"<h2>Possible causes</h2>\n<ul>\n<li dir=\"auto\" data-field=\"causes\">One.</li>", `data-field="resolution">Pay it.</p>`,
			"<h2>Twice</h2>\n<pre tabindex=\"0\"><code>curl\n\t-x</code></pre>", "<h2>Example</h2>\n<pre tabindex=\"0\"><code>echo</code></pre>",
			`Not retryable`, `data-keywords="rejected"`, `<dt>Tags</dt><dd><bdi data-field="tags">billing</bdi></dd>`,
			`<dt>Also known as</dt><dd class="word"><bdi data-field="aliases">PAID</bdi></dd>`, `<dt>Covers</dt><dd class="word">PAY-900-949</dd><dd class="word">129-192</dd>`,
			`<dt>Related</dt><dd class="word"><a href="../codes/A-1.html">A-1</a></dd>`,
			`<dt>See also</dt><dd><a href="https://example.com" dir="auto">Guide</a></dd>`, `<dt>Since</dt><dd>2.10</dd>`, `<bdi>use A-1</bdi>`,
		},
	} {
		page, err := os.ReadFile(filepath.Join(dir, file))
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range want {
			if !strings.Contains(string(page), text) {
				t.Errorf("%s does not hold %s\n%s", file, text, page)
			}
		}
	}
}

// TestErrorsJSON opens the catalog file of a site as a catalog: it has the same
// entries.
func TestErrorsJSON(t *testing.T) {
	const other = "catalog: other\ntitle: Other\nerrors:\n- {code: AUTH-401, title: Mine, description: d, aliases: [CARD_DECLINED, SERVER-500, X]}\n- {code: Y, title: Y, description: d, aliases: [Z]}\n"
	for _, sources := range [][]string{{"api"}, {payments}, {hostile}, {"api", payments, other}} {
		s := opened(t, sources...)
		dir := written(t, s, Options{})
		again := opened(t, filepath.Join(dir, "errors.json"))
		var was, is []entry.Entry
		for _, collect := range []struct {
			from *catalog.Selection
			to   *[]entry.Entry
		}{{s, &was}, {again, &is}} {
			for e, err := range collect.from.List(t.Context(), catalog.Filter{}) {
				if err != nil {
					t.Fatal(err)
				}
				e.Catalog, e.Place = "", entry.Place{}
				*collect.to = append(*collect.to, e)
			}
		}
		for code, err := range s.Codes(t.Context(), catalog.Filter{}) {
			a, _ := s.One(t.Context(), string(code.Text))
			b, _ := again.One(t.Context(), string(code.Text))
			if err != nil || (a == nil) != (b == nil) || a != nil && a.Code != b.Code { // an alias of two entries is none's
				t.Errorf("%s means %v, and in errors.json %v (%v)", code.Text, a, b, err)
			}
		}
		if len(sources) == 1 && fmt.Sprintf("%+v", was) != fmt.Sprintf("%+v", is) || len(was) != len(is) {
			t.Errorf("%s: there are\n%+v\nand in errors.json\n%+v", sources, was, is)
		}
	}
}

// parsed reads a page as a browser does.
func parsed(t *testing.T, file string) *html.Node {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	page, err := html.Parse(f)
	if err != nil {
		t.Fatal(err)
	}
	return page
}

// crawl follows every link of a site that stays on it, and returns how many pages
// there are. It checks what holds of every page.
func crawl(t *testing.T, dir string) int {
	t.Helper()
	ids := map[string]map[string]bool{} // by page
	links := map[string][]string{}
	var visit func(page string)
	visit = func(page string) {
		if ids[page] != nil || !strings.HasSuffix(page, ".html") {
			return
		}
		ids[page] = map[string]bool{}
		for n := range parsed(t, filepath.Join(dir, filepath.FromSlash(page))).Descendants() {
			if n.Type != html.ElementNode {
				continue
			}
			for _, a := range n.Attr {
				switch {
				case a.Key == "id" && ids[page][a.Val]:
					t.Errorf("%s has the id %q twice", page, a.Val)
				case a.Key == "id":
					ids[page][a.Val] = true
				case strings.HasPrefix(a.Key, "on"), a.Key == "style", a.Key == "srcdoc":
					t.Errorf("%s has %s=%q", page, a.Key, a.Val)
				case a.Key == "href" && n.Data == "a":
					u, err := url.Parse(a.Val)
					if err != nil {
						t.Errorf("%s: %v", page, err)
					} else if u.Scheme == "" {
						to := page
						if u.Path != "" {
							to = path.Join(path.Dir(page), u.Path)
						}
						links[page] = append(links[page], to+"#"+u.Fragment)
					} else if u.Scheme != "https" && u.Scheme != "mailto" {
						t.Errorf("%s leads to %s", page, a.Val)
					}
				case a.Key == "src":
					t.Errorf("%s loads %s", page, a.Val)
				}
			}
		}
		for _, to := range links[page] {
			name, _, _ := strings.Cut(to, "#")
			if _, err := os.Stat(filepath.Join(dir, filepath.FromSlash(name))); err != nil || strings.HasPrefix(name, "..") {
				t.Errorf("%s leads to %s, which is not there", page, name)
				continue
			}
			visit(name)
		}
	}
	visit("index.html")
	for page, all := range links {
		for _, to := range all {
			name, id, _ := strings.Cut(to, "#")
			if id != "" && !ids[name][id] {
				t.Errorf("%s leads to %s, where that is not", page, to)
			}
		}
	}
	return len(ids)
}

// turned has a code that would turn what is read after it.
const turned = "catalog: turned\ntitle: Turned\nerrors:\n- {code: \"a\\u202eb\", title: T, description: d}\n- {code: c, title: T, description: d}\n"

func TestLinks(t *testing.T) {
	long := strings.ReplaceAll("catalog: long\ntitle: Long\nerrors:\n- {code: …1, title: T, related: […2]}\n- {code: …2, title: T}\n", "…", strings.Repeat("ж", 63))
	for _, test := range []struct {
		source string
		pages  int
	}{{"api", 8}, {payments, 40}, {hostile, 6}, {turned, 3}, {long, 3}} {
		dir := written(t, opened(t, test.source), Options{Description: "All of them."})
		if n := crawl(t, dir); n != test.pages {
			t.Errorf("%q has %d pages, not %d", test.source, n, test.pages)
		}
	}
}

// TestHostile parses the pages of the hostile catalog: what it says is text, and
// nothing is outside the folder.
func TestHostile(t *testing.T) {
	dir := written(t, opened(t, hostile), Options{Title: "<script>t</script>", Description: "\"><script>d</script>", CSS: []byte("/* <!-- <script> */")})
	for _, file := range []string{"index.html", "codes/" + fileName(`../../x"'><script>alert(3)</script>`)} {
		elements := map[string]int{}
		text := ""
		for n := range parsed(t, filepath.Join(dir, filepath.FromSlash(file))).Descendants() {
			switch {
			case n.Type == html.ElementNode:
				elements[n.Data]++
			case n.Type == html.TextNode && n.Parent.Data != "script" && n.Parent.Data != "style":
				text += n.Data
			}
		}
		scripts := 1
		if file == "index.html" {
			scripts = 3
		}
		if elements["script"] != scripts || elements["style"] != 2 || elements["img"]+elements["svg"]+elements["b"]+elements["i"] > 0 {
			t.Errorf("%s has the elements %v", file, elements)
		}
		for _, want := range []string{`../../x"'><script>alert(3)</script>`, "<img src=x onerror=alert(5)> {{.}} ${1}", `\u202eesrever`, `\x1b[31m`, "</h2></style><script>alert(4)</script><!--"} {
			if !strings.Contains(text, want) {
				t.Errorf("%s does not say %s", file, want)
			}
		}
	}
	beside, err := fs.ReadDir(os.DirFS(filepath.Dir(dir)), ".")
	if err != nil || len(beside) != 1 {
		t.Errorf("beside the site there is %v (%v)", beside, err)
	}
}

// inGroups writes a site with a page for each beginning of a code.
func inGroups(t testing.TB, source string, most int) (s *site, dir string) {
	t.Helper()
	s = &site{Selection: opened(t, source), Options: Options{Title: "Many"}}
	if err := s.count(t.Context(), most); err != nil {
		t.Fatal(err)
	}
	dir = t.TempDir()
	if err := replace(dir, s.files(t.Context())); err != nil {
		t.Fatal(err)
	}
	return s, dir
}

// TestGroups has more entries than one page may have.
func TestGroups(t *testing.T) {
	many := "catalog: many\ntitle: Many\nerrors:\n"
	for i := range 300 {
		many += fmt.Sprintf("- {code: %s, title: T, description: d}\n", []string{"AUTH-" + strconv.Itoa(i), "A" + strconv.Itoa(i), "ж" + strconv.Itoa(i)}[i%3])
	}
	many += "- {code: A, title: T, description: d}\n- {code: A.1, title: Alone, description: d}\n- {code: a1, title: Small, description: d}\n"
	for _, test := range []struct {
		source         string
		entries, most  int
		first, another string // titles
	}{
		{many, 303, 50, "A A1… A2…", "AUTH0"},
		{numbers, 14, 2, "-3260… -5 32600", "5.1.1…"},
		{numbers, 14, 1, "-32600 -32601 -5", "AUTH401.2"},
	} {
		s, dir := inGroups(t, test.source, test.most)
		total := 0
		names := map[string]bool{}
		var titles []string
		for _, g := range s.groups {
			n := 0
			for e, err := range s.in(t.Context(), &g) {
				if err != nil || s.groupOf(e.Code).address() != g.address() {
					t.Errorf("%s is in %s (%v)", e.Code, g.title(), err)
				}
				n++
			}
			if n != g.entries || n > test.most || n == 0 || names[strings.ToLower(g.address())] {
				t.Errorf("%s has %d entries, and says %d", g.title(), n, g.entries)
			}
			names[strings.ToLower(g.address())] = true
			titles = append(titles, g.title())
			total += n
		}
		if first := strings.Join(titles[:3], " "); first != test.first || !slices.Contains(titles, test.another) {
			t.Errorf("the groups are %q", titles)
		}
		if total != test.entries || s.total != test.entries {
			t.Errorf("the groups have %d entries of %d, not %d", total, s.total, test.entries)
		}
		if n := crawl(t, dir); n != 1+len(s.groups)+test.entries {
			t.Errorf("there are %d pages", n)
		}
		if index, _ := os.ReadFile(filepath.Join(dir, "index.html")); !strings.Contains(string(index), fmt.Sprintf("There are %d codes, too many for one page.", test.entries)) {
			t.Error("the first page does not say so")
		}
	}
}
