package main

import (
	"encoding/json"
	"strconv"
	"text/tabwriter"
	"time"

	"tonghop/pipeline"
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
	Missing int                 `json:"missing"`
	Reports []map[string]string `json:"reports"`
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
	periods, err := p.publishedPeriods()
	if err != nil {
		return err
	}
	all := []statusJSON{}
	for _, q := range periods {
		board, err := p.board(q)
		if err != nil {
			return err
		}
		board.Reports = nil
		all = append(all, board)
	}
	if p.json {
		return json.NewEncoder(p.stdout).Encode(all)
	}
	return p.overview(all)
}

func (p *program) board(q pipeline.Period) (statusJSON, error) {
	table, err := p.published(q.String(), "reporting")
	board := statusJSON{Period: q.String(), Reports: table.Records()}
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
	}
	return board, err
}

func (p *program) overview(all []statusJSON) error {
	if len(all) == 0 {
		p.say("nothing_published")
		return nil
	}
	out := tabwriter.NewWriter(p.stdout, 0, 8, 2, ' ', 0)
	row := func(cells ...string) { writeRow(out, cells) }
	row(p.text.Text("cli.column.period"), p.text.Text("cli.column.due"), p.text.Text("cli.column.on_time"),
		p.text.Text("cli.column.late"), p.text.Text("cli.column.missing"))
	for _, s := range all {
		row(s.Period, strconv.Itoa(s.Due), strconv.Itoa(s.OnTime), strconv.Itoa(s.Late), strconv.Itoa(s.Missing))
	}
	if err := out.Flush(); err != nil {
		return err
	}
	ledger, err := p.published("", "submissions")
	if err != nil {
		return err
	}
	p.waiting(ledger)
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
	p.say("board", "period", p.text.Period(q), "due", board.Due, "on_time", board.OnTime, "late", board.Late, "missing", board.Missing)
	out := tabwriter.NewWriter(p.stdout, 0, 8, 2, ' ', 0)
	for _, r := range board.Reports {
		received := ""
		if at, err := time.Parse(time.RFC3339, r["received"]); err == nil {
			received = p.text.Date(at)
		}
		state := p.text.Text("cli.state." + r["state"])
		if r["refused"] != "0" {
			state += " " + p.text.Text("cli.state.refused", "n", r["refused"])
		}
		writeRow(out, []string{r["form"], r["period"], r["unit"], names[r["unit"]], state, received})
	}
	return out.Flush()
}

func (p *program) unitNames(q pipeline.Period) (map[string]string, error) {
	table, err := p.published(q.String(), "units")
	names := map[string]string{}
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
		_, _ = out.Write([]byte(printable(cell)))
	}
	_, _ = out.Write([]byte{'\n'})
}
