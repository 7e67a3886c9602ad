package catalogue

import (
	"cmp"
	"slices"
	"strings"

	"tonghop/pipeline"
)

// An index is the codes that one sheet defines.
type index struct {
	sheet string
	codes map[string]bool
}

// indexOf indexes the code column of t. A sheet without that column gives an
// index that knows nothing and complains of nothing: the missing column is
// finding enough.
func indexOf(t *table) index {
	if !t.has("code") {
		return index{}
	}
	x := index{sheet: t.name, codes: map[string]bool{}}
	for _, r := range t.rows {
		if c, ok := r.cell("code"); ok {
			x.codes[c.text] = true
		}
	}
	return x
}

// check reports a code in r that x does not know.
func (x index) check(r row, column, code string) {
	if code == "" || x.codes == nil || x.codes[code] {
		return
	}
	r.report(column, pipeline.Finding{
		Code: "catalogue_unknown_code", Read: code, Args: []pipeline.Arg{{Name: "list", Value: x.sheet}},
	})
}

// checkAll checks several codes of one cell.
func (x index) checkAll(r row, column string, codes []string) {
	for _, code := range codes {
		x.check(r, column, code)
	}
}

// code is the code of r. Codes stand in lists, sums and markers, so the signs
// that these are written with cannot be part of one.
func (r row) code(forbidden string) string {
	code := r.required("code")
	if strings.ContainsAny(code, forbidden) || len(code) > maxName {
		r.report("code", pipeline.Finding{Code: "catalogue_bad_code", Expected: spaced(forbidden)})
	}
	return code
}

// spaced sets the characters of s apart.
func spaced(s string) string { return strings.Join(strings.Split(s, ""), " ") }

// A version is a record that must not overlap another with the same key.
type version struct {
	key   string
	valid pipeline.Window
	row   row
}

// reportOverlaps reports, in the named column, every version that shares a day
// with another of its key, naming the other's cell. Records without a key were
// reported as such.
func reportOverlaps(versions []version, column, code string) {
	all := slices.DeleteFunc(slices.Clone(versions), func(v version) bool { return v.key == "" })
	slices.SortFunc(all, func(a, b version) int {
		return cmp.Or(cmp.Compare(a.key, b.key), a.valid.Start.Compare(b.valid.Start), cmp.Compare(a.row.index, b.row.index))
	})
	for i, longest := 1, 0; i < len(all); i++ {
		v, other := all[i], all[longest]
		if v.key != other.key {
			longest = i
			continue
		}
		if v.valid.Overlaps(other.valid) {
			reportPair(v.row, other.row, column, code)
		}
		if !other.valid.End.IsZero() && (v.valid.End.IsZero() || v.valid.End.After(other.valid.End)) {
			longest = i
		}
	}
}

// reportPair reports the lower of two rows, naming the upper one's cell.
func reportPair(a, b row, column, code string) {
	if a.index < b.index {
		a, b = b, a
	}
	a.report(column, pipeline.Finding{Code: code, Args: []pipeline.Arg{{Name: "first", Value: b.name(column)}}})
}
