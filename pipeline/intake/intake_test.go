package intake_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"

	"tonghop/pipeline"
	"tonghop/pipeline/intake"
)

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	path := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestLook(t *testing.T) {
	t.Parallel()
	inbox, outside := t.TempDir(), t.TempDir()
	write(t, outside, "secret.xlsx", "x")
	for _, name := range []string{
		"A/bc.xlsx", "A/2015/Báo cáo (2).xlsx", "A/bc - Copy.xlsx", "root.xlsx", "B/scan.pdf",
		"A/~$bc.xlsx", "A/.~lock.bc.xlsx#", "A/x.tmp", "A/x.xlsx.part", "A/.hidden", "A/.git/config", "A/Thumbs.db",
		"A/bc.sync-conflict-20260101-080000-ABC.xlsx",
	} {
		write(t, inbox, name, "x")
	}
	for link, target := range map[string]string{"A/link.xlsx": filepath.Join(outside, "secret.xlsx"), "linked": outside} {
		if err := os.Symlink(target, filepath.Join(inbox, filepath.FromSlash(link))); err != nil {
			t.Fatal(err)
		}
	}
	listing, err := intake.Look(inbox)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range listing.Files {
		names = append(names, f.Path)
	}
	if diff := cmp.Diff([]string{"A/2015/Báo cáo (2).xlsx", "A/bc - Copy.xlsx", "A/bc.xlsx", "B/scan.pdf", "root.xlsx"}, names); diff != "" {
		t.Errorf("files mismatch (-want +got):\n%s", diff)
	}
	if len(listing.Conflicts) != 1 {
		t.Errorf("conflicts = %q, want the sync program's copy", listing.Conflicts)
	}
	share := filepath.Join(t.TempDir(), "inbox")
	if err := os.Symlink(inbox, share); err != nil {
		t.Fatal(err)
	}
	if linked, err := intake.Look(share); err != nil || len(linked.Files) != len(listing.Files) {
		t.Errorf("an inbox that is a link showed %d files, %v; want %d", len(linked.Files), err, len(listing.Files))
	}
	if _, err := intake.Look(filepath.Join(inbox, "absent")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a missing inbox gave %v, want an error: it may be an unmounted share", err)
	}
}

func TestSettled(t *testing.T) {
	t.Parallel()
	inbox := t.TempDir()
	for _, name := range []string{"A/still.xlsx", "A/grows.xlsx", "A/vanishes.xlsx"} {
		write(t, inbox, name, "x")
	}
	listing, err := intake.Look(inbox)
	if err != nil {
		t.Fatal(err)
	}
	files := listing.Files
	write(t, inbox, "A/grows.xlsx", "xx")
	if err := os.Remove(filepath.Join(inbox, "A", "vanishes.xlsx")); err != nil {
		t.Fatal(err)
	}
	settled, moving, err := intake.Settled(context.Background(), inbox, files, 0)
	if err != nil {
		t.Fatal(err)
	}
	if len(settled) != 1 || settled[0].Path != "A/still.xlsx" || moving != 2 {
		t.Errorf("Settled = %v, moving %d; want A/still.xlsx, moving 2", settled, moving)
	}
}

func TestArchive(t *testing.T) {
	t.Parallel()
	inbox := t.TempDir()
	archive := intake.Archive{Dir: filepath.Join(t.TempDir(), "archive")}
	write(t, inbox, "A/bc.xlsx", "content")
	listing, err := intake.Look(inbox)
	if err != nil {
		t.Fatal(err)
	}
	files := listing.Files
	sha, err := archive.Put(inbox, files[0])
	if err != nil {
		t.Fatal(err)
	}
	data, err := archive.Get(sha)
	if err != nil || string(data) != "content" {
		t.Errorf("Get = %q, %v; want the file's bytes", data, err)
	}
	write(t, inbox, "A/bc.xlsx", "changed meanwhile")
	if _, err := archive.Put(inbox, files[0]); !errors.Is(err, intake.ErrChanged) {
		t.Errorf("a file that changed gave %v, want ErrChanged", err)
	}
}

