package assess

import (
	"regexp"
	"strconv"

	"tonghop/pipeline"
	"tonghop/pipeline/vntext"
	"tonghop/pipeline/workbook"
)

// personalHeaders are the folded headers of lists of people. The forms ask for
// counts only (DOMAIN: no names, phones, identity numbers or birth dates).
var personalHeaders = map[string]bool{
	"ho va ten": true, "ho ten": true, "ho, ten": true, "ngai sinh": true, "ngay sinh": true, "nam sinh": true, "ngai thang nam sinh": true, "ngay thang nam sinh": true,
	"cccd": true, "cmnd": true, "so cccd": true, "so cmnd": true, "cccd/cmnd": true, "can cuoc cong dan": true, "so dinh danh": true,
	"so dien thoai": true, "dien thoai": true, "sdt": true,
}

// personalNumber is a phone number or an identity number, as text.
var personalNumber = regexp.MustCompile(`^(?:0\d{9}|\+84\d{9}|\d{12})$`)

// fewNumbers is how many such numbers may stand on a sheet by chance.
const fewNumbers = 3

// personal warns of lists of people on a sheet, once a sheet.
func personal(book *workbook.Book) []pipeline.Finding {
	var all []pipeline.Finding
	for i := range book.Sheets {
		sheet := &book.Sheets[i]
		first, headers, numbers := "", 0, 0
		for j := range sheet.Cells {
			c := &sheet.Cells[j]
			if c.Type != workbook.Text || len(c.Value) > 40 {
				continue
			}
			header, number := personalHeaders[vntext.Fold(c.Value)], personalNumber.MatchString(c.Value)
			if !header && !number {
				continue
			}
			if first == "" {
				first = c.Name()
			}
			if header {
				headers++
			} else {
				numbers++
			}
		}
		if headers >= 2 || numbers >= fewNumbers {
			all = append(all, pipeline.Finding{
				Code: "personal_data", Severity: pipeline.SeverityWarning, Sheet: sheet.Name, Cell: first,
				Args: []pipeline.Arg{{Name: "count", Value: strconv.Itoa(headers + numbers)}},
			})
		}
	}
	return all
}
