package job_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

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
