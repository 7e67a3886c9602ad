package transform_test

import (
	"database/sql"
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tonghop/pipeline/store"
	"tonghop/pipeline/transform"
	tonghopsql "tonghop/sql"
)

// Every SQL file says what it gives, its grain and what it reads; the list is
// that of the tables its text names, and models read only what stands before
// them.
func TestHeaders(t *testing.T) {
	t.Parallel()
	db := emptyModels(t)
	made := map[string]bool{}
	for _, folder := range []string{"schema", "views", "ledger", "models", "checks", "reports"} {
		statements, err := store.Statements(tonghopsql.Files, folder)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range statements {
			header, err := transform.ParseHeader(s.Text)
			if err != nil {
				t.Errorf("%s: %v", s.Name, err)
				continue
			}
			if folder == "schema" {
				made[caseName(s.Name)] = true
				continue
			}
			var named []string
			err = db.Transact(t.Context(), func(tx *store.Tx) (err error) {
				_, text := transform.Query(s.Text)
				named, err = transform.Tables(t.Context(), tx, text)
				return err
			})
			if err != nil {
				t.Errorf("%s: %v", s.Name, err)
				continue
			}
			if diff := cmp.Diff(named, header.Reads); diff != "" {
				t.Errorf("%s names other tables than its header (-text +header):\n%s", s.Name, diff)
			}
			for _, table := range named {
				if !made[table] {
					t.Errorf("%s reads %s, which is made later or never", s.Name, table)
				}
			}
			if folder != "checks" && folder != "reports" {
				if table, _ := transform.Query(s.Text); table != caseName(s.Name) {
					t.Errorf("%s makes the table %q", s.Name, table)
				}
				made[caseName(s.Name)] = true
			}
		}
	}
}

// No join compares every row with every other: DuckDB plans that where an outer
// join has a condition on its left table alone.
func TestJoinsAreByKeys(t *testing.T) {
	t.Parallel()
	db := emptyModels(t)
	for _, folder := range []string{"views", "ledger", "models", "checks"} {
		statements, err := store.Statements(tonghopsql.Files, folder)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range statements {
			_, text := transform.Query(s.Text)
			err := db.Transact(t.Context(), func(tx *store.Tx) error {
				return tx.Query(t.Context(), func(rows *sql.Rows) error {
					var key, plan string
					err := rows.Scan(&key, &plan)
					if err == nil && hasOuterLoop(t, plan) {
						t.Errorf("%s joins every row with every other; see EXPLAIN", s.Name)
					}
					return err
				}, "EXPLAIN (FORMAT json) "+text)
			})
			if err != nil {
				t.Errorf("%s: %v", s.Name, err)
			}
		}
	}
}

// hasOuterLoop tells whether a plan of DuckDB has an outer join by nested loops.
// Inner ones are joins of small tables by ranges.
func hasOuterLoop(t *testing.T, plan string) bool {
	t.Helper()
	type step struct {
		Name     string
		Children []step
		Info     map[string]any `json:"extra_info"`
	}
	var steps []step
	if err := json.Unmarshal([]byte(plan), &steps); err != nil {
		t.Fatal(err)
	}
	for len(steps) > 0 {
		s := steps[0]
		if s.Name == "BLOCKWISE_NL_JOIN" && s.Info["Join Type"] != "INNER" {
			return true
		}
		steps = append(steps[1:], s.Children...)
	}
	return false
}

// The grain of every model is checked in every run.
func TestEveryGrainIsChecked(t *testing.T) {
	t.Parallel()
	checks, err := store.Statements(tonghopsql.Files, "checks")
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(checks, func(s store.Statement) bool { return filepath.Base(s.Name) == "grain.sql" })
	header, err := transform.ParseHeader(checks[at].Text)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range allModels(t) {
		if !slices.Contains(header.Reads, caseName(m.Name)) {
			t.Errorf("checks/grain.sql does not check %s", m.Name)
		}
	}
}

func TestTables(t *testing.T) {
	t.Parallel()
	db := emptyModels(t)
	tests := []struct {
		name, query string
		want        []string
		fault       string
	}{
		{"tables of every place, without those of WITH", `WITH RECURSIVE a AS (FROM raw_fact AS r), b AS (SELECT * FROM a JOIN main.cat_unit USING (x))
			SELECT (SELECT max(y) FROM stg_y) FROM b, (FROM run_period) WHERE period = $period AND EXISTS (FROM stg_x)`,
			[]string{"cat_unit", "raw_fact", "run_period", "stg_x", "stg_y"}, ""},
		{"a file in the place of a table", "FROM '/etc/passwd'", []string{"/etc/passwd"}, ""},
		{"no table", "SELECT 1", nil, ""},
		{"two statements", "SELECT 1; SELECT 2", nil, "2 statements"},
		{"a statement that writes", "DELETE FROM raw_fact", nil, "not one SELECT"},
		{"nothing", "-- only a comment", nil, "0 statements"},
		{"a slip, with its line", "SELECT 1\nFROM a\nWERE b", nil, "line 3"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			err := db.Transact(t.Context(), func(tx *store.Tx) (err error) {
				got, err = transform.Tables(t.Context(), tx, tt.query)
				return err
			})
			if (err != nil) != (tt.fault != "") || err != nil && !strings.Contains(err.Error(), tt.fault) {
				t.Fatalf("fault %v, want %q", err, tt.fault)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("tables mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

func TestParseHeader(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text string
		want       transform.Header
		fault      string
	}{
		{"several lines", "-- What it is,\n-- at length.\n-- grain: one row per unit; no more\n-- reads: b,\n-- a\nSELECT 1", transform.Header{
			What: "What it is, at length.", Grain: "one row per unit; no more", Reads: []string{"a", "b"},
		}, ""},
		{"nothing to read", "-- X.\n-- grain: one row per x\n-- reads: nothing; replaced whole\nSELECT 1", transform.Header{What: "X.", Grain: "one row per x"}, ""},
		{"no header", "SELECT 1 -- reads: a", transform.Header{}, "what"},
		{"no list of tables", "-- X.\n-- grain: one row per x\nSELECT 1", transform.Header{}, "reads"},
		{"no grain", "-- X.\n-- reads: a\nSELECT 1", transform.Header{}, "grain"},
		{"another grain", "-- X.\n-- grain: units\n-- reads: a\nSELECT 1", transform.Header{}, "grain"},
		{"no words", "-- grain: one row per x\n-- reads: a\nSELECT 1", transform.Header{}, "what"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := transform.ParseHeader(tt.text)
			if tt.fault != "" {
				if err == nil || !strings.Contains(err.Error(), tt.fault) {
					t.Errorf("fault %v, want one with %q", err, tt.fault)
				}
				return
			}
			if diff := cmp.Diff(tt.want, got); err != nil || diff != "" {
				t.Errorf("header: %v, mismatch (-want +got):\n%s", err, diff)
			}
		})
	}
}
