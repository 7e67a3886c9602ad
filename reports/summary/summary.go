// Package summary writes summary.xlsx, the Excel summary of one period: an
// overview to be read as it is, and below it everything the overview rests on,
// down to the cells of the units' workbooks.
//
// It owns layout only: every figure comes from the dataset. The one thing it
// adds are live formulas for what Excel can recompute from the cells beside
// them, each with the dataset's figure as its stored result. It refuses
// nothing; outside text is written as text and never as a formula. The
// publishing stage calls it.
package summary

import (
	"fmt"
	"io"
	"time"

	"github.com/xuri/excelize/v2"

	"tonghop/pipeline"
	"tonghop/pipeline/lang"
	"tonghop/reports"
	"tonghop/reports/internal/xlsx"
)

// Write writes the summary of d in the language l. Equal datasets give equal
// bytes.
func Write(w io.Writer, d *reports.Dataset, l *lang.Language) error {
	file := excelize.NewFile()
	defer file.Close()
	wb := newWorkbook(file, d, l)
	if err := wb.prepare(); err != nil {
		return fmt.Errorf("prepare summary: %w", err)
	}
	for _, write := range []func() error{
		wb.overview, wb.ranking, wb.matrix, wb.byUnit, wb.trend, wb.overPeriods, wb.reporting, wb.restatements, wb.findings, wb.detail, wb.lists, wb.listSources,
	} {
		if err := write(); err != nil {
			return fmt.Errorf("write summary: %w", err)
		}
	}
	return wb.book.Pack(w)
}

// workbook is the summary while it is written.
type workbook struct {
	book         *xlsx.Book
	data         *reports.Dataset
	lang         *lang.Language
	units        map[string]reports.Unit
	indicators   map[string]pipeline.Indicator
	achievements map[pair]*reports.Achievement
	headlines    map[pair]reports.Headline
	shown        []pipeline.Indicator // those that any unit has a figure or a target of
	targeted     []pipeline.Indicator // those that any unit has a target to measure against
	active       []reports.Unit       // the roots, and those that owe a report or have anything to tell
	sources      []source
	longest      int         // characters of the longest figure
	cells        []xlsx.Cell // of the row that is made, where there are many
	places
}

// pair is a unit's code and an indicator's.
type pair struct{ unit, indicator string }

func newWorkbook(file *excelize.File, d *reports.Dataset, l *lang.Language) *workbook {
	wb := &workbook{
		book: xlsx.NewBook(file), data: d, lang: l,
		units:        map[string]reports.Unit{},
		indicators:   map[string]pipeline.Indicator{},
		achievements: map[pair]*reports.Achievement{},
		headlines:    headlines(d),
		sources:      sources(d),
	}
	for _, u := range d.Units {
		wb.units[u.Code] = u
	}
	for _, i := range d.Indicators {
		wb.indicators[i.Code] = i
	}
	for i := range d.Achievements {
		a := &d.Achievements[i]
		wb.achievements[pair{a.Unit, a.Indicator}] = a
		wb.longest = max(wb.longest, wb.length(a))
	}
	wb.choose()
	wb.place()
	return wb
}

// choose finds which indicators and units there is anything to tell of.
func (wb *workbook) choose() {
	told, targeted, active := map[string]bool{}, map[string]bool{}, map[string]bool{} // by code
	for i := range wb.data.Achievements {
		a := &wb.data.Achievements[i]
		if a.Told() {
			told[a.Indicator], active[a.Unit] = true, true
		}
		if a.Targeted() {
			targeted[a.Indicator] = true
		}
	}
	for _, r := range wb.data.Reporting {
		active[r.Unit] = true
	}
	for _, i := range wb.data.Indicators {
		if told[i.Code] {
			wb.shown = append(wb.shown, i)
		}
		if targeted[i.Code] {
			wb.targeted = append(wb.targeted, i)
		}
	}
	for _, u := range wb.data.Units {
		if u.Level == 0 || active[u.Code] {
			wb.active = append(wb.active, u)
		}
	}
}

// prepare names the first sheet and fixes what excelize would take from the
// machine's clock.
func (wb *workbook) prepare() error {
	file, at := wb.book.File, wb.data.Stamp.AsOf.UTC().Format(time.RFC3339)
	if err := file.SetSheetName("Sheet1", wb.text("sheet.overview")); err != nil {
		return err
	}
	if err := file.SetDefaultFont(xlsx.Font); err != nil {
		return err
	}
	return file.SetDocProps(&excelize.DocProperties{
		Creator: "tonghop", LastModifiedBy: "tonghop", Created: at, Modified: at, Language: wb.lang.Code,
		Title: wb.text("title.overview") + " - " + wb.lang.Period(wb.data.Stamp.Period),
	})
}

// text is the summary's text for key.
func (wb *workbook) text(key string, pairs ...any) string {
	return wb.lang.Text("summary."+key, pairs...)
}

// named is the text for a value that has its own word, such as a status; a
// value without one stands for itself.
func (wb *workbook) named(subject, value string) string {
	if key := "summary." + subject + "." + value; wb.lang.Has(key) {
		return wb.lang.Text(key)
	}
	return value
}

func (wb *workbook) unitName(code string) string {
	if u, ok := wb.units[code]; ok && u.Name != "" {
		return u.Name
	}
	return code
}

func (wb *workbook) indicator(code string) pipeline.Indicator {
	if i, ok := wb.indicators[code]; ok {
		return i
	}
	return pipeline.Indicator{Code: code, Name: code}
}

// achievementOf is the achievement of a unit with an indicator; one without
// data where the dataset has none.
func (wb *workbook) achievementOf(unit, indicator string) *reports.Achievement {
	if a, ok := wb.achievements[pair{unit, indicator}]; ok {
		return a
	}
	return &reports.Achievement{Unit: unit, Indicator: indicator, Status: "no_data"}
}

// stamp is the line that says what the summary rests on.
func (wb *workbook) stamp() string {
	s := wb.data.Stamp
	return wb.text("stamp", "cutoff", wb.lang.Date(s.DataDay()), "as_of", wb.lang.Time(s.AsOf),
		"issue", s.Issue, "run", short(s.RunID), "catalogue", short(s.CatalogueHash))
}

// short is the beginning of a hash, enough to tell it from others.
func short(hash string) string { return hash[:min(len(hash), 12)] }

// page is how every sheet of the summary is printed.
func (wb *workbook) page(widths ...float64) xlsx.Page {
	s := wb.data.Stamp
	return xlsx.Page{
		Widths: widths,
		Left:   wb.lang.Period(s.Period),
		Right:  wb.text("footer", "issue", s.Issue, "as_of", wb.lang.Time(s.AsOf)),
		Count:  wb.text("page"),
	}
}
