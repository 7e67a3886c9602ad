// Package dataset reads the datasets of the outputs from the models, by the
// queries of sql/reports.
//
// It stands apart from package reports so that what only lays out values (the
// feedback of `tonghop check`) does without the database. Package job calls it.
package dataset

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"tonghop/pipeline"
	"tonghop/pipeline/lang"
	"tonghop/pipeline/store"
	"tonghop/reports"
)

// Build reads the dataset of one period from the models. The stamp, the
// restatements and the trend are the caller's to fill in: they rest on what was
// published before.
func Build(ctx context.Context, tx *store.Tx, cat *pipeline.Catalogue, p pipeline.Period, zone *time.Location, l *lang.Language) (*reports.Dataset, error) {
	d := &reports.Dataset{Indicators: cat.Indicators, Forms: cat.Forms}
	d.Targets = targets(cat, p)
	d.Stamp.Period = p
	d.Stamp.Window = cat.Calendar.Window(p)
	year := cat.Calendar.YearWindow(p)
	d.Stamp.Elapsed = float64(pipeline.Window{Start: year.Start, End: d.Stamp.Window.End}.Days()) / float64(year.Days())
	b := builder{tx: tx, d: d, zone: zone, lang: l, period: p.String(), present: store.RunPeriod{Period: p, Present: true}.Key()}
	for _, step := range []func(context.Context) error{
		b.units, b.achievements, b.breaks, b.scores, b.headlines, b.facts, b.earlier, b.lists, b.submissions, b.findings, b.reporting, b.exemptions, b.parts,
	} {
		if err := step(ctx); err != nil {
			return nil, fmt.Errorf("build dataset of %s: %w", p, err)
		}
	}
	return d, nil
}

// targets lists what the catalogue assigns for the years of p.
func targets(cat *pipeline.Catalogue, p pipeline.Period) []reports.Target {
	var all []reports.Target
	for _, t := range cat.Targets {
		if t.Year >= p.Year && t.Year <= p.EndYear() {
			all = append(all, reports.Target{
				Unit: t.Unit, Indicator: t.Indicator, Year: t.Year, Value: t.Value, File: cat.File, Sheet: t.Origin.Sheet, Cell: t.Cell,
			})
		}
	}
	return all
}

// BuildLedger reads the submissions and findings of every period, and of none,
// and what staff decided.
func BuildLedger(ctx context.Context, tx *store.Tx, zone *time.Location, l *lang.Language) (*reports.Dataset, error) {
	b := builder{tx: tx, d: &reports.Dataset{}, zone: zone, lang: l}
	if err := b.submissions(ctx); err != nil {
		return nil, fmt.Errorf("build ledger: %w", err)
	}
	if err := b.findings(ctx); err != nil {
		return nil, fmt.Errorf("build ledger: %w", err)
	}
	if err := b.journal(ctx); err != nil {
		return nil, fmt.Errorf("build ledger: %w", err)
	}
	return b.d, nil
}

// A builder fills a dataset from the queries of sql/reports.
type builder struct {
	tx      *store.Tx
	d       *reports.Dataset
	zone    *time.Location
	lang    *lang.Language
	period  string
	present string // the period by present units, in the models
}

func (b *builder) report(ctx context.Context, name string, scan func(*sql.Rows) error) error {
	return b.tx.Report(ctx, name, scan, sql.Named("period", b.period))
}

func (b *builder) units(ctx context.Context) (err error) {
	if b.d.Units, err = b.unitsOf(ctx, b.period); err != nil {
		return err
	}
	b.d.PresentUnits, err = b.unitsOf(ctx, b.present)
	return err
}

// unitsOf reads the units of one view of the period.
func (b *builder) unitsOf(ctx context.Context, view string) ([]reports.Unit, error) {
	var all []reports.Unit
	err := b.tx.Report(ctx, "units", func(rows *sql.Rows) error {
		var u reports.Unit
		if err := rows.Scan(&u.Code, &u.Name, &u.Kind, &u.Parent, &u.Valid); err != nil {
			return err
		}
		all = append(all, u)
		return nil
	}, sql.Named("period", view))
	return inTree(all), err
}

// inTree orders units so that each follows its parent, siblings as they were.
func inTree(all []reports.Unit) []reports.Unit {
	known := map[string]bool{}
	below := map[string][]reports.Unit{}
	for _, u := range all {
		known[u.Code] = true
	}
	for _, u := range all {
		parent := u.Parent
		if !known[parent] {
			parent = ""
		}
		below[parent] = append(below[parent], u)
	}
	var ordered []reports.Unit
	var visit func(parent string, level int)
	visit = func(parent string, level int) {
		for _, u := range below[parent] {
			u.Level = level
			ordered = append(ordered, u)
			visit(u.Code, level+1)
		}
	}
	visit("", 0)
	return ordered
}

func (b *builder) facts(ctx context.Context) error { return b.reported(ctx, "facts", &b.d.Facts) }

func (b *builder) earlier(ctx context.Context) error { return b.reported(ctx, "earlier", &b.d.Earlier) }

