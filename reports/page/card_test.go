package page

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tonghop/pipeline"
	"tonghop/reports"
)

func TestCard(t *testing.T) {
	t.Parallel()
	d := lacking()
	d.Stamp.AsOf = time.Date(2026, 10, 5, 9, 0, 0, 0, time.UTC)
	d.Scores = []reports.Score{{Unit: "A", Score: dec("66.6"), MaxScore: dec("100"), Grade: "Khá", Rank: 2, RankOf: 3, PreviousRank: 1}}
	d.Achievements[1].Rank, d.Achievements[1].RankOf = 2, 3
	d.Reporting = []reports.Reporting{
		{Unit: "A", Form: "F", Period: "2026-Q3", Due: pipeline.Day(2026, 10, 4), State: "missing", Refused: 1},
		{Unit: "A", Form: "G", Period: "2026-Q3", Due: pipeline.Day(2026, 10, 5), State: "missing"},
		{Unit: "B", Form: "G", Period: "2026-Q3", Due: pipeline.Day(2026, 10, 5), State: "missing"},
		{Unit: "C", Form: "G", Period: "2026-Q3", Due: pipeline.Day(2026, 10, 5), State: "on_time", Received: d.Stamp.AsOf},
	}
	d.Submissions = []reports.Submission{{Unit: "A", File: "A/bao cao.xlsx", Status: "refused", FirstSeen: d.Stamp.AsOf, Errors: 2}}
	c := newComposer(d, language(t, "vi"))
	cards := c.unitsData()
	for n, want := range map[int]string{
		1: "0/1 chỉ tiêu đạt kế hoạch; 1 chỉ tiêu chậm tiến độ; xếp hạng 2/3; 1 báo cáo quá hạn chưa gửi",
		2: "0/1 chỉ tiêu đạt kế hoạch; 1 chỉ tiêu chậm tiến độ; 1 báo cáo chưa đến hạn",
		3: "1/1 chỉ tiêu đạt kế hoạch; không chỉ tiêu nào chậm tiến độ; đã gửi đủ báo cáo",
	} {
		if cards[n].Lead != want {
			t.Errorf("card %d leads with %q, want %q", n, cards[n].Lead, want)
		}
	}
	text, err := json.Marshal([]any{cards[1].Score, cards[1].Rank, cards[1].Change, cards[1].Reports, cards[1].Files, cards[1].Figures})
	if err != nil {
		t.Fatal(err)
	}
	want := `["66,60/100","2/3","xuống 1 bậc (từ hạng 1)",` +
		`[["F","Quý III năm 2026","missing","quá hạn","hạn 04/10/2026, 1 tệp bị trả lại"],["G","Quý III năm 2026","pending","chưa đến hạn","hạn 05/10/2026"]],` +
		`[["A/bao cao.xlsx","trả lại đơn vị","09:00 05/10/2026","2 lỗi, 0 cảnh báo"]],` +
		`[[0,"8","66,6%","12","behind","",66.6,0,"","2/3","","26,7%"]]]`
	if diff := cmp.Diff(want, string(text)); diff != "" {
		t.Errorf("card mismatch (-want +got):\n%s", diff)
	}
}

// TestLargePage bounds what the page weighs with 200 units and 60 indicators: a
// small office PC must open it.
func TestLargePage(t *testing.T) {
	t.Parallel()
	page := rendered(t, large(), "vi", bare())
	_, rest, _ := strings.Cut(page, `id="data">`)
	data, _, _ := strings.Cut(rest, "</script>")
	elements := strings.Count(page, "<") - strings.Count(page, "</") - strings.Count(data, "<")
	const kilobyte = 1 << 10
	for _, tt := range []struct {
		what      string
		got, most int
	}{
		{"bytes of markup", len(page) - len(data), 1000 * kilobyte},
		{"bytes of data", len(data), 2000 * kilobyte},
		{"elements", elements, 22000},
	} {
		if tt.got > tt.most {
			t.Errorf("%d %s, want at most %d", tt.got, tt.what, tt.most)
		}
	}
	if figures := fmt.Sprint(strings.Count(page, `<td class="b`)); figures == "0" {
		t.Error("no figure stands in the table of units")
	}
}
