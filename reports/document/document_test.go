package document_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"tonghop/pipeline"
	"tonghop/pipeline/lang"
	"tonghop/reports"
	"tonghop/reports/document"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func dec(digits string) *decimal.Decimal {
	if digits == "" {
		return nil
	}
	d := decimal.RequireFromString(digits)
	return &d
}

// article is a province with figures of the article of 5 February 2016.
func article() *reports.Dataset {
	indicator := func(code, name, measure string, kind pipeline.Kind) pipeline.Indicator {
		return pipeline.Indicator{Code: code, Name: name, Measure: measure, Kind: kind, Time: pipeline.Flow, Better: pipeline.BetterUp, Group: "Đào tạo", Rounding: pipeline.HalfUp}
	}
	whole, part := indicator("CM00", "Số người được đào tạo", "người", pipeline.KindPeople), indicator("CM01", "Trong đó: tiến sĩ, thạc sĩ", "người", pipeline.KindPeople)
	part.Parent = "CM00"
	base, learnt := indicator("HT02", "Tổng số đoàn viên", "người", pipeline.KindPeople), indicator("HT01", "Số đoàn viên được học tập", "người", pipeline.KindPeople)
	ratio := indicator("HT90", "Tỷ lệ đoàn viên được học tập", "%", pipeline.KindRatio)
	ratio.Numerator, ratio.Denominator, ratio.Decimals = []string{"HT01"}, []string{"HT02"}, 2
	strikes := indicator("DC01", "Số vụ đình công", "vụ", pipeline.KindCount)
	strikes.Better, strikes.Group = pipeline.BetterDown, "Quan hệ lao động"
	d := &reports.Dataset{
		Stamp: reports.Stamp{
			Superior: "Tổng Liên đoàn", Period: pipeline.Period{Kind: pipeline.Year, Year: 2015}, Issue: 2, Elapsed: 1, AsOf: time.Date(2016, 2, 5, 8, 0, 0, 0, time.UTC),
			Window: pipeline.Window{Start: pipeline.Day(2014, 12, 1), End: pipeline.Day(2015, 11, 30)},
		},
		Units: []reports.Unit{
			{Code: "P", Name: "Liên đoàn Lao động tỉnh", Valid: true}, {Code: "A", Name: "Huyện <An> & {{CM00}}", Parent: "P", Level: 1, Valid: true},
			{Code: "B", Name: "Huyện Bình", Parent: "P", Level: 1, Valid: true},
		},
		Indicators: []pipeline.Indicator{whole, part, base, learnt, ratio, strikes},
		Forms:      []pipeline.Form{{Code: "F", Name: "Báo cáo 1464"}},
		Scores:     []reports.Score{{Unit: "P", Met: 1, Targets: 3}, {Unit: "A", Score: dec("9.25"), Rank: 2, RankOf: 2}, {Unit: "B", Score: dec("10"), Rank: 1, RankOf: 2, Met: 3, Targets: 3}},
		Reporting: []reports.Reporting{
			{Unit: "A", Form: "F", State: "missing", Due: pipeline.Day(2015, 12, 15)}, {Unit: "B", Form: "F", State: "late"},
		},
	}
	add := func(code, actual, ytd, target, rate, previous, status string, q pipeline.Qualifier) {
		d.Achievements = append(d.Achievements, reports.Achievement{
			Unit: "P", Indicator: code, Actual: dec(actual), YTD: dec(ytd), Target: dec(target), Rate: dec(rate), Previous: dec(previous), Status: status, Qualifier: q,
		})
	}
	add("CM00", "3339", "23339", "25000", "0.93356", "3000", "not_met", pipeline.Exact)
	add("CM01", "500", "500", "", "", "", "no_target", pipeline.AtLeast)
	add("HT01", "32775", "32775", "30000", "1.0925", "32775", "met", pipeline.Exact)
	add("HT02", "53527", "53527", "", "", "", "no_target", pipeline.Exact)
	add("HT90", "0.6123078072748332", "0.6123078072748332", "0.7", "0.8747254389640475", "0.6", "not_met", pipeline.Exact)
	add("DC01", "2", "2", "3", "0.6666666667", "", "met", pipeline.Exact)
	return d
}