// reported reads reported figures by the query of that name.
func (b *builder) reported(ctx context.Context, name string, all *[]reports.Fact) error {
	return b.report(ctx, name, func(rows *sql.Rows) error {
		var f reports.Fact
		var value figure
		if err := rows.Scan(&f.Period, &f.Unit, &f.Form, &f.Indicator, &f.Measure, &f.State, &value, &f.Qualifier,
			&f.Raw, &f.File, &f.Sheet, &f.Cell, &f.SHA256, &f.Note, &f.Use, &f.YTDUse, &f.List); err != nil {
			return err
		}
		f.Value = value.Decimal
		*all = append(*all, f)
		return nil
	})
}

func (b *builder) lists(ctx context.Context) error {
	return b.report(ctx, "lists", func(rows *sql.Rows) error {
		var c reports.ListCell
		var content sql.NullString
		var day sql.NullTime
		var value figure
		if err := rows.Scan(&c.Period, &c.Unit, &c.Form, &c.List, &c.Row, &c.Field, &c.Type, &c.State, &content, &day, &value,
			&c.Qualifier, &c.Raw, &c.File, &c.Sheet, &c.Cell, &c.SHA256, &c.Use, &c.Indicators); err != nil {
			return err
		}
		c.Text, c.Date, c.Number = content.String, day.Time, value.Decimal
		b.d.Lists = append(b.d.Lists, c)
		return nil
	})
}

func (b *builder) submissions(ctx context.Context) error {
	return b.report(ctx, "submissions", func(rows *sql.Rows) error {
		var s reports.Submission
		if err := rows.Scan(&s.Unit, &s.Form, &s.Period, &s.File, &s.SHA256, &s.FirstSeen, &s.Status, &s.Timeliness,
			&s.Errors, &s.Warnings, &s.Owner); err != nil {
			return err
		}
		s.FirstSeen = s.FirstSeen.In(b.zone)
		b.d.Submissions = append(b.d.Submissions, s)
		return nil
	})
}

func (b *builder) findings(ctx context.Context) error {
	return b.report(ctx, "findings", func(rows *sql.Rows) error {
		var f reports.Finding
		var raw pipeline.Finding
		var args string
		if err := rows.Scan(&f.File, &f.SHA256, &f.Unit, &f.Form, &f.Period, &f.Severity, &f.Code, &f.Sheet, &f.Cell,
			&raw.Read, &raw.Expected, &args); err != nil {
			return err
		}
		raw.Code, raw.Severity, raw.Sheet, raw.Cell = f.Code, f.Severity, f.Sheet, f.Cell
		if err := json.Unmarshal([]byte(args), &raw.Args); err != nil {
			return fmt.Errorf("read finding %s of %q: %w", f.Code, f.File, err)
		}
		f.Message, f.Remedy = b.lang.Message(raw), b.lang.Remedy(raw)
		b.d.Findings = append(b.d.Findings, f)
		return nil
	})
}

func (b *builder) reporting(ctx context.Context) error {
	return b.report(ctx, "reporting", func(rows *sql.Rows) error {
		var r reports.Reporting
		var received sql.NullTime
		if err := rows.Scan(&r.Period, &r.Form, &r.Unit, &r.Due, &r.State, &received, &r.Refused); err != nil {
			return err
		}
		if received.Valid {
			r.Received = received.Time.In(b.zone)
		}
		b.d.Reporting = append(b.d.Reporting, r)
		return nil
	})
}

func (b *builder) exemptions(ctx context.Context) error {
	return b.report(ctx, "exemptions", func(rows *sql.Rows) error {
		var e reports.Exemption
		err := rows.Scan(&e.Period, &e.Form, &e.Unit, &e.Due, &e.At, &e.By, &e.Reason)
		e.At = e.At.In(b.zone)
		b.d.Exemptions = append(b.d.Exemptions, e)
		return err
	})
}

func (b *builder) journal(ctx context.Context) error {
	return b.tx.Report(ctx, "journal", func(rows *sql.Rows) error {
		var a pipeline.Act
		var period string
		if err := rows.Scan(&a.Seq, &a.At, &a.Kind, &period, &a.Unit, &a.Form, &a.SHA256, &a.By, &a.Reason); err != nil {
			return err
		}
		a.At = a.At.In(b.zone)
		b.d.Journal = append(b.d.Journal, a)
		return b.d.Journal[len(b.d.Journal)-1].Period.UnmarshalText([]byte(period))
	})
}

func (b *builder) parts(ctx context.Context) error {
	return b.report(ctx, "parts", func(rows *sql.Rows) error {
		p := reports.Part{Period: b.period}
		var value, ytd figure
		if err := rows.Scan(&p.Unit, &p.Indicator, &p.Role, &p.PartUnit, &p.PartIndicator, &value, &ytd); err != nil {
			return err
		}
		p.Value, p.YTD = value.Decimal, ytd.Decimal
		b.d.Parts = append(b.d.Parts, p)
		return nil
	})
}
