package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"tonghop/pipeline"
	tonghopsql "tonghop/sql"
)

// ErrLayout tells that a database file keeps its tables as another version of the
// program did. What it holds can be made again from the record and the archive.
var ErrLayout = errors.New("the database was made by another version of the program")

// settleLayout compares the tables of the attached file with those that the schema
// makes. Tables that every load fills anew are dropped where they differ; of the
// others one that differs is ErrLayout.
func (d *DB) settleLayout(ctx context.Context) error {
	const wanted = "wanted"
	if err := d.exec(ctx, "ATTACH ':memory:' AS "+wanted, "USE "+wanted); err != nil {
		return err
	}
	if err := d.runFolder(ctx, "schema"); err != nil {
		return err
	}
	differing, err := d.differing(ctx, wanted)
	if err != nil {
		return err
	}
	if err := d.exec(ctx, "USE "+catalog, "DETACH "+wanted); err != nil {
		return err
	}
	for _, table := range differing {
		if strings.HasPrefix(table, "raw_") || table == "pending" || table == "setting" {
			return fmt.Errorf("table %s has other columns: %w", table, ErrLayout)
		}
		if err := d.exec(ctx, "DROP TABLE "+table); err != nil {
			return err
		}
	}
	return nil
}

// differing lists the tables of the file whose columns are others than in wanted.
func (d *DB) differing(ctx context.Context, wanted string) (tables []string, err error) {
	rows, err := d.conn.QueryContext(ctx, `WITH layout AS (
			SELECT database_name, table_name, string_agg(concat_ws(' ', column_name, data_type, is_nullable), ', ' ORDER BY column_index) AS columns
			FROM duckdb_columns()
			WHERE NOT internal
			GROUP BY ALL
		)
		SELECT f.table_name
		FROM layout AS f
		JOIN layout AS w ON w.table_name = f.table_name AND w.columns <> f.columns
		WHERE f.database_name = $file AND w.database_name = $wanted
		ORDER BY f.table_name`, sql.Named("file", catalog), sql.Named("wanted", wanted))
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var table string
		if err := rows.Scan(&table); err != nil {
			return nil, err
		}
		tables = append(tables, table)
	}
	return tables, rows.Err()
}

// exec runs statements outside of any transaction.
func (d *DB) exec(ctx context.Context, statements ...string) error {
	for _, statement := range statements {
		if _, err := d.conn.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	return nil
}

// runFolder runs the statements of a folder of package sql.
func (d *DB) runFolder(ctx context.Context, folder string) error {
	statements, err := Statements(tonghopsql.Files, folder)
	if err != nil {
		return err
	}
	for _, s := range statements {
		if err := d.exec(ctx, s.Text); err != nil {
			return fmt.Errorf("run %s: %w", s.Name, err)
		}
	}
	return nil
}

// Arrivals reads which files were taken and when from a database file that Open
// refuses with ErrLayout: every version has known that. Afterwards the file is
// whole by itself.
func Arrivals(ctx context.Context, path string) (all []pipeline.Receipt, err error) {
	d, err := start(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, d.release()) }()
	if err := d.exec(ctx, "ATTACH "+quote(path)+" AS "+catalog, "USE "+catalog); err != nil {
		return nil, fmt.Errorf("open database %q: %w", path, diagnosed(err))
	}
	err = d.Transact(ctx, func(tx *Tx) error {
		return tx.Query(ctx, func(rows *sql.Rows) error {
			var r pipeline.Receipt
			err := rows.Scan(&r.Folder, &r.SHA256, &r.File, &r.Size, &r.ModTime, &r.FirstSeen)
			r.At = r.FirstSeen
			all = append(all, r)
			return err
		}, "SELECT folder, sha256, file, size, mtime, first_seen FROM raw_submission ORDER BY first_seen, folder, sha256")
	})
	if err == nil {
		err = d.exec(ctx, "CHECKPOINT")
	}
	if err != nil {
		return nil, fmt.Errorf("read ledger of %q: %w", path, err)
	}
	return all, nil
}
