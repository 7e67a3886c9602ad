package store

import (
	"context"
	"database/sql"
	"encoding/json"
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
	Verdict pipeline.Verdict // of its submission
}

// Sightings reads the files seen by earlier runs, by their path.
func (t *Tx) Sightings(ctx context.Context) (map[string]Sighting, error) {
	all := map[string]Sighting{}
	err := t.Query(ctx, func(rows *sql.Rows) error {
		var s Sighting
		if err := rows.Scan(&s.File, &s.SHA256, &s.Size, &s.ModTime, &s.Verdict); err != nil {
			return err
		}
		all[s.File] = s
		return nil
	}, `SELECT g.file, g.sha256, g.size, g.mtime, s.verdict
		FROM raw_sighting AS g
		JOIN raw_submission AS s ON s.sha256 = g.sha256 AND s.folder = CASE WHEN contains(g.file, '/') THEN split_part(g.file, '/', 1) ELSE '' END`)
	if err != nil {
		return nil, fmt.Errorf("read sightings: %w", err)
	}
	return all, nil
}

// Key names a submission: the same bytes in another unit's folder are another
// submission.
func Key(folder, sha256 string) string { return folder + "/" + sha256 }

// Verdicts reads the verdict of every submission in the ledger, by its Key.
func (t *Tx) Verdicts(ctx context.Context) (map[string]pipeline.Verdict, error) {
	all := map[string]pipeline.Verdict{}
	err := t.Query(ctx, func(rows *sql.Rows) error {
		var folder, sha string
		var v pipeline.Verdict
		if err := rows.Scan(&folder, &sha, &v); err != nil {
			return err
		}
		all[Key(folder, sha)] = v
		return nil
	}, "SELECT folder, sha256, verdict FROM raw_submission")
	if err != nil {
		return nil, fmt.Errorf("read ledger: %w", err)
	}
	return all, nil
}

// Load adds submissions to the ledger with their findings and facts. One that
// was held before is replaced; the caller leaves out those already judged.
func (t *Tx) Load(ctx context.Context, submissions []pipeline.Submission, zone *time.Location) error {
	if err := t.forgetHeld(ctx, submissions); err != nil {
		return err
	}
	var ledger, findings, facts [][]any
	for _, s := range submissions {
		ledger = append(ledger, ledgerRow(s, zone))
		for i, f := range s.Findings {
			row, err := findingRow(s, i, f)
			if err != nil {
				return err
			}
			findings = append(findings, row)
		}
		if s.Verdict == pipeline.Accepted {
			for _, f := range s.Facts {
				facts = append(facts, factRow(s, f))
			}
		}
	}
	if err := t.Append("raw_submission", ledger); err != nil {
		return err
	}
	if err := t.Append("raw_finding", findings); err != nil {
		return err
	}
	return t.Append("raw_fact", facts)
}

// forgetHeld takes out those of submissions that were held until now.
func (t *Tx) forgetHeld(ctx context.Context, submissions []pipeline.Submission) error {
	keys := make([]string, len(submissions))
	for i, s := range submissions {
		keys[i] = Key(s.Folder, s.SHA256)
	}
	for _, table := range []string{"raw_submission", "raw_finding"} {
		err := t.Exec(ctx, "DELETE FROM "+table+" WHERE list_contains($keys, folder || '/' || sha256)", sql.Named("keys", keys))
		if err != nil {
			return fmt.Errorf("replace held submissions: %w", err)
		}
	}
	return nil
}

func ledgerRow(s pipeline.Submission, zone *time.Location) []any {
	return []any{
		s.Folder, s.SHA256, s.File, s.Size, s.ModTime.UTC(), s.FirstSeen.UTC(), pipeline.DayIn(s.FirstSeen, zone),
		Text(s.Unit), Text(s.Form), Text(s.Period.String()), string(s.Verdict),
		int32(pipeline.Count(s.Findings, pipeline.SeverityError)), int32(pipeline.Count(s.Findings, pipeline.SeverityWarning)),
	}
}

func findingRow(s pipeline.Submission, ordinal int, f pipeline.Finding) ([]any, error) {
	args, err := json.Marshal(f.Args)
	if err != nil {
		return nil, fmt.Errorf("write finding %s: %w", f.Code, err)
	}
	return []any{
		s.Folder, s.SHA256, int32(ordinal), string(f.Severity), f.Code, f.Sheet, f.Cell, f.Read, f.Expected, string(args),
	}, nil
}

func factRow(s pipeline.Submission, f pipeline.Fact) []any {
	var value any
	if f.State != pipeline.StateBlank {
		value = Decimal(f.Value)
	}
	return []any{
		s.Folder, s.SHA256, f.Indicator, string(f.Measure), string(f.State), value, string(f.Qualifier), f.Raw, f.Note, f.Sheet, f.Cell,
	}
}

// Submission reads the ledger's row with the given Key, with its findings.
func (t *Tx) Submission(ctx context.Context, key string) (pipeline.Submission, error) {
	var s pipeline.Submission
	err := t.Query(ctx, func(rows *sql.Rows) error {
		return rows.Scan(&s.Folder, &s.SHA256, &s.File, &s.Size, &s.ModTime, &s.FirstSeen)
	}, "SELECT folder, sha256, file, size, mtime, first_seen FROM raw_submission WHERE folder || '/' || sha256 = $key", sql.Named("key", key))
	if err != nil {
		return s, fmt.Errorf("read ledger: %w", err)
	}
	err = t.Query(ctx, func(rows *sql.Rows) error {
		var f pipeline.Finding
		var args string
		if err := rows.Scan(&f.Severity, &f.Code, &f.Sheet, &f.Cell, &f.Read, &f.Expected, &args); err != nil {
			return err
		}
		s.Findings = append(s.Findings, f)
		return json.Unmarshal([]byte(args), &s.Findings[len(s.Findings)-1].Args)
	}, "SELECT severity, code, sheet, cell, raw_read, expected, args FROM raw_finding WHERE folder || '/' || sha256 = $key ORDER BY ordinal", sql.Named("key", key))
	if err != nil {
		return s, fmt.Errorf("read findings: %w", err)
	}
	return s, nil
}

// SaveSightings replaces what is known of the inbox.
func (t *Tx) SaveSightings(ctx context.Context, all []Sighting) error {
	if err := t.Exec(ctx, "DELETE FROM raw_sighting"); err != nil {
		return fmt.Errorf("replace sightings: %w", err)
	}
	rows := make([][]any, len(all))
	for i, s := range all {
		rows[i] = []any{s.File, s.SHA256, s.Size, s.ModTime.UTC()}
	}
	return t.Append("raw_sighting", rows)
}

// SubmittedPeriods lists the form and period of every submission that names
// them, whatever its verdict.
func (t *Tx) SubmittedPeriods(ctx context.Context) ([]FormPeriod, error) {
	var all []FormPeriod
	err := t.Query(ctx, func(rows *sql.Rows) error {
		var form, code string
		if err := rows.Scan(&form, &code); err != nil {
			return err
		}
		p, err := pipeline.ParsePeriod(code)
		all = append(all, FormPeriod{Form: form, Period: p})
		return err
	}, "SELECT DISTINCT form, period FROM raw_submission WHERE form IS NOT NULL AND period IS NOT NULL ORDER BY ALL")
	if err != nil {
		return nil, fmt.Errorf("read submitted periods: %w", err)
	}
	return all, nil
}

// A FormPeriod is a form and a period for which it was sent.
type FormPeriod struct {
	Form   string
	Period pipeline.Period
}
