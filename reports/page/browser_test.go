package page

import (
	"bytes"
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	chromium "tonghop/internal/browser"
	"tonghop/pipeline"
	"tonghop/reports"
)

// A browser is a headless Chromium that keeps what it had to complain about.
type browser struct {
	ctx context.Context

	mu         sync.Mutex
	complaints []string
}

func newBrowser(t *testing.T) *browser {
	t.Helper()
	b := &browser{ctx: chromium.Start(t, 2*time.Minute)}
	if err := chromedp.Listen(b.ctx, b.listen); err != nil {
		t.Fatalf("start browser: %v", err)
	}
	if _, err := chromedp.Call(b.ctx, network.Enable, network.EnableParams{}); err != nil {
		t.Fatalf("watch requests: %v", err)
	}
	return b
}

func (b *browser) listen(event any) {
	complaint := ""
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		complaint = "exception: " + e.ExceptionDetails.Text
		if e.ExceptionDetails.Exception != nil {
			complaint += " " + e.ExceptionDetails.Exception.Description
		}
	case *runtime.EventConsoleAPICalled:
		complaint = fmt.Sprintf("console %s: %v", e.Type, e.Args)
	case *log.EventEntryAdded:
		complaint = fmt.Sprintf("log %s: %s", e.Entry.Level, e.Entry.Text)
	case *page.EventJavascriptDialogOpening:
		complaint = "dialog: " + e.Message
	case *network.EventRequestWillBeSent:
		if !strings.HasPrefix(e.Request.URL, "file:") && !strings.HasPrefix(e.Request.URL, "data:") {
			complaint = "request: " + e.Request.URL
		}
	}
	if complaint != "" {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.complaints = append(b.complaints, complaint)
	}
}

func (b *browser) open(t *testing.T, html []byte, width int64, dark bool) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "index.html")
	if err := os.WriteFile(file, html, 0o600); err != nil {
		t.Fatal(err)
	}
	scheme := "light"
	if dark {
		scheme = "dark"
	}
	address := url.URL{Scheme: "file", Path: file}
	media := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}}
	if _, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, media); err != nil {
		t.Fatalf("set colour scheme: %v", err)
	}
	if err := chromedp.Do(b.ctx, chromedp.EmulateViewport(width, 900), chromedp.Navigate(address.String())); err != nil {
		t.Fatalf("open page: %v", err)
	}
	b.settle(t)
}

// settle waits until the page has drawn its charts, one by one.
func (b *browser) settle(t *testing.T) {
	t.Helper()
	await[bool](t, b, `new Promise((done) => { const look = () => !window.echarts || document.documentElement.dataset.charts ? done(true) : setTimeout(look, 5); look(); })`)
}

// await evaluates an expression that promises its value.
func await[T any](t *testing.T, b *browser, expression string) T {
	t.Helper()
	result, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression, func(p *runtime.EvaluateParams) { wait := true; p.AwaitPromise = &wait }))
	if err != nil {
		t.Fatalf("evaluate %s: %v", expression, err)
	}
	return result
}

func (b *browser) silent(t *testing.T) {
	t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.complaints) > 0 {
		t.Errorf("browser complains:\n%s", strings.Join(b.complaints, "\n"))
	}
}

func evaluate[T any](t *testing.T, b *browser, expression string) T {
	t.Helper()
	result, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		t.Fatalf("evaluate %s: %v", expression, err)
	}
	return result
}

