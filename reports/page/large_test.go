package page

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"tonghop/pipeline"
	"tonghop/pipeline/lang"
	"tonghop/reports"
)

// large is a half-year of a province with 200 units and 60 indicators, all of
// them with targets and reported figures: the most that the page must bear.
func large() *reports.Dataset {
	d := sample()
	units, indicators := d.Units[:1], d.Indicators
	for n := 1; n < 200; n++ {
		like := d.Units[1+(n-1)%16]
		like.Code, like.Name = fmt.Sprintf("%s-%03d", like.Code, n), fmt.Sprintf("%s %d", like.Name, n)
		units = append(units, like)
	}
	for n := len(indicators); n < 60; n++ {
		like := indicators[n%20]
		like.Code, like.Name, like.Parent = fmt.Sprintf("%s-%d", like.Code, n), fmt.Sprintf("%s %d", like.Name, n), ""
		indicators = append(indicators, like)
	}
	d.Units, d.Indicators = units, indicators
	d.Achievements, d.Facts, d.Parts, d.Targets, d.Reporting, d.Trend = nil, nil, nil, nil, nil, nil
	at := time.FixedZone("ICT", 7*3600)
	for n, u := range units {
		for m, i := range indicators {
			a := largeFigure(u, i, n, m)
			d.Achievements = append(d.Achievements, a)
			addSources(d, u, i, a, m)
		}
	}
	addTargets(d)
	addReporting(d, at)
	d.Scores = tallied(d)
	for n := range d.Scores {
		d.Scores[n].Score, d.Scores[n].MaxScore, d.Scores[n].Rank, d.Scores[n].RankOf = dec(fmt.Sprint(99-n/4)), dec("100"), n+1, 200
	}
	return d
}

// largeFigure is a figure of the given unit and indicator, uneven but the same
// in every run.
func largeFigure(u reports.Unit, i pipeline.Indicator, unit, indicator int) reports.Achievement {
	done := 40 + (unit*37+indicator*23)%90
	v := [5]string{fmt.Sprint(done * 7), fmt.Sprint(done * 7), "700", "350", fmt.Sprint(done * 6)}
	if i.Kind == pipeline.KindRatio {
		v = [5]string{fmt.Sprintf("0.%02d", done%100), fmt.Sprintf("0.%02d", done%100), "0.9", "0.9", "0.4"}
	}
	a := achievement(u.Code, i.Code, v, i.Better)
	a.Reported, a.Due, a.Complete = 1, 1, 1
	return a
}

// Where more cells stand behind a period than a page can list, it says where they are.
// What it lists leads on: the parts of totals, the targets.
func TestMoreSourcesThanThePageLists(t *testing.T) {
	t.Parallel()
	text, err := lang.Load("en")
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name           string
		facts, earlier int // copies of the sample's
		want           string
		sheets         bool
	}{
		{"all are listed", 1, 1, "", true},
		{"those of the period are listed", 1, mostSources, "before the period", true},
		{"none is listed", mostSources, 0, "too many to be listed", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := sample()
			d.Earlier = nil
			for len(d.Earlier) < tt.earlier {
				d.Earlier = append(d.Earlier, d.Facts[0])
			}
			for len(d.Facts) <= tt.facts {
				d.Facts = append(d.Facts, d.Facts...)
			}
			got := newComposer(d, text).origins()
			if tt.want == "" && got.Elsewhere != "" || !strings.Contains(got.Elsewhere, tt.want) {
				t.Errorf("the page says %q of the cells it does not list, want %q", got.Elsewhere, tt.want)
			}
			if listed := len(got.Sheets) > 0; listed != tt.sheets {
				t.Errorf("cells are listed: %t, want %t", listed, tt.sheets)
			}
			if len(got.Parts) == 0 {
				t.Error("no parts are listed")
			}
		})
	}
}
