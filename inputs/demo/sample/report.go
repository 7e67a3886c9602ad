package sample

import (
	"bytes"
	"fmt"
	"math"
	"regexp"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"tonghop/pipeline"
)

// A report is one unit's workbook in the making: the form, filled in, and what
// people have done to it.
type report struct {
	*drawing
	key    reportKey
	values values
	text   map[string]string // the header fields by name
	cells  map[string]string // the cell of each indicator, once filled in
	raw    map[string]string // cells to be patched in the finished workbook
	signed time.Time
}

// newReport opens the form for one report. The form is not filled in yet.
func newReport(form []byte, key reportKey, from values, signed time.Time) *report {
	file, err := excelize.OpenReader(bytes.NewReader(form))
	if err != nil {
		return &report{drawing: &drawing{err: fmt.Errorf("open form %q: %w", key.form, err)}}
	}
	r := &report{
		drawing: &drawing{file: file, sheet: file.GetSheetName(0), looks: make(map[look]int)},
		key:     key, values: make(values), cells: make(map[string]string), raw: make(map[string]string), signed: signed,
	}
	for code, value := range from {
		r.values[code] = value
	}
	r.text = map[string]string{
		"parent": parentName, "unit": unitByCode(key.unit).name, "period": periodText(key.period),
		"cutoff": cutOffText(key.period), "issued": signed.Format("ngày 02 tháng 01 năm 2006"),
	}
	if key.unit == province {
		r.text["parent"] = "Tổng Liên đoàn Lao động Việt Nam"
	}
	return r
}

// periodText is how a form prints the period.
func periodText(p pipeline.Period) string {
	if p.Kind == pipeline.Half {
		return fmt.Sprintf("6 tháng đầu năm %d", p.Year)
	}
	if p.Kind == pipeline.Quarter {
		return fmt.Sprintf("Quý III năm %d", p.Year)
	}
	return fmt.Sprintf("Năm %d", p.Year)
}

// cutOffText is the last day that the figures of p cover.
func cutOffText(p pipeline.Period) string {
	if p.Kind == pipeline.Half {
		return fmt.Sprintf("31/05/%d", p.Year)
	}
	if p.Kind == pipeline.Quarter {
		return fmt.Sprintf("31/08/%d", p.Year)
	}
	return fmt.Sprintf("30/11/%d", p.Year)
}

var markerPattern = regexp.MustCompile(`\{\{([^{}]+)\}\}`)

// fill writes the figures and the header fields where the form's markers stand.
func (r *report) fill(assigned targets) {
	rows, err := r.file.GetRows(r.sheet)
	if r.do(err); err != nil {
		return
	}
	for i, row := range rows {
		for j, text := range row {
			found := markerPattern.FindStringSubmatch(text)
			if found == nil {
				continue
			}
			cell := at(j+1, i+1)
			if field, isField := strings.CutPrefix(found[1], "@"); isField {
				r.set(cell, strings.Replace(text, found[0], r.text[field], 1))
				continue
			}
			code, measure, _ := strings.Cut(found[1], ":")
			r.set(cell, r.figure(code, measure, assigned))
			if measure == "" {
				r.cells[code] = cell
			}
		}
	}
}

// figure is what a clerk types for one marker, nil where nothing.
func (r *report) figure(code, measure string, assigned targets) any {
	target, isAssigned := assigned[targetKey{r.key.unit, code, r.key.period.Year}]
	isRatio := indicatorByCode(code).kind == percentage
	switch measure {
	case "":
		return r.value(code)
	case "target":
		if !isAssigned {
			return nil
		}
		if isRatio {
			return float64(target) / 10000
		}
		return target
	case "rate":
		return r.rate(code, target)
	}
	return nil
}

// value is a reported figure. A ratio is cut or rounded as the form prints it.
func (r *report) value(code string) any {
	i := indicatorByCode(code)
	if i.kind != percentage {
		if value, reported := r.values[code]; reported {
			return value
		}
		return nil
	}
	part, whole := r.values[i.parts.numerator], r.values[i.parts.denominator]
	if whole == 0 {
		return nil
	}
	unit := int64(100)
	for range i.decimals {
		unit *= 10
	}
	if i.rounding == truncate {
		return float64(part*unit/whole) / float64(unit)
	}
	return float64((2*part*unit+whole)/(2*whole)) / float64(unit)
}

// rate is reached over target, to a tenth of a percent.
func (r *report) rate(code string, target int64) any {
	if target == 0 {
		return nil
	}
	reached := r.values[code]
	if ratio, isRatio := r.value(code).(float64); isRatio {
		reached = int64(math.Round(ratio * 10000))
	}
	return float64((2000*reached+target)/(2*target)) / 1000
}

// set writes a cell and keeps its look.
func (r *report) set(cell string, value any) {
	r.do(r.file.SetCellValue(r.sheet, cell, value))
}

// pack is the finished workbook.
func (r *report) pack() ([]byte, error) {
	if r.err != nil {
		return nil, r.err
	}
	return pack(r.file, r.raw)
}
