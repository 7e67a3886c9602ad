package intake

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"tonghop/pipeline"
	"tonghop/pipeline/vntext"
)

// A spelling is one way to write a period. Patterns read folded text: lower
// case, without diacritics, y and i alike.
type spelling struct {
	pattern *regexp.Regexp
	read    func(match []string) pipeline.Period
	bare    bool // a year alone
}

// between is what may stand between the number of a period and its year, and
// before the number: "Quý I - năm 2026", "Quý: ..I.. Năm: 2026".
const between = `[ .,:;/–-]*(?:cua *)?(?:nam)?[ .,:;/–-]*`

// spellings are tried in order; what one has read the next does not see, so
// that "quý I năm 2026" is not also "năm 2026".
var spellings = []spelling{
	{regexp.MustCompile(`\bnga[iy] *\d{1,2} *thang *\d{1,2} *nam *\d{4}`), nil, false}, // the date of signing is no period
	{regexp.MustCompile(`\b\d{1,2}[/.]\d{1,2}[/.]\d{4}\b|\b\d{4}-\d{2}-\d{2}\b`), nil, false},
	{regexp.MustCompile(`\b(\d{4}-(?:q[1-4]|h[12]|9m|01\.\.\d{2}|\d{2}))\b`), readCode, false},
	{regexp.MustCompile(`\b(\d{4}) *(?:-|–|\.\.|den) *(?:nam *)?(\d{4})\b`), readSpan, false},
	{regexp.MustCompile(`\b(?:6|sau) *thang *cuoi` + between + `(\d{4})\b`), readSecondHalf, false},
	{regexp.MustCompile(`\b(\d{1,2}|sau|chin) *thang *(?:dau)?` + between + `(\d{4})\b`), readFirstMonths, false},
	{regexp.MustCompile(`\b(\d{1,2}) ?t *[-/.]? *(\d{4})\b`), readFirstMonths, false},
	{regexp.MustCompile(`\bt[ .]*(\d{1,2}) *[-/.] *(\d{4})\b`), readMonth, false},
	{regexp.MustCompile(`\bthang[ .:]*(\d{1,2})\b` + between + `(\d{4})\b`), readMonth, false},
	{regexp.MustCompile(`\bqu[iy][ .:]*(` + quarters + `)\b` + between + `(\d{4})\b`), readQuarter, false},
	{regexp.MustCompile(`\bq[ .]*(` + quarters + `)\b` + between + `(\d{4})\b`), readQuarter, false},
	{regexp.MustCompile(`\bnam[ .:]*(\d{4})\b[ .,:;/–(-]*qu[iy][ .:]*(` + quarters + `)\b`), readYearQuarter, false},
	{regexp.MustCompile(`\bnam[ .:]*(\d{4})\b[ .,:;/–(-]*thang[ .:]*(\d{1,2})\b`), readYearMonth, false},
	{regexp.MustCompile(`\bnam[ .:]*(\d{4})\b`), readYear, true},
	{regexp.MustCompile(`^(\d{4})$`), readYear, true},
}

// quarters are the ways to write the number of a quarter.
const quarters = `iv|i{1,3}|0?[1-4]|mot|nhat|hai|ba|bon|tu`

// part finds what names a part of a year. Where such a word is left after all
// spellings, the year beside it is not the period.
var part = regexp.MustCompile(`\b(?:qu[iy]|thang|q[iv1-4]*)\b`)

// PeriodsIn lists the periods that a text names. unclear tells that the text
// speaks of a quarter or months in a way that is not understood; then a bare
// year in it is not taken for the period.
func PeriodsIn(text string) (all []pipeline.Period, unclear bool) {
	folded := vntext.Fold(text)
	for _, s := range spellings {
		if s.bare && len(all) == 0 && part.MatchString(folded) {
			return nil, s.pattern.MatchString(folded)
		}
		folded = s.pattern.ReplaceAllStringFunc(folded, func(found string) string {
			if s.read == nil {
				return " | "
			}
			p := s.read(s.pattern.FindStringSubmatch(found))
			if p.IsZero() {
				return found
			}
			all = append(all, p)
			return " | "
		})
	}
	return all, false
}

func readCode(match []string) pipeline.Period {
	p, err := pipeline.ParsePeriod(match[1])
	if err != nil {
		return pipeline.Period{}
	}
	return p
}

func readSpan(match []string) pipeline.Period {
	from, to := number(match[1]), number(match[2])
	if !plausibleYear(from) || to <= from || to-from > 20 {
		return pipeline.Period{}
	}
	return pipeline.Period{Kind: pipeline.Span, Year: from, Last: to}
}

func readSecondHalf(match []string) pipeline.Period {
	return ofYear(pipeline.Period{Kind: pipeline.Half, N: 2}, match[1])
}