// What a unit puts in the place of its file between the look and the copy is not
// taken for that file, gives nobody else's file away and holds nothing up.
func TestReplacedBeforeTheCopy(t *testing.T) {
	t.Parallel()
	for name, replace := range map[string]func(inbox, path string) error{
		"link out of the inbox": func(inbox, path string) error { return os.Symlink(filepath.Join(inbox, "..", "secret"), path) },
		"link to another unit":  func(_, path string) error { return os.Symlink("../B/secret", path) },
		"pipe":                  func(_, path string) error { return syscall.Mkfifo(path, 0o644) },
		"folder":                func(_, path string) error { return os.Mkdir(path, 0o755) },
		"newer file":            func(inbox, path string) error { return os.Rename(filepath.Join(inbox, "B", "other"), path) },
		"nothing":               func(string, string) error { return nil },
	} {
		inbox, archive := filepath.Join(t.TempDir(), "inbox"), intake.Archive{Dir: t.TempDir()}
		at := time.Now().Add(-time.Hour)
		for _, file := range []string{"A/bc.xlsx", "../secret", "B/secret", "B/other"} { // all look alike
			write(t, inbox, file, "content "+filepath.Base(file)[:1])
			if err := os.Chtimes(filepath.Join(inbox, file), at, at); err != nil {
				t.Fatal(err)
			}
		}
		write(t, inbox, "B/other", "newer")
		listing, err := intake.Look(inbox)
		if err == nil {
			err = os.Remove(filepath.Join(inbox, "A", "bc.xlsx"))
		}
		if err == nil {
			err = replace(inbox, filepath.Join(inbox, "A", "bc.xlsx"))
		}
		if err != nil {
			t.Fatal(err)
		}
		if sha, err := archive.Put(inbox, listing.Files[0]); err == nil {
			t.Errorf("%s: taken as %s", name, sha)
		}
		if kept, err := os.ReadDir(archive.Dir); err != nil || len(kept) > 0 {
			t.Errorf("%s: in the archive lies %v, %v", name, kept, err)
		}
	}
}

// Of a file that grows while it is copied no more is read than it had, and nothing is
// kept.
func TestGrowingFile(t *testing.T) {
	t.Parallel()
	const had, grown = 32 << 20, 256 << 20
	inbox, archive := t.TempDir(), intake.Archive{Dir: t.TempDir()}
	write(t, inbox, "A/bc.xlsx", "")
	source := filepath.Join(inbox, "A", "bc.xlsx")
	if err := os.Truncate(source, had); err != nil {
		t.Fatal(err)
	}
	listing, err := intake.Look(inbox)
	if err != nil {
		t.Fatal(err)
	}
	for err == nil { // until it grew in time
		ended, most := make(chan struct{}), make(chan int64)
		go func() { most <- growWhileRead(source, grown, archive.Dir, ended) }()
		_, err = archive.Put(inbox, listing.Files[0])
		close(ended)
		if read := <-most; read > had+1 {
			t.Errorf("read %d bytes of a file that had %d", read, had)
		}
		if err == nil {
			if err := errors.Join(os.RemoveAll(archive.Dir), os.Truncate(source, had), os.Chtimes(source, time.Time{}, listing.Files[0].ModTime)); err != nil {
				t.Fatal(err)
			}
		}
	}
	if kept, fault := os.ReadDir(archive.Dir); !errors.Is(err, intake.ErrChanged) || fault != nil || len(kept) > 0 {
		t.Errorf("error = %v, in the archive lies %v, %v; want ErrChanged and nothing", err, kept, fault)
	}
}

// growWhileRead lets a file grow once its copy is seen in a folder, and tells how large
// that was seen.
func growWhileRead(source string, size int64, folder string, ended <-chan struct{}) (most int64) {
	for {
		select {
		case <-ended:
			return most
		default:
		}
		copies, _ := filepath.Glob(filepath.Join(folder, "taking-*"))
		for _, name := range copies {
			if info, err := os.Stat(name); err == nil && info.Size() > most {
				if most == 0 {
					_ = os.Truncate(source, size) // seen by what is read
				}
				most = info.Size()
			}
		}
	}
}

