package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"tonghop/pipeline"
)

// A Sighting is a file of the inbox as a run last saw it.
type Sighting struct {
	File    string
	SHA256  string
	Size    int64
	ModTime time.Time
}

// Sightings reads the files seen by earlier runs, by their path, of which the
// ledger has the submission.
func (t *Tx) Sightings(ctx context.Context) (map[string]Sighting, error) {
	all := map[string]Sighting{}
	err := t.Query(ctx, func(rows *sql.Rows) error {
		var s Sighting
		if err := rows.Scan(&s.File, &s.SHA256, &s.Size, &s.ModTime); err != nil {
			return err
		}
		all[s.File] = s
		return nil
	}, `SELECT g.file, g.sha256, g.size, g.mtime
		FROM raw_sighting AS g
		SEMI JOIN raw_submission AS s ON s.sha256 = g.sha256 AND s.folder = CASE WHEN contains(g.file, '/') THEN split_part(g.file, '/', 1) ELSE '' END`)
	if err != nil {
		return nil, fmt.Errorf("read sightings: %w", err)
	}
	return all, nil
}

// Key names a submission: the same bytes in another unit's folder are another
// submission.
func Key(folder, sha256 string) string { return folder + "/" + sha256 }

// An Entry is what the ledger says of a submission already judged.
type Entry struct {
	Verdict   pipeline.Verdict
	FirstSeen time.Time
}

// Entries reads every submission in the ledger, by its Key.
func (t *Tx) Entries(ctx context.Context) (map[string]Entry, error) {
	all := map[string]Entry{}
	err := t.Query(ctx, func(rows *sql.Rows) error {
		var folder, sha string
		var e Entry
		if err := rows.Scan(&folder, &sha, &e.Verdict, &e.FirstSeen); err != nil {
			return err
		}
		all[Key(folder, sha)] = e
		return nil
	}, "SELECT folder, sha256, verdict, first_seen FROM raw_submission")
	if err != nil {
		return nil, fmt.Errorf("read ledger: %w", err)
	}
	return all, nil
}

// SaveSightings replaces what is known of the inbox.
func (t *Tx) SaveSightings(ctx context.Context, all []Sighting) error {
	rows := make([][]any, len(all))
	for i, s := range all {
		rows[i] = []any{s.File, s.SHA256, s.Size, s.ModTime.UTC()}
	}
	return t.replace(ctx, "raw_sighting", rows)
}

// A FormPeriod is a form and a period for which it was sent.
type FormPeriod struct {
	Form     string
	Period   pipeline.Period
	Accepted bool // at least one report of them was
}

// SubmittedPeriods lists the form and period of every submission that names
// them, whatever its verdict.
func (t *Tx) SubmittedPeriods(ctx context.Context) ([]FormPeriod, error) {
	var all []FormPeriod
	err := t.Query(ctx, func(rows *sql.Rows) error {
		var p FormPeriod
		var code string
		err := rows.Scan(&p.Form, &code, &p.Accepted)
		if err == nil {
			p.Period, err = pipeline.ParsePeriod(code)
		}
		all = append(all, p)
		return err
	}, `SELECT form, period, bool_or(verdict = 'accepted')
		FROM stg_standing
		WHERE form IS NOT NULL AND period IS NOT NULL
		GROUP BY ALL
		ORDER BY ALL`)
	if err != nil {
		return nil, fmt.Errorf("read submitted periods: %w", err)
	}
	return all, nil
}
