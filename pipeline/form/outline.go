package form

import (
	"slices"
	"strings"

	"tonghop/pipeline/vntext"
)

// A node is a labelled row of a form's table, or one of the labels of a row
// that has several side by side.
type node struct {
	label   label
	text    string   // the label as printed, blanks collapsed
	pattern *pattern // of a label with @fields in it
	row     int
	col     int
	block   int
	input   bool // the row has figures that units fill in
	marked  bool // the row has markers
	rank    int  // place in the outline: smaller stands higher
	parent  int  // the node above, or -1
	end     int  // one past the last node below
}

// The ranks of rows that say nothing of their place by an ordinal or bullet,
// and the least rank of rows that mean nothing without the row above them.
const (
	headingRank = 25
	plainRank   = 50
	subRank     = 60
	ofWhichRank = 75
)

// sub tells whether the row is a part of the row above it.
func (n *node) sub() bool { return n.rank >= subRank }

// baseRank is the rank of a row by its own text. Numbered headings without
// figures stand above numbered rows with figures: on the forms of the
// Confederation both count 1., 2., 3.
func baseRank(n *node, column int) int {
	l := n.label
	switch l.level {
	case letter:
		return 0
	case roman:
		return 10
	case number:
		if !n.marked && l.depth == 1 {
			return 20
		}
		return 30 + l.depth
	case small:
		return subRank
	case dash, plus:
		return bulletRank
	}
	indent := min((l.indent+2)/4, 9)
	switch {
	case ofWhich(l.key):
		return ofWhichRank
	case !n.marked && l.indent < 2:
		return headingRank
	}
	return min(plainRank+2*column+indent, subRank-1)
}

// ofWhich tells whether a folded label opens the parts of the row above it.
func ofWhich(key string) bool {
	for _, opening := range []string{"Trong đó", "Chia ra", "Bao gồm", "Cụ thể"} {
		if strings.HasPrefix(key, vntext.Fold(opening)) {
			return true
		}
	}
	return false
}

// An outline is the rows of a table as a tree, in the order of the sheet.
type outline struct {
	nodes []node
	byKey map[string][]int
	loose []int // those with a pattern
}

// newOutline puts each row under the nearest row above it that ranks higher.
// Rows that would repeat among their siblings without an ordinal, a bullet or
// an indent to explain it are parts of the last sibling that does not repeat:
// Cán bộ, Nam, Nữ, Đoàn viên, Nam, Nữ.
func newOutline(nodes []node) *outline {
	nestBullets(nodes)
	o := &outline{nodes: nodes, byKey: map[string][]int{}}
	for i := range nodes {
		n := &nodes[i]
		if n.pattern != nil {
			o.loose = append(o.loose, i)
		}
		o.byKey[n.label.key] = append(o.byKey[n.label.key], i)
	}
	for range 3 {
		o.build()
		if !o.demote() {
			break
		}
	}
	o.build()
	return o
}

func (o *outline) build() {
	var stack []int
	for i := range o.nodes {
		for len(stack) > 0 && o.nodes[stack[len(stack)-1]].rank >= o.nodes[i].rank {
			o.nodes[stack[len(stack)-1]].end = i
			stack = stack[:len(stack)-1]
		}
		o.nodes[i].parent = -1
		if len(stack) > 0 {
			o.nodes[i].parent = stack[len(stack)-1]
		}
		stack = append(stack, i)
	}
	for _, i := range stack {
		o.nodes[i].end = len(o.nodes)
	}
}

// demote lowers the rows that repeat among their siblings.
func (o *outline) demote() bool {
	lowered := false
	firstUnique := map[int]int{} // by parent, the first sibling that does not repeat
	for i := range o.nodes {
		n := &o.nodes[i]
		repeats := 0
		for _, j := range o.byKey[n.label.key] {
			if o.nodes[j].parent == n.parent {
				repeats++
			}
		}
		first, seen := firstUnique[n.parent]
		switch {
		case repeats == 1 && !seen:
			firstUnique[n.parent] = n.rank
		case repeats > 1 && seen && n.rank <= first:
			n.rank = first + 1
			lowered = true
		}
	}
	return lowered
}

// below tells whether a row labelled key stands below node p.
func (o *outline) below(p int, key string) bool {
	all := o.byKey[key]
	at, _ := slices.BinarySearch(all, p+1)
	return at < len(all) && all[at] < o.nodes[p].end
}

// depth is the number of rows above node i in the tree.
func (o *outline) depth(i int) int {
	d := 0
	for p := o.nodes[i].parent; p >= 0; p = o.nodes[p].parent {
		d++
	}
	return d
}

// path is the labels from the top of the outline down to node i.
func (o *outline) path(i int) []string {
	var path []string
	for ; i >= 0; i = o.nodes[i].parent {
		path = append(path, o.nodes[i].text)
	}
	slices.Reverse(path)
	return path
}

// printedPath is the path of node i in one line.
func (o *outline) printedPath(i int) string { return strings.Join(o.path(i), " / ") }

// keyPath is the folded path of node i.
func (o *outline) keyPath(i int) string {
	path := ""
	for ; i >= 0; i = o.nodes[i].parent {
		path = o.nodes[i].label.key + "\n" + path
	}
	return path
}

// find is the key of the node that a submission's label means, or false.
func (o *outline) find(l label, text string) (key string, ok bool) {
	if _, ok := o.byKey[l.key]; ok && l.key != "" {
		return l.key, true
	}
	for _, i := range o.loose {
		if _, ok := o.nodes[i].pattern.match(text); ok {
			return o.nodes[i].label.key, true
		}
	}
	return "", false
}
