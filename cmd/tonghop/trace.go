package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"tonghop/pipeline"
)

// traceCommand shows where a figure comes from, down to the cells.
type traceCommand struct {
	detailed
	Period    string `name:"period" required:"" placeholder:"P" help:"${help_period}"`
	Unit      string `name:"unit" required:"" placeholder:"U" help:"${help_unit}"`
	Indicator string `name:"indicator" required:"" placeholder:"I" help:"${help_indicator}"`
	Figure    string `name:"figure" enum:"actual,ytd,target" default:"actual" help:"${help_figure}"`
}

// A traced is a figure with what it is made of.
type traced struct {
	Period    string   `json:"period"`
	Unit      string   `json:"unit"`
	Indicator string   `json:"indicator"`
	Figure    string   `json:"figure"`         // actual, ytd, target
	Role      string   `json:"role,omitempty"` // own, child, numerator, denominator, weight
	Value     string   `json:"value"`
	Qualifier string   `json:"qualifier,omitempty"` // of the figure that is asked for: at_least, about
	Parts     []traced `json:"parts,omitempty"`
	Cells     []source `json:"cells,omitempty"`
}

// A source is a cell that a unit filled in.
type source struct {
	Period    string `json:"period"`
	Form      string `json:"form"`
	State     string `json:"state"`
	Value     string `json:"value"`
	Qualifier string `json:"qualifier"`
	Raw       string `json:"raw"`
	File      string `json:"file"`
	Sheet     string `json:"sheet"`
	Cell      string `json:"cell"`
	SHA256    string `json:"sha256"`
	Use       string `json:"use"` // added, subtracted; assigned: a cell of the catalogue
}

// Run prints the figure's tree.
func (c *traceCommand) Run(p *program) error {
	q, err := p.period(c.Period)
	if err != nil {
		return err
	}
	t, err := p.newTracer(q.String(), c.Figure)
	if err != nil {
		return err
	}
	figure, ok := t.figures[[2]string{c.Unit, c.Indicator}]
	if !ok {
		return exitError{exitUsage, errors.New(t.absent(q, c.Unit, c.Indicator))}
	}
	root := t.trace(c.Unit, c.Indicator, "", figure[c.Figure])
	qualifier := strings.TrimPrefix(figure["qualifier"], string(pipeline.Exact))
	if c.Figure != "target" {
		root.Qualifier = qualifier
	}
	if p.json {
		out := json.NewEncoder(p.stdout)
		out.SetIndent("", "  ")
		return out.Encode(root)
	}
	p.say("traced_"+c.Figure, "value", t.shown(root), "indicator", t.indicators[c.Indicator]["name"], "unit", t.units[c.Unit], "period", p.text.Period(q))
	p.say("traced_status", "ytd", t.qualified(t.print(c.Indicator, figure["ytd"]), qualifier), "target", t.print(c.Indicator, figure["target"]),
		"rate", t.percent(c.Indicator, figure["rate"]), "reported", figure["reported"], "due", figure["due"])
	if len(root.Parts)+len(root.Cells) == 0 {
		p.line(1, p.text.Text("cli.traced_empty."+c.Figure))
	}
	t.show(root, 1)
	return nil
}

// A tracer reads the published tables of one period.
type tracer struct {
	program    *program
	period     string
	figure     string                          // actual, ytd or target
	figures    map[[2]string]map[string]string // unit and indicator to the row of achievement
	parts      map[[2]string][]map[string]string
	facts      map[[2]string][]map[string]string
	rows       map[[2]string][]map[string]string // unit and indicator to the cells of lists that count for it
	units      map[string]string
	indicators map[string]map[string]string
}

// newTracer reads what the named figures of a period rest on. Reports from before
// the period are part of what was reached since the start of the year, and what
// is subtracted for the period is not.
func (p *program) newTracer(period, figure string) (*tracer, error) {
	t := &tracer{program: p, period: period, figure: figure, units: map[string]string{}, indicators: map[string]map[string]string{},
		figures: map[[2]string]map[string]string{}, parts: map[[2]string][]map[string]string{}, facts: map[[2]string][]map[string]string{}, rows: map[[2]string][]map[string]string{}}
	addFact := func(key [2]string, row map[string]string) { t.facts[key] = append(t.facts[key], row) }
	tables := map[string]func(key [2]string, row map[string]string){
		"achievement": func(key [2]string, row map[string]string) { t.figures[key] = row },
		"parts":       func(key [2]string, row map[string]string) { t.parts[key] = append(t.parts[key], row) },
		"lists":       t.addRow,
		"units":       func(_ [2]string, row map[string]string) { t.units[row["unit"]] = row["name"] },
		"indicators":  func(_ [2]string, row map[string]string) { t.indicators[row["indicator"]] = row },
	}
	switch figure {
	case "target":
		tables["targets"] = func(key [2]string, row map[string]string) {
			row["period"], row["value"], row["use"] = row["year"], row["target"], "assigned"
			addFact(key, row)
		}
	case "ytd":
		tables["facts"], tables["earlier"] = addFact, addFact
	default:
		tables["facts"] = addFact
	}
	for name, add := range tables {
		table, err := p.published(period, name)
		if err != nil {
			return nil, err
		}
		for _, row := range table.Records() {
			add([2]string{row["unit"], row["indicator"]}, row)
		}
	}
	return t, nil
}

