package pipeline

import (
	"strings"
	"time"

	"github.com/shopspring/decimal"
)

// A Catalogue is all that staff keep in the catalogue workbook: who reports
// what, when, against which targets.
type Catalogue struct {
	Units      []Unit
	Indicators []Indicator
	Forms      []Form
	Calendar   Calendar
	Periods    []Period // those listed on the periods sheet, in its order
	Targets    []Target
	Checks     []Check
	Grades     []Grade
	File       string // the catalogue workbook, below the workspace
	Hash       string // SHA-256 over the catalogue workbook and the form workbooks

	places map[string]int // of indicators by code, once indexed
}

// A Target is what a unit is assigned for an indicator and a year. An
// indicator that is not assigned has no Target; it is never zero.
type Target struct {
	Unit      string
	Indicator string
	Year      int
	Value     decimal.Decimal // of a ratio, as a ratio: 0.7 for 70 %
	Origin    Origin
	Cell      string // such as D12
}

// A Check is a rule over the figures of one submission.
type Check struct {
	Code        string
	Left        Sum
	Operator    string // = <> > >= < <= both_or_neither not_both
	Right       Sum
	Missing     string // skip_any, skip_all, zero
	Severity    Severity
	Since       Period
	Instruction string
	Origin      Origin
}

// A Sum is indicator codes and numbers added up.
type Sum []Term

// A Term is one code or number of a Sum.
type Term struct {
	Indicator string // empty for a number
	Number    decimal.Decimal
}

// String is the sum as staff write it: CM01+CM02.
func (s Sum) String() string {
	var terms []string
	for _, t := range s {
		if t.Indicator != "" {
			terms = append(terms, t.Indicator)
		} else {
			terms = append(terms, t.Number.String())
		}
	}
	return strings.Join(terms, "+")
}

// A Grade is one step of a rating scale, valid for rated years within its
// window.
type Grade struct {
	Valid    Window
	Name     string
	MinScore decimal.Decimal
	Origin   Origin
}

// Indicator returns the indicator with the given code.
func (c *Catalogue) Indicator(code string) (Indicator, bool) {
	if i := c.Find(code); i != nil {
		return *i, true
	}
	return Indicator{}, false
}

// Find is the indicator with the given code, or nil. It must not be changed.
func (c *Catalogue) Find(code string) *Indicator {
	if at, ok := c.places[code]; ok && at < len(c.Indicators) && c.Indicators[at].Code == code {
		return &c.Indicators[at]
	}
	for i := range c.Indicators {
		if c.Indicators[i].Code == code {
			return &c.Indicators[i]
		}
	}
	return nil
}

// IndexIndicators makes finding indicators quick. It must not be called while
// others use the catalogue.
func (c *Catalogue) IndexIndicators() {
	c.places = make(map[string]int, len(c.Indicators))
	for i := len(c.Indicators) - 1; i >= 0; i-- { // the first of a code counts
		c.places[c.Indicators[i].Code] = i
	}
}

// FromList lists the indicators that are filled from a list.
func (c *Catalogue) FromList(list string) []Indicator {
	var all []Indicator
	for _, i := range c.Indicators {
		if i.From != nil && i.From.List == list {
			all = append(all, i)
		}
	}
	return all
}

// FormOn is the version of the form that is valid on day.
func (c *Catalogue) FormOn(code string, day time.Time) (Form, bool) {
	for _, f := range c.Forms {
		if f.Code == code && f.Valid.Contains(day) {
			return f, true
		}
	}
	return Form{}, false
}
