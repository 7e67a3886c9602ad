package job_test

import (
	"strconv"

	"github.com/google/go-cmp/cmp"

	"tonghop/pipeline/publish"
)

// checkScores looks at what the demo's targets come to: the catalogue's weights
// and scale reach the published table, the manifest and the page count as it
// does, and a form that is not due yet gives nobody a grade.
func (w *workspace) checkScores() {
	w.t.Helper()
	shown := func(period, unit string) string {
		for _, row := range w.table(period, "scores") {
			if row["unit"] == unit {
				return row["max_score"] + " " + row["grade"] + " " + row["rank"] + "/" + row["rank_of"] + " " + row["met"] + "/" + row["targets"]
			}
		}
		return ""
	}
	want := map[string]string{
		"2015 LDLD-ST": "100 Vững mạnh 1/1 5/8", "2015 H06": "100 Vững mạnh 1/11 6/8", "2015 N04": "85 Khá 1/1 2/6",
		"2014 H07":        "100  1/11 7/8", // the scale begins with the year 2015
		"2015-H1 LDLD-ST": "100  / 0/8",
	}
	got := map[string]string{}
	for _, at := range [][2]string{{"2015", "LDLD-ST"}, {"2015", "H06"}, {"2015", "N04"}, {"2014", "H07"}, {"2015-H1", "LDLD-ST"}} {
		got[at[0]+" "+at[1]] = shown(at[0], at[1])
	}
	if diff := cmp.Diff(want, got); diff != "" {
		w.t.Errorf("scores mismatch (-want +got):\n%s", diff)
	}
	m, err := publish.Last(w.path("out/2015"))
	must(w.t, err)
	if m.Met != 5 || m.Targets != 8 {
		w.t.Errorf("manifest tells %d/%d targets met, want 5/8", m.Met, m.Targets)
	}
	for _, row := range w.table("2015", "headline") {
		met, _ := strconv.Atoi(row["met"])
		if row["indicator"] == "CB90" && (met != 16 || row["targets"] != "16") {
			w.t.Errorf("%s/%s units met CB90, want 16/16", row["met"], row["targets"])
		}
	}
}
