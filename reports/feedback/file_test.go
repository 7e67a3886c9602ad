package feedback_test

import (
	"io"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"tonghop/reports/feedback"
)

// A fault of ours over one answer is an error, not the end of the run.
func TestGuarded(t *testing.T) {
	t.Parallel()
	data, err := feedback.Guarded(func(w io.Writer) error {
		if _, err := w.Write([]byte("half")); err != nil {
			return err
		}
		panic("fault")
	})
	if err == nil || !strings.Contains(err.Error(), "fault") || data != nil {
		t.Errorf("Guarded = %q, %v; want the panic as an error and nothing half written", data, err)
	}
}

func TestFileName(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("ắ", 85) // as long as a name may be
	tests := []struct{ name, file, want string }{
		{"short", "A/tháng 3/bc.xlsx", "A/tháng 3/bc.xlsx.phan-hoi.xlsx"},
		{"just short enough", "A/" + long[:240] + "b", "A/" + long[:240] + "b.phan-hoi.xlsx"},
		{"too long", "A/" + long, ""},
		{"too long by a letter", "A/" + long[:240] + "bc", ""},
		{"folder too long", long + "ắ/bc.xlsx", ""},
	}
	seen := map[string]bool{}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := filepath.ToSlash(feedback.FileName(tt.file, feedback.BookEnding))
			if tt.want != "" && got != tt.want {
				t.Errorf("FileName = %q, want %q", got, tt.want)
			}
			for _, element := range strings.Split(got, "/") {
				if len(element) > 255 || !utf8.ValidString(element) {
					t.Errorf("FileName = %q: %d bytes, valid %t", got, len(element), utf8.ValidString(element))
				}
			}
			if !strings.HasSuffix(got, feedback.BookEnding) || seen[got] {
				t.Errorf("FileName = %q: want one of its own with the ending", got)
			}
			seen[got] = true
		})
	}
}
