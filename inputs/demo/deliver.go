package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"tonghop/inputs/demo/sample"
)

// marker stands in an inbox that the demo wrote. Its name begins with a dot, so
// that intake passes over it.
const marker = ".demo"

// settings is the file that makes a folder a workspace of its own.
const settings = "tonghop.toml"

// generated lists what a run of the demo leaves, the inbox with its marker last.
func generated() []string {
	return []string{"out", ".tonghop", filepath.Join("inputs", "feedback"), filepath.Join("inputs", "inbox")}
}

// makeInputs writes the catalogue and the forms below dir.
func makeInputs(dir string) error {
	inputs, err := sample.Inputs()
	if err != nil {
		return err
	}
	for _, input := range inputs {
		if err := write(filepath.Join(dir, filepath.FromSlash(input.Path)), input.Data); err != nil {
			return err
		}
	}
	return nil
}

// deliver clears what an earlier demo left, then plays each delivery: its files
// into the inbox, and a run by its clock.
func deliver(ctx context.Context, o options, stdout, stderr io.Writer) error {
	if err := prepare(o.dir); err != nil {
		return err
	}
	all, err := sample.Deliveries()
	if err != nil {
		return err
	}
	for i, d := range all {
		fmt.Fprintf(stderr, "\n[%d/%d] %s · %s (%d tệp)\n", i+1, len(all), d.Now.Format("02/01/2006"), d.Heading, len(d.Files))
		if err := drop(o.dir, d); err != nil {
			return err
		}
		if o.tonghop == "" {
			continue
		}
		if err := take(ctx, o, d.Now, stdout, stderr); err != nil {
			return err
		}
	}
	return nil
}

// prepare makes dir a workspace with an empty inbox.
func prepare(dir string) error {
	if err := clear(dir); err != nil {
		return err
	}
	if err := adopt(dir); err != nil {
		return err
	}
	return write(filepath.Join(dir, "inputs", "inbox", marker), []byte("This inbox is the demo's. make demo deletes it and writes it anew.\n"))
}

// clear removes what an earlier demo left in dir. It refuses where the inbox
// may be somebody's.
func clear(dir string) error {
	_, err := os.Stat(filepath.Join(dir, "inputs", "inbox", marker))
	ours := err == nil
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("look for marker: %w", err)
	}
	for _, name := range generated() {
		path := filepath.Join(dir, name)
		if !ours && holdsFiles(path) {
			return fmt.Errorf("clear %q: it is not marked as the demo's; move it away first", path)
		}
		if err := os.RemoveAll(path); err != nil {
			return fmt.Errorf("clear workspace: %w", err)
		}
	}
	return nil
}

// holdsFiles tells whether there is any file at or below path but those whose
// names begin with a dot, such as .gitkeep.
func holdsFiles(path string) bool {
	found := errors.New("found")
	err := filepath.WalkDir(path, func(name string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil || !entry.IsDir() && !strings.HasPrefix(entry.Name(), ".") {
			return found
		}
		return nil
	})
	return err != nil
}

// adopt gives a folder without settings the demo's settings, catalogue and
// forms, so that it can be played in without touching the repository.
func adopt(dir string) error {
	_, err := os.Stat(filepath.Join(dir, settings))
	if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	data, err := os.ReadFile(settings)
	if err != nil {
		return fmt.Errorf("copy settings: %w", err)
	}
	if err := makeInputs(dir); err != nil {
		return err
	}
	return write(filepath.Join(dir, settings), data)
}

// drop writes the files of a delivery into the inbox.
func drop(dir string, d sample.Delivery) error {
	for _, f := range d.Files {
		if err := write(filepath.Join(dir, "inputs", "inbox", filepath.FromSlash(f.Path)), f.Data); err != nil {
			return err
		}
	}
	return nil
}

// take runs tonghop in the workspace by the clock of a delivery.
func take(ctx context.Context, o options, now time.Time, stdout, stderr io.Writer) error {
	program, err := filepath.Abs(o.tonghop)
	if err != nil {
		return fmt.Errorf("find tonghop: %w", err)
	}
	run := exec.CommandContext(ctx, program, "run", "--now", now.Format(time.RFC3339))
	run.Dir, run.Stdout, run.Stderr = o.dir, stdout, stderr
	if err := run.Run(); err != nil {
		return fmt.Errorf("run tonghop for %s: %w", now.Format(time.DateOnly), err)
	}
	return nil
}

// write writes a file and the folders above it.
func write(path string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return fmt.Errorf("write %q: %w", path, err)
	}
	if err := os.WriteFile(path, data, 0o644); err != nil {
		return fmt.Errorf("write %q: %w", path, err)
	}
	return nil
}

// list prints each file with what must become of it, tab-separated.
func list(w io.Writer) error {
	all, err := sample.Deliveries()
	if err != nil {
		return err
	}
	for _, d := range all {
		for _, f := range d.Files {
			_, err := fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", d.Now.Format(time.DateOnly), f.Path, f.Verdict, strings.Join(f.Codes, " "))
			if err != nil {
				return fmt.Errorf("list files: %w", err)
			}
		}
	}
	return nil
}
