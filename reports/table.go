package reports

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"time"

	"github.com/shopspring/decimal"
)

// A Table is a published table: a header and rows of text, as the CSV files
// hold them. Figures are not rounded, with a point as decimal mark; an empty
// text is null.
type Table struct {
	Name   string // the file's name without its extension
	Header []string
	Rows   [][]string
}

// WriteCSV writes the table as CSV: UTF-8 without byte-order mark, and no text in it
// a formula of Excel.
func (t Table) WriteCSV(w io.Writer) error {
	out := csv.NewWriter(w)
	err := out.Write(t.Header)
	row := make([]string, len(t.Header))
	for _, texts := range t.Rows {
		row = row[:0]
		for _, text := range texts {
			row = append(row, guarded(text))
		}
		err = errors.Join(err, out.Write(row))
	}
	out.Flush()
	if err := errors.Join(err, out.Error()); err != nil {
		return fmt.Errorf("write table %s: %w", t.Name, err)
	}
	return nil
}

// WriteJSON writes the table as a JSON array of one object a row, figures as
// numbers with all their digits, null for an empty text.
func (t Table) WriteJSON(w io.Writer) error {
	out := bufio.NewWriter(w)
	for i, row := range t.Rows {
		start := ",\n{"
		if i == 0 {
			start = "[\n{"
		}
		fmt.Fprint(out, start)
		for column, text := range row {
			if column > 0 {
				fmt.Fprint(out, ",")
			}
			fmt.Fprintf(out, "%s:%s", quoted(t.Header[column]), t.Type(column).json(text))
		}
		fmt.Fprint(out, "}")
	}
	if len(t.Rows) == 0 {
		fmt.Fprint(out, "[")
	}
	fmt.Fprint(out, "\n]\n")
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write table %s: %w", t.Name, err)
	}
	return nil
}

// ReadCSV reads a published table.
func ReadCSV(r io.Reader, name string) (Table, error) {
	rows, err := csv.NewReader(r).ReadAll()
	if err != nil || len(rows) == 0 {
		return Table{}, fmt.Errorf("read table %s: %w", name, err)
	}
	for _, row := range rows[1:] {
		for i := range row {
			row[i] = unguarded(row[i])
		}
	}
	return Table{Name: name, Header: rows[0], Rows: rows[1:]}, nil
}

// Records gives each row as values by column name.
func (t Table) Records() []map[string]string {
	all := make([]map[string]string, len(t.Rows))
	for i, row := range t.Rows {
		all[i] = make(map[string]string, len(row))
		for j, value := range row {
			all[i][t.Header[j]] = value
		}
	}
	return all
}

// Columns gives the values of the named columns, in that order, row by row; of a
// column that the table has not, empty ones.
func (t Table) Columns(names []string) [][]string {
	all := make([][]string, len(t.Rows))
	for i, row := range t.Rows {
		all[i] = make([]string, len(names))
		for j, name := range names {
			if at := slices.Index(t.Header, name); at >= 0 {
				all[i][j] = row[at]
			}
		}
	}
	return all
}

// Tables are the tables published for a period.
func (d *Dataset) Tables() []Table {
	all := []Table{
		achievementTable("achievement", d.Achievements), factTable("facts", d.Facts), factTable("earlier", d.Earlier), d.listTable(),
		d.submissionTable(), d.findingTable(), d.partTable(), d.targetTable(), d.reportingTable(), d.trendTable(),
		unitTable("units", d.Units), d.indicatorTable(), d.scoreTable(), d.headlineTable(), d.exemptionTable(), d.breakTable(),
	}
	if len(d.Present) > 0 {
		all = append(all, achievementTable("achievement_present", d.Present), unitTable("units_present", d.PresentUnits))
	}
	return append(all, d.Own...)
}

// LedgerTables are the tables of every file ever taken and of what staff decided.
func (d *Dataset) LedgerTables() []Table {
	return []Table{d.submissionTable(), d.findingTable(), d.journalTable()}
}

