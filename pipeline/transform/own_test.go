package transform_test

import (
	"context"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"tonghop/pipeline/store"
	"tonghop/pipeline/transform"
)

const ownHeader = "-- What it is.\n-- grain: one row per thing\n-- reads: "

// Staff's own files run by our rules; one that breaks them is told of, and stops
// nothing but itself.
func TestOwn(t *testing.T) {
	t.Parallel()
	db := emptyModels(t)
	err := db.Transact(t.Context(), func(tx *store.Tx) error {
		return tx.Append("setting", [][]any{{"a", "1"}, {"b", "2"}})
	})
	if err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{}
	for name, text := range map[string]string{
		"models/own_10_a.sql":        "nothing\nCREATE OR REPLACE TABLE own_10_a AS\nSELECT 1.50 AS x, DATE '2026-01-31' AS day;",
		"models/own_20_b.sql":        "own_10_a\nCREATE OR REPLACE TABLE own_20_b AS SELECT x + 1 AS y FROM own_10_a;",
		"models/own_30_slip.sql":     "nothing\nCREATE OR REPLACE TABLE own_30_slip AS\nSELECT 1\nFORM x;",
		"models/own_31_ours.sql":     "nothing\nCREATE OR REPLACE TABLE setting AS SELECT 1;",
		"models/own_32_two.sql":      "nothing\nDROP TABLE setting;\nCREATE OR REPLACE TABLE own_32_two AS SELECT 1;",
		"models/own_33_after.sql":    "nothing\nCREATE OR REPLACE TABLE own_33_after AS SELECT 1; DROP TABLE setting;",
		"models/own_34_missing.sql":  "own_30_slip\nCREATE OR REPLACE TABLE own_34_missing AS FROM own_30_slip;",
		"models/own_35_reads.sql":    "pending\nCREATE OR REPLACE TABLE own_35_reads AS FROM setting;",
		"models/own_36_divide.sql":   "setting\nCREATE OR REPLACE TABLE own_36_divide AS SELECT 'x'::INTEGER AS n FROM setting;",
		"models/Bad name.sql":        "nothing\nCREATE OR REPLACE TABLE own_x AS SELECT 1;",
		"checks/own_found.sql":       "setting\nSELECT name, value FROM setting ORDER BY name;",
		"checks/own_quiet.sql":       "setting\nSELECT name FROM setting WHERE value = '3';",
		"checks/own_slow.sql":        "nothing\nSELECT max(a.range * b.range) FROM range(1000000000) AS a, range(1000000) AS b;",
		"reports/own_file.sql":       "nothing\nFROM read_text('/etc/hostname');",
		"reports/own_path.sql":       "/etc/hostname\nFROM '/etc/hostname';",
		"reports/own_settings.sql":   "nothing\nSET lock_configuration = false;",
		"reports/own_of_periods.sql": "own_10_a, own_20_b\nSELECT $period AS period, x, day, y, NULL AS none FROM own_10_a, own_20_b;",
		"reports/own_without.sql":    "setting\nSELECT name, $period AS period FROM setting WHERE value = '3'; -- none",
	} {
		files[name] = &fstest.MapFile{Data: []byte(ownHeader + text)}
	}
	files["reports/own_bare.sql"] = &fstest.MapFile{Data: []byte("SELECT 1")}
	own := transform.Own{Files: files, Limit: 3 * time.Second, MaxRows: 100}
	for range 2 { // tables of the run before are in nobody's way
		reports, found, err := own.Run(t.Context(), db, []string{"2026-Q1", "2026"})
		if err != nil {
			t.Fatal(err)
		}
		want := []transform.Rows{
			{Name: "own_of_periods", Period: "2026-Q1", Header: []string{"period", "x", "day", "y", "none"}, Rows: [][]string{{"2026-Q1", "1.5", "2026-01-31", "2.5", ""}}},
			{Name: "own_of_periods", Period: "2026", Header: []string{"period", "x", "day", "y", "none"}, Rows: [][]string{{"2026", "1.5", "2026-01-31", "2.5", ""}}},
			{Name: "own_without", Period: "2026-Q1", Header: []string{"name", "period"}},
			{Name: "own_without", Period: "2026", Header: []string{"name", "period"}},
		}
		if diff := cmp.Diff(want, reports); diff != "" {
			t.Errorf("reports mismatch (-want +got):\n%s", diff)
		}
		told := map[string]string{}
		for _, f := range found {
			var words []string
			for _, a := range f.Args {
				words = append(words, a.Value)
			}
			told[f.File] = f.Code + " " + strings.Join(words, " ")
		}
		for file, words := range map[string]string{
			"models/own_30_slip.sql": "sql_file_wrong line 6: syntax error", "models/own_31_ours.sql": "must begin with", "models/own_32_two.sql": "not one SELECT",
			"models/own_33_after.sql": "not one SELECT", "models/own_34_missing.sql": "does not exist", "models/own_35_reads.sql": "reads",
			"models/own_36_divide.sql": "Could not convert", "models/Bad name.sql": "own_", "checks/own_found.sql": "sql_check_found 2 a, 1",
			"checks/own_slow.sql": "longer than 3s", "reports/own_file.sql": "disabled", "reports/own_path.sql": "sql_file_wrong",
			"reports/own_settings.sql": "not one SELECT", "reports/own_bare.sql": "what",
		} {
			if !strings.Contains(told[file], words) {
				t.Errorf("%s: told %q, want %q in it", file, told[file], words)
			}
			delete(told, file)
		}
		if len(told) > 0 {
			t.Errorf("told of good files: %q", told)
		}
	}
	kept, err := settings(t.Context(), db)
	if diff := cmp.Diff([]string{"a", "b"}, kept); err != nil || diff != "" {
		t.Errorf("our table after staff's SQL: %v (-want +got):\n%s", err, diff)
	}
}

func settings(ctx context.Context, db *store.DB) (kept []string, err error) {
	err = db.Transact(ctx, func(tx *store.Tx) (err error) {
		kept, err = texts(ctx, tx, "SELECT name FROM setting ORDER BY name")
		return err
	})
	return kept, err
}
