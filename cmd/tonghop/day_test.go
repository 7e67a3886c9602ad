package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tonghop/inputs/demo/sample"
	"tonghop/pipeline"
	"tonghop/pipeline/journal"
	"tonghop/pipeline/lock"
	"tonghop/pipeline/notify"
	"tonghop/pipeline/publish"
	"tonghop/pipeline/serve/schedule"
	"tonghop/pipeline/serve/work"
	"tonghop/reports"
)

// A day is a workspace over which serve watches while the test moves the clock. Its
// jobs are real processes, which get the clock by --now.
type day struct {
	t     *testing.T
	dir   string
	files map[string][]byte // what units have sent, by delivery and path
	clock atomic.Pointer[time.Time]
	log   *lines

	service *service
	ticks   chan time.Time
	address atomic.Pointer[string]
	stop    context.CancelFunc
	over    chan error
}

// Lines are a log that is written and read at once.
type lines struct {
	mutex sync.Mutex
	text  bytes.Buffer
}

func (l *lines) Write(data []byte) (int, error) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return l.text.Write(data)
}

func (l *lines) String() string {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return l.text.String()
}

const daySettings = `
settle = "0s"
year_starts = "12-01"
sample = true
[serve]
public_read = true
stop_wait = "30s"
[notify]
command = ["sh", "-c", "cat >> told.jsonl"]
`

func newDay(t *testing.T) *day {
	t.Helper()
	d := &day{t: t, dir: filepath.Join(t.TempDir(), "ws"), files: map[string][]byte{}, log: &lines{}}
	d.write("tonghop.toml", []byte(daySettings))
	rules, err := sample.Inputs()
	d.must(err)
	for _, f := range rules {
		d.write(f.Path, f.Data)
	}
	d.must(os.MkdirAll(d.path("inputs/inbox"), 0o755))
	deliveries, err := sample.Deliveries()
	d.must(err)
	for n, delivery := range deliveries {
		for _, f := range delivery.Files {
			d.files[fmt.Sprintf("%d %s", n+1, f.Path)] = f.Data
		}
	}
	return d
}

func (d *day) must(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatalf("%v\nlog:\n%s", err, d.log)
	}
}

func (d *day) path(name string) string { return filepath.Join(d.dir, filepath.FromSlash(name)) }

func (d *day) write(name string, data []byte) {
	d.t.Helper()
	d.must(os.MkdirAll(filepath.Dir(d.path(name)), 0o755))
	d.must(os.WriteFile(d.path(name), data, 0o644))
}

// drop puts the file of a delivery of the demo into the inbox.
func (d *day) drop(delivery int, path string) {
	d.t.Helper()
	data, ok := d.files[fmt.Sprintf("%d %s", delivery, path)]
	if !ok {
		d.t.Fatalf("delivery %d has no %s", delivery, path)
	}
	d.write("inputs/inbox/"+path, data)
}

// command runs the program beside serve, at the time of the clock.
func (d *day) command(args ...string) string {
	d.t.Helper()
	out, err := d.process(args...).CombinedOutput()
	if err != nil {
		d.t.Fatalf("tonghop %q: %v\n%s", args, err, out)
	}
	return string(out)
}

func (d *day) process(args ...string) *exec.Cmd {
	if now := d.clock.Load(); now != nil {
		args = append([]string{"-C", d.dir, "--now", now.Format(time.RFC3339)}, args...)
	}
	return exec.Command("tonghop", args...)
}

// at is a time of the day, a Tuesday.
func at(text string) time.Time {
	t, err := time.Parse("2006-01-02 15:04 -07", "2015-12-15 "+text+" +07")
	if err != nil {
		panic(err)
	}
	return t
}

