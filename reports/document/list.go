package document

import (
	"cmp"
	"slices"
	"strconv"

	"tonghop/pipeline"
	"tonghop/reports"
)

// lists are the rows of the lists that a template may have.
func (c *composer) lists() map[string][]map[string]string {
	all := map[string][]map[string]string{"body": c.body(), "indicators": c.indicators(), "units": c.units(), "missing": c.missing()}
	for _, name := range []string{"body", "indicators", "units"} {
		if len(all[name]) == 0 {
			all["no_"+name] = []map[string]string{{"sentence": c.l.Text("document.empty." + name)}}
		} else {
			all["no_"+name] = nil
		}
	}
	return all
}

// body is the report in words: a heading for each group of indicators, and below
// it a sentence for each that has a figure. Parts stand in the sentence of the
// whole.
func (c *composer) body() []map[string]string {
	var rows []map[string]string
	groups := 0
	for _, group := range c.groups() {
		headed := false
		for _, i := range c.d.Indicators {
			a, ok := c.figures[i.Code]
			if !ok || a.YTD == nil || i.Group != group || c.isPart(i) {
				continue
			}
			if !headed {
				groups++
				rows = append(rows, map[string]string{"heading": c.l.Text("document.heading", "number", groups, "group", cmp.Or(group, c.l.Text("document.other")))})
				headed = true
			}
			rows = append(rows, map[string]string{"sentence": c.sentence(i, a)})
		}
	}
	return rows
}

// groups are the groups of indicators in the catalogue's order.
func (c *composer) groups() []string {
	var all []string
	for _, i := range c.d.Indicators {
		if !slices.Contains(all, i.Group) {
			all = append(all, i.Group)
		}
	}
	return all
}

// isPart tells whether the sentence of another indicator tells of i.
func (c *composer) isPart(i pipeline.Indicator) bool {
	whole, ok := c.figures[i.Parent]
	return i.Parent != "" && ok && whole.YTD != nil
}

// indicators are those with a target.
func (c *composer) indicators() []map[string]string {
	var rows []map[string]string
	for _, i := range c.d.Indicators {
		a, ok := c.figures[i.Code]
		if !ok || a.Target == nil {
			continue
		}
		row := map[string]string{"number": strconv.Itoa(len(rows) + 1), "name": i.Name, "measure": i.Measure, "status": c.standing(a, i)}
		for _, measure := range []string{"target", "ytd", "rate", "previous"} {
			row[measure], _ = c.figure(i, measure)
		}
		if a.TargetUnits > 0 { // the target is not everybody's: show what is measured against it
			row["name"] = c.l.Text("document.of_units", "name", i.Name, "units", a.TargetUnits)
			row["ytd"] = c.optional(a.TargetYTD, i)
		}
		rows = append(rows, row)
	}
	return rows
}

// standing words how a stands, as the page does: while the year goes on what is short
// of its target is late or in time.
func (c *composer) standing(a reports.Achievement, i pipeline.Indicator) string {
	standing := a.Standing(i.Better)
	switch {
	case standing == reports.StandingMet && i.Better == pipeline.BetterDown:
		standing = "within"
	case standing == reports.StandingBehind && c.d.Stamp.Elapsed >= 1:
		standing = "behind_final"
	}
	return c.l.Text("document.status." + standing)
}

// units are those directly below the root that owe a report or have targets, kind
// by kind, the best first: ranks are among the units of a kind.
func (c *composer) units() []map[string]string {
	var below []reports.Unit
	kinds := map[string]int{}
	for _, u := range c.d.Units {
		if u.Parent == c.root.Code && u.Valid && (c.reports(u.Code)["due"] > 0 || c.d.Score(u.Code).Targets > 0) {
			below = append(below, u)
			kinds[u.Kind] = cmp.Or(kinds[u.Kind], len(kinds)+1)
		}
	}
	rank := func(u reports.Unit) int { return cmp.Or(c.d.Score(u.Code).Rank, len(c.d.Units)+1) }
	slices.SortStableFunc(below, func(a, b reports.Unit) int {
		return cmp.Or(cmp.Compare(kinds[a.Kind], kinds[b.Kind]), cmp.Compare(rank(a), rank(b)))
	})
	var rows []map[string]string
	for _, u := range below {
		score, counts := c.d.Score(u.Code), c.reports(u.Code)
		row := map[string]string{
			"number": strconv.Itoa(len(rows) + 1), "name": u.Name, "met": strconv.Itoa(score.Met), "targets": strconv.Itoa(score.Targets),
			"reports": strconv.Itoa(counts["on_time"]+counts["late"]) + "/" + strconv.Itoa(counts["due"]),
			"score":   c.l.Text("document.none"), "grade": score.Grade, "rank": "",
		}
		if score.Score != nil {
			row["score"] = c.l.Number(*score.Score, 1, pipeline.HalfUp)
		}
		if score.Rank > 0 {
			row["rank"] = strconv.Itoa(score.Rank) + "/" + strconv.Itoa(score.RankOf)
		}
		rows = append(rows, row)
	}
	return rows
}

// missing are the reports that have not come by their due day.
func (c *composer) missing() []map[string]string {
	var rows []map[string]string
	for _, r := range c.d.Reporting {
		if r.State != "missing" || r.HasTime(c.d.Stamp.AsOf) {
			continue
		}
		unit, _ := c.d.Unit(r.Unit)
		rows = append(rows, map[string]string{
			"number": strconv.Itoa(len(rows) + 1), "unit": unit.Name, "form": c.formName(r.Form), "due": c.l.Date(r.Due),
		})
	}
	return rows
}

func (c *composer) formName(code string) string {
	for _, f := range c.d.Forms {
		if f.Code == code {
			return f.Name
		}
	}
	return code
}
