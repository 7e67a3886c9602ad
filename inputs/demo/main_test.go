package main

import (
	"bytes"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// atRoot runs the command as people do, from the root of the repository.
func atRoot(t *testing.T, args ...string) (stdout, stderr string, err error) {
	t.Helper()
	t.Chdir(filepath.Join("..", ".."))
	var out, trouble bytes.Buffer
	err = run(t.Context(), args, &out, &trouble)
	return out.String(), trouble.String(), err
}

func TestDeliverIntoAnotherFolder(t *testing.T) {
	dir := t.TempDir()
	for _, turn := range []string{"first", "again"} {
		_, headings, err := atRoot(t, "-deliver", "-tonghop", "", "-C", dir)
		if err != nil {
			t.Fatalf("%s: %v", turn, err)
		}
		if !strings.Contains(headings, "[12/13] 11/01/2016") {
			t.Errorf("%s: headings are\n%s", turn, headings)
		}
	}
	for _, name := range []string{"tonghop.toml", "inputs/catalogue.xlsx", "inputs/forms/1464.xlsx", "inputs/inbox/N01/BIEU 2 HDCD nam 2015.xlsx"} {
		if _, err := os.Stat(filepath.Join(dir, filepath.FromSlash(name))); err != nil {
			t.Error(err)
		}
	}
}

func TestDeliverRunsTheProgram(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the stand-in for tonghop is a shell script")
	}
	dir := t.TempDir()
	program := filepath.Join(dir, "tonghop")
	if err := os.WriteFile(program, []byte("#!/bin/sh\necho \"$@\"\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	stdout, _, err := atRoot(t, "-deliver", "-tonghop", program, "-C", filepath.Join(dir, "workspace"))
	if err != nil {
		t.Fatal(err)
	}
	first, _, _ := strings.Cut(stdout, "\n")
	if diff := cmp.Diff("run --now 2014-06-09T09:00:00+07:00", first); diff != "" {
		t.Errorf("first run mismatch (-want +got):\n%s", diff)
	}
	if got := strings.Count(stdout, "\n"); got != 13 {
		t.Errorf("the program ran %d times, want 13", got)
	}
}

// TestDeliverSparesOtherInboxes drops into a workspace that people use.
func TestDeliverSparesOtherInboxes(t *testing.T) {
	for _, name := range []string{"inputs/inbox/H01/bao cao.xlsx", "inputs/feedback/H01/a.xlsx", "out/index.html", ".tonghop/tonghop.duckdb"} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			theirs := filepath.Join(dir, filepath.FromSlash(name))
			if err := write(theirs, []byte("theirs")); err != nil {
				t.Fatal(err)
			}
			if _, _, err := atRoot(t, "-deliver", "-tonghop", "", "-C", dir); err == nil {
				t.Error("deliver went ahead, want an error")
			}
			if _, err := os.Stat(theirs); err != nil {
				t.Errorf("deliver deleted a file of theirs: %v", err)
			}
		})
	}
}

func TestList(t *testing.T) {
	stdout, _, err := atRoot(t, "-list")
	if err != nil {
		t.Fatal(err)
	}
	want := "2014-06-13\tH09/BIEU 2 HDCD 6T 2014.xlsx\trefused\ttruncated\n"
	if !strings.Contains(stdout, want) {
		t.Errorf("list has no line %q:\n%s", want, stdout)
	}
}

func TestUsage(t *testing.T) {
	if _, usage, err := atRoot(t); err == nil || !strings.Contains(usage, "-deliver") {
		t.Errorf("run without a flag gives %v and %q", err, usage)
	}
}
