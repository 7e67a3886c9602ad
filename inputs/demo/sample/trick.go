package sample

import (
	"slices"

	"tonghop/pipeline"
)

// A trick is something that people do to a report, with what the pipeline must
// say to it. It changes the form before it is filled in, the filled workbook,
// or the finished file.
type trick struct {
	before  func(*report)
	after   func(*report)
	file    func([]byte) []byte
	refused bool
	codes   []string // the finding codes to expect
}

// expect is the verdict and the finding codes of a report with all of tricks.
func expect(tricks []trick) (pipeline.Verdict, []string) {
	verdict := pipeline.Accepted
	var codes []string
	for _, t := range tricks {
		if t.refused {
			verdict = pipeline.Refused
		}
		codes = append(codes, t.codes...)
	}
	slices.Sort(codes)
	return verdict, slices.Compact(codes)
}

// apply makes a finished report: the form, the tricks and the figures.
func (r *report) apply(assigned targets, tricks []trick) ([]byte, error) {
	if r.err != nil {
		return nil, r.err
	}
	for _, t := range tricks {
		if t.before != nil {
			t.before(r)
		}
	}
	r.fill(assigned)
	for _, t := range tricks {
		if t.after != nil {
			t.after(r)
		}
	}
	data, err := r.pack()
	for _, t := range tricks {
		if t.file != nil && err == nil {
			data = t.file(data)
		}
	}
	return data, err
}
