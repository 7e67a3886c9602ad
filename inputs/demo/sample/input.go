package sample

// An Input is a file of the workspace that staff keep.
type Input struct {
	Path string // below the workspace, with slashes
	Data []byte
}

// Inputs are the catalogue and the form workbooks of the demo.
func Inputs() ([]Input, error) {
	all := []Input{{Path: "inputs/catalogue.xlsx"}, {Path: "inputs/forms/1464.xlsx"}, {Path: "inputs/forms/2-HDCD.xlsx"}, {Path: "inputs/forms/KH-07.xlsx"}}
	for i, draw := range []func() ([]byte, error){drawCatalogue, programmeForm().draw, activityForm().draw, planForm().draw} {
		data, err := draw()
		if err != nil {
			return nil, err
		}
		all[i].Data = data
	}
	return all, nil
}
