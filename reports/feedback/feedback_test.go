package feedback_test

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"tonghop/pipeline"
	"tonghop/reports"
	"tonghop/reports/feedback"
)

const unitSheet = "Biểu 2'HĐCĐ"

func write(t *testing.T, original []byte, f *reports.Feedback) []byte {
	t.Helper()
	var out bytes.Buffer
	must(t, feedback.Write(&out, original, f, language(t, "vi")))
	return out.Bytes()
}

func fillOf(t *testing.T, f *excelize.File, sheet, cell string) string {
	t.Helper()
	id, err := f.GetCellStyle(sheet, cell)
	must(t, err)
	style, err := f.GetStyle(id)
	must(t, err)
	return strings.Join(style.Fill.Color, " ")
}

func comments(t *testing.T, f *excelize.File, sheet string) map[string]string {
	t.Helper()
	list, err := f.GetComments(sheet)
	must(t, err)
	all := map[string]string{}
	for _, c := range list {
		all[c.Cell] = c.Text
		for _, run := range c.Paragraph {
			all[c.Cell] += run.Text
		}
	}
	return all
}

func TestAnswerStandsFirst(t *testing.T) {
	t.Parallel()
	f := reopen(t, write(t, report(t), answer(t)))
	want := []string{feedback.SheetName, unitSheet, "Ghi chú"}
	if diff := cmp.Diff(want, f.GetSheetList()); diff != "" {
		t.Errorf("sheets mismatch (-want +got):\n%s", diff)
	}
	if got := f.GetActiveSheetIndex(); got != 0 {
		t.Errorf("active sheet is %d, want the answer", got)
	}
	for _, text := range []string{
		"TRẢ LẠI ĐƠN VỊ", "Liên đoàn Lao động huyện Kế Sách", "6 tháng đầu năm 2026", "Bao cao 6 thang.xlsx", "09:41 17/06/2026",
		"15/06/2026 - đã quá hạn, xin nộp lại sớm", "12.066", "61,23%", "ít nhất 500", "không phát sinh", "(để trống)", "Tỷ lệ đoàn viên (lũy kế từ đầu năm)",
		"xem điểm 3 ở trên",
	} {
		find(t, f, feedback.SheetName, text)
	}
	rows, err := f.GetRows(feedback.SheetName)
	must(t, err)
	header := slices.IndexFunc(rows, func(row []string) bool { return len(row) > 1 && row[1] == "Mức độ" })
	if first := rows[header+1]; first[0] != "1" || first[1] != "Lỗi" {
		t.Errorf("the first finding is %q, want the error", first)
	}
}

func TestLinksLeadToCells(t *testing.T) {
	t.Parallel()
	f := reopen(t, write(t, report(t), answer(t)))
	for text, want := range map[string]string{
		"D5": "'Biểu 2''HĐCĐ'!D5", unitSheet + " ! D8": "'Biểu 2''HĐCĐ'!D8", "Ghi chú ! A1": "'Ghi chú'!A1", "không có ! B2": "",
		"xem điểm 3 ở trên": "'Phiếu phản hồi'!A14",
	} {
		_, got, err := f.GetCellHyperLink(feedback.SheetName, find(t, f, feedback.SheetName, text))
		if err != nil || got != want {
			t.Errorf("%q leads to %q, %v, want %q", text, got, err, want)
		}
	}
}

func TestCellsAreMarked(t *testing.T) {
	t.Parallel()
	original, f := reopen(t, report(t)), reopen(t, write(t, report(t), answer(t)))
	for cell, want := range map[string]string{"D5": "FFC7CE", "D6": "FFF2CC", "D4": "DDEBF7", "D8": "DDEBF7"} {
		if got := fillOf(t, f, unitSheet, cell); got != want {
			t.Errorf("cell %s is filled with %s, want %s", cell, got, want)
		}
	}
	style := func(f *excelize.File) *excelize.Style {
		id, err := f.GetCellStyle(unitSheet, "D5")
		must(t, err)
		s, err := f.GetStyle(id)
		must(t, err)
		s.Fill = excelize.Fill{}
		return s
	}
	if diff := cmp.Diff(style(original), style(f)); diff != "" {
		t.Errorf("style of a marked cell, but for its fill, mismatch (-want +got):\n%s", diff)
	}
	notes := comments(t, f, unitSheet)
	if notes["B4"] != "ghi chú của đơn vị" {
		t.Errorf("the unit's own comment is %q", notes["B4"])
	}
	if got := notes["D5"]; !strings.HasPrefix(got, "Lỗi (điểm 1 của phiếu phản hồi): ") || !strings.Contains(got, "\nCảnh báo (điểm 2 của phiếu phản hồi): ") {
		t.Errorf("comment of a cell with two findings is %q", got)
	}
}

