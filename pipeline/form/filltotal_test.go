package form

import "testing"

func TestStretched(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ formula, want string }{
		{"SUM(B9)", "SUM(B9:B12)"}, {"SUM(B9:B9)", "SUM(B9:B12)"}, {"COUNTA($B$9:$B$9)*2", "COUNTA($B$9:$B$12)*2"}, {"MAX(B9)+MIN(C9)", "MAX(B9:B12)+MIN(C9:C12)"},
		{"SUM(B9:B13)", "SUM(B9:B13)"}, {"SUM(B8)", "SUM(B8)"}, {"SUM(B9:C9)", "SUM(B9:C9)"}, {"B9*2", "B9*2"}, {"", ""}, {"DSUM(B9)", "DSUM(B9)"},
	} {
		if got := stretched(tt.formula, 9, 12); got != tt.want {
			t.Errorf("stretched(%q) = %q, want %q", tt.formula, got, tt.want)
		}
	}
}
