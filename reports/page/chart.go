package page

import (
	"encoding/json"
	"fmt"
	"html/template"

	"github.com/go-echarts/go-echarts/v2/opts"
)

// The colours of charts, by the names that the style sheet gives them. The
// script puts the colours themselves in, light or dark.
const (
	colourInk    = "--ink"
	colourMuted  = "--muted"
	colourLine   = "--line"
	colourMet    = "--met"
	colourOnPace = "--pace"
	colourBehind = "--behind"
	colourOver   = "--over"
	colourFill   = "--fill"
	colourNone   = "--none"
)

// A chartView is a chart as the template embeds it: options as JSON data, never
// as code.
type chartView struct {
	ID    string
	Label string // what a screen reader says of it
	Rows  int    // of a bullet chart; they set its height
	Data  template.JS
}

// A payload is what the script draws a chart from.
type payload struct {
	Kind    string         `json:"kind"` // bullet or trend
	Option  map[string]any `json:"option"`
	Tips    []string       `json:"tips"`            // plain text of the tooltips, by place
	About   []int          `json:"about,omitempty"` // indicators of the rows of a bullet chart, for filters
	Unit    int            `json:"unit"`            // whose they are
	Links   []string       `json:"links,omitempty"` // where the columns of a trend lead
	Percent bool           `json:"percent,omitempty"`
	Places  int            `json:"places,omitempty"`
}

// A drawing is a chart of go-echarts.
type drawing interface {
	Validate()
	JSON() map[string]any
}

// newChart encodes a validated chart. Marshalling escapes <, > and &, so that
// no text in the options can end the script element.
func newChart(id, label string, chart drawing, p payload) (chartView, error) {
	chart.Validate()
	p.Option = chart.JSON()
	data, err := json.Marshal(p)
	if err != nil {
		return chartView{}, fmt.Errorf("encode chart %s: %w", id, err)
	}
	return chartView{ID: id, Label: label, Data: template.JS(data)}, nil
}

// plainAxis is the line, ticks and grid of an axis that only carries labels.
func plainAxis() (*opts.AxisLine, *opts.AxisTick, *opts.SplitLine) {
	no := opts.Bool(false)
	return &opts.AxisLine{Show: no}, &opts.AxisTick{Show: no}, &opts.SplitLine{Show: no}
}
