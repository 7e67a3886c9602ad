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

// Load adds submissions to the ledger with their findings and facts. One that
// was held before is replaced and keeps the time at which it came; the caller
// leaves out those already judged.
func (t *Tx) Load(ctx context.Context, submissions []pipeline.Submission, zone *time.Location) error {
	held, err := t.takeHeld(ctx, submissions)
	if err != nil {
		return err
	}
	var ledger, findings [][]any
	var accepted []pipeline.Submission
	for _, s := range submissions {
		came, known := held[Key(s.Folder, s.SHA256)]
		if !known {
			came = arrival{s.FirstSeen, pipeline.DayIn(s.FirstSeen, zone)}
		}
		ledger = append(ledger, ledgerRow(s, came))
		for i, f := range s.Findings {
			row, err := findingRow(s, i, f)
			if err != nil {
				return err
			}
			findings = append(findings, row)
		}
		if s.Verdict == pipeline.Accepted {
			accepted = append(accepted, s)
		}
	}
	if err := t.Append("raw_submission", ledger); err != nil {
		return err
	}
	if err := t.Append("raw_finding", findings); err != nil {
		return err
	}
	return t.addFigures(accepted)
}

// addFigures enters the facts and the lists of submissions that may count.
func (t *Tx) addFigures(submissions []pipeline.Submission) error {
	facts := func(yield func([]any) bool) {
		var row factRow
		for i := range submissions {
			for n := range submissions[i].Facts {
				if !yield(row.fill(&submissions[i], &submissions[i].Facts[n])) {
					return
				}
			}
		}
	}
	lists := func(yield func([]any) bool) {
		for i := range submissions {
			for n, c := range submissions[i].Lists {
				if !yield(listRow(submissions[i], n, c)) {
					return
				}
			}
		}
	}
	if err := t.appendAll("raw_fact", facts); err != nil {
		return err
	}
	return t.appendAll("raw_list_cell", lists)
}

// An arrival is when a submission came, and on which day that was in the zone of
// that time.
type arrival struct{ firstSeen, receivedOn time.Time }

// takeHeld takes those of submissions that were held until now out of the
// ledger, and tells by Key when they came.
func (t *Tx) takeHeld(ctx context.Context, submissions []pipeline.Submission) (map[string]arrival, error) {
	keys := make([]string, len(submissions))
	for i, s := range submissions {
		keys[i] = Key(s.Folder, s.SHA256)
	}
	const among = " WHERE list_contains($keys, folder || '/' || sha256)"
	held := map[string]arrival{}
	err := t.Query(ctx, func(rows *sql.Rows) error {
		var folder, sha string
		var came arrival
		if err := rows.Scan(&folder, &sha, &came.firstSeen, &came.receivedOn); err != nil {
			return err
		}
		held[Key(folder, sha)] = came
		return nil
	}, "SELECT folder, sha256, first_seen, received_on FROM raw_submission"+among, sql.Named("keys", keys))
	if err != nil {
		return nil, fmt.Errorf("read held submissions: %w", err)
	}
	for _, table := range []string{"raw_submission", "raw_finding"} {
		if err := t.Exec(ctx, "DELETE FROM "+table+among, sql.Named("keys", keys)); err != nil {
			return nil, fmt.Errorf("replace held submissions: %w", err)
		}
	}
	return held, nil
}

func ledgerRow(s pipeline.Submission, came arrival) []any {
	return []any{
		s.Folder, s.SHA256, s.File, s.Size, s.ModTime.UTC(), came.firstSeen.UTC(), came.receivedOn,
		Text(s.Unit), Text(s.Form), Text(s.Period.String()), string(s.Verdict),
		int32(pipeline.Count(s.Findings, pipeline.SeverityError)), int32(pipeline.Count(s.Findings, pipeline.SeverityWarning)),
		int32(s.Acts),
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

// A factRow is a row of facts that is used again for the next one: most texts stay
// as they are, and need not be made values of their own again.
type factRow [11]any

func (row *factRow) fill(s *pipeline.Submission, f *pipeline.Fact) []any {
	texts := [...]string{s.Folder, s.SHA256, f.Indicator, string(f.Measure), string(f.State), "", string(f.Qualifier), f.Raw, f.Note, f.Sheet, f.Cell}
	for i, text := range texts {
		if old, ok := row[i].(string); !ok || old != text {
			row[i] = text
		}
	}
	if row[factValue] = nil; f.State != pipeline.StateBlank {
		row[factValue] = Decimal(f.Value)
	}
	return row[:]
}

// factValue is the place of the value in a row of facts.
const factValue = 5

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
