package job

import (
	"path"

	"tonghop/pipeline/assess"
	"tonghop/pipeline/publish"
	"tonghop/reports"
	"tonghop/reports/official"
)

// consolidate fills the official layouts with the totals of the first root that
// has figures of the form.
func (r *run) consolidate(d *reports.Dataset) ([]publish.Output, error) {
	var all []publish.Output
	for _, l := range r.rules.Layouts {
		if !l.Form.Valid.Contains(d.Stamp.Window.End) {
			continue
		}
		f := official.Form{Layout: l, Workbook: r.rules.Files[path.Join(assess.FormsFolder, l.Form.File)], Catalogue: r.rules.Catalogue, Language: r.Language}
		root, ok := f.Root(d)
		if !ok {
			continue
		}
		data, _, err := f.Fill(d, root)
		if err != nil {
			return nil, err
		}
		all = append(all, publish.Output{Name: l.Form.Code + ".xlsx", Data: data})
	}
	return all, nil
}

// listFields are the columns of the lists, as the forms head them.
func (r *run) listFields() []reports.ListField {
	var all []reports.ListField
	for _, l := range r.rules.Layouts {
		for _, list := range l.Lists {
			for _, f := range list.Fields {
				field := reports.ListField{Form: l.Form.Code, List: list.Name, Field: f.Marker.ListField, Type: f.Marker.Type}
				if n := len(f.ColumnPath); n > 0 {
					field.Title = f.ColumnPath[n-1]
				}
				all = append(all, field)
			}
		}
	}
	return all
}
