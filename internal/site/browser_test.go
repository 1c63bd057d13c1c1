package site

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	goruntime "runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/errcode-cli/errcode/internal/catalog"
	"github.com/errcode-cli/errcode/internal/entry"
)

// A browser is Chromium with one page open. It gathers what a page should not
// do: load anything, or say anything on the console.
type browser struct {
	*testing.T
	ctx context.Context

	mu       sync.Mutex
	messages []string
	requests []string
}

// newBrowser starts Chromium. Where there is none the test is left out, but for
// CI on Linux, which must have one.
func newBrowser(t *testing.T) *browser {
	t.Helper()
	found := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil && found == "" {
			found = path
		}
	}
	if found == "" {
		if os.Getenv("CI") != "" && goruntime.GOOS == "linux" {
			t.Fatal("this test needs Chromium")
		}
		t.Skip("this test needs Chromium")
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewExecAllocator(ctx, append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(found), chromedp.NoSandbox,
		chromedp.Flag("disable-gpu", true), chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true),
	)...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	b := &browser{T: t, ctx: ctx}
	b.listen()
	return b
}

// tab opens another page in the browser, for a test of its own.
func (b *browser) tab(t *testing.T) *browser {
	ctx, cancel := chromedp.NewContext(b.ctx)
	t.Cleanup(cancel)
	b = &browser{T: t, ctx: ctx}
	b.listen()
	return b
}

func (b *browser) listen() {
	b.Helper()
	err := chromedp.Listen(b.ctx, func(event any) {
		b.mu.Lock()
		defer b.mu.Unlock()
		switch e := event.(type) {
		case *network.EventRequestWillBeSent:
			if !strings.HasPrefix(e.Request.URL, "data:") {
				b.requests = append(b.requests, e.Request.URL)
			}
		case *runtime.EventConsoleAPICalled:
			b.messages = append(b.messages, fmt.Sprint("console.", e.Type))
		case *runtime.EventExceptionThrown:
			b.messages = append(b.messages, e.ExceptionDetails.Text)
		case *log.EventEntryAdded:
			b.messages = append(b.messages, e.Entry.Text)
		}
	})
	if err != nil {
		b.Fatal(err)
	}
}

func (b *browser) do(actions ...chromedp.Action[chromedp.Void]) {
	b.Helper()
	if err := chromedp.Do(b.ctx, actions...); err != nil {
		b.Fatal(err)
	}
}

// set sends a command to the browser.
func set[P any](b *browser, command cdp.Command[P, cdp.Empty], params P) {
	b.Helper()
	b.do(func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, t, command, params)
		return chromedp.Void{}, err
	})
}

// open opens a page of a site from the disk.
func (b *browser) open(dir, page string) {
	b.Helper()
	b.do(chromedp.Navigate("file://" + filepath.ToSlash(dir) + "/" + page))
}

// ask evaluates an expression in the page.
func ask[T any](b *browser, expression string) T {
	b.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		b.Fatalf("%s: %v", expression, err)
	}
	return v
}

