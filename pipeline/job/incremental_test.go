package job_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"path"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tonghop/pipeline"
	"tonghop/pipeline/job"
)

// A run computes what its files touch, and no more. After every history of
// deliveries the tables are those that computing everything anew gives.
func TestOnlyStalePeriodsAreComputed(t *testing.T) {
	t.Parallel()
	for seed := range uint64(2) {
		t.Run(fmt.Sprintf("history %d", seed), func(t *testing.T) {
			t.Parallel()
			w := incrementalWorkspace(t)
			random := rand.New(rand.NewPCG(seed, 7))
			for i := range 6 {
				w.now = w.now.Add(time.Hour)
				for range 1 + random.IntN(2) {
					w.deliver(random, i)
				}
				w.run()
			}
			before := w.tables()
			w.now = w.now.Add(time.Hour)
			w.all = true
			if result := w.run(); len(result.Published) > 0 {
				t.Errorf("computing everything anew gave new issues: %v", publishedPeriods(result))
			}
			if diff := cmp.Diff(before, w.tables()); diff != "" {
				t.Errorf("tables differ when everything is computed anew (-incremental +all):\n%s", diff)
			}
		})
	}
}

// Outputs are the same, byte for byte, however many periods are computed at once, also
// after a run that is cut off between two portions. Staff's own SQL runs for each portion; what is wrong with a file is told once.
func TestPeriodsInPortions(t *testing.T) {
	t.Parallel()
	var outputs []map[string]string
	for _, portion := range []int{0, 40} {
		w := incrementalWorkspace(t)
		w.write("tonghop.toml", []byte("sql = \"sql\"\n"))
		w.write("sql/reports/own_wrong.sql", []byte("SELECT nothing FROM nowhere"))
		w.write("sql/reports/own_units.sql", []byte("-- Units.\n-- grain: one row per unit\n-- reads: dim_unit\nSELECT unit FROM dim_unit WHERE period = $period ORDER BY unit"))
		w.portion = portion
		random := rand.New(rand.NewPCG(5, 7))
		for i := range 9 {
			w.deliver(random, i)
		}
		if portion > 0 {
			w.cutOff("compute", 3)
		}
		if got := len(w.run().SQL); got != 1 {
			t.Errorf("%d findings on staff's SQL, want 1", got)
		}
		w.now = w.now.Add(time.Hour)
		w.running("A", "Năm", 2024, "late", 3)
		w.run()
		outputs = append(outputs, w.outputs())
	}
	if diff := cmp.Diff(outputs[0], outputs[1]); diff != "" {
		t.Errorf("outputs differ when periods are computed in portions (-at once +in portions):\n%s", diff)
	}
}

// What a file touches is published anew: the periods around it and later in its
// year, the same a year later, and those whose trend goes back to them.
func TestStalePeriods(t *testing.T) {
	t.Parallel()
	w := incrementalWorkspace(t)
	for i, year := range []int{2020, 2023} {
		w.running("A", "6 tháng đầu năm", year, fmt.Sprint(i), 150)
		w.running("A", "9 tháng đầu năm", year, fmt.Sprint(i, "later"), 180)
	}
	w.running("A", "Quý 1 năm", 2020, "first", 100)
	w.run()
	w.now = w.now.Add(time.Hour)
	w.running("A", "6 tháng đầu năm", 2020, "again", 160)
	want := []string{
		"2020", "2020-9M", // these list the reports of their parts
		"2020-H1", "2020-Q2", "2020-Q3", // a slice is the difference of two running values
		"2023-H1", "2023-Q2", "2023-Q3", // the trends
	}
	got := publishedPeriods(w.run())
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("published periods mismatch (-want +got):\n%s", diff)
	}
}

// A closed period keeps its figures, so that later trends keep them too. Once it
// is reopened, both show the targets that were changed meanwhile.
func TestTrendOfReopenedPeriod(t *testing.T) {
	t.Parallel()
	w := incrementalWorkspace(t)
	w.quarter("A", "2025-Q1", "first", 150, 1000)
	w.quarter("A", "2026-Q1", "later", 160, 1000)
	w.run()
	year := pipeline.Period{Kind: pipeline.Year, Year: 2025}
	w.do(pipeline.Act{Kind: pipeline.ActClose, Period: year})
	w.write("inputs/catalogue.xlsx", incrementalCatalogue(t, 4000))
	w.now = w.now.Add(time.Hour)
	w.run()
	w.do(pipeline.Act{Kind: pipeline.ActReopen, Period: year})
	for _, row := range w.table("2026-Q1", "trend") {
		if row["period"] == "2025-Q1" && row["indicator"] == "DV" && row["rate"] != "0.25" {
			t.Errorf("the trend of 2026-Q1 shows the rate %s of 2025-Q1, want 0.25", row["rate"])
		}
	}
	if got := w.figure("2025-Q1", "P", "DV", "rate"); got != "0.25" {
		t.Errorf("rate of 2025-Q1 is %s, want 0.25", got)
	}
}

func publishedPeriods(result job.Result) []string {
	var all []string
	for _, p := range result.Published {
		all = append(all, p.Period.String())
	}
	return all
}

