package assess

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"tonghop/pipeline"
	"tonghop/pipeline/form"
	"tonghop/pipeline/vntext"
	"tonghop/pipeline/workbook"
)

// A detail is a kind of personal data. The forms ask for counts only: names,
// phone and identity numbers and birth dates of people don't belong in them.
type detail int

const (
	noDetail detail = iota
	personName
	birthDate
	personNumber // of a phone or an identity card
)

// longestDetail is how long a header or a detail of a person is at most, in bytes.
const longestDetail = 60

// How many rows of people make a list: below headers that say so one is
// enough; dates beside names, or numbers alone, may stand on a sheet by chance.
const (
	fewPeople  = 3
	fewNumbers = 3
)

// personal warns of lists of people on a sheet, once a sheet. A list needs
// people in its rows: signatures, telephone numbers of offices, names of places
// and columns of years are no list. A form that asks for people itself has none
// too many.
func personal(book *workbook.Book, layout *form.Layout) []pipeline.Finding {
	if layout != nil && asksForPeople(layout) {
		return nil
	}
	var all []pipeline.Finding
	for i := range book.Sheets {
		if first, count := people(&book.Sheets[i]); count > 0 {
			all = append(all, pipeline.Finding{
				Code: "personal_data", Severity: pipeline.SeverityWarning, Sheet: book.Sheets[i].Name, Cell: first,
				Args: []pipeline.Arg{{Name: "count", Value: strconv.Itoa(count)}},
			})
		}
	}
	return all
}

func asksForPeople(layout *form.Layout) bool {
	return slices.ContainsFunc(layout.Lists, func(l form.List) bool {
		return slices.ContainsFunc(l.Fields, func(f form.ListField) bool {
			return slices.ContainsFunc(f.ColumnPath, func(text string) bool { return headerOf(text) == personName })
		})
	})
}

// people counts the rows of a sheet that speak of a person, and names the first
// cell of them; 0 where they are too few to be a list.
func people(sheet *workbook.Sheet) (first string, count int) {
	list := peopleList{headers: map[int]detail{}, numbers: map[int]int{}}
	for start := 0; start < len(sheet.Cells); {
		end := start + 1
		for end < len(sheet.Cells) && sheet.Cells[end].Row == sheet.Cells[start].Row {
			end++
		}
		list.row(sheet.Cells[start:end])
		start = end
	}
	switch {
	case list.below > 0:
		return list.firstBelow, list.below
	case list.named >= fewPeople:
		return list.firstNamed, list.named
	case list.alone >= fewPeople:
		return list.firstAlone, list.alone
	}
	for col, n := range list.numbers {
		if n >= fewNumbers && n > count {
			first, count = list.firstNumber[col], n
		}
	}
	return first, count
}

// A peopleList is what the rows of a sheet so far tell of people.
type peopleList struct {
	headers      map[int]detail // of the columns, as the last row of headers has them
	below, alone int            // rows of people below headers, and with a name alone
	named        int            // rows with a name and a birth date anywhere
	numbers      map[int]int    // phone and identity numbers in each column

	firstBelow, firstAlone, firstNamed string
	firstNumber                        map[int]string
}

func (l *peopleList) row(cells []workbook.Cell) {
	var headers map[int]detail // few rows have some
	var told, fitting []detail
	first, surnamed := "", false
	for i := range cells {
		c := &cells[i]
		if len(c.Value) > longestDetail {
			continue
		}
		said := wordingOf(c)
		if h := said.header; h != noDetail {
			if headers == nil {
				headers = map[int]detail{}
			}
			headers[c.Col] = h
			continue
		}
		d := detailOf(c, said)
		surnamed = surnamed || d == personName
		if d == noDetail {
			if l.headers[c.Col] != personName || !isName(c.Value, nil) {
				continue
			}
			d = personName
		}
		if first == "" {
			first = c.Name()
		}
		told = append(told, d)
		if l.headers[c.Col] == d {
			fitting = append(fitting, d)
		}
		if d == personNumber && c.Type == workbook.Text {
			l.number(c)
		}
	}
	l.count(told, fitting, surnamed, first)
	if has(headers, personName) || len(headers) >= 2 {
		l.headers = headers
	}
}

// count enters what a row tells of a person.
func (l *peopleList) count(told, fitting []detail, surnamed bool, first string) {
	switch {
	case !slices.Contains(fitting, personName):
	case len(fitting) >= 2:
		if l.below++; l.below == 1 {
			l.firstBelow = first
		}
	case surnamed:
		if l.alone++; l.alone == 1 {
			l.firstAlone = first
		}
	}
	if slices.Contains(told, personName) && slices.Contains(told, birthDate) {
		if l.named++; l.named == 1 {
			l.firstNamed = first
		}
	}
}

