package job_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tonghop/pipeline"
	"tonghop/pipeline/job"
	"tonghop/pipeline/lock"
	"tonghop/pipeline/logbook"
	"tonghop/pipeline/notify"
)

// hook lets the workspace tell a program, whose arguments are given.
func (w *workspace) hook(timeout string, command ...string) {
	w.t.Helper()
	list, err := json.Marshal(command)
	must(w.t, err)
	w.write("tonghop.toml", fmt.Appendf(nil, "settle = \"0s\"\n[notify]\ncommand = %s\ntimeout = %q\n", list, timeout))
}

// What a run refused, held and published is told once; a run without any of it
// tells nothing, and a program that fails fails no run.
func TestNotify(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	w.hook("30s", "sh", "-c", "cat >> told.json")
	w.drop("A/bc.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 3, 10, 5, 200, 100)
	w.drop("B/bc.xlsx", "Công đoàn huyện Bình", "Quý I năm 2026", 3, 10, 50, 200, 100)
	w.write("inputs/inbox/nobody/bc.xlsx", []byte("x"))
	w.run()
	w.run()
	var got notify.Event
	data := w.read("told.json")
	must(t, json.Unmarshal([]byte(data), &got)) // one object, or it fails
	text := strings.Split(got.Text, "\n")
	want := notify.Event{
		Event: "run", At: w.now, Workspace: w.dir, Language: "vi", Text: got.Text,
		Published: []notify.Published{
			{Period: "2026-Q1", Name: "Quý I năm 2026", Issue: 1, Page: "out/2026-Q1/index.html"},
			{Period: "2026-H1", Name: "6 tháng đầu năm 2026", Issue: 1, Page: "out/2026-H1/index.html"},
			{Period: "2026-9M", Name: "9 tháng đầu năm 2026", Issue: 1, Page: "out/2026-9M/index.html"},
			{Period: "2026", Name: "Năm 2026", Issue: 1, Page: "out/2026/index.html"},
		},
		Refused: []notify.File{{File: "B/bc.xlsx", Unit: "B", Form: "HD", Period: "2026-Q1", Errors: 1, Feedback: "inputs/feedback/B/bc.xlsx.phan-hoi.xlsx"}},
		Held:    []notify.File{{File: "nobody/bc.xlsx", Errors: 1}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("event mismatch (-want +got):\n%s", diff)
	}
	if len(text) != 6 || !strings.Contains(got.Text, "B/bc.xlsx: TRẢ LẠI ĐƠN VỊ, 1 lỗi") || !strings.Contains(got.Text, "Đã phát hành Quý I năm 2026") {
		t.Errorf("text = %q", got.Text)
	}
	w.hook("30s", "sh", "-c", "echo no mail server >&2; exit 3")
	w.drop("B/bc.xlsx", "Công đoàn huyện Bình", "Quý I năm 2026", 3, 10, 5, 200, 100)
	if result := w.run(); len(result.Published) != 4 || !strings.Contains(w.log.String(), "no mail server") {
		t.Errorf("published %v, log:\n%s", result.Published, w.log.String())
	}
}

// told are the alarms that the hook has taken down, with what fails.
func (w *workspace) told() (all []string) {
	w.t.Helper()
	decoder := json.NewDecoder(strings.NewReader(w.read("told.json")))
	for decoder.More() {
		var e notify.Event
		must(w.t, decoder.Decode(&e))
		if e.Command != "" {
			all = append(all, e.Event+" "+e.Command+": "+e.Fault)
		}
	}
	return all
}

// killedRun leaves behind what a run does that is killed.
func (w *workspace) killedRun(command string) {
	w.t.Helper()
	state := w.path(".tonghop")
	held, err := lock.Acquire(context.Background(), state, command, func(lock.Holder) {})
	must(w.t, err)
	_, _, err = logbook.Book{Dir: state}.Begin(logbook.Entry{Command: command})
	must(w.t, err)
	must(w.t, held.Release())
}

// What fails is told of once, however often it fails, and so is that it goes well again; a
// run that was killed is told of by the next one; one that was asked to end, and an act
// that is refused, are nothing to tell. The list of runs has them all.
func TestAlarm(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	w.hook("30s", "sh", "-c", "cat >> told.json")
	backup := func(to string) error {
		options := w.options()
		options.Command = "backup"
		_, err := job.Backup(context.Background(), options, to)
		return err
	}
	w.run()
	good := w.read("inputs/catalogue.xlsx")
	w.write("inputs/catalogue.xlsx", []byte("no workbook"))
	w.run()
	w.run()
	w.killed("archive") // by request
	w.write("inputs/catalogue.xlsx", []byte(good))
	w.run()
	w.killedRun("run --all")
	w.act = &pipeline.Act{Kind: pipeline.ActReopen, Period: pipeline.Period{Kind: pipeline.Year, Year: 2026}, By: "Lan", Reason: "thử"}
	if _, err := w.try(); err == nil {
		t.Error("a period that is not closed was reopened")
	}
	w.act = nil
	if err := backup(w.path(".tonghop")); !errors.Is(err, job.ErrInside) {
		t.Errorf("backup into the workspace: %v", err)
	}
	must(t, backup(t.TempDir()))
	w.run()
	inside := fmt.Sprintf("backup: back up to %q: %v: .tonghop", w.path(".tonghop"), job.ErrInside)
	if diff := cmp.Diff([]string{
		"failed run: danh mục có lỗi, đang dùng tạm bản đúng gần nhất",
		"recovered run: danh mục có lỗi, đang dùng tạm bản đúng gần nhất",
		"failed run: bị ngắt giữa chừng (mất điện, tắt máy hoặc bị dừng đột ngột)",
		"failed " + inside,
		"recovered " + inside,
		"recovered run: bị ngắt giữa chừng (mất điện, tắt máy hoặc bị dừng đột ngột)",
	}, w.told()); diff != "" {
		t.Errorf("alarms mismatch (-want +got):\n%s", diff)
	}
	entries, err := logbook.Book{Dir: w.path(".tonghop")}.Entries()
	must(t, err)
	var states []string
	for _, e := range slices.Backward(entries) {
		states = append(states, string(e.State))
	}
	if got := strings.Join(states, " "); got != "done failed failed stopped done killed failed done done" {
		t.Errorf("runs: %s", got)
	}
}