// hostile puts text that would like to be code wherever outside text can stand.
func hostile() *reports.Dataset {
	payloads := []string{
		`</script><script>window.pwned=1</script>`,
		`<img src=x onerror="window.pwned=2">`,
		`__f__(function(){window.pwned=3})()__f__`,
		`"};window.pwned=4;//`,
		"`${window.pwned=5}` {{.}} --met {b} <!--<script>",
	}
	d := sample()
	for n := range d.Units {
		d.Units[n].Name = payloads[n%len(payloads)]
	}
	for n := range d.Indicators {
		d.Indicators[n].Name = payloads[n%len(payloads)]
		d.Indicators[n].Measure = payloads[(n+1)%len(payloads)]
		d.Indicators[n].Group = payloads[n%2]
	}
	for n := range d.Facts {
		f := &d.Facts[n]
		f.Raw, f.File, f.Sheet, f.Note = payloads[n%len(payloads)], payloads[1], payloads[0], payloads[3]
	}
	for n := range d.Findings {
		f := &d.Findings[n]
		f.Message, f.Remedy, f.Sheet, f.Severity = payloads[0], payloads[1], payloads[2], pipeline.Severity(payloads[1])
	}
	for n := range d.Restatements {
		d.Restatements[n].Figure, d.Restatements[n].File = payloads[1], payloads[0]
	}
	for n := range d.Trend {
		if n%7 == 0 {
			d.Trend[n].Period = payloads[1]
		}
	}
	for n := range d.Parts {
		d.Parts[n].Role = payloads[0]
	}
	for n := range d.Targets {
		d.Targets[n].File, d.Targets[n].Sheet, d.Targets[n].Cell = payloads[n%len(payloads)], payloads[0], payloads[1]
	}
	for n := range d.Scores {
		d.Scores[n].Grade = payloads[n%len(payloads)]
	}
	d.Earlier = d.Facts[:10]
	d.Breaks = []reports.Break{{Unit: "H01", Kind: payloads[0], Was: payloads[1], Became: payloads[2]}}
	d.Exemptions = []reports.Exemption{{Form: payloads[0], Period: payloads[1], Unit: payloads[2], By: payloads[3], Reason: payloads[1]}}
	d.Present, d.PresentUnits = d.Achievements, d.Units
	d.Stamp.Closed = &reports.Closing{By: payloads[1]}
	d.Stamp.Sample, d.Stamp.RunID = payloads[0], payloads[1]
	return d
}

func needLibrary(t *testing.T) {
	t.Helper()
	if _, err := assets.ReadFile(library); err != nil {
		t.Skip("ECharts is not fetched: see assets/README.md")
	}
}

const emptyCharts = `[...document.querySelectorAll(".chart")].filter(c => c.querySelectorAll("svg path, svg text").length < 8).map(c => c.id)`

func TestBrowser(t *testing.T) {
	needLibrary(t)
	b := newBrowser(t)
	for _, tt := range []struct {
		name string
		data *reports.Dataset
	}{{"sample", sample()}, {"hostile", hostile()}} {
		for _, width := range []int64{1280, 768, 360} {
			t.Run(fmt.Sprintf("%s %d", tt.name, width), func(t *testing.T) {
				var out bytes.Buffer
				if err := Write(&out, tt.data, language(t, "vi")); err != nil {
					t.Fatal(err)
				}
				b.open(t, out.Bytes(), width, width == 360)
				if n := evaluate[int](t, b, `document.querySelectorAll(".chart svg").length`); n < 5 {
					t.Errorf("%d charts drawn, want the achievement and the trends", n)
				}
				if empty := evaluate[[]string](t, b, emptyCharts); len(empty) > 0 {
					t.Errorf("empty charts: %q", empty)
				}
				if got := evaluate[int64](t, b, `document.scrollingElement.scrollWidth`); got > width {
					t.Errorf("page is %d px wide on a screen of %d px", got, width)
				}
				if evaluate[bool](t, b, `"pwned" in window || document.querySelectorAll("main img, main script:not([data-chart])").length > 0`) {
					t.Error("text of a workbook became markup or code")
				}
				if shift := await[float64](t, b, layoutShift); shift > 0.1 {
					t.Errorf("what is read moves by %v while the page opens", shift)
				}
				b.silent(t)
			})
		}
	}
}

// TestBrowserUse does with a page what its readers do.
func TestBrowserUse(t *testing.T) {
	needLibrary(t)
	b := newBrowser(t)
	page := []byte(rendered(t, sample(), "vi", assets))
	for _, use := range []struct {
		name string
		test func(*testing.T, *browser)
		dark bool
	}{{"narrow it to a unit", testUnit, false}, {"sort the units", testSort, false}, {"print it", testPrint, true}} {
		t.Run(use.name, func(t *testing.T) {
			b.open(t, page, 1280, use.dark)
			use.test(t, b)
			b.silent(t)
		})
	}
}

// layoutShift promises by how much of the screen what stood moved.
const layoutShift = `new Promise((done) => {
	let sum = 0;
	new PerformanceObserver((list) => { for (const entry of list.getEntries()) sum += entry.value; }).observe({ type: "layout-shift", buffered: true });
	setTimeout(() => done(sum), 50);
})`

