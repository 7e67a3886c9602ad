package catalogue_test

import (
	"math/rand/v2"
	"testing"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/workbook"
)

// FuzzLoad sets random cells of the good catalogue to random content; the text
// is the fuzzer's. Load must come back, and twice with the same findings.
func FuzzLoad(f *testing.F) {
	f.Add(uint64(1), "H01")
	f.Add(uint64(2), "CM00+CM01;|+")
	f.Add(uint64(3), "=cmd|' /C calc'!A0")
	f.Add(uint64(4), "99999999999999999999999999999")
	f.Fuzz(func(t *testing.T, seed uint64, text string) {
		random := rand.New(rand.NewPCG(seed, 0))
		b := book(good())
		for range 1 + random.IntN(40) {
			sheet := &b.Sheets[random.IntN(len(b.Sheets))]
			cell := &sheet.Cells[random.IntN(len(sheet.Cells))]
			cell.Type = workbook.Type(1 + random.IntN(5))
			cell.Value = [...]string{text, "H01", "CM00", "-1", "1e9", "2015-01-01", "code", "", "70%"}[random.IntN(9)]
			cell.Uncalculated = random.IntN(10) == 0
			if random.IntN(4) == 0 {
				cell.Row, cell.Col = random.IntN(50), random.IntN(20)
			}
		}
		_, first := catalogue.Load(b)
		_, second := catalogue.Load(b)
		if len(first) != len(second) {
			t.Errorf("%d findings, then %d", len(first), len(second))
		}
	})
}
