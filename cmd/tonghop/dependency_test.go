package main

import (
	"bytes"
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

	"tonghop/internal/licence"
)

var update = flag.Bool("update", false, "write docs/dependencies.md and the licences of modules anew")

// docs/dependencies.md lists what is built into the programs, or only tests them,
// as go.mod and the lock file pin it, with the licence that lies beside its source.
func TestDependencies(t *testing.T) {
	t.Parallel()
	all := append(modules(t), packages(t)...)
	want := dependencies(all)
	current(t, "docs/dependencies.md", want)
	if strings.Contains(want, unknownLicence) {
		t.Error("a dependency has a licence that is not known")
	}

	// The texts of the licences go out in the programs themselves.
	current(t, "internal/licence/modules.txt", licenceTexts(t, all))
	if *update {
		return // those in this program are the ones before
	}
	var whole bytes.Buffer
	if err := licence.Write(&whole); err != nil {
		t.Fatal(err)
	}
	for _, d := range all {
		if title := "== " + d.carried(); d.use != "tests" && !strings.Contains(whole.String(), title) {
			t.Errorf("no licence begins with %q: what %s carries is to be looked up for its new version", title, d.name)
		}
	}
}

// current holds a file of the repository to what it must be, or writes it.
func current(t *testing.T, name, want string) {
	t.Helper()
	path := filepath.Join("..", "..", filepath.FromSlash(name))
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
		t.Errorf("%s is not what is built; write it with go test ./cmd/tonghop -run TestDependencies -update (-want +got):\n%s", name, diff)
	}
}

const unknownLicence = "not known"

// A dependency is one module or package; dir is where a module's source is.
type dependency struct{ name, version, licence, use, dir string }

// carried is what the title of its licence begins with. The libraries of DuckDB have its
// version in their own: 0.10505.0 is of 1.5.5.
func (d dependency) carried() string {
	var major, minor, patch int
	if n, _ := fmt.Sscanf(d.version, "v0.%1d%2d%2d.0", &major, &minor, &patch); n == 3 && strings.Contains(d.name, "/duckdb-go-bindings/lib/") {
		return fmt.Sprintf("DuckDB %d.%d.%d carries", major, minor, patch)
	}
	name := strings.TrimPrefix(d.name, "npm ")
	if name == "echarts" {
		name = "Apache ECharts"
	}
	return name + " " + d.version
}

// licenceTexts are the licences of the program itself, of Go and of the modules in it.
func licenceTexts(t *testing.T, all []dependency) string {
	t.Helper()
	goRoot, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	root := filepath.Join("..", "..")
	texts := []string{"== tonghop ==", read(t, filepath.Join(root, "NOTICE")), read(t, filepath.Join(root, "LICENSE")),
		"== Go: its standard library and runtime ==", read(t, filepath.Join(strings.TrimSpace(string(goRoot)), "LICENSE"))}
	for _, d := range all {
		if d.use == "programs" {
			texts = append(texts, fmt.Sprintf("== %s %s ==", d.name, d.version))
			for _, file := range licenceFiles(d.dir) {
				texts = append(texts, read(t, file))
			}
		}
	}
	return strings.Join(texts, "\n\n") + "\n"
}

// read is the text of a file without blanks that nobody sees.
func read(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.ReplaceAll(string(data), "\r\n", "\n"), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " \t")
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n")
}

// licenceFiles are the files of a source that grant rights or ask to be told.
func licenceFiles(dir string) (files []string) {
	for _, pattern := range []string{"LICEN[CS]E*", "COPYING*", "NOTICE*", "PATENTS*"} {
		found, _ := filepath.Glob(filepath.Join(dir, pattern))
		files = append(files, found...)
	}
	return files
}

func dependencies(all []dependency) string {
	var text strings.Builder
	text.WriteString(`# Dependencies

What is built into the programs (linux, amd64), and what only tests them, each pinned by ` + "`go.mod` and `go.sum`" + ` or
` + "`reports/page/package-lock.json`" + `. ` + "`go.mod`" + ` names more, of which nothing is compiled. ` + "`cmd/tonghop`" + ` has the test that writes and checks this page;
` + "`tonghop version --licences` and `kiemtra -licences`" + ` print the texts of the licences, those of what DuckDB and ECharts carry too. ` + "`make vuln`" + ` looks for
known weaknesses.

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
			all[words[0]] = dependency{words[0], words[1], licenceIn(t, words[2]), "tests", words[2]}
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
		all = append(all, dependency{name: "npm " + name, version: p.Version, licence: p.License, use: use})
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
	for _, file := range licenceFiles(dir) {
		text := read(t, file)
		for _, l := range licences {
			if regexp.MustCompile(l.words).MatchString(text) {
				return l.name
			}
		}
	}
	return unknownLicence
}
