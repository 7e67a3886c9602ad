package serve_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// Without a session nothing is read and nothing is done, but for what the settings open.
func TestNoSession(t *testing.T) {
	t.Parallel()
	closed, open := newSite(t, ""), newSite(t, "public_read = true\n")
	for _, tt := range []struct {
		method, target string
		closed, open   int
	}{
		{"GET", "/healthz", 204, 204},
		{"GET", "/sign-in", 200, 200},
		{"GET", "/", 303, 200},
		{"GET", "/status", 303, 200},
		{"GET", "/unit/A", 303, 200},
		{"GET", "/trace?period=2026-Q1&unit=A&indicator=LOP", 303, 200},
		{"GET", "/out/2026-Q1@2/index.html", 303, 200},
		{"GET", "/submission/" + closed.sha[2] + "?folder=Huy%E1%BB%87n+An", 303, 303},
		{"GET", "/original/" + closed.sha[2] + "?folder=Huy%E1%BB%87n+An", 303, 303},
		{"GET", "/feedback/A/x.phan-hoi.xlsx", 303, 303},
		{"GET", "/jobs", 303, 303},
		{"GET", "/jobs/1/events", 303, 303},
		{"GET", "/journal", 303, 303},
		{"GET", "/act/close?period=2026-Q1", 303, 303},
		{"POST", "/act/close?period=2026-Q1", 401, 401},
		{"POST", "/upload", 401, 401},
		{"POST", "/jobs/1/cancel", 401, 401},
	} {
		for name, s := range map[string]*site{"closed": closed, "open": open} {
			want := map[string]int{"closed": tt.closed, "open": tt.open}[name]
			if w := s.do(tt.method, tt.target, ""); w.status != want {
				t.Errorf("%s: %s %s: status %d, want %d", name, tt.method, tt.target, w.status, want)
			}
		}
	}
	if w := closed.get("/status?year=2026"); w.header.Get("Location") != "/sign-in?next=%2Fstatus%3Fyear%3D2026" {
		t.Errorf("the sign-in leads back to %s", w.header.Get("Location"))
	}
	if body := open.get("/status").body; strings.Contains(body, "/submission/") || strings.Contains(body, "/act/") {
		t.Error("readers are shown links that are for staff")
	}
	if len(closed.runner.Jobs())+len(open.runner.Jobs()) > 0 {
		t.Error("a job was started")
	}
}

