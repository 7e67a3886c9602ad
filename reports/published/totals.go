package published

import (
	"strconv"
	"time"

	"github.com/shopspring/decimal"

	"tonghop/pipeline"
	"tonghop/reports"
)

// Totals is what official forms are filled from: units, their figures, notes and
// lists. The period's window and the body above the roots are the caller's to fill
// in.
func (i *Issue) Totals() (*reports.Dataset, error) {
	d := &reports.Dataset{Stamp: reports.Stamp{Period: i.Period, Issue: i.Number(), AsOf: i.AsOf, RunID: i.RunID}}
	for _, read := range []struct {
		table string
		add   func(*reports.Dataset, *row)
	}{{"units", addUnit}, {"achievement", addAchievement}, {"facts", addFact}, {"lists", addListCell}} {
		records, err := i.Records(read.table)
		if err != nil {
			return nil, err
		}
		for _, record := range records {
			r := row{record: record}
			if read.add(d, &r); r.err != nil {
				return nil, r.err
			}
		}
	}
	return d, nil
}

// A row is a row of a published table. It remembers the first value that is none.
type row struct {
	record map[string]string
	err    error
}

func (r *row) keep(err error) {
	if r.err == nil {
		r.err = err
	}
}

func (r *row) number(column string) *decimal.Decimal {
	if r.record[column] == "" {
		return nil
	}
	d, err := decimal.NewFromString(r.record[column])
	r.keep(err)
	return &d
}

func (r *row) count(column string) int {
	n, err := strconv.Atoi(r.record[column])
	r.keep(err)
	return n
}

func (r *row) day(column string) time.Time {
	if r.record[column] == "" {
		return time.Time{}
	}
	day, err := time.Parse(time.DateOnly, r.record[column])
	r.keep(err)
	return day
}

func addUnit(d *reports.Dataset, r *row) {
	t := r.record
	d.Units = append(d.Units, reports.Unit{
		Code: t["unit"], Name: t["name"], Kind: t["kind"], Parent: t["parent"], Level: r.count("level"), Valid: t["valid"] == "true",
	})
}

func addAchievement(d *reports.Dataset, r *row) {
	t := r.record
	d.Achievements = append(d.Achievements, reports.Achievement{
		Period: t["period"], Unit: t["unit"], Indicator: t["indicator"], Status: t["status"],
		Actual: r.number("actual"), YTD: r.number("ytd"), Target: r.number("target"), Rate: r.number("rate"), Previous: r.number("previous"),
		Qualifier: pipeline.Qualifier(t["qualifier"]), State: pipeline.State(t["state"]),
	})
}

func addFact(d *reports.Dataset, r *row) {
	t := r.record
	d.Facts = append(d.Facts, reports.Fact{
		Period: t["period"], Unit: t["unit"], Form: t["form"], Indicator: t["indicator"], Measure: pipeline.Measure(t["measure"]), Note: t["note"],
	})
}

func addListCell(d *reports.Dataset, r *row) {
	t := r.record
	d.Lists = append(d.Lists, reports.ListCell{
		Period: t["period"], Unit: t["unit"], Form: t["form"], List: t["list"], Row: r.count("row"), Field: t["field"],
		Type: pipeline.FieldType(t["type"]), State: pipeline.State(t["state"]), Text: t["value"], Date: r.day("day"), Number: r.number("number"),
		Qualifier: pipeline.Qualifier(t["qualifier"]), Raw: t["raw"], SHA256: t["sha256"], Use: t["use"],
	})
}
