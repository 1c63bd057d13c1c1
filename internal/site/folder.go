package site

import (
	"bufio"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
)

// A file of a site.
type file struct {
	name  string // slash-separated, below the folder
	write func(io.Writer) error
}

// In the folder of a site lies a list of what errcode wrote there, so that it
// knows its own files from a stranger's. While a site is being written, a folder
// holds what is not in its place yet, and a lock that keeps other runs out.
const (
	manifestName = ".errcode-site"
	stagingName  = ".errcode-site-new"
	lockName     = stagingName + "/errcode-lock"
	unfinished   = "manifest"
)

var errBusy = errors.New("another errcode is writing it; try again when that is done")

// replace makes the site in a folder consist of files: each is moved to its place
// when all are written, in their order, and then what the site had before and has
// no more is removed. So a run that fails half way leaves a site that works, and
// one that the next run knows. What errcode did not write, or what has changed
// since, is neither replaced nor removed: where such a file is in the way, nothing
// is written.
func replace(dir string, files iter.Seq2[file, error]) (err error) {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer root.Close()
	release, err := claim(root)
	if err != nil {
		return err
	}
	defer func() { err = cmp.Or(err, release()) }()
	ours, err := readManifest(root)
	if err != nil {
		return err
	}

	var names []string // by number, as they are staged
	now := manifest{}
	for f, err := range files {
		if err != nil {
			return err
		}
		sum, err := stage(root, len(names), f)
		if err != nil {
			return err
		}
		names = append(names, f.name)
		now[f.name] = []string{sum}
	}
	asItIs := make([]bool, len(names))
	for i, name := range names {
		if asItIs[i], err = ours.mayReplace(root, name, now[name][0]); err != nil {
			return fmt.Errorf("%s: %w", path.Join(dir, name), err)
		}
	}

	// From here to the end, each file is the old one or the new one.
	both := manifest{}
	for _, m := range []manifest{ours, now} {
		for name, sums := range m {
			both[name] = append(both[name], sums...)
		}
	}
	if err := both.write(root); err != nil {
		return err
	}
	for i, name := range names {
		if asItIs[i] {
			continue
		}
		if err := root.MkdirAll(path.Dir(name), 0o777); err != nil {
			return err
		}
		if err := root.Rename(staged(i), name); err != nil {
			return err
		}
	}
	for name := range ours {
		if now[name] != nil {
			continue
		}
		if sum, err := checksum(root, name); err == nil && slices.Contains(ours[name], sum) {
			if err := root.Remove(name); err != nil {
				return err
			}
			_ = root.Remove(path.Dir(name)) // where nothing else is in it
		}
	}
	return now.write(root)
}

// claim takes the folder of what is not in its place yet for this run, and returns
// what gives it up. A lock ends with the run that holds it: where nobody does, the
// folder is what a killed run left.
func claim(root *os.Root) (release func() error, err error) {
	switch err := root.Mkdir(stagingName, 0o777); {
	case errors.Is(err, fs.ErrExist):
		if err := isOurs(root); err != nil {
			return nil, err
		}
	case err != nil:
		return nil, err
	}
	held, err := root.OpenFile(lockName, os.O_RDWR|os.O_CREATE, 0o666)
	if errors.Is(err, fs.ErrNotExist) { // the run that had the folder has just removed it
		return nil, errBusy
	}
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			held.Close()
		}
	}()
	if err := lock(held); err != nil {
		return nil, err
	}
	mine, err := held.Stat()
	if err != nil {
		return nil, err
	}
	if now, err := root.Lstat(lockName); err != nil || !os.SameFile(mine, now) { // it went with the run that had it
		return nil, errBusy
	}
	if err := sweep(root); err != nil {
		return nil, err
	}
	return func() error {
		err := cmp.Or(sweep(root), root.Remove(lockName), held.Close())
		_ = root.Remove(stagingName) // where nothing else is in it
		return err
	}, nil
}

// isOurs tells the folder that a run claims, or claimed once, from a stranger's. A
// run's first step there makes the lock, and its last removes it.
func isOurs(root *os.Root) error {
	info, err := root.Lstat(stagingName)
	var inside []fs.DirEntry
	if err == nil && info.IsDir() {
		inside, err = fs.ReadDir(root.FS(), stagingName)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil // it has just been given up
	}
	begun := slices.ContainsFunc(inside, func(e fs.DirEntry) bool { return e.Name() == path.Base(lockName) && e.Type().IsRegular() })
	if err != nil || !info.IsDir() || len(inside) > 0 && !begun {
		return fmt.Errorf("%s: errcode did not make it; move it away", stagingName)
	}
	return nil
}

