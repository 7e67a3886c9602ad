package page

// A filterView is what the page can be narrowed to. Units, groups and
// indicators go by their places, which the elements of the page bear.
type filterView struct {
	Units, Groups []filterOption
	Indicators    []filterOption
}

// A filterOption is one choice. Group is the place of an indicator's group.
type filterOption struct {
	Value, Group int
	Name         string
}

func (c *composer) filter() filterView {
	var view filterView
	for n, u := range c.d.Units {
		view.Units = append(view.Units, filterOption{Value: n, Name: c.shorten(u.Name)})
	}
	at := map[string]int{}
	for _, e := range c.outline() {
		n, known := at[e.group]
		if !known {
			n = len(at)
			at[e.group] = n
			if e.group != "" {
				view.Groups = append(view.Groups, filterOption{Value: n, Name: e.group})
			}
		}
		view.Indicators = append(view.Indicators, filterOption{Value: c.indicator[e.indicator.Code], Group: n, Name: e.indicator.Name})
	}
	return view
}
