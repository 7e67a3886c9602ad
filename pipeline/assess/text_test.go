package assess_test

import (
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"tonghop/pipeline"
	"tonghop/pipeline/assess"
	"tonghop/pipeline/intake"
)

// rulesWith loads the test's rules with further columns: encoding of the unit A,
// csv of both versions of the form.
func rulesWith(t *testing.T, encoding, csv string) *assess.Rules {
	t.Helper()
	files := inputs(t).(fstest.MapFS)
	files["catalogue.xlsx"] = &fstest.MapFile{Data: book(t, []string{"units", "indicators", "forms"},
		[][]any{{"code", "name", "kind", "encoding"}, {"A", "Huyện Cộng Hòa", "district", encoding}},
		[][]any{{"code", "name", "kind", "time", "weight_by"}, {"LOP", "Số lớp", "count", "flow", nil}, {"LUONG", "Lương bình quân", "average", "stock", "SO"}, {"SO", "Số người được tính", "people", "stock", nil}},
		[][]any{{"code", "name", "file", "frequency", "csv"}, {"F", "Biểu F", "old.xlsx", "quarter", csv}},
	)}
	rules, findings, err := assess.Load(files, func(pipeline.Exceptions) pipeline.Calendar { return pipeline.Calendar{} })
	if err != nil || rules == nil {
		t.Fatalf("Load: %v %+v", err, findings)
	}
	return rules
}

// verdict judges a file and lists the verdict, the codes of its findings and the
// figure read for LOP.
func verdict(t *testing.T, rules *assess.Rules, name string, data []byte) string {
	t.Helper()
	result, err := rules.Assess(assess.Input{
		File: intake.File{Path: name, Size: int64(len(data))}, Data: data, Now: time.Date(2026, 4, 10, 0, 0, 0, 0, time.UTC), Zone: time.UTC,
	})
	must(t, err)
	said := []string{string(result.Verdict)}
	for _, f := range result.Findings {
		said = append(said, f.Code)
	}
	for _, f := range result.Facts {
		if f.Indicator == "LOP" {
			said = append(said, f.Value.String())
		}
	}
	return strings.Join(said, " ")
}

// A text table is taken where the form allows it, and without a word about its
// numbers being texts.
func TestTextTables(t *testing.T) {
	t.Parallel()
	table := func(separator string) []byte {
		return []byte(strings.ReplaceAll("Đơn vị báo cáo: Huyện Cộng Hòa|Mã đơn vị: A\nKỳ: Quý I năm 2026\nTT|Nội dung|ĐVT|Số lượng\n1|Số lớp đã mở|lớp|1.250\n2|Lương bình quân|đồng|\n3|Số người được tính|người|\n", "|", separator))
	}
	tests := []struct {
		name, csv, file string
		data            []byte
		want            string
	}{
		{"allowed", "yes", "A/bc.csv", table(";"), "accepted 1250"},
		{"tabs", "yes", "A/bc.tsv", table("\t"), "accepted 1250"},
		{"tabs under a workbook's name", "yes", "A/bc.xls", table("\t"), "accepted 1250"},
		{"not allowed", "no", "A/bc.csv", table(";"), "refused not_a_workbook"},
		{"some text beside the reports", "yes", "A/ghi chu.txt", []byte("Kính gửi,tỉnh\nngày,mai\n"), "attachment"},
		{"some text as a table", "yes", "A/ghi chu.csv", []byte("Kính gửi,tỉnh\nngày,mai\n"), "refused form_not_recognised"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := verdict(t, rulesWith(t, "", tt.csv), tt.file, tt.data); got != tt.want {
				t.Errorf("verdict = %q, want %q", got, tt.want)
			}
		})
	}
}

// Staff may tell the encoding of a unit's texts: here its name, alone, could be
// anything.
func TestToldEncoding(t *testing.T) {
	t.Parallel()
	data := book(t, []string{"Biểu"}, filled("HuyÖn Céng Hßa", "", "Quý I năm 2026", "Số lớp đã mở", 3))
	for encoding, want := range map[string]string{"TCVN3": "accepted 3", "Unicode": "accepted unit_unknown 3"} {
		if got := verdict(t, rulesWith(t, encoding, ""), "A/x.xlsx", data); got != want {
			t.Errorf("in %s the verdict is %q, want %q", encoding, got, want)
		}
	}
}

// Nobody reads a text of a cell to its end in a finding; tables, answers and pages
// would carry it.
func TestLongTextsAreCut(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("số lớp ", 4000)
	result, err := rulesWith(t, "", "").Assess(assess.Input{
		File: intake.File{Path: "A/x.xlsx"}, Data: book(t, []string{"Biểu"}, filled(long, "", "Quý I năm 2026", "Số lớp đã mở", long)),
		Now: time.Date(2026, 4, 10, 0, 0, 0, 0, time.UTC), Zone: time.UTC,
	})
	must(t, err)
	if len(result.Findings) < 2 {
		t.Errorf("findings = %v, want one of the unit and one of the figure", result.Findings)
	}
	for _, f := range result.Findings {
		if size := len(f.Read); size > 1100 || size > 0 && !strings.HasSuffix(f.Read, "…") {
			t.Errorf("%s says that %d bytes were read: …%s", f.Code, size, f.Read[max(0, size-10):])
		}
	}
}
