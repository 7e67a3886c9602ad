package page

import (
	"strconv"
	"strings"

	"tonghop/pipeline"
	"tonghop/reports"
)

// A sourcesView leads from the figures to the cells they were typed in.
type sourcesView struct {
	Title string
	Units []unitSources
}

// A unitSources is what a unit's figures rest on: the facts it reported, those
// of earlier in its year, the targets assigned to it and, for a superior unit,
// the parts its figures are made of.
type unitSources struct {
	Unit                                 int // place in the dataset, for filters
	Name, Summary                        string
	PartsTable, PlansTable, TargetsTable string
	Facts, Earlier                       sheetTable
	Blanks                               string
	Parts, Plans                         []partGroup
	Running                              bool // some part has a figure since the start of the year that is another
	Targets                              []targetRow
}

// A targetRow is one assigned target with its cell of the catalogue.
type targetRow struct {
	ID, Key, Indicator, Year, Value, File, Cell string
}

// A sheetTable is a table of facts by where they stand.
type sheetTable struct {
	Title  string
	Sheets []sheetFacts
}

// A sheetFacts is the facts from one sheet of one file.
type sheetFacts struct {
	From, Period string
	Rows         []factRow
}

// A factRow is one fact. Key names its unit and indicator; ID is set where the
// page names them first.
type factRow struct {
	ID, Key, Indicator, Figure, Use, Value, Raw, Cell, Note string
}

// A partGroup is the parts of one figure.
type partGroup struct {
	ID, Key, Indicator string
	Rows               []partRow
}

// A partRow is one part; Link leads on to what it rests on itself.
type partRow struct {
	Role, Unit, Link, Indicator, Period string
	Value, YTD                          figure
}

// sheet is where facts stand together.
type sheet struct{ file, name, period string }

// names gives the first element of each place its id.
type names map[string]bool

func (n names) first(key string) string {
	if n[key] {
		return ""
	}
	n[key] = true
	return sourcePrefix + key
}

func (c *composer) sources() sourcesView {
	var view sourcesView
	named := names{}
	facts, earlier, targets := map[string][]reports.Fact{}, map[string][]reports.Fact{}, map[string][]reports.Target{}
	files := map[string]bool{}
	count := 0
	for _, f := range c.d.Facts {
		facts[f.Unit] = append(facts[f.Unit], f)
		if f.State != pipeline.StateBlank {
			files[f.SHA256] = true
			count++
		}
	}
	for _, f := range c.d.Earlier {
		earlier[f.Unit] = append(earlier[f.Unit], f)
	}
	for _, t := range c.d.Targets {
		targets[t.Unit] = append(targets[t.Unit], t)
	}
	for _, unit := range c.d.Units {
		u := c.unitSources(unit, facts[unit.Code], named)
		u.Earlier.Sheets, _ = c.sheets(earlier[unit.Code], named)
		u.Targets = c.targetRows(targets[unit.Code], named)
		if len(u.Facts.Sheets)+len(u.Parts)+len(u.Plans)+len(u.Earlier.Sheets)+len(u.Targets) > 0 {
			view.Units = append(view.Units, u)
		}
	}
	view.Title = c.l.Text("page.sources.title", "facts", count, "files", len(files))
	if count == 0 {
		view.Title = c.l.Text("page.sources.nothing")
	}
	return view
}

func (c *composer) unitSources(unit reports.Unit, facts []reports.Fact, named names) unitSources {
	view := unitSources{
		Unit: c.unitAt[unit.Code], Name: c.shorten(unit.Name),
		Facts:        sheetTable{Title: c.l.Text("page.sources.facts_table", "unit", unit.Name)},
		Earlier:      sheetTable{Title: c.l.Text("page.sources.earlier_table", "unit", unit.Name)},
		PartsTable:   c.l.Text("page.sources.parts_table", "unit", unit.Name),
		PlansTable:   c.l.Text("page.sources.plans_table", "unit", unit.Name),
		TargetsTable: c.l.Text("page.sources.targets_table", "unit", unit.Name),
	}
	if c.isSuperior[unit.Code] {
		view.Parts = c.partGroups(unit.Code, c.parts, named)
		view.Plans = c.partGroups(unit.Code, c.plans, named)
	}
	for _, group := range view.Parts {
		for _, row := range group.Rows {
			view.Running = view.Running || row.Value.Text != row.YTD.Text
		}
	}
	var blanks int
	view.Facts.Sheets, blanks = c.sheets(facts, named)
	view.Summary = c.l.Text("page.sources.summary", "unit", unit.Name, "facts", len(facts)-blanks)
	if len(view.Facts.Sheets) == 0 && len(view.Parts) > 0 {
		view.Summary = c.l.Text("page.sources.summary_parts", "unit", unit.Name)
	}
	if blanks > 0 {
		view.Blanks = c.l.Text("page.sources.blanks", "count", blanks)
	}
	return view
}

func (c *composer) targetRows(targets []reports.Target, named names) []targetRow {
	var rows []targetRow
	for _, t := range targets {
		if !c.knows(t.Unit, t.Indicator) {
			continue
		}
		i, key := c.indicatorOf(t.Indicator), c.key(place{t.Unit, t.Indicator})
		rows = append(rows, targetRow{
			ID: named.first(key), Key: key, Indicator: i.Name, Year: strconv.Itoa(t.Year), Value: c.quantity(c.value(t.Value, i), i),
			File: c.l.Text("page.sources.from", "file", t.File, "sheet", t.Sheet), Cell: t.Cell,
		})
	}
	return rows
}

// sheets groups the facts of a unit by where they stand, and counts the blank
// ones, which it leaves out.
func (c *composer) sheets(facts []reports.Fact, named names) (groups []sheetFacts, blanks int) {
	at := map[sheet]int{}
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
		if c.knows(f.Unit, f.Indicator) {
			row.Key = c.key(place{f.Unit, f.Indicator})
			row.ID = named.first(row.Key)
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
	case f.Use == "subtracted":
		row.Use = c.l.Text("page.use.subtracted")
	case f.Use == "aside" && f.YTDUse != "added":
		row.Use = c.l.Text("page.use.aside")
	}
	if f.List != "" {
		row.Note = strings.TrimPrefix(row.Note+"; "+c.l.Text("page.sources.list", "list", f.List), "; ")
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

// partGroups lists what each figure, or each target, of a superior unit is made of.
func (c *composer) partGroups(unit string, parts map[place][]reports.Part, named names) []partGroup {
	var groups []partGroup
	for _, i := range c.d.Indicators {
		at := place{unit, i.Code}
		group := partGroup{Key: c.key(at), Indicator: i.Name}
		for _, p := range parts[at] {
			group.Rows = append(group.Rows, c.partRow(at, p))
		}
		if len(group.Rows) > 0 {
			group.ID = named.first(group.Key)
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
		YTD:   c.optional(p.YTD, i, c.l.Text("page.state.blank")),
	}
	if p.PartIndicator != of.indicator {
		row.Indicator = i.Name
	}
	if key := "page.role." + p.Role; c.l.Has(key) {
		row.Role = c.l.Text(key)
	}
	if p.PartUnit != of.unit || p.PartIndicator != of.indicator {
		row.Link = c.sourceLink(p.PartUnit, p.PartIndicator)
	}
	return row
}
