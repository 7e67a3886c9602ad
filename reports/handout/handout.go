// Package handout makes the blank workbooks that units fill in: the form with
// its header filled, open where the unit writes and locked elsewhere, with
// drop-down lists, bounds and colours that tell of a mistake while it is typed,
// and a sheet that says how to fill it in.
//
// It owns the layout of what is handed out, and nothing of what comes back: the
// reader finds rows and columns by their texts, whatever became of locks and
// colours. It refuses nothing; which unit owes which form for which period, and
// the figures that the form shows, come with the Blank. The commands that hand
// forms out call it.
package handout

import (
	"bytes"
	"fmt"
	"io"
	"time"

	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"

	"tonghop/pipeline"
	"tonghop/pipeline/form"
	"tonghop/pipeline/lang"
	"tonghop/reports/internal/xlsx"
)

// A Blank is what one unit is handed for one form and period.
type Blank struct {
	Form      []byte // the form workbook
	Layout    *form.Layout
	Catalogue *pipeline.Catalogue
	Unit      pipeline.Unit
	Parent    string // the name of what is above it; may be empty for a root
	To        string // the name of whoever the report goes to
	Period    pipeline.Period
	CutOff    time.Time
	Due       time.Time
	Rows      int // blank rows of a list; DefaultRows where zero
	Targets   map[string]decimal.Decimal
	Previous  map[string]decimal.Decimal // of the same period last year, by indicator
}

// DefaultRows is how many rows a list has: more can be inserted.
const DefaultRows = 15

// Write makes the workbook.
func Write(w io.Writer, b Blank, l *lang.Language) error {
	if b.Rows <= 0 {
		b.Rows = DefaultRows
	}
	vietnamese, err := lang.Load("vi") // whatever the language of the hints: the reader of forms knows no other
	if err != nil {
		return err
	}
	filled, err := form.Fill(b.Form, b.values(vietnamese))
	if err != nil {
		return fmt.Errorf("fill form %s: %w", b.Layout.Form.Code, err)
	}
	file, err := excelize.OpenReader(bytes.NewReader(filled))
	if err != nil {
		return fmt.Errorf("open filled form: %w", err)
	}
	defer file.Close()
	s := &sheets{Blank: b, file: file, book: xlsx.NewBook(file), text: l, places: b.Layout.Places(b.Rows), open: map[int]int{}, checked: map[string][]string{}, shades: map[shade]int{}}
	for _, step := range []func() error{s.unlock, s.rates, s.check, s.validate, s.guide, s.seal, s.protect} {
		if err := step(); err != nil {
			return fmt.Errorf("hand out form %s: %w", b.Layout.Form.Code, err)
		}
	}
	return s.book.Pack(w)
}

// sheets is a workbook on its way to being handed out.
type sheets struct {
	Blank
	file    *excelize.File
	book    *xlsx.Book
	text    *lang.Language
	places  []form.Place
	open    map[int]int         // styles of the form to the same ones unlocked
	checked map[string][]string // by sheet and cell, what the catalogue's checks ask of it
	colored []colored
	shades  map[shade]int // conditional styles made so far
	lists   int           // drop-down lists so far
	err     error
}

func (s *sheets) try(err error) {
	if s.err == nil {
		s.err = err
	}
}

// inputs lists the places that the unit fills in: figures, notes and the rows of
// lists, where it need not say whose they are.
func (s *sheets) inputs() []form.Place {
	var all []form.Place
	for _, p := range s.places {
		if p.Marker.List != "" && p.Marker.ListField != form.UnitField || p.Marker.Indicator != "" && (p.Marker.Input() || p.Marker.Measure == pipeline.MeasureNote) {
			all = append(all, p)
		}
	}
	return all
}

// at finds the place of a figure of an indicator.
func (s *sheets) at(indicator string, measure pipeline.Measure) (form.Place, bool) {
	for _, p := range s.places {
		if p.Marker.Indicator == indicator && p.Marker.Measure == measure {
			return p, true
		}
	}
	return form.Place{}, false
}

// area is the place as Excel names it: C12, or C12:C26.
func area(p form.Place) string {
	if p.Rows == 1 {
		return p.Name()
	}
	return p.Name() + ":" + p.Last()
}
