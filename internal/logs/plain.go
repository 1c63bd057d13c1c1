package logs

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"strings"

	"golang.org/x/text/encoding/unicode"
)

// A FormError says that a stream is compressed or encoded in a way that is not read
// here: what it holds cannot be found.
type FormError struct {
	Form    string
	Command string // that writes what is in a file to standard output, as it is read here
}

func (e *FormError) Error() string { return "it is " + e.Form }

const (
	gzipped = "gzip"
	utf16   = "UTF-16"
)

// forms is how streams begin that are not plain text in UTF-8.
var forms = []struct{ begins, form, command string }{
	{begins: "\x1f\x8b\x08", form: gzipped}, // 8 is the only method that gzip has
	{begins: "\xff\xfe", form: utf16},
	{begins: "\xfe\xff", form: utf16},
	{"\xff\xfe\x00\x00", "UTF-32", "iconv -f UTF-32 -t UTF-8"},
	{"\xfd7zXZ\x00", "compressed with xz", "xz -dc"},
	{"\x28\xb5\x2f\xfd", "compressed with zstd", "zstd -dc"},
	{"BZh91AY&SY", "compressed with bzip2", "bzip2 -dc"},
	{"PK\x03\x04", "compressed with zip", "unzip -p"},
}

// plainText returns what r holds as plain text: decompressed where it begins as gzip
// does, in UTF-8 where it, or what is compressed, begins with the byte order mark of
// UTF-16, and else as it is. It reads as many bytes as it takes to tell. A gzip stream
// that is cut short or damaged gives what can be read, then an error. Other forms are a
// *FormError.
func plainText(r io.Reader) (io.Reader, error) {
	form, r, err := formOf(r)
	if err == nil && form == gzipped {
		z, failed := gzip.NewReader(r)
		if failed != nil {
			return nil, damagedGzip(failed)
		}
		// But for UTF-16 it is taken as it is: gzip could be within gzip without end.
		if form, r, err = formOf(gzipReader{z}); form != utf16 {
			form = ""
		}
	}
	if err != nil {
		return nil, err
	}
	for _, f := range forms {
		if f.form == form && f.command != "" {
			return nil, &FormError{f.form, f.command}
		}
	}
	if form == utf16 {
		r = unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Reader(r)
	}
	return r, nil
}

// formOf tells the form of what r holds, "" where it is plain, and returns a reader
// of the same.
func formOf(r io.Reader) (form string, whole io.Reader, err error) {
	var begun []byte
	for undecided := true; undecided; {
		undecided = false
		for _, f := range forms {
			if string(begun) == f.begins {
				form = f.form // unless it goes on as a longer one does
			} else if strings.HasPrefix(f.begins, string(begun)) {
				undecided = true
			}
		}
		if undecided {
			next := make([]byte, 1)
			if _, err := io.ReadFull(r, next); err == io.EOF {
				break
			} else if err != nil {
				return "", nil, err
			}
			begun = append(begun, next...)
		}
	}
	return form, io.MultiReader(bytes.NewReader(begun), r), nil
}

// A gzipReader names gzip in its errors.
type gzipReader struct{ io.Reader }

func (r gzipReader) Read(b []byte) (int, error) {
	n, err := r.Reader.Read(b)
	if err != nil && err != io.EOF {
		err = damagedGzip(err)
	}
	return n, err
}

func damagedGzip(err error) error {
	return fmt.Errorf("its gzip data is damaged or cut short: %w", err)
}
