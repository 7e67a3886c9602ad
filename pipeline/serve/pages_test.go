package serve_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"html"
	"mime"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tonghop/pipeline"
	"tonghop/pipeline/lock"
	"tonghop/pipeline/logbook"
	"tonghop/pipeline/serve"
	"tonghop/pipeline/serve/work"
)

// unworded is the key of a text that nobody wrote.
var unworded = regexp.MustCompile(`\b(web|cli|page|feedback|reminder)\.[a-z_]+\.?[a-z_]*\b`)

// Each page says what is published, and names that would like to be code are text.
func TestPages(t *testing.T) {
	t.Parallel()
	s := newSite(t, "")
	s.signIn()
	for _, tt := range []struct {
		name, target string
		want         []string
	}{
		{"home", "/", []string{"Không có việc nào đang chạy", "Quý I năm 2026", "Lần phát hành 2", `href="/out/2026-Q1@2/index.html"`, "2 tệp đang giữ lại", "1 đơn vị còn báo cáo quá hạn", "Chốt kỳ"}},
		{"board", "/status", []string{"Phải nộp 3 báo cáo: 1 đúng hạn, 1 quá hạn chưa nộp, 1 chưa đến hạn.", "hạn 15/04/2026", `class="report on_time"`, `class="report missing"`, "Lời nhắc cho 1 đơn vị",
			"Kính gửi Công đoàn huyện Bình. Tính đến ngày 20/04/2026", "- Biểu HD, quý I năm 2026: hạn nộp 15/04/2026, đã quá hạn 5 ngày.", "2 tệp đang giữ lại", "để ngoài các thư mục đơn vị", "1 tệp kèm theo"}},
		{"units", "/units", []string{"Công đoàn huyện Bình", "Phải nộp 2 báo cáo: 1 quá hạn chưa nộp, 1 chưa đến hạn."}},
		{"unit", "/unit/A", []string{"Kết quả qua các kỳ", "/trace?figure=ytd&amp;indicator=LOP&amp;period=2026-Q1&amp;unit=A", "Các tệp đã gửi", "trả lại, đã có bản sửa"}},
		{"unit that owes", "/unit/B", []string{"Lời nhắc", "/act/exempt?form=HD&amp;period=2026-Q1&amp;unit=B"}},
		{"submission that counts", "/submission/" + s.sha[2] + "?folder=Huy%E1%BB%87n+An", []string{"đủ điều kiện tổng hợp", "1 số khác với bản được tính trước đó", `<tr class="changed">`, "/act/withdraw?", "/feedback/Huy%E1%BB%87n%20An/qu%C3%BD%201/", "Nộp thay đơn vị"}},
		{"submission that was returned", "/submission/" + s.sha[0] + "?folder=Huy%E1%BB%87n+An", []string{"1 điều cần lưu ý", "chưa được tính vào kỳ nào", "/act/accept?"}},
		{"trace", "/trace?period=2026-Q1&unit=P&indicator=LOP", []string{`<p class="big">2`, "D6", "/submission/" + s.sha[2], "Lần phát hành 2"}},
		{"trace to choose from", "/trace", []string{"<select", "Công đoàn huyện Bình"}},
		{"journal", "/journal", []string{"Nộp thay đơn vị"}},
		{"what closing will do", "/act/close?period=2026-Q1", []string{"Chốt quý I năm 2026", "Phải nộp 2 báo cáo", "Ghi sổ với tên " + lan}},
		{"what withdrawing will do", "/act/withdraw?sha=" + s.sha[2] + "&folder=Huy%E1%BB%87n+An", []string{"Bản được tính thay:"}},
		{"upload", "/upload?unit=B", []string{`<option value="B" selected>`, "tối đa 1 MiB"}},
	} {
		w := s.get(tt.target)
		if w.status != 200 {
			t.Errorf("%s: status %d", tt.name, w.status)
		}
		for _, want := range tt.want {
			if !strings.Contains(w.body, want) {
				t.Errorf("%s does not say %q:\n%s", tt.name, want, w.body)
			}
		}
		if strings.Contains(w.body, payload) || strings.Contains(w.body, "<img src=x") || strings.Contains(w.body, " style=") || strings.Contains(w.body, "<script>") || unworded.MatchString(w.body) {
			t.Errorf("%s lets text through as code, or keys of texts:\n%s", tt.name, w.body)
		}
	}
	for _, target := range []string{"/trace?period=2099&unit=P&indicator=LOP", "/trace?period=2026-Q1&unit=X&indicator=LOP", "/unit/X", "/submission/" + s.sha[2] + "?folder=B"} {
		if w := s.get(target); w.status != 404 {
			t.Errorf("%s: status %d", target, w.status)
		}
	}
}

