package job

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"tonghop/pipeline"
	"tonghop/pipeline/publish"
	"tonghop/reports"
)

// readTable reads a table published for a period; none is an empty table.
func readTable(dir, name string) (reports.Table, error) {
	file, err := os.Open(filepath.Join(dir, "data", name+".csv"))
	if errors.Is(err, fs.ErrNotExist) {
		return reports.Table{Name: name}, nil
	}
	if err != nil {
		return reports.Table{}, err
	}
	table, err := reports.ReadCSV(file, name)
	return table, errors.Join(err, file.Close())
}

// restatements lists the figures of the published issue that d changes, with
// the files whose facts are new.
func restatements(dir string, current publish.Manifest, d *reports.Dataset) ([]reports.Restatement, error) {
	if current.Issue == 0 {
		return nil, nil
	}
	published, err := readTable(dir, "achievement")
	if err != nil {
		return nil, err
	}
	facts, err := readTable(dir, "facts")
	if err != nil {
		return nil, err
	}
	old := map[[2]string]map[string]string{}
	for _, row := range published.Records() {
		old[[2]string{row["unit"], row["indicator"]}] = row
	}
	files := changedFiles(facts, d)
	var all []reports.Restatement
	for _, a := range d.Achievements {
		before := old[[2]string{a.Unit, a.Indicator}]
		for _, figure := range []struct {
			name  string
			value *decimal.Decimal
		}{{"actual", a.Actual}, {"ytd", a.YTD}, {"target", a.Target}} {
			was, err := decimal.NewFromString(before[figure.name])
			if err != nil || figure.value != nil && was.Equal(*figure.value) {
				continue // nothing was published, or the same
			}
			all = append(all, reports.Restatement{
				Unit: a.Unit, Indicator: a.Indicator, Figure: figure.name, Old: &was, New: figure.value,
				File: strings.Join(files[a.Indicator], "; "),
			})
		}
	}
	return all, nil
}

// changedFiles lists, by indicator, the files that give facts which were not
// published before.
func changedFiles(published reports.Table, d *reports.Dataset) map[string][]string {
	type fact struct{ unit, indicator, period, sha string }
	known := map[fact]bool{}
	for _, row := range published.Records() {
		known[fact{row["unit"], row["indicator"], row["period"], row["sha256"]}] = true
	}
	files := map[string][]string{}
	for _, f := range d.Facts {
		if !known[fact{f.Unit, f.Indicator, f.Period, f.SHA256}] && !slices.Contains(files[f.Indicator], f.File) {
			files[f.Indicator] = append(files[f.Indicator], f.File)
		}
	}
	return files
}

// trend lists the figures of the roots in the published periods of the same
// kind, up to the dataset's own.
func (r *run) trend(d *reports.Dataset) ([]reports.TrendPoint, error) {
	var all []reports.TrendPoint
	for _, p := range r.series(d.Stamp.Period) {
		table, err := readTable(r.periodDir(p), "achievement")
		if err != nil {
			return nil, err
		}
		for _, row := range table.Records() {
			if isRoot(d, row["unit"]) && row["actual"] != "" {
				all = append(all, reports.TrendPoint{
					Period: p.String(), Unit: row["unit"], Indicator: row["indicator"], Actual: figure(row["actual"]), Rate: figure(row["rate"]),
				})
			}
		}
	}
	for _, a := range d.Achievements {
		if isRoot(d, a.Unit) && a.Actual != nil {
			all = append(all, reports.TrendPoint{Period: a.Period, Unit: a.Unit, Indicator: a.Indicator, Actual: a.Actual, Rate: a.Rate})
		}
	}
	return all, nil
}

// series lists the published periods of the same kind that end before p.
func (r *run) series(p pipeline.Period) []pipeline.Period {
	calendar := r.rules.Catalogue.Calendar
	return slices.DeleteFunc(r.published(), func(q pipeline.Period) bool {
		return q.Kind != p.Kind || !calendar.Window(q).End.Before(calendar.Window(p).End)
	})
}

func isRoot(d *reports.Dataset, unit string) bool {
	u, ok := d.Unit(unit)
	return ok && u.Level == 0
}

// figure reads a published figure; nil stands for none.
func figure(digits string) *decimal.Decimal {
	d, err := decimal.NewFromString(digits)
	if err != nil {
		return nil
	}
	return &d
}

// text writes a figure in full, or nothing for none.
func text(d *decimal.Decimal) string {
	if d == nil {
		return ""
	}
	return d.String()
}
