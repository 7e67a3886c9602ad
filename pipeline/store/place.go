package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"strings"

	"tonghop/pipeline"
)

// A place is a cell with the figure that it holds.
type place struct {
	indicator   string
	measure     pipeline.Measure
	sheet, cell string
}

// places numbers places as they are first met. Copies of a form name the same
// ones in the same order.
type places struct {
	all     []place        // by number
	values  []driver.Value // their numbers
	numbers map[place]int32
	last    int32 // the one that was met last
	added   *appender
}

// places reads those that are numbered.
func (t *Tx) places(ctx context.Context) (*places, error) {
	p := &places{numbers: map[place]int32{}, added: t.appender("raw_place")}
	err := t.Query(ctx, func(rows *sql.Rows) error {
		var x place
		err := rows.Scan(&x.indicator, &x.measure, &x.sheet, &x.cell)
		p.number(x)
		return err
	}, "SELECT indicator, measure, sheet, cell FROM raw_place ORDER BY place")
	if err != nil {
		return nil, fmt.Errorf("read places: %w", err)
	}
	return p, nil
}

// of is the number of the place where a fact stands. A new place is entered.
func (p *places) of(f *pipeline.Fact) (driver.Value, error) {
	x := place{f.Indicator, f.Measure, f.Sheet, f.Cell}
	if next := p.last + 1; int(next) < len(p.all) && p.all[next] == x {
		p.last = next
		return p.values[next], nil
	}
	if number, ok := p.numbers[x]; ok {
		p.last = number
		return p.values[number], nil
	}
	x.sheet, x.cell = strings.Clone(x.sheet), strings.Clone(x.cell) // not with the workbook around them
	p.number(x)
	return p.values[p.last], p.added.add(p.last, x.indicator, string(x.measure), x.sheet, x.cell)
}

// number gives a place the next number.
func (p *places) number(x place) {
	p.last = int32(len(p.all))
	p.all, p.values, p.numbers[x] = append(p.all, x), append(p.values, p.last), p.last
}
