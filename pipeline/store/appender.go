package store

import (
	"database/sql/driver"
	"fmt"

	duckdb "github.com/duckdb/duckdb-go/v2"
)

// An appender adds rows to a table. Several may be at work in one transaction;
// what they were given is in their tables once they are closed, as they must be in
// every case.
type appender struct {
	tx    *Tx
	table string
	into  *duckdb.Appender // nil until there is a row
	row   []driver.Value
	count int
}

// appender gives one for the named table.
func (t *Tx) appender(table string) *appender { return &appender{tx: t, table: table} }

// add adds a row. Values are strings, bools, integers, dates and times in UTC,
// what Decimal gives and nil.
func (a *appender) add(values ...any) error {
	a.row = a.row[:0]
	for _, v := range values {
		a.row = append(a.row, v)
	}
	return a.addRow(a.row)
}

// addRow adds a row, which may be used again for the next one.
func (a *appender) addRow(row []driver.Value) error {
	if a.tx.err != nil {
		return a.tx.err
	}
	if a.into == nil {
		if err := a.open(); err != nil {
			return a.failed(err)
		}
	}
	a.count++
	if err := a.into.AppendRow(row...); err != nil {
		return a.failed(fmt.Errorf("row %d: %w", a.count, err))
	}
	return nil
}

func (a *appender) open() error {
	return a.tx.conn.Raw(func(raw any) (err error) {
		a.into, err = duckdb.NewAppender(raw.(driver.Conn), catalog, "main", a.table)
		return err
	})
}

// failed makes err the transaction's: closing the appender would enter what came
// before a faulty row.
func (a *appender) failed(err error) error {
	a.tx.err = fmt.Errorf("load table %s: %w", a.table, err)
	return a.tx.err
}

// close enters what is still on its way. Its error sticks to the transaction.
func (a *appender) close() {
	if a.into == nil {
		return
	}
	err := a.into.Close()
	a.into = nil
	if err != nil && a.tx.err == nil {
		_ = a.failed(err)
	}
}
