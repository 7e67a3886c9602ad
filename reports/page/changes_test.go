package page

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"tonghop/reports"
)

// Changes stand by what caused them; of an indicator, figures that changed alike
// stand in one line.
func TestChanges(t *testing.T) {
	t.Parallel()
	d := miniature()
	d.Restatements = []reports.Restatement{
		{Unit: "H07", Indicator: "DV02", Figure: "actual", Old: dec("121"), New: dec("212"), File: "a.xlsx"},
		{Unit: "H07", Indicator: "DV02", Figure: "ytd", Old: dec("121"), New: dec("212"), File: "a.xlsx"},
		{Unit: "H07", Indicator: "DV02", Figure: "rate", Old: dec("0.5"), New: dec("0.75"), File: "a.xlsx"},
		{Unit: "H05", Indicator: "DV02", Figure: "ytd", New: dec("7"), File: "b.xlsx"},
		{Unit: "H05", Indicator: "DV02", Figure: "target", Old: dec("9"), New: dec("8")},
	}
	view := newComposer(d, language(t, "vi")).changes()
	var got []string
	for _, cause := range view.Causes {
		for _, row := range cause.Rows {
			got = append(got, cause.File+": "+row.Unit+", "+row.Figure+", "+row.Old.Text+" → "+row.New.Text)
		}
	}
	want := []string{
		"a.xlsx: LĐLĐ huyện Mỹ Xuyên, kỳ này, lũy kế, 121 → 212",
		"a.xlsx: LĐLĐ huyện Mỹ Xuyên, tỷ lệ, 50,0% → 75,0%",
		"b.xlsx: LĐLĐ huyện Kế Sách, lũy kế, chưa có số liệu → 7",
		": LĐLĐ huyện Kế Sách, kế hoạch, 9 → 8",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("changes mismatch (-want +got):\n%s", diff)
	}
	if view.Title != "5 số liệu đã phát hành được sửa lại" {
		t.Errorf("title %q does not count all", view.Title)
	}
}
