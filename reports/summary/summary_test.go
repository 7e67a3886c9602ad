package summary_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"maps"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"tonghop/reports"
	"tonghop/reports/internal/xlsx"
	"tonghop/reports/summary"
)

func write(t *testing.T, d *reports.Dataset, language string) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := summary.Write(&out, d, texts(t, language)); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func open(t *testing.T, data []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	})
	return f
}

// near tells whether two printed numbers are equal but for the last digits.
func near(a, b string) bool {
	x, errX := strconv.ParseFloat(a, 64)
	y, errY := strconv.ParseFloat(b, 64)
	return errX == nil && errY == nil && math.Abs(x-y) < 1e-9
}

func wellFormed(content string) error {
	d := xml.NewDecoder(strings.NewReader(content))
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}

// parts are the parts of the package by name.
func parts(t *testing.T, data []byte) map[string]string {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, file := range archive.File {
		r, err := file.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		all[file.Name] = string(content)
	}
	return all
}

// A stored is a cell as the sheet's XML has it.
type stored struct {
	Name    string `xml:"r,attr"`
	Type    string `xml:"t,attr"`
	Formula string `xml:"f"`
	Value   string `xml:"v"`
	Text    string `xml:"is>t"`
}

// cells reads a sheet from its XML, by names of cells.
func cells(t *testing.T, part string) map[string]stored {
	t.Helper()
	var sheet struct {
		Cells []stored `xml:"sheetData>row>c"`
	}
	if err := xml.Unmarshal([]byte(part), &sheet); err != nil {
		t.Fatal(err)
	}
	all := map[string]stored{}
	for _, c := range sheet.Cells {
		all[c.Name] = c
	}
	return all
}

// sheet reads the sheet with the given name from its XML.
func sheet(t *testing.T, data []byte, name string) map[string]stored {
	t.Helper()
	at := slices.Index(open(t, data).GetSheetList(), name)
	if at < 0 {
		t.Fatalf("no sheet %q", name)
	}
	return cells(t, parts(t, data)["xl/worksheets/sheet"+strconv.Itoa(at+1)+".xml"])
}

// at is the cell in column col of the first row whose column key says text.
func at(t *testing.T, all map[string]stored, key, text, col string) stored {
	t.Helper()
	first := 0
	for name, c := range all {
		row, err := strconv.Atoi(strings.TrimPrefix(name, key))
		if err == nil && c.Text == text && (first == 0 || row < first) {
			first = row
		}
	}
	if first == 0 {
		t.Fatalf("no row says %q in column %s", text, key)
	}
	return all[col+strconv.Itoa(first)]
}

func TestSheets(t *testing.T) {
	t.Parallel()
	for language, want := range map[string][]string{
		"vi": {
			"Tổng quan", "Xếp hạng", "Đơn vị × chỉ tiêu", "Số liệu các đơn vị", "Xu hướng", "Số liệu qua các kỳ", "Nộp báo cáo", "Thay đổi",
			"Lỗi, cảnh báo", "Chi tiết", "DS 02-HDCD classes", "Số liệu nguồn",
		},
		"en": {
			"Overview", "Ranking", "Units × indicators", "All units", "Trend", "Over the periods", "Reporting", "Changes", "Findings", "Detail",
			"02-HDCD classes", "Source figures",
		},
	} {
		t.Run(language, func(t *testing.T) {
			t.Parallel()
			data := write(t, sample(t), language)
			if diff := cmp.Diff(want, open(t, data).GetSheetList()); diff != "" {
				t.Errorf("sheets mismatch (-want +got):\n%s", diff)
			}
			for name, part := range parts(t, data) {
				if key := regexp.MustCompile(`summary\.[a-z_.]+|\{[a-z_]+\}`).FindString(part); key != "" {
					t.Errorf("part %s shows the bare key %q", name, key)
				}
			}
		})
	}
}

