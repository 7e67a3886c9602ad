package access

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/unicode/norm"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func hashed(t *testing.T, password string) string {
	t.Helper()
	h, err := Hash(password)
	must(t, err)
	return h
}

func TestStaff(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "staff")
	write := func(text string) { t.Helper(); must(t, os.WriteFile(path, []byte(text), 0o600)) }
	write("\ufeff# cán bộ\n\nNguyễn Thị Lan: " + hashed(t, "mật khẩu của Lan") + "\n")
	s, err := Open(path, "Minh:"+hashed(t, "mật khẩu của Minh"))
	must(t, err)
	for _, tt := range []struct{ name, user, password, want string }{
		{"of the file", "Nguyễn Thị Lan", "mật khẩu của Lan", "Nguyễn Thị Lan"},
		{"in a hurry, decomposed", " nguyễn  thị lan ", "mật khẩu của Lan", "Nguyễn Thị Lan"},
		{"of the environment", "minh", "mật khẩu của Minh", "Minh"},
		{"a password of another keyboard", "minh", norm.NFD.String("mật khẩu của Minh"), "Minh"},
		{"another's password", "Minh", "mật khẩu của Lan", ""},
		{"nobody", "Hoa", "mật khẩu của Lan", ""},
		{"nothing", "", "", ""},
	} {
		known, mark, err := s.Check(tt.user, tt.password)
		if known != tt.want || (tt.want == "") != errors.Is(err, ErrRefused) || (tt.want != "") != s.Stands(known, mark) {
			t.Errorf("%s: %q, %v, want %q", tt.name, known, err, tt.want)
		}
	}
	_, mark, err := s.Check("Nguyễn Thị Lan", "mật khẩu của Lan")
	must(t, err)
	write("Nguyễn Thị Lan:" + hashed(t, "mật khẩu mới của Lan") + "\nHoa:" + hashed(t, "mật khẩu của Hoa"))
	if s.Stands("Nguyễn Thị Lan", mark) {
		t.Error("who has another password now is still signed in")
	}
	if _, _, err := s.Check("Hoa", "mật khẩu của Hoa"); err != nil {
		t.Errorf("a new colleague: %v", err)
	}
	if known, other := s.Known(" HOA"), s.Known("mật khẩu của Hoa"); known != "Hoa" || other != "" {
		t.Errorf("known are %q and %q, want Hoa alone", known, other)
	}
	must(t, os.Remove(path))
	if _, _, err := s.Check("Hoa", "mật khẩu của Hoa"); err != nil || s.Fault() == nil {
		t.Errorf("without the file: %v, fault %v", err, s.Fault())
	}
}

func TestFaultyStaff(t *testing.T) {
	t.Parallel()
	good := hashed(t, "mật khẩu dài")
	for _, tt := range []struct{ name, lines, want string }{
		{"a password in the clear", "Lan:mật khẩu dài", "line 1"},
		{"no name", "# x\n:" + good, "line 2"},
		{"no hash", "Lan", "line 1"},
		{"twice", "Lan:" + good + "\nLAN:" + good, "line 2: the name stands twice"},
		{"another scheme", "Lan:$2a$10$abcdefghijklmnopqrstuv", "line 1"},
		{"too dear", "Lan:" + strings.Replace(good, "m=19456", "m=99999999", 1), "out of bounds"},
		{"cut off", "Lan:" + good[:len(good)-30], "key can't be read"},
	} {
		_, err := Open("", tt.lines)
		if err == nil || !strings.Contains(err.Error(), tt.want) || strings.Contains(err.Error(), "mật khẩu") {
			t.Errorf("%s: error %v, want one that says %q and nothing secret", tt.name, err, tt.want)
		}
	}
	if _, err := Open(filepath.Join(t.TempDir(), "none"), ""); err == nil {
		t.Error("a file that is not there passes")
	}
	if s, err := Open("", ""); err != nil || !s.Empty() {
		t.Errorf("without staff: %v", err)
	}
	if _, err := Hash("ngắn"); !errors.Is(err, ErrShort) {
		t.Errorf("a short password: %v", err)
	}
}

func TestSessions(t *testing.T) {
	t.Parallel()
	const longest = 10 * time.Hour
	s := NewSessions(longest)
	start := time.Date(2026, 4, 10, 8, 0, 0, 0, time.UTC)
	id, other := s.Open("Lan", "m", start), s.Open("Minh", "n", start)
	if id == other || len(id) < 40 {
		t.Errorf("ids %q and %q", id, other)
	}
	if _, _, ok := s.Get(other, start.Add(idleTime+time.Second)); ok {
		t.Error("a session that nobody used lasts")
	}
	at := start
	for range 14 {
		at = at.Add(50 * time.Minute)
		name, mark, ok := s.Get(id, at)
		if over := at.Sub(start) > longest; ok == over || ok && (name != "Lan" || mark != "m") {
			t.Fatalf("after %s: %q, %t", at.Sub(start), name, ok)
		}
	}
	id = s.Open("Lan", "m", at)
	for _, after := range []time.Duration{50 * time.Minute, 70 * time.Minute} { // to look on is no use of it
		if _, _, ok := s.Look(id, at.Add(after)); ok != (after < idleTime) {
			t.Errorf("looked at after %s: %t", after, ok)
		}
	}
	id = s.Open("Lan", "m", at)
	s.Close(id)
	if _, _, ok := s.Get(id, at); ok {
		t.Error("a closed session lasts")
	}
	first := s.Open("Lan", "m", at)
	for range maxSessions {
		s.Open("Minh", "n", at.Add(time.Second))
	}
	if _, _, ok := s.Get(first, at); ok || len(s.all) > maxSessions {
		t.Errorf("%d sessions are kept, the oldest: %t", len(s.all), ok)
	}
}

