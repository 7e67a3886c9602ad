package summary

import (
	"slices"
	"strconv"

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
	ranked := wb.ranked()
	t := list{
		key: "ranking", empty: wb.text("no_rows"),
		info: wb.text("ranking.info", "cutoff", wb.lang.Date(wb.data.Stamp.DataDay())),
		columns: []column{
			{title: "unit_code", width: 12}, {title: "unit", width: 46}, {title: "rank", width: 10}, {title: "previous_rank", width: 13}, {title: "moved", width: 11}, {title: "score", width: 12}, {title: "max_score", width: 12}, {title: "share", width: 12}, {title: "grade", width: 22},
			{title: "met", width: 13}, {title: "not_met", width: 11}, {title: "no_data", width: 12},
		},
		rows: rowsOf(ranked, func(s *reports.Score, _ int) []xlsx.Cell {
			return []xlsx.Cell{
				outside(s.Unit), outside(wb.unitName(s.Unit)), part(s.Rank, s.RankOf), count(s.PreviousRank), moved(s),
				number(s.Score, scoreFormat), number(s.MaxScore, scoreFormat), number(s.Share, rateFormat), centered(s.Grade),
				part(s.Met, s.Targets), {Value: s.NotMet, Look: lookCount}, {Value: s.NoData, Look: lookCount},
			}
		}),
	}
	t.after = func(s *xlsx.Sheet, header int) { wb.drawRanking(s, ranked, header) }
	return wb.write(t)
}

// shareColumn is where the ranking's shares of the points stand.
const shareColumn = 8

// drawRanking draws the shares of the units that have one, in the order of the
// table; the roots, which are not ranked against them, are left out.
func (wb *workbook) drawRanking(s *xlsx.Sheet, ranked []reports.Score, header int) {
	var bars []bar
	for n, score := range ranked {
		if u := wb.units[score.Unit]; score.Share == nil || u.Level == 0 || len(bars) == maxBars {
			continue
		}
		bars = append(bars, bar{label: xlsx.Cut(wb.unitName(score.Unit), unitLength), cell: xlsx.CellName(header+1+n, shareColumn), value: score.Share, series: "share"})
	}
	wb.drawBars(s, barChart{title: wb.rankingTitle(bars), bars: bars, series: []barSeries{{"share", wb.text("column.share"), xlsx.ToneMet, xlsx.InkOnDark}}})
}

// rankingTitle names who has most of the points, and who least.
func (wb *workbook) rankingTitle(bars []bar) string {
	if len(bars) == 0 {
		return ""
	}
	key := "ranking.chart"
	if len(bars) == 1 {
		key = "ranking.chart_alone"
	}
	by := func(a, b bar) int { return a.value.Cmp(*b.value) }
	best, worst := slices.MaxFunc(bars, by), slices.MinFunc(bars, by)
	percent := func(b bar) string { return wb.lang.Rate(*b.value, ratePlaces, pipeline.HalfUp) }
	return wb.text(key, "best", best.label, "most", percent(best), "worst", worst.label, "least", percent(worst))
}

// moved is how many places a rank is better or worse than in the same period last
// year.
func moved(s *reports.Score) xlsx.Cell {
	look := lookWord
	look.Format = `"▲ "0;"▼ "0;"="`
	if s.Rank == 0 || s.PreviousRank == 0 {
		return xlsx.Cell{Look: look}
	}
	by := s.PreviousRank - s.Rank
	switch {
	case by > 0:
		look.Ink = xlsx.InkLink
	case by < 0:
		look.Ink = xlsx.InkBehind
	}
	return xlsx.Cell{Value: by, Look: look}
}

// part is a cell with a part of a whole, shown like 2/11 and sorted by the part;
// empty where there is no whole.
func part(n, whole int) xlsx.Cell {
	look := lookWord
	look.Format = `0"/` + strconv.Itoa(whole) + `"`
	if whole == 0 || n == 0 && whole > maxWholes {
		return xlsx.Cell{Look: lookWord}
	}
	if whole > maxWholes { // Excel bounds how many number formats a workbook has
		return word(fraction(n, whole))
	}
	return xlsx.Cell{Value: n, Look: look}
}

const maxWholes = 100

const unitLength = 60 // of a unit's name beside its bar

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

// distance goes on with the cells of a row by those for what is left of a target, in
// the order of distanceColumns.
func (wb *workbook) distance(cells []xlsx.Cell, a *reports.Achievement) []xlsx.Cell {
	i := wb.indicator(a.Indicator)
	gap := number(a.Gap, numberFormat(i))
	if i.Kind == pipeline.KindRatio {
		gap = number(a.GapPoints, pointsFormat(i))
	}
	return append(cells, gap, number(a.NeededPerMonth, neededFormat(i)), word(place(a.Rank, a.RankOf)), number(a.Contribution, rateFormat),
		number(a.Points, scoreFormat))
}

func distanceColumns() []column {
	return []column{{title: "gap", width: 12}, {title: "needed", width: 12}, {title: "rank", width: 9}, {title: "contribution", width: 12}, {title: "points", width: 10}}
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
