package workbook

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestDecodeTogether(t *testing.T) {
	t.Parallel()
	cell := func(font, raw, value string) Cell { return Cell{Type: Text, Font: font, Raw: raw, Value: value} }
	book := Book{Sheets: []Sheet{{Cells: []Cell{
		cell("Arial", "Sè líp tËp huÊn", "Sè líp tËp huÊn"), // decides nothing alone
		cell("Arial", "B¸o c¸o tæng hîp", "Báo cáo tổng hợp"),
		cell("Arial", "§éc lËp", "Độc lập"),
		cell("Arial", "C«ng ®oµn c¬ së", "Công đoàn cơ sở"),
		cell("Calibri", "Sè", "Sè"), // another font is another matter
		{Type: Number, Font: "Arial", Raw: "12", Value: "12"},
	}}}}
	book.decodeTogether()
	var got []string
	for _, c := range book.Sheets[0].Cells {
		got = append(got, c.Value)
	}
	want := []string{"Số lớp tập huấn", "Báo cáo tổng hợp", "Độc lập", "Công đoàn cơ sở", "Sè", "12"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("mismatch (-want +got):\n%s", diff)
	}
}
