package summary

import (
	"github.com/shopspring/decimal"

	"tonghop/pipeline"
	"tonghop/reports"
	"tonghop/reports/internal/xlsx"
)

// scoreFormat is how points are printed.
const scoreFormat = "#,##0.00"

// ranking lists what each unit's targets come to: score, grade, rank, and how
// many are met. Units of one kind under one parent stand together, the best
// first.
func (wb *workbook) ranking() error {
	return wb.write(list{
		key: "ranking", empty: wb.text("no_rows"),
		info: wb.text("ranking.info", "cutoff", wb.lang.Date(wb.data.Stamp.DataDay())),
		columns: []column{
			{"unit_code", 12}, {"unit", 44}, {"rank", 10}, {"previous_rank", 14}, {"score", 12}, {"max_score", 12}, {"share", 12}, {"grade", 20},
			{"met", 13}, {"not_met", 10}, {"no_data", 12},
		},
		rows: rowsOf(wb.ranked(), func(s *reports.Score, _ int) []xlsx.Cell {
			return []xlsx.Cell{
				outside(s.Unit), outside(wb.unitName(s.Unit)), word(place(s.Rank, s.RankOf)), count(s.PreviousRank),
				number(s.Score, scoreFormat), number(s.MaxScore, scoreFormat), number(s.Share, rateFormat), centered(s.Grade),
				word(fraction(s.Met, s.Targets)), {Value: s.NotMet, Look: lookCount}, {Value: s.NoData, Look: lookCount},
			}
		}),
	})
}

// ranked are the scores of the units that have targets.
func (wb *workbook) ranked() []reports.Score {
	var all []reports.Score
	for _, s := range wb.data.Scores {
		if s.Targets > 0 {
			all = append(all, s)
		}
	}
	return all
}

// place prints a rank among how many, such as 2/11; nothing for none.
func place(rank, of int) string {
	if rank == 0 {
		return ""
	}
	return fraction(rank, of)
}

// count is a cell with a number that starts at 1; empty for none.
func count(n int) xlsx.Cell {
	if n == 0 {
		return xlsx.Cell{Look: lookCount}
	}
	return xlsx.Cell{Value: n, Look: lookCount}
}

// distance is the cells for what is left of a target, in the order of
// distanceColumns.
func (wb *workbook) distance(a *reports.Achievement) []xlsx.Cell {
	i := wb.indicator(a.Indicator)
	gap := number(a.Gap, numberFormat(i))
	if i.Kind == pipeline.KindRatio {
		gap = number(a.GapPoints, pointsFormat(i))
	}
	return []xlsx.Cell{
		gap, number(a.NeededPerMonth, neededFormat(i)), word(place(a.Rank, a.RankOf)), number(a.Contribution, rateFormat),
		number(a.Points, scoreFormat),
	}
}

func distanceColumns() []column {
	return []column{{"gap", 12}, {"needed", 12}, {"rank", 9}, {"contribution", 12}, {"points", 10}}
}

// pointsFormat is the format of percentage points.
func pointsFormat(i pipeline.Indicator) string {
	return numberFormat(pipeline.Indicator{Decimals: max(i.Decimals, 1)})
}

// neededFormat is the format of what a month must bring, which is a fraction of
// what is counted whole.
func neededFormat(i pipeline.Indicator) string {
	return numberFormat(pipeline.Indicator{Kind: i.Kind, Decimals: max(i.Decimals, 1)})
}

// headlines are the counts of units below a unit by indicator.
func headlines(d *reports.Dataset) map[pair]reports.Headline {
	all := map[pair]reports.Headline{}
	for _, h := range d.Headlines {
		all[pair{h.Unit, h.Indicator}] = h
	}
	return all
}

// needed prints what a month must bring.
func (wb *workbook) needed(d decimal.Decimal, i pipeline.Indicator) string {
	return wb.lang.Number(d, max(i.Decimals, 1), i.Rounding)
}
