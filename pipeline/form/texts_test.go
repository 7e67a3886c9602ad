package form

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tonghop/pipeline"
)

// A sheet formatted as text is one finding, not dozens.
func TestNumbersAsText(t *testing.T) {
	t.Parallel()
	var people []pipeline.Indicator
	lines := []string{"Nội dung | Số lượng"}
	for i := range 25 {
		code := fmt.Sprintf("N%02d", i)
		people = append(people, pipeline.Indicator{Code: code, Name: "name of " + code, Kind: pipeline.KindPeople})
		lines = append(lines, fmt.Sprintf("Dòng số %d | {{%s}}", i, code))
	}
	cat := &pipeline.Catalogue{Indicators: people}
	layout, findings := Parse(specOf("F"), book(sheet("Một", lines[:20]...), sheet("Hai", append(lines[:1:1], lines[20:]...)...)), cat)
	if len(findings) > 0 {
		t.Fatalf("Parse found %v", coded(findings))
	}
	all := pipeline.Finding{
		Code: "numbers_as_text", Severity: pipeline.SeverityWarning, Sheet: "Một", Cell: "B2", Read: "1.000", Expected: "1000",
		Args: []pipeline.Arg{{Name: "count", Value: "25"}, {Name: "cells", Value: "B2, B3, B4, B5, B6, B7, B8, B9, B10, B11, B12, B13, B14, B15, B16, B17, B18, B19, B20, Hai!B2"}},
	}
	four := all
	four.Args = []pipeline.Arg{{Name: "count", Value: "4"}, {Name: "cells", Value: "B2, B3, B4, B5"}}
	var three []pipeline.Finding
	for i := range 3 {
		three = append(three, pipeline.Finding{
			Code: "number_as_text", Severity: pipeline.SeverityWarning, Sheet: "Một", Cell: fmt.Sprintf("B%d", i+2), Read: "1.000", Expected: "1000",
			Args: []pipeline.Arg{{Name: "name", Value: fmt.Sprintf("name of N%02d", i)}},
		})
	}
	tests := []struct {
		name  string
		texts int
		want  []pipeline.Finding
	}{
		{"none", 0, nil},
		{"three", 3, three},
		{"four", 4, []pipeline.Finding{four}},
		{"on two sheets", 25, []pipeline.Finding{all}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			values := map[string]string{}
			for i, indicator := range people {
				values["{{"+indicator.Code+"}}"] = "1000"
				if i < tt.texts {
					values["{{"+indicator.Code+"}}"] = "'1.000"
				}
			}
			typed := filled(lines, values)
			submitted := book(sheet("Một", typed[:20]...), sheet("Hai", append(typed[:1:1], typed[20:]...)...))
			facts, findings := Align(layout, submitted).Extract(cat)
			if diff := cmp.Diff(tt.want, findings); diff != "" {
				t.Errorf("findings mismatch (-want +got):\n%s", diff)
			}
			for _, f := range facts {
				if f.Value.String() != "1000" {
					t.Errorf("%s = %s, want 1000", f.Indicator, f.Value)
				}
			}
		})
	}
}