// Folders nested without end cost a bounded walk, and are told.
func TestNestedWithoutEnd(t *testing.T) {
	t.Parallel()
	inbox := t.TempDir()
	write(t, inbox, "A/bc.xlsx", "x")
	at, err := os.OpenRoot(filepath.Join(inbox, "A"))
	if err != nil {
		t.Fatal(err)
	}
	name := strings.Repeat("n", 200)
	for range 30 { // deeper than a path can say
		if err := at.Mkdir(name, 0o755); err != nil {
			t.Fatal(err)
		}
		next, err := at.OpenRoot(name)
		if err := errors.Join(err, at.Close()); err != nil {
			t.Fatal(err)
		}
		at = next
	}
	if err := errors.Join(at.WriteFile("deep.xlsx", nil, 0o644), at.Close()); err != nil {
		t.Fatal(err)
	}
	listing, err := intake.Look(inbox)
	if err != nil || len(listing.Files) != 1 || len(listing.Unreadable) != 1 {
		t.Errorf("Look = %d files, %d unreadable, %v; want the plain file, and the deep folder told", len(listing.Files), len(listing.Unreadable), err)
	}
}

// A name out of an old archive may be no valid text; its file is taken all the same.
func TestNameThatIsNoText(t *testing.T) {
	t.Parallel()
	inbox := t.TempDir()
	write(t, inbox, "A/b\xb8o c\xb8o.xlsx", "content")
	listing, err := intake.Look(inbox)
	if err != nil || len(listing.Files) != 1 {
		t.Fatalf("Look = %v, %v; want one file", listing, err)
	}
	file := listing.Files[0]
	if file.Path != "A/b\ufffdo c\ufffdo.xlsx" {
		t.Errorf("path = %q, want valid text", file.Path)
	}
	settled, _, err := intake.Settled(context.Background(), inbox, listing.Files, 0)
	if err != nil || len(settled) != 1 {
		t.Errorf("Settled = %v, %v; want the file", settled, err)
	}
	if _, err := (intake.Archive{Dir: t.TempDir()}).Put(inbox, file); err != nil {
		t.Errorf("Put: %v", err)
	}
}

func TestUnits(t *testing.T) {
	t.Parallel()
	cat := &pipeline.Catalogue{Units: []pipeline.Unit{
		{Code: "H08", Name: "Liên đoàn Lao động huyện Thạnh Trị", Aliases: []string{"LĐLĐ H. Thạnh Trị"}, Folder: "H08"},
		{Code: "H07", Name: "Liên đoàn Lao động huyện Mỹ Xuyên", Aliases: []string{"LĐLĐ H. Mỹ Xuyên"}, Folder: "Mỹ Xuyên"},
		{Code: "X1", Name: "Liên đoàn Lao động huyện Phú Tân", Folder: "X1"},
		{Code: "X2", Name: "Liên đoàn Lao động huyện Phù Tân", Folder: "X2"},
	}}
	for name, want := range map[string]string{
		"Liên đoàn Lao động huyện Thạnh Trị": "H08", "LĐLĐ H. Thạnh Trị": "H08", "LIÊN ĐOÀN LAO ĐỘNG HUYỆN THẠNH TRỊ": "H08",
		"Lien doan Lao dong huyen Thanh Tri": "H08", "H08": "H08", norm.NFD.String("LĐLĐ H. Mỹ Xuyên"): "H07", "LĐLĐ H. Mĩ Xuyên": "H07",
		"Liên đoàn Lao động huyện Phú Tân": "X1", "Lien doan Lao dong huyen Phu Tan": "", "LĐLĐ huyện Mỹ": "", "": "",
	} {
		if got := intake.UnitNamed(cat, name); got != want {
			t.Errorf("UnitNamed(%q) = %q, want %q", name, got, want)
		}
	}
	for folder, want := range map[string]string{"H08": "H08", "h08": "H08", norm.NFD.String("Mỹ Xuyên"): "H07", "H07": "", "": "", "H09": ""} {
		if got := intake.UnitOfFolder(cat, folder); got != want {
			t.Errorf("UnitOfFolder(%q) = %q, want %q", folder, got, want)
		}
	}
}
