package assess_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"tonghop/pipeline"
	"tonghop/pipeline/assess"
	"tonghop/pipeline/intake"
	"tonghop/pipeline/workbook"
)

// book writes an Excel workbook, sheets by name.
func book(t *testing.T, names []string, sheets ...[][]any) []byte {
	t.Helper()
	file := excelize.NewFile()
	for i, name := range names {
		if i == 0 {
			must(t, file.SetSheetName("Sheet1", name))
		} else if _, err := file.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		for row, cells := range sheets[i] {
			must(t, file.SetSheetRow(name, fmt.Sprintf("A%d", row+1), &cells))
		}
	}
	var buffer bytes.Buffer
	must(t, file.Write(&buffer))
	must(t, file.Close())
	return buffer.Bytes()
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// filled is the test's form: quarterly on basis period until 30/6/2026, then on
// basis ytd.
func filled(unit, code, period string, label string, value any) [][]any {
	return [][]any{
		{"Đơn vị báo cáo: " + unit, nil, "Mã đơn vị: " + code}, {"Kỳ: " + period},
		{"TT", "Nội dung", "ĐVT", "Số lượng"}, {1, label, "lớp", value}, {2, "Lương bình quân", "đồng", nil}, {3, "Số người được tính", "người", nil},
	}
}

func inputs(t *testing.T) fs.FS {
	t.Helper()
	return fstest.MapFS{
		"catalogue.xlsx": {Data: book(t, []string{"units", "indicators", "forms"},
			[][]any{{"code", "name", "kind", "parent"}, {"P", "Tỉnh", "province", nil}, {"A", "Huyện An", "district", "P"}, {"B", "Huyện Bình", "district", "P"}},
			[][]any{{"code", "name", "kind", "time", "weight_by"}, {"LOP", "Số lớp", "count", "flow", nil}, {"LUONG", "Lương bình quân", "average", "stock", "SO"}, {"SO", "Số người được tính", "people", "stock", nil}},
			[][]any{
				{"code", "name", "file", "frequency", "basis", "unit_kinds", "valid_from", "valid_to"},
				{"F", "Biểu F", "new.xlsx", "quarter", "ytd", "district", "2026-07-01", nil},
				{"F", "Biểu F", "old.xlsx", "quarter", "period", "district", "2026-01-01", "2026-06-30"},
			})},
		"forms/old.xlsx": {Data: book(t, []string{"B"}, form("Số lớp đã mở"))},
		"forms/new.xlsx": {Data: book(t, []string{"B"}, form("Số lớp đào tạo"))},
	}
}

func form(label string) [][]any {
	rows := filled("{{@unit}}", "{{@unit.code}}", "{{@period}}", label, "{{LOP}}")
	rows[4][3], rows[5][3] = "{{LUONG}}", "{{SO}}"
	return rows
}

func TestAssess(t *testing.T) {
	t.Parallel()
	rules, findings, err := assess.Load(inputs(t), func(x pipeline.Exceptions) pipeline.Calendar {
		return pipeline.Calendar{Exceptions: x}
	})
	if err != nil || rules == nil {
		t.Fatalf("Load: %v %+v", err, findings)
	}
	old, newer := "Số lớp đã mở", "Số lớp đào tạo"
	large := filled("Huyện An", "A", "Quý I năm 2026", old, 1)
	large[4][3], large[5][3] = 5e12, 3
	together := filled("Huyện An", "A", "Quý I năm 2026", old, 1)
	together[4][3], together[5][3] = 5e11, 2e9
	tests := []struct {
		name string
		path string
		now  string
		rows [][]any
		want string // verdict, period and codes of errors and warnings
	}{
		{"a report of the old version", "A/x.xlsx", "2026-04-10", filled("Huyện An", "A", "Quý I năm 2026", old, 3), "accepted 2026-Q1"},
		{"a late report of the old version", "A/x.xlsx", "2026-12-10", filled("Huyện An", "A", "Quý II năm 2026", old, 3), "accepted 2026-Q2"},
		{"a report of the new version", "A/x.xlsx", "2026-10-10", filled("Huyện An", "A", "9 tháng đầu năm 2026", newer, 3), "accepted 2026-9M"},
		{"an old copy for a newer period", "A/x.xlsx", "2026-10-10", filled("Huyện An", "A", "9 tháng đầu năm 2026", old, 3), "refused 2026-9M form_outdated row_missing"},
		{"a new copy for an older period", "A/x.xlsx", "2026-10-10", filled("Huyện An", "A", "Quý I năm 2026", newer, 3), "refused 2026-Q1 form_too_new row_missing"},
		{"before every version", "A/x.xlsx", "2026-04-10", filled("Huyện An", "A", "Quý IV năm 2025", old, 3), "refused 2025-Q4 form_not_valid"},
		{"another unit's name beside the right code", "A/x.xlsx", "2026-04-10", filled("Huyện Bình", "A", "Quý I năm 2026", old, 3), "refused 2026-Q1 unit_mismatch"},
		{"no unit's name", "A/x.xlsx", "2026-04-10", filled("", "", "Quý I năm 2026", old, 3), "accepted 2026-Q1 unit_unnamed"},
		{"nobody's name", "A/x.xlsx", "2026-04-10", filled("Huyện Xa", "", "Quý I năm 2026", old, 3), "accepted 2026-Q1 unit_unknown"},
		{"a unit that does not owe the form", "P/x.xlsx", "2026-04-10", filled("Tỉnh", "P", "Quý I năm 2026", old, 3), "refused 2026-Q1 form_not_for_unit"},
		{"a wage that can't be weighted", "A/x.xlsx", "2026-04-10", large, "refused 2026-Q1 number_too_large"},
		{"a wage that is too large for its weight", "A/x.xlsx", "2026-04-10", together, "refused 2026-Q1 number_too_large"},
		{"an unknown folder", "C/x.xlsx", "2026-04-10", filled("Huyện An", "A", "Quý I năm 2026", old, 3), "held  folder_unknown"},
		{"the root of the inbox", "x.xlsx", "2026-04-10", filled("Huyện An", "A", "Quý I năm 2026", old, 3), "held  folder_missing"},
		{"a list of people beside the form", "A/x.xlsx", "2026-04-10", append(filled("Huyện An", "A", "Quý I năm 2026", old, 3), []any{"Họ và tên", "Số điện thoại"}, []any{"Nguyễn Văn A", "0912345678"}), "accepted 2026-Q1 personal_data"},
		{"blank", "A/x.xlsx", "2026-04-10", filled("Huyện An", "A", "Quý I năm 2026", old, nil), "refused 2026-Q1 form_blank"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			now, err := time.Parse(time.DateOnly, tt.now)
			must(t, err)
			data := book(t, []string{"Biểu"}, tt.rows)
			result, err := rules.Assess(assess.Input{File: intake.File{Path: tt.path, Size: int64(len(data))}, Data: data, Now: now, Zone: time.UTC})
			must(t, err)
			got := string(result.Verdict) + " " + result.Period.String()
			for _, f := range result.Findings {
				if f.Severity != pipeline.SeverityNotice {
					got += " " + f.Code
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("mismatch (-want +got):\n%s\n%+v", diff, result.Findings)
			}
		})
	}
}

// Who judges with one reader for all gets the results of who does not, and they
// stay when the reader reads on.
func TestOneReaderForAll(t *testing.T) {
	t.Parallel()
	rules, _, err := assess.Load(inputs(t), func(pipeline.Exceptions) pipeline.Calendar { return pipeline.Calendar{} })
	must(t, err)
	var reader workbook.Reader
	var want, got []assess.Result
	for i, period := range []string{"Quý I năm 2026", "Quý II năm 2026", "không rõ", "Quý III năm 2026"} {
		rows := filled("Huyện An", "A", period, "Số lớp đã mở", 1250+i)
		data := book(t, []string{"Biểu"}, append(rows, []any{4, "Thêm dòng " + period, "lớp", i}))
		in := assess.Input{File: intake.File{Path: "A/x.xlsx", Size: int64(len(data))}, Data: data, Now: time.Date(2026, 9, 10, 0, 0, 0, 0, time.UTC), Zone: time.UTC}
		alone, err := rules.Assess(in)
		must(t, err)
		alone.Match = nil
		in.Reader = &reader
		shared, err := rules.Assess(in)
		must(t, err)
		want, got = append(want, alone), append(got, shared)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("results mismatch (-own reader +one for all):\n%s", diff)
	}
	if len(got[0].Facts) == 0 || len(got[2].Findings) == 0 {
		t.Errorf("nothing was read: %+v", got)
	}
}

// Outside the inbox only the workbook tells whose it is.
func TestOutsideTheInbox(t *testing.T) {
	t.Parallel()
	rules, _, err := assess.Load(inputs(t), func(pipeline.Exceptions) pipeline.Calendar { return pipeline.Calendar{} })
	must(t, err)
	for name, want := range map[string]string{"Huyện An": "A ", "Huyện Xa": " unit_not_told", "": " unit_not_told"} {
		data := book(t, []string{"Biểu"}, filled(name, "", "Quý I năm 2026", "Số lớp đã mở", 3))
		result, err := rules.Assess(assess.Input{
			File: intake.File{Path: "x.xlsx", Size: int64(len(data))}, Data: data, Outside: true, Now: time.Date(2026, 4, 10, 0, 0, 0, 0, time.UTC), Zone: time.UTC,
		})
		must(t, err)
		got := result.Unit + " "
		for _, f := range result.Findings {
			got += f.Code
		}
		if got != want {
			t.Errorf("unit and findings of %q = %q, want %q", name, got, want)
		}
	}
}

// What is too large is judged by its size, without its bytes.
func TestOversizedFiles(t *testing.T) {
	t.Parallel()
	rules, _, err := assess.Load(inputs(t), func(pipeline.Exceptions) pipeline.Calendar { return pipeline.Calendar{} })
	must(t, err)
	for name, want := range map[string]pipeline.Verdict{"A/video.mp4": pipeline.Attachment, "A/bc.xlsx": pipeline.Refused} {
		result, err := rules.Assess(assess.Input{File: intake.File{Path: name, Size: 1 << 30}, Now: time.Now(), Zone: time.UTC})
		must(t, err)
		if result.Verdict != want {
			t.Errorf("%s = %s %+v, want %s", name, result.Verdict, result.Findings, want)
		}
	}
}

// A broken catalogue tells every mistake at once, those in forms too.
func TestEveryMistakeAtOnce(t *testing.T) {
	t.Parallel()
	files := inputs(t).(fstest.MapFS)
	files["catalogue.xlsx"] = &fstest.MapFile{Data: book(t, []string{"units", "indicators", "forms"},
		[][]any{{"code", "name", "kind", "parent"}, {"A", "Huyện An", "district", "NOBODY"}},
		[][]any{{"code", "name", "kind", "time"}, {"LOP", "Số lớp", "count", "flow"}},
		[][]any{{"code", "name", "file", "frequency"}, {"F", "Biểu F", "old.xlsx", "quarter"}, {"G", "Biểu G", "absent.xlsx", "quarter"}},
	)}
	rules, findings, err := assess.Load(files, func(pipeline.Exceptions) pipeline.Calendar { return pipeline.Calendar{} })
	if err != nil || rules != nil {
		t.Fatalf("Load = %v, %v; want findings", rules, err)
	}
	var all []string
	for _, f := range findings {
		all = append(all, f.File+" "+f.Code)
	}
	told := strings.Join(all, "\n")
	for _, want := range []string{"catalogue.xlsx catalogue_unknown_code", "forms/old.xlsx marker_unknown_indicator", "forms/absent.xlsx catalogue_file_missing"} {
		if !strings.Contains(told, want) {
			t.Errorf("not told: %s; told:\n%s", want, told)
		}
	}
}
