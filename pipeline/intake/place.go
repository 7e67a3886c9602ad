package intake

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// SafeName is a name that a file of the given one may have in the inbox, on any share:
// the last part of it without what drives a path, a shell or Windows. It is empty where
// nothing is left, and for names that no run takes.
func SafeName(name string) string {
	name = norm.NFC.String(strings.ToValidUTF8(name, "_"))
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	name = strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.C, r):
			return -1
		case strings.ContainsRune(`<>:"|?*`, r):
			return '_'
		}
		return r
	}, name)
	name = strings.Trim(strings.Join(strings.Fields(name), " "), ". ")
	extension := path.Ext(name)
	stem := strings.TrimRight(strings.TrimSuffix(name, extension), ". ")
	if slices.Contains(devices, strings.ToUpper(stem)) {
		stem = "_" + stem
	}
	const most = 200 // bytes, with room for a number and for the answer's ending
	for len(stem)+len(extension) > most && stem != "" {
		runes := []rune(stem)
		stem = string(runes[:len(runes)-1])
	}
	if stem == "" || ignored(stem+extension) || isConflict(stem+extension) {
		return ""
	}
	return stem + extension
}

// devices are names that Windows keeps for itself.
var devices = []string{
	"CON", "PRN", "AUX", "NUL", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9",
	"LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9",
}

// Free is the path below the inbox that a file of this name can have in a folder
// without touching another: name.xlsx, else name (2).xlsx and so on.
func Free(inbox, folder, name string) (string, error) {
	root, err := os.OpenRoot(inbox)
	if err != nil {
		return "", fmt.Errorf("open inbox: %w", err)
	}
	defer func() { _ = root.Close() }() // it was only looked at
	for n := 1; n < 1000; n++ {
		free := path.Join(folder, numbered(name, n))
		_, err := root.Lstat(free)
		if errors.Is(err, fs.ErrNotExist) {
			return free, nil
		}
		if err != nil {
			return "", fmt.Errorf("look for %q: %w", free, err)
		}
	}
	return "", fmt.Errorf("no name is free for %q in %q", name, folder)
}

func numbered(name string, n int) string {
	if n == 1 {
		return name
	}
	extension := path.Ext(name)
	return fmt.Sprintf("%s (%d)%s", strings.TrimSuffix(name, extension), n, extension)
}

// Place puts a file into the inbox at a path that Free has given, whole or not at all. A
// file that somebody put there meanwhile stays, and is fs.ErrExist.
func Place(inbox, below string, data io.Reader) (err error) {
	root, err := os.OpenRoot(inbox)
	if err != nil {
		return fmt.Errorf("open inbox: %w", err)
	}
	defer func() { err = errors.Join(err, root.Close()) }()
	if err := root.MkdirAll(path.Dir(below), 0o775); err != nil {
		return fmt.Errorf("make folder of %q: %w", below, err)
	}
	temporary := path.Join(path.Dir(below), ".placing-"+rand.Text())
	file, err := root.OpenFile(temporary, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o664)
	if err != nil {
		return fmt.Errorf("write %q: %w", below, err)
	}
	_, err = io.Copy(file, data)
	err = errors.Join(err, file.Sync(), file.Close())
	if err == nil {
		err = moveNew(root, temporary, below)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("write %q: %w", below, err), root.Remove(temporary))
	}
	return nil
}

// moveNew gives a file its name unless another has it. Where the share knows no links, an
// empty file of ours holds the name for a moment.
func moveNew(root *os.Root, from, to string) error {
	err := root.Link(from, to)
	if err == nil {
		return root.Remove(from)
	}
	if errors.Is(err, fs.ErrExist) {
		return err
	}
	held, err := root.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o664)
	if err != nil {
		return err
	}
	return errors.Join(held.Close(), root.Rename(from, to))
}
