package vntext

import (
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"tonghop/pipeline"
)

func TestDecode(t *testing.T) {
	t.Parallel()
	one := func(font, text string) []Run { return []Run{{text, font}} }
	tests := []struct {
		name string
		runs []Run
		want string
	}{
		{"no runs", nil, ""},
		{"ascii", one("", "Tong so"), "Tong so"},
		{"unicode", one("Times New Roman", "Liên đoàn Lao động tỉnh"), "Liên đoàn Lao động tỉnh"},
		{"unicode within Latin-1", one("Arial", "Thanh Hoá, Toà nhà, Thái Bình"), "Thanh Hoá, Toà nhà, Thái Bình"},

		{"tcvn3", one(".VnTime", "B¸o c¸o"), "Báo cáo"},
		{"tcvn3 without marks", one(".VnArial", "Tæng sè"), "Tổng số"},
		{"tcvn3 motto", one(".vntime", "§éc lËp - Tù do - H¹nh phóc"), "Độc lập - Tự do - Hạnh phúc"},
		{"tcvn3 rate", one(".VnTime", "tû lÖ"), "tỷ lệ"},
		{"soft hyphen is a letter", one(".VnTime", "l\u00adîng, n\u00adíc"), "lượng, nước"},
		{"capitals font", one(".VnTimeH", "§Çu t\u00ad"), "ĐẦU TƯ"},
		{"capitals font in small letters", one(".VnTimeh", "tæng sè"), "TỔNG SỐ"},
		{"capitals font over unicode", one(".VnTimeH", "Tổng số"), "Tổng số"},
		{"capitals typed in the plain font", one(".VnTime", "TæNG"), "TổNG"},
		{"word split over runs", []Run{{"¦", ".VnArial"}, {"íc tÝnh ", ".VnTime"}, {"n¨m", ".VnTime"}}, "Ước tính năm"},
		{"capitals beside small letters", []Run{{"c", ".VnTimeH"}, {"¸n bé", ".VnTime"}}, "Cán bộ"},

		{"vni", one("VNI-Times", "Coäng hoøa"), "Cộng hòa"},
		{"vni in small letters", one("vni-times", "Toång soá"), "Tổng số"},
		{"vni capitals", one("VNI-Times", "ÑOÄC LAÄP"), "ĐỘC LẬP"},
		{"vni capital base, small mark", one("VNI-Times", "Uûy ban"), "Ủy ban"},
		{"vni yï beside î", one("VNI-Times", "kyï, kî"), "kỵ, kỵ"},
		{"vni mark in the next run", []Run{{"To", "VNI-Times"}, {"å", "VNI-Helve"}, {"ng", "VNI-Times"}}, "Tổng"},
		{"two encodings in a cell", []Run{{"Tæng ", ".VnTime"}, {"soá ", "VNI-Times"}, {"lao động", "Arial"}}, "Tổng số lao động"},

		{"font lies: unicode letters", one(".VnTime", "Tổng mức (Tỷ đồng)"), "Tổng mức (Tỷ đồng)"},
		{"font lies: no unicode letter, no other reading", one(".VnTime", "Bình Phước, Hà Nam"), "Bình Phước, Hà Nam"},
		{"font lies: Latin-1 that is no tcvn3", one(".VnTime", "Hà Nam"), "Hà Nam"},
		{"font lies: vni text", one(".VnTime", "Coäng hoøa xaõ hoäi"), "Cộng hòa xã hội"},
		{"font lies: tcvn3 text", one("VNI-Times", "§éc lËp tù do"), "Độc lập tự do"},
		{"font lies: unicode in vni", one("VNI-Times", "Công ty Thanh Long"), "Công ty Thanh Long"},
		{"mixed in a legacy font", one(".VnArial", "cïng kú năm 2007"), "cùng kỳ năm 2007"},
		{"mixed: capitals amid small letters", one(".VnArial", "Tp Hồ ChÝ Minh"), "Tp Hồ Chí Minh"},
		{"mixed in a word", one(".VnArial", "Đ¬n vị, Ưíc tÝnh"), "Đơn vị, Ước tính"},
		{"mixed without font", one("Arial", "§ồng bằng s«ng Hång, Ủy ban"), "Đồng bằng sông Hồng, Ủy ban"},

		{"tcvn3 without font", one("Arial", "Tæng s¶n phÈm trong n\u00adíc"), "Tổng sản phẩm trong nước"},
		{"tcvn3 without font, one word", one("", "th¸ng"), "tháng"},
		{"vni without font", one("", "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam"), "Cộng hòa xã hội chủ nghĩa Việt Nam"},
		{"vni beside unicode", one("", "Toång kết năm"), "Tổng kết năm"},
		{"ambiguous short word stays", one("Arial", "Céng"), "Céng"},
		{"half converted", one("Times", "đoμn, phong trμo, l−ợng"), "đoàn, phong trào, lượng"},
		{"minus sign in tcvn3", one(".VnTime", "n¨m −5"), "năm −5"},
		{"too few syllables to be sure", one("Arial", "B¸o c¸o cña Müller"), "B¸o c¸o cña Müller"},
		{"a unicode word in proved tcvn3", one(".VnArial", "Ước tÝnh cho đó"), "Ước tính cho đó"},
		{"minus sign stays a minus", one("", "Kết quả −5, Pháp − Anh"), "Kết quả −5, Pháp − Anh"},

		{"icelandic letter", one("", "Ðến năm 2015"), "Đến năm 2015"},
		{"icelandic letter in an abbreviation", one("", "LÐLÐ tỉnh, QÐ"), "LĐLĐ tỉnh, QĐ"},
		{"icelandic letter in tcvn3", one(".VnTime", "ÐÐ kÐm"), "éé kém"},
		{"cyrillic look-alikes", one("", "Số lао động"), "Số lao động"},
		{"another alphabet stays", one("", "СССР Ελλάδα Россия"), "СССР Ελλάδα Россия"},
		{"one repair after another", one("", "LÐLÐ: B¸o c¸o Müller"), "LĐLĐ: Báo cáo Müller"},
		{"decomposed", one("", norm.NFD.String("Tổng số người")), "Tổng số người"},
		{"composed base, combining tone", one("", "Tô\u0309ng sô\u0301"), "Tổng số"},
		{"invisible characters", one("", "Đơn\u200b vị\ufeff b\u034fáo cáo"), "Đơn vị báo cáo"},
		{"lost letters stay lost", one("", "T?ng Liên Ðoàn"), "T?ng Liên Đoàn"},

		{"quotes, marks and formulas stay", one("", "«Quê hương» Samsung® số¹ m² 5×3 § 5 x÷y"), "«Quê hương» Samsung® số¹ m² 5×3 § 5 x÷y"},
		{"other languages stay", one("Calibri", "Curaçao, São Tomé, Citroën, naïve, Müller, señor"), "Curaçao, São Tomé, Citroën, naïve, Müller, señor"},
		{"no letters", one(".VnTime", "… – 12.066"), "… – 12.066"},
		{"broken utf-8", one("", "Tổng \xff số"), "Tổng \ufffd số"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := Decode(tt.runs)
			if got != tt.want {
				t.Errorf("Decode(%q) = %q, want %q", tt.runs, got, tt.want)
			}
			if again := Decode([]Run{{Text: got}}); again != got {
				t.Errorf("Decode of its own output %q = %q", got, again)
			}
		})
	}
}

