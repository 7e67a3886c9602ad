package job_test

import (
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tonghop/pipeline"
	"tonghop/pipeline/job"
	"tonghop/pipeline/publish"
)

// published is a workspace with one issue of the periods of An's first quarter.
func published(t *testing.T) *workspace {
	t.Helper()
	w := newWorkspace(t)
	w.drop("A/bc.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 3, 10, 5, 200, 100)
	w.run()
	w.now = w.now.Add(24 * time.Hour)
	return w
}

// correct sends An's report again with another number of courses.
func (w *workspace) correct(courses int) {
	w.t.Helper()
	w.drop("A/bc "+strconv.Itoa(courses)+".xlsx", "Công đoàn huyện An", "Quý I năm 2026", courses, 10, 5, 200, 100)
}

// issue is the last issue of the first quarter.
func (w *workspace) issue() publish.Manifest {
	w.t.Helper()
	m, err := publish.Last(w.path("out/2026-Q1"))
	must(w.t, err)
	return m
}

// A period that is asked for is made what it was issued as; nothing else brings
// back what somebody deleted or changed.
func TestPublishedFilesAreRestored(t *testing.T) {
	t.Parallel()
	w := published(t)
	before := w.outputs()
	must(t, os.Remove(w.path("out/2026-Q1/index.html")))
	must(t, os.Remove(w.path("out/2026-Q1/manifest.json")))
	w.write("out/2026-Q1/data/achievement.csv", []byte("period\ntampered"))
	w.write("out/2026-Q1/issues/1/HD.xlsx", []byte("tampered"))
	result := w.run("2026-Q1")
	if diff := cmp.Diff(before, w.outputs()); diff != "" {
		t.Errorf("outputs mismatch (-as issued +restored):\n%s", diff)
	}
	want := []pipeline.Period{{Kind: pipeline.Quarter, Year: 2026, N: 1}}
	if diff := cmp.Diff(want, result.Restored); diff != "" || len(result.Published) != 0 {
		t.Errorf("restored mismatch (-want +got):\n%s\npublished %v, want none", diff, result.Published)
	}
	if result := w.run("2026-Q1"); len(result.Restored)+len(result.Published) != 0 {
		t.Errorf("a second time restored %v, published %v; want nothing", result.Restored, result.Published)
	}
}

// What is nowhere whole is issued anew.
func TestDamagedIssueIsIssuedAnew(t *testing.T) {
	t.Parallel()
	w := published(t)
	must(t, os.Remove(w.path("out/2026-Q1/index.html")))
	must(t, os.Remove(w.path("out/2026-Q1/issues/1/index.html")))
	result := w.run("2026-Q1")
	if len(result.Published) != 1 || w.issue().Issue != 2 || !w.exists("out/2026-Q1/index.html") {
		t.Errorf("published %v, issue %d; want issue 2", result.Published, w.issue().Issue)
	}
}

// Manifests can be lost and can be damaged: no whole issue is written over, the
// figures are still restated, and other periods don't suffer.
func TestLostManifest(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		spoil  func(w *workspace)
		issue  int
		number string // restated from
	}{
		{"top manifest deleted", func(w *workspace) { must(w.t, os.Remove(w.path("out/2026-Q1/manifest.json"))) }, 2, "3"},
		{"top manifest garbled", func(w *workspace) { w.write("out/2026-Q1/manifest.json", []byte("{")) }, 2, "3"},
		{"issues cleared away", func(w *workspace) { must(w.t, os.RemoveAll(w.path("out/2026-Q1/issues"))) }, 2, "3"},
		{"both manifests garbled", func(w *workspace) {
			w.write("out/2026-Q1/manifest.json", []byte("{"))
			w.write("out/2026-Q1/issues/1/manifest.json", nil)
		}, 2, ""},
		{"table garbled", func(w *workspace) {
			w.write("out/2026-Q1/data/achievement.csv", []byte("a,b\n\"c"))
			w.write("out/2026-Q1/issues/1/data/achievement.csv", nil)
		}, 2, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := published(t)
			kept := w.exists("out/2026-Q1/issues/1/index.html")
			page := w.read("out/2026-Q1/issues/1/index.html")
			tt.spoil(w)
			w.correct(4)
			w.run()
			m := w.issue()
			if m.Issue != tt.issue || w.figure("2026-Q1", "P", "LOP", "actual") != "4" {
				t.Errorf("issue %d with %s, want %d with 4", m.Issue, w.figure("2026-Q1", "P", "LOP", "actual"), tt.issue)
			}
			if w.exists("out/2026-Q1/issues/1/index.html") && (!kept || w.read("out/2026-Q1/issues/1/index.html") != page) {
				t.Error("issue 1 was written over")
			}
			if _, ok := w.restated("2026-Q1")["P LOP actual "+tt.number+">4"]; ok != (tt.number != "") {
				t.Errorf("restated %v, want LOP from %q", m.Restatements, tt.number)
			}
		})
	}
}