// start begins to serve at a time.
func (d *day) start(text string) {
	d.t.Helper()
	now := at(text)
	d.clock.Store(&now)
	executable, err := exec.LookPath("tonghop")
	d.must(err)
	p := &program{executable: executable, stdout: io.Discard, stderr: io.Discard}
	d.must(p.prepare(flags{Dir: d.dir, Now: now.Format(time.RFC3339)}, itWorkspace))
	d.ticks = make(chan time.Time)
	d.service = &service{
		program: p, clock: func() time.Time { return *d.clock.Load() }, ticks: func(context.Context) <-chan time.Time { return d.ticks },
		log: slog.New(slog.NewTextHandler(d.log, nil)),
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	d.must(err)
	address := "http://" + listener.Addr().String()
	d.address.Store(&address)
	d.must(d.service.open(listener.Addr().String()))
	ctx, stop := context.WithCancel(context.Background())
	d.stop, d.over = stop, make(chan error, 1)
	s := d.service
	go func() { d.over <- s.serve(ctx, listener) }()
	d.pass(text)
}

// end asks serve to end, and waits for it.
func (d *day) end() {
	d.t.Helper()
	d.stop()
	d.must(<-d.over)
}

// tick moves the clock and lets the schedules look at it.
func (d *day) tick(text string) {
	d.t.Helper()
	now := at(text)
	d.clock.Store(&now)
	d.ticks <- now
}

// pass is tick, and all that follows from it: the second look begins when the first
// is done.
func (d *day) pass(text string) {
	d.t.Helper()
	d.tick(text)
	d.tick(text)
	d.settle()
}

// settle waits until nothing runs.
func (d *day) settle() {
	d.t.Helper()
	for limit := time.Now().Add(2 * time.Minute); d.busy(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(limit) {
			d.t.Fatalf("jobs don't come to an end: %+v\nlog:\n%s", d.service.runner.Jobs(), d.log)
		}
	}
}

func (d *day) busy() bool {
	return slices.ContainsFunc(d.service.runner.Jobs(), func(j work.Job) bool { return !j.Over() }) ||
		slices.ContainsFunc(d.service.scheduler.States(), func(s schedule.State) bool { return s.Result == schedule.Running })
}

// last is the newest job.
func (d *day) last() work.Job { return d.service.runner.Jobs()[0] }

// ask is a job that a member of staff asks for.
func (d *day) ask(args ...string) work.Job {
	d.t.Helper()
	j, err := d.service.runner.Start(work.Request{Args: args, By: "Lan"})
	d.must(err)
	return j
}

// until waits until a job is in a stage, and gives what it has said.
func (d *day) until(id, stage string) (said string) {
	d.t.Helper()
	for u, err := range d.service.runner.Follow(context.Background(), id, 0) {
		d.must(err)
		for _, l := range u.Lines {
			said += l.Text + "\n"
		}
		if u.Job.Progress.Stage == stage && (stage != "lock" || strings.Contains(said, "Đang chờ")) {
			return said
		}
	}
	d.t.Fatalf("job %s is over and was never in stage %s:\n%s", id, stage, said)
	return ""
}

// submissions lists the files ever taken with what became of them and when they
// came.
func (d *day) submissions() (all []string) {
	d.t.Helper()
	for _, s := range d.table("data/submissions.csv") {
		at, err := time.Parse(time.RFC3339, s["first_seen"])
		d.must(err)
		all = append(all, at.In(d.service.program.config.Zone).Format("15:04 ")+s["file"]+" "+s["status"])
	}
	return all
}

func (d *day) table(name string) []map[string]string {
	d.t.Helper()
	data, err := os.ReadFile(d.path("out/" + name))
	d.must(err)
	table, err := reports.ReadCSV(bytes.NewReader(data), name)
	d.must(err)
	return table.Records()
}

// Files come, are returned and come anew; the machine is down over slots; staff run
// things in between; a run is killed, and so is serve. In the end every file was
// taken once, at its time, every figure is that of the files that count, and all who
// read meanwhile had one issue whole.
func TestDay(t *testing.T) {
	t.Parallel()
	d := newDay(t)
	read := d.readers(50)

	d.start("07:58")
	d.drop(9, "H01/Bao cao 1464 nam 2015 - TP Soc Trang.xlsx")
	d.drop(9, "H02/2015/Bao cao 1464.xlsx") // has a mistake
	d.pass("07:59")
	if n := len(d.service.runner.Jobs()); n != 0 {
		t.Errorf("%d jobs before the first slot", n)
	}
	d.pass("08:00") // intake and reminders
	d.drop(10, "H02/2015/Bao cao 1464.xlsx")
	d.pass("08:05")
	d.pass("08:10") // nothing new
	if j := d.last(); !j.Quiet() {
		t.Errorf("a run that found nothing = %+v", j)
	}

	d.write("tonghop.toml", []byte(daySettings+"[none]\n")) // no run can begin
	d.pass("08:15")
	d.pass("08:20")
	d.write("tonghop.toml", []byte(daySettings))
	d.pass("08:25")

	d.end() // the machine is down from here on
	d.drop(9, "H05/Bao cao 1464 nam 2015 - H. Ke Sach.xlsx")
	d.drop(10, "H09/Bao cao 1464 nam 2015 - H. Long Phu.xlsx")
	d.start("10:13")
	if st := d.service.scheduler.States(); st[0].Missed != 20 || !st[0].Slot.Equal(at("10:10")) || !st[1].Slot.Equal(at("08:00")) {
		t.Errorf("after the downtime: %+v, want 21 slots made up for by one run", st)
	}
	d.pass("10:14")

	d.oneAtATime()
	d.killedRun()
	d.killedServe()

	d.pass("11:00")
	d.end()
	read.stop()
	d.wantOnce()
	d.wantTold()
	if read.seen() < 5 {
		t.Errorf("readers saw %d issues", read.seen())
	}
}

// oneAtATime has the slot of a schedule, a rerun that staff ask for and a run from the
// command line come together while another run holds the workspace.
func (d *day) oneAtATime() {
	held, err := lock.Acquire(context.Background(), d.path(".tonghop"), "run --all", func(lock.Holder) {})
	d.must(err)
	d.drop(12, "H09/Bao cao 1464 nam 2015 - H. Long Phu (2).xlsx")
	d.tick("10:15")
	for len(d.service.runner.Jobs()) == 0 || d.last().State != work.Running {
		time.Sleep(time.Millisecond)
	}
	scheduled := d.last()
	rerun := d.ask("run", "--period=2015")
	if merged := d.ask("run", "--period=2015"); merged.ID != rerun.ID {
		d.t.Errorf("asked for twice, it is done twice")
	}
	if said := d.until(scheduled.ID, "lock"); !strings.Contains(said, fmt.Sprintf("lệnh «tonghop run --all» (tiến trình %d)", os.Getpid())) {
		d.t.Errorf("a job that waits says %q", said)
	}
	d.tick("10:20") // the slot of a schedule that still waits is passed over
	cli := d.process("run")
	stderr, err := cli.StderrPipe()
	d.must(err)
	d.must(cli.Start())
	said := bufio.NewReader(stderr)
	line, err := said.ReadString('\n')
	if err != nil || !strings.HasPrefix(line, "Đang chờ đến lượt: lệnh «tonghop run --all»") {
		d.t.Errorf("a run that waits on the command line says %q, %v", line, err)
	}
	// What hangs, here for the lock, is cancelled; the next begins clean.
	d.must(d.service.runner.Cancel(scheduled.ID))
	if j, err := d.service.runner.Wait(context.Background(), scheduled.ID); err != nil || j.State != work.Cancelled {
		d.t.Errorf("cancelled job = %+v, %v", j, err)
	}
	d.must(held.Release())
	_, err = io.Copy(io.Discard, said)
	d.must(errors.Join(err, cli.Wait()))
	d.settle()
	if j := d.last(); j.ID != rerun.ID || j.State != work.Done || j.By != "Lan" {
		d.t.Errorf("rerun = %+v", j)
	}
	if n := strings.Count(d.log.String(), "msg=skip schedule=intake"); n != 1 {
		d.t.Errorf("%d slots were passed over, want that of 10:20", n)
	}
}

// killedRun kills a run in the middle; the slot after it does its work.
func (d *day) killedRun() {
	d.drop(10, "H10/2015/Biểu 1464 năm 2015.xlsx")
	j := d.ask("run")
	d.until(j.ID, "compute")
	h, held, err := lock.HeldBy(d.path(".tonghop"))
	d.must(err)
	if !held {
		d.t.Fatal("the run was over before it could be killed")
	}
	d.must(syscall.Kill(h.PID, syscall.SIGKILL))
	if j, err := d.service.runner.Wait(context.Background(), j.ID); err != nil || j.State != work.Failed || j.ExitCode != -1 {
		d.t.Errorf("killed job = %+v, %v", j, err)
	}
	d.pass("10:25")
	d.end()
}

// killedServe kills a serve with a job of its own, at 10:30; the next one, at 10:32,
// takes it up.
func (d *day) killedServe() {
	d.drop(10, "H08/2015/Biểu 1464 năm 2015.xlsx")
	now := at("10:30").Add(-time.Second)
	d.clock.Store(&now)
	serve := d.process("serve", "--listen", "127.0.0.1:0")
	serve.Stderr = os.Stderr
	d.must(serve.Start())
	defer func() { _ = serve.Process.Kill() }() // also where the test ends early
	for limit := time.Now().Add(time.Minute); len(d.receipts()) < 8; time.Sleep(time.Millisecond) {
		if time.Now().After(limit) {
			d.t.Fatal("serve does not take the file")
		}
	}
	d.must(serve.Process.Kill())
	_ = serve.Wait() // it was killed
	d.start("10:32")
	done := func(j work.Job) bool { return j.Attempts == 2 && j.State == work.Done && j.Outcome.Accepted == 1 }
	if jobs := d.service.runner.Jobs(); !done(jobs[0]) {
		d.t.Errorf("the job of the killed serve is not done by the next one, once: %+v", jobs[:2])
	}
}

func (d *day) receipts() []pipeline.Receipt {
	d.t.Helper()
	j, err := journal.Look(d.path(".tonghop"))
	d.must(err)
	return j.Receipts
}

// wantOnce holds what was taken and computed against one run over the same files.
func (d *day) wantOnce() {
	want := []string{
		"08:00 H01/Bao cao 1464 nam 2015 - TP Soc Trang.xlsx accepted",
		"08:00 H02/2015/Bao cao 1464.xlsx refused",
		"08:05 H02/2015/Bao cao 1464.xlsx accepted",
		"10:13 H05/Bao cao 1464 nam 2015 - H. Ke Sach.xlsx accepted",
		"10:13 H09/Bao cao 1464 nam 2015 - H. Long Phu.xlsx superseded",
		"10:20 H09/Bao cao 1464 nam 2015 - H. Long Phu (2).xlsx accepted",
		"10:20 H10/2015/Biểu 1464 năm 2015.xlsx accepted",
		"10:30 H08/2015/Biểu 1464 năm 2015.xlsx accepted",
	}
	got := d.submissions()
	slices.Sort(got)
	slices.Sort(want)
	if diff := cmp.Diff(want, got); diff != "" {
		d.t.Errorf("submissions mismatch (-want +got):\n%s", diff)
	}
	if n := len(d.receipts()); n != len(want) {
		d.t.Errorf("%d receipts on the record, want %d", n, len(want))
	}
	again := newDay(d.t)
	inbox := os.DirFS(d.path("inputs/inbox"))
	again.must(os.CopyFS(again.path("inputs/inbox"), inbox))
	again.must(fs.WalkDir(inbox, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		return os.Chtimes(again.path("inputs/inbox/"+name), info.ModTime(), info.ModTime()) // of two files the newer counts
	}))
	now := at("11:00")
	again.clock.Store(&now)
	again.command("run")
	for _, name := range []string{"2015/data/achievement.csv", "2015/data/facts.csv"} {
		if diff := cmp.Diff(again.table(name), d.table(name)); diff != "" {
			d.t.Errorf("%s mismatch (-one run over all files +the day):\n%s", name, diff)
		}
	}
}

