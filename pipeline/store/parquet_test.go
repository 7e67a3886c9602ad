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

// What is written as Parquet reads back typed and exact, and the same rows make
// the same bytes.
func TestParquet(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	p, err := store.NewParquet(ctx, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	columns := []store.Column{
		{Name: "unit", Type: "VARCHAR"}, {Name: "value", Type: store.FigureType}, {Name: "due", Type: "BIGINT"}, {Name: "valid", Type: "BOOLEAN"},
		{Name: "received", Type: "TIMESTAMPTZ"}, {Name: `a "name"`, Type: "VARCHAR"}, {Name: "huge", Type: store.FigureType},
	}
	rows := [][]string{
		{"H01", "999999999999999.1234567891", "12", "true", "2026-04-10T08:00:00+07:00", "a,\"b\"\nc", "1"},
		{"H02", "", "", "", "", "bad \xff", "1000000000000000000000000000000"},
	}
	first, err := p.Write(ctx, columns, rows)
	if err != nil {
		t.Fatal(err)
	}
	for _, rows := range [][][]string{{{"other"}}, nil} { // a table of texts only, and one without rows
		if _, err := p.Write(ctx, columns[:1], rows); err != nil {
			t.Fatal(err)
		}
	}
	second, err := p.Write(ctx, columns, rows)
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
