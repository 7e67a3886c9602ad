package serve

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"tonghop/pipeline"
	"tonghop/reports/published"
)

// A boardView is the content of the status board.
type boardView struct {
	Years     []yearView
	Year      int
	Columns   []columnView
	Rows      []rowView
	Counts    string
	Legend    []string
	Reminders []published.Reminder
	Held      fileTable
	Returned  fileTable
	Attached  fileTable
	Staff     bool
}

type yearView struct {
	Year int
	Here bool
}

// A columnView is one report that units owe: a form for a period.
type columnView struct {
	Form, Period, Code, Due string
}

type rowView struct {
	Code, Name string
	Depth      int
	Cells      []cellView
}

// A cellView is what became of one report.
type cellView struct {
	State string // empty: not owed
	Text  string
	Note  string
	Link  string
}

// A fileTable is a table of files.
type fileTable struct {
	Rows []fileView
	Unit bool // of several units
}

// A fileView is one file of the ledger.
type fileView struct {
	Name, Folder, Unit, Form, Period, Received, Status, Class, Link, Short string
}

// board is who has sent what: units by forms and periods of one year.
func (s *Server) board(w http.ResponseWriter, r *request) error {
	o, err := s.look(r)
	if err != nil {
		return err
	}
	dues, err := o.Dues()
	if err != nil {
		return err
	}
	files, err := o.Files()
	if err != nil {
		return err
	}
	units, err := o.Units()
	if err != nil {
		return err
	}
	several := fileTable{Unit: true}
	view := boardView{Staff: r.User != "", Held: several, Returned: several, Attached: several}
	view.Years, view.Year = yearsOf(dues, o.Now.Year(), r.URL.Query().Get("year"))
	ofYear := slices.DeleteFunc(slices.Clone(dues), func(d published.Due) bool { return d.Period.EndYear() != view.Year })
	s.fillBoard(&view, ofYear, files, units)
	names := map[string]string{}
	for _, u := range units {
		names[u.Code] = u.Name
	}
	if view.Reminders, err = o.Reminders(s.Language, s.Config.Remind.DaysBefore); err != nil {
		return err
	}
	for _, f := range files {
		v := s.fileView(f, names, view.Staff)
		switch {
		case f.Status == string(pipeline.Held):
			view.Held.Rows = append(view.Held.Rows, v)
		case f.Status == string(pipeline.Refused) && !f.Mended:
			view.Returned.Rows = append(view.Returned.Rows, v)
		case f.Status == string(pipeline.Attachment):
			view.Attached.Rows = append(view.Attached.Rows, v)
		}
	}
	s.show(w, r, http.StatusOK, "board", s.text("board.title"), view)
	return nil
}

// yearsOf lists the years that reports are due in, the latest first, and chooses one:
// the one asked for, else the latest that has begun.
func yearsOf(dues []published.Due, now int, asked string) (views []yearView, chosen int) {
	var all []int
	for _, d := range dues {
		if year := d.Period.EndYear(); !slices.Contains(all, year) {
			all = append(all, year)
		}
	}
	slices.Sort(all)
	slices.Reverse(all)
	for _, year := range all {
		if strconv.Itoa(year) == asked {
			chosen = year
		}
	}
	for _, year := range all {
		if chosen == 0 && (year <= now || year == all[len(all)-1]) {
			chosen = year
		}
	}
	for _, year := range all {
		views = append(views, yearView{year, year == chosen})
	}
	return views, chosen
}

// fillBoard lays the reports of a year out as a table.
func (s *Server) fillBoard(view *boardView, dues []published.Due, files []published.File, units []published.Unit) {
	type column struct {
		period pipeline.Period
		form   string
	}
	var columns []column
	cells := map[string]map[column]published.Due{}
	for _, d := range dues {
		c := column{d.Period, d.Form}
		if !slices.Contains(columns, c) {
			columns = append(columns, c)
			view.Columns = append(view.Columns, columnView{d.Form, s.Language.Period(d.Period), d.Period.String(), s.Language.Date(d.Due)})
		}
		if cells[d.Unit] == nil {
			cells[d.Unit] = map[column]published.Due{}
		}
		cells[d.Unit][c] = d
	}
	for _, u := range units {
		if cells[u.Code] == nil {
			continue
		}
		row := rowView{Code: u.Code, Name: u.Name, Depth: min(u.Level, 4)}
		for _, c := range columns {
			d, owed := cells[u.Code][c]
			if !owed {
				row.Cells = append(row.Cells, cellView{})
				continue
			}
			row.Cells = append(row.Cells, s.cellView(d, files, view.Staff))
		}
		view.Rows = append(view.Rows, row)
	}
	view.Counts = s.counts(dues)
	for _, state := range []string{"on_time", "late", "missing", "held", "not_due", "exempt"} {
		view.Legend = append(view.Legend, state)
	}
}

// cellView is one report, with a link to the file that counts, else to the last that
// came for it.
func (s *Server) cellView(d published.Due, files []published.File, staff bool) cellView {
	v := cellView{State: d.State, Text: s.text("state." + d.State)}
	if !d.Received.IsZero() {
		v.Text = s.Language.Date(d.Received)
	}
	var last *published.File
	for i, f := range files {
		if f.Of(d) {
			if last == nil || last.Status != string(pipeline.Accepted) && f.Status == string(pipeline.Accepted) {
				last = &files[i]
			}
			if f.Status == string(pipeline.Held) && d.Received.IsZero() {
				v.State, v.Text = "held", s.text("state.held")
			}
		}
	}
	if d.Refused > 0 {
		v.Note = s.text("board.returned", "n", d.Refused)
	}
	if d.State == "exempt" {
		v.Note = d.Reason
	}
	if staff && last != nil {
		v.Link = submissionLink(*last)
	}
	return v
}

// submissionLink is the address of a file's page.
func submissionLink(f published.File) string {
	return "/submission/" + url.PathEscape(f.SHA256) + "?" + url.Values{"folder": {f.Folder}}.Encode()
}

func (s *Server) fileView(f published.File, names map[string]string, staff bool) fileView {
	v := fileView{
		Name: f.Below(), Folder: f.Folder, Unit: cmp.Or(names[f.Unit], f.Folder), Form: f.Form,
		Period: s.periodName(f.Period), Received: s.Language.Time(f.Received), Short: f.SHA256[:min(12, len(f.SHA256))],
		Status: s.Language.Text("feedback.unit.status." + f.Status), Class: f.Status,
	}
	if f.Mended {
		v.Status, v.Class = s.Language.Text("feedback.unit.status.mended"), "mended"
	}
	if f.Folder == "" {
		v.Unit = s.text("board.root")
	} else if f.Unit == "" {
		v.Unit = s.text("board.unknown_folder", "folder", f.Folder)
	}
	if staff {
		v.Link = submissionLink(f)
	}
	return v
}

// periodWithin is that name inside a sentence.
func (s *Server) periodWithin(code string) string {
	p, err := pipeline.ParsePeriod(code)
	if err != nil {
		return ""
	}
	return s.Language.PeriodWithin(p)
}

// periodName is the name of the period with the given code, or empty.
func (s *Server) periodName(code string) string {
	p, err := pipeline.ParsePeriod(code)
	if err != nil {
		return ""
	}
	return s.Language.Period(p)
}
