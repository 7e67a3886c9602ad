package example

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

// A sheet is the worksheet being drawn. It keeps the first error.
type sheet struct {
	file *excelize.File
	name string
	err  error
}

// drawn is the workbook that draw draws.
func drawn(draw func(*sheet)) ([]byte, error) {
	s := &sheet{file: excelize.NewFile()}
	defer s.file.Close()
	s.do(s.file.SetDefaultFont("Times New Roman"))
	draw(s)
	if s.err != nil {
		return nil, s.err
	}
	s.do(s.file.DeleteSheet("Sheet1"))
	out, err := s.file.WriteToBuffer()
	if err != nil {
		return nil, err
	}
	return out.Bytes(), s.err
}

func (s *sheet) do(err error) {
	if s.err == nil && err != nil {
		s.err = fmt.Errorf("draw sheet %q: %w", s.name, err)
	}
}

// open adds a sheet with columns of the given widths.
func (s *sheet) open(name string, widths ...float64) {
	s.name = name
	_, err := s.file.NewSheet(name)
	s.do(err)
	for i, width := range widths {
		column, err := excelize.ColumnNumberToName(i + 1)
		s.do(err)
		s.do(s.file.SetColWidth(name, column, column, width))
	}
}

// A look is how cells are drawn.
type look struct {
	bold, italic, boxed, filled bool
	size                        float64
	across                      string // left, center, right
	indent                      int
	format                      string
}

var (
	heading = look{bold: true, boxed: true, filled: true, across: "center"}
	entry   = look{boxed: true, across: "left", indent: 1}
	figure  = look{boxed: true, across: "right", format: "#,##0"}
	rate    = look{boxed: true, across: "right", format: "0.00%"}
)

// height sets the height of rows, in points.
func (s *sheet) height(points float64, rows ...int) {
	for _, row := range rows {
		s.do(s.file.SetRowHeight(s.name, row, points))
	}
}

// put writes a cell.
func (s *sheet) put(cell string, value any, l look) { s.block(cell, cell, value, l) }

// block writes one cell merged over a range.
func (s *sheet) block(from, to string, value any, l look) {
	style := &excelize.Style{
		Font:      &excelize.Font{Family: "Times New Roman", Size: max(l.size, 12), Bold: l.bold, Italic: l.italic},
		Alignment: &excelize.Alignment{Horizontal: l.across, Vertical: "center", WrapText: true, Indent: l.indent},
	}
	if l.boxed {
		for _, side := range []string{"left", "right", "top", "bottom"} {
			style.Border = append(style.Border, excelize.Border{Type: side, Color: "000000", Style: 1})
		}
	}
	if l.filled {
		style.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"DDEBF7"}}
	}
	if l.format != "" {
		style.CustomNumFmt = &l.format
	}
	id, err := s.file.NewStyle(style) // the same style comes back for the same look
	s.do(err)
	s.do(s.file.SetCellValue(s.name, from, value))
	if from != to {
		s.do(s.file.MergeCell(s.name, from, to))
	}
	s.do(s.file.SetCellStyle(s.name, from, to, id))
}

// row writes cells from column A on.
func (s *sheet) row(n int, look func(column int) look, values ...any) {
	for i, value := range values {
		cell, err := excelize.CoordinatesToCellName(i+1, n)
		s.do(err)
		s.put(cell, value, look(i))
	}
}

// table writes headings and rows below them, and keeps the headings in sight.
func (s *sheet) table(headings []any, rows [][]any) {
	s.height(36, 1)
	s.row(1, func(int) look { return heading }, headings...)
	for i, row := range rows {
		s.row(i+2, func(column int) look {
			if _, number := row[column].(int); number {
				return figure
			}
			return entry
		}, row...)
	}
	s.do(s.file.SetPanes(s.name, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}))
}
