package page

import (
	"encoding/json"
	"fmt"
	"html/template"

	"tonghop/pipeline"
)

// A pageData is what the script reads when a figure or a unit is asked for.
// It is data of the page, never code: marshalling escapes <, > and &.
type pageData struct {
	Units      []unitData        `json:"units"`
	Indicators []indicatorData   `json:"indicators"`
	Origins    originData        `json:"origins"`
	Words      map[string]string `json:"words"`
}

// words are the texts that the script lays out with, by their keys below page.
var words = []string{
	"card.figures", "card.files", "card.other", "card.print", "card.reports", "card.share", "card.no_files", "card.rank_in",
	"column.cell", "column.figure", "column.indicator", "column.part", "column.points", "column.previous", "column.rank", "column.rate",
	"column.raw", "column.standing", "column.target", "column.unit", "column.value", "column.year", "column.ytd", "figure.value",
	"origin.nothing", "sources.blanks", "sources.earlier_table", "sources.facts_table", "sources.parts_table", "sources.plans_table",
	"sources.targets_table",
}

func (c *composer) data() (template.JS, error) {
	data := pageData{Units: c.unitsData(), Origins: c.origins(), Words: map[string]string{}}
	for _, i := range c.d.Indicators {
		data.Indicators = append(data.Indicators, indicatorData{i.Code, i.Name, i.Measure})
	}
	for _, key := range words {
		data.Words[key] = c.l.Text("page." + key)
	}
	for _, s := range []string{standingMet, standingOnPace, standingBehind, standingOver, standingNoData, standingNoTarget} {
		data.Words["standing."+s] = c.standingWord(s, pipeline.BetterUp)
	}
	text, err := json.Marshal(data)
	if err != nil {
		return "", fmt.Errorf("encode figures: %w", err)
	}
	return template.JS(text), nil
}