// becomes waits until an expression has a value. It may have none while another
// page comes.
func becomes[T comparable](b *browser, expression string, want T) {
	b.Helper()
	var got T
	var err error
	for range 500 {
		if got, err = chromedp.Run(b.ctx, chromedp.Evaluate[T](expression)); err == nil && got == want {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	b.Errorf("%s is %v, not %v (%v)", expression, got, want, err)
}

// search puts a text into the box of the page, and returns the codes that it finds.
func (b *browser) search(query string) string {
	b.Helper()
	return ask[string](b, fmt.Sprintf(`(() => {
		const query = document.querySelector("input");
		query.value = %s;
		query.dispatchEvent(new Event("input"));
		return %s;
	})()`, inJSON(query), codes))
}

// quiet makes sure that the page loaded nothing but itself and said nothing.
func (b *browser) quiet() {
	b.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, to := range b.requests {
		if !strings.HasPrefix(to, "file://") || !strings.Contains(to, ".html") {
			b.Errorf("it loads %s", to)
		}
	}
	if b.messages != nil {
		b.Errorf("it says %q", b.messages)
	}
	b.requests, b.messages = nil, nil
}

const (
	codes   = `[...document.querySelectorAll("article")].map((e) => e.id).join(" ")`
	focused = `document.activeElement.id`
	counted = `document.querySelector("[role=status]").textContent`
	empty   = `document.querySelector(".none")?.textContent ?? ""`
)

// TestPage drives the browser through the pages of sites.
func TestPage(t *testing.T) {
	b := newBrowser(t)
	b.open(written(t, opened(t, "api"), Options{}), "index.html") // else the first tab's end is the browser's
	for name, test := range map[string]func(*testing.T, *browser){
		"search": pageSearch, "address": pageAddress, "place": pagePlace, "copies": pageCopies, "entries": pageEntries, "groups": pageGroups, "hostile": pageHostile, "without": pageWithout, "queries": pageQueries, "numbers": pageNumbers,
	} {
		t.Run(name, func(t *testing.T) { test(t, b.tab(t)) })
	}
}

// pageSearch types into the search.
func pageSearch(t *testing.T, b *browser) {
	dir := written(t, opened(t, "api"), Options{})
	b.open(dir, "index.html")
	becomes(b, counted, "7 errors")
	everything := ask[string](b, codes)

	set(b, input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: "keyDown", Key: "/", Text: "/"}) // which types it, unless kept from it
	becomes(b, focused, "-query")
	b.do(chromedp.KeyEvent("rate limi"))
	becomes(b, codes, "TOOLIMITED-429")
	becomes(b, counted, "1 of 7 errors")
	becomes(b, `[...document.querySelectorAll("h2 mark")].map((e) => e.textContent).join()`, "TOOLIMITED")
	becomes(b, `new URL(location).searchParams.get("q")`, "rate limi")
	b.do(chromedp.KeyEvent("x"))
	becomes(b, empty, "No errors found matching your search.")
	becomes(b, counted, "0 of 7 errors")
	b.do(chromedp.KeyEvent(kb.Escape))
	becomes(b, codes, everything)
	becomes(b, empty, "")
	becomes(b, `document.querySelectorAll("mark").length`, 0)
	becomes(b, `location.search`, "")

	b.do(chromedp.KeyEvent("server"))
	becomes(b, codes, "SERVER-500 NOTFOUND-404 BADREQUEST-400")
	b.do(chromedp.NavigateBack())
	becomes(b, codes, everything)
	b.do(chromedp.NavigateForward())
	becomes(b, codes, "SERVER-500 NOTFOUND-404 BADREQUEST-400")
	becomes(b, `document.querySelector("input").value`, "server")

	b.do(chromedp.Click("button[value='4xx']"))
	becomes(b, codes, "NOTFOUND-404 BADREQUEST-400")
	becomes(b, `document.querySelector("button[aria-pressed=true]").value`, "4xx")
	becomes(b, `location.search`, "?q=server&status=4xx")
	b.open(dir, "index.html?q=server&status=4xx")
	becomes(b, codes, "NOTFOUND-404 BADREQUEST-400")

	// A filter needs a button to be undone by, and a key may be the input method's.
	for _, filter := range []string{"banana", "4", "5XX"} {
		b.open(dir, "index.html?status="+filter)
		becomes(b, codes, everything)
		becomes(b, `document.querySelector("button[aria-pressed=true]").textContent`, "All")
	}
	b.open(dir, "index.html?q=server")
	becomes(b, codes, "SERVER-500 NOTFOUND-404 BADREQUEST-400")
	b.do(chromedp.Evaluate[chromedp.Void](`dispatchEvent(new KeyboardEvent("keydown", {key: "Escape", isComposing: true}))`))
	becomes(b, `document.querySelector("input").value`, "server")

	// What is no word finds nothing, whatever was there before.
	b.open(dir, "index.html?q=!!")
	becomes(b, empty, "No errors found matching your search.")
	b.do(chromedp.Click("main button"))
	becomes(b, codes, everything)
	becomes(b, focused, "-query")
	for _, query := range []string{"server", "!!", ""} {
		if got := b.search(query); got != map[string]string{"server": "SERVER-500 NOTFOUND-404 BADREQUEST-400", "!!": "", "": everything}[query] {
			t.Errorf("%q finds %s", query, got)
		}
	}
	b.quiet()
}

// pageAddress opens an entry by its address, also where a search hides it.
func pageAddress(t *testing.T, b *browser) {
	dir := written(t, opened(t, hostile), Options{})
	b.open(dir, "index.html?q=device#location")
	becomes(b, focused, "location")
	becomes(b, `document.querySelectorAll("article").length`, 5)
	becomes(b, `document.querySelector("input").value + location.search + location.hash`, "#location")
	b.do(chromedp.Evaluate[chromedp.Void](`location.hash = "платеж-7"`))
	becomes(b, focused, "платеж-7")
	b.open(dir, "codes/"+fileName("CON"))
	b.do(chromedp.Click("dd a"))
	becomes(b, `document.querySelector("h1 .title").textContent`, "</h2></style><script>alert(4)</script><!--")
	b.do(chromedp.Click("nav a"))
	becomes(b, focused, `../../x"'><script>alert(3)</script>`)
	b.quiet()
}

// pagePlace follows an address far down a page, and searches from there: what was
// asked for stands right below the search, which stays in view.
func pagePlace(t *testing.T, b *browser) {
	dir := written(t, opened(t, payments), Options{})
	const below = `(e => e.getBoundingClientRect().top - document.querySelector(".find").getBoundingClientRect().bottom)`
	for _, width := range []int64{1280, 390} {
		set(b, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: width, Height: 800, DeviceScaleFactor: 1})
		at := func(situation, selector string) {
			t.Helper()
			within := fmt.Sprintf(`(distance => distance >= -1 && distance < 24)(%s(document.querySelector(%q)))`, below, selector)
			becomes(b, within, true)
			time.Sleep(150 * time.Millisecond) // nothing moves it afterwards
			becomes(b, within, true)
			if t.Failed() {
				t.Fatalf("%s at %d: %s is %v below the search", situation, width, selector, ask[float64](b, fmt.Sprintf(`%s(document.querySelector(%q))`, below, selector)))
			}
		}
		b.open(dir, "index.html#RISK-001")
		becomes(b, focused, "RISK-001")
		at("opened", "#RISK-001")
		b.do(chromedp.Evaluate[chromedp.Void](`location.hash = "HOOK-002"`))
		becomes(b, focused, "HOOK-002")
		at("followed", "#HOOK-002")

		b.open(dir, "index.html")
		far := func() {
			t.Helper()
			b.do(chromedp.Evaluate[chromedp.Void](`scrollTo(0, 5000)`))
			becomes(b, `scrollY > 2000`, true)
		}
		far()
		b.do(chromedp.KeyEvent("/card"))
		becomes(b, codes+`.startsWith("CARD-001 CARD-003")`, true)
		at("typed", "article")
		far()
		b.do(chromedp.KeyEvent(kb.Escape))
		becomes(b, counted, "39 errors")
		at("emptied", "article")
		far()
		b.do(chromedp.Click("button[value='4xx']"))
		at("filtered", "article")
		b.open(dir, "index.html")
		b.do(chromedp.KeyEvent("/card"))
		becomes(b, codes+`.startsWith("CARD-001 CARD-003")`, true)
		if y := ask[float64](b, `scrollY`); y != 0 {
			t.Errorf("at the head of the page a search scrolls to %v", y)
		}
	}
	b.quiet()
}

