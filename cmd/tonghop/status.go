package main

import (
	"encoding/json"
	"slices"
	"strconv"
	"text/tabwriter"
	"time"

	"tonghop/pipeline"
	"tonghop/pipeline/publish"
	"tonghop/pipeline/vntext"
	"tonghop/reports"
)

// statusCommand tells who has sent what.
type statusCommand struct {
	detailed
	Period string `name:"period" placeholder:"P" help:"${help_period}"`
}

// A statusJSON is what `status --json` prints of one period.
type statusJSON struct {
	Period  string              `json:"period"`
	Due     int                 `json:"due"`
	OnTime  int                 `json:"on_time"`
	Late    int                 `json:"late"`
	Missing int                 `json:"missing"` // due = on_time + late + missing
	NotDue  int                 `json:"not_due"` // of the missing, those that still have time
	Closed  *publish.Closing    `json:"closed,omitempty"`
	Reports []map[string]string `json:"reports"`
	Exempt  []map[string]string `json:"exempt,omitempty"`
	Aside   []map[string]string `json:"not_counted,omitempty"` // files that are held, withdrawn or refused
}

// Run prints one period's reporting board, or the counts of all periods and the
// files that wait for staff.
func (c *statusCommand) Run(p *program) error {
	if c.Period != "" {
		q, err := p.period(c.Period)
		if err != nil {
			return err
		}
		return p.periodStatus(q)
	}
	periods, err := p.reader().Periods()
	if err != nil {
		return err
	}
	all := []statusJSON{}
	for _, q := range periods {
		board, err := p.board(q)
		if err != nil {
			return err
		}
		board.Reports, board.Exempt, board.Aside = nil, nil, nil
		all = append(all, board)
	}
	if p.json {
		return json.NewEncoder(p.stdout).Encode(all)
	}
	return p.overview(all)
}

// notCounted are the statuses of files that wait for somebody or are out.
var notCounted = []string{string(pipeline.Held), string(pipeline.Withdrawn), string(pipeline.Refused)}

func (p *program) board(q pipeline.Period) (statusJSON, error) {
	var tables [3]reports.Table
	issue, err := p.issue(q)
	if err != nil {
		return statusJSON{}, err
	}
	for i, name := range []string{"reporting", "exemptions", "submissions"} {
		if tables[i], err = issue.Table(name); err != nil {
			return statusJSON{}, err
		}
	}
	board := statusJSON{Period: q.String(), Closed: issue.Closed, Reports: tables[0].Records(), Exempt: tables[1].Records()}
	for _, s := range tables[2].Records() {
		if slices.Contains(notCounted, s["status"]) {
			board.Aside = append(board.Aside, s)
		}
	}
	for _, r := range board.Reports {
		board.Due++
		switch r["state"] {
		case "on_time":
			board.OnTime++
		case "late":
			board.Late++
		default:
			board.Missing++
		}
		if p.hasTime(r) {
			board.NotDue++
		}
	}
	return board, nil
}

// hasTime tells whether a report has not come and is not overdue either.
func (p *program) hasTime(r map[string]string) bool {
	due, err := time.Parse(time.DateOnly, r["due"])
	return err == nil && reports.Reporting{State: r["state"], Due: due}.HasTime(p.now.In(p.config.Zone))
}

func (p *program) overview(all []statusJSON) error {
	if len(all) == 0 {
		p.say("nothing_published")
		return nil
	}
	out := tabwriter.NewWriter(p.stdout, 0, 8, 2, ' ', 0)
	row := func(cells ...string) { writeRow(out, cells) }
	closed := func(c *publish.Closing) string {
		if c == nil {
			return ""
		}
		return p.text.Date(c.At)
	}
	row(p.text.Text("cli.column.period"), p.text.Text("cli.column.due"), p.text.Text("cli.column.on_time"),
		p.text.Text("cli.column.late"), p.text.Text("cli.column.missing"), p.text.Text("cli.column.not_due"),
		p.text.Text("cli.column.closed"))
	for _, s := range all {
		row(s.Period, strconv.Itoa(s.Due), strconv.Itoa(s.OnTime), strconv.Itoa(s.Late), strconv.Itoa(s.Missing-s.NotDue), strconv.Itoa(s.NotDue), closed(s.Closed))
	}
	if err := out.Flush(); err != nil {
		return err
	}
	ledger, err := p.reader().Ledger()
	if err != nil {
		return err
	}
	p.waiting(ledger.Submissions)
	return nil
}

