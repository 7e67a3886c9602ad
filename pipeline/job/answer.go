package job

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"tonghop/pipeline/assess"
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

// judgeAgain judges a submission of a run that was killed before it answered.
func (r *run) judgeAgain(ctx context.Context, db *store.DB, key string) (assess.Result, error) {
	var t taken
	var now sql.NullTime
	_, t.sha, _ = strings.Cut(key, "/")
	err := db.Transact(ctx, func(tx *store.Tx) error {
		return tx.Query(ctx, func(rows *sql.Rows) error { return rows.Scan(&t.Path, &t.Size, &t.ModTime, &now) },
			"SELECT file, size, mtime, first_seen FROM raw_submission WHERE folder || '/' || sha256 = $key", sql.Named("key", key))
	})
	if err != nil {
		return assess.Result{}, fmt.Errorf("read ledger: %w", err)
	}
	data, err := r.archive.Get(t.sha)
	if err != nil {
		return assess.Result{}, err
	}
	return r.rules.Assess(assess.Input{File: t.File, SHA256: t.sha, Data: data, Now: now.Time, Zone: r.Config.Zone})
}

func (r *run) answerOne(result assess.Result) error {
	data, err := r.archive.Get(result.SHA256)
	if err != nil {
		return err
	}
	f := r.rules.Feedback(result, r.Config.Zone)
	name, write := result.File+".phan-hoi.xlsx", func(w io.Writer) error { return feedback.Write(w, data, f, r.Language) }
	if !result.Opened {
		name, write = result.File+".phan-hoi.html", func(w io.Writer) error { return feedback.WriteHTML(w, f, r.Language) }
	}
	answer, err := written(write)
	if err != nil {
		return err
	}
	return publish.WriteFile(r.Config.Path("inputs", "feedback", filepath.FromSlash(name)), answer)
}
