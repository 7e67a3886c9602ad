package store_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
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

// Figures are what DuckDB makes of their texts, however many digits a column has.
func TestParquetFigures(t *testing.T) {
	t.Parallel()
	pool, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	p, err := store.NewParquet(context.Background(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name    string
		figures []string
	}{
		{"whole", []string{"0", "-3", "12066", "", "999999999999999999"}},
		{"quotients", []string{"0.6666666666666667", "-0.5", "1", "7", "-1.25", "", "0.00000000000000001"}},
		{"one decimal", []string{"1.5", "-99999999999999999", "-0.1", "0"}},
		{"many digits together", []string{"12345678901234567", "0.25", "-12345678901234567890.123456789012345678", "99999999999999999999"}},
		{"small quotients", []string{"0.0123456789012345678", "0.0123456789012345674", "0.0123456789012345675", "-0.0123456789012345675", "0.9999999999999999995", "-0.0000000000000000004", "12"}},
		{"no plain number", []string{"1e3", "0.5"}},
		{"all empty", []string{"", ""}},
	} {
		var rows [][]string
		var want []string
		for _, f := range tt.figures {
			rows = append(rows, []string{"H01", f, "", "", "", "", ""})
			figure := "-"
			if f != "" {
				if err := pool.QueryRow("SELECT $1::VARCHAR::DECIMAL(38, 18)::VARCHAR", f).Scan(&figure); err != nil {
					t.Fatal(err)
				}
			}
			want = append(want, "H01|"+figure+"|-|-|-")
		}
		data, err := p.Write(context.Background(), parquetColumns, rows)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, readParquet(t, data)); diff != "" {
			t.Errorf("%s: rows mismatch (-want +got):\n%s", tt.name, diff)
		}
	}
	if err := errors.Join(p.Close(), pool.Close()); err != nil {
		t.Fatal(err)
	}
}

// BenchmarkParquet writes figures of a large province: short ones, columns of which one
// has many digits, and what has to be cast from texts.
func BenchmarkParquet(b *testing.B) {
	p, err := store.NewParquet(context.Background(), b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	columns := []store.Column{{Name: "unit", Type: "VARCHAR"}}
	for n := range 10 {
		columns = append(columns, store.Column{Name: fmt.Sprint("figure", n), Type: store.FigureType})
	}
	for _, last := range []struct{ name, figure string }{{"small", "0.5"}, {"large", "0.0123456789012345678"}, {"texts", "5e-1"}} {
		b.Run(last.name, func(b *testing.B) {
			var rows [][]string
			for n := range 5_000 {
				row := []string{fmt.Sprint("U", n/100)}
				for i := range 10 {
					row = append(row, fmt.Sprintf("%d.%d", n*7%9000, i))
				}
				rows = append(rows, row)
			}
			for i := range 10 {
				rows[len(rows)-1][1+i] = last.figure
			}
			b.ReportAllocs()
			for b.Loop() {
				if _, err := p.Write(context.Background(), columns, rows); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	if err := p.Close(); err != nil {
		b.Fatal(err)
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
