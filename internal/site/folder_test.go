package site

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

// files is a site of some files, the last one of which may be an error.
func files(all ...string) iter.Seq2[file, error] {
	return func(yield func(file, error) bool) {
		for _, f := range all {
			name, content, ok := strings.Cut(f, "=")
			if !ok {
				yield(file{}, errors.New(f))
				return
			}
			write := func(w io.Writer) error {
				if content == "fails" {
					return errors.New("fails")
				}
				_, err := io.WriteString(w, content)
				return err
			}
			if !yield(file{name, write}, nil) {
				return
			}
		}
	}
}

// tree is every file below a folder but the manifest, with its content.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		name, _ := filepath.Rel(dir, path)
		switch {
		case err != nil || name == "." || name == manifestName:
		case d.IsDir():
			all[filepath.ToSlash(name)+"/"] = ""
		case d.Type()&fs.ModeSymlink != 0:
			to, _ := os.Readlink(path)
			all[filepath.ToSlash(name)] = "-> " + to
		default:
			content, _ := os.ReadFile(path)
			all[filepath.ToSlash(name)] = string(content)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func expect(t *testing.T, situation, dir string, want ...string) {
	t.Helper()
	wanted := map[string]string{}
	for _, f := range want {
		name, content, _ := strings.Cut(f, "=")
		wanted[name] = content
	}
	if got := tree(t, dir); !maps.Equal(got, wanted) {
		t.Errorf("%s: there is\n%v\nnot\n%v", situation, got, wanted)
	}
}

func put(t *testing.T, dir, name, content string) {
	t.Helper()
	path := filepath.Join(dir, filepath.FromSlash(name))
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o777), os.WriteFile(path, []byte(content), 0o666)); err != nil {
		t.Fatal(err)
	}
}

func TestReplace(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "site")
	step := func(situation string, site iter.Seq2[file, error], want ...string) {
		t.Helper()
		if err := replace(dir, site); err != nil {
			t.Errorf("%s: %v", situation, err)
		}
		expect(t, situation, dir, want...)
	}
	step("a new folder", files("codes/A=1", "codes/B=2", "index.html=i"), "codes/", "codes/A=1", "codes/B=2", "index.html=i")
	put(t, dir, "CNAME", "mine")
	put(t, dir, "codes/mine", "mine")
	before, _ := os.Stat(filepath.Join(dir, "codes", "A"))
	step("another site", files("codes/A=1", "codes/C=3", "index.html=j"), "CNAME=mine", "codes/", "codes/mine=mine", "codes/A=1", "codes/C=3", "index.html=j")
	if after, _ := os.Stat(filepath.Join(dir, "codes", "A")); !os.SameFile(before, after) {
		t.Error("a file that stays as it is was written again")
	}
	os.Remove(filepath.Join(dir, "codes", "mine"))
	step("a folder that is empty", files("index.html=k"), "CNAME=mine", "index.html=k")
	put(t, dir, "same", "s")
	step("a file that is as it should be", files("same=s", "index.html=k"), "CNAME=mine", "same=s", "index.html=k")
}

