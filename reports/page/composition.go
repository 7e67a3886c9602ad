package page

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"tonghop/pipeline"
	"tonghop/reports"
)

// A compositionView says what the totals of a root are made of: which units
// bring how much, and how much falls to each kind (trong đó).
type compositionView struct {
	Title string
	Rows  []compositionRow
}

// A compositionRow is one total.
type compositionRow struct {
	Indicator   int // place in the dataset, for filters
	Name        string
	Total       figure
	Strip       []slice // the units, the one that brings most first; the small ones together
	Leading     []slice // the first of them
	More        string  // how many others
	Kinds       []slice // none where it has no parts
	units       int     // how many bring something
	leadersHold string  // the share of the leading ones together
}

// A slice is one part of a total.
type slice struct {
	Name, Share, Value string
	Width              string // the share as CSS reads it
	Link               string
	Colour             int  // of a kind
	Rest               bool // what no part accounts for
	part               decimal.Decimal
}

// composition sets out the totals of a root that lead, as the trends do.
func (c *composer) composition(root reports.Unit) compositionView {
	var view compositionView
	for _, i := range c.d.Indicators {
		a := c.achievement(place{root.Code, i.Code})
		if !additive(i.Kind) || a.YTD == nil || !a.YTD.IsPositive() || !c.leads(root.Code, i) {
			continue
		}
		row := compositionRow{
			Indicator: c.indicator[i.Code], Name: i.Name,
			Total: figure{Text: c.quantity(c.reported(a.YTD, a, i).Text, i), Link: c.sourceLink(root.Code, i.Code)},
			Kinds: c.kindSlices(root, i, *a.YTD),
		}
		units, small := c.unitSlices(root, i, *a.YTD)
		row.units = len(units) + len(small)
		if row.units < 2 && len(row.Kinds) == 0 {
			continue
		}
		row.Strip, row.Leading = c.strip(units, small, i, *a.YTD), units[:min(namesShown, len(units))]
		sum := decimal.Decimal{}
		for _, s := range row.Leading {
			sum = sum.Add(s.part)
		}
		row.leadersHold = c.l.Percent(sum.Div(*a.YTD), 0, pipeline.HalfUp)
		if n := row.units - len(row.Leading); n > 0 {
			row.More = c.l.Text("page.composition.more", "count", n, "share", c.l.Percent(one.Sub(sum.Div(*a.YTD)), 0, pipeline.HalfUp))
		}
		view.Rows = append(view.Rows, row)
	}
	view.Title = c.compositionTitle(view.Rows)
	return view
}

// compositionTitle says how much of the total that few units bring most of falls
// to them.
func (c *composer) compositionTitle(rows []compositionRow) string {
	var most *compositionRow
	var share decimal.Decimal
	for n, row := range rows {
		if row.units <= namesShown {
			continue
		}
		sum := decimal.Decimal{}
		for _, s := range row.Leading {
			sum = sum.Add(decimal.RequireFromString(s.Width))
		}
		if most == nil || sum.GreaterThan(share) {
			most, share = &rows[n], sum
		}
	}
	if most == nil {
		return c.l.Text("page.composition.title_plain", "count", len(rows))
	}
	return c.l.Text("page.composition.title", "name", most.Name, "count", len(most.Leading), "of", most.units, "share", most.leadersHold)
}

// slicesShown is how many units stand apart in a strip: more could not be told
// from each other.
const slicesShown = 24

// unitSlices are the units right below a unit, and its own report, that bring most to
// its figure, and the parts of the others.
func (c *composer) unitSlices(of reports.Unit, i pipeline.Indicator, whole decimal.Decimal) (units []slice, small []reports.Part) {
	var parts []reports.Part
	for _, p := range c.parts[place{of.Code, i.Code}] {
		if (p.Role == "child" || p.Role == "own") && p.YTD != nil && p.YTD.IsPositive() {
			parts = append(parts, p)
		}
	}
	slices.SortStableFunc(parts, func(a, b reports.Part) int { return b.YTD.Cmp(*a.YTD) })
	shown := min(len(parts), slicesShown)
	for _, p := range parts[:shown] {
		s := c.slice(*p.YTD, whole, i)
		s.Name, s.Link = c.unitName(p.PartUnit), c.sourceLink(p.PartUnit, i.Code)
		if p.Role == "own" {
			s.Name, s.Link = c.l.Text("page.composition.own", "unit", s.Name), ""
		}
		units = append(units, s)
	}
	return units, parts[shown:]
}

// strip puts the small slices together.
func (c *composer) strip(units []slice, small []reports.Part, i pipeline.Indicator, whole decimal.Decimal) []slice {
	if len(small) == 0 {
		return units
	}
	rest := decimal.Decimal{}
	for _, p := range small {
		rest = rest.Add(*p.YTD)
	}
	together := c.slice(rest, whole, i)
	together.Rest = true
	together.Name = c.l.Text("page.shortfall.more", "count", len(small))
	return append(slices.Clone(units), together)
}

// kindSlices are the indicators that are parts of another. Parts that overlap,
// and so exceed it together, make no bar.
func (c *composer) kindSlices(of reports.Unit, whole pipeline.Indicator, total decimal.Decimal) []slice {
	var all []slice
	rest := total
	for _, i := range c.d.Indicators {
		a := c.achievement(place{of.Code, i.Code})
		if i.Parent != whole.Code || !additive(i.Kind) || i.Measure != whole.Measure || a.YTD == nil || a.YTD.IsZero() {
			continue
		}
		s := c.slice(*a.YTD, total, i)
		s.Name, s.Link = strings.TrimPrefix(i.Name, c.l.Text("page.composition.prefix")), c.sourceLink(of.Code, i.Code)
		s.Colour = len(all) % 4
		all = append(all, s)
		rest = rest.Sub(*a.YTD)
	}
	switch {
	case len(all) == 0 || rest.IsNegative():
		return nil
	case rest.IsPositive():
		s := c.slice(rest, total, whole)
		s.Name, s.Rest = c.l.Text("page.composition.rest"), true
		all = append(all, s)
	}
	return all
}

func (c *composer) slice(part, whole decimal.Decimal, i pipeline.Indicator) slice {
	return slice{part: part, Value: c.value(part, i), Share: c.l.Percent(part.Div(whole), 1, pipeline.HalfUp), Width: widthOf(part, whole)}
}
