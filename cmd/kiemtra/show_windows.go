package main

import (
	"fmt"
	"unsafe"

	"golang.org/x/sys/windows"
)

// ownsConsole tells whether the window was opened for this program alone, by a
// double-click or by dragging a file: it closes when the program ends.
func ownsConsole() bool {
	list := windows.NewLazySystemDLL("kernel32.dll").NewProc("GetConsoleProcessList")
	if list.Find() != nil {
		return false
	}
	var processes [2]uint32
	n, _, _ := list.Call(uintptr(unsafe.Pointer(&processes[0])), uintptr(len(processes)))
	return n == 1
}

// show opens a file in the program that Windows has for it. No command line is
// made of its name.
func show(path string) error {
	file, err := windows.UTF16PtrFromString(path)
	if err == nil {
		err = windows.ShellExecute(0, nil, file, nil, nil, windows.SW_SHOWNORMAL)
	}
	if err != nil {
		return fmt.Errorf("open %q: %w", path, err)
	}
	return nil
}
