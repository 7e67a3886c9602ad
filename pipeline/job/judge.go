package job

import (
	"context"
	"iter"
	"runtime"
	"slices"
	"sync"

	"tonghop/pipeline"
	"tonghop/pipeline/assess"
	"tonghop/pipeline/intake"
	"tonghop/pipeline/store"
)

// ahead is by how many files judging may run ahead of loading: enough that a slow
// file holds the others up for a while only, few enough to be kept in memory.
const ahead = 64

// A judging is a file that is judged or waits for it.
type judging struct {
	taken
	result assess.Result
	fault  error
	done   chan struct{} // closed once it is judged
}

// judge reads and judges the new files, a few at a time, while they are taken from
// it in their order, and notes what came of them.
func (r *run) judge(ctx context.Context, all []taken) iter.Seq2[pipeline.Submission, error] {
	all = slices.DeleteFunc(slices.Clone(all), func(t taken) bool { return !t.new })
	return func(yield func(pipeline.Submission, error) bool) {
		if len(all) == 0 {
			return
		}
		r.Progress.Step("judge", len(all))
		var waiting backlog
		judged, stop := r.startJudges(ctx, all, &waiting)
		defer stop()
		for j := range judged {
			<-j.done
			waiting.add(-weight(&j.result.Submission))
			r.Progress.Part(j.Path)
			r.Log.Debug("judged", "file", j.Path, "verdict", j.result.Verdict, "unit", j.result.Unit, "period", j.result.Period.String())
			if !yield(j.result.Submission, j.fault) {
				return
			}
			r.note(j)
		}
	}
}

// startJudges gives the files in their order, each when a judge has it or soon
// will; what is judged is added to waiting. stop waits for the judges to end, with
// their work done or not.
func (r *run) startJudges(ctx context.Context, all []taken, waiting *backlog) (judged <-chan *judging, stop func()) {
	order, next, quit := make(chan *judging, ahead), make(chan *judging), make(chan struct{})
	var judges sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(all)) {
		judges.Go(func() {
			judge := r.newJudge(ctx)
			for j := range next {
				j.result, j.fault = r.judgeOne(judge, j.taken)
				waiting.add(weight(&j.result.Submission))
				close(j.done)
			}
			r.closeJudge(judge)
		})
	}
	judges.Go(func() {
		defer close(order)
		defer close(next)
		for _, t := range all {
			j := &judging{taken: t, done: make(chan struct{})}
			select {
			case <-waiting.little():
			case <-quit:
				return
			}
			for _, to := range []chan *judging{order, next} {
				select {
				case to <- j:
				case <-quit:
					return
				}
			}
		}
	})
	return order, func() {
		close(quit)
		judges.Wait()
	}
}

// note keeps what the rest of the run needs of a judged file. What counts is in
// the ledger by now and need not be kept; what is much is read again.
func (r *run) note(j *judging) {
	if j.result.Verdict == pipeline.Accepted || weight(&j.result.Submission) > mostKept {
		j.result.Facts, j.result.Lists = nil, nil
	}
	r.judged[store.Key(j.result.Folder, j.sha)] = j.result
	r.result.Submissions = append(r.result.Submissions, j.result.Submission)
}

// judgeOne judges a file, without looking into it where its verdict does not
// rest on what it holds: one in an unknown folder is held, one beyond all bounds
// is not read.
func (r *run) judgeOne(j judge, t taken) (result assess.Result, err error) {
	if rules := r.rulesBy(t.rules); intake.UnitOfFolder(rules.Catalogue, t.Folder()) == "" || t.Size > rules.Limits.FileBytes {
		result, err = rules.Assess(assess.Input{File: t.File, SHA256: t.sha, Now: t.now, Zone: r.Config.Zone})
	} else {
		result, err = j.judge(t)
	}
	if t.new {
		result.FirstSeen, result.Acts = t.since, t.acts
	}
	return result, err
}

// closeJudge ends a judge whose work is done.
func (r *run) closeJudge(j judge) {
	if err := j.close(); err != nil {
		r.Log.Warn("worker did not end well", "error", err) // its files are judged
	}
}
