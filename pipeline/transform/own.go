package transform

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"tonghop/pipeline"
	"tonghop/pipeline/store"
)

// OwnPrefix begins the name of every SQL file that staff keep and of every table
// that such a file makes: nothing of theirs can take the place of ours.
const OwnPrefix = "own_"

// Own is the SQL that staff keep in their workspace: models, checks and report
// queries by our own rules, run after ours have been committed. A file that is
// wrong, slow or finds something stops nothing but itself.
type Own struct {
	Files   fs.FS // with the folders models, checks and reports, each of which may be missing
	Limit   time.Duration
	MaxRows int // of a report
}

// ownFolders hold the files, in the order in which they run.
var ownFolders = []string{"models", "checks", "reports"}

// A Found is a finding on one of staff's files.
type Found struct {
	File string // below Files; the caller may put its folder before it
	pipeline.Finding
}

// A Rows is what a report query gave for a period: texts, empty for null.
type Rows struct {
	Name, Period string
	Header       []string
	Rows         [][]string
}

// Run makes the tables of staff's models anew, runs their checks, and their
// report queries for each of the periods. Each file runs in a transaction of its
// own, for a fault undoes its transaction. An error is trouble with the database.
func (o Own) Run(ctx context.Context, db *store.DB, periods []string) (reports []Rows, found []Found, err error) {
	if err := dropOwn(ctx, db); err != nil {
		return nil, nil, err
	}
	for _, folder := range ownFolders {
		statements, err := store.Statements(o.Files, folder)
		if err != nil {
			return nil, nil, err
		}
		for _, s := range statements {
			given, finding := o.runFile(ctx, db, folder, s, periods)
			if ctx.Err() != nil {
				return nil, nil, ctx.Err()
			}
			reports = append(reports, given...)
			if finding != nil {
				found = append(found, Found{File: s.Name, Finding: *finding})
			}
		}
	}
	return reports, found, nil
}

