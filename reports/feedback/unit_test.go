package feedback

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"tonghop/pipeline"
	"tonghop/pipeline/lang"
	"tonghop/reports"
)

func TestWriteUnit(t *testing.T) {
	t.Parallel()
	vi, err := lang.Load("vi")
	if err != nil {
		t.Fatal(err)
	}
	day := time.Date(2026, 4, 10, 9, 0, 0, 0, time.UTC)
	board := &reports.UnitBoard{
		Code: "A", Name: "Huyện </script><b>An", AsOf: day, FormNames: map[string]string{"F": "Biểu F"},
		Reports: []reports.Reporting{
			{Period: "2026-Q1", Form: "F", Unit: "A", Due: pipeline.Day(2026, 4, 2), State: "missing", Refused: 2},
			{Period: "2025-Q4", Form: "F", Unit: "A", Due: day, State: "late", Received: day},
		},
		Submissions: []reports.Submission{
			{Unit: "A", Form: "F", File: "A/v2.xlsx", Period: "2025-Q4", Status: "accepted", FirstSeen: day},
			{Unit: "A", Form: "F", File: "A/v1.xlsx", Period: "2025-Q4", Status: "refused", FirstSeen: day},
			{Unit: "A", File: "A/2026/bao cao #1.xlsx", Period: "2026-Q1", Status: "refused", FirstSeen: day},
			{Unit: "A", File: "A/scan.pdf", Status: "attachment", FirstSeen: day},
		},
	}
	var page bytes.Buffer
	if err := WriteUnit(&page, board, vi); err != nil {
		t.Fatal(err)
	}
	text := page.String()
	for _, want := range []string{
		"Còn 1 báo cáo phải nộp", "chưa nộp, đã quá hạn 8 ngày (đã trả lại 2 tệp)", "Quý I năm 2026", "đã nộp, muộn", `<a href="./2026/">2026/bao cao #1.xlsx</a>`,
		"tệp kèm theo, đã lưu", "trả lại, đã có bản sửa", "trả lại, cần sửa và nộp lại", "Huyện &lt;/script&gt;&lt;b&gt;An",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("page lacks %q", want)
		}
	}
	if strings.Contains(text, "feedback.unit.") || strings.Contains(text, "<b>An") {
		t.Errorf("page shows a key or runs outside text:\n%s", text)
	}
}
