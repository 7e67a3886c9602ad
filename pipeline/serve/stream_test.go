package serve_test

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"testing"
)

// Who signs out while a page follows a job is told nothing more of it.
func TestFollowUntilSignedOut(t *testing.T) {
	t.Parallel()
	s := newSite(t, "")
	s.signIn()
	id := strings.TrimPrefix(s.do(http.MethodPost, "/act/run", "period=2026-Q1").header.Get("Location"), "/jobs/")
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.address+"/jobs/"+id+"/events", nil)
	must(t, err)
	w, err := s.client.Do(r)
	must(t, err)
	lines := bufio.NewScanner(w.Body)
	for lines.Scan() && !strings.Contains(lines.Text(), "đợi") { // it waits to be ended
	}
	s.do(http.MethodPost, "/sign-out", "")
	must(t, s.runner.Cancel(id))
	for lines.Scan() { // until the stream ends
		if strings.HasPrefix(lines.Text(), "data: ") {
			t.Errorf("told after the end of the session: %s", lines.Text())
		}
	}
	must(t, w.Body.Close())
	if w := s.get("/jobs/" + id + "/events"); w.status != http.StatusSeeOther {
		t.Errorf("followed anew: status %d", w.status)
	}
}

// An upload that is too large gets an answer, although the sender listens only when all
// is sent; so does one that does not say how large it is.
func TestLargeUpload(t *testing.T) {
	t.Parallel()
	s := newSite(t, "")
	cookie := s.signIn()
	body, kind := form(t, map[string]string{"unit": "B", "reason": "x"}, "a.xlsx", bytes.Repeat([]byte("x"), 16<<20))
	for name, size := range map[string]int64{"its size told": int64(len(body)), "its size not told": -1} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.address+"/upload", io.NopCloser(strings.NewReader(body)))
		must(t, err)
		r.ContentLength = size
		r.Header.Set("Content-Type", kind)
		r.AddCookie(cookie)
		to, err := net.Dial("tcp", r.URL.Host)
		must(t, err)
		if err := r.Write(to); err != nil { // all of it, before listening
			t.Errorf("%s: %v, want all of it heard", name, err)
			continue
		}
		w, err := http.ReadResponse(bufio.NewReader(to), r)
		if err != nil {
			t.Errorf("%s: %v, want an answer", name, err)
			continue
		}
		text, err := io.ReadAll(w.Body)
		must(t, errors.Join(err, w.Body.Close(), to.Close()))
		if w.StatusCode != http.StatusRequestEntityTooLarge || !strings.Contains(string(text), "1 MiB") {
			t.Errorf("%s: status %d\n%s", name, w.StatusCode, text)
		}
	}
	if left, err := os.ReadDir(s.path(".tonghop/upload")); err == nil && len(left) > 0 {
		t.Errorf("what was refused lies in %v", left)
	}
}
