package workbook

import "strings"

// shows is what a number format makes of a number.
type shows int

const (
	showsNumber shows = iota
	showsDate         // a date, a time of day or both
	showsSpan         // a length of time, such as [h]:mm
)

// builtinFormat is the code of a number format that files need not define
// (ECMA-376 part 1, 18.8.30).
func builtinFormat(id int) string {
	switch {
	case id >= 0 && id < len(builtinFormats):
		return builtinFormats[id]
	case id >= 27 && id <= 31, id == 36, id >= 50 && id <= 54, id == 57, id == 58:
		return "yyyy/m/d" // dates of East Asian editions
	case id >= 32 && id <= 35, id == 55, id == 56:
		return "h:mm:ss"
	}
	return ""
}

var builtinFormats = [...]string{
	1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00",
	5: "$#,##0;-$#,##0", 6: "$#,##0;[Red]-$#,##0", 7: "$#,##0.00;-$#,##0.00", 8: "$#,##0.00;[Red]-$#,##0.00",
	9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
	14: "mm-dd-yy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy",
	18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "m/d/yy h:mm",
	27: "yyyy/m/d", 28: "yyyy/m/d", 29: "yyyy/m/d", 30: "yyyy/m/d", 31: "yyyy/m/d",
	32: "h:mm:ss", 33: "h:mm:ss", 34: "h:mm:ss", 35: "h:mm:ss", 36: "yyyy/m/d",
	37: "#,##0 ;(#,##0)", 38: "#,##0 ;[Red](#,##0)", 39: "#,##0.00;(#,##0.00)", 40: "#,##0.00;[Red](#,##0.00)",
	41: `_(* #,##0_);_(* \(#,##0\);_(* "-"_);_(@_)`, 42: `_($* #,##0_);_($* \(#,##0\);_($* "-"_);_(@_)`,
	43: `_(* #,##0.00_);_(* \(#,##0.00\);_(* "-"??_);_(@_)`, 44: `_($* #,##0.00_);_($* \(#,##0.00\);_($* "-"??_);_(@_)`,
	45: "mm:ss", 46: "[h]:mm:ss", 47: "mmss.0", 48: "##0.0E+0", 49: "@",
}

// isGeneral tells whether code is the format of a cell that nobody formatted,
// which some writers name in their own language.
func isGeneral(code string) bool {
	return code == "" || strings.EqualFold(code, "General") || strings.EqualFold(code, "Standard")
}

// shownBy is what the format code makes of a number. Letters of dates count
// outside quotes, escapes and brackets, in the first section.
func shownBy(code string) shows {
	if isGeneral(code) {
		return showsNumber
	}
	for at := 0; at < len(code); at++ {
		switch c := code[at]; c {
		case ';':
			return showsNumber
		case '"':
			at += skipTo(code[at+1:], '"')
		case '\\', '_', '*':
			at++
		case '[':
			if isElapsed(code[at+1:]) {
				return showsSpan
			}
			at += skipTo(code[at+1:], ']')
		case 'y', 'Y', 'm', 'M', 'd', 'D', 'h', 'H', 's', 'S':
			return showsDate
		case 'G', 'g':
			if len(code)-at >= 7 && strings.EqualFold(code[at:at+7], "General") {
				at += 6
			}
		}
	}
	return showsNumber
}

// skipTo is how far behind its beginning s holds c, counting c.
func skipTo(s string, c byte) int {
	if at := strings.IndexByte(s, c); at >= 0 {
		return at + 1
	}
	return len(s)
}

// isElapsed tells whether s begins with the inside of [h], [mm] or [ss].
func isElapsed(s string) bool {
	end := strings.IndexByte(s, ']')
	if end < 1 {
		return false
	}
	inside := strings.ToLower(s[:end])
	return strings.Trim(inside, inside[:1]) == "" && strings.Contains("hms", inside[:1])
}