// pageCopies presses the buttons to copy with.
func pageCopies(t *testing.T, b *browser) {
	dir := written(t, opened(t, "api"), Options{})
	b.open(dir, "index.html")
	const clipboard = `Object.defineProperty(navigator, "clipboard", {value: {writeText: async (text) => copied = text}}); copied = ""`
	b.do(chromedp.Evaluate[chromedp.Void](clipboard))
	b.do(chromedp.Click("#AUTH-401 .copy button:first-child"))
	becomes(b, "copied", "AUTH-401")
	becomes(b, `document.querySelector("#AUTH-401 .copy button").textContent`, "Copied")
	b.do(chromedp.Click("#AUTH-401 .copy button:first-child"))
	b.do(chromedp.Click("#AUTH-401 .copy button:last-child"))
	address := "file://" + filepath.ToSlash(dir) + "/codes/AUTH-401.html"
	becomes(b, "copied", address)
	const names = `[...document.querySelectorAll("#AUTH-401 .copy button")].map((e) => e.textContent + " = " + e.getAttribute("aria-label")).join()`
	becomes(b, names, "Copied = Copied,Copied = Copied")
	becomes(b, names, "Copy code = Copy code AUTH-401,Copy link = Copy link AUTH-401")
	b.open(dir, "codes/AUTH-401.html")
	b.do(chromedp.Evaluate[chromedp.Void](clipboard), chromedp.Click(".copy button:last-child"))
	becomes(b, "copied", address)

	b.do(func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, t, cdppage.AddScriptToEvaluateOnNewDocument, cdppage.AddScriptToEvaluateOnNewDocumentParams{
			Source: `Object.defineProperty(Navigator.prototype, "clipboard", {value: undefined})`,
		})
		return chromedp.Void{}, err
	})
	b.open(dir, "index.html")
	becomes(b, counted, "7 errors")
	time.Sleep(200 * time.Millisecond)
	becomes(b, `document.querySelectorAll(".copy").length`, 0)
	b.quiet()
}

