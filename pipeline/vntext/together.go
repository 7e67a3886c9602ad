package vntext

// enough is how many texts must betray a charset before it is believed of the
// others beside them.
const enough = 3

// Together decodes texts that stand in one font on one sheet, where the font
// tells nothing. A short word may be valid as it stands ("Tæng" could be
// anybody's name); but where other texts betray one charset, none betrays the
// other and none has letters of Unicode's own, it is in that charset too.
// ok is false where the texts don't agree: then each stays as Decode reads it.
func Together(texts []string) (decoded []string, ok bool) {
	c := agreed(texts)
	if c == unicodeText {
		return nil, false
	}
	decoded = make([]string, len(texts))
	for i, text := range texts {
		decoded[i] = mend(text)
		if isASCII(text) || decoded[i] != text {
			continue
		}
		if d := c.decode(text); fits(d) {
			decoded[i] = mend(d)
		}
	}
	return decoded, true
}

// agreed is the one charset that the texts betray.
func agreed(texts []string) charset {
	votes := map[charset]int{}
	for _, text := range texts {
		if isASCII(text) {
			continue
		}
		if hasOnlyUnicode(text) {
			return unicodeText
		}
		if d := decodeUnlabelled(text); d != text && tcvn3.decode(text) == d {
			votes[tcvn3]++
		} else if d != text {
			votes[vni]++
		}
	}
	for c, other := range map[charset]charset{tcvn3: vni, vni: tcvn3} {
		if votes[c] >= enough && votes[other] == 0 {
			return c
		}
	}
	return unicodeText
}

// Legacy tells whether a font's name says that its text is TCVN3 or VNI.
func Legacy(font string) bool { return fontNamed(font).charset != unicodeText }
