package published_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tonghop/pipeline"
	"tonghop/pipeline/lang"
	"tonghop/pipeline/publish"
	"tonghop/reports/published"
)

// planned is a catalogue of two units that owe a quarterly form.
func planned() *pipeline.Catalogue {
	all := pipeline.Window{Start: pipeline.Day(2000, time.January, 1), End: pipeline.Day(2100, time.January, 1)}
	from := pipeline.Window{Start: pipeline.Day(2026, time.June, 1), End: all.End}
	return &pipeline.Catalogue{
		Units: []pipeline.Unit{
			{Code: "P", Name: "Tỉnh", Kind: "province", Valid: all},
			{Code: "A", Name: "Huyện An", Kind: "district", Valid: all, Folder: "An"},
			{Code: "B", Name: "Huyện Bình", Kind: "district", Valid: from},
		},
		Forms: []pipeline.Form{{Code: "HD", Frequency: pipeline.Quarterly, Basis: pipeline.BasisPeriod, DueDays: 15, UnitKinds: []string{"district"}, Valid: all}},
	}
}

// Units are reminded also of what no issue tells of yet, and not of what is closed,
// exempted or long gone.
func TestRemindersBeforeTheFirstReport(t *testing.T) {
	t.Parallel()
	text, err := lang.Load("vi")
	must(t, err)
	quarter := pipeline.Period{Kind: pipeline.Quarter, Year: 2026, N: 2}
	year := pipeline.Period{Kind: pipeline.Year, Year: 2026}
	owed := "period,form,unit,due,state,received,refused\n2026-Q2,HD,A,2026-07-15,%s,,0\n2026-Q2,HD,B,2026-07-15,missing,,0\n"
	issue := func(out string, p pipeline.Period, state string, closed *publish.Closing) {
		must(t, publish.Issue(filepath.Join(out, p.String()), publish.Manifest{Period: p.String(), Issue: 1, Closed: closed}, []publish.Output{
			{Name: "data/units.csv", Data: []byte("unit,name,kind,parent,level\nA,Huyện An,district,,1\nB,Huyện Bình,district,,1\n")},
			{Name: "data/reporting.csv", Data: []byte(strings.Replace(owed, "%s", state, 1))},
		}))
	}
	line := func(unit, quarter, rest string) string {
		return unit + " - Biểu HD, quý " + quarter + ": hạn nộp " + rest
	}
	for _, tt := range []struct {
		name, day string
		given     func(out string)
		want      []string
	}{
		{"nothing published, not due yet", "2026-07-10", nil, nil},
		{"nothing published, due soon", "2026-07-13", nil, []string{line("A", "II năm 2026", "15/07/2026, còn 2 ngày."), line("B", "II năm 2026", "15/07/2026, còn 2 ngày.")}},
		{"the last day", "2026-07-15", nil, []string{line("A", "II năm 2026", "là hôm nay, 15/07/2026."), line("B", "II năm 2026", "là hôm nay, 15/07/2026.")}},
		{"before one of them began", "2026-04-20", nil, []string{line("A", "I năm 2026", "15/04/2026, đã quá hạn 5 ngày.")}},
		{"long ago", "2026-09-20", nil, nil},
		{"long ago, though others have sent", "2026-09-20", func(out string) { issue(out, quarter, "on_time", nil) }, []string{line("B", "II năm 2026", "15/07/2026, đã quá hạn 67 ngày.")}},
		{"over a year ago", "2027-09-20", func(out string) { issue(out, quarter, "on_time", nil) }, nil},
		{"one has sent", "2026-07-20", func(out string) { issue(out, quarter, "on_time", nil) }, []string{line("B", "II năm 2026", "15/07/2026, đã quá hạn 5 ngày.")}},
		{"the year is closed", "2026-07-20", func(out string) {
			issue(out, quarter, "missing", nil)
			issue(out, year, "missing", &publish.Closing{})
		}, nil},
		{"exempted, and not any more", "2026-07-20", func(out string) {
			for name, text := range map[string]string{
				"submissions": "unit,form,period,file\n", "findings": "file\n",
				"journal": "act,period,unit,form\nexempt,2026-Q2,A,HD\nexempt,2026-Q2,B,HD\nlift,2026-Q2,B,HD\n",
			} {
				must(t, publish.WriteFile(filepath.Join(out, "data", name+".csv"), []byte(text)))
			}
		}, []string{line("B", "II năm 2026", "15/07/2026, đã quá hạn 5 ngày.")}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			out := t.TempDir()
			if tt.given != nil {
				tt.given(out)
			}
			now, err := time.Parse(time.DateOnly, tt.day)
			must(t, err)
			o, err := published.Open(out).Look(now.Add(8 * time.Hour))
			must(t, err)
			o.Plan(planned(), 3)
			reminders, err := o.Reminders(text, 3)
			must(t, err)
			var got []string
			for _, r := range reminders {
				for _, l := range strings.Split(r.Text, "\n") {
					if strings.HasPrefix(l, "- ") {
						got = append(got, r.Unit.Code+" "+l)
					}
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("reminders mismatch (-want +got):\n%s", diff)
			}
		})
	}
}
