package transform_test

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"tonghop/pipeline"
	"tonghop/pipeline/store"
	"tonghop/pipeline/transform"
)

// A scenario is a small province with two indicators of every kind.
type scenario struct {
	catalogue   *pipeline.Catalogue
	collected   map[string][]string
	submissions []pipeline.Submission
	today       time.Time
	present     bool // by present units too
}

// open is a window that never ends.
func open(y int) pipeline.Window { return pipeline.Window{Start: pipeline.Day(y, time.January, 1)} }

func until(y int, m time.Month, d int) pipeline.Window {
	return pipeline.Window{Start: pipeline.Day(2010, time.January, 1), End: pipeline.Day(y, m, d)}
}

// province has districts A, B and, until 31 August 2026, C; the commune A1 lies
// in A. The quarterly form Q is on basis period, the form Y on basis ytd.
func province() *scenario {
	unit := func(code, kind, parent string, valid pipeline.Window) pipeline.Unit {
		return pipeline.Unit{Code: code, Name: code, Kind: kind, Parent: parent, Valid: valid, Folder: code}
	}
	indicator := func(code string, kind pipeline.Kind, basis pipeline.TimeBasis) pipeline.Indicator {
		return pipeline.Indicator{Code: code, Name: code, Kind: kind, Time: basis, Better: pipeline.BetterUp}
	}
	ratio := indicator("RATIO", pipeline.KindRatio, pipeline.Stock)
	ratio.Numerator, ratio.Denominator = []string{"PART"}, []string{"STOCK"}
	average := indicator("WAGE", pipeline.KindAverage, pipeline.Stock)
	average.WeightBy = "HEADS"
	strikes := indicator("STRIKES", pipeline.KindCount, pipeline.Flow)
	strikes.Better = pipeline.BetterDown
	return &scenario{
		today: pipeline.Day(2027, time.February, 1),
		catalogue: &pipeline.Catalogue{
			Units: []pipeline.Unit{
				unit("P", "province", "", open(2010)), unit("A", "district", "P", open(2010)), unit("A1", "commune", "A", open(2010)),
				unit("B", "district", "P", open(2010)), unit("C", "district", "P", until(2026, time.August, 31)),
			},
			Indicators: []pipeline.Indicator{
				indicator("FLOW", pipeline.KindCount, pipeline.Flow), strikes, indicator("STOCK", pipeline.KindPeople, pipeline.Stock),
				indicator("PART", pipeline.KindPeople, pipeline.Stock), ratio, average,
				indicator("HEADS", pipeline.KindPeople, pipeline.Stock), indicator("RUNNING", pipeline.KindCount, pipeline.Flow),
			},
			Forms: []pipeline.Form{
				{Code: "Q", Frequency: pipeline.Quarterly, Basis: pipeline.BasisPeriod, DueDays: 15},
				{Code: "Y", Frequency: pipeline.Quarterly, Basis: pipeline.BasisYTD, DueDays: 15, UnitKinds: []string{"district"}},
			},
		},
		collected: map[string][]string{"Q": {"FLOW", "STRIKES", "STOCK", "PART", "RATIO", "WAGE", "HEADS"}, "Y": {"RUNNING"}},
	}
}

// target assigns a target for 2026.
func (s *scenario) target(unit, indicator string, value int64) {
	s.catalogue.Targets = append(s.catalogue.Targets, pipeline.Target{Unit: unit, Indicator: indicator, Year: 2026, Value: decimal.NewFromInt(value)})
}

// send adds an accepted submission received on day, with values such as
// "FLOW=3 STOCK=- PART=", a dash for a declared nil and nothing for a blank.
func (s *scenario) send(unit, form, period, day, values string) {
	p, err := pipeline.ParsePeriod(period)
	if err != nil {
		panic(err)
	}
	seen, err := time.Parse(time.DateOnly, day)
	if err != nil {
		panic(err)
	}
	sub := pipeline.Submission{
		File: fmt.Sprintf("%s/%d.xlsx", unit, len(s.submissions)), Folder: unit, SHA256: fmt.Sprintf("%064d", len(s.submissions)),
		FirstSeen: seen.Add(9 * time.Hour), ModTime: seen, Unit: unit, Form: form, Period: p, Verdict: pipeline.Accepted,
	}
	for i, field := range strings.Fields(values) {
		code, value, _ := strings.Cut(field, "=")
		measure := pipeline.MeasureValue
		if name, ok := strings.CutSuffix(code, ":ytd"); ok {
			code, measure = name, pipeline.MeasureYTD
		}
		fact := pipeline.Fact{Indicator: code, Measure: measure, State: pipeline.StateNumber, Qualifier: pipeline.Exact, Raw: value, Sheet: "S", Cell: fmt.Sprintf("D%d", i+1)}
		value, atLeast := strings.CutPrefix(value, ">")
		if atLeast {
			fact.Qualifier = pipeline.AtLeast
		}
		switch value {
		case "-":
			fact.State = pipeline.StateNil
		case "":
			fact.State = pipeline.StateBlank
		default:
			fact.Value = decimal.RequireFromString(value)
		}
		sub.Facts = append(sub.Facts, fact)
	}
	s.submissions = append(s.submissions, sub)
}