// What a signed-in browser should not be made to do, and what nobody may reach.
func TestRefusals(t *testing.T) {
	t.Parallel()
	s := newSite(t, "")
	s.signIn()
	header := func(name, value string) func(*http.Request) {
		return func(r *http.Request) { r.Header.Set(name, value) }
	}
	large, kind := form(t, map[string]string{"unit": "A", "reason": "x"}, "lớn.xlsx", make([]byte, 2<<20))
	tests := []struct {
		name, method, target, body string
		change                     []func(*http.Request)
		want                       int
	}{
		{"another site's form", "POST", "/act/close?period=2026-Q1", "", []func(*http.Request){header("Origin", "http://evil.example"), header("Sec-Fetch-Site", "cross-site")}, 403},
		{"told by the origin alone", "POST", "/sign-out", "", []func(*http.Request){header("Origin", "http://evil.example"), header("Sec-Fetch-Site", "")}, 403},
		{"another port", "POST", "/act/run", "", []func(*http.Request){header("Origin", "http://127.0.0.1:1")}, 403},
		{"another name for this server", "GET", "/", "", []func(*http.Request){func(r *http.Request) { r.Host = "evil.example" }}, 421},
		{"a method that no page has", "DELETE", "/status", "", nil, 405},
		{"a post to a page", "POST", "/status", "", nil, 405},
		{"a page for an act", "GET", "/sign-out", "", nil, 405},
		{"no such page", "GET", "/nix", "", nil, 404},
		{"no such act", "POST", "/act/init", "", nil, 404},
		{"an act on a period that is not published", "POST", "/act/close", "period=2099-Q1&reason=x", nil, 404},
		{"an act on a flag", "POST", "/act/close", "period=--all&reason=x", nil, 404},
		{"an act on a file that nobody sent", "POST", "/act/accept", "sha=" + strings.Repeat("0", 64) + "&folder=Huy%E1%BB%87n+An&reason=x", nil, 404},
		{"an act on a file in another's folder", "POST", "/act/accept", "sha=" + s.sha[0] + "&folder=B&reason=x", nil, 404},
		{"an act on an attachment", "POST", "/act/withdraw", "sha=" + s.sha[2] + "0&folder=Huy%E1%BB%87n+An&reason=x", nil, 404},
		{"an exemption that nobody needs", "POST", "/act/exempt", "unit=P&form=HD&period=2026-Q1&reason=x", nil, 404},
		{"no reason", "POST", "/act/withdraw", "sha=" + s.sha[2] + "&folder=Huy%E1%BB%87n+An&reason=%20%00", nil, 422},
		{"a large form", "POST", "/act/close", "period=2026-Q1&reason=" + strings.Repeat("x", 1<<20), nil, 413},
		{"a large upload", "POST", "/upload", large, []func(*http.Request){header("Content-Type", kind)}, 413},
		{"a large upload of untold size", "POST", "/upload", large, []func(*http.Request){header("Content-Type", kind), func(r *http.Request) { r.ContentLength = -1 }}, 413},
		{"an upload that is none", "POST", "/upload", "unit=A", nil, 400},
		{"no such job", "GET", "/jobs/000099", "", nil, 404},
		{"no such job to cancel", "POST", "/jobs/..%2f1/cancel", "", nil, 404},
		{"no such job to follow", "GET", "/jobs/000099/events", "", nil, 404},
		{"an original that nobody sent", "GET", "/original/" + strings.Repeat("0", 64), "", nil, 404},
		{"the feedback's folder", "GET", "/feedback/A/", "", nil, 404},
		{"no answer", "GET", "/feedback/A/a.xlsx", "", nil, 404},
		{"an issue that is none", "GET", "/out/2026-Q1@3/index.html", "", nil, 404},
		{"an issue by another number", "GET", "/out/2026-Q1@02/index.html", "", nil, 404},
		{"a file that the issue has not", "GET", "/out/2026-Q1@2/manifest.json", "", nil, 404},
	}
	for _, tt := range tests {
		w := s.do(tt.method, tt.target, tt.body, tt.change...)
		if w.status != tt.want {
			t.Errorf("%s: status %d, want %d", tt.name, w.status, tt.want)
		}
		if w.header.Get("X-Frame-Options") != "DENY" || !strings.Contains(w.header.Get("Content-Security-Policy"), "frame-ancestors 'none'") || w.header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: headers %v", tt.name, w.header)
		}
	}
	for _, target := range []string{
		"/feedback/..%2f..%2fstaff.txt", "/feedback/A/..%2f..%2f..%2fstaff.txt", "/feedback/%2e%2e/%2e%2e/staff.txt", "/feedback/..%5c..%5cstaff.txt", "/feedback/A/..%2f..%2f..%2fx.phan-hoi.xlsx",
		"/out/..%2fstaff.txt", "/out/2026-Q1@2/..%2f..%2f..%2fstaff.txt", "/out/2026-Q1@2/data%2f..%2f..%2f..%2f..%2fstaff.txt", "/out/..%2f..%2f/staff.txt",
		"/static/..%2fserve.go", "/static/..%2f..%2fstaff.txt", "/original/..%2f..%2f..%2fstaff.txt?folder=Huy%E1%BB%87n+An", "/submission/..%2f..%2fstaff.txt?folder=Huy%E1%BB%87n+An", "/%2e%2e/staff.txt", "//staff.txt",
	} {
		if w := s.get(target); w.status == 200 || strings.Contains(w.body, "argon2id") {
			t.Errorf("%s: status %d", target, w.status)
		}
	}
	if jobs := s.runner.Jobs(); len(jobs) > 0 {
		t.Errorf("jobs were started: %v", jobs)
	}
}

