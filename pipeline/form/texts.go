package form

import (
	"slices"
	"strconv"
	"strings"

	"tonghop/pipeline"
)

// How many numbers stored as text are reported one by one, and how many cells
// are named where there are more: a sheet formatted as text has dozens.
const (
	maxTexts      = 3
	maxTextsNamed = 20
)

// gatherTexts puts one finding in the place of those of numbers stored as text
// where there are many.
func (x *extraction) gatherTexts() {
	isText := func(f pipeline.Finding) bool { return f.Code == "number_as_text" }
	var cells []string
	first := slices.IndexFunc(x.findings, isText)
	for _, f := range x.findings {
		if !isText(f) {
			continue
		}
		name := f.Cell
		if f.Sheet != x.findings[first].Sheet {
			name = f.Sheet + "!" + f.Cell
		}
		cells = append(cells, name)
	}
	if len(cells) <= maxTexts {
		return
	}
	f := x.findings[first]
	f.Code = "numbers_as_text"
	f.Args = []pipeline.Arg{
		arg("count", strconv.Itoa(len(cells))),
		arg("cells", strings.Join(cells[:min(len(cells), maxTextsNamed)], ", ")),
	}
	x.findings = append(slices.DeleteFunc(x.findings, isText), f)
}