// incrementalWorkspace has a quarterly form of each basis and a span of years.
func incrementalWorkspace(t *testing.T) *workspace {
	t.Helper()
	w := emptyWorkspace(t)
	w.now = time.Date(2027, time.February, 1, 8, 0, 0, 0, time.UTC)
	w.write("inputs/catalogue.xlsx", incrementalCatalogue(t, 2000))
	w.write("inputs/forms/Q.xlsx", quarterBook(t, "{{@unit}}", "{{@period}}", "{{LOP}}", "{{DV}}"))
	w.write("inputs/forms/Y.xlsx", runningBook(t, "{{@unit}}", "{{@period}}", "{{TIEN}}"))
	return w
}

// incrementalCatalogue has the given target of members for the province.
func incrementalCatalogue(t *testing.T, members int) []byte {
	t.Helper()
	return book(t,
		sheet{"units", [][]any{
			{"code", "name", "kind", "parent"}, {"P", "Liên đoàn Lao động tỉnh", "province", nil},
			{"A", "Công đoàn huyện An", "district", "P"}, {"B", "Công đoàn huyện Bình", "district", "P"},
		}},
		sheet{"indicators", [][]any{
			{"code", "name", "unit", "kind", "time", "numerator", "denominator"},
			{"LOP", "Số lớp đã mở", "lớp", "count", "flow", nil, nil},
			{"DV", "Tổng số đoàn viên", "người", "people", "stock", nil, nil},
			{"TL", "Lớp trên đoàn viên", "%", "ratio", "stock", "LOP", "DV"},
			{"TIEN", "Số lượt thăm hỏi", "lượt", "count", "flow", nil, nil},
		}},
		sheet{"forms", [][]any{
			{"code", "name", "file", "frequency", "basis", "unit_kinds"},
			{"Q", "Báo cáo quý", "Q.xlsx", "quarter", "period", "district"},
			{"Y", "Báo cáo lũy kế", "Y.xlsx", "quarter", "ytd", "district"},
		}},
		sheet{"periods", [][]any{{"code", "start", "end", "due"}, {"2024..2025", nil, nil, nil}}},
		sheet{"targets 2025", [][]any{{"unit", "LOP", "DV"}, {"A", 500, 900}, {"P", nil, members}}},
	)
}

func quarterBook(t testing.TB, unit, period string, classes, members any) []byte {
	return book(t, sheet{"Quý", [][]any{
		{"Đơn vị báo cáo: " + unit}, {"BÁO CÁO QUÝ"}, {"Kỳ báo cáo: " + period}, {"TT", "Nội dung", "Đơn vị tính", "Số lượng"},
		{1, "Số lớp đã mở", "lớp", classes}, {2, "Tổng số đoàn viên", "người", members},
	}})
}

func runningBook(t testing.TB, unit, period string, visits any) []byte {
	return book(t, sheet{"Lũy kế", [][]any{
		{"Đơn vị báo cáo: " + unit}, {"BÁO CÁO THĂM HỎI"}, {"Kỳ báo cáo: " + period}, {"TT", "Nội dung", "Đơn vị tính", "Lũy kế"},
		{1, "Số lượt thăm hỏi", "lượt", visits},
	}})
}

var unitNames = map[string]string{"A": "Công đoàn huyện An", "B": "Công đoàn huyện Bình"}

// quarter drops a report on form Q for a quarter such as 2024-Q2.
func (w *workspace) quarter(unit, code, name string, classes, members any) {
	year, n, _ := strings.Cut(code, "-Q")
	w.write(path.Join("inputs/inbox", unit, name+".xlsx"), quarterBook(w.t, unitNames[unit], "Quý "+n+" năm "+year, classes, members))
}

// running drops a report on form Y for such a part of a year.
func (w *workspace) running(unit, part string, year int, name string, visits int) {
	w.write(path.Join("inputs/inbox", unit, name+".xlsx"), runningBook(w.t, unitNames[unit], fmt.Sprintf("%s %d", part, year), visits))
}

// deliver drops a report of a random unit, form and period, now and then one
// with a slip that is refused, or one that looks striking beside the others.
func (w *workspace) deliver(random *rand.Rand, i int) {
	unit := []string{"A", "B"}[random.IntN(2)]
	year, n := 2024+random.IntN(3), 1+random.IntN(4)
	name := fmt.Sprintf("%d-%d", i, random.IntN(1000))
	if random.IntN(3) == 0 {
		w.running(unit, []string{"Quý 1 năm", "6 tháng đầu năm", "9 tháng đầu năm", "Năm"}[n-1], year, name, 100*n+random.IntN(150))
		return
	}
	members := any([]int{1000 + random.IntN(50), 10000 + random.IntN(50)}[random.IntN(5)/4])
	if random.IntN(6) == 0 {
		members = -1
	}
	w.quarter(unit, fmt.Sprintf("%d-Q%d", year, n), name, []int{150, 1500, 160}[random.IntN(3)], members)
}

// tables are the hashes of the tables at the top of out and of each period.
func (w *workspace) tables() map[string]string {
	all := w.outputs()
	maps.DeleteFunc(all, func(name, _ string) bool {
		return strings.Contains(name, "/issues/") || !strings.Contains(name, "data/")
	})
	return all
}
