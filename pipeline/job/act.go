package job

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"tonghop/pipeline"
	"tonghop/pipeline/lang"
	"tonghop/pipeline/store"
)

// A Refusal tells why an act is not done. Package lang words it: act.<Code>.
type Refusal struct {
	Code  string
	Pairs []any // name and value of what the sentence names
	Idle  bool  // it is as the act would make it: nothing is put on the record
}

// Error is for logs.
func (r *Refusal) Error() string { return fmt.Sprintf("act refused: %s %v", r.Code, r.Pairs) }

// Text is for people.
func (r *Refusal) Text(l *lang.Language) string {
	pairs := make([]any, len(r.Pairs))
	for i, value := range r.Pairs {
		switch v := value.(type) {
		case pipeline.Period:
			pairs[i] = l.Period(v)
		case time.Time:
			pairs[i] = l.Time(v)
		case []string:
			pairs[i] = strings.Join(v, ", ")
		default:
			pairs[i] = v
		}
	}
	return l.Text("act.refused."+r.Code, pairs...)
}

func refuse(code string, pairs ...any) error { return &Refusal{Code: code, Pairs: pairs} }

func idle(code string, pairs ...any) error { return &Refusal{Code: code, Pairs: pairs, Idle: true} }

// act puts the act on the record and does what follows from it, after the run has
// taken what lies in the inbox. A run that is killed in between leaves that to
// the next one.
func (r *run) act(ctx context.Context, db *store.DB, all []taken) error {
	var a pipeline.Act
	err := db.Transact(ctx, func(tx *store.Tx) (err error) {
		a, err = r.decide(ctx, tx, *r.Act)
		return err
	})
	if err != nil {
		return err
	}
	a.At = r.Now.UTC()
	if err := r.journal.Add(a); err != nil {
		return err
	}
	r.acts = r.journal.Acts[len(r.journal.Acts)-1:]
	r.result.Act = &r.acts[0]
	r.Periods, r.All = nil, false // done by the run before
	submissions := r.result.Submissions
	r.result.Submissions = nil
	err = r.conclude(ctx, db, all)
	r.result.Submissions = submissions
	return err
}

// decide completes an act, or refuses it.
func (r *run) decide(ctx context.Context, tx *store.Tx, a pipeline.Act) (pipeline.Act, error) {
	switch a.Kind {
	case pipeline.ActClose, pipeline.ActReopen:
		return a, r.checkPeriod(a)
	case pipeline.ActWithdraw, pipeline.ActAccept:
		return r.checkSubmission(ctx, tx, a)
	default:
		return a, r.checkExemption(a)
	}
}

// checkPeriod tells whether a period can be closed or reopened.
func (r *run) checkPeriod(a pipeline.Act) error {
	last, acted := r.lastAct(pipeline.Act{Period: a.Period}, pipeline.ActClose, pipeline.ActReopen)
	closed := acted && last.Kind == pipeline.ActClose
	today := pipeline.DayIn(r.Now, r.Config.Zone)
	switch window := r.rules.Catalogue.Calendar.Window(a.Period); {
	case a.Kind == pipeline.ActReopen && !closed:
		if around, ok := r.closing(a.Period); ok {
			return refuse("closed_around", "period", a.Period, "around", around.Period)
		}
		if acted && repeats(a, last) {
			return idle("reopened_already", "period", a.Period, "at", last.At.In(r.Config.Zone), "by", last.By)
		}
		return refuse("not_closed", "period", a.Period)
	case a.Kind == pipeline.ActReopen:
		return nil
	case closed:
		return idle("closed_already", "period", a.Period, "at", last.At.In(r.Config.Zone), "by", last.By)
	case window.Start.After(today):
		return refuse("not_begun", "period", a.Period)
	case !r.reported(a.Period):
		return refuse("unknown_period", "period", a.Period)
	}
	return nil
}

// repeats tells whether an act is the last one once more: serve does a job again that a
// kill cut off, perhaps after it was put on the record.
func repeats(a, last pipeline.Act) bool {
	return a.Kind == last.Kind && a.By == last.By && a.Reason == last.Reason
}

// open refuses an act on a period that is closed.
func (r *run) open(p pipeline.Period) error {
	if a, closed := r.closing(p); closed {
		return refuse("reopen_first", "period", p, "around", a.Period, "code", a.Period.String())
	}
	return nil
}

