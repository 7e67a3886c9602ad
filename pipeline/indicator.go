package pipeline

import "github.com/shopspring/decimal"

// Kind says what an indicator counts and so how it adds up.
type Kind string

// The kinds of indicator. Counts, people, participations, organisations and
// money add up over units; a ratio is recomputed from its parts and an average
// from its weights at every level.
const (
	KindCount          Kind = "count"
	KindPeople         Kind = "people"
	KindParticipations Kind = "participations"
	KindOrganisations  Kind = "organisations"
	KindMoney          Kind = "money"
	KindRatio          Kind = "ratio"
	KindAverage        Kind = "average"
)

// Whole tells whether values of kind k are whole numbers that are never
// negative.
func (k Kind) Whole() bool {
	return k == KindCount || k == KindPeople || k == KindParticipations || k == KindOrganisations
}

// TimeBasis says how an indicator adds up over time.
type TimeBasis string

// A flow adds over periods; a stock and a cumulative figure (a running count
// of a stage) hold at the cut-off and never add.
const (
	Flow       TimeBasis = "flow"
	Stock      TimeBasis = "stock"
	Cumulative TimeBasis = "cumulative"
)

// Better is the direction in which an indicator improves.
type Better string

// The directions of the catalogue.
const (
	BetterUp   Better = "up"
	BetterDown Better = "down"
	BetterNone Better = "none"
)

// Rounding is how figures of an indicator are cut to their printed decimals.
type Rounding string

// The roundings of the catalogue. Official reports use both: 97.983 % stands
// printed as 97,9 % and as 98,0 %.
const (
	HalfUp   Rounding = "half_up"
	Truncate Rounding = "truncate"
)

// An Indicator is a figure that units report or that is computed from what
// they report.
type Indicator struct {
	Code        string
	Name        string
	Measure     string // the unit of measure, đơn vị tính
	Kind        Kind
	Numerator   []string // codes, added
	Denominator []string
	WeightBy    string // of an average, the code of its weights
	Time        TimeBasis
	Better      Better
	Group       string
	Parent      string // the indicator it is a part of
	Decimals    int    // printed
	Rounding    Rounding
	ScoreWeight *decimal.Decimal
	ScoreCap    *decimal.Decimal
	From        *ListFigure // how it is filled from a list; nil where it is not
	Origin      Origin
}

// Print cuts d to places decimals by the rule r.
func (r Rounding) Print(d decimal.Decimal, places int) decimal.Decimal {
	if r == Truncate {
		return d.Truncate(int32(places))
	}
	return d.Round(int32(places)) // away from zero at the half
}

// Rate tells how the ratio d is printed as a percentage: by places decimals and
// the rule r, or with more decimals where these would print 100% of a rate that is
// not, for what is nearly met is not met.
func (r Rounding) Rate(d decimal.Decimal, places int) (int, Rounding) {
	full := decimal.NewFromInt(100)
	for more := places; more < places+4; more++ {
		if d.Shift(2).Equal(full) || !r.Print(d.Shift(2), more).Equal(full) {
			return more, r
		}
	}
	return places, Truncate
}
