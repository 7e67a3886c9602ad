package main

import (
	"runtime"
	"runtime/debug"
)

// version is set by the build.
var version = "dev"

// versionCommand prints what the program is made of.
type versionCommand struct{}

// Run prints the versions.
func (versionCommand) Run(p *program) error {
	p.printf("tonghop %s\n%s\n", version, runtime.Version())
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return nil
	}
	for _, module := range info.Deps {
		switch module.Path {
		case "github.com/duckdb/duckdb-go/v2", "github.com/xuri/excelize/v2", "github.com/go-echarts/go-echarts/v2":
			p.printf("%s %s\n", module.Path, module.Version)
		}
	}
	return nil
}
