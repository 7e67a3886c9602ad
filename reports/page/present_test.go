package page

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tonghop/pipeline"
	"tonghop/reports"
)

// TestPresentView has two districts that became one: the page has a table by
// the units of today beside the one by units as they were, and says so on top.
func TestPresentView(t *testing.T) {
	t.Parallel()
	d := miniature()
	if strings.Contains(rendered(t, d, "vi", bare()), `id="present"`) {
		t.Error("there is a view by present units where no unit has ended")
	}
	d.PresentUnits = []reports.Unit{{Code: "LDLD-ST", Name: "Tỉnh"}, {Code: "H12", Name: "Liên đoàn Lao động <mới>", Parent: "LDLD-ST", Level: 1}}
	d.Present = []reports.Achievement{
		{Unit: "H12", Indicator: "DV02", YTD: dec("1234"), Target: dec("2000"), Rate: dec("0.617"), Previous: dec("1000"), Status: "not_met"},
		{Unit: "LDLD-ST", Indicator: "DV02", YTD: dec("3120"), Target: dec("4500"), Rate: dec("0.693"), Previous: dec("2953"), Status: "not_met", Break: breakSplit},
	}
	view := presentOf(d, language(t, "vi"))
	var got []string
	for _, row := range view.Rows {
		for n, cell := range row.Cells {
			got = append(got, strings.Join([]string{row.Name, view.Columns[n].Name, cell.Value.Text, cell.Rate, cell.Previous, cell.Class}, "|"))
		}
	}
	want := []string{
		"Tỉnh|Số đoàn viên kết nạp mới|3.120|69%|không so sánh|b50",
		"LĐLĐ <mới>|Số đoàn viên kết nạp mới|1.234|62%|cùng kỳ 1.000|b50",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("present view mismatch (-want +got):\n%s", diff)
	}
	page := rendered(t, d, "vi", bare())
	for _, want := range []string{`id="present"`, `<a href="#present">Xem số liệu theo đơn vị hiện nay</a>`, "LĐLĐ &lt;mới&gt;"} {
		if !strings.Contains(page, want) {
			t.Errorf("page does not have %q", want)
		}
	}
}

func TestNotices(t *testing.T) {
	t.Parallel()
	d := miniature()
	d.Breaks = []reports.Break{
		{Unit: "H05", Kind: "split", On: pipeline.Day(2025, 11, 30), Was: "H05", Became: "H07", Refused: true},
		{Unit: "LDLD-ST", Kind: "merged", On: pipeline.Day(2026, 1, 31), Was: "H07", Became: "H05"},
		{Unit: "H05", Kind: "merged", On: pipeline.Day(2026, 1, 31), Was: "H07", Became: "H05"},
		{Unit: "LDLD-ST", Kind: "unheard of", On: pipeline.Day(2026, 1, 31)},
	}
	d.Exemptions = []reports.Exemption{{Period: "2026-H1", Form: "02-HDCD", Unit: "H05", At: pipeline.Day(2026, 6, 1), By: "Lan", Reason: "bão lụt"}}
	d.Stamp.Closed = &reports.Closing{At: time.Date(2026, 7, 1, 8, 0, 0, 0, time.UTC), By: "Lan"}
	var got []string
	for _, n := range newComposer(d, language(t, "vi")).notices() {
		got = append(got, n.Text+n.Link)
	}
	want := []string{
		"Số liệu kỳ này đã chốt lúc 08:00 01/07/2026 (người chốt: Lan); báo cáo gửi sau không làm thay đổi.",
		"Lần phát hành 3 đính chính 2 số liệu đã công bố (LĐLĐ huyện Mỹ Xuyên).#changes",
		"LĐLĐ huyện Kế Sách được chia tách từ sau ngày 30/11/2025 (LĐLĐ huyện Mỹ Xuyên): số liệu của LĐLĐ huyện Kế Sách không so sánh với cùng kỳ năm trước.",
		"LĐLĐ huyện Mỹ Xuyên nhập vào LĐLĐ huyện Kế Sách từ sau ngày 31/01/2026",
		"LĐLĐ tỉnh Sóc Trăng thay đổi đơn vị thành phần từ sau ngày 31/01/2026",
		"1 báo cáo được miễn nộp.#reporting",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("notices mismatch (-want +got):\n%s", diff)
	}
	if page := rendered(t, d, "vi", bare()); !strings.Contains(page, "Lan quyết định ngày 01/06/2026: bão lụt") {
		t.Error("the board does not say who exempted a report and why")
	}
}

