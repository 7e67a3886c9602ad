// Package sql carries the SQL of tonghop: the schema, the models that compute
// the figures, the checks that guard them and the queries behind the outputs.
//
// One statement stands in each file, headed by what it makes, its grain and
// what it reads. Files run in the order of their names. Packages store and
// transform run them; nothing here knows Go types.
package sql

import "embed"

// Files holds the folders schema, views, ledger, models, checks and reports. The
// views tell what must be known before the models run: they read no model. The
// models of ledger speak of all submissions, those of models of the periods that
// a run computes.
//
//go:embed schema/*.sql views/*.sql ledger/*.sql models/*.sql checks/*.sql reports/*.sql
var Files embed.FS
