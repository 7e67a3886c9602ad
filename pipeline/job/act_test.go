package job_test

import (
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tonghop/pipeline"
	"tonghop/pipeline/job"
	"tonghop/pipeline/journal"
	"tonghop/pipeline/publish"
)

var firstQuarter = pipeline.Period{Kind: pipeline.Quarter, Year: 2026, N: 1}

// do does what staff decided, which must not fail, an hour after what was before.
func (w *workspace) do(a pipeline.Act) job.Result {
	w.t.Helper()
	result, err := w.tryAct(a)
	must(w.t, err)
	return result
}

func (w *workspace) tryAct(a pipeline.Act) (job.Result, error) {
	w.t.Helper()
	w.now = w.now.Add(time.Hour)
	if a.By == "" {
		a.By = "Lan"
	}
	w.act = &a
	defer func() { w.act = nil }()
	return w.try()
}

func closing() pipeline.Act { return pipeline.Act{Kind: pipeline.ActClose, Period: firstQuarter} }

func reopening() pipeline.Act { return pipeline.Act{Kind: pipeline.ActReopen, Period: firstQuarter} }

// sha is the hash of the file that was taken under a name.
func (w *workspace) sha(file string) string {
	w.t.Helper()
	for _, row := range w.table("", "submissions") {
		if row["file"] == file {
			return row["sha256"]
		}
	}
	w.t.Fatalf("no file %s was taken", file)
	return ""
}

func (w *workspace) on(kind pipeline.ActKind, file string) pipeline.Act {
	w.t.Helper()
	return pipeline.Act{Kind: kind, SHA256: w.sha(file)[:8], Reason: "vì thế"}
}

// refusedAs does an act that must be refused, for the reason with the code, and
// put nothing on the record.
func (w *workspace) refusedAs(code string, a pipeline.Act) {
	w.t.Helper()
	before, _ := os.ReadFile(w.path(".tonghop/journal.jsonl"))
	_, err := w.tryAct(a)
	var refusal *job.Refusal
	if !errors.As(err, &refusal) || refusal.Code != code {
		w.t.Errorf("%s %s%s: error %v, want it refused as %s", a.Kind, a.Period, a.SHA256, err, code)
	}
	if after, _ := os.ReadFile(w.path(".tonghop/journal.jsonl")); string(after) != string(before) {
		w.t.Errorf("%s was refused and is on the record", a.Kind)
	}
}

// complete fails unless on time, late and missing are all that is due.
func (w *workspace) complete(period string, want map[string]int) {
	w.t.Helper()
	got := map[string]int{}
	for _, row := range w.table(period, "reporting") {
		got[row["state"]]++
	}
	if diff := cmp.Diff(want, got); diff != "" {
		w.t.Errorf("reports due in %s mismatch (-want +got):\n%s", period, diff)
	}
}

