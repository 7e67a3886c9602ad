package handout

import (
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"tonghop/pipeline"
	"tonghop/pipeline/form"
	"tonghop/reports/internal/xlsx"
)

// check colours the cells of every check that the figures typed so far break,
// and those that still wait for a figure.
func (s *sheets) check() error {
	for _, severity := range []pipeline.Severity{pipeline.SeverityError, pipeline.SeverityWarning} {
		for _, c := range s.Catalogue.Checks {
			if c.Severity != severity || !s.since(c) {
				continue
			}
			if err := s.color(c); err != nil {
				return err
			}
		}
	}
	if err := s.colorBlanks(); err != nil {
		return err
	}
	for _, c := range s.colored {
		if err := s.file.SetConditionalFormat(c.sheet, c.area, c.rules); err != nil {
			return err
		}
	}
	return nil
}

// A colored is a range of cells with what colours them, the gravest first.
type colored struct {
	sheet, area string
	rules       []excelize.ConditionalFormatOptions
}

// since tells whether the check applies to the period.
func (s *sheets) since(c pipeline.Check) bool {
	calendar := s.Catalogue.Calendar
	return c.Since.IsZero() || !calendar.Window(s.Period).Start.Before(calendar.Window(c.Since).Start)
}

// color has the cells of one check's total coloured where it fails. A check that
// the workbook cannot work out by itself is left to the reader.
func (s *sheets) color(c pipeline.Check) error {
	t, ok := s.test(c)
	if !ok {
		return nil
	}
	look := shade{xlsx.ColorError, xlsx.InkError}
	if c.Severity == pipeline.SeverityWarning {
		look = shade{warningFill, xlsx.InkWarning}
	}
	for _, p := range t.shown {
		if err := s.colorWhere(p, t.formula, look); err != nil {
			return err
		}
		key := p.Sheet + "!" + p.Name()
		s.checked[key] = append(s.checked[key], s.words(c))
	}
	return nil
}

// A shade is a fill and, with it, the colour of bold figures.
type shade struct{ fill, ink string }

// warningFill is stronger than the pale fill of cells that wait to be filled in.
const warningFill = "FFD966"

// shaded is the conditional style of a shade.
func (s *sheets) shaded(look shade) (int, error) {
	if known, ok := s.shades[look]; ok {
		return known, nil
	}
	style := excelize.Style{Fill: xlsx.Solid(look.fill)}
	if look.ink != "" {
		style.Font = &excelize.Font{Color: look.ink, Bold: true}
	}
	id, err := s.file.NewConditionalStyle(&style)
	s.shades[look] = id
	return id, err
}

func (s *sheets) colorWhere(p form.Place, formula string, look shade) error {
	style, err := s.shaded(look)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(s.colored, func(c colored) bool { return c.sheet == p.Sheet && c.area == area(p) })
	if at < 0 {
		at = len(s.colored)
		s.colored = append(s.colored, colored{sheet: p.Sheet, area: area(p)})
	}
	s.colored[at].rules = append(s.colored[at].rules, excelize.ConditionalFormatOptions{
		Type: "formula", Criteria: formula, Format: &style, StopIfTrue: true,
	})
	return nil
}

// colorBlanks has the cells that are still empty filled in a pale colour, which
// goes away when something is typed: what is printed looks like the form.
func (s *sheets) colorBlanks() error {
	for _, p := range s.inputs() {
		if p.Marker.Measure == pipeline.MeasureNote {
			continue
		}
		if err := s.colorWhere(p, "LEN(TRIM("+p.Name()+"))=0", shade{fill: xlsx.ColorWarning}); err != nil {
			return err
		}
	}
	return nil
}

// words says in one sentence what a check asks.
func (s *sheets) words(c pipeline.Check) string {
	if c.Instruction != "" {
		return c.Instruction
	}
	key := "handout.check"
	if c.Operator == "both_or_neither" || c.Operator == "not_both" {
		key += "." + c.Operator
	} else {
		key += ".sum"
	}
	return s.text.Text(key, "left", s.named(c.Left), "operator", c.Operator, "right", s.named(c.Right))
}

// named is a sum with the names of its indicators.
func (s *sheets) named(sum pipeline.Sum) string {
	var all []string
	for _, t := range sum {
		if t.Indicator == "" {
			all = append(all, t.Number.String())
			continue
		}
		i, _ := s.Catalogue.Indicator(t.Indicator)
		all = append(all, "«"+i.Name+"»")
	}
	return strings.Join(all, " + ")
}
