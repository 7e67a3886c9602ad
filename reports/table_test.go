package reports_test

import (
	"bytes"
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
