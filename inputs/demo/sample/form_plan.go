package sample

import (
	"fmt"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"tonghop/pipeline"
)

// plan2020 is the form for the classes held by plan 07/LĐLĐ of 3/3/2020: one of
// theory and skills over four months with ten days in each, two of four days.
// The plan is the article's; the form, the classes held and their people are
// invented.
const plan2020 = "KH-07"

func quarter2020() pipeline.Period { return pipeline.Period{Kind: pipeline.Quarter, Year: 2020, N: 3} }

// theory and short are the kinds of class that the plan has.
const (
	theory = "Lý luận và nghiệp vụ"
	short  = "Bồi dưỡng ngắn ngày"
)

// A class is one class held, in the order of the form's columns.
type class struct {
	name, kind, start string
	months            any // nothing for a class of some days
	days, people      int64
	group             string
}

func (c class) cells() []any {
	return []any{c.name, c.kind, c.start, c.months, c.days, c.people, c.group}
}

// classes2020 are the classes that the province held.
func classes2020() []class {
	return []class{
		{"Lớp lý luận và nghiệp vụ công tác công đoàn", theory, "01/06/2020", 4, 40, 52, "Cán bộ công đoàn chuyên trách"},
		{"Lớp bồi dưỡng chủ tịch công đoàn cơ sở, khóa 1", short, "06/07/2020", nil, 4, 75, "Chủ tịch công đoàn cơ sở"},
		{"Lớp bồi dưỡng chủ tịch công đoàn cơ sở, khóa 2", short, "10/08/2020", nil, 4, 68, "Chủ tịch công đoàn cơ sở"},
	}
}

// planIndicators are filled from the list; the totals below it are compared.
func planIndicators() []indicator {
	const group = "Kế hoạch 07/LĐLĐ năm 2020"
	class := func(code, name, measure, kind, parent, from string) indicator {
		return indicator{code: code, name: name, measure: measure, kind: kind, time: flow, better: up, group: group, parent: parent, from: from}
	}
	return []indicator{
		class("KH01", "Số lớp đã mở theo kế hoạch 07/LĐLĐ", "lớp", count, "", "count(classes)"),
		class("KH02", "Trong đó: lớp lý luận và nghiệp vụ (4 tháng, mỗi tháng 10 ngày)", "lớp", count, "KH01", "count(classes); kind = lý luận và nghiệp vụ"),
		class("KH03", "Trong đó: lớp bồi dưỡng 4 ngày", "lớp", count, "KH01", "count(classes); days = 4"),
		class("KH04", "Tổng số ngày học của các lớp", "ngày", count, "", "sum(classes/days)"),
		class("KH05", "Tổng số học viên các lớp", "người", people, "", "sum(classes/people)"),
	}
}

// planTargets is what the plan says.
func planTargets() targets {
	all := targets{}
	for code, value := range map[string]int64{"KH01": 3, "KH02": 1, "KH03": 2, "KH04": 48} {
		all[targetKey{province, code, quarter2020().Year}] = value
	}
	return all
}

// planForm draws the list and the totals below it.
func planForm() form {
	return form{
		sheet: "KH 07", code: "BIỂU KH-07", usedBy: "(Biểu minh họa theo Kế hoạch số 07/LĐLĐ ngày 03/3/2020)",
		title: []string{"CÁC LỚP BỒI DƯỠNG CÁN BỘ CÔNG ĐOÀN ĐÃ MỞ"},
		last:  8, right: 5, widths: []float64{6, 52, 24, 14, 10, 12, 12, 30},
		header: planHeader, cells: planCells,
		lines: []line{
			{row, "1", "Tổng số lớp đã mở", "lớp", "KH01", true},
			{row, "2", "Tổng số ngày học", "ngày", "KH04", true},
			{row, "3", "Tổng số học viên", "người", "KH05", false},
		},
	}
}

