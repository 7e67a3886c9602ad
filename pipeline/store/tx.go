package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
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

// Append adds rows to a table, of values as an appender takes them.
func (t *Tx) Append(table string, rows [][]any) error {
	a := t.appender(table)
	for _, row := range rows {
		if a.add(row...) != nil {
			break
		}
	}
	a.close()
	return t.err
}

// Scale is the number of decimals that the database keeps of a reported value.
const Scale = 10

// Decimal is d as an appender takes it for a column of that scale, which it puts
// in digit by digit, whatever the scale; what lies beyond is rounded.
func Decimal(d decimal.Decimal) any {
	const digits = 18 // that an int64 has room for
	if places := int(d.Exponent()) + Scale; places >= 0 && places+d.NumDigits() <= digits {
		return d.CoefficientInt64() * powers[places] // nearly all: the rest is slow
	}
	return duckdb.Decimal{Width: 38, Scale: Scale, Value: d.Shift(Scale).Round(0).BigInt()}
}

// powers are those of 10 that figures are scaled by.
var powers = func() (powers [18]int64) {
	powers[0] = 1
	for i := range powers[1:] {
		powers[i+1] = 10 * powers[i]
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
