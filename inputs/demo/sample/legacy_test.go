package sample

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestEncode(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name             string
		charset          charset
		text, want, font string
	}{
		{"TCVN3", tcvn3(), "Báo cáo", "B¸o c¸o", ".VnTime"},
		{"TCVN3 letter on the soft hyphen", tcvn3(), "người", "ng\u00adêi", ".VnTime"},
		{"TCVN3 capitals by font", tcvn3(), "ĐỘC LẬP", "®éc lËp", ".VnTimeH"},
		{"TCVN3 capital with a tone mark is small", tcvn3(), "Ủy ban", "ñy ban", ".VnTime"},
		{"VNI", vni(), "Tổng số người", "Toång soá ngöôøi", "VNI-Times"},
		{"VNI capitals", vni(), "CỘNG HÒA", "COÄNG HOØA", "VNI-Times"},
		{"figures and signs", vni(), "12.066 (%)", "12.066 (%)", "VNI-Times"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, font := tt.charset.encode(tt.text)
			if diff := cmp.Diff([]string{tt.want, tt.font}, []string{got, font}); diff != "" {
				t.Errorf("encode(%q) mismatch (-want +got):\n%s", tt.text, diff)
			}
		})
	}
}
