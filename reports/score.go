package reports

import (
	"strconv"

	"github.com/shopspring/decimal"
)

// A Score is what a unit's targets come to. Models fct_score and fct_point
// define it.
type Score struct {
	Period, Unit                 string
	Score, MaxScore, Share       *decimal.Decimal // points, points and a ratio; nil where nothing scored has a target
	Grade                        string           // empty where the scale has none for the score
	Rank, RankOf                 int              // among its like, 1, 2, 2, 4; 0 where it has none
	PreviousRank                 int              // in the same period last year; 0 where it had none
	Met, NotMet, NoData, Targets int              // indicators
}

// A Headline is how many of the units below Unit meet their target.
type Headline struct {
	Period, Unit, Indicator      string
	Met, NotMet, NoData, Targets int // units
}

// Score is the score of a unit; one without targets where there is none.
func (d *Dataset) Score(unit string) Score {
	for _, s := range d.Scores {
		if s.Unit == unit {
			return s
		}
	}
	return Score{Unit: unit}
}

func (d *Dataset) scoreTable() Table {
	t := Table{Name: "scores", Header: []string{
		"period", "unit", "score", "max_score", "share", "grade", "rank", "rank_of", "met", "not_met", "no_data", "targets", "previous_rank",
	}}
	for _, s := range d.Scores {
		t.Rows = append(t.Rows, []string{
			s.Period, s.Unit, Digits(s.Score), Digits(s.MaxScore), Digits(s.Share), s.Grade, place(s.Rank), place(s.RankOf),
			strconv.Itoa(s.Met), strconv.Itoa(s.NotMet), strconv.Itoa(s.NoData), strconv.Itoa(s.Targets), place(s.PreviousRank),
		})
	}
	return t
}

func (d *Dataset) headlineTable() Table {
	t := Table{Name: "headline", Header: []string{"period", "unit", "indicator", "met", "not_met", "no_data", "targets"}}
	for _, h := range d.Headlines {
		t.Rows = append(t.Rows, []string{
			h.Period, h.Unit, h.Indicator, strconv.Itoa(h.Met), strconv.Itoa(h.NotMet), strconv.Itoa(h.NoData), strconv.Itoa(h.Targets),
		})
	}
	return t
}

// place writes a rank, or nothing for none.
func place(rank int) string {
	if rank == 0 {
		return ""
	}
	return strconv.Itoa(rank)
}
