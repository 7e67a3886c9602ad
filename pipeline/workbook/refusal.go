package workbook

import "fmt"

// A Refusal says why a file cannot be read as a workbook. It is trouble with
// the file, never with the machine: Read returns other errors as they are.
type Refusal struct {
	// Code is the finding code: empty_file, not_a_workbook, html_workbook,
	// xml_workbook, old_binary_workbook (.xls before 97 and what is not read
	// yet), xlsb_workbook, ods_workbook, password, truncated, damaged, too_large,
	// picture, pdf, link.
	Code string
	// Part is the part of the file that the trouble is in, such as
	// xl/worksheets/sheet1.xml; empty for the whole file.
	Part string
	// Detail is for engineers: what exactly was wrong.
	Detail string
}

// Error describes the refusal for engineers.
func (r *Refusal) Error() string {
	s := r.Code
	if r.Part != "" {
		s += " in " + r.Part
	}
	if r.Detail != "" {
		s += ": " + r.Detail
	}
	return s
}

// damaged refuses a file of which part is not what its format demands.
func damaged(part, format string, args ...any) *Refusal {
	return &Refusal{Code: "damaged", Part: part, Detail: fmt.Sprintf(format, args...)}
}

// tooLarge refuses a file of which part is beyond one of the Limits.
func tooLarge(part, format string, args ...any) *Refusal {
	return &Refusal{Code: "too_large", Part: part, Detail: fmt.Sprintf(format, args...)}
}