// testUnit narrows the page to a unit: by a click on its name and by a link
// that somebody sent.
func testUnit(t *testing.T, b *browser) {
	const state = `[document.getElementById("card").hidden, document.getElementById("card-title").textContent, document.querySelectorAll("#card .track").length,
		document.querySelectorAll("#card .report").length, document.querySelector(".headline").offsetHeight > 0, location.hash].join("|")`
	const narrowed = "false|Liên đoàn Lao động huyện Mỹ Xuyên|12|3|false|#unit=H07"
	for _, step := range []struct{ name, do, want string }{
		{"the name in the table", `document.querySelector('#units tr[data-u="7"] button').click()`, narrowed},
		{"all again", `document.getElementById("filter-reset").click()`, "true|Liên đoàn Lao động huyện Mỹ Xuyên|12|3|true|"},
		{"a link", `location.hash = "#unit=H07"; dispatchEvent(new HashChangeEvent("hashchange"))`, narrowed},
	} {
		if got := evaluate[string](t, b, step.do+"; "+state); got != step.want {
			t.Errorf("%s: %s, want %s", step.name, got, step.want)
		}
	}
	evaluate[bool](t, b, `document.querySelector("#card a").click(), true`)
	if !evaluate[bool](t, b, `document.getElementById("origin").open && document.querySelectorAll("#origin td").length > 0`) {
		t.Error("a figure of the card opens nothing")
	}
}

// testSort orders the units by a column and walks the table by keys.
func testSort(t *testing.T, b *browser) {
	const column = `[...document.querySelectorAll("#units tbody tr")].map((row) => row.cells[2].firstChild.textContent).join(" ")`
	was := evaluate[string](t, b, column)
	const click = `document.querySelectorAll("#units thead button")[1].click(); `
	falling, rising, again := evaluate[string](t, b, click+column), evaluate[string](t, b, click+column), evaluate[string](t, b, click+column)
	if falling == rising || again != was || strings.Fields(falling)[0] != strings.Fields(was)[0] {
		t.Errorf("sorted: %q, %q, then %q; want falling, rising and as it was, the whole first: %q", falling, rising, again, was)
	}
	const walk = `(() => { const press = (key) => document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
		document.querySelector("#units td[tabindex]").focus(); press("ArrowDown"); press("ArrowRight"); press("Enter");
		return document.getElementById("origin").open + " " + document.querySelectorAll("#units td[tabindex='0']").length; })()`
	if got := evaluate[string](t, b, walk); got != "true 1" {
		t.Errorf("walking by keys: %s, want a figure open and one cell in the order of tabs", got)
	}
}

// testPrint prints the page on a sane number of sheets.
func testPrint(t *testing.T, b *browser) {
	printed, err := chromedp.Run(b.ctx, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize()))
	if err != nil {
		t.Fatal(err)
	}
	if sheets := bytes.Count(printed, []byte("/Type /Page\n")); sheets < 6 || sheets > 14 {
		t.Errorf("%d sheets, want 6 to 14", sheets)
	}
}

func TestBrowserLinks(t *testing.T) {
	needLibrary(t)
	b := newBrowser(t)
	var out bytes.Buffer
	if err := Write(&out, sample(), language(t, "vi")); err != nil {
		t.Fatal(err)
	}
	b.open(t, out.Bytes(), 1280, false)
	dead := evaluate[[]string](t, b, `[...document.querySelectorAll('a[href^="#"]:not([href^="#figure="])')].map(a => a.getAttribute("href")).filter(h => !document.getElementById(h.slice(1)))`)
	if len(dead) > 0 {
		t.Errorf("links that lead nowhere: %q", dead)
	}
	empty := evaluate[[]string](t, b, `[...document.querySelectorAll('a[href^="#figure="]')].filter((a) => { a.click(); const d = document.getElementById("origin"); const n = d.querySelectorAll("td").length; d.close(); return n === 0; }).map((a) => a.hash)`)
	if len(empty) > 0 {
		t.Errorf("figures without a source behind their link: %q", empty)
	}
	twice := evaluate[[]string](t, b, `[...document.querySelectorAll("[id]")].map(e => e.id).filter((id, n, all) => all.indexOf(id) !== n)`)
	if len(twice) > 0 {
		t.Errorf("names that stand twice: %q", twice)
	}
	b.silent(t)
}

