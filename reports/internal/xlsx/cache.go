package xlsx

import (
	"bytes"
	"fmt"
	"html"
	"strings"
)

// Ranges are the cells of a chart's ranges, in order, by what its series call them. They
// are stored beside the chart: a phone's preview, which reads no cells, draws from them.
type Ranges map[string][]Cell

// excelize stores no values. What it writes for a range of texts, and for one of numbers,
// ends like this.
const (
	textsEnd   = "</strRef>"
	numbersEnd = "<numCache><formatCode></formatCode></numCache></numRef>"
)

// complete puts the values of the ranges into the part of a chart. A range that is not
// known stays as it is.
func (r Ranges) complete(part []byte) []byte {
	var out []byte
	for {
		before, after, ok := bytes.Cut(part, []byte("<f>"))
		name, rest, closed := bytes.Cut(after, []byte("</f>"))
		if !ok || !closed {
			return append(out, part...)
		}
		out = append(out, part[:len(before)+len("<f>")+len(name)+len("</f>")]...)
		part = rest
		cells, known := r[html.UnescapeString(string(name))]
		switch {
		case !known:
		case bytes.HasPrefix(rest, []byte(textsEnd)):
			out = append(out, "<strCache>"...)
			out = append(points(out, cells), "</strCache>"...)
		case bytes.HasPrefix(rest, []byte(numbersEnd)):
			out = append(out, "<numCache><formatCode>General</formatCode>"...)
			out = append(points(out, cells), "</numCache></numRef>"...)
			part = rest[len(numbersEnd):]
		}
	}
}

// points adds the values of cells; blanks have none.
func points(out []byte, cells []Cell) []byte {
	out = fmt.Appendf(out, `<ptCount val="%d"/>`, len(cells))
	for n := range cells {
		if value, _ := (&rowWriter{}).value(&cells[n]); value != "" {
			out = fmt.Appendf(out, `<pt idx="%d"><v>%s</v></pt>`, n, escaped(Text(value)))
		}
	}
	return out
}

// isChart tells whether a part is a chart.
func isChart(part string) bool { return strings.HasPrefix(part, "xl/charts/") }
