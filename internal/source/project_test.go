package source

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/errcode-cli/errcode/internal/entry"
)

// projectIn reads the project's file of that name.
func projectIn(t *testing.T, name string) *Project {
	t.Helper()
	for s, err := range Find(name) {
		if err != nil {
			t.Fatal(err)
		}
		return projectOf(t, s)
	}
	return nil
}

func projectOf(t *testing.T, s *Source) *Project {
	t.Helper()
	f, err := s.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	_, err = s.Read(t.Context(), f, func(e entry.Entry) { t.Errorf("there is an entry %+v", e) })
	p, ok := errors.AsType[*Project](err)
	if !ok {
		t.Fatalf("%s is no project: %v", s.Name, err)
	}
	return p
}

// saidOf is what a project lists, as names from its folder, and the problems, without
// the system's words.
func saidOf(p *Project, dir string) string {
	listed, err := p.Catalogs([]string{"api", "http"})
	var all []string
	for _, l := range listed {
		name := l.Name
		if l.Source != nil {
			if rel, err := filepath.Rel(dir, name); err == nil {
				name = filepath.ToSlash(rel)
			}
		}
		all = append(all, name)
	}
	if invalid, ok := errors.AsType[*InvalidError](err); ok {
		for _, p := range invalid.Problems {
			if p.Rule == "not-catalog" {
				p.Message = ""
			}
			all = append(all, strings.TrimSpace(fmt.Sprintf("%d:%d %s %s", p.Line, p.Column, p.Rule, p.Message)))
		}
	} else if err != nil {
		all = append(all, err.Error())
	}
	return strings.Join(all, "\n")
}

