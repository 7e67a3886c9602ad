package page

import (
	"strconv"
	"strings"

	"tonghop/pipeline"
	"tonghop/reports"
)

// An originData leads from the figures to the cells they were typed in. It is
// data for the script, which lays out what is asked for: laid out at once, it
// would be most of the page. Units and indicators go by their places in the
// dataset. Rows are arrays, which end with their last value.
type originData struct {
	Sheets  []sheetData  `json:"sheets"`
	Parts   []partsData  `json:"parts"`
	Plans   []partsData  `json:"plans"`
	Targets []targetData `json:"targets"`
	Blanks  map[int]int  `json:"blanks"` // cells left blank, by unit

	Elsewhere string `json:"elsewhere,omitempty"` // where cells stand that are too many for the page
}

// mostSources is how many cells a page can list and still be opened at ease: each adds
// some thirty bytes.
const mostSources = 250_000

// listed are the facts of the period and those from before it that the page lists. Where
// they are too many, the tables beside the page alone have them.
func (c *composer) listed() (facts, earlier []reports.Fact) {
	facts, earlier = c.d.Facts, c.d.Earlier
	if len(facts)+len(earlier) > mostSources {
		earlier = nil
	}
	if len(facts) > mostSources {
		facts = nil
	}
	return facts, earlier
}

// elsewhere says in which tables the cells stand that the page does not list.
func (c *composer) elsewhere() string {
	facts, earlier := c.listed()
	switch {
	case len(facts) < len(c.d.Facts):
		return c.l.Text("page.sources.elsewhere", "count", len(c.d.Facts)+len(c.d.Earlier))
	case len(earlier) < len(c.d.Earlier):
		return c.l.Text("page.sources.elsewhere_earlier", "count", len(c.d.Earlier))
	}
	return ""
}

// A sheetData is the facts of a unit from one sheet of one file. Rows are
// indicator, value, as typed, cell, and where they are told what the figure is,
// what it does in the period's figure, and the unit's note.
type sheetData struct {
	Unit    int     `json:"u"`
	From    string  `json:"from"`
	Period  string  `json:"period"`
	Earlier bool    `json:"earlier,omitempty"` // in the figures since the start of the year alone
	Rows    [][]any `json:"rows"`
}

// A partsData is what one figure, or one target, is made of. Rows are unit,
// value, role, and where they are others the figure since the start of the year
// and the indicator.
type partsData struct {
	Unit      int     `json:"u"`
	Indicator int     `json:"i"`
	Rows      [][]any `json:"rows"`
}

// A targetData is the targets of a unit from one sheet of the catalogue. Rows are
// indicator, value, cell, year.
type targetData struct {
	Unit int     `json:"u"`
	From string  `json:"from"`
	Rows [][]any `json:"rows"`
}

// row is an array without the empty values at its end.
func row(values ...any) []any {
	for len(values) > 0 && (values[len(values)-1] == "" || values[len(values)-1] == nil) {
		values = values[:len(values)-1]
	}
	return values
}

func (c *composer) origins() originData {
	data := originData{Blanks: map[int]int{}, Elsewhere: c.elsewhere()}
	at := map[sheet]int{}
	facts, earlier := c.listed()
	for _, f := range facts {
		c.addFact(&data, at, f, false)
	}
	for _, f := range earlier {
		c.addFact(&data, at, f, true)
	}
	for _, u := range c.d.Units {
		if c.isSuperior[u.Code] {
			data.Parts = append(data.Parts, c.partsOf(u.Code, c.parts)...)
			data.Plans = append(data.Plans, c.partsOf(u.Code, c.plans)...)
		}
	}
	data.Targets = c.targetsData()
	return data
}

// sheet is where facts stand together.
type sheet struct {
	unit, file, name, period string
	earlier                  bool
}

