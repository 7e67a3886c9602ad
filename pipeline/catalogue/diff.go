package catalogue

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"tonghop/pipeline"
)

// What became of a record of the catalogue, or of a value in it.
const (
	Added   = "added"
	Removed = "removed"
	Changed = "changed"
)

// A Change is one difference between two catalogues.
type Change struct {
	What   string `json:"change"`           // Added, Removed, Changed
	Sheet  string `json:"sheet"`            // English: units, targets …
	Record string `json:"record"`           // the code; of a target its unit, of a grade its name
	Name   string `json:"name,omitempty"`   // of the record
	Column string `json:"column,omitempty"` // English; of a target the indicator; empty where all of the record is added or removed
	Year   int    `json:"year,omitempty"`   // of a target
	From   string `json:"from,omitempty"`   // canonical: English words, digits, yyyy-mm-dd
	To     string `json:"to,omitempty"`
	Ratio  bool   `json:"-"` // From and To are ratios
}

// Diff lists what is another in the catalogue now than it was before: records in
// the order of the sheets, targets by year, each in the order of the catalogue.
func Diff(before, now *pipeline.Catalogue) []Change {
	var all []Change
	for _, s := range []struct {
		sheet   string
		records func(*pipeline.Catalogue) []record
	}{{"units", units}, {"indicators", indicators}, {"forms", forms}, {"periods", periods}, {"targets", nil}, {"checks", checks}, {"grades", grades}} {
		if s.records == nil {
			all = append(all, diffTargets(before, now)...)
			continue
		}
		all = append(all, diffRecords(s.sheet, s.records(before), s.records(now))...)
	}
	return all
}

// A record is a row of a sheet as comparing needs it.
type record struct {
	code, name string
	from       string // the start of its validity, which tells versions of one code apart
	fields     []field
}

type field struct{ column, value string }

func diffRecords(sheet string, before, now []record) []Change {
	var all []Change
	paired := map[int]bool{}
	for _, r := range now {
		at := pair(r, before, now)
		if at < 0 {
			all = append(all, Change{What: Added, Sheet: sheet, Record: r.code, Name: r.name, To: r.from})
			continue
		}
		paired[at] = true
		for i, f := range r.fields {
			if old := before[at].fields[i].value; old != f.value {
				all = append(all, Change{What: Changed, Sheet: sheet, Record: r.code, Name: r.name, Column: f.column, From: old, To: f.value})
			}
		}
	}
	for i, r := range before {
		if !paired[i] {
			all = append(all, Change{What: Removed, Sheet: sheet, Record: r.code, Name: r.name, From: r.from})
		}
	}
	return all
}

// pair finds the record that r was before: of the same code and start; where a
// code has one row in both catalogues, that one, whenever it starts.
func pair(r record, before, now []record) int {
	same := func(o record) bool { return o.code == r.code }
	if count(before, same) == 1 && count(now, same) == 1 {
		return slices.IndexFunc(before, same)
	}
	return slices.IndexFunc(before, func(o record) bool { return same(o) && o.from == r.from })
}

func count(all []record, is func(record) bool) int {
	n := 0
	for _, r := range all {
		if is(r) {
			n++
		}
	}
	return n
}

func units(c *pipeline.Catalogue) []record {
	var all []record
	for _, u := range c.Units {
		all = append(all, record{u.Code, u.Name, day(u.Valid.Start), []field{
			{"name", u.Name}, {"kind", u.Kind}, {"parent", u.Parent}, {"valid_from", day(u.Valid.Start)}, {"valid_to", day(u.Valid.End)},
			{"successors", list(u.Successors)}, {"aliases", list(u.Aliases)}, {"folder", u.Folder}, {"encoding", string(u.Encoding)},
		}})
	}
	return all
}

func indicators(c *pipeline.Catalogue) []record {
	var all []record
	for _, i := range c.Indicators {
		from := ""
		if i.From != nil {
			from = i.From.Text
		}
		all = append(all, record{code: i.Code, name: i.Name, fields: []field{
			{"name", i.Name}, {"unit", i.Measure}, {"kind", string(i.Kind)}, {"numerator", strings.Join(i.Numerator, "+")},
			{"denominator", strings.Join(i.Denominator, "+")}, {"weight_by", i.WeightBy}, {"time", string(i.Time)}, {"better", string(i.Better)},
			{"group", i.Group}, {"parent", i.Parent}, {"decimals", strconv.Itoa(i.Decimals)}, {"rounding", string(i.Rounding)},
			{"score_weight", digits(i.ScoreWeight)}, {"score_cap", digits(i.ScoreCap)}, {"from", from},
		}})
	}
	return all
}

