package vntext

import (
	"strings"
	"testing"
)

func TestSyllable(t *testing.T) {
	t.Parallel()
	good := `Liên đoàn Lao động tỉnh Sóc Trăng Nghị quyết khuyến khích nghiêng quỳnh quýt quyển gì giếng giữ giá
		yêu yếu ý y tế kỹ kĩ hòa hoà thúy thuý khuya khuỷu xoong Đắk ngoằn ngoèo ước ưu uống oái Uỷ Ủy quốc quới
		TIẾP TổNG Huỳnh chuyện nguyệt luật tuần xuân huênh hoang`
	bad := `tÊn ChÝnh Nghỡn Bỡnh chýnh kám cênh ghà ngê quo hoc bêt tóet aa Müller xyz đđ thuỷsản
		µ ngh nghiêngg Toång Coäng hàá w tyên`
	for _, word := range strings.Fields(good) {
		if !syllable(word) {
			t.Errorf("syllable(%q) = false, want true", word)
		}
	}
	for _, word := range strings.Fields(bad) {
		if syllable(word) {
			t.Errorf("syllable(%q) = true, want false", word)
		}
	}
}
