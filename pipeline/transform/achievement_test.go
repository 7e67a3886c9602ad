package transform_test

import (
	"context"
	"database/sql"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"tonghop/pipeline"
	"tonghop/pipeline/store"
)

// score gives an indicator points.
func (s *scenario) score(indicator, weight string) {
	for i := range s.catalogue.Indicators {
		if x := &s.catalogue.Indicators[i]; x.Code == indicator {
			points := decimal.RequireFromString(weight)
			x.ScoreWeight = &points
		}
	}
}

// grade adds a grade to the scale that is valid from one day to another; zero
// is no end.
func (s *scenario) grade(name string, minScore int64, from, to time.Time) {
	s.catalogue.Grades = append(s.catalogue.Grades, pipeline.Grade{
		Name: name, MinScore: decimal.NewFromInt(minScore), Valid: pipeline.Window{Start: from, End: to},
	})
}

// targetOf assigns a target for a year.
func (s *scenario) targetOf(year int, unit, indicator, value string) {
	s.catalogue.Targets = append(s.catalogue.Targets, pipeline.Target{
		Unit: unit, Indicator: indicator, Year: year, Value: decimal.RequireFromString(value),
	})
}

// rows computes a period and lists what query gives of it, one text a row.
func (s *scenario) rows(t *testing.T, period, query string) []string {
	t.Helper()
	var got []string
	s.within(t, period, func(ctx context.Context, tx *store.Tx) error {
		return tx.Query(ctx, func(rows *sql.Rows) error {
			var row string
			err := rows.Scan(&row)
			got = append(got, row)
			return err
		}, query)
	})
	return got
}

// The targets of a span of years.
func TestSpanTargets(t *testing.T) {
	t.Parallel()
	s := province()
	for _, x := range []struct {
		year            int
		indicator, goal string
	}{{2025, "FLOW", "10"}, {2026, "FLOW", "15"}, {2025, "STOCK", "100"}, {2026, "STOCK", "80"}, {2025, "RATIO", "0.5"}} {
		s.targetOf(x.year, "A", x.indicator, x.goal)
	}
	s.send("A", "Q", "2025-Q4", "2026-01-10", "FLOW=10 STOCK=100 PART=50")
	s.send("A", "Q", "2026-Q4", "2027-01-10", "FLOW=10 STOCK=90 PART=45")
	want := []string{"A FLOW: 25.0 0.8 25.0 0.8 not_met", "A STOCK: 80.0 1.125 80.0 1.125 met", "A RATIO: null null null null no_target"}
	if diff := cmp.Diff(want, s.figures(t, "2025..2026", measured, asked(want)...)); diff != "" {
		t.Errorf("a span's targets mismatch (-want +got):\n%s", diff)
	}
}