func TestProject(t *testing.T) {
	dir := write(t, map[string]string{
		"secret.yaml":                      "",
		"project/.git/":                    "",
		"project/top.yaml":                 "",
		"project/errors/a.yaml":            "",
		"project/errors/deep.yaml":         "",
		"project/errors/b.yml":             "",
		"project/errors/c.JSON":            "",
		"project/errors/note.txt":          "",
		"project/errors/.hidden.yaml":      "",
		"project/errors/[x].yaml":          "",
		"project/errors/deep/er/d.yaml":    "",
		"project/errors/deep/e.yaml":       "",
		"project/errors/.svn/f.yaml":       "",
		"project/errors/folder.yaml/":      "",
		"project/errors/empty/":            "",
		"project/errors/app/.github/g.yml": "",
		"project/errors/app/p.yaml":        "",
		"loose/errors/a.yaml":              "",
		"loose/shared.yaml":                "",
	})
	at := func(name string) string { return filepath.Join(dir, filepath.FromSlash(name)) }
	for link, target := range map[string]string{
		"project/errors/out.yaml": at("secret.yaml"), "project/errors/outside": dir, "project/linked": filepath.Join("errors", "deep"), "project/in.yml": "top.yaml",
	} {
		if err := os.Symlink(target, at(link)); err != nil {
			t.Skip("no links here:", err)
		}
	}
	for _, test := range []struct{ file, list, want string }{
		{"project/p.yaml", `[top.yaml, api, errors/a.yaml]`, "top.yaml\napi\nerrors/a.yaml"},
		{"project/p.yaml", `[./errors/deep/../a.yaml, api, errors/a.yaml, api, "errors/[ab].y*ml"]`, "errors/a.yaml\napi\nerrors/b.yml"},
		{"project/p.json", `["errors/deep/", "./linked", "in.yml"]`, "errors/deep/e.yaml\nlinked/e.yaml\nin.yml"},
		{"project/p.yaml", `["errors/?.*"]`, "errors/a.yaml\nerrors/b.yml\nerrors/c.JSON"},
		{"project/p.yaml", `['errors/\[x\].*']`, "errors/[x].yaml"},
		{"project/p.yaml", `["errors/deep/**"]`, "errors/deep/e.yaml\nerrors/deep/er/d.yaml"},
		{"project/p.yaml", `["**/d*/**/*.yaml"]`, "errors/deep/e.yaml\nerrors/deep/er/d.yaml"},
		{"project/p.yaml", `["**/e.yaml", "linked/*.yaml"]`, "errors/deep/e.yaml\nlinked/e.yaml"},
		{"project/p.yaml", `["errors/**/[d-h]*.*", "errors/*.yaml"]`, "errors/deep.yaml\nerrors/deep/e.yaml\nerrors/deep/er/d.yaml\nerrors/[x].yaml\nerrors/a.yaml\n1:34 not-catalog"},
		{"project/p.yaml", `["errors/.h*", "errors/*/.github/**"]`, "errors/.hidden.yaml\nerrors/app/.github/g.yml"},
		{"project/p.yaml", `["./*.yaml", "*/../in.yml"]`, "top.yaml\nin.yml"}, // not the project's own
		{"project/p.yaml", `[./]`, "in.yml\ntop.yaml"},
		{"project/errors/app/p.yaml", `[../../top.yaml, "../*.yml", "../../er*/d*/*"]`, "../../top.yaml\n../b.yml\n../deep/e.yaml"},
		{"project/p.yaml", `[errors/../../secret.yaml, ../secret.yaml, "../*.yaml"]`,
			"1:12 outside-project \"errors/../../secret.yaml\" leads out of the project, which is ROOT\n" +
				"1:38 outside-project \"../secret.yaml\" leads out of the project, which is ROOT\n" +
				"1:54 outside-project \"../*.yaml\" leads out of the project, which is ROOT"},
		{"project/p.yaml", `[/etc/errors.yaml]`, "1:12 outside-project \"/etc/errors.yaml\" is no path as seen from this file"},
		{"project/p.yaml", `[errors/out.yaml, errors/outside/secret.yaml]`,
			"1:12 not-catalog\n" +
				"1:29 not-catalog"},
		{"project/p.yaml", `["errors/o*.yaml", "errors/outside/*"]`,
			"1:12 not-catalog\n" +
				"1:30 no-match no catalog file matches \"errors/outside/*\""},
		{"project/p.yaml", `[nope.yaml, top.yaml, errors/note.txt, errors/empty/, errors/folder.yaml, "errors/x*", "errors/[", nope, ht-tp, errors]`, "top.yaml\n" +
			"1:12 not-catalog\n" +
			"1:33 not-catalog\n" +
			"1:50 not-catalog\n" +
			"1:65 not-catalog\n" +
			"1:85 no-match no catalog file matches \"errors/x*\"\n" +
			"1:98 bad-pattern \"errors/[\" cannot be matched: syntax error in pattern\n" +
			"1:110 unknown-catalog no built-in catalog \"nope\"; a file or folder of that name is written \"./nope\"\n" +
			"1:116 unknown-catalog no built-in catalog \"ht-tp\"; did you mean \"http\"?\n" +
			"1:123 unknown-catalog no built-in catalog \"errors\"; a file or folder of that name is written \"./errors\""},
		{"loose/errors/p.yaml", `[a.yaml, ../shared.yaml]`, "a.yaml\n1:20 outside-project \"../shared.yaml\" leads out of the project, which is ROOT"},
	} {
		text := "catalogs: " + test.list
		if strings.HasSuffix(test.file, ".json") {
			text = `{"catalogs": ` + test.list + `}`
		}
		if err := os.WriteFile(at(test.file), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		root := at("project")
		if strings.HasPrefix(test.file, "loose") {
			root = at("loose/errors")
		}
		root, err := filepath.EvalSymlinks(root)
		if err != nil {
			t.Fatal(err)
		}
		want := strings.NewReplacer("DIR", dir, "ROOT", fmt.Sprintf("%q", root)).Replace(test.want)
		got := saidOf(projectIn(t, at(test.file)), filepath.Dir(at(test.file)))
		if got != want && strings.ReplaceAll(got, "/private", "") != want {
			t.Errorf("%s in %s: got\n%s\nwant\n%s", test.list, test.file, got, want)
		}
		if err := os.Remove(at(test.file)); err != nil {
			t.Fatal(err)
		}
	}
}

// TestProjectLinked names the files of a project that is reached by a link where they are.
func TestProjectLinked(t *testing.T) {
	dir := write(t, map[string]string{"real/p.yaml": "catalogs: [a.yaml]", "real/a.yaml": "", "other/": ""})
	dir, err := filepath.EvalSymlinks(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(dir, "real", "p.yaml"), filepath.Join(dir, "other", "p.yaml")); err != nil {
		t.Skip("no links here:", err)
	}
	listed, err := projectIn(t, filepath.Join(dir, "other", "p.yaml")).Catalogs(nil)
	if err != nil || len(listed) != 1 || listed[0].Name != filepath.Join(dir, "real", "a.yaml") {
		t.Errorf("%v (%v)", listed, err)
	}
}

// TestProjectElsewhere lists files of a file system that is no disk's, and built-in
// catalogs where there is no file at all.
func TestProjectElsewhere(t *testing.T) {
	files := fstest.MapFS{"x/p.yaml": {Data: []byte("catalogs: [a.yaml, '../*.yml']")}, "x/a.yaml": {}, "b.yml": {}}
	for s, err := range FindIn(files, "x/p.yaml", "v1:x/p.yaml") {
		if err != nil {
			t.Fatal(err)
		}
		if got := saidOf(projectOf(t, s), "v1:x"); got != "a.yaml\n../b.yml" {
			t.Errorf("got\n%s", got)
		}
	}
	if got := saidOf(projectOf(t, Text("-", []byte(` {"catalogs": ["api", "a.yaml"]}`))), ""); got != "api\n1:23 not-catalog" {
		t.Errorf("got\n%s", got)
	}
}

// TestText guesses the format of a text by its first sign.
func TestText(t *testing.T) {
	for text, want := range map[string]string{
		`{"catalog": 1}`:                "1:13 expected text, not a number; put it in quotes",
		"\ufeff\r\n\t {\"catalog\": 1}": "2:15 expected text, not a number; put it in quotes",
		"{catalog: 1}":                  "1:2 expected a key in double quotes or \"}\", not \"c\"",
		"catalog: A":                    "1:10 a name is lower-case letters and digits, with single hyphens between them",
	} {
		s := Text("-", []byte(text))
		for range 2 { // as often as it is asked for
			f, err := s.Open()
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			_, err = s.Read(t.Context(), f, func(entry.Entry) {})
			invalid, ok := errors.AsType[*InvalidError](err)
			if !ok {
				t.Fatalf("%q: %v", text, err)
			}
			var all []string
			for _, p := range invalid.Problems {
				all = append(all, fmt.Sprintf("%d:%d %s", p.Line, p.Column, p.Message))
			}
			if got := strings.Join(all, "\n"); !strings.Contains(got, want) {
				t.Errorf("%q: got\n%s\nwant %s", text, got, want)
			}
		}
	}
}
