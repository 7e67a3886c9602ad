package form

import (
	"slices"
	"strings"

	"tonghop/pipeline"
	"tonghop/pipeline/workbook"
)

// An alignment is a table of the form with the rows found for it on one page.
//
// Rows are found from the top of the outline down: those of a section among
// the entries below that section, those of a row's parts below that row. So
// labels that repeat are told apart by their place, whatever the order of the
// rows. Entries that the form does not know are looked through.
type alignment struct {
	table    *table
	page     *page
	match    []int   // by node, the entry, or -1
	starts   [][]int // by node, the entries below which its parts stand
	moved    []bool  // by node
	open     []bool  // by node, whether it reads equally well in several places
	used     []bool  // by entry
	findings []pipeline.Finding

	candidates [][]candidate // by node
	deepest    []int         // by entry, the depth of the deepest node it may be
	parentless map[string]bool
}

// A candidate is an entry that may be a node's, and the entry of its parent
// that it stands below, or -1.
type candidate struct{ entry, below int }

// align finds the rows of t on the page.
func (t *table) align(p *page) *alignment {
	n := len(t.outline.nodes)
	a := &alignment{
		table: t, page: p, match: make([]int, n), starts: make([][]int, n), moved: make([]bool, n), open: make([]bool, n),
		used: make([]bool, len(p.entries)), candidates: make([][]candidate, n), deepest: make([]int, len(p.entries)),
	}
	for i := range n {
		a.match[i] = -1
	}
	if a.whole() {
		return a
	}
	a.findDeepest()
	a.findParentless()
	clear(a.candidates)
	a.sweep(-1, nil)
	a.settle(0, n)
	for i := range n {
		a.checkParted(i)
	}
	a.findOrphans()
	a.findMoved()
	return a
}

// whole matches the page row by row where it has all rows of the table in
// their order and none twice: then nothing needs telling apart.
func (a *alignment) whole() bool {
	nodes := a.table.outline.nodes
	var known []int
	for i := range a.page.entries {
		if a.page.entries[i].known {
			known = append(known, i)
		}
	}
	if len(known) != len(nodes) {
		return false
	}
	for i, e := range known {
		if entry := &a.page.entries[e]; entry.key != nodes[i].label.key || nodes[i].input && !entry.own {
			return false
		}
	}
	for i, e := range known {
		a.match[i], a.starts[i], a.used[e] = e, []int{e}, true
	}
	return true
}

// settle finds the nodes [from, to), parents first.
func (a *alignment) settle(from, to int) {
	for i := from; i < to; i++ {
		if a.match[i] >= 0 || a.open[i] {
			continue
		}
		a.resolve(i)
		if len(a.starts[i]) > 0 {
			a.sweep(i, a.starts[i])
		}
	}
}

// sweep gathers the candidates for the nodes right below node p, which stands
// at the entries starts; -1 is the table itself. What is below p ends where a
// label stands that the form does not have below p, but elsewhere.
func (a *alignment) sweep(p int, starts []int) {
	o := a.table.outline
	children := a.children(p)
	if len(children) == 0 {
		return
	}
	from, below := 0, -1
	if p >= 0 {
		from = starts[0]
	}
	for e := from; e < len(a.page.entries); e++ {
		entry := &a.page.entries[e]
		if _, start := slices.BinarySearch(starts, e); start {
			below = e
			continue
		}
		if entry.other {
			below = -1
		}
		if !entry.known {
			continue
		}
		if p >= 0 && !o.below(p, entry.key) {
			if below = -1; e > starts[len(starts)-1] {
				return
			}
		}
		if p < 0 || below >= 0 {
			for _, child := range children[entry.key] {
				a.candidates[child] = append(a.candidates[child], candidate{e, below})
			}
		}
	}
}

// children lists the nodes right below p by their key.
func (a *alignment) children(p int) map[string][]int {
	nodes := a.table.outline.nodes
	all := map[string][]int{}
	i, end := 0, len(nodes)
	if p >= 0 {
		i, end = p+1, nodes[p].end
	}
	for i < end {
		all[nodes[i].label.key] = append(all[nodes[i].label.key], i)
		i = nodes[i].end
	}
	return all
}

