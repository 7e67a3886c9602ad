package assess

import (
	"slices"
	"strings"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/form"
)

// Workbook is the column of a Change of a form whose workbook is another: From
// lists the markers that are gone, To those that are new.
const Workbook = "workbook"

// Changes lists what is another in the catalogue and in the form workbooks now
// than it was before.
func Changes(before, now *Rules) []catalogue.Change {
	all := catalogue.Diff(before.Catalogue, now.Catalogue)
	for _, l := range now.Layouts {
		old := slices.IndexFunc(before.Layouts, func(o *form.Layout) bool {
			return o.Form.Code == l.Form.Code && o.Form.Valid.Start.Equal(l.Form.Valid.Start)
		})
		if old < 0 || before.Layouts[old].Version == l.Version {
			continue
		}
		was, is := before.Layouts[old].Markers(), l.Markers()
		all = append(all, catalogue.Change{
			What: catalogue.Changed, Sheet: "forms", Record: l.Form.Code, Name: l.Form.Name, Column: Workbook,
			From: strings.Join(without(was, is), ", "), To: strings.Join(without(is, was), ", "),
		})
	}
	return all
}

func without(all, other []string) []string {
	return slices.DeleteFunc(slices.Clone(all), func(m string) bool { return slices.Contains(other, m) })
}