func TestDecodeAs(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name     string
		encoding pipeline.Encoding
		font     string
		text     string
		want     string
	}{
		{"undecided by itself", pipeline.EncodingTold, "Arial", "Céng", "Céng"},
		{"told to be TCVN3", pipeline.EncodingTCVN3, "Arial", "Céng", "Cộng"},
		{"told to be VNI", pipeline.EncodingVNI, "Arial", "Coäng", "Cộng"},
		{"told to be TCVN3 under a VNI font", pipeline.EncodingTCVN3, "VNI-Times", "tû lÖ", "tỷ lệ"},
		{"capitals font", pipeline.EncodingTCVN3, ".VnTimeH", "céng", "CỘNG"},
		{"unicode letters are never converted", pipeline.EncodingTCVN3, "Arial", "Tổng số người", "Tổng số người"},
		{"Latin-1 that reads as it stands only", pipeline.EncodingTCVN3, "Arial", "Hà Nam", "Hà Nam"},
		{"forbidden under a legacy font", pipeline.EncodingUnicode, ".VnTime", "B¸o c¸o", "B¸o c¸o"},
		{"forbidden without a font", pipeline.EncodingUnicode, "", "Toång soá", "Toång soá"},
		{"forbidden, yet composed and without look-alikes", pipeline.EncodingUnicode, "", "LÐLÐ Tô\u0309ng", "LĐLĐ Tổng"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := DecodeAs(tt.encoding, []Run{{tt.text, tt.font}}); got != tt.want {
				t.Errorf("DecodeAs(%q) = %q, want %q", tt.text, got, tt.want)
			}
		})
	}
}