// TestBrowserOrigin opens a figure, follows a part of it and comes back.
func TestBrowserOrigin(t *testing.T) {
	needLibrary(t)
	b := newBrowser(t)
	var out bytes.Buffer
	if err := Write(&out, sample(), language(t, "vi")); err != nil {
		t.Fatal(err)
	}
	b.open(t, out.Bytes(), 1280, false)
	const state = `(() => { const d = document.getElementById("origin"); return [d.open, document.getElementById("origin-title").textContent.replace(/.* – /, ""),
		d.querySelectorAll("td").length > 0, document.getElementById("origin-back").hidden, location.hash].join("|"); })()`
	for _, step := range []struct{ name, do, want string }{
		{"a figure of the whole", `document.querySelector('#indicators tr[data-i="3"] td.n a').click()`, "true|LĐLĐ tỉnh Sóc Trăng|true|true|#figure=LDLD-ST/CM00"},
		{"a part of it", `document.querySelector("#origin td a").click()`, "true|LĐLĐ thành phố Sóc Trăng|true|false|#figure=H01/CM00"},
		{"back", `document.getElementById("origin-back").click()`, "true|LĐLĐ tỉnh Sóc Trăng|true|true|#figure=LDLD-ST/CM00"},
		{"closed", `document.getElementById("origin-close").click()`, "false|LĐLĐ tỉnh Sóc Trăng|true|true|"},
		{"a cell of the table of units", `document.querySelector('#units tr[data-u="7"] td:nth-child(5)').click()`, "true|LĐLĐ huyện Mỹ Xuyên|true|true|#figure=H07/CM00"},
	} {
		if got := await[string](t, b, `new Promise((done) => { `+step.do+`; setTimeout(() => done(`+state+`)); })`); got != step.want {
			t.Errorf("%s: %s, want %s", step.name, got, step.want)
		}
	}
	for _, want := range []string{"/2026/Bao cao 6 thang", "D14", "inputs/catalogue.xlsx"} {
		if text := evaluate[string](t, b, `document.getElementById("origin").innerText`); !strings.Contains(text, want) {
			t.Errorf("what a rate rests on does not say %q:\n%s", want, text)
		}
	}
	evaluate[bool](t, b, `document.getElementById("origin").close(), true`)
	press := func(name string, x, y any) {
		const click = `(() => { const c = echarts.getInstanceByDom(document.querySelector(".chart.bullet")); const at = c.convertToPixel({ xAxisIndex: 0, yAxisIndex: 0 }, [%v, %v]);
			for (const kind of ["mousemove", "mousedown", "mouseup", "click"]) { const box = c.getDom().querySelector("svg"); const r = box.getBoundingClientRect();
				box.dispatchEvent(new MouseEvent(kind, { bubbles: true, clientX: r.left + at[0], clientY: r.top + at[1] })); }
			return document.getElementById("origin").open; })()`
		if !evaluate[bool](t, b, fmt.Sprintf(click, x, y)) {
			t.Errorf("%s opens nothing", name)
		}
		evaluate[bool](t, b, `document.getElementById("origin").close(), true`)
	}
	press("a bar", 20, 1)
	b.silent(t)
}

