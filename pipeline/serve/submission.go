package serve

import (
	"errors"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path"
	"slices"
	"strings"
	"time"

	"tonghop/pipeline"
	"tonghop/pipeline/intake"
	"tonghop/reports/feedback"
	"tonghop/reports/published"
)

// A submissionView is the content of a submission's page.
type submissionView struct {
	File       fileView
	SHA256     string
	Timeliness string
	Findings   []findingView
	Figures    []figureView // as they were read
	Figured    bool         // the published tables have its figures
	Previous   *fileView    // the version that counted before
	Changed    int
	Original   string // addresses
	Feedback   string
	Acts       []link
	Record     []recordView
}

// A link leads to a page.
type link struct {
	Text, Target string
}

type findingView struct {
	Severity, Class, Place, Message string
}

// A figureView is one figure of a submission, with that of the version before.
type figureView struct {
	Name, Measure, Value, Raw, Cell, Before, Trace string
	Changed                                        bool
}

// named is the file that a request names by its hash and folder.
func (s *Server) named(r *request, o *published.Outlook) (published.File, []published.File, error) {
	files, err := o.Files()
	if err != nil {
		return published.File{}, nil, err
	}
	sha, folder := r.PathValue("sha"), r.FormValue("folder")
	for _, f := range files {
		if f.SHA256 == sha && f.Folder == folder {
			return f, files, nil
		}
	}
	return published.File{}, nil, notFound
}

// submission is one file: its verdict, what was found in it, what was read.
func (s *Server) submission(w http.ResponseWriter, r *request) error {
	o, err := s.look(r)
	if err != nil {
		return err
	}
	f, files, err := s.named(r, o)
	if err != nil {
		return err
	}
	names, err := unitNames(o)
	if err != nil {
		return err
	}
	view := submissionView{File: s.fileView(f, names, true), SHA256: f.SHA256, Original: "/original/" + f.SHA256 + "?" + url.Values{"folder": {f.Folder}}.Encode()}
	if f.Timeliness != "" {
		view.Timeliness = s.text("state." + f.Timeliness)
	}
	view.Findings = s.findings(o, f)
	view.Record = s.record(o, func(row map[string]string) bool { return row["sha256"] == f.SHA256 })
	if name := s.feedbackOf(f); name != "" {
		view.Feedback = "/feedback/" + (&url.URL{Path: name}).EscapedPath()
	}
	if err := s.fillFigures(&view, f, files, names); err != nil {
		return err
	}
	view.Acts = s.submissionActs(f)
	s.show(w, r, http.StatusOK, "submission", view.File.Name, view)
	return nil
}

// submissionActs are what staff may decide about a file.
func (s *Server) submissionActs(f published.File) []link {
	var all []link
	query := "?" + url.Values{"sha": {f.SHA256}, "folder": {f.Folder}}.Encode()
	if f.Form == "" || f.Period == "" {
		return nil
	}
	switch f.Status {
	case string(pipeline.Accepted), "superseded":
		all = append(all, link{s.text("act.withdraw.name"), "/act/withdraw" + query})
	case string(pipeline.Refused):
		all = append(all, link{s.text("act.accept.name"), "/act/accept" + query}, link{s.text("act.withdraw.name"), "/act/withdraw" + query})
	case string(pipeline.Withdrawn):
		all = append(all, link{s.text("act.accept.name"), "/act/accept" + query})
	}
	return all
}

// findings are what was found in a file, as the ledger words it.
func (s *Server) findings(o *published.Outlook, f published.File) []findingView {
	var all []findingView
	for _, row := range o.Ledger.Findings.Records() {
		if row["sha256"] != f.SHA256 || intake.Folder(row["file"]) != f.Folder {
			continue
		}
		place := row["sheet"]
		if row["cell"] != "" {
			place += "!" + row["cell"]
		}
		class := ""
		if row["severity"] == string(pipeline.SeverityError) {
			class = "error"
		}
		all = append(all, findingView{s.Language.Text("severity." + row["severity"]), class, place, row["message"]})
	}
	return all
}

// fillFigures adds what was read of a file, beside the version that counted before. The
// published tables have the figures of files that count, or did when an issue was made.
func (s *Server) fillFigures(view *submissionView, f published.File, files []published.File, names map[string]string) error {
	p, err := pipeline.ParsePeriod(f.Period)
	if err != nil {
		return nil // of no period there are no figures
	}
	rows, indicators, err := s.factsOf(p, f)
	if err != nil || len(rows) == 0 {
		return err
	}
	view.Figured = true
	before := map[string]string{}
	if previous, ok := versionBefore(f, files); ok {
		earlier, _, err := s.factsOf(p, previous)
		if err != nil {
			return err
		}
		if len(earlier) > 0 {
			v := s.fileView(previous, names, true)
			view.Previous = &v
		}
		for _, row := range earlier {
			before[row["indicator"]+" "+row["measure"]] = s.factText(row, indicators)
		}
	}
	for _, row := range rows {
		v := figureView{
			Name: indicators[row["indicator"]]["name"], Measure: indicators[row["indicator"]]["measure"], Value: s.factText(row, indicators),
			Raw: row["raw"], Cell: row["sheet"] + "!" + row["cell"], Trace: traceLink(f.Period, row["unit"], row["indicator"], "actual"),
		}
		if row["measure"] == string(pipeline.MeasureYTD) {
			v.Name, v.Trace = s.text("submission.ytd", "name", v.Name), traceLink(f.Period, row["unit"], row["indicator"], "ytd")
		}
		if view.Previous != nil {
			v.Before = before[row["indicator"]+" "+row["measure"]]
			v.Changed = v.Before != v.Value
		}
		if v.Changed {
			view.Changed++
		}
		view.Figures = append(view.Figures, v)
	}
	return nil
}

