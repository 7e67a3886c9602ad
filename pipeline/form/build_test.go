package form

import (
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"tonghop/pipeline"
	"tonghop/pipeline/workbook"
)

// sheet draws a sheet from lines of cells parted by "|". A cell is a number
// where it reads as one, with % one shown as percent; 'x is a text, "<" and "^"
// are merged with the cell to the left or above, #X! is an error, =? a formula
// without a result, d: a date, TRUE a bool.
func sheet(name string, lines ...string) workbook.Sheet {
	s := workbook.Sheet{Name: name}
	for row, text := range lines {
		for col, value := range strings.Split(text, "|") {
			value = strings.TrimPrefix(strings.TrimRight(value, " "), " ")
			switch value {
			case "":
			case "<", "^":
				merge(&s, row, col, value)
			default:
				s.Cells = append(s.Cells, cell(row, col, value))
			}
		}
	}
	return s
}

func cell(row, col int, value string) workbook.Cell {
	c := workbook.Cell{Row: row, Col: col, Type: workbook.Text, Raw: value, Value: value}
	day, isDate := strings.CutPrefix(value, "d:")
	percent, isPercent := strings.CutSuffix(value, "%")
	_, err := decimal.NewFromString(value)
	_, percentErr := decimal.NewFromString(percent)
	switch {
	case strings.HasPrefix(value, "'"):
		c.Raw, c.Value = value[1:], value[1:]
	case strings.HasPrefix(value, "#"):
		c.Type = workbook.Error
	case value == "=?":
		c.Type, c.Raw, c.Value, c.Uncalculated = workbook.Number, "", "", true
	case isDate:
		c.Type, c.Raw, c.Value = workbook.Date, "46173", day
	case value == "TRUE":
		c.Type = workbook.Bool
	case err == nil:
		c.Type = workbook.Number
	case isPercent && percentErr == nil:
		c.Type, c.Format = workbook.Number, "0.00%"
		c.Value = decimal.RequireFromString(percent).Shift(-2).String()
		c.Raw = c.Value
	}
	return c
}

// merge joins the cell with its neighbour's range.
func merge(s *workbook.Sheet, row, col int, with string) {
	fromRow, fromCol := row, col-1
	if with == "^" {
		fromRow, fromCol = row-1, col
	}
	for i := range s.Merges {
		m := &s.Merges[i]
		if m.FirstRow <= fromRow && fromRow <= m.LastRow && m.FirstCol <= fromCol && fromCol <= m.LastCol {
			m.LastRow, m.LastCol = max(m.LastRow, row), max(m.LastCol, col)
			return
		}
	}
	s.Merges = append(s.Merges, workbook.Range{FirstRow: fromRow, FirstCol: fromCol, LastRow: row, LastCol: col})
}

func book(sheets ...workbook.Sheet) *workbook.Book { return &workbook.Book{Sheets: sheets} }

// catalogue knows the indicators of the forms below.
func catalogue() *pipeline.Catalogue {
	people := func(codes ...string) []pipeline.Indicator {
		var all []pipeline.Indicator
		for _, code := range codes {
			all = append(all, pipeline.Indicator{Code: code, Name: "name of " + code, Kind: pipeline.KindPeople, Measure: "người"})
		}
		return all
	}
	c := &pipeline.Catalogue{Indicators: people("LD01", "LD02", "LD03", "LD04", "TL02", "TL12", "TL22", "A1", "A2", "B1", "B2", "C1", "C2", "D1", "D2")}
	for _, code := range []string{"TL01", "TL11", "TL21"} {
		c.Indicators = append(c.Indicators, pipeline.Indicator{Code: code, Name: "name of " + code, Kind: pipeline.KindAverage, Measure: "đồng", WeightBy: "TL02"})
	}
	c.Indicators = append(c.Indicators,
		pipeline.Indicator{Code: "LD93", Name: "name of LD93", Kind: pipeline.KindRatio, Measure: "%", Decimals: 2, Numerator: []string{"LD03"}, Denominator: []string{"LD01"}},
		pipeline.Indicator{Code: "LD94", Name: "name of LD94", Kind: pipeline.KindRatio, Measure: "%", Decimals: 2, Numerator: []string{"LD04"}, Denominator: []string{"LD02"}},
	)
	return c
}

