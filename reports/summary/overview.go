package summary

import (
	"math"
	"strings"

	"github.com/shopspring/decimal"

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
	page.Widths = append(page.Widths, 12, 40)
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
	s.Skip(1)
	chart, of := wb.rates(root)
	if len(chart.bars) > 0 { // the chart's place is kept until the cells that it draws are known
		chart.top = s.Row + 1
		s.Skip(chart.rows() + 1)
	}
	rows := map[string]int{}
	for at, r := range roots {
		known := wb.rootTable(s, r, len(roots) > 1)
		if at == 0 {
			rows = known
		}
	}
	s.Skip(1)
	for _, text := range []string{wb.text("link.hint"), wb.stamp()} {
		s.Write(0, xlsx.Cell{Value: text, Look: lookStamp})
	}
	s.Print(overviewWidth)
	for n, a := range of {
		chart.bars[n].cell = xlsx.CellName(rows[a.Indicator], rateColumn)
	}
	wb.drawBars(s, chart)
	return s.Close()
}

// letterhead is the head of an official paper: the office at the left, the
// country and its motto at the right, then the title.
func (wb *workbook) letterhead(s *xlsx.Sheet, root reports.Unit) {
	office := xlsx.Look{Size: 13, Bold: true, Align: "center", Format: "@"}
	country := xlsx.Look{Size: 13, Bold: true, Align: "center"}
	motto := country
	motto.Underline = true
	title, date := xlsx.Look{Size: 17, Bold: true, Align: "center"}, xlsx.Look{Size: 13, Italic: true, Align: "center"}
	period := xlsx.Look{Size: 14, Bold: true, Align: "center"}
	superior := office
	superior.Bold = false
	beside := func(left string, at xlsx.Look, right string, look xlsx.Look) {
		cells := []xlsx.Cell{{Value: left, Look: at, Span: 2}}
		s.Write(20, append(append(cells, make([]xlsx.Cell, 4)...), xlsx.Cell{Value: right, Look: look, Span: 7})...)
	}
	beside(strings.ToUpper(wb.data.Stamp.Superior), superior, wb.text("head.country"), country)
	beside(strings.ToUpper(wb.unitName(root.Code)), office, wb.text("head.motto"), motto)
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
		{4, wb.text("headline." + wb.yearOr("elapsed")), wb.lang.Percent(elapsed, 0, pipeline.HalfUp),
			wb.text("headline.elapsed_note", "start", wb.lang.Date(stamp.Window.Start), "cutoff", wb.lang.Date(stamp.Window.End))},
		{3, wb.text("headline.findings"), wb.lang.Number(decimal.NewFromInt(int64(len(wb.data.Findings))), 0, pipeline.HalfUp),
			wb.text("headline.findings_note", "errors", bad[pipeline.SeverityError], "warnings", bad[pipeline.SeverityWarning])},
	}
}

// rootTable is the figures of one root, an indicator per row: first those with a
// target, then what is only followed. It returns the row of each indicator.
func (wb *workbook) rootTable(s *xlsx.Sheet, root reports.Unit, named bool) map[string]int {
	var targeted, followed []pipeline.Indicator
	for _, i := range wb.shown {
		if wb.achievementOf(root.Code, i.Code).Targeted() {
			targeted = append(targeted, i)
		} else {
			followed = append(followed, i)
		}
	}
	if named {
		s.Write(20, xlsx.Cell{Value: wb.unitName(root.Code), Look: lookBlock, Span: overviewWidth})
	}
	if len(targeted) > shortTable {
		s.Break()
	}
	columns := append([]column{{title: "number", width: 0}, {title: "indicator", width: 0}, {title: "measure", width: 0}}, wb.achievementColumns()...)
	s.Write(34, wb.header(append(columns, column{title: "coverage", width: 0}, column{title: "note", width: 0}))...)
	s.Repeat(s.Row)
	rows := map[string]int{}
	wb.rootPart(s, root, "block.targeted", targeted, 1, rows)
	if len(targeted) > 0 && len(followed) > shortTable {
		s.Break()
	}
	wb.rootPart(s, root, "block.followed", followed, len(targeted)+1, rows)
	return rows
}

// rootPart is a part of a root's table under its own title; rows gets the row of each
// of its indicators.
func (wb *workbook) rootPart(s *xlsx.Sheet, root reports.Unit, title string, indicators []pipeline.Indicator, first int, rows map[string]int) {
	if len(indicators) == 0 {
		return
	}
	s.Write(20, xlsx.Cell{Value: wb.text(title, "n", len(indicators)), Look: lookBlock, Span: overviewWidth})
	for _, l := range lines(indicators, first) {
		if l.number == 0 && len(indicators) <= shortTable {
			continue
		}
		if l.number == 0 {
			s.Write(18, xlsx.Cell{Value: l.group, Look: lookGroup, Span: overviewWidth})
			continue
		}
		rows[l.indicator.Code] = s.Row + 1
		s.Write(0, wb.rootRow(root, l, s.Row+1)...)
	}
}

func (wb *workbook) rootRow(root reports.Unit, l line, row int) []xlsx.Cell {
	a := wb.achievementOf(root.Code, l.indicator.Code)
	cells := []xlsx.Cell{{Value: l.number, Look: lookWord}, indicatorName(l.indicator), centered(l.indicator.Measure)}
	return append(wb.achievement(cells, a, row), centered(wb.coverage(a)), outside(wb.note(a)))
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
