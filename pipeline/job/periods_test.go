package job

import (
	"testing"

	"tonghop/pipeline"
	"tonghop/pipeline/assess"
)

// Nine months are published only where a form in use in them is due there.
func TestReported(t *testing.T) {
	t.Parallel()
	plan := pipeline.Form{
		Code: "KH", Frequency: pipeline.Quarterly, Basis: pipeline.BasisPeriod,
		Valid: pipeline.Window{Start: pipeline.Day(2020, 6, 1), End: pipeline.Day(2020, 8, 31)},
	}
	halves := pipeline.Form{Code: "02", Frequency: pipeline.HalfYearly, Basis: pipeline.BasisYTD}
	r := &run{}
	r.rules = &assess.Rules{Catalogue: &pipeline.Catalogue{Forms: []pipeline.Form{halves, plan}}}
	for _, tt := range []struct {
		period string
		want   bool
	}{
		{"2014-H1", true}, {"2014", true}, {"2014-9M", false}, {"2014-Q3", false},
		{"2020-Q3", true}, {"2020-9M", true}, {"2020", true}, {"2020-Q1", false},
	} {
		p, err := pipeline.ParsePeriod(tt.period)
		if err != nil {
			t.Fatal(err)
		}
		if got := r.reported(p); got != tt.want {
			t.Errorf("reported(%s) = %v, want %v", tt.period, got, tt.want)
		}
	}
}
