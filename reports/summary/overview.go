package summary

import (
	"cmp"
	"fmt"
	"math"
	"strings"

	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"

	"tonghop/pipeline"
	"tonghop/reports"
	"tonghop/reports/internal/xlsx"
)

// overviewWidth is the number of columns that the overview is laid out in.
const overviewWidth = 13

// rateColumn is where the overview's rates stand.
const rateColumn = 7

// overview is the sheet that leadership opens: who, what, when, how many
// targets are met, a chart of the rates, and the figures of every root.
func (wb *workbook) overview() error {
	page := wb.page(5, 46, 11)
	for _, c := range wb.achievementColumns() {
		page.Widths = append(page.Widths, c.width)
	}
	page.Widths = append(page.Widths, 12, 34)
	s, err := wb.book.Sheet(wb.text("sheet.overview"), page)
	if err != nil {
		return err
	}
	roots := wb.roots()
	var root reports.Unit
	if len(roots) > 0 {
		root = roots[0]
	}
	wb.letterhead(s, root)
	wb.tiles(s, root)
	chart := wb.newChart(root, page.Widths)
	chart.reserve(s)
	for at, r := range roots {
		header, rows := wb.rootTable(s, r, len(roots) > 1)
		if at == 0 {
			chart.header, chart.rows = header, rows
		}
	}
	s.Skip(1)
	s.Write(0, xlsx.Cell{Value: wb.stamp(), Look: lookStamp})
	if err := wb.printTable(s, chart.header); err != nil {
		return err
	}
	chart.draw(s)
	return s.Close()
}

// printTable repeats the table's header on every printed page after it, and
// leaves the chart's data, which stand below, out of print.
func (wb *workbook) printTable(s *xlsx.Sheet, header int) error {
	area := &excelize.DefinedName{
		Name: "_xlnm.Print_Area", Scope: s.Name, RefersTo: xlsx.Place(s.Name, fmt.Sprintf("$A$1:$M$%d", s.Row)),
	}
	if err := wb.book.File.SetDefinedName(area); err != nil || header == 0 {
		return err
	}
	titles := &excelize.DefinedName{
		Name: "_xlnm.Print_Titles", Scope: s.Name, RefersTo: xlsx.Place(s.Name, fmt.Sprintf("$%d:$%d", header, header)),
	}
	return wb.book.File.SetDefinedName(titles)
}

// letterhead is the head of an official paper: the office at the left, the
// country and its motto at the right, then the title.
func (wb *workbook) letterhead(s *xlsx.Sheet, root reports.Unit) {
	office := xlsx.Look{Size: 13, Bold: true, Align: "center", Wrap: true, Format: "@"}
	country := xlsx.Look{Size: 13, Bold: true, Align: "center"}
	motto := country
	motto.Underline = true
	title, date := xlsx.Look{Size: 17, Bold: true, Align: "center"}, xlsx.Look{Size: 13, Italic: true, Align: "center"}
	period := xlsx.Look{Size: 14, Bold: true, Align: "center"}
	name := strings.ToUpper(wb.unitName(root.Code))
	gap := make([]xlsx.Cell, 4)
	s.Write(20, append(append([]xlsx.Cell{{Value: name, Look: office, Span: 2}}, gap...),
		xlsx.Cell{Value: wb.text("head.country"), Look: country, Span: 7})...)
	s.Write(20, append(append([]xlsx.Cell{{Look: office, Span: 2}}, gap...),
		xlsx.Cell{Value: wb.text("head.motto"), Look: motto, Span: 7})...)
	s.Skip(1)
	across := func(height float64, text string, look xlsx.Look) {
		s.Write(height, xlsx.Cell{Value: text, Look: look, Span: overviewWidth})
	}
	across(26, wb.text("title.overview"), title)
	across(22, strings.ToUpper(wb.lang.Period(wb.data.Stamp.Period)), period)
	across(20, wb.text("head.cutoff", "cutoff", wb.lang.Date(wb.data.Stamp.DataDay())), date)
	if sample := wb.data.Stamp.Sample; sample != "" {
		warn := lookSample
		warn.Align, warn.Fill, warn.Wrap = "center", xlsx.ColorWarning, true
		across(22, sample, warn)
	}
	s.Skip(1)
}

// A tile is one figure of the headline, over span columns.
type tile struct {
	span              int
	name, value, note string
}

