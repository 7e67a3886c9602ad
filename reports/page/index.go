package page

import (
	"cmp"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"tonghop/pipeline"
	"tonghop/pipeline/lang"
	"tonghop/reports"
)

// An Entry is what the list of periods says of one. Reported counts the units
// that have sent all that was due of them.
type Entry struct {
	Code          string // the folder of the period below out
	Period        pipeline.Period
	Issue         int
	AsOf          time.Time
	Met, Targets  int // of the roots
	NoData        int // of the targets, those without a figure yet
	Reported, Due int
	Sample        string
	Closed        bool      // the figures are kept as they are
	CutOff        time.Time // the period's last day
}

// EntryOf is the entry of a dataset's period, with the counts of its page.
func EntryOf(d *reports.Dataset) Entry {
	c := newComposer(d, &lang.Language{})
	e := Entry{
		Code: d.Stamp.Period.String(), Period: d.Stamp.Period,
		Issue: d.Stamp.Issue, AsOf: d.Stamp.AsOf, Sample: d.Stamp.Sample, Closed: d.Stamp.Closed != nil,
		CutOff: d.Stamp.Window.End,
	}
	for _, root := range d.Roots() {
		s := d.Score(root.Code)
		e.Met += s.Met
		e.Targets += s.Targets
		e.NoData += s.NoData
	}
	units := c.unitsReported()
	e.Reported, e.Due = units.Complete, units.Due
	return e
}

// An Index is what the list of periods shows.
type Index struct {
	Organisation string // the names of the roots
	Today        time.Time
	Entries      []Entry
	Indicators   []pipeline.Indicator
	Roots        []reports.Unit
	Trend        []reports.TrendPoint // of the roots, the series of every kind of period
}

// An indexView is the content of the list of periods.
type indexView struct {
	Title, Organisation, Sample string
	Newest                      *entryView // of those that are over
	Running, Earlier            []entryView
	Trend                       string // what the newest period of the longest series says against the one before
	Series                      []seriesView
}

// A seriesView is the periods of one kind, oldest first, and the figures of each
// indicator over them.
type seriesView struct {
	Name   string
	Rows   []entryView
	Charts []trendChart
	kind   pipeline.PeriodKind
}

// An entryView is one period.
type entryView struct {
	Folder, Name, Issue, AsOf string
	Number                    int    // of the issue
	At                        string // when it was issued
	CutOff                    string // of a period that runs
	Sample, Closed            bool
	Headline, Units           string
	MetShare, ReportedShare   string // as CSS reads them; empty where there is nothing to share
	Met, Targets, NoData      int
	Reported, Due             int
}

// Unmet is the number of targets that have a figure and are not met.
func (e entryView) Unmet() int { return e.Targets - e.Met - e.NoData }

// Missing is the number of units that have not sent all that is due.
func (e entryView) Missing() int { return e.Due - e.Reported }

// Runs tells whether the period goes on.
func (e entryView) Runs() bool { return e.CutOff != "" }

// WriteIndex renders out/index.html to w: the periods, newest first, those that
// are over apart from those that run, each with its headline and a link to its
// page; then the figures over all periods.
func WriteIndex(w io.Writer, x Index, l *lang.Language) error {
	return writeIndex(w, x, l, assets)
}

func writeIndex(w io.Writer, x Index, l *lang.Language, assets fs.FS) error {
	echarts, err := libraryOf(assets)
	if err != nil {
		return err
	}
	view, err := composeIndex(x, l)
	if err != nil {
		return fmt.Errorf("list periods: %w", err)
	}
	if !slices.ContainsFunc(view.Series, func(s seriesView) bool { return len(s.Charts) > 0 }) {
		echarts = nil // nothing to draw
	}
	if err := render(w, "index.html", l, echarts, view); err != nil {
		return fmt.Errorf("list periods: %w", err)
	}
	return nil
}

