package handout

import (
	"tonghop/pipeline"
	"tonghop/pipeline/form"
	"tonghop/pipeline/lang"
)

// values gives what stands for each marker: the header filled, what was assigned
// and what was reached last year, and blanks where the unit writes.
func (b Blank) values(l *lang.Language) func(form.Marker) (any, bool) {
	return func(m form.Marker) (any, bool) {
		switch {
		case m.Field != "":
			return b.field(m.Field, l), true
		case m.List != "":
			return b.row(m), true
		}
		i, _ := b.Catalogue.Indicator(m.Indicator)
		format, figures := form.FormatOf(i, m.Measure), b.Targets
		switch m.Measure {
		case pipeline.MeasureNote:
			return nil, false
		case pipeline.MeasureValue, pipeline.MeasureYTD, pipeline.MeasureRate:
			return form.Blank{Format: format}, true
		case pipeline.MeasurePrevious:
			figures = b.Previous
		}
		figure, ok := figures[m.Indicator]
		return form.Figure{Decimal: figure, Format: format}, ok
	}
}

const dateFormat = "dd/mm/yyyy"

// row is the blank cells of one field of a list.
func (b Blank) row(m form.Marker) []any {
	blank := form.Blank{}
	if m.Type == pipeline.FieldDate {
		blank.Format = dateFormat
	}
	all := make([]any, b.Rows)
	for i := range all {
		all[i] = blank
	}
	return all
}

// field words an @field. The day of signing is left to the unit.
func (b Blank) field(name string, l *lang.Language) any {
	switch name {
	case "unit":
		return b.Unit.Name
	case "unit.code":
		return b.Unit.Code
	case "parent":
		return b.Parent
	case "period":
		return l.Period(b.Period)
	case "period.code":
		return b.Period.String()
	case "cutoff":
		return l.Date(b.CutOff)
	case "issued":
		return l.Text("handout.issued", "year", b.CutOff.Year())
	}
	return nil
}

// rates puts a formula where the form shows how much of the target is reached:
// the figure beside it since the start of the year over the target.
func (s *sheets) rates() error {
	for _, p := range s.places {
		if p.Marker.Measure != pipeline.MeasureRate {
			continue
		}
		target, ok := s.at(p.Marker.Indicator, pipeline.MeasureTarget)
		reached, known := s.reached(p.Marker.Indicator)
		if !ok || !known {
			continue
		}
		t, r := s.reference(p.Sheet, target), s.reference(p.Sheet, reached)
		formula := "IF(AND(ISNUMBER(" + r + "),ISNUMBER(" + t + ")),IF(" + t + "<>0," + r + "/" + t + `,""),"")`
		if err := s.file.SetCellFormula(p.Sheet, p.Name(), formula); err != nil {
			return err
		}
	}
	return nil
}

// reached is where the unit writes what was reached since the start of the year.
func (s *sheets) reached(indicator string) (form.Place, bool) {
	if p, ok := s.at(indicator, pipeline.MeasureYTD); ok {
		return p, true
	}
	calendar := s.Catalogue.Calendar.Of(s.Layout.Form.Code)
	fromStart := calendar.Window(s.Period).Start.Equal(calendar.YearWindow(s.Period).Start)
	if i, _ := s.Catalogue.Indicator(indicator); s.Layout.Form.Basis == pipeline.BasisYTD || fromStart || i.Time != pipeline.Flow {
		return s.at(indicator, pipeline.MeasureValue)
	}
	return form.Place{}, false
}