// tiles is the headline: four figures, what they are, and a remark on each.
func (wb *workbook) tiles(s *xlsx.Sheet, root reports.Unit) {
	look := xlsx.Look{Border: true, Align: "center", Fill: xlsx.ColorPale}
	name, value, note := look, look, look
	name.Bold, value.Bold, value.Size, note.Italic, note.Ink, note.Wrap = true, true, 22, true, xlsx.InkMuted, true
	var names, values, notes []xlsx.Cell
	for _, t := range wb.headline(root) {
		names = append(names, xlsx.Cell{Value: t.name, Look: name, Span: t.span})
		values = append(values, xlsx.Cell{Value: t.value, Look: value, Span: t.span})
		notes = append(notes, xlsx.Cell{Value: t.note, Look: note, Span: t.span})
	}
	s.Write(18, names...)
	s.Write(32, values...)
	s.Write(18, notes...)
}

// met is the tile of the targets met. Where no target has a figure yet, none
// is met or missed.
func (wb *workbook) met(n reports.Score) tile {
	if n.Targets > 0 && n.NoData == n.Targets {
		return tile{2, wb.text("headline.met"), "–", wb.text("headline.met_blank", "targets", n.Targets)}
	}
	return tile{2, wb.text("headline.met"), fraction(n.Met, n.Targets),
		wb.text("headline.met_note", "not_met", n.NotMet, "no_data", n.NoData)}
}

func (wb *workbook) headline(root reports.Unit) []tile {
	r, stamp := wb.countReports(), wb.data.Stamp
	bad := map[pipeline.Severity]int{}
	for _, f := range wb.data.Findings {
		bad[f.Severity]++
	}
	elapsed := decimal.New(int64(math.Round(stamp.Elapsed*100)), -2)
	return []tile{
		wb.met(wb.data.Score(root.Code)),
		{4, wb.text("headline.reported"), fraction(r.onTime+r.late, r.due),
			wb.text("headline.reported_note", "on_time", r.onTime, "late", r.late, "missing", r.missing, "not_due", r.notDue)},
		{4, wb.text("headline.elapsed"), wb.lang.Percent(elapsed, 0, pipeline.HalfUp),
			wb.text("headline.elapsed_note", "start", wb.lang.Date(stamp.Window.Start), "cutoff", wb.lang.Date(stamp.Window.End))},
		{3, wb.text("headline.findings"), wb.lang.Number(decimal.NewFromInt(int64(len(wb.data.Findings))), 0, pipeline.HalfUp),
			wb.text("headline.findings_note", "errors", bad[pipeline.SeverityError], "warnings", bad[pipeline.SeverityWarning])},
	}
}

// rootTable is the figures of one root, an indicator per row. It returns the
// row of the header and of each indicator.
func (wb *workbook) rootTable(s *xlsx.Sheet, root reports.Unit, named bool) (header int, rows map[string]int) {
	band := xlsx.Look{Bold: true, Fill: xlsx.ColorNotice, Border: true, Format: "@"}
	if named {
		s.Write(20, xlsx.Cell{Value: wb.unitName(root.Code), Look: band, Span: overviewWidth})
	}
	columns := append([]column{{"number", 0}, {"indicator", 0}, {"measure", 0}}, wb.achievementColumns()...)
	s.Write(48, wb.header(append(columns, column{"coverage", 0}, column{"note", 0}))...)
	band.Italic, band.Fill = true, xlsx.ColorPale
	header, rows = s.Row, map[string]int{}
	group := ""
	for n, i := range wb.data.Indicators {
		if i.Group != group {
			group = i.Group
			s.Write(18, xlsx.Cell{Value: group, Look: band, Span: overviewWidth})
		}
		rows[i.Code] = s.Row + 1
		s.Write(0, wb.rootRow(root, i, n+1, s.Row+1)...)
	}
	if len(rows) > 0 {
		s.Bars(rateColumn, header+1, s.Row, "1")
	}
	return header, rows
}

func (wb *workbook) rootRow(root reports.Unit, i pipeline.Indicator, n, row int) []xlsx.Cell {
	a := wb.achievementOf(root.Code, i.Code)
	name := outside(cmp.Or(i.Name, i.Code))
	if i.Parent != "" {
		name.Look.Indent = 1
	}
	cells := []xlsx.Cell{{Value: n, Look: lookWord}, name, centered(i.Measure)}
	cells = append(cells, wb.achievement(a, row, 4)...)
	return append(cells, centered(wb.coverage(a)), outside(wb.note(a)))
}

// coverage is the units counted of those due, and how many of these have sent
// all their reports where not all have.
func (wb *workbook) coverage(a *reports.Achievement) string {
	text := fraction(a.Reported, a.Due)
	if a.Complete < a.Reported {
		text += " (" + wb.text("note.complete", "count", a.Complete) + ")"
	}
	return text
}
