package job

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"tonghop/pipeline"
	"tonghop/pipeline/assess"
	"tonghop/pipeline/intake"
	"tonghop/pipeline/publish"
	"tonghop/pipeline/store"
	"tonghop/reports/feedback"
)

// answer writes the feedback of the submissions with the given keys.
func (r *run) answer(ctx context.Context, db *store.DB, keys []string) error {
	r.Progress.Step("answer", len(keys))
	for _, key := range keys {
		result, ok := r.judged[key]
		if !ok {
			var err error
			if result, err = r.judgeAgain(ctx, db, key); err != nil {
				return err
			}
		}
		if err := r.answerOne(result); err != nil {
			return fmt.Errorf("answer %q: %w", result.File, err)
		}
		r.Progress.Part(result.File)
	}
	return nil
}

// judgeAgain judges a submission of a run that was killed before it answered;
// the findings are those of the ledger.
func (r *run) judgeAgain(ctx context.Context, db *store.DB, key string) (assess.Result, error) {
	var s pipeline.Submission
	err := db.Transact(ctx, func(tx *store.Tx) (err error) {
		s, err = tx.Submission(ctx, key)
		return err
	})
	if err != nil {
		return assess.Result{}, err
	}
	data, err := r.archive.Get(s.SHA256)
	if err != nil {
		return assess.Result{}, err
	}
	file := intake.File{Path: s.File, Size: s.Size, ModTime: s.ModTime}
	result, err := r.rules.Assess(assess.Input{File: file, SHA256: s.SHA256, Data: data, Now: s.FirstSeen, Zone: r.Config.Zone})
	result.Findings = s.Findings
	return result, err
}

func (r *run) answerOne(result assess.Result) error {
	data, err := r.archive.Get(result.SHA256)
	if err != nil {
		return err
	}
	f := r.rules.Feedback(result, r.Config.Zone)
	ending, other := ".phan-hoi.xlsx", ".phan-hoi.html"
	write := func(w io.Writer) error { return feedback.Write(w, data, f, r.Language) }
	if !result.Opened {
		ending, other = other, ending
		write = func(w io.Writer) error { return feedback.WriteHTML(w, f, r.Language) }
	}
	answer, err := written(write)
	if err != nil {
		return err
	}
	path := r.Config.Path("inputs", "feedback", filepath.FromSlash(result.File))
	if err := publish.WriteFile(path+ending, answer); err != nil {
		return err
	}
	// An earlier file of this name may have been answered in the other kind.
	if err := os.Remove(path + other); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