// TestOriginalIsKept compares all that a unit sees of its own sheets.
func TestOriginalIsKept(t *testing.T) {
	t.Parallel()
	before, after := reopen(t, report(t)), reopen(t, write(t, report(t), answer(t)))
	for _, sheet := range before.GetSheetList() {
		if diff := cmp.Diff(sheetOf(t, before, sheet), sheetOf(t, after, sheet)); diff != "" {
			t.Errorf("sheet %q mismatch (-want +got):\n%s", sheet, diff)
		}
	}
	if diff := cmp.Diff(before.GetDefinedName(), after.GetDefinedName()); diff != "" {
		t.Errorf("names mismatch (-want +got):\n%s", diff)
	}
}

// A sheetView is what is compared of a sheet: per cell its value, formula and
// style, but for the marked ones' style.
type sheetView struct {
	Cells  map[string][]any
	Widths []float64
	Height float64
	Merges []string
}

func sheetOf(t *testing.T, f *excelize.File, sheet string) sheetView {
	t.Helper()
	view := sheetView{Cells: map[string][]any{}}
	for row := 1; row <= 10; row++ {
		for col := 1; col <= 6; col++ {
			name, err := excelize.CoordinatesToCellName(col, row)
			must(t, err)
			value, err := f.GetCellValue(sheet, name, excelize.Options{RawCellValue: true})
			must(t, err)
			formula, err := f.GetCellFormula(sheet, name)
			must(t, err)
			kind, err := f.GetCellType(sheet, name)
			must(t, err)
			id, err := f.GetCellStyle(sheet, name)
			must(t, err)
			style, err := f.GetStyle(id)
			must(t, err)
			if sheet == unitSheet && (name == "D5" || name == "D6") {
				style = nil
			}
			view.Cells[name] = []any{value, formula, kind, style}
		}
	}
	for _, col := range []string{"A", "B", "C"} {
		width, err := f.GetColWidth(sheet, col)
		must(t, err)
		view.Widths = append(view.Widths, width)
	}
	height, err := f.GetRowHeight(sheet, 3)
	must(t, err)
	view.Height = height
	merges, err := f.GetMergeCells(sheet)
	must(t, err)
	for _, m := range merges {
		view.Merges = append(view.Merges, m.GetStartAxis()+":"+m.GetEndAxis())
	}
	return view
}

// TestMendedFeedback mends a marked-up workbook and answers it again.
func TestMendedFeedback(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		saved func(part, content string) (string, string)
		fill  string // of the mended cell
	}{
		{"Excel", func(part, content string) (string, string) { return part, content }, "DDEBF7"},
		{"LibreOffice drops authors and has backgrounds of its own", func(part, content string) (string, string) {
			content = strings.Replace(content, "<author>tonghop</author>", "<author> </author>", 1)
			return part, strings.Replace(content, "<Application>Go Excelize</Application>", "<Application>LibreOffice/7.4</Application>", 1)
		}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			marked := reopen(t, write(t, report(t), answer(t)))
			must(t, marked.SetCellInt(unitSheet, "D5", 12))
			var mended bytes.Buffer
			must(t, marked.Write(&mended))
			good := answer(t)
			good.Submission.Verdict, good.Submission.Findings = pipeline.Accepted, good.Submission.Findings[:1]
			f := reopen(t, write(t, rezip(t, mended.Bytes(), tt.saved), good))
			if diff := cmp.Diff([]string{feedback.SheetName, unitSheet, "Ghi chú"}, f.GetSheetList()); diff != "" {
				t.Errorf("sheets mismatch (-want +got):\n%s", diff)
			}
			find(t, f, feedback.SheetName, "ĐỦ ĐIỀU KIỆN TỔNG HỢP")
			for cell, want := range map[string]string{"D5": tt.fill, "D6": "FFF2CC"} {
				if got := fillOf(t, f, unitSheet, cell); got != want {
					t.Errorf("cell %s is filled with %q, want %q", cell, got, want)
				}
			}
			notes := comments(t, f, unitSheet)
			if notes["B4"] == "" || notes["D5"] != "" || notes["D6"] == "" || len(notes) != 2 {
				t.Errorf("comments are %q, want the unit's on B4 and ours on D6", notes)
			}
			if got := f.GetDefinedName(); len(got) != 1 || got[0].Scope != unitSheet {
				t.Errorf("names are %v, want the print area of %q", got, unitSheet)
			}
		})
	}
}

