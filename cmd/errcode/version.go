package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

// What a release is built with (-ldflags -X). "go install" leaves them empty;
// then the build information that Go keeps knows better.
var (
	releaseVersion string
	releaseCommit  string
	releaseDate    string
)

// version describes this build: v1.2.0 (3f2c1ab, 2026-01-31) go1.26 linux/amd64.
func version() string {
	number, commit, date := releaseVersion, releaseCommit, releaseDate
	if info, ok := debug.ReadBuildInfo(); ok && number == "" {
		number = info.Main.Version
		for _, s := range info.Settings {
			switch s.Key {
			case "vcs.revision":
				commit = s.Value
			case "vcs.time":
				date = s.Value
			}
		}
	}
	text := number
	if number == "" || number == "(devel)" {
		text = "(development)"
	}
	if commit != "" {
		text += fmt.Sprintf(" (%.7s, %.10s)", commit, date)
	}
	return fmt.Sprintf("%s %s %s/%s", text, runtime.Version(), runtime.GOOS, runtime.GOARCH)
}
