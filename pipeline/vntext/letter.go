package vntext

// The tones of Vietnamese, in the order of the columns of vowels.
const (
	level   = iota // ngang
	falling        // huyền
	dipping        // hỏi
	broken         // ngã
	rising         // sắc
	heavy          // nặng
	tones          // how many there are
)

// vowels lists every vowel letter with its tones.
const vowels = "aàảãáạ" + "ăằẳẵắặ" + "âầẩẫấậ" + "eèẻẽéẹ" + "êềểễếệ" + "iìỉĩíị" +
	"oòỏõóọ" + "ôồổỗốộ" + "ơờởỡớợ" + "uùủũúụ" + "ưừửữứự" + "yỳỷỹýỵ"

// A vowel is a small vowel letter taken apart.
type vowel struct {
	base rune // with its shape, without its tone: ê of ế; 0 if no vowel
	tone int
}

// vowelIn holds the vowel letters by their parts, the two tables the parts by
// letter: up to ư, and from ạ on.
var (
	vowelIn          = putTogether()
	vowelsA, vowelsB = takeApart()
)

const (
	lastA  = 'ư'
	firstB = 'ạ'
	lastB  = 'ỹ'
)

func putTogether() map[vowel]rune {
	all := map[vowel]rune{}
	letters := []rune(vowels)
	for i, r := range letters {
		all[vowel{letters[i-i%tones], i % tones}] = r
	}
	return all
}

func takeApart() (a [lastA + 1]vowel, b [lastB - firstB + 1]vowel) {
	for v, r := range vowelIn {
		if r <= lastA {
			a[r] = v
		} else {
			b[r-firstB] = v
		}
	}
	return a, b
}

func vowelOf(r rune) vowel {
	switch {
	case r >= 0 && r <= lastA:
		return vowelsA[r]
	case r >= firstB && r <= lastB:
		return vowelsB[r-firstB]
	}
	return vowel{}
}

// onlyUnicode tells whether r is a Vietnamese letter that no legacy encoding
// can produce: its code point lies beyond their single bytes.
func onlyUnicode(r rune) bool {
	switch r {
	case 'ă', 'Ă', 'đ', 'Đ', 'ĩ', 'Ĩ', 'ũ', 'Ũ', 'ơ', 'Ơ', 'ư', 'Ư':
		return true
	}
	return r >= 'Ạ' && r <= 'ỹ'
}

func hasOnlyUnicode(text string) bool {
	for _, r := range text {
		if onlyUnicode(r) {
			return true
		}
	}
	return false
}
