package workbook

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// gathered are the cells that Each hands over, by sheet name.
func gathered(r *Reader, data []byte) (map[string][]Cell, error) {
	all := map[string][]Cell{}
	err := r.Each(data, DefaultLimits(), func(sheet *Sheet, row []Cell) error {
		for i := range row {
			if row[i].Row != row[0].Row {
				return fmt.Errorf("cell %s in row %d", row[i].Name(), row[0].Row+1)
			}
		}
		all[sheet.Name] = append(all[sheet.Name], row...)
		return nil
	})
	return all, err
}

// One Reader for the whole corpus reads every file as a new one does, at once
// and row by row.
func TestReaderReadsAlike(t *testing.T) {
	t.Parallel()
	var reused Reader
	for _, row := range readTable(t, "expected.tsv") {
		data, err := os.ReadFile(filepath.Join(corpus, "files", row[0]))
		if err != nil {
			t.Fatal(err)
		}
		want, wantErr := new(Reader).Read(data, DefaultLimits())
		got, err := reused.Read(data, DefaultLimits())
		if fmt.Sprint(err) != fmt.Sprint(wantErr) {
			t.Errorf("%s: error %v, want %v", row[0], err, wantErr)
			continue
		}
		if !reflect.DeepEqual(want, got) {
			t.Errorf("%s reads otherwise", row[0])
		}
		if wantErr != nil {
			continue
		}
		cells, err := gathered(&reused, data)
		if err != nil {
			t.Errorf("%s row by row: %v", row[0], err)
		}
		for _, sheet := range want.Sheets {
			if !slices.Equal(sheet.Cells, cells[sheet.Name]) {
				t.Errorf("%s row by row: cells of %q differ", row[0], sheet.Name)
			}
		}
	}
}

func TestEach(t *testing.T) {
	t.Parallel()
	var r Reader
	cells, err := gathered(&r, withRows(t, `<row r="3"><c r="B3"><v>2</v></c><c r="A3"><v>1</v></c></row><row r="1" hidden="1"><c r="A1"><v>3</v></c></row>`))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, cell := range cells["Biểu 1"] {
		got = append(got, fmt.Sprint(cell.Name(), "=", cell.Value, " ", cell.Hidden))
	}
	want := []string{"A3=1 false", "B3=2 false", "A1=3 true"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("cells mismatch (-want +got):\n%s", diff)
	}
}

func TestEachRefuses(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, rows, code string }{
		{"cell twice", `<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>`, "damaged"},
		{"row twice", `<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c><v>1</v></c></row><row r="1"><c r="B1"><v>2</v></c></row>`, "damaged"},
		{"broken behind", `<row r="1"><c r="A1"><v>1</v></c></row><row`, "damaged"},
	}
	var r Reader
	for _, tt := range tests {
		var refusal *Refusal
		if _, err := gathered(&r, withRows(t, tt.rows)); !errors.As(err, &refusal) || refusal.Code != tt.code {
			t.Errorf("%s: got %v, want %s", tt.name, err, tt.code)
		}
	}
	stop := errors.New("stop")
	err := r.Each(withRows(t, strings.Repeat(`<row><c><v>1</v></c></row>`, 9)), DefaultLimits(), func(*Sheet, []Cell) error { return stop })
	if !errors.Is(err, stop) {
		t.Errorf("got %v, want the function's own error", err)
	}
}
