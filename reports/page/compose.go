package page

import (
	"html/template"
	"strings"

	"tonghop/pipeline"
	"tonghop/pipeline/lang"
	"tonghop/reports"
)

// A composer words and arranges a dataset for the templates.
type composer struct {
	d          *reports.Dataset
	l          *lang.Language
	unitAt     map[string]int // places in d.Units and d.Indicators
	indicator  map[string]int
	achieved   map[place]*reports.Achievement
	headlines  map[place]reports.Headline
	parts      map[place][]reports.Part
	plans      map[place][]reports.Part // the assigned targets that a target is the sum of
	sourced    map[place]bool           // places with something to show for their figures
	isSuperior map[string]bool          // units whose figures are made of other units'
}

// A place is where a figure belongs: a unit and an indicator, by code.
type place struct{ unit, indicator string }

func newComposer(d *reports.Dataset, l *lang.Language) *composer {
	c := &composer{
		d: d, l: l,
		unitAt:     map[string]int{},
		indicator:  map[string]int{},
		achieved:   make(map[place]*reports.Achievement, len(d.Achievements)),
		headlines:  map[place]reports.Headline{},
		parts:      map[place][]reports.Part{},
		plans:      map[place][]reports.Part{},
		sourced:    map[place]bool{},
		isSuperior: map[string]bool{},
	}
	for n, unit := range d.Units {
		c.unitAt[unit.Code] = n
	}
	for n, indicator := range d.Indicators {
		c.indicator[indicator.Code] = n
	}
	for n := range d.Achievements {
		a := &d.Achievements[n]
		c.achieved[place{a.Unit, a.Indicator}] = a
	}
	for _, h := range d.Headlines {
		c.headlines[place{h.Unit, h.Indicator}] = h
	}
	for _, p := range d.Parts {
		at := place{p.Unit, p.Indicator}
		switch {
		case p.Role == "target":
			if p.PartUnit != p.Unit {
				c.plans[at] = append(c.plans[at], p)
			}
			continue
		case p.Value != nil || p.YTD != nil:
			c.parts[at] = append(c.parts[at], p)
		}
		if p.Role == "child" {
			c.isSuperior[p.Unit] = true
		}
	}
	c.findSources()
	return c
}

// findSources notes the places that the list of sources has something of.
func (c *composer) findSources() {
	for _, all := range [][]reports.Fact{c.d.Facts, c.d.Earlier} {
		for _, f := range all {
			if f.State != pipeline.StateBlank && c.knows(f.Unit, f.Indicator) {
				c.sourced[place{f.Unit, f.Indicator}] = true
			}
		}
	}
	for _, t := range c.d.Targets {
		if c.knows(t.Unit, t.Indicator) {
			c.sourced[place{t.Unit, t.Indicator}] = true
		}
	}
	for _, groups := range []map[place][]reports.Part{c.parts, c.plans} {
		for at := range groups {
			if c.knows(at.unit, at.indicator) && c.isSuperior[at.unit] {
				c.sourced[at] = true
			}
		}
	}
}

// achievement is that of a unit with an indicator; one without anything where there
// is none.
func (c *composer) achievement(at place) reports.Achievement {
	if a, ok := c.achieved[at]; ok {
		return *a
	}
	return reports.Achievement{}
}

// knows tells whether the dataset has both the unit and the indicator.
func (c *composer) knows(unit, indicator string) bool {
	_, unitKnown := c.unitAt[unit]
	_, indicatorKnown := c.indicator[indicator]
	return unitKnown && indicatorKnown
}

// A pageView is the content of the page of one period.
type pageView struct {
	Title, Organisation, Period, Cutoff string
	Sample                              string
	ChartsDrawn                         bool // false where the program was built without ECharts
	Roots                               []rootView
	Reported                            standingOfUnits
	Notices                             []notice
	Filter                              filterView
	Ranking                             rankingView
	Lacking                             bool // some root lacks something of a target
	Composed                            bool // some root has totals that are made of parts
	Units                               heatView
	Present                             presentView
	Board                               boardView
	Trend                               trendView
	Changes                             changesView
	Quality                             qualityView
	Sources                             sourcesView
	Data                                template.JS
	Stamp                               stampView
}

// A rootView is what the page says about a unit without a parent.
type rootView struct {
	Name        string
	Headline    headlineView
	Bullets     bulletView
	Shortfall   shortfallView
	Composition compositionView
	Indicators  indicatorsView
}

