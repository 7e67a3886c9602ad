package job_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"tonghop/reports"
)

// numbersAsText are the columns whose texts may be digits only.
var numbersAsText = map[string]bool{"raw": true, "cell": true, "sha256": true, "part_unit": true}

// Every published table has its Parquet file, and no column of numbers is kept
// there as text.
func TestParquetBesideCSV(t *testing.T) {
	t.Parallel()
	w := published(t)
	tables, err := filepath.Glob(w.path("out/2026-Q1/data/*.csv"))
	must(t, err)
	if len(tables) < 9 {
		t.Fatalf("tables = %q, want all", tables)
	}
	for _, path := range tables {
		name := strings.TrimSuffix(filepath.Base(path), ".csv")
		if !w.exists("out/2026-Q1/data/" + name + ".parquet") {
			t.Errorf("table %s has no Parquet file", name)
		}
		file, err := os.Open(path)
		must(t, err)
		table, err := reports.ReadCSV(file, name)
		must(t, err)
		must(t, file.Close())
		for i, column := range table.Header {
			if onlyNumbers(table, i) && table.Type(i) == reports.TextColumn && !numbersAsText[column] {
				t.Errorf("column %s of %s holds numbers and is text in Parquet", column, name)
			}
		}
	}
}

func onlyNumbers(table reports.Table, column int) bool {
	numbers := 0
	for _, row := range table.Rows {
		if row[column] == "" {
			continue
		}
		if _, err := decimal.NewFromString(row[column]); err != nil {
			return false
		}
		numbers++
	}
	return numbers > 0
}
