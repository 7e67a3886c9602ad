package serve

import (
	"cmp"
	"net/http"
	"slices"
	"strings"
	"unicode"

	"tonghop/pipeline"
	"tonghop/pipeline/serve/work"
	"tonghop/reports/published"
)

// An act is something that staff may do: what it will do, and the command that does it.
type act struct {
	kind        string
	needsReason bool
	title       string
	button      string   // "": the usual one of the kind
	says        []string // what will happen
	fields      []field
	args        []string // of the command, without who and why
	back        string
	recorded    bool // the command takes who and why
}

// A field is what a form carries on.
type field struct{ Name, Value string }

// An actView is the content of the page that says what an act will do.
type actView struct {
	Kind, Button, Back string
	Says               []string
	Fields             []field
	NeedsReason        bool
	Recorded           bool
	Reason, Fault      string
}

// confirm says what an act will do, and asks for the reason.
func (s *Server) confirm(w http.ResponseWriter, r *request) error {
	a, err := s.asked(r)
	if err != nil {
		return err
	}
	s.showAct(w, r, http.StatusOK, a, "")
	return nil
}

func (s *Server) showAct(w http.ResponseWriter, r *request, status int, a act, fault string) {
	s.show(w, r, status, "act", a.title, actView{
		Kind: a.kind, Button: cmp.Or(a.button, s.text("act."+a.kind+".button")), Back: a.back, Says: a.says, Fields: a.fields,
		NeedsReason: a.needsReason, Recorded: a.recorded, Reason: r.FormValue("reason"), Fault: fault,
	})
}

// act starts the command.
func (s *Server) act(w http.ResponseWriter, r *request) error {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	if err := r.ParseForm(); err != nil {
		return refusal{status: statusOf(err, http.StatusBadRequest)}
	}
	a, err := s.asked(r)
	if err != nil {
		return err
	}
	reason := reasonOf(r.PostFormValue("reason"))
	if a.needsReason && reason == "" {
		s.showAct(w, r, http.StatusUnprocessableEntity, a, s.text("act.reason_needed"))
		return nil
	}
	args := a.args
	if a.recorded {
		args = append(args, "--by="+r.User)
		if reason != "" {
			args = append(args, "--reason="+reason)
		}
	}
	return s.start(w, r, work.Request{Args: args, By: r.User, Reason: reason, Title: a.title})
}

// start starts a job and leads to its page.
func (s *Server) start(w http.ResponseWriter, r *request, request work.Request) error {
	job, err := s.Jobs.Start(request)
	if err != nil {
		return err
	}
	s.Log.Info("job asked for", "job", job.ID, "by", r.User, "args", request.Args)
	http.Redirect(w, r.Request, "/jobs/"+job.ID, http.StatusSeeOther)
	return nil
}

// reasonOf is a reason as the record has it: one line of bounded length.
func reasonOf(text string) string {
	text = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.C, r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(text, ""))
	runes := []rune(strings.Join(strings.Fields(text), " "))
	const most = 500
	return string(runes[:min(most, len(runes))])
}

// asked is the act that a request names, with what it is about. What is not published is
// not found: commands are given known names alone.
func (s *Server) asked(r *request) (act, error) {
	kind := r.PathValue("kind")
	o, err := s.look(r)
	if err != nil {
		return act{}, err
	}
	switch kind {
	case "run":
		return s.askedRun(r, o)
	case "close", "reopen":
		return s.askedPeriod(r, o, kind)
	case "accept", "withdraw":
		return s.askedSubmission(r, o, kind)
	case "exempt", "lift":
		return s.askedExemption(r, o, kind)
	}
	return act{}, notFound
}

// askedRun is a run: of what is new, or of one period anew.
func (s *Server) askedRun(r *request, o *published.Outlook) (act, error) {
	code := r.FormValue("period")
	if code == "" {
		return act{kind: "run", title: s.text("act.run.title"), says: []string{s.text("act.run.says")}, args: []string{"run"}, back: "/"}, nil
	}
	issue, err := publishedAs(o, code)
	if err != nil {
		return act{}, err
	}
	name := s.Language.PeriodWithin(issue.Period)
	return act{
		kind: "run", title: s.text("act.run.title_period", "period", name), says: []string{s.text("act.run.says_period", "period", name, "issue", issue.Number())},
		button: s.text("act.run.name"), fields: []field{{"period", code}}, args: []string{"run", "--period=" + code}, back: "/",
	}, nil
}

