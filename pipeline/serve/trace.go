package serve

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"tonghop/pipeline"
	"tonghop/pipeline/intake"
	"tonghop/reports/published"
)

// A traceView is the content of the page of a figure's provenance.
type traceView struct {
	Periods, Units, Indicators, Figures []choice
	Asked                               bool
	Fault                               string
	Value, Name, Unit, Period, Figure   string
	Standing                            string // what was reached, planned, reported
	Rows                                []partView
	Empty                               string
	Issue                               string
	Page                                string // address of the issue's page
	Staff                               bool
}

// A choice is one entry of a list to choose from.
type choice struct {
	Code, Name string
	Chosen     bool
}

// A partView is one line of a figure's tree: a part of it, or a cell.
type partView struct {
	Depth             int
	Value, Name, Link string
	Leaf              bool
	Raw, File, Place  string
	Use               string // what of it is small: the form, the period, whether it is added
}

func traceLink(period, unit, indicator, figure string) string {
	return "/trace?" + url.Values{"period": {period}, "unit": {unit}, "indicator": {indicator}, "figure": {figure}}.Encode()
}

// trace shows where a figure comes from, down to the cells.
func (s *Server) trace(w http.ResponseWriter, r *request) error {
	query := r.URL.Query()
	code, unit, indicator, figure := query.Get("period"), query.Get("unit"), query.Get("indicator"), query.Get("figure")
	if !slices.Contains(published.Figures, figure) {
		figure = published.Figures[0]
	}
	o, err := s.look(r)
	if err != nil {
		return err
	}
	view := traceView{Staff: r.User != ""}
	var issue *published.Issue
	for _, i := range o.Issues {
		if i.Period.String() == code || issue == nil && code == "" {
			issue = i
		}
	}
	for _, i := range o.Issues {
		view.Periods = append(view.Periods, choice{i.Period.String(), s.Language.Period(i.Period), i == issue})
	}
	for _, f := range published.Figures {
		view.Figures = append(view.Figures, choice{f, s.text("trace.figure." + f), f == figure})
	}
	status := http.StatusOK
	switch {
	case issue == nil && code != "":
		view.Fault, status = s.text("trace.no_period", "period", code), http.StatusNotFound
	case issue != nil:
		if err := s.fillTrace(&view, issue, unit, indicator, figure); err != nil {
			return err
		}
		if view.Fault != "" {
			status = http.StatusNotFound
		}
	}
	s.show(w, r, status, "trace", s.text("trace.title"), view)
	return nil
}

// fillTrace adds the units and indicators of an issue, and the figure that is asked for.
func (s *Server) fillTrace(view *traceView, issue *published.Issue, unit, indicator, figure string) error {
	tracer, err := issue.Tracer(figure)
	if err != nil {
		return err
	}
	for _, table := range []struct {
		name, column, chosen string
		into                 *[]choice
	}{{"units", "unit", unit, &view.Units}, {"indicators", "indicator", indicator, &view.Indicators}} {
		rows, err := issue.Records(table.name)
		if err != nil {
			return err
		}
		for _, row := range rows {
			*table.into = append(*table.into, choice{row[table.column], row["name"], row[table.column] == table.chosen})
		}
	}
	if unit == "" && indicator == "" {
		return nil
	}
	root, row, ok := tracer.Trace(unit, indicator)
	if !ok {
		view.Fault = s.text("trace.none")
		return nil
	}
	t := tree{s, tracer, view.Staff}
	known := tracer.Indicators[indicator]
	view.Asked, view.Value, view.Name, view.Unit = true, t.shown(root), known["name"], tracer.Units[unit]
	view.Period, view.Figure = s.Language.Period(issue.Period), s.text("trace.figure."+figure)
	key := "trace.standing"
	if row["target"] == "" {
		key = "trace.standing_none"
	}
	view.Standing = s.text(key, "ytd", published.Qualified(s.Language, t.print(indicator, row["ytd"]), qualifierOf(row)),
		"target", t.print(indicator, row["target"]), "rate", published.PrintRate(s.Language, known, row["rate"], s.Language.Text("cli.none"))) +
		" · " + s.text("trace.coverage", "reported", row["reported"], "due", row["due"])
	view.Issue, view.Page = s.Language.Text("page.stamp.issue", "issue", issue.Number()), issueFolder(issue)+"index.html"
	view.Rows = t.rows(nil, root, 0)
	if len(view.Rows) == 0 {
		view.Empty = s.Language.Text("cli.traced_empty." + figure)
	}
	return nil
}

func qualifierOf(row map[string]string) string {
	if row["qualifier"] == string(pipeline.Exact) {
		return ""
	}
	return row["qualifier"]
}

// A tree lays out what figures are made of.
type tree struct {
	server *Server
	*published.Tracer
	staff bool
}

func (t tree) print(indicator, digits string) string {
	return published.Print(t.server.Language, t.Indicators[indicator], digits, t.server.Language.Text("cli.none"))
}

func (t tree) shown(f published.Figure) string {
	return published.Qualified(t.server.Language, t.print(f.Indicator, f.Value), f.Qualifier)
}

// rows are the parts and cells of a figure, each below what it is part of. A part that is
// one cell stands on one line with it.
func (t tree) rows(all []partView, f published.Figure, depth int) []partView {
	const deepest = 8 // as far as pages indent
	for _, c := range f.Cells {
		v := t.cell(f.Indicator, c)
		v.Depth = min(depth, deepest)
		all = append(all, v)
	}
	for _, part := range f.Parts {
		name := t.server.Language.Text("cli.role."+part.Role, "unit", t.Units[part.Unit], "indicator", t.Indicators[part.Indicator]["name"], "code", part.Indicator)
		v := partView{}
		if len(part.Parts) == 0 && len(part.Cells) == 1 {
			v = t.cell(part.Indicator, part.Cells[0])
			v.Use = v.Name + ", " + v.Use
			part.Cells = nil
		}
		v.Depth, v.Value, v.Name = min(depth, deepest), t.shown(part), name
		all = append(all, v)
		all = t.rows(all, part, depth+1)
	}
	return all
}

// cell is a line for a cell that a figure is made of.
func (t tree) cell(indicator string, c published.Cell) partView {
	v := partView{
		Leaf: true, Value: t.print(indicator, c.Value), Raw: c.Raw, File: c.File, Place: c.Sheet + "!" + c.Cell, Name: t.server.text("trace.form", "form", c.Form),
		Use: strings.TrimSpace(t.server.periodWithin(c.Period) + " " + t.server.Language.Text("cli.use."+c.Use)),
	}
	if c.Use == "assigned" {
		v.Name, v.Use = t.server.text("trace.assigned", "year", c.Period), ""
	} else if t.staff && c.SHA256 != "" {
		v.Link = "/submission/" + c.SHA256 + "?" + url.Values{"folder": {intake.Folder(c.File)}}.Encode()
	}
	return v
}