func achievementTable(name string, achievements []Achievement) Table {
	t := Table{Name: name, Header: []string{
		"period", "unit", "indicator", "actual", "ytd", "target", "rate", "expected", "pace", "previous", "status", "reported", "due",
		"qualifier", "state", "complete", "target_units", "target_ytd", "needed_per_month", "gap", "gap_points", "gap_expected",
		"rank", "rank_of", "contribution", "points", "max_points",
		"break", "break_on", "last_value", "last_cut_off", "last_age_days", "missing_spans", "missing_span_units",
	}}
	for _, a := range achievements {
		t.Rows = append(t.Rows, []string{
			a.Period, a.Unit, a.Indicator, Digits(a.Actual), Digits(a.YTD), Digits(a.Target), Digits(a.Rate),
			Digits(a.Expected), Digits(a.Pace), Digits(a.Previous), a.Status, strconv.Itoa(a.Reported), strconv.Itoa(a.Due),
			string(a.Qualifier), string(a.State), strconv.Itoa(a.Complete), strconv.Itoa(a.TargetUnits), Digits(a.TargetYTD),
			Digits(a.NeededPerMonth), Digits(a.Gap), Digits(a.GapPoints), Digits(a.GapExpected),
			place(a.Rank), place(a.RankOf), Digits(a.Contribution), Digits(a.Points), Digits(a.MaxPoints),
			a.Break, day(a.BreakOn), Digits(a.LastValue), day(a.LastCutOff), place(a.LastAgeDays), a.MissingSpans, place(a.MissingSpanUnits),
		})
	}
	return t
}

func factTable(name string, facts []Fact) Table {
	t := Table{Name: name, Header: []string{
		"period", "unit", "form", "indicator", "measure", "state", "value", "qualifier", "raw", "file", "sheet", "cell", "sha256", "note", "use", "ytd_use", "list",
	}}
	for _, f := range facts {
		t.Rows = append(t.Rows, []string{
			f.Period, f.Unit, f.Form, f.Indicator, string(f.Measure), string(f.State), Digits(f.Value), string(f.Qualifier),
			f.Raw, f.File, f.Sheet, f.Cell, f.SHA256, f.Note, f.Use, f.YTDUse, f.List,
		})
	}
	return t
}

func (d *Dataset) listTable() Table {
	t := Table{Name: "lists", Header: []string{
		"period", "unit", "form", "list", "row", "field", "type", "value", "raw", "file", "sheet", "cell", "sha256",
		"state", "qualifier", "number", "day", "use", "indicators",
	}}
	for _, c := range d.Lists {
		value, day := c.Text, ""
		switch {
		case !c.Date.IsZero():
			day = c.Date.Format(time.DateOnly)
			value = day
		case c.Number != nil:
			value = Digits(c.Number)
		}
		t.Rows = append(t.Rows, []string{
			c.Period, c.Unit, c.Form, c.List, strconv.Itoa(c.Row), c.Field, string(c.Type), value, c.Raw, c.File, c.Sheet, c.Cell, c.SHA256,
			string(c.State), string(c.Qualifier), Digits(c.Number), day, c.Use, c.Indicators,
		})
	}
	return t
}

func (d *Dataset) submissionTable() Table {
	t := Table{Name: "submissions", Header: []string{
		"unit", "form", "period", "file", "sha256", "first_seen", "status", "timeliness", "errors", "warnings", "owner",
	}}
	for _, s := range d.Submissions {
		t.Rows = append(t.Rows, []string{
			s.Unit, s.Form, s.Period, s.File, s.SHA256, s.FirstSeen.Format(time.RFC3339), s.Status, s.Timeliness,
			strconv.Itoa(s.Errors), strconv.Itoa(s.Warnings), s.Owner,
		})
	}
	return t
}

func (d *Dataset) findingTable() Table {
	t := Table{Name: "findings", Header: []string{
		"file", "sha256", "unit", "form", "period", "severity", "code", "sheet", "cell", "message",
	}}
	for _, f := range d.Findings {
		t.Rows = append(t.Rows, []string{
			f.File, f.SHA256, f.Unit, f.Form, f.Period, string(f.Severity), f.Code, f.Sheet, f.Cell, f.Message,
		})
	}
	return t
}