func TestAside(t *testing.T) {
	t.Parallel()
	c := newComposer(&reports.Dataset{}, language(t, "vi"))
	count := pipeline.Indicator{Kind: pipeline.KindPeople}
	last := reports.Achievement{LastValue: dec("54479"), LastCutOff: pipeline.Day(2025, 11, 30), LastAgeDays: 182}
	figure := last
	figure.YTD = dec("1")
	for _, tt := range []struct {
		name string
		a    reports.Achievement
		want string
	}{
		{"last known value", last, "gần nhất: 54.479 (30/11/2025, cách 6 tháng)"},
		{"there is a figure", figure, ""},
		{"spans missing", reports.Achievement{MissingSpans: "2026-Q1;2026-H1", MissingSpanUnits: 3}, "thiếu số lũy kế Quý I năm 2026, 6 tháng đầu năm 2026 của 3 đơn vị"},
		{"nothing to tell", reports.Achievement{}, ""},
	} {
		if got := c.aside(tt.a, count); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
	for days, want := range map[int]string{1: "1 ngày", 59: "59 ngày", 61: "2 tháng", 183: "6 tháng", 365: "12 tháng", 730: "2 năm"} {
		if got := c.age(days); got != want {
			t.Errorf("age of %d days = %q, want %q", days, got, want)
		}
	}
}

// TestBreakRefusesComparison has a unit that was split: nothing on the page
// compares it with last year.
func TestBreakRefusesComparison(t *testing.T) {
	t.Parallel()
	d := miniature()
	for n := range d.Achievements {
		a := &d.Achievements[n]
		if a.Unit == "LDLD-ST" && a.Indicator == "CB90" {
			a.Break, a.BreakOn, a.Complete = breakSplit, pipeline.Day(2025, 11, 30), a.Due
		}
	}
	c := newComposer(d, language(t, "vi"))
	view, err := c.trend()
	if err != nil {
		t.Fatal(err)
	}
	for _, chart := range view.Charts {
		if c.d.Indicators[chart.Indicator].Code != "CB90" {
			continue
		}
		if strings.Contains(chart.Finding, "cùng kỳ") {
			t.Errorf("finding compares across a split: %s", chart.Finding)
		}
		if want := "Đơn vị chia tách sau ngày 30/11/2025 (vạch đứt): không so sánh với cùng kỳ."; chart.Break != want {
			t.Errorf("break = %q, want %q", chart.Break, want)
		}
		if !strings.Contains(string(chart.Chart.Data), `"type":"dashed"`) {
			t.Error("the chart does not mark where the series breaks")
		}
	}
	if page := rendered(t, d, "vi", bare()); !strings.Contains(page, "không so sánh") {
		t.Error("the table of indicators does not refuse the comparison")
	}
}

// TestIndexMarksBreaks has the list of periods mark each break once, where it was: before
// the first point that ends after it, however many points tell of it; and none before the
// first point.
func TestIndexMarksBreaks(t *testing.T) {
	t.Parallel()
	quarters := []string{"2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2"}
	ends := []time.Time{pipeline.Day(2025, 3, 31), pipeline.Day(2025, 6, 30), pipeline.Day(2025, 9, 30), pipeline.Day(2025, 12, 31), pipeline.Day(2026, 3, 31), pipeline.Day(2026, 6, 30)}
	earlier, summer, winter := pipeline.Day(2024, 8, 1), pipeline.Day(2025, 6, 30), pipeline.Day(2026, 2, 1)
	for _, tt := range []struct {
		name string
		on   []time.Time // what each quarter tells of
		want string      // the quarters that are marked
	}{
		{"none", make([]time.Time, 6), ""},
		{"before the first", []time.Time{earlier, earlier, {}, {}, {}, {}}, ""},
		{"between two quarters", []time.Time{{}, {}, summer, summer, summer, summer}, "2025-Q3"},
		{"told of late", []time.Time{{}, {}, {}, {}, summer, summer}, "2025-Q3"},
		{"two, one within a quarter", []time.Time{{}, {}, summer, summer, winter, summer}, "2025-Q3 2026-Q1"},
	} {
		x := Index{Today: pipeline.Day(2026, 8, 1), Roots: []reports.Unit{{Code: "P", Name: "Tỉnh"}}}
		x.Indicators = []pipeline.Indicator{{Code: "LOP", Name: "Số lớp", Kind: pipeline.KindCount, Time: pipeline.Flow}}
		for n, code := range quarters {
			x.Entries = append(x.Entries, Entry{Code: code, Period: pipeline.Period{Kind: pipeline.Quarter, Year: 2025 + n/4, N: n%4 + 1}, Due: 1, CutOff: ends[n]})
			point := reports.TrendPoint{Period: code, Unit: "P", Indicator: "LOP", Actual: dec("5"), BreakOn: tt.on[n]}
			if !tt.on[n].IsZero() {
				point.Break = "members"
			}
			x.Trend = append(x.Trend, point)
		}
		view, err := composeIndex(x, language(t, "vi"))
		if err != nil {
			t.Fatal(err)
		}
		chart := view.Series[0].Charts[0]
		var marked []string
		for n, p := range chart.Points {
			if p.broken {
				marked = append(marked, quarters[n])
			}
		}
		if got := strings.Join(marked, " "); got != tt.want {
			t.Errorf("%s: marked %q, want %q", tt.name, got, tt.want)
		}
		if drawn := strings.Count(string(chart.Chart.Data), `"xAxis":`+"\""); drawn < len(marked) || (chart.Break != "") != (tt.want != "") {
			t.Errorf("%s: %d lines drawn, note %q in %s", tt.name, drawn, chart.Break, chart.Chart.Data)
		}
	}
}
