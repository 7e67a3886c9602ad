// Package store keeps the ledger, the facts and the models in DuckDB. It is the
// only importer of the driver.
//
// One process at a time may write: package lock sees to that with a file of its own,
// never with the database file. The database is opened in memory and the file
// attached to it, which survives write-ahead logs that a direct open refuses.
// Facts carry no keys and no indexes: DuckDB 1.5.5 corrupts them when a large
// reload is killed. Orphans and duplicates are found by sql/checks instead.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	_ "github.com/duckdb/duckdb-go/v2" // the driver that "duckdb" names

	"tonghop/pipeline/disk"
)

// catalog is the name under which the database file is attached.
const catalog = "tonghop"

// A DB is the open database of a workspace. It has one connection and is not
// safe for concurrent use.
type DB struct {
	path string
	pool *sql.DB
	conn *sql.Conn
}

// Open is OpenWithin the memory that DuckDB takes of itself: four fifths of the machine's.
func Open(ctx context.Context, path string) (*DB, error) { return OpenWithin(ctx, path, 0) }

// OpenWithin opens or creates the database file at path, with its tables. One that
// keeps them as another version did is ErrLayout, one that is damaged ErrDamaged. What
// does not fit into so many bytes of memory goes to the disk meanwhile; 0 is as Open.
func OpenWithin(ctx context.Context, path string, memory int64) (*DB, error) {
	if strings.Contains(path, "?") {
		return nil, fmt.Errorf("open database %q: DuckDB can't work in a folder with a question mark in its name; rename it", path)
	}
	db, err := start(ctx)
	if err != nil {
		return nil, err
	}
	db.path = path
	if memory > 0 {
		err = db.exec(ctx, fmt.Sprintf("SET memory_limit = '%dKiB'", memory>>10))
	}
	if err == nil {
		err = db.attach(ctx, path)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open database %q: %w", path, diagnosed(err)), db.release())
	}
	return db, nil
}

// start starts DuckDB without a file.
func start(ctx context.Context) (*DB, error) {
	pool, err := sql.Open("duckdb", "")
	if err != nil {
		return nil, fmt.Errorf("start DuckDB: %w", err)
	}
	conn, err := pool.Conn(ctx)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("start DuckDB: %w", err), pool.Close())
	}
	return &DB{pool: pool, conn: conn}, nil
}

// attach opens the file, shuts the door to everything else and makes the tables.
func (d *DB) attach(ctx context.Context, path string) error {
	spill := filepath.Join(filepath.Dir(path), "spill")
	if err := os.MkdirAll(spill, 0o755); err != nil {
		return err
	}
	err := d.exec(ctx,
		"SET autoinstall_known_extensions = false",
		"SET autoload_known_extensions = false",
		"SET temp_directory = "+quote(spill),
		"ATTACH "+quote(path)+" AS "+catalog)
	if err != nil {
		return err
	}
	if err := d.settleLayout(ctx); err != nil {
		return err
	}
	if err := d.exec(ctx, "SET enable_external_access = false", "SET lock_configuration = true"); err != nil {
		return err
	}
	if err := d.runFolder(ctx, "schema"); err != nil {
		return err
	}
	return d.runFolder(ctx, "views")
}

// Close writes everything to the file and closes it. DuckDB makes what is in the file
// outlast a power cut, and not its name.
func (d *DB) Close() error {
	_, err := d.conn.ExecContext(context.Background(), "CHECKPOINT")
	if err != nil {
		err = fmt.Errorf("write database: %w", diagnosed(err))
	}
	return errors.Join(err, d.release(), disk.Sync(filepath.Dir(d.path)))
}

func (d *DB) release() error {
	return errors.Join(d.conn.Close(), d.pool.Close())
}

// quote makes an SQL text literal of a path.
func quote(path string) string {
	return "'" + strings.ReplaceAll(path, "'", "''") + "'"
}

// A Statement is one SQL file.
type Statement struct {
	Name string // such as models/40_fct_own.sql
	Text string
}

// Statements reads the SQL files of a folder in the order of their names.
func Statements(files fs.FS, folder string) ([]Statement, error) {
	names, err := fs.Glob(files, folder+"/*.sql")
	if err != nil {
		return nil, err
	}
	var all []Statement
	for _, name := range names {
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, fmt.Errorf("read SQL: %w", err)
		}
		all = append(all, Statement{Name: name, Text: string(text)})
	}
	return all, nil
}
