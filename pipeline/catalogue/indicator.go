package catalogue

import (
	"strings"

	"tonghop/pipeline"
)

// markerSigns are what markers, sums and lists are written with.
const markerSigns = "+;|:/{}@"

// maxDecimals is the most decimals that a figure is printed with, maxScoreCap
// the most that a cap can be without a percent sign (3 is 300 %).
const (
	maxDecimals = 10
	maxScoreCap = 10
)

func (l *loader) loadIndicators(t *table) {
	l.indicators = indexOf(t)
	l.indicatorRows = t.rows
	var versions []version
	byCode := map[string]pipeline.Indicator{}
	for _, r := range t.rows {
		x := readIndicator(r)
		l.cat.Indicators = append(l.cat.Indicators, x)
		versions = append(versions, version{key: x.Code, row: r})
		byCode[x.Code] = x
	}
	reportOverlaps(versions, "code", "catalogue_duplicate_code")
	for i, x := range l.cat.Indicators {
		r := t.rows[i]
		l.indicators.check(r, "parent", x.Parent)
		l.checkParts(r, x, byCode)
	}
	l.checkWholes()
}

func readIndicator(r row) pipeline.Indicator {
	r.need("kind")
	r.need("time")
	x := pipeline.Indicator{
		Code:        r.code(markerSigns),
		Name:        r.required("name"),
		Measure:     r.text("unit"),
		Kind:        pipeline.Kind(r.word("kind", "")),
		Numerator:   r.addends("numerator"),
		Denominator: r.addends("denominator"),
		WeightBy:    r.text("weight_by"),
		Time:        pipeline.TimeBasis(r.word("time", "")),
		Better:      pipeline.Better(r.word("better", string(pipeline.BetterUp))),
		Group:       r.text("group"),
		Parent:      r.text("parent"),
		Rounding:    pipeline.Rounding(r.word("rounding", string(pipeline.HalfUp))),
		ScoreWeight: r.score("score_weight"),
		ScoreCap:    r.ratio("score_cap", maxScoreCap),
		Origin:      r.origin(),
	}
	x.Decimals = r.whole("decimals", standardDecimals(x.Kind), maxDecimals)
	x.From = r.listFigure(x.Kind)
	return x
}

func standardDecimals(kind pipeline.Kind) int {
	if kind == pipeline.KindRatio {
		return 2
	}
	return 0
}

// addends is the codes in the named column, joined with +.
func (r row) addends(column string) []string {
	text := r.text(column)
	if text == "" {
		return nil
	}
	codes := strings.Split(text, "+")
	for i := range codes {
		if codes[i] = strings.TrimSpace(codes[i]); codes[i] == "" {
			r.report(column, pipeline.Finding{Code: "catalogue_bad_sum"})
			return nil
		}
	}
	return codes
}

// checkParts checks what an indicator is computed from: a ratio from additive
// parts, an average from an additive weight, the others from nothing.
func (l *loader) checkParts(r row, x pipeline.Indicator, byCode map[string]pipeline.Indicator) {
	ratio, average := x.Kind == pipeline.KindRatio, x.Kind == pipeline.KindAverage
	parts := []struct {
		column         string
		codes          []string
		wanted         bool
		missing, unfit string
	}{
		{"numerator", x.Numerator, ratio, "catalogue_ratio_without_part", "catalogue_ratio_of_ratio"},
		{"denominator", x.Denominator, ratio, "catalogue_ratio_without_part", "catalogue_ratio_of_ratio"},
		{"weight_by", nonEmpty(x.WeightBy), average, "catalogue_average_without_weight", "catalogue_weight_not_additive"},
	}
	for _, part := range parts {
		l.indicators.checkAll(r, part.column, part.codes)
		switch {
		case part.wanted && !r.has(part.column):
			r.report(part.column, pipeline.Finding{Code: part.missing})
		case !part.wanted && r.has(part.column) && x.Kind != "":
			r.report(part.column, pipeline.Finding{
				Code: "catalogue_unused_cell", Severity: pipeline.SeverityWarning,
				Args: []pipeline.Arg{{Name: "kind", Value: string(x.Kind)}},
			})
		case part.wanted:
			reportUnfit(r, part.column, part.codes, part.unfit, byCode)
		}
	}
}

// reportUnfit reports the parts that do not add up over units themselves.
func reportUnfit(r row, column string, codes []string, code string, byCode map[string]pipeline.Indicator) {
	for _, part := range codes {
		if kind := byCode[part].Kind; kind == pipeline.KindRatio || kind == pipeline.KindAverage {
			r.report(column, pipeline.Finding{Code: code, Read: part})
		}
	}
}

func nonEmpty(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}