// pageEntries reads what an entry says of itself, and of a search.
func pageEntries(t *testing.T, b *browser) {
	const zoo = `catalog: zoo
title: Zoo
errors:
  - {code: Z-1, title: Stripes, description: d, status: 400, keywords: [plains zebra, horse]}
  - {code: Z-2, title: Zebra, description: d, status: 500, keywords: [zebra]}
`
	dir := written(t, opened(t, zoo), Options{})
	const fact = `[...document.querySelectorAll("article")].map((e) => e.id + e.querySelector(".facts").innerText.match(/Keyword.*|$/)[0]).join()`
	b.open(dir, "index.html?q=zebr")
	becomes(b, fact, "Z-2,Z-1Keyword: plains zebra")
	b.open(dir, "index.html?q=stripes+horse+zebra")
	becomes(b, fact, "Z-1Keywords: plains zebra, horse")
	b.do(chromedp.KeyEvent(kb.Escape))
	becomes(b, fact, "Z-1,Z-2")
	becomes(b, `document.querySelector("article").getAttribute("aria-label")`, "Z-1 Stripes")

	dir = written(t, opened(t, "catalog: one\ntitle: One\nerrors:\n- {code: ONE, title: T, description: d}\n"), Options{})
	b.open(dir, "index.html?q=zebra#ONE")
	becomes(b, codes, "ONE")
	becomes(b, `document.querySelectorAll(".find, noscript").length`, 0)
	b.quiet()
}

