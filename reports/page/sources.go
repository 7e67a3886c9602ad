package page

import "tonghop/pipeline"

// A sourcesView lists the units whose figures can be traced to cells. What they
// rest on is in the page's data; the script lays it out.
type sourcesView struct {
	Title string
	Units []unitSources
}

// A unitSources is one unit of the list.
type unitSources struct {
	Unit    int // place in the dataset
	Summary string
}

func (c *composer) sources() sourcesView {
	var view sourcesView
	facts, files, count := map[string]int{}, map[string]bool{}, 0
	for _, f := range c.d.Facts {
		if f.State != pipeline.StateBlank {
			facts[f.Unit]++
			files[f.SHA256] = true
			count++
		}
	}
	traced := map[string]bool{}
	for at := range c.sourced {
		traced[at.unit] = true
	}
	for n, u := range c.d.Units {
		switch {
		case !traced[u.Code]:
		case facts[u.Code] == 0 && c.isSuperior[u.Code]:
			view.Units = append(view.Units, unitSources{n, c.l.Text("page.sources.summary_parts", "unit", u.Name)})
		default:
			view.Units = append(view.Units, unitSources{n, c.l.Text("page.sources.summary", "unit", u.Name, "facts", facts[u.Code])})
		}
	}
	view.Title = c.l.Text("page.sources.title", "facts", count, "files", len(files))
	if count == 0 {
		view.Title = c.l.Text("page.sources.nothing")
	}
	return view
}
