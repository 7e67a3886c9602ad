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
		{"cat_indicator", c.indicators()},
		{"cat_ratio_part", c.ratioParts()},
		{"cat_form_period", due},
		{"cat_form_kind", kinds},
		{"cat_collected", c.collected()},
		{"cat_target", c.targets()},
		{"cat_score", c.scores()},
		{"cat_grade", c.grades()},
	} {
		if err := t.Exec(ctx, "DELETE FROM "+table.name); err != nil {
			return fmt.Errorf("replace table %s: %w", table.name, err)
		}
		if err := t.Append(table.name, table.rows); err != nil {
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
			for _, p := range f.Periods(year) {
				w := c.Calendar.Window(p)
				if !f.Valid.Contains(w.End) {
					continue
				}
				y := c.Calendar.YearWindow(p)
				due = append(due, []any{f.Code, p.String(), string(f.Basis), w.Start, w.End, c.Calendar.Due(p, f.DueDays), y.Start, y.End})
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
}

// SaveRunPeriods sets the periods that the models compute.
func (t *Tx) SaveRunPeriods(ctx context.Context, calendar pipeline.Calendar, periods []RunPeriod) error {
	if err := t.Exec(ctx, "DELETE FROM run_period"); err != nil {
		return fmt.Errorf("replace table run_period: %w", err)
	}
	var rows [][]any
	for _, r := range periods {
		p := r.Period
		w, y := calendar.Window(p), calendar.YearWindow(p)
		rows = append(rows, []any{
			p.String(), r.Published, Text(p.Previous().String()), p.Kind == pipeline.Span,
			w.Start, w.End, y.Start, y.End, int32(p.Year), int32(p.EndYear()),
		})
	}
	return t.Append("run_period", rows)
}
