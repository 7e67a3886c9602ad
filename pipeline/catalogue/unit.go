package catalogue

import "tonghop/pipeline"

// listSigns separate the items of a list.
const listSigns = ";|"

func (l *loader) loadUnits(t *table) {
	l.units = indexOf(t)
	var versions []version
	places := map[string][]int{}
	for i, r := range t.rows {
		u := l.unit(r)
		places[u.Code] = append(places[u.Code], i)
		l.cat.Units = append(l.cat.Units, u)
		versions = append(versions, version{key: u.Code, valid: u.Valid, row: r})
	}
	l.unitRows = t.rows
	reportOverlaps(versions, "code", "catalogue_duplicate_code")
	for i, u := range l.cat.Units {
		l.units.check(t.rows[i], "parent", u.Parent)
		l.units.checkAll(t.rows[i], "successors", u.Successors)
	}
	known := len(l.findings)
	l.checkParents(places)
	l.checkSuccessors()
	if len(l.findings) == known { // loops of one kind alone are told of
		l.checkPresent(places)
	}
	l.checkFolders()
	l.checkNames()
}

func (l *loader) unit(r row) pipeline.Unit {
	u := pipeline.Unit{
		Code:       r.code(listSigns),
		Name:       r.required("name"),
		Kind:       l.unitKind(r),
		Parent:     r.text("parent"),
		Valid:      r.window(),
		Successors: r.list("successors"),
		Aliases:    r.list("aliases"),
		Folder:     r.text("folder"),
		Encoding:   pipeline.Encoding(r.word("encoding", string(pipeline.EncodingTold))),
		Origin:     r.origin(),
	}
	if u.Folder == "" && !r.has("folder") {
		u.Folder = u.Code
	}
	return u
}

// unitKind is the kind of unit in r, in the spelling that came first.
func (l *loader) unitKind(r row) string {
	r.need("kind")
	text := r.text("kind")
	if text == "" {
		return ""
	}
	kind := r.openWord("kind", text)
	key := fold(kind)
	if first, ok := l.kinds[key]; ok {
		return first
	}
	l.kinds[key] = kind
	return kind
}
