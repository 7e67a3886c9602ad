package form

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tonghop/pipeline/workbook"
)

func hidden(s workbook.Sheet) workbook.Sheet {
	s.Hidden = true
	return s
}

func TestSheets(t *testing.T) {
	t.Parallel()
	layout := layoutOf(t, "2-HDCD", sheet("Biểu", labourForm...))
	clean := filled(labourForm, labourValues)
	blanks := map[string]string{}
	for marker := range labourValues {
		blanks[marker] = ""
	}
	blank := filled(labourForm, blanks)
	half := len(labourForm) - 8
	beside := make([]string, len(clean))
	for i := range clean {
		if i < half {
			beside[i] = clean[i] + strings.Repeat("|", 6-strings.Count(clean[i], "|"))
		} else {
			beside[i] = strings.Repeat("|", 6)
		}
		if at := i + half - 5; i >= 5 && at < len(clean)-1 {
			beside[i] += clean[at]
		} else if i == 4 {
			beside[i] += clean[4]
		}
	}
	two := layoutOf(t, "2-HDCD", sheet("Biểu 1", labourForm[:15]...), sheet("Biểu 2", append([]string{labourForm[4]}, labourForm[15:]...)...))
	wide := layoutOf(t, "1464", sheet("Biểu", wideForm...))
	parted := layoutOf(t, "F", sheet("Biểu 1", "Nội dung | Số lượng", "1. Một | {{A1}}", "- nữ | {{A2}}"), sheet("Biểu 2", "Nội dung | Kết quả", "1. Hai | {{B1}}", "- nữ | {{B2}}", "2. Ba | {{C1}}"))
	tests := []struct {
		name     string
		layout   *Layout
		book     *workbook.Book
		facts    []string
		findings []string
	}{
		{"renamed", layout, book(sheet("Sheet1", clean...)), labourFacts, nil},
		{"other sheets before", layout, book(sheet("Bìa", "BÁO CÁO"), sheet("Danh sách", "TT | Họ tên | Tuổi", "1 | An | 30"), sheet("Sheet1", clean...)), labourFacts, nil},
		{"blank template left over", layout, book(sheet("Biểu", blank...), sheet("Bản của huyện", clean...)), labourFacts, nil},
		{"template with markers left over", layout, book(sheet("Biểu", clean...), sheet("Mẫu", labourForm...)), labourFacts, nil},
		{"feedback sheet", layout, book(sheet(FeedbackSheetName, clean...), sheet("Biểu", clean...)), labourFacts, nil},
		{"hidden copy", layout, book(hidden(sheet("Cũ", clean...)), sheet("Biểu", clean...)), labourFacts, nil},
		{"only a hidden sheet", layout, book(hidden(sheet("Biểu", clean...))), labourFacts, nil},
		{"two filled copies", layout, book(sheet("Biểu", clean...), sheet("Biểu (2)", clean...)), labourFacts, []string{"sheet_ambiguous Biểu (2)!"}},
		{"working notes with some of the labels", layout, book(sheet("Nháp", "Nội dung | Số lượng", "Tổng số lao động | 1", "Số lao động thiếu việc làm | 2"), sheet("Biểu", clean...)), labourFacts, nil},
		{"goes on on the next sheet", layout, book(sheet("Trang 1", clean[:15]...), sheet("Trang 2", append([]string{clean[4]}, clean[15:]...)...)), labourFacts, nil},
		{"goes on to the right", layout, book(sheet("Biểu", beside...)), labourFacts, nil},
		{"two sheets", two, book(sheet("Biểu 2", append([]string{clean[4]}, clean[15:]...)...), sheet("Biểu 1", clean[:15]...)), labourFacts, nil},
		{"two sheets put on one", two, book(sheet("Biểu 1", clean...)), labourFacts, nil},
		{"two sheets put on one, the last part of the first blank", parted, book(sheet("Biểu 1", "Nội dung | Số lượng", "1. Một | 1", "- nữ | ", "Nội dung | Kết quả", "1. Hai | 2", "Thêm | 9", "- nữ | 3", "2. Ba | 4")),
			[]string{"A1 1", "B1 2", "B2 3", "C1 4"}, []string{"row_added Biểu 1!A6"}},
		{"data without labels beside a blank template", wide, book(sheet("Mẫu", edit(wideForm, map[int][]string{2: {"Quý I năm 2026"}})...), sheet("Số liệu", columns(filled(wideForm, wideValues), "4 5 6 7")...)),
			nil, []string{"sheet_unread Số liệu!A5"}},
		{"another table under the same headers beside", wide, book(sheet("Biểu", filled(wideForm, wideValues)...), sheet("Chi tiết", append(slices.Clone(wideForm[3:5]), "1 | Xã An | lượt | 100 | 120 | 300 | x", "2 | Xã Bình | lượt | 110 | 130 | 310 | y")...)),
			wideFacts, []string{"sheet_unread Chi tiết!D2"}},
		{"blank form", layout, book(sheet("Biểu", blank...)), nil, []string{"form_blank !"}},
		{"half of the rows", layout, book(sheet("Biểu", append(append([]string{}, clean[:13]...), clean[20:]...)...)),
			without(labourFacts, "LD04 45", "LD94 0.03", "TL01 4500000", "TL02 3900", "TL11 5200000", "TL12 800"),
			[]string{"row_missing Biểu!", "row_missing Biểu!", "row_missing Biểu!", "row_missing Biểu!", "row_missing Biểu!", "row_missing Biểu!"}},
		{"fewer than half of the rows", layout, book(sheet("Biểu", clean[:13]...)), nil, []string{"form_not_recognised !"}},
		{"another workbook", layout, book(sheet("Biểu", "Danh sách đoàn viên", "TT | Họ và tên", "1 | An")), nil, []string{"form_not_recognised !"}},
		{"no sheet", layout, book(), nil, []string{"form_not_recognised !"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			facts, findings := extract(t, tt.layout, tt.book)
			if diff := cmp.Diff(tt.facts, facts); diff != "" {
				t.Errorf("facts mismatch (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.findings, findings); diff != "" {
				t.Errorf("findings mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

// Two sheets of one form with the same rows are told apart by their names or
// by their titles, never by their order.
func TestTwins(t *testing.T) {
	t.Parallel()
	first := []string{"CÁN BỘ", "Nội dung | Số lượng", "Nam | {{A1}}", "Nữ | {{A2}}"}
	second := []string{"ĐOÀN VIÊN", "Nội dung | Số lượng", "Nam | {{B1}}", "Nữ | {{B2}}"}
	layout := layoutOf(t, "F", sheet("Một", first...), sheet("Hai", second...))
	values := map[string]string{"{{A1}}": "1", "{{A2}}": "2", "{{B1}}": "3", "{{B2}}": "4"}
	one, two := filled(first, values), filled(second, values)
	want := []string{"A1 1", "A2 2", "B1 3", "B2 4"}
	tests := []struct {
		name     string
		book     *workbook.Book
		facts    []string
		findings []string
	}{
		{"as on the form", book(sheet("Một", one...), sheet("Hai", two...)), want, nil},
		{"other order", book(sheet("Hai", two...), sheet("Một", one...)), want, nil},
		{"renamed", book(sheet("Sheet1", two...), sheet("Sheet2", one...)), want, nil},
		{"titles deleted", book(sheet("Hai", two[1:]...), sheet("Một", one[1:]...)), want, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			facts, findings := extract(t, layout, tt.book)
			if diff := cmp.Diff(tt.facts, facts); diff != "" {
				t.Errorf("facts mismatch (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.findings, findings); diff != "" {
				t.Errorf("findings mismatch (-want +got):\n%s", diff)
			}
		})
	}
	_, findings := extract(t, layout, book(sheet("Sheet1", two[1:]...), sheet("Sheet2", one[1:]...)))
	if len(findings) == 0 || !strings.HasPrefix(findings[0], "sheet_ambiguous") {
		t.Errorf("without names and titles findings = %v, want sheet_ambiguous", findings)
	}
}
