package work_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tonghop/pipeline/disk"
	"tonghop/pipeline/logbook"
	"tonghop/pipeline/serve/work"
)

// TestMain lets the test binary stand in for tonghop.
func TestMain(m *testing.M) {
	if script := os.Getenv("TEST_JOB"); script != "" {
		os.Exit(play(script))
	}
	os.Exit(m.Run())
}

// play is a job: it does what its words say, in order.
func play(script string) int {
	stopped := make(chan os.Signal, 1)
	signal.Notify(stopped, syscall.SIGTERM)
	for _, word := range strings.Fields(script) {
		verb, value, _ := strings.Cut(word, ":")
		switch verb {
		case "say":
			fmt.Println(value)
		case "flood":
			n, _ := strconv.Atoi(value)
			for i := range n {
				fmt.Println(i)
			}
		case "complain":
			fmt.Fprintln(os.Stderr, "tonghop:", value)
		case "log":
			fmt.Fprintf(os.Stderr, "{\"time\":\"2026-04-10T08:00:00Z\",\"level\":\"WARN\",\"msg\":%q,\"file\":\"a.xlsx\",\"size\":12345678}\n", value)
		case "step":
			fmt.Fprintf(os.Stderr, "{\"level\":\"INFO\",\"msg\":\"progress\",\"stage\":%q,\"done\":1,\"total\":3}\n", value)
		case "outcome":
			fmt.Fprintf(os.Stderr, "{\"level\":\"INFO\",\"msg\":\"run ended\",\"outcome\":{\"accepted\":2,\"published\":[%q]}}\n", value)
		case "leave": // a process that outlives this one and holds its pipes
			left := exec.Command("sleep", "600")
			left.Stdout, left.Stderr = os.Stdout, os.Stderr
			_ = left.Start()
			fmt.Println(left.Process.Pid)
		case "hang": // until it is asked to end
			<-stopped
			return 1
		case "deaf":
			select {}
		case "fail":
			return 2
		}
	}
	return 0
}

// jobs is a Runner over the test binary.
func jobs(t *testing.T, dir string, change ...func(*work.Options)) *work.Runner {
	t.Helper()
	o := work.Options{
		Dir: dir, Now: time.Now, Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Grace: 10 * time.Second,
		Command: func(ctx context.Context, args []string) *exec.Cmd {
			command := exec.CommandContext(ctx, os.Args[0], "-test.run=^$")
			command.Env = append(os.Environ(), "TEST_JOB="+strings.Join(args, " "))
			return command
		},
	}
	for _, c := range change {
		c(&o)
	}
	r, err := work.Open(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Stop(over()) })
	return r
}

// over is a context that is done.
func over() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	return ctx
}

func start(t *testing.T, r *work.Runner, script string) work.Job {
	t.Helper()
	j, err := r.Start(work.Request{Args: strings.Fields(script), By: "Lan"})
	if err != nil {
		t.Fatal(err)
	}
	return j
}

func wait(t *testing.T, r *work.Runner, id string) work.Job {
	t.Helper()
	j, err := r.Wait(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	return j
}

// until follows a job until a line has the text.
func until(t *testing.T, r *work.Runner, id, text string) {
	t.Helper()
	for u, err := range r.Follow(context.Background(), id, 0) {
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range u.Lines {
			if l.Text == text {
				return
			}
		}
	}
	t.Fatalf("job %s is over without the line %q", id, text)
}

func TestJobs(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	r := jobs(t, dir)
	for _, tt := range []struct {
		name, script string
		want         work.Job
		lines        string
	}{
		{"a run", "say:ok log:odd step:judge step:judge outcome:2026-Q1",
			work.Job{State: work.Done, Lines: 3, Last: []string{"ok"}, Outcome: &logbook.Outcome{Accepted: 2, Published: []string{"2026-Q1"}}}, "out ok|log odd file=a.xlsx size=12345678|stage judge"},
		{"a failure", "complain:broken fail", work.Job{State: work.Failed, ExitCode: 2, Lines: 1, Last: []string{"tonghop: broken"}}, "note tonghop: broken"},
		{"no line", "done", work.Job{State: work.Done}, ""},
	} {
		j := wait(t, r, start(t, r, tt.script).ID)
		if j.Started.Before(j.Asked) || j.Ended.Before(j.Started) || j.Attempts != 1 {
			t.Errorf("%s: times of %+v, want them in order and one attempt", tt.name, j)
		}
		got := work.Job{State: j.State, ExitCode: j.ExitCode, Lines: j.Lines, Last: j.Last, Outcome: j.Outcome}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s: mismatch (-want +got):\n%s", tt.name, diff)
		}
		if got := lines(t, r, j.ID, 0); kinds(got) != tt.lines && !(tt.name == "a run" && len(got) == 3) { // stdout and stderr are not in order
			t.Errorf("%s: lines %q, want %q", tt.name, kinds(got), tt.lines)
		}
	}
	flood := wait(t, r, start(t, r, "flood:9000 fail").ID)
	if got := lines(t, r, flood.ID, 4999); flood.Lines != 5012 || len(got) != 13 || got[0].Text != "4999" || got[1].N != 5001 || got[1].Text != "8988" || got[12].Text != "8999" {
		t.Errorf("after a flood: %d lines, from the 5000th: %+v; want the first 5000 and the last 12", flood.Lines, got)
	}
	r.Stop(context.Background())
	again := jobs(t, dir)
	if diff := cmp.Diff(r.Jobs(), again.Jobs()); diff != "" {
		t.Errorf("jobs after a new start (-before +after):\n%s", diff)
	}
	if _, err := r.Start(work.Request{}); !errors.Is(err, work.ErrStopped) {
		t.Errorf("start after stop: error = %v, want ErrStopped", err)
	}
	if got := lines(t, again, again.Jobs()[3].ID, 1); len(got) != 2 || got[0].N != 2 {
		t.Errorf("lines after the first = %+v, want two", got)
	}
}

