package transform_test

import (
	"context"
	"database/sql"
	"encoding/csv"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tonghop/pipeline"
	"tonghop/pipeline/store"
	"tonghop/pipeline/transform"
	tonghopsql "tonghop/sql"
)

var update = flag.Bool("update", false, "rewrite the want.csv of every case")

const casesDir = "../../sql/cases"

// TestCases runs each SQL file on the small tables of its case folders:
// sql/cases/<file's name without its number>/<rule>/. CONTRIBUTING.md tells what
// stands in them.
func TestCases(t *testing.T) {
	t.Parallel()
	known := map[string]bool{}
	for _, folder := range []string{"views", "ledger", "models", "checks", "reports"} {
		statements, err := store.Statements(tonghopsql.Files, folder)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range statements {
			name := caseName(s.Name)
			if known[name] {
				t.Errorf("two SQL files are called %s", name)
			}
			known[name] = true
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				runCases(t, s, name)
			})
		}
	}
	for _, name := range folders(t, casesDir) {
		if !known[name] {
			t.Errorf("sql/cases/%s belongs to no SQL file", name)
		}
	}
}

// caseName is a file's name without its folder, its number and its ending: the
// table that a model makes.
func caseName(path string) string {
	return strings.TrimLeft(strings.TrimSuffix(filepath.Base(path), ".sql"), "0123456789_")
}

func folders(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		if e.IsDir() {
			names = append(names, e.Name())
		}
	}
	return names
}

// runCases runs the cases of one SQL file in a database of its own.
func runCases(t *testing.T, s store.Statement, name string) {
	cases := folders(t, filepath.Join(casesDir, name))
	if table, _ := transform.Query(s.Text); len(cases) == 0 && table != "" {
		t.Fatalf("%s has no case: add sql/cases/%s/<the rule it shows>/", s.Name, name)
	}
	db := emptyModels(t)
	for _, rule := range cases {
		t.Run(rule, func(t *testing.T) {
			c := sqlCase{dir: filepath.Join(casesDir, name, rule), statement: s, table: name}
			err := db.Transact(t.Context(), func(tx *store.Tx) error { return c.run(t, tx) })
			if err != nil {
				t.Fatal(err)
			}
		})
	}
}

