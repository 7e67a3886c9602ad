package form

import (
	"strings"

	"github.com/shopspring/decimal"

	"tonghop/pipeline"
	"tonghop/pipeline/vntext"
	"tonghop/pipeline/workbook"
)

// maxDigits bounds what is read as a number. Excel itself stores 17 digits.
const maxDigits = 400

// percentFrom is the least plain number in a percentage cell that is read as
// percent: 61.23 is 61.23 %, 0.6123 and 1.2 are ratios. No share that these
// forms collect is over 150 % or under 1.5 % without a % being written.
var percentFrom = decimal.New(15, -1)

// readValue reads a cell into the fact. The finding, if any, still lacks its
// place.
func readValue(fact *pipeline.Fact, c *workbook.Cell, indicator *pipeline.Indicator) *pipeline.Finding {
	refuse := func(code string) *pipeline.Finding {
		return &pipeline.Finding{Code: code, Severity: pipeline.SeverityError, Read: shownValue(c)}
	}
	switch {
	case c.Uncalculated:
		return refuse("formula_not_calculated")
	case c.Type == workbook.Error:
		return refuse("excel_error")
	case c.Type == workbook.Date:
		return refuse("date_in_number")
	case c.Type == workbook.Bool:
		return refuse("bool_in_number")
	case c.Type == workbook.Text && unmarked(c.Value) == "": // the form's own marker, left in
		return nil
	}
	reading := readNumber(c, indicator)
	if reading.Problem != "" {
		f := refuse(reading.Problem)
		if reading.Proposal != nil {
			f.Expected = printNumber(*reading.Proposal, reading.Percent)
		}
		return f
	}
	fact.State, fact.Value = reading.State, reading.Value
	if reading.Qualifier != "" {
		fact.Qualifier = reading.Qualifier
	}
	filled := reading.State == pipeline.StateNumber || reading.State == pipeline.StateZero
	if c.Type == workbook.Text && filled && fact.Qualifier == pipeline.Exact {
		return &pipeline.Finding{
			Code: "number_as_text", Severity: pipeline.SeverityWarning, Read: c.Value,
			Expected: printNumber(reading.Value, reading.Percent),
		}
	}
	return nil
}

// shownValue is what a person sees in the cell, or nearly.
func shownValue(c *workbook.Cell) string {
	if c.Type == workbook.Date || c.Type == workbook.Text {
		return c.Value
	}
	return c.Raw
}

// readNumber reads a number or text cell as a figure of the indicator.
func readNumber(c *workbook.Cell, indicator *pipeline.Indicator) vntext.Reading {
	want := vntext.Expected{Kind: indicator.Kind, Decimals: indicator.Decimals, Measure: indicator.Measure}
	if c.Type == workbook.Text {
		reading := vntext.ReadNumber(c.Value, want)
		if reading.State == pipeline.StateNumber && !reading.Percent {
			reading.Value = ratio(reading.Value, indicator)
		}
		return reading
	}
	value, err := parseDigits(c.Value)
	if err != nil || len(c.Value) > maxDigits || value.Exponent() > maxDigits {
		return vntext.Reading{Problem: "not_a_number"}
	}
	if !percentFormat(c.Format) {
		value = ratio(value, indicator)
	}
	return vntext.CheckNumber(value, want)
}

// parseDigits reads the digits of a number. Most are short and whole.
func parseDigits(text string) (decimal.Decimal, error) {
	const digits = 18 // that an int64 has room for
	n := int64(0)
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return decimal.NewFromString(text)
		}
		n = 10*n + int64(text[i]-'0')
	}
	if text == "" || len(text) > digits {
		return decimal.NewFromString(text)
	}
	return decimal.NewFromInt(n), nil
}

// percentFormat tells whether a number format shows percent.
func percentFormat(format string) bool { return strings.Contains(format, "%") }

// ratio reads a number without a % in a cell of the indicator.
func ratio(value decimal.Decimal, indicator *pipeline.Indicator) decimal.Decimal {
	if indicator.Kind == pipeline.KindRatio && strings.TrimSpace(indicator.Measure) == "%" && value.GreaterThan(percentFrom) {
		return value.Shift(-2)
	}
	return value
}

// printNumber writes a number as a clerk would type it in Vietnam.
func printNumber(d decimal.Decimal, percent bool) string {
	if percent {
		return strings.ReplaceAll(d.Shift(2).String(), ".", ",") + "%"
	}
	return strings.ReplaceAll(d.String(), ".", ",")
}