func forms(c *pipeline.Catalogue) []record {
	var all []record
	for _, f := range c.Forms {
		csv := "no"
		if f.CSV {
			csv = "yes"
		}
		all = append(all, record{f.Code, f.Name, day(f.Valid.Start), []field{
			{"name", f.Name}, {"file", f.File}, {"frequency", string(f.Frequency)}, {"basis", string(f.Basis)}, {"due_days", strconv.Itoa(f.DueDays)},
			{"unit_kinds", list(f.UnitKinds)}, {"csv", csv}, {"valid_from", day(f.Valid.Start)}, {"valid_to", day(f.Valid.End)},
		}})
	}
	return all
}

func periods(c *pipeline.Catalogue) []record {
	rows := map[pipeline.FormPeriod]pipeline.PeriodException{}
	for _, p := range c.Periods {
		rows[pipeline.FormPeriod{Period: p}] = pipeline.PeriodException{}
	}
	for key, x := range c.Calendar.Exceptions {
		rows[key] = x
	}
	var all []record
	for key, x := range rows {
		all = append(all, record{code: strings.TrimSpace(key.Period.String() + " " + key.Form), fields: []field{
			{"start", day(x.Start)}, {"end", day(x.End)}, {"due", day(x.Due)},
		}})
	}
	slices.SortFunc(all, func(a, b record) int { return cmp.Compare(a.code, b.code) })
	return all
}

func checks(c *pipeline.Catalogue) []record {
	var all []record
	for _, k := range c.Checks {
		all = append(all, record{code: k.Code, fields: []field{
			{"left", k.Left.String()}, {"operator", k.Operator}, {"right", k.Right.String()}, {"missing", k.Missing},
			{"severity", string(k.Severity)}, {"since", k.Since.String()}, {"instruction", k.Instruction},
		}})
	}
	return all
}

func grades(c *pipeline.Catalogue) []record {
	var all []record
	for _, g := range c.Grades {
		all = append(all, record{g.Name, "", day(g.Valid.Start), []field{
			{"min_score", g.MinScore.String()}, {"valid_from", day(g.Valid.Start)}, {"valid_to", day(g.Valid.End)},
		}})
	}
	return all
}

// diffTargets compares what is assigned, by year, unit and indicator.
func diffTargets(before, now *pipeline.Catalogue) []Change {
	type key struct {
		unit, indicator string
		year            int
	}
	values := func(c *pipeline.Catalogue) (map[key]decimal.Decimal, []key) {
		all, order := map[key]decimal.Decimal{}, []key{}
		for _, t := range c.Targets {
			k := key{t.Unit, t.Indicator, t.Year}
			all[k] = t.Value
			order = append(order, k)
		}
		return all, order
	}
	was, gone := values(before)
	is, order := values(now)
	var all []Change
	add := func(what string, k key, from, to string) {
		all = append(all, Change{
			What: what, Sheet: "targets", Record: k.unit, Name: nameOf(now, before, k.unit), Column: k.indicator, Year: k.year,
			From: from, To: to, Ratio: isRatio(now, k.indicator) || isRatio(before, k.indicator),
		})
	}
	for _, k := range order {
		if from, had := was[k]; !had {
			add(Added, k, "", is[k].String())
		} else if !from.Equal(is[k]) {
			add(Changed, k, from.String(), is[k].String())
		}
	}
	for _, k := range gone {
		if _, has := is[k]; !has {
			add(Removed, k, was[k].String(), "")
		}
	}
	slices.SortStableFunc(all, func(a, b Change) int { return cmp.Compare(a.Year, b.Year) })
	return all
}

func nameOf(now, before *pipeline.Catalogue, unit string) string {
	for _, c := range []*pipeline.Catalogue{now, before} {
		for _, u := range c.Units {
			if u.Code == unit {
				return c.LastVersion(u).Name
			}
		}
	}
	return ""
}

func isRatio(c *pipeline.Catalogue, indicator string) bool {
	i, ok := c.Indicator(indicator)
	return ok && i.Kind == pipeline.KindRatio
}

func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

func digits(d *decimal.Decimal) string {
	if d == nil {
		return ""
	}
	return d.String()
}

func list(all []string) string { return strings.Join(all, "; ") }

// Named is the name of a sheet or of a column of it in a language, vi or en, as
// staff have it in their workbook.
func Named(sheet, column, language string) string {
	for _, s := range Sheets() {
		if s.English != sheet {
			continue
		}
		english, vietnamese := s.English, s.Vietnamese
		if column != "" {
			c := s.column(column)
			english, vietnamese = cmp.Or(c.English, column), cmp.Or(c.Vietnamese, column)
		}
		if language == "vi" {
			return vietnamese
		}
		return english
	}
	return cmp.Or(column, sheet)
}

// Worded is a canonical value of a column as staff write it in a language.
func Worded(sheet, column, value, language string) string {
	if language != "vi" {
		return value
	}
	words := map[string]string{}
	for _, s := range Sheets() {
		if s.English == sheet {
			for _, w := range s.column(column).Words {
				words[w.English] = w.Vietnamese
			}
		}
	}
	parts := strings.Split(value, "; ")
	for i, part := range parts {
		parts[i] = cmp.Or(words[part], part)
	}
	return list(parts)
}
