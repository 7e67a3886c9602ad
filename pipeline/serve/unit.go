package serve

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"tonghop/pipeline"
	"tonghop/reports/published"
)

// A unitView is the content of a unit's page.
type unitView struct {
	Code, Name, Parent, ParentName string
	Counts                         string
	Series                         []choice // kinds of periods
	Periods                        []link
	Rows                           []seriesRow
	Lined                          bool // some row has a line
	Dues                           []dueView
	Files                          fileTable
	Reminder                       string
	Upload                         string
	Staff                          bool
}

// A seriesRow is one indicator over the periods of a kind.
type seriesRow struct {
	Name, Measure string
	Cells         []seriesCell
	Points        string // of the line, in a drawing 100 wide and 24 high
}

// A seriesCell is what a unit reached by the end of a period.
type seriesCell struct {
	Value, Rate, Class, Link string
}

// A dueView is one report that the unit owes or has sent.
type dueView struct {
	Form, Period, Due, State, Text, Received, Note, Link string
	Act                                                  *link // exempts the unit, or lifts that
}

// units lists the units, with what each has sent in the newest year.
func (s *Server) units(w http.ResponseWriter, r *request) error {
	o, err := s.look(r)
	if err != nil {
		return err
	}
	units, err := o.Units()
	if err != nil {
		return err
	}
	dues, err := o.Dues()
	if err != nil {
		return err
	}
	type row struct {
		published.Unit
		Counts          string
		OnTime, Overdue int
	}
	var view struct{ Rows []row }
	for _, u := range units {
		own := ofUnit(dues, u.Code)
		counts := count(own)
		view.Rows = append(view.Rows, row{u, s.counts(own), counts["on_time"], counts["missing"]})
	}
	s.show(w, r, http.StatusOK, "units", s.text("units.title"), view)
	return nil
}

func ofUnit(dues []published.Due, unit string) []published.Due {
	return slices.DeleteFunc(slices.Clone(dues), func(d published.Due) bool { return d.Unit != unit })
}

// count tells how many reports are in each state.
func count(dues []published.Due) map[string]int {
	all := map[string]int{}
	for _, d := range dues {
		all[d.State]++
	}
	return all
}

// counts words how many reports were due and what became of them.
func (s *Server) counts(dues []published.Due) string {
	n := count(dues)
	if len(dues) == n["exempt"] {
		return s.text("board.nothing_due")
	}
	var parts []string
	for _, state := range []string{"on_time", "late", "missing", "not_due"} {
		if n[state] > 0 {
			parts = append(parts, s.text("board.count", "n", n[state], "state", s.text("state."+state)))
		}
	}
	return s.text("board.counts", "due", len(dues)-n["exempt"], "parts", strings.Join(parts, ", "))
}

// unit is one unit over time: what it reached, what it owes, what it sent.
func (s *Server) unit(w http.ResponseWriter, r *request) error {
	o, err := s.look(r)
	if err != nil {
		return err
	}
	units, err := o.Units()
	if err != nil {
		return err
	}
	code := r.PathValue("code")
	at := slices.IndexFunc(units, func(u published.Unit) bool { return u.Code == code })
	if at < 0 {
		return notFound
	}
	u := units[at]
	view := unitView{Code: u.Code, Name: u.Name, Parent: u.Parent, Staff: r.User != "", Upload: "/upload?" + url.Values{"unit": {u.Code}}.Encode()}
	names := map[string]string{}
	for _, x := range units {
		names[x.Code] = x.Name
	}
	view.ParentName = names[u.Parent]
	if err := s.fillSeries(&view, o, r.URL.Query().Get("kind")); err != nil {
		return err
	}
	if err := s.fillSent(&view, o, names); err != nil {
		return err
	}
	s.show(w, r, http.StatusOK, "unit", u.Name, view)
	return nil
}

// fillSent adds what the unit owes and has sent.
func (s *Server) fillSent(view *unitView, o *published.Outlook, names map[string]string) error {
	dues, err := o.Dues()
	if err != nil {
		return err
	}
	files, err := o.Files()
	if err != nil {
		return err
	}
	own := ofUnit(dues, view.Code)
	view.Counts = s.counts(own)
	for _, d := range own {
		c := s.cellView(d, files, view.Staff)
		v := dueView{Form: d.Form, Period: s.Language.Period(d.Period), Due: s.Language.Date(d.Due), State: c.State, Text: s.text("state." + c.State), Note: c.Note, Link: c.Link}
		if !d.Received.IsZero() {
			v.Received = s.Language.Time(d.Received)
		}
		if view.Staff {
			v.Act = s.exemption(d)
		}
		view.Dues = append(view.Dues, v)
	}
	for _, f := range files {
		if f.Unit == view.Code {
			view.Files.Rows = append(view.Files.Rows, s.fileView(f, names, view.Staff))
		}
	}
	reminders, err := o.Reminders(s.Language, s.Config.Remind.DaysBefore)
	for _, reminder := range reminders {
		if reminder.Unit.Code == view.Code {
			view.Reminder = reminder.Text
		}
	}
	return err
}