func (l *peopleList) number(c *workbook.Cell) {
	if l.numbers[c.Col]++; l.numbers[c.Col] > 1 {
		return
	}
	if l.firstNumber == nil {
		l.firstNumber = map[int]string{}
	}
	l.firstNumber[c.Col] = c.Name()
}

func has(headers map[int]detail, want detail) bool {
	for _, d := range headers {
		if d == want {
			return true
		}
	}
	return false
}

// A wording is what a text says of people.
type wording struct {
	header detail
	name   bool // it can be a name that begins with a family name
}

// wordingOf is what a cell says, if it is a text.
func wordingOf(c *workbook.Cell) wording {
	if c.Type != workbook.Text {
		return wording{}
	}
	return wordings.Of(c.Value)
}

var wordings = vntext.NewMemo(func(text string) wording { return wording{parseHeader(text), isName(text, surnames)} })

// headerWords are what folded headers of lists of people begin with.
var headerWords = []struct {
	detail detail
	words  []string
}{
	{personName, folded("Họ và tên", "Họ tên", "Họ, tên", "Họ và chữ đệm", "Tên đoàn viên", "Tên người lao động")},
	{birthDate, folded("Ngày sinh", "Ngày, tháng, năm sinh", "Ngày tháng năm sinh", "Ngày, tháng năm sinh")},
	{personNumber, folded(
		"CCCD", "Số CCCD", "CMND", "Số CMND", "Căn cước", "Số căn cước", "Số định danh", "Mã định danh", "Số điện thoại", "Điện thoại", "SĐT", "Số ĐT",
	)},
}

func folded(words ...string) []string {
	for i, word := range words {
		words[i] = vntext.Fold(word)
	}
	return words
}

func headerOf(text string) detail { return wordings.Of(text).header }

func parseHeader(text string) detail {
	label := vntext.Fold(text)
	if label == "nam sinh" { // longer ones are students (nam sinh viên)
		return birthDate
	}
	for _, h := range headerWords {
		for _, words := range h.words {
			if rest, ok := strings.CutPrefix(label, words); ok && !startsWithLetter(rest) {
				return h.detail
			}
		}
	}
	return noDetail
}

func startsWithLetter(s string) bool {
	return s != "" && unicode.IsLetter([]rune(s)[0])
}

// phoneOrIdentity is a mobile phone number or an identity number (three digits
// for the province, one for century and sex), its groups perhaps apart.
var phoneOrIdentity = regexp.MustCompile(`^(?:0|\+84 ?)[35789]\d[ .]?\d{3}[ .]?\d{2}[ .]?\d{2}$|^(?:0|\+84 ?)[35789]\d{2}[ .]?\d{3}[ .]?\d{3}$|^0\d{2}[0-9]\d{2}\d{6}$`)

// writtenDate is a day as people write it.
var writtenDate = regexp.MustCompile(`^\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d{2}$`)

// detailOf is the kind of personal data that a cell by itself looks like, whose
// text says so much.
func detailOf(c *workbook.Cell, said wording) detail {
	switch {
	case c.Type == workbook.Date && c.Value >= "1930" && c.Value < "2012":
		return birthDate
	case c.Type != workbook.Text || c.Value == "":
		return noDetail
	case c.Value[0] >= '0' && c.Value[0] <= '9' || c.Value[0] == '+':
		if phoneOrIdentity.MatchString(c.Value) {
			return personNumber
		}
		if writtenDate.MatchString(c.Value) && c.Value[len(c.Value)-4:] < "2012" {
			return birthDate
		}
	case said.name:
		return personName
	}
	return noDetail
}

// surnames are the folded family names of nearly all Vietnamese and of the Khmer
// of the delta.
var surnames = folded(
	"Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý", "Lâm", "Lương",
	"Mai", "Đinh", "Trương", "Trịnh", "Đoàn", "Đào", "Hà", "Cao", "Tô", "Thạch", "Sơn", "Danh", "Kim", "Châu", "Quách", "Tạ", "Tăng", "Lưu",
	"Thái", "Kiều", "Diệp", "La",
)

// isName tells whether a text can be a person's name: two to six words of
// letters, each with a capital, the first of them among first where that is given.
func isName(text string, first []string) bool {
	words := strings.Fields(text)
	if len(words) < 2 || len(words) > 6 {
		return false
	}
	for _, word := range words {
		for i, r := range []rune(word) {
			if i == 0 && !unicode.IsUpper(r) || !unicode.IsLetter(r) && !unicode.Is(unicode.Mn, r) {
				return false
			}
		}
	}
	return first == nil || slices.Contains(first, vntext.Fold(words[0]))
}
