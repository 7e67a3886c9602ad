package page

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tonghop/reports"
)

func TestRanking(t *testing.T) {
	t.Parallel()
	d := &reports.Dataset{
		Units: []reports.Unit{
			{Code: "P", Name: "Tỉnh", Kind: "province"},
			{Code: "A", Name: "A", Kind: "district", Parent: "P", Level: 1}, {Code: "B", Name: "B", Kind: "district", Parent: "P", Level: 1},
			{Code: "C", Name: "C", Kind: "district", Parent: "P", Level: 1}, {Code: "D", Name: "D", Kind: "district", Parent: "P", Level: 1},
			{Code: "Z", Name: "Z", Kind: "zone", Parent: "P", Level: 1}, {Code: "X", Name: "X", Kind: "sector", Parent: "P", Level: 1},
		},
		Scores: []reports.Score{
			{Unit: "P", Score: dec("70"), MaxScore: dec("100"), Rank: 1, RankOf: 1},
			{Unit: "B", Score: dec("90"), MaxScore: dec("100"), Share: dec("0.9"), Grade: "Tốt", Rank: 1, RankOf: 3, PreviousRank: 3, Met: 2, Targets: 3},
			{Unit: "A", Score: dec("40"), MaxScore: dec("87.5"), Share: dec("0.457142857"), Rank: 2, RankOf: 3, PreviousRank: 1},
			{Unit: "C", Score: dec("0"), MaxScore: dec("100"), Share: dec("0"), Rank: 3, RankOf: 3},
			{Unit: "D", MaxScore: dec("100")},
			{Unit: "Z", Score: dec("12.345"), MaxScore: dec("100"), Share: dec("1.5"), Rank: 1, RankOf: 1},
			{Unit: "X", MaxScore: dec("100")},
		},
	}
	view := newComposer(d, language(t, "vi")).ranking()
	var got []string
	for _, g := range view.Groups {
		got = append(got, g.Table)
		for _, r := range g.Rows {
			got = append(got, strings.Join([]string{r.Name, r.Rank, r.Score, r.Share, r.Moved, r.Change}, "|"))
		}
	}
	want := []string{
		"Xếp hạng 4 đơn vị cùng loại",
		"B|1/3|90,00/100|0.9|up|lên 2 bậc (từ hạng 3)",
		"A|2/3|40,00/87,50|0.4571|down|xuống 1 bậc (từ hạng 1)",
		"C|3/3|0,00/100|0||",
		"D||chưa có số liệu|0||",
		"Đơn vị không có đơn vị cùng loại để xếp hạng",
		"Z||12,35/100|1||", // a bar is never wider than its cell
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("ranking mismatch (-want +got):\n%s", diff)
	}
	if want := "B đứng đầu 4 đơn vị cùng loại: 90,00/100 điểm, lên 2 bậc (từ hạng 3) so với cùng kỳ"; view.Title != want {
		t.Errorf("title = %q, want %q", view.Title, want)
	}
}

func TestRankingTitle(t *testing.T) {
	t.Parallel()
	c := newComposer(&reports.Dataset{}, language(t, "vi"))
	row := func(name string, rank int, score string) rankRow {
		return rankRow{Name: name, Score: score, score: reports.Score{Rank: rank, Score: dec(score)}}
	}
	for _, tt := range []struct {
		name string
		rows []rankRow
		want string
	}{
		{"one leads", []rankRow{row("A", 1, "9"), row("B", 2, "8")}, "A đứng đầu 2 đơn vị cùng loại: 9 điểm"},
		{"several lead", []rankRow{row("A", 1, "9"), row("B", 1, "9")}, "2 đơn vị cùng đứng đầu: 9 điểm"},
		{"nobody has a point", []rankRow{row("A", 1, "0"), row("B", 1, "0")}, "Điểm và xếp loại của từng đơn vị"},
		{"nobody to compare with", []rankRow{row("A", 1, "9")}, "Điểm và xếp loại của từng đơn vị"},
	} {
		if got := c.rankTitle([]rankGroup{{Rows: tt.rows}}); got != tt.want {
			t.Errorf("%s: title = %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestNoRankingWithoutScores(t *testing.T) {
	t.Parallel()
	d := miniature()
	d.Scores = tallied(d)
	if page := rendered(t, d, "vi", bare()); strings.Contains(page, `id="ranking"`) || strings.Contains(page, "#ranking") {
		t.Error("there is a ranking where nothing is scored")
	}
}
