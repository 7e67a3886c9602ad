package store_test

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"tonghop/pipeline"
	"tonghop/pipeline/store"
)

// work does one transaction in a new database, which must not fail.
func work(t *testing.T, do func(ctx context.Context, tx *store.Tx) error) {
	t.Helper()
	db := open(t, filepath.Join(t.TempDir(), "x.duckdb"))
	ctx := context.Background()
	if err := db.Transact(ctx, func(tx *store.Tx) error { return do(ctx, tx) }); err != nil {
		t.Fatal(err)
	}
	shut(t, db)
}

// submission is An's for the first quarter, taken n hours after the first one.
func submission(sha, file string, hours int) pipeline.Submission {
	first := time.Date(2026, 4, 10, 8, 0, 0, 0, time.UTC)
	return pipeline.Submission{
		Folder: "A", SHA256: sha, File: file, Size: 7, ModTime: first, FirstSeen: first.Add(time.Duration(hours) * time.Hour),
		Unit: "A", Form: "HD", Period: pipeline.Period{Kind: pipeline.Quarter, Year: 2026, N: 1}, Verdict: pipeline.Accepted,
	}
}

// Answers are given in the order in which the submissions came, not by hash.
func TestPromises(t *testing.T) {
	t.Parallel()
	work(t, func(ctx context.Context, tx *store.Tx) error {
		refused := submission("a", "A/z.xlsx", 0)
		refused.Verdict = pipeline.Refused
		all := []pipeline.Submission{submission("c", "A/x.xlsx", 1), submission("b", "A/x.xlsx", 3), submission("d", "A/y.xlsx", 2), refused}
		if err := tx.Load(ctx, store.Each(all...), time.UTC); err != nil {
			return err
		}
		if err := tx.AddPending(ctx, store.PendingFeedback, []string{"A/b", "A/c", "A/d"}); err != nil {
			return err
		}
		if err := tx.AddPending(ctx, store.PendingPage, []string{"A/a"}); err != nil {
			return err
		}
		promised, err := tx.Promises(ctx)
		type row struct {
			SHA256, Kind string
			Overtaken    bool
		}
		var got []row
		for _, p := range promised {
			got = append(got, row{p.SHA256, p.Kind, p.Overtaken})
			if !p.FirstAccepted.Equal(all[0].FirstSeen) {
				t.Errorf("%s: first accepted %v, want %v", p.SHA256, p.FirstAccepted, all[0].FirstSeen)
			}
		}
		want := []row{{"a", "feedback_page", false}, {"c", "feedback", true}, {"d", "feedback", false}, {"b", "feedback", false}}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("promises mismatch (-want +got):\n%s", diff)
		}
		return err
	})
}

func TestDoneStrikesOffOneKind(t *testing.T) {
	t.Parallel()
	work(t, func(ctx context.Context, tx *store.Tx) error {
		for _, kind := range []string{store.PendingPeriod, store.PendingFeedback} {
			if err := tx.AddPending(ctx, kind, []string{"x", "y"}); err != nil {
				return err
			}
		}
		if err := tx.Done(ctx, store.PendingPeriod, []string{"x", "never promised"}); err != nil {
			return err
		}
		for kind, want := range map[string][]string{store.PendingPeriod: {"y"}, store.PendingFeedback: {"x", "y"}} {
			got, err := tx.Pending(ctx, kind)
			if err != nil {
				return err
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("pending %s mismatch (-want +got):\n%s", kind, diff)
			}
		}
		return nil
	})
}

// What is put in the place of findings leaves the others as they are.
func TestReplaceFindings(t *testing.T) {
	t.Parallel()
	work(t, func(ctx context.Context, tx *store.Tx) error {
		s := submission("a", "A/x.xlsx", 0)
		s.Findings = []pipeline.Finding{{Code: "unit_unnamed", Severity: pipeline.SeverityWarning}}
		if err := tx.Load(ctx, store.Each(s), time.UTC); err != nil {
			return err
		}
		for _, file := range []string{"y", "z"} {
			note := pipeline.Finding{Code: "newer_counts", Severity: pipeline.SeverityNotice, Args: []pipeline.Arg{{Name: "file", Value: file}}}
			if err := tx.ReplaceFindings(ctx, s, []string{"newer_counts", "replaces_older"}, []pipeline.Finding{note}); err != nil {
				return err
			}
			got, err := recall(ctx, tx, s)
			if err != nil {
				return err
			}
			if diff := cmp.Diff([]pipeline.Finding{s.Findings[0], note}, got[0].Findings); diff != "" {
				t.Errorf("findings mismatch (-want +got):\n%s", diff)
			}
		}
		return nil
	})
}