func (d *Dataset) partTable() Table {
	t := Table{Name: "parts", Header: []string{"period", "unit", "indicator", "role", "part_unit", "part_indicator", "value", "ytd"}}
	for _, p := range d.Parts {
		t.Rows = append(t.Rows, []string{p.Period, p.Unit, p.Indicator, p.Role, p.PartUnit, p.PartIndicator, Digits(p.Value), Digits(p.YTD)})
	}
	return t
}

func (d *Dataset) targetTable() Table {
	t := Table{Name: "targets", Header: []string{"unit", "indicator", "year", "target", "file", "sheet", "cell"}}
	for _, x := range d.Targets {
		t.Rows = append(t.Rows, []string{x.Unit, x.Indicator, strconv.Itoa(x.Year), x.Value.String(), x.File, x.Sheet, x.Cell})
	}
	return t
}

func (d *Dataset) reportingTable() Table {
	t := Table{Name: "reporting", Header: []string{"period", "form", "unit", "due", "state", "received", "refused"}}
	for _, r := range d.Reporting {
		received := ""
		if !r.Received.IsZero() {
			received = r.Received.Format(time.RFC3339)
		}
		t.Rows = append(t.Rows, []string{
			r.Period, r.Form, r.Unit, r.Due.Format(time.DateOnly), r.State, received, strconv.Itoa(r.Refused),
		})
	}
	return t
}

func (d *Dataset) exemptionTable() Table {
	t := Table{Name: "exemptions", Header: []string{"period", "form", "unit", "due", "at", "by", "reason"}}
	for _, e := range d.Exemptions {
		t.Rows = append(t.Rows, []string{e.Period, e.Form, e.Unit, e.Due.Format(time.DateOnly), e.At.Format(time.RFC3339), e.By, e.Reason})
	}
	return t
}

func (d *Dataset) journalTable() Table {
	t := Table{Name: "journal", Header: []string{"seq", "at", "act", "period", "unit", "form", "sha256", "by", "reason"}}
	for _, a := range d.Journal {
		t.Rows = append(t.Rows, []string{
			strconv.Itoa(a.Seq), a.At.Format(time.RFC3339), string(a.Kind), a.Period.String(), a.Unit, a.Form, a.SHA256, a.By, a.Reason,
		})
	}
	return t
}

func (d *Dataset) trendTable() Table {
	t := Table{Name: "trend", Header: []string{"period", "unit", "indicator", "actual", "rate", "break", "break_on"}}
	for _, p := range d.Trend {
		t.Rows = append(t.Rows, []string{p.Period, p.Unit, p.Indicator, Digits(p.Actual), Digits(p.Rate), p.Break, day(p.BreakOn)})
	}
	return t
}

func (d *Dataset) breakTable() Table {
	t := Table{Name: "breaks", Header: []string{"period", "unit", "kind", "on", "was", "became", "refused_previous"}}
	for _, b := range d.Breaks {
		t.Rows = append(t.Rows, []string{b.Period, b.Unit, b.Kind, day(b.On), b.Was, b.Became, strconv.FormatBool(b.Refused)})
	}
	return t
}

func unitTable(name string, units []Unit) Table {
	t := Table{Name: name, Header: []string{"unit", "name", "kind", "parent", "level", "valid"}}
	for _, u := range units {
		t.Rows = append(t.Rows, []string{u.Code, u.Name, u.Kind, u.Parent, strconv.Itoa(u.Level), strconv.FormatBool(u.Valid)})
	}
	return t
}

func (d *Dataset) indicatorTable() Table {
	t := Table{Name: "indicators", Header: []string{"indicator", "name", "measure", "kind", "time", "better", "decimals", "rounding"}}
	for _, i := range d.Indicators {
		t.Rows = append(t.Rows, []string{
			i.Code, i.Name, i.Measure, string(i.Kind), string(i.Time), string(i.Better), strconv.Itoa(i.Decimals), string(i.Rounding),
		})
	}
	return t
}

// day writes a date, or nothing for none.
func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

// Digits writes a figure in full, or nothing for none.
func Digits(d *decimal.Decimal) string {
	if d == nil {
		return ""
	}
	return d.String()
}
