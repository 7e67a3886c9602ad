package xlsx

import (
	"cmp"

	"github.com/xuri/excelize/v2"
)

// Font is the type face that Nghị định 30/2020/NĐ-CP asks for in official
// papers.
const Font = "Times New Roman"

const defaultSize = 11.0

// The colours of papers and notices.
const (
	ColorHeader  = "DCE6F1"
	ColorError   = "FFC7CE"
	ColorWarning = "FFF2CC"
	ColorNotice  = "E7EEF5"
	ColorGood    = "D9EAD3"
	ColorPale    = "F3F6F9"
	InkMuted     = "556272"
	InkLink      = "0B5394"
	InkError     = "9C0006"
	InkGood      = "1E5631"
	InkWarning   = "7F6000"
)

// The colours of figures against their targets, those of the pages: blue is
// reached, orange is short of it. They keep their order for every kind of colour
// vision. A tone fills a bar or a cell, an ink writes on paper.
const (
	Ink        = "17212E"
	InkOnDark  = "FFFFFF"
	ToneMet    = "0B5394"
	TonePace   = "85B4DA"
	ToneBehind = "D57A1E"
	ToneOver   = "7D3C00"
	ToneZero   = "DC8A38"
	Tone75     = "A5C9E6" // from 75 % of the target
	Tone50     = "D6E6F3"
	Tone25     = "FBE6CB"
	Tone0      = "F3BD84"
	ToneNotice = "FFF4E0"
	InkBehind  = "8F4700"
)

// A Look is how a cell looks. Equal looks are one style in the workbook.
type Look struct {
	Size         float64 // points; defaultSize where zero
	Bold, Italic bool
	Underline    bool
	Ink          string // of the text
	Fill         string
	Border       bool
	Align        string // left, center, right; empty: by the type of the value
	Top          bool   // at the top of the cell, not in its middle
	Wrap         bool
	Indent       int
	Turned       bool    // written upwards, for the heads of narrow columns
	Pad          float64 // points above and below the text together, where its height fits the row
	Format       string  // number format; "@" keeps outside text a text even when it is edited
}

// looks remembers the styles made so far.
type looks struct {
	file   *excelize.File
	styles map[Look]int
}

func (l *looks) id(look Look) (int, error) {
	if id, ok := l.styles[look]; ok {
		return id, nil
	}
	id, err := l.file.NewStyle(look.style())
	if err == nil {
		l.styles[look] = id
	}
	return id, err
}

func (look Look) style() *excelize.Style {
	s := &excelize.Style{
		Font: &excelize.Font{Family: Font, Size: cmp.Or(look.Size, defaultSize), Bold: look.Bold, Italic: look.Italic, Color: look.Ink},
		Alignment: &excelize.Alignment{
			Horizontal: look.Align, Vertical: "center", WrapText: look.Wrap, Indent: look.Indent,
		},
	}
	if look.Underline {
		s.Font.Underline = "single"
	}
	if look.Top {
		s.Alignment.Vertical = "top"
	}
	if look.Fill != "" {
		s.Fill = Solid(look.Fill)
	}
	if look.Border {
		s.Border = thin()
	}
	switch look.Format {
	case "":
	case "@":
		s.NumFmt = 49
	default:
		s.CustomNumFmt = &look.Format
	}
	return s
}

// Solid is a plain fill in one colour.
func Solid(color string) excelize.Fill {
	return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{color}}
}

func thin() []excelize.Border {
	var all []excelize.Border
	for _, side := range []string{"left", "top", "right", "bottom"} {
		all = append(all, excelize.Border{Type: side, Color: "A6A6A6", Style: 1})
	}
	return all
}
