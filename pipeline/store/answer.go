package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"tonghop/pipeline"
)

// A Promise is an answer that a load has promised to a unit.
type Promise struct {
	pipeline.Submission           // without facts; of the findings, what staff decided
	Kind                string    // PendingFeedback or PendingPage
	FirstAccepted       time.Time // when the first accepted report for the same unit, form and period came; zero for none
	Overtaken           bool      // the file of this name has been sent anew since
	Records             int       // about how many Recall reads beside the facts, which are as many as the form has cells

	// Before is the accepted or refused submission that came for the same report
	// before; nil where this is the first, and until Recall.
	Before *pipeline.Submission

	number, before int32 // of this submission and of that before; 0 for none
}

// Promises reads the answers that are pending, in the order in which their
// submissions came.
func (t *Tx) Promises(ctx context.Context) ([]Promise, error) {
	var all []Promise
	err := t.Query(ctx, func(rows *sql.Rows) error {
		var p Promise
		var period, code, args string
		var accepted sql.NullTime
		if err := rows.Scan(&p.Kind, &p.Folder, &p.SHA256, &p.File, &p.Size, &p.ModTime, &p.FirstSeen, &p.Unit, &p.Form, &period,
			&p.Verdict, &accepted, &p.Overtaken, &p.Records, &p.number, &p.before, &code, &args); err != nil {
			return err
		}
		p.FirstAccepted = accepted.Time
		err := p.Period.UnmarshalText([]byte(period))
		if err == nil {
			p.Findings, err = ruling(code, args)
		}
		all = append(all, p)
		return err
	}, `WITH dated AS (
			SELECT *,
				min(first_seen) FILTER (WHERE verdict = 'accepted') OVER (PARTITION BY unit, form, period) AS first_accepted,
				row_number() OVER (PARTITION BY file ORDER BY first_seen DESC, mtime DESC, sha256 DESC) > 1 AS is_overtaken,
				last_value(CASE WHEN verdict IN ('accepted', 'refused') AND unit || form || period IS NOT NULL THEN submission END IGNORE NULLS) OVER (
					PARTITION BY unit, form, period
					ORDER BY first_seen, mtime, sha256
					GROUPS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
			FROM stg_standing
		), recalled AS (
			SELECT submission, count(*) AS records
			FROM (SELECT submission FROM raw_list_cell UNION ALL SELECT submission FROM raw_finding)
			GROUP BY submission
		)
		SELECT p.kind, s.folder, s.sha256, s.file, s.size, s.mtime, s.first_seen,
			coalesce(s.unit, ''), coalesce(s.form, ''), coalesce(s.period, ''), s.verdict, s.first_accepted, s.is_overtaken,
			coalesce(r.records, 0) + coalesce(b.records, 0), s.submission, coalesce(s.before, 0),
			coalesce(u.code, ''), coalesce(u.args, '')
		FROM pending AS p
		JOIN dated AS s ON p.key = s.folder || '/' || s.sha256
		LEFT JOIN recalled AS r ON r.submission = s.submission
		LEFT JOIN recalled AS b ON b.submission = s.before
		LEFT JOIN stg_ruling AS u ON u.folder = s.folder AND u.sha256 = s.sha256
		WHERE p.kind IN ('feedback', 'feedback_page')
		ORDER BY s.first_seen, s.mtime, s.sha256, s.folder`)
	if err != nil {
		return nil, fmt.Errorf("read promised answers: %w", err)
	}
	return all, nil
}

// A Compared is what comparisons find on a submission, as one text.
type Compared struct {
	Period pipeline.Period // of the submission
	Found  string
}

// ComparisonsByKey tells by Key what comparisons find on every submission that
// has any, for telling whose have changed.
func (t *Tx) ComparisonsByKey(ctx context.Context) (map[string]Compared, error) {
	all := map[string]Compared{}
	err := t.Query(ctx, func(rows *sql.Rows) error {
		var folder, sha, period string
		var c Compared
		if err := rows.Scan(&folder, &sha, &period, &c.Found); err != nil {
			return err
		}
		err := c.Period.UnmarshalText([]byte(period))
		all[Key(folder, sha)] = c
		return err
	}, `SELECT c.folder, c.sha256, coalesce(s.period, ''),
			string_agg(concat_ws(chr(0), c.code, c.sheet, c.cell, c.expected), chr(1) ORDER BY c.code, c.sheet, c.cell, c.ordinal)
		FROM fct_comparison AS c
		JOIN raw_submission AS s ON s.folder = c.folder AND s.sha256 = c.sha256
		GROUP BY c.folder, c.sha256, s.period`)
	if err != nil {
		return nil, fmt.Errorf("read comparisons: %w", err)
	}
	return all, nil
}

// Forget empties what models keep from run to run, so that the next run of the
// models finds it anew.
func (t *Tx) Forget(ctx context.Context) error {
	return errors.Join(t.replace(ctx, "stg_series", nil), t.replace(ctx, "fct_comparison", nil))
}

// ruling makes a finding of what staff decided about a submission.
func ruling(code, args string) ([]pipeline.Finding, error) {
	if code == "" {
		return nil, nil
	}
	f := pipeline.Finding{Code: code, Severity: pipeline.SeverityNotice}
	err := json.Unmarshal([]byte(args), &f.Args)
	return []pipeline.Finding{f}, err
}
