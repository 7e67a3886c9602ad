package form

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tonghop/pipeline"
)

func TestParseMistakes(t *testing.T) {
	t.Parallel()
	header := "TT | Nội dung | Số lượng | Ghi chú"
	tests := []struct {
		name  string
		basis pipeline.Basis
		lines []string
		want  []string
	}{
		{"good", "", []string{header, "1 | Một | {{ A1 }} | {{A1 : note}}"}, nil},
		{"no markers", "", []string{header, "1 | Một"}, []string{"form_without_markers !"}},
		{"not closed", "", []string{header, "1 | Một | {{A1} | {{A2}}"}, []string{"marker_malformed S!C2"}},
		{"not opened", "", []string{header, "1 | Một | A1}} | {{A2}}"}, []string{"marker_malformed S!C2"}},
		{"empty", "", []string{header, "1 | Một | {{ }} | {{A2}}"}, []string{"marker_malformed S!C2"}},
		{"unknown measure", "", []string{header, "1 | Một | {{A1:luyke}} | {{A2}}"}, []string{"marker_malformed S!C2"}},
		{"unknown list type", "", []string{header, "1 | Một | {{lop/ngay:time}} | {{A2}}"}, []string{"marker_malformed S!C2"}},
		{"unknown field", "", []string{"{{@donvi}}", header, "1 | Một | {{A1}}"}, []string{"marker_unknown_field S!A1"}},
		{"unknown indicator", "", []string{header, "1 | Một | {{XX}}"}, []string{"marker_unknown_indicator S!C2"}},
		{"in a sentence", "", []string{header, "1 | Một | có {{A1}} người | {{A2}}"}, []string{"marker_not_alone S!C2"}},
		{"two in a cell", "", []string{header, "1 | Một | {{A1}}{{B1}} | {{A2}}"}, []string{"marker_not_alone S!C2"}},
		{"twice", "", []string{header, "1 | Một | {{A1}}", "2 | Hai | {{A1}}"}, []string{"marker_twice S!C3"}},
		{"ytd on a period form", "", []string{header, "1 | Một | {{A1:ytd}}"}, nil},
		{"ytd on a ytd form", pipeline.BasisYTD, []string{header, "1 | Một | {{A1:ytd}}"}, []string{"marker_ytd_on_ytd S!C2"}},
		{"no label", "", []string{header, "1 | | {{A1}}", "2 | Hai | {{A2}}"}, []string{"marker_without_label S!C2"}},
		{"rows alike", "", []string{header, "1 | Một | {{A1}}", "2 | Một | {{A2}}"}, []string{"marker_rows_alike S!C3"}},
		{"parts alike", "", []string{header, "1 | Một | {{A1}}", " | - nữ | {{A2}}", " | - Nữ: | {{B1}}"}, []string{"marker_rows_alike S!C4"}},
		{"columns alike", "", []string{"TT | Nội dung | Số lượng | Số lượng", "1 | Một | {{A1}} | {{A2}}"}, []string{"marker_rows_alike S!D2"}},
		{"parts of different rows", "", []string{header, "1 | Một | {{A1}}", " | - nữ | {{A2}}", "2 | Hai | {{B1}}", " | - nữ | {{B2}}"}, nil},
		{"parts without bullets", "", []string{header, " | Cán bộ | {{A1}}", " | Nữ | {{A2}}", " | Đoàn viên | {{B1}}", " | Nữ | {{B2}}"}, nil},
		{"list", "", []string{"TT | Tên lớp | Ngày | Số người", "1 | {{lop/ten}} | {{lop/ngay:date}} | {{lop/nguoi:number}}"}, nil},
		{"list mixed with a figure", "", []string{header, "1 | {{lop/ten}} | {{A1}}"}, []string{"list_row_mixed S!B2", "marker_without_label S!C2"}},
		{"two lists in a row", "", []string{header, "1 | {{lop/ten}} | {{doan/ten}}"}, []string{"list_row_mixed S!B2", "list_row_mixed S!C2"}},
		{"list on two rows", "", []string{header, "1 | {{lop/ten}}", "2 | {{lop/ngay}}"}, []string{"list_on_two_rows S!B3"}},
		{"list field twice", "", []string{header, "1 | {{lop/ten}} | {{lop/ten}}"}, []string{"marker_twice S!C2"}},
		{"all at once", "", []string{header, "1 | Một | {{XX}}", "2 | Hai | {{A1", "3 | | {{A2}}"},
			[]string{"marker_malformed S!C3", "marker_unknown_indicator S!C2", "marker_without_label S!C4"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, findings := Parse(pipeline.Form{Code: "F", Basis: tt.basis}, book(sheet("S", tt.lines...)), catalogue())
			if diff := cmp.Diff(tt.want, coded(findings)); diff != "" {
				t.Errorf("findings mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

func TestPaths(t *testing.T) {
	t.Parallel()
	labour := layoutOf(t, "2-HDCD", sheet("Biểu", labourForm...))
	wide := layoutOf(t, "1464", sheet("Biểu", wideForm...))
	groups := layoutOf(t, "G", sheet("S",
		"Đối tượng | Giới | Số người", "Cán bộ | Nam | {{A1}}", "^ | Nữ | {{A2}}", "Đoàn viên | Nam | {{B1}}", "^ | Nữ | {{B2}}"))
	parts := layoutOf(t, "P", sheet("S",
		"Nội dung | Số người", "A. Cán bộ", "Tổng số | {{A1}}", "Trong đó:", "- Chuyên trách | {{B1}}", "+ Nữ | {{B2}}", "Đảng viên | {{D1}}", "        Nữ | {{A2}}",
		"B. Đoàn viên", "1.1 Tổng số | {{C1}}", "a) Nữ | {{C2}}"))
	tables := layoutOf(t, "T", sheet("S",
		"Bảng 1. Cán bộ", "Nội dung | Số người", "Nam | {{A1}}", "Nữ | {{A2}}", "", "Bảng 2. Đoàn viên", "Nội dung | Số người", "Nam | {{B1}}", "Nữ | {{B2}}"))
	tests := []struct {
		layout   *Layout
		marker   string
		row, col string
	}{
		{labour, "{{LD02}}", "I. Tình hình lao động / 1. Lao động / Tổng số lao động / - Trong đó : nữ", "Số lượng"},
		{labour, "{{LD94}}", "I. Tình hình lao động / 2. Việc làm / Số lao động nữ thiếu việc làm / + Tỷ lệ so với tổng số lao động nữ", "Số lượng"},
		{labour, "{{LD01:note}}", "I. Tình hình lao động / 1. Lao động / Tổng số lao động", "Ghi chú"},
		{labour, "{{TL12}}", "I. Tình hình lao động / 3. Tiền lương / Tiền lương bình quân tháng trong các cơ quan hành chính / + Số người được tính", "Số lượng"},
		{wide, "{{B2:ytd}}", "Đào tạo / Số người học / - Trong đó: nữ", "Kết quả thực hiện / Lũy kế"},
		{wide, "{{A1:target}}", "Tuyên truyền / Lượt người dự", "Kế hoạch năm"},
		{groups, "{{B2}}", "Đoàn viên / Nữ", "Số người"},
		{parts, "{{A2}}", "A. Cán bộ / Đảng viên / Nữ", "Số người"},
		{parts, "{{B2}}", "A. Cán bộ / Tổng số / Trong đó: / + Nữ", "Số người"},
		{parts, "{{C2}}", "B. Đoàn viên / 1.1 Tổng số / a) Nữ", "Số người"},
		{tables, "{{A2}}", "Bảng 1. Cán bộ / Nữ", "Số người"},
		{tables, "{{B2}}", "Bảng 2. Đoàn viên / Nữ", "Số người"},
	}
	for _, tt := range tests {
		found := false
		for _, c := range tt.layout.Cells {
			if c.Marker.String() != tt.marker {
				continue
			}
			found = true
			if got := strings.Join(c.RowPath, " / "); got != tt.row {
				t.Errorf("row path of %s = %q, want %q", tt.marker, got, tt.row)
			}
			if got := strings.Join(c.ColumnPath, " / "); got != tt.col {
				t.Errorf("column path of %s = %q, want %q", tt.marker, got, tt.col)
			}
		}
		if !found {
			t.Errorf("marker %s is not in the layout", tt.marker)
		}
	}
}

func TestConflicts(t *testing.T) {
	t.Parallel()
	day := func(y int) time.Time { return pipeline.Day(y, 1, 1) }
	parse := func(code string, from, to int, kinds []string, lines ...string) *Layout {
		spec := pipeline.Form{Code: code, UnitKinds: kinds, Valid: pipeline.Window{Start: day(from), End: day(to)}}
		l, findings := Parse(spec, book(sheet("S", lines...)), catalogue())
		if len(findings) > 0 {
			t.Fatalf("Parse found %v", coded(findings))
		}
		return l
	}
	header := "Nội dung | Số lượng | Ghi chú"
	first := parse("A", 2020, 2025, []string{"district"}, header, "Một | {{A1}} | {{A1:note}}", "Tên lớp | Ngày", "{{lop/ten}} | {{lop/ngay}}")
	tests := []struct {
		name   string
		second *Layout
		want   []string
	}{
		{"same indicator", parse("B", 2024, 2026, nil, header, "Hai | {{A2}}", "Một | {{A1}}"), []string{"indicator_collected_twice S!B3"}},
		{"same list", parse("B", 2024, 2026, []string{"sector", "district"}, header, "{{lop/ten}}"), []string{"list_collected_twice S!A2"}},
		{"other unit kind", parse("B", 2024, 2026, []string{"sector"}, header, "Một | {{A1}}"), nil},
		{"later", parse("B", 2026, 2027, nil, header, "Một | {{A1}}"), nil},
		{"other measure", parse("B", 2024, 2026, nil, header, "Một | {{A1:target}} | {{A1:note}}"), nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, coded(Conflicts([]*Layout{first, tt.second}, catalogue()))); diff != "" {
				t.Errorf("findings mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

// A conflict says which workbooks its cells are in: two forms' sheets may have
// the same name.
func TestConflictNamesFiles(t *testing.T) {
	t.Parallel()
	var layouts []*Layout
	for _, spec := range []pipeline.Form{{Code: "A", File: "a.xlsx"}, {Code: "B", File: "b.xlsx"}} {
		l, findings := Parse(spec, book(sheet("S", "Nội dung | Số lượng", "Một | {{A1}}", "Tên lớp", "{{lop/ten}}")), catalogue())
		if len(findings) > 0 {
			t.Fatalf("Parse found %v", coded(findings))
		}
		layouts = append(layouts, l)
	}
	conflict := func(code, cell, read, name string) pipeline.Finding {
		return pipeline.Finding{Code: code, Severity: pipeline.SeverityError, Sheet: "S", Cell: cell, Read: read, Args: []pipeline.Arg{
			arg("name", name), arg("form", "B"), arg("file", "b.xlsx"), arg("other_form", "A"), arg("other_file", "a.xlsx"),
			arg("other_sheet", "S"), arg("other_cell", cell),
		}}
	}
	want := []pipeline.Finding{
		conflict("indicator_collected_twice", "B2", "A1", "name of A1"), conflict("list_collected_twice", "A4", "lop", "lop"),
	}
	if diff := cmp.Diff(want, Conflicts(layouts, catalogue())); diff != "" {
		t.Errorf("findings mismatch (-want +got):\n%s", diff)
	}
}

func FuzzSplitMarkers(f *testing.F) {
	for _, seed := range []string{"{{A1}}", "{{@unit}} x", "a {{b/c:date}}", "{{", "}}", "{{{A}}}", "{{A:}}", "{{/}}", "{{@}}", "{{ A : ytd }}"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		pieces, problem := splitMarkers(text)
		if problem != "" {
			return
		}
		for _, p := range pieces {
			if !p.marked {
				continue
			}
			again, problem := splitMarkers(p.marker.String())
			if problem != "" || len(again) != 1 || again[0].marker != p.marker {
				t.Errorf("marker %+v of %q reads back as %+v %s", p.marker, text, again, problem)
			}
		}
	})
}