// A stampView says what the issue rests on.
type stampView struct {
	Issue, AsOf, Coverage, Run, Catalogue string
	Closed                                string // since when; empty while the period is open
}

func compose(d *reports.Dataset, l *lang.Language) (*pageView, error) {
	c := newComposer(d, l)
	view := &pageView{
		Organisation: c.organisation(),
		Period:       l.Period(d.Stamp.Period),
		Cutoff:       l.Text("page.cutoff", "start", l.Date(d.Stamp.Window.Start), "end", l.Date(d.Stamp.Window.End)),
		Sample:       d.Stamp.Sample,
		Reported:     c.unitsReported(),
		Notices:      c.notices(),
		Filter:       c.filter(),
		Ranking:      c.ranking(),
		Units:        c.heat(),
		Present:      presentOf(d, l),
		Board:        c.board(),
		Changes:      c.changes(),
		Quality:      c.quality(),
		Sources:      c.sources(),
		Stamp:        c.stamp(),
	}
	view.Title = l.Text("page.title", "period", view.Period, "unit", view.Organisation)
	for _, root := range d.Roots() {
		r, err := c.root(root, len(view.Roots))
		if err != nil {
			return nil, err
		}
		view.Roots = append(view.Roots, r)
		view.Lacking = view.Lacking || len(r.Shortfall.Rows) > 0
		view.Composed = view.Composed || len(r.Composition.Rows) > 0
	}
	var err error
	if view.Data, err = c.data(); err != nil {
		return nil, err
	}
	view.Trend, err = c.trend()
	return view, err
}

func (c *composer) root(unit reports.Unit, n int) (rootView, error) {
	bullets, err := c.bullets(unit, n)
	return rootView{
		Name:        unit.Name,
		Headline:    c.headline(unit),
		Bullets:     bullets,
		Shortfall:   c.shortfall(unit),
		Composition: c.composition(unit),
		Indicators:  c.indicators(unit),
	}, err
}

// organisation names the roots, which are one province as a rule.
func (c *composer) organisation() string {
	var names []string
	for _, root := range c.d.Roots() {
		names = append(names, root.Name)
	}
	return strings.Join(names, ", ")
}

func (c *composer) stamp() stampView {
	s := c.d.Stamp
	var t boardTally
	for _, r := range c.d.Reporting {
		t.count(c.stateOf(r))
	}
	closed := ""
	if s.Closed != nil {
		closed = c.l.Text("page.stamp.closed", "time", c.l.Time(s.Closed.At), "by", s.Closed.By)
	}
	return stampView{
		Closed:    closed,
		Issue:     c.l.Text("page.stamp.issue", "issue", s.Issue),
		AsOf:      c.l.Text("page.stamp.as_of", "time", c.l.Time(s.AsOf)),
		Coverage:  c.l.Text("page.stamp.coverage", "reported", t.OnTime+t.Late, "due", t.Due()),
		Run:       c.l.Text("page.stamp.run", "id", short(s.RunID)),
		Catalogue: c.l.Text("page.stamp.catalogue", "hash", short(s.CatalogueHash)),
	}
}

// short is the head of a hash, enough to tell two apart.
func short(hash string) string {
	const digits = 12
	if runes := []rune(hash); len(runes) > digits {
		return string(runes[:digits])
	}
	return hash
}

// unitName is the name of a unit as the page writes it where room is scarce.
func (c *composer) unitName(code string) string {
	return c.shorten(c.fullName(code))
}

func (c *composer) shorten(name string) string {
	return strings.Replace(name, c.l.Text("page.unit.long"), c.l.Text("page.unit.short"), 1)
}

// fullName is the name of the unit with the given code, or the code itself.
func (c *composer) fullName(code string) string {
	if n, ok := c.unitAt[code]; ok && c.d.Units[n].Name != "" {
		return c.d.Units[n].Name
	}
	return code
}

// indicatorOf is the indicator with the given code; an unknown one is printed
// by its code.
func (c *composer) indicatorOf(code string) pipeline.Indicator {
	if n, ok := c.indicator[code]; ok {
		return c.d.Indicators[n]
	}
	return pipeline.Indicator{Code: code, Name: code}
}

// list joins the first few names and counts the rest.
func (c *composer) list(names []string, limit int) string {
	if len(names) <= limit {
		return strings.Join(names, ", ")
	}
	return strings.Join(names[:limit], ", ") + " " + c.l.Text("page.more", "count", len(names)-limit)
}
