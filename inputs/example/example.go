// Package example is the workspace that `tonghop init` makes: a small federation
// with one quarterly form, targets, checks, three reports that wait in the inbox
// and a report query in SQL, so that the first run shows something.
//
// All of it is invented and made for the year and quarter of the day on which it
// is written; the same day gives the same bytes. Command init writes it.
package example

import (
	"fmt"
	"time"

	"tonghop/pipeline"
)

// A File is a file of the workspace.
type File struct {
	Path string // below the workspace, with slashes
	Data []byte
}

// Files are the example as of a day.
func Files(day time.Time) ([]File, error) {
	quarter := pipeline.Period{Kind: pipeline.Quarter, Year: day.Year(), N: (int(day.Month()) + 2) / 3}
	all := []File{{Path: "sql/reports/own_below_half.sql", Data: []byte(ownReport)}}
	add := func(path string, draw func(*sheet)) error {
		data, err := drawn(draw)
		if err != nil {
			return fmt.Errorf("make %s: %w", path, err)
		}
		all = append(all, File{path, data})
		return nil
	}
	if err := add("inputs/catalogue.xlsx", func(s *sheet) { drawCatalogue(s, quarter) }); err != nil {
		return nil, err
	}
	if err := add("inputs/forms/QUY.xlsx", func(s *sheet) { drawForm(s, blank) }); err != nil {
		return nil, err
	}
	for _, r := range reports(quarter) {
		if err := add("inputs/inbox/"+r.unit+"/"+r.file, func(s *sheet) { drawForm(s, r) }); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// ownReport shows staff what a query of their own looks like.
const ownReport = `-- Units that have less than half of a target, the farthest first: an example of staff's own SQL.
-- grain: one row per unit and indicator
-- reads: rpt_achievement
SELECT unit, indicator, ytd, target, rate
FROM rpt_achievement
WHERE period = $period AND rate < 0.5
ORDER BY rate, unit, indicator;
`

// A report is what stands in the cells of the form that units fill in.
type report struct {
	unit, file, name, period string
	figures                  map[string]any // by indicator
}

// blank is the form itself: markers.
var blank = report{name: "{{@unit}}", period: "{{@period}}", figures: markers()}

func markers() map[string]any {
	all := map[string]any{}
	for _, l := range lines {
		if l.code != "" {
			all[l.code] = "{{" + l.code + "}}"
		}
	}
	return all
}

// reports are a good report, one with a remark, and one that is returned: more
// women than members.
func reports(quarter pipeline.Period) []report {
	period := fmt.Sprintf("Quý %s năm %d", []string{"I", "II", "III", "IV"}[quarter.N-1], quarter.Year)
	file := fmt.Sprintf("Bao cao quy %d nam %d.xlsx", quarter.N, quarter.Year)
	figures := func(all ...any) map[string]any {
		by := map[string]any{}
		for _, l := range lines {
			if l.code != "" {
				by[l.code], all = all[0], all[1:]
			}
		}
		return by
	}
	return []report{
		{"H01", file, "Liên đoàn Lao động huyện A", period, figures(120, 4250, 2310, 0.5435, 9, 815, 420)},
		{"H02", file, "Liên đoàn Lao động huyện B", period, figures(45, 2980, 1490, 0.5, "05 lớp", 390, 205)},
		{"H03", file, "Liên đoàn Lao động huyện C", period, figures(80, 3120, 1604, 0.5141, 6, 280, 410)},
	}
}