func TestLimiter(t *testing.T) {
	t.Parallel()
	l := NewLimiter()
	now := time.Date(2026, 4, 10, 8, 0, 0, 0, time.UTC)
	for i := range freeTries + 1 {
		if wait := l.Try("10.0.0.1", "Lan", now); wait > 0 && i < freeTries {
			t.Fatalf("try %d waits %s", i, wait)
		}
	}
	for _, tt := range []struct {
		name, address, user string
		after               time.Duration
		waits               bool
	}{
		{"the same", "10.0.0.1", "Lan", 0, true},
		{"the name from elsewhere, written otherwise", "10.0.0.2", " LAN", 0, true},
		{"another name from there", "10.0.0.1", "Minh", 0, true},
		{"somebody else", "10.0.0.3", "Hoa", 0, false},
		{"later", "10.0.0.1", "Lan", 2 * time.Second, false},
		{"and again", "10.0.0.1", "Lan", 3 * time.Second, true},
		{"forgotten", "10.0.0.1", "Lan", 3*time.Second + forgetAfter, false},
	} {
		if wait := l.Try(tt.address, tt.user, now.Add(tt.after)); (wait > 0) != tt.waits {
			t.Errorf("%s: waits %s", tt.name, wait)
		}
	}
	for i := range freeTries + 1 { // a machine with many addresses
		wait := l.Try(fmt.Sprintf("2001:db8::%x", i), fmt.Sprint("name ", i), now)
		if wait > 0 && i < freeTries {
			t.Fatalf("try %d over IPv6 waits %s", i, wait)
		}
	}
	if l.Try("2001:db8::ffff", "Mai", now) == 0 || l.Try("2001:db8:1::1", "Mai", now) > 0 || l.Try("2001:db8:1::1", "Mai", now.Add(-time.Microsecond)) > 0 {
		t.Error("IPv6: want tries counted by network, and none to wait that are free")
	}
	for range 3 * freeTries { // success is forgiven
		if wait := l.Try("10.0.0.9", "Hoa", now); wait > 0 {
			t.Fatalf("who signs in rightly waits %s", wait)
		}
		l.Forgive("10.0.0.9", "Hoa")
	}
	for range maxTallies {
		l.Try("10.0.0.9", "Hoa", now.Add(time.Hour))
		l.all[time.Duration(len(l.all)).String()] = tally{9, now.Add(time.Hour)}
	}
	l.Try("x", "y", now.Add(time.Hour))
	if len(l.all) > maxTallies {
		t.Errorf("%d tallies are kept", len(l.all))
	}
}

func TestGuard(t *testing.T) {
	t.Parallel()
	refuse := func(w http.ResponseWriter, _ *http.Request, status int) { w.WriteHeader(status) }
	reached := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	for _, tt := range []struct {
		name, method, host string
		header             map[string]string
		want               int
	}{
		{"a page", "GET", "127.0.0.1:8080", nil, 204},
		{"a page by its name", "GET", "TongHop.example:8080", nil, 204},
		{"over IPv6", "GET", "[::1]:8080", nil, 204},
		{"another's name that leads here", "GET", "evil.example", nil, 421},
		{"a name that begins like ours", "GET", "tonghop.example.evil.example", nil, 421},
		{"no name", "GET", "", nil, 421},
		{"a port without a name", "GET", ":8080", nil, 421},
		{"a form of ours", "POST", "localhost:8080", map[string]string{"Origin": "http://localhost:8080", "Sec-Fetch-Site": "same-origin"}, 204},
		{"a program", "POST", "localhost:8080", nil, 204},
		{"a form of another site", "POST", "localhost:8080", map[string]string{"Origin": "http://evil.example", "Sec-Fetch-Site": "cross-site"}, 403},
		{"of another site, told by the origin alone", "POST", "localhost:8080", map[string]string{"Origin": "http://evil.example"}, 403},
		{"of a sandbox", "POST", "localhost:8080", map[string]string{"Origin": "null"}, 403},
		{"of another port", "POST", "localhost:8080", map[string]string{"Origin": "http://localhost:9090", "Sec-Fetch-Site": "same-site"}, 403},
		{"of another scheme", "POST", "localhost:8080", map[string]string{"Origin": "https://localhost:8080"}, 403},
	} {
		w := httptest.NewRecorder()
		r := httptest.NewRequest(tt.method, "/", nil)
		r.Host = tt.host
		for name, value := range tt.header {
			r.Header.Set(name, value)
		}
		Guard{Hosts: []string{"", "tonghop.example"}, Refuse: refuse}.Wrap(reached).ServeHTTP(w, r)
		if w.Code != tt.want {
			t.Errorf("%s: status %d, want %d", tt.name, w.Code, tt.want)
		}
		if w.Header().Get("X-Frame-Options") != "DENY" || !strings.Contains(w.Header().Get("Content-Security-Policy"), "frame-ancestors 'none'") {
			t.Errorf("%s: headers %v", tt.name, w.Header())
		}
	}
}