func TestRatesAreFormulasWithResults(t *testing.T) {
	t.Parallel()
	data := write(t, sample(t), "vi")
	overview, matrix, detail, periods := sheet(t, data, "Tổng quan"), sheet(t, data, "Đơn vị × chỉ tiêu"), sheet(t, data, "Chi tiết"), sheet(t, data, "Số liệu qua các kỳ")
	tests := []struct {
		name    string
		got     stored
		formula string
		value   string
	}{
		{"overview rate", at(t, overview, "B", "Số cuộc tuyên truyền, phổ biến", "G"), `^IFERROR\(E(\d+)/F\d+,""\)$`, "1.25"},
		{"overview pace", at(t, overview, "B", "Số cuộc tuyên truyền, phổ biến", "I"), `^IFERROR\(E\d+/H\d+,""\)$`, "2.507019655"},
		{"detail rate", at(t, detail, "C", "TT01", "I"), `^IFERROR\(G\d+/H\d+,""\)$`, "1.25"},
		{"a rate that is cut", at(t, detail, "C", "HT90", "I"), `^IFERROR\(TRUNC\(0\.97983/H\d+,4\),""\)$`, "0.9897"},
		{"a ratio that is cut", at(t, detail, "C", "HT90", "G"), `^TRUNC\(0\.97983,3\)$`, "0.979"},
		{"what is nearly met", at(t, matrix, "A", "H02", "C"), `^IFERROR\(C\d+/C\d+,""\)$`, "0.999998"},
		{"matrix rate", at(t, matrix, "A", "H01", "D"), `^IFERROR\(D\d+/D\d+,""\)$`, "0.6033"},
		{"change", at(t, periods, "B", "Số cuộc tuyên truyền, phổ biến", "F"), `^E\d+-D\d+$`, "150"},
		{"change as a share", at(t, periods, "B", "Số cuộc tuyên truyền, phổ biến", "G"), `^E\d+/D\d+-1$`, "0.1363636363636364"},
		{"change of a ratio that is cut", at(t, periods, "B", "Tỷ lệ đoàn viên được học tập nâng cao trình độ", "F"), `^TRUNC\(\(0\.97983-D\d+\)\*100,1\)$`, "7.9"},
		{"rate over the units with a target", at(t, overview, "B", "Số người được đào tạo, nâng cao trình độ chuyên môn nghiệp vụ", "G"), `^IFERROR\(23339/F\d+,""\)$`, "0.612298974211"},
		{"pace over the units with a target", at(t, overview, "B", "Số người được đào tạo, nâng cao trình độ chuyên môn nghiệp vụ", "I"), `^IFERROR\(23339/H\d+,""\)$`, "1.228036450483"},
		{"rate over the units with a target, matrix", at(t, matrix, "A", "LDLD-ST", "D"), `^IFERROR\(23339/D\d+,""\)$`, "0.612298974211"},
		{"no target", at(t, overview, "B", "Số lượt người tham gia tuyên truyền", "G"), `^$`, ""},
		{"value", at(t, overview, "B", "Số cuộc tuyên truyền, phổ biến", "E"), `^$`, "1250"},
		{"declared nil", at(t, overview, "B", "Số vụ tai nạn lao động", "E"), `^$`, "0"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if !regexp.MustCompile(tt.formula).MatchString(tt.got.Formula) {
				t.Errorf("formula is %q, want one like %q", tt.got.Formula, tt.formula)
			}
			if tt.got.Value != tt.value {
				t.Errorf("stored result is %q, want %q", tt.got.Value, tt.value)
			}
			if tt.got.Type != "" && tt.got.Type != "n" {
				t.Errorf("type is %q, want a number", tt.got.Type)
			}
		})
	}
}

