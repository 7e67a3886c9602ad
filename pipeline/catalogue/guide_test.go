package catalogue

import (
	"os"
	"strings"
	"testing"
)

// The guide for staff names every column, the required ones in bold.
func TestGuideNamesColumns(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../docs/can-bo-tong-hop.md")
	if err != nil {
		t.Fatal(err)
	}
	sheets := map[string][]Column{
		"Đơn vị": unitColumns(), "Chỉ tiêu": indicatorColumns(), "Biểu mẫu": formColumns(), "Kỳ": periodColumns(), "Kế hoạch 2026": targetColumns(),
		"Kiểm tra": checkColumns(), "Xếp loại": gradeColumns(),
	}
	for sheet, columns := range sheets {
		_, row, found := strings.Cut(string(text), "\n| "+sheet+" | ")
		row, _, _ = strings.Cut(row, "\n")
		for _, c := range columns {
			want := c.Vietnamese
			if c.Required {
				want = "**" + want + "**"
			}
			if !found || !strings.Contains(row, want) {
				t.Errorf("the guide's row of sheet %s lacks %q: %s", sheet, want, row)
			}
		}
	}
}
