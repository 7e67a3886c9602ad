package vntext

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTogether(t *testing.T) {
	t.Parallel()
	proof := []string{"B¸o c¸o tæng hîp", "§éc lËp", "C«ng ®oµn c¬ së", "12"}
	vniProof := []string{"Coäng hoøa", "Toång soá", "Ñoäc laäp"}
	tests := []struct {
		name  string
		texts []string
		want  []string // nil: they don't agree
	}{
		{"a short word beside TCVN3", append([]string{"Sè líp tËp huÊn", "Tæng sè"}, proof...), []string{"Số lớp tập huấn", "Tổng số", "Báo cáo tổng hợp", "Độc lập", "Công đoàn cơ sở", "12"}},
		{"a short word beside VNI", append([]string{"Soá"}, vniProof...), []string{"Số", "Cộng hòa", "Tổng số", "Độc lập"}},
		{"too little proof", []string{"Tæng sè", "§éc lËp"}, nil},
		{"Unicode among them", append([]string{"Tæng sè", "Tổng số"}, proof...), nil},
		{"both charsets", append(append([]string{}, proof...), vniProof...), nil},
		{"none", []string{"Total", "São Paulo", "Müller"}, nil},
		{"a foreign name stays", append([]string{"Müller"}, proof...), []string{"Müller", "Báo cáo tổng hợp", "Độc lập", "Công đoàn cơ sở", "12"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, ok := Together(tt.texts)
			if ok != (tt.want != nil) {
				t.Fatalf("Together agreed %t, want %t: %q", ok, tt.want != nil, got)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("mismatch (-want +got):\n%s", diff)
			}
		})
	}
}
