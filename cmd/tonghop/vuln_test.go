package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// The look for known weaknesses fails where there is one, and says loudly that it was
// skipped where its data can't be had.
func TestVulnerabilityGate(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, setting string
		code          int
		said          string
	}{
		{"a weakness in what is called", "GOVULNDB=file://" + weakness(t), 3, "weaknesses found"},
		{"no database", "HTTPS_PROXY=http://127.0.0.1:1", 0, "SKIPPED, nothing was looked at"},
	} {
		command := exec.Command(filepath.Join("..", "..", ".ci", "vuln"), "./internal/licence")
		command.Env = append(os.Environ(), "GOVULNDB=", "VULN=", tt.setting)
		said, err := command.CombinedOutput()
		if strings.Contains(string(said), "the tool can't be had") {
			t.Skip("the tool can't be had here")
		}
		code := 0
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			code = exit.ExitCode()
		} else if err != nil {
			t.Fatal(err)
		}
		if code != tt.code || !strings.Contains(string(said), tt.said) {
			t.Errorf("%s: exit code %d, want %d and %q said:\n%s", tt.name, code, tt.code, tt.said, said)
		}
	}
}

// weakness is a database that has one, invented, in what internal/licence calls.
func weakness(t *testing.T) (dir string) {
	t.Helper()
	dir = t.TempDir()
	for name, text := range map[string]string{
		"index/db.json":      `{"modified": "2026-01-01T00:00:00Z"}`,
		"index/modules.json": `[{"path": "stdlib", "vulns": [{"id": "GO-2026-9999", "modified": "2026-01-01T00:00:00Z"}]}]`,
		"ID/GO-2026-9999.json": `{"schema_version": "1.3.1", "id": "GO-2026-9999", "modified": "2026-01-01T00:00:00Z", "summary": "invented", "affected": [{
			"package": {"name": "stdlib", "ecosystem": "Go"}, "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}]}],
			"ecosystem_specific": {"imports": [{"path": "io", "symbols": ["WriteString"]}]}}],
			"database_specific": {"url": "https://pkg.go.dev/vuln/GO-2026-9999"}}`,
	} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(text), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}