// The newest period that is over stands first; one that runs says so.
func TestHomeOrder(t *testing.T) {
	t.Parallel()
	s := newSite(t, "")
	s.signIn()
	s.issueOf("2026-H1", "2026-05-31", 1, s.dataset(1, 1))
	body := s.get("/").body
	over, running := strings.Index(body, "Quý I năm 2026"), strings.Index(body, "6 tháng đầu năm 2026")
	if over < 0 || running < over || strings.Count(body, "Đang chạy, chốt số liệu ngày 31/05/2026") != 1 {
		t.Errorf("the quarter stands at %d, the running half-year at %d, in\n%s", over, running, body)
	}
}

// Runs that serve did not start stand among its jobs: who started them, what came of them,
// and that one was killed. Jobs are listed once.
func TestRunsFromElsewhere(t *testing.T) {
	t.Parallel()
	s := newSite(t, "")
	s.signIn()
	book := logbook.Book{Dir: s.path(".tonghop")}
	held, err := lock.Acquire(t.Context(), book.Dir, "run", func(lock.Holder) {})
	must(t, err)
	for _, e := range []logbook.Entry{
		{Command: "run --all " + payload, By: "lan", State: logbook.Done, Outcome: &logbook.Outcome{Accepted: 3, Published: []string{"2026-Q1"}}},
		{Command: "run", By: "cron", State: logbook.Failed, Fault: "hết chỗ trên đĩa"},
		{Command: "run --idle", By: "cron", State: logbook.Done, Outcome: &logbook.Outcome{}},
		{Command: "run --job", Job: true, State: logbook.Failed},
		{Command: "backup /mnt", By: "lan", State: logbook.Running},
	} {
		begun, _, err := book.Begin(e)
		must(t, err)
		if begun.State = e.State; e.State != logbook.Running {
			must(t, book.End(begun))
		}
	}
	want := func(target string, texts ...string) {
		t.Helper()
		w := s.get(target)
		for _, text := range texts {
			text, forbidden := strings.CutPrefix(text, "!")
			if w.status != http.StatusOK || strings.Contains(w.body, text) == forbidden {
				t.Errorf("%s: %q is there %t:\n%s", target, text, !forbidden, w.body)
			}
		}
	}
	want("/jobs", "lan, từ dòng lệnh", "đủ điều kiện 3, phát hành 1 kỳ", "không thành công: hết chỗ trên đĩa", "đang chạy", "!--idle", "!--job", "!bị ngắt", "!"+payload)
	want("/jobs?all=1", "tonghop run --idle")
	want("/", "tonghop backup /mnt", "đang chạy")
	must(t, held.Release()) // as a kill does
	want("/jobs", "tonghop backup /mnt", "bị ngắt giữa chừng", "!đang chạy")
	want("/", "bị ngắt giữa chừng")
}