// findDeepest finds for each entry how deep in the outline it may stand. A row
// "Nam" below "Cán bộ" is not the "Nam" of the table itself.
func (a *alignment) findDeepest() {
	a.sweep(-1, nil)
	for i := range a.table.outline.nodes {
		var starts []int
		depth := a.table.outline.depth(i)
		for _, c := range a.candidates[i] {
			starts = append(starts, c.entry)
			a.deepest[c.entry] = max(a.deepest[c.entry], depth)
		}
		if len(starts) > 0 {
			a.sweep(i, starts)
		}
	}
}

// findParentless finds the keys of rows one of whose parents is nowhere on the
// page: it may have been retyped.
func (a *alignment) findParentless() {
	present := map[string]bool{}
	for _, e := range a.page.entries {
		present[e.key] = present[e.key] || e.known
	}
	a.parentless = map[string]bool{}
	nodes := a.table.outline.nodes
	for _, n := range nodes {
		if n.parent >= 0 && !present[nodes[n.parent].label.key] {
			a.parentless[n.label.key] = true
		}
	}
}

// resolve settles where node i stands.
func (a *alignment) resolve(i int) {
	node := &a.table.outline.nodes[i]
	depth := a.table.outline.depth(i)
	all := slices.DeleteFunc(a.candidates[i], func(c candidate) bool {
		e := a.page.entries[c.entry]
		return a.used[c.entry] || a.deepest[c.entry] > depth || node.input && !e.own
	})
	all = slices.DeleteFunc(all, func(c candidate) bool { return a.inOtherBlock(i, c.entry) })
	all = prefer(all, func(c candidate) bool { return a.inBlock(node.block, c.entry) })
	if len(all) == 0 {
		all = a.elsewhere(i)
	}
	switch {
	case len(all) == 0:
		return
	case node.input:
		all = a.choose(i, all)
	default:
		a.match[i] = all[0].entry
	}
	for _, c := range all {
		a.starts[i] = append(a.starts[i], c.entry)
		a.used[c.entry] = true
	}
}

// prefer keeps the candidates that are good, if any is.
func prefer(all []candidate, good func(candidate) bool) []candidate {
	if kept := slices.DeleteFunc(slices.Clone(all), func(c candidate) bool { return !good(c) }); len(kept) > 0 {
		return kept
	}
	return all
}

// inBlock tells whether the nearest header above the entry is the block's.
func (a *alignment) inBlock(block, entry int) bool {
	return a.page.governs(block, a.page.entries[entry].row)
}

// inOtherBlock tells whether the entry stands below the header of another
// block, which has a row with its label too.
func (a *alignment) inOtherBlock(i, entry int) bool {
	nodes := a.table.outline.nodes
	return !a.inBlock(nodes[i].block, entry) && slices.ContainsFunc(a.table.outline.byKey[nodes[i].label.key], func(n int) bool {
		return a.inBlock(nodes[n].block, entry)
	})
}

// choose takes the one candidate for a row with figures that stands directly
// below its parent, or else the one that is filled in. Of two that are, none is
// taken. The parts of the row may stand below any of those it gives.
func (a *alignment) choose(i int, all []candidate) []candidate {
	sub := a.table.outline.nodes[i].sub()
	filled := func(c candidate) bool { return a.page.filled(a.table, i, a.page.entries[c.entry].row) }
	direct := prefer(all, func(c candidate) bool { return a.direct(c, sub) })
	best := prefer(direct, filled)
	orphan := sub && a.parentless[a.table.outline.nodes[i].label.key] && !a.direct(best[0], true)
	if filled(best[0]) && (len(best) > 1 || orphan) {
		a.ambiguous(i, best)
	} else {
		a.match[i] = best[0].entry
	}
	return direct
}

