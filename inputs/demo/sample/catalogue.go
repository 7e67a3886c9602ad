package sample

import (
	"fmt"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

// A table is one sheet of the catalogue.
type table struct {
	sheet, title, about string
	captions            []string // what codes in the headings stand for, a row above them
	headings            []string
	widths              []float64
	rows                [][]any
}

// drawCatalogue makes the catalogue workbook, with the Vietnamese names of
// sheets, columns and words.
func drawCatalogue() ([]byte, error) {
	f := invent()
	assigned := assign(f)
	tables := []table{
		unitTable(), indicatorTable(), formTable(), periodTable(),
		targetTable(assigned, 2014), targetTable(assigned, 2015), targetTable(planTargets(), 2020),
		checkTable(), gradeTable(), noteTable(),
	}
	d := newDrawing(tables[0].sheet)
	for i, t := range tables {
		if i > 0 {
			d.open(t.sheet)
		}
		d.table(t)
	}
	return d.pack()
}

// table draws one sheet: a title, headings that stay in sight and filter, and
// the rows.
func (d *drawing) table(t table) {
	d.put("A1", t.title, look{bold: true, size: 14, across: "left"})
	d.put("A2", t.about, look{italic: true, size: 11, across: "left", colour: "595959"})
	d.height(1, 24)
	d.widths(t.widths...)
	header := 3
	if t.captions != nil {
		for i, caption := range t.captions {
			d.put(at(i+1, header), caption, look{size: 10, italic: true, wrap: true, across: "center", down: "bottom"})
		}
		d.height(header, 80)
		header++
	}
	for i, heading := range t.headings {
		d.put(at(i+1, header), heading, look{bold: true, size: 12, wrap: true, across: "center", border: true, fill: "DDEBF7"})
	}
	d.height(header, 36)
	for i, values := range t.rows {
		d.record(t, header+1+i, values)
	}
	d.do(d.file.SetPanes(d.sheet, &excelize.Panes{
		Freeze: true, XSplit: 1, YSplit: header, TopLeftCell: at(2, header+1), ActivePane: "bottomRight",
	}))
	last := at(len(t.headings), header+len(t.rows))
	d.do(d.file.AutoFilter(d.sheet, at(1, header)+":"+last, nil))
	d.print("landscape", rowsText(header, header))
}

// record draws one row of a table, as high as its longest text needs.
func (d *drawing) record(t table, row int, values []any) {
	high := 1.0
	for i, value := range values {
		d.field(at(i+1, row), value)
		if text, is := value.(string); is {
			high = max(high, lines(text, 12, t.widths[i]-2))
		}
	}
	d.height(row, 4+15.5*high)
}

// A percent is a ratio in hundredths of a percent.
type percent int64

// field writes one value of a table with the look of its type.
func (d *drawing) field(cell string, value any) {
	as := look{size: 12, border: true, wrap: true, across: "left", indent: 1}
	switch v := value.(type) {
	case time.Time:
		as.format, as.across, as.indent = "dd/mm/yyyy", "center", 0
	case percent:
		as.format, as.across = "0%", "right"
		value = float64(v) / 10000
	case int:
		as.across, as.indent = "center", 0
	case int64:
		as.format, as.across = "#,##0", "right"
	}
	d.put(cell, value, as)
}

func unitTable() table {
	from, to := day(2013, 1, 1), day(2025, 6, 30)
	t := table{
		sheet: "Đơn vị", title: "DANH SÁCH ĐƠN VỊ", about: "Mỗi đơn vị một mã; thư mục nộp báo cáo mang tên mã.",
		headings: []string{"Mã đơn vị", "Tên đơn vị", "Loại đơn vị", "Đơn vị cấp trên", "Hiệu lực từ", "Hiệu lực đến", "Tên gọi khác"},
		widths:   []float64{12, 48, 18, 14, 14, 14, 70},
	}
	kinds := map[string]string{"province": "tỉnh", "district": "huyện", "sector": "ngành", "zone": "khu công nghiệp", "group": "nhóm"}
	root := unitByCode(province)
	t.rows = append(t.rows, []any{root.code, root.name, kinds[root.kind], nil, from, to, strings.Join(root.aliases, "; ")})
	for _, u := range units() {
		t.rows = append(t.rows, []any{u.code, u.name, kinds[u.kind], province, from, to, strings.Join(u.aliases, "; ")})
	}
	return t
}

func indicatorTable() table {
	t := table{
		sheet: "Chỉ tiêu", title: "DANH MỤC CHỈ TIÊU", about: "Mã chỉ tiêu là mã đặt trong ô của biểu mẫu.",
		headings: []string{
			"Mã chỉ tiêu", "Tên chỉ tiêu", "Đơn vị tính", "Loại chỉ tiêu", "Tử số", "Mẫu số", "Bình quân theo", "Tính theo thời gian",
			"Chiều tốt", "Nhóm", "Là một phần của", "Số chữ số thập phân", "Cách làm tròn", "Điểm chuẩn", "Mức trần tính điểm", "Lấy từ danh sách",
		},
		widths: []float64{11, 60, 13, 13, 9, 9, 11, 22, 12, 28, 12, 12, 12, 9, 11, 30},
	}
	for _, i := range indicators() {
		var score, limit any
		if i.score > 0 {
			score, limit = i.score, 1
		}
		rounding := i.rounding
		if rounding == "" {
			rounding = "làm tròn"
		}
		t.rows = append(t.rows, []any{
			i.code, i.name, i.measure, i.kind, text(i.parts.numerator), text(i.parts.denominator), text(i.weightBy), i.time,
			i.better, i.group, text(i.parent), i.decimals, rounding, score, limit, text(i.from),
		})
	}
	return t
}

// targetTable is the sheet of one year's targets. The indicators' names stand
// above their codes.
func targetTable(all targets, year int) table {
	t := table{
		sheet: fmt.Sprintf("Kế hoạch %d", year), title: fmt.Sprintf("KẾ HOẠCH CHỈ TIÊU NĂM %d", year),
		about:    "Số giả định để minh họa, riêng năm 2020 theo Kế hoạch 07/LĐLĐ ngày 03/3/2020. Ô trống là chưa giao chỉ tiêu. Chỉ tiêu lũy kế: giao mức lũy kế đến cuối năm.",
		captions: []string{"", ""}, headings: []string{"Đơn vị", "Tên đơn vị"}, widths: []float64{12, 30},
	}
	columns := columnsOf(year)
	for _, code := range columns {
		t.captions = append(t.captions, indicatorByCode(code).name)
		t.headings = append(t.headings, code)
		t.widths = append(t.widths, 20)
	}
	codes := []string{province}
	for _, u := range units() {
		codes = append(codes, u.code)
	}
	for _, code := range codes {
		row := []any{code, unitByCode(code).aliases[0]}
		for _, indicator := range columns {
			value, assigned := all[targetKey{code, indicator, year}]
			switch {
			case !assigned:
				row = append(row, nil)
			case indicatorByCode(indicator).kind == percentage:
				row = append(row, percent(value))
			default:
				row = append(row, value)
			}
		}
		t.rows = append(t.rows, row)
	}
	return t
}

// text is s as a cell, blank where s is empty.
func text(s string) any {
	if s == "" {
		return nil
	}
	return s
}

func day(year int, month time.Month, d int) time.Time {
	return time.Date(year, month, d, 0, 0, 0, 0, time.UTC)
}