// paragraphs are the texts of the paragraphs of a document that have any.
func paragraphs(t *testing.T, data []byte) []string {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	must(t, err)
	file, err := archive.Open("word/document.xml")
	must(t, err)
	var all []string
	decoder := xml.NewDecoder(file)
	text := ""
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		must(t, err)
		switch x := token.(type) {
		case xml.CharData:
			text += string(x)
		case xml.EndElement:
			if text = strings.TrimSpace(text); x.Name.Local == "p" && text != "" {
				all, text = append(all, text), ""
			}
		}
	}
	return all
}

func write(t *testing.T, code string, d *reports.Dataset) []string {
	t.Helper()
	l, err := lang.Load(code)
	must(t, err)
	template, err := document.Template()
	must(t, err)
	var first, second bytes.Buffer
	must(t, document.Write(&first, template, d, l))
	must(t, document.Write(&second, template, d, l))
	if !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Error("the same dataset gave other bytes")
	}
	return paragraphs(t, first.Bytes())
}

func TestWrite(t *testing.T) {
	t.Parallel()
	got := strings.Join(write(t, "vi", article()), "\n")
	for _, want := range []string{
		"TỔNG LIÊN ĐOÀN\nLIÊN ĐOÀN LAO ĐỘNG TỈNH\n", "- Tổng Liên đoàn (để báo cáo);", "……………, ngày 05 tháng 02 năm 2016\n", "Kết quả thực hiện các chỉ tiêu năm 2015\n", "(Số liệu tính đến ngày 30 tháng 11 năm 2015)",
		"Tính đến ngày 30/11/2015, có 1/3 chỉ tiêu đạt kế hoạch năm; đã nhận 1/2 báo cáo phải nộp, trong đó 01 báo cáo nộp muộn. Còn 01 báo cáo quá hạn chưa nộp.\n",
		"1. Đào tạo\n- Số người được đào tạo: 23.339 người, đạt 93,36% kế hoạch năm (25.000 người); riêng trong kỳ 3.339 người; tăng 339 người (tăng 11,30%) so với cùng kỳ năm trước; trong đó: tiến sĩ, thạc sĩ trên 500 người.\n",
		"- Số đoàn viên được học tập: 32.775 người, đạt 109,25% kế hoạch năm (30.000 người), vượt 9,25%; bằng cùng kỳ năm trước.\n",
		"- Tỷ lệ đoàn viên được học tập: 61,23% (32.775/53.527), thấp hơn kế hoạch (70,00%) 8,77 điểm phần trăm; tăng 1,23 điểm phần trăm so với cùng kỳ năm trước.\n",
		"2. Quan hệ lao động\n- Số vụ đình công: 02 vụ, trong mức cho phép (03 vụ).\n",
		"1\nHuyện Bình\n1/1\n3/3\n10,0\n1/2\n2\nHuyện <An> & {{CM00}}\n0/1\n0/0\n9,3\n2/2\nV. TÌNH HÌNH NỘP BÁO CÁO\nCòn 01 báo cáo quá hạn chưa nộp.\n- Huyện",
		"- Huyện <An> & {{CM00}}: Báo cáo 1464, hạn nộp 15/12/2015.", "\n93,36%\nChưa đạt\n", "\n66,67%\nTrong mức\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("the report lacks %q; it says:\n%s", want, got)
		}
	}
}

// A report written while its period goes on speaks of the day it is written, and
// calls nothing overdue that still has time.
func TestRunningPeriod(t *testing.T) {
	t.Parallel()
	d := article()
	d.Stamp.AsOf = time.Date(2015, 6, 15, 17, 0, 0, 0, time.UTC)
	d.Stamp.Elapsed, d.Achievements[0].Pace = 0.54, dec("1.2")
	d.Reporting = []reports.Reporting{
		{Unit: "A", Form: "F", State: "missing", Due: pipeline.Day(2015, 6, 15)}, {Unit: "A", Form: "F", State: "missing", Due: pipeline.Day(2015, 12, 15)},
		{Unit: "B", Form: "F", State: "on_time", Due: pipeline.Day(2015, 6, 15)},
	}
	got := strings.Join(write(t, "vi", d), "\n")
	for _, want := range []string{
		"\n93,36%\nKịp tiến độ\n", "\n87,47%\nChậm tiến độ\n",
		"(Số liệu tính đến ngày 15 tháng 6 năm 2015)", "Tính đến ngày 15/06/2015, có 1/3 chỉ tiêu đạt kế hoạch năm; đã nhận 1/3 báo cáo phải nộp. Còn 02 báo cáo chưa đến hạn.\n",
		"V. TÌNH HÌNH NỘP BÁO CÁO\nCòn 02 báo cáo chưa đến hạn.\nTrên đây",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("the report lacks %q; it says:\n%s", want, got)
		}
	}
}

