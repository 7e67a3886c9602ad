package summary

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"tonghop/pipeline"
	"tonghop/reports"
	"tonghop/reports/internal/xlsx"
)

// rowsOf makes the rows of a list from records.
func rowsOf[T any](records []T, cells func(r *T, row int) []xlsx.Cell) func(yield func(func(int) []xlsx.Cell) bool) {
	return func(yield func(func(int) []xlsx.Cell) bool) {
		for i := range records {
			if !yield(func(row int) []xlsx.Cell { return cells(&records[i], row) }) {
				return
			}
		}
	}
}

// detail lists every achievement that there is anything to tell of.
func (wb *workbook) detail() error {
	columns := []column{{title: "unit_code", width: 10}, {title: "unit", width: 36}, {title: "indicator_code", width: 9}, {title: "indicator", width: 50}, {title: "measure", width: 11}}
	columns = append(columns, wb.achievementColumns()...)
	printed := len(columns)
	columns = append(columns, column{title: "group", width: 20})
	columns = append(columns, column{title: "reported", width: 8}, column{title: "due", width: 8}, column{title: "complete", width: 9})
	columns = append(append(columns, distanceColumns()...), column{title: "note", width: 30})
	told := slices.DeleteFunc(slices.Clone(wb.data.Achievements), func(a reports.Achievement) bool { return !a.Told() })
	return wb.write(list{
		key: "detail", empty: wb.text("no_rows"), columns: columns, keep: 4, print: printed,
		info: wb.text("detail.info"),
		rows: rowsOf(told, func(a *reports.Achievement, row int) []xlsx.Cell {
			i := wb.indicator(a.Indicator)
			cells := append(wb.cells[:0], outside(a.Unit), outside(wb.unitName(a.Unit)), outside(i.Code), outside(i.Name), centered(i.Measure))
			cells = append(wb.achievement(cells, a, row), outside(i.Group))
			cells = append(cells, xlsx.Cell{Value: a.Reported, Look: lookCount}, xlsx.Cell{Value: a.Due, Look: lookCount},
				xlsx.Cell{Value: a.Complete, Look: lookCount})
			wb.cells = append(wb.distance(cells, a), outside(wb.note(a)))
			return wb.cells
		}),
	})
}

// reporting is the board of who has reported what, and of what is not owed.
func (wb *workbook) reporting() error {
	n := wb.countReports()
	due := slices.Clone(wb.data.Reporting)
	reasons := map[int]string{}
	for _, e := range wb.data.Exemptions {
		reasons[len(due)] = wb.text("reporting.reason", "reason", e.Reason, "by", e.By, "at", wb.lang.Date(e.At))
		due = append(due, reports.Reporting{Period: e.Period, Form: e.Form, Unit: e.Unit, Due: e.Due, State: "exempt"})
	}
	at := -1
	return wb.write(list{
		key: "reporting", empty: wb.text("no_rows"),
		info: wb.text("reporting.count", "due", n.due, "on_time", n.onTime, "late", n.late, "missing", n.missing, "not_due", n.notDue),
		columns: []column{
			{title: "unit_code", width: 12}, {title: "unit", width: 44}, {title: "form", width: 14}, {title: "period", width: 22}, {title: "due_date", width: 13}, {title: "state", width: 20}, {title: "received", width: 19}, {title: "refused", width: 15}, {title: "note", width: 40},
		},
		rows: rowsOf(due, func(r *reports.Reporting, _ int) []xlsx.Cell {
			at++
			refused := xlsx.Cell{Value: r.Refused, Look: lookCount}
			if r.Refused > 0 {
				refused.Look.Fill = xlsx.Tone25
			}
			return []xlsx.Cell{
				outside(r.Unit), outside(wb.unitName(r.Unit)), outside(r.Form), outside(wb.periodName(r.Period)), {Value: r.Due, Look: lookDate},
				wb.state(r), {Value: r.Received, Look: lookTime}, refused, outside(reasons[at]),
			}
		}),
	})
}

// state is how a report stands that is due, or is not owed.
func (wb *workbook) state(r *reports.Reporting) xlsx.Cell {
	key := r.State
	if r.HasTime(wb.data.Stamp.AsOf) {
		key = "not_due"
	}
	c := word(wb.named("reporting", key))
	switch key {
	case "late":
		c.Look.Fill = xlsx.ToneNotice
	case "missing":
		c.Look.Fill, c.Look.Bold = xlsx.Tone0, true
	case "exempt", "not_due":
		c.Look.Ink = xlsx.InkMuted
	}
	return c
}

