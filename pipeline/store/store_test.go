package store_test

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"tonghop/pipeline"
	"tonghop/pipeline/store"
	"tonghop/pipeline/transform"
)

func open(t *testing.T, path string) *store.DB {
	t.Helper()
	db, err := store.Open(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	return db
}

func shut(t *testing.T, db *store.DB) {
	t.Helper()
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

func pending(t *testing.T, db *store.DB) (keys []string) {
	t.Helper()
	ctx := context.Background()
	err := db.Transact(ctx, func(tx *store.Tx) (err error) {
		keys, err = tx.Pending(ctx, store.PendingPeriod)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return keys
}

// A path may hold what a data source name or an SQL text would stumble over.
func TestOpenKeepsWhatWasWritten(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "Sở 100% 'x'.duckdb")
	db := open(t, path)
	err := db.Transact(ctx, func(tx *store.Tx) error {
		return tx.AddPending(ctx, store.PendingPeriod, []string{"2026", "2026", "2025"})
	})
	if err != nil {
		t.Fatal(err)
	}
	shut(t, db)
	if _, err := os.Stat(path + ".wal"); !errors.Is(err, os.ErrNotExist) {
		t.Error("closing left a write-ahead log: the file alone is not whole")
	}
	db = open(t, path)
	if diff := cmp.Diff([]string{"2025", "2026"}, pending(t, db)); diff != "" {
		t.Errorf("pending mismatch (-want +got):\n%s", diff)
	}
	shut(t, db)
}

func TestQuestionMarkInPath(t *testing.T) {
	t.Parallel()
	if _, err := store.Open(context.Background(), filepath.Join(t.TempDir(), "a?b.duckdb")); err == nil {
		t.Error("a path that DuckDB misreads was opened")
	}
}

// DuckDB commits in silence after a failed statement; a Tx does not.
func TestFailureLeavesNothing(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	fault := errors.New("fault of the caller")
	tests := []struct {
		name string
		work func(tx *store.Tx) error
	}{
		{"the work fails", func(*store.Tx) error { return fault }},
		{"a statement fails and its error is dropped", func(tx *store.Tx) error {
			_ = tx.Exec(ctx, "INSERT INTO no_such_table VALUES (1)")
			return nil
		}},
		{"a query fails and its error is dropped", func(tx *store.Tx) error {
			_ = tx.Query(ctx, func(*sql.Rows) error { return nil }, "SELECT no_such_column FROM pending")
			return nil
		}},
		{"a row does not fit", func(tx *store.Tx) error {
			return tx.Append("pending", [][]any{{"period", "2024"}, {"period", 7}})
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			db := open(t, filepath.Join(t.TempDir(), "x.duckdb"))
			err := db.Transact(ctx, func(tx *store.Tx) error {
				if err := tx.AddPending(ctx, store.PendingPeriod, []string{"2026"}); err != nil {
					return err
				}
				return tt.work(tx)
			})
			if err == nil {
				t.Error("Transact reported no error")
			}
			if keys := pending(t, db); len(keys) != 0 {
				t.Errorf("pending = %q, want nothing left of the failed work", keys)
			}
			shut(t, db)
		})
	}
}

// Figures go in and come out exactly.
func TestDecimalsAreExact(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	db := open(t, filepath.Join(t.TempDir(), "x.duckdb"))
	for _, digits := range []string{"0", "12.066", "-1.5", "999999999999999", "0.0000000001", "61.23"} {
		want := decimal.RequireFromString(digits)
		s := pipeline.Submission{
			Folder: "A", SHA256: digits, File: "A/x.xlsx", FirstSeen: time.Now(), Unit: "A", Form: "F",
			Period: pipeline.Period{Kind: pipeline.Year, Year: 2026}, Verdict: pipeline.Accepted,
			Facts: []pipeline.Fact{{Indicator: "I", Measure: pipeline.MeasureValue, State: pipeline.StateNumber, Value: want, Qualifier: pipeline.Exact, Cell: "D1"}},
		}
		var got *decimal.Decimal
		err := db.Transact(ctx, func(tx *store.Tx) error {
			if err := tx.Load(ctx, store.Each(s), time.UTC); err != nil {
				return err
			}
			return tx.Query(ctx, func(rows *sql.Rows) error {
				var value any
				err := rows.Scan(&value)
				got = store.Figure(value)
				return err
			}, "SELECT value FROM stg_reported JOIN raw_submission USING (submission) WHERE sha256 = $sha", sql.Named("sha", digits))
		})
		if err != nil {
			t.Fatal(err)
		}
		if got == nil || !got.Equal(want) {
			t.Errorf("%s came back as %v", digits, got)
		}
	}
	shut(t, db)
}

// receivedOn is the day on which the one submission in the ledger came.
func receivedOn(ctx context.Context, t *testing.T, tx *store.Tx) (day time.Time) {
	t.Helper()
	count := 0
	err := tx.Query(ctx, func(rows *sql.Rows) error { return rows.Scan(&day, &count) }, "SELECT received_on, count(*) OVER () FROM raw_submission")
	if err != nil || count != 1 {
		t.Fatalf("%d submissions, %v; want the one", count, err)
	}
	return day
}

// Tables that each load fills anew change their columns in silence; those that
// hold what was taken must not.
func TestLayoutOfAnotherVersion(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		alter string
		want  error
	}{
		"the same":           {"SELECT 1", nil},
		"the catalogue":      {"ALTER TABLE cat_unit DROP COLUMN ordinal", nil},
		"kept by the models": {"ALTER TABLE fct_comparison ADD COLUMN more INTEGER", nil},
		"a table less":       {"DROP TABLE raw_act CASCADE", nil},
		"a column less":      {"ALTER TABLE raw_submission DROP COLUMN acts", store.ErrLayout},
		"another type":       {"ALTER TABLE raw_fact ALTER COLUMN value TYPE DECIMAL(38, 6)", store.ErrLayout},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx, path := context.Background(), filepath.Join(t.TempDir(), "x.duckdb")
			db := open(t, path)
			if err := db.Transact(ctx, func(tx *store.Tx) error { return tx.Exec(ctx, tt.alter) }); err != nil {
				t.Fatal(err)
			}
			shut(t, db)
			db, err := store.Open(ctx, path)
			if !errors.Is(err, tt.want) {
				t.Fatalf("error = %v, want %v", err, tt.want)
			}
			if err != nil {
				return
			}
			err = db.Transact(ctx, func(tx *store.Tx) error {
				return errors.Join(tx.SaveCatalogue(ctx, store.Catalogue{Catalogue: &pipeline.Catalogue{Units: []pipeline.Unit{{Code: "A"}}}}), tx.AddActs(nil, time.UTC))
			})
			if err != nil {
				t.Errorf("load: %v", err)
			}
			shut(t, db)
		})
	}
}

