package published

import (
	"slices"
	"strings"
	"time"

	"tonghop/pipeline"
	"tonghop/pipeline/lang"
)

// A Reminder is what to tell one unit, ready to be sent.
type Reminder struct {
	Unit  Unit
	Count int // reports that are overdue, or were returned and not sent again
	Text  string
}

// Reminders word for each unit what it owes: what is overdue, what was returned and
// not sent again, and what is due within so many days from now, but not what was due
// more than a year ago or for a period that is closed. Units that owe nothing of that get
// none.
func (o *Outlook) Reminders(l *lang.Language, daysBefore int) ([]Reminder, error) {
	units, err := o.Units()
	if err != nil {
		return nil, err
	}
	dues, err := o.Dues()
	if err != nil {
		return nil, err
	}
	files, err := o.Files()
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(dues, func(a, b Due) int { return a.Due.Compare(b.Due) })
	var all []Reminder
	for _, u := range units {
		reminder := Reminder{Unit: u}
		lines := []string{l.Text("reminder.opening", "unit", u.Name, "date", l.Date(o.Now))}
		for _, d := range dues {
			if d.Unit != u.Code || !o.pressing(d, daysBefore) {
				continue
			}
			reminder.Count++
			lines = append(lines, o.reminderLine(l, d, files))
		}
		if reminder.Count == 0 {
			continue
		}
		reminder.Text = strings.Join(append(lines, l.Text("reminder.closing")), "\n")
		all = append(all, reminder)
	}
	return all, nil
}

// longReminded is for how many days after it was due a unit is reminded of a report.
const longReminded = 366

// pressing tells whether a unit is to be reminded of a report: it has not come, its
// period is not closed, and it is due soon, was not long ago or was returned.
func (o *Outlook) pressing(d Due, daysBefore int) bool {
	over := o.daysOver(d)
	switch {
	case d.State != "missing" && d.State != "not_due", over > longReminded:
		return false
	case slices.ContainsFunc(o.Issues, func(i *Issue) bool { return i.Closed != nil && i.Period.Covers(d.Period) }):
		return false
	}
	return d.Refused > 0 || over >= -daysBefore
}

// daysOver is how many days a report is overdue; less than 0 while it has time.
func (o *Outlook) daysOver(d Due) int {
	return int(pipeline.DayIn(o.Now, o.Now.Location()).Sub(d.Due) / (24 * time.Hour))
}

// reminderLine words one report that a unit owes.
func (o *Outlook) reminderLine(l *lang.Language, d Due, files []File) string {
	days, key := o.daysOver(d), "reminder.overdue"
	switch {
	case days == 0:
		key = "reminder.today"
	case days < 0:
		key, days = "reminder.ahead", -days
	}
	line := l.Text(key, "form", d.Form, "period", l.PeriodWithin(d.Period), "due", l.Date(d.Due), "days", days)
	for _, f := range files {
		if f.Status == string(pipeline.Refused) && f.Of(d) {
			return line + " " + l.Text("reminder.returned", "file", f.Below(), "date", l.Date(f.Received))
		}
	}
	return line
}
