package pipeline

import (
	"strconv"

	"github.com/shopspring/decimal"
)

// State tells what stands in a reported cell. Not submitted is the fifth
// state, which no cell can hold.
type State string

// The states of a cell. A nil is declared ("-", "không phát sinh"): it adds as
// zero and is shown as nil. A blank says nothing.
const (
	StateNumber State = "number"
	StateZero   State = "zero"
	StateNil    State = "nil"
	StateBlank  State = "blank"
)

// StateFilled is a text or a date in a list, whose cells hold more than numbers.
const StateFilled State = "filled"

// Qualifier says how exactly a number is meant: "trên 500" is at least 500.
type Qualifier string

// The qualifiers of a number.
const (
	Exact   Qualifier = "exact"
	AtLeast Qualifier = "at_least"
	About   Qualifier = "about"
)

// Beside is the qualifier of a sum of two figures with qualifiers q and other.
func (q Qualifier) Beside(other Qualifier) Qualifier {
	for _, weaker := range []Qualifier{About, AtLeast} {
		if q == weaker || other == weaker {
			return weaker
		}
	}
	return Exact
}

// Measure tells which figure of an indicator a marker stands for.
type Measure string

// The measures. Only MeasureValue, MeasureYTD and MeasureNote are read from a submission; the
// others are filled in.
const (
	MeasureValue    Measure = "value"
	MeasureYTD      Measure = "ytd"
	MeasureNote     Measure = "note"
	MeasureTarget   Measure = "target"
	MeasureRate     Measure = "rate"
	MeasurePrevious Measure = "previous"
)

// A Fact is one reported figure with the cell it stands in.
type Fact struct {
	Indicator string
	Measure   Measure // MeasureValue or MeasureYTD
	State     State
	Value     decimal.Decimal // zero unless State is StateNumber; of a ratio, as a ratio
	Qualifier Qualifier
	Raw       string // the cell as stored
	Note      string // the text of the indicator's note marker
	Sheet     string
	Cell      string
	List      string // that the figure is filled from; empty where it was reported
	Rows      int    // of the list that count
}

// RawIsValue tells whether Raw is what the value says, so that it need not be kept
// beside it: the digits of a whole number, or of a blank nothing.
func (f *Fact) RawIsValue() bool {
	if f.State == StateBlank || f.Raw == "" {
		return f.State == StateBlank && f.Raw == ""
	}
	const digits = 18 // that an int64 has room for
	if f.Value.Exponent() != 0 || f.Value.NumDigits() > digits {
		return false
	}
	var room [digits + 1]byte
	return string(strconv.AppendInt(room[:0], f.Value.CoefficientInt64(), 10)) == f.Raw
}

// A FactKey tells what a fact of a submission is about.
type FactKey struct {
	Indicator string
	Measure   Measure
}

// Key is what f is about; facts of two versions of a report are paired by it.
func (f Fact) Key() FactKey { return FactKey{f.Indicator, f.Measure} }

// Same tells whether both say the same of the same figure, wherever it stands.
func (f Fact) Same(other Fact) bool {
	return f.State == other.State && f.Value.Equal(other.Value) && f.Qualifier == other.Qualifier
}
