package feedback

import (
	"fmt"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"tonghop/pipeline"
	"tonghop/reports/internal/xlsx"
)

// widths are those of the columns that all tables of the sheet are laid out in;
// together they fit a small screen and A4 landscape without being made smaller.
// An answer is read again by earlierMarks, which knows that a finding's sheet
// and cell stand in the third and fourth.
var widths = []float64{6, 11, 13, 8, 14, 16, 24, 22, 16, 24}

// The spans of the columns of each table, to the same end.
var (
	labelSpans   = []int{2, 4, 1, 3}
	findingSpans = []int{1, 1, 1, 1, 1, 1, 2, 2}
	figureSpans  = []int{1, 4, 1, 1, 1, 1, 1}
)

// fillOf is the colour of a severity, on the sheet and on the cells found.
func fillOf(s pipeline.Severity) string {
	switch s {
	case pipeline.SeverityError:
		return xlsx.ColorError
	case pipeline.SeverityWarning:
		return xlsx.ColorWarning
	}
	return xlsx.ColorNotice
}

var (
	lookBlock  = xlsx.Look{Size: 12, Bold: true}
	lookHeader = xlsx.Look{Bold: true, Fill: xlsx.ColorHeader, Border: true, Align: "center", Wrap: true, Pad: 6}
	lookText   = xlsx.Look{Border: true, Align: "left", Indent: 1, Wrap: true, Format: "@", Pad: 6}
	lookWord   = xlsx.Look{Border: true, Align: "center", Wrap: true, Pad: 6}
	lookNote   = xlsx.Look{Italic: true, Ink: xlsx.InkMuted}
)

// A sheetWriter lays an answer out. places holds the sheets that links can
// lead to.
type sheetWriter struct {
	*xlsx.Sheet
	*answer
	places map[string]bool
	rows   []int // of the findings, in their order
	blocks int
}

// writeSheet writes the answer on the sheet SheetName of book, which is empty,
// and tells in which rows the findings stand.
func writeSheet(book *xlsx.Book, a *answer, places map[string]bool) (rows []int, err error) {
	sheet, err := book.Sheet(SheetName, xlsx.Page{
		Widths: widths, Left: a.Title, Count: a.Text("page"), Tab: tab(a.Kind),
	})
	if err != nil {
		return nil, fmt.Errorf("write feedback: %w", err)
	}
	s := sheetWriter{Sheet: sheet, answer: a, places: places}
	s.head()
	s.findings()
	s.changes()
	s.figures()
	return s.rows, s.Close()
}

// tab is the verdict's colour in full strength.
func tab(v pipeline.Verdict) string {
	switch v {
	case pipeline.Accepted:
		return "6AA84F"
	case pipeline.Refused:
		return "CC0000"
	}
	return "F1C232"
}

// head says what became of the submission, what to do now, and which
// submission it is.
func (s *sheetWriter) head() {
	across := func(height float64, text string, look xlsx.Look) {
		s.Write(height, xlsx.Cell{Value: text, Look: look, Span: len(widths)})
	}
	verdict := xlsx.Look{Size: 22, Bold: true, Align: "center", Border: true, Fill: xlsx.ColorWarning, Ink: xlsx.InkWarning}
	switch s.Kind {
	case pipeline.Accepted:
		verdict.Fill, verdict.Ink = xlsx.ColorGood, xlsx.InkGood
	case pipeline.Refused:
		verdict.Fill, verdict.Ink = xlsx.ColorError, xlsx.InkError
	}
	across(26, s.Title, xlsx.Look{Size: 14, Bold: true, Align: "center"})
	across(42, s.Verdict, verdict)
	across(0, s.Next, xlsx.Look{Size: 12, Wrap: true, Align: "left", Indent: 1, Border: true, Pad: 10})
	s.Skip(1)
	for pair := range slices.Chunk(s.Labels, 2) {
		var cells []xlsx.Cell
		for _, l := range pair {
			cells = append(cells, labelCells(l)...)
		}
		s.row(labelSpans, cells...)
	}
	s.Skip(1)
}

// row writes cells that span the given numbers of columns.
func (s *sheetWriter) row(spans []int, cells ...xlsx.Cell) {
	for i := range cells {
		cells[i].Span = spans[i]
	}
	s.Write(0, cells...)
}

// labelCells is a label's name and value.
func labelCells(l label) []xlsx.Cell {
	name := xlsx.Look{Bold: true, Fill: xlsx.ColorPale, Border: true, Align: "left", Indent: 1, Wrap: true, Pad: 6}
	value := lookText
	if l.Bad {
		value.Bold, value.Ink = true, xlsx.InkError
	}
	return []xlsx.Cell{{Value: l.Name, Look: name}, {Value: l.Value, Look: value}}
}

// block begins a table with its numbered title.
func (s *sheetWriter) block(title string) {
	s.blocks++
	s.Write(22, xlsx.Cell{Value: strings.Repeat("I", s.blocks) + ". " + title, Look: lookBlock})
}