// Hash tells one state of the files from another.
func (o Own) Hash() (string, error) {
	h := sha256.New()
	for _, folder := range ownFolders {
		statements, err := store.Statements(o.Files, folder)
		if err != nil {
			return "", err
		}
		for _, s := range statements {
			fmt.Fprintf(h, "%q %q\n", s.Name, s.Text)
		}
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// dropOwn drops the tables that staff's models made in earlier runs.
func dropOwn(ctx context.Context, db *store.DB) error {
	return db.Transact(ctx, func(tx *store.Tx) error {
		var tables []string
		err := tx.Query(ctx, func(rows *sql.Rows) error {
			var table string
			err := rows.Scan(&table)
			tables = append(tables, table)
			return err
		}, "SELECT table_name FROM duckdb_tables() WHERE database_name = current_database() AND starts_with(table_name, $prefix)", sql.Named("prefix", OwnPrefix))
		if err != nil {
			return fmt.Errorf("list staff's tables: %w", err)
		}
		for _, table := range tables {
			if err := tx.Exec(ctx, "DROP TABLE "+table); err != nil {
				return fmt.Errorf("drop staff's table: %w", err)
			}
		}
		return nil
	})
}

// runFile runs one file, in each of its transactions no longer than the limit.
func (o Own) runFile(ctx context.Context, db *store.DB, folder string, s store.Statement, periods []string) (reports []Rows, found *pipeline.Finding) {
	within, cancel := context.WithTimeout(ctx, o.Limit)
	defer cancel()
	text, err := o.verified(ctx, db, folder, s)
	if err != nil {
		return nil, wrongFile(err, within, o.Limit)
	}
	name := strings.TrimSuffix(path.Base(s.Name), ".sql")
	if folder == "models" {
		// the transaction itself outlives the limit: it must be rolled back
		err = db.Transact(ctx, func(tx *store.Tx) error { return tx.Exec(within, "CREATE TABLE "+name+" AS "+text) })
		if err != nil {
			return nil, wrongFile(err, within, o.Limit)
		}
		return nil, nil
	}
	if folder == "checks" && !strings.Contains(text, "$period") {
		periods = []string{""}
	}
	for _, period := range periods {
		given, err := o.ask(ctx, within, db, text, period)
		if err != nil {
			return nil, wrongFile(err, within, o.Limit)
		}
		given.Name, given.Period = name, period
		if folder == "checks" && len(given.Rows) > 0 {
			return nil, &pipeline.Finding{Code: "sql_check_found", Severity: pipeline.SeverityWarning, Args: []pipeline.Arg{
				{Name: "n", Value: strconv.Itoa(len(given.Rows))}, {Name: "first", Value: strings.Join(given.Rows[0], ", ")},
			}}
		}
		reports = append(reports, given)
	}
	if folder == "checks" {
		return nil, nil
	}
	return reports, nil
}

var ownName = regexp.MustCompile(`^` + OwnPrefix + `[a-z0-9_]+$`)

// verified is the query of a file that keeps the rules: its name, its header,
// one SELECT, and the tables that the header names.
func (o Own) verified(ctx context.Context, db *store.DB, folder string, s store.Statement) (string, error) {
	name := strings.TrimSuffix(path.Base(s.Name), ".sql")
	if !ownName.MatchString(name) {
		return "", fmt.Errorf("the file's name must be %s… in small letters, digits and _", OwnPrefix)
	}
	header, err := ParseHeader(s.Text)
	if err != nil {
		return "", err
	}
	table, text := Query(s.Text)
	switch {
	case folder == "models" && table != name:
		return "", fmt.Errorf("a model in this file must begin with CREATE OR REPLACE TABLE %s AS", name)
	case folder != "models" && table != "":
		return "", errors.New("only models make tables")
	}
	var named []string
	err = db.Transact(ctx, func(tx *store.Tx) (err error) {
		named, err = Tables(ctx, tx, text)
		return err
	})
	if err != nil {
		return "", err
	}
	if !slices.Equal(named, header.Reads) {
		return "", fmt.Errorf("the line \"-- reads:\" names %s, the text reads %s", strings.Join(header.Reads, ", "), strings.Join(named, ", "))
	}
	return strings.TrimRight(text, "; \n\r\t"), nil
}

// ask runs a query for a period, no longer than within lasts.
func (o Own) ask(ctx, within context.Context, db *store.DB, query, period string) (given Rows, err error) {
	var args []any
	if strings.Contains(query, "$period") {
		args = append(args, sql.Named("period", period))
	}
	err = db.Transact(ctx, func(tx *store.Tx) error {
		return tx.Query(within, func(rows *sql.Rows) error {
			if len(given.Rows) >= o.MaxRows {
				return fmt.Errorf("more than %d rows", o.MaxRows)
			}
			row, header, err := textsOf(rows)
			given.Header, given.Rows = header, append(given.Rows, row)
			return err
		}, query, args...)
	})
	if err == nil && len(given.Rows) == 0 { // a table without rows still has its columns
		err = db.Transact(ctx, func(tx *store.Tx) (err error) {
			given.Header, err = tx.Columns(within, query, args...)
			return err
		})
	}
	return given, err
}

// textsOf is a row as a table shows it: figures in full, days and times as in all
// tables, null as nothing.
func textsOf(rows *sql.Rows) (row, header []string, err error) {
	if header, err = rows.Columns(); err != nil {
		return nil, nil, err
	}
	values := make([]any, len(header))
	targets := make([]any, len(header))
	for i := range values {
		targets[i] = &values[i]
	}
	if err := rows.Scan(targets...); err != nil {
		return nil, nil, err
	}
	for _, v := range values {
		row = append(row, textOf(v))
	}
	return row, header, nil
}

func textOf(value any) string {
	switch v := value.(type) {
	case nil:
		return ""
	case float64:
		return decimal.NewFromFloat(v).String()
	case time.Time:
		return strings.TrimSuffix(v.Format(time.DateTime), " 00:00:00")
	}
	if d := store.Figure(value); d != nil {
		return d.String()
	}
	return fmt.Sprint(value)
}

var lineOf = regexp.MustCompile(`\bLINE (\d+)`)

// wrongFile words what is wrong with a file: the line, where it is known, and
// what the database or the rules say.
func wrongFile(err error, ctx context.Context, limit time.Duration) *pipeline.Finding {
	reason, _, _ := strings.Cut(err.Error(), "\n")
	if ctx.Err() != nil {
		reason = fmt.Sprintf("longer than %s", limit)
	} else if at := lineOf.FindStringSubmatch(err.Error()); at != nil && !strings.HasPrefix(reason, "line ") {
		reason = "line " + at[1] + ": " + reason
	}
	return &pipeline.Finding{Code: "sql_file_wrong", Severity: pipeline.SeverityError, Args: []pipeline.Arg{{Name: "reason", Value: reason}}}
}
