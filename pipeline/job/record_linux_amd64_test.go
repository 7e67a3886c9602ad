package job_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
)

// An op is one thing that a process did to a file.
type op struct {
	kind     string // create, mkdir, write, truncate, sync, rename, link, unlink
	path, to string
	at       int64 // of a write; the size after a truncate
	data     []byte
}

// errNoTracing tells that this machine lets nobody watch a process.
var errNoTracing = errors.New("processes can't be traced here")

// A tracer notes what a process does to the files below a folder, system call by
// system call: what any library in it does too.
type tracer struct {
	root    string
	pid     int
	memory  *os.File
	exists  map[string]bool // whether a path is there, as far as the ops tell
	entered map[int]op      // by thread, what a call that has not returned will have done
	ops     []op
	code    int
}

// trace runs a command to its end.
func trace(command *exec.Cmd, root string) (t *tracer, err error) {
	runtime.LockOSThread() // the kernel knows the tracer by its thread
	defer runtime.UnlockOSThread()
	command.SysProcAttr = &syscall.SysProcAttr{Ptrace: true, Setpgid: true}
	if err := command.Start(); err != nil {
		return nil, errors.Join(errNoTracing, err)
	}
	t = &tracer{root: root, pid: command.Process.Pid, exists: map[string]bool{}, entered: map[int]op{}}
	_ = filepath.WalkDir(root, func(path string, _ os.DirEntry, err error) error {
		t.exists[path] = true
		return err
	})
	var status syscall.WaitStatus
	if _, err := syscall.Wait4(t.pid, &status, syscall.WALL, nil); err != nil {
		return nil, err
	}
	if err := syscall.PtraceSetOptions(t.pid, syscall.PTRACE_O_TRACESYSGOOD|syscall.PTRACE_O_TRACECLONE); err != nil {
		return nil, errors.Join(errNoTracing, err)
	}
	if t.memory, err = os.Open(fmt.Sprintf("/proc/%d/mem", t.pid)); err != nil {
		return nil, errors.Join(errNoTracing, err)
	}
	defer func() { err = errors.Join(err, t.memory.Close()) }()
	if err := syscall.PtraceSyscall(t.pid, 0); err != nil {
		return nil, err
	}
	return t, t.follow()
}

// follow goes from stop to stop of the process's threads until it has ended.
func (t *tracer) follow() error {
	inside := map[int]bool{}
	for {
		var status syscall.WaitStatus
		thread, err := syscall.Wait4(-t.pid, &status, syscall.WALL, nil)
		if errors.Is(err, syscall.EINTR) {
			continue
		}
		if err != nil {
			return err
		}
		if status.Exited() || status.Signaled() {
			if thread == t.pid {
				t.code = status.ExitStatus()
				return nil
			}
			continue
		}
		deliver := 0
		switch signal := status.StopSignal(); {
		case signal == syscall.SIGTRAP|0x80:
			if inside[thread] = !inside[thread]; inside[thread] {
				t.enter(thread)
			} else {
				t.leave(thread)
			}
		case signal == syscall.SIGTRAP, signal == syscall.SIGSTOP: // a new thread
		default:
			deliver = int(signal)
		}
		_ = syscall.PtraceSyscall(thread, deliver) // it may have ended
	}
}