// TestDecodeEncoded writes Vietnamese in both encodings by the inverse of the
// tables and reads it back.
func TestDecodeEncoded(t *testing.T) {
	t.Parallel()
	texts := []string{
		"Tổng số người được đào tạo, nâng cao trình độ chuyên môn nghiệp vụ",
		"Số lượt người tham gia tuyên truyền, phổ biến giáo dục pháp luật",
		"Kỷ niệm, kỹ năng, quỹ, thuở ấy, khoẻ mạnh, ngoằn ngoèo, quạnh quẽ, chằn, nặng, ẩn, ẵm, ợ",
	}
	pairs := []rune(tcvn3Pairs)
	var toTCVN3 []string
	for i := 0; i < len(pairs); i += 2 {
		toTCVN3 = append(toTCVN3, string(pairs[i+1]), string(pairs[i]))
	}
	for _, text := range texts {
		coded := strings.NewReplacer(toTCVN3...).Replace(text)
		if got := Decode([]Run{{coded, ".VnTime"}}); got != text {
			t.Errorf("Decode(%q) = %q, want %q", coded, got, text)
		}
		coded = vniCoded(text)
		if got := Decode([]Run{{coded, "VNI-Times"}}); got != text {
			t.Errorf("Decode(%q) = %q, want %q", coded, got, text)
		}
		if got := Decode([]Run{{coded, "Arial"}}); got != text {
			t.Errorf("Decode(%q) without its font = %q, want %q", coded, got, text)
		}
	}
}

// vniCoded writes text, in small letters, as VNI does.
func vniCoded(text string) string {
	singles := map[rune]rune{}
	for legacy, letter := range vniLetters {
		singles[letter] = legacy
	}
	var b strings.Builder
	for _, r := range text {
		if legacy, ok := singles[r]; ok {
			b.WriteRune(legacy)
			continue
		}
		b.WriteString(vniLetter(r, singles))
	}
	return b.String()
}

func vniLetter(r rune, singles map[rune]rune) string {
	for _, base := range "aeouyơưi" {
		for mark := 'à'; mark <= 'ü'; mark++ {
			first := base
			if s, ok := singles[base]; ok {
				first = s
			}
			if coded := string(first) + string(mark); decodeVNI(coded) == string(r) {
				return coded
			}
		}
	}
	return string(r)
}

func FuzzDecode(f *testing.F) {
	for _, seed := range []string{"B¸o c¸o", "Coäng hoøa", "Tổng số", "đoμn l−ợng", "LÐLÐ", "so\u0301\u00ad", "Саn bộ", "\xff\u034f"} {
		f.Add(seed, seed, ".VnTimeH")
		f.Add(seed, "x", "VNI-Times")
		f.Add("§", seed, "")
	}
	f.Fuzz(func(t *testing.T, a, b, font string) {
		got := Decode([]Run{{a, font}, {b, ""}})
		if again := Decode([]Run{{Text: got}}); again != got {
			t.Errorf("Decode(%q %q %q) = %q, again %q", a, b, font, got, again)
		}
		if !norm.NFC.IsNormalString(got) {
			t.Errorf("Decode(%q %q %q) = %q is not in composed form", a, b, font, got)
		}
	})
}

// FuzzSound holds the quick look to the thorough one.
func FuzzSound(f *testing.F) {
	f.Add("Số đoàn viên, hoá chất – 5 %")
	f.Add("Toång soá ñoaøn vieân")
	f.Fuzz(func(t *testing.T, text string) {
		if sound(text) && normal(repair(normal(text))) != text {
			t.Errorf("%q is sound but mended to %q", text, normal(repair(normal(text))))
		}
	})
}

func TestDecodeCleanAllocatesNothing(t *testing.T) {
	for _, text := range []string{"Tong so", "Liên đoàn Lao động tỉnh Sóc Trăng", "Hoá chất, toà nhà"} {
		runs := []Run{{text, "Times New Roman"}}
		if n := testing.AllocsPerRun(100, func() { Decode(runs) }); n != 0 {
			t.Errorf("Decode(%q) allocates %v times, want 0", text, n)
		}
	}
}

func BenchmarkDecode(b *testing.B) {
	for name, run := range map[string]Run{
		"ascii":   {"So luong nguoi tham gia", "Arial"},
		"unicode": {"Số đoàn viên, người lao động được học tập nâng cao trình độ", "Times New Roman"},
		"tcvn3":   {"Sè ®oµn viªn, ng\u00adêi lao ®éng ®\u00adîc häc tËp n©ng cao tr×nh ®é", ".VnTime"},
		"vni":     {"Soá ñoaøn vieân, ngöôøi lao ñoäng ñöôïc hoïc taäp naâng cao trình ñoä", "VNI-Times"},
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Decode([]Run{run})
			}
		})
	}
}