// publishedAs is the issue of the period with the given code.
func publishedAs(o *published.Outlook, code string) (*published.Issue, error) {
	for _, i := range o.Issues {
		if i.Period.String() == code {
			return i, nil
		}
	}
	return nil, notFound
}

func (s *Server) askedPeriod(r *request, o *published.Outlook, kind string) (act, error) {
	issue, err := publishedAs(o, r.FormValue("period"))
	if err != nil {
		return act{}, err
	}
	code, name := issue.Period.String(), s.Language.PeriodWithin(issue.Period)
	a := act{
		kind: kind, title: s.text("act."+kind+".title", "period", name), recorded: true,
		fields: []field{{"period", code}}, args: []string{kind, code}, back: "/", needsReason: kind == "reopen",
	}
	if kind == "close" {
		within, err := o.DuesWithin(issue.Period)
		if err != nil {
			return act{}, err
		}
		a.says = append(a.says, s.counts(within))
	}
	for _, key := range []string{"says", "more"} {
		a.says = append(a.says, s.text("act."+kind+"."+key, "period", name, "issue", issue.Number()))
	}
	return a, nil
}

func (s *Server) askedSubmission(r *request, o *published.Outlook, kind string) (act, error) {
	files, err := o.Files()
	if err != nil {
		return act{}, err
	}
	sha, folder := r.FormValue("sha"), r.FormValue("folder")
	at := slices.IndexFunc(files, func(f published.File) bool { return f.SHA256 == sha && f.Folder == folder })
	if at < 0 || files[at].Status == string(pipeline.Attachment) || folder == "" {
		return act{}, notFound
	}
	f := files[at]
	names, err := unitNames(o)
	if err != nil {
		return act{}, err
	}
	v := s.fileView(f, names, true)
	a := act{
		kind: kind, title: s.text("act."+kind+".title", "file", v.Name), recorded: true, needsReason: true,
		fields: []field{{"sha", sha}, {"folder", folder}}, args: []string{kind, sha, "--unit=" + folder}, back: v.Link,
		says: []string{s.text("act.about_file", "file", v.Name, "unit", v.Unit, "form", f.Form, "period", s.periodWithin(f.Period)), s.text("act." + kind + ".says")},
	}
	if kind == "withdraw" {
		a.says = append(a.says, s.text("act.withdraw.none"))
		if next, ok := versionBefore(f, files); ok && f.Status == string(pipeline.Accepted) {
			a.says[2] = s.text("act.withdraw.next", "file", next.Below())
		}
	}
	return a, nil
}

func (s *Server) askedExemption(r *request, o *published.Outlook, kind string) (act, error) {
	unit, form, code := r.FormValue("unit"), r.FormValue("form"), r.FormValue("period")
	dues, err := o.Dues()
	if err != nil {
		return act{}, err
	}
	at := slices.IndexFunc(dues, func(d published.Due) bool { return d.Unit == unit && d.Form == form && d.Period.String() == code })
	if at < 0 {
		return act{}, notFound
	}
	names, err := unitNames(o)
	if err != nil {
		return act{}, err
	}
	pairs := []any{"unit", names[unit], "form", form, "period", s.periodWithin(code)}
	a := act{
		kind: kind, title: s.text("act."+kind+".title", pairs...), recorded: true, needsReason: kind == "exempt",
		says:   []string{s.text("act."+kind+".says", pairs...)},
		fields: []field{{"unit", unit}, {"form", form}, {"period", code}}, back: "/status",
		args: []string{"exempt", "--unit=" + unit, "--form=" + form, "--period=" + code},
	}
	if kind == "lift" {
		a.args = append(a.args, "--lift")
	}
	return a, nil
}
