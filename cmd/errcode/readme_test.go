package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
)

// TestReadme runs the sessions of the documents: in a "console" block each
// line that begins with "$ " is a command, what follows is what it prints, in
// the order it prints it. With -update the documents get what it prints.
func TestReadme(t *testing.T) {
	inShell(t)
	const readme = "../../README.md"
	text, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	block := regexp.MustCompile("(?ms)^```console\n(.*?)^```$")
	sessions := 0
	now := block.ReplaceAllStringFunc(string(text), func(b string) string {
		sessions++
		return "```console\n" + replay(block.FindStringSubmatch(b)[1]) + "```"
	})
	if sessions == 0 {
		t.Fatal("the README shows no session")
	}
	if *update {
		if err := os.WriteFile(readme, []byte(now), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	was := strings.Split(string(text), "\n")
	for i, line := range strings.Split(now, "\n") {
		if i >= len(was) || line != was[i] {
			t.Fatalf("README.md:%d: a session prints something else now:\n%s\nRead what changed, then run go test ./cmd/errcode -run Readme -update", i+1, line)
		}
	}
}

// inShell lets a test run lines of a Unix shell that call errcode and jq.
func inShell(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the lines are those of a Unix shell")
	}
	for _, tool := range []string{"jq"} {
		if _, err := exec.LookPath(tool); err != nil {
			if os.Getenv("CI") != "" {
				t.Fatalf("the lines need %s: %v", tool, err)
			}
			t.Skipf("the lines need %s: %v", tool, err)
		}
	}
	bin := t.TempDir()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(self, filepath.Join(bin, "errcode")); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", bin+string(os.PathListSeparator)+os.Getenv("PATH"))
}

// replay runs the commands of a session and returns it with what they print.
func replay(session string) string {
	var b strings.Builder
	for line := range strings.Lines(session) {
		if command, ok := strings.CutPrefix(line, "$ "); ok {
			cmd := exec.Command("sh", "-c", command)
			cmd.Dir = filepath.Join("..", "..")
			printed, _ := cmd.CombinedOutput() // the session shows what failed
			b.WriteString(line)
			b.Write(printed)
		}
	}
	return b.String()
}

// TestReadmeWorkflows runs the steps that the README shows of workflows, on
// files like those that they name: they are good usage and find what they are
// there to find.
func TestReadmeWorkflows(t *testing.T) {
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for from, to := range map[string]string{"app.log": "build.log", "payments.yaml": "errors/payments.yaml"} {
		content, err := os.ReadFile(filepath.Join("..", "..", "examples", from))
		if err != nil {
			t.Fatal(err)
		}
		to = filepath.Join(dir, filepath.FromSlash(to))
		if err := os.MkdirAll(filepath.Dir(to), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(to, content, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	steps := map[string]int{
		"errcode validate --strict -o github errors/*.yaml": 0,
		"errcode scan --fail-on any -o github build.log":    1,
	}
	if n := strings.Count(string(text), "- run: errcode "); n != len(steps) {
		t.Errorf("the README shows %d steps, %d are tested", n, len(steps))
	}
	for step, exit := range steps {
		if !strings.Contains(string(text), "\n- run: "+step+"\n") {
			t.Errorf("the README does not show the step %q", step)
		}
		words := strings.Fields(strings.Replace(step, "*", "payments", 1))
		c := exec.Command(words[0], words[1:]...)
		c.Dir = dir
		c.Env = append(os.Environ(), "GITHUB_ACTIONS=true")
		printed, _ := c.Output()
		if c.ProcessState.ExitCode() != exit || strings.HasPrefix(string(printed), "::error file=build.log,") != (exit == 1) {
			t.Errorf("%s: exit code %d\n%s", step, c.ProcessState.ExitCode(), printed)
		}
	}
}
