package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"tonghop/inputs"
	"tonghop/inputs/example"
	"tonghop/pipeline"
	"tonghop/pipeline/assess"
	"tonghop/pipeline/config"
	"tonghop/reports/document"
)

// initCommand makes a new workspace with an example that a first run publishes.
type initCommand struct {
	detailed
	Target string `arg:"" name:"dir" type:"path" help:"${help_target}"`
}

// settings is the first tonghop.toml, made for the example.
const settings = `# Settings of this workspace. Every key may be left out.
language = "%s"            # vi or en
zone = "Asia/Ho_Chi_Minh"  # the zone of due dates and times
settle = "10s"             # a new file must stay unchanged this long
year_starts = "01-01"      # month-day on which the statistical year starts, such as 12-01
sql = "sql"                # where staff may add models, checks and reports of their own
superior = "Tổng Liên đoàn Lao động Việt Nam"  # the body above yours, as forms and reports name it
sample = true              # the example's figures are invented and every output says so: take this line out
`

// Run writes the workspace; a folder that already is one is left alone.
func (c *initCommand) Run(p *program) error {
	if isWorkspace(c.Target) {
		return exitError{exitUsage, errors.New(p.text.Text("cli.already_workspace", "dir", c.Target))}
	}
	if info, err := os.Stat(c.Target); err == nil && !info.IsDir() {
		return exitError{exitUsage, errors.New(p.text.Text("cli.not_a_folder", "dir", c.Target))}
	}
	if err := p.writeWorkspace(c.Target); err != nil {
		return fmt.Errorf("make workspace %q: %w", c.Target, err)
	}
	p.say("initialised", "dir", c.Target)
	return nil
}

// isWorkspace tells whether dir has what makes a folder a workspace.
func isWorkspace(dir string) bool {
	for _, name := range []string{filepath.Join("inputs", assess.CatalogueFile), config.FileName} {
		if _, err := os.Stat(filepath.Join(dir, name)); err == nil {
			return true
		}
	}
	return false
}

// writeWorkspace writes the example, and what staff and clerks read and edit.
func (p *program) writeWorkspace(dir string) error {
	files, err := example.Files(pipeline.DayIn(p.now, p.config.Zone))
	if err != nil {
		return err
	}
	layout, err := document.Template()
	if err != nil {
		return err
	}
	guide, err := inputs.Guide()
	if err != nil {
		return err
	}
	files = append(files, guide...)
	files = append(files, example.File{Path: "inputs/report.docx", Data: layout},
		example.File{Path: config.FileName, Data: fmt.Appendf(nil, settings, p.text.Code)})
	for _, f := range files {
		if err := writeNew(filepath.Join(dir, filepath.FromSlash(f.Path)), f.Data); err != nil {
			return err
		}
	}
	return nil
}

// writeNew writes a file that must not exist yet.
func writeNew(path string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = file.Write(data)
	return errors.Join(err, file.Close())
}
