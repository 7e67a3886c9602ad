package reports_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tonghop/reports"
)

func TestWriteJSON(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		table reports.Table
		want  string
	}{
		{"types", reports.Table{
			Name: "achievement", Header: []string{"unit", "actual", "due", "status"},
			Rows: [][]string{{"01", "0.61230780727483320000", "20", "met"}, {"H\"</script>", "", "0", ""}},
		}, "[\n{\"unit\":\"01\",\"actual\":0.61230780727483320000,\"due\":20,\"status\":\"met\"},\n{\"unit\":\"H\\\"\\u003c/script\\u003e\",\"actual\":null,\"due\":0,\"status\":null}\n]\n"},
		{"a column that is a day in one table only", reports.Table{
			Name: "reporting", Header: []string{"due"}, Rows: [][]string{{"2026-04-15"}},
		}, "[\n{\"due\":\"2026-04-15\"}\n]\n"},
		{"no rows", reports.Table{Name: "facts", Header: []string{"unit"}}, "[\n]\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var out bytes.Buffer
			if err := tt.table.WriteJSON(&out); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, out.String()); diff != "" {
				t.Errorf("JSON mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

// Excel finds no formula in a CSV file; whoever reads it by ReadCSV finds what was
// written.
func TestNoFormulaInCSV(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`=HYPERLINK("http://a.example","x")`: `"'=HYPERLINK(""http://a.example"",""x"")"`, "=cmd|' /C calc'!A0": "'=cmd|' /C calc'!A0", "@SUM(A1)": "'@SUM(A1)",
		"-2+3": "'-2+3", "+1+1": "'+1+1", "- Trong đó: nữ": "'- Trong đó: nữ", "＝1+1": "'＝1+1", "'=1": "''=1", "''=1": "'''=1",
		"a;=1+1": "a;'=1+1", "a\n@x\t=b": "\"a\n'@x\t'=b\"", "\t=1": "\"\t'=1\"", ";-x;-5": ";'-x;-5",
		"-": "-", "-5": "-5", "-1234.5": "-1234.5", "+5 %": "+5 %", "'": "'", "'a": "'a", "a=b": "a=b", "2026-04-15": "2026-04-15", "": "", "a;b": "a;b", ";": ";",
	} {
		table := reports.Table{Name: "facts", Header: []string{"raw", "x"}, Rows: [][]string{{text, "x"}}}
		var out bytes.Buffer
		if err := table.WriteCSV(&out); err != nil {
			t.Fatal(err)
		}
		if got := out.String(); got != "raw,x\n"+want+",x\n" {
			t.Errorf("%q is written as %q, want %q", text, got, want)
		}
		again, err := reports.ReadCSV(&out, "facts")
		if diff := cmp.Diff(table, again); err != nil || diff != "" {
			t.Errorf("%q comes back otherwise, %v (-written +read):\n%s", text, err, diff)
		}
	}
}

func FuzzCSV(f *testing.F) {
	for _, seed := range []string{"'=1;'-x\n@", "a\r\n=b", "−1", "'';=\t+"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		table := reports.Table{Name: "t", Header: []string{"a", "b"}, Rows: [][]string{{text, "x"}}}
		var out bytes.Buffer
		if err := table.WriteCSV(&out); err != nil {
			t.Fatal(err)
		}
		written := out.String()
		again, err := reports.ReadCSV(&out, "t")
		if want := strings.ReplaceAll(text, "\r\n", "\n"); err != nil || again.Rows[0][0] != want { // as encoding/csv reads line ends
			t.Fatalf("%q is written as %q and comes back as %q, %v", text, written, again.Rows, err)
		}
		if cell := strings.TrimPrefix(strings.SplitN(written, "\n", 2)[1], `"`); strings.ContainsAny(cell[:1], "=@") {
			t.Fatalf("%q is written as a formula: %q", text, written)
		}
	})
}
