package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"tonghop/pipeline"
)

// ReportKey names what a submission reports: newer ones replace older ones of
// the same key.
func ReportKey(s pipeline.Submission) string {
	return s.Unit + "/" + s.Form + "/" + s.Period.String()
}

// Versions reads the submissions of each of the report keys, the oldest first,
// with the facts and lists of those that count and the findings with the given
// codes. Keys with a single submission have none.
func (t *Tx) Versions(ctx context.Context, reportKeys, codes []string) (map[string][]*pipeline.Submission, error) {
	all, v := map[string][]*pipeline.Submission{}, versions{tx: t, keys: sql.Named("keys", reportKeys), byKey: map[string]*pipeline.Submission{}}
	err := v.read(ctx, func(rows *sql.Rows) error {
		var key string
		s := &pipeline.Submission{}
		err := rows.Scan(&key, &s.Folder, &s.SHA256, &s.File, &s.ModTime, &s.FirstSeen, &s.Verdict)
		all[key], v.byKey[Key(s.Folder, s.SHA256)] = append(all[key], s), s
		return err
	}, "SELECT report_key, folder, sha256, file, mtime, first_seen, verdict FROM sent ORDER BY first_seen, mtime, sha256, folder")
	if err == nil {
		err = v.readFigures(ctx)
	}
	if err == nil {
		err = v.readFindings(ctx, codes)
	}
	return all, err
}

// versions are the submissions of reports that were sent more than once.
type versions struct {
	tx    *Tx
	keys  sql.NamedArg
	byKey map[string]*pipeline.Submission
}

// read runs a query over sent, those submissions.
func (v versions) read(ctx context.Context, scan func(*sql.Rows) error, query string, args ...any) error {
	err := v.tx.Query(ctx, scan, `WITH sent AS (
			SELECT *, unit || '/' || form || '/' || period AS report_key
			FROM stg_standing
			WHERE unit || '/' || form || '/' || period IN (SELECT unnest($keys))
			QUALIFY count(*) OVER (PARTITION BY unit, form, period) > 1
		) `+query, append(args, v.keys)...)
	if err != nil {
		return fmt.Errorf("read versions: %w", err)
	}
	return nil
}

// readFigures reads what versions are compared by.
func (v versions) readFigures(ctx context.Context) error {
	var folder, sha string
	err := v.read(ctx, func(rows *sql.Rows) error {
		var f pipeline.Fact
		var value any
		err := rows.Scan(&folder, &sha, &f.Indicator, &f.Measure, &f.State, &value, &f.Qualifier, &f.Cell)
		if d := Figure(value); d != nil {
			f.Value = *d
		}
		s := v.byKey[Key(folder, sha)]
		s.Facts = append(s.Facts, f)
		return err
	}, `SELECT s.folder, s.sha256, f.indicator, f.measure, f.state, f.value, f.qualifier, f.cell
		FROM sent AS s
		JOIN stg_reported AS f ON f.submission = s.submission
		WHERE s.verdict = 'accepted'
		ORDER BY f.ordinal`)
	if err != nil {
		return err
	}
	return v.read(ctx, func(rows *sql.Rows) error {
		var c pipeline.ListCell
		err := rows.Scan(&folder, &sha, &c.List, &c.Row, &c.Field, &c.Key, &c.Raw, &c.Cell)
		s := v.byKey[Key(folder, sha)]
		s.Lists = append(s.Lists, c)
		return err
	}, `SELECT s.folder, s.sha256, c.list, c.list_row, c.field, c.key, c.raw, c.cell
		FROM sent AS s
		JOIN raw_list_cell AS c ON c.submission = s.submission
		WHERE s.verdict = 'accepted'
		ORDER BY c.ordinal`)
}

func (v versions) readFindings(ctx context.Context, codes []string) error {
	return v.read(ctx, func(rows *sql.Rows) error {
		var folder, sha, args string
		var f pipeline.Finding
		if err := rows.Scan(&folder, &sha, &f.Severity, &f.Code, &args); err != nil {
			return err
		}
		s := v.byKey[Key(folder, sha)]
		err := json.Unmarshal([]byte(args), &f.Args)
		s.Findings = append(s.Findings, f)
		return err
	}, `SELECT f.folder, f.sha256, f.severity, f.code, f.args
		FROM sent AS s
		JOIN stg_finding AS f ON f.folder = s.folder AND f.sha256 = s.sha256
		WHERE f.code IN (SELECT unnest($codes))
		ORDER BY f.ordinal`, sql.Named("codes", codes))
}

// ReplaceFindings puts findings in the place of those with the given codes.
func (t *Tx) ReplaceFindings(ctx context.Context, s pipeline.Submission, codes []string, findings []pipeline.Finding) error {
	number, err := t.number(ctx, s)
	if err != nil {
		return fmt.Errorf("replace findings: %w", err)
	}
	its := sql.Named("number", number)
	if err := t.Exec(ctx, "DELETE FROM raw_finding WHERE submission = $number AND code IN (SELECT unnest($codes))", its, sql.Named("codes", codes)); err != nil {
		return fmt.Errorf("replace findings: %w", err)
	}
	next := 0
	err = t.Query(ctx, func(rows *sql.Rows) error { return rows.Scan(&next) },
		"SELECT coalesce(max(ordinal) + 1, 0) FROM raw_finding WHERE submission = $number", its)
	if err != nil {
		return fmt.Errorf("replace findings: %w", err)
	}
	to := t.appender("raw_finding")
	defer to.close()
	return addFindings(to, number, next, findings)
}