func composeIndex(x Index, l *lang.Language) (*indexView, error) {
	entries := slices.Clone(x.Entries)
	slices.SortStableFunc(entries, func(a, b Entry) int { return pipeline.NewestFirst(a.Period, b.Period) })
	view := indexView{Title: l.Text("page.index.title"), Organisation: cmp.Or(x.Organisation, l.Text("page.index.kicker"))}
	for _, e := range entries {
		entry := newEntryView(e, l)
		view.Sample = cmp.Or(view.Sample, e.Sample)
		switch runs := e.runs(x.Today); {
		case runs:
			entry.CutOff = l.Text("page.index.cut_off", "date", l.Date(e.CutOff))
			view.Running = append(view.Running, entry)
		case view.Newest == nil:
			view.Newest = &entry
		default:
			view.Earlier = append(view.Earlier, entry)
		}
	}
	view.Series = seriesOf(entries, x.Today, l)
	view.Trend = seriesFinding(view.Series, l)
	return &view, addTrends(&view, x, l)
}

// runs tells whether a period goes on: its last day has not passed.
func (e Entry) runs(today time.Time) bool {
	return !e.CutOff.IsZero() && e.CutOff.Format(time.DateOnly) >= today.Format(time.DateOnly)
}

// seriesOf gathers the periods of a kind that are over, where there are several
// with targets that can be rated. entries stand newest first.
func seriesOf(entries []Entry, today time.Time, l *lang.Language) []seriesView {
	var all []seriesView
	for _, kind := range []pipeline.PeriodKind{pipeline.Year, pipeline.NineMonths, pipeline.Half, pipeline.Quarter, pipeline.Month, pipeline.Running, pipeline.Span} {
		view := seriesView{Name: l.Text(fmt.Sprintf("page.index.series%d", kind)), kind: kind}
		for _, e := range entries {
			if e.Period.Kind == kind && (e.Targets > e.NoData || e.Due > 0) && !e.runs(today) {
				view.Rows = append([]entryView{newEntryView(e, l)}, view.Rows...)
			}
		}
		if len(view.Rows) > 1 {
			all = append(all, view)
		}
	}
	return all
}

// addTrends draws the figures over the periods of each series: of the indicators
// that have had a target or, where none has, of all that are not parts of others.
func addTrends(view *indexView, x Index, l *lang.Language) error {
	c := newComposer(&reports.Dataset{Indicators: x.Indicators, Units: x.Roots}, l)
	for n := range view.Series {
		s := &view.Series[n]
		known := map[string]time.Time{} // the last days of the periods
		for _, e := range x.Entries {
			if slices.ContainsFunc(s.Rows, func(row entryView) bool { return row.Folder == e.Code }) {
				known[e.Code] = e.CutOff
			}
		}
		rated := slices.ContainsFunc(x.Trend, func(p reports.TrendPoint) bool { _, ok := known[p.Period]; return ok && p.Rate != nil })
		for _, root := range x.Roots {
			for _, i := range x.Indicators {
				points := c.seriesPoints(x.Trend, root.Code, i, s.kind, known)
				_, isPart := c.indicator[i.Parent]
				if leads := isRated(points) || !rated && !isPart; !leads || countDrawn(points) < 2 {
					continue
				}
				chart, err := c.seriesChart(root, i, points, fmt.Sprintf("chart-%d-%d", n, len(s.Charts)))
				if err != nil {
					return err
				}
				s.Charts = append(s.Charts, chart)
			}
		}
	}
	return nil
}

// isRated tells whether some point has a rate.
func isRated(points []trendPoint) bool {
	return slices.ContainsFunc(points, func(p trendPoint) bool { return p.Rate != "" })
}

