package job

import (
	"fmt"
	"slices"
	"time"

	"tonghop/pipeline"
	"tonghop/pipeline/publish"
	"tonghop/reports"
)

// lastAct is the last act of one of the kinds on the same thing as a.
func (r *run) lastAct(a pipeline.Act, kinds ...pipeline.ActKind) (last pipeline.Act, ok bool) {
	for _, x := range slices.Backward(r.journal.Acts) {
		same := x.Period == a.Period && x.Unit == a.Unit && x.Form == a.Form && x.Folder == a.Folder && x.SHA256 == a.SHA256
		if same && slices.Contains(kinds, x.Kind) {
			return x, true
		}
	}
	return last, false
}

// closing is the act by which p is closed: its own, else that of a period around
// it.
func (r *run) closing(p pipeline.Period) (closing pipeline.Act, closed bool) {
	open := map[pipeline.Period]bool{} // told by a later act
	for _, a := range slices.Backward(r.journal.Acts) {
		if a.Kind != pipeline.ActClose && a.Kind != pipeline.ActReopen || open[a.Period] || !a.Period.Covers(p) {
			continue
		}
		if a.Kind == pipeline.ActReopen {
			open[a.Period] = true
		} else if !closed || a.Period == p {
			closing, closed = a, true
		}
	}
	return closing, closed
}

// figureTables are the published tables that a closed period keeps.
var figureTables = []string{
	"achievement", "facts", "earlier", "lists", "parts", "units", "indicators", "scores", "headline", "achievement_present", "units_present",
}

// otherFigures tells whether the figures of the issue that is published for d's period
// are others than d's. A table or a column that the issue had not is no difference.
func (r *run) otherFigures(current publish.Manifest, d *reports.Dataset) (bool, error) {
	for _, now := range d.Tables() {
		issued := func(f publish.File) bool { return f.Name == "data/"+now.Name+".csv" }
		if !slices.Contains(figureTables, now.Name) || !slices.ContainsFunc(current.Files, issued) {
			continue
		}
		was, err := r.issued(d.Stamp.Period, current, now.Name)
		if err != nil {
			return false, err
		}
		if !slices.EqualFunc(was.Rows, now.Columns(was.Header), slices.Equal) {
			return true, nil
		}
	}
	return false, nil
}

// closed is the closing of p as its outputs tell it; nil while it is open.
func (r *run) closed(p pipeline.Period) *reports.Closing {
	a, ok := r.closing(p)
	if !ok {
		return nil
	}
	return &reports.Closing{Period: a.Period, At: a.At.In(r.Config.Zone), By: a.By}
}

// closingText is what of a closing makes an issue new.
func closingText(c *reports.Closing) string {
	if c == nil {
		return ""
	}
	return fmt.Sprintf(", closed %s, %s, %s", c.Period, c.At.UTC().Format(time.RFC3339Nano), c.By)
}
