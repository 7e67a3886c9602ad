package store

import (
	"context"
	"database/sql"
	"fmt"

	"tonghop/pipeline"
)

// ReportKey names what a submission reports: newer ones replace older ones of
// the same key.
func ReportKey(s pipeline.Submission) string {
	return s.Unit + "/" + s.Form + "/" + s.Period.String()
}

// NewestAccepted reads the newest accepted submission with its facts for each of
// the report keys that has one.
func (t *Tx) NewestAccepted(ctx context.Context, reportKeys []string) (map[string]pipeline.Submission, error) {
	all := map[string]pipeline.Submission{}
	err := t.Query(ctx, func(rows *sql.Rows) error {
		var key string
		var s pipeline.Submission
		var f pipeline.Fact
		var value any
		if err := rows.Scan(&key, &s.Folder, &s.SHA256, &s.File, &s.ModTime, &s.FirstSeen, &f.Indicator, &f.Measure, &f.State, &value, &f.Qualifier, &f.Cell); err != nil {
			return err
		}
		if d := Figure(value); d != nil {
			f.Value = *d
		}
		if known, ok := all[key]; ok {
			s = known
		}
		s.Facts = append(s.Facts, f)
		all[key] = s
		return nil
	}, `WITH newest AS (
			SELECT *, unit || '/' || form || '/' || period AS report_key
			FROM raw_submission
			WHERE verdict = 'accepted' AND list_contains($keys, unit || '/' || form || '/' || period)
			QUALIFY row_number() OVER (PARTITION BY unit, form, period ORDER BY first_seen DESC, mtime DESC, sha256 DESC) = 1
		)
		SELECT n.report_key, n.folder, n.sha256, n.file, n.mtime, n.first_seen, f.indicator, f.measure, f.state, f.value, f.qualifier, f.cell
		FROM newest AS n
		JOIN raw_fact AS f ON f.folder = n.folder AND f.sha256 = n.sha256`, sql.Named("keys", reportKeys))
	if err != nil {
		return nil, fmt.Errorf("read earlier submissions: %w", err)
	}
	return all, nil
}

// VersionBefore reads the accepted or refused submission that came for the same
// report before s; ok is false where s is the first. Facts are an accepted
// one's: the ledger keeps no others.
func (t *Tx) VersionBefore(ctx context.Context, s pipeline.Submission) (before pipeline.Submission, ok bool, err error) {
	err = t.Query(ctx, func(rows *sql.Rows) error {
		ok = true
		return rows.Scan(&before.Folder, &before.SHA256, &before.File, &before.Size, &before.ModTime, &before.FirstSeen, &before.Verdict)
	}, `SELECT folder, sha256, file, size, mtime, first_seen, verdict
		FROM raw_submission
		WHERE unit = $unit AND form = $form AND period = $period AND verdict IN ('accepted', 'refused')
			AND (first_seen, mtime, sha256) < (SELECT (first_seen, mtime, sha256) FROM raw_submission WHERE folder = $folder AND sha256 = $sha256)
		ORDER BY first_seen DESC, mtime DESC, sha256 DESC
		LIMIT 1`, sql.Named("unit", s.Unit), sql.Named("form", s.Form), sql.Named("period", s.Period.String()),
		sql.Named("folder", s.Folder), sql.Named("sha256", s.SHA256))
	if err != nil {
		return before, false, fmt.Errorf("read version before: %w", err)
	}
	before.Unit, before.Form, before.Period = s.Unit, s.Form, s.Period
	if ok && before.Verdict == pipeline.Accepted {
		before.Facts, err = t.Facts(ctx, before)
	}
	return before, ok, err
}
