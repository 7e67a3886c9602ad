package main

import (
	"bufio"
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"tonghop/internal/browser"
	"tonghop/pipeline/serve/access"
)

const (
	staffName     = "Nguyễn Thị Lan"
	staffPassword = "mật khẩu của Lan"
)

// serving is the program serving the workspace that init makes, with no schedule, and the
// address of its pages.
func serving(t *testing.T) (dir, address string) {
	t.Helper()
	executable, err := exec.LookPath("tonghop")
	if err != nil {
		t.Fatal(err)
	}
	dir = filepath.Join(t.TempDir(), "ws")
	if code := Main(t.Context(), executable, []string{"init", dir}, io.Discard, io.Discard); code != exitDone {
		t.Fatalf("init ends with %d", code)
	}
	hash, err := access.Hash(staffPassword)
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"tonghop.toml": "settle = \"0s\"\nschedule = []\n[serve]\npassword_file = \"staff.txt\"\n", "staff.txt": staffName + ":" + hash,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	out, told := io.Pipe()
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan int)
	go func() {
		code := Main(ctx, executable, []string{"-C", dir, "serve", "--listen", "127.0.0.1:0"}, told, io.Discard)
		_ = told.Close()
		ended <- code
	}()
	lines := bufio.NewScanner(out)
	for address == "" && lines.Scan() {
		_, after, _ := strings.Cut(lines.Text(), "http://")
		address = strings.TrimRight(strings.Fields(after + " ")[0], ".")
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
	t.Cleanup(func() {
		stop()
		if code := <-ended; code != exitDone {
			t.Errorf("serve ends with %d", code)
		}
	})
	return dir, "http://" + address
}

// TestServeInABrowser is a staff member's day: sign in, take what came, watch that, follow a
// figure to its cell, remind a unit, close the quarter.
func TestServeInABrowser(t *testing.T) {
	t.Parallel()
	dir, address := serving(t)
	b := browser.New(t, address)
	b.Look(1280, false)
	b.Open("/")
	signIn := func(password string) {
		b.Do(`document.getElementById("name").value = "nguyễn thị lan"; document.getElementById("password").value = "` + password + `"; document.querySelector("form").requestSubmit()`)
	}
	looked(t, b, "sign in")
	signIn("sai mật khẩu rồi")
	b.Until(`document.querySelector("[role=alert]")?.textContent === "Họ tên hoặc mật khẩu không đúng."`)
	b.Forgive("401")
	signIn(staffPassword)
	b.Until(`location.pathname === "/" && document.querySelector(".who span")?.textContent === "` + staffName + `"`)
	b.Until(`document.querySelector("#periods .lead").textContent === "Chưa phát hành kỳ nào."`)

	b.Do(`document.querySelector("a.primary").click()`)
	b.Until(`document.querySelector("h1")?.textContent === "Nhận báo cáo mới"`)
	looked(t, b, "what a run will do")
	b.Do(`document.querySelector("main form").requestSubmit()`)
	b.Until(`location.pathname.startsWith("/jobs/") && document.querySelector(".lines li") !== null`) // it goes on by itself
	b.Until(`document.querySelector("[data-job-state]")?.textContent === "xong" && document.querySelector(".outcome")?.textContent.startsWith("đủ điều kiện 2, trả lại 1, phát hành ")`)
	looked(t, b, "a job")

	b.Open("/")
	b.Do(`document.querySelector(".periods h3 a").click()`)
	b.Until(`/^\/out\/.*@1\/index.html$/.test(location.pathname) && document.querySelector("h1") !== null`)
	b.Open("/unit/H01")
	looked(t, b, "a unit")
	b.Do(`document.querySelector(".series td.n a").click()`)
	b.Until(`location.pathname === "/trace" && document.querySelector(".tree .place")?.textContent.includes("!E")`)
	looked(t, b, "a figure")
	b.Do(`document.querySelector(".tree a.file").click()`)
	b.Until(`location.pathname.startsWith("/submission/") && document.querySelectorAll(".changed, tbody tr").length > 5`)
	looked(t, b, "a submission")

	b.Open("/status")
	looked(t, b, "the board")
	b.Do(`document.querySelector(".reminder button").click()`)
	b.Until(`document.querySelector(".reminder button").textContent === "Đã chép"`)
	copied := browser.Evaluate[string](b, `navigator.clipboard.readText()`)
	if shown := browser.Evaluate[string](b, `document.querySelector(".reminder pre").textContent`); copied != shown || !strings.Contains(copied, "đã được trả lại") {
		t.Errorf("copied %q, shown %q", copied, shown)
	}
	closed(t, b, dir)
	b.Silent()
}

// closed closes a period in the browser and finds that on the record.
func closed(t *testing.T, b *browser.Browser, dir string) {
	t.Helper()
	b.Open("/")
	b.Do(`document.querySelector("a[href^='/act/close']").click()`)
	b.Until(`location.pathname === "/act/close"`)
	b.Do(`document.getElementById("reason").value = "đủ báo cáo"; document.querySelector("main form").requestSubmit()`)
	b.Until(`document.querySelector("[data-job-state]")?.textContent === "xong"`)
	b.Open("/journal")
	b.Until(`document.querySelector("tbody tr")?.innerText.includes("` + staffName + `")`)
	looked(t, b, "the journal")
	data, err := os.ReadFile(filepath.Join(dir, ".tonghop", "journal.jsonl"))
	if err != nil || !strings.Contains(string(data), `"by":"`+staffName+`","reason":"đủ báo cáo"`) {
		t.Errorf("on the record: %s, %v", data, err)
	}
	b.Do(`document.querySelector(".who button").click()`)
	b.Until(`location.pathname === "/sign-in"`)
}

// looked looks for what shuts people out, in light and in dark, and for pages that are wider
// than a phone.
func looked(t *testing.T, b *browser.Browser, name string) {
	t.Helper()
	axe, err := os.ReadFile(filepath.Join("..", "..", "reports", "page", "node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		t.Log("axe-core is not fetched: npm ci --prefix reports/page")
	}
	for _, look := range []struct {
		width int64
		dark  bool
	}{{360, true}, {1280, false}} {
		b.Look(look.width, look.dark)
		if wide := browser.Evaluate[float64](b, `document.documentElement.scrollWidth`); wide > float64(look.width) {
			t.Errorf("%s is %v wide on a screen of %d", name, wide, look.width)
		}
		if axe == nil {
			continue
		}
		b.Do(string(axe))
		const run = `axe.run(document, { resultTypes: ["violations"] }).then((r) => r.violations.filter((v) => ["serious", "critical"].includes(v.impact))
			.map((v) => v.id + " (" + v.nodes.length + "): " + v.nodes.slice(0, 3).map((n) => n.target.join(" ") + " " + n.failureSummary).join(" | ")))`
		for _, violation := range browser.Evaluate[[]string](b, run) {
			t.Errorf("%s, %d wide: %s", name, look.width, violation)
		}
	}
}
