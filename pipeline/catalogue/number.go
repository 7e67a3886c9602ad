package catalogue

import (
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"tonghop/pipeline"
	"tonghop/pipeline/vntext"
	"tonghop/pipeline/workbook"
)

// maxDigits bounds the length of a number's text, so that no exponent and no
// heap of digits costs time.
const maxDigits = 40

// parseDecimal reads plain digits with at most one point, as number cells
// carry them.
func parseDecimal(s string) (decimal.Decimal, bool) {
	if len(s) > maxDigits || strings.Trim(s, "+-.0123456789") != "" {
		return decimal.Decimal{}, false
	}
	value, err := decimal.NewFromString(s)
	return value, err == nil
}

func formatInt(n int) string { return strconv.Itoa(n) }

// numberCell is the value of a number cell.
func (c cell) numberCell() (decimal.Decimal, bool) {
	if c.Type != workbook.Number {
		return decimal.Decimal{}, false
	}
	return parseDecimal(c.Value)
}

// reading is what c says as a number. The qualifier of a text is kept.
func (c cell) reading(want vntext.Expected) vntext.Reading {
	if c.Type == workbook.Text {
		return vntext.ReadNumber(c.text, want)
	}
	if value, ok := c.numberCell(); ok {
		reading := vntext.CheckNumber(value, want)
		reading.Percent = strings.Contains(c.Format, "%")
		return reading
	}
	return vntext.Reading{Problem: "not_a_number"}
}

// complaint is the finding about a reading that is no plain number of zero or
// more; ok tells that there is none.
func complaint(reading vntext.Reading) (f pipeline.Finding, ok bool) {
	switch {
	case reading.Proposal != nil:
		return pipeline.Finding{Code: "catalogue_ambiguous_number", Expected: plain(*reading.Proposal)}, false
	case reading.Problem == "negative_count" || reading.Value.IsNegative():
		return pipeline.Finding{Code: "catalogue_negative_number"}, false
	case reading.Problem == "fraction_in_count":
		return pipeline.Finding{Code: "catalogue_fraction"}, false
	case reading.Problem != "", reading.Qualifier == pipeline.About, reading.State == pipeline.StateNil:
		return pipeline.Finding{Code: "catalogue_bad_number"}, false
	}
	return pipeline.Finding{}, true
}

// plain prints value in Vietnamese writing without groups: 0,7.
func plain(value decimal.Decimal) string { return strings.ReplaceAll(value.String(), ".", ",") }

// number is the number of zero or more in the named column; nil where the cell
// is empty or wrong.
func (r row) number(column string, want vntext.Expected) *decimal.Decimal {
	c, ok := r.cell(column)
	if !ok || c.broken != "" {
		return nil
	}
	reading := c.reading(want)
	f, ok := complaint(reading)
	if ok && reading.State == pipeline.StateBlank {
		return nil
	}
	if ok && (reading.Percent || reading.Qualifier == pipeline.AtLeast) {
		f, ok = pipeline.Finding{Code: "catalogue_bad_number"}, false
	}
	if !ok {
		r.report(column, f)
		return nil
	}
	return &reading.Value
}

// score is the points in the named column.
func (r row) score(column string) *decimal.Decimal {
	return r.number(column, vntext.Expected{Kind: pipeline.KindAverage, Decimals: 2})
}

// whole is the whole number from 0 to most in the named column, standard where
// the cell is empty.
func (r row) whole(column string, standard, most int) int {
	value := r.number(column, vntext.Expected{Kind: pipeline.KindAverage})
	if value == nil {
		return standard
	}
	if !value.IsInteger() {
		r.report(column, pipeline.Finding{Code: "catalogue_fraction"})
		return standard
	}
	if value.GreaterThan(decimal.NewFromInt(int64(most))) {
		r.report(column, pipeline.Finding{Code: "catalogue_out_of_range", Expected: "0–" + formatInt(most)})
		return standard
	}
	return int(value.IntPart())
}

// ratioOf is the ratio that reading means. Without a percent sign, a number of
// at most most is the ratio itself (0.7); above it is more likely a percentage
// whose sign was left out, which f proposes.
func ratioOf(reading vntext.Reading, most int64) (ratio decimal.Decimal, f pipeline.Finding, ok bool) {
	if f, ok := complaint(reading); !ok {
		return ratio, f, false
	}
	if !reading.Percent && reading.Value.GreaterThan(decimal.NewFromInt(most)) {
		return ratio, pipeline.Finding{Code: "catalogue_percent_missing", Expected: plain(reading.Value) + "%"}, false
	}
	return reading.Value, f, true
}

// ratio is the ratio in the named column; nil where the cell is empty or wrong.
func (r row) ratio(column string, most int64) *decimal.Decimal {
	c, ok := r.cell(column)
	if !ok || c.broken != "" {
		return nil
	}
	reading := c.reading(vntext.Expected{Kind: pipeline.KindRatio, Decimals: 2})
	if reading.State == pipeline.StateBlank && reading.Problem == "" {
		return nil
	}
	value, f, ok := ratioOf(reading, most)
	if !ok {
		r.report(column, f)
		return nil
	}
	return &value
}
