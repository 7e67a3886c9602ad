package workbook

import "strconv"

// A Book is a workbook as its file stores it.
type Book struct {
	Kind   Kind
	Sheets []Sheet
}

// A Kind is a kind of file that workbooks come in.
type Kind uint8

// The kinds of files that are read.
const (
	XLSX Kind = iota + 1
	XLS
	TextTable // lines of cells between tabs, semicolons or commas; see Limits.Text
)

// String is the name of k.
func (k Kind) String() string {
	return [...]string{"", "xlsx", "xls", "text"}[k]
}

// A Sheet is one worksheet.
type Sheet struct {
	Name   string
	Hidden bool
	Cells  []Cell // those with content, by row, then column
	Merges []Range
}

// A Range is a rectangle of cells, both ends included, counted from 0.
type Range struct {
	FirstRow, FirstCol, LastRow, LastCol int
}

// Type is the type of a cell's content.
type Type uint8

// The types of cells. Date is a number shown as a date or time, or a stored
// date.
const (
	Number Type = iota + 1
	Date
	Text
	Bool
	Error
)

// String is the name of t as `tonghop cells` prints it.
func (t Type) String() string {
	return [...]string{"", "number", "date", "text", "bool", "error"}[t]
}

// A Cell is one cell with content.
type Cell struct {
	Row, Col int // counted from 0
	// Raw is the content as stored: the digits of a number or of a date's
	// serial, the text before legacy decoding, TRUE or FALSE, the error's name.
	Raw string
	// Value is the content as a person reads it: a number's digits, a date as
	// yyyy-mm-dd or yyyy-mm-ddThh:mm:ss, a time of day or a length of time as
	// hh:mm:ss, the decoded text.
	Value string
	// Format is the code of the number format, such as 0.00%; empty for General.
	Format string
	// Font is the name of the cell's font, or of its first run's.
	Font string
	Type Type
	// Hidden tells whether the cell's row, column or sheet is hidden.
	Hidden bool
	// Uncalculated tells whether the cell is a formula without a stored result.
	Uncalculated bool
	// Formula tells whether the cell's content is the stored result of a formula.
	Formula bool
}

// Name is the cell's name, such as C12.
func (c *Cell) Name() string { return CellName(c.Row, c.Col) }

// CellName names the cell at row and col, both counted from 0: 11, 2 is C12.
func CellName(row, col int) string { return ColumnName(col) + strconv.Itoa(row+1) }

// ColumnName names the column col, counted from 0: 27 is AB.
func ColumnName(col int) string {
	var name [8]byte
	at := len(name)
	for col++; col > 0; col = (col - 1) / 26 {
		at--
		name[at] = 'A' + byte((col-1)%26)
	}
	return string(name[at:])
}
