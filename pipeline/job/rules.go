package job

import (
	"fmt"
	"os"
	"path/filepath"

	"tonghop/pipeline/assess"
	"tonghop/pipeline/publish"
)

// loadRules reads the catalogue and the forms. A broken catalogue is reported
// and the last accepted one serves, if there is one; else rules stay nil.
func (r *run) loadRules() error {
	rules, findings, err := assess.Load(os.DirFS(r.Config.Path("inputs")), r.Config.Calendar)
	if err != nil {
		return err
	}
	r.result.Catalogue = findings
	if r.rules = rules; rules != nil {
		err = r.keepRules()
	} else {
		err = r.lastGood()
	}
	if err != nil || r.rules == nil {
		return err
	}
	r.rules.Limits = r.Config.Limits
	return r.loadTemplate()
}

// keepRules archives an accepted catalogue with its forms by hash.
func (r *run) keepRules() error {
	r.rulesDir = filepath.Join(r.acceptedDir(), r.rules.Catalogue.Hash)
	for name, data := range r.rules.Files {
		if _, err := r.archive.PutBytes(data); err != nil {
			return fmt.Errorf("archive %s: %w", name, err)
		}
		if err := publish.WriteFile(filepath.Join(r.rulesDir, filepath.FromSlash(name)), data); err != nil {
			return fmt.Errorf("keep accepted %s: %w", name, err)
		}
	}
	if err := publish.WriteFile(r.lastGoodFile(), []byte(r.rules.Catalogue.Hash)); err != nil {
		return fmt.Errorf("keep accepted catalogue: %w", err)
	}
	return nil
}

// lastGood loads the catalogue that was accepted last.
func (r *run) lastGood() error {
	hash, err := os.ReadFile(r.lastGoodFile())
	if os.IsNotExist(err) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read accepted catalogue: %w", err)
	}
	// Not by the hash of what is loaded: that changes with the settings.
	r.rulesDir = filepath.Join(r.acceptedDir(), string(hash))
	r.rules, _, err = assess.Load(os.DirFS(r.rulesDir), r.Config.Calendar)
	r.result.LastGood = r.rules != nil
	return err
}

func (r *run) acceptedDir() string { return r.Config.Path(".tonghop", "accepted") }

func (r *run) lastGoodFile() string { return filepath.Join(r.acceptedDir(), "last") }