// exemption is the act that takes a report off what the unit owes, or back onto it.
func (s *Server) exemption(d published.Due) *link {
	query := "?" + url.Values{"unit": {d.Unit}, "form": {d.Form}, "period": {d.Period.String()}}.Encode()
	switch d.State {
	case "exempt":
		return &link{s.text("act.lift.name"), "/act/lift" + query}
	case "missing", "not_due":
		return &link{s.text("act.exempt.name"), "/act/exempt" + query}
	}
	return nil
}

// fillSeries adds the unit's indicators over the last periods of one kind: the one asked
// for, else the one with most periods.
func (s *Server) fillSeries(view *unitView, o *published.Outlook, asked string) error {
	byKind := map[pipeline.PeriodKind][]*published.Issue{}
	var kinds []pipeline.PeriodKind
	for _, i := range o.Issues {
		if byKind[i.Period.Kind] == nil {
			kinds = append(kinds, i.Period.Kind)
		}
		byKind[i.Period.Kind] = append(byKind[i.Period.Kind], i)
	}
	if len(kinds) == 0 {
		return nil
	}
	chosen := kinds[0]
	for _, k := range kinds {
		if len(byKind[k]) > len(byKind[chosen]) {
			chosen = k
		}
	}
	if n, err := strconv.Atoi(asked); err == nil && byKind[pipeline.PeriodKind(n)] != nil {
		chosen = pipeline.PeriodKind(n)
	}
	for _, k := range kinds {
		view.Series = append(view.Series, choice{strconv.Itoa(int(k)), s.Language.Text("page.index.series" + strconv.Itoa(int(k))), k == chosen})
	}
	const most = 8 // periods side by side
	var issues []*published.Issue
	for _, i := range byKind[chosen] {
		has, err := hasFigures(i, view.Code)
		if err != nil {
			return err
		}
		if has {
			issues = append(issues, i)
		}
		if len(issues) == most {
			break
		}
	}
	slices.Reverse(issues)
	for _, i := range issues {
		view.Periods = append(view.Periods, link{s.Language.Period(i.Period), issueFolder(i) + "index.html"})
	}
	return s.fillRows(view, issues)
}

// hasFigures tells whether a unit has reached or planned something in a period.
func hasFigures(i *published.Issue, unit string) (bool, error) {
	t, err := i.Table("achievement")
	return slices.ContainsFunc(t.Columns([]string{"unit", "ytd", "target"}), func(row []string) bool {
		return row[0] == unit && row[1]+row[2] != ""
	}), err
}

// fillRows adds a row for each indicator that the unit has a figure or a target for.
func (s *Server) fillRows(view *unitView, issues []*published.Issue) error {
	rows := map[string][]map[string]string{} // by indicator, one for each issue
	var order []string
	indicators := map[string]map[string]string{}
	for n, i := range issues {
		all, err := i.Records("achievement")
		if err != nil {
			return err
		}
		listed, err := i.Records("indicators")
		if err != nil {
			return err
		}
		for _, row := range listed {
			if indicators[row["indicator"]] == nil {
				order = append(order, row["indicator"])
			}
			indicators[row["indicator"]] = row
		}
		for _, row := range all {
			if row["unit"] != view.Code || row["ytd"] == "" && row["target"] == "" {
				continue
			}
			if rows[row["indicator"]] == nil {
				rows[row["indicator"]] = make([]map[string]string, len(issues))
			}
			rows[row["indicator"]][n] = row
		}
	}
	for _, code := range order {
		if rows[code] != nil {
			row := s.seriesRow(indicators[code], rows[code])
			view.Rows, view.Lined = append(view.Rows, row), view.Lined || row.Points != ""
		}
	}
	return nil
}

func (s *Server) seriesRow(indicator map[string]string, rows []map[string]string) seriesRow {
	v := seriesRow{Name: indicator["name"], Measure: indicator["measure"]}
	var values []*decimal.Decimal
	for _, row := range rows {
		var c seriesCell
		var value *decimal.Decimal
		if row != nil {
			c.Value = published.Qualified(s.Language, published.Print(s.Language, indicator, row["ytd"], ""), qualifierOf(row))
			c.Rate = published.PrintRate(s.Language, indicator, row["rate"], "")
			c.Class = row["status"]
			c.Link = traceLink(row["period"], row["unit"], row["indicator"], "ytd")
			if d, err := decimal.NewFromString(row["ytd"]); err == nil {
				value = &d
			}
		}
		v.Cells = append(v.Cells, c)
		values = append(values, value)
	}
	v.Points = points(values)
	return v
}

// points is a line through the values from nought to the greatest, where there are
// three or more; a gap is passed over.
func points(values []*decimal.Decimal) string {
	most, n := decimal.Zero, 0
	for _, v := range values {
		if v != nil {
			most, n = decimal.Max(most, *v), n+1
		}
	}
	if n < 3 || most.IsZero() {
		return ""
	}
	text := ""
	for i, v := range values {
		if v == nil {
			continue
		}
		y := decimal.NewFromInt(22).Sub(v.Div(most).Mul(decimal.NewFromInt(20)))
		text += strconv.Itoa(2+96*i/(len(values)-1)) + "," + y.StringFixed(1) + " "
	}
	return text
}