// pageGroups goes to entries from the page that leads to their groups.
func pageGroups(t *testing.T, b *browser) {
	_, dir := inGroups(t, payments, 10)
	b.open(dir, "index.html#RISK-001")
	becomes(b, focused, "RISK-001")
	b.open(dir, "index.html")
	const links = `[...document.querySelectorAll(".groups li:not([hidden]) a")].map((e) => e.textContent).join(" ")`
	everything := ask[string](b, links)
	b.do(chromedp.Focus("input"), chromedp.KeyEvent("card"))
	becomes(b, links, "CARD00…")
	b.do(chromedp.KeyEvent("zz"))
	becomes(b, `document.querySelector("[role=status]").textContent`, "")
	b.do(chromedp.KeyEvent(strings.Repeat(kb.Backspace, 6)))
	becomes(b, links, everything)
	b.do(chromedp.KeyEvent("žž"))
	becomes(b, `document.querySelector("[role=status]").textContent`, "No codes begin like this.")
	b.do(chromedp.KeyEvent(kb.Backspace + kb.Backspace + "card-003" + kb.Enter))
	becomes(b, codes+`.includes("CARD-003")`, true)
	b.quiet()
}

// pageHostile has a page whose every text wants to run, and a script put into
// it that the policy must not let run.
func pageHostile(t *testing.T, b *browser) {
	dir := written(t, opened(t, hostile), Options{CSS: []byte("body { background: url(https://example.com/x.png) }")})
	for _, page := range []string{"index.html", "codes/" + fileName(`../../x"'><script>alert(3)</script>`)} {
		b.open(dir, page)
		becomes(b, `document.readyState`, "complete")
		b.mu.Lock()
		said := slices.Clone(b.messages)
		b.messages = nil
		b.mu.Unlock()
		if len(said) != 1 || !strings.Contains(said[0], "violates the following Content Security Policy directive") {
			t.Errorf("%s: of the image the console says %q", page, said)
		}
	}
	b.open(dir, "index.html?q=%3Cscript%3Ealert(4)%3C%2Fscript%3E")
	becomes(b, counted, "1 of 5 errors")
	file := filepath.Join(dir, "index.html")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	injected := strings.Replace(string(text), "<main", `<script>document.title = "broken in"</script><p onclick="document.title = 'broken in'" id="x">x</p><main`, 1)
	if err := os.WriteFile(file, []byte(injected), 0o666); err != nil {
		t.Fatal(err)
	}
	b.open(dir, "index.html")
	b.do(chromedp.Click("#x"))
	becomes(b, counted, "5 errors")
	if got := ask[string](b, "document.title"); got == "broken in" {
		t.Error("an injected script runs")
	}
}

// pageWithout has no JavaScript, little room, or paper.
func pageWithout(t *testing.T, b *browser) {
	dir := written(t, opened(t, payments), Options{})
	narrow := emulation.SetDeviceMetricsOverrideParams{Width: 320, Height: 640, DeviceScaleFactor: 1, Mobile: true}
	set(b, emulation.SetDeviceMetricsOverride, narrow)
	for _, page := range []string{"index.html", "codes/CARD-001.html"} {
		b.open(dir, page)
		becomes(b, `document.documentElement.scrollWidth`, 320)
	}
	const top = `(selector => document.querySelector(selector).getBoundingClientRect().top)`
	becomes(b, `[...document.querySelectorAll("dl div")].every((e) => Math.abs(e.children[0].getBoundingClientRect().top - e.children[1].getBoundingClientRect().top) < 8)`, true)
	wide := written(t, opened(t, hostile), Options{})
	b.open(wide, "index.html")
	becomes(b, `document.documentElement.scrollWidth`, 320)
	set(b, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: 1280, Height: 800, DeviceScaleFactor: 1})

	b.open(dir, "codes/CARD-001.html")
	becomes(b, top+`("section:first-child h2") - `+top+`(".resolution h2")`, 0)
	set(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "forced-colors", Value: "active"}}})
	becomes(b, `getComputedStyle(document.querySelector(".resolution")).borderTopWidth`, "1px")
	set(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{})
	b.do(chromedp.Evaluate[chromedp.Void](`document.querySelector("main").dir = "rtl"`))
	becomes(b, `getComputedStyle(document.querySelector(".what ul")).paddingLeft`, "0px")

	styled := written(t, opened(t, "api"), Options{CSS: []byte("\ufeffh1 {\r\n\rcolor: rgb(1, 2, 3);\r}")})
	b.open(styled, "index.html")
	becomes(b, `getComputedStyle(document.querySelector("h1")).color`, "rgb(1, 2, 3)")

	b.open(dir, "index.html?q=card")
	becomes(b, `getComputedStyle(document.querySelector(".find")).display`, "block")
	set(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Media: "print", Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "dark"}},
	})
	becomes(b, `getComputedStyle(document.querySelector(".find")).display`, "none")
	becomes(b, `getComputedStyle(document.body).color`, "rgb(26, 29, 33)")
	becomes(b, `getComputedStyle(document.documentElement).colorScheme`, "light")
	set(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{})

	set(b, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	b.open(dir, "index.html")
	becomes(b, `document.querySelectorAll("article").length`, 39)
	becomes(b, `getComputedStyle(document.querySelector(".find")).display`, "none")
	becomes(b, `getComputedStyle(document.querySelector("noscript .count")).display`, "block")
	b.quiet()
}

