package main

import (
	"os"

	"golang.org/x/term"
)

// A terminal answers for the standard streams and the environment they are
// written in.
type terminal struct {
	stdout, stderr *os.File
	getenv         func(string) string
}

// color decides on colour for one stream: --color, then NO_COLOR, then
// CLICOLOR_FORCE or FORCE_COLOR, then CLICOLOR=0, then TERM=dumb, then whether
// the stream is a terminal.
func (t terminal) color(stream *os.File, mode string) bool {
	switch {
	case mode == "always":
		return true
	case mode == "never", t.set("NO_COLOR"):
		return false
	case t.set("CLICOLOR_FORCE"), t.set("FORCE_COLOR"):
		return true
	case t.getenv("CLICOLOR") == "0", t.getenv("TERM") == "dumb":
		return false
	default:
		return isTerminal(stream)
	}
}

// set reports whether a variable is switched on; empty and 0 are off.
func (t terminal) set(name string) bool {
	value := t.getenv(name)
	return value != "" && value != "0"
}

// isTerminal reports whether a stream is a terminal.
func isTerminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// isPiped reports whether something is sent into a stream: by a pipe, or from a file.
func isPiped(stream any) bool {
	f, ok := stream.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && (info.Mode().IsRegular() || info.Mode()&os.ModeNamedPipe != 0)
}

// inCI reports whether what runs the program is a CI's runner that obeys commands in
// its output: GitHub's, Azure's or TeamCity's.
func (t terminal) inCI() bool {
	return t.getenv("GITHUB_ACTIONS") == "true" || t.set("TF_BUILD") || t.set("TEAMCITY_VERSION")
}

// inWorkflow reports whether such a runner reads standard output. A file of the
// user's it does not read.
func (t terminal) inWorkflow() bool {
	info, err := t.stdout.Stat()
	return t.inCI() && (err != nil || !info.Mode().IsRegular())
}

// columns is the width of a stream's terminal, 0 where it is none.
func columns(stream *os.File) int {
	width, _, err := term.GetSize(int(stream.Fd()))
	if err != nil || width < 0 {
		return 0
	}
	return width
}