// What units owe is told before anything is published for it, and a file can be brought for
// a unit that no issue knows.
func TestBeforeTheFirstReport(t *testing.T) {
	t.Parallel()
	cat := &pipeline.Catalogue{
		Units:    []pipeline.Unit{{Code: "C", Name: "Công đoàn huyện Cần", Kind: "district", Folder: "C"}, {Code: "X", Name: "Đã giải thể", Valid: pipeline.Window{End: pipeline.Day(2020, time.May, 1)}}},
		Forms:    []pipeline.Form{{Code: "TH", Frequency: pipeline.Monthly, DueDays: 15, UnitKinds: []string{"district"}}},
		Calendar: pipeline.Calendar{StartMonth: time.January, StartDay: 1},
	}
	s := newSite(t, "", func(o *serve.Options) { o.Catalogue = func() *pipeline.Catalogue { return cat } })
	s.signIn()
	if body := s.get("/status").body; !strings.Contains(body, "Kính gửi Công đoàn huyện Cần") || !strings.Contains(body, "Biểu TH, tháng 3 năm 2026: hạn nộp 15/04/2026, đã quá hạn 5 ngày") {
		t.Errorf("the board:\n%s", body)
	}
	if body := s.get("/upload").body; !strings.Contains(body, `<option value="C">`) || strings.Contains(body, `<option value="X">`) {
		t.Errorf("whom a file can be brought for:\n%s", body)
	}
}

