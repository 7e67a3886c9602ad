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

// hideConsole takes the window away that Windows opened for the program.
func hideConsole() {
	window, _, _ := windows.NewLazySystemDLL("kernel32.dll").NewProc("GetConsoleWindow").Call()
	if hide := windows.NewLazySystemDLL("user32.dll").NewProc("ShowWindow"); window != 0 && hide.Find() == nil {
		_, _, _ = hide.Call(window, windows.SW_HIDE) // it tells whether the window was seen before
	}
}

// showBox shows text until it is clicked away.
func showBox(text string, good bool) {
	icon := uint32(windows.MB_ICONWARNING)
	if good {
		icon = windows.MB_ICONINFORMATION
	}
	content, err := windows.UTF16PtrFromString(text)
	title, fault := windows.UTF16PtrFromString("kiemtra")
	if err == nil && fault == nil {
		_, _ = windows.MessageBox(0, content, title, windows.MB_OK|windows.MB_SETFOREGROUND|icon) // there is one button
	}
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
