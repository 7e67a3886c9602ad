package summary

import (
	"slices"

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

// detail lists every achievement.
func (wb *workbook) detail() error {
	columns := []column{{"unit_code", 10}, {"unit", 28}, {"indicator_code", 10}, {"indicator", 36}, {"group", 14}, {"measure", 10}}
	first := len(columns) + 1
	columns = append(columns, wb.achievementColumns()...)
	columns = append(columns, column{"reported", 8}, column{"due", 8}, column{"complete", 9})
	columns = append(append(columns, distanceColumns()...), column{"note", 28})
	return wb.write(list{
		key: "detail", empty: wb.text("no_rows"), columns: columns,
		rows: rowsOf(wb.data.Achievements, func(a *reports.Achievement, row int) []xlsx.Cell {
			i := wb.indicator(a.Indicator)
			cells := []xlsx.Cell{
				outside(a.Unit), outside(wb.unitName(a.Unit)), outside(i.Code), outside(i.Name),
				outside(i.Group), outside(i.Measure),
			}
			cells = append(cells, wb.achievement(a, row, first)...)
			cells = append(cells, xlsx.Cell{Value: a.Reported, Look: lookCount}, xlsx.Cell{Value: a.Due, Look: lookCount},
				xlsx.Cell{Value: a.Complete, Look: lookCount})
			return append(append(cells, wb.distance(a)...), outside(wb.note(a)))
		}),
	})
}

// reporting is the board of who has reported what.
func (wb *workbook) reporting() error {
	n := wb.countReports()
	fills := map[string]string{"late": xlsx.ColorNear, "missing": xlsx.ColorNot}
	return wb.write(list{
		key: "reporting", empty: wb.text("no_rows"),
		info: wb.text("reporting.count", "due", n.due, "on_time", n.onTime, "late", n.late, "missing", n.missing, "not_due", n.notDue),
		columns: []column{
			{"unit_code", 12}, {"unit", 44}, {"form", 16}, {"due_date", 14}, {"state", 18}, {"received", 20}, {"refused", 16},
		},
		rows: rowsOf(wb.data.Reporting, func(r *reports.Reporting, _ int) []xlsx.Cell {
			key := r.State
			if r.HasTime(wb.data.Stamp.AsOf) {
				key = "not_due"
			}
			state := word(wb.named("reporting", key))
			state.Look.Fill = fills[key]
			refused := xlsx.Cell{Value: r.Refused, Look: lookCount}
			if r.Refused > 0 {
				refused.Look.Fill = xlsx.ColorNot
			}
			return []xlsx.Cell{
				outside(r.Unit), outside(wb.unitName(r.Unit)), outside(r.Form), {Value: r.Due, Look: lookDate}, state,
				{Value: r.Received, Look: lookTime}, refused,
			}
		}),
	})
}

// restatements lists the published figures that this issue changes.
func (wb *workbook) restatements() error {
	return wb.write(list{
		key: "restatement", empty: wb.text("restatement.none"),
		columns: []column{
			{"unit_code", 12}, {"unit", 36}, {"indicator_code", 12}, {"indicator", 44}, {"figure", 20},
			{"old", 14}, {"new", 14}, {"change", 14}, {"cause", 44},
		},
		rows: rowsOf(wb.data.Restatements, func(r *reports.Restatement, row int) []xlsx.Cell {
			i := wb.indicator(r.Indicator)
			format := numberFormat(i)
			if r.Figure == "rate" || r.Figure == "pace" {
				format = rateFormat
			}
			change := number(nil, format)
			if r.Old != nil && r.New != nil {
				by := r.New.Sub(*r.Old)
				change = number(&by, format)
				change.Formula = xlsx.CellName(row, 7) + "-" + xlsx.CellName(row, 6)
			}
			cause := outside(r.File)
			if r.File == "" {
				cause = outside(wb.text("restatement.catalogue"))
			}
			return []xlsx.Cell{
				outside(r.Unit), outside(wb.unitName(r.Unit)), outside(i.Code), outside(i.Name),
				word(wb.named("figure", r.Figure)), number(r.Old, format), number(r.New, format), change, cause,
			}
		}),
	})
}

// findings lists what was found in the workbooks of the period.
func (wb *workbook) findings() error {
	fills := map[pipeline.Severity]string{
		pipeline.SeverityError: xlsx.ColorError, pipeline.SeverityWarning: xlsx.ColorWarning,
	}
	return wb.write(list{
		key: "finding", empty: wb.text("no_rows"),
		columns: []column{
			{"severity", 12}, {"unit", 30}, {"form", 12}, {"period", 11}, {"file", 36}, {"sheet", 16}, {"cell", 9},
			{"message", 56}, {"remedy", 48}, {"code", 20},
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

// facts lists every reported figure that counts, with the cell it stands in.
func (wb *workbook) facts() error {
	return wb.write(list{
		key: "fact", empty: wb.text("no_rows"),
		columns: []column{
			{"period", 10}, {"unit_code", 11}, {"unit", 28}, {"form", 12}, {"indicator_code", 11}, {"indicator", 38},
			{"kind", 11}, {"state", 13}, {"value", 13}, {"qualifier", 11}, {"raw", 16}, {"unit_note", 24},
			{"file", 36}, {"sheet", 14}, {"cell", 8}, {"sha256", 16},
		},
		rows: rowsOf(wb.data.Facts, func(f *reports.Fact, _ int) []xlsx.Cell {
			i := wb.indicator(f.Indicator)
			return []xlsx.Cell{
				outside(f.Period), outside(f.Unit), outside(wb.unitName(f.Unit)), outside(f.Form), outside(i.Code),
				outside(i.Name), word(wb.named("fact", string(f.Measure))), word(wb.named("fact", string(f.State))),
				number(f.Value, reportedFormat(i, f.Qualifier, f.State)), word(wb.named("fact", string(f.Qualifier))),
				outside(f.Raw), outside(f.Note), outside(f.File), outside(f.Sheet), outside(f.Cell), outside(short(f.SHA256)),
			}
		}),
	})
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