func TestDeterministic(t *testing.T) {
	t.Parallel()
	for name, original := range map[string][]byte{"marked": report(t), "clean": nil} {
		first := write(t, original, answer(t))
		for range 5 {
			if !bytes.Equal(first, write(t, original, answer(t))) {
				t.Errorf("%s: equal feedback gives different bytes", name)
				break
			}
		}
	}
}

func TestManyFindings(t *testing.T) {
	t.Parallel()
	f := answer(t)
	for n := range 1200 {
		cell, err := excelize.CoordinatesToCellName(1+n%20, 10+n/20)
		must(t, err)
		f.Submission.Findings = append(f.Submission.Findings, pipeline.Finding{Code: "x", Severity: pipeline.SeverityError, Sheet: unitSheet, Cell: cell})
		f.ReadBack = append(f.ReadBack, f.ReadBack[0], f.ReadBack[1])
	}
	got := reopen(t, write(t, report(t), f))
	find(t, got, feedback.SheetName, "Còn 704 điểm nữa không ghi hết ở đây. Xin sửa các điểm trên trước.")
	find(t, got, feedback.SheetName, "Còn 405 số liệu nữa không ghi hết ở đây.")
	if n := len(comments(t, got, unitSheet)); n > 501 {
		t.Errorf("%d comments, want no more than 500 of ours", n)
	}
}

func TestVerdicts(t *testing.T) {
	t.Parallel()
	for _, code := range []string{"vi", "en"} {
		for _, verdict := range []pipeline.Verdict{pipeline.Accepted, pipeline.Refused, pipeline.Held, pipeline.Attachment} {
			t.Run(code+" "+string(verdict), func(t *testing.T) {
				t.Parallel()
				f := answer(t)
				f.Submission = pipeline.Submission{Verdict: verdict, Findings: f.Submission.Findings[:1]}
				f.Submission.Findings[0].Code = "x"
				var workbook, page bytes.Buffer
				must(t, feedback.Write(&workbook, nil, f, language(t, code)), feedback.WriteHTML(&page, f, language(t, code)))
				rows, err := reopen(t, workbook.Bytes()).GetRows(feedback.SheetName)
				must(t, err)
				shown := page.String()
				for _, row := range rows {
					shown += strings.Join(row, "\n")
				}
				if key := regexp.MustCompile(`feedback\.[a-z_.]+|\{[a-z_]+\}`).FindString(shown); key != "" {
					t.Errorf("the answer shows the bare key %q", key)
				}
				if want := language(t, code).Text("feedback.verdict." + string(verdict)); strings.Count(shown, want) < 2 {
					t.Errorf("the answer does not say %q", want)
				}
			})
		}
	}
}

func TestPage(t *testing.T) {
	t.Parallel()
	f := answer(t)
	f.Submission.Findings = []pipeline.Finding{{Code: "x", Severity: pipeline.SeverityError}}
	var page bytes.Buffer
	must(t, feedback.WriteHTML(&page, f, language(t, "vi")))
	for _, want := range []string{`<html lang="vi">`, "TRẢ LẠI ĐƠN VỊ", "Không mở được tệp này", "huyện Kế Sách", "đã quá hạn", `class="title error"`} {
		if !strings.Contains(page.String(), want) {
			t.Errorf("the page does not have %q", want)
		}
	}
	if link := regexp.MustCompile(`(src|href|url)\s*[=(]`).FindString(page.String()); link != "" {
		t.Errorf("the page needs something beside it: %q", link)
	}
}
