package form

import (
	"testing"

	"tonghop/pipeline/workbook"
)

func sealSheet(form, version string) workbook.Sheet {
	s := sheet(SealSheetName, "form | "+form, "version | "+version, "unit | DV1", "period | 2026-Q1")
	s.Hidden = true
	return s
}

// The seal spares trying the other forms where the workbook shows the form that
// it names, and decides nothing where the workbook shows another or none.
func TestSeal(t *testing.T) {
	t.Parallel()
	short := []string{"BIỂU %s", "TT | Nội dung | Số lượng", "1 | Số lớp đã mở | {{A1}}", "2 | Số người dự học | {{A2}}"}
	long := append(append([]string{}, short...), "3 | Số buổi tuyên truyền | {{B1}}", "4 | Số tờ rơi phát ra | {{B2}}")
	titled := func(lines []string, title string) []string { return edit(lines, map[int][]string{0: {title}}) }
	layouts := []*Layout{
		layoutOf(t, "NG-1", sheet("Biểu", titled(short, "BIỂU NG-1")...)), layoutOf(t, "NG-2", sheet("Biểu", titled(long, "BIỂU NG-2")...)),
		layoutOf(t, "NG-3", sheet("Biểu", titled(short, "BIỂU NG-3")...)),
	}
	for _, l := range layouts {
		l.Version = "version of " + l.Form.Code
	}
	values := map[string]string{"{{A1}}": "5", "{{A2}}": "70", "{{B1}}": "6", "{{B2}}": "80"}
	tests := []struct {
		name  string
		seal  string
		lines []string
		want  string // empty: ambiguous
	}{
		{"what it says is there", "NG-1", titled(short, "BIỂU NG-1"), "NG-1"},
		{"the workbook has more rows", "NG-1", titled(long, "Biểu này thay cho biểu NG-1"), "NG-2"},
		{"the workbook names another form", "NG-1", titled(short, "BIỂU NG-3"), "NG-3"},
		{"the workbook names none", "NG-1", titled(short, "BIỂU"), ""},
		{"no seal", "", titled(short, "BIỂU NG-1"), "NG-1"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			sheets := []workbook.Sheet{sheet("Trang", filled(tt.lines, values)...)}
			if tt.seal != "" {
				sheets = append(sheets, sealSheet(tt.seal, "version of "+tt.seal))
			}
			got := ""
			m, findings := Recognise(layouts, book(sheets...), "")
			if m != nil {
				got = m.Layout.Form.Code
			}
			if got != tt.want {
				t.Errorf("recognised %q, want %q; findings %v", got, tt.want, coded(findings))
			}
			if m != nil && tt.seal != "" && m.Seal != (Seal{tt.seal, "version of " + tt.seal, "DV1", "2026-Q1"}) {
				t.Errorf("the seal is %+v", m.Seal)
			}
		})
	}
}