// wantTold holds what staff's program was told against what became of the files and runs:
// each refusal and each issue once, and when runs began to fail and went well again.
func (d *day) wantTold() {
	data, err := os.ReadFile(d.path("told.jsonl"))
	d.must(err)
	var refused []string
	var alarms []string
	issues := map[string]int{}
	decoder := json.NewDecoder(bytes.NewReader(data))
	for {
		var e notify.Event
		if err := decoder.Decode(&e); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			d.t.Fatalf("told:\n%s\n%v", data, err)
		}
		if e.Command != "" {
			alarms = append(alarms, e.Event+" "+e.Command+": "+e.Fault)
		}
		for _, f := range e.Refused {
			refused = append(refused, f.File)
		}
		for _, p := range e.Published {
			issues[fmt.Sprintf("%s@%d", p.Period, p.Issue)]++
		}
	}
	if diff := cmp.Diff([]string{"H02/2015/Bao cao 1464.xlsx"}, refused); diff != "" {
		d.t.Errorf("refusals told (-want +got):\n%s", diff)
	}
	if len(alarms) < 4 || !strings.HasPrefix(alarms[0], "failed run: kết thúc với mã 2: ") || !strings.HasPrefix(alarms[1], "recovered run: ") ||
		!strings.HasPrefix(alarms[2], "failed run: bị ngắt giữa chừng") || !strings.HasPrefix(alarms[len(alarms)-1], "recovered run: ") || len(alarms)%2 != 0 {
		d.t.Errorf("alarms: %q", alarms)
	}
	for issue, n := range issues {
		if n != 1 {
			d.t.Errorf("issue %s was told of %d times", issue, n)
		}
	}
	if issues["2015@1"] != 1 {
		d.t.Errorf("issues told: %v", issues)
	}
}