// lines are those that a job over has written after line from.
func lines(t *testing.T, r *work.Runner, id string, from int) (all []work.Line) {
	t.Helper()
	for u, err := range r.Follow(context.Background(), id, from) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, u.Lines...)
	}
	return all
}

func kinds(lines []work.Line) string {
	var all []string
	for _, l := range lines {
		all = append(all, string(l.Kind)+" "+l.Text)
	}
	return strings.Join(all, "|")
}

func TestQueue(t *testing.T) {
	t.Parallel()
	r := jobs(t, t.TempDir())
	first := start(t, r, "say:begun hang")
	until(t, r, first.ID, "begun")
	second, third := start(t, r, "say:2"), start(t, r, "say:3")
	if merged := start(t, r, "say:3"); merged.ID != third.ID {
		t.Errorf("an equal request became job %s, want %s that waits", merged.ID, third.ID)
	}
	if again := start(t, r, "say:begun hang"); again.ID == first.ID {
		t.Error("a request was merged with a job that runs: what came since would be missed")
	} else if err := r.Cancel(again.ID); err != nil {
		t.Fatal(err)
	}
	if j, _ := r.Job(second.ID); j.State != work.Waiting {
		t.Errorf("second job is %s while the first runs", j.State)
	}
	if err := r.Cancel(first.ID); err != nil {
		t.Fatal(err)
	}
	if j := wait(t, r, first.ID); j.State != work.Cancelled {
		t.Errorf("cancelled job = %+v", j)
	}
	if a, b := wait(t, r, second.ID), wait(t, r, third.ID); a.State != work.Done || b.State != work.Done || b.Started.Before(a.Ended) {
		t.Errorf("the jobs after it = %+v, %+v, want one after the other", a, b)
	}
	if err := r.Cancel(first.ID); !errors.Is(err, work.ErrOver) {
		t.Errorf("cancel what is over: error = %v", err)
	}
	if err := r.Cancel("../000001"); !errors.Is(err, work.ErrUnknown) {
		t.Errorf("cancel what is not there: error = %v", err)
	}
}

// What does not end when it is asked to is killed, with all that it started, and
// the next job begins clean.
func TestHang(t *testing.T) {
	t.Parallel()
	r := jobs(t, t.TempDir(), func(o *work.Options) { o.Grace = 200 * time.Millisecond })
	deaf, next := start(t, r, "leave say:begun deaf"), start(t, r, "say:clean")
	until(t, r, deaf.ID, "begun")
	if err := r.Cancel(deaf.ID); err != nil {
		t.Fatal(err)
	}
	if j := wait(t, r, deaf.ID); j.State != work.Cancelled {
		t.Errorf("killed job = %+v", j)
	}
	var pid int
	_, err := fmt.Sscan(lines(t, r, deaf.ID, 0)[0].Text, &pid)
	if err != nil {
		t.Fatal(err)
	}
	if state, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid)); err == nil && !strings.Contains(string(state), ") Z ") {
		t.Errorf("what the job started still lives: %s", state)
	}
	if j := wait(t, r, next.ID); j.State != work.Done {
		t.Errorf("next job = %+v", j)
	}
	if j := wait(t, r, start(t, r, "leave").ID); j.State != work.Done {
		t.Errorf("a job that left a process behind = %+v, want it done", j)
	}
}

