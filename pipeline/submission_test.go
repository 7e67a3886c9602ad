package pipeline_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"tonghop/pipeline"
)

// Of an accepted submission the cells with errors are blank, and no others; the
// submission itself stays as it was read.
func TestBlanked(t *testing.T) {
	t.Parallel()
	fact := func(sheet, cell string) pipeline.Fact {
		return pipeline.Fact{State: pipeline.StateNumber, Value: decimal.NewFromInt(5), Qualifier: pipeline.AtLeast, Raw: "5", Sheet: sheet, Cell: cell}
	}
	s := pipeline.Submission{
		Facts: []pipeline.Fact{fact("S", "D1"), fact("S", "D2"), fact("T", "D1")},
		Lists: []pipeline.ListCell{{List: "classes", Row: 1, Sheet: "S", Cell: "A9"}, {List: "classes", Row: 1, Sheet: "S", Cell: "B9"}},
		Findings: []pipeline.Finding{
			{Severity: pipeline.SeverityError, Sheet: "S", Cell: "D1"}, {Severity: pipeline.SeverityWarning, Sheet: "S", Cell: "D2"},
			{Severity: pipeline.SeverityError, Sheet: "S"}, {Severity: pipeline.SeverityError, Sheet: "S", Cell: "B9"},
		},
	}
	want := pipeline.Submission{Findings: s.Findings, Lists: s.Lists[:1], Facts: []pipeline.Fact{
		{State: pipeline.StateBlank, Qualifier: pipeline.Exact, Raw: "5", Sheet: "S", Cell: "D1"}, fact("S", "D2"), fact("T", "D1"),
	}}
	if diff := cmp.Diff(want, s.Blanked()); diff != "" {
		t.Errorf("blanked mismatch (-want +got):\n%s", diff)
	}
	if len(s.Lists) != 2 || s.Lists[1].Cell != "B9" || s.Facts[0].State != pipeline.StateNumber {
		t.Errorf("the submission was changed: %+v", s)
	}
}
