package cache

import (
	"bytes"
	"crypto/rand"
	"hash/crc32"
	"io"
	"os"
)

// An output takes what is built: in a temporary file as long as that can be
// written, else in memory.
type output struct {
	root   *os.Root
	file   *os.File // nil when in memory
	name   string   // of file
	length int64    // of what is in file
	sum    uint32   // of what is in file
	memory bytes.Buffer
	lost   bool // what is in file cannot be read back
}

// create begins an output that may be kept under a name. What else has that
// name already is no file of ours, and stays.
func (f *Folder) create(name string) *output {
	if info, err := f.root.Lstat(name); err == nil && !info.Mode().IsRegular() {
		return &output{}
	}
	id := make([]byte, 16)
	rand.Read(id)
	temporary := fileName(id, temporarySuffix)
	file, err := f.root.OpenFile(temporary, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return &output{}
	}
	file.WriteAt([]byte(magic), 0) // for the sweep; where it fails, the rest will
	return &output{root: f.root, file: file, name: temporary}
}

// Write implements io.Writer. It never fails: at worst all of it is lost.
func (o *output) Write(p []byte) (int, error) {
	if o.file != nil {
		_, err := o.file.WriteAt(p, headerSize+o.length)
		if err == nil {
			o.length += int64(len(p))
			o.sum = crc32.Update(o.sum, crc32.IEEETable, p)
			return len(p), nil
		}
		o.toMemory()
	}
	return o.memory.Write(p)
}

// toMemory gives up the file and reads back what is in it.
func (o *output) toMemory() {
	if o.file == nil {
		return
	}
	_, err := io.Copy(&o.memory, io.NewSectionReader(o.file, headerSize, o.length))
	o.lost = err != nil || crc32.ChecksumIEEE(o.memory.Bytes()) != o.sum
	o.discard()
}

// keep gives the file its header and name, in this order, and hands it over.
func (o *output) keep(h header, name string) (*File, bool) {
	if o.file == nil {
		return nil, false
	}
	// Nothing waits for the disk: what a crash leaves half written has a wrong
	// length or checksum, and costs another build.
	_, err := o.file.WriteAt(h.encode(), 0)
	if err == nil {
		err = o.root.Rename(o.name, name)
	}
	if err != nil {
		return nil, false
	}
	file := kept(o.file, o.length)
	o.file = nil
	return file, true
}

// discard removes the file, if there still is one.
func (o *output) discard() {
	if o.file != nil {
		o.file.Close()
		o.root.Remove(o.name)
		o.file = nil
	}
}