// What the models keep from run to run has the columns of the schema: else it
// would be dropped whenever the database is opened.
func TestKeptTablesStay(t *testing.T) {
	t.Parallel()
	ctx, path := context.Background(), filepath.Join(t.TempDir(), "x.duckdb")
	tables := []string{"stg_series", "fct_comparison"}
	db := open(t, path)
	err := db.Transact(ctx, func(tx *store.Tx) error {
		if err := transform.Ledger(ctx, tx, func(string) {}); err != nil {
			return err
		}
		return errors.Join(tx.Exec(ctx, "INSERT INTO stg_series (unit) VALUES ('A')"), tx.Exec(ctx, "INSERT INTO fct_comparison (folder) VALUES ('A')"))
	})
	if err != nil {
		t.Fatal(err)
	}
	shut(t, db)
	db = open(t, path)
	for _, table := range tables {
		n := 0
		err := db.Transact(ctx, func(tx *store.Tx) error {
			return tx.Query(ctx, func(rows *sql.Rows) error { return rows.Scan(&n) }, "SELECT count(*) FROM "+table)
		})
		if err != nil || n != 1 {
			t.Errorf("%s has %d rows after opening, %v; want the one", table, n, err)
		}
	}
	shut(t, db)
}

// What does not fit into the memory that a database may take goes to the disk.
func TestOpenWithin(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	db, err := store.OpenWithin(ctx, filepath.Join(t.TempDir(), "small.duckdb"), 256<<20)
	if err != nil {
		t.Fatal(err)
	}
	defer shut(t, db)
	limit := ""
	err = db.Transact(ctx, func(tx *store.Tx) error {
		return tx.Query(ctx, func(rows *sql.Rows) error { return rows.Scan(&limit) }, "SELECT current_setting('memory_limit') || ' ' || parse_filename(current_setting('temp_directory'))")
	})
	if want := "256.0 MiB spill"; err != nil || limit != want {
		t.Errorf("memory and folder for the rest: %q, want %q; %v", limit, want, err)
	}
}
