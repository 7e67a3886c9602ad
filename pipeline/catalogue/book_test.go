package catalogue_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"tonghop/pipeline/workbook"
)

// A grid is the rows of a sheet. A string is a text cell, an int or float64 a
// number, nil no cell; a workbook.Cell stands for itself.
type grid [][]any

// A named grid is a sheet.
type named struct {
	name string
	grid grid
}

// day is a date cell, percent a number cell that is shown in percent.
func day(value string) workbook.Cell { return workbook.Cell{Type: workbook.Date, Value: value} }
func percent(value string) workbook.Cell {
	return workbook.Cell{Type: workbook.Number, Value: value, Format: "0.00%"}
}
func excelError() workbook.Cell { return workbook.Cell{Type: workbook.Error, Value: "#REF!"} }
func uncalculated() workbook.Cell {
	return workbook.Cell{Type: workbook.Number, Uncalculated: true, Formula: true}
}

// book makes a workbook of the sheets, in order.
func book(sheets []named) *workbook.Book {
	b := &workbook.Book{}
	for _, s := range sheets {
		sheet := workbook.Sheet{Name: s.name}
		for r, cells := range s.grid {
			for c, value := range cells {
				if value != nil {
					cell := cellOf(value)
					cell.Row, cell.Col = r, c
					sheet.Cells = append(sheet.Cells, cell)
				}
			}
		}
		b.Sheets = append(b.Sheets, sheet)
	}
	return b
}

func cellOf(value any) workbook.Cell {
	switch v := value.(type) {
	case workbook.Cell:
		v.Raw = v.Value
		return v
	case string:
		return workbook.Cell{Type: workbook.Text, Raw: v, Value: v}
	default:
		text := fmt.Sprint(v)
		return workbook.Cell{Type: workbook.Number, Raw: text, Value: text}
	}
}

// with is a copy of sheets with the cell, such as "units!C12", set to value.
func with(t *testing.T, sheets []named, at string, value any) []named {
	t.Helper()
	name, cell, _ := strings.Cut(at, "!")
	row, col := place(t, cell)
	for i, s := range sheets {
		if s.name != name {
			continue
		}
		g := slices.Clone(s.grid)
		for len(g) <= row {
			g = append(g, nil)
		}
		line := slices.Clone(g[row])
		for len(line) <= col {
			line = append(line, nil)
		}
		line[col] = value
		g[row] = line
		sheets = slices.Clone(sheets)
		sheets[i].grid = g
		return sheets
	}
	t.Fatalf("no sheet %q", name)
	return nil
}

// place is the row and column of a cell such as C12, counted from 0.
func place(t *testing.T, name string) (row, col int) {
	t.Helper()
	letters := strings.TrimRight(name, "0123456789")
	number, err := strconv.Atoi(name[len(letters):])
	if err != nil {
		t.Fatalf("cell %q: %v", name, err)
	}
	for _, letter := range letters {
		col = col*26 + int(letter-'A') + 1
	}
	return number - 1, col - 1
}

