package vntext

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

// onsets holds the initial consonants; the empty one is none.
var onsets = wordSet(`ngh ch gh gi kh ng nh ph qu th tr b c d đ g h k l m n p r s t v x`, "")

// rhymes holds the rhymes without tone. Those in k and êng stand in names such as
// Đắk Lắk.
var rhymes = wordSet(`
	a ac ach ai ak am an ang anh ao ap at au ay
	ăc ăk ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
	e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu
	i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
	o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt
	oc oe oem oen oeo oet oi om on ong oong ooc op ot
	ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
	u ua uc ui um un ung up ut uân uâng uât uây uê uêch uênh uơ
	uy uya uych uyn uynh uyp uyt uyu uyên uyêt uôc uôi uôm uôn uông uôt
	ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
	y ynh yt yêm yên yêng yêt yêu`)

func wordSet(list string, more ...string) map[string]bool {
	set := map[string]bool{}
	for _, word := range append(strings.Fields(list), more...) {
		set[word] = true
	}
	return set
}

const longestSyllable = 7 // nghiêng

// syllable tells whether word is spelt as a Vietnamese syllable: an initial
// consonant, a rhyme and at most one tone, each fitting the others. It is a
// test of spelling, not of meaning; no list of words stands behind it.
func syllable(word string) bool {
	if oddCapitals(word) {
		return false
	}
	var buffer [longestSyllable * utf8.UTFMax]byte
	plain, letters, tone, toneAt := buffer[:0], 0, level, 0
	for _, r := range word {
		if letters++; letters > longestSyllable {
			return false
		}
		r = unicode.ToLower(r)
		v := vowelOf(r)
		if v.tone != level && tone != level {
			return false
		}
		if v.tone != level {
			tone, toneAt = v.tone, len(plain)
		}
		if v.base != 0 {
			r = v.base
		}
		plain = utf8.AppendRune(plain, r)
	}
	return divides(plain, tone, toneAt)
}

// oddCapitals tells whether a capital outside ASCII follows a small letter, as
// in "tÊn". TCVN3 has no such capitals, so that "TæNG" is usual in it.
func oddCapitals(word string) bool {
	small := false
	for _, r := range word {
		if small && r >= utf8.RuneSelf && unicode.IsUpper(r) {
			return true
		}
		small = unicode.IsLower(r)
	}
	return false
}

// divides tells whether plain, a word in small letters without tones, is an
// onset and a rhyme that can carry tone on the letter at byte toneAt. The i of
// gi may belong to either: gì, già.
func divides(plain []byte, tone, toneAt int) bool {
	at := bytes.IndexFunc(plain, func(r rune) bool { return vowelOf(r).base != 0 })
	if at < 0 {
		return false
	}
	if joins(plain, at, tone, toneAt) {
		return true
	}
	onset := string(plain[:at+1])
	return (onset == "gi" || onset == "qu") && joins(plain, at+1, tone, toneAt)
}

func joins(plain []byte, at, tone, toneAt int) bool {
	rhyme := plain[at:]
	return onsets[string(plain[:at])] && rhymes[string(rhyme)] &&
		spelt(plain[:at], rhyme) && toned(rhyme, tone, toneAt-at)
}

// spelt tells whether onset is written so before rhyme: k, gh and ngh stand
// before e, ê, i and y only, c, g and ng before the other vowels (g also
// before i: gì), qu before neither o nor u. Rhymes in y such as yên and ynh
// follow qu alone.
func spelt(onset, rhyme []byte) bool {
	first, _ := utf8.DecodeRune(rhyme)
	front := first == 'e' || first == 'ê' || first == 'i' || first == 'y'
	switch string(onset) {
	case "k", "gh", "ngh":
		return front
	case "g":
		return !front || first == 'i'
	case "c", "ng":
		return !front
	case "qu":
		return first != 'o' && first != 'u' && first != 'ư'
	case "":
		return true
	}
	return first != 'y' || len(rhyme) == 1
}

// toned tells whether rhyme can carry tone on the letter at byte at. Rhymes
// that end in c, ch, k, p or t have two tones only. A tone typed on the u of
// qu or the i of gi (at is then negative) is a common slip and allowed.
func toned(rhyme []byte, tone, at int) bool {
	text := string(rhyme)
	if stopped(text) && tone != rising && tone != heavy {
		return false
	}
	if tone == level || at < 0 {
		return true
	}
	switch text {
	case "oa", "oe", "uy":
		return true // hòa and hoà are both in use
	}
	return at == toneSeat(text)
}

func stopped(rhyme string) bool {
	switch rhyme[len(rhyme)-1] {
	case 'c', 'k', 'p', 't':
		return true
	}
	return strings.HasSuffix(rhyme, "ch")
}

// toneSeat is the byte offset of the letter of rhyme that carries the tone: the
// last vowel with a shape of its own (ê of iê, ơ of ươ), else the vowel before
// the final consonant, else the first of two open vowels and the middle of
// three.
func toneSeat(rhyme string) int {
	shaped := strings.LastIndexAny(rhyme, "ăâêôơư")
	open := strings.IndexAny(rhyme, "bcghkmnpt")
	switch {
	case shaped >= 0:
		return shaped
	case open >= 0:
		return open - 1
	case len(rhyme) > 2:
		return 1
	}
	return 0
}