func TestSignIn(t *testing.T) {
	t.Parallel()
	s := newSite(t, "session = \"2h\"\n")
	try := func(name, password, next string) answer {
		return s.do(http.MethodPost, "/sign-in", url.Values{"name": {name}, "password": {password}, "next": {next}}.Encode())
	}
	for _, tt := range []struct{ next, want string }{
		{"/status?year=2026", "/status?year=2026"}, {"//evil.example", "/"}, {"https://evil.example", "/"}, {`/\evil.example`, "/"}, {"javascript:alert(1)", "/"}, {"", "/"}, {"/sign-in", "/"},
	} {
		if w := try(lan, password, tt.next); w.status != http.StatusSeeOther || w.header.Get("Location") != tt.want {
			t.Errorf("next %q leads to %q, status %d", tt.next, w.header.Get("Location"), w.status)
		}
	}
	cookie := s.signIn()
	if !cookie.HttpOnly || cookie.SameSite != http.SameSiteStrictMode || cookie.Path != "/" || cookie.Domain != "" || cookie.MaxAge > 0 {
		t.Errorf("cookie %v", cookie)
	}
	if w := s.get("/jobs"); w.status != 200 || !strings.Contains(w.body, lan) {
		t.Errorf("signed in: status %d", w.status)
	}
	s.now = s.now.Add(61 * time.Minute) // nobody used it
	if w := s.get("/jobs"); w.status != 303 {
		t.Errorf("an idle session: status %d", w.status)
	}
	s.signIn()
	s.do(http.MethodPost, "/sign-out", "")
	if w := s.get("/jobs"); w.status != 303 {
		t.Errorf("after signing out: status %d", w.status)
	}
	s.signIn()
	s.write("staff.txt", "# Lan left\n")
	if w := s.get("/jobs"); w.status != 303 {
		t.Errorf("of one who left: status %d", w.status)
	}
	s.client.Transport = nil
	for i := range 6 {
		w := try("Minh", "sai mật khẩu", "/")
		if w.status != http.StatusUnauthorized && i < 5 || strings.Contains(w.body, "sai mật khẩu") {
			t.Errorf("wrong try %d: status %d", i, w.status)
		}
	}
	if w := try("Minh", "sai mật khẩu", "/"); w.status != http.StatusTooManyRequests || w.header.Get("Retry-After") == "" {
		t.Errorf("after many wrong tries: status %d, wait %q", w.status, w.header.Get("Retry-After"))
	}
	if w := try(lan, password, "/"); w.status != http.StatusTooManyRequests {
		t.Errorf("from that address with another name: status %d", w.status)
	}
}

// Behind HTTPS the cookie says so, and the form must come from there.
func TestHTTPS(t *testing.T) {
	t.Parallel()
	s := newSite(t, "https = true\nhosts = [\"tonghop.example\"]\n")
	s.address = strings.Replace(s.address, "127.0.0.1", "localhost", 1)
	from := func(origin string) answer {
		return s.do(http.MethodPost, "/sign-in", url.Values{"name": {lan}, "password": {password}}.Encode(), func(r *http.Request) {
			r.Host = "tonghop.example"
			r.Header.Set("Origin", origin)
			r.Header.Set("Sec-Fetch-Site", "same-origin")
		})
	}
	w := from("https://tonghop.example")
	if cookie := w.header.Get("Set-Cookie"); w.status != 303 || !strings.HasPrefix(cookie, "__Host-tonghop=") || !strings.Contains(cookie, "; Secure") {
		t.Errorf("status %d, cookie %q", w.status, cookie)
	}
	if w.header.Get("Strict-Transport-Security") == "" {
		t.Error("browsers are not told to stay with HTTPS")
	}
	if w := from("http://tonghop.example"); w.status != 403 {
		t.Errorf("from plain HTTP: status %d", w.status)
	}
}
