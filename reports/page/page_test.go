package page

import (
	"bytes"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"tonghop/reports"
)

var (
	update  = flag.Bool("update", false, "write the golden files anew")
	gallery = flag.String("look", "", "write the sample pages and pictures of them to this folder")
)

// withLibrary stands for a build with ECharts, bare for one without.
func withLibrary() fs.FS {
	return fstest.MapFS{library: {Data: []byte("/* ECharts */")}}
}

func bare() fs.FS { return fstest.MapFS{} }

func rendered(t *testing.T, d *reports.Dataset, code string, assets fs.FS) string {
	t.Helper()
	var out bytes.Buffer
	if err := write(&out, d, language(t, code), assets); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

var (
	looks   = regexp.MustCompile(`(?s)<style>.*?</style>`)
	scripts = regexp.MustCompile(`(?s)<script>.*?</script>`)
	hashes  = regexp.MustCompile(`sha256-[^ ]*?&#39;`)
	marking = regexp.MustCompile(`(?s)<script.*?</script>|<style>.*?</style>|<[^>]*>`)
)

// structure is a page without the files embedded in it.
func structure(page string) string {
	page = looks.ReplaceAllString(page, "<style></style>")
	page = scripts.ReplaceAllString(page, "<script></script>")
	return hashes.ReplaceAllString(page, "sha256-…&#39;")
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("%s mismatch (-want +got):\n%s", name, diff)
	}
}

func TestWriteGolden(t *testing.T) {
	t.Parallel()
	golden(t, "period.golden.html", structure(rendered(t, miniature(), "vi", withLibrary())))
}

func TestWriteIndexGolden(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	if err := WriteIndex(&out, sampleIndex(), language(t, "vi")); err != nil {
		t.Fatal(err)
	}
	golden(t, "index.golden.html", structure(out.String()))
}

func TestWriteIsDeterministic(t *testing.T) {
	t.Parallel()
	if rendered(t, sample(), "vi", withLibrary()) != rendered(t, sample(), "vi", withLibrary()) {
		t.Error("two renderings of one dataset differ")
	}
}

// TestTextsAreComplete finds keys without a text, which print as themselves,
// and placeholders that nothing filled.
func TestTextsAreComplete(t *testing.T) {
	t.Parallel()
	loose := regexp.MustCompile(`page\.[a-z_]+\.?[a-z_]*|\{[a-z_]+\}`)
	for _, code := range []string{"vi", "en"} {
		for name, data := range map[string]*reports.Dataset{"sample": sample(), "empty": {}} {
			text := marking.ReplaceAllString(rendered(t, data, code, bare()), " ")
			if found := loose.FindAllString(text, -1); len(found) > 0 {
				t.Errorf("%s, %s: texts missing or unfilled: %q", name, code, found)
			}
		}
	}
}

func TestWriteWithoutLibrary(t *testing.T) {
	t.Parallel()
	page := rendered(t, sample(), "vi", bare())
	if !strings.Contains(page, language(t, "vi").Text("page.no_charts")) {
		t.Error("no notice that the charts are missing")
	}
	if !strings.Contains(page, `<details class="data" open>`) {
		t.Error("the table behind the chart is not shown in its place")
	}
	if strings.Contains(rendered(t, sample(), "vi", withLibrary()), language(t, "vi").Text("page.no_charts")) {
		t.Error("the notice stands although the charts are there")
	}
}

func TestHostileTextIsEscaped(t *testing.T) {
	t.Parallel()
	page := rendered(t, hostile(), "vi", withLibrary())
	for _, live := range []string{"</script><script>window.pwned", "<img src=x"} {
		if strings.Contains(page, live) {
			t.Errorf("%q stands unescaped", live)
		}
	}
	if n := strings.Count(page, "<script>"); n != 2 {
		t.Errorf("%d scripts, want the library and the page's own", n)
	}
}

func TestClosingIsTold(t *testing.T) {
	t.Parallel()
	d := miniature()
	if strings.Contains(rendered(t, d, "vi", bare()), "chốt lúc") {
		t.Error("an open period is told as closed")
	}
	d.Stamp.Closed = &reports.Closing{At: time.Date(2026, 5, 2, 8, 30, 0, 0, time.UTC), By: "Lan & Minh"}
	if got := strings.Count(rendered(t, d, "vi", bare()), "chốt lúc 08:30 02/05/2026 (người chốt: Lan &amp; Minh)"); got != 2 {
		t.Errorf("the closing is told %d times, want at the top and in the footer", got)
	}
}

func TestEntryOfAgreesWithPage(t *testing.T) {
	t.Parallel()
	e := EntryOf(sample())
	l := language(t, "vi")
	lead := l.Text("page.headline.lead", "met", e.Met, "targets", e.Targets)
	page := rendered(t, sample(), "vi", withLibrary())
	if !strings.Contains(page, lead) {
		t.Errorf("page does not say %q", lead)
	}
	if e.Reported != 14 || e.Due != 16 {
		t.Errorf("reported %d of %d units, want 14 of 16", e.Reported, e.Due)
	}
}

func TestLook(t *testing.T) {
	if *gallery == "" {
		t.Skip("no -look folder named")
	}
	if err := os.WriteFile(filepath.Join(*gallery, "large.html"), []byte(rendered(t, large(), "vi", assets)), 0o600); err != nil {
		t.Fatal(err)
	}
	b := newBrowser(t)
	for _, code := range []string{"vi", "en"} {
		var period, index bytes.Buffer
		if err := Write(&period, sample(), language(t, code)); err != nil {
			t.Fatal(err)
		}
		if err := WriteIndex(&index, sampleIndex(), language(t, code)); err != nil {
			t.Fatal(err)
		}
		for name, html := range map[string][]byte{"period-" + code: period.Bytes(), "index-" + code: index.Bytes()} {
			if err := os.WriteFile(filepath.Join(*gallery, name+".html"), html, 0o600); err != nil {
				t.Fatal(err)
			}
			b.shots(t, html, *gallery, name)
		}
	}
}
