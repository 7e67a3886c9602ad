package form

import (
	"strings"
	"testing"
)

func TestReadLabel(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text  string
		key   string
		level level
	}{
		{"Tổng số", "tong so", noLevel},
		{"I. Tình hình", "tinh hinh", roman},
		{"II/ Tình hình", "tinh hinh", roman},
		{"IV- Tình hình", "tinh hinh", roman},
		{"III Tình hình", "tinh hinh", roman},
		{"I.Tình hình", "tinh hinh", roman},
		{"A- SỐ LIỆU", "so lieu", letter},
		{"B. Số liệu", "so lieu", letter},
		{"1. Lao động", "lao dong", number},
		{"1.Lao động", "lao dong", number},
		{"1) Lao động", "lao dong", number},
		{"(1) Lao động", "lao dong", number},
		{"1/ Lao động", "lao dong", number},
		{"1 - Lao động", "lao dong", number},
		{"1.1 Lao động", "lao dong", number},
		{"1.1. Lao động", "lao dong", number},
		{"a) Nam", "nam", small},
		{"đ) Nam", "nam", small},
		{"- Trong đó :  nữ", "trong do:nu", dash},
		{"        + Số người", "so nguoi", plus},
		{"• Nam", "nam", dash},
		{"1. - Nam", "nam", dash},
		{"12", "", number},
		{"1.1", "", number},
		{"I", "", roman},
		{"-", "", dash},
		{"12 tháng", "12 thang", noLevel},
		{"1.250 cuộc", "1.250 cuoc", noLevel},
		{"6-12 tuổi", "6-12 tuoi", noLevel},
		{"1/5", "1/5", noLevel},
		{"2014", "2014", noLevel},
		{"-5", "5", noLevel}, // the bullet goes in folding
		{"H. Kế Sách", "h.ke sach", noLevel},
		{"X. An Hiệp", "x.an hiep", noLevel},
		{"K-pop", "k-pop", noLevel},
		{"", "", noLevel},
	}
	for _, tt := range tests {
		if got := readLabel(tt.text); got.key != tt.key || got.level != tt.level {
			t.Errorf("readLabel(%q) = %q level %d, want %q level %d", tt.text, got.key, got.level, tt.key, tt.level)
		}
	}
	if got := readLabel("    nữ"); got.indent != 4 {
		t.Errorf("indent = %d, want 4", got.indent)
	}
}

func FuzzReadLabel(f *testing.F) {
	for _, seed := range []string{"I. a", "1.1.1. -", "(", "(1", "+", "−1", "\u00a0-", strings.Repeat("1.", 600), "a)\xff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		l := readLabel(text)
		if l.indent < 0 || len(l.key) > 4*maxLabel {
			t.Errorf("readLabel(%q) = %+v", text, l)
		}
	})
}

func TestLongestRise(t *testing.T) {
	t.Parallel()
	tests := []struct {
		values []int
		kept   int
	}{{nil, 0}, {[]int{1, 2, 3}, 3}, {[]int{3, 1, 2}, 2}, {[]int{5, 6, 1, 2, 3}, 3}, {[]int{3, 2, 1}, 1}}
	for _, tt := range tests {
		last, n := -1, 0
		for i, kept := range longestRise(tt.values) {
			if !kept {
				continue
			}
			if n++; tt.values[i] <= last {
				t.Errorf("longestRise(%v) is not rising", tt.values)
			}
			last = tt.values[i]
		}
		if n != tt.kept {
			t.Errorf("longestRise(%v) keeps %d, want %d", tt.values, n, tt.kept)
		}
	}
}
