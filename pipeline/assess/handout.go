package assess

import (
	"path"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"tonghop/pipeline"
	"tonghop/pipeline/form"
	"tonghop/reports/handout"
)

// LayoutFor is the version of a form that is valid on the cut-off of a period
// for which it is due.
func (r *Rules) LayoutFor(code string, period pipeline.Period) (*form.Layout, bool) {
	for _, l := range r.Layouts {
		if l.Form.Code == code && l.Form.Valid.Contains(r.cutOff(l, period)) && slices.Contains(l.Form.Periods(period.EndYear()), period) {
			return l, true
		}
	}
	return nil, false
}

// Owing lists the units that owe a form for a period: those of its kinds that
// are valid on the cut-off.
func (r *Rules) Owing(l *form.Layout, period pipeline.Period) []pipeline.Unit {
	var all []pipeline.Unit
	for _, u := range r.Catalogue.Units {
		if u.Valid.Contains(r.cutOff(l, period)) && l.Form.DueOf(u.Kind) {
			all = append(all, u)
		}
	}
	return all
}

// Blank is what a unit is handed for a form and period, with what it was
// assigned for the year.
func (r *Rules) Blank(l *form.Layout, unit pipeline.Unit, period pipeline.Period) handout.Blank {
	cut := r.cutOff(l, period)
	b := handout.Blank{
		Form: r.Files[path.Join(FormsFolder, l.Form.File)], Layout: l, Catalogue: r.Catalogue, Unit: unit, Period: period,
		CutOff: cut, Due: r.Catalogue.Calendar.Of(l.Form.Code).Due(period, l.Form.DueDays), Targets: map[string]decimal.Decimal{},
	}
	if unit.Parent == "" {
		b.Parent = r.Superior
	}
	if parent, ok := r.Catalogue.UnitOn(unit.Parent, cut); ok {
		b.Parent = parent.Name
	}
	for above := unit; ; {
		next, ok := r.Catalogue.UnitOn(above.Parent, cut)
		if !ok {
			b.To = above.Name
			break
		}
		above = next
	}
	for _, t := range r.Catalogue.Targets {
		if t.Unit == unit.Code && t.Year == period.EndYear() {
			b.Targets[t.Indicator] = t.Value
		}
	}
	return b
}

func (r *Rules) cutOff(l *form.Layout, period pipeline.Period) time.Time {
	return r.Catalogue.Calendar.Of(l.Form.Code).Window(period).End
}

// sealedFor tells of a workbook that was handed to another unit or for another
// period than the one that it shows and counts for: figures of theirs may still
// stand in it. The verdict never rests on the seal.
func (r *Rules) sealedFor(result *Result, match *form.Match) []pipeline.Finding {
	var all []pipeline.Finding
	seal := match.Seal
	period, err := pipeline.ParsePeriod(seal.Period)
	if seal.Unit == "" || err != nil {
		return nil
	}
	if result.Unit != "" && seal.Unit != result.Unit {
		all = append(all, pipeline.Finding{
			Code: "handed_to_other", Severity: pipeline.SeverityWarning, Read: r.unitName(seal.Unit), Expected: r.unitName(result.Unit),
		})
	}
	if !result.Period.IsZero() && period != result.Period {
		all = append(all, pipeline.Finding{
			Code: "handed_for_other_period", Severity: pipeline.SeverityNotice,
			Args: []pipeline.Arg{{Name: "one", Value: period.String()}, {Name: "other", Value: result.Period.String()}},
		})
	}
	return all
}