// Downloads are the bytes that are kept, under the name that the unit gave, and nothing that
// a browser would open.
func TestDownloads(t *testing.T) {
	t.Parallel()
	s := newSite(t, "")
	s.signIn()
	for _, tt := range []struct{ name, target, want, called string }{
		{"original", "/original/" + s.sha[1] + "?folder=Huy%E1%BB%87n+An", "tệp 1 của A", `__<img src=x onerror=alert(1)_'`},
		{"feedback", "/feedback/" + url.PathEscape("Huyện An") + "/" + url.PathEscape("quý 1") + "/" + url.PathEscape(hostName+".phan-hoi.xlsx"), "phiếu", `__<img src=x onerror=alert(1)_'.phan-hoi.xlsx`},
		{"summary", "/out/2026-Q1@1/summary.xlsx", "summary 1", "2026-Q1-1-summary.xlsx"},
	} {
		w := s.get(tt.target)
		_, parameters, err := mime.ParseMediaType(w.header.Get("Content-Disposition"))
		if w.status != 200 || w.body != tt.want || err != nil || !strings.HasPrefix(w.header.Get("Content-Disposition"), "attachment") {
			t.Errorf("%s: status %d, %q, %v", tt.name, w.status, w.body, err)
		}
		if got := parameters["filename"]; strings.ReplaceAll(got, "<", "_") != strings.ReplaceAll(tt.called, "<", "_") || strings.ContainsAny(got, `<>"/\`) {
			t.Errorf("%s is called %q, want %q", tt.name, got, tt.called)
		}
		if kind := w.header.Get("Content-Type"); strings.Contains(kind, "html") || !strings.Contains(w.header.Get("Content-Security-Policy"), "sandbox") {
			t.Errorf("%s: %v", tt.name, w.header)
		}
	}
	for target, want := range map[string]string{
		"/out/2026-Q1": "/out/2026-Q1@2/index.html", "/out/2026-Q1/": "/out/2026-Q1@2/index.html",
		"/out/2026-Q1/index.html": "/out/2026-Q1@2/index.html", "/out/2026-Q1/data/facts.csv": "/out/2026-Q1@2/data/facts.csv",
	} {
		if w := s.get(target); w.status != http.StatusFound || w.header.Get("Location") != want {
			t.Errorf("%s: status %d to %s, want %s", target, w.status, w.header.Get("Location"), want)
		}
	}
	if w := s.get("/out/2026-Q1@1/index.html"); !strings.Contains(w.body, "issue 1") || w.header.Get("Content-Type") != "text/html; charset=utf-8" {
		t.Errorf("an earlier issue: %v", w)
	}
	for _, page := range []string{"/out/2026-Q1@1/index.html", "/out/"} { // be it another than was published
		if got := s.get(page).header.Get("Content-Security-Policy"); !strings.Contains(got, "connect-src 'none'") || !strings.Contains(got, "form-action 'none'") {
			t.Errorf("%s may ask these pages: %s", page, got)
		}
	}
}

// Whatever staff do is a command of this program with their name and reason, each joined to
// its flag.
func TestActs(t *testing.T) {
	t.Parallel()
	s := newSite(t, "")
	s.signIn()
	who := []string{"--by=" + lan, "--reason=--all vì thế"}
	for _, tt := range []struct {
		kind, form string
		want       []string
	}{
		{"run", "", []string{"run"}},
		{"close", "period=2026-Q1", append([]string{"close", "2026-Q1"}, who...)},
		{"reopen", "period=2026-Q1", append([]string{"reopen", "2026-Q1"}, who...)},
		{"accept", "sha=" + s.sha[0] + "&folder=Huy%E1%BB%87n+An", append([]string{"accept", s.sha[0], "--unit=Huyện An"}, who...)},
		{"withdraw", "sha=" + s.sha[2] + "&folder=Huy%E1%BB%87n+An", append([]string{"withdraw", s.sha[2], "--unit=Huyện An"}, who...)},
		{"exempt", "unit=B&form=HD&period=2026-Q1", append([]string{"exempt", "--unit=B", "--form=HD", "--period=2026-Q1"}, who...)},
		{"lift", "unit=B&form=HD&period=2026-Q1", append([]string{"exempt", "--unit=B", "--form=HD", "--period=2026-Q1", "--lift"}, who...)},
	} {
		w := s.do(http.MethodPost, "/act/"+tt.kind, tt.form+"&reason="+url.QueryEscape("--all\n vì thế\x00"))
		id, ok := strings.CutPrefix(w.header.Get("Location"), "/jobs/")
		if w.status != http.StatusSeeOther || !ok {
			t.Errorf("%s: status %d, to %q: %s", tt.kind, w.status, w.header.Get("Location"), w.body)
			continue
		}
		j, err := s.runner.Wait(t.Context(), id)
		must(t, err)
		if diff := cmp.Diff(tt.want, j.Args); diff != "" || j.By != lan || j.Reason != "--all vì thế" || j.State != work.Done {
			t.Errorf("%s by %q for %q is %s, arguments mismatch (-want +got):\n%s", tt.kind, j.By, j.Reason, j.State, diff)
		}
		if w := s.get("/jobs/" + id); !strings.Contains(w.body, "&lt;b&gt;xong&lt;/b&gt;") || !strings.Contains(w.body, html.EscapeString(j.Title)) {
			t.Errorf("%s: page of the job:\n%s", tt.kind, w.body)
		}
	}
	if w := s.get("/jobs"); strings.Count(w.body, `href="/jobs/0`) != 7 {
		t.Errorf("the list of jobs:\n%s", w.body)
	}
}

func TestUpload(t *testing.T) {
	t.Parallel()
	s := newSite(t, "")
	s.signIn()
	send := func(fields map[string]string, name, data string) answer {
		body, kind := form(t, fields, name, []byte(data))
		return s.do(http.MethodPost, "/upload", body, func(r *http.Request) { r.Header.Set("Content-Type", kind) })
	}
	good := map[string]string{"unit": "B", "reason": "gửi qua thư"}
	for _, tt := range []struct {
		name, fault string
		fields      map[string]string
		file, data  string
	}{
		{"no unit", "Chọn đơn vị.", map[string]string{"reason": "x"}, "a.xlsx", "x"},
		{"unknown unit", "Chọn đơn vị.", map[string]string{"unit": "--all", "reason": "x"}, "a.xlsx", "x"},
		{"no reason", "Cần ghi lý do.", map[string]string{"unit": "B"}, "a.xlsx", "x"},
		{"no file", "Chọn một tệp có nội dung.", good, "", ""},
		{"an empty file", "Chọn một tệp có nội dung.", good, "a.xlsx", ""},
	} {
		if w := send(tt.fields, tt.file, tt.data); w.status != http.StatusUnprocessableEntity || !strings.Contains(w.body, tt.fault) {
			t.Errorf("%s: status %d\n%s", tt.name, w.status, w.body)
		}
	}
	if left, err := os.ReadDir(s.path(".tonghop/upload")); err == nil && len(left) > 0 {
		t.Errorf("what was refused lies in %v", left)
	}
	w := send(good, `..\..\Báo cáo <1>.xlsx`, "nội dung")
	j, err := s.runner.Wait(t.Context(), strings.TrimPrefix(w.header.Get("Location"), "/jobs/"))
	must(t, err)
	path := j.Args[1]
	if diff := cmp.Diff([]string{"upload", path, "--staged", "--unit=B", "--by=" + lan, "--reason=gửi qua thư"}, j.Args); diff != "" {
		t.Errorf("arguments mismatch (-want +got):\n%s", diff)
	}
	below, err := filepath.Rel(s.path(".tonghop/upload"), path)
	data, fault := os.ReadFile(path)
	if err != nil || !filepath.IsLocal(below) || filepath.Base(path) != "Báo cáo _1_.xlsx" || fault != nil || string(data) != "nội dung" {
		t.Errorf("the file lies at %q and holds %q (%v)", path, data, fault)
	}
}

// Uploads that a job still waits for stay, however long serve was away; others go.
func TestStaged(t *testing.T) {
	t.Parallel()
	s := newSite(t, "")
	s.signIn()
	running, err := s.runner.Start(work.Request{Args: []string{"run", "--period=2026-Q1"}})
	must(t, err)
	body, kind := form(t, map[string]string{"unit": "B", "reason": "gửi qua thư"}, "a.xlsx", []byte("nội dung"))
	w := s.do(http.MethodPost, "/upload", body, func(r *http.Request) { r.Header.Set("Content-Type", kind) })
	j, err := s.runner.Job(strings.TrimPrefix(w.header.Get("Location"), "/jobs/"))
	must(t, err)
	s.write(".tonghop/upload/OLD/b.xlsx", "của việc đã hỏng")
	s.write(".tonghop/upload/NEW/c.xlsx", "đang nhận")
	old := time.Now().Add(-10 * 24 * time.Hour)
	for _, dir := range []string{filepath.Dir(j.Args[1]), s.path(".tonghop/upload/OLD")} {
		must(t, os.Chtimes(dir, old, old))
	}
	_, err = serve.New(s.server.Options)
	must(t, err)
	for path, want := range map[string]bool{j.Args[1]: true, s.path(".tonghop/upload/OLD"): false, s.path(".tonghop/upload/NEW/c.xlsx"): true} {
		if _, err := os.Stat(path); (err == nil) != want {
			t.Errorf("%s is there: %t, want %t", path, err == nil, want)
		}
	}
	must(t, s.runner.Cancel(running.ID))
}

// A page that follows a job is told what is new, also after it was cut off, and that the job
// is over; the job can be ended.
func TestFollow(t *testing.T) {
	t.Parallel()
	s := newSite(t, "")
	s.signIn()
	id := strings.TrimPrefix(s.do(http.MethodPost, "/act/run", "period=2026-Q1").header.Get("Location"), "/jobs/")
	follow := func(last string) (next func() map[string]any) {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.address+"/jobs/"+id+"/events", nil)
		must(t, err)
		r.Header.Set("Last-Event-ID", last)
		w, err := s.client.Do(r)
		must(t, err)
		t.Cleanup(func() { _ = w.Body.Close() })
		if kind := w.Header.Get("Content-Type"); kind != "text/event-stream" {
			t.Fatalf("type %q", kind)
		}
		lines := bufio.NewScanner(w.Body)
		return func() (event map[string]any) {
			for lines.Scan() {
				if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
					must(t, json.Unmarshal([]byte(data), &event))
					return event
				}
			}
			return nil
		}
	}
	texts := func(event map[string]any) (all []string) {
		for _, line := range event["lines"].([]any) {
			all = append(all, line.(map[string]any)["text"].(string))
		}
		return all
	}
	next, seen := follow(""), []string{}
	for len(seen) < 3 {
		seen = append(seen, texts(next())...)
	}
	if diff := cmp.Diff([]string{"run --period=2026-Q1", "<b>xong</b>", "đợi"}, seen); diff != "" {
		t.Errorf("lines mismatch (-want +got):\n%s", diff)
	}
	if event := follow("2")(); !cmp.Equal(texts(event), []string{"đợi"}) || event["class"] != "running" || event["over"] != false {
		t.Errorf("after it was cut off: %v", event)
	}
	if w := s.get("/jobs/" + id); !strings.Contains(w.body, `data-follow="/jobs/`+id+`/events"`) || !strings.Contains(w.body, `<noscript><meta http-equiv="refresh" content="5">`) {
		t.Errorf("page of a job that runs:\n%s", w.body)
	}
	if w := s.do(http.MethodPost, "/jobs/"+id+"/cancel", ""); w.status != http.StatusSeeOther {
		t.Errorf("cancel: status %d", w.status)
	}
	var last map[string]any
	for event := next(); event != nil; event = next() {
		last = event
	}
	if last["over"] != true || last["class"] != "cancelled" {
		t.Errorf("at the end: %v", last)
	}
}

