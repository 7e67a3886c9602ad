package job_test

import (
	"testing"
	"time"

	"github.com/shopspring/decimal"
)

// A trail is the published way from the figures of a period to cells.
type trail struct {
	t     testing.TB
	parts map[string][]map[string]string // by unit and indicator
	cells map[string][]map[string]string
}

func (w *workspace) trail(period, use string, factTables ...string) trail {
	w.t.Helper()
	all := trail{w.t, map[string][]map[string]string{}, map[string][]map[string]string{}}
	for _, p := range w.table(period, "parts") {
		key := p["unit"] + " " + p["indicator"]
		all.parts[key] = append(all.parts[key], p)
	}
	for _, table := range factTables {
		for _, f := range w.table(period, table) {
			if f["file"] != "" && f["sheet"] != "" && f["cell"] != "" && f["sha256"] != "" && f[use] == "added" {
				key := f["unit"] + " " + f["indicator"]
				all.cells[key] = append(all.cells[key], f)
			}
		}
	}
	return all
}

// sum follows the parts of a figure that adds down to cells and adds those up.
func (w trail) sum(key, column string) (total decimal.Decimal, cells int) {
	for _, p := range w.parts[key] {
		switch {
		case p[column] == "":
		case p["role"] == "own":
			for _, c := range w.cells[key] {
				total, cells = total.Add(decimal.RequireFromString(c["value"])), cells+1
			}
		case p["role"] == "child":
			below, n := w.sum(p["part_unit"]+" "+p["part_indicator"], column)
			total, cells = total.Add(below), cells+n
		}
	}
	return total, cells
}

// Invariant 2: each figure that adds is the sum of the cells that it leads to,
// that of the period and that since the start of the year; a ratio leads to both
// its parts.
func TestEveryFigureHasCells(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	w.drop("A/q1.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 3, 10, 5, 200, 100)
	w.drop("B/q1.xlsx", "Công đoàn huyện Bình", "Quý I năm 2026", 4, 20, 5, 300, 100)
	w.now = w.now.Add(90 * 24 * time.Hour)
	w.drop("A/q2.xlsx", "Công đoàn huyện An", "Quý II năm 2026", 30, 100, 50, 210, 110)
	w.run()
	trails := map[string]trail{"actual": w.trail("2026-Q2", "use", "facts"), "ytd": w.trail("2026-Q2", "ytd_use", "facts", "earlier")}
	columns := map[string]string{"actual": "value", "ytd": "ytd"} // of parts
	added, ratios := 0, 0
	for _, a := range w.table("2026-Q2", "achievement") {
		for figure, trail := range trails {
			key := a["unit"] + " " + a["indicator"]
			if a[figure] == "" {
				continue
			}
			if a["indicator"] == "TLNU" {
				ratios++
				for _, part := range []string{"DV", "DV_NU"} {
					if _, cells := trail.sum(a["unit"]+" "+part, columns[figure]); cells == 0 {
						t.Errorf("%s of %s has no cells of %s behind it", figure, key, part)
					}
				}
				continue
			}
			added++
			sum, cells := trail.sum(key, columns[figure])
			if cells == 0 || !sum.Equal(decimal.RequireFromString(a[figure])) {
				t.Errorf("%s of %s = %s, but its %d cells add up to %s", figure, key, a[figure], cells, sum)
			}
		}
	}
	if added != 23 || ratios != 4 { // 5 + 5 of An and the province, 3 of Bình since January; ratios of An and the province
		t.Errorf("looked at %d sums and %d ratios", added, ratios)
	}
}
