package job

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"iter"
	"os"
	"slices"

	"tonghop/pipeline"
	"tonghop/pipeline/assess"
	"tonghop/pipeline/intake"
	"tonghop/pipeline/publish"
	"tonghop/pipeline/store"
	"tonghop/reports"
	"tonghop/reports/feedback"
)

// answer writes the feedback that is promised, the oldest submission's first.
// One that can't be written stays promised and is named in the result; it stops
// neither the others nor the run.
func (r *run) answer(ctx context.Context, db *store.DB) error {
	var promised []store.Promise
	err := db.Transact(ctx, func(tx *store.Tx) (err error) {
		promised, err = tx.Promises(ctx)
		return err
	})
	if err != nil {
		return err
	}
	r.Progress.Step("answer", len(promised))
	record := r.receipts()
	answered, stop := sideBySide(ctx, r, func(<-chan struct{}) iter.Seq[*answer] { return recalled(ctx, db, promised) }, func(by judge, a *answer) {
		if a.fault == nil {
			a.fault = r.answerOne(by, record, a.Promise)
		}
	})
	done := map[string][]string{}
	for a := range answered {
		if ctx.Err() != nil {
			break
		}
		if a.fault != nil {
			r.Log.Error("feedback not written", "file", a.File, "error", a.fault)
			r.result.Unanswered = append(r.result.Unanswered, a.File)
		} else {
			done[a.Kind] = append(done[a.Kind], store.Key(a.Folder, a.SHA256))
		}
		r.Progress.Part(a.File)
	}
	stop()
	after := context.WithoutCancel(ctx)
	return errors.Join(ctx.Err(), db.Transact(after, func(tx *store.Tx) error {
		return errors.Join(tx.Done(after, store.PendingFeedback, done[store.PendingFeedback]), tx.Done(after, store.PendingPage, done[store.PendingPage]))
	}))
}

// answerOne answers a submission by what the ledger says of it, whichever run
// judged it. Where the file has been sent anew under its name, the newer one's
// answer stands in its place.
func (r *run) answerOne(reader judge, record map[string]pipeline.Receipt, p store.Promise) error {
	if p.Overtaken {
		return nil
	}
	s, before, opened := p.Submission, p.Before, p.Kind == store.PendingFeedback
	for _, x := range []*pipeline.Submission{&s, before} {
		if !opened || x == nil || len(x.Facts)+len(x.Lists) > 0 {
			continue // the ledger keeps only the facts of what was accepted
		}
		result, err := r.readAgain(reader, record, *x)
		if err != nil {
			return err
		}
		x.Facts, x.Lists = result.Facts, result.Lists
	}
	f := r.rules.Feedback(assess.Result{Submission: s, Opened: opened}, r.Config.Zone)
	if s.Verdict == pipeline.Accepted && p.FirstAccepted.Before(s.FirstSeen) {
		f.FirstReceived = p.FirstAccepted.In(r.Config.Zone)
		f.Late = !f.Due.IsZero() && pipeline.DayIn(p.FirstAccepted, r.Config.Zone).After(f.Due)
	}
	if before != nil {
		f.Previous = &reports.Previous{
			File: before.File, Received: before.FirstSeen.In(r.Config.Zone), Verdict: before.Verdict,
			Facts: r.rules.Catalogue.Counted(before.Facts, before.Lists),
		}
	}
	return r.writeAnswer(reader, f, opened)
}

// An answer is one that is written or waits for it.
type answer struct {
	store.Promise
	fault error
}

// recalled are the promises with what the ledger knows of their submissions. They
// are recalled a batch at a time: each looks through whole tables, and no more than
// two are kept in memory, of which a unit may have filled its part to the limits.
func recalled(ctx context.Context, db *store.DB, promised []store.Promise) iter.Seq[*answer] {
	return func(yield func(*answer) bool) {
		for batch := range batches(promised) {
			batch = slices.Clone(batch)
			err := db.Transact(ctx, func(tx *store.Tx) error { return tx.Recall(ctx, batch) })
			for _, p := range batch {
				if !yield(&answer{p, err}) {
					return
				}
			}
		}
	}
}

// What is recalled at once, as long as one answer is no more than that.
const (
	recallBatch   = 500
	recallRecords = 200_000
)

// batches cuts promises into what is recalled at once.
func batches(promised []store.Promise) iter.Seq[[]store.Promise] {
	return func(yield func([]store.Promise) bool) {
		first, records := 0, 0
		for i, p := range promised {
			if records += p.Records; i > first && (i-first == recallBatch || records > recallRecords) {
				if !yield(promised[first:i]) {
					return
				}
				first, records = i, p.Records
			}
		}
		if first < len(promised) {
			yield(promised[first:])
		}
	}
}

// readAgain is a submission as it was read. The file of an earlier run, or one of
// which more was read than is kept, is read again, from the archive, by the clock
// and the rules that it came under.
func (r *run) readAgain(reader judge, record map[string]pipeline.Receipt, s pipeline.Submission) (assess.Result, error) {
	if judged, ok := r.judged[store.Key(s.Folder, s.SHA256)]; ok && (judged.Form == "" || len(judged.Facts)+len(judged.Lists) > 0) {
		return judged, nil
	}
	p := record[store.Key(s.Folder, s.SHA256)]
	file := intake.File{Path: s.File, Size: s.Size, ModTime: s.ModTime}
	return r.judgeOne(reader, taken{File: file, sha: s.SHA256, now: cmp.Or(p.At, s.FirstSeen), rules: p.Rules})
}

// writeAnswer puts the answer where the unit looks for it.
func (r *run) writeAnswer(reader judge, f *reports.Feedback, opened bool) error {
	ending, other := feedback.BookEnding, feedback.PageEnding
	var data []byte
	var err error
	switch {
	case !opened:
		ending, other = other, ending
		data, err = feedback.Page(f, r.Language)
	case f.Submission.Size > feedback.Markable:
		data, err = r.answerAlone(f)
	default:
		data, err = reader.mark(f)
	}
	if err != nil {
		return err
	}
	err = r.inFeedback(feedback.FileName(f.Submission.File, ending), func(dir *os.Root, name string) error {
		return publish.WriteFileIn(dir, name, data)
	})
	if err != nil {
		return err
	}
	// An earlier file of this name may have been answered in the other kind.
	return r.inFeedback(feedback.FileName(f.Submission.File, other), func(dir *os.Root, name string) error {
		if err := dir.Remove(name); !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return nil
	})
}

// answerAlone is the answer in a workbook of its own.
func (r *run) answerAlone(f *reports.Feedback) ([]byte, error) {
	data, _, err := feedback.Book(nil, f, r.Language)
	return data, err
}

// notMarked tells why an answer stands alone.
func (r *run) notMarked(f *reports.Feedback, why error) {
	r.Log.Warn("workbook not marked up", "file", f.Submission.File, "error", why)
}
