package published

import (
	"slices"
	"time"

	"tonghop/pipeline"
)

// longPlanned is for how many days after it was due a report is planned. A period for
// which nobody has sent anything by then is from before the office began.
const longPlanned = 60

// Plan adds what units owe by the catalogue though nothing is published for it yet:
// before the first report of a year comes, no issue says who owes one. These are the
// reports due within so many days from now, and those that were due lately.
func (o *Outlook) Plan(cat *pipeline.Catalogue, daysBefore int) {
	today, exempt := pipeline.DayIn(o.Now, o.Now.Location()), o.exemptions()
	for _, f := range cat.Forms {
		calendar := cat.Calendar.Of(f.Code)
		for year := today.Year() - 1; year <= today.Year()+1; year++ {
			for _, p := range f.Periods(year) {
				cutOff, due := calendar.Window(p).End, calendar.Due(p, f.DueDays)
				days := int(today.Sub(due) / (24 * time.Hour))
				if current, ok := cat.FormOn(f.Code, cutOff); !ok || current.Origin != f.Origin || days < -daysBefore || days > longPlanned {
					continue
				}
				o.planForm(cat, f, p, cutOff, due, exempt)
			}
		}
	}
}

// planForm adds what is owed of one form for one period.
func (o *Outlook) planForm(cat *pipeline.Catalogue, f pipeline.Form, p pipeline.Period, cutOff, due time.Time, exempt map[obligation]bool) {
	for _, u := range cat.Units {
		if !u.Valid.Contains(cutOff) || !f.DueOf(u.Kind) || exempt[obligation{u.Code, f.Code, p.String()}] {
			continue
		}
		state := "missing"
		if !pipeline.DayIn(o.Now, o.Now.Location()).After(due) {
			state = "not_due"
		}
		o.planned = append(o.planned, Due{Period: p, Form: f.Code, Unit: u.Code, Due: due, State: state})
		if !slices.ContainsFunc(o.roll, func(known Unit) bool { return known.Code == u.Code }) {
			o.roll = append(o.roll, Unit{Code: u.Code, Name: u.Name, Kind: u.Kind, Parent: u.Parent})
		}
	}
}

// An obligation is one report of one unit.
type obligation struct{ unit, form, period string }

// exemptions are the reports that staff exempted units from, by the last word of the
// journal on each.
func (o *Outlook) exemptions() map[obligation]bool {
	exempt := map[obligation]bool{}
	for _, act := range o.Ledger.Journal.Records() {
		switch report := (obligation{act["unit"], act["form"], act["period"]}); act["act"] {
		case string(pipeline.ActExempt):
			exempt[report] = true
		case string(pipeline.ActLift):
			delete(exempt, report)
		}
	}
	return exempt
}