// restatements lists the published figures that this issue changes.
func (wb *workbook) restatements() error {
	return wb.write(list{
		key: "restatement", empty: wb.text("restatement.none"),
		columns: []column{
			{title: "unit_code", width: 12}, {title: "unit", width: 36}, {title: "indicator_code", width: 12}, {title: "indicator", width: 44}, {title: "figure", width: 20},
			{title: "old", width: wb.room(14)}, {title: "new", width: wb.room(14)}, {title: "change", width: wb.room(14)}, {title: "cause", width: 44},
		},
		rows: rowsOf(wb.data.Restatements, func(r *reports.Restatement, row int) []xlsx.Cell {
			i := wb.indicator(r.Indicator)
			old, now := wb.restated(r, r.Old, i), wb.restated(r, r.New, i)
			by := number(nil, signed(old.Look.Format))
			if r.Old != nil && r.New != nil {
				difference := r.New.Sub(*r.Old)
				by = number(&difference, signed(old.Look.Format))
				if old.Formula == "" && now.Formula == "" { // what is cut would give another difference
					by.Formula = xlsx.CellName(row, 7) + "-" + xlsx.CellName(row, 6)
				}
			}
			if r.Figure == "target" {
				wb.leadToTarget(&now, r.Unit, r.Indicator)
			} else {
				wb.lead(&now, r.Unit, i)
			}
			cause := outside(r.File)
			if r.File == "" {
				cause = outside(wb.text("restatement.catalogue"))
			}
			return []xlsx.Cell{
				outside(r.Unit), outside(wb.unitName(r.Unit)), outside(i.Code), outside(i.Name),
				word(wb.named("figure", r.Figure)), old, now, by, cause,
			}
		}),
	})
}

// restated is a figure of a restatement.
func (wb *workbook) restated(r *reports.Restatement, d *decimal.Decimal, i pipeline.Indicator) xlsx.Cell {
	if r.Figure == "rate" || r.Figure == "pace" {
		return rate(d, i, quotient{})
	}
	return figure(d, i, numberFormat(i))
}

// findings lists what was found in the workbooks of the period.
func (wb *workbook) findings() error {
	fills := map[pipeline.Severity]string{
		pipeline.SeverityError: xlsx.Tone0, pipeline.SeverityWarning: xlsx.ToneNotice,
	}
	return wb.write(list{
		key: "finding", empty: wb.text("no_rows"),
		columns: []column{
			{title: "severity", width: 12}, {title: "unit", width: 30}, {title: "form", width: 12}, {title: "period", width: 11}, {title: "file", width: 36}, {title: "sheet", width: 16}, {title: "cell", width: 9},
			{title: "message", width: 56}, {title: "remedy", width: 48}, {title: "code", width: 20},
		},
		rows: rowsOf(wb.data.Findings, func(f *reports.Finding, _ int) []xlsx.Cell {
			severity := word(wb.named("severity", string(f.Severity)))
			severity.Look.Fill = fills[f.Severity]
			return []xlsx.Cell{
				severity, outside(wb.unitName(f.Unit)), outside(f.Form), outside(f.Period), outside(f.File),
				outside(f.Sheet), outside(f.Cell), outside(f.Message), outside(f.Remedy), outside(f.Code),
			}
		}),
	})
}

// listSources lists every cell that the figures rest on: reported figures that count, and
// targets.
func (wb *workbook) listSources() error {
	return wb.write(list{
		key: "fact", empty: wb.text("no_rows"),
		columns: []column{
			{title: "period", width: 10}, {title: "unit_code", width: 10}, {title: "unit", width: 27}, {title: "form", width: 11}, {title: "indicator_code", width: 10}, {title: "indicator", width: 34},
			{title: "kind", width: 10}, {title: "use", width: 13}, {title: "state", width: 13}, {title: "value", width: wb.room(12)}, {title: "raw", width: 15}, {title: "unit_note", width: 16},
			{title: "file", width: 32}, {title: "sheet", width: 13}, {title: "cell", width: 8}, {title: "sha256", width: 13},
		},
		rows: rowsOf(wb.sources, func(f *source, _ int) []xlsx.Cell {
			i := wb.indicator(f.Indicator)
			note, state := f.Note, string(f.State)
			if f.Qualifier == pipeline.AtLeast || f.Qualifier == pipeline.About {
				state = string(f.Qualifier)
			}
			if f.List != "" {
				note = strings.TrimPrefix(note+"; "+wb.text("note.list", "list", f.List), "; ")
			}
			wb.cells = append(wb.cells[:0], outside(f.Period), outside(f.Unit), outside(wb.unitName(f.Unit)), outside(f.Form), outside(i.Code),
				outside(i.Name), word(wb.named("fact", f.kind)), word(wb.named("use", f.use)), word(wb.named("fact", state)),
				number(f.Value, wb.reportedFormat(i, f.Qualifier, f.State)),
				typed(f.Raw), outside(note), outside(f.File), outside(f.Sheet), outside(f.Cell), outside(short(f.SHA256)))
			return wb.cells
		}),
	})
}

// lists shows each list that units fill in, a row of theirs a row.
func (wb *workbook) lists() error {
	for _, l := range wb.listed() {
		if err := wb.writeListed(l); err != nil {
			return err
		}
	}
	return nil
}

// counts of the reports due.
type counts struct{ due, onTime, late, missing, notDue int }

func (wb *workbook) countReports() counts {
	n := counts{due: len(wb.data.Reporting)}
	for _, r := range wb.data.Reporting {
		switch {
		case r.State == "on_time":
			n.onTime++
		case r.State == "late":
			n.late++
		case r.HasTime(wb.data.Stamp.AsOf):
			n.notDue++
		default:
			n.missing++
		}
	}
	return n
}

// roots are the units without a parent that stand at the cut-off; all of them
// where none does.
func (wb *workbook) roots() []reports.Unit {
	all := wb.data.Roots()
	valid := slices.DeleteFunc(slices.Clone(all), func(u reports.Unit) bool { return !u.Valid })
	if len(valid) == 0 {
		return all
	}
	return valid
}
