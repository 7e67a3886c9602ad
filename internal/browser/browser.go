// Package browser drives a headless Chromium for tests of pages that a server sends.
package browser

import (
	"context"
	"fmt"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// A Browser is a Chromium that keeps what it had to complain about.
type Browser struct {
	t       testing.TB
	ctx     context.Context
	address string // whatever is asked of another one is a complaint

	mu         sync.Mutex
	complaints []string
}

// Start starts a Chromium that ends with the test, or after the limit. The test is
// skipped where none is installed.
func Start(t testing.TB, limit time.Duration) context.Context {
	t.Helper()
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		t.Skip("no Chromium is installed: pages are not looked at in a browser")
	}
	flags := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.Flag("disable-background-networking", true))
	allocator, stop := chromedp.NewExecAllocator(context.Background(), flags...)
	t.Cleanup(stop)
	ctx, cancel := chromedp.NewContext(allocator)
	t.Cleanup(cancel)
	ctx, expire := context.WithTimeout(ctx, limit)
	t.Cleanup(expire)
	return ctx
}

// New starts a browser that is to see nothing but the server at an address. The test is
// skipped where none is installed.
func New(t testing.TB, address string) *Browser {
	t.Helper()
	ctx := Start(t, 3*time.Minute)
	b := &Browser{t: t, ctx: ctx, address: address}
	if err := chromedp.Listen(ctx, b.listen); err != nil {
		t.Fatalf("start browser: %v", err)
	}
	if _, err := chromedp.Call(ctx, network.Enable, network.EnableParams{}); err != nil {
		t.Fatalf("watch requests: %v", err)
	}
	if _, err := chromedp.Call(ctx, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true}); err != nil {
		t.Fatalf("have the focus: %v", err)
	}
	for _, name := range []string{"clipboard-read", "clipboard-write"} {
		permission := browser.SetPermissionParams{Permission: &browser.PermissionDescriptor{Name: name}, Setting: browser.PermissionSettingGranted}
		if _, err := chromedp.Call(ctx, browser.SetPermission, permission); err != nil {
			t.Fatalf("allow %s: %v", name, err)
		}
	}
	return b
}

func (b *Browser) listen(event any) {
	complaint := ""
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		complaint = "exception: " + e.ExceptionDetails.Text
	case *runtime.EventConsoleAPICalled:
		complaint = fmt.Sprintf("console %s: %v", e.Type, e.Args)
	case *log.EventEntryAdded:
		if e.Entry.Level == log.EntryLevelInfo {
			return
		}
		complaint = fmt.Sprintf("log %s: %s %s", e.Entry.Level, e.Entry.Text, e.Entry.URL)
	case *page.EventJavascriptDialogOpening:
		complaint = "dialog: " + e.Message
	case *network.EventRequestWillBeSent:
		if !strings.HasPrefix(e.Request.URL, b.address) && !strings.HasPrefix(e.Request.URL, "data:") {
			complaint = "request: " + e.Request.URL
		}
	}
	if complaint != "" {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.complaints = append(b.complaints, complaint)
	}
}

// Silent tells the test of what the browser complained about since the last time.
func (b *Browser) Silent() {
	b.t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.complaints) > 0 {
		b.t.Errorf("browser complains:\n%s", strings.Join(b.complaints, "\n"))
	}
	b.complaints = nil
}

// Forgive takes one complaint that the test has asked for.
func (b *Browser) Forgive(text string) {
	b.t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	at := slices.IndexFunc(b.complaints, func(c string) bool { return strings.Contains(c, text) })
	if at < 0 {
		b.t.Errorf("browser did not complain of %q: %q", text, b.complaints)
		return
	}
	b.complaints = slices.Delete(b.complaints, at, at+1)
}

// Look sets the width of the window and the colours that its reader prefers.
func (b *Browser) Look(width int64, dark bool) {
	b.t.Helper()
	scheme := "light"
	if dark {
		scheme = "dark"
	}
	media := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}}
	if _, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, media); err != nil {
		b.t.Fatalf("set colour scheme: %v", err)
	}
	if err := chromedp.Do(b.ctx, chromedp.EmulateViewport(width, 900)); err != nil {
		b.t.Fatalf("set width: %v", err)
	}
}

// Open opens a page of the server.
func (b *Browser) Open(path string) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, chromedp.Navigate(b.address+path)); err != nil {
		b.t.Fatalf("open %s: %v", path, err)
	}
}

// Do evaluates a script for what it does.
func (b *Browser) Do(script string) {
	b.t.Helper()
	Evaluate[bool](b, script+"; true")
}

// Evaluate is what an expression of a script comes to; promises are waited for.
func Evaluate[T any](b *Browser, expression string) T {
	b.t.Helper()
	result, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression, func(p *runtime.EvaluateParams) { wait := true; p.AwaitPromise = &wait }))
	if err != nil {
		b.t.Fatalf("evaluate %s: %v", expression, err)
	}
	return result
}

// Until waits until an expression is true, also while pages change.
func (b *Browser) Until(condition string) {
	b.t.Helper()
	for b.ctx.Err() == nil {
		held, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](condition))
		if err == nil && held {
			return
		}
		select {
		case <-b.ctx.Done():
		case <-time.After(50 * time.Millisecond):
		}
	}
	b.t.Fatalf("in vain waited for %s", condition)
}

// Picture is the whole page as PNG.
func (b *Browser) Picture() []byte {
	b.t.Helper()
	picture, err := chromedp.Run(b.ctx, chromedp.FullScreenshot(100))
	if err != nil {
		b.t.Fatalf("take picture: %v", err)
	}
	return picture
}
