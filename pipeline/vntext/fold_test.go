package vntext

import (
	"testing"

	"golang.org/x/text/unicode/norm"
)

func TestFold(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, in, want string }{
		{"empty", "", ""},
		{"diacritics", "Tổng số lao động", "tong so lao dong"},
		{"đ and its look-alike", "Đơn vị, Ðơn vị", "don vi, don vi"},
		{"decomposed", norm.NFD.String("Tổng số"), "tong so"},
		{"tone placement", "hoà hòa thuý thúy", "hoa hoa thuy thuy"},
		{"i and y", "kĩ kỹ lí lý tỉ tỷ sĩ sỹ quý quí Mỹ Tú", "ki ki li li ti ti si si qui qui mi tu"},
		{"y that is no i", "tay máy ngày thúy yêu ý kiến y tế", "tay may ngay thuy yeu y kien y te"},
		{"blanks", "  Tổng \t số\u00a0 lao\n động\u3000", "tong so lao dong"},
		{"invisible", "Tổng\u200b s\u00adố\ufeff", "tong so"},
		{"bullets", "- Trong đó", "trong do"},
		{"bullets and blanks", "        + Số người được tính", "so nguoi duoc tinh"},
		{"all kinds of bullets", "• – * _ Nữ", "nu"},
		{"only a bullet", "-", ""},
		{"colon", "Đơn vị báo cáo :", "don vi bao cao"},
		{"dotted line", "Đơn vị: .........", "don vi"},
		{"ellipsis", "NĂM …", "nam"},
		{"line to fill in", "Kỳ báo cáo: ______", "ki bao cao"},
		{"blanks about a colon", "- Trong đó :  nữ", "trong do: nu"},
		{"no blank after a comma", "cao đẳng,trung cấp", "cao dang, trung cap"},
		{"blank before a comma", "cao đẳng , trung cấp", "cao dang, trung cap"},
		{"blanks in brackets", "( Ký , ghi rõ họ tên )", "(ki, ghi ro ho ten)"},
		{"blanks about a slash", "tiến sĩ / thạc sĩ", "tien si/thac si"},
		{"ordinals stay", "1. Lao động", "1. lao dong"},
		{"roman ordinals stay", "I. Tình hình lao động", "i. tinh hinh lao dong"},
		{"codes", "MẪU SỐ 2-HĐCĐ", "mau so 2-hdcd"},
		{"dashes", "2013 – 2015", "2013 - 2015"},
		{"quotes", "“Lao động giỏi”", `"lao dong gioi"`},
		{"full width", "Ｑuý １：", "qui 1"},
		{"other languages", "Curaçao Müller", "curacao muller"},
		{"number stays", "Năm 2015", "nam 2015"},
		{"time stays", "10:30", "10:30"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := Fold(tt.in)
			if got != tt.want {
				t.Errorf("Fold(%q) = %q, want %q", tt.in, got, tt.want)
			}
			if again := Fold(got); again != got {
				t.Errorf("Fold(%q) = %q, want it unchanged", got, again)
			}
		})
	}
}

func TestFoldAccents(t *testing.T) {
	t.Parallel()
	same := [][2]string{
		{"LĐLĐ huyện Thạnh Trị", "lđlđ  HUYỆN THẠNH TRỊ"},
		{"Thanh Hóa", "Thanh Hoá"},
		{"Hoè", "Hòe"},
		{"Thúy", "Thuý"},
		{"Uỷ ban", "Ủy ban"},
		{"Quý", "Quí"},
		{"Quý", "Qúy"},
		{"giá", "gía"},
		{"quá", "qúa"},
		{"gioá", "gíoa"},
		{"Mỹ Tú", "Mĩ Tú"},
		{"Đắk Lắk", "Ðắk Lắk"},
		{"Trần Đề", norm.NFD.String("Trần Đề")},
		{"toàn", "tòan"},
	}
	for _, pair := range same {
		if a, b := FoldAccents(pair[0]), FoldAccents(pair[1]); a != b {
			t.Errorf("FoldAccents(%q) = %q, but FoldAccents(%q) = %q", pair[0], a, pair[1], b)
		}
	}
	different := [][2]string{
		{"Thạnh Trị", "Thanh Trì"}, {"Long Phú", "Long Phu"}, {"Mỹ Xuyên", "My Xuyen"},
		{"mùa", "mua"}, {"Châu Thành", "Châu Thanh"}, {"Đông", "Dông"}, {"tay", "tai"},
	}
	for _, pair := range different {
		if a, b := FoldAccents(pair[0]), FoldAccents(pair[1]); a == b {
			t.Errorf("FoldAccents(%q) = FoldAccents(%q) = %q", pair[0], pair[1], a)
		}
	}
}

func FuzzFold(f *testing.F) {
	for _, seed := range []string{"- Trong đó :  nữ", "Quý", "qúya gióa", "１．Ｌ", "a ,b( c )/ d", "…:._", "y\u0301q u", "İ ẞ ㎏"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for name, fold := range map[string]func(string) string{"Fold": Fold, "FoldAccents": FoldAccents} {
			once := fold(s)
			if twice := fold(once); twice != once {
				t.Errorf("%s(%q) = %q, twice %q", name, s, once, twice)
			}
		}
	})
}

func BenchmarkFold(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Fold("    - Trong đó : số người được đào tạo, nâng cao trình độ …")
	}
}
