package store

import (
	"context"
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"tonghop/pipeline"
)

// A Catalogue is what the models need of the catalogue.
type Catalogue struct {
	*pipeline.Catalogue
	Collected map[string][]string // form code to the indicators that it collects
	Years     []int               // the years that the load concerns
}

// SaveCatalogue replaces the catalogue tables.
func (t *Tx) SaveCatalogue(ctx context.Context, c Catalogue) error {
	due, kinds := c.formPeriods()
	for _, table := range []struct {
		name string
		rows [][]any
	}{
		{"cat_unit", c.units()},
		{"cat_successor", c.successors()},
		{"cat_indicator", c.indicators()},
		{"cat_ratio_part", c.ratioParts()},
		{"cat_form_period", due},
		{"cat_form_kind", kinds},
		{"cat_collected", c.collected()},
		{"cat_target", c.targets()},
		{"cat_score", c.scores()},
		{"cat_grade", c.grades()},
		{"cat_list_figure", c.listFigures()},
		{"cat_list_filter", c.listFilters()},
	} {
		if err := t.replace(ctx, table.name, table.rows); err != nil {
			return err
		}
	}
	return nil
}

func (c Catalogue) units() [][]any {
	var rows [][]any
	for i, u := range c.Units {
		rows = append(rows, []any{int32(i), u.Code, u.Name, u.Kind, Text(u.Parent), u.Valid.Start, until(u.Valid)})
	}
	return rows
}

// until is the last day of a window.
func until(w pipeline.Window) time.Time {
	if w.End.IsZero() {
		return forever
	}
	return w.End
}

// successors lists the successors of the units that ended.
func (c Catalogue) successors() [][]any {
	var rows [][]any
	for _, u := range c.Units {
		if last := c.LastVersion(u); u.Valid != last.Valid || last.Valid.End.IsZero() {
			continue
		}
		for _, successor := range u.Successors {
			rows = append(rows, []any{u.Code, u.Valid.End, successor})
		}
	}
	return rows
}

func (c Catalogue) indicators() [][]any {
	var rows [][]any
	for i, x := range c.Indicators {
		rows = append(rows, []any{int32(i), x.Code, string(x.Kind), string(x.Time), string(x.Better), Text(x.WeightBy), x.Name})
	}
	return rows
}

func (c Catalogue) ratioParts() [][]any {
	var rows [][]any
	for _, x := range c.Indicators {
		for _, part := range x.Numerator {
			rows = append(rows, []any{x.Code, "numerator", part})
		}
		for _, part := range x.Denominator {
			rows = append(rows, []any{x.Code, "denominator", part})
		}
	}
	return rows
}

// formPeriods lists the due periods of every form version that is valid on
// their cut-off, and the kinds of unit that owe them.
func (c Catalogue) formPeriods() (due, kinds [][]any) {
	all := c.unitKinds()
	for _, year := range c.Years {
		for _, f := range c.Forms {
			calendar := c.Calendar.Of(f.Code)
			for _, p := range f.Periods(year) {
				w := calendar.Window(p)
				if !f.Valid.Contains(w.End) {
					continue
				}
				y := calendar.YearWindow(p)
				first, last := p.Months()
				due = append(due, []any{
					f.Code, p.String(), string(f.Basis), w.Start, w.End, calendar.Due(p, f.DueDays), y.Start, y.End,
					int32(first), int32(last), int32(12 * year),
				})
				for _, kind := range all {
					if f.DueOf(kind) {
						kinds = append(kinds, []any{f.Code, p.String(), kind})
					}
				}
			}
		}
	}
	return due, kinds
}

func (c Catalogue) unitKinds() []string {
	var kinds []string
	seen := map[string]bool{}
	for _, u := range c.Units {
		if !seen[u.Kind] {
			seen[u.Kind] = true
			kinds = append(kinds, u.Kind)
		}
	}
	return kinds
}

func (c Catalogue) collected() [][]any {
	var rows [][]any
	seen := map[[2]string]bool{}
	for _, f := range c.Forms {
		for _, indicator := range c.Collected[f.Code] {
			if key := [2]string{f.Code, indicator}; !seen[key] {
				seen[key] = true
				rows = append(rows, []any{f.Code, indicator})
			}
		}
	}
	return rows
}