// waiting lists the files that wait for staff: held ones.
func (p *program) waiting(ledger reports.Table) {
	for _, s := range ledger.Records() {
		if s["status"] == string(pipeline.Held) {
			p.say("waiting", "file", s["file"])
		}
	}
}

func (p *program) periodStatus(q pipeline.Period) error {
	board, err := p.board(q)
	if err != nil {
		return err
	}
	if p.json {
		return json.NewEncoder(p.stdout).Encode(board)
	}
	names, err := p.unitNames(q)
	if err != nil {
		return err
	}
	p.say("board", "period", p.text.Period(q), "due", board.Due, "on_time", board.OnTime, "late", board.Late, "missing", board.Missing-board.NotDue, "not_due", board.NotDue)
	out := tabwriter.NewWriter(p.stdout, 0, 8, 2, ' ', 0)
	for _, r := range board.Reports {
		received := ""
		if at, err := time.Parse(time.RFC3339, r["received"]); err == nil {
			received = p.text.Date(at)
		}
		state := p.text.Text("cli.state." + r["state"])
		if p.hasTime(r) {
			state = p.text.Text("cli.state.not_due")
		}
		if r["refused"] != "0" {
			state += " " + p.text.Text("cli.state.refused", "n", r["refused"])
		}
		writeRow(out, []string{r["form"], r["period"], r["unit"], names[r["unit"]], state, received})
	}
	if err := out.Flush(); err != nil {
		return err
	}
	p.tellRecord(board)
	return nil
}

// tellRecord prints what staff decided about a period, and the files that are not
// counted, with what names them.
func (p *program) tellRecord(board statusJSON) {
	period := func(code string) string {
		q, err := pipeline.ParsePeriod(code)
		if err != nil {
			return code
		}
		return p.text.Period(q)
	}
	if board.Closed != nil {
		p.say("closed", "at", p.text.Time(board.Closed.At), "by", board.Closed.By)
	}
	for _, e := range board.Exempt {
		p.say("exempted", "unit", e["unit"], "form", e["form"], "period", period(e["period"]), "reason", e["reason"], "by", e["by"])
	}
	have := map[[3]string]bool{} // reports that a file counts for
	for _, r := range board.Reports {
		have[[3]string{r["unit"], r["form"], r["period"]}] = r["state"] == "on_time" || r["state"] == "late"
	}
	for _, s := range board.Aside {
		key := "file_" + s["status"]
		if s["status"] == string(pipeline.Refused) && have[[3]string{s["unit"], s["form"], s["period"]}] {
			key = "file_refused_other"
		}
		p.say(key, "file", s["file"], "unit", s["unit"], "period", period(s["period"]), "sha", short(s["sha256"]))
	}
}

func (p *program) unitNames(q pipeline.Period) (map[string]string, error) {
	names := map[string]string{}
	issue, err := p.issue(q)
	if err != nil {
		return nil, err
	}
	table, err := issue.Table("units")
	for _, u := range table.Records() {
		names[u["unit"]] = u["name"]
	}
	return names, err
}

// writeRow writes one line of a table; a faulty writer is told at its end.
func writeRow(out *tabwriter.Writer, cells []string) {
	for i, cell := range cells {
		if i > 0 {
			_, _ = out.Write([]byte{'\t'})
		}
		_, _ = out.Write([]byte(vntext.Printable(cell)))
	}
	_, _ = out.Write([]byte{'\n'})
}