func TestTimeLimit(t *testing.T) {
	t.Parallel()
	r := jobs(t, t.TempDir(), func(o *work.Options) { o.Limit = time.Millisecond })
	if j := wait(t, r, start(t, r, "hang").ID); j.State != work.Failed || j.Fault != work.TimeLimit {
		t.Errorf("job over its time = %+v", j)
	}
}

func TestProcessThatCanNotStart(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	r := jobs(t, dir, func(o *work.Options) {
		o.Command = func(ctx context.Context, _ []string) *exec.Cmd {
			return exec.CommandContext(ctx, filepath.Join(dir, "nothing"))
		}
	})
	if j := wait(t, r, start(t, r, "run").ID); j.State != work.Failed || j.Fault != work.Unstarted {
		t.Errorf("job = %+v", j)
	}
}

// Stopping lets the running job end; one that takes too long, and those that wait,
// are done after the next start.
func TestStop(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	r := jobs(t, dir)
	cut := start(t, r, "outcome:2026-Q1 say:begun hang")
	until(t, r, cut.ID, "begun")
	waiting := start(t, r, "say:later")
	r.Stop(over())
	for _, j := range r.Jobs() {
		if j.State != work.Waiting || j.Attempts != 0 {
			t.Errorf("after stop: %+v, want it to wait for the next start", j)
		}
	}
	again := jobs(t, dir)
	until(t, again, cut.ID, "begun")
	if j, err := again.Job(cut.ID); err != nil || j.ExitCode != 0 {
		t.Errorf("the next attempt begins as %+v, %v", j, err)
	}
	if err := again.Cancel(cut.ID); err != nil {
		t.Fatal(err)
	}
	if j := wait(t, again, waiting.ID); j.State != work.Done || kinds(lines(t, again, j.ID, 0)) != "out later" {
		t.Errorf("job that waited = %+v", j)
	}
}

// A job that ran when serve was killed is done again, once: it may be what killed
// it.
func TestKilledServe(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "[LĐLĐ] jobs") // no pattern
	if err := disk.Replace(filepath.Join(dir, ".writing-1"), nil); err != nil {
		t.Fatal(err)
	}
	write := func(id string, attempts int) {
		data := fmt.Sprintf(`{"id":%q,"args":["say:done"],"state":"running","asked":"2026-04-10T08:00:00Z","attempts":%d,"exit_code":0,"lines":7}`, id, attempts)
		if err := os.WriteFile(filepath.Join(dir, id+".json"), []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("000007", 1)
	write("000008", 2)
	r := jobs(t, dir)
	if j := wait(t, r, "000007"); j.State != work.Done || j.Attempts != 2 || j.Lines != 1 {
		t.Errorf("job cut off once = %+v, want it done", j)
	}
	if j := wait(t, r, "000008"); j.State != work.Failed || j.Fault != work.Interrupted {
		t.Errorf("job cut off twice = %+v, want it given up", j)
	}
	if j := start(t, r, "say:new"); j.ID != "000009" {
		t.Errorf("next job is %s, want 000009", j.ID)
	}
	if _, err := os.Stat(filepath.Join(dir, ".writing-1")); err == nil {
		t.Error("what was being written is left")
	}
}

// Of schedules that find nothing to do only the last are kept.
func TestQuietJobsAreForgotten(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for n := range 40 {
		by := ""
		if n == 0 {
			by = "Lan"
		}
		id := fmt.Sprintf("%06d", n+1)
		data := fmt.Sprintf(`{"args":["run"],"by":%q,"state":"done","outcome":{}}`, by)
		if err := os.WriteFile(filepath.Join(dir, id+".json"), []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	r := jobs(t, dir)
	wait(t, r, start(t, r, "say:41").ID)
	r.Stop(context.Background())
	all := r.Jobs()
	if len(all) != 32 || all[0].ID != "000041" || all[30].ID != "000011" || all[31].ID != "000001" {
		t.Errorf("%d jobs kept, want the newest, 30 quiet ones and the one that Lan asked for", len(all))
	}
	left, err := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil || len(left) != len(all) {
		t.Errorf("%d files for %d jobs", len(left), len(all))
	}
}
