package job

import (
	"errors"
	"runtime"
	"slices"
	"sync"

	"tonghop/pipeline/assess"
	"tonghop/pipeline/store"
)

// judge reads and judges the new files, a few at a time.
func (r *run) judge(all []taken) error {
	all = slices.DeleteFunc(slices.Clone(all), func(t taken) bool { return !t.new })
	r.Progress.Step("judge", len(all))
	results := make([]assess.Result, len(all))
	faults := make([]error, len(all))
	next, done := make(chan int), make(chan int)
	var workers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(all)) {
		workers.Go(func() {
			for i := range next {
				results[i], faults[i] = r.judgeOne(all[i])
				done <- i
			}
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

func (r *run) judgeOne(t taken) (assess.Result, error) {
	data, err := r.archive.Get(t.sha)
	if err != nil {
		return assess.Result{}, err
	}
	return r.rules.Assess(assess.Input{File: t.File, SHA256: t.sha, Data: data, Now: r.Now, Zone: r.Config.Zone})
}
