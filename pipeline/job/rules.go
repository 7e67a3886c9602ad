package job

import (
	"fmt"
	"os"
	"path/filepath"
	"sync"

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
	r.compareRules()
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

// compareRules tells what is another in the catalogue than in the one accepted
// last. One that is kept no more, or that this program cannot read, tells nothing.
func (r *run) compareRules() {
	hash, err := os.ReadFile(r.lastGoodFile())
	if err != nil || string(hash) == r.rules.Catalogue.Hash {
		return
	}
	before, _, err := assess.Load(os.DirFS(filepath.Join(r.acceptedDir(), string(hash))), r.Config.Calendar)
	if err != nil || before == nil {
		r.Log.Warn("compare catalogues", "hash", string(hash), "error", err)
		return
	}
	r.result.Before, r.result.Changes = string(hash), assess.Changes(before, r.rules)
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

// A ruleset is rules with the folder in which they are kept, for the workers.
type ruleset struct {
	*assess.Rules
	dir string
}

// earlier are the rules by earlier catalogues that the run came across.
type earlier struct {
	sync.Mutex
	sets map[string]ruleset
}

// present is the hash of the catalogue that serves, or empty.
func (r *run) present() string {
	if r.rules == nil {
		return ""
	}
	return r.rules.Catalogue.Hash
}

// rulesBy are the rules that files were judged by which came under the catalogue of
// the given hash: what is made again says what it said. Where those are kept no
// more, the present ones serve.
func (r *run) rulesBy(hash string) ruleset {
	now := ruleset{r.rules, r.rulesDir}
	if hash == "" || hash == r.present() {
		return now
	}
	r.earlier.Lock()
	defer r.earlier.Unlock()
	by, ok := r.earlier.sets[hash]
	if ok {
		return by
	}
	by.dir = filepath.Join(r.acceptedDir(), hash)
	var err error
	if by.Rules, _, err = assess.Load(os.DirFS(by.dir), r.Config.Calendar); err != nil || by.Rules == nil {
		r.Log.Warn("earlier catalogue not found, the present one serves", "folder", by.dir, "error", err)
		by = now
	} else {
		by.Limits = r.Config.Limits
	}
	r.earlier.sets[hash] = by
	return by
}

func (r *run) acceptedDir() string { return r.Config.Path(".tonghop", "accepted") }

func (r *run) lastGoodFile() string { return filepath.Join(r.acceptedDir(), "last") }
