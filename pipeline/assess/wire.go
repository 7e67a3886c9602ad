package assess

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math/big"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"tonghop/pipeline"
)

// A wire carries answers from a worker to the run. As JSON their facts would cost
// more than judging the file. What an answer consists of is said once for both
// directions: each method takes a value and gives it back as it arrives.
//
// A text that stood in the same place of the answer before, or anywhere on the
// wire, is not sent again: copies of a form differ in their numbers alone.
type wire struct {
	reads bool
	data  []byte // written so far, or still to be read
	fault error  // of reading

	numbers map[string]uint64 // of the texts known, where it writes
	texts   []string          // the texts known, where it reads
	last    []string          // by place in the answer, the text of the answer before
	place   int
}

// How much a wire keeps of texts: the labels, cells and small numbers of many forms.
const (
	knownTexts     = 1 << 16
	knownTextBytes = 63 // no hash
	knownPlaces    = 1 << 15
)

// What stands for a text: the same as in the answer before, a new one, which
// follows, or one that is known.
const (
	sameText = iota
	newText
	firstKnownText
)

var errWire = errors.New("the answer is torn")

func newWire(reads bool) *wire { return &wire{reads: reads, numbers: map[string]uint64{}} }

// answer carries an answer.
func (w *wire) answer(a *Answer) {
	s := &a.Result.Submission
	s.File, s.Folder, s.SHA256, s.Size = w.text(s.File), w.text(s.Folder), w.text(s.SHA256), w.number(s.Size)
	s.ModTime, s.FirstSeen, s.Acts = w.time(s.ModTime), w.time(s.FirstSeen), int(w.number(int64(s.Acts)))
	s.Unit, s.Form, s.Period = w.text(s.Unit), w.text(s.Form), w.period(s.Period)
	s.Verdict, s.Findings = pipeline.Verdict(w.text(string(s.Verdict))), w.findings(s.Findings)
	s.Facts, s.Lists = w.facts(s.Facts), w.lists(s.Lists)
	opened := int64(0)
	if a.Result.Opened {
		opened = 1
	}
	a.Result.Opened, a.Err = w.number(opened) == 1, w.text(a.Err)
	a.Book, a.Tripped = w.bytes(a.Book), w.text(a.Tripped)
}

// bytes carries what no other answer has again.
func (w *wire) bytes(b []byte) []byte {
	size := w.number(int64(len(b)))
	if !w.reads {
		w.data = append(w.data, b...)
		return b
	}
	if size <= 0 || w.torn(size > int64(len(w.data))) {
		w.torn(size < 0)
		return nil
	}
	b = bytes.Clone(w.data[:size])
	w.data = w.data[size:]
	return b
}

func (w *wire) period(p pipeline.Period) pipeline.Period {
	return pipeline.Period{
		Kind: pipeline.PeriodKind(w.number(int64(p.Kind))), Year: int(w.number(int64(p.Year))), N: int(w.number(int64(p.N))), Last: int(w.number(int64(p.Last))),
	}
}

// time carries a moment, not the zone in which it was told.
func (w *wire) time(t time.Time) time.Time {
	return time.Unix(w.number(t.Unix()), w.number(int64(t.Nanosecond()))).UTC()
}

func (w *wire) findings(all []pipeline.Finding) []pipeline.Finding {
	all = records(w, all)
	for i := range all {
		f := &all[i]
		f.Code, f.Severity, f.Sheet, f.Cell = w.text(f.Code), pipeline.Severity(w.text(string(f.Severity))), w.text(f.Sheet), w.text(f.Cell)
		f.Read, f.Expected, f.Args = w.text(f.Read), w.text(f.Expected), records(w, f.Args)
		for n := range f.Args {
			f.Args[n].Name, f.Args[n].Value = w.text(f.Args[n].Name), w.text(f.Args[n].Value)
		}
	}
	return all
}

// facts carries all facts of an answer.
func (w *wire) facts(all []pipeline.Fact) []pipeline.Fact {
	all = records(w, all)
	for i := range all {
		f := &all[i]
		f.Indicator, f.Measure, f.State = w.text(f.Indicator), pipeline.Measure(w.text(string(f.Measure))), pipeline.State(w.text(string(f.State)))
		f.Value, f.Qualifier = w.decimal(f.Value), pipeline.Qualifier(w.text(string(f.Qualifier)))
		f.Note, f.Sheet, f.Cell = w.text(f.Note), w.text(f.Sheet), w.text(f.Cell)
		f.List, f.Rows = w.text(f.List), int(w.number(int64(f.Rows)))
		w.raw(f)
	}
	return all
}

