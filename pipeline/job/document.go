package job

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"tonghop/pipeline"
	"tonghop/pipeline/assess"
	"tonghop/reports/document"
)

// templateFile is the layout of the worded report that staff may have, below
// inputs.
const templateFile = "report.docx"

// mostTemplateBytes bounds it.
const mostTemplateBytes = 16 << 20

// loadTemplate reads the layout of the worded report. One that is no Word document
// is told of, and the built-in one serves: a slip in it keeps no figure back.
func (r *run) loadTemplate() error {
	data, err := readBounded(r.Config.Path("inputs", templateFile), mostTemplateBytes)
	if errors.Is(err, fs.ErrNotExist) {
		r.template, err = document.Template()
		return err
	}
	if err != nil {
		return fmt.Errorf("read layout of the worded report: %w", err)
	}
	found, err := document.Check(data, r.rules.Catalogue)
	if err != nil {
		found = []pipeline.Finding{{Code: "marker_document_broken", Severity: pipeline.SeverityWarning, Args: []pipeline.Arg{{Name: "detail", Value: err.Error()}}}}
		if data, err = document.Template(); err != nil {
			return err
		}
	}
	for _, f := range found {
		r.result.Catalogue = append(r.result.Catalogue, assess.FileFinding{File: templateFile, Finding: f})
	}
	r.template = data
	return nil
}

// templateHash tells one layout from another.
func (r *run) templateHash() string {
	sum := sha256.Sum256(r.template)
	return hex.EncodeToString(sum[:8])
}

// readBounded reads a file of at most the given size.
func readBounded(path string, most int64) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(io.LimitReader(file, most+1))
	if err == nil && int64(len(data)) > most {
		err = fmt.Errorf("%q is larger than %d bytes", path, most)
	}
	return data, errors.Join(err, file.Close())
}
