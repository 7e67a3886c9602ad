package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"

	"github.com/shopspring/decimal"

	"tonghop/pipeline"
)

// Recall completes promises by what the ledger knows of their submissions: all
// findings, with those of comparisons, the facts and lists of accepted ones, and
// the version sent before. Whole tables are looked through for it, so that many
// are recalled at once.
func (t *Tx) Recall(ctx context.Context, promised []Promise) error {
	r := recalling{tx: t, findings: map[int32]*pipeline.Submission{}, figures: map[int32][]*pipeline.Submission{}}
	rulings := make([][]pipeline.Finding, len(promised))
	for i := range promised {
		p := &promised[i]
		rulings[i], p.Findings = p.Findings, nil
		r.findings[p.number] = &p.Submission
		r.figures[p.number] = append(r.figures[p.number], &p.Submission)
		if p.before > 0 {
			p.Before = &pipeline.Submission{Unit: p.Unit, Form: p.Form, Period: p.Period}
			r.figures[p.before] = append(r.figures[p.before], p.Before)
			r.before = append(r.before, recalledBefore{p.before, p.Before})
		}
	}
	for _, read := range []func(context.Context) error{r.readBefore, r.readFindings, r.readComparisons, r.readFacts, r.readLists} {
		if err := read(ctx); err != nil {
			return fmt.Errorf("recall submissions: %w", err)
		}
	}
	for i := range promised {
		promised[i].Findings = append(promised[i].Findings, rulings[i]...)
	}
	return nil
}

// A recalling is one call of Recall, with the submissions to complete by number.
type recalling struct {
	tx       *Tx
	findings map[int32]*pipeline.Submission
	figures  map[int32][]*pipeline.Submission // the same, and those sent before
	before   []recalledBefore
}

type recalledBefore struct {
	number int32
	*pipeline.Submission
}

// read runs a query over asked, the given submissions.
func (r *recalling) read(ctx context.Context, numbers []int32, scan func(*sql.Rows) error, query string) error {
	if len(numbers) == 0 {
		return nil
	}
	return r.tx.Query(ctx, scan, "WITH asked AS (SELECT unnest($numbers)::INTEGER AS submission) "+query, sql.Named("numbers", numbers))
}

func (r *recalling) readBefore(ctx context.Context) error {
	numbers, found := make([]int32, len(r.before)), map[int32]pipeline.Submission{}
	for i, b := range r.before {
		numbers[i] = b.number
	}
	err := r.read(ctx, numbers, func(rows *sql.Rows) error {
		var number int32
		var s pipeline.Submission
		err := rows.Scan(&number, &s.Folder, &s.SHA256, &s.File, &s.Size, &s.ModTime, &s.FirstSeen, &s.Verdict)
		found[number] = s
		return err
	}, "SELECT submission, folder, sha256, file, size, mtime, first_seen, verdict FROM stg_standing SEMI JOIN asked USING (submission)")
	for _, b := range r.before {
		s := found[b.number]
		s.Unit, s.Form, s.Period = b.Unit, b.Form, b.Period
		*b.Submission = s
	}
	return err
}

// readFindings reads the findings on each submission in their order: on itself,
// without what staff decided about it.
func (r *recalling) readFindings(ctx context.Context) error {
	return r.read(ctx, r.promised(), r.addFinding, `SELECT submission, severity, code, sheet, cell, raw_read, expected, args
		FROM raw_finding
		SEMI JOIN asked USING (submission)
		ORDER BY submission, ordinal`)
}

// readComparisons reads what is striking about each submission beside its unit's
// others, as the models found it when they last ran.
func (r *recalling) readComparisons(ctx context.Context) error {
	return r.read(ctx, r.promised(), r.addFinding, `SELECT s.submission, 'warning', c.code, c.sheet, c.cell, c.raw_read, c.expected, c.args
		FROM fct_comparison AS c
		JOIN raw_submission AS s ON s.folder = c.folder AND s.sha256 = c.sha256
		SEMI JOIN asked AS a ON a.submission = s.submission
		ORDER BY s.submission, c.ordinal, c.code, c.sheet, c.cell`)
}

func (r *recalling) promised() []int32 { return slices.Sorted(maps.Keys(r.findings)) }

func (r *recalling) addFinding(rows *sql.Rows) error {
	var number int32
	var f pipeline.Finding
	var args string
	if err := rows.Scan(&number, &f.Severity, &f.Code, &f.Sheet, &f.Cell, &f.Read, &f.Expected, &args); err != nil {
		return err
	}
	err := json.Unmarshal([]byte(args), &f.Args)
	s := r.findings[number]
	s.Findings = append(s.Findings, f)
	return err
}

// readFacts reads facts in the order of their forms.
func (r *recalling) readFacts(ctx context.Context) error {
	return r.read(ctx, slices.Sorted(maps.Keys(r.figures)), func(rows *sql.Rows) error {
		var number int32
		var f pipeline.Fact
		var value any
		if err := rows.Scan(&number, &f.Indicator, &f.Measure, &f.State, &value, &f.Qualifier, &f.Raw, &f.Note, &f.Sheet, &f.Cell); err != nil {
			return err
		}
		if d := Figure(value); d != nil {
			f.Value = whole(*d, f.Raw)
		}
		for _, s := range r.figures[number] {
			s.Facts = append(s.Facts, f)
		}
		return nil
	}, `SELECT submission, indicator, measure, state, value, qualifier, raw, note, sheet, cell
		FROM stg_reported
		SEMI JOIN asked USING (submission)
		ORDER BY submission, ordinal`)
}

// readLists reads the rows of lists in their order.
func (r *recalling) readLists(ctx context.Context) error {
	return r.read(ctx, slices.Sorted(maps.Keys(r.figures)), func(rows *sql.Rows) error {
		var number int32
		var c pipeline.ListCell
		var day sql.NullTime
		var value any
		if err := rows.Scan(&number, &c.List, &c.Row, &c.Field, &c.Type, &c.State, &c.Text, &day, &value, &c.Qualifier, &c.Key, &c.Raw, &c.Sheet, &c.Cell); err != nil {
			return err
		}
		c.Date = day.Time
		if d := Figure(value); d != nil {
			c.Number = whole(*d, c.Raw)
		}
		for _, s := range r.figures[number] {
			s.Lists = append(s.Lists, c)
		}
		return nil
	}, `SELECT submission, list, list_row, field, type, state, coalesce(content, ''), day, value, qualifier, key, raw, sheet, cell
		FROM raw_list_cell
		SEMI JOIN asked USING (submission)
		ORDER BY submission, ordinal`)
}

// whole gives a value the decimals that the database cut off, where the cell
// holds the same number in full.
func whole(value decimal.Decimal, raw string) decimal.Decimal {
	f, err := strconv.ParseFloat(raw, 64)
	if err != nil || math.IsNaN(f) || math.IsInf(f, 0) {
		return value
	}
	if d := decimal.NewFromFloat(f); d.Round(Scale).Equal(value) {
		return d
	}
	return value
}