// versionBefore is the version of the same report that counted before f.
func versionBefore(f published.File, files []published.File) (published.File, bool) {
	at := slices.IndexFunc(files, func(x published.File) bool { return x.SHA256 == f.SHA256 && x.Folder == f.Folder })
	for _, x := range files[at+1:] {
		if x.Folder == f.Folder && x.Form == f.Form && x.Period == f.Period && (x.Status == string(pipeline.Accepted) || x.Status == "superseded") {
			return x, true
		}
	}
	return published.File{}, false
}

// factsOf are the figures of a file as the newest issue of its period that counts it
// has them, with the indicators of that issue.
func (s *Server) factsOf(p pipeline.Period, f published.File) (rows []map[string]string, indicators map[string]map[string]string, err error) {
	issue, err := s.reader.Issue(p)
	const most = 10 // issues to look through
	for range most {
		if errors.Is(err, fs.ErrNotExist) {
			return nil, nil, nil
		}
		if err != nil {
			return nil, nil, err
		}
		facts, err := issue.Records("facts")
		if err != nil {
			return nil, nil, err
		}
		for _, row := range facts {
			if row["sha256"] == f.SHA256 && row["form"] == f.Form && row["period"] == f.Period {
				rows = append(rows, row)
			}
		}
		if len(rows) > 0 {
			indicators, err = rowsBy(issue, "indicators", "indicator")
			return rows, indicators, err
		}
		if issue.Number() == 1 {
			return nil, nil, nil
		}
		issue, err = s.reader.Numbered(p, issue.Number()-1)
		if err != nil {
			return nil, nil, nil // cleared away
		}
	}
	return nil, nil, nil
}

// rowsBy are the rows of a table by the value of a column.
func rowsBy(issue *published.Issue, table, column string) (map[string]map[string]string, error) {
	rows, err := issue.Records(table)
	all := map[string]map[string]string{}
	for _, row := range rows {
		all[row[column]] = row
	}
	return all, err
}

// factText prints a figure as it was read, in its state.
func (s *Server) factText(row map[string]string, indicators map[string]map[string]string) string {
	switch row["state"] {
	case "nil":
		return s.Language.Text("page.state.nil")
	case "blank":
		return s.Language.Text("cli.blank")
	}
	value := published.Print(s.Language, indicators[row["indicator"]], row["value"], s.Language.Text("cli.none"))
	return published.Qualified(s.Language, value, strings.TrimPrefix(row["qualifier"], string(pipeline.Exact)))
}

// unitNames are the names of units by code.
func unitNames(o *published.Outlook) (map[string]string, error) {
	units, err := o.Units()
	names := map[string]string{}
	for _, u := range units {
		names[u.Code] = u.Name
	}
	return names, err
}

// original sends a file as its unit sent it.
func (s *Server) original(w http.ResponseWriter, r *request) error {
	ledger, err := s.reader.Ledger()
	if err != nil {
		return err
	}
	f, _, err := s.named(r, &published.Outlook{Ledger: ledger, Now: r.Now})
	if err != nil {
		return err
	}
	archive := intake.Archive{Dir: s.Config.Path(".tonghop", "archive")}
	file, err := os.Open(archive.Path(f.SHA256)) // the ledger has the hash
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }() // it was only read
	attach(w, path.Base(f.Path), typeOf(f.Path))
	http.ServeContent(w, r.Request, "", time.Time{}, file)
	return nil
}

// feedbackOf is the path of the answer to a file below the folder of answers, or empty.
func (s *Server) feedbackOf(f published.File) string {
	root, err := os.OpenRoot(s.Config.Path("inputs", "feedback"))
	if err != nil {
		return ""
	}
	defer func() { _ = root.Close() }() // it was only looked at
	for _, ending := range []string{feedback.BookEnding, feedback.PageEnding} {
		name := feedback.FileName(f.Path, ending)
		if info, err := root.Stat(name); err == nil && info.Mode().IsRegular() {
			return strings.ReplaceAll(name, string(os.PathSeparator), "/")
		}
	}
	return ""
}

// feedback sends the answer to a file. Nothing but answers is sent, and no link is
// followed out of their folder.
func (s *Server) feedback(w http.ResponseWriter, r *request) error {
	name := r.PathValue("path")
	if !strings.HasSuffix(name, feedback.BookEnding) && !strings.HasSuffix(name, feedback.PageEnding) || !fs.ValidPath(name) {
		return notFound
	}
	root, err := os.OpenRoot(s.Config.Path("inputs", "feedback"))
	if err != nil {
		return err
	}
	defer func() { _ = root.Close() }() // it was only read
	file, err := root.Open(name)
	if err != nil {
		return notFound
	}
	defer func() { _ = file.Close() }()
	if info, err := file.Stat(); err != nil || !info.Mode().IsRegular() {
		return notFound
	}
	attach(w, path.Base(name), typeOf(name))
	http.ServeContent(w, r.Request, "", time.Time{}, file)
	return nil
}