// enter notes what a call is about to do, from its arguments.
func (t *tracer) enter(thread int) {
	var r syscall.PtraceRegs
	if syscall.PtraceGetRegs(thread, &r) != nil {
		return
	}
	const openat, renameat2, pwritev = syscall.SYS_OPENAT, 316, 296
	o := op{}
	switch r.Orig_rax {
	case openat:
		if flags := r.Rdx; flags&(syscall.O_CREAT|syscall.O_TRUNC) != 0 {
			o = op{kind: "open", path: t.place(r.Rdi, r.Rsi)}
			if flags&syscall.O_TRUNC != 0 {
				o.to = "truncate"
			}
		}
	case syscall.SYS_WRITE:
		o = op{kind: "write", path: t.file(r.Rdi), at: -1, data: t.bytes(r.Rsi, r.Rdx)}
	case syscall.SYS_PWRITE64:
		o = op{kind: "write", path: t.file(r.Rdi), at: int64(r.R10), data: t.bytes(r.Rsi, r.Rdx)}
	case syscall.SYS_FTRUNCATE:
		o = op{kind: "truncate", path: t.file(r.Rdi), at: int64(r.Rsi)}
	case syscall.SYS_FSYNC, syscall.SYS_FDATASYNC:
		o = op{kind: "sync", path: t.file(r.Rdi)}
	case syscall.SYS_RENAME:
		o = op{kind: "rename", path: t.text(r.Rdi), to: t.text(r.Rsi)}
	case syscall.SYS_RENAMEAT, renameat2:
		o = op{kind: "rename", path: t.place(r.Rdi, r.Rsi), to: t.place(r.Rdx, r.R10)}
	case syscall.SYS_LINK:
		o = op{kind: "link", path: t.text(r.Rdi), to: t.text(r.Rsi)}
	case syscall.SYS_LINKAT:
		o = op{kind: "link", path: t.place(r.Rdi, r.Rsi), to: t.place(r.Rdx, r.R10)}
	case syscall.SYS_UNLINK, syscall.SYS_RMDIR:
		o = op{kind: "unlink", path: t.text(r.Rdi)}
	case syscall.SYS_UNLINKAT:
		o = op{kind: "unlink", path: t.place(r.Rdi, r.Rsi)}
	case syscall.SYS_MKDIR:
		o = op{kind: "mkdir", path: t.text(r.Rdi)}
	case syscall.SYS_MKDIRAT:
		o = op{kind: "mkdir", path: t.place(r.Rdi, r.Rsi)}
	case syscall.SYS_WRITEV, pwritev, syscall.SYS_SENDFILE, syscall.SYS_FALLOCATE, 326: // copy_file_range
		o = op{kind: "unknown", path: t.file(r.Rdi)}
	}
	delete(t.entered, thread)
	if o.kind != "" && strings.HasPrefix(o.path, t.root) {
		t.entered[thread] = o
	}
}

// leave notes what a call has done.
func (t *tracer) leave(thread int) {
	o, ok := t.entered[thread]
	var r syscall.PtraceRegs
	if !ok || syscall.PtraceGetRegs(thread, &r) != nil || int64(r.Rax) < 0 {
		return
	}
	delete(t.entered, thread)
	switch o.kind {
	case "open":
		switch {
		case !t.exists[o.path]:
			o = op{kind: "create", path: o.path}
		case o.to != "":
			o = op{kind: "truncate", path: o.path}
		default:
			return
		}
	case "write":
		o.data = o.data[:r.Rax]
		if o.at < 0 {
			o.at = t.position(o.path) - int64(r.Rax)
		}
	}
	t.exists[o.path] = o.kind != "unlink" && o.kind != "rename"
	if o.to != "" {
		t.exists[o.to] = true
	}
	t.ops = append(t.ops, o)
}

// position is where the process stands in a file that it has open.
func (t *tracer) position(path string) int64 {
	folders, _ := filepath.Glob(fmt.Sprintf("/proc/%d/fd/*", t.pid))
	for _, fd := range folders {
		if name, err := os.Readlink(fd); err != nil || name != path {
			continue
		}
		text, _ := os.ReadFile(strings.Replace(fd, "/fd/", "/fdinfo/", 1))
		var at int64
		if _, err := fmt.Sscanf(string(text), "pos: %d", &at); err == nil {
			return at
		}
	}
	return -1
}

func (t *tracer) file(fd uint64) string {
	name, _ := os.Readlink(fmt.Sprintf("/proc/%d/fd/%d", t.pid, int32(fd)))
	return name
}

func (t *tracer) place(folder, name uint64) string {
	path := t.text(name)
	if filepath.IsAbs(path) || int32(folder) == -100 { // AT_FDCWD
		return path
	}
	return filepath.Join(t.file(folder), path)
}

func (t *tracer) text(at uint64) string {
	data := t.bytes(at, 4096)
	text, _, _ := bytes.Cut(data, []byte{0})
	return string(text)
}

// bytes reads the process's memory; near the end of a mapping there may be fewer.
func (t *tracer) bytes(at, n uint64) []byte {
	data := make([]byte, n)
	got, err := t.memory.ReadAt(data, int64(at))
	if err != nil && n <= 4096 { // up to the end of the page
		got, _ = t.memory.ReadAt(data[:min(n, 4096-at%4096)], int64(at))
	}
	return data[:max(got, 0)]
}