// labourForm is drawn like form 2-HĐCĐ of the Confederation.
var labourForm = []string{
	"Công đoàn cấp trên: {{@parent}} | < | < | MẪU SỐ 2-HĐCĐ | <",
	"Đơn vị báo cáo: {{@unit}}",
	"BÁO CÁO TỔNG HỢP SỐ LIỆU VỀ HOẠT ĐỘNG CÔNG ĐOÀN | < | < | < | <",
	"{{@period}} (Số liệu tính đến ngày: {{@cutoff}}) | < | < | < | <",
	"TT | Nội dung | Đơn vị tính | Số lượng | Ghi chú",
	"1 | 2 | 3 | 4 | 5",
	"I. Tình hình lao động | < | < | < | <",
	" | 1. Lao động",
	"'1. | Tổng số lao động | người | {{LD01}} | {{LD01:note}}",
	" |         - Trong đó :  nữ | | {{LD02}}",
	" | 2. Việc làm",
	"'2. | Số lao động thiếu việc làm | người | {{LD03}}",
	" |         + Tỷ lệ so với tổng số lao động | % | {{LD93}}",
	"'3. | Số lao động nữ thiếu việc làm | người | {{LD04}}",
	" |         + Tỷ lệ so với tổng số lao động nữ | % | {{LD94}}",
	" | 3. Tiền lương",
	"'4. | Tiền lương bình quân tháng của 1 người lao động | đồng | {{TL01}}",
	" |         + Số người được tính | người | {{TL02}}",
	"'5. | Tiền lương bình quân tháng trong  các cơ quan hành chính | đồng | {{TL11}}",
	" |         + Số người được tính | người | {{TL12}}",
	"'6. | Tiền lương bình quân tháng trong các đơn vị sự nghiệp | đồng | {{TL21}}",
	" |         + Số người được tính | người | {{TL22}}",
	" | NGƯỜI LẬP BIỂU | | TM. BAN THƯỜNG VỤ",
}

// labourValues is what a unit fills in, by marker.
var labourValues = map[string]string{
	"{{@parent}}": "LĐLĐ tỉnh Sóc Trăng", "{{@unit}}": "LĐLĐ huyện Kế Sách",
	"{{@period}}": "NĂM 2015", "{{@cutoff}}": "30/11/2015",
	"{{LD01}}": "4000", "{{LD01:note}}": "đủ", "{{LD02}}": "1500", "{{LD03}}": "120", "{{LD93}}": "3%",
	"{{LD04}}": "45", "{{LD94}}": "3%", "{{TL01}}": "4500000", "{{TL02}}": "3900",
	"{{TL11}}": "5200000", "{{TL12}}": "800", "{{TL21}}": "5000000", "{{TL22}}": "1100",
}

var labourFacts = []string{
	"LD01 4000", "LD02 1500", "LD03 120", "LD93 0.03", "LD04 45", "LD94 0.03", "TL01 4500000", "TL02 3900",
	"TL11 5200000", "TL12 800", "TL21 5000000", "TL22 1100",
}

// filled is the lines of a form with values for its markers.
func filled(lines []string, values map[string]string) []string {
	var pairs []string
	for marker, value := range values {
		pairs = append(pairs, marker, value)
	}
	fill := strings.NewReplacer(pairs...)
	out := make([]string, len(lines))
	for i, text := range lines {
		out[i] = fill.Replace(text)
	}
	return out
}

// edit changes a copy of lines: the lines with the given number are replaced.
func edit(lines []string, changes map[int][]string) []string {
	var out []string
	for i, text := range lines {
		if replacement, ok := changes[i]; ok {
			out = append(out, replacement...)
			continue
		}
		out = append(out, text)
	}
	return out
}

func specOf(code string) pipeline.Form { return pipeline.Form{Code: code, Basis: pipeline.BasisPeriod} }

func layoutOf(t *testing.T, code string, sheets ...workbook.Sheet) *Layout {
	t.Helper()
	l, findings := Parse(specOf(code), book(sheets...), catalogue())
	if len(findings) > 0 {
		t.Fatalf("Parse found %v", coded(findings))
	}
	return l
}

// told is the facts with a content in short: "LD01 4000", "LD02 nil".
func told(facts []pipeline.Fact) []string {
	var all []string
	for _, f := range facts {
		text := f.Indicator
		if f.Measure != pipeline.MeasureValue {
			text += ":" + string(f.Measure)
		}
		switch f.State {
		case pipeline.StateBlank:
			continue
		case pipeline.StateNumber:
			text += " " + f.Value.String()
		default:
			text += " " + string(f.State)
		}
		if f.Qualifier != pipeline.Exact {
			text += " " + string(f.Qualifier)
		}
		all = append(all, text)
	}
	return all
}

// coded is the findings in short: "row_missing Sheet1!", sorted.
func coded(findings []pipeline.Finding) []string {
	var all []string
	for _, f := range findings {
		all = append(all, f.Code+" "+f.Sheet+"!"+f.Cell)
	}
	slices.Sort(all)
	return all
}