// Readers read the pages of a period over and over.
type readers struct {
	day   *day
	ctx   context.Context
	end   context.CancelFunc
	group sync.WaitGroup
	mutex sync.Mutex
	found map[string]bool // issues
}

func (d *day) readers(n int) *readers {
	r := &readers{day: d, found: map[string]bool{}}
	r.ctx, r.end = context.WithCancel(context.Background())
	for range n {
		r.group.Go(func() {
			last := 0
			for r.ctx.Err() == nil {
				last = r.read(last)
				time.Sleep(time.Duration(200+rand.IntN(800)) * time.Millisecond)
			}
		})
	}
	return r
}

func (r *readers) stop() {
	r.end()
	r.group.Wait()
}

func (r *readers) seen() int { return len(r.found) }

// read opens the page of a period and then a table beside it, which must be of the
// same issue, whole, and not older than the last one.
func (r *readers) read(last int) int {
	page, at, ok := r.get("/out/2015/")
	if !ok {
		return last
	}
	var number int
	if _, err := fmt.Sscanf(at, "/out/2015@%d/index.html", &number); err != nil || number < last {
		r.day.t.Errorf("a reader who had issue %d was led to %s: %v", last, at, err)
		return last
	}
	table, _, ok := r.get(fmt.Sprintf("/out/2015@%d/data/achievement.csv", number))
	if !ok {
		return last
	}
	m, err := publish.Find(r.day.path("out/2015"), number)
	if err != nil || !m.Describes("index.html", page) || !m.Describes("data/achievement.csv", table) {
		r.day.t.Errorf("a reader got a page or a table that is not of issue %d: %v", number, err)
	}
	r.top()
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.found[at] = true
	return number
}

