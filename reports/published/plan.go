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
	today := pipeline.DayIn(o.Now, o.Now.Location())
	for _, f := range cat.Forms {
		calendar := cat.Calendar.Of(f.Code)
		for year := today.Year() - 1; year <= today.Year()+1; year++ {
			for _, p := range f.Periods(year) {
				cutOff, due := calendar.Window(p).End, calendar.Due(p, f.DueDays)
				days := int(today.Sub(due) / (24 * time.Hour))
				if current, ok := cat.FormOn(f.Code, cutOff); !ok || current.Origin != f.Origin || days < -daysBefore || days > longPlanned {
					continue
				}
				o.planForm(cat, f, p, cutOff, due)
			}
		}
	}
}

// planForm adds what is owed of one form for one period.
func (o *Outlook) planForm(cat *pipeline.Catalogue, f pipeline.Form, p pipeline.Period, cutOff, due time.Time) {
	for _, u := range cat.Units {
		if !u.Valid.Contains(cutOff) || !f.DueOf(u.Kind) || o.exempt(u.Code, f.Code, p) {
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

// exempt tells whether staff exempted a unit from a report of which no issue tells.
func (o *Outlook) exempt(unit, form string, p pipeline.Period) bool {
	for _, act := range slices.Backward(o.Ledger.Journal.Records()) {
		if act["unit"] == unit && act["form"] == form && act["period"] == p.String() {
			switch act["act"] {
			case string(pipeline.ActExempt):
				return true
			case string(pipeline.ActLift):
				return false
			}
		}
	}
	return false
}
