package main

import (
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"

	"tonghop/pipeline"
	"tonghop/reports/published"
)

// traceCommand shows where a figure comes from, down to the cells.
type traceCommand struct {
	detailed
	Period    string `name:"period" required:"" placeholder:"P" help:"${help_period}"`
	Unit      string `name:"unit" required:"" placeholder:"U" help:"${help_unit}"`
	Indicator string `name:"indicator" required:"" placeholder:"I" help:"${help_indicator}"`
	Figure    string `name:"figure" enum:"actual,ytd,target" default:"actual" help:"${help_figure}"`
}

// Run prints the figure's tree.
func (c *traceCommand) Run(p *program) error {
	q, err := p.period(c.Period)
	if err != nil {
		return err
	}
	issue, err := p.issue(q)
	if err != nil {
		return err
	}
	tracer, err := issue.Tracer(c.Figure)
	if err != nil {
		return err
	}
	t := tree{p, tracer}
	root, figure, ok := t.Trace(c.Unit, c.Indicator)
	if !ok {
		return exitError{exitUsage, t.absent(q, c.Unit, c.Indicator)}
	}
	if p.json {
		out := json.NewEncoder(p.stdout)
		out.SetIndent("", "  ")
		return out.Encode(root)
	}
	qualifier := strings.TrimPrefix(figure["qualifier"], string(pipeline.Exact))
	indicator := t.Indicators[c.Indicator]
	p.say("traced_"+c.Figure, "value", t.shown(root), "indicator", indicator["name"], "unit", t.Units[c.Unit], "period", p.text.Period(q))
	p.say("traced_status", "ytd", published.Qualified(p.text, t.print(c.Indicator, figure["ytd"]), qualifier), "target", t.print(c.Indicator, figure["target"]),
		"rate", published.PrintRate(p.text, indicator, figure["rate"], p.text.Text("cli.none")), "reported", figure["reported"], "due", figure["due"])
	if len(root.Parts)+len(root.Cells) == 0 {
		p.line(1, p.text.Text("cli.traced_empty."+c.Figure))
	}
	t.show(root, 1)
	return nil
}

// A tree prints what figures are made of.
type tree struct {
	program *program
	*published.Tracer
}

// absent says which of the codes of a figure is unknown, or that it has no row.
func (t tree) absent(q pipeline.Period, unit, indicator string) error {
	p, period := t.program, t.program.text.Period(q)
	if _, ok := t.Units[unit]; !ok {
		return p.unknown("cli.unknown_unit", unit, slices.Sorted(maps.Keys(t.Units)), "period", period)
	}
	if _, ok := t.Indicators[indicator]; !ok {
		return p.unknown("cli.unknown_indicator", indicator, slices.Sorted(maps.Keys(t.Indicators)), "period", period)
	}
	return errors.New(p.text.Text("cli.no_figure", "unit", unit, "indicator", indicator, "period", period))
}

// show prints the parts and cells of a figure, indented below it.
func (t tree) show(figure published.Figure, depth int) {
	text := t.program.text
	for _, c := range figure.Cells {
		name := c.Period
		if q, err := pipeline.ParsePeriod(c.Period); err == nil {
			name = text.Period(q)
		}
		key := "cli.traced_cell"
		if c.Use == "assigned" {
			key = "cli.traced_target_cell"
		}
		t.program.line(depth, text.Text(key, "value", t.print(figure.Indicator, c.Value), "raw", c.Raw,
			"period", name, "form", c.Form, "file", c.File, "sheet", c.Sheet, "cell", c.Cell, "use", text.Text("cli.use."+c.Use), "year", c.Period))
	}
	for _, part := range figure.Parts {
		t.program.line(depth, t.shown(part)+"  "+text.Text("cli.role."+part.Role,
			"unit", t.Units[part.Unit], "indicator", t.Indicators[part.Indicator]["name"], "code", part.Indicator))
		t.show(part, depth+1)
	}
}

func (t tree) shown(figure published.Figure) string {
	return published.Qualified(t.program.text, t.print(figure.Indicator, figure.Value), figure.Qualifier)
}

// print writes a published figure in the reader's writing.
func (t tree) print(indicator, digits string) string {
	return published.Print(t.program.text, t.Indicators[indicator], digits, t.program.text.Text("cli.none"))
}