// Restatements and trends rest on the issues, whatever was done to the copies
// that people open.
func TestRestatementsReadTheIssue(t *testing.T) {
	t.Parallel()
	w := published(t)
	table := w.read("out/2026-Q1/data/achievement.csv")
	w.write("out/2026-Q1/data/achievement.csv", []byte(strings.ReplaceAll(table, ",LOP,3,", ",LOP,99,")))
	w.correct(4)
	w.run()
	for _, x := range w.issue().Restatements {
		if x.Indicator == "LOP" && x.Figure == "actual" && x.Old != "3" {
			t.Errorf("%s is restated from %s, want the issued 3", x.Unit, x.Old)
		}
	}
	w.write("out/2026-Q1/data/achievement.csv", []byte("tampered"))
	w.now = time.Date(2026, 7, 10, 8, 0, 0, 0, time.UTC)
	w.drop("A/q2.xlsx", "Công đoàn huyện An", "Quý II năm 2026", 5, 10, 5, 200, 100)
	w.run()
	var trend []string
	for _, p := range w.table("2026-Q2", "trend") {
		if p["unit"] == "P" && p["indicator"] == "LOP" {
			trend = append(trend, p["period"]+" "+p["actual"])
		}
	}
	if diff := cmp.Diff([]string{"2026-Q1 4", "2026-Q2 5"}, trend); diff != "" {
		t.Errorf("trend mismatch (-want +got):\n%s", diff)
	}
}

// What the outputs are shown by makes an issue new, in every period that was
// ever published.
func TestSettingsMakeIssuesNew(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		change func(w *workspace)
	}{
		{"language", func(w *workspace) { w.language = "en" }},
		{"version", func(w *workspace) { w.version = "2" }},
		{"zone", func(w *workspace) { w.write("tonghop.toml", []byte("settle = \"0s\"\nzone = \"Asia/Tokyo\"\n")) }},
		{"sample", func(w *workspace) { w.write("tonghop.toml", []byte("settle = \"0s\"\nsample = true\n")) }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := newWorkspace(t)
			w.drop("A/bc.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 3, 10, 5, 200, 100)
			w.run("2025-Q3") // no report makes this one live
			tt.change(w)
			issues := numbers(w.run())
			if issues["2025-Q3"] != 2 || issues["2026-Q1"] != 2 {
				t.Errorf("issues = %v, want second ones of 2025-Q3 and 2026-Q1", issues)
			}
			if again := w.run(); len(again.Published) != 0 {
				t.Errorf("a second run published %v, want nothing", again.Published)
			}
		})
	}
}

func numbers(result job.Result) map[string]int {
	issues := map[string]int{}
	for _, p := range result.Published {
		issues[p.Period.String()] = p.Issue
	}
	return issues
}

