// Package job runs the whole pipeline once: take what is new in the inbox, judge
// it, load it, compute the stale periods and publish those that changed.
//
// It is the only place that knows the order of the stages. Every run, from the
// command line, a schedule or a page, is Run: it takes the workspace's lock,
// loads and models in one transaction, and publishes after the commit; many periods
// are computed and published portion by portion. What a killed run has promised and
// not written, the next one finds pending.
package job

import (
	"context"
	"errors"
	"log/slog"
	"os/exec"
	"time"

	"tonghop/pipeline"
	"tonghop/pipeline/assess"
	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/config"
	"tonghop/pipeline/intake"
	"tonghop/pipeline/journal"
	"tonghop/pipeline/lang"
	"tonghop/pipeline/lock"
	"tonghop/pipeline/notify"
	"tonghop/pipeline/store"
	"tonghop/pipeline/transform"
)

// Options says what a run does.
type Options struct {
	Config   *config.Config
	Language *lang.Language
	Now      time.Time         // the clock of the run
	Periods  []pipeline.Period // publish these too, whether changed or not
	All      bool              // compute every period anew
	Act      *pipeline.Act     // what staff decided, to be done after an ordinary run; without number and time
	Upload   *Upload           // a file that staff bring on behalf of a unit, to be taken by this run
	Version  string            // of the program; another one makes every period anew
	Command  string            // what is done, for those who wait for it and for the list of runs
	By       string            // who started it, for that list
	Job      bool              // serve did, and keeps it among its jobs
	Log      *slog.Logger
	Progress Progress
	// Worker makes the process that judges files by the rules in a folder, with
	// limits of its own; nil judges them in the run's process.
	Worker func(ctx context.Context, rules string) *exec.Cmd

	portion int // how many figures are computed at once; 0 for portionFigures
}

// Progress is told how far a run has come. Its methods are called from one
// goroutine.
type Progress interface {
	// Waiting tells that another run holds the workspace, and which.
	Waiting(holder lock.Holder)
	// Settling tells that n new files must stay unchanged for wait.
	Settling(n int, wait time.Duration)
	// Step begins a stage of total parts; Part ends one of them.
	Step(name string, total int)
	Part(name string)
}

// A Result is what a run did.
type Result struct {
	Catalogue   []assess.FileFinding // findings on the catalogue and the forms
	SQL         []transform.Found    // findings on staff's own SQL
	Changes     []catalogue.Change   // of the catalogue and the forms since the run before
	Before      string               // the hash of the catalogue that served then, where it was another
	LastGood    bool                 // the catalogue is broken; the last accepted one served
	Submissions []pipeline.Submission
	Conflicts   []string // copies that a sync program made, not taken
	Unreadable  []string // folders and files of the inbox that can't be read, not taken; the next run tries again
	Lost        []Lost   // files on the record of which nothing else is left, not judged
	Moving      int      // files that are not settled yet
	Unchanged   int      // files known from earlier runs
	Published   []Published
	Restored    []pipeline.Period // their published files were missing or changed and are as issued again
	Unanswered  []string          // files whose feedback could not be written; the next run tries again
	Kept        []pipeline.Period // closed, so that they keep their published figures although these would be others now
	Act         *pipeline.Act     // as it stands on the record
	ClockBehind time.Time         // the record's last time, where the clock of the run is earlier
	Aside       *Aside            // the database could not serve and was made again
}

// A Lost is a file on the record that is neither in the ledger nor in the inbox,
// and not in the archive either.
type Lost struct {
	File    string
	Missing string // where its bytes should lie
}

// A Published is one new issue.
type Published struct {
	Period       pipeline.Period
	Issue        int
	Restatements int
}

// ErrCatalogue tells that there is no catalogue to work by: it is broken and
// none was accepted before.
var ErrCatalogue = errors.New("catalogue has errors")

// A run is one call of Run.
type run struct {
	Options
	archive  intake.Archive
	rules    *assess.Rules
	rulesDir string // where the rules that serve are kept, for the workers
	earlier  *earlier
	result   Result
	journal  *journal.Journal
	acts     []pipeline.Act           // of the journal, those that the database does not know yet
	judged   map[string]assess.Result // this run's, by their key in the ledger
	changes  []change                 // what the load changed
	anew     bool                     // compute everything, also what models keep from run to run
	parquet  *store.Parquet           // while publishing
	template []byte                   // of the worded report
}

// Run does one run. The result is valid as far as it came, also with an error.
func Run(ctx context.Context, o Options) (result Result, err error) {
	err = o.locked(ctx, func(r *run) error {
		defer func() { result = r.result }()
		if err := r.prepare(); err != nil {
			return err
		}
		return r.inStore(ctx)
	})
	o.notify(ctx, result)
	o.alarm(ctx, notify.OfRuns, result, err)
	return result, err
}

// prepare reads what a run goes by.
func (r *run) prepare() error {
	if err := r.openJournal(); err != nil {
		return err
	}
	return r.loadRules()
}

// locked works while it holds the workspace's lock, with what a killed run has
// left cleared away.
func (o Options) locked(ctx context.Context, work func(*run) error) error {
	state := o.Config.Path(".tonghop")
	held, err := lock.Acquire(ctx, state, o.Command, o.Progress.Waiting)
	if err != nil {
		return err
	}
	r := newRun(o)
	r.clearLeftovers()
	entry := r.checkIn(ctx)
	err = work(r)
	r.checkOut(ctx, entry, err)
	return errors.Join(err, held.Release())
}

func newRun(o Options) *run {
	return &run{
		Options: o, archive: intake.Archive{Dir: o.Config.Path(".tonghop", "archive")}, judged: map[string]assess.Result{},
		earlier: &earlier{sets: map[string]ruleset{}},
	}
}

func (r *run) openJournal() (err error) {
	r.journal, err = journal.Open(r.Config.Path(".tonghop"))
	if err == nil {
		for _, path := range r.journal.Torn {
			r.Log.Warn("torn line mended", "file", path)
		}
	}
	return err
}

// stages are the run in order. Each transaction leaves a whole state behind.
func (r *run) stages(ctx context.Context, db *store.DB) error {
	if r.Upload != nil {
		if r.rules == nil {
			return ErrCatalogue
		}
		if err := r.upload(*r.Upload); err != nil {
			return err
		}
	}
	taken, err := r.take(ctx, db)
	if err != nil {
		return err
	}
	if r.rules == nil {
		return ErrCatalogue
	}
	if err := r.conclude(ctx, db, taken); err != nil || r.Act == nil {
		return err
	}
	for i := range taken {
		taken[i].new = false // they are judged and loaded
	}
	return r.act(ctx, db, taken)
}

// conclude judges and loads what was taken and writes the outputs.
func (r *run) conclude(ctx context.Context, db *store.DB, all []taken) error {
	work, err := r.load(ctx, db, all)
	if err != nil {
		return err
	}
	return errors.Join(r.publish(ctx, db, work), r.answer(ctx, db)) // no answer waits for a page that can't be written
}