// Facts come back as they were read, quotients with all their decimals.
func TestFactsComeBack(t *testing.T) {
	t.Parallel()
	fact := func(indicator, digits, raw string) pipeline.Fact {
		return pipeline.Fact{
			Indicator: indicator, Measure: pipeline.MeasureValue, State: pipeline.StateNumber, Value: decimal.RequireFromString(digits),
			Qualifier: pipeline.AtLeast, Raw: raw, Note: "ghi chú", Sheet: "Biểu", Cell: "D1",
		}
	}
	work(t, func(ctx context.Context, tx *store.Tx) error {
		s := submission("a", "A/x.xlsx", 0)
		s.Facts = []pipeline.Fact{
			fact("Z", "12066", "12.066"), fact("A", "0.612307807274833", "0.612307807274833"), fact("M", "0.05", "5.0000000000000003E-2"),
			fact("B", "0.3333333333", "1/3"), fact("C", "7", "NaN"),
			fact("E", "1250", "1250"), fact("F", "1250", "1250.0"), fact("G", "1250", "01250"), fact("H", "1250", ""), fact("I", "-5", "-5"), fact("J", "5", "-5"),
			fact("K", "999999999999999", "999999999999999"), fact("L", "0", "0"), fact("M", "0", "-"), fact("N", "0.5", "0.5"), fact("O", "1e3", "1000"),
			{Indicator: "D", Measure: pipeline.MeasureYTD, State: pipeline.StateBlank, Qualifier: pipeline.Exact},
			{Indicator: "P", Measure: pipeline.MeasureYTD, State: pipeline.StateBlank, Qualifier: pipeline.Exact, Raw: "mười"},
		}
		if err := tx.Load(ctx, store.Each(s), time.UTC); err != nil {
			return err
		}
		got, err := recall(ctx, tx, s)
		if diff := cmp.Diff(s.Facts, got[0].Facts, cmp.Comparer(func(a, b decimal.Decimal) bool { return a.Sub(b).Abs().LessThan(decimal.New(1, -15)) })); diff != "" {
			t.Errorf("facts mismatch (-want +got):\n%s", diff)
		}
		return err
	})
}

// Copies of a form share their places, in whichever transaction they come; what
// stands elsewhere in one of them is found there.
func TestPlacesAreShared(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	db := open(t, filepath.Join(t.TempDir(), "x.duckdb"))
	copyOf := func(sha string, cells ...string) pipeline.Submission {
		s := submission(sha, "A/"+sha+".xlsx", 0)
		for i, cell := range cells {
			s.Facts = append(s.Facts, pipeline.Fact{
				Indicator: fmt.Sprint(i), Measure: pipeline.MeasureValue, State: pipeline.StateNumber, Value: decimal.NewFromInt(int64(i)),
				Qualifier: pipeline.Exact, Raw: fmt.Sprint(i), Sheet: "Biểu", Cell: cell,
			})
		}
		return s
	}
	all := []pipeline.Submission{copyOf("a", "D1", "D2", "D3"), copyOf("b", "D1", "D3", "D4"), copyOf("c", "D1", "D2", "D3"), copyOf("d"), copyOf("e", "D1", "D3", "D4"), copyOf("f", "D1", "D2")}
	all[5].Facts[1].Indicator = "another"
	for _, s := range all {
		if err := db.Transact(ctx, func(tx *store.Tx) error { return tx.Load(ctx, store.Each(s), time.UTC) }); err != nil {
			t.Fatal(err)
		}
	}
	all[2] = copyOf("c", "D1", "D9")
	err := db.Transact(ctx, func(tx *store.Tx) error {
		if err := tx.ReplaceFigures(ctx, all[2]); err != nil {
			return err
		}
		got, err := recall(ctx, tx, all...)
		if err != nil {
			return err
		}
		for i, s := range all {
			if diff := cmp.Diff(s.Facts, got[i].Facts); diff != "" {
				t.Errorf("facts of %s mismatch (-want +got):\n%s", s.SHA256, diff)
			}
		}
		places := 0
		err = tx.Query(ctx, func(rows *sql.Rows) error { return rows.Scan(&places) }, "SELECT count(*) FROM raw_place")
		if places != 7 { // of indicator 0 one, of 1 three, of 2 two, of another one
			t.Errorf("%d places, want the 7 that differ", places)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	shut(t, db)
}

// A held submission that is judged anew came when it first came, on the day that
// it was then.
func TestHeldKeepsItsArrival(t *testing.T) {
	t.Parallel()
	tokyo := time.FixedZone("+09", 9*3600)
	work(t, func(ctx context.Context, tx *store.Tx) error {
		s := submission("a", "A/x.xlsx", 8) // already the next day in Tokyo
		s.Verdict, s.Unit, s.Form, s.Period = pipeline.Held, "", "", pipeline.Period{}
		if err := tx.Load(ctx, store.Each(s), time.UTC); err != nil {
			return err
		}
		if err := tx.Load(ctx, store.Each(submission("a", "A/x.xlsx", 100)), tokyo); err != nil {
			return err
		}
		entries, err := tx.Entries(ctx)
		want := map[string]store.Entry{"A/a": {Verdict: pipeline.Accepted, FirstSeen: s.FirstSeen}}
		if diff := cmp.Diff(want, entries); diff != "" {
			t.Errorf("ledger mismatch (-want +got):\n%s", diff)
		}
		if got := receivedOn(ctx, t, tx); !got.Equal(pipeline.Day(2026, 4, 10)) {
			t.Errorf("received on %v, want the day that it was", got)
		}
		return err
	})
}

func TestSubmittedPeriodsTellAccepted(t *testing.T) {
	t.Parallel()
	work(t, func(ctx context.Context, tx *store.Tx) error {
		slip := submission("b", "A/y.xlsx", 0)
		slip.Verdict, slip.Period.Year = pipeline.Refused, 1996
		again := submission("c", "A/z.xlsx", 1)
		again.Verdict = pipeline.Refused
		if err := tx.Load(ctx, store.Each(submission("a", "A/x.xlsx", 0), slip, again), time.UTC); err != nil {
			return err
		}
		got, err := tx.SubmittedPeriods(ctx)
		want := []store.FormPeriod{{Form: "HD", Period: slip.Period}, {Form: "HD", Period: again.Period, Accepted: true}}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("periods mismatch (-want +got):\n%s", diff)
		}
		return err
	})
}
