package job

import (
	"cmp"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"tonghop/pipeline/publish"
	"tonghop/reports"
	"tonghop/reports/feedback"
)

// publishBoards writes each unit's own board beside its answers: what is due of
// it in the published periods, and what came. Units of which nothing is due and
// from which nothing came get none. A board that can't be written is named in
// the result and stops nobody else's; whole tells that there is none such.
func (r *run) publishBoards(ledger *reports.Dataset) (whole bool, err error) {
	due, err := r.dueReports()
	if err != nil {
		return false, err
	}
	names := map[string]string{}
	for _, f := range r.rules.Catalogue.Forms {
		names[f.Code] = f.Name
	}
	sent := map[string][]reports.Submission{} // by folder, the newest first
	for _, s := range slices.Backward(ledger.Submissions) {
		sent[s.Unit] = append(sent[s.Unit], s)
	}
	whole, seen := true, map[string]bool{}
	for _, u := range r.rules.Catalogue.Units {
		board := &reports.UnitBoard{Code: u.Code, Name: u.Name, AsOf: r.Now.In(r.Config.Zone), Reports: due[u.Code], FormNames: names}
		board.Submissions = sent[u.Folder]
		if seen[u.Code] || len(board.Reports)+len(board.Submissions) == 0 {
			continue
		}
		seen[u.Code] = true
		if err := r.publishBoard(u.Folder, board); err != nil {
			r.Log.Error("board not written", "unit", u.Code, "error", err)
			r.result.Unanswered = append(r.result.Unanswered, path.Join(u.Folder, boardName))
			whole = false
		}
	}
	return whole, nil
}

// boardName is the file of a unit's board in its feedback folder.
const boardName = "index.html"

func (r *run) publishBoard(folder string, board *reports.UnitBoard) error {
	html, err := feedback.Guarded(func(w io.Writer) error { return feedback.WriteUnit(w, board, r.Language) })
	if err != nil {
		return err
	}
	return r.inFeedback(filepath.Join(folder, boardName), func(dir *os.Root, name string) error { return publish.WriteFileIn(dir, name, html) })
}

// dueReports reads from the published boards the reports that each unit owes,
// or is exempted from, each once, the latest due date first. Those not due yet are
// told too: a clerk plans by them.
func (r *run) dueReports() (map[string][]reports.Reporting, error) {
	type report struct{ unit, form, period string }
	all := map[string][]reports.Reporting{}
	known := map[report]bool{}
	for _, p := range r.published() {
		m, err := r.last(p)
		if err != nil {
			return nil, err
		}
		due, err := r.issued(p, m, "reporting")
		if err != nil {
			return nil, err
		}
		exempt, err := r.issued(p, m, "exemptions")
		if err != nil {
			return nil, err
		}
		for _, row := range append(due.Records(), exempt.Records()...) {
			key := report{row["unit"], row["form"], row["period"]}
			// The period's own issue tells its reports; those around it may be older.
			if known[key] || row["period"] != p.String() {
				continue
			}
			known[key] = true
			all[key.unit] = append(all[key.unit], reporting(row, r.Config.Zone))
		}
	}
	for _, reports := range all {
		sortReports(reports)
	}
	return all, nil
}

func sortReports(all []reports.Reporting) {
	slices.SortStableFunc(all, func(a, b reports.Reporting) int {
		return cmp.Or(b.Due.Compare(a.Due), cmp.Compare(a.Form, b.Form))
	})
}

// reporting reads a row of the published table of due reports, or of exemptions,
// which has no state.
func reporting(row map[string]string, zone *time.Location) reports.Reporting {
	due, _ := time.Parse(time.DateOnly, row["due"]) // as this program wrote it; a fault shows as no date
	received, _ := time.Parse(time.RFC3339, row["received"])
	refused, _ := strconv.Atoi(row["refused"])
	state, owed := row["state"]
	if !owed {
		state = "exempt"
	}
	return reports.Reporting{
		Period: row["period"], Form: row["form"], Unit: row["unit"], Due: due, State: state, Received: received.In(zone), Refused: refused,
	}
}
