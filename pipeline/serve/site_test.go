package serve_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"tonghop/pipeline"
	"tonghop/pipeline/config"
	"tonghop/pipeline/intake"
	"tonghop/pipeline/lang"
	"tonghop/pipeline/publish"
	"tonghop/pipeline/serve"
	"tonghop/pipeline/serve/access"
	"tonghop/pipeline/serve/work"
	"tonghop/reports"
)

// TestMain lets the test binary stand in for tonghop: a job says what it was asked for. A
// run of one period goes on until it is asked to end.
func TestMain(m *testing.M) {
	args := os.Getenv("TEST_JOB")
	if args == "" {
		os.Exit(m.Run())
	}
	fmt.Println(args)
	fmt.Println("<b>xong</b>")
	if strings.HasPrefix(args, "run --period=") {
		asked := make(chan os.Signal, 1)
		signal.Notify(asked, syscall.SIGTERM)
		fmt.Println("đợi")
		<-asked
		os.Exit(1)
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

const (
	lan      = "Nguyễn Thị Lan"
	password = "mật khẩu của Lan"
	payload  = `<script>window.pwned=1</script>`
	hostName = `"><img src=x onerror=alert(1)>'` // of a file
)

// A site is a server over a workspace whose outputs are published.
type site struct {
	t       testing.TB
	dir     string
	server  *serve.Server
	address string
	runner  *work.Runner
	client  *http.Client
	sha     [3]string // of the files that A sent: returned, before, counts
	now     time.Time
}

var hashOfLan = func() string {
	h, err := access.Hash(password)
	if err != nil {
		panic(err)
	}
	return h
}()

func newSite(t testing.TB, settings string, change ...func(*serve.Options)) *site {
	t.Helper()
	s := &site{t: t, dir: t.TempDir(), now: time.Date(2026, 4, 20, 8, 0, 0, 0, time.UTC)}
	s.write("staff.txt", lan+":"+hashOfLan+"\n")
	s.write("tonghop.toml", "[serve]\npassword_file = \"staff.txt\"\nupload_mib = 1\n"+settings)
	s.write("inputs/feedback/Huyện An/quý 1/"+hostName+".phan-hoi.xlsx", "phiếu")
	s.publish()
	c, err := config.Load(s.dir, "")
	must(t, err)
	text, err := lang.Load("vi")
	must(t, err)
	log := slog.New(slog.NewTextHandler(io.Discard, nil))
	clock := func() time.Time { return s.now }
	s.runner, err = work.Open(work.Options{
		Dir: filepath.Join(s.dir, ".tonghop", "jobs"), Now: clock, Log: log, Grace: 10 * time.Second,
		Command: func(ctx context.Context, args []string) *exec.Cmd {
			command := exec.CommandContext(ctx, os.Args[0])
			command.Env = append(os.Environ(), "TEST_JOB="+strings.Join(args, " "))
			return command
		},
	})
	must(t, err)
	t.Cleanup(func() {
		over, cancel := context.WithCancel(context.Background())
		cancel()
		s.runner.Stop(over)
	})
	options := serve.Options{Config: c, Language: text, Now: clock, Log: log, Jobs: s.runner, Listen: "127.0.0.1:0"}
	for _, f := range change {
		f(&options)
	}
	s.server, err = serve.New(options)
	must(t, err)
	running := httptest.NewUnstartedServer(nil)
	running.Config = s.server.HTTP()
	running.Start()
	t.Cleanup(running.Close)
	s.address = running.URL
	s.client = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	return s
}

func (s *site) path(name string) string { return filepath.Join(s.dir, filepath.FromSlash(name)) }

func (s *site) write(name, data string) {
	s.t.Helper()
	must(s.t, os.MkdirAll(filepath.Dir(s.path(name)), 0o755))
	must(s.t, os.WriteFile(s.path(name), []byte(data), 0o600))
}

var quarter = pipeline.Period{Kind: pipeline.Quarter, Year: 2026, N: 1}

// publish issues two issues of a quarter: A sent a report that was returned, one that
// counted, and one that counts now; B sent nothing; P owes nothing. Names are hostile.
func (s *site) publish() {
	s.t.Helper()
	archive := intake.Archive{Dir: s.path(".tonghop/archive")}
	for i := range s.sha {
		sha, err := archive.PutBytes([]byte(fmt.Sprintf("tệp %d của A", i)))
		must(s.t, err)
		s.sha[i] = sha
	}
	s.issue(1, s.dataset(1, 1))
	s.issue(2, s.dataset(2, 2))
}

func number(n int64) *decimal.Decimal {
	d := decimal.NewFromInt(n)
	return &d
}

// dataset is what an issue shows, with one figure that is value and the version of the
// report that counts.
func (s *site) dataset(value int64, version int) *reports.Dataset {
	at := time.Date(2026, 4, 10, 1, 0, 0, 0, time.UTC)
	file := "Huyện An/quý 1/" + hostName
	sent := func(i int, status string, errors int) reports.Submission {
		return reports.Submission{Unit: "Huyện An", Owner: "A", Form: "HD", Period: "2026-Q1", File: file, SHA256: s.sha[i], FirstSeen: at.Add(time.Duration(i) * time.Hour), Status: status, Timeliness: "on_time", Errors: errors}
	}
	fact := func(indicator string, value int64) reports.Fact {
		return reports.Fact{Period: "2026-Q1", Unit: "A", Form: "HD", Indicator: indicator, Measure: pipeline.MeasureValue, State: pipeline.StateNumber,
			Value: number(value), Raw: payload, File: file, Sheet: payload, Cell: "D6", SHA256: s.sha[version], Use: "added", YTDUse: "added"}
	}
	d := &reports.Dataset{
		Stamp: reports.Stamp{Period: quarter, AsOf: at},
		Units: []reports.Unit{
			{Code: "P", Name: "Liên đoàn Lao động tỉnh", Kind: "province", Valid: true}, {Code: "A", Name: payload, Kind: "district", Parent: "P", Level: 1, Valid: true},
			{Code: "B", Name: "Công đoàn huyện Bình", Kind: "district", Parent: "P", Level: 1, Valid: true},
		},
		Indicators: []pipeline.Indicator{{Code: "LOP", Name: payload, Measure: "lớp", Kind: pipeline.KindCount, Time: pipeline.Flow}, {Code: "NGUOI", Name: "Số người", Kind: pipeline.KindCount, Time: pipeline.Flow}},
		Facts:      []reports.Fact{fact("LOP", value), fact("NGUOI", 70)},
		Findings:   []reports.Finding{{File: file, SHA256: s.sha[0], Unit: "A", Form: "HD", Period: "2026-Q1", Severity: pipeline.SeverityError, Code: "not_a_number", Sheet: payload, Cell: "D6", Message: payload}},
		Reporting: []reports.Reporting{
			{Period: "2026-Q1", Form: "HD", Unit: "A", Due: pipeline.Day(2026, time.April, 15), State: "on_time", Received: at.Add(time.Hour)},
			{Period: "2026-Q1", Form: "HD", Unit: "B", Due: pipeline.Day(2026, time.April, 15), State: "missing"},
			{Period: "2026-Q2", Form: "HD", Unit: "B", Due: pipeline.Day(2026, time.July, 15), State: "missing"},
		},
		Journal: []pipeline.Act{{Seq: 1, At: at, Kind: pipeline.ActUpload, Unit: "A", SHA256: s.sha[2], By: payload, Reason: payload}},
	}
	d.Submissions = []reports.Submission{
		sent(0, "refused", 1), sent(1, "superseded", 0), sent(2, "accepted", 0),
		{File: "lạc.xlsx", SHA256: s.sha[0], FirstSeen: at, Status: "held"}, {Unit: "Z " + payload, File: "Z " + payload + "/x.xlsx", SHA256: s.sha[1], FirstSeen: at, Status: "held"},
		{Unit: "Huyện An", Owner: "A", File: "Huyện An/ký.pdf", SHA256: s.sha[2] + "0", FirstSeen: at, Status: "attachment"},
	}
	for _, unit := range []string{"P", "A", "B"} {
		a := reports.Achievement{Period: "2026-Q1", Unit: unit, Indicator: "LOP", Status: "not_met", Reported: 1, Due: 2, Target: number(100)}
		if unit != "B" {
			a.Actual, a.YTD = number(value), number(value)
		}
		d.Achievements = append(d.Achievements, a)
	}
	d.Parts = []reports.Part{
		{Period: "2026-Q1", Unit: "P", Indicator: "LOP", Role: "child", PartUnit: "A", PartIndicator: "LOP", Value: number(value), YTD: number(value)},
		{Period: "2026-Q1", Unit: "A", Indicator: "LOP", Role: "own", PartUnit: "A", PartIndicator: "LOP", Value: number(value), YTD: number(value)},
	}
	return d
}

// issue publishes the dataset as the first quarter's, and the ledger.
func (s *site) issue(n int, d *reports.Dataset) {
	s.t.Helper()
	s.issueOf("2026-Q1", "2026-03-31", n, d)
}

// issueOf publishes the dataset as that of a period, and the ledger.
func (s *site) issueOf(period, cutOff string, n int, d *reports.Dataset) {
	s.t.Helper()
	csv := func(prefix string, tables []reports.Table) (all []publish.Output) {
		for _, table := range tables {
			var out bytes.Buffer
			must(s.t, table.WriteCSV(&out))
			all = append(all, publish.Output{Name: prefix + table.Name + ".csv", Data: out.Bytes()})
		}
		return all
	}
	outputs := append([]publish.Output{
		{Name: "index.html", Data: []byte(fmt.Sprintf(`<a href="../index.html">issue %d</a> <a href="summary.xlsx">x</a>`, n))},
		{Name: "summary.xlsx", Data: []byte(fmt.Sprintf("summary %d", n))},
	}, csv("data/", d.Tables())...)
	must(s.t, publish.Issue(s.path("out/"+period), publish.Manifest{Period: period, Issue: n, CutOff: cutOff, AsOf: d.Stamp.AsOf, Met: 1, Targets: 2, NoData: 1, Reported: 1, Due: 2}, outputs))
	must(s.t, publish.Tables(s.path("out/data"), csv("", d.LedgerTables())))
	must(s.t, publish.WriteFile(s.path("out/index.html"), []byte(`<a href="2026-Q1/index.html">Q1</a>`)))
}

// An answer is what came of a request.
type answer struct {
	status int
	header http.Header
	body   string
}

// do sends a request; change may make it another one.
func (s *site) do(method, target, body string, change ...func(*http.Request)) answer {
	s.t.Helper()
	r, err := http.NewRequest(method, s.address+target, strings.NewReader(body))
	must(s.t, err)
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Origin", s.address)
		r.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	for _, c := range change {
		c(r)
	}
	w, err := s.client.Do(r)
	must(s.t, err)
	defer w.Body.Close()
	data, err := io.ReadAll(w.Body)
	must(s.t, err)
	return answer{w.StatusCode, w.Header, string(data)}
}

func (s *site) get(target string, change ...func(*http.Request)) answer {
	s.t.Helper()
	return s.do(http.MethodGet, target, "", change...)
}

// signIn makes the client one that is signed in, and gives the cookie.
func (s *site) signIn() *http.Cookie {
	s.t.Helper()
	w := s.do(http.MethodPost, "/sign-in", url.Values{"name": {lan}, "password": {password}}.Encode())
	cookies, err := http.ParseSetCookie(w.header.Get("Set-Cookie"))
	if w.status != http.StatusSeeOther || err != nil {
		s.t.Fatalf("sign in: %d, %v", w.status, err)
	}
	s.client.Transport = signed{cookies}
	return cookies
}

// signed sends a cookie along.
type signed struct{ cookie *http.Cookie }

func (t signed) RoundTrip(r *http.Request) (*http.Response, error) {
	r.AddCookie(t.cookie)
	return http.DefaultTransport.RoundTrip(r)
}

// form is a multipart body.
func form(t testing.TB, fields map[string]string, name string, data []byte) (body, kind string) {
	t.Helper()
	var out bytes.Buffer
	w := multipart.NewWriter(&out)
	for key, value := range fields {
		must(t, w.WriteField(key, value))
	}
	if name != "" {
		part, err := w.CreateFormFile("file", name)
		must(t, err)
		_, err = part.Write(data)
		must(t, err)
	}
	must(t, w.Close())
	return out.String(), w.FormDataContentType()
}