// end gives C, which ends on 31 August 2026, its successors.
func (s *scenario) end(unit string, successors ...string) {
	for i := range s.catalogue.Units {
		if s.catalogue.Units[i].Code == unit {
			s.catalogue.Units[i].Successors = successors
		}
	}
}

// move puts a unit under another parent from 1 July 2026.
func (s *scenario) move(unit, parent string) {
	for i, u := range s.catalogue.Units {
		if u.Code == unit {
			moved := u
			moved.Parent, moved.Valid.Start = parent, pipeline.Day(2026, time.July, 1)
			s.catalogue.Units[i].Valid.End = pipeline.Day(2026, time.June, 30)
			s.catalogue.Units = append(s.catalogue.Units, moved)
			return
		}
	}
}

// changeBasis makes form Q report running values from 1 July 2026 on.
func (s *scenario) changeBasis() {
	old, changed := s.catalogue.Forms[0], s.catalogue.Forms[0]
	old.Valid.End = pipeline.Day(2026, time.June, 30)
	changed.Basis, changed.Valid.Start = pipeline.BasisYTD, pipeline.Day(2026, time.July, 1)
	s.catalogue.Forms = []pipeline.Form{old, changed, s.catalogue.Forms[1]}
}

// schoolYear gives form Y the year from 1 September 2025 to 31 May 2026, its
// first half ending on 31 December.
func (s *scenario) schoolYear() {
	start := pipeline.Day(2025, time.September, 1)
	s.catalogue.Calendar.Exceptions = pipeline.Exceptions{
		{Form: "Y", Period: pipeline.Period{Kind: pipeline.Half, Year: 2026, N: 1}}: {Start: start, End: pipeline.Day(2025, time.December, 31)},
		{Form: "Y", Period: pipeline.Period{Kind: pipeline.Year, Year: 2026}}:       {Start: start, End: pipeline.Day(2026, time.May, 31)},
	}
}

// figures computes the periods and lists, for each unit and indicator asked
// for as "A FLOW", the columns of its achievement.
func (s *scenario) figures(t *testing.T, period string, columns string, asked ...string) []string {
	t.Helper()
	var got []string
	s.within(t, period, func(ctx context.Context, tx *store.Tx) error {
		for _, a := range asked {
			unit, indicator, _ := strings.Cut(a, " ")
			row := "none"
			err := tx.Query(ctx, func(rows *sql.Rows) error { return rows.Scan(&row) },
				"SELECT concat_ws(' ', "+columns+") FROM (SELECT * REPLACE (coalesce(actual::DOUBLE, actual_quotient) AS actual, coalesce(ytd::DOUBLE, ytd_quotient) AS ytd, target::DOUBLE AS target, coalesce(previous::DOUBLE, previous_quotient) AS previous, round(rate, 6) AS rate, round(expected, 4) AS expected, round(pace, 6) AS pace) FROM rpt_achievement) WHERE period = $period AND unit = $unit AND indicator = $indicator",
				sql.Named("period", period), sql.Named("unit", unit), sql.Named("indicator", indicator))
			if err != nil {
				return err
			}
			got = append(got, a+": "+row)
		}
		return nil
	})
	return got
}

