package intake_test

import (
	"testing"

	"tonghop/pipeline"
	"tonghop/pipeline/intake"
)

// Whatever the text, the periods found in it are periods: their codes read back as
// what they are.
func FuzzPeriodsIn(f *testing.F) {
	for _, text := range []string{
		"Quý I năm 2026", "Quý 1/2026", "6 tháng đầu năm 2026", "9M 2026", "Giai đoạn 2013-2015", "năm 2026 tháng 3", "2026-01..05", "Quý IIII/99999999999",
		"số liệu tính đến 31/5/2015", "tháng 13 năm 0", "quy 1 quy 2 nam 2026",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		all, _ := intake.PeriodsIn(text)
		for _, p := range all {
			if again, err := pipeline.ParsePeriod(p.String()); err != nil || again != p {
				t.Errorf("%q gives %v, whose code %q reads as %v (%v)", text, p, p.String(), again, err)
			}
		}
	})
}