// Fifty readers and a run at once: whatever a reader has begun with, each answer is of one
// issue, and so are the files that it leads to.
func TestNobodySeesAMixture(t *testing.T) {
	t.Parallel()
	s := newSite(t, "")
	s.signIn()
	ctx, stop := context.WithCancel(t.Context())
	answered := make(chan struct{}, 1000)
	var readers sync.WaitGroup
	for range 50 {
		readers.Go(func() {
			for ctx.Err() == nil && !t.Failed() {
				s.readOnce(t)
				select {
				case answered <- struct{}{}:
				default: // enough have
				}
			}
		})
	}
	gone := make(chan struct{}) // the readers are, at the end or once one has failed
	go func() {
		readers.Wait()
		close(gone)
	}()
	for n := 3; n <= 9; n++ {
		s.issue(n, s.dataset(int64(n), 2))
		for len(answered) > 0 { // while it was published
			<-answered
		}
		for range 10 {
			select {
			case <-answered:
			case <-gone:
			}
		}
	}
	stop()
	<-gone
}

// readOnce follows the period to its page and a file beside it, and traces a figure.
func (s *site) readOnce(t *testing.T) {
	page := s.get("/out/2026-Q1/").header.Get("Location")
	folder := strings.TrimSuffix(page, "index.html")
	var n int
	if _, err := fmt.Sscanf(folder, "/out/2026-Q1@%d/", &n); err != nil {
		t.Errorf("led to %q", page)
		return
	}
	if body := s.get(page).body; !strings.Contains(body, fmt.Sprintf("issue %d<", n)) {
		t.Errorf("%s says %q", page, body)
	}
	if body := s.get(folder + "summary.xlsx").body; body != fmt.Sprintf("summary %d", n) {
		t.Errorf("beside issue %d lies %q", n, body)
	}
	if body := s.get(folder + "data/achievement.csv").body; strings.Count(body, fmt.Sprintf("LOP,%d,%d,100", n, n)) != 2 {
		t.Errorf("the table of issue %d is\n%s", n, body)
	}
	body := s.get("/trace?period=2026-Q1&unit=P&indicator=LOP").body
	_, after, _ := strings.Cut(body, "Lần phát hành ")
	if _, err := fmt.Sscanf(after, "%d", &n); err != nil || strings.Count(body, fmt.Sprintf(`data-label="Giá trị">%d<`, n)) != 1 || !strings.Contains(body, fmt.Sprintf(`<p class="big">%d `, n)) {
		t.Errorf("traced in issue %d:\n%s", n, body)
	}
}
