package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// A Comparison is what one table holds in two databases.
type Comparison struct {
	Table         string
	Before, After int64 // rows
	Differing     int64 // rows that only one of the two holds
}

// Compare compares two closed database files table by table, whatever the order of
// their rows.
func Compare(ctx context.Context, before, after string) (all []Comparison, err error) {
	d, err := start(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, d.release()) }()
	if err := d.exec(ctx, "ATTACH "+quote(before)+" AS before (READ_ONLY)", "ATTACH "+quote(after)+" AS after (READ_ONLY)"); err != nil {
		return nil, fmt.Errorf("compare databases: %w", diagnosed(err))
	}
	err = d.Transact(ctx, func(tx *Tx) error {
		var tables []string
		if err := tx.Query(ctx, func(rows *sql.Rows) error {
			var table string
			err := rows.Scan(&table)
			tables = append(tables, table)
			return err
		}, "SELECT DISTINCT table_name FROM duckdb_tables() WHERE database_name IN ('before', 'after') AND table_name <> 'raw_place' ORDER BY table_name"); err != nil {
			return err
		}
		for _, table := range tables {
			c, err := compareTable(ctx, tx, table)
			if err != nil {
				return fmt.Errorf("compare table %s: %w", table, err)
			}
			all = append(all, c)
		}
		return nil
	})
	return all, err
}

// compareTable compares by sums of hashes first: rows are held against each other
// only where those differ.
func compareTable(ctx context.Context, tx *Tx, table string) (Comparison, error) {
	c := Comparison{Table: table}
	before, after := content("before", table), content("after", table)
	var same bool
	err := tx.Query(ctx, func(rows *sql.Rows) error { return rows.Scan(&c.Before, &c.After, &same) }, fmt.Sprintf(
		`SELECT b.n, a.n, a = b
		FROM (SELECT count(*) AS n, sum(hash(t)) AS h FROM (%s) AS t) AS b, (SELECT count(*) AS n, sum(hash(t)) AS h FROM (%s) AS t) AS a`, before, after))
	if err != nil || same {
		return c, err
	}
	err = tx.Query(ctx, func(rows *sql.Rows) error { return rows.Scan(&c.Differing) }, fmt.Sprintf(
		`SELECT (SELECT count(*) FROM ((%[1]s) EXCEPT ALL (%[2]s))) + (SELECT count(*) FROM ((%[2]s) EXCEPT ALL (%[1]s)))`, before, after))
	return c, err
}

// content selects what a table holds. The numbers of submissions and places are
// those of the order of loading: what they stand for is compared, and raw_place
// with the facts that name it.
func content(database, table string) string {
	from := database + "." + table
	switch table {
	case "raw_submission", "stg_submission":
		return "SELECT * EXCLUDE (submission) FROM " + from
	case "raw_finding", "raw_list_cell":
		return fmt.Sprintf("SELECT s.folder, s.sha256, t.* EXCLUDE (submission) FROM %s AS t LEFT JOIN %s.raw_submission AS s ON s.submission = t.submission", from, database)
	case "raw_fact":
		return fmt.Sprintf(`SELECT s.folder, s.sha256, p.* EXCLUDE (place), t.* EXCLUDE (submission, place)
			FROM %s AS t
			LEFT JOIN %[2]s.raw_submission AS s ON s.submission = t.submission
			LEFT JOIN %[2]s.raw_place AS p ON p.place = t.place`, from, database)
	}
	return "FROM " + from
}
