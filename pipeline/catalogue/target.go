package catalogue

import (
	"cmp"
	"slices"

	"github.com/shopspring/decimal"

	"tonghop/pipeline"
	"tonghop/pipeline/vntext"
	"tonghop/pipeline/workbook"
)

// maxTargetRatio is the most that a target rate can be without a percent sign.
const maxTargetRatio = 2

// loadTargets reads one year's targets: a row per unit, a column per indicator.
func (l *loader) loadTargets(t *table) {
	if !t.has("unit") {
		return
	}
	columns := l.targetColumns(t)
	var versions []version
	for _, r := range t.rows {
		r.need("unit")
		unit := r.text("unit")
		l.units.check(r, "unit", unit)
		versions = append(versions, version{key: unit, row: r})
		for _, column := range columns {
			if target, ok := l.target(r, unit, column); ok {
				l.cat.Targets = append(l.cat.Targets, target)
			}
		}
	}
	reportOverlaps(versions, "unit", "catalogue_duplicate_code")
}

// A targetColumn is a column of targets for one indicator.
type targetColumn struct {
	heading
	indicator pipeline.Indicator
}

// targetColumns tells which indicators the columns of t are for, and reports
// columns with figures for an indicator that there is not. Other columns are
// remarks. The columns come in the order of the indicators.
func (l *loader) targetColumns(t *table) []targetColumn {
	var columns []targetColumn
	first := map[string]string{}
	for _, h := range t.others {
		indicator, known := l.cat.Indicator(h.text)
		cell := workbook.CellName(t.header, h.col)
		switch {
		case !known && l.indicators.codes != nil && !isRemark(h.text) && t.hasNumbers(h.col):
			l.add(pipeline.Finding{
				Code: "catalogue_unknown_code", Sheet: t.name, Cell: cell, Read: h.text,
				Args: []pipeline.Arg{{Name: "list", Value: l.indicators.sheet}, {Name: "column", Value: h.text}},
			})
		case known && first[h.text] != "":
			l.add(pipeline.Finding{
				Code: "catalogue_duplicate_column", Sheet: t.name, Cell: cell, Read: h.text,
				Args: []pipeline.Arg{{Name: "first", Value: first[h.text]}},
			})
		case known:
			first[h.text] = cell
			columns = append(columns, targetColumn{heading: h, indicator: indicator})
		}
	}
	slices.SortStableFunc(columns, func(a, b targetColumn) int {
		return cmp.Compare(a.indicator.Origin.Row, b.indicator.Origin.Row)
	})
	return columns
}

// isRemark tells whether a heading is that of the running number or of notes,
// which may be numbers and no figures.
func isRemark(text string) bool {
	switch fold(text) {
	case "tt", "stt", "so tt", "no", "note", "notes", "ghi chu":
		return true
	}
	return false
}

// hasNumbers tells whether a figure stands in the column below the header.
func (t *table) hasNumbers(col int) bool {
	for _, r := range t.rows {
		c, ok := r.cells[col]
		if !ok || c.broken != "" {
			continue
		}
		reading := c.reading(vntext.Expected{Kind: pipeline.KindMoney})
		certain := reading.Problem == "" && (reading.State == pipeline.StateNumber || reading.State == pipeline.StateZero)
		if certain || reading.Proposal != nil {
			return true
		}
	}
	return false
}

// target reads one cell; ok tells whether something is assigned. An empty cell,
// a dash and the words "chưa giao" assign nothing, which is not zero.
func (l *loader) target(r row, unit string, column targetColumn) (target pipeline.Target, ok bool) {
	x := column.indicator
	c, ok := r.cells[column.col]
	if !ok || x.Kind == "" || fold(c.text) == "chua giao" {
		return target, false
	}
	want := vntext.Expected{Kind: x.Kind, Decimals: x.Decimals, Measure: x.Measure}
	if x.Kind == pipeline.KindRatio {
		want.Measure = "" // the sign of a percentage must not pass for a word
	}
	value, f, ok := c.target(want)
	if f.Code != "" {
		r.reportAt(column.col, column.text, f)
	}
	return pipeline.Target{
		Unit: unit, Indicator: x.Code, Year: r.table.year, Value: value, Origin: r.origin(), Cell: workbook.CellName(r.index, column.col),
	}, ok
}

// target is the target in c; f says what is wrong with it, if anything. "Trên
// 70%" is a target of 70 %: to reach it is to reach at least it.
func (c cell) target(want vntext.Expected) (value decimal.Decimal, f pipeline.Finding, ok bool) {
	if c.broken != "" {
		return value, pipeline.Finding{Code: c.broken}, false
	}
	reading := c.reading(want)
	switch {
	case reading.Problem == "" && reading.State == pipeline.StateBlank:
		return value, f, false
	case reading.Problem == "" && reading.State == pipeline.StateNil:
		return value, pipeline.Finding{Code: "catalogue_target_nil", Severity: pipeline.SeverityWarning}, false
	case want.Kind == pipeline.KindRatio:
		return ratioOf(reading, maxTargetRatio)
	}
	f, ok = complaint(reading)
	if ok && reading.Percent {
		return value, pipeline.Finding{Code: "catalogue_bad_number"}, false
	}
	return reading.Value, f, ok
}
