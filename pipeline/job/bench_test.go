package job_test

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"tonghop/pipeline"
	"tonghop/pipeline/publish"
	"tonghop/pipeline/store"
)

// The province of the benchmark: a month is units × indicators facts.
const (
	benchUnits      = 20
	benchIndicators = 50
)

// BenchmarkRun is a run with one corrected report in a workspace that holds 10,
// 100 and 1000 months of 20 units with 50 indicators each: up to a million facts
// and their published periods. What the run has to do is the same each time.
func BenchmarkRun(b *testing.B) {
	for _, months := range []int{10, 100, 1000} {
		b.Run(fmt.Sprintf("months=%d", months), func(b *testing.B) {
			w := benchWorkspace(b, months)
			watch := stopwatch{spent: map[string]time.Duration{}}
			runs := 1
			w.send(runs)
			w.run() // the first run after the history was made publishes what it changed
			w.onStep, w.onPart = watch.begin, watch.part
			for b.Loop() {
				b.StopTimer()
				runs++
				w.send(runs)
				b.StartTimer()
				watch.begin("look")
				w.run()
				watch.begin("")
			}
			watch.report(b, runs-1)
		})
	}
}

// A stopwatch tells how long the stages of runs took.
type stopwatch struct {
	spent map[string]time.Duration
	name  string
	since time.Time
}

func (s *stopwatch) begin(name string) {
	now := time.Now()
	if s.name != "" {
		s.spent[s.name] += now.Sub(s.since)
	}
	s.name, s.since = name, now
}

// part tells models apart: their names come before they run, other parts' after.
func (s *stopwatch) part(name string) {
	if strings.HasSuffix(name, ".sql") {
		s.begin(name)
	}
}

func (s *stopwatch) report(b *testing.B, runs int) {
	names := slices.SortedFunc(maps.Keys(s.spent), func(x, y string) int { return int(s.spent[y] - s.spent[x]) })
	for _, name := range names[:min(8, len(names))] {
		b.Logf("%-40s %8.1f ms", name, float64(s.spent[name].Microseconds())/1000/float64(runs))
	}
}

// benchWorkspace is a workspace with a history of so many months, the last of
// which is March 2026.
func benchWorkspace(b *testing.B, months int) *workspace {
	w := emptyWorkspace(b)
	units := [][]any{{"code", "name", "kind", "parent"}, {"P", "Liên đoàn Lao động tỉnh", "province", nil}}
	for u := range benchUnits {
		units = append(units, []any{fmt.Sprintf("U%02d", u), fmt.Sprintf("Công đoàn huyện %02d", u), "district", "P"})
	}
	indicators := [][]any{{"code", "name", "unit", "kind", "time"}}
	markers := make([]any, benchIndicators)
	for i := range benchIndicators {
		indicators = append(indicators, []any{fmt.Sprintf("I%02d", i), fmt.Sprintf("Nội dung %02d", i), "lớp", "count", "flow"})
		markers[i] = fmt.Sprintf("{{I%02d}}", i)
	}
	w.write("inputs/catalogue.xlsx", book(b, sheet{"units", units}, sheet{"indicators", indicators}, sheet{"forms", [][]any{
		{"code", "name", "file", "frequency", "unit_kinds"}, {"M", "Báo cáo tháng", "M.xlsx", "month", "district"},
	}}))
	w.write("inputs/forms/M.xlsx", benchForm(b, "{{@unit}}", "{{@period}}", markers))
	w.send(0)
	w.run()
	var periods []pipeline.Period
	for m := range months {
		at := time.Date(2026, time.March, 1, 0, 0, 0, 0, time.UTC).AddDate(0, -m, 0)
		periods = append(periods, pipeline.Period{Kind: pipeline.Month, Year: at.Year(), N: int(at.Month())})
	}
	w.inStore(func(ctx context.Context, tx *store.Tx) error {
		for _, p := range periods {
			if err := tx.Load(ctx, store.Each(benchMonth(p)...), time.UTC); err != nil {
				return err
			}
		}
		return nil
	})
	w.pretendPublished(periods)
	return w
}

func benchForm(b testing.TB, unit, period string, figures []any) []byte {
	rows := [][]any{
		{"Đơn vị báo cáo: " + unit}, {"BÁO CÁO THÁNG"}, {"Kỳ báo cáo: " + period}, {"TT", "Nội dung", "Đơn vị tính", "Số lượng"},
	}
	for i, f := range figures {
		rows = append(rows, []any{i + 1, fmt.Sprintf("Nội dung %02d", i), "lớp", f})
	}
	return book(b, sheet{"Biểu", rows})
}

// send drops another version of a unit's report for March 2026.
func (w *workspace) send(version int) {
	figures := make([]any, benchIndicators)
	for i := range figures {
		figures[i] = version + i
	}
	w.now = w.now.Add(time.Minute)
	w.write("inputs/inbox/U00/03.xlsx", benchForm(w.t.(*testing.B), "Công đoàn huyện 00", "Tháng 3 năm 2026", figures))
}

// benchMonth are the reports of all units for a month.
func benchMonth(p pipeline.Period) []pipeline.Submission {
	var all []pipeline.Submission
	came := pipeline.Calendar{}.Window(p).End.Add(24 * time.Hour)
	for u := range benchUnits {
		unit := fmt.Sprintf("U%02d", u)
		s := pipeline.Submission{
			File: fmt.Sprintf("%s/%s.xlsx", unit, p), Folder: unit, SHA256: fmt.Sprintf("%s%s%050d", unit, p, 0), Size: 9000,
			FirstSeen: came, ModTime: came, Unit: unit, Form: "M", Period: p, Verdict: pipeline.Accepted,
		}
		for i := range benchIndicators {
			value := int64(1 + (u*31+i*17+p.N*7+p.Year)%90)
			s.Facts = append(s.Facts, pipeline.Fact{
				Indicator: fmt.Sprintf("I%02d", i), Measure: pipeline.MeasureValue, State: pipeline.StateNumber, Qualifier: pipeline.Exact,
				Value: decimal.NewFromInt(value), Raw: fmt.Sprint(value), Sheet: "Biểu", Cell: fmt.Sprintf("D%d", 5+i),
			})
		}
		all = append(all, s)
	}
	return all
}

// pretendPublished gives every period around the months an issue, with the files
// of a real one.
func (w *workspace) pretendPublished(months []pipeline.Period) {
	data, err := os.ReadFile(w.path("out/2026-03/manifest.json"))
	must(w.t, err)
	var m publish.Manifest
	must(w.t, json.Unmarshal(data, &m))
	all := map[string]bool{}
	for _, month := range months {
		all[month.String()] = true
		for _, p := range month.Around() {
			all[p.String()] = true
		}
	}
	for period := range all {
		if w.exists("out/" + period) {
			continue
		}
		m.Period = period
		data, err := json.Marshal(m)
		must(w.t, err)
		issue := "out/" + period + "/issues/1/"
		w.write(issue+"manifest.json", data)
		for _, f := range m.Files {
			if strings.HasSuffix(f.Name, ".csv") {
				table, err := os.ReadFile(w.path(filepath.Join("out/2026-03/issues/1", f.Name)))
				must(w.t, err)
				w.write(issue+f.Name, table)
			}
		}
	}
}
