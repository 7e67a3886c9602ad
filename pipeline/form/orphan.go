package form

import "slices"

// findOrphans finds the rows whose parent is not on the page, deleted or
// retyped: below the nearest row above that is, where the label can mean but
// one row of the form and stands but once. A row that may belong to another
// one above it is left alone: there it would mean another thing.
func (a *alignment) findOrphans() {
	o := a.table.outline
	for i := range o.nodes {
		parent := o.nodes[i].parent
		if a.match[i] >= 0 || a.open[i] || parent < 0 || len(a.starts[parent]) > 0 {
			continue
		}
		ancestor := o.nodes[parent].parent
		for ancestor >= 0 && len(a.starts[ancestor]) == 0 {
			ancestor = o.nodes[ancestor].parent
		}
		e := a.leftOver(i)
		if e < 0 || !a.onlyMissing(i, ancestor) || !a.standsBelow(i, e, ancestor) {
			continue
		}
		a.match[i], a.starts[i], a.used[e] = e, []int{e}, true
		a.sweep(i, a.starts[i])
		a.settle(i+1, o.nodes[i].end)
	}
}

// onlyMissing tells whether of the rows labelled like node i below the
// ancestor, it is the only one that was not found.
func (a *alignment) onlyMissing(i, ancestor int) bool {
	nodes := a.table.outline.nodes
	from, to := 0, len(nodes)
	if ancestor >= 0 {
		from, to = ancestor+1, nodes[ancestor].end
	}
	for _, other := range a.table.outline.byKey[nodes[i].label.key] {
		if other != i && from <= other && other < to && a.match[other] < 0 {
			return false
		}
	}
	return true
}

// leftOver is the only entry of the page labelled like node i that no row has
// taken, or the only one of them that is filled in, or -1.
func (a *alignment) leftOver(i int) int {
	node := &a.table.outline.nodes[i]
	var all []candidate
	for e := range a.page.entries {
		entry := &a.page.entries[e]
		if entry.known && entry.key == node.label.key && !a.used[e] && (entry.own || !node.input) {
			all = append(all, candidate{entry: e})
		}
	}
	all = prefer(all, func(c candidate) bool { return a.page.entries[c.entry].data })
	if len(all) != 1 || !a.inBlock(node.block, all[0].entry) {
		return -1
	}
	return all[0].entry
}

// standsBelow tells whether nothing that could have node i for a part stands
// between the entry and the ancestor, or the header where that is -1.
func (a *alignment) standsBelow(i, entry, ancestor int) bool {
	header := -1
	if band := a.page.bandAt(a.table.outline.nodes[i].block, a.page.entries[entry].row); band != nil {
		header = band.row
	}
	for e := entry - 1; e >= 0; e-- {
		switch {
		case ancestor < 0 && a.page.entries[e].row <= header:
			return true
		case ancestor >= 0 && slices.Contains(a.starts[ancestor], e):
			return true
		case a.mayHave(&a.page.entries[e], i):
			return false
		}
	}
	return ancestor < 0
}

// mayHave tells whether node i could be a part of the entry.
func (a *alignment) mayHave(above *entry, i int) bool {
	nodes := a.table.outline.nodes
	rank, level := nodes[i].rank, nodes[i].label.level
	switch {
	case above.known:
		return slices.ContainsFunc(a.table.outline.byKey[above.key], func(n int) bool { return nodes[n].rank < rank })
	case above.static && above.level == noLevel: // a title or a header
		return false
	case !above.own || above.level < small:
		return true
	case above.level == small:
		return rank > subRank
	}
	return above.level != level && rank > bulletRank
}
