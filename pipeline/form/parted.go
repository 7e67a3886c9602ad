package form

// checkParted looks whether the part i of a row, not found, was parted from its
// row by another row that came between them and now seems to have it:
//
//   - Số người        the second row's own part
//     first row
//     second row
//   - Số người        the first row's part
//
// Neither part is then read.
func (a *alignment) checkParted(i int) {
	nodes := a.table.outline.nodes
	parent := nodes[i].parent
	if !nodes[i].input || a.match[i] >= 0 || a.open[i] || parent < 0 || a.match[parent] < 0 {
		return
	}
	key := nodes[i].label.key
	next, stray := a.nextKnown(a.match[parent]), a.stray(key)
	if next < 0 || stray < 0 {
		return
	}
	for _, other := range a.table.outline.byKey[key] {
		if above := nodes[other].parent; above >= 0 && a.match[above] == next && a.match[other] >= 0 {
			a.ambiguous(other, []candidate{{entry: stray}, {entry: a.match[other]}})
			a.match[other], a.open[i], a.used[stray] = -1, true, true
		}
	}
}

// nextKnown is the first entry after e that the form knows, or -1.
func (a *alignment) nextKnown(e int) int {
	for e++; e < len(a.page.entries); e++ {
		if entry := &a.page.entries[e]; entry.known && entry.own {
			return e
		}
	}
	return -1
}

// stray is a filled entry labelled key that was not taken by any row of the
// form and does not belong to a row that the form does not have, or -1.
func (a *alignment) stray(key string) int {
	for e := range a.page.entries {
		entry := &a.page.entries[e]
		if entry.known && entry.key == key && entry.own && entry.data && !a.used[e] && !a.foreignPart(e) {
			return e
		}
	}
	return -1
}

// foreignPart tells whether the nearest row above the entry that it can be a
// part of is none of the form's.
func (a *alignment) foreignPart(entry int) bool {
	for e := entry - 1; e >= 0; e-- {
		if above := &a.page.entries[e]; above.own && above.level < small {
			return !above.known && !above.static
		}
	}
	return false
}
