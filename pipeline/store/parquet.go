package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"strconv"
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
	given := make([]*givenColumn, len(columns))
	names := make([]string, len(columns))
	for i, c := range columns {
		given[i] = newGivenColumn(c, i, rows)
		names[i] = fmt.Sprintf("c%d %s", i, given[i].as)
	}
	if _, err := p.conn.ExecContext(ctx, "CREATE OR REPLACE TABLE given ("+strings.Join(names, ", ")+")"); err != nil {
		return nil, fmt.Errorf("make Parquet table: %w", err)
	}
	if err := p.conn.Raw(func(raw any) error { return appendGiven(raw.(driver.Conn), given, rows) }); err != nil {
		return nil, fmt.Errorf("load Parquet table: %w", err)
	}
	path := filepath.Join(p.dir, "table.parquet")
	typed, err := p.typed(ctx, given)
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
func (p *Parquet) typed(ctx context.Context, given []*givenColumn) (string, error) {
	misfits, err := p.misfits(ctx, given)
	if err != nil {
		return "", err
	}
	all := make([]string, len(given))
	for i, c := range given {
		as := c.Type
		if misfits[i] > 0 {
			as = "DOUBLE"
		}
		all[i] = fmt.Sprintf("c%d::%s AS %s", i, as, `"`+strings.ReplaceAll(c.Name, `"`, `""`)+`"`)
	}
	return strings.Join(all, ", "), nil
}

// misfits counts, by column, the texts that are too large for a decimal type.
func (p *Parquet) misfits(ctx context.Context, given []*givenColumn) ([]int, error) {
	counts, targets := make([]int, len(given)), make([]any, len(given))
	asked := make([]string, len(given))
	for i, c := range given {
		asked[i], targets[i] = "count(*) FILTER (false)", &counts[i]
		if c.scale < 0 && c.Type == FigureType {
			asked[i] = fmt.Sprintf("count(*) FILTER (c%d IS NOT NULL AND try_cast(c%[1]d AS %s) IS NULL)", i, c.Type)
		}
	}
	row := p.conn.QueryRowContext(ctx, "SELECT "+strings.Join(asked, ", ")+" FROM given")
	if err := row.Scan(targets...); err != nil {
		return nil, fmt.Errorf("type Parquet columns: %w", err)
	}
	return counts, nil
}

func appendGiven(conn driver.Conn, given []*givenColumn, rows [][]string) error {
	appender, err := duckdb.NewAppenderFromConn(conn, "", "given")
	if err != nil {
		return err
	}
	values := make([]driver.Value, len(given))
	for _, row := range rows {
		for i, text := range row {
			values[i] = given[i].value(text)
		}
		if err := appender.AppendRow(values...); err != nil {
			return errors.Join(err, appender.Close())
		}
	}
	return appender.Close()
}

// A givenColumn is a column as it is loaded. Plain numbers are loaded as such:
// casting them from texts would cost more than all the rest.
type givenColumn struct {
	Column
	as    string // the type that it is loaded in
	scale int    // decimals of numbers; -1 for texts

	text  string // the last one; most are repeated in the next row
	known driver.Value
}

const (
	smallDigits  = 18 // that 64 bits have room for
	figureScale  = 18 // of FigureType
	figureDigits = 20 // before the decimal mark
)

func newGivenColumn(c Column, at int, rows [][]string) *givenColumn {
	given := &givenColumn{Column: c, as: "VARCHAR", scale: -1}
	figures := c.Type == FigureType
	if !figures && c.Type != "BIGINT" {
		return given
	}
	whole, fraction := 0, 0
	for _, row := range rows {
		if row[at] == "" {
			continue
		}
		before, after, ok := digits(row[at])
		whole, fraction = max(whole, before), max(fraction, after)
		if !ok || whole > figureDigits || !figures && (whole > smallDigits || fraction > 0) {
			return given
		}
	}
	given.as, given.scale = "BIGINT", min(fraction, figureScale)
	if figures {
		room := smallDigits
		if whole+given.scale > room {
			room = figureDigits + figureScale
		}
		given.as = fmt.Sprintf("DECIMAL(%d, %d)", room, given.scale)
	}
	return given
}

// digits counts those before the decimal mark and after it; ok is false for what
// is no plain number.
func digits(text string) (before, after int, ok bool) {
	whole, fraction, marked := strings.Cut(strings.TrimPrefix(text, "-"), ".")
	for _, part := range []string{whole, fraction} {
		for i := range len(part) {
			if part[i] < '0' || part[i] > '9' {
				return 0, 0, false
			}
		}
	}
	return len(whole), len(fraction), whole != "" && (fraction != "" || !marked)
}

// value is text as it is loaded.
func (c *givenColumn) value(text string) driver.Value {
	if text == c.text {
		return c.known
	}
	c.text, c.known = text, nil
	switch {
	case text == "":
	case c.scale < 0:
		c.known = strings.ToValidUTF8(text, "\ufffd") // DuckDB makes null of what is no UTF-8
	default:
		c.known = scaled(text, c.scale)
	}
	return c.known
}

// scaled is a plain number in units of its last decimal of so many, as an appender
// takes it. What lies beyond is rounded as DuckDB does, by the next digit.
func scaled(text string, scale int) driver.Value {
	whole, fraction, _ := strings.Cut(text, ".")
	up := len(fraction) > scale && fraction[scale] >= '5'
	units := whole + fraction[:min(len(fraction), scale)] + strings.Repeat("0", max(scale-len(fraction), 0))
	if n, err := strconv.ParseInt(units, 10, 64); err == nil && !up {
		return n
	}
	n, ok := new(big.Int).SetString(units, 10)
	if !ok {
		return nil // digits has let it pass
	}
	if up && text[0] == '-' {
		return n.Sub(n, big.NewInt(1))
	}
	if up {
		n.Add(n, big.NewInt(1))
	}
	return n
}
