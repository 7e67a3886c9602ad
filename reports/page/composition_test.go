package page

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tonghop/pipeline"
	"tonghop/reports"
)

// made is a province with one total, the units that bring it and its kinds.
func made(total string, units, kinds []string) *reports.Dataset {
	d := &reports.Dataset{
		Units:      []reports.Unit{{Code: "P", Name: "Tỉnh"}},
		Indicators: []pipeline.Indicator{{Code: "T", Name: "Số người", Measure: "người", Kind: pipeline.KindPeople}},
	}
	ytd := func(unit, indicator, value string) {
		d.Achievements = append(d.Achievements, reports.Achievement{Unit: unit, Indicator: indicator, YTD: dec(value), Actual: dec(value)})
	}
	ytd("P", "T", total)
	for n, value := range units {
		code := fmt.Sprintf("U%d", n)
		d.Units = append(d.Units, reports.Unit{Code: code, Name: "Đơn vị " + code, Parent: "P", Level: 1})
		d.Parts = append(d.Parts, reports.Part{Unit: "P", Indicator: "T", Role: "child", PartUnit: code, PartIndicator: "T", Value: dec(value), YTD: dec(value)})
	}
	for n, value := range kinds {
		code := fmt.Sprintf("K%d", n)
		d.Indicators = append(d.Indicators, pipeline.Indicator{Code: code, Name: "Trong đó: " + code, Measure: "người", Kind: pipeline.KindPeople, Parent: "T"})
		ytd("P", code, value)
	}
	return d
}

func TestComposition(t *testing.T) {
	t.Parallel()
	told := func(all []slice) string {
		var parts []string
		for _, s := range all {
			parts = append(parts, s.Name+" "+s.Share)
		}
		return strings.Join(parts, "; ")
	}
	for _, tt := range []struct {
		name                 string
		total                string
		units, kinds         []string
		leading, more, parts string
	}{
		{"the largest first", "100", []string{"10", "50", "5", "35"}, nil, "Đơn vị U1 50,0%; Đơn vị U3 35,0%; Đơn vị U0 10,0%", "1 đơn vị khác 5%", ""},
		{"a unit that brings nothing", "10", []string{"10", "0"}, []string{"4"}, "Đơn vị U0 100,0%", "", "K0 40,0%; còn lại 60,0%"},
		{"kinds that make the whole", "10", []string{"6", "4"}, []string{"7", "3"}, "Đơn vị U0 60,0%; Đơn vị U1 40,0%", "", "K0 70,0%; K1 30,0%"},
		{"kinds that overlap", "10", []string{"6", "4"}, []string{"7", "7"}, "Đơn vị U0 60,0%; Đơn vị U1 40,0%", "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c := newComposer(made(tt.total, tt.units, tt.kinds), language(t, "vi"))
			view := c.composition(c.d.Units[0])
			if len(view.Rows) != 1 {
				t.Fatalf("%d totals, want 1", len(view.Rows))
			}
			got := []string{told(view.Rows[0].Leading), view.Rows[0].More, told(view.Rows[0].Kinds)}
			if diff := cmp.Diff([]string{tt.leading, tt.more, tt.parts}, got); diff != "" {
				t.Errorf("composition mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

func TestCompositionOfMany(t *testing.T) {
	t.Parallel()
	var units []string
	for range 40 {
		units = append(units, "1")
	}
	c := newComposer(made("40", units, nil), language(t, "vi"))
	row := c.composition(c.d.Units[0]).Rows[0]
	last := row.Strip[len(row.Strip)-1]
	if len(row.Strip) != slicesShown+1 || last.Name != "và 16 đơn vị khác" || last.Share != "40,0%" {
		t.Errorf("strip of %d slices ends with %s %s, want %d and the 16 others with 40,0%%", len(row.Strip), last.Name, last.Share, slicesShown+1)
	}
}

func TestNothingToCompose(t *testing.T) {
	t.Parallel()
	d := made("10", []string{"10"}, nil)
	if view := newComposer(d, language(t, "vi")).composition(d.Units[0]); len(view.Rows) > 0 {
		t.Errorf("a total of one part is taken apart: %v", view.Rows)
	}
}