// good is a catalogue without a mistake that uses every sheet and column.
func good() []named {
	return []named{
		{"units", grid{
			{"code", "name", "kind", "parent", "valid_from", "valid_to", "successors", "aliases", "folder", "encoding"},
			{"P", "Liên đoàn Lao động tỉnh Sóc Trăng", "province"},
			{"H01", "Liên đoàn Lao động huyện Châu Thành", "district", "P", day("2013-01-01"), "30/06/2025", "X01", "LĐLĐ H. Châu Thành; LDLD H. Châu Thành", "chau-thanh", "tcvn3"},
			{"H02", "Liên đoàn Lao động huyện Ngã Năm", "district", "P", nil, "2013-12-31"},
			{"H02", "Liên đoàn Lao động thị xã Ngã Năm", "district", "P", "2014-01-01", nil, nil, "LĐLĐ TX Ngã Năm"},
			{"X01", "Công đoàn xã Phú Tâm", "commune", "P", day("2025-07-01")},
			{},
			{2013, "Công đoàn ngành Y tế", "sector", "P"},
		}},
		{"indicators", grid{
			{"code", "name", "unit", "kind", "numerator", "denominator", "weight_by", "time", "better", "group", "parent", "decimals", "rounding", "score_weight", "score_cap", "from"},
			{"CM00", "Số người được đào tạo", "người", "people", nil, nil, nil, "flow", "up", "Đào tạo", nil, nil, nil, 10, "120%"},
			{"CM01", "Trong đó: đại học", "người", "people", nil, nil, nil, "flow", nil, "Đào tạo", "CM00"},
			{"HT01", "Số người được học tập", "người", "people", nil, nil, nil, "cumulative"},
			{"HT02", "Tổng số đoàn viên", "người", "people", nil, nil, nil, "stock", "none"},
			{"HT90", "Tỷ lệ được học tập", "%", "ratio", "HT01", "HT02", nil, "cumulative", "up", nil, nil, nil, "truncate", 5},
			{"TL01", "Tiền lương bình quân", "đồng", "average", nil, nil, "TL02", "stock"},
			{"TL02", "Số người được tính", "người", "people", nil, nil, nil, "stock", "none"},
			{"TL90", "Tỷ lệ chung", "%", "ratio", "HT01 + CM00", "HT02+TL02", nil, "stock", nil, nil, nil, 1},
			{"CL01", "Số lớp", "lớp", "count", nil, nil, nil, "flow", nil, nil, nil, nil, nil, nil, nil, "count(classes)"},
			{"CL02", "Số người học", "người", "participations", nil, nil, nil, "flow", "down", nil, nil, nil, "half_up", nil, nil, "sum(classes/people); level = cơ sở"},
		}},
		{"forms", grid{
			{"code", "name", "file", "frequency", "basis", "due_days", "unit_kinds", "valid_from", "valid_to", "csv"},
			{1464, "Báo cáo chương trình 1464", "1464.xlsx", "year", "period", 20, "district;sector", nil, "31/12/2020", "yes"},
			{1464, "Báo cáo chương trình 1464", "cu/1464.xlsx", "year", nil, nil, nil, "01/01/2021"},
			{"2-HDCD", nil, "2-HDCD.xlsx", "half", "ytd", nil, "district | commune"},
		}},
		{"periods", grid{
			{"code", "start", "end", "due", "form"},
			{"2014..2015"},
			{2015, "2014-12-01", day("2015-12-05"), day("2015-12-20T17:00:00")},
			{"2016-Q1", nil, nil, "1/5/2016"},
			{2015, "01/09/2014", "31/05/2015", nil, 1464},
		}},
		{"targets 2015", grid{
			{"unit", "CM00", "HT90", "HT01"},
			{"P", 2500, percent("0.7"), nil},
			{"H01", "1.250", "70%", 0},
			{"H02", nil, 0.65, "chưa giao"},
			{2013, 12, 1, 5},
		}},
		{"targets 2014", grid{{"unit", "CM00"}, {"H01", 1000}}},
		{"checks", grid{
			{"code", "left", "operator", "right", "missing", "severity", "since", "instruction"},
			{"K1", "CM00", "=", "CM01", "skip_all", "warning", "2015-H1", "Kiểm tra lại tổng"},
			{"K2", "CM01 + CL01 + 1.5", "<=", 12},
			{"K3", "CL01", "both_or_neither", "CL02", "zero", "beta"},
		}},
		{"grades", grid{
			{"valid_from", "valid_to", "name", "min_score"},
			{"2015-01-01", "2018-12-31", "Vững mạnh", 85},
			{"2015-01-01", "2018-12-31", "Khá", "70,5"},
			{"2019-01-01", nil, "Vững mạnh", 85},
			{"2019-01-01", nil, "Yếu"},
		}},
	}
}
