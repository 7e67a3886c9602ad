package dataset

import (
	"cmp"
	"context"
	"database/sql"

	"github.com/shopspring/decimal"

	"tonghop/pipeline/store"
	"tonghop/reports"
)

// A figure scans a column with a figure that may be missing.
type figure struct{ *decimal.Decimal }

// Scan reads a decimal or floating value, or null.
func (f *figure) Scan(value any) error {
	f.Decimal = store.Figure(value)
	return nil
}

func (b *builder) achievements(ctx context.Context) (err error) {
	if b.d.Achievements, err = b.achievementsOf(ctx, b.period); err != nil {
		return err
	}
	b.d.Present, err = b.achievementsOf(ctx, b.present)
	return err
}

// achievementsOf reads the achievements of one view of the period.
func (b *builder) achievementsOf(ctx context.Context, view string) (all []reports.Achievement, err error) {
	err = b.tx.Report(ctx, "achievement", func(rows *sql.Rows) error {
		a := reports.Achievement{Period: b.period}
		var actual, actualQuotient, ytd, ytdQuotient, target, rate, expected, pace, previous, previousQuotient, reached, reachedQuotient figure
		var needed, gap, points, gapExpected, contribution, scored, maxScored figure
		var last figure
		var rank, rankOf, age sql.NullInt64
		var brokenOn, lastCutOff sql.NullTime
		var missing sql.NullString
		if err := rows.Scan(&a.Unit, &a.Indicator, &actual, &actualQuotient, &ytd, &ytdQuotient, &target, &rate, &expected, &pace,
			&previous, &previousQuotient, &a.Status, &a.Reported, &a.Due, &a.Qualifier, &a.State,
			&a.Complete, &a.TargetUnits, &reached, &reachedQuotient, &needed, &gap, &points, &gapExpected, &rank, &rankOf,
			&contribution, &scored, &maxScored, &a.Break, &brokenOn, &last, &lastCutOff, &age, &missing, &a.MissingSpanUnits); err != nil {
			return err
		}
		a.Actual, a.YTD = cmp.Or(actual.Decimal, actualQuotient.Decimal), cmp.Or(ytd.Decimal, ytdQuotient.Decimal)
		a.Target, a.Rate, a.Expected, a.Pace = target.Decimal, rate.Decimal, expected.Decimal, pace.Decimal
		a.Previous, a.TargetYTD = cmp.Or(previous.Decimal, previousQuotient.Decimal), cmp.Or(reached.Decimal, reachedQuotient.Decimal)
		a.NeededPerMonth, a.Gap, a.GapPoints, a.GapExpected = needed.Decimal, gap.Decimal, points.Decimal, gapExpected.Decimal
		a.Rank, a.RankOf, a.Contribution = int(rank.Int64), int(rankOf.Int64), contribution.Decimal
		a.Points, a.MaxPoints = scored.Decimal, maxScored.Decimal
		a.BreakOn, a.LastValue, a.LastCutOff, a.LastAgeDays = brokenOn.Time, last.Decimal, lastCutOff.Time, int(age.Int64)
		a.MissingSpans = missing.String
		all = append(all, a)
		return nil
	}, sql.Named("period", view))
	return all, err
}

func (b *builder) breaks(ctx context.Context) error {
	return b.report(ctx, "breaks", func(rows *sql.Rows) error {
		x := reports.Break{Period: b.period}
		if err := rows.Scan(&x.Unit, &x.Kind, &x.On, &x.Was, &x.Became, &x.Refused); err != nil {
			return err
		}
		b.d.Breaks = append(b.d.Breaks, x)
		return nil
	})
}

func (b *builder) scores(ctx context.Context) error {
	return b.report(ctx, "scores", func(rows *sql.Rows) error {
		s := reports.Score{Period: b.period}
		var score, maxScore, share figure
		var rank, rankOf, previous sql.NullInt64
		if err := rows.Scan(&s.Unit, &score, &maxScore, &share, &s.Grade, &rank, &rankOf,
			&s.Met, &s.NotMet, &s.NoData, &s.Targets, &previous); err != nil {
			return err
		}
		s.Score, s.MaxScore, s.Share = score.Decimal, maxScore.Decimal, share.Decimal
		s.Rank, s.RankOf, s.PreviousRank = int(rank.Int64), int(rankOf.Int64), int(previous.Int64)
		b.d.Scores = append(b.d.Scores, s)
		return nil
	})
}

func (b *builder) headlines(ctx context.Context) error {
	return b.report(ctx, "headline", func(rows *sql.Rows) error {
		h := reports.Headline{Period: b.period}
		if err := rows.Scan(&h.Unit, &h.Indicator, &h.Met, &h.NotMet, &h.NoData, &h.Targets); err != nil {
			return err
		}
		b.d.Headlines = append(b.d.Headlines, h)
		return nil
	})
}
