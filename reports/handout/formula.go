package handout

import (
	"fmt"
	"slices"
	"strings"

	"tonghop/pipeline"
	"tonghop/pipeline/form"
	"tonghop/reports/internal/xlsx"
)

// A test is a check as a formula that is true where the check fails, and the
// cells that are coloured then.
type test struct {
	formula string
	shown   []form.Place
}

// test makes the formula of a check over the cells of one sheet. It says the
// same as package rule says of the figures read, where all of them are numbers
// or blank; words such as "trên 500" are left to the reader.
func (s *sheets) test(c pipeline.Check) (test, bool) {
	left, right := s.side(c.Left), s.side(c.Right)
	cells := append(slices.Clone(left.places), right.places...)
	sums := c.Operator != "both_or_neither" && c.Operator != "not_both"
	if !left.stands() || !right.stands() || len(cells) == 0 || !alone(cells) || s.beyond(c) {
		return test{}, false
	}
	var broken string
	switch {
	case c.Operator == "both_or_neither":
		broken = "OR(AND(" + left.any() + ",NOT(" + right.any() + ")),AND(NOT(" + left.any() + ")," + right.any() + "))"
	case c.Operator == "not_both":
		broken = "AND(" + left.any() + "," + right.any() + ")"
	default:
		broken = fmt.Sprintf("ROUND(%s-%s,6)%s0", left.sum(), right.sum(), opposite[c.Operator])
	}
	conditions := []string{broken}
	if sums {
		conditions = append(conditions, s.present(c, cells)...)
		for _, p := range cells {
			conditions = append(conditions, plain(p))
		}
		if c.Missing != "skip_all" && c.Missing != "zero" && left.absent+right.absent > 0 {
			return test{}, false // something is missing whatever is typed
		}
	}
	return test{formula: "AND(" + strings.Join(conditions, ",") + ")", shown: totals(left, right)}, true
}

// opposite is the operator that holds where a check's own does not.
var opposite = map[string]string{"=": "<>", "<>": "=", ">": "<=", ">=": "<", "<": ">=", "<=": ">"}

// present says which cells must be filled in for a check to apply. A form that
// is still empty is never wrong.
func (s *sheets) present(c pipeline.Check, cells []form.Place) []string {
	var filled []string
	for _, p := range cells {
		filled = append(filled, "LEN("+absolute(p)+")>0")
	}
	switch c.Missing {
	case "skip_all":
		return []string{"OR(" + strings.Join(filled, ",") + ")"}
	case "zero":
		return []string{s.begun(cells[0].Sheet)}
	}
	return filled
}

// begun tells whether any figure of a sheet is filled in.
func (s *sheets) begun(sheet string) string {
	var filled []string
	for _, p := range s.inputs() {
		if p.Sheet == sheet && p.Marker.Indicator != "" && p.Marker.Input() {
			filled = append(filled, "LEN("+absolute(p)+")")
		}
	}
	return "(" + strings.Join(filled, "+") + ")>0"
}

// plain tells whether a cell holds a number, nothing or the dash that declares
// nil.
func plain(p form.Place) string {
	cell := absolute(p)
	return "OR(NOT(ISTEXT(" + cell + ")),TRIM(" + cell + `)="",TRIM(` + cell + `)="-")`
}

// beyond tells whether a check needs what a formula does not see: figures that
// are filled from a list, or rates in cells that do not show percent, where 61,23
// and 0,6123 are the same.
func (s *sheets) beyond(c pipeline.Check) bool {
	return slices.ContainsFunc(append(slices.Clone(c.Left), c.Right...), func(t pipeline.Term) bool {
		i, ok := s.Catalogue.Indicator(t.Indicator)
		if !ok {
			return false
		}
		if i.Kind == pipeline.KindRatio {
			p, onForm := s.at(i.Code, pipeline.MeasureValue)
			return onForm && !s.percent(p)
		}
		listed := i.From != nil && slices.ContainsFunc(s.Layout.Lists, func(l form.List) bool { return l.Name == i.From.List })
		return listed && (c.Missing == "skip_all" || c.Missing == "zero")
	})
}

// percent tells whether a cell shows percent.
func (s *sheets) percent(p form.Place) bool {
	style, err := s.file.GetCellStyle(p.Sheet, p.Name())
	if err != nil {
		return false
	}
	look, err := s.file.GetStyle(style)
	if err != nil {
		return false
	}
	return look.NumFmt == 9 || look.NumFmt == 10 || look.CustomNumFmt != nil && strings.Contains(*look.CustomNumFmt, "%")
}

// A side is one side of a check as far as the form has its cells.
type side struct {
	places  []form.Place
	numbers []string
	absent  int // indicators that are not on the form
}

func (s *sheets) side(sum pipeline.Sum) side {
	var x side
	for _, t := range sum {
		if t.Indicator == "" {
			x.numbers = append(x.numbers, t.Number.String())
			continue
		}
		if p, ok := s.at(t.Indicator, pipeline.MeasureValue); ok {
			x.places = append(x.places, p)
		} else {
			x.absent++
		}
	}
	return x
}

// stands tells whether the form collects an indicator of the side, or the side is
// numbers alone.
func (x side) stands() bool { return len(x.places) > 0 || x.absent == 0 }

// sum adds the side up; words in a cell count as nothing.
func (x side) sum() string {
	all := slices.Clone(x.numbers)
	for _, p := range x.places {
		all = append(all, absolute(p))
	}
	return "SUM(" + strings.Join(all, ",") + ")"
}

// any tells whether something of the side is filled in.
func (x side) any() string {
	if len(x.places) == 0 {
		return "FALSE"
	}
	var all []string
	for _, p := range x.places {
		all = append(all, "LEN("+absolute(p)+")")
	}
	return "(" + strings.Join(all, "+") + ")>0"
}

// totals are the cells that show a failed check: the total of a sum, the left of
// two figures.
func totals(left, right side) []form.Place {
	if len(right.places) == 1 && len(left.places) != 1 || len(left.places) == 0 {
		return right.places
	}
	return left.places
}

// alone tells whether all cells stand on one sheet: colours that look at other
// sheets are not known to every Excel.
func alone(cells []form.Place) bool {
	return !slices.ContainsFunc(cells, func(p form.Place) bool { return p.Sheet != cells[0].Sheet })
}

// absolute is a place as every cell of the sheet refers to it.
func absolute(p form.Place) string {
	column := strings.TrimRight(p.Name(), "0123456789")
	return "$" + column + "$" + strings.TrimPrefix(p.Name(), column)
}

// reference is a place as a formula on another sheet refers to it.
func (s *sheets) reference(from string, p form.Place) string {
	if p.Sheet == from {
		return p.Name()
	}
	return xlsx.Place(p.Sheet, p.Name())
}
