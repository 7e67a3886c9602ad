package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"

	"tonghop/pipeline"
	"tonghop/pipeline/vntext"
	"tonghop/pipeline/workbook"
)

// cellsCommand shows what the reader sees.
type cellsCommand struct {
	detailed
	File     string `arg:"" name:"file" type:"path" help:"${help_file}"`
	Encoding string `enum:"auto,unicode,tcvn3,vni" default:"auto" help:"${help_encoding}"`
	CSV      bool   `name:"csv" help:"${help_csv}"`
}

// limits are those of every file, with what the user knows of this one.
func (c *cellsCommand) limits(limits workbook.Limits) workbook.Limits {
	limits.Text = c.CSV
	if c.Encoding != "auto" {
		limits.Encoding = pipeline.Encoding(c.Encoding)
	}
	return limits
}

// A cellJSON is one cell as the reader sees it.
type cellJSON struct {
	Sheet  string `json:"sheet"`
	Cell   string `json:"cell"`
	Type   string `json:"type"`
	Raw    string `json:"raw"`
	Value  string `json:"value"`
	Format string `json:"format"`
	Font   string `json:"font"`
	Hidden bool   `json:"hidden"`
}

// Run lists the cells of the file.
func (c *cellsCommand) Run(p *program) error {
	data, err := p.readFile(c.File)
	if err != nil {
		return err
	}
	book, err := workbook.Read(data, c.limits(p.config.Limits))
	var refusal *workbook.Refusal
	if errors.As(err, &refusal) {
		f := pipeline.Finding{Code: refusal.Code, Severity: pipeline.SeverityError, Args: []pipeline.Arg{{Name: "part", Value: refusal.Part}}}
		fmt.Fprintln(p.stderr, vntext.Printable(p.text.Message(f)))
		return exitError{exitRefused, nil}
	}
	if err != nil {
		return err
	}
	out := bufio.NewWriter(p.stdout)
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	for _, sheet := range book.Sheets {
		for i := range sheet.Cells {
			cell := &sheet.Cells[i]
			seen := cellJSON{sheet.Name, cell.Name(), cell.Type.String(), cell.Raw, cell.Value, cell.Format, cell.Font, cell.Hidden}
			if p.json {
				err = encoder.Encode(seen)
			} else {
				_, err = fmt.Fprintf(out, "%s!%s\t%s\t%s\n", vntext.Printable(seen.Sheet), seen.Cell, seen.Type, vntext.Printable(seen.Value))
			}
			if err != nil {
				return fmt.Errorf("print cells: %w", err)
			}
		}
	}
	return out.Flush()
}
