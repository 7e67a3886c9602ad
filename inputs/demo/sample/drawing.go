package sample

import (
	"fmt"
	"math"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// fontName is what Vietnamese offices print in.
const fontName = "Times New Roman"

// A look is how a cell is drawn. Size 0 is 13 points.
type look struct {
	bold, italic, wrap, border bool
	size                       float64
	across                     string // left, center, right
	down                       string // top, center; empty means center
	fill                       string // a colour such as DDEBF7
	format                     string // number format
	indent                     int
	colour                     string
}

// A drawing is a workbook being drawn, one sheet at a time. It keeps the first
// error, so that the code reads as the sheet does; pack returns it.
type drawing struct {
	file  *excelize.File
	sheet string
	looks map[look]int
	err   error
}

// newDrawing starts a workbook whose first sheet is named sheet.
func newDrawing(sheet string) *drawing {
	d := &drawing{file: excelize.NewFile(), sheet: sheet, looks: make(map[look]int)}
	d.do(d.file.SetSheetName("Sheet1", sheet))
	d.do(d.file.SetDefaultFont(fontName))
	d.properties()
	return d
}

// do keeps the first error.
func (d *drawing) do(err error) {
	if d.err == nil && err != nil {
		d.err = fmt.Errorf("draw sheet %q: %w", d.sheet, err)
	}
}

// properties fixes the author and the times, which would differ by the clock.
func (d *drawing) properties() {
	d.do(d.file.SetDocProps(&excelize.DocProperties{
		Creator: "tonghop", LastModifiedBy: "tonghop", Language: "vi-VN",
		Created: "2014-01-02T01:00:00Z", Modified: "2014-01-02T01:00:00Z",
	}))
}

// open adds a sheet and draws on it from then on.
func (d *drawing) open(sheet string) {
	_, err := d.file.NewSheet(sheet)
	d.sheet = sheet
	d.do(err)
}

// put writes one cell.
func (d *drawing) put(cell string, value any, as look) {
	d.do(d.file.SetCellValue(d.sheet, cell, value))
	d.paint(cell, cell, as)
}

// block writes one cell merged over a range.
func (d *drawing) block(from, to string, value any, as look) {
	d.do(d.file.SetCellValue(d.sheet, from, value))
	d.do(d.file.MergeCell(d.sheet, from, to))
	d.paint(from, to, as)
}

// paint gives a range its look.
func (d *drawing) paint(from, to string, as look) {
	id, known := d.looks[as]
	if !known {
		var err error
		id, err = d.file.NewStyle(as.style())
		d.do(err)
		d.looks[as] = id
	}
	d.do(d.file.SetCellStyle(d.sheet, from, to, id))
}

// style is l as excelize describes it.
func (l look) style() *excelize.Style {
	size, down := l.size, l.down
	if size == 0 {
		size = 13
	}
	if down == "" {
		down = "center"
	}
	s := &excelize.Style{
		Font: &excelize.Font{Family: fontName, Size: size, Bold: l.bold, Italic: l.italic, Color: l.colour},
		Alignment: &excelize.Alignment{
			Horizontal: l.across, Vertical: down, WrapText: l.wrap, Indent: l.indent,
		},
	}
	if l.border {
		for _, side := range []string{"left", "right", "top", "bottom"} {
			s.Border = append(s.Border, excelize.Border{Type: side, Color: "000000", Style: 1})
		}
	}
	if l.fill != "" {
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{l.fill}}
	}
	if l.format != "" {
		s.CustomNumFmt = &l.format
	}
	return s
}

// widths sets the columns' widths from A on, in characters.
func (d *drawing) widths(all ...float64) {
	for i, width := range all {
		name, err := excelize.ColumnNumberToName(i + 1)
		d.do(err)
		d.do(d.file.SetColWidth(d.sheet, name, name, width))
	}
}

// lines is how many lines a text of size points takes in a column. At 13 points
// nearly as many letters fit as the width counts; blanks take less.
func lines(text string, size, width float64) float64 {
	letters := float64(utf8.RuneCountInString(text)) - float64(strings.Count(text, " "))/3
	return math.Ceil(max(letters, 1) * size / (12.35 * width))
}

// height sets a row's height in points: merged cells do not grow by themselves.
func (d *drawing) height(row int, points float64) {
	d.do(d.file.SetRowHeight(d.sheet, row, points))
}

// print sets up the sheet for A4, one page wide, its header repeated.
func (d *drawing) print(orientation string, headerRows string) {
	a4, wide, high, fit := 9, 1, 0, true
	d.do(d.file.SetSheetProps(d.sheet, &excelize.SheetPropsOptions{FitToPage: &fit}))
	d.do(d.file.SetPageLayout(d.sheet, &excelize.PageLayoutOptions{
		Size: &a4, Orientation: &orientation, FitToWidth: &wide, FitToHeight: &high,
	}))
	top, left, right, centred := 0.75, 0.9, 0.6, true
	d.do(d.file.SetPageMargins(d.sheet, &excelize.PageLayoutMarginsOptions{
		Top: &top, Bottom: &top, Left: &left, Right: &right, Horizontally: &centred,
	}))
	d.do(d.file.SetHeaderFooter(d.sheet, &excelize.HeaderFooterOptions{OddFooter: "&C&\"Times New Roman\"&10Trang &P/&N"}))
	d.do(d.file.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Titles", Scope: d.sheet, RefersTo: fmt.Sprintf("'%s'!%s", d.sheet, headerRows),
	}))
}

// at names the cell in column and row, both counted from 1.
func at(column, row int) string {
	name, err := excelize.CoordinatesToCellName(column, row)
	if err != nil {
		return ""
	}
	return name
}
