package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"tonghop/pipeline"
	"tonghop/reports"
)

// published reads a table of the published outputs in a folder below out. status
// and trace read nothing else: what they tell is what leadership sees.
func (p *program) published(folder, name string) (reports.Table, error) {
	path := filepath.Join(p.config.Path("out"), folder, "data", name+".csv")
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return reports.Table{}, exitError{exitUsage, errors.New(p.text.Text("cli.not_published", "folder", filepath.Join("out", folder)))}
	}
	if err != nil {
		return reports.Table{}, fmt.Errorf("read published table: %w", err)
	}
	table, err := reports.ReadCSV(file, name)
	return table, errors.Join(err, file.Close())
}

// publishedPeriods lists the periods below out.
func (p *program) publishedPeriods() ([]pipeline.Period, error) {
	folders, err := os.ReadDir(p.config.Path("out"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("list published periods: %w", err)
	}
	var all []pipeline.Period
	for _, folder := range folders {
		if q, err := pipeline.ParsePeriod(folder.Name()); err == nil && q.String() == folder.Name() {
			all = append(all, q)
		}
	}
	return all, nil
}
