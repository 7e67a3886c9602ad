package feedback_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"tonghop/pipeline"
	"tonghop/reports"
	"tonghop/reports/feedback"
)

func TestVerdictInWords(t *testing.T) {
	t.Parallel()
	newer := pipeline.Finding{Code: "newer_counts", Severity: pipeline.SeverityNotice}
	tests := []struct {
		name     string
		verdict  pipeline.Verdict
		findings []pipeline.Finding
		want     string
		not      string
	}{
		{"accepted, newer counts", pipeline.Accepted, []pipeline.Finding{newer}, "ĐÃ CÓ BẢN MỚI HƠN", "tính vào số liệu tổng hợp"},
		{"accepted with warnings, newer counts", pipeline.Accepted, []pipeline.Finding{{Code: "x", Severity: pipeline.SeverityWarning}, newer}, "tính theo bản mới", "tính vào số liệu tổng hợp"},
		{"refused", pipeline.Refused, []pipeline.Finding{{Code: "x", Severity: pipeline.SeverityError}, newer}, "TRẢ LẠI ĐƠN VỊ", "BẢN MỚI HƠN"},
		{"replaces older", pipeline.Accepted, []pipeline.Finding{{Code: "replaces_older", Severity: pipeline.SeverityNotice}}, "ĐỦ ĐIỀU KIỆN TỔNG HỢP", "BẢN MỚI HƠN"},
		{"accepted despite errors", pipeline.Accepted, []pipeline.Finding{{Code: "x", Severity: pipeline.SeverityError}}, "dù còn 1 lỗi", "không phải làm gì"},
		{"withdrawn", pipeline.Withdrawn, nil, "ĐÃ RÚT", "tính vào số liệu tổng hợp"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f := answer(t)
			f.Submission.Verdict, f.Submission.Findings = tt.verdict, tt.findings
			text := sheetText(t, f)
			if !strings.Contains(text, tt.want) || strings.Contains(text, tt.not) {
				t.Errorf("the answer does not say %q, or says %q", tt.want, tt.not)
			}
		})
	}
}

// A check before sending never sounds as if the report had arrived.
func TestTrial(t *testing.T) {
	t.Parallel()
	warned := []pipeline.Finding{{Code: "x", Severity: pipeline.SeverityWarning}}
	wrong := []pipeline.Finding{{Code: "x", Severity: pipeline.SeverityError}}
	for _, tt := range []struct {
		name     string
		verdict  pipeline.Verdict
		findings []pipeline.Finding
		late     bool
		want     []string
	}{
		{"accepted", pipeline.Accepted, nil, false, []string{"ĐỦ ĐIỀU KIỆN TỔNG HỢP", "CHƯA NỘP", "Kiểm tra lúc", "còn trong hạn"}},
		{"warnings", pipeline.Accepted, warned, true, []string{"xem lại 1 điểm", "CHƯA NỘP", "đã quá hạn"}},
		{"refused", pipeline.Refused, wrong, false, []string{"CẦN SỬA TRƯỚC KHI NỘP", "Sửa 1 lỗi", "còn trong hạn"}},
		{"refused and late", pipeline.Refused, wrong, true, []string{"sẽ bị trả lại", "đã quá hạn"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f := answer(t)
			f.Trial, f.Late, f.Submission.Verdict, f.Submission.Findings = true, tt.late, tt.verdict, tt.findings
			text := sheetText(t, f)
			for _, want := range tt.want {
				if !strings.Contains(text, want) {
					t.Errorf("the answer does not say %q:\n%s", want, text)
				}
			}
			for _, not := range []string{"đã được nhận", "Nhận lúc", "nộp đúng hạn", "nộp muộn", "TRẢ LẠI ĐƠN VỊ"} {
				if strings.Contains(text, not) {
					t.Errorf("the answer says %q", not)
				}
			}
		})
	}
}

// sheetText is all text of an answer's sheet.
func sheetText(t *testing.T, f *reports.Feedback) string {
	t.Helper()
	rows, err := reopen(t, write(t, report(t), f)).GetRows(feedback.SheetName)
	must(t, err)
	text := ""
	for _, row := range rows {
		text += strings.Join(row, "|") + "\n"
	}
	return text
}

func TestFirstReceived(t *testing.T) {
	t.Parallel()
	const first = "09:41 17/06/2026 (nhận lần đầu 10/04/2026)"
	f := answer(t)
	for _, tt := range []struct {
		name string
		at   time.Time
		want bool
	}{
		{"unknown", time.Time{}, false},
		{"the same", f.Received.UTC(), false},
		{"earlier, in the zone of the answer", time.Date(2026, 4, 9, 18, 0, 0, 0, time.UTC), true},
	} {
		f.FirstReceived = tt.at
		if text := sheetText(t, f); strings.Contains(text, first) != tt.want || strings.Contains(text, "nhận lần đầu") != tt.want {
			t.Errorf("%s: the answer says %q, want %t", tt.name, first, tt.want)
		}
	}
}

// TestFigures compares what is said of figures: understood and as typed.
func TestFigures(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name       string
		value, raw string
		ratio      bool
		places     int
		want       string
	}{
		{"quotient", "0.0198807157057654", "1.98807157057654E-2", true, 2, "1,99%|1,99%"},
		{"percentage cell", "0.5", "0.5", true, 2, "50,00%|50,00%"},
		{"percentage cell with noise", "0.6123", "0.61229999999999996", true, 2, "61,23%|61,23%"},
		{"percentage typed exactly", "0.612345", "61,2345%", true, 2, "61,2345%|61,2345%"},
		{"percentage typed without its sign", "0.6123", "61.23", true, 2, "61.23|61,23%"},
		{"percentage of one", "0.01", "1", true, 2, "1|1,00%"},
		{"tiny", "0.0000012345678", "0.0000012345678", true, 2, "0,000123%|0,000123%"},
		{"average", "7850000.3333333", "7850000.3333333", false, 0, "7850000.3333333|7.850.000"},
		{"average typed exactly", "7850000.25", "7850000.25", false, 0, "7850000.25|7.850.000,25"},
		{"count", "12066", "12066", false, 0, "12066|12.066"},
		{"no number", "0.5", "NaN", true, 2, "NaN|50,00%"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f := answer(t)
			f.ReadBack = []reports.ReadBack{{Name: "Chỉ tiêu", Ratio: tt.ratio, Places: tt.places, Fact: pipeline.Fact{
				State: pipeline.StateNumber, Value: decimal.RequireFromString(tt.value), Raw: tt.raw, Sheet: unitSheet, Cell: "D4",
			}}}
			if text := sheetText(t, f); !strings.Contains(text, "|"+tt.want+"|D4") {
				t.Errorf("the answer does not say %q:\n%s", tt.want, text)
			}
		})
	}
}

func TestRowNotFound(t *testing.T) {
	t.Parallel()
	f := answer(t)
	f.ReadBack = []reports.ReadBack{{Name: "Số lớp", Fact: pipeline.Fact{State: pipeline.StateBlank}}}
	text := sheetText(t, f)
	if !strings.Contains(text, "không thấy dòng") || strings.Contains(text, " ! ") || strings.Contains(text, "(để trống)") {
		t.Errorf("the answer on a row that was not found says:\n%s", text)
	}
	var page bytes.Buffer
	must(t, feedback.WriteHTML(&page, f, language(t, "en")))
}
