package job_test

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"tonghop/pipeline"
	"tonghop/pipeline/config"
	"tonghop/pipeline/job"
	"tonghop/pipeline/lang"
	"tonghop/pipeline/lock"
	"tonghop/pipeline/store"
	"tonghop/reports"
)

// A sheet is the rows of one worksheet.
type sheet struct {
	name string
	rows [][]any
}

// book writes an Excel workbook.
func book(t testing.TB, sheets ...sheet) []byte {
	t.Helper()
	file := excelize.NewFile()
	for i, s := range sheets {
		if i == 0 {
			must(t, file.SetSheetName("Sheet1", s.name))
		} else if _, err := file.NewSheet(s.name); err != nil {
			t.Fatal(err)
		}
		for row, cells := range s.rows {
			must(t, file.SetSheetRow(s.name, fmt.Sprintf("A%d", row+1), &cells))
		}
	}
	var buffer bytes.Buffer
	if err := file.Write(&buffer); err != nil {
		t.Fatal(err)
	}
	must(t, file.Close())
	return buffer.Bytes()
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// emptyWorkspace is a folder with settings, without a catalogue.
func emptyWorkspace(t testing.TB) *workspace {
	w := &workspace{t: t, dir: t.TempDir(), now: time.Date(2026, 4, 10, 8, 0, 0, 0, time.UTC)}
	w.write("tonghop.toml", []byte("settle = \"0s\"\n"))
	return w
}

// formRows is the quarterly form of the test workspace, with what stands in its
// figure cells.
func formRows(unit, period string, figures ...any) [][]any {
	at := func(i int) any {
		if i < len(figures) {
			return figures[i]
		}
		return nil
	}
	return [][]any{
		{"Đơn vị báo cáo: " + unit},
		{"BÁO CÁO HOẠT ĐỘNG"},
		{"Kỳ báo cáo: " + period},
		{"TT", "Nội dung", "Đơn vị tính", "Số lượng"},
		{"I", "Đào tạo"},
		{1, "Số lớp đã mở", "lớp", at(0)},
		{2, "Số người tham gia", "người", at(1)},
		{nil, "- Trong đó: nữ", "người", at(2)},
		{"II", "Tổ chức"},
		{3, "Tổng số đoàn viên", "người", at(3)},
		{nil, "- Trong đó: nữ", "người", at(4)},
		{4, "Tỷ lệ nữ", "%", at(5)},
	}
}

// A workspace is a small province in a folder of its own.
type workspace struct {
	t      testing.TB
	dir    string
	now    time.Time
	worker func(ctx context.Context, rules string) *exec.Cmd // nil: judge in process

	language, version string            // of a run; empty is vi
	onStep            func(name string) // called when a stage begins; nil: nothing
	onPart            func(name string) // called when a stage tells of a part; nil: nothing
	all               bool              // of a run: compute every period anew
	portion           int               // of a run: how many figures it computes at once; 0 for the usual
	kill              string            // the stage at whose beginning the run is cut off
	act               *pipeline.Act     // what the next run is to do
	log               bytes.Buffer
}

func newWorkspace(t testing.TB) *workspace {
	t.Helper()
	w := emptyWorkspace(t)
	w.write("inputs/catalogue.xlsx", book(t,
		sheet{"units", [][]any{
			{"code", "name", "kind", "parent", "aliases"},
			{"P", "Liên đoàn Lao động tỉnh", "province", nil, nil},
			{"A", "Công đoàn huyện An", "district", "P", "CĐ An"},
			{"B", "Công đoàn huyện Bình", "district", "P", nil},
		}},
		sheet{"indicators", [][]any{
			{"code", "name", "unit", "kind", "time", "numerator", "denominator", "decimals"},
			{"LOP", "Số lớp đã mở", "lớp", "count", "flow", nil, nil, nil},
			{"NGUOI", "Số người tham gia", "người", "people", "flow", nil, nil, nil},
			{"NGUOI_NU", "Số nữ tham gia", "người", "people", "flow", nil, nil, nil},
			{"DV", "Tổng số đoàn viên", "người", "people", "stock", nil, nil, nil},
			{"DV_NU", "Số đoàn viên nữ", "người", "people", "stock", nil, nil, nil},
			{"TLNU", "Tỷ lệ đoàn viên nữ", "%", "ratio", "stock", "DV_NU", "DV", 2},
		}},
		sheet{"forms", [][]any{
			{"code", "name", "file", "frequency", "unit_kinds"},
			{"HD", "Báo cáo hoạt động", "HD.xlsx", "quarter", "district"},
		}},
		sheet{"targets 2026", [][]any{{"unit", "LOP", "DV"}, {"A", 20, nil}, {"B", 10, nil}}},
		sheet{"checks", [][]any{
			{"code", "left", "operator", "right", "missing", "severity", "instruction"},
			{"K1", "NGUOI_NU", "<=", "NGUOI", "skip_any", "error", "Số nữ không thể nhiều hơn tổng số."},
		}},
	))
	w.write("inputs/forms/HD.xlsx", book(t, sheet{"Biểu", formRows("{{@unit}}", "{{@period}}",
		"{{LOP}}", "{{NGUOI}}", "{{NGUOI_NU}}", "{{DV}}", "{{DV_NU}}", "{{TLNU}}")}))
	must(t, os.MkdirAll(filepath.Join(w.dir, "inputs", "inbox"), 0o755))
	return w
}

func (w *workspace) write(name string, data []byte) {
	w.t.Helper()
	path := filepath.Join(w.dir, filepath.FromSlash(name))
	must(w.t, os.MkdirAll(filepath.Dir(path), 0o755))
	must(w.t, os.WriteFile(path, data, 0o644))
}

// drop puts a filled form into the inbox.
func (w *workspace) drop(name, unit, period string, figures ...any) {
	w.t.Helper()
	w.write("inputs/inbox/"+name, book(w.t, sheet{"Biểu", formRows(unit, period, figures...)}))
}

// run does one run, which must not fail.
func (w *workspace) run(periods ...string) job.Result {
	w.t.Helper()
	result, err := w.try(periods...)
	must(w.t, err)
	return result
}

func (w *workspace) try(periods ...string) (job.Result, error) {
	w.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	steps := func(name string) {
		if w.onStep != nil {
			w.onStep(name)
		}
		if name == w.kill {
			cancel()
		}
	}
	options := w.options()
	options.Progress = progress{steps, w.onPart}
	for _, code := range periods {
		p, err := pipeline.ParsePeriod(code)
		must(w.t, err)
		options.Periods = append(options.Periods, p)
	}
	return job.Run(ctx, options)
}

// options are those of every run.
func (w *workspace) options() job.Options {
	w.t.Helper()
	c, err := config.Load(w.dir, "")
	must(w.t, err)
	text, err := lang.Load(cmp.Or(w.language, "vi"))
	must(w.t, err)
	return job.Options{
		Config: c, Language: text, Now: w.now, Version: w.version, Log: slog.New(slog.NewTextHandler(&w.log, nil)),
		Progress: progress{step: func(string) {}}, Worker: w.worker, Act: w.act, All: w.all,
	}.InPortions(w.portion)
}

// cutOff does one run that is cut off when a stage begins for the nth time.
func (w *workspace) cutOff(stage string, n int) {
	w.t.Helper()
	w.onStep = func(name string) {
		if name != stage {
			return
		}
		if n--; n == 0 {
			w.kill = stage
		}
	}
	if _, err := w.try(); err == nil {
		w.t.Fatalf("a run that is cut off at %s must fail", stage)
	}
	w.onStep, w.kill = nil, ""
}

// killed does one run that is cut off at the beginning of a stage.
func (w *workspace) killed(stage string) {
	w.t.Helper()
	w.kill = stage
	if _, err := w.try(); err == nil {
		w.t.Fatalf("a run that is cut off at %s must fail", stage)
	}
	w.kill = ""
}

// progress is a Progress that tells of stages, and of their parts where part is
// not nil.
type progress struct{ step, part func(name string) }

func (progress) Waiting(lock.Holder)         {}
func (progress) Settling(int, time.Duration) {}
func (p progress) Step(name string, _ int)   { p.step(name) }
func (p progress) Part(name string) {
	if p.part != nil {
		p.part(name)
	}
}

// table reads a published table.
func (w *workspace) table(period, name string) []map[string]string {
	w.t.Helper()
	file, err := os.Open(filepath.Join(w.dir, "out", period, "data", name+".csv"))
	must(w.t, err)
	table, err := reports.ReadCSV(file, name)
	must(w.t, err)
	must(w.t, file.Close())
	return table.Records()
}

// figure is one column of an achievement.
func (w *workspace) figure(period, unit, indicator, column string) string {
	w.t.Helper()
	for _, row := range w.table(period, "achievement") {
		if row["unit"] == unit && row["indicator"] == indicator {
			return row[column]
		}
	}
	return "no row"
}

// verdicts lists "file: status" of the files ever taken.
func (w *workspace) verdicts() string {
	w.t.Helper()
	var all []string
	for _, row := range w.table("", "submissions") {
		all = append(all, row["file"]+": "+row["status"])
	}
	return strings.Join(all, "\n")
}

// outputs are the hashes of every file below out, by its path.
func (w *workspace) outputs() map[string]string { return w.hashes("out") }

// hashes are those of every file below a folder, by its path.
func (w *workspace) hashes(folder string) map[string]string {
	w.t.Helper()
	all := map[string]string{}
	root := w.path(folder)
	must(w.t, filepath.WalkDir(root, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		below, _ := filepath.Rel(root, path)
		all[filepath.ToSlash(below)] = fmt.Sprintf("%x", sha256.Sum256(data))
		return err
	}))
	return all
}