// within computes a period in a database of its own and looks at the result.
func (s *scenario) within(t *testing.T, period string, look func(context.Context, *store.Tx) error) {
	t.Helper()
	ctx := context.Background()
	db, err := store.Open(ctx, filepath.Join(t.TempDir(), "test.duckdb"))
	if err != nil {
		t.Fatal(err)
	}
	code, view, _ := strings.Cut(period, " ")
	p, err := pipeline.ParsePeriod(code)
	if err != nil {
		t.Fatal(err)
	}
	s.present = view != ""
	err = db.Transact(ctx, func(tx *store.Tx) error {
		if err := s.compute(ctx, tx, p); err != nil {
			return err
		}
		return look(ctx, tx)
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

// A check that finds a fault stops the run: a figure that stands twice.
func TestFaultStopsTheRun(t *testing.T) {
	t.Parallel()
	s := province()
	s.send("A", "Q", "2026-Q1", "2026-04-10", "FLOW=3 FLOW=3")
	ctx := context.Background()
	db, err := store.Open(ctx, filepath.Join(t.TempDir(), "test.duckdb"))
	if err != nil {
		t.Fatal(err)
	}
	err = db.Transact(ctx, func(tx *store.Tx) error {
		return s.compute(ctx, tx, pipeline.Period{Kind: pipeline.Quarter, Year: 2026, N: 1})
	})
	if err == nil || !strings.Contains(err.Error(), "checks/grain") {
		t.Errorf("a doubled figure gave %v, want the check's fault", err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

func (s *scenario) compute(ctx context.Context, tx *store.Tx, p pipeline.Period) error {
	if err := tx.Load(ctx, store.Each(s.submissions...), time.UTC); err != nil {
		return err
	}
	cat := store.Catalogue{Catalogue: s.catalogue, Collected: s.collected, Years: []int{2025, 2026, 2027}}
	if err := tx.SaveCatalogue(ctx, cat); err != nil {
		return err
	}
	run := []store.RunPeriod{{Period: p, Published: true}}
	if previous := p.Previous(); !previous.IsZero() {
		run = append(run, store.RunPeriod{Period: previous})
	}
	if s.present {
		for _, r := range run {
			r.Present = true
			run = append(run, r)
		}
	}
	if err := tx.SaveRunPeriods(ctx, s.catalogue.Calendar, s.today, run); err != nil {
		return err
	}
	if err := transform.Ledger(ctx, tx, func(string) {}); err != nil {
		return err
	}
	return transform.Run(ctx, tx, func(string) {})
}

const (
	sums     = "coalesce(actual::VARCHAR, 'null'), coalesce(ytd::VARCHAR, 'null')"
	measured = "coalesce(target::VARCHAR, 'null'), coalesce(rate::VARCHAR, 'null'), coalesce(expected::VARCHAR, 'null'), coalesce(pace::VARCHAR, 'null'), status"
	covered  = "reported, due"
)

func TestFigures(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		prepare func(s *scenario)
		period  string
		columns string
		want    []string // "unit indicator: columns"
	}{
		{"a flow adds over units, with the parent's own part, and over the year", func(s *scenario) {
			s.send("A", "Q", "2026-Q1", "2026-04-10", "FLOW=3")
			s.send("A1", "Q", "2026-Q1", "2026-04-10", "FLOW=4")
			s.send("P", "Q", "2026-Q2", "2026-07-10", "FLOW=5")
			s.send("B", "Q", "2026-Q2", "2026-07-10", "FLOW=6")
		}, "2026-Q2", sums, []string{"A FLOW: null 7.0", "B FLOW: 6.0 6.0", "P FLOW: 11.0 18.0"}},
		{"a half-year holds its quarters", func(s *scenario) {
			s.send("A", "Q", "2026-Q1", "2026-04-10", "FLOW=3")
			s.send("A", "Q", "2026-Q2", "2026-07-10", "FLOW=4")
			s.send("A", "Q", "2026-Q3", "2026-10-10", "FLOW=9")
		}, "2026-H1", sums, []string{"A FLOW: 7.0 7.0", "P FLOW: 7.0 7.0"}},
		{"the newest accepted submission counts, wholly", func(s *scenario) {
			s.send("A", "Q", "2026-Q1", "2026-04-12", "FLOW=30 STOCK=")
			s.send("A", "Q", "2026-Q1", "2026-04-10", "FLOW=3 STOCK=100")
		}, "2026-Q1", sums, []string{"A FLOW: 30.0 30.0", "A STOCK: null null"}},
		{"a stock holds at the cut-off only", func(s *scenario) {
			s.send("A", "Q", "2026-Q1", "2026-04-10", "STOCK=100")
			s.send("B", "Q", "2026-Q2", "2026-07-10", "STOCK=50")
		}, "2026-Q2", sums, []string{"A STOCK: null null", "P STOCK: 50.0 50.0"}},
		{"a unit that ended keeps its flows and takes its stocks away", func(s *scenario) {
			s.send("C", "Q", "2026-Q2", "2026-07-10", "FLOW=8 STOCK=80")
			s.send("B", "Q", "2026-Q4", "2027-01-10", "FLOW=1 STOCK=50")
		}, "2026", sums, []string{"P FLOW: 9.0 9.0", "P STOCK: 50.0 50.0", "C FLOW: 8.0 8.0"}},
		{"a ratio is recomputed at every level", func(s *scenario) {
			s.send("A", "Q", "2026-Q1", "2026-04-10", "PART=1 STOCK=4 RATIO=0.9")
			s.send("B", "Q", "2026-Q1", "2026-04-10", "PART=3 STOCK=4")
		}, "2026-Q1", sums, []string{"A RATIO: 0.25 0.25", "P RATIO: 0.5 0.5"}},
		{"an average is weighted", func(s *scenario) {
			s.send("A", "Q", "2026-Q1", "2026-04-10", "WAGE=100 HEADS=1")
			s.send("B", "Q", "2026-Q1", "2026-04-10", "WAGE=200 HEADS=3")
			s.send("C", "Q", "2026-Q1", "2026-04-10", "WAGE=900 HEADS=")
		}, "2026-Q1", sums, []string{"P WAGE: 175.0 175.0", "C WAGE: null null"}},
		{"a slice of running values is their difference", func(s *scenario) {
			s.send("A", "Y", "2026-Q1", "2026-04-10", "RUNNING=10")
			s.send("A", "Y", "2026-H1", "2026-07-10", "RUNNING=25")
			s.send("B", "Y", "2026-H1", "2026-07-10", "RUNNING=7")
		}, "2026-Q2", sums, []string{"A RUNNING: 15.0 25.0", "B RUNNING: null 7.0", "P RUNNING: 15.0 32.0"}},
		{"an earlier running value is never carried", func(s *scenario) {
			s.send("A", "Y", "2026-Q1", "2026-04-10", "RUNNING=10")
		}, "2026", sums, []string{"A RUNNING: null null"}},
		{"the running value of a unit that ended stays in the year", func(s *scenario) {
			s.send("C", "Y", "2026-Q1", "2026-04-10", "RUNNING=10")
			s.send("C", "Y", "2026-H1", "2026-07-10", "RUNNING=25")
			s.send("B", "Y", "2026-H1", "2026-07-10", "RUNNING=3")
			s.send("B", "Y", "2026", "2027-01-10", "RUNNING=4")
		}, "2026", sums, []string{"C RUNNING: 25.0 25.0", "P RUNNING: 29.0 29.0"}},
		{"an ended unit adds nothing to later slices", func(s *scenario) {
			s.send("C", "Y", "2026-H1", "2026-07-10", "RUNNING=25")
			s.send("B", "Y", "2026-9M", "2026-10-10", "RUNNING=5")
			s.send("B", "Y", "2026", "2027-01-10", "RUNNING=9")
		}, "2026-Q4", sums, []string{"C RUNNING: null 25.0", "P RUNNING: 4.0 34.0"}},
		{"a slice in which an ended unit sent nothing", func(s *scenario) {
			s.send("C", "Y", "2026-H1", "2026-07-10", "RUNNING=25")
			s.send("B", "Y", "2026-H1", "2026-07-10", "RUNNING=2")
			s.send("B", "Y", "2026-9M", "2026-10-10", "RUNNING=5")
		}, "2026-Q3", sums, []string{"C RUNNING: null 25.0", "P RUNNING: 3.0 30.0"}},
		{"a span keeps what a unit reported before it ended", func(s *scenario) {
			s.send("C", "Y", "2025", "2026-01-10", "RUNNING=5")
			s.send("C", "Y", "2026-Q1", "2026-04-10", "RUNNING=3")
			s.send("C", "Y", "2026-H1", "2026-07-10", "RUNNING=7")
			s.send("B", "Y", "2026-H1", "2026-07-10", "RUNNING=9")
		}, "2025..2026", sums, []string{"C RUNNING: 12.0 12.0", "B RUNNING: null null", "P RUNNING: 12.0 12.0"}},
		{"the last running report is whole", func(s *scenario) {
			s.send("A", "Y", "2026", "2027-01-10", "RUNNING=4")
			s.send("B", "Y", "2026-H1", "2026-07-10", "RUNNING=4")
		}, "2026", "reported, complete, due", []string{"P RUNNING: 1 1 2"}},
		{"running values of a year and their cut-off", func(s *scenario) {
			s.send("A", "Y", "2026-H1", "2026-07-10", "RUNNING=25")
			s.send("A", "Y", "2026", "2027-01-10", "RUNNING=40")
		}, "2026", sums, []string{"A RUNNING: 40.0 40.0"}},
		{"a span adds the flows of its years and takes the last stock", func(s *scenario) {
			s.send("A", "Q", "2025-Q1", "2025-04-10", "FLOW=1 STOCK=10")
			s.send("A", "Q", "2026-Q4", "2027-01-10", "FLOW=2 STOCK=20")
			s.send("A", "Y", "2025", "2026-01-10", "RUNNING=5")
			s.send("A", "Y", "2026-H1", "2026-07-10", "RUNNING=6")
			s.send("A", "Y", "2026", "2027-01-10", "RUNNING=8")
		}, "2025..2026", sums, []string{"A FLOW: 3.0 3.0", "A STOCK: 20.0 20.0", "A RUNNING: 13.0 13.0"}},
		{"previous is the same period last year", func(s *scenario) {
			s.send("A", "Q", "2025-Q1", "2025-04-10", "FLOW=2")
			s.send("A", "Q", "2026-Q1", "2026-04-10", "FLOW=3")
		}, "2026-Q1", "actual, previous", []string{"A FLOW: 3.0 2.0"}},
		{"a target is measured against the year so far", func(s *scenario) {
			s.target("A", "FLOW", 20)
			s.send("A", "Q", "2026-Q1", "2026-04-10", "FLOW=3")
			s.send("A", "Q", "2026-Q2", "2026-07-10", "FLOW=7")
		}, "2026-Q2", measured, []string{"A FLOW: 20.0 0.5 9.9178 1.008287 not_met"}},
		{"a parent without a target is measured by the units that have one", func(s *scenario) {
			s.target("A", "FLOW", 20)
			s.target("A1", "FLOW", 5)
			s.target("B", "FLOW", 0)
			s.send("A", "Q", "2026-Q4", "2027-01-10", "FLOW=10")
			s.send("A1", "Q", "2026-Q4", "2027-01-10", "FLOW=10")
			s.send("B", "Q", "2026-Q4", "2027-01-10", "FLOW=9")
		}, "2026", measured, []string{"P FLOW: 20.0 1.0 20.0 1.0 met", "A1 FLOW: 5.0 2.0 5.0 2.0 met", "B FLOW: 0.0 null null null no_target"}},
		{"a target without data", func(s *scenario) {
			s.target("B", "FLOW", 4)
			s.send("A", "Q", "2026-Q4", "2027-01-10", "FLOW=10")
		}, "2026", measured, []string{"B FLOW: 4.0 null 4.0 null no_data", "A FLOW: null null null null no_target"}},
		{"fewer is better", func(s *scenario) {
			s.target("A", "STRIKES", 2)
			s.target("B", "STRIKES", 2)
			s.send("A", "Q", "2026-Q4", "2027-01-10", "STRIKES=2")
			s.send("B", "Q", "2026-Q4", "2027-01-10", "STRIKES=3")
		}, "2026", "rate, status", []string{"A STRIKES: 1.0 met", "B STRIKES: 1.5 not_met"}},
		{"a ratio has the target that is its own, whole", func(s *scenario) {
			s.target("P", "RATIO", 1)
			s.target("A", "RATIO", 1)
			s.send("A", "Q", "2026-Q1", "2026-04-10", "PART=1 STOCK=4")
		}, "2026-Q1", measured, []string{"P RATIO: 1.0 0.25 1.0 0.25 not_met", "B RATIO: null null null null no_target"}},
		{"coverage counts units with a figure among those due", func(s *scenario) {
			s.send("A", "Q", "2026-Q1", "2026-04-10", "FLOW=3")
			s.send("A1", "Q", "2026-Q1", "2026-04-10", "FLOW=")
			s.send("B", "Q", "2026-Q1", "2026-04-10", "FLOW=-")
		}, "2026-Q1", covered, []string{"P FLOW: 2 5", "A FLOW: 1 2", "A1 FLOW: 0 1", "P RUNNING: 0 3"}},
		{"coverage tells the units with every report", func(s *scenario) {
			s.send("A", "Q", "2026-Q1", "2026-04-10", "FLOW=3")
			s.send("A", "Q", "2026-Q2", "2026-07-10", "FLOW=3")
			s.send("B", "Q", "2026-Q1", "2026-04-10", "FLOW=3")
		}, "2026-H1", "reported, complete, due", []string{"P FLOW: 2 1 5", "A FLOW: 1 1 2"}},
		{"a unit that ended is not due", func(s *scenario) {
			s.send("C", "Q", "2026-Q2", "2026-07-10", "FLOW=8")
		}, "2026", covered, []string{"P FLOW: 0 4", "C FLOW: 0 0"}},
		{"a unit that ends between two cut-offs keeps its half-year's flows", func(s *scenario) {
			s.send("C", "Y", "2026-H1", "2026-07-10", "RUNNING=25") // C ends on 31 August
			s.send("C", "Q", "2026-Q2", "2026-07-10", "STOCK=80")
			s.send("B", "Y", "2026", "2027-01-10", "RUNNING=4")
		}, "2026", "coalesce(actual::VARCHAR, 'null'), reported, due", []string{"P RUNNING: 29.0 1 2", "P STOCK: null 0 4", "C STOCK: null 0 0"}},
		{"its stocks stand at a cut-off before its end", func(s *scenario) {
			s.send("C", "Q", "2026-Q2", "2026-07-10", "STOCK=80")
		}, "2026-H1", "coalesce(actual::VARCHAR, 'null'), reported, due", []string{"P STOCK: 80.0 1 5", "C STOCK: 80.0 1 1"}},
		{"a form whose basis changes counts nothing twice", func(s *scenario) {
			s.changeBasis()
			s.send("A", "Q", "2026-Q1", "2026-04-10", "FLOW=1")
			s.send("A", "Q", "2026-Q2", "2026-07-10", "FLOW=2")
			s.send("A", "Q", "2026", "2027-01-10", "FLOW=20")
			s.send("B", "Q", "2026-Q1", "2026-04-10", "FLOW=5")
		}, "2026", "coalesce(actual::VARCHAR, 'null'), coalesce(missing_spans, ''), missing_span_units", []string{
			"A1 FLOW: null 2026 1", "A FLOW: 20.0 2026 1", "B FLOW: 5.0 2026 1", "P FLOW: 25.0 2026 3",
		}},
		{"a slice after the basis changed is what is beyond the quarters before", func(s *scenario) {
			s.changeBasis()
			s.send("A", "Q", "2026-Q1", "2026-04-10", "FLOW=1")
			s.send("A", "Q", "2026-Q2", "2026-07-10", "FLOW=2")
			s.send("A", "Q", "2026-9M", "2026-10-10", "FLOW=10")
			s.send("B", "Q", "2026-Q2", "2026-07-10", "FLOW=2")
			s.send("B", "Q", "2026-9M", "2026-10-10", "FLOW=10")
		}, "2026-Q3", sums, []string{"A FLOW: 7.0 10.0", "B FLOW: null 10.0"}},
		{"by present units a merged unit is summed into its successor", func(s *scenario) {
			s.end("C", "B")
			s.target("C", "FLOW", 10)
			s.target("B", "FLOW", 20)
			s.send("C", "Q", "2026-Q2", "2026-07-10", "FLOW=8 STOCK=80 PART=20 WAGE=100 HEADS=1")
			s.send("B", "Q", "2026-Q2", "2026-07-10", "FLOW=1 STOCK=20 PART=20 WAGE=200 HEADS=3")
		}, "2026-Q2 present", "coalesce(actual::VARCHAR, 'null'), coalesce(target::VARCHAR, 'null'), coalesce(rate::VARCHAR, 'null'), reported, due", []string{
			"B FLOW: 9.0 30.0 0.3 2 2", "B STOCK: 100.0 null null 2 2", "B RATIO: 0.4 null null 2 2", "B WAGE: 175.0 null null 2 2",
			"P FLOW: 9.0 30.0 0.3 2 5", "C FLOW: none",
		}},
		{"by present units the year before is that of the units of today", func(s *scenario) {
			s.end("C", "B")
			s.send("C", "Q", "2025-Q4", "2026-01-10", "FLOW=8 STOCK=80")
			s.send("B", "Q", "2025-Q4", "2026-01-10", "FLOW=1 STOCK=20")
			s.send("B", "Q", "2026-Q4", "2027-01-10", "FLOW=10 STOCK=90")
		}, "2026-Q4 present", "coalesce(previous::VARCHAR, 'null'), break", []string{"B FLOW: 9.0 ", "B STOCK: 100.0 ", "P STOCK: 100.0 "}},
		{"as it was, a successor's year before is its own, with a footnote", func(s *scenario) {
			s.end("C", "B")
			s.send("C", "Q", "2025-Q4", "2026-01-10", "FLOW=8 STOCK=80")
			s.send("B", "Q", "2025-Q4", "2026-01-10", "FLOW=1 STOCK=20")
		}, "2026-Q4", "coalesce(previous::VARCHAR, 'null'), break, break_on", []string{"B FLOW: 1.0 members 2026-08-31", "P STOCK: 100.0 ", "C STOCK: 80.0 members 2026-08-31"}},
		{"a split breaks the series of the unit and its heirs, not of what holds them all", func(s *scenario) {
			s.end("C", "A", "B")
			s.send("C", "Q", "2025-Q4", "2026-01-10", "FLOW=8")
			s.send("B", "Q", "2025-Q4", "2026-01-10", "FLOW=1")
		}, "2026-Q4", "coalesce(previous::VARCHAR, 'null'), break, break_on", []string{
			"B FLOW: null split 2026-08-31", "A FLOW: null split 2026-08-31", "P FLOW: 9.0 ", "A1 FLOW: null ",
		}},
		{"a unit that was moved stands under its parent of the cut-off", func(s *scenario) {
			s.move("A1", "B")
			s.send("A1", "Q", "2026-Q1", "2026-04-10", "FLOW=3")
			s.send("A1", "Q", "2025-Q4", "2026-01-10", "FLOW=7")
		}, "2026-Q4", "coalesce(ytd::VARCHAR, 'null'), coalesce(previous::VARCHAR, 'null'), break, reported, due", []string{
			"A FLOW: null 7.0 members 0 1", "B FLOW: 3.0 null members 0 2", "A1 FLOW: 3.0 7.0  0 1", "P FLOW: 3.0 7.0 members 0 4",
		}},
		{"the last earlier stock stands beside an empty one", func(s *scenario) {
			s.send("A", "Q", "2026-Q1", "2026-04-10", "STOCK=100")
		}, "2026-Q2", "coalesce(actual::VARCHAR, 'null'), last_value::DOUBLE, last_cut_off, last_age_days", []string{"A STOCK: null 100.0 2026-03-31 91"}},
		{"a form's own year tells how much of it is gone", func(s *scenario) {
			s.schoolYear()
			s.target("A", "RUNNING", 273)
			s.target("A", "FLOW", 365)
			s.send("A", "Y", "2026-H1", "2026-01-10", "RUNNING=61")
			s.send("A", "Q", "2026-Q2", "2026-07-10", "FLOW=181")
		}, "2026-H1", measured, []string{"A RUNNING: 273.0 0.223443 122.0 0.5 not_met", "A FLOW: 365.0 0.49589 181.0 1.0 not_met"}},
		{"reports of a form's own year stand in the year of their code", func(s *scenario) {
			s.schoolYear()
			s.send("A", "Y", "2026-H1", "2026-01-10", "RUNNING=61")
			s.send("A", "Y", "2026", "2026-06-10", "RUNNING=100")
			s.send("A", "Q", "2026-Q4", "2027-01-10", "FLOW=3")
		}, "2026", "actual, reported, due", []string{"P RUNNING: 100.0 1 2", "P FLOW: 3.0 1 4"}},
		{"a nil is kept, a qualifier is carried", func(s *scenario) {
			s.send("A", "Q", "2026-Q1", "2026-04-10", "FLOW=- STOCK=>500")
			s.send("B", "Q", "2026-Q1", "2026-04-10", "FLOW=- STOCK=3")
		}, "2026-Q1", "actual, qualifier, state", []string{"P FLOW: 0.0 exact nil", "P STOCK: 503.0 at_least number"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := province()
			tt.prepare(s)
			if diff := cmp.Diff(tt.want, s.figures(t, tt.period, tt.columns, asked(tt.want)...)); diff != "" {
				t.Errorf("figures mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

// asked is the units and indicators of lines such as "A FLOW: 3.0".
func asked(lines []string) []string {
	var all []string
	for _, line := range lines {
		a, _, _ := strings.Cut(line, ":")
		all = append(all, a)
	}
	return all
}
