package pipeline

import "time"

// An Origin is the place in the catalogue that a record was read from.
type Origin struct {
	Sheet string
	Row   int // 1-based, as Excel shows it
}

// A Unit is one version of a reporting unit: a renamed or moved unit has
// several with the same code and disjoint validity.
type Unit struct {
	Code       string
	Name       string
	Kind       string // province, district, sector, zone, group, commune …
	Parent     string // a code; empty for a root
	Valid      Window
	Successors []string
	Aliases    []string
	Folder     string // its folder in the inbox; the code where the catalogue names none
	Encoding   Encoding
	Origin     Origin
}

// An Encoding is how the texts of a unit's workbooks are written. Staff set it
// where telling it from fonts and letters goes wrong.
type Encoding string

// The encodings. EncodingUnicode forbids decoding; TCVN3 and VNI are believed of
// every text that reads as Vietnamese by them, whatever its font.
const (
	EncodingTold    Encoding = "" // told from fonts and letters
	EncodingUnicode Encoding = "unicode"
	EncodingTCVN3   Encoding = "tcvn3"
	EncodingVNI     Encoding = "vni"
)

// UnitOn is the version of the unit that is valid on day; where none is, the
// last version that was valid before, else the first. ok tells whether the
// unit is valid on day.
func (c *Catalogue) UnitOn(code string, day time.Time) (unit Unit, ok bool) {
	found := false
	for _, u := range c.Units {
		if u.Code != code {
			continue
		}
		if u.Valid.Contains(day) {
			return u, true
		}
		ended := !u.Valid.End.IsZero() && u.Valid.End.Before(day)
		if !found || ended && u.Valid.End.After(unit.Valid.End) {
			unit, found = u, true
		}
	}
	return unit, false
}

// LastVersion is the last version of u's unit.
func (c *Catalogue) LastVersion(u Unit) Unit {
	for _, v := range c.Units {
		if v.Code == u.Code && v.Valid.Start.After(u.Valid.Start) {
			u = v
		}
	}
	return u
}

// Ended lists the units whose last version ended before day.
func (c *Catalogue) Ended(day time.Time) []Unit {
	var all []Unit
	for _, u := range c.Units {
		if !u.Valid.End.IsZero() && u.Valid.End.Before(day) && c.LastVersion(u).Valid == u.Valid {
			all = append(all, u)
		}
	}
	return all
}
