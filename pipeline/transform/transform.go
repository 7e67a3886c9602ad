// Package transform computes the figures: the models of sql/ledger, which speak
// of every submission, then those of sql/models for the periods that a run
// concerns, then the checks of sql/checks.
//
// All arithmetic that crosses workbooks is in those files. A check that finds
// rows stops the run, for it means that a figure could not be defended.
package transform

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"tonghop/pipeline/store"
	tonghopsql "tonghop/sql"
)

// Ledger tells of every submission whether it counts, and how it compares with
// the unit's others. progress is called with the name of each file before it
// runs.
func Ledger(ctx context.Context, tx *store.Tx, progress func(name string)) error {
	return rebuild(ctx, tx, "ledger", progress)
}

// Run computes the figures of the periods that the run concerns and checks them.
// It rests on Ledger.
func Run(ctx context.Context, tx *store.Tx, progress func(name string)) error {
	if err := rebuild(ctx, tx, "models", progress); err != nil {
		return err
	}
	checks, err := store.Statements(tonghopsql.Files, "checks")
	if err != nil {
		return err
	}
	for _, c := range checks {
		progress(c.Name)
		if err := check(ctx, tx, c); err != nil {
			return err
		}
	}
	return nil
}

// rebuild runs the models of a folder in order.
func rebuild(ctx context.Context, tx *store.Tx, folder string, progress func(name string)) error {
	models, err := store.Statements(tonghopsql.Files, folder)
	if err != nil {
		return err
	}
	for _, m := range models {
		progress(m.Name)
		if err := tx.Exec(ctx, m.Text); err != nil {
			return fmt.Errorf("run %s: %w", m.Name, err)
		}
	}
	return nil
}

// check fails with the first rows that c finds.
func check(ctx context.Context, tx *store.Tx, c store.Statement) error {
	const shown = 5
	var faults []string
	count := 0
	err := tx.Query(ctx, func(rows *sql.Rows) error {
		if count++; count > shown {
			return nil
		}
		fault, err := describe(rows)
		faults = append(faults, fault)
		return err
	}, c.Text)
	if err != nil {
		return fmt.Errorf("run %s: %w", c.Name, err)
	}
	if count > 0 {
		return fmt.Errorf("check %s found %d faults, such as %s", c.Name, count, strings.Join(faults, "; "))
	}
	return nil
}

// describe names the columns and values of one row.
func describe(rows *sql.Rows) (string, error) {
	columns, err := rows.Columns()
	if err != nil {
		return "", err
	}
	values := make([]any, len(columns))
	targets := make([]any, len(columns))
	for i := range values {
		targets[i] = &values[i]
	}
	if err := rows.Scan(targets...); err != nil {
		return "", err
	}
	parts := make([]string, len(columns))
	for i, name := range columns {
		parts[i] = fmt.Sprintf("%s %q", name, fmt.Sprint(values[i]))
	}
	return strings.Join(parts, ", "), nil
}
