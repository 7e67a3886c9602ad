package form

import (
	"strings"

	"tonghop/pipeline"
)

// A Marker is what a form workbook has typed into a cell that carries data:
// a figure of an indicator, a field of a list, or an @field of the title block.
type Marker struct {
	Indicator string             // the code: {{CM00}}
	Measure   pipeline.Measure   // which figure of the indicator: {{CM00:ytd}}
	List      string             // the list: {{classes/name}}
	ListField string             // the field of the list
	Type      pipeline.FieldType // of a list field
	Field     string             // the @field: {{@unit}}
}

// String is the marker as staff type it.
func (m Marker) String() string {
	inner := m.Indicator
	switch {
	case m.Field != "":
		inner = "@" + m.Field
	case m.List != "":
		inner = m.List + "/" + m.ListField
		if m.Type != pipeline.FieldText {
			inner += ":" + string(m.Type)
		}
	case m.Measure != pipeline.MeasureValue:
		inner += ":" + string(m.Measure)
	}
	return "{{" + inner + "}}"
}

// Input tells whether the marker's cell is filled in by the unit and read as a
// fact.
func (m Marker) Input() bool {
	return m.Measure == pipeline.MeasureValue || m.Measure == pipeline.MeasureYTD
}

// read tells whether something is read from the marker's cell: a fact or a note.
func (m Marker) read() bool { return m.Input() || m.Measure == pipeline.MeasureNote }

// A piece is a stretch of a text: a marker, or what stands between markers.
type piece struct {
	literal string
	marker  Marker
	marked  bool
}

// splitMarkers cuts text into its pieces. problem is the finding code of the
// first thing in it that looks like a marker and is none.
func splitMarkers(text string) (pieces []piece, problem string) {
	rest := text
	for {
		literal, after, open := strings.Cut(rest, "{{")
		if strings.Contains(literal, "}}") {
			return nil, "marker_malformed"
		}
		if literal != "" {
			pieces = append(pieces, piece{literal: literal})
		}
		if !open {
			return pieces, ""
		}
		inner, tail, closed := strings.Cut(after, "}}")
		if !closed {
			return nil, "marker_malformed"
		}
		m, problem := parseMarker(inner)
		if problem != "" {
			return nil, problem
		}
		pieces = append(pieces, piece{marker: m, marked: true})
		rest = tail
	}
}

// parseMarker reads what stands between the braces.
func parseMarker(inner string) (m Marker, problem string) {
	inner = strings.TrimSpace(inner)
	if name, ok := strings.CutPrefix(inner, "@"); ok {
		return parseField(strings.ToLower(strings.TrimSpace(name)))
	}
	code, suffix, suffixed := strings.Cut(inner, ":")
	code, suffix = strings.TrimSpace(code), strings.ToLower(strings.TrimSpace(suffix))
	if code == "" || strings.ContainsAny(inner, "{}") || suffixed && suffix == "" {
		return Marker{}, "marker_malformed"
	}
	if list, field, ok := strings.Cut(code, "/"); ok {
		return parseListField(strings.TrimSpace(list), strings.TrimSpace(field), suffix)
	}
	m = Marker{Indicator: code, Measure: pipeline.MeasureValue}
	switch measure := pipeline.Measure(suffix); measure {
	case "":
	case pipeline.MeasureYTD, pipeline.MeasureTarget, pipeline.MeasureRate, pipeline.MeasurePrevious, pipeline.MeasureNote:
		m.Measure = measure
	default:
		return Marker{}, "marker_malformed"
	}
	return m, ""
}

func parseField(name string) (Marker, string) {
	switch name {
	case "unit", "unit.code", "parent", "period", "period.code", "cutoff", "issued":
		return Marker{Field: name}, ""
	}
	return Marker{}, "marker_unknown_field"
}

func parseListField(list, field, kind string) (Marker, string) {
	m := Marker{List: list, ListField: field, Type: pipeline.FieldType(kind)}
	switch m.Type {
	case "":
		m.Type = pipeline.FieldText
	case pipeline.FieldDate, pipeline.FieldNumber:
	default:
		return Marker{}, "marker_malformed"
	}
	if list == "" || field == "" || strings.Contains(field, "/") {
		return Marker{}, "marker_malformed"
	}
	return m, ""
}

// wholeMarker is the figure or list marker that pieces consist of, blanks
// around it left out. alone is false where such a marker has other company.
func wholeMarker(pieces []piece) (m Marker, found, alone bool) {
	alone = true
	for _, p := range pieces {
		switch {
		case p.marked && p.marker.Field == "":
			alone = alone && !found
			m, found = p.marker, true
		case p.marked || strings.TrimSpace(p.literal) != "":
			alone = false
		}
	}
	return m, found, alone
}
