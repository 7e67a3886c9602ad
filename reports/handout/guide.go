package handout

import (
	"slices"
	"strings"

	"tonghop/pipeline"
	"tonghop/pipeline/form"
	"tonghop/reports/internal/xlsx"
)

// guideWidths are the columns of the guide: what, and what about it, twice.
var guideWidths = []float64{18, 50, 18, 44}

var (
	guideTitle = xlsx.Look{Size: 15, Bold: true}
	guideHead  = xlsx.Look{Size: 12, Bold: true}
	guideName  = xlsx.Look{Bold: true, Fill: xlsx.ColorPale, Border: true, Align: "left", Indent: 1, Wrap: true, Pad: 4}
	guideText  = xlsx.Look{Border: true, Align: "left", Indent: 1, Wrap: true, Pad: 4, Format: "@"}
)

// guide adds the sheet that says how to fill the form in, when it is due and
// where it goes.
func (s *sheets) guide() error {
	sheet, err := s.book.Sheet(form.GuideSheetName, xlsx.Page{
		Widths: guideWidths, Left: s.Layout.Form.Code + " – " + s.Unit.Name, Count: s.text.Text("handout.page"), Tab: "6AA84F",
	})
	if err != nil {
		return err
	}
	across := func(text string, look xlsx.Look) {
		sheet.Write(0, xlsx.Cell{Value: text, Look: look, Span: len(guideWidths)})
	}
	line := func(name, text string) {
		sheet.Write(0, xlsx.Cell{Value: name, Look: guideName}, xlsx.Cell{Value: text, Look: guideText, Span: len(guideWidths) - 1})
	}
	across(s.text.Text("handout.title"), guideTitle)
	for pair := range slices.Chunk(s.facts(), 2) {
		var cells []xlsx.Cell
		for _, f := range pair {
			cells = append(cells, xlsx.Cell{Value: f[0], Look: guideName}, xlsx.Cell{Value: f[1], Look: guideText})
		}
		sheet.Write(0, cells...)
	}
	sheet.Skip(1)
	across(s.text.Text("handout.how"), guideHead)
	for _, topic := range s.topics() {
		line(s.text.Text("handout.topic."+topic), s.text.Text("handout.about."+topic, "folder", s.Unit.Folder))
	}
	if asked := s.asked(); len(asked) > 0 {
		sheet.Skip(1)
		across(s.text.Text("handout.checks"), guideHead)
		for _, a := range asked {
			line(a[0], a[1])
		}
	}
	if err := sheet.Close(); err != nil {
		return err
	}
	s.file.SetActiveSheet(0)
	return nil
}

// facts is which report this is, when it is due and where it goes.
func (s *sheets) facts() [][2]string {
	name := s.Layout.Form.Code
	if s.Layout.Form.Name != "" {
		name += " – " + s.Layout.Form.Name
	}
	all := [][2]string{}
	for _, f := range []struct{ key, value string }{
		{"form", name}, {"unit", s.Unit.Name}, {"period", s.text.Period(s.Period)}, {"cutoff", s.text.Date(s.CutOff)},
		{"due", s.text.Date(s.Due)}, {"to", s.To}, {"folder", s.text.Text("handout.folder", "folder", s.Unit.Folder)},
	} {
		if f.value != "" {
			all = append(all, [2]string{s.text.Text("handout.fact." + f.key), f.value})
		}
	}
	return all
}

// topics are what the guide explains: only what the form has.
func (s *sheets) topics() []string {
	all := []string{"open", "numbers"}
	has := func(key string, is func(form.Place) bool) {
		for _, p := range s.inputs() {
			if is(p) {
				all = append(all, key)
				return
			}
		}
	}
	has("notes", func(p form.Place) bool { return p.Marker.Measure == pipeline.MeasureNote })
	has("ratio", func(p form.Place) bool {
		i, _ := s.Catalogue.Indicator(p.Marker.Indicator)
		return i.Kind == pipeline.KindRatio
	})
	has("list", func(p form.Place) bool { return p.Marker.List != "" })
	has("date", func(p form.Place) bool { return p.Marker.Type == pipeline.FieldDate })
	if len(s.checked) > 0 {
		all = append(all, "red")
	}
	return append(all, "locked", "send", "answer")
}

// asked lists what the checks ask, each with the cells that turn red.
func (s *sheets) asked() [][2]string {
	var all [][2]string
	at := map[string]int{}
	for _, p := range s.places {
		for _, words := range s.checked[p.Sheet+"!"+p.Name()] {
			i, known := at[words]
			if !known {
				i, at[words] = len(all), len(all)
				all = append(all, [2]string{"", words})
			}
			cell := p.Name()
			if len(s.inputSheets()) > 1 {
				cell = p.Sheet + "!" + cell
			}
			all[i][0] = strings.TrimPrefix(all[i][0]+", "+cell, ", ")
		}
	}
	for i := range all {
		all[i][0] = s.text.Text("handout.cells", "cells", all[i][0])
	}
	return all
}