// TestReplaceRefuses has files in the way that are not errcode's, or not any more.
func TestReplaceRefuses(t *testing.T) {
	outside := t.TempDir()
	put(t, outside, "A", "outside")
	for situation, test := range map[string]struct {
		prepare func(dir string)
		says    string
	}{
		"a foreign file": {func(dir string) { put(t, dir, "new", "mine") }, "errcode did not write it"},
		"a changed file": {func(dir string) { put(t, dir, "codes/A", "mine") }, "it was changed since"},
		"a folder":       {func(dir string) { put(t, dir, "new/x", "mine") }, "no regular file"},
		"a linked file":  {func(dir string) { os.Symlink(filepath.Join(outside, "A"), filepath.Join(dir, "new")) }, "no regular file"},
		"a linked folder": {func(dir string) {
			os.RemoveAll(filepath.Join(dir, "codes"))
			os.Symlink(outside, filepath.Join(dir, "codes"))
		}, "a link or a file stands where"},
		"a file for a folder": {func(dir string) {
			os.RemoveAll(filepath.Join(dir, "codes"))
			put(t, dir, "codes", "mine")
		}, "a link or a file stands where"},
		"a linked manifest": {func(dir string) {
			os.Remove(filepath.Join(dir, manifestName))
			os.Symlink(filepath.Join(outside, "A"), filepath.Join(dir, manifestName))
		}, "no regular file"},
		"a foreign folder":    {func(dir string) { put(t, dir, stagingName+"/7", "mine") }, "errcode did not make it"},
		"a linked new folder": {func(dir string) { os.Symlink(outside, filepath.Join(dir, stagingName)) }, "errcode did not make it"},
		"a linked new folder of the same": {func(dir string) {
			put(t, dir, "photos/7", "mine")
			put(t, dir, "photos/"+filepath.Base(lockName), "mine")
			os.Symlink("photos", filepath.Join(dir, stagingName))
		}, "errcode did not make it"},
		"a folder for a lock": {func(dir string) { put(t, dir, lockName+"/mine", "mine") }, "errcode did not make it"},
		"a damaged manifest":  {func(dir string) { put(t, dir, manifestName, "nonsense") }, "not as errcode writes it"},
	} {
		dir := t.TempDir()
		if err := replace(dir, files("codes/A=1", "index.html=i")); err != nil {
			t.Fatal(err)
		}
		test.prepare(dir)
		before := tree(t, dir)
		err := replace(dir, files("codes/A=2", "new=n", "index.html=j"))
		if err == nil || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%s: %v", situation, err)
		}
		if after := tree(t, dir); !maps.Equal(before, after) {
			t.Errorf("%s: there was\n%v\nand is\n%v", situation, before, after)
		}
	}
	expect(t, "outside", outside, "A=outside")
	file := filepath.Join(outside, "A")
	if err := replace(file, files("index.html=i")); err == nil {
		t.Error("a file was taken for a folder")
	}
}

// TestReplaceFails has a site that cannot be written to its end: the old one
// stays, and the next run is none the worse.
func TestReplaceFails(t *testing.T) {
	dir := t.TempDir()
	if err := replace(dir, files("codes/A=1", "codes/B=2", "index.html=i")); err != nil {
		t.Fatal(err)
	}
	for _, failing := range []iter.Seq2[file, error]{
		files("codes/A=2", "an error"),
		files("codes/A=2", "codes/C=fails", "index.html=j"),
	} {
		if err := replace(dir, failing); err == nil {
			t.Error("nothing failed")
		}
		expect(t, "after a failure", dir, "codes/", "codes/A=1", "codes/B=2", "index.html=i")
	}
	func() {
		defer func() { _ = recover() }()
		_ = replace(dir, func(yield func(file, error) bool) {
			yield(file{"codes/A", func(w io.Writer) error { _, err := io.WriteString(w, "2"); return err }}, nil)
			panic("killed")
		})
	}()
	put(t, dir, lockName, "")
	put(t, dir, stagingName+"/7", "left behind")
	put(t, dir, stagingName+"/"+unfinished, "left behind")
	if err := replace(dir, files("codes/A=3", "index.html=k")); err != nil {
		t.Fatal(err)
	}
	expect(t, "after a killed run", dir, "codes/", "codes/A=3", "index.html=k")
}