// top reads a copy at the top, as from a share: it is that of some issue.
func (r *readers) top() {
	dir := r.day.path("out/2015")
	data, err := os.ReadFile(filepath.Join(dir, "index.html"))
	if err != nil {
		r.day.t.Errorf("the page is gone: %v", err)
		return
	}
	issues, err := fs.Glob(os.DirFS(dir), "issues/*/manifest.json")
	whole := slices.ContainsFunc(issues, func(name string) bool {
		var n int
		_, _ = fmt.Sscanf(name, "issues/%d/", &n)
		m, err := publish.Find(dir, n)
		return err == nil && m.Describes("index.html", data)
	})
	if err != nil || !whole {
		r.day.t.Errorf("the page at the top is of no issue: %v", err)
	}
}

// get is a page and where it was found. While serve is down there is none.
func (r *readers) get(path string) (data []byte, at string, ok bool) {
	address := r.day.address.Load()
	if address == nil {
		return nil, "", false
	}
	request, err := http.NewRequestWithContext(r.ctx, http.MethodGet, *address+path, nil)
	if err != nil {
		return nil, "", false
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, "", false
	}
	data, err = io.ReadAll(response.Body)
	return data, response.Request.URL.Path, errors.Join(err, response.Body.Close()) == nil && response.StatusCode == http.StatusOK
}
