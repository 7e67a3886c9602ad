package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	duckdb "github.com/duckdb/duckdb-go/v2"
)

// A Parquet writes tables of text as Parquet files, with a database of its own in
// memory: the workspace's may not touch files. It is not safe for concurrent use.
type Parquet struct {
	pool *sql.DB
	conn *sql.Conn
	dir  string
}

// A Column is a column of a Parquet file. Type is that of the database; where a
// text does not fit a decimal type, the whole column is floating.
type Column struct{ Name, Type string }

// FigureType keeps published figures exactly: 20 digits before the decimal mark
// and 18 behind it.
const FigureType = "DECIMAL(38, 18)"

// NewParquet makes a writer that keeps its files in a new folder below dir until
// they are read.
func NewParquet(ctx context.Context, dir string) (*Parquet, error) {
	pool, err := sql.Open("duckdb", "")
	if err != nil {
		return nil, fmt.Errorf("start DuckDB: %w", err)
	}
	conn, err := pool.Conn(ctx)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("start DuckDB: %w", err), pool.Close())
	}
	p := &Parquet{pool: pool, conn: conn}
	if p.dir, err = os.MkdirTemp(dir, "parquet-"); err == nil {
		_, err = conn.ExecContext(ctx, "SET threads = 1") // the same rows make the same bytes
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("prepare Parquet files: %w", err), p.Close())
	}
	return p, nil
}

// Close ends the writer.
func (p *Parquet) Close() error {
	err := errors.Join(p.conn.Close(), p.pool.Close())
	if p.dir != "" {
		err = errors.Join(err, os.RemoveAll(p.dir))
	}
	return err
}

// Write makes a file of the rows; an empty text is null.
func (p *Parquet) Write(ctx context.Context, columns []Column, rows [][]string) ([]byte, error) {
	names := make([]string, len(columns))
	for i := range columns {
		names[i] = fmt.Sprintf("c%d VARCHAR", i)
	}
	if _, err := p.conn.ExecContext(ctx, "CREATE OR REPLACE TABLE given ("+strings.Join(names, ", ")+")"); err != nil {
		return nil, fmt.Errorf("make Parquet table: %w", err)
	}
	if err := p.conn.Raw(func(raw any) error { return appendTexts(raw.(driver.Conn), rows) }); err != nil {
		return nil, fmt.Errorf("load Parquet table: %w", err)
	}
	path := filepath.Join(p.dir, "table.parquet")
	typed, err := p.typed(ctx, columns)
	if err != nil {
		return nil, err
	}
	if _, err := p.conn.ExecContext(ctx, "COPY (SELECT "+typed+" FROM given) TO "+quote(path)+" (FORMAT parquet, COMPRESSION zstd)"); err != nil {
		return nil, fmt.Errorf("write Parquet file: %w", err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read Parquet file: %w", err)
	}
	return data, nil
}

// typed lists the columns in their types.
func (p *Parquet) typed(ctx context.Context, columns []Column) (string, error) {
	misfits, err := p.misfits(ctx, columns)
	if err != nil {
		return "", err
	}
	all := make([]string, len(columns))
	for i, c := range columns {
		if misfits[i] > 0 {
			c.Type = "DOUBLE"
		}
		all[i] = fmt.Sprintf("c%d::%s AS %s", i, c.Type, `"`+strings.ReplaceAll(c.Name, `"`, `""`)+`"`)
	}
	return strings.Join(all, ", "), nil
}

// misfits counts, by column, the texts that are too large for a decimal type.
func (p *Parquet) misfits(ctx context.Context, columns []Column) ([]int, error) {
	counts, targets := make([]int, len(columns)), make([]any, len(columns))
	asked := make([]string, len(columns))
	for i, c := range columns {
		asked[i], targets[i] = "count(*) FILTER (false)", &counts[i]
		if strings.HasPrefix(c.Type, "DECIMAL") {
			asked[i] = fmt.Sprintf("count(*) FILTER (c%d IS NOT NULL AND try_cast(c%[1]d AS %s) IS NULL)", i, c.Type)
		}
	}
	row := p.conn.QueryRowContext(ctx, "SELECT "+strings.Join(asked, ", ")+" FROM given")
	if err := row.Scan(targets...); err != nil {
		return nil, fmt.Errorf("type Parquet columns: %w", err)
	}
	return counts, nil
}

func appendTexts(conn driver.Conn, rows [][]string) error {
	appender, err := duckdb.NewAppenderFromConn(conn, "", "given")
	if err != nil {
		return err
	}
	for _, row := range rows {
		values := make([]driver.Value, len(row))
		for i, text := range row {
			values[i] = Text(strings.ToValidUTF8(text, "\ufffd")) // DuckDB makes null of what is no UTF-8
		}
		if err := appender.AppendRow(values...); err != nil {
			return errors.Join(err, appender.Close())
		}
	}
	return appender.Close()
}
