package page

import (
	"slices"
	"time"

	"tonghop/reports"
)

// A notice is what a reader must know before the figures: that they are closed,
// restated, not comparable. Link leads to the details.
type notice struct{ Text, Link, More string }

func (c *composer) notices() []notice {
	var all []notice
	if closed := c.d.Stamp.Closed; closed != nil {
		all = append(all, notice{Text: c.l.Text("page.notice.closed", "time", c.l.Time(closed.At), "by", closed.By)})
	}
	if c.running() {
		all = append(all, notice{Text: c.l.Text("page.notice.running", "date", c.l.Date(c.d.Stamp.Window.End), "today", c.l.Date(c.d.Stamp.DataDay()))})
	}
	if n := len(c.d.Restatements); n > 0 {
		all = append(all, notice{
			Text: c.l.Text("page.notice.changes", "issue", c.d.Stamp.Issue, "count", n, "names", c.list(c.restated(), namesShown)),
			Link: "#changes", More: c.l.Text("page.notice.changes_more"),
		})
	}
	for _, text := range c.breaks() {
		all = append(all, notice{Text: text})
	}
	if n := len(c.d.Exemptions); n > 0 {
		all = append(all, notice{Text: c.l.Text("page.notice.exempt", "count", n), Link: "#reporting", More: c.l.Text("page.notice.exempt_more")})
	}
	if len(c.d.Present) > 0 {
		all = append(all, notice{Text: c.l.Text("page.notice.present"), Link: "#present", More: c.l.Text("page.notice.present_more")})
	}
	return all
}

// restated names the units below the roots whose figures this issue changes;
// the roots only where nobody else's do.
func (c *composer) restated() []string {
	var below, roots []string
	for _, u := range c.d.Units {
		if !slices.ContainsFunc(c.d.Restatements, func(r reports.Restatement) bool { return r.Unit == u.Code }) {
			continue
		}
		if u.Level == 0 {
			roots = append(roots, c.shorten(u.Name))
		} else {
			below = append(below, c.shorten(u.Name))
		}
	}
	if len(below) == 0 {
		return roots
	}
	return below
}

// breaks words, once each, which units stand behind no series or another one
// than a year before. Units that began on one day, as all do where the catalogue
// begins, are counted.
func (c *composer) breaks() []string {
	began := map[time.Time]int{}
	for _, b := range c.d.Breaks {
		if b.Kind == "began" && !b.Refused {
			began[b.On]++
		}
	}
	var all []string
	for _, b := range c.d.Breaks {
		text := c.breakText(b)
		if n := began[b.On]; b.Kind == "began" && !b.Refused && n > beganNamed {
			text = c.l.Text("page.break.began_many", "count", n, "date", c.l.Date(b.On))
		}
		if !slices.Contains(all, text) {
			all = append(all, text)
		}
	}
	if len(all) > breaksShown {
		all = append(all[:breaksShown], c.l.Text("page.break.more", "count", len(all)-breaksShown))
	}
	return all
}

func (c *composer) breakText(b reports.Break) string {
	pairs := []any{"unit", c.unitName(b.Unit), "was", c.unitName(b.Was), "became", c.unitName(b.Became), "date", c.l.Date(b.On)}
	text := c.l.Text("page.break."+b.Kind, pairs...)
	if !c.l.Has("page.break." + b.Kind) {
		text = c.l.Text("page.break.other", pairs...)
	}
	if b.Refused {
		text = c.l.Text("page.break.refused", append(pairs, "what", text)...)
	}
	return text
}

// beganNamed is how many units that began on one day are named.
const beganNamed = 2

// breaksShown bounds the breaks that stand above the figures.
const breaksShown = 4