// TestBrowserFilter narrows the page and widens it again; paper has everything.
func TestBrowserFilter(t *testing.T) {
	needLibrary(t)
	b := newBrowser(t)
	var out bytes.Buffer
	if err := Write(&out, sample(), language(t, "vi")); err != nil {
		t.Fatal(err)
	}
	b.open(t, out.Bytes(), 1280, false)
	// Rows of units, columns of rates, rows of indicators, bars and small charts that show.
	const shown = `(() => { const n = (s) => [...document.querySelectorAll(s)].filter((e) => e.checkVisibility()).length;
		return [n("#units tbody tr"), n("#units thead th[data-i]"), n("#indicators tbody tr[data-i]"), n("#trend figure"), n(".ranking"),
			echarts.getInstanceByDom(document.querySelector(".chart.bullet")).getOption().series[0].data.length].join(" "); })()`
	all := evaluate[string](t, b, shown)
	pick := func(id, value string) string {
		return fmt.Sprintf(`(() => { const s = document.getElementById("filter-%s"); s.value = %q; s.dispatchEvent(new Event("change", { bubbles: true })); })(); `, id, value)
	}
	for _, step := range []struct{ name, do, want string }{
		{"one group", pick("group", "2"), "17 1 4 1 1 1"},
		{"and one indicator of it", pick("indicator", "15"), "17 1 1 1 1 1"},
		{"another group frees the indicator", pick("group", "0"), "17 2 3 2 1 2"},
		{"and one unit", pick("unit", "5"), "1 2 0 0 0 2"},
		{"all again", `document.getElementById("filter-reset").click(); `, all},
	} {
		evaluate[bool](t, b, step.do+"true")
		b.settle(t)
		if got := evaluate[string](t, b, shown); got != step.want {
			t.Errorf("%s: %s rows and charts show, want %s", step.name, got, step.want)
		}
	}
	evaluate[bool](t, b, pick("unit", "5")+pick("indicator", "15")+`dispatchEvent(new Event("beforeprint")), true`)
	media := emulation.SetEmulatedMediaParams{Media: "print"}
	if _, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, media); err != nil {
		t.Fatal(err)
	}
	if got := evaluate[string](t, b, shown); got != all {
		t.Errorf("on paper %s rows and charts show, want %s", got, all)
	}
	b.silent(t)
}

// TestBrowserAxe looks for what shuts people out: contrast, names, order, keys.
func TestBrowserAxe(t *testing.T) {
	needLibrary(t)
	axe, err := os.ReadFile(filepath.Join("node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		t.Skip("axe-core is not fetched: npm ci --prefix reports/page")
	}
	b := newBrowser(t)
	var period, index bytes.Buffer
	if err := Write(&period, miniature(), language(t, "vi")); err != nil {
		t.Fatal(err)
	}
	if err := WriteIndex(&index, sampleIndex(), language(t, "vi")); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name   string
		html   []byte
		dark   bool
		before string
	}{
		{"period", period.Bytes(), false, ""},
		{"period, dark", period.Bytes(), true, ""},
		{"a figure's sources", period.Bytes(), false, `document.querySelector("td.b50").click()`},
		{"a unit, dark", period.Bytes(), true, `document.querySelector(".opener").click()`},
		{"index", index.Bytes(), false, ""},
		{"index, dark", index.Bytes(), true, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b.open(t, tt.html, 1280, tt.dark)
			evaluate[bool](t, b, tt.before+";true")
			if _, err := chromedp.Run(b.ctx, chromedp.Evaluate[any](string(axe)+";0")); err != nil {
				t.Fatal(err)
			}
			const run = `axe.run(document, { resultTypes: ["violations"] }).then((r) => r.violations.filter((v) => ["serious", "critical"].includes(v.impact))
				.map((v) => v.id + " (" + v.nodes.length + "): " + v.nodes.slice(0, 3).map((n) => n.target.join(" ") + " " + n.failureSummary).join(" | ")))`
			found, err := chromedp.Run(b.ctx, chromedp.Evaluate[[]string](run, func(p *runtime.EvaluateParams) { wait := true; p.AwaitPromise = &wait }))
			if err != nil {
				t.Fatal(err)
			}
			for _, violation := range found {
				t.Error(violation)
			}
		})
	}
}

// shots takes pictures of a page, and its print, for people to look at.
func (b *browser) shots(t *testing.T, html []byte, folder, name string) {
	t.Helper()
	for _, shot := range []struct {
		width int64
		dark  bool
	}{{1280, false}, {1280, true}, {768, false}, {360, false}} {
		b.open(t, html, shot.width, shot.dark)
		picture, err := chromedp.Run(b.ctx, chromedp.FullScreenshot(100))
		if err != nil {
			t.Fatal(err)
		}
		file := fmt.Sprintf("%s-%d-%t.png", name, shot.width, shot.dark)
		if err := os.WriteFile(filepath.Join(folder, file), picture, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	printed, err := chromedp.Run(b.ctx, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize()))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, name+".pdf"), printed, 0o600); err != nil {
		t.Fatal(err)
	}
}
