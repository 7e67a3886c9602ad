package main

import (
	"runtime"
	"runtime/debug"

	"tonghop/internal/licence"
)

// version is set by the build.
var version = unnamed

// unnamed is the version of a build that names none.
const unnamed = "dev"

// versionCommand prints what the program is made of.
type versionCommand struct {
	Licences bool `name:"licences" help:"${help_licences}"`
}

// Run prints the versions, or the licences.
func (c versionCommand) Run(p *program) error {
	if c.Licences {
		return licence.Write(p.stdout)
	}
	p.line(0, "tonghop "+version)
	p.line(0, runtime.Version())
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return nil
	}
	for _, module := range info.Deps {
		switch module.Path {
		case "github.com/duckdb/duckdb-go/v2", "github.com/xuri/excelize/v2", "github.com/go-echarts/go-echarts/v2":
			p.line(0, module.Path+" "+module.Version)
		}
	}
	return nil
}