// direct tells whether nothing foreign stands between the candidate and its
// parent that it could belong to instead: for a part of a row, any row that is
// no part; for a row, a section.
func (a *alignment) direct(c candidate, sub bool) bool {
	for e := c.entry - 1; e > c.below; e-- {
		entry := &a.page.entries[e]
		section := entry.level == letter || entry.level == roman
		switch {
		case entry.known && section:
			return true
		case entry.known || !entry.own:
		case entry.other, section, sub && entry.level < small && !entry.static:
			return false
		}
	}
	return true
}

// elsewhere finds a node that does not stand below its parent, by its label
// alone. That must be the only one of its kind in the form. A part of a row is
// not looked for, nor a row of a section below a foreign one: there it would
// mean another thing.
func (a *alignment) elsewhere(i int) []candidate {
	nodes := a.table.outline.nodes
	key, parent := nodes[i].label.key, nodes[i].parent
	if len(a.table.outline.byKey[key]) > 1 || nodes[i].sub() && (parent < 0 || nodes[parent].input || a.match[parent] >= 0) {
		return nil
	}
	var all []candidate
	for e := range a.page.entries {
		entry, c := &a.page.entries[e], candidate{e, -1}
		if !entry.known || entry.key != key || a.used[e] || nodes[i].input && !entry.own {
			continue
		}
		if parent < 0 || a.match[parent] < 0 || a.direct(c, false) {
			all = append(all, c)
		}
	}
	return all
}

// maxNamed is how many of the places that a row reads in are named.
const maxNamed = 20

// ambiguous reports that a row reads equally well in several places.
func (a *alignment) ambiguous(i int, all []candidate) {
	a.open[i] = true
	var names []string
	for _, c := range all[:min(len(all), maxNamed)] {
		e := &a.page.entries[c.entry]
		names = append(names, workbook.CellName(e.row, e.col))
	}
	if len(all) > maxNamed {
		names = append(names, "…")
	}
	e := &a.page.entries[all[0].entry]
	a.findings = append(a.findings, pipeline.Finding{
		Code: "row_ambiguous", Severity: pipeline.SeverityError,
		Sheet: a.page.grid.sheet.Name, Cell: workbook.CellName(e.row, e.col), Read: printed(a.page.grid.cells[e.cell].Value),
		Args: []pipeline.Arg{{Name: "row", Value: a.table.outline.printedPath(i)}, {Name: "cells", Value: strings.Join(names, ", ")}},
	})
}

// findMoved marks the rows that stand in another order than on the form: the
// fewest whose taking out leaves the others in order.
func (a *alignment) findMoved() {
	var nodes, entries []int
	for i, e := range a.match {
		if e >= 0 && (a.table.outline.nodes[i].input || len(a.starts[i]) == 1) {
			nodes, entries = append(nodes, i), append(entries, e)
		}
	}
	for i, kept := range longestRise(entries) {
		a.moved[nodes[i]] = !kept
	}
}

// longestRise tells which values belong to one longest rising subsequence.
func longestRise(values []int) []bool {
	var tails []int // by length, the index of the least last value
	before := make([]int, len(values))
	for i, v := range values {
		at, _ := slices.BinarySearchFunc(tails, v, func(t, v int) int { return values[t] - v })
		before[i] = -1
		if at > 0 {
			before[i] = tails[at-1]
		}
		if at == len(tails) {
			tails = append(tails, i)
		} else {
			tails[at] = i
		}
	}
	kept := make([]bool, len(values))
	if len(tails) > 0 {
		for i := tails[len(tails)-1]; i >= 0; i = before[i] {
			kept[i] = true
		}
	}
	return kept
}

// rows counts the rows with figures that were found, if only in several
// places, and those of them that have something in them.
func (a *alignment) rows() (found, filled int) {
	for _, n := range a.table.rows {
		if a.open[n] {
			found, filled = found+1, filled+1
		}
		if e := a.match[n]; e >= 0 {
			found++
			if a.page.filled(a.table, n, a.page.entries[e].row) {
				filled++
			}
		}
	}
	return found, filled
}