// TestReplaceAtOnce has two runs into one folder: the second is refused while the
// first writes. Of many, each writes its site whole or nothing.
func TestReplaceAtOnce(t *testing.T) {
	dir := t.TempDir()
	err := replace(dir, func(yield func(file, error) bool) {
		for f := range files("codes/A=1", "codes/B=2", "index.html=i") {
			if err := replace(dir, files("codes/B=7", "index.html=j")); !errors.Is(err, errBusy) {
				t.Errorf("the second run: %v", err)
			}
			if !yield(f, nil) {
				return
			}
		}
	})
	if err != nil {
		t.Error(err)
	}
	expect(t, "after two runs", dir, "codes/", "codes/A=1", "codes/B=2", "index.html=i")

	var runs sync.WaitGroup
	for run := range 8 {
		runs.Go(func() {
			for again := range 20 {
				err := replace(dir, files(fmt.Sprintf("codes/A=%d", run), fmt.Sprintf("codes/%d=%d", run, again), fmt.Sprintf("index.html=%d", run)))
				if err != nil && !errors.Is(err, errBusy) {
					t.Errorf("one of many runs: %v", err)
				}
			}
		})
	}
	runs.Wait()
	is := tree(t, dir)
	if run := is["index.html"]; len(is) != 4 || is["codes/A"] != run || is["codes/"+run] == "" {
		t.Errorf("after many runs there is %v", is)
	}
	if err := replace(dir, files("index.html=k")); err != nil {
		t.Error(err)
	}
	expect(t, "after them all", dir, "index.html=k")
}

// TestReplaceKeeps has pages that the user changed, and that the site has no more:
// they stay, and are errcode's no longer.
func TestReplaceKeeps(t *testing.T) {
	dir := t.TempDir()
	if err := replace(dir, files("codes/A=1", "codes/B=2", "codes/C=3", "index.html=i")); err != nil {
		t.Fatal(err)
	}
	put(t, dir, "codes/B", "mine")
	for range 2 {
		if err := replace(dir, files("codes/A=1", "index.html=i")); err != nil {
			t.Fatal(err)
		}
		expect(t, "a changed page that is no more", dir, "codes/", "codes/A=1", "codes/B=mine", "index.html=i")
	}
	if err := replace(dir, files("codes/B=2", "index.html=i")); err == nil || !strings.Contains(err.Error(), "errcode did not write it") {
		t.Errorf("the changed page is in the way: %v", err)
	}
	expect(t, "a changed page that is in the way", dir, "codes/", "codes/A=1", "codes/B=mine", "index.html=i")
}

// TestReplaceGoesOn ends a run between each two of its moves: every file is the
// old or the new one, and the next run knows both for errcode's.
func TestReplaceGoesOn(t *testing.T) {
	site := []string{"codes/A=7", "codes/D=9", "index.html=j"}
	for moved := range len(site) + 1 {
		dir := t.TempDir()
		if err := replace(dir, files("codes/A=1", "codes/B=2", "index.html=i")); err != nil {
			t.Fatal(err)
		}
		// A file cannot be moved to below another one.
		ending := slices.Insert(slices.Clone(site), moved, "x=file", "x/y=file")
		if err := replace(dir, files(ending...)); err == nil {
			t.Fatal("the run came to its end")
		}
		is := tree(t, dir)
		for i, f := range site {
			name, content, _ := strings.Cut(f, "=")
			if isNew := is[name] == content; isNew != (i < moved) {
				t.Errorf("after %d moves, %s is %q", moved, name, is[name])
			}
		}
		if err := replace(dir, files("codes/E=5", "index.html=k")); err != nil {
			t.Errorf("after %d moves: %v", moved, err)
		}
		expect(t, fmt.Sprintf("after %d moves", moved), dir, "codes/", "codes/E=5", "index.html=k")
	}
}

func FuzzManifest(f *testing.F) {
	f.Add([]byte(manifestHead + strings.Repeat("0", 64) + "  codes/A.html\n"))
	f.Add([]byte(manifestHead + strings.Repeat("0", 64) + "  ../etc/passwd\n"))
	f.Add([]byte(manifestHead + strings.Repeat("0", 64) + "  /etc/passwd\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := parseManifest(bytes.NewReader(b))
		if err != nil {
			return
		}
		for name, sums := range m {
			if !filepath.IsLocal(name) || name == "." || slices.Contains(strings.Split(name, "/"), "..") || strings.HasPrefix(name, manifestName) {
				t.Errorf("it names %q", name)
			}
			for _, sum := range sums {
				if len(sum) != 64 {
					t.Errorf("it has the checksum %q", sum)
				}
			}
		}
	})
}