var update = flag.Bool("update", false, "rewrite what the tests compare with")

// pageQueries holds the search of the page against a table and against the
// command's, which agree but for near spelling and rarity: they find the same
// entries, and the same first.
func pageQueries(t *testing.T, b *browser) {
	s := opened(t, payments)
	b.open(written(t, s, Options{}), "index.html")
	text, err := os.ReadFile("testdata/queries.txt")
	if err != nil {
		t.Fatal(err)
	}
	now := ""
	n := 0
	for line := range strings.Lines(string(text)) {
		if strings.HasPrefix(line, "#") {
			now += line
			continue
		}
		n++
		query, want, _ := strings.Cut(strings.TrimSpace(line), " = ")
		got := b.search(query)
		now += strings.TrimSpace(query+" = "+got) + "\n"
		if got != want && !*update {
			t.Errorf("%s finds\n%s, not\n%s", query, got, want)
		}
		asTheCommand(t, s, query, got)
	}
	if n < 30 {
		t.Errorf("the table has %d queries", n)
	}
	if *update {
		if err := os.WriteFile("testdata/queries.txt", []byte(now), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	b.quiet()
}

// asTheCommand holds what the page finds against what the command does.
func asTheCommand(t *testing.T, s *catalog.Selection, query, found string) {
	t.Helper()
	result, err := s.Search(t.Context(), query, catalog.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	var hits []string
	for h, err := range result.Hits {
		if err != nil {
			t.Fatal(err)
		}
		if !result.Covered { // as the page's results never are
			hits = append(hits, h.Code)
		}
	}
	codes := strings.Fields(found)
	sameFirst := len(codes) == len(hits) && (len(hits) == 0 || codes[0] == hits[0])
	if !sameFirst || !slices.Equal(slices.Sorted(slices.Values(codes)), slices.Sorted(slices.Values(hits))) {
		t.Errorf("%s finds\n%s, and the command\n%s", query, codes, hits)
	}
}

// pageNumbers has codes in whose digits what parts them counts, or a minus before
// them: the page folds words as errcode does, finds such codes and leads to them,
// from the page that leads to groups too.
func pageNumbers(t *testing.T, b *browser) {
	s := opened(t, numbers)
	dir := written(t, s, Options{})
	b.open(dir, "index.html")
	for _, word := range []string{
		"", "auth401", "[Auth 401]", "AUTH-401-2", "AUTH_401 / 2", "AUTH-4012", "5.1.1", "511", "1-2a-3 4", "5-", "-5", "−5", "--5", "- 5", "-a5", "a-5", "[-32600]", "0x80070005",
		"-٥", "٤٠١ ٢", "½", "①②", "E²", "1\u03012", "1\u0301-2", "Straße", "ÉCOLE", "e\u0301cole", "İI", "ΟΔΟΣ", "ＡＢＣ１－２", "ﬁle", "K\u212a", "错误-1", "か\u3099", "हिन्दी", "한국", "a\u200db", "😀",
	} {
		if got := ask[string](b, "fold("+inJSON(word)+")"); got != entry.Fold(word) {
			t.Errorf("%q is %q on the page, and %q to errcode", word, got, entry.Fold(word))
		}
	}

	for code, spelled := range map[string]string{
		"5.1.1": "5-1-1", "5.1.10": "5 1 10", "5.11": "5/11", "511": "[511]", "5": "5.", "-5": "−5", "-32600": "(-32600)", "-32601": "-32601", "32600": "32600",
		"AUTH-401": "auth 401", "AUTH-401-2": "auth_401.2", "AUTH-4012": "auth4012", "AUTH-40-12": "Auth 40 12", "5xx": "5XX",
	} {
		for _, query := range []string{code, spelled} {
			found := b.search(query)
			if first, _, _ := strings.Cut(found, " "); first != code {
				t.Errorf("%s finds %q", query, found)
			}
			asTheCommand(t, s, query, found)
		}
		b.do(chromedp.Evaluate[chromedp.Void](`location.hash = ` + inJSON(code)))
		becomes(b, focused, code)
	}

	all, grouped := inGroups(t, numbers, 2)
	const page = `location.pathname.split("/").slice(-2).join("/")`
	for code, spelled := range map[string]string{"5.1.1": "5-1-1", "511": "511", "5": "5", "-5": "−5", "AUTH-401-2": "auth_401.2"} {
		b.open(grouped, "index.html#"+fragment(code))
		becomes(b, page, all.groupOf(code).address())
		b.open(grouped, "index.html")
		b.do(chromedp.Focus("input"), chromedp.KeyEvent(spelled+kb.Enter))
		becomes(b, page, all.groupOf(code).address())
		becomes(b, `document.querySelector("article").id`, code)
	}
	b.quiet()
}

var axe = flag.String("axe", "", "the axe.min.js to hold the pages against")

// TestPageAxe finds nothing that keeps people from reading the pages.
func TestPageAxe(t *testing.T) {
	if *axe == "" {
		t.Skip("scripts/check-site runs this")
	}
	source, err := os.ReadFile(*axe)
	if err != nil {
		t.Fatal(err)
	}
	b := newBrowser(t)
	dir := written(t, opened(t, payments), Options{Description: "All of them."})
	_, grouped := inGroups(t, payments, 10)
	for _, theme := range []string{"light", "dark"} {
		set(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: theme}},
		})
		for _, page := range []string{
			dir + "/index.html", dir + "/index.html?q=card+declined", dir + "/index.html?q=zzzz", dir + "/codes/CARD-001.html",
			grouped + "/index.html", grouped + "/groups/C.html",
		} {
			b.open(filepath.Split(page))
			b.do(chromedp.Evaluate[chromedp.Void](string(source)))
			violations, err := chromedp.Run(b.ctx, chromedp.Evaluate[[]string](`axe.run(document, {runOnly: {type: "tag", values:
				["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}).then((results) =>
				results.violations.flatMap((v) => v.nodes.map((n) => v.id + ": " + n.target + ": " + n.failureSummary)))`, chromedp.EvalAwaitPromise))
			if err != nil {
				t.Fatal(err)
			}
			for _, v := range violations {
				t.Errorf("%s, %s: %s", filepath.Base(page), theme, v)
			}
		}
	}
}