// TestFormulasAgree recomputes every formula and compares it with its stored
// result, so that no formula points at the wrong cell.
func TestFormulasAgree(t *testing.T) {
	t.Parallel()
	for name, d := range map[string]*reports.Dataset{"sample": sample(t), "large": large(t)} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			data := write(t, d, "vi")
			f, all, n := open(t, data), parts(t, data), 0
			for i, sheet := range f.GetSheetList() {
				for cell, c := range cells(t, all["xl/worksheets/sheet"+strconv.Itoa(i+1)+".xml"]) {
					if c.Formula == "" || i > 1 && n > 2000 {
						continue
					}
					n++
					got, err := f.CalcCellValue(sheet, cell, excelize.Options{RawCellValue: true})
					if err != nil || !near(got, c.Value) {
						t.Errorf("%s!%s: %s gives %q, %v; stored is %q", sheet, cell, c.Formula, got, err, c.Value)
					}
				}
			}
			if n < 20 {
				t.Errorf("only %d formulas", n)
			}
		})
	}
}

func TestNotes(t *testing.T) {
	t.Parallel()
	overview := sheet(t, write(t, sample(t), "vi"), "Tổng quan")
	for indicator, want := range map[string]string{
		"Tỷ lệ đoàn viên được học tập nâng cao trình độ":                "số lẻ cắt bỏ, không làm tròn",
		"Trong đó: tiến sĩ, thạc sĩ":                                    "mức tối thiểu",
		"Số vụ tai nạn lao động":                                        "không phát sinh; càng thấp càng tốt",
		"Số người được đào tạo, nâng cao trình độ chuyên môn nghiệp vụ": "tỷ lệ tính trên 5 đơn vị được giao: 23.339/38.117",
	} {
		if got := at(t, overview, "B", indicator, "M").Text; !strings.Contains(got, want) {
			t.Errorf("note on %q is %q, want it to say %q", indicator, got, want)
		}
	}
}

func TestNumberFormats(t *testing.T) {
	t.Parallel()
	f := open(t, write(t, sample(t), "vi"))
	rows, err := f.GetRows("Tổng quan")
	if err != nil {
		t.Fatal(err)
	}
	shown := map[string][]string{}
	for _, row := range rows {
		if len(row) > 11 && shown[row[1]] == nil {
			shown[row[1]] = row
		}
	}
	for _, tt := range []struct {
		indicator string
		col       int
		want      string
	}{
		{"Số lượt người tham gia tuyên truyền", 4, "41,640"},
		{"Tỷ lệ đoàn viên được học tập nâng cao trình độ", 5, "99.0%"},
		{"Tỷ lệ đoàn viên được học tập nâng cao trình độ", 4, "97.9%"},
		{"Tỷ lệ đoàn viên được học tập nâng cao trình độ", 6, "98.97%"},
		{"Trong đó: tiến sĩ, thạc sĩ", 3, "trên 500"},
		{"Trong đó: tiến sĩ, thạc sĩ", 11, "2/3"},
		{"Số người được đào tạo, nâng cao trình độ chuyên môn nghiệp vụ", 11, "2/3 (1 đủ báo cáo)"},
		{"Số vụ tai nạn lao động", 10, "● Trong mức cho phép"},
	} {
		if got := shown[tt.indicator][tt.col]; got != tt.want {
			t.Errorf("%q shows %q in column %d, want %q", tt.indicator, got, tt.col, tt.want)
		}
	}
	if got, want := formatOf(t, f, "Tổng quan", "Số vụ tai nạn lao động", "E"), `#,##0;-#,##0;"–"`; got != want {
		t.Errorf("a declared nil has the format %q, want %q", got, want)
	}
	received, err := f.GetCellValue("Nộp báo cáo", "G6")
	if err != nil || received != "08:30 10/06/2026" {
		t.Errorf("time received shows %q, %v", received, err)
	}
}

// formatOf is the number format of the cell in column col of the first row
// that says text.
func formatOf(t *testing.T, f *excelize.File, sheet, text, col string) string {
	t.Helper()
	found, err := f.SearchSheet(sheet, text)
	if err != nil || len(found) == 0 {
		t.Fatalf("sheet %q has no %q: %v", sheet, text, err)
	}
	id, err := f.GetCellStyle(sheet, col+strings.TrimLeft(found[0], "ABCDEFGH"))
	if err != nil {
		t.Fatal(err)
	}
	style, err := f.GetStyle(id)
	if err != nil || style.CustomNumFmt == nil {
		t.Fatalf("style of %q: %v, %v", text, style, err)
	}
	return *style.CustomNumFmt
}