// emptyModels is a database in which every table stands, with its real types,
// and holds no row.
func emptyModels(t *testing.T) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "case.duckdb"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	models := allModels(t)
	err = db.Transact(t.Context(), func(tx *store.Tx) error {
		for _, m := range models {
			if err := tx.Exec(t.Context(), m.Text); err != nil {
				return fmt.Errorf("run %s on empty tables: %w", m.Name, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return db
}

// allModels are those of sql/ledger, then those of sql/models.
func allModels(t *testing.T) []store.Statement {
	t.Helper()
	var all []store.Statement
	for _, folder := range []string{"ledger", "models"} {
		models, err := store.Statements(tonghopsql.Files, folder)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, models...)
	}
	return all
}

// A sqlCase is one case folder.
type sqlCase struct {
	dir       string
	statement store.Statement
	table     string
}

func (c sqlCase) run(t *testing.T, tx *store.Tx) error {
	ctx := t.Context()
	if err := c.clear(ctx, tx); err != nil {
		return err
	}
	files, err := filepath.Glob(filepath.Join(c.dir, "*.csv"))
	if err != nil {
		return err
	}
	for _, file := range files {
		if filepath.Base(file) == "want.csv" {
			continue
		}
		if err := c.fill(ctx, tx, file); err != nil {
			return fmt.Errorf("fill %s: %w", file, err)
		}
	}
	want, err := readTable(filepath.Join(c.dir, "want.csv"))
	if err != nil && !(*update && os.IsNotExist(err)) {
		return err
	}
	got, err := c.result(ctx, tx, want)
	if err != nil {
		return err
	}
	if *update {
		return writeTable(filepath.Join(c.dir, "want.csv"), got)
	}
	if diff := cmp.Diff(lines(want), lines(got)); diff != "" {
		t.Errorf("%s gives another table (-want +got):\n%s", c.statement.Name, diff)
	}
	return nil
}

// clear empties every table and lets its columns be null, so that a case gives
// only the columns it speaks of. A view becomes such a table.
func (c sqlCase) clear(ctx context.Context, tx *store.Tx) error {
	tables, err := texts(ctx, tx, "SELECT table_name FROM information_schema.tables WHERE table_catalog = current_database() ORDER BY ALL")
	if err != nil {
		return err
	}
	for _, table := range tables {
		if err := tx.Exec(ctx, fmt.Sprintf("CREATE TABLE empty AS FROM %s LIMIT 0", table)); err != nil {
			return err
		}
		if err := c.replace(ctx, tx, table, "ALTER TABLE empty RENAME TO "+table); err != nil {
			return err
		}
	}
	return nil
}

// replace drops a table or view and makes it anew.
func (c sqlCase) replace(ctx context.Context, tx *store.Tx, name, create string) error {
	kinds, err := texts(ctx, tx, "SELECT table_type FROM information_schema.tables WHERE table_catalog = current_database() AND table_name = $name", sql.Named("name", name))
	if err != nil {
		return err
	}
	for _, kind := range kinds {
		if err := tx.Exec(ctx, "DROP "+strings.TrimPrefix(kind, "BASE ")+" "+name); err != nil {
			return err
		}
	}
	return tx.Exec(ctx, create)
}

// fill loads a CSV file into the table of its name.
func (c sqlCase) fill(ctx context.Context, tx *store.Tx, file string) error {
	table := strings.TrimSuffix(filepath.Base(file), ".csv")
	header, err := transform.ParseHeader(c.statement.Text)
	if err != nil {
		return err
	}
	if !slices.Contains(header.Reads, table) {
		return fmt.Errorf("%s does not read a table %s", c.statement.Name, table)
	}
	given, err := readTable(file)
	if err != nil {
		return err
	}
	columns, err := texts(ctx, tx, "SELECT column_name FROM information_schema.columns WHERE table_name = $table ORDER BY ordinal_position", sql.Named("table", table))
	if err != nil {
		return err
	}
	for i, row := range given[1:] {
		if len(row) != len(given[0]) {
			return fmt.Errorf("row %d has %d cells under %d headings", i+1, len(row), len(given[0]))
		}
		names, values, err := completed(table, columns, given[0], row, i)
		if err != nil {
			return err
		}
		holders := strings.TrimSuffix(strings.Repeat("?, ", len(names)), ", ")
		if err := tx.Exec(ctx, fmt.Sprintf("INSERT INTO %s (%s) VALUES (%s)", table, strings.Join(names, ", "), holders), values...); err != nil {
			return fmt.Errorf("row %d: %w", i+1, err)
		}
	}
	return nil
}

// completed adds to a row the columns that it leaves out and that have a plain
// value; all others stay null.
func completed(table string, columns, header, row []string, ordinal int) (names []string, values []any, err error) {
	given := map[string]string{}
	for i, name := range header {
		given[name] = row[i]
		names, values = append(names, name), append(values, store.Text(row[i]))
	}
	plain := map[string]string{
		"ordinal": fmt.Sprint(ordinal + 1), "measure": "value", "state": "number", "qualifier": "exact", "basis": "period", "time": "flow",
		"better": "up", "is_valid": "true", "published": "true", "is_present": "false", "shown_in": given["unit"], "valid_from": "2000-01-01", "valid_to": "9999-12-31",
		"is_about": "false", "is_at_least": "false", "is_nil": "false", "folder": given["unit"], "received_on": day(given["first_seen"]),
	}
	if err := addDays(plain, table, given); err != nil {
		return nil, nil, err
	}
	for _, name := range columns {
		if _, ok := given[name]; !ok && plain[name] != "" {
			names, values = append(names, name), append(values, plain[name])
		}
	}
	return names, values, nil
}

// addDays fills in the days of a row's period, of years that start on 1 January
// and reports that are due 15 days after the cut-off.
func addDays(plain map[string]string, table string, given map[string]string) error {
	code := given["period"]
	if other, ok := given["form_period"]; ok {
		code = other
	}
	if code == "" {
		return nil
	}
	code, view, _ := strings.Cut(code, " ") // by present units
	p, err := pipeline.ParsePeriod(code)
	if err != nil {
		return err
	}
	plain["is_present"] = fmt.Sprint(view != "")
	calendar := pipeline.Calendar{}
	window, year := calendar.Window(p), calendar.YearWindow(p)
	if table != "run_period" && p.Kind == pipeline.Span { // a report for several years lies in the last one
		year = calendar.YearWindow(pipeline.Period{Kind: pipeline.Year, Year: p.EndYear()})
	}
	for name, on := range map[string]time.Time{
		"start_on": window.Start, "cut_off": window.End, "year_start": year.Start, "year_end": year.End, "due_on": calendar.Due(p, 15),
	} {
		plain[name] = on.Format(time.DateOnly)
	}
	if table == "run_period" { // elsewhere a figure is called so
		plain["previous"] = p.Previous().String()
	}
	plain["is_span"] = fmt.Sprint(p.Kind == pipeline.Span)
	plain["first_year"], plain["last_year"] = fmt.Sprint(p.Year), fmt.Sprint(p.EndYear())
	first, last := p.Months()
	plain["first_month"], plain["last_month"], plain["year_month"] = fmt.Sprint(first), fmt.Sprint(last), fmt.Sprint(12*p.Year)
	return nil
}

func day(moment string) string {
	if len(moment) < len(time.DateOnly) {
		return ""
	}
	return moment[:len(time.DateOnly)]
}

// make runs a model, which may read what it left the last time, or a view.
func (c sqlCase) make(ctx context.Context, tx *store.Tx, create string) error {
	if strings.HasPrefix(c.statement.Name, "views/") {
		return c.replace(ctx, tx, c.table, create)
	}
	return tx.Exec(ctx, create)
}

// result runs the SQL and reads what it gives, in the columns of want, or in all
// of them where there is no want yet.
func (c sqlCase) result(ctx context.Context, tx *store.Tx, want [][]string) ([][]string, error) {
	query := strings.TrimSuffix(strings.TrimSpace(c.statement.Text), ";")
	var args []any
	if table, _ := transform.Query(query); table != "" {
		if err := c.make(ctx, tx, query); err != nil {
			return nil, err
		}
		query = "FROM " + c.table
	}
	if strings.Contains(query, "$period") {
		period, err := os.ReadFile(filepath.Join(c.dir, "period"))
		if err != nil {
			return nil, err
		}
		args = append(args, sql.Named("period", strings.TrimSpace(string(period))))
	}
	var got [][]string
	err := tx.Query(ctx, func(rows *sql.Rows) error {
		columns, err := rows.Columns()
		if err != nil {
			return err
		}
		shown := columns
		if len(want) > 0 {
			shown = want[0]
		}
		if got == nil {
			got = [][]string{shown}
		}
		row, err := scanned(rows, columns, shown)
		got = append(got, row)
		return err
	}, query, args...)
	if err != nil {
		return nil, err
	}
	if got == nil && len(want) > 0 {
		got = want[:1]
	}
	if !strings.HasPrefix(c.statement.Name, "reports/") { // reports have an order of their own, tables none
		for _, rows := range [][][]string{got, want} {
			slices.SortFunc(rows[min(1, len(rows)):], slices.Compare)
		}
	}
	return got, nil
}

// scanned is a row as a case shows it: figures without trailing zeros, quotients
// with 12 digits, null as nothing.
func scanned(rows *sql.Rows, columns, shown []string) ([]string, error) {
	values := make([]any, len(columns))
	targets := make([]any, len(columns))
	for i := range values {
		targets[i] = &values[i]
	}
	if err := rows.Scan(targets...); err != nil {
		return nil, err
	}
	row := make([]string, len(shown))
	for i, name := range shown {
		at := slices.Index(columns, name)
		if at < 0 {
			return nil, fmt.Errorf("want.csv has a column %s, the result has %s", name, strings.Join(columns, ", "))
		}
		row[i] = shownAs(values[at])
	}
	return row, nil
}

func shownAs(value any) string {
	switch v := value.(type) {
	case nil:
		return ""
	case float64:
		return fmt.Sprintf("%.12g", v)
	case time.Time:
		return strings.TrimSuffix(v.Format(time.DateTime), " 00:00:00")
	}
	if d := store.Figure(value); d != nil {
		return d.String()
	}
	return fmt.Sprint(value)
}

// readTable reads a CSV file; lines that begin with # explain the case.
func readTable(path string) ([][]string, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	reader := csv.NewReader(file)
	reader.Comment, reader.FieldsPerRecord = '#', -1
	rows, err := reader.ReadAll()
	if err == nil && len(rows) == 0 {
		err = fmt.Errorf("%s has no header", path)
	}
	return rows, err
}

var comments = regexp.MustCompile(`(?m)^#.*\n`)

// writeTable writes a CSV file and keeps the comments that head it.
func writeTable(path string, rows [][]string) error {
	old, err := os.ReadFile(path)
	if err != nil && !os.IsNotExist(err) {
		return err
	}
	var text strings.Builder
	text.WriteString(strings.Join(comments.FindAllString(string(old), -1), ""))
	if err := csv.NewWriter(&text).WriteAll(rows); err != nil {
		return err
	}
	return os.WriteFile(path, []byte(text.String()), 0o644)
}

// lines shows a table a row a line, in the order of its rows.
func lines(rows [][]string) []string {
	var all []string
	for _, row := range rows {
		all = append(all, strings.Join(row, ","))
	}
	return all
}

// texts reads the first column of a query.
func texts(ctx context.Context, tx *store.Tx, query string, args ...any) ([]string, error) {
	var all []string
	err := tx.Query(ctx, func(rows *sql.Rows) error {
		var s string
		err := rows.Scan(&s)
		all = append(all, s)
		return err
	}, query, args...)
	return all, err
}
