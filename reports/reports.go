// Package reports holds the datasets behind every output: what the pages,
// summaries and tables of one period show, as values.
//
// The figures come from the queries in sql/reports; this package lays nothing
// out and computes nothing that crosses workbooks. Packages page, summary and
// feedback below it turn a Dataset into files.
package reports

import (
	"time"

	"github.com/shopspring/decimal"

	"tonghop/pipeline"
)

// A Dataset is all that the outputs of one period show.
type Dataset struct {
	Stamp        Stamp
	Units        []Unit               // parents before children, siblings in catalogue order
	Indicators   []pipeline.Indicator // in catalogue order
	Forms        []pipeline.Form
	Achievements []Achievement // by unit, then indicator, in the orders above
	Present      []Achievement // the same by present units (theo đơn vị hiện nay); none where no unit has ended
	PresentUnits []Unit        // those, as they are today
	Breaks       []Break
	Scores       []Score // a ranking: by unit above, kind and rank
	Headlines    []Headline
	Facts        []Fact
	Earlier      []Fact // from before the period, in its figures since the start of the year
	Lists        []ListCell
	ListFields   []ListField
	Submissions  []Submission
	Findings     []Finding
	Reporting    []Reporting
	Exemptions   []Exemption
	Journal      []pipeline.Act // of all periods; of the ledger's dataset only
	Parts        []Part
	Targets      []Target
	Trend        []TrendPoint
	Own          []Table // what staff's own report queries gave
	Restatements []Restatement
}

// A Stamp says what an output is and what it rests on. Every output bears it.
type Stamp struct {
	Period        pipeline.Period
	Window        pipeline.Window // start and cut-off
	Elapsed       float64         // share of the year's days gone at the cut-off, 0 to 1
	Issue         int             // counted from 1
	AsOf          time.Time       // the clock of the run, in the configured zone
	RunID         string          // hash of the inputs and the clock
	CatalogueHash string
	Superior      string   // the body above the roots; empty where there is none
	Sample        string   // a notice that the figures are invented; empty in a real workspace
	Closed        *Closing // nil while the period is open
}

// A Closing says since when a period keeps its figures.
type Closing struct {
	Period pipeline.Period // the one that was closed: the stamp's own, or one around it
	At     time.Time       // in the configured zone
	By     string
}

// An Exemption is a report that a unit does not owe, by decision of staff.
type Exemption struct {
	Period, Form, Unit string
	Due                time.Time // when it would be
	At                 time.Time
	By, Reason         string
}

// A Unit is a unit as it was at the cut-off.
type Unit struct {
	Code, Name, Kind, Parent string
	Level                    int  // 0 for a root
	Valid                    bool // at the cut-off
}

// An Achievement is how far a unit has come with an indicator. Nil means no
// such figure. Of a ratio, figures are ratios: 0.6123 for 61,23 %.
type Achievement struct {
	Period, Unit, Indicator string
	Actual                  *decimal.Decimal // of the period
	YTD                     *decimal.Decimal // from the start of the year to the cut-off
	Target                  *decimal.Decimal // of the year; of a unit without its own, the sum over its units that have one
	Rate                    *decimal.Decimal // ytd / target
	Expected                *decimal.Decimal // of the target, by the cut-off
	Pace                    *decimal.Decimal // ytd / expected
	Previous                *decimal.Decimal // actual of the same period last year
	Status                  string           // met, not_met, no_target, no_data
	Reported, Due           int              // units counted / units due
	Qualifier               pipeline.Qualifier
	State                   pipeline.State   // nil where all that was reported is a declared nil
	Complete                int              // of the units counted, those with every report that is due inside the period
	TargetUnits             int              // units whose targets make up the target; 0 where the unit has one of its own or none
	TargetYTD               *decimal.Decimal // the part of ytd that the target speaks of: rate = this / target
	NeededPerMonth          *decimal.Decimal // what each month left must bring to reach the target by the year's end
	Gap, GapExpected        *decimal.Decimal // the measured part less the target, less what is expected
	GapPoints               *decimal.Decimal // of ratios, the gap in percentage points
	Rank, RankOf            int              // by rate among its like, 1, 2, 2, 4; 0 where it has none
	Contribution            *decimal.Decimal // share of what the units under the same parent lack together
	Points, MaxPoints       *decimal.Decimal // of the score; nil where the indicator is not scored
	Break                   string           // split: the year before is not compared with; members: other units stand behind it; empty
	BreakOn                 time.Time        // the last day of what was before
	LastValue               *decimal.Decimal // where there is no figure, the last earlier one, never added
	LastCutOff              time.Time        // of it
	LastAgeDays             int              // from then to the period's cut-off
	MissingSpans            string           // the running spans that the figure needs and that are missing, such as 2026-H1
	MissingSpanUnits        int              // units that lack one
}

// A Break is a unit behind whose series stand other units than in the same
// period a year before.
type Break struct {
	Period, Unit string
	Kind         string    // split, merged, ended, moved, began
	On           time.Time // the last day of what was before
	Was, Became  string    // the units that it happened to; empty where there was none, or is none any more
	Refused      bool      // the year before is not compared with: the unit was split, or is an heir of one that was
}