// What comes for a closed period is held and changes no figure; once the period is
// open again it counts, as late as it came.
func TestClosedPeriodHoldsWhatComes(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	w.drop("A/bc.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 3, 10, 5, 200, 100)
	w.run()
	w.drop("A/trước.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 4, 10, 5, 200, 100) // lies there when the period is closed
	w.do(closing())
	w.now = time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC) // a clock that goes back changes nothing
	w.drop("A/sau.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 9, 10, 5, 200, 100)
	w.drop("B/bc.xlsx", "Công đoàn huyện Bình", "Quý I năm 2026", 7, 10, 5, 200, 100)
	w.drop("B/q2.xlsx", "Công đoàn huyện Bình", "Quý II năm 2026", 1, 10, 5, 200, 100)
	result := w.run()
	want := "A/sau.xlsx: held\nB/bc.xlsx: held\nB/q2.xlsx: accepted\nA/bc.xlsx: superseded\nA/trước.xlsx: accepted"
	if diff := cmp.Diff(want, w.verdicts()); diff != "" {
		t.Errorf("verdicts mismatch (-want +got):\n%s", diff)
	}
	if s := result.Submissions[0]; s.Verdict != pipeline.Held || s.Findings[len(s.Findings)-1].Code != "period_closed" {
		t.Errorf("the run tells of %s as %s: %+v", s.File, s.Verdict, s.Findings)
	}
	if got := w.figure("2026-Q1", "P", "LOP", "actual") + " " + w.figure("2026", "P", "LOP", "actual"); got != "4 5" {
		t.Errorf("figures of the quarter and the year = %s, want 4 5", got)
	}
	w.complete("2026-Q1", map[string]int{"on_time": 1, "missing": 1})
	if !strings.Contains(w.feedback("B/bc.xlsx"), "GIỮ LẠI") || !strings.Contains(w.read("inputs/feedback/B/index.html"), "giữ lại") {
		t.Error("the unit is not told that its report is held")
	}
	if m, err := publish.Last(w.path("out/2026-Q1")); err != nil || m.Closed == nil || m.Closed.By != "Lan" {
		t.Errorf("manifest tells the closing as %+v, %v", m.Closed, err)
	}

	w.now = time.Date(2026, 5, 2, 8, 0, 0, 0, time.UTC)
	w.do(reopening())
	want = "A/sau.xlsx: superseded\nB/bc.xlsx: accepted\nB/q2.xlsx: accepted\nA/bc.xlsx: superseded\nA/trước.xlsx: accepted"
	if diff := cmp.Diff(want, w.verdicts()); diff != "" {
		t.Errorf("verdicts after reopening mismatch (-want +got):\n%s", diff)
	}
	if got := w.figure("2026-Q1", "P", "LOP", "actual") + " " + w.figure("2026", "P", "LOP", "actual"); got != "11 12" {
		t.Errorf("figures after reopening = %s, want 11 12", got)
	}
	w.complete("2026-Q1", map[string]int{"on_time": 2})
	if !strings.Contains(w.feedback("B/bc.xlsx"), "ĐỦ ĐIỀU KIỆN") {
		t.Error("the unit is not told that its report counts now")
	}
}

// A closed period keeps its published figures whatever becomes of the catalogue
// and of periods before it; those around it go on.
func TestClosedPeriodKeepsItsFigures(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	w.drop("A/bc.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 3, 10, 5, 200, 100)
	w.do(closing())
	before := w.read("out/2026-Q1/data/achievement.csv")
	w.write("inputs/catalogue.xlsx", withCell(t, []byte(w.read("inputs/catalogue.xlsx")), "targets 2026", "B2", 40))
	result := w.run()
	if diff := cmp.Diff([]pipeline.Period{firstQuarter}, result.Kept); diff != "" {
		t.Errorf("kept periods mismatch (-want +got):\n%s", diff)
	}
	if w.read("out/2026-Q1/data/achievement.csv") != before {
		t.Error("the closed period's figures changed")
	}
	if got := w.figure("2026", "A", "LOP", "target"); got != "40" {
		t.Errorf("target of the open year = %s, want the new one of 40", got)
	}
	if result = w.run(); len(result.Kept)+len(result.Published) > 0 {
		t.Errorf("the next run kept %v and published %v, want nothing", result.Kept, result.Published)
	}
	w.do(reopening())
	if got := w.figure("2026-Q1", "A", "LOP", "target"); got != "40" {
		t.Errorf("target after reopening = %s, want the new one of 40", got)
	}
	if got := w.restated("2026-Q1"); len(got) == 0 {
		t.Error("the changed target was not restated")
	}
	w.refusedAs("reopened_already", reopening())
}

// A withdrawn report leaves its place to the one before it, and takes it back.
func TestWithdraw(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	w.drop("A/1.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 3, 10, 5, 200, 100)
	w.run()
	w.now = w.now.AddDate(0, 0, 10) // too late
	w.drop("A/2.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 5, 10, 5, 200, 100)
	w.run()
	w.do(w.on(pipeline.ActWithdraw, "A/2.xlsx"))
	if diff := cmp.Diff("A/1.xlsx: accepted\nA/2.xlsx: withdrawn", w.verdicts()); diff != "" {
		t.Errorf("verdicts mismatch (-want +got):\n%s", diff)
	}
	if got := w.figure("2026-Q1", "P", "LOP", "actual"); got != "3" {
		t.Errorf("figure = %s, want the older report's 3", got)
	}
	if older, newer := w.feedback("A/1.xlsx"), w.feedback("A/2.xlsx"); !strings.Contains(older, "ĐỦ ĐIỀU KIỆN") || strings.Contains(older, "không còn được tính") ||
		!strings.Contains(newer, "ĐÃ RÚT") || !strings.Contains(newer, "vì thế") || strings.Contains(newer, "thay cho bản") {
		t.Errorf("answers do not tell what counts:\n%s\n%s", older, newer)
	}
	data := w.read("inputs/inbox/A/2.xlsx")
	w.write("inputs/inbox/A/2 lần nữa.xlsx", []byte(data))
	w.run()
	if got := w.figure("2026-Q1", "P", "LOP", "actual"); got != "3" {
		t.Errorf("figure = %s after the same bytes came again, want 3", got)
	}
	w.refusedAs("withdrawn_already", w.on(pipeline.ActWithdraw, "A/2.xlsx"))

	w.do(w.on(pipeline.ActAccept, "A/2.xlsx"))
	if diff := cmp.Diff("A/1.xlsx: superseded\nA/2.xlsx: accepted", w.verdicts()); diff != "" {
		t.Errorf("verdicts after taking it back mismatch (-want +got):\n%s", diff)
	}
	if older, newer := w.feedback("A/1.xlsx"), w.feedback("A/2.xlsx"); !strings.Contains(older, "ĐÃ CÓ BẢN MỚI HƠN") || !strings.Contains(newer, "thay cho bản") {
		t.Errorf("answers do not tell what counts again:\n%s\n%s", older, newer)
	}
	w.do(w.on(pipeline.ActWithdraw, "A/1.xlsx"))
	w.complete("2026-Q1", map[string]int{"late": 1, "missing": 1}) // the report in time is out
	w.do(w.on(pipeline.ActWithdraw, "A/2.xlsx"))
	w.complete("2026-Q1", map[string]int{"missing": 2})
	if got := w.figure("2026-Q1", "P", "LOP", "actual"); got != "" {
		t.Errorf("figure = %s, want none", got)
	}
}

// A refused report that is accepted counts but for its faulty cells, which are
// blank. A refused one never displaces it; a good one does.
func TestAcceptDespiteErrors(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	w.drop("A/1.xlsx", "Công đoàn huyện An", "Quý I năm 2026", "năm", 10, 50, 200, 100) // no number; more women than people
	w.run()
	if w.verdicts() != "A/1.xlsx: refused" {
		t.Fatalf("verdicts = %q", w.verdicts())
	}
	w.do(w.on(pipeline.ActAccept, "A/1.xlsx"))
	if diff := cmp.Diff("A/1.xlsx: accepted", w.verdicts()); diff != "" {
		t.Errorf("verdicts mismatch (-want +got):\n%s", diff)
	}
	got := []string{}
	for _, indicator := range []string{"LOP", "NGUOI", "NGUOI_NU", "DV", "TLNU"} {
		got = append(got, w.figure("2026-Q1", "A", indicator, "actual"))
	}
	if diff := cmp.Diff([]string{"", "10", "", "200", "0.5"}, got); diff != "" {
		t.Errorf("figures mismatch (-want +got):\n%s", diff)
	}
	for _, f := range w.table("2026-Q1", "facts") {
		if faulty := f["indicator"] == "LOP" || f["indicator"] == "NGUOI_NU"; f["indicator"] != "TLNU" && faulty != (f["state"] == "blank") {
			t.Errorf("%s is %s, want only the faulty cells blank", f["indicator"], f["state"])
		}
	}
	if answer := w.feedback("A/1.xlsx"); !strings.Contains(answer, "dù còn 2 lỗi") || !strings.Contains(answer, "vì thế") {
		t.Errorf("the unit is not told why its report counts: %s", answer)
	}
	w.refusedAs("accepted_already", w.on(pipeline.ActAccept, "A/1.xlsx"))
	w.drop("A/2.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 3, 10, 60, 200, 100)
	w.run()
	if diff := cmp.Diff("A/1.xlsx: accepted\nA/2.xlsx: refused", w.verdicts()); diff != "" {
		t.Errorf("verdicts with a refused one mismatch (-want +got):\n%s", diff)
	}
	w.do(w.on(pipeline.ActWithdraw, "A/1.xlsx"))
	w.complete("2026-Q1", map[string]int{"missing": 2})
	w.do(w.on(pipeline.ActAccept, "A/1.xlsx"))
	if got := w.figure("2026-Q1", "A", "NGUOI", "actual"); got != "10" {
		t.Errorf("figure = %s after it was taken back, want 10", got)
	}
}

func TestActsThatAreRefused(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	w.drop("A/bc.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 3, 10, 5, 200, 100)
	w.drop("nobody/x.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 3, 10, 5, 200, 101)
	w.write("inputs/inbox/A/khác.xlsx", book(t, sheet{"Danh sách", [][]any{{"Họ tên", "Ngày sinh"}, {"Nguyễn Văn A", "1/1/1980"}}}))
	w.drop("A/kỳ.xlsx", "Công đoàn huyện An", "", 3, 10, 5, 200, 102)
	w.write("inputs/inbox/A/bản ký.pdf", []byte("%PDF-1.4"))
	w.write("inputs/inbox/B/bc.xlsx", []byte(w.read("inputs/inbox/A/bc.xlsx")))
	w.run()
	year := pipeline.Period{Kind: pipeline.Year, Year: 2026}
	exempt := func(unit, form string, p pipeline.Period) pipeline.Act {
		return pipeline.Act{Kind: pipeline.ActExempt, Unit: unit, Form: form, Period: p, Reason: "vì thế"}
	}
	w.refusedAs("unit_unknown", w.on(pipeline.ActAccept, "nobody/x.xlsx"))
	w.refusedAs("form_unknown", w.on(pipeline.ActAccept, "A/khác.xlsx"))
	w.refusedAs("period_unknown", w.on(pipeline.ActAccept, "A/kỳ.xlsx"))
	w.refusedAs("attachment", w.on(pipeline.ActWithdraw, "A/bản ký.pdf"))
	w.refusedAs("unknown_sha", pipeline.Act{Kind: pipeline.ActAccept, SHA256: "0123456789"})
	w.refusedAs("several_folders", w.on(pipeline.ActWithdraw, "A/bc.xlsx"))
	w.refusedAs("not_closed", reopening())
	w.refusedAs("not_begun", pipeline.Act{Kind: pipeline.ActClose, Period: pipeline.Period{Kind: pipeline.Quarter, Year: 2027, N: 1}})
	w.refusedAs("unknown_period", pipeline.Act{Kind: pipeline.ActClose, Period: pipeline.Period{Kind: pipeline.Month, Year: 2026, N: 2}})
	w.refusedAs("no_unit", exempt("X", "HD", firstQuarter))
	w.refusedAs("no_form", exempt("A", "X", firstQuarter))
	w.refusedAs("no_form_period", exempt("A", "HD", year))
	w.refusedAs("not_owed", exempt("P", "HD", firstQuarter))
	w.refusedAs("not_exempted", pipeline.Act{Kind: pipeline.ActLift, Unit: "A", Form: "HD", Period: firstQuarter})

	act := w.on(pipeline.ActWithdraw, "A/bc.xlsx")
	act.Unit = "A"
	w.do(act)
	w.do(pipeline.Act{Kind: pipeline.ActClose, Period: year})
	w.refusedAs("closed_around", reopening())
	w.refusedAs("reopen_first", exempt("A", "HD", firstQuarter))
	act.Kind = pipeline.ActAccept
	w.refusedAs("reopen_first", act)
	w.refusedAs("closed_already", pipeline.Act{Kind: pipeline.ActClose, Period: year})
}

// An exempted report leaves the due list and the coverage, and stays on the
// record.
func TestExemption(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	w.drop("A/bc.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 3, 10, 5, 200, 100)
	w.run()
	act := pipeline.Act{Kind: pipeline.ActExempt, Unit: "B", Form: "HD", Period: firstQuarter, Reason: "mới thành lập"}
	w.do(act)
	w.complete("2026-Q1", map[string]int{"on_time": 1})
	if got := w.figure("2026-Q1", "P", "LOP", "reported") + "/" + w.figure("2026-Q1", "P", "LOP", "due"); got != "1/1" {
		t.Errorf("coverage = %s, want 1/1", got)
	}
	for _, period := range []string{"2026-Q1", "2026"} {
		rows := w.table(period, "exemptions")
		if len(rows) != 1 || rows[0]["unit"] != "B" || rows[0]["reason"] != "mới thành lập" || rows[0]["by"] != "Lan" {
			t.Errorf("exemptions of %s = %v, want B's", period, rows)
		}
	}
	if !strings.Contains(w.read("inputs/feedback/B/index.html"), "được miễn nộp") {
		t.Error("the unit's board does not tell of the exemption")
	}
	w.refusedAs("exempted_already", act)
	act.Kind = pipeline.ActLift
	w.do(act)
	w.complete("2026-Q1", map[string]int{"on_time": 1, "missing": 1})
	w.refusedAs("lifted_already", act)
	other := act
	other.Reason = "nhầm"
	w.refusedAs("not_exempted", other)
	if rows := w.table("", "journal"); len(rows) != 2 || rows[0]["act"] != "exempt" || rows[1]["act"] != "lift" {
		t.Errorf("journal = %v, want both acts", rows)
	}
}

// A run that is killed after an act is on the record, before anything follows from
// it, leaves that to the next one.
func TestKilledBetweenRecordAndRun(t *testing.T) {
	t.Parallel()
	twin, w := newWorkspace(t), newWorkspace(t)
	for _, each := range []*workspace{twin, w} {
		each.drop("A/1.xlsx", "Công đoàn huyện An", "Quý I năm 2026", "năm", 10, 5, 200, 100)
		each.run()
	}
	act := twin.on(pipeline.ActAccept, "A/1.xlsx")
	twin.do(act)
	w.now = twin.now
	j, err := journal.Open(w.path(".tonghop"))
	must(t, err)
	act.At, act.By, act.Folder, act.SHA256, act.Unit, act.Form, act.Period = w.now, "Lan", "A", w.sha("A/1.xlsx"), "A", "HD", firstQuarter
	must(t, j.Add(act))
	w.run()
	if diff := cmp.Diff(twin.outputs(), w.outputs()); diff != "" {
		t.Errorf("outputs differ from an undisturbed twin's (-twin +this):\n%s", diff)
	}
	if twin.feedback("A/1.xlsx") != w.feedback("A/1.xlsx") {
		t.Error("the answer differs from an undisturbed twin's")
	}
}
