package feedback

import (
	"math"
	"slices"
	"strconv"

	"github.com/shopspring/decimal"

	"tonghop/pipeline"
	"tonghop/reports"
)

// A figure is what was read from one cell, in words.
type figure struct {
	Name, Measure, Value, Raw, Sheet, Cell string
	Finding                                int  // the number of the gravest finding on its cell; 0 for none
	Unread                                 bool // an error stands in the way
}

func (a *answer) setFigures(f *reports.Feedback) {
	numbers := map[place]int{}
	for n, x := range slices.Backward(a.Findings) {
		numbers[place{x.Sheet, x.Cell}] = n + 1
	}
	for _, r := range f.ReadBack[:min(len(f.ReadBack), maxFigures)] {
		shown := a.figure(r)
		if n := numbers[place{shown.Sheet, shown.Cell}]; n > 0 && shown.Cell != "" {
			shown.Finding = n
			shown.Unread = r.Fact.State == pipeline.StateBlank && a.Findings[n-1].Severity == pipeline.SeverityError
		}
		if shown.Unread {
			shown.Value = a.Text("value.unread")
		}
		a.Figures = append(a.Figures, shown)
	}
	if n := len(f.ReadBack) - len(a.Figures); n > 0 {
		a.MoreFigures = a.Text("section.more_figures", "n", n)
	}
}

func (a *answer) figure(r reports.ReadBack) figure {
	name := r.Name
	if r.Fact.Measure == pipeline.MeasureYTD {
		name = a.Text("value.ytd", "name", name)
	}
	return figure{
		Name: name, Measure: r.Measure, Value: a.value(r), Raw: a.raw(r), Sheet: r.Fact.Sheet, Cell: r.Fact.Cell,
	}
}

// value words what was understood.
func (a *answer) value(r reports.ReadBack) string {
	switch {
	case r.Fact.State == pipeline.StateNil:
		return a.Text("value.nil")
	case r.Fact.State == pipeline.StateBlank && r.Fact.Cell == "":
		return a.Text("value.not_found")
	case r.Fact.State == pipeline.StateBlank:
		return a.Text("value.blank")
	}
	value := a.number(r)
	switch r.Fact.Qualifier {
	case pipeline.AtLeast, pipeline.About:
		return a.Text("value."+string(r.Fact.Qualifier), "value", value)
	}
	return value
}

// number prints the figure as it was taken, in the writing of the language.
func (a *answer) number(r reports.ReadBack) string {
	if r.Ratio {
		return a.lang.Percent(r.Fact.Value, places(r.Fact.Value.Shift(2), r.Places), pipeline.HalfUp)
	}
	return a.lang.Number(r.Fact.Value, places(r.Fact.Value, r.Places), pipeline.HalfUp)
}

// raw is what the unit sees in its cell. A cell formatted as a percentage holds
// the ratio itself, 0.5 for 50%.
func (a *answer) raw(r reports.ReadBack) string {
	const most = 2 // above that, a plain number is a percentage typed without its sign
	if r.Fact.List != "" {
		return a.Text("value.list", "rows", strconv.Itoa(r.Fact.Rows))
	}
	stored, err := strconv.ParseFloat(r.Fact.Raw, 64)
	same := err == nil && math.Abs(stored) <= most && math.Abs(stored-r.Fact.Value.InexactFloat64()) < 1e-12
	if r.Ratio && same {
		return a.number(r)
	}
	return r.Fact.Raw
}

// places is how many decimals d is printed with: as its indicator is, and up to
// four more where the unit wrote more. What has more than that is a quotient,
// whose further digits tell nothing unless the first ones are all zero.
func places(d decimal.Decimal, usual int) int {
	const more = 4
	for n := usual; n <= usual+more; n++ {
		if d.Equal(d.Round(int32(n))) {
			return n
		}
	}
	if d.Round(int32(usual)).IsZero() {
		return usual + more
	}
	return usual
}
