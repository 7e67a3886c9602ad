package store_test

import (
	"bytes"
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tonghop/pipeline/store"
)

var parquetColumns = []store.Column{
	{Name: "unit", Type: "VARCHAR"}, {Name: "value", Type: store.FigureType}, {Name: "due", Type: "BIGINT"}, {Name: "valid", Type: "BOOLEAN"},
	{Name: "received", Type: "TIMESTAMPTZ"}, {Name: `a "name"`, Type: "VARCHAR"}, {Name: "huge", Type: store.FigureType},
}

// What is written as Parquet reads back typed and exact, and the same rows make
// the same bytes.
func TestParquet(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	p, err := store.NewParquet(ctx, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	rows := [][]string{
		{"H01", "999999999999999.1234567891", "12", "true", "2026-04-10T08:00:00+07:00", "a,\"b\"\nc", "1"},
		{"H02", "", "", "", "", "bad \xff", "1000000000000000000000000000000"},
	}
	first, err := p.Write(ctx, parquetColumns, rows)
	if err != nil {
		t.Fatal(err)
	}
	for _, rows := range [][][]string{{{"other"}}, nil} { // a table of texts only, and one without rows
		if _, err := p.Write(ctx, parquetColumns[:1], rows); err != nil {
			t.Fatal(err)
		}
	}
	second, err := p.Write(ctx, parquetColumns, rows)
	if err != nil || !bytes.Equal(first, second) {
		t.Errorf("the same rows made other bytes, or %v", err)
	}
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	got := readParquet(t, first)
	want := []string{
		"H01|999999999999999.123456789100000000|12|true|2026-04-10 01:00:00|a,\"b\"\nc|1.0",
		"H02|-|-|-|-|bad \ufffd|1e+30",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("rows mismatch (-want +got):\n%s", diff)
	}
}

// Figures that are loaded as numbers, because all of a column are short, are those
// that they are as texts, and so is what is no number.
func TestParquetFigures(t *testing.T) {
	t.Parallel()
	const long = "0.1234567890123456789"
	for _, tt := range []struct {
		name    string
		figures []string
	}{
		{"whole", []string{"0", "-3", "12066", "", "999999999999999999"}},
		{"quotients", []string{"0.6666666666666667", "-0.5", "1", "7", "-1.25", "", "0.00000000000000001"}},
		{"one decimal", []string{"1.5", "-99999999999999999", "-0.1", "0"}},
		{"too long together", []string{"12345678901234567", "0.25"}},
		{"all empty", []string{"", ""}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p, err := store.NewParquet(context.Background(), t.TempDir())
			if err != nil {
				t.Fatal(err)
			}
			read := func(figures []string) []string {
				var rows [][]string
				for _, f := range figures {
					rows = append(rows, []string{"H01", f, "1", "", "", "", ""})
				}
				data, err := p.Write(context.Background(), parquetColumns, rows)
				if err != nil {
					t.Fatal(err)
				}
				return readParquet(t, data)
			}
			short, asText := read(tt.figures), read(append(tt.figures, long))
			if diff := cmp.Diff(asText[:len(tt.figures)], short); diff != "" {
				t.Errorf("rows mismatch (-as texts +as numbers):\n%s", diff)
			}
			if err := p.Close(); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// readParquet lists the rows of a file, a dash for null.
func readParquet(t *testing.T, data []byte) []string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "x.parquet")
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
	pool, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	rows, err := pool.Query(`SELECT concat_ws('|', unit, coalesce("value"::VARCHAR, '-'), coalesce(due::VARCHAR, '-'), coalesce(valid::VARCHAR, '-'),
		coalesce((received AT TIME ZONE 'UTC')::VARCHAR, '-'), "a ""name""", huge) FROM read_parquet($1)`, path)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for rows.Next() {
		var row string
		if err := rows.Scan(&row); err != nil {
			t.Fatal(err)
		}
		all = append(all, row)
	}
	if err := rows.Close(); err != nil {
		t.Fatal(err)
	}
	if err := pool.Close(); err != nil {
		t.Fatal(err)
	}
	return all
}
