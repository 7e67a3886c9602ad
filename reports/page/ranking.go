package page

import (
	"github.com/shopspring/decimal"

	"tonghop/pipeline"
	"tonghop/reports"
)

// A rankingView orders the units by score, those of one kind under one unit
// together.
type rankingView struct {
	Title, Caption string
	Years          bool // some rank has one of the same period last year beside it
	Groups         []rankGroup
}

// A rankGroup is units that are ranked among themselves.
type rankGroup struct {
	Table string
	Rows  []rankRow
}

// A rankRow is one unit. Change is how its rank moved, Moved which way: up,
// down, same.
type rankRow struct {
	Unit               int // place in the dataset, for filters
	Name, Full         string
	Rank, Score, Grade string
	Change, Moved      string
	Share              string // of the points that can be had, as CSS reads it
	Met, Targets       int
	score              reports.Score
}

func (c *composer) ranking() rankingView {
	view := rankingView{Caption: c.l.Text("page.ranking.caption")}
	type like struct{ parent, kind string }
	at := map[like]int{}
	for _, s := range c.d.Scores {
		u, ok := c.d.Unit(s.Unit)
		if !ok || u.Level == 0 || s.MaxScore == nil {
			continue
		}
		key := like{u.Parent, u.Kind}
		n, known := at[key]
		if !known {
			n = len(view.Groups)
			at[key] = n
			view.Groups = append(view.Groups, rankGroup{})
		}
		row := c.rankRow(u, s)
		view.Groups[n].Rows = append(view.Groups[n].Rows, row)
		view.Years = view.Years || row.Change != ""
	}
	view.Groups = c.rankGroups(view.Groups)
	view.Title = c.rankTitle(view.Groups)
	return view
}

// rankGroups leaves out groups without any score and puts the units that have
// nobody to be ranked against together, at the end.
func (c *composer) rankGroups(all []rankGroup) []rankGroup {
	var kept []rankGroup
	var lone rankGroup
	for _, g := range all {
		switch {
		case g.Rows[0].score.Score == nil: // the ranked stand first
		case len(g.Rows) == 1:
			lone.Rows = append(lone.Rows, g.Rows[0])
		default:
			g.Table = c.l.Text("page.ranking.table", "count", len(g.Rows))
			kept = append(kept, g)
		}
	}
	if len(lone.Rows) > 0 {
		lone.Table = c.l.Text("page.ranking.lone")
		kept = append(kept, lone)
	}
	return kept
}

func (c *composer) rankRow(u reports.Unit, s reports.Score) rankRow {
	row := rankRow{
		Unit: c.unitAt[u.Code], Name: c.shorten(u.Name), Full: u.Name,
		Grade: s.Grade, Met: s.Met, Targets: s.Targets, Share: "0", score: s,
	}
	if s.Score == nil {
		row.Score = c.l.Text("page.state.blank")
		return row
	}
	row.Score = c.outOf(*s.Score, *s.MaxScore)
	if s.Share != nil {
		row.Share = decimal.Min(*s.Share, one).Round(4).String()
	}
	if s.RankOf > 1 {
		row.Rank = c.l.Text("page.ranking.rank", "rank", s.Rank, "of", s.RankOf)
		row.Moved, row.Change = c.moved(s)
	}
	return row
}

// moved words how a rank compares with the one of the same period last year.
func (c *composer) moved(s reports.Score) (way, words string) {
	switch {
	case s.PreviousRank == 0 || s.Rank == 0:
		return "", ""
	case s.Rank < s.PreviousRank:
		way = "up"
	case s.Rank > s.PreviousRank:
		way = "down"
	default:
		way = "same"
	}
	steps := max(s.Rank-s.PreviousRank, s.PreviousRank-s.Rank)
	return way, c.l.Text("page.ranking."+way, "steps", steps, "previous", s.PreviousRank)
}

// outOf prints a score out of its maximum.
func (c *composer) outOf(score, most decimal.Decimal) string {
	places := 0
	if !most.IsInteger() {
		places = 2
	}
	return c.l.Text("page.ranking.points", "score", c.l.Number(score, 2, pipeline.HalfUp), "max", c.l.Number(most, places, pipeline.HalfUp))
}

// rankTitle names who leads the largest group.
func (c *composer) rankTitle(groups []rankGroup) string {
	var largest rankGroup
	for _, g := range groups {
		if len(g.Rows) > len(largest.Rows) {
			largest = g
		}
	}
	if len(largest.Rows) < 2 || largest.Rows[0].score.Score.IsZero() {
		return c.l.Text("page.ranking.title_plain")
	}
	first, ties := largest.Rows[0], 0
	for _, row := range largest.Rows {
		if row.score.Rank == 1 {
			ties++
		}
	}
	pairs := []any{"unit", first.Name, "count", len(largest.Rows), "ties", ties, "score", first.Score, "change", first.Change}
	switch {
	case ties > 1:
		return c.l.Text("page.ranking.title_tie", pairs...)
	case first.Change != "":
		return c.l.Text("page.ranking.title_change", pairs...)
	}
	return c.l.Text("page.ranking.title", pairs...)
}
