package feedback

import (
	"fmt"

	"github.com/xuri/excelize/v2"

	"tonghop/pipeline"
	"tonghop/reports/internal/xlsx"
)

// columns is how many columns the sheet is laid out in. An answer is read again
// by earlierMarks, which knows that sheet and cell stand in the third and fourth.
const columns = 8

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
	lookHeader = xlsx.Look{Bold: true, Fill: xlsx.ColorHeader, Border: true, Align: "center", Wrap: true}
	lookText   = xlsx.Look{Border: true, Align: "left", Wrap: true, Top: true, Format: "@"}
	lookWord   = xlsx.Look{Border: true, Align: "center", Wrap: true, Top: true}
	lookLink   = xlsx.Look{Border: true, Align: "left", Wrap: true, Top: true, Format: "@", Ink: xlsx.InkLink, Underline: true}
	lookNote   = xlsx.Look{Italic: true, Ink: xlsx.InkMuted}
)

// A sheetWriter lays an answer out. places holds the sheets that links can
// lead to.
type sheetWriter struct {
	*xlsx.Sheet
	*answer
	places map[string]bool
}

// writeSheet writes the answer on the sheet SheetName of file, which is empty.
func writeSheet(file *excelize.File, a *answer, places map[string]bool) error {
	sheet, err := xlsx.NewBook(file).Sheet(SheetName, xlsx.Page{
		Widths: []float64{6, 12, 16, 9, 18, 20, 50, 50},
		Left:   a.Title, Count: a.Text("page"), Tab: tab(a.Kind),
	})
	if err != nil {
		return fmt.Errorf("write feedback: %w", err)
	}
	s := sheetWriter{sheet, a, places}
	s.head()
	s.findings()
	s.figures()
	return s.Close()
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
		s.Write(height, xlsx.Cell{Value: text, Look: look, Span: columns})
	}
	verdict := xlsx.Look{Size: 22, Bold: true, Align: "center", Border: true, Fill: xlsx.ColorWarning, Ink: xlsx.InkWarning}
	switch s.Kind {
	case pipeline.Accepted:
		verdict.Fill, verdict.Ink = xlsx.ColorGood, xlsx.InkGood
	case pipeline.Refused:
		verdict.Fill, verdict.Ink = xlsx.ColorError, xlsx.InkError
	}
	across(24, s.Title, xlsx.Look{Size: 14, Bold: true, Align: "center"})
	across(40, s.Verdict, verdict)
	across(0, s.Next, xlsx.Look{Size: 12, Wrap: true, Align: "left", Border: true})
	s.Skip(1)
	for i := 0; i+1 < len(s.Labels); i += 2 {
		cells := append(labelCells(s.Labels[i], 2, 3), labelCells(s.Labels[i+1], 1, 2)...)
		s.Write(0, cells...)
	}
	s.Skip(1)
}

// labelCells is a label over nameSpan and valueSpan columns.
func labelCells(l label, nameSpan, valueSpan int) []xlsx.Cell {
	name := xlsx.Look{Bold: true, Fill: xlsx.ColorPale, Border: true, Align: "left", Wrap: true}
	value := xlsx.Look{Border: true, Align: "left", Wrap: true, Format: "@"}
	if l.Bad {
		value.Bold, value.Ink = true, xlsx.InkError
	}
	return []xlsx.Cell{{Value: l.Name, Look: name, Span: nameSpan}, {Value: l.Value, Look: value, Span: valueSpan}}
}

// findings is the table of what was found, errors first.
func (s *sheetWriter) findings() {
	s.Write(20, xlsx.Cell{Value: s.Text("section.findings"), Look: lookBlock})
	if len(s.Findings) == 0 {
		s.Write(0, xlsx.Cell{Value: s.Text("section.no_findings"), Look: lookNote})
		s.Skip(1)
		return
	}
	s.header([]string{"number", "severity", "sheet", "cell", "read", "expected", "message", "remedy"}, nil)
	for n, f := range s.Findings {
		word := xlsx.Cell{Value: f.Word, Look: lookWord}
		word.Look.Fill, word.Look.Bold = fillOf(f.Severity), f.Severity == pipeline.SeverityError
		cell := s.place(f.Sheet, f.Cell, f.Cell)
		cell.Look.Align = "center"
		s.Write(0, xlsx.Cell{Value: n + 1, Look: lookWord}, word, text(f.Sheet), cell,
			text(f.Read), text(f.Expected), text(f.Message), text(f.Remedy))
	}
	s.more(s.MoreFindings)
	s.Skip(1)
}

// figures is the table of what was read, for the unit to compare.
func (s *sheetWriter) figures() {
	s.Write(20, xlsx.Cell{Value: s.Text("section.figures"), Look: lookBlock})
	if len(s.Figures) == 0 {
		s.Write(0, xlsx.Cell{Value: s.Text("section.no_figures"), Look: lookNote})
		return
	}
	s.header([]string{"number", "indicator", "measure", "value", "raw", "place"}, []int{1, 3, 1, 1, 1, 1})
	for n, f := range s.Figures {
		name, value := text(f.Name), text(f.Value)
		name.Span = 3
		value.Look.Align, value.Look.Bold, value.Look.Indent = "right", true, 1
		s.Write(0, xlsx.Cell{Value: n + 1, Look: lookWord}, name, text(f.Measure), value, text(f.Raw),
			s.place(f.Sheet, f.Cell, f.Place()))
	}
	s.more(s.MoreFigures)
}

func (s *sheetWriter) header(keys []string, spans []int) {
	cells := make([]xlsx.Cell, len(keys))
	for i, key := range keys {
		cells[i] = xlsx.Cell{Value: s.Text("column." + key), Look: lookHeader}
		if spans != nil {
			cells[i].Span = spans[i]
		}
	}
	s.Write(0, cells...)
}

func (s *sheetWriter) more(text string) {
	if text != "" {
		s.Write(0, xlsx.Cell{Value: text, Look: lookNote})
	}
}

// place is a cell that leads to another cell, where that exists.
func (s *sheetWriter) place(sheet, cell, shown string) xlsx.Cell {
	if !s.places[sheet] || !isCell(cell) {
		return text(shown)
	}
	return xlsx.Cell{
		Value: shown, Look: lookLink, Link: xlsx.Place(sheet, cell),
		Tooltip: xlsx.Cut(s.Text("link.cell", "cell", cell, "sheet", sheet), 255),
	}
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
