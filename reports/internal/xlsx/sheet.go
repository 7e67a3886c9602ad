package xlsx

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// A Book is a workbook that sheets are written into.
type Book struct {
	File  *excelize.File
	looks looks
	texts texts
	rows  map[string]*rowPart // of sheets, by the names of their parts

	ranges Ranges // of the charts
}

// NewBook writes into file, a new workbook or one of a unit.
func NewBook(file *excelize.File) *Book {
	return &Book{File: file, looks: looks{file: file, styles: map[Look]int{}}, texts: texts{}, rows: map[string]*rowPart{}, ranges: Ranges{}}
}

// maxSheetName is how many UTF-16 units the name of a sheet holds.
const maxSheetName = 31

// Free is name as a sheet of the book may bear it: short enough, without what Excel
// forbids, and not another sheet's.
func (b *Book) Free(name string) string {
	name = strings.NewReplacer("[", "(", "]", ")", ":", " ", "*", " ", "?", " ", "/", "-", `\`, "-", "'", "’").Replace(Cut(name, maxSheetName))
	free := name
	for n := 2; slices.ContainsFunc(b.File.GetSheetList(), func(taken string) bool { return strings.EqualFold(taken, free) }); n++ {
		number := fmt.Sprintf(" (%d)", n)
		free = Cut(name, maxSheetName-len(number)) + number
	}
	return free
}

// A Page is how a sheet is shown and printed: on A4 landscape, fitted to the
// width of Wide pages.
type Page struct {
	Widths     []float64 // of the columns, in characters
	FreezeRows int       // kept in view, and repeated on every printed page
	FreezeCols int
	RepeatFrom int // the first of the rows repeated in print; 1 where zero
	Wide       int // pages; 1 where zero
	Left       string
	Right      string // the ends of the footer; the page number stands in its middle
	Count      string // how the footer words the page number, with {sheet}, {page} and {pages}; each sheet begins with page 1
	Tab        string // colour of the tab
	Gridlines  bool
}

// A Cell is one cell to write. The zero Cell writes nothing.
type Cell struct {
	Value   any    // string, int, *decimal.Decimal, time.Time or nil
	Formula string // without the equals sign; Value is then its stored result
	Look    Look
	Link    string // a place in this workbook, such as 'Biểu 1'!C12
	Tooltip string
	Span    int // columns that the cell is merged over; 1 where zero
}

// A Sheet is a sheet written row by row, downwards. Its methods remember the
// first error, which Close returns.
type Sheet struct {
	Name   string
	Row    int // the row written last, counted from 1
	book   *Book
	widths []float64
	stream *excelize.StreamWriter // writes all but columns and rows
	part   *rowPart
	writer rowWriter
	links  int
	titled bool
	err    error
}

// maxLinks bounds the links of a sheet: excelize looks through all of them for
// each further one.
const maxLinks = 8_000

// Sheet starts the sheet with the given name, which must be new and empty.
func (b *Book) Sheet(name string, page Page) (*Sheet, error) {
	if _, err := b.File.NewSheet(name); err != nil {
		return nil, fmt.Errorf("add sheet %q: %w", name, err)
	}
	// Page properties come first: the stream writes them when it begins.
	if err := b.setPage(name, page); err != nil {
		return nil, fmt.Errorf("set page of sheet %q: %w", name, err)
	}
	stream, err := b.File.NewStreamWriter(name)
	if err != nil {
		return nil, fmt.Errorf("begin sheet %q: %w", name, err)
	}
	s := &Sheet{Name: name, book: b, widths: page.Widths, stream: stream, part: &rowPart{}, writer: rowWriter{book: b}}
	b.rows[fmt.Sprintf("xl/worksheets/sheet%d.xml", stream.SheetID)] = s.part // as excelize names a new sheet's
	for i, width := range slices.Backward(page.Widths) {                      // excelize puts each before the others; it lays charts out by them
		s.try(stream.SetColWidth(i+1, i+1, min(width, excelize.MaxColumnWidth)))
	}
	if page.FreezeRows+page.FreezeCols > 0 {
		s.try(stream.SetPanes(page.panes()))
	}
	return s, s.err
}

func (p Page) panes() *excelize.Panes {
	active := "bottomRight"
	switch {
	case p.FreezeCols == 0:
		active = "bottomLeft"
	case p.FreezeRows == 0:
		active = "topRight"
	}
	return &excelize.Panes{
		Freeze: true, XSplit: p.FreezeCols, YSplit: p.FreezeRows,
		TopLeftCell: CellName(p.FreezeRows+1, p.FreezeCols+1), ActivePane: active,
	}
}

// Write writes the next row, beginning in the first column. A height of 0 fits
// the row to its text: programs other than Excel do not do so on opening.
func (s *Sheet) Write(height float64, cells ...Cell) {
	s.Row++
	s.writer.cells = s.writer.cells[:0]
	fit, col := float64(RowHeight), 1
	for i := range cells {
		c := &cells[i]
		fit = max(fit, s.fit(c, col-1))
		if *c != (Cell{}) {
			s.try(s.writer.add(c, s.Row, col))
			s.place(c, col)
		}
		col += max(c.Span, 1)
	}
	if height == 0 {
		height = fit
	}
	s.try(s.part.write(s.writer.row(s.Row, min(height, excelize.MaxRowHeight)), s.writer.cells, []byte("</row>")))
}

// lineHeight is the height of a line of text in its font's size.
const lineHeight = 1.36

// lettersPerDigit is how many letters of running text take the width of a digit.
const lettersPerDigit = 1.1

// fit is the height that c needs in the column with index col and those that
// it spans.
func (s *Sheet) fit(c *Cell, col int) float64 {
	size := cmp.Or(c.Look.Size, defaultSize)
	text, ok := c.Value.(string)
	if !ok || !c.Look.Wrap {
		return size * lineHeight
	}
	width := 0.0
	for at := col; at < min(col+max(c.Span, 1), len(s.widths)); at++ {
		width += s.widths[at]
	}
	// Column widths are counted in digits of the default size.
	width = (width - 1 - float64(2*c.Look.Indent)) * lettersPerDigit * defaultSize / size
	return float64(Lines(text, width))*size*lineHeight + c.Look.Pad
}

// place merges and links a cell in its row, where it asks for it.
func (s *Sheet) place(c *Cell, col int) {
	if c.Span > 1 {
		s.try(s.stream.MergeCell(CellName(s.Row, col), CellName(s.Row, col+c.Span-1)))
	}
	if c.Link != "" && s.links < maxLinks {
		s.links++
		s.try(s.book.File.SetCellHyperLink(s.Name, CellName(s.Row, col), c.Link, "Location", excelize.HyperlinkOpts{Tooltip: &c.Tooltip}))
	}
}

// Skip leaves n rows empty, each of the default height.
func (s *Sheet) Skip(n int) {
	for range n {
		s.Write(0)
	}
}

// RowHeight is the height of a row that Skip leaves, in points.
const RowHeight = 15

// Filter puts filter buttons on the columns first to last of row header, for
// the rows down to the one written last.
func (s *Sheet) Filter(header, first, last int) {
	area := CellName(header, first) + ":" + CellName(max(s.Row, header+1), last)
	s.try(s.book.File.AutoFilter(s.Name, area, nil))
}

// Break starts a new printed page with the next row.
func (s *Sheet) Break() { s.try(s.stream.InsertPageBreak(CellName(s.Row+1, 1))) }

// excelize lays charts out in pixels of its own: so many for the width of a digit
// and for the height of a row that Skip leaves.
const (
	chartDigit = 8
	chartRow   = 18
)

// Chart puts a chart over the given rows and columns, with what its ranges hold. The rows
// must be as high as Skip leaves them.
func (s *Sheet) Chart(row, col, rows, cols int, chart *excelize.Chart, ranges Ranges) {
	maps.Copy(s.book.ranges, ranges)
	width := 0
	for _, w := range s.widths[col-1 : min(col-1+cols, len(s.widths))] {
		width += int(w*chartDigit + 0.5)
	}
	chart.Dimension = excelize.ChartDimension{Width: uint(width), Height: uint(rows * chartRow)}
	s.try(s.book.File.AddChart(s.Name, CellName(row, col), chart))
}

// Print leaves out of print what is written from here on, and what stands to the
// right of the given columns.
func (s *Sheet) Print(columns int) {
	s.try(s.book.File.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Area", Scope: s.Name, RefersTo: Place(s.Name, fmt.Sprintf("$A$1:$%s$%d", ColumnName(columns), s.Row)),
	}))
}

// Repeat makes row a title that is printed again on every page after it. A sheet has
// one: the first.
func (s *Sheet) Repeat(row int) {
	if s.titled {
		return
	}
	s.titled = true
	s.try(s.book.File.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Titles", Scope: s.Name, RefersTo: Place(s.Name, fmt.Sprintf("$%d:$%d", row, row)),
	}))
}

// Widths are those of the sheet's columns.
func (s *Sheet) Widths() []float64 { return s.widths }

// Close ends the sheet.
func (s *Sheet) Close() error {
	if s.err == nil {
		s.try(s.stream.Flush())
	}
	if s.err != nil {
		return fmt.Errorf("write sheet %q: %w", s.Name, s.err)
	}
	return nil
}

func (s *Sheet) try(err error) {
	if s.err == nil {
		s.err = err
	}
}

// CellName names the cell at row and col, both counted from 1: 12, 3 is C12.
func CellName(row, col int) string {
	name, err := excelize.CoordinatesToCellName(col, row)
	if err != nil {
		return ""
	}
	return name
}

// ColumnName names a column, counted from 1: 3 is C.
func ColumnName(col int) string {
	name, err := excelize.ColumnNumberToName(col)
	if err != nil {
		return ""
	}
	return name
}

// Place is a cell of a sheet as a link or a formula names it.
func Place(sheet, cell string) string {
	return "'" + strings.ReplaceAll(sheet, "'", "''") + "'!" + cell
}
