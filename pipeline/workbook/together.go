package workbook

import "tonghop/pipeline/vntext"

// decodeTogether decodes again the texts of sheets on which some stand in a
// legacy charset under a font that does not say so: what one cell can't decide,
// the sheet can.
func (b *Book) decodeTogether() {
	for i := range b.Sheets {
		cells := b.Sheets[i].Cells
		for font := range suspects(cells) {
			decodeFont(cells, font)
		}
	}
}

// suspects are the fonts of texts that were decoded although the font does not
// say that they had to be.
func suspects(cells []Cell) map[string]bool {
	var fonts map[string]bool
	for i := range cells {
		c := &cells[i]
		if c.Type == Text && c.Value != c.Raw && !vntext.Legacy(c.Font) {
			if fonts == nil {
				fonts = map[string]bool{}
			}
			fonts[c.Font] = true
		}
	}
	return fonts
}

// decodeFont decodes the texts in one font together and keeps what each cell
// for itself has decoded.
func decodeFont(cells []Cell, font string) {
	var texts []string
	var places []int
	for i := range cells {
		if cells[i].Type == Text && cells[i].Font == font {
			texts, places = append(texts, cells[i].Raw), append(places, i)
		}
	}
	decoded, ok := vntext.Together(texts)
	if !ok {
		return
	}
	for n, i := range places {
		if cells[i].Value == cells[i].Raw {
			cells[i].Value = decoded[n]
		}
	}
}