// exists tells whether there is a file of this name.
func (w *workspace) exists(name string) bool {
	_, err := os.Stat(w.path(name))
	return err == nil
}

// path is where a file of the workspace lies.
func (w *workspace) path(name string) string { return filepath.Join(w.dir, filepath.FromSlash(name)) }

// feedback is all that is written on the first sheet of an answer.
func (w *workspace) feedback(name string) string {
	w.t.Helper()
	file, err := excelize.OpenFile(w.path("inputs/feedback/" + name + ".phan-hoi.xlsx"))
	must(w.t, err)
	rows, err := file.GetRows(file.GetSheetList()[0])
	must(w.t, err)
	must(w.t, file.Close())
	return fmt.Sprint(rows)
}

// inStore works in the database between runs.
func (w *workspace) inStore(work func(ctx context.Context, tx *store.Tx) error) {
	w.t.Helper()
	ctx := context.Background()
	db, err := store.Open(ctx, w.path(".tonghop/tonghop.duckdb"))
	must(w.t, err)
	must(w.t, db.Transact(ctx, func(tx *store.Tx) error { return work(ctx, tx) }))
	must(w.t, db.Close())
}

// withCell changes one cell of a workbook.
func withCell(t testing.TB, data []byte, sheet, cell string, value any) []byte {
	t.Helper()
	file, err := excelize.OpenReader(bytes.NewReader(data))
	must(t, err)
	must(t, file.SetCellValue(sheet, cell, value))
	var buffer bytes.Buffer
	must(t, file.Write(&buffer))
	must(t, file.Close())
	return buffer.Bytes()
}