// absent says which of the codes of a figure is unknown, or that it has no row.
func (t *tracer) absent(q pipeline.Period, unit, indicator string) string {
	text := t.program.text
	if _, ok := t.units[unit]; !ok {
		return text.Text("cli.unknown_unit", "unit", unit, "period", text.Period(q), "code", q.String())
	}
	if _, ok := t.indicators[indicator]; !ok {
		codes := strings.Join(slices.Sorted(maps.Keys(t.indicators)), ", ")
		return text.Text("cli.unknown_indicator", "indicator", indicator, "period", text.Period(q), "indicators", codes)
	}
	return text.Text("cli.no_figure", "unit", unit, "indicator", indicator, "period", text.Period(q))
}

// addRow keeps a cell of a list for each indicator that it counts for.
func (t *tracer) addRow(key [2]string, row map[string]string) {
	for _, indicator := range strings.Split(row["indicators"], ";") {
		key[1] = indicator
		t.rows[key] = append(t.rows[key], row)
	}
}

// trace follows the parts of a figure down to cells.
func (t *tracer) trace(unit, indicator, role, value string) traced {
	figure := traced{Period: t.period, Unit: unit, Indicator: indicator, Figure: t.figure, Role: role, Value: value}
	key := [2]string{unit, indicator}
	if role == "own" || role == "target" {
		figure.Cells = t.cells(key)
		return figure
	}
	column := map[string]string{"actual": "value", "ytd": "ytd", "target": "value"}[t.figure]
	for _, part := range t.parts[key] {
		if part[column] != "" && (part["role"] == "target") == (t.figure == "target") {
			figure.Parts = append(figure.Parts, t.trace(part["part_unit"], part["part_indicator"], part["role"], part[column]))
		}
	}
	if len(figure.Parts) == 1 && figure.Parts[0].Unit == unit && figure.Parts[0].Cells != nil {
		figure.Parts, figure.Cells = nil, figure.Parts[0].Cells
	}
	return figure
}

func (t *tracer) cells(key [2]string) []source {
	var all []source
	for _, f := range t.facts[key] {
		use := f["use"]
		if t.figure == "ytd" {
			use = f["ytd_use"]
		}
		if use == "aside" {
			continue
		}
		whole := sourceOf(f, f["value"], use)
		if rows := t.listed(key, whole, f["list"]); len(rows) > 0 {
			all = append(all, rows...)
		} else {
			all = append(all, whole)
		}
	}
	slices.SortStableFunc(all, func(a, b source) int { return cmp.Compare(a.Period, b.Period) })
	return all
}

// listed lists the cells of a list that a figure of one report is made of: the
// cells that are added, or a cell of each row that is counted.
func (t *tracer) listed(key [2]string, whole source, list string) []source {
	var all []source
	for _, row := range t.rows[key] {
		if list == "" || row["list"] != list || row["sha256"] != whole.SHA256 || row["period"] != whole.Period || row["form"] != whole.Form {
			continue
		}
		value := row["number"]
		if strings.HasPrefix(whole.Raw, "count(") {
			value = "1"
		}
		all = append(all, sourceOf(row, value, whole.Use))
	}
	return all
}

// sourceOf is a row of a published table as a source.
func sourceOf(row map[string]string, value, use string) source {
	return source{
		Period: row["period"], Form: row["form"], State: row["state"], Value: value, Qualifier: row["qualifier"], Raw: row["raw"],
		File: row["file"], Sheet: row["sheet"], Cell: row["cell"], SHA256: row["sha256"], Use: use,
	}
}

// show prints the parts and cells of a figure, indented below it.
func (t *tracer) show(figure traced, depth int) {
	text := t.program.text
	for _, c := range figure.Cells {
		name := c.Period
		if q, err := pipeline.ParsePeriod(c.Period); err == nil {
			name = text.Period(q)
		}
		key := "cli.traced_cell"
		if c.Use == "assigned" {
			key = "cli.traced_target_cell"
		}
		t.program.line(depth, text.Text(key, "value", t.print(figure.Indicator, c.Value), "raw", c.Raw,
			"period", name, "form", c.Form, "file", c.File, "sheet", c.Sheet, "cell", c.Cell, "use", text.Text("cli.use."+c.Use), "year", c.Period))
	}
	for _, part := range figure.Parts {
		t.program.line(depth, t.shown(part)+"  "+text.Text("cli.role."+part.Role,
			"unit", t.units[part.Unit], "indicator", t.indicators[part.Indicator]["name"], "code", part.Indicator))
		t.show(part, depth+1)
	}
}

func (t *tracer) shown(figure traced) string {
	return t.qualified(t.print(figure.Indicator, figure.Value), figure.Qualifier)
}

// qualified is a printed figure with its qualifier, if it has one.
func (t *tracer) qualified(figure, qualifier string) string {
	if qualifier == "" {
		return figure
	}
	return t.program.text.Text("stamp."+qualifier, "figure", figure)
}

// print writes a published figure in the reader's writing.
func (t *tracer) print(indicator, digits string) string {
	d, err := decimal.NewFromString(digits)
	if err != nil {
		return t.program.text.Text("cli.none")
	}
	if t.indicators[indicator]["kind"] == "ratio" {
		return t.percent(indicator, digits)
	}
	const most = 4 // decimals of a quotient that tell people anything
	return t.program.text.Number(d, min(most, max(0, int(-d.Exponent()))), t.rounding(indicator))
}

// percent writes a published rate with two decimals.
func (t *tracer) percent(indicator, digits string) string {
	d, err := decimal.NewFromString(digits)
	if err != nil {
		return t.program.text.Text("cli.none")
	}
	return t.program.text.Percent(d, 2, t.rounding(indicator))
}

// rounding is how figures of the indicator are cut to their printed decimals.
func (t *tracer) rounding(indicator string) pipeline.Rounding {
	return pipeline.Rounding(t.indicators[indicator]["rounding"])
}
