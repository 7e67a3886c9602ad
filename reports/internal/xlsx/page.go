package xlsx

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
)

const paperA4 = 9 // ST_PaperSize of ECMA-376

func (b *Book) setPage(name string, p Page) error {
	yes, landscape, paper := true, "landscape", paperA4
	wide, high, first := cmp.Or(p.Wide, 1), 0, uint(1)
	margin, side, foot := 0.6, 0.5, 0.3 // inches
	props := &excelize.SheetPropsOptions{FitToPage: &yes}
	if p.Tab != "" {
		props.TabColorRGB = &p.Tab
	}
	view := &excelize.ViewOptions{ShowGridLines: &p.Gridlines}
	for _, err := range []error{
		b.File.SetSheetProps(name, props),
		b.File.SetSheetView(name, -1, view),
		b.File.SetPageLayout(name, &excelize.PageLayoutOptions{
			Size: &paper, Orientation: &landscape, FitToWidth: &wide, FitToHeight: &high, FirstPageNumber: &first,
		}),
		b.File.SetPageMargins(name, &excelize.PageLayoutMarginsOptions{
			Top: &margin, Bottom: &margin, Left: &side, Right: &side, Header: &foot, Footer: &foot,
		}),
		b.File.SetHeaderFooter(name, &excelize.HeaderFooterOptions{OddFooter: p.footer()}),
		b.repeat(name, p),
	} {
		if err != nil {
			return err
		}
	}
	return nil
}

func (p Page) footer() string {
	font := `&9&"` + Font + `,Regular"` // a size before a text that begins with a digit would take it in
	count := strings.NewReplacer("{page}", "&P", "{pages}", "&N", "{sheet}", "&A").Replace(Footer(p.Count))
	return "&L" + font + Footer(p.Left) + "&C" + font + count + "&R" + font + Footer(p.Right)
}

// repeat makes the frozen rows and columns print titles.
func (b *Book) repeat(name string, p Page) error {
	var areas []string
	if p.FreezeCols > 0 {
		last, err := excelize.ColumnNumberToName(p.FreezeCols)
		if err != nil {
			return err
		}
		areas = append(areas, Place(name, "$A:$"+last))
	}
	if p.FreezeRows > 0 {
		areas = append(areas, Place(name, fmt.Sprintf("$%d:$%d", cmp.Or(p.RepeatFrom, 1), p.FreezeRows)))
	}
	if len(areas) == 0 {
		return nil
	}
	return b.File.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Titles", Scope: name, RefersTo: strings.Join(areas, ","),
	})
}
