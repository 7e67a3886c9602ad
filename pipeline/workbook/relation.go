package workbook

import (
	"net/url"
	"path"
	"strings"
)

// A relation is one entry of a relationships part: how a part names another.
type relation struct {
	kind   string // the last element of its type, such as worksheet
	target string // name of the part it points to
}

// relations reads the relations of the part of the given name, by id; none if
// it has no relationships part. Those that point out of the file are left out.
func (a *archive) relations(of string, x *scanner) (map[string]relation, error) {
	folder, file := path.Split(of)
	name := folder + "_rels/" + file + ".rels"
	if !a.has(name) {
		return nil, nil
	}
	return recalled(a, name, func() (map[string]relation, error) { return a.readRelations(folder, name, x) })
}

// maxTarget is how long the name of a part may be that a relation points to, in
// bytes; one that is longer names nothing.
const maxTarget = 1 << 10

// readRelations reads the relationships part of the given name, of a part in folder.
func (a *archive) readRelations(folder, name string, x *scanner) (map[string]relation, error) {
	if err := a.scan(name, x); err != nil {
		return nil, err
	}
	all := map[string]relation{}
	for x.root("Relationships"); x.child(); x.skip() {
		target := x.attribute("Target")
		if string(x.name) != "Relationship" || len(target) > maxTarget || strings.EqualFold(string(x.attribute("TargetMode")), "External") {
			continue
		}
		if len(all) >= a.limits.Parts {
			x.err = tooLarge(name, "more than %d relations", a.limits.Parts)
		}
		kind := a.name(x.attribute("Type"))
		all[a.name(x.attribute("Id"))] = relation{
			kind:   kind[strings.LastIndexByte(kind, '/')+1:],
			target: resolve(folder, string(target)),
		}
	}
	return all, x.drain()
}

// name is b as a string. Most files have the same few, which are kept.
func (a *archive) name(b []byte) string {
	if s, ok := a.names.intern(b); ok {
		return s
	}
	return string(b)
}

// scan makes x read the part of the given name.
func (a *archive) scan(name string, x *scanner) error {
	part, err := a.start(name)
	if err != nil {
		return err
	}
	x.reset(name, part, int64(part.want), a.limits.TokenBytes)
	return nil
}

// resolve is the name of the part that target means in a part of folder.
func resolve(folder, target string) string {
	target = strings.ReplaceAll(target, `\`, "/")
	if plain, err := url.PathUnescape(target); err == nil {
		target = plain
	}
	if !strings.HasPrefix(target, "/") {
		target = folder + target
	}
	return strings.TrimPrefix(path.Clean("/"+target), "/")
}

// only is the target of the relation of the given kind; the first by id where
// there are several.
func only(all map[string]relation, kind string) string {
	first, target := "", ""
	for id, r := range all {
		if r.kind == kind && (target == "" || id < first) {
			first, target = id, r.target
		}
	}
	return target
}
