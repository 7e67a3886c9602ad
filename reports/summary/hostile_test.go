package summary_test

import (
	"regexp"
	"strings"
	"testing"

	"tonghop/pipeline"
	"tonghop/reports"
)

// TestOutsideTextIsInert writes hostile text into every field that comes from
// outside and looks for it in the XML.
func TestOutsideTextIsInert(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"formula": `=HYPERLINK("http://a.example","x")`, "dde": "=cmd|' /C calc'!A0", "plus": "+1+1", "minus": "-2+3", "at": "@SUM(A1)",
		"markup": `]]></t><script>&"'`, "escape": "_x003D_1+1", "control": "a\x00\x07\x1b=1\r\n=1", "long": strings.Repeat("=1+", 20000),
		"footer": "&P&Z&F", "template": "{indicator}{rate}{n}",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			data := write(t, hostile(t, text), "vi")
			for part, content := range parts(t, data) {
				if err := wellFormed(content); err != nil {
					t.Errorf("part %s: %v", part, err)
				}
				if strings.Contains(content, `TargetMode="External"`) || strings.Contains(content, "ddeLink") {
					t.Errorf("part %s links to the outside", part)
				}
				for _, f := range regexp.MustCompile(`<f>([^<]*)</f>`).FindAllStringSubmatch(content, -1) {
					if strings.HasPrefix(part, "xl/worksheets/") && !ownFormula.MatchString(f[1]) {
						t.Errorf("part %s has the formula %q", part, f[1])
					}
				}
			}
			f := open(t, data)
			got, err := f.GetCellValue("Số liệu nguồn", "K5")
			if want := strings.NewReplacer("\x00", "", "\x07", "", "\x1b", "", "\r", "").Replace(text); err != nil || name != "long" && got != want {
				t.Errorf("raw text reads back %q, %v, want %q", got, err, want)
			}
		})
	}
}

// ownFormula is what the summary's own formulas look like.
var ownFormula = regexp.MustCompile(strings.ReplaceAll(`^(IFERROR\((TRUNC\()?OP/OP(,\d\))?,(&#34;){2}\)|TRUNC\((\()?OP(-OP\)\*100)?,\d\)|\(OP-OP\)\*100|OP(-OP)?|OP/OP-1)$`, "OP", `([A-Z]+\d+|-?\d+(\.\d+)?)`))

func hostile(t *testing.T, text string) *reports.Dataset {
	t.Helper()
	d := sample(t)
	d.Stamp.Sample, d.Stamp.RunID, d.Stamp.CatalogueHash = text, text, text
	for i := range d.Units {
		d.Units[i].Name = text
	}
	for i := range d.Indicators {
		d.Indicators[i].Name, d.Indicators[i].Measure, d.Indicators[i].Group = text, text, text
	}
	for i := range d.Achievements {
		d.Achievements[i].Status += text
	}
	for i := range d.Facts {
		f := &d.Facts[i]
		f.Period, f.Form, f.Raw, f.Note, f.File, f.Sheet, f.Cell, f.SHA256, f.State = text, text, text, text, text, text, text, text, pipeline.State(text)
	}
	for i := range d.Findings {
		f := &d.Findings[i]
		f.Unit, f.File, f.Sheet, f.Cell, f.Message, f.Remedy, f.Severity = text, text, text, text, text, text, pipeline.Severity(text)
	}
	for i := range d.Lists {
		c := &d.Lists[i]
		c.Form, c.List, c.Text, c.File, c.Sheet, c.Cell, c.Indicators = text, text, text, text, text, text, text
	}
	for i := range d.ListFields {
		d.ListFields[i].Form, d.ListFields[i].List, d.ListFields[i].Title = text, text, text
	}
	for i := range d.Trend {
		d.Trend[i].Period = text + d.Trend[i].Period
	}
	for i := range d.Targets {
		d.Targets[i].File, d.Targets[i].Sheet, d.Targets[i].Cell = text, text, text
	}
	for i := range d.Exemptions {
		e := &d.Exemptions[i]
		e.Period, e.Form, e.Reason, e.By = text, text, text, text
	}
	d.Stamp.Superior = text
	for i := range d.Restatements {
		d.Restatements[i].File, d.Restatements[i].Figure = text, text
	}
	return d
}
