package main

import (
	"fmt"
	"io"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

func newVersion(p *program) *cobra.Command {
	return &cobra.Command{
		Use:               "version",
		Short:             "Print the version",
		Long:              "Print the version, the commit and the platform of this errcode.",
		Args:              noWords,
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE:              func(*cobra.Command, []string) error { return p.writeVersion() },
	}
}

func (p *program) writeVersion() error {
	_, err := io.WriteString(p.stdout, "errcode "+version()+"\n")
	return err
}

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