// Units stand kind by kind, ranked among their like; one that owes nothing and has
// no target is left out. What is measured against the targets of some units is told
// with the units that have one.
func TestUnitsAndParts(t *testing.T) {
	t.Parallel()
	d := article()
	d.Units = append(d.Units, reports.Unit{Code: "N", Name: "Ngành", Parent: "P", Kind: "sector", Valid: true}, reports.Unit{Code: "X", Name: "Đơn vị nghỉ", Parent: "P", Valid: true})
	d.Scores = append(d.Scores, reports.Score{Unit: "N", Score: dec("9"), Rank: 1, RankOf: 1, Targets: 1})
	first := &d.Achievements[0]
	first.TargetUnits, first.TargetYTD = 1, dec("20000")
	got := strings.Join(write(t, "vi", d), "\n")
	for _, want := range []string{
		"2/2\n3\nNgành\n0/0\n0/1\n9,0\n1/1\nV.", "23.339 người, trong đó 1 đơn vị được giao kế hoạch thực hiện 20.000 trên 25.000 người, đạt 93,36%;",
		"Số người được đào tạo (tính trên 1 đơn vị được giao)\nngười\n25.000\n20.000\n93,36%",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("the report lacks %q; it says:\n%s", want, got)
		}
	}
	if strings.Contains(got, "Đơn vị nghỉ") {
		t.Error("a unit that owes nothing is listed")
	}
}

// Where there is nothing to list a sentence says so in the place of a table of headers.
func TestEmptyTables(t *testing.T) {
	t.Parallel()
	d := article()
	d.Stamp.Superior, d.Reporting, d.Scores = "", nil, nil
	for n := range d.Achievements {
		d.Achievements[n].Target, d.Achievements[n].Status = nil, "no_target"
	}
	got := strings.Join(write(t, "vi", d), "\n")
	for _, want := range []string{
		"CÁC CHỈ TIÊU ĐƯỢC GIAO\nKỳ này chưa có chỉ tiêu nào được giao kế hoạch.\nIV. KẾT QUẢ CỦA CÁC ĐƠN VỊ\nKỳ này các đơn vị không có báo cáo phải nộp và chưa được giao chỉ tiêu.\nV. ",
		"Nơi nhận:\n- Các đơn vị trực thuộc;",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("the report lacks %q; it says:\n%s", want, got)
		}
	}
}

// Every marker of the built-in template means something, in either language and
// also where there is nothing to tell.
func TestNoMarkerIsLeft(t *testing.T) {
	t.Parallel()
	empty := &reports.Dataset{Units: []reports.Unit{{Code: "P", Name: "Tỉnh"}}, Stamp: reports.Stamp{Period: pipeline.Period{Kind: pipeline.Year, Year: 2015}}}
	for _, code := range []string{"vi", "en"} {
		for _, text := range write(t, code, empty) {
			if strings.Contains(text, "{{") || strings.Contains(text, "document.") {
				t.Errorf("%s: %q is left", code, text)
			}
		}
	}
}

func TestCheck(t *testing.T) {
	t.Parallel()
	cat := &pipeline.Catalogue{Indicators: []pipeline.Indicator{{Code: "HT01"}}}
	template, err := document.Template()
	must(t, err)
	found, err := document.Check(template, cat)
	must(t, err)
	if len(found) > 0 {
		t.Errorf("the built-in template has faults: %+v", found)
	}
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	w, err := archive.Create("word/document.xml")
	must(t, err)
	_, err = w.Write([]byte("<d><p><t>{{HT01}} {{HT01:rate}} {{HT01:sentence}} {{HT01:what}} {{NO}} {{@unit}} {{@who}} {{units/name}} {{units/age}} {{things/name}}</t></p></d>"))
	must(t, err)
	must(t, archive.Close())
	found, err = document.Check(out.Bytes(), cat)
	must(t, err)
	var got []string
	for _, f := range found {
		got = append(got, f.Read)
	}
	if diff := cmp.Diff([]string{"{{HT01:what}}", "{{NO}}", "{{@who}}", "{{units/age}}", "{{things/name}}"}, got); diff != "" {
		t.Errorf("faults mismatch (-want +got):\n%s", diff)
	}
	if _, err := document.Check([]byte("no archive"), cat); err == nil {
		t.Error("a text passed for a document")
	}
}
