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

// ahead is by how many files judges may run ahead of who takes their work: enough that
// a slow file holds the others up for a while only, few enough to be kept in memory.
const ahead = 64

// A judging is a file that is judged or waits for it.
type judging struct {
	taken
	result assess.Result
	fault  error
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
		judged, stop := sideBySide(ctx, r, r.toJudge(all, &waiting), func(by judge, j *judging) {
			j.result, j.fault = r.judgeOne(by, j.taken)
			waiting.add(weight(&j.result.Submission))
		})
		defer stop()
		for j := range judged {
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

// toJudge gives the files as long as little waits to be loaded.
func (r *run) toJudge(all []taken, waiting *backlog) func(quit <-chan struct{}) iter.Seq[*judging] {
	return func(quit <-chan struct{}) iter.Seq[*judging] {
		return func(yield func(*judging) bool) {
			for _, t := range all {
				select {
				case <-waiting.little():
				case <-quit:
					return
				}
				if !yield(&judging{taken: t}) {
					return
				}
			}
		}
	}
}

// sideBySide has work done by as many judges as there are processors, and gives what
// they work on in its order, each once its work is done. stop must be called; it waits
// for the judges to end, with their work done or not, after quit has told so.
func sideBySide[T any](ctx context.Context, r *run, all func(quit <-chan struct{}) iter.Seq[T], work func(judge, T)) (done iter.Seq[T], stop func()) {
	type task struct {
		on   T
		done chan struct{} // closed once the work is done
	}
	order, next, quit := make(chan task, ahead), make(chan task), make(chan struct{})
	var judges sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		judges.Go(func() {
			by := r.newJudge(ctx) // starts nothing before its first task
			for t := range next {
				work(by, t.on)
				close(t.done)
			}
			r.closeJudge(by)
		})
	}
	judges.Go(func() {
		defer close(order)
		defer close(next)
		for on := range all(quit) {
			t := task{on, make(chan struct{})}
			for _, to := range []chan task{order, next} {
				select {
				case to <- t:
				case <-quit:
					return
				}
			}
		}
	})
	done = func(yield func(T) bool) {
		for t := range order {
			<-t.done
			if !yield(t.on) {
				return
			}
		}
	}
	return done, func() {
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