// The tables of every file ever taken are promised like everything else, also
// where no period is.
func TestLedgerTablesOfKilledRun(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	w.write("inputs/inbox/A/scan.pdf", []byte("%PDF-1.4"))
	w.write("out", []byte("in the way"))
	if _, err := w.try(); err == nil {
		t.Fatal("a run that can't publish must fail")
	}
	must(t, os.Remove(w.path("out")))
	w.run()
	if got := w.verdicts(); got != "A/scan.pdf: attachment" || !w.exists("out/index.html") {
		t.Errorf("verdicts = %q, want the attachment listed", got)
	}
}

// One period that can't be published keeps neither the others nor the answers
// back, and is published once it can be.
func TestPeriodThatCanNotBePublished(t *testing.T) {
	t.Parallel()
	twin, w := newWorkspace(t), newWorkspace(t)
	for _, each := range []*workspace{twin, w} {
		each.drop("A/bc.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 3, 10, 5, 200, 100)
	}
	twin.run()
	w.write("out/2026-H1", []byte("in the way"))
	result, err := w.try()
	if err == nil || !slices.Contains(slices.Sorted(maps.Keys(numbers(result))), "2026-Q1") {
		t.Errorf("published %v, %v; want the others and an error", result.Published, err)
	}
	if !w.exists("inputs/feedback/A/bc.xlsx.phan-hoi.xlsx") {
		t.Error("the answer was kept back")
	}
	must(t, os.Remove(w.path("out/2026-H1")))
	if diff := cmp.Diff(map[string]int{"2026-H1": 1}, numbers(w.run())); diff != "" {
		t.Errorf("issues of the second run mismatch (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(twin.outputs(), w.outputs()); diff != "" {
		t.Errorf("outputs differ from an undisturbed twin's (-twin +this):\n%s", diff)
	}
}

// Invariant 4: a run that was killed between writing an issue whole and
// replacing the top copies is finished by the next one, under the same number.
func TestHalfPublishedIssue(t *testing.T) {
	t.Parallel()
	twin, w := published(t), published(t)
	before := map[string]string{}
	for _, name := range []string{"index.html", "manifest.json", "data/achievement.csv"} {
		before[name] = w.read("out/2026-Q1/" + name)
	}
	for _, each := range []*workspace{twin, w} {
		each.correct(4)
	}
	twin.run()
	// The list of periods can't be written, so that the work stays promised.
	must(t, os.Remove(w.path("out/index.html")))
	w.write("out/index.html/in/the", []byte("way"))
	if _, err := w.try(); err == nil {
		t.Fatal("a run that can't publish must fail")
	}
	must(t, os.RemoveAll(w.path("out/index.html")))
	for name, text := range before {
		w.write("out/2026-Q1/"+name, []byte(text))
	}
	w.run("2026-Q1")
	if diff := cmp.Diff(twin.outputs(), w.outputs()); diff != "" {
		t.Errorf("outputs differ from an undisturbed twin's (-twin +this):\n%s", diff)
	}
}

// A refused report makes no period: its year may be a slip of the pen.
func TestRefusedReportMakesNoPeriod(t *testing.T) {
	t.Parallel()
	w := published(t)
	w.drop("B/bc.xlsx", "Công đoàn huyện Bình", "Quý I năm 1996", 3, 10, 50, 200, 100)
	w.drop("B/bc 2.xlsx", "Công đoàn huyện Bình", "Quý I năm 2026", 3, 10, 50, 200, 100)
	w.run()
	if got := w.verdicts(); got != "A/bc.xlsx: accepted\nB/bc 2.xlsx: refused\nB/bc.xlsx: refused" {
		t.Errorf("verdicts:\n%s", got)
	}
	if w.exists("out/1996-Q1") || w.exists("out/1996") {
		t.Error("the mistyped year was published")
	}
	if len(w.table("2026-Q1", "submissions")) != 2 {
		t.Error("the refused report of a live period is not told there")
	}
}