func (c Catalogue) listFigures() [][]any {
	var rows [][]any
	for _, x := range c.Indicators {
		if f := x.From; f != nil {
			rows = append(rows, []any{x.Code, f.List, Text(f.Field), int32(len(f.Filters)), f.Text})
		}
	}
	return rows
}

func (c Catalogue) listFilters() [][]any {
	var rows [][]any
	for _, x := range c.Indicators {
		if x.From == nil {
			continue
		}
		for i, f := range x.From.Filters {
			rows = append(rows, []any{x.Code, int32(i), f.Field, f.Key})
		}
	}
	return rows
}

func (c Catalogue) targets() [][]any {
	var rows [][]any
	for _, x := range c.Targets {
		rows = append(rows, []any{x.Unit, x.Indicator, int32(x.Year), Decimal(x.Value)})
	}
	return rows
}

// scores are the scored indicators; one without a cap counts up to its target.
func (c Catalogue) scores() [][]any {
	var rows [][]any
	for _, x := range c.Indicators {
		if x.ScoreWeight == nil {
			continue
		}
		limit := decimal.NewFromInt(1)
		if x.ScoreCap != nil {
			limit = *x.ScoreCap
		}
		rows = append(rows, []any{x.Code, Decimal(*x.ScoreWeight), Decimal(limit)})
	}
	return rows
}

func (c Catalogue) grades() [][]any {
	var rows [][]any
	for _, g := range c.Grades {
		rows = append(rows, []any{g.Name, Decimal(g.MinScore), g.Valid.Start, until(g.Valid)})
	}
	return rows
}

// A RunPeriod is a period that a run computes.
type RunPeriod struct {
	Period    pipeline.Period
	Published bool
	Present   bool // by present units
}

// Key names the period and the view in the models.
func (r RunPeriod) Key() string { return r.key(r.Period) }

func (r RunPeriod) key(p pipeline.Period) string {
	if r.Present && !p.IsZero() {
		return p.String() + " present"
	}
	return p.String()
}

// SaveRunPeriods sets the periods that the models compute. The units that are
// valid today are the present ones.
func (t *Tx) SaveRunPeriods(ctx context.Context, calendar pipeline.Calendar, today time.Time, periods []RunPeriod) error {
	var rows, stretches [][]any
	for _, r := range periods {
		p := r.Period
		w, y := calendar.Window(p), calendar.YearWindow(p)
		first, last := p.Months()
		rows = append(rows, []any{
			r.Key(), r.Published, Text(r.key(p.Previous())), p.Kind == pipeline.Span,
			w.Start, w.End, y.Start, y.End, int32(p.Year), int32(p.EndYear()), int32(first), int32(last), r.Present, today,
		})
		stretches = append(stretches, runStretches(calendar, r)...)
	}
	for _, table := range []struct {
		name string
		rows [][]any
	}{{"run_period", rows}, {"run_stretch", stretches}} {
		if err := t.replace(ctx, table.name, table.rows); err != nil {
			return err
		}
	}
	return nil
}

// runStretches are the period itself, or of a span its years.
func runStretches(calendar pipeline.Calendar, r RunPeriod) [][]any {
	p := r.Period
	parts := []pipeline.Period{p}
	if p.Kind == pipeline.Span {
		parts = nil
		for year := p.Year; year <= p.Last; year++ {
			parts = append(parts, pipeline.Period{Kind: pipeline.Year, Year: year})
		}
	}
	var rows [][]any
	for _, part := range parts {
		first, last := part.Months()
		rows = append(rows, []any{r.Key(), int32(12 * part.Year), int32(first), int32(last), calendar.Window(part).End})
	}
	return rows
}

// replace empties a table and fills it anew.
func (t *Tx) replace(ctx context.Context, table string, rows [][]any) error {
	if err := t.Exec(ctx, "DELETE FROM "+table); err != nil {
		return fmt.Errorf("replace table %s: %w", table, err)
	}
	return t.Append(table, rows)
}
