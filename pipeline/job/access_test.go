package job_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Who can write in the folder of one unit alone speaks for that unit alone, whatever
// he makes there: what counts, and what others read, is as if he had made nothing.
func TestOneUnitCanNotSpeakForAnother(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	w.drop("A/bc.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 3, 10, 5, 200, 100)
	w.drop("B/bc.xlsx", "Công đoàn huyện Bình", "Quý I năm 2026", 7, 70, 35, 8264537, 400)
	w.run()
	figures, others := w.hashes("out/2026-Q1/data")["achievement.csv"], w.hashes("inputs/feedback/B")

	theirs, err := os.ReadFile(w.path("inputs/inbox/B/bc.xlsx"))
	must(t, err)
	for link, target := range map[string]string{
		"A/link.xlsx": "../B/bc.xlsx", "A/linked": "../B", "A/absolute.xlsx": w.path("inputs/inbox/B/bc.xlsx"),
		"A/passwd.xlsx": "/etc/passwd", "A/dangling.xlsx": "nowhere", "A/loop": ".", "A/catalogue.xlsx": "../../catalogue.xlsx",
	} {
		must(t, os.Symlink(target, w.path("inputs/inbox/"+link)))
	}
	const lie = "Công đoàn huyện Bình"
	w.write("inputs/inbox/A/copied.xlsx", theirs) // the very bytes of the other
	must(t, os.Link(w.path("inputs/inbox/B/bc.xlsx"), w.path("inputs/inbox/A/hard.xlsx")))
	w.drop("A/giả.xlsx", lie, "Quý I năm 2026", 9, 90, 45, 300, 150)
	w.drop("A/B/bc.xlsx", lie, "Quý I năm 2026", 9, 90, 45, 301, 150) // a folder called like the other's
	w.drop("A/B.xlsx", "B", "Quý I năm 2026", 9, 90, 45, 302, 150)    // by its code
	w.drop("A/B.sync-conflict-20260401-080000-AAAAAAA.xlsx", lie, "Quý I năm 2026", 9, 90, 45, 303, 150)
	result := w.run()
	if got := w.hashes("out/2026-Q1/data")["achievement.csv"]; got != figures {
		t.Errorf("the figures changed:\n%s", w.verdicts())
	}
	if diff := cmp.Diff(others, w.hashes("inputs/feedback/B")); diff != "" {
		t.Errorf("the other's answers changed (-want +got):\n%s", diff)
	}
	for _, row := range w.table("", "submissions") {
		if row["unit"] == "A" && row["status"] == "accepted" && row["file"] != "A/bc.xlsx" {
			t.Errorf("%s was accepted", row["file"])
		}
	}
	if got := w.holding("inputs/feedback/A", "root:x:"); len(got) > 0 {
		t.Errorf("%q hold a file of the machine", got)
	}
	if len(result.Conflicts) != 1 {
		t.Errorf("conflicts = %q, want the copy told", result.Conflicts)
	}
}

// A folder whose name is nearly a unit's is nobody's: what lies there is held. Shares
// differ in case and in how they write accents; that much is the same folder.
func TestTwinsOfFolders(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	held := []string{"A ", "A.", " A", "A\u200b", "A\u00a0", "\u202eA", "\uff21", "А", "A-B", "P A"} // the third last is fullwidth, then Cyrillic
	for i, folder := range held {
		w.drop(folder+"/bc.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 3, 10, 5, 200+i, 100)
	}
	w.drop("a/bc.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 3, 10, 5, 199, 100)
	w.run()
	status := map[string]string{}
	for _, row := range w.table("", "submissions") {
		status[filepath.Dir(row["file"])] = row["status"]
	}
	for _, folder := range held {
		if status[folder] != "held" {
			t.Errorf("folder %q: %q, want held", folder, status[folder])
		}
	}
	if status["a"] != "accepted" {
		t.Errorf("folder a: %q, want the unit's", status["a"])
	}
}

// What lies in the folder of a unit's answers may be the unit's doing: no answer goes
// through a link in it, nor through one in its place.
func TestAnswersStayInTheirFolder(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	w.drop("A/bc.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 3, 10, 5, 200, 100)
	w.drop("A/quý/bc.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 4, 10, 5, 200, 100)
	w.drop("B/bc.xlsx", "Công đoàn huyện Bình", "Quý I năm 2026", 7, 70, 35, 400, 200)
	w.write("elsewhere/kept", []byte("x"))
	for link, target := range map[string]string{"A/quý": w.path("elsewhere"), "A/bc.xlsx.phan-hoi.xlsx": w.path("elsewhere/kept"), "B": "A"} {
		name := w.path("inputs/feedback/" + link)
		must(t, os.MkdirAll(filepath.Dir(name), 0o755))
		must(t, os.Symlink(target, name))
	}
	result := w.run()
	if diff := cmp.Diff(map[string]string{"kept": w.hashes("elsewhere")["kept"]}, w.hashes("elsewhere")); diff != "" || w.read("elsewhere/kept") != "x" {
		t.Errorf("something was written elsewhere (-want +got):\n%s", diff)
	}
	must(t, os.Remove(w.path("inputs/feedback/A/quý")))
	if got := w.holding("inputs/feedback/A", "Bình"); len(got) > 0 {
		t.Errorf("%q hold the other's answer", got)
	}
	slices.Sort(result.Unanswered)
	if diff := cmp.Diff([]string{"A/quý/bc.xlsx", "B/bc.xlsx", "B/index.html"}, result.Unanswered); diff != "" {
		t.Errorf("told as not answered mismatch (-want +got):\n%s", diff)
	}
	if !strings.Contains(w.feedback("A/bc.xlsx"), "Công đoàn huyện An") { // in place of the link
		t.Error("the plain answer is not there")
	}
}

// The folder of a unit's answers is for those who may look into the folder that it
// writes in, and nobody else.
func TestAnswersAreForTheUnit(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	w.drop("A/bc.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 3, 10, 5, 200, 100)
	w.drop("B/bc.xlsx", "Công đoàn huyện Bình", "Quý I năm 2026", 7, 70, 35, 400, 200)
	must(t, os.Chmod(w.path("inputs/inbox/A"), 0o770))
	w.run()
	for folder, others := range map[string]os.FileMode{"A": 0, "B": 0o005} {
		if info, err := os.Stat(w.path("inputs/feedback/" + folder)); err != nil || info.Mode()&0o007 != others {
			t.Errorf("%s: mode %v, want %v for others (%v)", folder, info.Mode(), others, err)
		}
	}
}