// planHeader draws the list with its headings and the headings of the totals.
func planHeader(d *drawing, row int) int {
	fields := []struct{ heading, marker string }{
		{"Tên lớp", "{{classes/name}}"}, {"Loại lớp", "{{classes/kind}}"}, {"Ngày khai giảng", "{{classes/start:date}}"},
		{"Số tháng", "{{classes/months:number}}"}, {"Số ngày học", "{{classes/days:number}}"},
		{"Số học viên", "{{classes/people:number}}"}, {"Đối tượng", "{{classes/group}}"},
	}
	headerCell(d, at(1, row), at(1, row), "TT")
	d.put(at(1, row+1), 1, look{border: true, across: "center"})
	for i, f := range fields {
		headerCell(d, at(i+2, row), at(i+2, row), f.heading)
		as := look{border: true, wrap: true, across: "left"}
		if strings.HasSuffix(f.marker, ":date}}") {
			as.format, as.across = "dd/mm/yyyy", "center"
		}
		d.put(at(i+2, row+1), f.marker, as)
	}
	d.height(row, 36)
	d.height(row+1, 20)
	d.height(row+3, 52)
	for i, text := range []string{"TT", "Nội dung", "Đơn vị tính", "Số lượng", "Kế hoạch năm"} {
		headerCell(d, at(i+1, row+3), at(i+1, row+3), text)
	}
	d.print("landscape", rowsText(row, row))
	return row + 4
}

func planCells(d *drawing, row int, l line) {
	d.put(at(4, row), marker(l.code, ""), l.number())
	d.put(at(5, row), "", look{border: true})
	if l.target {
		d.put(at(5, row), marker(l.code, "target"), l.number())
	}
}

// list writes the rows of the list in the place of its markers.
func list(rows ...class) trick {
	return trick{before: func(r *report) {
		first := r.rowOf("{{classes/")
		for i := 1; i < len(rows); i++ {
			r.do(r.file.DuplicateRow(r.sheet, first))
		}
		for i, c := range rows {
			r.set(at(1, first+i), i+1)
			for j, value := range c.cells() {
				r.set(at(j+2, first+i), value)
			}
		}
	}}
}

// rowOf is the first row with a cell that begins with text.
func (r *report) rowOf(text string) int {
	rows, err := r.file.GetRows(r.sheet, excelize.Options{RawCellValue: true})
	r.do(err)
	i := slices.IndexFunc(rows, func(row []string) bool {
		return slices.ContainsFunc(row, func(cell string) bool { return strings.HasPrefix(cell, text) })
	})
	if i < 0 {
		r.do(fmt.Errorf("find %q: no such cell", text))
	}
	return i + 1
}

// hasty is a list as typed in a hurry: numbers with words, a qualifier, a total
// row that does not add up, and the totals below left to the list.
func hasty(rows []class) trick {
	t := list(rows...)
	typed := t.before
	t.before = func(r *report) {
		typed(r)
		first := r.rowOf(rows[0].name)
		r.set(at(6, first+1), "04 ngày")
		r.set(at(7, first+2), "trên 60")
		r.do(r.file.DuplicateRow(r.sheet, first+len(rows)-1))
		for col := 1; col <= 8; col++ {
			r.set(at(col, first+len(rows)), nil)
		}
		r.set(at(2, first+len(rows)), "Cộng")
		r.set(at(6, first+len(rows)), 44)
		delete(r.values, "KH05")
	}
	t.codes = []string{"list_sum_differs", "list_total_blank", "number_as_text"}
	return t
}

// september2020 is what became of the plan: a first report whose list and totals
// contradict each other, and the corrected one.
func (s *script) september2020() {
	s.on(2020, 9, 10, "Quý III năm 2020: các lớp mở theo Kế hoạch 07/LĐLĐ")
	key := reportKey{province, plan2020, quarter2020()}
	wrong := classes2020()
	wrong[2].start = "31/6/2020"
	s.send(key, "2020/KH 07 quy III.xlsx", list(wrong[1:]...), trick{refused: true, codes: []string{"bad_date"}})
	s.send(key, "2020/KH 07 quy III (nop lai).xlsx", list(classes2020()[:2]...), trick{refused: true, codes: []string{"list_total_differs"}})
	s.send(key, "2020/KH 07 quy III v3.xlsx", hasty(classes2020()))
}

// planTotals are the totals below the list.
func planTotals() values {
	all := values{"KH01": int64(len(classes2020()))}
	for _, c := range classes2020() {
		all["KH04"] += c.days
		all["KH05"] += c.people
	}
	return all
}