func (c *composer) addFact(data *originData, at map[sheet]int, f reports.Fact, earlier bool) {
	if !c.knows(f.Unit, f.Indicator) {
		return
	}
	unit := c.unitAt[f.Unit]
	if f.State == pipeline.StateBlank {
		if !earlier {
			data.Blanks[unit]++
		}
		return
	}
	s := sheet{f.Unit, f.File, f.Sheet, f.Period, earlier}
	n, known := at[s]
	if !known {
		n = len(data.Sheets)
		at[s] = n
		data.Sheets = append(data.Sheets, sheetData{
			Unit: unit, From: c.l.Text("page.sources.from", "file", f.File, "sheet", f.Sheet), Period: c.periodName(f.Period), Earlier: earlier,
		})
	}
	data.Sheets[n].Rows = append(data.Sheets[n].Rows, c.factRow(f))
}

func (c *composer) factRow(f reports.Fact) []any {
	i := c.indicatorOf(f.Indicator)
	value, figure, use, note := "", "", "", f.Note
	switch {
	case f.State == pipeline.StateNil:
		value = c.l.Text("page.state.nil")
	case f.Value != nil:
		value = c.qualified(c.value(*f.Value, i), f.Qualifier)
	case f.State == pipeline.StateZero:
		value = "0"
	}
	if f.Measure != pipeline.MeasureValue {
		figure = c.figureName(string(f.Measure))
	}
	switch {
	case f.Use == "subtracted":
		use = c.l.Text("page.use.subtracted")
	case f.Use == "aside" && f.YTDUse != "added":
		use = c.l.Text("page.use.aside")
	}
	if f.List != "" {
		note = strings.TrimPrefix(note+"; "+c.l.Text("page.sources.list", "list", f.List), "; ")
	}
	return row(c.indicator[i.Code], value, f.Raw, f.Cell, figure, use, note)
}

// figureName is what people call a figure: actual, ytd, target.
func (c *composer) figureName(code string) string {
	if key := "page.figure." + code; c.l.Has(key) {
		return c.l.Text(key)
	}
	return code
}

// partsOf lists what each figure, or each target, of a superior unit is made of.
func (c *composer) partsOf(unit string, parts map[place][]reports.Part) []partsData {
	var all []partsData
	for _, i := range c.d.Indicators {
		data := partsData{Unit: c.unitAt[unit], Indicator: c.indicator[i.Code]}
		for _, p := range parts[place{unit, i.Code}] {
			if c.knows(p.PartUnit, p.PartIndicator) {
				data.Rows = append(data.Rows, c.partRow(i.Code, p))
			}
		}
		if len(data.Rows) > 0 {
			all = append(all, data)
		}
	}
	return all
}

func (c *composer) partRow(of string, p reports.Part) []any {
	i, blank := c.indicatorOf(p.PartIndicator), c.l.Text("page.state.blank")
	value, role := c.optional(p.Value, i, blank).Text, p.Role
	if key := "page.role." + role; c.l.Has(key) {
		role = c.l.Text(key)
	}
	var ytd, about any
	if text := c.optional(p.YTD, i, blank).Text; text != value {
		ytd = text
	}
	if p.PartIndicator != of {
		about = c.indicator[p.PartIndicator]
	}
	return row(c.unitAt[p.PartUnit], value, role, ytd, about)
}

func (c *composer) targetsData() []targetData {
	var all []targetData
	at := map[string]int{}
	for _, t := range c.d.Targets {
		if !c.knows(t.Unit, t.Indicator) {
			continue
		}
		from := c.l.Text("page.sources.from", "file", t.File, "sheet", t.Sheet)
		key := t.Unit + "\x00" + from
		n, known := at[key]
		if !known {
			n = len(all)
			at[key] = n
			all = append(all, targetData{Unit: c.unitAt[t.Unit], From: from})
		}
		i := c.indicatorOf(t.Indicator)
		all[n].Rows = append(all[n].Rows, row(c.indicator[t.Indicator], c.quantity(c.value(t.Value, i), i), t.Cell, strconv.Itoa(t.Year)))
	}
	return all
}
