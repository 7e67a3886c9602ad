package store

import (
	"context"
	"database/sql"
	"fmt"
)

// The kinds of pending work.
const (
	PendingPeriod   = "period"        // an issue of the period with the code
	PendingFeedback = "feedback"      // the answer to the submission with the Key, on its own workbook
	PendingPage     = "feedback_page" // the answer to one that can't be opened as a workbook
	PendingLedger   = "ledger"        // the tables of every file ever taken, and the list of periods
)

// AddPending promises work. What is already promised is not promised twice.
func (t *Tx) AddPending(ctx context.Context, kind string, keys []string) error {
	known, err := t.Pending(ctx, kind)
	if err != nil {
		return err
	}
	seen := map[string]bool{}
	for _, key := range known {
		seen[key] = true
	}
	var rows [][]any
	for _, key := range keys {
		if !seen[key] {
			seen[key] = true
			rows = append(rows, []any{kind, key})
		}
	}
	return t.Append("pending", rows)
}

// Pending lists the promised work of one kind.
func (t *Tx) Pending(ctx context.Context, kind string) ([]string, error) {
	var keys []string
	err := t.Query(ctx, func(rows *sql.Rows) error {
		var key string
		if err := rows.Scan(&key); err != nil {
			return err
		}
		keys = append(keys, key)
		return nil
	}, "SELECT key FROM pending WHERE kind = $kind ORDER BY key", sql.Named("kind", kind))
	if err != nil {
		return nil, fmt.Errorf("read pending work: %w", err)
	}
	return keys, nil
}

// Done strikes off work of one kind.
func (t *Tx) Done(ctx context.Context, kind string, keys []string) error {
	if len(keys) == 0 {
		return nil
	}
	err := t.Exec(ctx, "DELETE FROM pending WHERE kind = $kind AND key IN (SELECT unnest($keys))", sql.Named("kind", kind), sql.Named("keys", keys))
	if err != nil {
		return fmt.Errorf("strike off pending work: %w", err)
	}
	return nil
}

// Setting reads a remembered value, or empty.
func (t *Tx) Setting(ctx context.Context, name string) (string, error) {
	var value string
	err := t.Query(ctx, func(rows *sql.Rows) error { return rows.Scan(&value) },
		"SELECT value FROM setting WHERE name = $name", sql.Named("name", name))
	if err != nil {
		return "", fmt.Errorf("read setting %s: %w", name, err)
	}
	return value, nil
}

// SetSetting remembers a value.
func (t *Tx) SetSetting(ctx context.Context, name, value string) error {
	if err := t.Exec(ctx, "DELETE FROM setting WHERE name = $name", sql.Named("name", name)); err != nil {
		return fmt.Errorf("replace setting %s: %w", name, err)
	}
	return t.Append("setting", [][]any{{name, value}})
}
