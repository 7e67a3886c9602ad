package job_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// What staff's report queries give is issued with the period, and a file of
// theirs that is wrong is told of and keeps nothing back.
func TestOwnSQL(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	const header = "-- Classes and members of each unit.\n-- grain: one row per unit\n-- reads: "
	w.write("sql/models/own_classes.sql", []byte(header+"rpt_achievement\nCREATE OR REPLACE TABLE own_classes AS\n"+
		"SELECT period, unit, actual FROM rpt_achievement WHERE indicator = 'LOP';\n"))
	w.write("sql/models/own_wrong.sql", []byte(header+"nowhere\nCREATE OR REPLACE TABLE own_wrong AS FROM nowhere;\n"))
	w.write("sql/reports/own_list.sql", []byte(header+"own_classes\nSELECT unit, actual FROM own_classes WHERE period = $period ORDER BY unit;\n"))
	w.drop("A/1.xlsx", "Công đoàn huyện An", "Quý 1 năm 2026", 7, 70, 30, 1000, 400)
	result := w.run()
	if len(result.SQL) != 1 || result.SQL[0].File != "sql/models/own_wrong.sql" || len(result.Published) == 0 {
		t.Errorf("staff's files: %+v, published %v", result.SQL, publishedPeriods(result))
	}
	want := []map[string]string{{"unit": "A", "actual": "7"}, {"unit": "B", "actual": ""}, {"unit": "P", "actual": "7"}}
	if diff := cmp.Diff(want, w.table("2026-Q1", "own_list")); diff != "" {
		t.Errorf("staff's report mismatch (-want +got):\n%s", diff)
	}
	w.now = w.now.Add(time.Hour)
	if again := w.run("2026-Q1"); len(again.Published) > 0 {
		t.Errorf("the same again was published: %v", publishedPeriods(again))
	}
	w.write("sql/reports/own_new.sql", []byte(header+"own_classes\nSELECT unit FROM own_classes WHERE period = $period AND actual > 100;\n"))
	w.run()
	if got := w.read("out/2026-Q1/data/own_new.csv"); got != "unit\n" {
		t.Errorf("a new report without rows = %q, want its header", got)
	}
}
