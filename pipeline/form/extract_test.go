package form

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestExtractClean(t *testing.T) {
	t.Parallel()
	layout := layoutOf(t, "2-HDCD", sheet("Biểu 2", labourForm...))
	m, findings := Recognise([]*Layout{layout}, book(sheet("Biểu 2", filled(labourForm, labourValues)...)), "")
	if m == nil {
		t.Fatalf("Recognise found %v", coded(findings))
	}
	facts, findings := m.Extract(catalogue())
	if diff := cmp.Diff(labourFacts, told(facts)); diff != "" {
		t.Errorf("facts mismatch (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string(nil), coded(findings)); diff != "" {
		t.Errorf("findings mismatch (-want +got):\n%s", diff)
	}
	wantHeader := []HeaderField{
		{"parent", "LĐLĐ tỉnh Sóc Trăng", "Biểu 2", "A1"},
		{"unit", "LĐLĐ huyện Kế Sách", "Biểu 2", "A2"},
		{"period", "NĂM 2015", "Biểu 2", "A4"},
		{"cutoff", "30/11/2015", "Biểu 2", "A4"},
	}
	if diff := cmp.Diff(wantHeader, m.Header); diff != "" {
		t.Errorf("header mismatch (-want +got):\n%s", diff)
	}
	if got := facts[0].Note; got != "đủ" {
		t.Errorf("note = %q, want %q", got, "đủ")
	}
	if len(m.TopText) != 5 {
		t.Errorf("TopText = %v, want the five texts above the header", m.TopText)
	}
}
