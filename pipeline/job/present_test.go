package job_test

import (
	"testing"
	"time"
)

// Once a unit has ended, its periods are issued by present units too, with no
// new file: the clock alone brings it about, once.
func TestPresentUnits(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	catalogue := []byte(w.read("inputs/catalogue.xlsx"))
	for cell, value := range map[string]string{"F1": "valid_to", "F4": "2026-06-30", "G1": "successors", "G4": "A"} {
		catalogue = withCell(t, catalogue, "units", cell, value)
	}
	w.write("inputs/catalogue.xlsx", catalogue)
	w.drop("A/bc.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 3, 10, 5, 200, 100)
	w.drop("B/bc.xlsx", "Công đoàn huyện Bình", "Quý I năm 2026", 4, 10, 5, 100, 20)
	w.run()
	if w.exists("out/2026-Q1/data/achievement_present.csv") {
		t.Error("by present units before a unit has ended")
	}
	w.now = time.Date(2026, 7, 1, 8, 0, 0, 0, time.UTC)
	w.run()
	present := map[string]string{}
	for _, row := range w.table("2026-Q1", "achievement_present") {
		present[row["unit"]+" "+row["indicator"]] = row["actual"] + " " + row["reported"] + "/" + row["due"]
	}
	for key, want := range map[string]string{"A LOP": "7 2/2", "A TLNU": "0.4 2/2", "P LOP": "7 2/2", "B LOP": ""} {
		if present[key] != want {
			t.Errorf("by present units %s is %q, want %q", key, present[key], want)
		}
	}
	if got := w.figure("2026-Q1", "A", "LOP", "actual"); got != "3" {
		t.Errorf("as they were, A LOP is %s, want 3", got)
	}
	w.now = w.now.Add(time.Hour)
	if again := w.run(); len(again.Published) > 0 {
		t.Errorf("issued again without a change: %v", again.Published)
	}
}
