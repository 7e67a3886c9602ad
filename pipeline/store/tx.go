package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"math/big"
	"slices"
	"time"

	duckdb "github.com/duckdb/duckdb-go/v2"
	"github.com/shopspring/decimal"

	tonghopsql "tonghop/sql"
)

// A Tx is one transaction. Its first error sticks: DuckDB's Commit returns nil
// after a failed statement although everything was rolled back.
type Tx struct {
	conn *sql.Conn
	tx   *sql.Tx
	err  error
}

// Transact runs work in one transaction. If work or any statement in it fails,
// nothing of it remains.
func (d *DB) Transact(ctx context.Context, work func(*Tx) error) error {
	inner, err := d.conn.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin transaction: %w", err)
	}
	tx := &Tx{conn: d.conn, tx: inner}
	if err := work(tx); err != nil || tx.err != nil {
		return errors.Join(diagnosed(errors.Join(err, tx.onlyNew(err))), inner.Rollback())
	}
	if err := inner.Commit(); err != nil {
		return fmt.Errorf("commit transaction: %w", diagnosed(err))
	}
	return nil
}

// onlyNew is the sticky error unless err already tells it.
func (t *Tx) onlyNew(err error) error {
	if t.err == nil || errors.Is(err, t.err) {
		return nil
	}
	return t.err
}

// Exec runs one statement.
func (t *Tx) Exec(ctx context.Context, statement string, args ...any) error {
	if t.err != nil {
		return t.err
	}
	if _, err := t.tx.ExecContext(ctx, statement, args...); err != nil {
		t.err = err
	}
	return t.err
}

// Query runs one query and calls scan for each row.
func (t *Tx) Query(ctx context.Context, scan func(*sql.Rows) error, query string, args ...any) (err error) {
	if t.err != nil {
		return t.err
	}
	rows, err := t.tx.QueryContext(ctx, query, args...)
	if err != nil {
		t.err = err
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }() // an open cursor makes the next open of the file spin
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// Columns names the columns of a query, whether or not it gives rows.
func (t *Tx) Columns(ctx context.Context, query string, args ...any) (names []string, err error) {
	if t.err != nil {
		return nil, t.err
	}
	rows, err := t.tx.QueryContext(ctx, query, args...)
	if err != nil {
		t.err = err
		return nil, err
	}
	names, err = rows.Columns()
	return names, errors.Join(err, rows.Close())
}

// Report runs the query of the named file in sql/reports with its parameters.
func (t *Tx) Report(ctx context.Context, name string, scan func(*sql.Rows) error, args ...any) error {
	text, err := fs.ReadFile(tonghopsql.Files, "reports/"+name+".sql")
	if err != nil {
		return fmt.Errorf("read SQL: %w", err)
	}
	if err := t.Query(ctx, scan, string(text), args...); err != nil {
		return fmt.Errorf("run report %s: %w", name, err)
	}
	return nil
}

// Append adds rows to a table. Values are strings, bools, integers, dates and
// times in UTC, Decimals and nil.
func (t *Tx) Append(table string, rows [][]any) error {
	if len(rows) == 0 {
		return t.err
	}
	return t.appendAll(table, slices.Values(rows))
}

// appendAll is Append for rows that need not be in memory all at once.
func (t *Tx) appendAll(table string, rows iter.Seq[[]any]) error {
	if t.err != nil {
		return t.err
	}
	if err := t.conn.Raw(func(raw any) error { return appendRows(raw.(driver.Conn), table, rows) }); err != nil {
		t.err = fmt.Errorf("load table %s: %w", table, err)
	}
	return t.err
}

// appendRows closes the appender in every case and reports the first error:
// closing alone would commit what came before a faulty row.
func appendRows(conn driver.Conn, table string, rows iter.Seq[[]any]) error {
	appender, err := duckdb.NewAppender(conn, catalog, "main", table)
	if err != nil {
		return err
	}
	values := make([]driver.Value, 0, 16)
	count := 0
	for row := range rows {
		count++
		values = values[:0]
		for _, v := range row {
			values = append(values, v)
		}
		if err := appender.AppendRow(values...); err != nil {
			return errors.Join(fmt.Errorf("row %d: %w", count, err), appender.Close())
		}
	}
	return appender.Close()
}

// Scale is the number of decimals that the database keeps of a reported value.
const Scale = 10

// Decimal is d as the database takes it. The appender ignores the scale of a
// decimal, so that it must be that of the column; what lies beyond is rounded.
func Decimal(d decimal.Decimal) duckdb.Decimal {
	value := d.Coefficient()
	if places := d.Exponent() + Scale; places >= 0 && places < int32(len(powers)) {
		value.Mul(value, powers[places]) // nearly all: the rest is slow
	} else {
		value = d.Shift(Scale).Round(0).BigInt()
	}
	return duckdb.Decimal{Width: 38, Scale: Scale, Value: value}
}

// powers are those of 10 that figures are scaled by.
var powers = func() (powers [2 * Scale]*big.Int) {
	for i := range powers {
		powers[i] = new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(i)), nil)
	}
	return powers
}()

// Figure reads a figure that may be missing, decimal or floating.
func Figure(value any) *decimal.Decimal {
	var d decimal.Decimal
	switch v := value.(type) {
	case duckdb.Decimal:
		d = decimal.NewFromBigInt(v.Value, -int32(v.Scale))
	case float64:
		d = decimal.NewFromFloat(v)
	case *big.Int:
		d = decimal.NewFromBigInt(v, 0)
	default:
		return nil
	}
	return &d
}

// Text is s, or null where it is empty.
func Text(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// forever stands for an open end.
var forever = time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)
