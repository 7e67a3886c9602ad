package assess

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"tonghop/pipeline"
	"tonghop/pipeline/form"
	"tonghop/pipeline/workbook"
)

// sheetOf makes a sheet of lines, their cells divided by bars.
func sheetOf(lines ...string) workbook.Sheet {
	sheet := workbook.Sheet{Name: "S"}
	for row, line := range lines {
		for col, value := range strings.Split(line, "|") {
			if value == "" {
				continue
			}
			c := workbook.Cell{Row: row, Col: col, Value: value, Raw: value, Type: workbook.Text}
			switch {
			case regexp.MustCompile(`^\d{4}-\d\d-\d\d$`).MatchString(value):
				c.Type = workbook.Date
			case regexp.MustCompile(`^[1-9]\d*$`).MatchString(value):
				c.Type = workbook.Number
			}
			sheet.Cells = append(sheet.Cells, c)
		}
	}
	return sheet
}

func TestPersonal(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		lines []string
		want  string // first cell and count
	}{
		"names and birth dates":        {[]string{"STT|Họ và tên|Ngày sinh", "1|Nguyễn Văn A|1990-02-03"}, "B2 1"},
		"names and years of birth":     {[]string{"Họ tên|Năm sinh|CCCD", "Trần Thị Bé|1985|094085001234", "Lý Sô Phia|1990|094190004321"}, "A2 2"},
		"names in capitals":            {[]string{"HỌ VÀ TÊN|SỐ ĐIỆN THOẠI", "THẠCH THỊ SA RÂY|0912 345 678"}, "A2 1"},
		"dates beside names, no title": {[]string{"Lê Văn A|1990-01-01", "Võ Thị B|01/02/1985", "Đỗ C|5/6/1979"}, "A1 3"},
		"phone numbers alone":          {[]string{"Cán bộ|0912345678", "Cán bộ|0987.654.321", "Cán bộ|+84 356 789 012"}, "B1 3"},
		"identity numbers alone":       {[]string{"094085001234", "094190004321", "092301004321"}, "A1 3"},

		"names alone": {[]string{"Họ và tên|Chức vụ", "Nguyễn Văn A|Chủ tịch", "Trần Thị B|Ủy viên", "Lê Văn C|Ủy viên"}, "A2 3"},

		"a signature below its title": {[]string{"Họ và tên", "Nguyễn Văn A", "Chủ tịch"}, ""},
		"an empty list":               {[]string{"STT|Họ và tên|Ngày sinh", "1||", "2||"}, ""},
		"signatures":                  {[]string{"Người lập biểu||Thủ trưởng đơn vị", "Nguyễn Văn A||Trần Thị B", "Họ và tên: Nguyễn Văn A||Điện thoại: 0912345678"}, ""},
		"one phone number":            {[]string{"Họ và tên|Nguyễn Văn A", "Số điện thoại|0912345678"}, ""},
		"districts with dates":        {[]string{"Trần Đề|2015-05-31", "Châu Thành|2015-05-31", "Kế Sách|2015-05-31", "Mỹ Tú|2015-05-31"}, ""},
		"districts with years":        {[]string{"Đơn vị|1995|2000", "Trần Đề|1950|1990", "Châu Thành|1985|2001", "Lâm Hà|1960|1999"}, ""},
		"schools named after people":  {[]string{"Trường|Số lớp", "Nguyễn Thị Minh Khai|12", "Lê Hồng Phong|30", "Trần Phú|25"}, ""},
		"students":                    {[]string{"Năm sinh viên|Số lượng|Nam sinh", "Năm Nhất|12|3"}, ""},
		"counts under such headers":   {[]string{"Họ tên|Năm sinh", "Cộng|1990", "12|1985"}, ""},
		"years counted by birth year": {[]string{"Năm sinh|Số người", "1990|12", "1991|15"}, ""},
		"money of nine digits":        {[]string{"912345678", "987654321", "356789012"}, ""},
		"codes with zeros":            {[]string{"0000123456", "0001123456", "0100000000"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			book := &workbook.Book{Sheets: []workbook.Sheet{sheetOf(tt.lines...)}}
			got := ""
			for _, f := range personal(book, nil) {
				got = f.Cell + " " + f.Args[0].Value
			}
			if got != tt.want {
				t.Errorf("people at %q, want %q", got, tt.want)
			}
		})
	}
}

// A form that has a list of people asks for them.
func TestPersonalIsAskedFor(t *testing.T) {
	t.Parallel()
	book := &workbook.Book{Sheets: []workbook.Sheet{sheetOf("Họ và tên|Ngày sinh", "Nguyễn Văn A|1990-02-03")}}
	for path, want := range map[string]int{"Họ và tên": 0, "Tên lớp": 1} {
		layout := &form.Layout{Form: pipeline.Form{}, Lists: []form.List{{Fields: []form.ListField{{ColumnPath: []string{"Danh sách", path}}}}}}
		if got := len(personal(book, layout)); got != want {
			t.Errorf("a form that asks for %q: %d findings, want %d", path, got, want)
		}
	}
}

// The corpus is of statistics: no sheet of it is a list of people.
func TestStatisticsAreNoLists(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../../../shared/corpus/files/*")
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Skip("the corpus is not here")
	}
	var called []string
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		book, err := workbook.Read(data, workbook.DefaultLimits())
		if err != nil {
			continue // whether it should be read is the reader's test
		}
		for _, f := range personal(book, nil) {
			called = append(called, fmt.Sprintf("%s %s!%s (%s)", filepath.Base(file), f.Sheet, f.Cell, f.Args[0].Value))
		}
	}
	if len(called) > 0 {
		t.Errorf("called lists of people: %q", called)
	}
}
