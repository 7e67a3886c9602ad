package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"iter"
	"time"

	"tonghop/pipeline"
)

// Each gives submissions that are at hand to Load.
func Each(all ...pipeline.Submission) iter.Seq2[pipeline.Submission, error] {
	return func(yield func(pipeline.Submission, error) bool) {
		for _, s := range all {
			if !yield(s, nil) {
				return
			}
		}
	}
}

// Load adds submissions to the ledger with their findings and facts, as they
// come, and keeps none of them in memory. One that was held before is replaced and
// keeps the time at which it came; the caller leaves out those already judged.
// It ends with the first error that the submissions come with.
func (t *Tx) Load(ctx context.Context, submissions iter.Seq2[pipeline.Submission, error], zone *time.Location) error {
	l := loading{tx: t, zone: zone, ledger: t.appender("raw_submission"), findings: t.appender("raw_finding"), held: map[string]entry{}}
	if err := l.begin(ctx); err != nil {
		return err
	}
	err := l.addAll(submissions)
	l.close()
	if err != nil {
		return err
	}
	return l.replaceHeld(ctx)
}

// A loading is one call of Load.
type loading struct {
	tx       *Tx
	zone     *time.Location
	ledger   *appender
	findings *appender
	figures  *figures

	last     int32            // number of a submission
	held     map[string]entry // by Key
	replaced []int32          // numbers of those that were held
}

// An entry is a submission in the ledger: its number, when it came, and on which
// day that was in the zone of that time.
type entry struct {
	number                int32
	firstSeen, receivedOn time.Time
}

// begin reads which submissions are held, and counts on from the last number.
func (l *loading) begin(ctx context.Context) (err error) {
	if l.figures, err = l.tx.figures(ctx); err != nil {
		return err
	}
	err = l.tx.Query(ctx, func(rows *sql.Rows) error { return rows.Scan(&l.last) }, "SELECT coalesce(max(submission), 0) FROM raw_submission")
	if err == nil {
		err = l.tx.Query(ctx, func(rows *sql.Rows) error {
			var folder, sha string
			var e entry
			err := rows.Scan(&folder, &sha, &e.number, &e.firstSeen, &e.receivedOn)
			l.held[Key(folder, sha)] = e
			return err
		}, "SELECT folder, sha256, submission, first_seen, received_on FROM raw_submission WHERE verdict = 'held'")
	}
	if err != nil {
		return fmt.Errorf("read held submissions: %w", err)
	}
	return nil
}

func (l *loading) addAll(submissions iter.Seq2[pipeline.Submission, error]) error {
	for s, err := range submissions {
		if err != nil {
			return err
		}
		if err := l.add(s); err != nil {
			return err
		}
	}
	return nil
}

func (l *loading) add(s pipeline.Submission) error {
	l.last++
	came := entry{l.last, s.FirstSeen, pipeline.DayIn(s.FirstSeen, l.zone)}
	if held, ok := l.held[Key(s.Folder, s.SHA256)]; ok {
		l.replaced = append(l.replaced, held.number)
		came.firstSeen, came.receivedOn = held.firstSeen, held.receivedOn
	}
	err := l.ledger.add(
		came.number, s.Folder, s.SHA256, s.File, s.Size, s.ModTime.UTC(), came.firstSeen.UTC(), came.receivedOn,
		Text(s.Unit), Text(s.Form), Text(s.Period.String()), string(s.Verdict),
		int32(pipeline.Count(s.Findings, pipeline.SeverityError)), int32(pipeline.Count(s.Findings, pipeline.SeverityWarning)),
		int32(s.Acts),
	)
	if err == nil {
		err = addFindings(l.findings, came.number, 0, s.Findings)
	}
	if err == nil && s.Verdict == pipeline.Accepted {
		err = l.figures.add(came.number, &s)
	}
	return err
}

// addFindings enters findings on a submission, counted from first.
func addFindings(to *appender, submission int32, first int, findings []pipeline.Finding) error {
	for i, f := range findings {
		args, err := json.Marshal(f.Args)
		if err != nil {
			return fmt.Errorf("write finding %s: %w", f.Code, err)
		}
		if err := to.add(submission, int32(first+i), string(f.Severity), f.Code, f.Sheet, f.Cell, f.Read, f.Expected, string(args)); err != nil {
			return err
		}
	}
	return nil
}

// close enters what is still on its way. Its errors stick to the transaction.
func (l *loading) close() {
	l.ledger.close()
	l.findings.close()
	l.figures.close()
}

// replaceHeld takes the held submissions that came anew out of the ledger.
func (l *loading) replaceHeld(ctx context.Context) error {
	if l.tx.err != nil || len(l.replaced) == 0 {
		return l.tx.err
	}
	for _, table := range []string{"raw_submission", "raw_finding"} {
		if err := l.tx.Exec(ctx, "DELETE FROM "+table+" WHERE submission IN (SELECT unnest($numbers))", sql.Named("numbers", l.replaced)); err != nil {
			return fmt.Errorf("replace held submissions: %w", err)
		}
	}
	return nil
}

// number is that of a submission in the ledger.
func (t *Tx) number(ctx context.Context, s pipeline.Submission) (number int32, err error) {
	found := false
	err = t.Query(ctx, func(rows *sql.Rows) error {
		found = true
		return rows.Scan(&number)
	}, "SELECT submission FROM raw_submission WHERE folder = $folder AND sha256 = $sha256", sql.Named("folder", s.Folder), sql.Named("sha256", s.SHA256))
	if err == nil && !found {
		err = fmt.Errorf("no such submission: %q", Key(s.Folder, s.SHA256))
	}
	return number, err
}
