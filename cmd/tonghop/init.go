package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"tonghop/inputs"
	"tonghop/pipeline/assess"
	"tonghop/pipeline/config"
	"tonghop/reports/document"
)

// initCommand makes a new workspace with an example catalogue and forms.
type initCommand struct {
	detailed
	Target string `arg:"" name:"dir" type:"path" help:"${help_target}"`
}

// settings is the first tonghop.toml, made for the example.
const settings = `# Settings of this workspace. Every key may be left out.
language = "vi"            # vi or en
zone = "Asia/Ho_Chi_Minh"  # the zone of due dates and times
settle = "10s"             # a new file must stay unchanged this long
year_starts = "12-01"      # month-day on which the statistical year starts; 01-01 without this line
sql = "sql"                # where staff may add models, checks and reports of their own
superior = "Tổng Liên đoàn Lao động Việt Nam"  # the body above yours, as forms and reports name it
sample = true              # the example's targets are invented and every output says so: take this line out
`

// Run writes the workspace; a folder that already is one is left alone.
func (c *initCommand) Run(p *program) error {
	for _, name := range []string{filepath.Join("inputs", assess.CatalogueFile), config.FileName} {
		if _, err := os.Stat(filepath.Join(c.Target, name)); err == nil {
			return exitError{exitUsage, errors.New(p.text.Text("cli.already_workspace", "dir", c.Target))}
		}
	}
	if err := p.writeWorkspace(c.Target); err != nil {
		return fmt.Errorf("make workspace %q: %w", c.Target, err)
	}
	p.say("initialised", "dir", c.Target)
	return nil
}

func (p *program) writeWorkspace(dir string) error {
	err := fs.WalkDir(inputs.Example, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(inputs.Example, name)
		if err != nil {
			return err
		}
		return writeNew(filepath.Join(dir, "inputs", filepath.FromSlash(name)), data)
	})
	if err != nil {
		return err
	}
	layout, err := document.Template()
	if err != nil {
		return err
	}
	if err := writeNew(filepath.Join(dir, "inputs", "report.docx"), layout); err != nil {
		return err
	}
	if err := writeNew(filepath.Join(dir, config.FileName), []byte(settings)); err != nil {
		return err
	}
	return p.makeFolders(dir)
}

// makeFolders makes the inbox with a folder for each unit of the example.
func (p *program) makeFolders(dir string) error {
	c, err := config.Load(dir, "")
	if err != nil {
		return err
	}
	rules, _, err := assess.Load(os.DirFS(filepath.Join(dir, "inputs")), c.Calendar)
	if err != nil {
		return err
	}
	if rules == nil {
		return errors.New("the example catalogue has errors")
	}
	for _, u := range rules.Catalogue.Units {
		if err := os.MkdirAll(filepath.Join(dir, "inputs", "inbox", u.Folder), 0o755); err != nil {
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
