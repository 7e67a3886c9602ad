package store

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/shopspring/decimal"

	"tonghop/pipeline"
)

// A Source is a figure in a report that counts.
type Source struct {
	Unit, Form, Period, Indicator string
	Measure                       pipeline.Measure
	Value                         *decimal.Decimal // nil for a blank
	File                          string
}

// EarlierSources reads what the figures of a period since the start of the year
// rest on beside the facts of the period itself: the reports for the earlier
// parts of its year. It is called after the models ran for the period.
func (t *Tx) EarlierSources(ctx context.Context, p pipeline.Period) ([]Source, error) {
	var all []Source
	err := t.Query(ctx, func(rows *sql.Rows) error {
		var s Source
		var value any
		err := rows.Scan(&s.Unit, &s.Form, &s.Period, &s.Indicator, &s.Measure, &value, &s.File)
		s.Value = Figure(value)
		all = append(all, s)
		return err
	}, `SELECT f.unit, f.form, f.period, f.indicator, f.measure, f.value, f.file
		FROM stg_fact AS f
		JOIN run_period AS p ON p.period = $period
		JOIN cat_indicator AS i ON i.code = f.indicator
		WHERE i.time = 'flow' AND i.kind <> 'ratio' AND f.basis = 'period' AND f.measure = 'value'
			AND f.start_on >= p.year_start AND f.cut_off < p.start_on
		ORDER BY ALL`, sql.Named("period", p.String()))
	if err != nil {
		return nil, fmt.Errorf("read sources of %s: %w", p, err)
	}
	return all, nil
}
