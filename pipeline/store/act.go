package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"tonghop/pipeline"
)

// LastAct is the number of the last act that the database knows, and the hash of
// its line in the journal; none is 0.
func (t *Tx) LastAct(ctx context.Context) (seq int, hash string, err error) {
	err = t.Query(ctx, func(rows *sql.Rows) error { return rows.Scan(&seq, &hash) }, "SELECT seq, hash FROM raw_act ORDER BY seq DESC LIMIT 1")
	if err != nil {
		return 0, "", fmt.Errorf("read acts: %w", err)
	}
	return seq, hash, nil
}

// AddActs enters acts that the journal has more.
func (t *Tx) AddActs(acts []pipeline.Act, zone *time.Location) error {
	var rows [][]any
	for _, a := range acts {
		rows = append(rows, []any{
			int32(a.Seq), a.At.UTC(), pipeline.DayIn(a.At, zone), string(a.Kind), Text(a.Period.String()), Text(a.Unit), Text(a.Form),
			Text(a.Folder), Text(a.SHA256), a.By, a.Reason, a.Hash,
		})
	}
	return t.Append("raw_act", rows)
}

// SavePeriods sets the months of the periods that submissions and acts name. It is
// called after both are entered: what is held rests on it.
func (t *Tx) SavePeriods(ctx context.Context) error {
	var rows [][]any
	err := t.Query(ctx, func(found *sql.Rows) error {
		var p pipeline.Period
		var code string
		err := found.Scan(&code)
		if err == nil {
			p, err = pipeline.ParsePeriod(code)
		}
		first, last := p.Months()
		rows = append(rows, []any{code, int32(first), int32(last)})
		return err
	}, `SELECT period FROM raw_submission WHERE period IS NOT NULL
		UNION
		SELECT period FROM raw_act WHERE period IS NOT NULL
		ORDER BY ALL`)
	if err != nil {
		return fmt.Errorf("read periods: %w", err)
	}
	return t.replace(ctx, "cat_period", rows)
}

// A Standing is a submission with the verdict that it has by the acts of staff,
// and the one that it was judged with. It has no facts, and of the findings only
// what staff decided.
type Standing struct {
	pipeline.Submission
	Judged pipeline.Verdict
}

// Standings reads the submissions with the given keys; nil asks for all.
func (t *Tx) Standings(ctx context.Context, keys []string) ([]Standing, error) {
	return t.standings(ctx, "$all OR folder || '/' || sha256 IN (SELECT unnest($keys))", sql.Named("all", keys == nil), sql.Named("keys", keys))
}

// StandingsOf reads the submissions of the content whose SHA-256 begins with the
// given digits.
func (t *Tx) StandingsOf(ctx context.Context, prefix string) ([]Standing, error) {
	return t.standings(ctx, "starts_with(sha256, $prefix)", sql.Named("prefix", prefix))
}

func (t *Tx) standings(ctx context.Context, condition string, args ...any) ([]Standing, error) {
	var all []Standing
	err := t.Query(ctx, func(rows *sql.Rows) error {
		var s Standing
		var period, code, args string
		if err := rows.Scan(&s.Folder, &s.SHA256, &s.File, &s.Size, &s.ModTime, &s.FirstSeen, &s.Unit, &s.Form, &period, &s.Verdict, &s.Judged, &code, &args); err != nil {
			return err
		}
		err := s.Period.UnmarshalText([]byte(period))
		if err == nil {
			s.Findings, err = ruling(code, args)
		}
		all = append(all, s)
		return err
	}, `SELECT folder, sha256, file, size, mtime, first_seen, coalesce(unit, ''), coalesce(form, ''), coalesce(period, ''), verdict, judged,
			coalesce(code, ''), coalesce(args, '')
		FROM stg_standing
		LEFT JOIN stg_ruling USING (folder, sha256)
		WHERE `+condition+`
		ORDER BY first_seen, mtime, sha256, folder`, args...)
	if err != nil {
		return nil, fmt.Errorf("read submissions: %w", err)
	}
	return all, nil
}

// ReplaceFigures sets the facts and the lists of a submission.
func (t *Tx) ReplaceFigures(ctx context.Context, s pipeline.Submission) error {
	number, err := t.number(ctx, s)
	if err != nil {
		return fmt.Errorf("replace figures: %w", err)
	}
	for _, table := range []string{"raw_fact", "raw_list_cell"} {
		if err := t.Exec(ctx, "DELETE FROM "+table+" WHERE submission = $number", sql.Named("number", number)); err != nil {
			return fmt.Errorf("replace figures: %w", err)
		}
	}
	figures, err := t.figures(ctx)
	if err != nil {
		return err
	}
	defer figures.close()
	return figures.add(number, &s)
}
