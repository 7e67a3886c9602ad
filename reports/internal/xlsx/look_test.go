package xlsx_test

import (
	"os"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"tonghop/reports/internal/xlsx"
	"tonghop/reports/look"
)

// The colours of figures are those of the pages.
func TestPalette(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../../page/template/page.css")
	if err != nil {
		t.Fatal(err)
	}
	style := strings.ToUpper(look.Base + string(page))
	for name, color := range map[string]string{
		"ink": xlsx.Ink, "on-met": "FFF", "met": xlsx.ToneMet, "pace": xlsx.TonePace, "behind": xlsx.ToneBehind, "over": xlsx.ToneOver, "zero": xlsx.ToneZero,
		"b75": xlsx.Tone75, "b50": xlsx.Tone50, "b25": xlsx.Tone25, "b0": xlsx.Tone0, "notice": xlsx.ToneNotice, "behind-ink": xlsx.InkBehind, "muted": xlsx.InkMuted, "link": xlsx.InkLink,
	} {
		if want := strings.ToUpper("--" + name + ": #" + color + ";"); !strings.Contains(style, want) {
			t.Errorf("the pages have no %s", want)
		}
	}
}

func TestFree(t *testing.T) {
	t.Parallel()
	book := xlsx.NewBook(excelize.NewFile())
	for _, tt := range []struct{ name, want string }{
		{"Lớp [A]/B:C*?\\", "Lớp (A)-B C  -"},
		{"sheet1", "sheet1 (2)"},
		{strings.Repeat("ắ", 40), strings.Repeat("ắ", 30) + "…"},
	} {
		if got := book.Free(tt.name); got != tt.want {
			t.Errorf("Free(%q) = %q, want %q", tt.name, got, tt.want)
		}
	}
}
