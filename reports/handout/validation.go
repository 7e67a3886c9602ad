package handout

import (
	"fmt"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"tonghop/pipeline"
	"tonghop/pipeline/form"
	"tonghop/reports/internal/xlsx"
)

// What Excel holds of a title and a message beside a cell.
const (
	mostTitle   = 32
	mostMessage = 255
)

// validate bounds what can be typed into each cell, and says what is expected.
// Cells that staff have bounded themselves stay as they are.
func (s *sheets) validate() error {
	own := map[string][]*excelize.DataValidation{}
	for sheet := range s.inputSheets() {
		all, err := s.file.GetDataValidations(sheet)
		if err != nil {
			return err
		}
		own[sheet] = all
	}
	for _, p := range s.inputs() {
		if slices.ContainsFunc(own[p.Sheet], func(v *excelize.DataValidation) bool { return covers(v.Sqref, p) }) {
			continue
		}
		v := excelize.NewDataValidation(true)
		v.Sqref = area(p)
		if !s.bound(v, p) {
			continue
		}
		if err := s.file.AddDataValidation(p.Sheet, v); err != nil {
			return err
		}
	}
	return nil
}

// covers tells whether one of the ranges has the place's first cell.
func covers(ranges string, p form.Place) bool {
	for _, r := range strings.Fields(ranges) {
		from, to, two := strings.Cut(r, ":")
		if !two {
			to = from
		}
		col, row, err := excelize.CellNameToCoordinates(from)
		lastCol, lastRow, errLast := excelize.CellNameToCoordinates(to)
		if err == nil && errLast == nil && row <= p.Row+1 && p.Row < lastRow && col <= p.Col+1 && p.Col < lastCol {
			return true
		}
	}
	return false
}

// bound sets what a place takes; nothing is said of what may be any text.
func (s *sheets) bound(v *excelize.DataValidation, p form.Place) bool {
	if p.Marker.List != "" {
		return s.boundField(v, p)
	}
	if !p.Marker.Input() {
		return false
	}
	i, _ := s.Catalogue.Indicator(p.Marker.Indicator)
	s.boundNumber(v, p, i)
	if asked := s.checked[p.Sheet+"!"+p.Name()]; len(asked) > 0 {
		v.SetInput(s.title("handout.prompt.check"), s.message(strings.Join(asked, "\n")))
	} else if i.Kind == pipeline.KindRatio {
		v.SetInput(s.title("handout.prompt.ratio.title"), s.message(s.text.Text("handout.prompt.ratio.text")))
	}
	return true
}

// boundNumber keeps numbers within what the indicator counts. The words for
// nothing and for about how many stay allowed, as the reader knows them.
func (s *sheets) boundNumber(v *excelize.DataValidation, p form.Place, i pipeline.Indicator) {
	cell := p.Name()
	bounds, key, style := cell+">=0", "decimal", excelize.DataValidationErrorStyleWarning
	switch {
	case i.Kind.Whole():
		bounds, key, style = fmt.Sprintf("AND(%s>=0,%s=INT(%s))", cell, cell, cell), "whole", excelize.DataValidationErrorStyleStop
	case i.Kind == pipeline.KindRatio && s.percent(p):
		bounds, key, style = fmt.Sprintf("AND(%s>=0,%s<=10)", cell, cell), "ratio", excelize.DataValidationErrorStyleStop
	case i.Kind == pipeline.KindRatio:
		key = "ratio"
	}
	custom(v, "IF(ISNUMBER("+cell+"),"+bounds+","+worded(cell)+")")
	v.SetError(style, s.title("handout.error."+key+".title"), s.message(s.text.Text("handout.error."+key+".text", "name", xlsx.Cut(i.Name, 90))))
}

// worded tells whether the text in a cell begins like one that declares nothing
// or qualifies a number: -, không, kps, trên, hơn, gần, ước, ít nhất, >.
func worded(cell string) string {
	return `ISNUMBER(SEARCH(LEFT(TRIM(` + cell + `),1),"-kthgưí>"))`
}

// boundField bounds the rows of a list's field.
func (s *sheets) boundField(v *excelize.DataValidation, p form.Place) bool {
	cell := p.Name()
	switch p.Marker.Type {
	case pipeline.FieldNumber:
		s.boundNumber(v, p, s.counted(p))
	case pipeline.FieldDate:
		custom(v, fmt.Sprintf(`IF(ISNUMBER(%[1]s),AND(%[1]s>=32874,%[1]s<73051),OR(LEFT(TRIM(%[1]s),1)="-",LOWER(LEFT(TRIM(%[1]s),5))="không",COUNTIF(%[1]s,"*/*/????")>0))`, cell))
		v.SetError(excelize.DataValidationErrorStyleStop, s.title("handout.error.date.title"), s.message(s.text.Text("handout.error.date.text")))
		v.SetInput(s.title("handout.prompt.date.title"), s.message(s.text.Text("handout.prompt.date.text")))
	default:
		known := s.offered(p)
		if len(known) == 0 {
			return false
		}
		v.SetSqrefDropList(s.offer(known))
		v.SetError(excelize.DataValidationErrorStyleWarning, s.title("handout.error.list.title"),
			s.message(s.text.Text("handout.error.list.text", "values", strings.Join(known, "; "))))
	}
	return true
}

// counted is the indicator that a number of a list is added up for; one that
// nothing is made of may be any number.
func (s *sheets) counted(p form.Place) pipeline.Indicator {
	name := strings.Join(p.Path, " / ")
	for _, i := range s.Catalogue.FromList(p.Marker.List) {
		if i.From.Field == p.Marker.ListField {
			i.Name = name
			return i
		}
	}
	return pipeline.Indicator{Name: name, Kind: pipeline.KindMoney}
}

// offered lists the values of a field that the catalogue counts by.
func (s *sheets) offered(p form.Place) []string {
	var all []string
	for _, i := range s.Catalogue.FromList(p.Marker.List) {
		for _, f := range i.From.Filters {
			if f.Field == p.Marker.ListField && !slices.Contains(all, f.Value) {
				all = append(all, f.Value)
			}
		}
	}
	return all
}

// custom bounds a cell by a formula, which excelize stores as it is given.
func custom(v *excelize.DataValidation, formula string) {
	v.Type = "custom"
	v.Formula1 = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(formula)
}

func (s *sheets) title(key string) string { return xlsx.Cut(s.text.Text(key), mostTitle) }

func (s *sheets) message(text string) string { return xlsx.Cut(text, mostMessage) }
