package published

import (
	"cmp"
	"slices"
	"strings"

	"tonghop/pipeline"
)

// A Figure is a figure with what it is made of.
type Figure struct {
	Period    string   `json:"period"`
	Unit      string   `json:"unit"`
	Indicator string   `json:"indicator"`
	Figure    string   `json:"figure"`         // actual, ytd, target
	Role      string   `json:"role,omitempty"` // own, child, numerator, denominator, weight
	Value     string   `json:"value"`
	Qualifier string   `json:"qualifier,omitempty"` // of the figure that is asked for: at_least, about
	Parts     []Figure `json:"parts,omitempty"`
	Cells     []Cell   `json:"cells,omitempty"`
}

// A Cell is a cell that a unit filled in.
type Cell struct {
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

// A Tracer follows the figures of one issue down to cells.
type Tracer struct {
	Units      map[string]string            // names by code
	Indicators map[string]map[string]string // rows of the table by code

	period  string
	figure  string                          // actual, ytd or target
	figures map[[2]string]map[string]string // unit and indicator to the row of achievement
	parts   map[[2]string][]map[string]string
	facts   map[[2]string][]map[string]string
	rows    map[[2]string][]map[string]string // unit and indicator to the cells of lists that count for it
}

// Figures are the figures that can be traced.
var Figures = []string{"actual", "ytd", "target"}

// Tracer reads what the named figures of the issue rest on. Reports from before the
// period are part of what was reached since the start of the year, and what is
// subtracted for the period is not.
func (i *Issue) Tracer(figure string) (*Tracer, error) {
	t := &Tracer{period: i.Period.String(), figure: figure, Units: map[string]string{}, Indicators: map[string]map[string]string{},
		figures: map[[2]string]map[string]string{}, parts: map[[2]string][]map[string]string{}, facts: map[[2]string][]map[string]string{}, rows: map[[2]string][]map[string]string{}}
	addFact := func(key [2]string, row map[string]string) { t.facts[key] = append(t.facts[key], row) }
	tables := map[string]func(key [2]string, row map[string]string){
		"achievement": func(key [2]string, row map[string]string) { t.figures[key] = row },
		"parts":       func(key [2]string, row map[string]string) { t.parts[key] = append(t.parts[key], row) },
		"lists":       t.addRow,
		"units":       func(_ [2]string, row map[string]string) { t.Units[row["unit"]] = row["name"] },
		"indicators":  func(_ [2]string, row map[string]string) { t.Indicators[row["indicator"]] = row },
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
		table, err := i.Table(name)
		if err != nil {
			return nil, err
		}
		for _, row := range table.Records() {
			add([2]string{row["unit"], row["indicator"]}, row)
		}
	}
	return t, nil
}

// addRow keeps a cell of a list for each indicator that it counts for.
func (t *Tracer) addRow(key [2]string, row map[string]string) {
	for _, indicator := range strings.Split(row["indicators"], ";") {
		key[1] = indicator
		t.rows[key] = append(t.rows[key], row)
	}
}

// Trace is a figure of a unit with its row in the table achievement; ok tells
// whether there is one.
func (t *Tracer) Trace(unit, indicator string) (root Figure, row map[string]string, ok bool) {
	if row, ok = t.figures[[2]string{unit, indicator}]; !ok {
		return root, nil, false
	}
	root = t.trace(unit, indicator, "", row[t.figure])
	if t.figure != "target" {
		root.Qualifier = strings.TrimPrefix(row["qualifier"], string(pipeline.Exact))
	}
	return root, row, true
}

// trace follows the parts of a figure down to cells.
func (t *Tracer) trace(unit, indicator, role, value string) Figure {
	figure := Figure{Period: t.period, Unit: unit, Indicator: indicator, Figure: t.figure, Role: role, Value: value}
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

func (t *Tracer) cells(key [2]string) []Cell {
	var all []Cell
	for _, f := range t.facts[key] {
		use := f["use"]
		if t.figure == "ytd" {
			use = f["ytd_use"]
		}
		if use == "aside" {
			continue
		}
		whole := cellOf(f, f["value"], use)
		if rows := t.listed(key, whole, f["list"]); len(rows) > 0 {
			all = append(all, rows...)
		} else {
			all = append(all, whole)
		}
	}
	slices.SortStableFunc(all, func(a, b Cell) int { return cmp.Compare(a.Period, b.Period) })
	return all
}

// listed lists the cells of a list that a figure of one report is made of: the
// cells that are added, or a cell of each row that is counted.
func (t *Tracer) listed(key [2]string, whole Cell, list string) []Cell {
	var all []Cell
	for _, row := range t.rows[key] {
		if list == "" || row["list"] != list || row["sha256"] != whole.SHA256 || row["period"] != whole.Period || row["form"] != whole.Form {
			continue
		}
		value := row["number"]
		if strings.HasPrefix(whole.Raw, "count(") {
			value = "1"
		}
		all = append(all, cellOf(row, value, whole.Use))
	}
	return all
}

// cellOf is a row of a published table as a cell.
func cellOf(row map[string]string, value, use string) Cell {
	return Cell{
		Period: row["period"], Form: row["form"], State: row["state"], Value: value, Qualifier: row["qualifier"], Raw: row["raw"],
		File: row["file"], Sheet: row["sheet"], Cell: row["cell"], SHA256: row["sha256"], Use: use,
	}
}