func TestDeterministic(t *testing.T) {
	t.Parallel()
	for name, d := range map[string]func(*testing.T) *reports.Dataset{"sample": sample, "large": large} {
		first := write(t, d(t), "vi")
		for range 3 {
			if !bytes.Equal(first, write(t, d(t), "vi")) {
				t.Fatalf("%s: equal datasets give different bytes", name)
			}
		}
	}
}

func TestEmptyDataset(t *testing.T) {
	t.Parallel()
	f := open(t, write(t, &reports.Dataset{}, "vi"))
	got, err := f.GetCellValue("Thay đổi", "A4")
	if err != nil || got != "Không có số liệu nào thay đổi so với lần phát hành trước." {
		t.Errorf("empty restatements say %q, %v", got, err)
	}
}

func TestChart(t *testing.T) {
	t.Parallel()
	chart := parts(t, write(t, sample(t), "vi"))["xl/charts/chart1.xml"]
	for _, want := range []string{"Đạt 2/5 chỉ tiêu; thấp nhất là Số người được đào tạo", "61,23%", xlsx.ToneMet, xlsx.TonePace, xlsx.ToneBehind} {
		if !strings.Contains(chart, want) {
			t.Errorf("chart has no %q", want)
		}
	}
	if n := strings.Count(chart, "<ser>"); n != 3 {
		t.Errorf("chart has %d series, want 3", n)
	}
}

// TestTrend draws a chart for each target with two points, and says what it shows.
func TestTrend(t *testing.T) {
	t.Parallel()
	d := sample(t)
	for n := range d.Achievements {
		d.Achievements[n].Complete = d.Achievements[n].Due
	}
	all := parts(t, write(t, d, "vi"))
	titles := map[string]bool{}
	for name, part := range all {
		if strings.HasPrefix(name, "xl/charts/chart") {
			titles[strings.Join(regexp.MustCompile(`<a:t>([^<]*)</a:t>`).FindStringSubmatch(part)[1:], "")] = strings.Contains(part, "'Số liệu qua các kỳ'!$D$") || strings.Contains(part, "&#39;Số liệu qua các kỳ&#39;!$D$")
		}
	}
	for _, want := range []string{
		"Số cuộc tuyên truyền, phổ biến: 1.250, tăng 13,6% so với cùng kỳ",
		"Tỷ lệ đoàn viên được học tập nâng cao trình độ: 97,9%, tăng 7,9 điểm phần trăm so với cùng kỳ",
	} {
		if !titles[want] {
			t.Errorf("no chart of the table of periods says %q; there are %v", want, titles)
		}
	}
}

// TestFiguresLead looks where figures lead to: to the cell that a unit filled in, the
// target's in the catalogue, else to the figures of all units.
func TestFiguresLead(t *testing.T) {
	t.Parallel()
	f := open(t, write(t, sample(t), "vi"))
	for _, tt := range []struct{ name, sheet, key, col, want string }{
		{"a unit's rate", "Đơn vị × chỉ tiêu", "H01", "D", "12.066"},
		{"its target", "Đơn vị × chỉ tiêu", "H01", "D+2", "Kế hoạch 2026|C3"},
		{"the province's figure", "Tổng quan", "Số cuộc tuyên truyền, phổ biến", "E", "Số cuộc tuyên truyền, phổ biến"},
		{"a restated figure", "Thay đổi", "H01", "G", "12.066"},
		{"a figure of the same sheet of units", "Số liệu các đơn vị", "Số người được đào tạo, nâng cao trình độ chuyên môn nghiệp vụ", "E", "12.066"},
	} {
		found, err := f.SearchSheet(tt.sheet, tt.key)
		if err != nil || len(found) == 0 {
			t.Fatalf("%s: sheet %q has no %q: %v", tt.name, tt.sheet, tt.key, err)
		}
		col, block, _ := strings.Cut(tt.col, "+")
		n, _ := strconv.Atoi(block)
		ok, link, err := f.GetCellHyperLink(tt.sheet, col+strings.TrimLeft(found[n], "ABCDEFGH"))
		place := regexp.MustCompile(`^'([^']+)'!([A-Z]+)(\d+)$`).FindStringSubmatch(link)
		if err != nil || !ok || place == nil {
			t.Errorf("%s leads nowhere: %q, %v", tt.name, link, err)
			continue
		}
		row, _ := strconv.Atoi(place[3])
		rows, err := f.GetRows(place[1])
		if err != nil || !strings.Contains(strings.Join(rows[row-1], "|"), tt.want) {
			t.Errorf("%s leads to %q, want a row with %q", tt.name, rows[row-1], tt.want)
		}
	}
}

