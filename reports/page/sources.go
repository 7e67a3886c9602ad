package page

import (
	"tonghop/pipeline"
	"tonghop/reports"
)

// A sourcesView leads from the figures to the cells they were typed in.
type sourcesView struct {
	Title string
	Units []unitSources
}

// A unitSources is what a unit's figures rest on: the facts it reported and,
// for a superior unit, the parts its figures are made of.
type unitSources struct {
	ID, Summary, FactsTable, PartsTable string
	Sheets                              []sheetFacts
	Blanks                              string
	Parts                               []partGroup
}

// A sheetFacts is the facts from one sheet of one file.
type sheetFacts struct {
	From, Period string
	Rows         []factRow
}

// A factRow is one fact. ID is set for the first of its indicator.
type factRow struct {
	ID, Indicator, Figure, Value, Raw, Cell, Note string
}

// A partGroup is the parts of one figure.
type partGroup struct {
	ID, Indicator string
	Rows          []partRow
}

// A partRow is one part; Link leads on to what it rests on itself.
type partRow struct {
	Role, Unit, Link, Indicator, Period string
	Value                               figure
}

// sheet is where facts stand together.
type sheet struct{ file, name, period string }

func (c *composer) sources() sourcesView {
	var view sourcesView
	facts := map[string][]reports.Fact{}
	files := map[string]bool{}
	count := 0
	for _, f := range c.d.Facts {
		facts[f.Unit] = append(facts[f.Unit], f)
		if f.State != pipeline.StateBlank {
			files[f.SHA256] = true
			count++
		}
	}
	for _, unit := range c.d.Units {
		if u := c.unitSources(unit, facts[unit.Code]); len(u.Sheets)+len(u.Parts) > 0 {
			view.Units = append(view.Units, u)
		}
	}
	view.Title = c.l.Text("page.sources.title", "facts", count, "files", len(files))
	if count == 0 {
		view.Title = c.l.Text("page.sources.nothing")
	}
	return view
}

func (c *composer) unitSources(unit reports.Unit, facts []reports.Fact) unitSources {
	sheets, blanks := c.sheets(facts)
	view := unitSources{
		Summary:    c.l.Text("page.sources.summary", "unit", unit.Name, "facts", len(facts)-blanks),
		FactsTable: c.l.Text("page.sources.facts_table", "unit", unit.Name),
		PartsTable: c.l.Text("page.sources.parts_table", "unit", unit.Name),
		Sheets:     sheets,
	}
	if len(sheets) == 0 {
		view.Summary = c.l.Text("page.sources.summary_parts", "unit", unit.Name)
	}
	if blanks > 0 {
		view.Blanks = c.l.Text("page.sources.blanks", "count", blanks)
	}
	if c.isSuperior[unit.Code] {
		view.Parts = c.partGroups(unit.Code)
	}
	return view
}

// sheets groups the facts of a unit by where they stand, and counts the blank
// ones, which it leaves out.
func (c *composer) sheets(facts []reports.Fact) (groups []sheetFacts, blanks int) {
	at := map[sheet]int{}
	named := map[string]bool{}
	for _, f := range facts {
		if f.State == pipeline.StateBlank {
			blanks++
			continue
		}
		s := sheet{f.File, f.Sheet, f.Period}
		n, known := at[s]
		if !known {
			n = len(groups)
			at[s] = n
			groups = append(groups, sheetFacts{
				From:   c.l.Text("page.sources.from", "file", f.File, "sheet", f.Sheet),
				Period: c.periodName(f.Period),
			})
		}
		row := c.factRow(f)
		if !named[f.Indicator] && c.knows(f.Unit, f.Indicator) {
			named[f.Indicator] = true
			row.ID = c.factID(place{f.Unit, f.Indicator})
		}
		groups[n].Rows = append(groups[n].Rows, row)
	}
	return groups, blanks
}

func (c *composer) factRow(f reports.Fact) factRow {
	i := c.indicatorOf(f.Indicator)
	row := factRow{
		Indicator: i.Name, Figure: string(f.Measure), Raw: f.Raw, Cell: f.Cell, Note: f.Note,
	}
	if key := "page.figure." + row.Figure; c.l.Has(key) {
		row.Figure = c.l.Text(key)
	}
	switch {
	case f.State == pipeline.StateNil:
		row.Value = c.l.Text("page.state.nil")
	case f.Value != nil:
		row.Value = c.qualified(c.value(*f.Value, i), f.Qualifier)
	case f.State == pipeline.StateZero:
		row.Value = "0"
	}
	return row
}

// partGroups lists what each figure of a superior unit is made of.
func (c *composer) partGroups(unit string) []partGroup {
	var groups []partGroup
	for _, i := range c.d.Indicators {
		at := place{unit, i.Code}
		group := partGroup{ID: c.partID(at), Indicator: i.Name}
		for _, p := range c.parts[at] {
			group.Rows = append(group.Rows, c.partRow(at, p))
		}
		if len(group.Rows) > 0 {
			groups = append(groups, group)
		}
	}
	return groups
}

func (c *composer) partRow(of place, p reports.Part) partRow {
	i := c.indicatorOf(p.PartIndicator)
	row := partRow{
		Role: p.Role, Unit: c.fullName(p.PartUnit), Period: c.periodName(p.Period),
		Value: c.optional(p.Value, i, c.l.Text("page.state.blank")),
	}
	if p.PartIndicator != of.indicator {
		row.Indicator = i.Name
	}
	if key := "page.role." + p.Role; c.l.Has(key) {
		row.Role = c.l.Text(key)
	}
	switch to := (place{p.PartUnit, p.PartIndicator}); {
	case to != of:
		row.Link = c.sourceLink(p.PartUnit, p.PartIndicator)
	case c.hasFact[to]:
		row.Link = "#" + c.factID(to)
	}
	return row
}
