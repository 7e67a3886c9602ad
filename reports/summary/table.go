package summary

import (
	"iter"
	"strconv"

	"tonghop/reports/internal/xlsx"
)

// maxRows keeps a sheet to what office computers open at ease; the CSV files
// beside the summary hold everything.
const maxRows = 200_000

// A column is one column of a list.
type column struct {
	title string // a key under summary.column
	width float64
	text  string // the title itself, where it comes from outside
}

// A list is a sheet with one table: a record per row, frozen header, filters.
type list struct {
	key     string // under summary.sheet and summary.title
	sheet   string // the sheet's name where it is none of these; likewise title
	title   string
	info    string // a line above the table; may be empty
	empty   string // said where there are no rows
	columns []column
	// rows gives each row's cells, knowing the sheet's row it will stand in.
	rows iter.Seq[func(row int) []xlsx.Cell]
	// after writes what stands below the rows, of which there are some; header is the
	// row of the columns' titles. It may be nil.
	after func(s *xlsx.Sheet, header int)
	keep  int // columns that stay in view
	print int // columns that are printed; all where zero
}

// notice writes a sheet that has nothing to show, and says so.
func (wb *workbook) notice(key, text string) error {
	s, err := wb.book.Sheet(wb.text("sheet."+key), wb.page(120))
	if err != nil {
		return err
	}
	for _, line := range append(wb.head(key, ""), xlsx.Cell{Value: wb.text(text), Look: lookInfo}) {
		s.Write(0, line)
	}
	return s.Close()
}

// The looks of table cells.
var (
	lookTitle  = xlsx.Look{Size: 14, Bold: true}
	lookStamp  = xlsx.Look{Size: 9, Italic: true, Ink: xlsx.InkMuted}
	lookSample = xlsx.Look{Size: 11, Bold: true, Ink: xlsx.InkError}
	lookInfo   = xlsx.Look{Size: 11}
	lookHeader = xlsx.Look{Bold: true, Fill: xlsx.ColorHeader, Border: true, Align: "center", Wrap: true}
	lookBlock  = xlsx.Look{Bold: true, Fill: xlsx.ColorNotice, Border: true, Format: "@"}
	lookGroup  = xlsx.Look{Bold: true, Italic: true, Fill: xlsx.ColorPale, Border: true, Format: "@"}
	lookText   = xlsx.Look{Border: true, Align: "left", Wrap: true, Format: "@"}
	lookWord   = xlsx.Look{Border: true, Align: "center", Wrap: true}
	lookCount  = xlsx.Look{Border: true, Align: "right", Format: "#,##0"}
	lookDate   = xlsx.Look{Border: true, Align: "center", Format: "dd/mm/yyyy"}
	lookTime   = xlsx.Look{Border: true, Align: "center", Format: "hh:mm dd/mm/yyyy"}
)

// outside is a cell with text that came from outside.
func outside(s string) xlsx.Cell {
	if s == "" {
		return xlsx.Cell{Look: lookText}
	}
	return xlsx.Cell{Value: s, Look: lookText}
}

// centered is outside in the middle of its cell.
func centered(s string) xlsx.Cell {
	c := outside(s)
	c.Look.Align = "center"
	return c
}

// typed is what a unit typed into a cell, set off from the figure beside it.
func typed(s string) xlsx.Cell {
	c := outside(s)
	c.Look.Indent = 1
	return c
}

// word is a cell with one of the summary's own words.
func word(s string) xlsx.Cell { return xlsx.Cell{Value: s, Look: lookWord} }

// write writes the list as a sheet.
func (wb *workbook) write(t list) error {
	page := wb.page()
	for _, c := range t.columns {
		page.Widths = append(page.Widths, c.width)
	}
	head := wb.head(t.key, t.info)
	if t.title != "" {
		head[0].Value = wb.titled(t.title)
	}
	page.FreezeRows, page.FreezeCols = len(head)+1, t.keep
	page.RepeatFrom = page.FreezeRows
	name := wb.text("sheet." + t.key)
	if t.sheet != "" {
		name = wb.book.Free(t.sheet)
	}
	s, err := wb.book.Sheet(name, page)
	if err != nil {
		return err
	}
	for n, line := range head {
		if t.info != "" && n == len(head)-1 {
			line.Look.Wrap, line.Span = true, len(t.columns)
		}
		s.Write(0, line)
	}
	s.Write(0, wb.header(t.columns)...)
	header, left := s.Row, 0
	for row := range t.rows {
		if s.Row-header < maxRows {
			s.Write(0, row(s.Row+1)...)
		} else {
			left++
		}
	}
	if s.Row > header {
		s.Filter(header, 1, len(t.columns))
	} else {
		s.Write(0, xlsx.Cell{Value: t.empty, Look: lookInfo})
	}
	if t.print > 0 {
		s.Print(t.print)
	}
	if s.Row > header && t.after != nil {
		t.after(s, header)
	}
	if left > 0 {
		s.Write(0, xlsx.Cell{Value: wb.text("more_rows", "n", left), Look: lookSample})
	}
	return s.Close()
}

// head is the lines above a sheet's table.
func (wb *workbook) head(key, info string) []xlsx.Cell {
	lines := []xlsx.Cell{{Value: wb.titled(wb.text("title." + key)), Look: lookTitle}, {Value: wb.stamp(), Look: lookStamp}}
	if sample := wb.data.Stamp.Sample; sample != "" {
		lines = append(lines, xlsx.Cell{Value: sample, Look: lookSample})
	}
	if info != "" {
		lines = append(lines, xlsx.Cell{Value: info, Look: lookInfo})
	}
	return lines
}

// titled is the title of a sheet with the period it tells of.
func (wb *workbook) titled(title string) string {
	return title + " - " + wb.lang.Period(wb.data.Stamp.Period)
}

func (wb *workbook) header(columns []column) []xlsx.Cell {
	cells := make([]xlsx.Cell, len(columns))
	for i, c := range columns {
		cells[i] = xlsx.Cell{Value: c.text, Look: lookHeader}
		if c.text == "" {
			cells[i].Value = wb.text("column." + c.title)
		}
	}
	return cells
}

// yearOr is the key of a column's title, which is another for a span of years.
func (wb *workbook) yearOr(key string) string {
	if wb.data.Stamp.Period.Last != 0 {
		return key + "_span"
	}
	return key
}

// fraction prints a part of a whole, such as 14/20.
func fraction(part, whole int) string { return strconv.Itoa(part) + "/" + strconv.Itoa(whole) }
