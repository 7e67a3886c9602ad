package store

import (
	"context"
	"database/sql/driver"

	"tonghop/pipeline"
)

// figures enters the facts and the lists of submissions that may count.
type figures struct {
	facts, lists *appender
	places       *places
	fact         factRow
}

// figures prepares to enter some.
func (t *Tx) figures(ctx context.Context) (*figures, error) {
	places, err := t.places(ctx)
	return &figures{facts: t.appender("raw_fact"), lists: t.appender("raw_list_cell"), places: places}, err
}

// add enters those of a submission.
func (f *figures) add(submission int32, s *pipeline.Submission) error {
	f.fact[factSubmission] = submission
	for i := range s.Facts {
		place, err := f.places.of(&s.Facts[i])
		if err != nil {
			return err
		}
		f.fact.fill(place, &s.Facts[i])
		if err := f.facts.addRow(f.fact[:]); err != nil {
			return err
		}
	}
	for i, c := range s.Lists {
		if err := f.lists.add(listRow(submission, i, c)...); err != nil {
			return err
		}
	}
	return nil
}

// close enters what is still on its way. Its errors stick to the transaction.
func (f *figures) close() {
	f.places.added.close()
	f.facts.close()
	f.lists.close()
}

// A factRow is a row of raw_fact that is used again for the next one: most words
// stay as they are, and need not be made values of their own again.
type factRow [7]driver.Value

// The columns of raw_fact.
const (
	factSubmission = iota
	factPlace
	factState
	factValue
	factQualifier
	factRaw
	factNote
)

func (row *factRow) fill(place driver.Value, f *pipeline.Fact) {
	row[factPlace] = place
	row.word(factState, string(f.State))
	row.word(factQualifier, string(f.Qualifier))
	if row[factValue] = nil; f.State != pipeline.StateBlank {
		row[factValue] = Decimal(f.Value)
	}
	if row[factRaw] = nil; !f.RawIsValue() { // else stg_reported finds it by itself
		row[factRaw] = f.Raw
	}
	row[factNote] = Text(f.Note)
}

func (row *factRow) word(column int, word string) {
	if old, ok := row[column].(string); !ok || old != word {
		row[column] = word
	}
}
