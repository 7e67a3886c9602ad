package main

import (
	"bytes"
	"cmp"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tonghop/inputs/demo/sample"
)

// Every tonghop command that the README shows works on the demo's workspace.
func TestReadmeCommands(t *testing.T) {
	t.Parallel()
	readme, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	dir := demoWorkspace(t, 0)
	run := func(args ...string) {
		var stdout, stderr bytes.Buffer
		if code := Main(context.Background(), "", append([]string{"-C", dir}, args...), &stdout, &stderr); code != exitDone || stdout.Len() == 0 {
			t.Errorf("tonghop %q ended with %d and %d bytes\n%s", args, code, stdout.Len(), stderr.String())
		}
	}
	run("run", "--now", "2016-01-11T09:00:00+07:00")
	shown := 0
	for line := range strings.Lines(string(readme)) {
		command, ok := strings.CutPrefix(strings.TrimSpace(line), "bin/tonghop ")
		if !ok {
			continue
		}
		shown++
		run(expand(t, dir, command)...)
	}
	if shown < 3 {
		t.Errorf("README shows %d commands, want the status, trace and check", shown)
	}
}

// expand splits a command as a shell does; new folders go into a temporary one.
func expand(t *testing.T, dir, command string) []string {
	t.Helper()
	var args []string
	for _, word := range strings.Fields(command) {
		switch {
		case strings.ContainsRune(word, '*'):
			files, err := filepath.Glob(filepath.Join(dir, filepath.FromSlash(word)))
			if err != nil || len(files) == 0 {
				t.Fatalf("README names files that are not there: %s", word)
			}
			args = append(args, files...)
		case strings.HasPrefix(word, "/tmp/"):
			args = append(args, filepath.Join(t.TempDir(), "workspace"))
		default:
			args = append(args, word)
		}
	}
	return args
}

// demoWorkspace holds the demo's inputs with its first deliveries in the inbox, as
// many as are asked for; 0 is all of them.
func demoWorkspace(t *testing.T, most int) string {
	t.Helper()
	dir := t.TempDir()
	write := func(name string, data []byte) {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("tonghop.toml", []byte("settle = \"0s\"\nyear_starts = \"12-01\"\n"))
	inputs, err := sample.Inputs()
	if err != nil {
		t.Fatal(err)
	}
	for _, in := range inputs {
		write(in.Path, in.Data)
	}
	deliveries, err := sample.Deliveries()
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range deliveries[:cmp.Or(most, len(deliveries))] {
		for _, f := range d.Files {
			write("inputs/inbox/"+f.Path, f.Data)
		}
	}
	return dir
}
