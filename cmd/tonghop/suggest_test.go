package main

import "testing"

func TestNearest(t *testing.T) {
	t.Parallel()
	known := []string{"H05", "H11", "LDLD-ST", "LD01", "LD02", "run", "reopen", "status"}
	for _, tt := range []struct{ name, word, want string }{
		{"other capitals", "h05", "H05"},
		{"letters exchanged", "rnu", "run"},
		{"letter missing", "statu", "status"},
		{"diacritics", "LĐLĐ-ST", "LDLD-ST"},
		{"as near to two", "LD03", ""},
		{"far from all", "quarter", ""},
		{"nothing", "", ""},
		{"too short to say", "H", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := nearest(tt.word, known); got != tt.want {
				t.Errorf("nearest(%q) = %q, want %q", tt.word, got, tt.want)
			}
		})
	}
}