// checkSubmission finds the submission that an act names and tells whether it can
// be withdrawn or accepted.
func (r *run) checkSubmission(ctx context.Context, tx *store.Tx, a pipeline.Act) (pipeline.Act, error) {
	found, err := tx.StandingsOf(ctx, a.SHA256)
	if err != nil {
		return a, err
	}
	s, err := only(found, a)
	if err != nil {
		return a, err
	}
	a.Folder, a.SHA256, a.Unit, a.Form, a.Period = s.Folder, s.SHA256, s.Unit, s.Form, s.Period
	switch {
	case s.Verdict == pipeline.Attachment:
		return a, refuse("attachment", "file", s.File)
	case s.Unit == "":
		return a, refuse("unit_unknown", "file", s.File)
	case s.Form == "":
		return a, refuse("form_unknown", "file", s.File)
	case s.Period.IsZero():
		return a, refuse("period_unknown", "file", s.File)
	}
	if err := r.open(s.Period); err != nil {
		return a, err
	}
	if a.Kind == pipeline.ActWithdraw {
		if s.Verdict == pipeline.Withdrawn {
			return a, idle("withdrawn_already", "file", s.File)
		}
		return a, nil
	}
	if err := r.owes(a); err != nil { // the catalogue may have changed since it came
		return a, err
	}
	if s.Verdict == pipeline.Accepted {
		return a, idle("accepted_already", "file", s.File)
	}
	if !r.archive.HasWhole(s.SHA256) { // what it says is read again
		return a, refuse("bytes_lost", "file", s.File, "missing", r.archive.Path(s.SHA256))
	}
	return a, nil
}

// only is the one submission among those found that the act means.
func only(found []store.Standing, a pipeline.Act) (store.Standing, error) {
	if a.Unit != "" {
		found = slices.DeleteFunc(found, func(s store.Standing) bool { return s.Unit != a.Unit && s.Folder != a.Unit })
	}
	if len(found) == 0 {
		return store.Standing{}, refuse("unknown_sha", "sha", a.SHA256, "unit", a.Unit)
	}
	var folders []string
	for _, s := range found {
		if s.SHA256 != found[0].SHA256 {
			return s, refuse("ambiguous_sha", "sha", a.SHA256)
		}
		folders = append(folders, s.Folder)
	}
	if len(found) > 1 {
		return found[0], refuse("several_folders", "sha", a.SHA256, "folders", folders)
	}
	return found[0], nil
}

// checkExemption tells whether a unit can be exempted from a report, or that be
// lifted.
func (r *run) checkExemption(a pipeline.Act) error {
	last, acted := r.lastAct(a, pipeline.ActExempt, pipeline.ActLift)
	exempted := acted && last.Kind == pipeline.ActExempt
	switch {
	case a.Kind == pipeline.ActLift && acted && repeats(a, last):
		return idle("lifted_already", "unit", a.Unit, "form", a.Form, "period", a.Period, "at", last.At.In(r.Config.Zone), "by", last.By)
	case a.Kind == pipeline.ActLift && !exempted:
		return refuse("not_exempted", "unit", a.Unit, "form", a.Form, "period", a.Period)
	case a.Kind == pipeline.ActExempt && exempted:
		return idle("exempted_already", "unit", a.Unit, "form", a.Form, "period", a.Period, "by", last.By, "reason", last.Reason)
	}
	if err := r.open(a.Period); err != nil || a.Kind == pipeline.ActLift {
		return err
	}
	return r.owes(a)
}

// owes refuses an act on a report that the catalogue knows nothing of.
func (r *run) owes(a pipeline.Act) error {
	cat := r.rules.Catalogue
	end := cat.Calendar.Of(a.Form).Window(a.Period).End
	unit, valid := cat.UnitOn(a.Unit, end)
	form, known := cat.FormOn(a.Form, end)
	switch {
	case unit.Code == "":
		return refuse("no_unit", "unit", a.Unit)
	case !known:
		return refuse("no_form", "form", a.Form, "period", a.Period)
	case !slices.Contains(form.Periods(a.Period.EndYear()), a.Period):
		return refuse("no_form_period", "form", a.Form, "period", a.Period)
	case a.Kind == pipeline.ActExempt && (!form.DueOf(unit.Kind) || !valid):
		return refuse("not_owed", "unit", a.Unit, "form", a.Form, "period", a.Period)
	}
	return nil
}