var picture = flag.String("picture", "", "where to write the README's picture")

// TestPagePicture takes the picture of the README: the page as people with a
// light and with a dark theme see it.
func TestPagePicture(t *testing.T) {
	if *picture == "" {
		t.Skip("scripts/screenshot runs this")
	}
	b := newBrowser(t)
	dir := written(t, opened(t, "api"), Options{})
	const width, height = 640, 760
	set(b, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: width, Height: height, DeviceScaleFactor: 1})
	both := image.NewRGBA(image.Rect(0, 0, 2*width, height))
	for i, theme := range []string{"light", "dark"} {
		set(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: theme}},
		})
		b.open(dir, "index.html"+[]string{"", "?q=server"}[i])
		becomes(b, `document.querySelectorAll(".copy").length > 0`, true)
		shot, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
		if err != nil {
			t.Fatal(err)
		}
		page, err := png.Decode(bytes.NewReader(shot))
		if err != nil {
			t.Fatal(err)
		}
		draw.Draw(both, image.Rect(i*width, 0, (i+1)*width, height), page, image.Point{}, draw.Src)
	}
	file, err := os.Create(*picture)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(file, both); err != nil {
		t.Fatal(err)
	}
}

var large = flag.Bool("large", false, "say how fast a page with many entries is")

// TestPageLarge has as many entries as one page may have. Times are said, not
// judged: they are the machine's.
func TestPageLarge(t *testing.T) {
	if !*large {
		t.Skip("takes long: go test ./internal/site -run Large -large -v")
	}
	b := newBrowser(t)
	var text strings.Builder
	text.WriteString(`{"catalog":"large","title":"Large","errors":[`)
	for i := range onePage {
		if i > 0 {
			text.WriteByte(',')
		}
		fmt.Fprintf(&text, "\n"+`{"code":"E-%d","title":"Title %s","status":%d,"description":"%s","causes":["%s"],"resolution":"%s"}`,
			i, word(i), 400+i%200, sentence(i, 12), sentence(i*7, 9), sentence(i*31, 14))
	}
	text.WriteString("\n]}\n")
	file := filepath.Join(t.TempDir(), "large.json")
	if err := os.WriteFile(file, []byte(text.String()), 0o666); err != nil {
		t.Fatal(err)
	}
	s := opened(t, file)
	site := &site{Selection: s, Options: Options{Title: "Large"}}
	if err := site.count(t.Context(), onePage); err != nil || site.groups != nil {
		t.Fatal(err, site.groups)
	}
	dir := t.TempDir()
	page, err := os.Create(filepath.Join(dir, "index.html"))
	if err != nil {
		t.Fatal(err)
	}
	if err := site.to(page, 0).entries(t.Context(), nil, site.all(t.Context())); err != nil {
		t.Fatal(err)
	}
	page.Close()
	b.open(dir, "index.html")
	becomes(b, counted, fmt.Sprintf("%d errors", onePage))
	t.Logf("first paint after %.0f ms", ask[float64](b, `performance.getEntriesByType("paint")[0]?.startTime ?? NaN`))
	const typed = `(() => {
		const query = document.querySelector("input"), begun = performance.now();
		query.value = %q;
		query.dispatchEvent(new Event("input"));
		document.body.offsetHeight;
		return performance.now() - begun;
	})()`
	time.Sleep(3 * time.Second) // the page reads its words when there is time
	for _, query := range []string{"title", "ti", word(7), word(7) + " " + word(8), "", "e-999"} {
		t.Logf("%q answers after %.0f ms", query, ask[float64](b, fmt.Sprintf(typed, query)))
	}
	becomes(b, `document.querySelector("article").id`, "E-999")
	b.open(dir, "index.html?q="+url.QueryEscape("e-5000")+"#E-9999")
	becomes(b, focused, "E-9999")
	b.quiet()
}

// word makes up a word that can be spoken.
func word(i int) string {
	w := ""
	for n := uint32(i)*2654435761>>8 + 99; n > 0; n /= 97 {
		w += []string{"ba", "ke", "lu", "mo", "ni", "pra", "ste", "tro", "va", "zi", "do"}[n%11]
	}
	return w
}

func sentence(i, n int) string {
	words := make([]string, n)
	for j := range words {
		words[j] = word((i + j*j*13) % 5000)
	}
	return strings.Join(words, " ") + "."
}