// readFirstMonths reads "6 tháng đầu năm": of 6 and 9 months have names of
// their own, other numbers are running months.
func readFirstMonths(match []string) pipeline.Period {
	n := number(match[1])
	switch match[1] {
	case "sau":
		n = 6
	case "chin":
		n = 9
	}
	switch {
	case n == 6:
		return ofYear(pipeline.Period{Kind: pipeline.Half, N: 1}, match[2])
	case n == 9:
		return ofYear(pipeline.Period{Kind: pipeline.NineMonths}, match[2])
	case n == 12:
		return readYear([]string{"", match[2]})
	case n == 1:
		return ofYear(pipeline.Period{Kind: pipeline.Month, N: 1}, match[2])
	case n > 1 && n < 12:
		return ofYear(pipeline.Period{Kind: pipeline.Running, N: n}, match[2])
	}
	return pipeline.Period{}
}

func readMonth(match []string) pipeline.Period {
	n := number(match[1])
	if n < 1 || n > 12 {
		return pipeline.Period{}
	}
	return ofYear(pipeline.Period{Kind: pipeline.Month, N: n}, match[2])
}

func readQuarter(match []string) pipeline.Period {
	n := number(match[1])
	for word, value := range map[string]int{
		"i": 1, "ii": 2, "iii": 3, "iv": 4, "mot": 1, "nhat": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4,
	} {
		if match[1] == word {
			n = value
		}
	}
	return ofYear(pipeline.Period{Kind: pipeline.Quarter, N: n}, match[2])
}

func readYearQuarter(match []string) pipeline.Period {
	return readQuarter([]string{"", match[2], match[1]})
}

func readYearMonth(match []string) pipeline.Period {
	return readMonth([]string{"", match[2], match[1]})
}

func readYear(match []string) pipeline.Period {
	return ofYear(pipeline.Period{Kind: pipeline.Year}, match[1])
}

func ofYear(p pipeline.Period, year string) pipeline.Period {
	p.Year = number(year)
	if !plausibleYear(p.Year) {
		return pipeline.Period{}
	}
	return p
}

// plausibleYear keeps document numbers and amounts from being read as years.
func plausibleYear(y int) bool { return y >= 1975 && y < 2100 }

// number reads digits that a pattern has let through.
func number(digits string) int {
	n, err := strconv.Atoi(digits)
	if err != nil {
		return 0
	}
	return n
}

// A cutOff is a cut-off date as a workbook states it: its year may be missing.
type cutOff struct {
	day, month, year int
}

var (
	boxedDate = regexp.MustCompile(`(?i)([☑☒✓✔■☐□]|\[[x ]?\]|\bx )? *(\d{1,2}) *[/.-] *(\d{1,2})(?: *[/.-] *(\d{4}))?\b`)
	wordyDate = regexp.MustCompile(`nga[iy] *(\d{1,2}) *thang *(\d{1,2})(?: *nam *(\d{4}))?`)
	fromWord  = regexp.MustCompile(`(?i)(?:^|[^\pL])(?:từ|tu) *(?:ngày|ngay|\d)`) // "từ 01/01 đến 31/3": the last date counts
	untilWord = regexp.MustCompile(`(?i)(?:đến|den)`)
	isoDate   = regexp.MustCompile(`^(\d{4})-(\d{2})-(\d{2})(?:T00:00:00)?$`)
)

// cutOffIn reads the cut-off that a text states: its only date, or the one
// whose box is ticked. ok is false where it states none or leaves it open.
func cutOffIn(text string) (c cutOff, ok bool) {
	text = norm.NFC.String(strings.TrimSpace(text))
	if ends := untilWord.FindAllStringIndex(text, -1); len(ends) > 0 && fromWord.MatchString(text[:ends[0][0]]) {
		text = text[ends[len(ends)-1][1]:]
	}
	if m := isoDate.FindStringSubmatch(text); m != nil {
		return cutOff{number(m[3]), number(m[2]), number(m[1])}, true
	}
	if m := wordyDate.FindStringSubmatch(vntext.Fold(text)); m != nil {
		return cutOff{number(m[1]), number(m[2]), number(m[3])}, true
	}
	var dates, ticked []cutOff
	for _, m := range boxedDate.FindAllStringSubmatch(text, -1) {
		date := cutOff{number(m[2]), number(m[3]), number(m[4])}
		if date.day < 1 || date.day > 31 || date.month < 1 || date.month > 12 {
			continue
		}
		dates = append(dates, date)
		if box := strings.ToLower(strings.TrimSpace(m[1])); box != "" && !strings.ContainsAny(box, "☐□") && box != "[]" && box != "[ ]" {
			ticked = append(ticked, date)
		}
	}
	switch {
	case len(ticked) == 1:
		return ticked[0], true
	case len(dates) == 1 && len(ticked) == 0:
		return dates[0], true
	}
	return cutOff{}, false
}

// is tells whether day is the stated cut-off.
func (c cutOff) is(day time.Time) bool {
	return c.day == day.Day() && c.month == int(day.Month()) && (c.year == 0 || c.year == day.Year())
}

// asOf finds the line that states the cut-off.
var asOf = regexp.MustCompile(`tinh den|den nga[iy]|den het nga[iy]`)
