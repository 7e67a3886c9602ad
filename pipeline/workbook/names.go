package workbook

const (
	maxNames     = 1 << 17  // distinct names of parts, fonts, formats and errors in a workbook
	maxNameBytes = 16 << 20 // their length in all
)

// namesKept is how long all names may be to be kept for the next workbook, which
// likely has the same ones.
const namesKept = 64 << 10

// names holds the names of parts, fonts, formats and errors, each once.
type names struct {
	all   map[string]string
	bytes int
}

// reset makes n ready for another workbook.
func (n *names) reset() {
	if n.bytes > namesKept || len(n.all) > namesKept/16 {
		*n = names{}
	}
}

// intern is b as a string, the same one for the same bytes. It is false when
// there are more names than any honest workbook has.
func (n *names) intern(b []byte) (string, bool) {
	if s, ok := n.all[string(b)]; ok {
		return s, true
	}
	if n.all == nil {
		n.all = map[string]string{}
	}
	if n.bytes += len(b); n.bytes > maxNameBytes || len(n.all) >= maxNames {
		return "", false
	}
	s := string(b)
	n.all[s] = s
	return s, true
}
