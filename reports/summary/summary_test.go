package summary_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"tonghop/reports"
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
		"vi": {"Tổng quan", "Xếp hạng", "Đơn vị × chỉ tiêu", "Chi tiết", "Nộp báo cáo", "Thay đổi", "Lỗi, cảnh báo", "Số liệu nguồn"},
		"en": {"Overview", "Ranking", "Units × indicators", "Detail", "Reporting", "Changes", "Findings", "Source figures"},
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
	all := parts(t, write(t, sample(t), "vi"))
	overview, matrix, detail := cells(t, all["xl/worksheets/sheet1.xml"]), cells(t, all["xl/worksheets/sheet3.xml"]), cells(t, all["xl/worksheets/sheet4.xml"])
	tests := []struct {
		name    string
		got     stored
		formula string
		value   string
	}{
		{"overview rate", at(t, overview, "B", "Số cuộc tuyên truyền, phổ biến", "G"), `^IFERROR\(E(\d+)/F\d+,""\)$`, "1.25"},
		{"overview pace", at(t, overview, "B", "Số cuộc tuyên truyền, phổ biến", "I"), `^IFERROR\(E\d+/H\d+,""\)$`, "2.507019655"},
		{"detail rate", at(t, detail, "C", "HT90", "J"), `^IFERROR\(H\d+/I\d+,""\)$`, "0.989727272727"},
		{"matrix rate", at(t, matrix, "A", "H01", "E"), `^IFERROR\(E\d+/E\d+,""\)$`, "0.6033"},
		{"rate over the units with a target", at(t, overview, "B", "Số người được đào tạo, nâng cao trình độ chuyên môn nghiệp vụ", "G"), `^IFERROR\(23339/F\d+,""\)$`, "0.612298974211"},
		{"pace over the units with a target", at(t, overview, "B", "Số người được đào tạo, nâng cao trình độ chuyên môn nghiệp vụ", "I"), `^IFERROR\(23339/H\d+,""\)$`, "1.228036450483"},
		{"rate over the units with a target, matrix", at(t, matrix, "A", "LDLD-ST", "E"), `^IFERROR\(23339/E\d+,""\)$`, "0.612298974211"},
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
				for cell, c := range cells(t, all["xl/worksheets/sheet"+string(rune('1'+i))+".xml"]) {
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
	overview := cells(t, parts(t, write(t, sample(t), "vi"))["xl/worksheets/sheet1.xml"])
	for indicator, want := range map[string]string{
		"Tỷ lệ đoàn viên được học tập nâng cao trình độ":                "cắt số lẻ, không làm tròn: 97,9%",
		"Trong đó: tiến sĩ, thạc sĩ":                                    "mức tối thiểu",
		"Số vụ tai nạn lao động":                                        "không phát sinh; càng thấp càng tốt",
		"Số người được đào tạo, nâng cao trình độ chuyên môn nghiệp vụ": "tỷ lệ tính trên 5 đơn vị được giao: 23.339/38.117",
	} {
		if got := at(t, overview, "B", indicator, "M").Text; !strings.Contains(got, want) {
			t.Errorf("note on %q is %q, want it to say %q", indicator, got, want)
		}
	}
	if got := at(t, overview, "B", "Tỷ lệ đoàn viên được học tập nâng cao trình độ", "E").Value; got != "0.97983" {
		t.Errorf("a truncated indicator's cell holds %q, want the exact 0.97983", got)
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
		{"Trong đó: tiến sĩ, thạc sĩ", 3, "≥ 500"},
		{"Trong đó: tiến sĩ, thạc sĩ", 11, "2/3"},
		{"Số người được đào tạo, nâng cao trình độ chuyên môn nghiệp vụ", 11, "2/3 (1 đủ báo cáo)"},
		{"Số vụ tai nạn lao động", 10, "Trong mức cho phép"},
	} {
		if got := shown[tt.indicator][tt.col]; got != tt.want {
			t.Errorf("%q shows %q in column %d, want %q", tt.indicator, got, tt.col, tt.want)
		}
	}
	if got, want := formatOf(t, f, "Tổng quan", "Số vụ tai nạn lao động", "E"), `#,##0;-#,##0;"–"`; got != want {
		t.Errorf("a declared nil has the format %q, want %q", got, want)
	}
	received, err := f.GetCellValue("Nộp báo cáo", "F6")
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
	first := write(t, large(t), "vi")
	for range 3 {
		if !bytes.Equal(first, write(t, large(t), "vi")) {
			t.Fatal("equal datasets give different bytes")
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
	for _, want := range []string{"Đạt 2/5 chỉ tiêu; thấp nhất là Số người được đào tạo", "61,23%", "1F6FA8", "D2691E"} {
		if !strings.Contains(chart, want) {
			t.Errorf("chart has no %q", want)
		}
	}
	if n := strings.Count(chart, "<ser>"); n != 2 {
		t.Errorf("chart has %d series, want 2", n)
	}
}

func TestLayout(t *testing.T) {
	t.Parallel()
	all := parts(t, write(t, sample(t), "vi"))
	detail := all["xl/worksheets/sheet4.xml"]
	for _, want := range []string{
		`state="frozen"`, `<autoFilter ref="$A$4:$W$13">`, `orientation="landscape"`, `paperSize="9"`, `fitToWidth="1"`, `fitToPage="true"`, "Trang &amp;P/&amp;N",
	} {
		if !strings.Contains(detail, want) {
			t.Errorf("detail sheet has no %s", want)
		}
	}
	for _, want := range []string{"'Tổng quan'!$A$1:$M$", "'Chi tiết'!$4:$4", "'Đơn vị × chỉ tiêu'!$A:$B,"} {
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