// TestLists shows the rows of a list, typed, under the words of its form.
func TestLists(t *testing.T) {
	t.Parallel()
	data := write(t, sample(t), "vi")
	list := sheet(t, data, "DS 02-HDCD classes")
	for _, tt := range []struct{ name, got, want string }{
		{"title of a field", list["D4"].Text, "Tên lớp"}, {"text", at(t, list, "B", "H01", "D").Text, "=1+1"},
		{"date as a date", at(t, list, "B", "H01", "E").Value, "46082"}, {"number as a number", at(t, list, "B", "H01", "F").Value, "41"},
		{"cell", at(t, list, "B", "H01", "J").Text, "B9"},
		{"no zeros of the database", formatOf(t, open(t, data), "DS 02-HDCD classes", "=1+1", "F"), "#,##0"},
	} {
		if tt.got != tt.want {
			t.Errorf("%s is %q, want %q", tt.name, tt.got, tt.want)
		}
	}
	if n := len(slices.DeleteFunc(slices.Collect(maps.Keys(list)), func(cell string) bool { return !strings.HasPrefix(cell, "A") })); n != 3+1+2 {
		t.Errorf("%d rows, want two of the list: a declared nil is none", n)
	}
}

func TestLayout(t *testing.T) {
	t.Parallel()
	all := parts(t, write(t, sample(t), "vi"))
	detail := all["xl/worksheets/sheet10.xml"]
	for _, want := range []string{
		`state="frozen"`, `<autoFilter ref="$A$5:$W$14">`, `orientation="landscape"`, `paperSize="9"`, `fitToWidth="1"`, `fitToPage="true"`, "&amp;A · trang &amp;P", `firstPageNumber="1"`, `useFirstPageNumber="true"`,
	} {
		if !strings.Contains(detail, want) {
			t.Errorf("detail sheet has no %s", want)
		}
	}
	for _, want := range []string{"'Tổng quan'!$A$1:$M$", "'Chi tiết'!$A:$D,'Chi tiết'!$5:$5", "'Chi tiết'!$A$1:$M$", "'Đơn vị × chỉ tiêu'!$A:$B,"} {
		if !strings.Contains(strings.ReplaceAll(all["xl/workbook.xml"], "&#39;", "'"), want) {
			t.Errorf("workbook does not define %s", want)
		}
	}
}

// A report that still has time is not called overdue, and figures of a period that
// goes on are as of the day of the run.
func TestRunningPeriod(t *testing.T) {
	t.Parallel()
	d := sample(t)
	d.Stamp.AsOf = time.Date(2026, 5, 15, 17, 0, 0, 0, time.UTC)
	f := open(t, write(t, d, "vi"))
	rows, err := f.GetRows("Nộp báo cáo")
	if err != nil {
		t.Fatal(err)
	}
	said := ""
	for _, row := range rows {
		said += strings.Join(row, "|") + "\n"
	}
	for _, want := range []string{"Phải nộp 3 = đúng hạn 1 + muộn 1 + quá hạn chưa nộp 0 + chưa đến hạn 1", "|Chưa đến hạn|", "Số liệu tính đến ngày 15/05/2026"} {
		if !strings.Contains(said, want) {
			t.Errorf("the sheet lacks %q; it says:\n%s", want, said)
		}
	}
}
