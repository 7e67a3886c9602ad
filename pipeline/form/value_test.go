package form

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"tonghop/pipeline"
	"tonghop/pipeline/workbook"
)

func TestValues(t *testing.T) {
	t.Parallel()
	layout := layoutOf(t, "F", sheet("S", "TT | Nội dung | Số lượng", "1 | Người | {{A1}}", "2 | Khác | {{A2}}"))
	tests := []struct {
		name, cell     string
		fact           string // without A1; empty for a blank
		finding        string // without the cell
		read, expected string
	}{
		{"number", "12066", "12066", "", "", ""},
		{"zero", "0", "zero", "", "", ""},
		{"blank", "", "", "", "", ""},
		{"blanks", "'   ", "", "", "", ""},
		{"dotted line", "......", "", "", "", ""},
		{"dash", "-", "nil", "", "", ""},
		{"no such thing", "không phát sinh", "nil", "", "", ""},
		{"grouped text", "'12.066", "12066", "number_as_text", "12.066", "12066"},
		{"text with unit", "05 người", "5", "number_as_text", "05 người", "5"},
		{"text zero", "'0", "zero", "number_as_text", "0", "0"},
		{"at least", "trên 500", "500 at_least", "", "", ""},
		{"about", "khoảng 500", "500 about", "", "", ""},
		{"English decimal", "12.066", "", "fraction_in_count", "12.066", "12066"},
		{"negative", "-3", "", "negative_count", "-3", ""},
		{"ambiguous text", "'1,250", "", "ambiguous_number", "1,250", "1250"},
		{"words", "nhiều", "", "not_a_number", "nhiều", ""},
		{"too large", "1234567890123456", "", "number_too_large", "1234567890123456", ""},
		{"error", "#REF!", "", "excel_error", "#REF!", ""},
		{"formula", "=?", "", "formula_not_calculated", "", ""},
		{"date", "d:2026-05-01", "", "date_in_number", "2026-05-01", ""},
		{"bool", "TRUE", "", "bool_in_number", "TRUE", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			submitted := book(sheet("S", "TT | Nội dung | Số lượng", "1 | Người | "+tt.cell, "2 | Khác | 1"))
			facts, findings := Align(layout, submitted).Extract(catalogue())
			want := []string{"A1 " + tt.fact, "A2 1"}
			if tt.fact == "" {
				want = want[1:]
			}
			if diff := cmp.Diff(want, told(facts)); diff != "" {
				t.Errorf("facts mismatch (-want +got):\n%s", diff)
			}
			if tt.finding == "" {
				if len(findings) > 0 {
					t.Errorf("findings = %v, want none", coded(findings))
				}
				return
			}
			if len(findings) != 1 || findings[0].Code != tt.finding {
				t.Fatalf("findings = %v, want %s", coded(findings), tt.finding)
			}
			f := findings[0]
			if f.Cell != "C2" || f.Sheet != "S" || f.Read != tt.read || f.Expected != tt.expected {
				t.Errorf("finding = %+v, want cell C2, read %q, expected %q", f, tt.read, tt.expected)
			}
			if diff := cmp.Diff([]pipeline.Arg{{Name: "name", Value: "name of A1"}}, f.Args); diff != "" {
				t.Errorf("args mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

func TestRatio(t *testing.T) {
	t.Parallel()
	layout := layoutOf(t, "F", sheet("S", "Nội dung | Số lượng", "Tổng số | {{LD01}}", "Thiếu việc | {{LD03}}", "Tỷ lệ | {{LD93}}"))
	tests := []struct {
		name            string
		whole, part     string
		ratio, format   string
		fact, expected  string
		withoutTypeText bool // the cell is a number
	}{
		{"percent text", "53527", "32775", "'61,23%", "", "0.6123", "", false},
		{"percent format", "53527", "32775", "61.23%", "", "0.6123", "", true},
		{"formula in percent format", "53527", "32775", "0.612307806527547", "0.00%", "0.612307806527547", "", true},
		{"plain percent", "53527", "32775", "61.23", "", "0.6123", "", true},
		{"plain percent text", "53527", "32775", "'61,23", "", "0.6123", "", false},
		{"plain ratio", "53527", "32775", "0.6123", "", "0.6123", "", true},
		{"cut", "9074", "8891", "'97,9%", "", "0.979", "", false},
		{"rounded", "9074", "8891", "'98,0%", "", "0.98", "", false},
		{"whole percent", "9074", "8891", "98", "", "0.98", "", true},
		{"stored finer than shown", "9074", "8891", "0.979832484020277", "0%", "0.979832484020277", "", true},
		{"neither", "9074", "8891", "'97,8%", "", "0.978", "97,98%", false},
		{"neither, number", "53527", "32775", "0.62", "0.0%", "0.62", "61,23%", true},
		{"one part blank", "53527", "", "'99%", "", "0.99", "", false},
		{"one part about", "53527", "khoảng 32775", "'99%", "", "0.99", "", false},
		{"denominator zero", "0", "0", "'99%", "", "0.99", "", false},
		{"nil counts as zero", "100", "-", "'0%", "", "zero", "", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := sheet("S", "Nội dung | Số lượng", "Tổng số | "+tt.whole, "Thiếu việc | "+tt.part, "Tỷ lệ | "+tt.ratio)
			if last := &s.Cells[len(s.Cells)-1]; tt.format != "" {
				last.Format = tt.format
			}
			facts, findings := Align(layout, book(s)).Extract(catalogue())
			if got := told(facts[2:]); len(got) != 1 || got[0] != "LD93 "+tt.fact {
				t.Errorf("fact = %v, want LD93 %s", got, tt.fact)
			}
			expected := ""
			for _, f := range findings {
				if f.Code == "ratio_mismatch" {
					expected = f.Expected
				} else if f.Code != "number_as_text" || tt.withoutTypeText {
					t.Errorf("finding %+v, want none", f)
				}
			}
			if expected != tt.expected {
				t.Errorf("ratio_mismatch expects %q, want %q", expected, tt.expected)
			}
		})
	}
}

func TestMergedCells(t *testing.T) {
	t.Parallel()
	layout := layoutOf(t, "F", sheet("S", "Nội dung | Số lượng | <", "Một | {{A1}} | <", "Hai | {{A2}} | <", "Ba | {{B1}} | <"))
	tests := []struct {
		name     string
		lines    []string
		facts    []string
		findings []string
	}{
		{"as on the form", []string{"Nội dung | Số lượng | <", "Một | 1 | <", "Hai | 2 | <", "Ba | 3 | <"}, []string{"A1 1", "A2 2", "B1 3"}, nil},
		{"rows merged", []string{"Nội dung | Số lượng | <", "Một | 1 | <", "Hai | ^ | <", "Ba | 3 | <"}, []string{"B1 3"}, []string{"cell_merged S!B2"}},
		{"merged with a row of the unit's own", []string{"Nội dung | Số lượng", "Khác | 1", "Một | ^", "Hai | 2", "Ba | 3"}, []string{"A2 2", "B1 3"}, []string{"cell_merged S!B2"}},
		{"merged with a column of the unit's own", []string{"Nội dung | Riêng | Số lượng", "Một | 1 | <", "Hai | | 2", "Ba | | 3"}, []string{"A2 2", "B1 3"}, []string{"cell_merged S!B2"}},
		{"label and value over two rows", []string{"Nội dung | Số lượng", "Một | 1", "^ | ^", "Hai | 2", "Ba | 3"}, []string{"A1 1", "A2 2", "B1 3"}, nil},
		{"blank rows merged", []string{"Nội dung | Số lượng | <", "Một |  | <", "Hai | ^ | <", "Ba | 3 | <"}, []string{"B1 3"}, nil},
		{"labels merged", []string{"Nội dung | < | Số lượng", "Một | < | 1", "Hai | < | 2", "Ba | < | 3"}, []string{"A1 1", "A2 2", "B1 3"}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			facts, findings := extract(t, layout, book(sheet("S", tt.lines...)))
			if diff := cmp.Diff(tt.facts, facts); diff != "" {
				t.Errorf("facts mismatch (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.findings, findings); diff != "" {
				t.Errorf("findings mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

// A number's digits may be hostile: a huge exponent must cost nothing.
func TestHugeExponent(t *testing.T) {
	t.Parallel()
	for _, value := range []string{"1e999999999", "1e-999999999", "NaN", "1e", ""} {
		c := &workbook.Cell{Type: workbook.Number, Raw: value, Value: value}
		fact := pipeline.Fact{State: pipeline.StateBlank}
		f := readValue(&fact, c, &pipeline.Indicator{Kind: pipeline.KindMoney})
		if f == nil || fact.State != pipeline.StateBlank {
			t.Errorf("readValue(%q) = %+v, want a finding", value, fact)
		}
	}
}
