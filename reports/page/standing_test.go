package page

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tonghop/pipeline"
	"tonghop/reports"
)

func TestStandingWords(t *testing.T) {
	t.Parallel()
	c := newComposer(&reports.Dataset{}, language(t, "vi"))
	for _, tt := range []struct {
		standing, want string
		better         pipeline.Better
	}{
		{standingMet, "đạt", pipeline.BetterUp},
		{standingBehind, "chậm tiến độ", pipeline.BetterUp},
		{standingMet, "trong mức cho phép", pipeline.BetterDown},
		{standingOver, "vượt mức cho phép", pipeline.BetterDown},
		{standingNoData, "chưa có số liệu", pipeline.BetterDown},
	} {
		if got := c.standingWord(tt.standing, tt.better); got != tt.want {
			t.Errorf("word of %s, better %s = %q, want %q", tt.standing, tt.better, got, tt.want)
		}
	}
}

func TestBasis(t *testing.T) {
	t.Parallel()
	c := newComposer(&reports.Dataset{}, language(t, "vi"))
	for _, tt := range []struct {
		name string
		a    reports.Achievement
		want string
	}{
		{"units below", reports.Achievement{YTD: dec("2000"), Target: dec("1050"), TargetUnits: 5, TargetYTD: dec("1024")}, "tính trên 5 đơn vị được giao: 1.024/1.050"},
		{"no data of these", reports.Achievement{YTD: dec("2000"), Target: dec("1050"), TargetUnits: 5, Status: "no_data"}, "tính trên 5 đơn vị được giao: chưa có số liệu"},
		{"own target", reports.Achievement{YTD: dec("1024"), Target: dec("1050"), TargetYTD: dec("1024")}, ""},
		{"no target", reports.Achievement{YTD: dec("1024"), Status: "no_target"}, ""},
	} {
		if got := c.basis(tt.a, pipeline.Indicator{}); got != tt.want {
			t.Errorf("%s: basis = %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestCoverage(t *testing.T) {
	t.Parallel()
	c := newComposer(&reports.Dataset{}, language(t, "vi"))
	for _, tt := range []struct {
		name                    string
		reported, due, complete int
		want                    string
	}{
		{"all reports of all", 54, 54, 54, "54/54 đơn vị"},
		{"units missing", 38, 54, 38, "38/54 đơn vị"},
		{"reports missing", 38, 54, 7, "38/54 đơn vị, 7 đủ báo cáo"},
		{"none due", 0, 0, 0, ""},
	} {
		if got := c.coverage(reports.Achievement{Reported: tt.reported, Due: tt.due, Complete: tt.complete}).both; got != tt.want {
			t.Errorf("%s: coverage = %q, want %q", tt.name, got, tt.want)
		}
	}
}

// lone is a dataset of one unit with an indicator for every achievement.
func lone(better pipeline.Better, all ...reports.Achievement) *reports.Dataset {
	d := &reports.Dataset{Units: []reports.Unit{{Code: "P", Name: "Liên đoàn Lao động tỉnh"}}}
	d.Stamp.Period, d.Stamp.Elapsed = pipeline.Period{Kind: pipeline.Half, Year: 2026, N: 1}, 0.5
	for n, a := range all {
		a.Unit, a.Indicator = "P", fmt.Sprintf("I%d", n)
		d.Achievements = append(d.Achievements, a)
		d.Indicators = append(d.Indicators, pipeline.Indicator{Code: a.Indicator, Name: fmt.Sprintf("Chỉ tiêu %d", n), Better: better})
	}
	d.Scores = tallied(d)
	return d
}

// TestBlankTargets has a half-year in which the yearly form is not due: its
// targets are neither met nor missed.
func TestBlankTargets(t *testing.T) {
	t.Parallel()
	blank := reports.Achievement{Target: dec("10"), Expected: dec("5"), Status: "no_data"}
	d := lone(pipeline.BetterUp, blank, blank, reports.Achievement{YTD: dec("3"), Status: "no_target"})
	const want = "hưa có số liệu cho 2 chỉ tiêu có kế hoạch"
	var index bytes.Buffer
	if err := WriteIndex(&index, Index{Entries: []Entry{EntryOf(d)}}, language(t, "vi")); err != nil {
		t.Fatal(err)
	}
	for name, html := range map[string]string{"page": rendered(t, d, "vi", withLibrary()), "index": index.String()} {
		text := marking.ReplaceAllString(html, "")
		if !strings.Contains(text, want) {
			t.Errorf("%s does not say %q", name, want)
		}
		for _, bad := range []string{"0/2", "không chỉ tiêu nào chậm", "2/2"} {
			if strings.Contains(text, bad) {
				t.Errorf("%s says %q of targets without data", name, bad)
			}
		}
	}
}

func TestIndexHeadline(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name  string
		entry Entry
		want  string
	}{
		{"all with data", Entry{Met: 3, Targets: 8}, "3/8 chỉ tiêu đạt"},
		{"some without", Entry{Met: 3, Targets: 8, NoData: 2}, "3/8 chỉ tiêu đạt, 2 chưa có số liệu"},
		{"all without", Entry{Targets: 8, NoData: 8}, "chưa có số liệu cho 8 chỉ tiêu có kế hoạch"},
		{"no targets", Entry{}, "chưa giao chỉ tiêu"},
	} {
		if got := newEntryView(tt.entry, language(t, "vi")).Headline; got != tt.want {
			t.Errorf("%s: headline = %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestOverTheLimit(t *testing.T) {
	t.Parallel()
	over := reports.Achievement{YTD: dec("52"), Target: dec("20"), Rate: dec("2.6"), Expected: dec("10"), Pace: dec("5.2"), Status: "not_met"}
	within := reports.Achievement{YTD: dec("3"), Target: dec("20"), Rate: dec("0.15"), Expected: dec("10"), Pace: dec("0.3"), Status: "met"}
	d := lone(pipeline.BetterDown, over, within)
	c := newComposer(d, language(t, "vi"))
	if diff := cmp.Diff(tally{Met: 1, Over: 1}, c.tally("P")); diff != "" {
		t.Errorf("tally mismatch (-want +got):\n%s", diff)
	}
	text := marking.ReplaceAllString(rendered(t, d, "vi", withLibrary()), "")
	for _, want := range []string{"1 chỉ tiêu vượt mức cho phép", "Vượt mức cho phép: Chỉ tiêu 0 (52, mức cho phép 20).", "trong mức cho phép"} {
		if !strings.Contains(text, want) {
			t.Errorf("page does not say %q", want)
		}
	}
	if strings.Contains(text, "1 chỉ tiêu chậm tiến độ") || strings.Contains(text, "▼") {
		t.Error("an indicator over its limit is called behind")
	}
}

func TestPageSaysWhatRatesRestOn(t *testing.T) {
	t.Parallel()
	page := rendered(t, sample(), "vi", withLibrary())
	const basis = "tính trên 5 đơn vị được giao: 5.024/6.050"
	// The chart's tooltip, its table, the table of indicators and the data of the figure.
	if n := strings.Count(page, basis); n != 4 {
		t.Errorf("page says %q %d times, want 4", basis, n)
	}
	for _, want := range []string{
		basis + "; 16/16 đơn vị, 14 đủ báo cáo", `16/16<small class="whole">14 đủ báo cáo</small>`, "(16/16 đơn vị, 14 đủ báo cáo)",
		"không hoạt động tại ngày chốt số liệu",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("page does not say %q", want)
		}
	}
}

// What runs stands apart from what is over, and a span of years after the year
// that it ends with.
func TestIndexOrder(t *testing.T) {
	t.Parallel()
	x := Index{Today: pipeline.Day(2026, 4, 10)}
	for _, code := range []string{"2026", "2026-H1", "2026-Q1", "2025", "2024..2025", "2025-9M"} {
		p, err := pipeline.ParsePeriod(code)
		if err != nil {
			t.Fatal(err)
		}
		ends := map[string]time.Time{"2026": pipeline.Day(2026, 11, 30), "2026-H1": pipeline.Day(2026, 5, 31), "2026-Q1": pipeline.Day(2026, 2, 28)}
		x.Entries = append(x.Entries, Entry{Code: code, Period: p, CutOff: ends[code]})
	}
	view, err := composeIndex(x, language(t, "vi"))
	if err != nil {
		t.Fatal(err)
	}
	got := []string{view.Newest.Folder}
	for _, list := range [][]entryView{view.Running, view.Earlier} {
		got = append(got, "|")
		for _, e := range list {
			got = append(got, e.Folder)
		}
	}
	want := []string{"2026-Q1", "|", "2026", "2026-H1", "|", "2025", "2024..2025", "2025-9M"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("order mismatch (-want +got):\n%s", diff)
	}
}

// A period that still goes on says so, and speaks of no time that is over.
func TestRunningPeriod(t *testing.T) {
	t.Parallel()
	d := sample()
	d.Stamp.Elapsed = 1
	over := marking.ReplaceAllString(rendered(t, d, "vi", bare()), "")
	d.Stamp.AsOf = d.Stamp.Window.End.AddDate(0, 0, -10)
	text := marking.ReplaceAllString(rendered(t, d, "vi", bare()), "")
	for _, tt := range []struct {
		text            string
		running, isOver bool
	}{
		{"Kỳ này đang chạy, chốt số liệu ngày 31/05/2026. Số liệu đến ngày 21/05/2026 chưa phải kết quả cả kỳ.", true, false},
		{"Kỳ còn chạy đến 31/05/2026; mức cần đạt tính đến ngày đó.", true, false},
		{"Đã hết thời gian thực hiện", false, true},
		{"2 đơn vị quá hạn chưa gửi đủ báo cáo", false, true},
		{"2 đơn vị còn báo cáo chưa đến hạn", true, false},
	} {
		if got := strings.Contains(text, tt.text); got != tt.running {
			t.Errorf("a running period says %q: %v, want %v", tt.text, got, tt.running)
		}
		if got := strings.Contains(over, tt.text); got != tt.isOver {
			t.Errorf("a period that is over says %q: %v, want %v", tt.text, got, tt.isOver)
		}
	}
}

// Where only a root has targets there is nothing to set units beside each other by.
func TestRootsAlone(t *testing.T) {
	t.Parallel()
	d := lacking()
	for n := range d.Achievements[1:] {
		d.Achievements[n+1].Target, d.Achievements[n+1].Status = nil, "no_target"
	}
	view := newComposer(d, language(t, "vi")).heat()
	if len(view.Rows) > 0 || view.Title != "Chưa đơn vị nào được giao kế hoạch." {
		t.Errorf("%d rows under %q", len(view.Rows), view.Title)
	}
	if rows := newComposer(lacking(), language(t, "vi")).heat().Rows; len(rows) != 4 {
		t.Errorf("%d rows where units have targets, want 4", len(rows))
	}
}

func TestManyUnitsBegan(t *testing.T) {
	t.Parallel()
	d := sample()
	day := pipeline.Day(2025, 12, 31)
	for _, u := range d.Units[1:4] {
		d.Breaks = append(d.Breaks, reports.Break{Unit: u.Code, Kind: "began", On: day, Became: u.Code})
	}
	d.Breaks = append(d.Breaks, reports.Break{Unit: "H05", Kind: "began", On: day.AddDate(0, 0, 1), Became: "H05"})
	want := []string{
		"3 đơn vị bắt đầu có trong danh mục sau ngày 31/12/2025: so sánh với cùng kỳ cần thận trọng.",
		"LĐLĐ huyện Kế Sách bắt đầu hoạt động sau ngày 01/01/2026",
	}
	if diff := cmp.Diff(want, newComposer(d, language(t, "vi")).breaks()); diff != "" {
		t.Errorf("breaks mismatch (-want +got):\n%s", diff)
	}
}