// Scores from reports to points, and the counts of targets that go with them.
func TestScores(t *testing.T) {
	t.Parallel()
	const scores = "SELECT concat_ws(' ', unit, coalesce(score::DOUBLE::VARCHAR, '-') || '/' || coalesce(max_score::DOUBLE::VARCHAR, '-'), coalesce(round(share::DOUBLE, 4)::VARCHAR, '-'), met, not_met, no_data, targets) FROM fct_score JOIN run_period USING (period) WHERE published AND targets > 0 ORDER BY unit"
	tests := []struct {
		name    string
		prepare func(s *scenario)
		want    []string // unit, score/max, share, met, not met, no data, targets
	}{
		{"points in proportion to the rate, at most those of the target", func(s *scenario) {
			s.score("FLOW", "30")
			s.target("A", "FLOW", 20)
			s.target("B", "FLOW", 20)
			s.send("A", "Q", "2026-Q4", "2027-01-10", "FLOW=15")
			s.send("B", "Q", "2026-Q4", "2027-01-10", "FLOW=90")
		}, []string{"A 22.5/30.0 0.75 0 1 0 1", "B 30.0/30.0 1.0 1 0 0 1", "P 30.0/30.0 1.0 1 0 0 1"}},
		{"what has no target is left out, what has no data counts nothing", func(s *scenario) {
			s.score("FLOW", "30")
			s.score("STOCK", "50")
			s.score("HEADS", "20")
			s.target("A", "FLOW", 20)
			s.target("A", "STOCK", 100)
			s.target("A", "HEADS", 0)
			s.target("A", "PART", 1) // not scored
			s.send("A", "Q", "2026-Q4", "2027-01-10", "FLOW=20 STOCK= HEADS=7 PART=1")
		}, []string{"A 30.0/80.0 0.375 2 0 1 3", "P 30.0/80.0 0.375 2 0 1 3"}},
		{"thirds add up without drifting", func(s *scenario) {
			s.score("FLOW", "10")
			s.score("STOCK", "20")
			s.target("A", "FLOW", 3)
			s.target("A", "STOCK", 3)
			s.send("A", "Q", "2026-Q4", "2027-01-10", "FLOW=1 STOCK=1")
		}, []string{"A 10.0/30.0 0.3333 0 2 0 2", "P 10.0/30.0 0.3333 0 2 0 2"}},
		{"no scored target, no score", func(s *scenario) {
			s.score("STOCK", "20")
			s.target("A", "FLOW", 3)
		}, []string{"A -/- - 0 0 1 1", "P -/- - 0 0 1 1"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := province()
			tt.prepare(s)
			if diff := cmp.Diff(tt.want, s.rows(t, "2026", scores)); diff != "" {
				t.Errorf("scores mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

// Grades go by the scale of the rated year, ranks by score among units of one
// kind under one parent.
func TestGradesAndRanks(t *testing.T) {
	t.Parallel()
	s := province()
	s.catalogue.Units = append(s.catalogue.Units, pipeline.Unit{Code: "D", Name: "D", Kind: "district", Parent: "P", Valid: open(2010), Folder: "D"},
		pipeline.Unit{Code: "S", Name: "S", Kind: "sector", Parent: "P", Valid: open(2010), Folder: "S"})
	s.score("FLOW", "100")
	// A rule of 2025 for the years to 2025, another, decided later, from 2026 on.
	s.grade("strong", 85, time.Time{}, pipeline.Day(2025, time.December, 31))
	s.grade("weak", 0, time.Time{}, pipeline.Day(2025, time.December, 31))
	s.grade("excellent", 90, pipeline.Day(2026, time.January, 1), time.Time{})
	s.grade("good", 50, pipeline.Day(2026, time.January, 1), time.Time{})
	for _, unit := range []string{"A", "B", "C", "D", "S"} {
		for _, year := range []int{2025, 2026} {
			s.targetOf(year, unit, "FLOW", "100")
		}
	}
	for unit, reached := range map[string][2]string{"A": {"85", "90"}, "B": {"90", "90"}, "C": {"99", "95"}, "D": {"10", "49"}, "S": {"1", "50"}} {
		s.send(unit, "Q", "2025-Q1", "2025-04-10", "FLOW="+reached[0])
		s.send(unit, "Q", "2026-Q1", "2026-04-10", "FLOW="+reached[1])
	}
	const ranks = "SELECT concat_ws(' ', s.period, s.unit, s.score::DOUBLE, coalesce(s.grade, '-'), coalesce(s.rank || '/' || s.rank_of, '-')) FROM fct_score AS s WHERE score IS NOT NULL AND unit <> 'P' ORDER BY ALL"
	want := []string{
		"2025 A 85.0 strong 3/4", "2025 B 90.0 strong 2/4", "2025 C 99.0 strong 1/4", "2025 D 10.0 weak 4/4", "2025 S 1.0 weak 1/1",
		"2026 A 90.0 excellent 1/3", "2026 B 90.0 excellent 1/3", "2026 C 95.0 excellent -", "2026 D 49.0 - 3/3", "2026 S 50.0 good 1/1",
	}
	if diff := cmp.Diff(want, s.rows(t, "2026", ranks)); diff != "" {
		t.Errorf("grades and ranks mismatch (-want +got):\n%s", diff)
	}
	var report []string
	s.within(t, "2026", func(ctx context.Context, tx *store.Tx) error {
		return tx.Report(ctx, "scores", func(rows *sql.Rows) error {
			var row string
			skip := new(any)
			var rank, previous sql.NullInt64
			err := rows.Scan(&row, skip, skip, skip, skip, &rank, skip, skip, skip, skip, skip, &previous)
			report = append(report, row+" "+was(rank)+" "+was(previous))
			return err
		}, sql.Named("period", "2026"))
	})
	if diff := cmp.Diff([]string{"P 1 1", "A 1 3", "B 1 2", "D 3 4", "C - 1", "S 1 1", "A1 - -"}, report); diff != "" {
		t.Errorf("ranking and last year's ranks mismatch (-want +got):\n%s", diff)
	}
}

func was(rank sql.NullInt64) string {
	if !rank.Valid {
		return "-"
	}
	return decimal.NewFromInt(rank.Int64).String()
}
