package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write docs/dependencies.md anew")

// docs/dependencies.md lists what is built into the programs, or only tests them,
// as go.mod and the lock file pin it, with the licence that lies beside its source.
func TestDependencies(t *testing.T) {
	t.Parallel()
	const path = "../../docs/dependencies.md"
	want := dependencies(t)
	if *update {
		if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("docs/dependencies.md is not what is built; write it with go test ./cmd/tonghop -run TestDependencies -update (-want +got):\n%s", diff)
	}
	if strings.Contains(want, unknownLicence) {
		t.Error("a dependency has a licence that is not known")
	}
}

const unknownLicence = "not known"

// A dependency is one module or package.
type dependency struct{ name, version, licence, use string }

func dependencies(t *testing.T) string {
	t.Helper()
	all := append(modules(t), packages(t)...)
	var text strings.Builder
	text.WriteString(`# Dependencies

What is built into the programs (linux, amd64), and what only tests them, each pinned by ` + "`go.mod` and `go.sum`" + ` or
` + "`reports/page/package-lock.json`" + `. ` + "`go.mod`" + ` names more, of which nothing is compiled. ` + "`cmd/tonghop`" + ` has the test that writes and checks this page;
what a licence asks to be told stands in [NOTICE](../NOTICE). ` + "`make vuln`" + ` looks for known weaknesses.

| dependency | version | licence | in |
|---|---|---|---|
`)
	for _, d := range all {
		fmt.Fprintf(&text, "| %s | %s | %s | %s |\n", d.name, d.version, d.licence, d.use)
	}
	return text.String()
}

// modules are the Go modules that the programs and the tests are built from.
func modules(t *testing.T) (all []dependency) {
	t.Helper()
	built, tested := modulesOf(t, "./cmd/..."), modulesOf(t, "-test", "./...")
	for _, name := range slices.Sorted(maps.Keys(tested)) {
		d := tested[name]
		if _, ok := built[name]; ok {
			d.use = "programs"
		}
		all = append(all, d)
	}
	return all
}

func modulesOf(t *testing.T, packages ...string) map[string]dependency {
	t.Helper()
	arguments := append([]string{"list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}} {{.Dir}}{{end}}{{end}}"}, packages...)
	command := exec.Command("go", arguments...)
	command.Dir = filepath.Join("..", "..")
	command.Env = append(os.Environ(), "GOOS=linux", "GOARCH=amd64", "CGO_ENABLED=1")
	lines, err := command.Output()
	if err != nil {
		t.Fatalf("list modules: %v", err)
	}
	all := map[string]dependency{}
	for line := range strings.Lines(string(lines)) {
		if words := strings.SplitN(strings.TrimSpace(line), " ", 3); len(words) == 3 {
			all[words[0]] = dependency{words[0], words[1], licenceIn(t, words[2]), "tests"}
		}
	}
	return all
}

// packages are those of npm: the script that the pages embed, with what is bundled
// in it, and what tests them.
func packages(t *testing.T) (all []dependency) {
	t.Helper()
	data, err := os.ReadFile("../../reports/page/package-lock.json")
	if err != nil {
		t.Fatal(err)
	}
	var lock struct {
		Packages map[string]struct {
			Version, License string
			Dev              bool
		}
	}
	if err := json.Unmarshal(data, &lock); err != nil {
		t.Fatal(err)
	}
	for _, path := range slices.Sorted(maps.Keys(lock.Packages)) {
		name, ok := strings.CutPrefix(path, "node_modules/")
		if !ok {
			continue
		}
		p, use := lock.Packages[path], "pages"
		if p.Dev {
			use = "tests"
		}
		all = append(all, dependency{"npm " + name, p.Version, p.License, use})
	}
	return all
}

// licences are told apart by words that only they have.
var licences = []struct{ name, words string }{
	{"Apache-2.0", `Apache License\s+Version 2\.0`},
	{"MIT", `Permission is hereby granted, free of charge, to any person obtaining a copy`},
	{"BSD-3-Clause", `Redistribution and use in source and binary forms[\s\S]*(Neither the name|may be used to endorse)`},
	{"BSD-2-Clause", `Redistribution and use in source and binary forms`},
}

func licenceIn(t *testing.T, dir string) string {
	t.Helper()
	for _, pattern := range []string{"LICEN[CS]E*", "COPYING*"} {
		files, _ := filepath.Glob(filepath.Join(dir, pattern))
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, l := range licences {
				if regexp.MustCompile(l.words).Match(text) {
					return l.name
				}
			}
		}
	}
	return unknownLicence
}