// seriesPoints are the figures of an indicator in the known periods of a kind.
func (c *composer) seriesPoints(trend []reports.TrendPoint, unit string, i pipeline.Indicator, kind pipeline.PeriodKind, known map[string]time.Time) []trendPoint {
	var points []trendPoint
	for _, p := range trend {
		cutOff, ok := known[p.Period]
		if period, err := pipeline.ParsePeriod(p.Period); err != nil || period.Kind != kind || p.Unit != unit || p.Indicator != i.Code || !ok {
			continue
		}
		points = append(points, trendPoint{
			Period: c.periodName(p.Period), Short: c.periodLabel(p.Period), Value: c.optional(p.Actual, i, c.l.Text("page.state.blank")),
			Rate: c.rate(p.Rate, 1, i), Link: p.Period + "/index.html" + figureLink(unit, i.Code), drawn: p.Actual, cutOff: cutOff,
			brokenOn: p.BreakOn,
		})
	}
	markBreaks(points)
	return points
}

// markBreaks marks where a series breaks: before the first point that ends after the last
// day of what was. Other units than before stand behind it.
func markBreaks(points []trendPoint) {
	for _, p := range points {
		n := slices.IndexFunc(points, func(q trendPoint) bool { return q.cutOff.After(p.brokenOn) })
		if !p.brokenOn.IsZero() && n > 0 {
			points[n].broken = true
		}
	}
}

// seriesChart draws one indicator over the periods of a series, under what its
// last one says.
func (c *composer) seriesChart(root reports.Unit, i pipeline.Indicator, points []trendPoint, id string) (trendChart, error) {
	last := points[len(points)-1]
	key := "page.index.latest"
	if last.Rate == "" {
		key = "page.trend.latest"
	}
	finding := c.l.Text(key, "name", i.Name, "value", c.quantity(last.Value.Text, i), "rate", last.Rate, "change", "")
	if len(c.d.Units) > 1 {
		finding = c.shorten(root.Name) + ", " + finding
	}
	note := ""
	if slices.ContainsFunc(points, func(p trendPoint) bool { return p.broken }) {
		note = c.l.Text("page.break.series")
	}
	drawn, err := c.pointsChart(id, finding, i, points)
	return trendChart{Finding: finding, Break: note, Table: c.l.Text("page.trend.table", "name", i.Name), Chart: drawn, Points: points}, err
}

// seriesFinding says how the newest period of the first series stands against
// the one before it.
func seriesFinding(all []seriesView, l *lang.Language) string {
	if len(all) == 0 {
		return ""
	}
	rows := all[0].Rows
	now, before := rows[len(rows)-1], rows[len(rows)-2]
	return l.Text("page.index.finding", "period", now.Name, "headline", now.Headline, "previous", before.Name, "before", before.Headline)
}

// shareOf is part of whole as CSS reads it.
func shareOf(part, whole int) string {
	if whole <= 0 {
		return ""
	}
	return decimal.NewFromInt(int64(part)).DivRound(decimal.NewFromInt(int64(whole)), 4).String()
}

func newEntryView(e Entry, l *lang.Language) entryView {
	view := entryView{
		Folder: e.Code, Name: l.Period(e.Period), Sample: e.Sample != "", Closed: e.Closed,
		MetShare: shareOf(e.Met, e.Targets-e.NoData), ReportedShare: shareOf(e.Reported, e.Due),
		Number: e.Issue, At: l.Time(e.AsOf),
		Issue:    l.Text("page.stamp.issue", "issue", e.Issue),
		AsOf:     l.Text("page.stamp.as_of", "time", l.Time(e.AsOf)),
		Headline: l.Text("page.index.no_targets"), Units: l.Text("page.index.no_due"),
		Met: e.Met, Targets: e.Targets, NoData: e.NoData, Reported: e.Reported, Due: e.Due,
	}
	switch {
	case e.Targets == 0:
	case e.NoData == e.Targets:
		view.Headline = l.Text("page.index.blank", "targets", e.Targets)
	case e.NoData > 0:
		view.Headline = l.Text("page.index.met_no_data", "met", e.Met, "targets", e.Targets, "no_data", e.NoData)
	default:
		view.Headline = l.Text("page.index.met", "met", e.Met, "targets", e.Targets)
	}
	if e.Due > 0 {
		view.Units = l.Text("page.index.reported", "reported", e.Reported, "due", e.Due)
	}
	return view
}
