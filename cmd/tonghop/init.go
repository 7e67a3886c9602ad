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
	Empty  bool   `name:"empty" help:"${help_empty}"`
	Target string `arg:"" name:"dir" type:"path" help:"${help_target}"`
}

// firstSettings is the first tonghop.toml; staff read its remarks. That of the example
// has the line by which every output says that the figures are invented.
func (p *program) firstSettings(sample bool) example.File {
	text := p.text.Text("cli.settings", "language", p.text.Code)
	if sample {
		text += p.text.Text("cli.settings_sample")
	}
	return example.File{Path: config.FileName, Data: []byte(text)}
}

// Run writes the workspace; a folder that already is one is left alone.
func (c *initCommand) Run(p *program) error {
	if isWorkspace(c.Target) {
		return exitError{exitUsage, errors.New(p.text.Text("cli.already_workspace", "dir", c.Target))}
	}
	if info, err := os.Stat(c.Target); err == nil && !info.IsDir() {
		return exitError{exitUsage, errors.New(p.text.Text("cli.not_a_folder", "dir", c.Target))}
	}
	write, told := p.exampleFiles, "initialised"
	if c.Empty {
		write, told = p.blankFiles, "initialised_empty"
	}
	files, err := write()
	if err == nil {
		err = p.writeWorkspace(c.Target, files)
	}
	if err != nil {
		return fmt.Errorf("make workspace %q: %w", c.Target, err)
	}
	p.say(told, "dir", c.Target)
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

// exampleFiles are those of a workspace that shows what the program does.
func (p *program) exampleFiles() ([]example.File, error) {
	files, err := example.Files(pipeline.DayIn(p.now, p.config.Zone))
	return append(files, p.firstSettings(true)), err
}

// blankFiles are those of a workspace to be filled with one's own.
func (p *program) blankFiles() ([]example.File, error) {
	blank, err := example.Blank(p.text.Code, pipeline.DayIn(p.now, p.config.Zone).Year())
	return []example.File{blank, p.firstSettings(false)}, err
}

// writeWorkspace writes the files, what clerks read, and the layout of the worded
// report.
func (p *program) writeWorkspace(dir string, files []example.File) error {
	layout, err := document.Template()
	if err != nil {
		return err
	}
	guide, err := inputs.Guide()
	if err != nil {
		return err
	}
	files = append(files, guide...)
	files = append(files, example.File{Path: "inputs/report.docx", Data: layout})
	for _, f := range files {
		if err := writeNew(filepath.Join(dir, filepath.FromSlash(f.Path)), f.Data); err != nil {
			return err
		}
	}
	for _, folder := range []string{"inbox", assess.FormsFolder} {
		if err := os.MkdirAll(filepath.Join(dir, "inputs", folder), 0o755); err != nil {
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
