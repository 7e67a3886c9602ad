package page

import (
	"strings"

	"github.com/shopspring/decimal"

	"tonghop/pipeline"
	"tonghop/reports"
)

// A unitData is one unit's whole standing, which the script lays out as a card
// when the page is narrowed to the unit. Lines of reports and files are arrays
// of text.
type unitData struct {
	Code    string     `json:"code"`
	Name    string     `json:"name"`
	Full    string     `json:"full"`
	Lead    string     `json:"lead"`
	Score   string     `json:"score,omitempty"` // of how many points
	Rank    string     `json:"rank,omitempty"`
	Moved   string     `json:"moved,omitempty"` // up, down, same
	Change  string     `json:"change,omitempty"`
	Grade   string     `json:"grade,omitempty"`
	Reports [][]string `json:"reports,omitempty"` // form, period, state, its word, date
	Files   [][]string `json:"files,omitempty"`   // file, what became of it, when, findings
	Figures [][]any    `json:"figures,omitempty"` // as figureData has them
}

// An indicatorData is an indicator as the script names it.
type indicatorData struct {
	Code    string `json:"code"`
	Name    string `json:"name"`
	Measure string `json:"measure"`
}

func (c *composer) unitsData() []unitData {
	filed := map[string][]reports.Submission{}
	for _, s := range c.d.Submissions {
		filed[s.Unit] = append(filed[s.Unit], s)
	}
	owed := map[string][]reports.Reporting{}
	for _, r := range c.d.Reporting {
		owed[r.Unit] = append(owed[r.Unit], r)
	}
	var all []unitData
	for _, u := range c.d.Units {
		data := unitData{Code: u.Code, Name: c.shorten(u.Name), Full: u.Name, Lead: c.unitLead(u, owed[u.Code])}
		if s := c.d.Score(u.Code); s.Score != nil && s.MaxScore != nil {
			row := c.rankRow(u, s)
			data.Score, data.Rank, data.Moved, data.Change, data.Grade = row.Score, row.Rank, row.Moved, row.Change, row.Grade
		}
		for _, r := range owed[u.Code] {
			data.Reports = append(data.Reports, c.reportLine(r))
		}
		for _, s := range filed[u.Code] {
			data.Files = append(data.Files, c.fileLine(s))
		}
		for _, i := range c.d.Indicators {
			if a := c.achievement(place{u.Code, i.Code}); targeted(a) || a.YTD != nil {
				data.Figures = append(data.Figures, c.figureData(u, a, i))
			}
		}
		all = append(all, data)
	}
	return all
}

// unitLead words where a unit stands: targets, rank, reports.
func (c *composer) unitLead(u reports.Unit, owed []reports.Reporting) string {
	clauses := c.leadTargets(c.tally(u.Code))
	if s := c.d.Score(u.Code); s.Rank > 0 && s.RankOf > 1 {
		clauses = append(clauses, c.l.Text("page.card.rank", "rank", s.Rank, "of", s.RankOf))
	}
	var t boardTally
	for _, r := range owed {
		t.count(c.stateOf(r))
	}
	switch {
	case t.Due() == 0:
	case t.Missing > 0:
		clauses = append(clauses, c.l.Text("page.card.missing", "count", t.Missing))
	case t.Pending > 0:
		clauses = append(clauses, c.l.Text("page.card.pending", "count", t.Pending))
	default:
		clauses = append(clauses, c.l.Text("page.card.complete"))
	}
	return strings.Join(clauses, "; ")
}

func (c *composer) reportLine(r reports.Reporting) []string {
	cell := c.boardCell(r)
	date := cell.Date
	if date == "" {
		date = c.l.Text("page.reporting.due", "date", c.l.Date(r.Due))
	}
	return []string{c.formName(r.Form), c.periodName(r.Period), cell.State, cell.Word, strings.TrimSuffix(date+", "+cell.Refused, ", ")}
}

func (c *composer) fileLine(s reports.Submission) []string {
	status := s.Status
	if key := "page.card.status_" + status; c.l.Has(key) {
		status = c.l.Text(key)
	}
	found := ""
	if s.Errors+s.Warnings > 0 {
		found = c.l.Text("page.quality.counts", "errors", s.Errors, "warnings", s.Warnings)
	}
	return []string{s.File, status, c.l.Time(s.FirstSeen), found}
}

// figureData is an indicator's figures of a unit, as texts: indicator, so far,
// rate, target, standing, its word where it has one of its own, length of the bar and place of what is
// expected in percent, the same period last year, rank, points, share of the
// superior unit's figure, what the rate rests on.
func (c *composer) figureData(u reports.Unit, a reports.Achievement, i pipeline.Indicator) []any {
	bullet := c.bulletRow(a, i)
	rank, points := "", ""
	if a.RankOf > 1 && a.Rank > 0 {
		rank = c.l.Text("page.ranking.rank", "rank", a.Rank, "of", a.RankOf)
	}
	if a.Points != nil && a.MaxPoints != nil {
		points = c.outOf(*a.Points, *a.MaxPoints)
	}
	var notes []string
	for _, note := range []string{bullet.Gap, bullet.Basis} {
		if note != "" {
			notes = append(notes, note)
		}
	}
	if a.Due > 1 || bullet.Coverage.Whole != "" {
		notes = append(notes, bullet.Coverage.both)
	}
	word := "" // where it is not the common one of its standing
	if bullet.Word != c.standingWord(bullet.Standing, pipeline.BetterUp) {
		word = bullet.Word
	}
	return row(c.indicator[i.Code], bullet.YTD.Text, bullet.Rate, bullet.Target.Text, bullet.Standing, word,
		min(bullet.rate, axisCap), bullet.mark, c.previous(a, i).Text, rank, points, c.shareOf(u, a, i), strings.Join(notes, "; "))
}

// shareOf is the part of a unit in the figure of the unit above it.
func (c *composer) shareOf(u reports.Unit, a reports.Achievement, i pipeline.Indicator) string {
	whole := c.achievement(place{u.Parent, i.Code}).YTD
	if !additive(i.Kind) || a.YTD == nil || whole == nil || !whole.IsPositive() {
		return ""
	}
	return c.l.Percent(a.YTD.Div(*whole), 1, pipeline.HalfUp)
}

// additive tells whether the figures of units add up to that of the unit above.
func additive(kind pipeline.Kind) bool {
	return kind != pipeline.KindRatio && kind != pipeline.KindAverage
}

// widthOf is part of whole as CSS reads it.
func widthOf(part, whole decimal.Decimal) string {
	if !whole.IsPositive() {
		return "0"
	}
	return decimal.Min(one, part.Div(whole)).Round(4).String()
}
