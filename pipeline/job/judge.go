package job

import (
	"context"
	"errors"
	"runtime"
	"slices"
	"sync"

	"tonghop/pipeline/assess"
	"tonghop/pipeline/intake"
	"tonghop/pipeline/store"
)

// judge reads and judges the new files, a few at a time.
func (r *run) judge(ctx context.Context, all []taken) error {
	all = slices.DeleteFunc(slices.Clone(all), func(t taken) bool { return !t.new })
	if len(all) == 0 {
		return nil
	}
	r.Progress.Step("judge", len(all))
	results, faults := make([]assess.Result, len(all)), make([]error, len(all))
	next, done := make(chan int), make(chan int)
	var workers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(all)) {
		workers.Go(func() {
			judge := r.newJudge(ctx)
			for i := range next {
				results[i], faults[i] = r.judgeOne(judge, all[i])
				done <- i
			}
			r.closeJudge(judge)
		})
	}
	go func() {
		for i := range all {
			next <- i
		}
		close(next)
		workers.Wait()
		close(done)
	}()
	for i := range done {
		r.Progress.Part(all[i].Path)
		r.Log.Debug("judged", "file", all[i].Path, "verdict", results[i].Verdict, "unit", results[i].Unit, "period", results[i].Period.String())
	}
	for i, result := range results {
		r.judged[store.Key(result.Folder, all[i].sha)] = result
		r.result.Submissions = append(r.result.Submissions, result.Submission)
	}
	return errors.Join(faults...)
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