// findings is the table of what was found, errors first.
func (s *sheetWriter) findings() {
	s.block(s.Text("section.findings"))
	if len(s.Findings) == 0 {
		s.note(s.Text("section.no_findings"))
		s.Skip(1)
		return
	}
	s.header(findingSpans, "number", "severity", "sheet", "cell", "read", "expected", "message", "remedy")
	for n, f := range s.Findings {
		word := xlsx.Cell{Value: f.Word, Look: lookWord}
		word.Look.Fill, word.Look.Bold = fillOf(f.Severity), f.Severity == pipeline.SeverityError
		cell := s.place(f.Sheet, f.Cell, f.Cell)
		cell.Look.Align, cell.Look.Indent = "center", 0
		s.row(findingSpans, xlsx.Cell{Value: n + 1, Look: lookWord}, word, text(f.Sheet), cell,
			text(f.Read), text(f.Expected), text(f.Message), text(f.Remedy))
		s.rows = append(s.rows, s.Row)
	}
	s.note(s.MoreFindings)
	s.Skip(1)
}

// changes is the table of what is another than in the version sent before.
func (s *sheetWriter) changes() {
	if s.Previous == "" {
		return
	}
	s.block(s.Text("section.changes"))
	s.note(s.Previous)
	if len(s.Changes) == 0 {
		s.note(s.Text("section.no_changes"))
		s.Skip(1)
		return
	}
	s.header(figureSpans, "number", "indicator", "measure", "before", "now", "place", "difference")
	for n, c := range s.Changes {
		s.row(figureSpans, xlsx.Cell{Value: n + 1, Look: lookWord}, text(c.Name), text(c.Measure),
			number(c.Before, false), number(c.Value, true), s.figurePlace(c.figure), number(c.By, false))
	}
	s.note(s.MoreChanges)
	s.Skip(1)
}

// figures is the table of what was read, for the unit to compare.
func (s *sheetWriter) figures() {
	s.block(s.Text("section.figures"))
	if len(s.Figures) == 0 {
		s.note(s.Text("section.no_figures"))
		return
	}
	s.header(figureSpans, "number", "indicator", "measure", "raw", "value", "place", "remark")
	for n, f := range s.Figures {
		s.row(figureSpans, xlsx.Cell{Value: n + 1, Look: lookWord}, text(f.Name), text(f.Measure),
			number(f.Raw, false), s.value(f), s.figurePlace(f), s.remark(f))
	}
	s.note(s.MoreFigures)
}

// value is what was understood.
func (s *sheetWriter) value(f figure) xlsx.Cell {
	cell := number(f.Value, true)
	if f.Unread {
		cell.Look.Ink = xlsx.InkError
	}
	return cell
}

// remark leads to the finding on the figure's cell.
func (s *sheetWriter) remark(f figure) xlsx.Cell {
	if f.Finding == 0 {
		return text("")
	}
	cell := text(s.Text("value.finding", "n", f.Finding))
	cell.Look.Fill = fillOf(s.Findings[f.Finding-1].Severity)
	return link(cell, xlsx.Place(SheetName, xlsx.CellName(s.rows[f.Finding-1], 1)), "")
}

func (s *sheetWriter) header(spans []int, keys ...string) {
	cells := make([]xlsx.Cell, len(keys))
	for i, key := range keys {
		cells[i] = xlsx.Cell{Value: s.Text("column." + key), Look: lookHeader}
	}
	s.row(spans, cells...)
}

func (s *sheetWriter) note(text string) {
	if text != "" {
		s.Write(0, xlsx.Cell{Value: text, Look: lookNote})
	}
}

// figurePlace is where a figure stands. Most reports are one sheet, whose name
// says nothing.
func (s *sheetWriter) figurePlace(f figure) xlsx.Cell {
	shown := f.Cell
	if f.Cell != "" && s.manySheets() {
		shown = f.Sheet + " ! " + f.Cell
	}
	return s.place(f.Sheet, f.Cell, shown)
}

func (s *sheetWriter) manySheets() bool {
	return slices.ContainsFunc(s.Figures, func(f figure) bool { return f.Cell != "" && f.Sheet != s.Figures[0].Sheet })
}

// place is a cell that leads to another cell, where that exists.
func (s *sheetWriter) place(sheet, cell, shown string) xlsx.Cell {
	if !s.places[sheet] || !isCell(cell) {
		return text(shown)
	}
	return link(text(shown), xlsx.Place(sheet, cell), s.Text("link.cell", "cell", cell, "sheet", sheet))
}

func link(cell xlsx.Cell, to, tooltip string) xlsx.Cell {
	cell.Look.Ink, cell.Look.Underline = xlsx.InkLink, true
	cell.Link, cell.Tooltip = to, xlsx.Cut(tooltip, 255)
	return cell
}

func number(s string, bold bool) xlsx.Cell {
	cell := text(s)
	cell.Look.Align, cell.Look.Bold = "right", bold
	return cell
}

func text(s string) xlsx.Cell {
	if s == "" {
		return xlsx.Cell{Look: lookText}
	}
	return xlsx.Cell{Value: s, Look: lookText}
}

// isCell tells whether name is the plain name of one cell, such as C12.
func isCell(name string) bool {
	col, row, err := excelize.CellNameToCoordinates(name)
	return err == nil && xlsx.CellName(row, col) == name
}