// lists carries all list cells of an answer.
func (w *wire) lists(all []pipeline.ListCell) []pipeline.ListCell {
	all = records(w, all)
	for i := range all {
		c := &all[i]
		c.List, c.Row, c.Field = w.text(c.List), int(w.number(int64(c.Row))), w.text(c.Field)
		c.Type, c.State = pipeline.FieldType(w.text(string(c.Type))), pipeline.State(w.text(string(c.State)))
		c.Text, c.Date, c.Number = w.text(c.Text), w.time(c.Date), w.decimal(c.Number)
		c.Qualifier, c.Key = pipeline.Qualifier(w.text(string(c.Qualifier))), w.text(c.Key)
		c.Raw, c.Sheet, c.Cell = w.text(c.Raw), w.text(c.Sheet), w.text(c.Cell)
	}
	return all
}

// records carries how many there are and makes room for them.
func records[T any](w *wire, all []T) []T {
	n := w.number(int64(len(all)))
	if !w.reads {
		return all
	}
	if n <= 0 || n > int64(len(w.data)) { // each takes several bytes
		w.torn(n != 0)
		return nil
	}
	return make([]T, n)
}

func (w *wire) torn(is bool) bool {
	if is {
		w.fault, w.data = errWire, nil
	}
	return is
}

func (w *wire) number(n int64) int64 {
	if !w.reads {
		w.data = binary.AppendVarint(w.data, n)
		return n
	}
	n, size := binary.Varint(w.data)
	if w.torn(size <= 0) {
		return 0
	}
	w.data = w.data[size:]
	return n
}

// decimal carries a number by its digits and its exponent.
func (w *wire) decimal(d decimal.Decimal) decimal.Decimal {
	const digits = 18 // that an int64 has room for
	exponent := w.number(int64(d.Exponent()))
	if short := w.number(int64(min(d.NumDigits(), digits+1))) <= digits; short {
		coefficient := w.number(d.CoefficientInt64())
		if !w.reads {
			return d
		}
		return decimal.New(coefficient, int32(exponent))
	}
	text := w.text(d.Coefficient().String())
	if !w.reads {
		return d
	}
	coefficient, ok := new(big.Int).SetString(text, 10)
	if w.torn(!ok) {
		return decimal.Decimal{}
	}
	return decimal.NewFromBigInt(coefficient, int32(exponent))
}

// raw carries what stands in the cell where the value does not tell it.
func (w *wire) raw(f *pipeline.Fact) {
	told := int64(1)
	if !w.reads && f.RawIsValue() {
		told = 0
	}
	switch told = w.number(told); {
	case told != 0:
		f.Raw = w.text(f.Raw)
	case w.reads && f.State != pipeline.StateBlank:
		f.Raw = strconv.FormatInt(f.Value.CoefficientInt64(), 10)
	}
}

func (w *wire) text(s string) string {
	if w.place == len(w.last) && w.place < knownPlaces {
		w.last = append(w.last, "")
	}
	var beyond string
	last := &beyond
	if w.place < len(w.last) {
		last = &w.last[w.place]
	}
	w.place++
	if w.reads {
		s = w.readText(*last)
	} else if s == *last {
		w.data = append(w.data, sameText)
	} else {
		w.writeText(s)
	}
	*last = s
	return s
}

func (w *wire) writeText(s string) {
	if n, ok := w.numbers[s]; ok {
		w.data = binary.AppendUvarint(w.data, n+firstKnownText)
		return
	}
	w.data = binary.AppendUvarint(append(w.data, newText), uint64(len(s)))
	w.data = append(w.data, s...)
	if len(s) <= knownTextBytes && len(w.numbers) < knownTexts {
		w.numbers[strings.Clone(s)] = uint64(len(w.numbers))
	}
}

func (w *wire) readText(last string) string {
	n := w.unsigned()
	switch {
	case n == sameText:
		return last
	case n >= firstKnownText:
		if w.torn(n-firstKnownText >= uint64(len(w.texts))) {
			return ""
		}
		return w.texts[n-firstKnownText]
	}
	size := w.unsigned()
	if w.torn(size > uint64(len(w.data))) {
		return ""
	}
	s := string(w.data[:size])
	w.data = w.data[size:]
	if len(s) <= knownTextBytes && len(w.texts) < knownTexts {
		w.texts = append(w.texts, s)
	}
	return s
}

func (w *wire) unsigned() uint64 {
	n, size := binary.Uvarint(w.data)
	if w.torn(size <= 0) {
		return sameText
	}
	w.data = w.data[size:]
	return n
}