// sweep removes what a run writes before it is in its place.
func sweep(root *os.Root) error {
	inside, err := fs.ReadDir(root.FS(), stagingName)
	if err != nil {
		return err
	}
	for _, e := range inside {
		if e.Name() == unfinished || strings.Trim(e.Name(), "0123456789") == "" {
			if err := root.Remove(path.Join(stagingName, e.Name())); err != nil {
				return err
			}
		}
	}
	return nil
}

func staged(number int) string { return fmt.Sprintf("%s/%d", stagingName, number) }

// stage writes a file beside the site and returns its checksum.
func stage(root *os.Root, number int, f file) (sum string, err error) {
	to, err := root.OpenFile(staged(number), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return "", err
	}
	hash := sha256.New()
	b := bufio.NewWriter(io.MultiWriter(to, hash))
	err = cmp.Or(f.write(b), b.Flush(), to.Close())
	return hex.EncodeToString(hash.Sum(nil)), err
}

// checksum is that of a regular file, which no link leads to.
func checksum(root *os.Root, name string) (string, error) {
	info, err := root.Lstat(name)
	if err != nil {
		return "", err
	}
	if !info.Mode().IsRegular() {
		return "", errors.New("it is no regular file")
	}
	f, err := root.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	hash := sha256.New()
	_, err = io.Copy(hash, f)
	return hex.EncodeToString(hash.Sum(nil)), err
}

// A manifest is the names of files with their checksums: two, while the one is
// being replaced by the other.
type manifest map[string][]string

// mayReplace reports why a file is not to be replaced by one of another checksum,
// or whether there is nothing to replace, since it is that one.
func (m manifest) mayReplace(root *os.Root, name, by string) (same bool, err error) {
	for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
		if info, err := root.Lstat(dir); err == nil && !info.IsDir() {
			return false, errors.New("a link or a file stands where the site needs a folder; move it away")
		}
	}
	sum, err := checksum(root, name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return false, nil
	case err != nil:
		return false, fmt.Errorf("%w; move it away", err)
	case sum == by, slices.Contains(m[name], sum):
		return sum == by, nil
	case m[name] != nil:
		return false, errors.New("it was changed since errcode wrote it; move it away")
	}
	return false, errors.New("errcode did not write it; move it away, or choose another folder")
}

const manifestHead = "errcode site 1\n"

func (m manifest) write(root *os.Root) error {
	to, err := root.Create(path.Join(stagingName, unfinished))
	if err != nil {
		return err
	}
	b := bufio.NewWriter(to)
	b.WriteString(manifestHead)
	for _, name := range slices.Sorted(maps.Keys(m)) {
		for _, sum := range m[name] {
			fmt.Fprintf(b, "%s  %s\n", sum, name)
		}
	}
	if err := cmp.Or(b.Flush(), to.Close()); err != nil {
		return err
	}
	return root.Rename(path.Join(stagingName, unfinished), manifestName)
}

// readManifest reads what errcode wrote before: nothing, where it never did.
func readManifest(root *os.Root) (manifest, error) {
	info, err := root.Lstat(manifestName)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err == nil && !info.Mode().IsRegular() {
		err = errors.New("it is no regular file")
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", manifestName, err)
	}
	f, err := root.Open(manifestName)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return parseManifest(f)
}

// parseManifest reads a manifest. Anybody may have written it: it only ever names
// files of the folder, which are touched only where their contents are those that
// it says.
func parseManifest(r io.Reader) (manifest, error) {
	damaged := fmt.Errorf("%s is not as errcode writes it; remove it, and what errcode wrote beside it", manifestName)
	lines := bufio.NewScanner(r)
	if !lines.Scan() || lines.Text()+"\n" != manifestHead {
		return nil, damaged
	}
	m := manifest{}
	for lines.Scan() {
		sum, name, ok := strings.Cut(lines.Text(), "  ")
		if _, err := hex.DecodeString(sum); !ok || err != nil || len(sum) != 2*sha256.Size ||
			!fs.ValidPath(name) || name == "." || strings.Contains(name, "\\") || strings.HasPrefix(name, manifestName) {
			return nil, damaged
		}
		m[name] = append(m[name], sum)
	}
	if lines.Err() != nil {
		return nil, damaged
	}
	return m, nil
}