// A Fact is one reported figure that counts in the period.
type Fact struct {
	Period, Unit, Form, Indicator string
	Measure                       pipeline.Measure
	State                         pipeline.State
	Value                         *decimal.Decimal
	Qualifier                     pipeline.Qualifier
	Raw, File, Sheet, Cell        string
	SHA256                        string
	Note                          string
	Use                           string // what the period's figure does with it: added, subtracted, aside
	YTDUse                        string // what the figure since the start of the year does with it: added, aside
	List                          string // that the figure is filled from; empty where it was reported
}

// A ListCell is one field of one row of a list that a unit sent.
type ListCell struct {
	Period, Unit, Form, List string
	Row                      int // counted from 1; 0 declares that there is nothing to list
	Field                    string
	Type                     pipeline.FieldType
	State                    pipeline.State
	Text                     string
	Date                     time.Time
	Number                   *decimal.Decimal
	Qualifier                pipeline.Qualifier
	Raw, File, Sheet, Cell   string
	SHA256                   string
	Use                      string // what the period's figures do with the report: added, subtracted; earlier in the year
	Indicators               string // the codes of those whose figure the cell counts for, with semicolons between
}

// A ListField is a column of a list as its form heads it.
type ListField struct {
	Form, List, Field string
	Title             string
	Type              pipeline.FieldType
}

// Value is what stands in the cell: a text, a day, or nil for a dash.
func (c ListCell) Value() any {
	switch {
	case c.State == pipeline.StateNil:
		return nil
	case c.Type == pipeline.FieldDate:
		return c.Date
	case c.Number != nil:
		return *c.Number
	}
	return c.Text
}

// A Submission is one file and what became of it.
type Submission struct {
	Unit, Form, Period, File, SHA256 string
	FirstSeen                        time.Time
	Status                           string // accepted, refused, superseded, held, withdrawn
	Timeliness                       string // on_time, late, or empty where no due date is known
	Errors, Warnings                 int
	Owner                            string // the code of the unit whose folder it is; empty where it is nobody's
}

// A Finding is one finding of a submission, worded.
type Finding struct {
	File, SHA256, Unit, Form, Period string
	Severity                         pipeline.Severity
	Code, Sheet, Cell, Message       string
	Remedy                           string
}

// A Reporting is one unit's report of one form that is due in the period.
type Reporting struct {
	Period, Form, Unit string
	Due                time.Time
	State              string // on_time, late, missing; on a unit's board also exempt
	Received           time.Time
	Refused            int // files refused and not yet replaced
}

// DataDay is the day that the figures speak of: the cut-off, or the day of the run
// where the period still goes on.
func (s Stamp) DataDay() time.Time {
	if s.AsOf.Before(s.Window.End) {
		return s.AsOf
	}
	return s.Window.End
}

// HasTime tells whether a report that has not come still has time on a day: until
// the end of its last one.
func (r Reporting) HasTime(day time.Time) bool {
	return r.State == "missing" && day.Format(time.DateOnly) <= r.Due.Format(time.DateOnly)
}

// A Part is one term of a figure: the unit's own report, a unit below it, a
// numerator, a denominator. Figures are traced along parts down to facts.
type Part struct {
	Period, Unit, Indicator string
	Role                    string // own, child, numerator, denominator, weight; target: an assigned target it is measured against
	PartUnit                string
	PartIndicator           string
	Value                   *decimal.Decimal // of the period
	YTD                     *decimal.Decimal // from the start of the year
}

// A Target is what the catalogue assigns to a unit for a year of the period, with
// the cell that says so.
type Target struct {
	Unit, Indicator   string
	Year              int
	Value             decimal.Decimal
	File, Sheet, Cell string
}

// A TrendPoint is the province's (each root's) figure in one period of the
// series that the dataset's period belongs to, oldest first.
type TrendPoint struct {
	Period, Unit, Indicator string
	Actual, Rate            *decimal.Decimal
	Break                   string    // as of an Achievement
	BreakOn                 time.Time // the last day of what was before
}

// A Restatement is a published figure that this issue changes.
type Restatement struct {
	Unit, Indicator, Figure string // actual, ytd, target …
	Old, New                *decimal.Decimal
	File                    string // the file that changed it; empty where the catalogue did
}

// Unit looks a unit up by its code.
func (d *Dataset) Unit(code string) (Unit, bool) {
	for _, u := range d.Units {
		if u.Code == code {
			return u, true
		}
	}
	return Unit{}, false
}

// Roots lists the units without a parent.
func (d *Dataset) Roots() []Unit {
	var roots []Unit
	for _, u := range d.Units {
		if u.Level == 0 {
			roots = append(roots, u)
		}
	}
	return roots
}

// ParentName names the unit above u; above a root, the body that all roots belong to.
func (d *Dataset) ParentName(u Unit) string {
	if u.Parent == "" {
		return d.Stamp.Superior
	}
	parent, _ := d.Unit(u.Parent)
	return parent.Name
}
