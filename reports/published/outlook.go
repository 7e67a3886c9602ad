package published

import (
	"cmp"
	"errors"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"time"

	"tonghop/pipeline"
	"tonghop/reports"
)

// An Outlook is what is published of all periods as one reader sees it at one moment:
// each period by one issue, and the ledger of one run.
type Outlook struct {
	Issues []*Issue // the period that ends last first
	Ledger Ledger
	Now    time.Time // in the workspace's zone

	planned []Due // and the units that owe them; see Plan
	roll    []Unit
}

// Look reads the outlook. now is in the workspace's zone: by it a report that has not
// come is overdue, or still has time.
func (r *Reader) Look(now time.Time) (*Outlook, error) {
	periods, err := r.Periods()
	if err != nil {
		return nil, err
	}
	o := &Outlook{Now: now}
	for _, p := range periods {
		issue, err := r.Issue(p)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		o.Issues = append(o.Issues, issue)
	}
	slices.SortFunc(o.Issues, func(a, b *Issue) int { return pipeline.NewestFirst(a.Period, b.Period) })
	o.Ledger, err = r.Ledger()
	return o, err
}

// A Unit is a unit as the newest issue that knows it has it.
type Unit struct {
	Code, Name, Kind, Parent string
	Level                    int
}

// Units lists the units of the issues, those of the newest one first and in its
// order, which is that of the catalogue.
func (o *Outlook) Units() ([]Unit, error) {
	var all []Unit
	seen := map[string]bool{}
	for _, i := range o.Issues {
		rows, err := i.Records("units")
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			if seen[row["unit"]] {
				continue
			}
			seen[row["unit"]] = true
			level, _ := strconv.Atoi(row["level"]) // as this program wrote it
			all = append(all, Unit{row["unit"], row["name"], row["kind"], row["parent"], level})
		}
	}
	for _, u := range o.roll {
		if !seen[u.Code] {
			all = append(all, u)
		}
	}
	return all, nil
}

// A Due is one report that a unit owes or has sent.
type Due struct {
	Period     pipeline.Period
	Form, Unit string
	Due        time.Time
	State      string // on_time, late, missing, not_due, exempt
	Received   time.Time
	Refused    int // files refused and not yet replaced
	Reason     string
}

// Overdue tells whether the report should have come.
func (d Due) Overdue() bool { return d.State == "missing" }

// Dues lists the reports that are due in the published periods, each once: as the
// period's own issue tells it, else the newest issue around it.
func (o *Outlook) Dues() ([]Due, error) {
	type key struct {
		period     pipeline.Period
		form, unit string
	}
	found := map[key]Due{}
	from := map[key]*Issue{}
	for _, i := range o.Issues {
		for _, table := range []string{"reporting", "exemptions"} {
			rows, err := i.Records(table)
			if err != nil {
				return nil, err
			}
			for _, row := range rows {
				d, err := o.due(row)
				if err != nil {
					return nil, err
				}
				k := key{d.Period, d.Form, d.Unit}
				if known := from[k]; known == nil || known.Period != d.Period && (i.Period == d.Period || i.AsOf.After(known.AsOf)) {
					found[k], from[k] = d, i
				}
			}
		}
	}
	for _, d := range o.planned {
		if k := (key{d.Period, d.Form, d.Unit}); from[k] == nil {
			found[k] = d
		}
	}
	all := make([]Due, 0, len(found))
	for _, d := range found {
		all = append(all, d)
	}
	slices.SortFunc(all, func(a, b Due) int {
		return cmp.Or(b.Due.Compare(a.Due), pipeline.NewestFirst(a.Period, b.Period), cmp.Compare(a.Form, b.Form), cmp.Compare(a.Unit, b.Unit))
	})
	return all, nil
}

// DuesWithin are those of Dues that p holds.
func (o *Outlook) DuesWithin(p pipeline.Period) ([]Due, error) {
	all, err := o.Dues()
	return slices.DeleteFunc(all, func(d Due) bool { return d.Period != p && !p.Covers(d.Period) }), err
}

// due reads a row of the published table of due reports, or of exemptions, which has
// no state.
func (o *Outlook) due(row map[string]string) (d Due, err error) {
	d = Due{Form: row["form"], Unit: row["unit"], State: row["state"], Reason: row["reason"]}
	if d.Period, err = pipeline.ParsePeriod(row["period"]); err != nil {
		return d, err
	}
	if d.Due, err = time.Parse(time.DateOnly, row["due"]); err != nil {
		return d, err
	}
	if row["received"] != "" {
		if d.Received, err = time.Parse(time.RFC3339, row["received"]); err != nil {
			return d, err
		}
		d.Received = d.Received.In(o.Now.Location())
	}
	d.Refused, _ = strconv.Atoi(row["refused"]) // exemptions have none
	if _, owed := row["state"]; !owed {
		d.State = "exempt"
	}
	if (reports.Reporting{State: d.State, Due: d.Due}).HasTime(o.Now) {
		d.State = "not_due"
	}
	return d, nil
}

// A File is one file of the ledger.
type File struct {
	Folder, Form, Period, Path, SHA256 string
	Unit                               string // the code of the unit whose folder it is; empty where it is nobody's
	Received                           time.Time
	Status, Timeliness                 string
	Errors, Warnings                   int
	Mended                             bool // refused, and a newer file took its place
}

// Files lists the files of the ledger, newest first.
func (o *Outlook) Files() ([]File, error) {
	var all []File
	for _, row := range slices.Backward(o.Ledger.Submissions.Records()) {
		received, err := time.Parse(time.RFC3339, row["first_seen"])
		if err != nil {
			return nil, err
		}
		errors, _ := strconv.Atoi(row["errors"])     // as this program
		warnings, _ := strconv.Atoi(row["warnings"]) // wrote them
		f := File{
			Folder: row["unit"], Form: row["form"], Period: row["period"], Path: row["file"], SHA256: row["sha256"],
			Received: received.In(o.Now.Location()), Status: row["status"], Timeliness: row["timeliness"], Errors: errors, Warnings: warnings,
		}
		var ok bool
		if f.Unit, ok = row["owner"]; !ok { // of an earlier version
			f.Unit = f.Folder
		}
		all = append(all, f)
	}
	slices.SortStableFunc(all, func(a, b File) int { return b.Received.Compare(a.Received) })
	for i := range all {
		all[i].Mended = all[i].Status == string(pipeline.Refused) && slices.ContainsFunc(all[:i], all[i].replacedBy)
	}
	return all, nil
}

// replacedBy tells whether a newer file took the place of f: it has the same name, or
// reports the same form and period, and was accepted.
func (f File) replacedBy(newer File) bool {
	same := newer.Path == f.Path || f.Period != "" && newer.Folder == f.Folder && newer.Form == f.Form && newer.Period == f.Period
	return same && (newer.Status == string(pipeline.Accepted) || newer.Status == "superseded")
}

// Below is the path of the file below its unit's folder.
func (f File) Below() string { return strings.TrimPrefix(f.Path, f.Folder+"/") }

// Of tells whether the file was sent for a report that is due.
func (f File) Of(d Due) bool {
	return f.Unit == d.Unit && f.Form == d.Form && f.Period == d.Period.String()
}
