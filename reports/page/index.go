package page

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
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
	Closed        bool // the figures are kept as they are
}

// EntryOf is the entry of a dataset's period, with the counts of its page.
func EntryOf(d *reports.Dataset) Entry {
	c := newComposer(d, &lang.Language{})
	e := Entry{
		Code: d.Stamp.Period.String(), Period: d.Stamp.Period,
		Issue: d.Stamp.Issue, AsOf: d.Stamp.AsOf, Sample: d.Stamp.Sample, Closed: d.Stamp.Closed != nil,
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

// An indexView is the content of the list of periods.
type indexView struct {
	Title, Sample string
	Entries       []entryView
	Trend         string // what the newest period of the longest series says against the one before
	Series        []seriesView
}

// A seriesView is the periods of one kind, oldest first.
type seriesView struct {
	Name string
	Rows []entryView
}

// An entryView is one period.
type entryView struct {
	Folder, Name, Issue, AsOf string
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

// WriteIndex renders out/index.html to w: the periods, newest first, each with
// its headline and a link to its page.
func WriteIndex(w io.Writer, entries []Entry, l *lang.Language) error {
	entries = slices.Clone(entries)
	slices.SortStableFunc(entries, newestFirst)
	view := indexView{Title: l.Text("page.index.title")}
	for _, e := range entries {
		view.Entries = append(view.Entries, newEntryView(e, l))
		if view.Sample == "" {
			view.Sample = e.Sample
		}
	}
	view.Series = seriesOf(entries, l)
	view.Trend = seriesFinding(view.Series, l)
	if err := render(w, "index.html", l, nil, view); err != nil {
		return fmt.Errorf("list periods: %w", err)
	}
	return nil
}

// seriesOf gathers the periods of a kind, where there are several with targets
// that can be rated. entries stand newest first.
func seriesOf(entries []Entry, l *lang.Language) []seriesView {
	var all []seriesView
	for _, kind := range []pipeline.PeriodKind{pipeline.Year, pipeline.NineMonths, pipeline.Half, pipeline.Quarter, pipeline.Month, pipeline.Running, pipeline.Span} {
		view := seriesView{Name: l.Text(fmt.Sprintf("page.index.series%d", kind))}
		for _, e := range entries {
			if e.Period.Kind == kind && e.Targets > e.NoData {
				view.Rows = append([]entryView{newEntryView(e, l)}, view.Rows...)
			}
		}
		if len(view.Rows) > 1 {
			all = append(all, view)
		}
	}
	return all
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

// newestFirst orders periods by the end of their months; of those that end
// together the longer stands first, being the fuller account.
func newestFirst(a, b Entry) int {
	aYear, aEnd, aLength := extent(a.Period)
	bYear, bEnd, bLength := extent(b.Period)
	return cmp.Or(-cmp.Compare(aYear, bYear), -cmp.Compare(aEnd, bEnd), -cmp.Compare(aLength, bLength), strings.Compare(a.Code, b.Code))
}

// extent is the year that p ends in, the month of that year that it ends with,
// and how many months it takes.
func extent(p pipeline.Period) (year, end, length int) {
	switch p.Kind {
	case pipeline.Month:
		return p.Year, p.N, 1
	case pipeline.Quarter:
		return p.Year, 3 * p.N, 3
	case pipeline.Half:
		return p.Year, 6 * p.N, 6
	case pipeline.NineMonths:
		return p.Year, 9, 9
	case pipeline.Running:
		return p.Year, p.N, p.N
	case pipeline.Span:
		return p.Last, 12, 12 * (p.Last - p.Year + 1)
	}
	return p.Year, 12, 12
}

func newEntryView(e Entry, l *lang.Language) entryView {
	view := entryView{
		Folder: e.Code, Name: l.Period(e.Period), Sample: e.Sample != "", Closed: e.Closed,
		MetShare: shareOf(e.Met, e.Targets-e.NoData), ReportedShare: shareOf(e.Reported, e.Due),
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
