package form

// The ranks of rows with a bullet: of a part of the nearest row above without
// one, and how far a part of a row with another bullet stands below that row.
const (
	bulletRank = 80
	bulletStep = 10
)

// bulletDepth is how many more blanks a bullet has before it than that of the
// row it stands below.
const bulletDepth = 2

// bulleted tells whether a hyphen, a plus or the like stands before the label.
func (n *node) bulleted() bool { return n.label.level >= dash }

// nestBullets settles which rows with a bullet are parts of one with another
// bullet. On the forms of the Confederation "-" and "+" are both parts of the
// numbered row above; elsewhere "+" stands below "-". Only the form itself
// tells: by the blanks before the bullets, or by labels that repeat.
func nestBullets(nodes []node) {
	for from := 0; from < len(nodes); from++ {
		to := from
		for to < len(nodes) && nodes[to].bulleted() {
			to++
		}
		if to > from {
			nestRun(nodes[from:to])
			from = to
		}
	}
}

// nestRun does so for rows with bullets that follow each other.
func nestRun(run []node) {
	nested := repeatsInside(run)
	for i := range run {
		above := otherBullet(run, i)
		if above < 0 {
			continue
		}
		deeper := run[i].label.indent >= run[above].label.indent+bulletDepth
		if deeper || nested && run[i].label.level != run[0].label.level {
			run[i].rank = run[above].rank + bulletStep
		}
	}
}

// otherBullet is the nearest row above row i with another bullet, or -1.
func otherBullet(run []node, i int) int {
	for above := i - 1; above >= 0; above-- {
		if run[above].label.level != run[i].label.level {
			return above
		}
	}
	return -1
}

// repeatsInside tells whether a label with the second bullet of the run
// repeats: - Nam, + Đảng viên, - Nữ, + Đảng viên.
func repeatsInside(run []node) bool {
	seen := map[string]bool{}
	for i := range run {
		if run[i].label.level == run[0].label.level {
			continue
		}
		if seen[run[i].label.key] {
			return true
		}
		seen[run[i].label.key] = true
	}
	return false
}
