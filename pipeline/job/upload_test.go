package job_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tonghop/pipeline"
	"tonghop/pipeline/job"
)

// bring uploads a file on behalf of a unit, an hour after what was before.
func (w *workspace) bring(unit, name string, data []byte) (job.Result, error) {
	w.t.Helper()
	w.now = w.now.Add(time.Hour)
	w.write("elsewhere/"+name, data)
	options := w.options()
	options.Upload = &job.Upload{Path: w.path("elsewhere/" + name), Name: name, Unit: unit, By: "Lan", Reason: "gửi qua thư"}
	return job.Run(context.Background(), options)
}

// What staff bring for a unit lies in its folder beside what it sent itself, counts like
// any other file and stands on the record.
func TestUpload(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	w.drop("A/bc.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 1, 10, 4, 100, 40)
	w.run()
	own, err := os.ReadFile(w.path("inputs/inbox/A/bc.xlsx"))
	must(t, err)
	newer := book(t, sheet{"Biểu", formRows("Công đoàn huyện An", "Quý I năm 2026", 2, 10, 4, 100, 40)})
	result, err := w.bring("A", "bc.xlsx", newer)
	must(t, err)
	if result.Act == nil || result.Act.Kind != pipeline.ActUpload || result.Act.Folder != "A" || result.Act.Reason != "gửi qua thư" {
		t.Errorf("on the record: %+v", result.Act)
	}
	if diff := cmp.Diff("A/bc.xlsx: superseded\nA/bc (2).xlsx: accepted", w.verdicts()); diff != "" {
		t.Errorf("files mismatch (-want +got):\n%s", diff)
	}
	if data, err := os.ReadFile(w.path("inputs/inbox/A/bc.xlsx")); err != nil || !bytes.Equal(data, own) {
		t.Errorf("the unit's own file was changed (%v)", err)
	}
	if got := w.figure("2026-Q1", "A", "LOP", "actual"); got != "2" {
		t.Errorf("the figure is %s, want that of the file that was brought", got)
	}
	if rows := w.table("", "journal"); len(rows) != 1 || rows[0]["act"] != "upload" || rows[0]["by"] != "Lan" || rows[0]["sha256"] != w.sha("A/bc (2).xlsx") {
		t.Errorf("journal: %v", rows)
	}
	for _, tt := range []struct{ code, unit, name string }{
		{"uploaded_already", "A", "other name.xlsx"}, {"no_unit", "NOBODY", "bc.xlsx"}, {"bad_name", "B", "~$bc.xlsx"},
	} {
		_, err := w.bring(tt.unit, tt.name, newer)
		var refusal *job.Refusal
		if !errors.As(err, &refusal) || refusal.Code != tt.code {
			t.Errorf("%s: error %v", tt.code, err)
		}
	}
	if rows := w.table("", "journal"); len(rows) != 1 {
		t.Errorf("what was refused stands on the record: %v", rows)
	}
}

// A run that is cut off after the record and before the inbox loses nothing.
func TestUploadThatIsCutOff(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	must(t, os.Symlink("nowhere", w.path("inputs/inbox/A"))) // no file can be put there
	if _, err := w.bring("A", "bc.xlsx", book(t, sheet{"Biểu", formRows("Công đoàn huyện An", "Quý I năm 2026", 2, 10, 4, 100, 40)})); err == nil {
		t.Fatal("a file was put nowhere")
	}
	must(t, os.Remove(w.path("inputs/inbox/A")))
	w.run()
	if got := w.verdicts(); got != "A/bc.xlsx: accepted" {
		t.Errorf("files: %s", got)
	}
	if rows := w.table("", "journal"); len(rows) != 1 || !strings.HasPrefix(rows[0]["at"], "2026-04-10T16:") {
		t.Errorf("journal: %v", rows)
	}
}
